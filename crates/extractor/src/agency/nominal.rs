//! Nominals: common nouns that stand for an agency of the document.

use goldrule_schema::Form;

use super::acting::ASKED;
use super::heads::{Body, LOCAL};
use super::lexicon::{ACTS, DETERMINER, GENERIC, HEADED, MODIFIER, OUTSIDE, PREPOSITION};
use super::scan::{Candidate, Read, Scanner, Who};
use crate::token::{Shape, Token};

/// How far before a noun its determiner may stand, in tokens: "the district's 11-member police force".
const MODIFIERS: usize = 4;

/// Verbs that are plurals of nouns too: "the state orders every jailer".
const VERBS_TOO: &[&str] = &[
    "orders",
    "funds",
    "records",
    "rules",
    "limits",
    "votes",
    "grants",
    "contracts",
    "houses",
    "staffs",
    "boards",
    "budgets",
    "parks",
    "jails",
    "polices",
    "heads",
    "keys",
    "aids",
];

/// What an agency does that any may do to a prisoner or a paper: "the arresting agency".
const WHICHEVER: &[&str] = &[
    "issuing",
    "participating",
    "prosecuting",
    "arresting",
    "requesting",
    "receiving",
    "detaining",
    "originating",
    "contributing",
    "referring",
    "sending",
    "employing",
    "investigating",
    "hiring",
    "certifying",
];

/// Who stands behind a noun that says whose he is: "said sheriff's department Commander".
pub(super) const RANKS: &[&str] = &[
    "commander",
    "capt.",
    "captain",
    "sgt.",
    "sergeant",
    "lt.",
    "lieutenant",
    "maj.",
    "major",
    "col.",
    "cpl.",
    "deputy",
    "detective",
    "spokesman",
    "spokeswoman",
    "public",
];

impl Scanner<'_, '_> {
    /// A noun of the list: "department", "office", "the jail".
    pub(super) fn noun(&self, at: usize, end: usize, bodies: &'static [Body], floor: usize) -> Option<Read> {
        if self.is_word(end - 1, "metro") {
            // A short name that some forces go by: "Metro said".
            let alone = self.tokens[at].is_capital() && !(at > floor && self.tokens[at - 1].is_capital());
            let next_capital = self.tokens.get(end).is_some_and(|next| next.is_capital() && self.close(at));
            return (alone && !next_capital).then(|| {
                Candidate::new((at, end), Form::Name, "agency.name.short", Who::Noun(bodies)).into()
            });
        }
        // "the law enforcement agency said", but "the local law enforcement agency" whichever there is
        if self.is_word(at, "law") && !(at > floor && self.is_word(at - 1, "the") && self.acts(end)) {
            return None;
        }
        if self.is_word(at, "jail") {
            return self.jail(at, end, floor);
        }
        // A jail calls itself so; any other center is a building.
        if self.is_word(at, "center") && self.tokens[at].shape != Shape::Capitalised {
            return None;
        }
        // "Lodge 161 was not asked"
        let number = self.tokens.get(end).filter(|next| next.shape == Shape::Number && self.close(at));
        if self.is_word(at, "lodge") && number.is_some() {
            let capital = self.tokens[at].is_capital();
            let who = Who::Noun(bodies);
            return capital
                .then(|| Candidate::new((at, end + 1), Form::Name, "agency.name.short", who).into());
        }
        // "Our patrol SUVs", "on patrol": the patrol of a state does something.
        if self.is_word(at, "patrol") && !(self.acts(end) || self.is_third_person(end)) {
            let stands = self.is_any(end, &[",", ".", "'s", "’s", "to", "in", "and"]);
            let the = at > floor && self.is_any(at - 1, &["the", "that", "state"]);
            if !(stands && the) {
                return None;
            }
        }
        self.standing_for(at, end, bodies, "agency.nominal", floor)
    }

    /// A phrase that heads names, without a place: "sheriff's office".
    pub(super) fn nominal(
        &self,
        at: usize,
        end: usize,
        body: Body,
        rule: &'static str,
        floor: usize,
    ) -> Option<Read> {
        self.standing_for(at, end, meanings(body), rule, floor)
    }

    pub(super) fn standing_for(
        &self,
        at: usize,
        end: usize,
        bodies: &'static [Body],
        rule: &'static str,
        floor: usize,
    ) -> Option<Read> {
        // "the federal marshal's office" is no town's.
        let marshal = self.is_word(at, "marshal") && !self.tokens[at].is_capital();
        if bodies.is_empty() || marshal {
            return None;
        }
        let mut first = at;
        while first > floor
            && self.close(first - 1)
            && self.lexicon.is(self.tokens[first - 1], MODIFIER)
            && self.tokens[first - 1].shape == self.tokens[at].shape
        {
            first -= 1;
        }
        // "the state Attorney General's Office"
        let lower = first > floor && self.is_word(first - 1, "state") && !self.tokens[first - 1].is_capital();
        first -= usize::from(lower && self.is_word(at, "attorney") && self.tokens[at].is_capital());
        if self.is_another(first, at, end, floor)
            || self.is_attribute(end)
            || !self.is_determined(first, at, end, floor)
        {
            return Some(Read::Skip(end));
        }
        let ours = first > floor && self.is_any(first - 1, &["our", "my"]) && bodies.contains(&Body::Federal);
        let bodies = if ours { LOCAL } else { bodies };
        Some(Candidate::new((first, end), Form::Nominal, rule, Who::Noun(bodies)).into())
    }

    /// Whether the words around a noun make it a body, or part of one, that it does not stand for alone:
    /// "press office", "the clerk's office", "Office of Management", "parole board".
    fn is_another(&self, first: usize, at: usize, end: usize, floor: usize) -> bool {
        const KINDS: &[&str] = &[
            "advisory",
            "review",
            "oversight",
            "editorial",
            "parole",
            "press",
            "post",
            "field",
            "front",
            "town",
            "only",
            "home",
            "law",
            "branch",
            "satellite",
            "regional",
            "oval",
            "records",
            "zoning",
            "fire",
            "health",
            "probation",
            "legal",
            "english",
            "executive",
            "licensing",
            "federal-state",
        ];
        const OWNERS: &[&str] = &[
            "administrator",
            "manager",
            "clerk",
            "treasurer",
            "auditor",
            "examiner",
            "assessor",
            "coroner",
            "recorder",
            "defender",
            "lawyer",
            "doctor",
            "registrar",
            "comptroller",
            "controller",
            "senator",
            "congressman",
            "congresswoman",
            "representative",
        ];
        // "what local and state police may do"
        let both = self.is_word(end - 1, "police")
            && first >= floor + 2
            && self.is_any(first - 1, &["and", "or"])
            && self.is_any(first - 2, &["local", "county", "city", "municipal"]);
        let kind = both || first > floor && self.is_any(first - 1, KINDS);
        let owner = first >= floor + 2 && self.is_possessive_at(first - 1) && self.is_any(first - 2, OWNERS);
        let of_what = end + 1 + usize::from(self.is_word(end + 1, "the"));
        // "the Board on December 2"
        let dated = self.is_word(end, "on")
            && self.tokens.get(of_what + 1).is_some_and(|day| day.shape == Shape::Number);
        // In a line of capitals only the name of a place tells.
        let names = |what: &Token| {
            what.is_capital()
                && !dated
                && (!self.sentence_upper(at)
                    || self
                        .place_after(of_what, self.tokens.len())
                        .is_some_and(|place| place.state.is_some() || self.is_known(of_what, place.last)))
        };
        let of = self.tokens[at].is_capital()
            && self.is_any(end, &["of", "for", "on"])
            && self.tokens.get(of_what).is_some_and(names)
            && end - at == 1;
        // "The state agency", "the transit agency": none that is local.
        let other = self.is_word(end - 1, "agency")
            && (self.is_word(first, "state")
                || first > floor && self.is_any(first - 1, &["transit", "welfare", "housing", "news"])
                || first > floor && self.is_any(first - 1, WHICHEVER)
                || self.is_word(end, "that")
                    && self.is_any(end + 1, &["issued", "arrested", "made", "has", "holds"]));
        let own = usize::from(first > floor && self.is_word(first - 1, "own"));
        let sub = self.is_any(end - 1, &["board", "council", "commission"])
            && first > floor + own
            && self.is_any(first - 1 - own, &["its", "their", "whose"]);
        // "the force of a resolution", "by its own force"
        let might = self.is_word(end - 1, "force") && (own > 0 || self.is_word(end, "of"));
        kind || owner || of || sub || might || other
    }

    /// Whether a token is part of a line in capitals.
    fn sentence_upper(&self, at: usize) -> bool {
        self.tokens[at].shape == Shape::Upper
    }

    /// Whether a noun only qualifies the next one: "department policy", "board-certified".
    fn is_attribute(&self, end: usize) -> bool {
        let Some(next) = self.tokens.get(end).filter(|_| self.close(end - 1)) else { return false };
        let last = self.tokens[end - 1];
        if self.has_object(end) {
            return false;
        }
        let compound = next.text(self.text) == "-" && next.start == last.end;
        let name = next.is_capital()
            && next.shape == last.shape
            && last.shape == Shape::Capitalised
            && !self.lexicon.is(*next, OUTSIDE | ACTS);
        let rank = next.is_capital() && last.shape == Shape::Lower && self.is_any(end, RANKS);
        self.lexicon.is(*next, HEADED) && !self.lexicon.is(*next, ACTS) || compound || name || rank
    }

    /// Whether a word that may be a verb has an object: "funds my radios".
    pub(super) fn has_object(&self, at: usize) -> bool {
        self.is_any(at, VERBS_TOO)
            && self.tokens.get(at + 1).is_some_and(|next| self.lexicon.is(*next, DETERMINER))
    }

    /// Whether what stands before a noun makes it one agency of the document.
    fn is_determined(&self, first: usize, at: usize, end: usize, floor: usize) -> bool {
        let capital = self.tokens[at].is_capital();
        let phrase = end - at > 1;
        if first == floor {
            return capital || phrase;
        }
        let before = self.tokens[first - 1];
        if self.is_possessive_at(first - 1) || self.is_apostrophe_at(first - 1) {
            return true;
        }
        if self.lexicon.is(before, DETERMINER) {
            return !self.lexicon.is(before, GENERIC);
        }
        if self.is_any(first - 1, &["and", "or"]) && self.is_generic_list(first - 1, floor) {
            return false;
        }
        // "The port group" is another group than a sheriffs' or a union's.
        let modifiers = if self.is_word(at, "group") { 1 } else { MODIFIERS };
        // "The embattled department", "the district's 11-member police force"
        for back in 2..=modifiers {
            let Some(index) = first.checked_sub(back).filter(|index| *index >= floor) else { break };
            let between = &self.tokens[index + 1..first];
            let plain = between.iter().all(|token| {
                matches!(token.shape, Shape::Lower | Shape::Number)
                    && !self.lexicon.is(*token, PREPOSITION | OUTSIDE | ACTS)
                    || token.text(self.text) == "-"
            });
            if !plain {
                break;
            }
            if self.lexicon.is(self.tokens[index], DETERMINER) || self.is_possessive_at(index) {
                return !self.lexicon.is(self.tokens[index], GENERIC);
            }
        }
        // Minutes and headlines leave the article off.
        let council = self.is_word(at, "council")
            && (self.is_any(first - 1, &["told", "and", ",", "asked"])
                || self.lexicon.is(before, PREPOSITION));
        let asks = first == floor + 1 && (self.is_any(floor, ASKED) || self.is_any(floor, &["is", "was"]));
        let council = council || asks && capital && phrase;
        let opens = matches!(before.text(self.text), "“" | "\"" | "•" | "—" | ":" | "." | "(" | "*");
        // "binds municipal police": whichever there are.
        let plural = !capital && self.is_word(end - 1, "police") && !self.is_word(at, "state");
        let headline =
            (phrase && !plural || capital) && !before.is_capital() && before.shape != Shape::Number;
        council
            || opens && (capital || phrase)
            || headline && before.text(self.text) != "-" && !self.lexicon.is(before, GENERIC)
    }

    /// Whether a coordination goes back to "every", "any": "every police department and sheriff's office".
    fn is_generic_list(&self, at: usize, floor: usize) -> bool {
        (floor.max(at.saturating_sub(6))..at)
            .rev()
            .find(|&index| self.lexicon.is(self.tokens[index], DETERMINER))
            .is_some_and(|index| self.lexicon.is(self.tokens[index], GENERIC))
    }

    /// "the medical examiner's office": an office that its town or county has one of.
    pub(super) fn office(&self, at: usize, end: usize, floor: usize) -> Option<Read> {
        const GOES_WITHOUT: &[&str] = &["department", "national", "port"];
        let of = usize::from(at > floor && self.is_any(at - 1, &["county", "city", "town", "state"]));
        let the = at > floor + of
            && (self.is_word(at - 1 - of, "the") || self.is_possessive_at(at - 1 - of))
            && !self.is_any(at, GOES_WITHOUT)
            && !self.is_attribute(end);
        let whole = the && !self.is_any(end - 1, &["district", "authority", "library"]);
        let words = self.text[self.bytes(at, end)].to_lowercase();
        let who = Who::Local { body: Body::Other, place: None, words };
        whole.then(|| Candidate::new((at - of, end), Form::Nominal, "agency.nominal.other", who).into())
    }

    /// "House", "Senate", "Assembly" of a state, alone.
    pub(super) fn chamber(&self, at: usize, end: usize, body: Body, floor: usize) -> Option<Read> {
        let chamber = matches!(body, Body::House | Body::Senate) && self.tokens[at].is_capital();
        let the = at > floor && self.is_word(at - 1, "the");
        if !(chamber && the) {
            return None;
        }
        self.standing_for(at, end, meanings(body), "agency.nominal.chamber", floor)
    }

    /// Whether a preposition before a noun and its article says where: "in the city".
    pub(super) fn is_where(&self, at: usize, floor: usize) -> bool {
        let the = usize::from(at > floor && self.is_any(at - 1, &["the", "this", "that"]));
        let before = at.checked_sub(1 + the).filter(|before| *before >= floor);
        before.is_some_and(|before| {
            self.is_any(
                before,
                &[
                    "in",
                    "across",
                    "around",
                    "throughout",
                    "within",
                    "near",
                    "outside",
                    "inside",
                    "into",
                    "over",
                    "through",
                    "at",
                    "on",
                ],
            )
        })
    }
}

/// The bodies that a phrase without a place can mean, the likeliest first.
pub(super) fn meanings(body: Body) -> &'static [Body] {
    match body {
        Body::Police => &[Body::Police, Body::SchoolPolice, Body::PublicSafety],
        Body::SchoolPolice => &[Body::SchoolPolice],
        Body::Sheriff => &[Body::Sheriff],
        Body::PublicSafety => &[Body::PublicSafety, Body::StatePolice],
        Body::StatePolice => &[Body::StatePolice],
        Body::AttorneyGeneral => &[Body::AttorneyGeneral],
        Body::Prosecutor => &[Body::Prosecutor],
        Body::Corrections => &[Body::Corrections],
        Body::PrisonBoard => &[Body::PrisonBoard],
        Body::City => &[Body::City],
        Body::County => &[Body::County],
        Body::State => &[Body::State],
        Body::Council => &[Body::Council, Body::CountyBoard, Body::Chiefs, Body::Sheriffs],
        Body::CountyBoard => &[Body::CountyBoard],
        Body::Commission => &[Body::Commission],
        Body::Legislature => &[Body::Legislature, Body::CountyBoard],
        Body::House => &[Body::House],
        Body::Senate => &[Body::Senate],
        Body::School => &[Body::School],
        _ => &[],
    }
}
