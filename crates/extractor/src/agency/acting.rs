//! Nouns that are mostly places or buildings, where they act: "the city", "the jail".

use super::heads::Body;
use super::lexicon::{DETERMINER, GENERIC, HEADED, OUTSIDE, PREPOSITION};
use super::nominal::meanings;
use super::scan::{Read, Scanner};
use crate::token::Shape;

/// Words before "the city" that make it a party to something.
const PARTY: &[&str] = &[
    "sue",
    "sues",
    "sued",
    "suing",
    "told",
    "tells",
    "asked",
    "asks",
    "warned",
    "warns",
    "ordered",
    "orders",
    "requires",
    "required",
    "urged",
    "urges",
    "accused",
    "accuses",
    "paid",
    "pays",
    "reimburse",
    "reimburses",
    "reimbursed",
    "bars",
    "barred",
    "forces",
    "forced",
    "against",
    "with",
    "between",
    "notified",
    "fine",
    "fines",
    "fined",
    "gives",
    "represents",
    "let",
    "lets",
    "make",
    "cost",
    "costs",
    "paying",
    "binds",
    "shields",
    "saves",
    "saved",
    "leaves",
];

/// Verbs whose object does what an infinitive says: "wants the county to".
const CHARGED: &[&str] = &[
    "want",
    "wants",
    "wanted",
    "allow",
    "allows",
    "allowed",
    "require",
    "requires",
    "required",
    "order",
    "orders",
    "ordered",
    "ask",
    "asks",
    "asked",
    "urge",
    "urges",
    "urged",
    "force",
    "forces",
    "forced",
    "compel",
    "compels",
    "direct",
    "directs",
    "directed",
    "push",
    "pushed",
    "pressured",
    "permits",
    "for",
    "forbid",
    "forbids",
    "lets",
];

/// What goes "to the city" as a body.
const SENT: &[&str] = &[
    "letter",
    "letters",
    "wrote",
    "sent",
    "send",
    "applies",
    "apply",
    "memo",
    "notice",
    "belongs",
    "grants",
    "awarded",
    "grant",
    "gives",
    "request",
    "respond",
    "responded",
    "submitted",
    "recommended",
    "complained",
    "paid",
    "pay",
    "pays",
    "deal",
    "owed",
];

/// What comes "from the county" as a body.
const RECEIVED: &[&str] = &[
    "letter",
    "funding",
    "money",
    "approval",
    "permission",
    "statement",
    "guidance",
    "response",
    "order",
    "request",
    "support",
    "directive",
    "email",
    "contract",
    "payment",
    "payments",
    "reimbursement",
];

/// What opens a question about a city or county.
pub(super) const ASKED: &[&str] =
    &["may", "must", "can", "could", "should", "will", "would", "does", "did", "do", "has", "had", "ought"];

/// Verbs of saying behind which the speaker may stand: "says the city".
const SAYING: &[&str] = &["said", "says", "wrote", "answered", "replied", "added", "adds"];

/// What a jail has as a party to something: "the jail's 287(g) agreement".
const DEALS: &[&str] = &[
    "287",
    "part",
    "role",
    "policy",
    "agreement",
    "contract",
    "participation",
    "cooperation",
    "practice",
    "refusal",
    "decision",
];

/// What opens a parenthesis between a noun and its verb: "the city, meanwhile, is".
const ASIDES: &[&str] = &["meanwhile", "however", "too", "though", "which", "whose"];

/// What opens a longer one: "the Commonwealth, by executive order, directs".
const PARENTHESES: &[&str] = &["by", "under", "through", "acting", "like", "he", "she"];

/// Longest parenthesis, in tokens.
const PARENTHESIS: usize = 16;

/// What a city or county has as a body: "the county's agreement".
const OWNED: &[&str] = &[
    "lawyers",
    "lawyer",
    "attorneys",
    "department",
    "agreement",
    "contract",
    "decision",
    "position",
    "request",
    "response",
    "refusal",
    "participation",
    "lawsuit",
    "stance",
    "motion",
    "brief",
    "liability",
    "partnership",
    "relationship",
    "cooperation",
    "procedures",
    "policy",
    "policies",
];

/// What may stand before those: "the county's longtime contract".
const OF_OWNED: &[&str] = &[
    "new",
    "own",
    "original",
    "earlier",
    "former",
    "current",
    "present",
    "longtime",
    "continued",
    "continuing",
    "lawful",
    "formal",
    "proposed",
    "written",
    "official",
    "recent",
    "long-standing",
    "longstanding",
    "so-called",
    "ice",
    "287",
    "(",
    "g",
    ")",
    "287(g)",
];

/// What a city or county that is written as a party has as a body: "the City's continued commitment".
const RESOLVED: &[&str] = &[
    "policy",
    "policies",
    "mission",
    "commitment",
    "position",
    "authority",
    "obligation",
    "obligations",
    "intent",
    "intention",
    "decision",
    "agreement",
    "duty",
    "goal",
    "participation",
];

impl Scanner<'_, '_> {
    /// "the city", "the county", "the state" where it acts as a body.
    pub(super) fn acting(
        &self,
        at: usize,
        end: usize,
        body: Body,
        floor: usize,
        limit: usize,
    ) -> Option<Read> {
        let token = self.tokens[at];
        // "the University of Florida"
        let named = self.is_word(end, "of") && self.tokens.get(end + 1).is_some_and(|next| next.is_capital());
        if body == Body::School && named && token.is_capital() {
            return self.university(at, floor, limit).map(Read::from);
        }
        // "City's in."
        let stands = self.tokens[at].is_capital()
            && self.is_possessive_at(end)
            && self.is_any(end + 1, &["in", "out", "not"]);
        if at == floor && end < limit && (stands || self.opens_headline(at, end)) {
            return self.standing_for(at, end, meanings(body), "agency.nominal.division", floor);
        }
        if at == floor || end >= limit {
            return None;
        }
        let before = self.tokens[at - 1];
        let next_is_name = self.tokens[end].is_capital() && self.close(at);
        // "our County", written as a party is named
        let ours = self.is_any(at - 1, &["our", "my"]) && token.shape == Shape::Capitalised;
        let its = self.is_any(at - 1, &["his", "her", "their", "its", "our", "my", "your"]) && !ours;
        let determined = self.lexicon.is(before, DETERMINER) && !self.lexicon.is(before, GENERIC) && !its;
        if next_is_name || !determined || self.is_where(at, floor) {
            return None;
        }
        // "sued the city", "an agreement with the county", but "trouble with the city's officers"
        let party = at >= floor + 2 && self.is_any(at - 2, PARTY) && !self.is_possessive_at(end);
        let said = at >= floor + 2 && self.is_any(at - 2, SAYING) && self.is_any(end, &[",", ".", "“", "\""]);
        let party = party || said;
        // "The county is a different animal"
        let thing = self.is_any(end, &["is", "was"]) && self.is_any(end + 1, &["a", "an"]);
        let acts = !thing && (self.acts(end) || self.is_third_person(end) || self.has_object(end));
        let party = party
            || self.is_word(end, "to") && at >= floor + 2 && self.is_any(at - 2, CHARGED)
            || at >= floor + 3
                && (self.is_word(at - 2, "to") && self.is_any(at - 3, SENT)
                    || self.is_word(at - 2, "from") && self.is_any(at - 3, RECEIVED));
        let of = at >= floor + 2 && self.is_any(at - 2, &["of", "from"]);
        // "May the city adopt such a rule?"
        let asked = at == floor + 2 && self.is_any(at - 2, ASKED) && self.tokens[end].shape == Shape::Lower;
        let agent = at >= floor + 2 && self.is_word(at - 2, "by") && !self.is_possessive_at(end);
        let infinitive = at >= floor + 2 && self.is_word(at - 2, "for") && self.is_word(end, "to");
        let legal = token.shape == Shape::Capitalised
            && (before.shape == Shape::Lower || self.sentence_first(at - 1))
            && !self.is_word(end, "of")
            && (!self.is_possessive_at(end) || (end + 1..end + 5).any(|noun| self.is_any(noun, RESOLVED)))
            && !self.lexicon.is(self.tokens[end], HEADED)
            // "the State and Federal government"
            && !(self.is_any(end, &["and", "or"]) && self.is_any(end + 1, &["federal", "local", "county"]));
        let own = (end + 1..end + 8).find(|&noun| !self.is_any(noun, OF_OWNED)).unwrap_or(end);
        let lawyers = self.is_possessive_at(end) && self.is_any(own, OWNED);
        if !(agent
            || asked
            || infinitive
            || legal
            || lawyers
            || !of && acts
            || party
            || self.interrupted(end))
        {
            return None;
        }
        self.standing_for(at, end, meanings(body), "agency.nominal.division", floor)
    }

    /// "the city, meanwhile, is": a parenthesis between noun and verb.
    fn interrupted(&self, end: usize) -> bool {
        // "The city “is not lending one car”"
        let quoted = self.is_any(end, &["“", "\""]) && self.acts(end + 1);
        let comma = self.is_word(end, ",");
        quoted
            || comma && self.is_any(end + 1, ASIDES)
            || comma && self.is_any(end + 1, PARENTHESES) && self.resumes(end + 1)
    }

    /// Whether a parenthesis that opens at a token closes before a verb.
    fn resumes(&self, at: usize) -> bool {
        let closes = |at: usize| self.is_word(at, ",") && (self.acts(at + 1) || self.is_third_person(at + 1));
        (at..at + PARENTHESIS).any(closes)
    }

    /// Whether a noun opens a headline as the one who acts: "COUNTY BUYS A GRADER", "County ducks, sheriff doesn't".
    fn opens_headline(&self, at: usize, end: usize) -> bool {
        let index = self.segmented.sentence_of(at);
        let sentence = self.segmented.sentences[index].range();
        let last = self.tokens[sentence.end - 1];
        let Some(next) = self.tokens.get(end) else { return false };
        let verb = next.text(self.text).to_lowercase();
        let acts = verb.ends_with('s') && verb.len() > 3 && !verb.ends_with("ss");
        let plain = !self.lexicon.is(*next, HEADED | OUTSIDE | PREPOSITION) && verb != "news";
        at == sentence.start
            && self.tokens[at].is_capital()
            && acts
            && plain
            && !matches!(last.text(self.text), "." | "?" | "!")
    }

    /// Whether what stands behind a jail makes it a thing: "The jail is not mine", "The jail belongs to the sheriff".
    fn is_thing(&self, end: usize) -> bool {
        const WHOSE: &[&str] = &["mine", "yours", "ours", "theirs", "hers"];
        let not = usize::from(self.is_word(end + 1, "not"));
        let what = end + 1 + not;
        let noun = self.tokens.get(what).is_some_and(|next| self.lexicon.is(*next, DETERMINER));
        self.is_any(end, &["belongs", "sits", "stands"])
            || self.is_any(end, &["is", "was"]) && (noun || self.is_any(what, WHOSE))
    }

    /// "the jail" as an actor.
    pub(super) fn jail(&self, at: usize, end: usize, floor: usize) -> Option<Read> {
        let adverb = usize::from(self.is_any(end, &["now", "still", "already", "also", "only"]));
        let verb = self.is_third_person(end + adverb) || adverb == 0 && self.acts(end);
        let verb = verb || self.interrupted(end) || self.is_possessive_at(end) && self.is_any(end + 1, DEALS);
        // "Does the jail tell ICE …?"
        let asked = at >= 2 && self.is_word(at - 1, "the") && self.is_any(at - 2, ASKED);
        let asked = asked && self.tokens.get(end).is_some_and(|next| next.shape == Shape::Lower);
        // "Jail to disregard immigration holds", "Jail scans fingerprints"
        let headline = at == floor && (self.opens_headline(at, end) || self.is_word(end, "to"));
        let verb = verb || headline;
        let elsewhere =
            !headline && (self.is_where(at, floor) || at == floor || self.tokens[at].is_capital());
        if !(verb || asked) || elsewhere || self.is_thing(end) {
            return None;
        }
        let bodies: &[Body] = if at > floor && self.is_any(at - 1, &["its", "his", "her", "our", "my"]) {
            &[Body::Jail, Body::Sheriff, Body::Corrections, Body::Police]
        } else {
            &[Body::Jail, Body::Sheriff, Body::Corrections]
        };
        self.standing_for(at, end, bodies, "agency.nominal.jail", floor)
    }
}
