//! Reads mentions off a text, sentence by sentence, without asking yet which agency they mean.

use goldrule_schema::Form;

use super::AgencyLayer;
use super::gazetteer::Gazetteer;
use super::heads::{Body, Role};
use super::lexicon::{
    ACTS, DETERMINER, DIVISION, FOREIGN, GENERIC, HEADED, Lexicon, MODIFIER, OUTSIDE, PREPOSITION,
};
use super::place::{Division, Place};
use crate::segment::Segmented;
use crate::token::{Shape, Token};

/// Who a mention says it means.
#[derive(Clone, Debug)]
pub(super) enum Who {
    /// A federal body of the list.
    Federal(usize),
    /// A body of a place.
    Local { body: Body, place: Option<Place>, words: String },
    /// A noun that stands for an agency of the document: an index into the nouns.
    Noun(&'static [Body]),
    /// Capitals that may stand for a name of the document.
    Acronym,
}

/// A mention before it is known whose it is.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// First token.
    pub(super) first: usize,
    /// The token after the last.
    pub(super) last: usize,
    pub(super) form: Form,
    pub(super) rule: &'static str,
    /// It is one only if its agency holds a stance.
    pub(super) provisional: bool,
    /// It is a mention only where a named agency it can mean exists.
    pub(super) who: Who,
}

/// A text under the grammar.
pub(super) struct Scanner<'a, 't> {
    pub(super) segmented: &'a Segmented<'t>,
    pub(super) tokens: &'a [Token],
    pub(super) text: &'t str,
    pub(super) lexicon: &'a Lexicon,
    pub(super) gazetteer: &'a Gazetteer,
    layer: &'a AgencyLayer,
    /// Bare places are looked for, since some sentence may hold a stance.
    topical: bool,
}

impl<'a, 't> Scanner<'a, 't> {
    pub(super) fn new(layer: &'a AgencyLayer, segmented: &'a Segmented<'t>, topical: bool) -> Self {
        Self {
            segmented,
            tokens: &segmented.tokens,
            text: segmented.text,
            lexicon: &layer.lexicon,
            gazetteer: &layer.gazetteer,
            layer,
            topical,
        }
    }

    pub(super) fn bytes(&self, first: usize, last: usize) -> std::ops::Range<usize> {
        self.tokens[first].start as usize..self.tokens[last - 1].end as usize
    }

    /// Whether a token stands right before the next one on the same line.
    pub(super) fn close(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return false };
        !self.text[self.tokens[at].end as usize..next.start as usize].contains("\n\n")
    }

    pub(super) fn sentence_first(&self, at: usize) -> bool {
        let sentence = self.segmented.sentences[self.segmented.sentence_of(at)];
        sentence.first as usize == at
    }

    /// Whether the sentence around a token has its words capitalised as headlines have.
    pub(super) fn is_headline(&self, at: usize) -> bool {
        let sentence = self.segmented.sentences[self.segmented.sentence_of(at)];
        let words = self.tokens[sentence.range()].iter().filter(|token| token.is_word());
        let (mut capital, mut all) = (0, 0);
        for word in words.filter(|word| word.end - word.start > 3) {
            all += 1;
            capital += usize::from(word.is_capital());
        }
        all > 3 && capital * 4 > all * 3
    }

    /// Every candidate in text order, none overlapping another.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        for sentence in &self.segmented.sentences {
            let range = sentence.range();
            let mut floor = range.start;
            let mut at = range.start;
            while at < range.end {
                match self.candidate(at, floor, range.end) {
                    Some(Read::Candidate(candidate)) => {
                        at = candidate.last;
                        floor = candidate.last;
                        found.push(candidate);
                    }
                    Some(Read::Skip(end)) => at = end,
                    None => at += 1,
                }
            }
        }
        found
    }

    fn candidate(&self, at: usize, floor: usize, limit: usize) -> Option<Read> {
        let token = self.tokens[at];
        if token.shape == Shape::Upper
            && let Some(read) = self.acronym(at)
        {
            return Some(read);
        }
        if token.word.0 == 0 {
            return if self.topical { self.bare_place(at, floor, limit) } else { None };
        }
        if let Some(read) = self.federal(at, floor, limit) {
            return Some(read);
        }
        if let Some(read) = self.association(at, floor, limit) {
            return Some(read);
        }
        if let Some((end, (body, role))) = self.layer.heads.at(self.tokens, at, limit) {
            return self.headed(at, end, body, role, floor, limit).or(Some(Read::Skip(end)));
        }
        if let Some((end, noun)) = self.layer.nouns.at(self.tokens, at, limit) {
            let (_, bodies) = super::heads::NOUNS[noun];
            return self.nominal(at, end, bodies, "agency.nominal", floor);
        }
        if self.topical { self.bare_place(at, floor, limit) } else { None }
    }

    fn acronym(&self, at: usize) -> Option<Read> {
        let token = self.tokens[at];
        let letters = token.text(self.text);
        if let Some(&federal) = self.layer.acronyms.get(letters) {
            if self.shouts(at) && letters == "ICE" && !self.lexicon_near(at) {
                return None;
            }
            return Some(Read::Candidate(Candidate {
                first: at,
                last: at + 1,
                form: Form::Acronym,
                rule: "agency.federal.acronym",
                provisional: false,
                who: Who::Federal(federal),
            }));
        }
        let plausible =
            (2..=8).contains(&letters.len()) && letters.bytes().all(|byte| byte.is_ascii_uppercase());
        (plausible && token.word.0 == 0).then(|| {
            Read::Candidate(Candidate {
                first: at,
                last: at + 1,
                form: Form::Acronym,
                rule: "agency.acronym",
                provisional: false,
                who: Who::Acronym,
            })
        })
    }

    /// Whether a whole line is in capitals, where "ICE" may be the word.
    fn shouts(&self, at: usize) -> bool {
        let sentence = self.segmented.sentences[self.segmented.sentence_of(at)];
        let mut words = self.tokens[sentence.range()].iter().filter(|token| token.is_word());
        words.all(|word| word.shape == Shape::Upper || word.end - word.start < 2)
    }

    /// Whether "ICE" among capitals stands beside a word that makes it the agency.
    fn lexicon_near(&self, at: usize) -> bool {
        let near = at.saturating_sub(3)..(at + 4).min(self.tokens.len());
        const WORDS: &[&str] = &[
            "with",
            "detainer",
            "detainers",
            "agents",
            "immigration",
            "raid",
            "raids",
            "for",
            "deal",
            "agreement",
        ];
        self.tokens[near].iter().any(|token| WORDS.iter().any(|word| token.is(self.text, word)))
    }

    fn federal(&self, at: usize, floor: usize, limit: usize) -> Option<Read> {
        if let Some((end, index)) = self.layer.federal_titles.at(self.tokens, at, limit) {
            if self.tokens.get(end).is_some_and(|next| next.is(self.text, "'s") || next.is(self.text, "’s"))
                && self.tokens.get(end + 1).is_some_and(|next| next.is(self.text, "office"))
            {
                return None;
            }
            return Some(self.federal_candidate(at, end, index, Form::Title, "agency.federal.title"));
        }
        if let Some(end) = self.us_attorney(at, limit) {
            return Some(end);
        }
        let (end, index) = self.layer.federal.at(self.tokens, at, limit)?;
        // "homeland security" in small letters is the subject, not the department.
        if !self.tokens[at].is_capital() && !self.tokens[end - 1].is_capital() {
            return Some(Read::Skip(end));
        }
        let mut first = at;
        while first > floor && self.close(first - 1) {
            let before = self.tokens[first - 1];
            let us = ["U.S.", "US", "U.S", "Federal"].contains(&before.text(self.text));
            let united = before.is(self.text, "states") && before.is_capital();
            if us {
                first -= 1;
            } else if united && first >= floor + 2 {
                first -= 2;
            } else if before.is_capital()
                && self.tokens[at].is(self.text, "department")
                && crate::State::from_name(before.text(self.text)).is_some()
            {
                // "California Department of Justice" is another body.
                return Some(Read::Skip(end));
            } else {
                break;
            }
        }
        Some(self.federal_candidate(first, end, index, Form::Name, "agency.federal.name"))
    }

    fn federal_candidate(
        &self,
        first: usize,
        last: usize,
        index: usize,
        form: Form,
        rule: &'static str,
    ) -> Read {
        Read::Candidate(Candidate { first, last, form, rule, provisional: false, who: Who::Federal(index) })
    }

    /// "U.S. Attorney's Office", "U.S. Attorney's Office for the District of Oregon".
    fn us_attorney(&self, at: usize, limit: usize) -> Option<Read> {
        let (end, title) = self.layer.us_attorney.at(self.tokens, at, limit)?;
        let form = if title { Form::Title } else { Form::Name };
        Some(self.federal_candidate(at, end, self.layer.us_attorney_index, form, "agency.federal.attorney"))
    }

    /// A name or title where a place stands by the head, else a nominal where one may be meant.
    fn headed(
        &self,
        at: usize,
        end: usize,
        body: Body,
        role: Role,
        floor: usize,
        limit: usize,
    ) -> Option<Read> {
        if role == Role::Nothing {
            return self.before_nothing(at, end, body, floor);
        }
        let words = self.text[self.bytes(at, end)].to_lowercase();
        let own_of = self.tokens[end - 1].is(self.text, "of");
        let title = role == Role::Title;
        if title && self.is_headless(end) {
            return None;
        }
        if own_of {
            return self.of_name(at, end, body, floor, limit, words);
        }
        let acting = role == Role::Acting;
        if role != Role::Nominal && !acting {
            let behind = self.place_behind(end, limit, body);
            let before = self.place_in_front(at, floor, body, title);
            let first = before.as_ref().map_or(at, |place| place.first);
            let last = behind.as_ref().map_or(end, |place| place.last);
            if let Some(place) = before.or(behind) {
                if self.is_fit(&place, body, role, at, end) {
                    let form = if title { Form::Title } else { Form::Name };
                    let rule = if title { "agency.title" } else { "agency.name" };
                    let provisional = body == Body::Jail && !self.acts(end) && !self.by_actor(first, floor);
                    let who = Who::Local { body, place: Some(place), words };
                    return Some(Read::Candidate(Candidate { first, last, form, rule, provisional, who }));
                }
            }
        }
        match role {
            Role::Title => self.bare_title(at, end, body, floor, limit, words),
            Role::OnlyName => {
                if body == Body::Jail {
                    self.jail(at, end, floor)
                } else {
                    self.capital_chamber(at, end, body, floor)
                }
            }
            Role::Acting => self.acting(at, end, body, floor, limit),
            _ => self.nominal(at, end, meanings(body), "agency.nominal.phrase", floor),
        }
    }

    /// "Bucks County sheriff's deputies" holds no name, while "Stockton police officers" holds one.
    fn before_nothing(&self, at: usize, end: usize, body: Body, floor: usize) -> Option<Read> {
        if body != Body::Police || !self.tokens[at].is(self.text, "police") {
            return None;
        }
        let plural = ["departments", "agencies", "forces", "unions", "state", "work"];
        if plural.iter().any(|word| self.tokens[end - 1].is(self.text, word)) {
            return None;
        }
        let place = self.place_before(at, floor)?;
        if !self.is_fit(&place, body, Role::OnlyName, at, at + 1) {
            return None;
        }
        Some(Read::Candidate(Candidate {
            first: place.first,
            last: at + 1,
            form: Form::Name,
            rule: "agency.name.attribute",
            provisional: false,
            who: Who::Local { body, place: Some(place), words: "police".into() },
        }))
    }

    /// Whether a title is no person's here: "sheriff's", "sheriff-elect", "attorney general candidate".
    fn is_headless(&self, end: usize) -> bool {
        const NOT_HOLDERS: &[&str] =
            &["candidate", "candidates", "race", "election", "hopeful", "pro", "elect"];
        let Some(next) = self.tokens.get(end) else { return false };
        NOT_HOLDERS.iter().any(|word| next.is(self.text, word))
            || next.text(self.text) == "-"
                && self.tokens.get(end + 1).is_some_and(|t| t.is(self.text, "elect"))
    }

    /// "City of Rio Rancho", "State of Idaho".
    fn of_name(
        &self,
        at: usize,
        end: usize,
        body: Body,
        floor: usize,
        limit: usize,
        words: String,
    ) -> Option<Read> {
        let place = (end < limit).then(|| self.place_after(end, limit)).flatten()?;
        if body == Body::State && place.state.is_none() {
            return None;
        }
        let lower = self.tokens[at].shape == Shape::Lower;
        // "in the city of Mesa" is where, not who.
        if lower && self.is_where(at, floor) {
            return Some(Read::Skip(place.last));
        }
        // "City of Chicago Police Department" goes on.
        if let Some((head_end, (head, Role::Name | Role::OnlyName))) =
            (place.last < limit).then(|| self.layer.heads.at(self.tokens, place.last, limit)).flatten()
            && !matches!(head, Body::City | Body::County | Body::State)
        {
            let who = Who::Local { body: head, place: Some(place), words };
            return Some(Read::Candidate(Candidate {
                first: at,
                last: head_end,
                form: Form::Name,
                rule: "agency.name.of",
                provisional: false,
                who,
            }));
        }
        Some(Read::Candidate(Candidate {
            first: at,
            last: place.last,
            form: Form::Name,
            rule: "agency.name.of",
            provisional: false,
            who: Who::Local { body, place: Some(place), words },
        }))
    }

    /// "… of Kessling County", "… of the Borough of Mount Arden", "sheriff in Kankakee County".
    fn place_behind(&self, end: usize, limit: usize, body: Body) -> Option<Place> {
        let next = self.tokens.get(end).filter(|_| end + 1 < limit)?;
        let title = matches!(
            body,
            Body::Sheriff | Body::AttorneyGeneral | Body::City | Body::State | Body::Prosecutor
        );
        let joins = next.is(self.text, "of")
            || next.is(self.text, "for") && matches!(body, Body::Prosecutor | Body::Other)
            || next.is(self.text, "in") && title && body == Body::Sheriff;
        if !joins {
            return None;
        }
        let the = usize::from(self.tokens[end + 1].is(self.text, "the"));
        let start = end + 1 + the;
        let place = (start < limit).then(|| self.place_after(start, limit)).flatten()?;
        let known = self.is_known_name(&place) || place.division.is_some() || place.state.is_some();
        (the == 0 || place.division.is_some()).then_some(place).filter(|_| known || !next.is(self.text, "in"))
    }

    fn is_known_name(&self, place: &Place) -> bool {
        !self.gazetteer.entries(&super::gazetteer::fold(&place.name)).is_empty()
    }

    fn place_in_front(&self, at: usize, floor: usize, body: Body, title: bool) -> Option<Place> {
        if at == floor {
            return None;
        }
        // "California's attorney general"
        if self.is_possessive(at - 1)
            && at >= floor + 2
            && (title || matches!(body, Body::Legislature | Body::House | Body::Senate))
        {
            let place = self.place_before(at - 1, floor)?;
            return place.state.is_some().then_some(place);
        }
        if !self.close(at - 1) {
            return None;
        }
        self.place_before(at, floor)
    }

    /// Whether a place can have such a body.
    fn is_fit(&self, place: &Place, body: Body, role: Role, at: usize, end: usize) -> bool {
        let lower = self.tokens[at].shape == Shape::Lower;
        let single = end - at == 1;
        let foreign =
            (place.first..at.max(place.first + 1)).any(|index| self.lexicon.is(self.tokens[index], FOREIGN));
        if foreign {
            return false;
        }
        let known = self.is_known_name(place) || place.state.is_some();
        match body {
            Body::AttorneyGeneral | Body::State => place.state.is_some(),
            Body::House | Body::Senate if single => place.state.is_some() && self.tokens[at].is_capital(),
            Body::Legislature | Body::House | Body::Senate => place.state.is_some(),
            Body::City if role == Role::Title => place.state.is_none() || known && place.name == "New York",
            Body::StatePolice if self.tokens[end - 1].is(self.text, "troopers") => false,
            Body::StateBureau => place.state.is_some(),
            Body::PublicSafety if single => self.tokens[at].shape == Shape::Upper,
            Body::Sheriff if self.tokens[at].is(self.text, "so") => self.tokens[at].shape == Shape::Upper,
            Body::Police if lower && single => place.state.is_none() || known && place.name == "New York",
            _ => true,
        }
    }

    /// A mention of the head of an agency by title alone: it counts where nothing else names the agency.
    fn bare_title(
        &self,
        at: usize,
        end: usize,
        body: Body,
        floor: usize,
        limit: usize,
        words: String,
    ) -> Option<Read> {
        let before = at.checked_sub(1).filter(|before| *before >= floor).map(|before| self.tokens[before]);
        if before.is_some_and(|token| {
            ["deputy", "assistant", "former", "ex", "vice", "lieutenant", "lt.", "u.s."]
                .iter()
                .any(|w| token.is(self.text, w))
        }) {
            return None;
        }
        let named =
            end < limit && self.tokens[end].is_capital() && !self.lexicon.is(self.tokens[end], OUTSIDE);
        (named && self.tokens[at].is_capital()).then(|| {
            Read::Candidate(Candidate {
                first: at,
                last: end,
                form: Form::Title,
                rule: "agency.title.bare",
                provisional: true,
                who: Who::Local { body, place: None, words },
            })
        })
    }

    /// "the jail" as an actor.
    fn jail(&self, at: usize, end: usize, floor: usize) -> Option<Read> {
        if !self.acts(end) {
            return None;
        }
        self.nominal(
            at,
            end,
            &[Body::Jail, Body::Sheriff, Body::Corrections, Body::Police],
            "agency.nominal.jail",
            floor,
        )
    }

    /// "House", "Senate", "Assembly" of a state, alone.
    fn capital_chamber(&self, at: usize, end: usize, body: Body, floor: usize) -> Option<Read> {
        if !matches!(body, Body::House | Body::Senate) || !self.tokens[at].is_capital() {
            return None;
        }
        let the = at > floor && self.tokens[at - 1].is(self.text, "the");
        if !the {
            return None;
        }
        self.nominal(at, end, meanings(body), "agency.nominal.chamber", floor)
    }

    /// "the city", "the county", "the state" where it acts as a body.
    fn acting(&self, at: usize, end: usize, body: Body, floor: usize, limit: usize) -> Option<Read> {
        if at == floor && self.tokens[at].shape == Shape::Lower {
            return None;
        }
        if self.tokens.get(end).is_some_and(|next| next.is_capital() && self.close(at)) {
            return None;
        }
        if at > floor && self.tokens[at - 1].is_capital() && self.tokens[at].is_capital() {
            return None;
        }
        let determined = at > floor
            && self.lexicon.is(self.tokens[at - 1], DETERMINER)
            && !self.lexicon.is(self.tokens[at - 1], GENERIC);
        if !determined || end >= limit {
            return None;
        }
        let place_before = at >= floor + 2 && self.is_place_word(at - 2);
        if place_before {
            return None;
        }
        let agent = at >= floor + 2 && self.tokens[at - 2].is(self.text, "by");
        let possessive = self.is_possessive(end)
            && self.tokens.get(end + 1).is_some_and(|next| {
                [
                    "police",
                    "policy",
                    "lawyers",
                    "attorneys",
                    "attorney",
                    "department",
                    "force",
                    "own",
                    "position",
                    "stance",
                    "agreement",
                ]
                .iter()
                .any(|word| next.is(self.text, word))
            });
        if !(agent || possessive || self.acts(end)) {
            return None;
        }
        self.nominal(at, end, meanings(body), "agency.nominal.division", floor)
    }

    /// Whether the token is a preposition that says where: "in", "across".
    fn is_place_word(&self, at: usize) -> bool {
        [
            "in",
            "across",
            "around",
            "throughout",
            "within",
            "near",
            "outside",
            "inside",
            "of",
            "from",
            "into",
            "over",
            "through",
        ]
        .iter()
        .any(|word| self.tokens[at].is(self.text, word))
    }

    fn is_where(&self, at: usize, floor: usize) -> bool {
        let the = usize::from(at > floor && self.tokens[at - 1].is(self.text, "the"));
        at > floor + the && {
            let before = at - 1 - the;
            self.is_place_word(before)
                && !self.tokens[before].is(self.text, "of")
                && !self.tokens[before].is(self.text, "from")
        }
    }

    /// Whether a verb or adverb behind a noun shows it to act.
    pub(super) fn acts(&self, end: usize) -> bool {
        self.tokens.get(end).is_some_and(|next| self.lexicon.is(*next, ACTS))
    }

    fn by_actor(&self, first: usize, floor: usize) -> bool {
        let the = usize::from(first > floor && self.tokens[first - 1].is(self.text, "the"));
        first > floor + the && self.tokens[first - 1 - the].is(self.text, "by")
    }

    /// A noun that may stand for an agency of the document.
    fn nominal(
        &self,
        at: usize,
        end: usize,
        bodies: &'static [Body],
        rule: &'static str,
        floor: usize,
    ) -> Option<Read> {
        if bodies.is_empty() {
            return None;
        }
        let mut first = at;
        while first > floor
            && self.close(first - 1)
            && self.lexicon.is(self.tokens[first - 1], MODIFIER)
            && self.tokens[first - 1].shape == Shape::Lower
        {
            first -= 1;
        }
        if let Some(next) = self.tokens.get(end)
            && self.close(end - 1)
        {
            let attribute = self.lexicon.is(*next, HEADED) && !self.lexicon.is(*next, ACTS);
            let compound = next.text(self.text) == "-" && next.start == self.tokens[end - 1].end;
            let capital_next =
                next.is_capital() && self.tokens[end - 1].is_capital() && !self.lexicon.is(*next, OUTSIDE);
            if attribute || compound || capital_next {
                return Some(Read::Skip(end));
            }
        }
        let before = (first > floor).then(|| self.tokens[first - 1]);
        let capital = self.tokens[at].is_capital();
        let allowed = match before {
            Some(token) if self.lexicon.is(token, GENERIC) => false,
            Some(token) if self.lexicon.is(token, DETERMINER) || self.is_possessive(first - 1) => true,
            Some(token) if token.text(self.text) == "-" => false,
            // "The embattled department", "her old office"
            Some(token) if token.shape == Shape::Lower && !self.lexicon.is(token, PREPOSITION | OUTSIDE) => {
                first >= floor + 2
                    && self.lexicon.is(self.tokens[first - 2], DETERMINER)
                    && !self.lexicon.is(self.tokens[first - 2], GENERIC)
            }
            // Headlines and minutes leave the article off.
            Some(token) => (capital || end - at > 1) && !token.is_capital() && token.shape != Shape::Number,
            None => capital || end - at > 1,
        };
        if !allowed {
            return Some(Read::Skip(end));
        }
        Some(Read::Candidate(Candidate {
            first,
            last: end,
            form: Form::Nominal,
            rule,
            provisional: false,
            who: Who::Noun(bodies),
        }))
    }

    /// The name of a body that speaks for agencies: a run of capitals around "Association".
    fn association(&self, at: usize, floor: usize, limit: usize) -> Option<Read> {
        if !self.layer.is_association_word(self.tokens[at].word) || !self.tokens[at].is_capital() {
            return None;
        }
        let is_part = |index: usize| {
            let token = self.tokens[index];
            let small = ["of", "and", "’", "'", "&", "for", "-"].contains(&token.text(self.text));
            token.is_capital() || small
        };
        let mut first = at;
        while first > floor && self.close(first - 1) && is_part(first - 1) {
            first -= 1;
        }
        let mut last = at + 1;
        while last < limit && self.close(last - 1) && is_part(last) {
            last += 1;
        }
        while last > at + 1 && !self.tokens[last - 1].is_capital() {
            last -= 1;
        }
        let outside = |index: usize| {
            let token = self.tokens[index];
            !token.is_capital()
                || self.lexicon.is(token, DETERMINER | PREPOSITION)
                || self.sentence_first(index)
                    && self.lexicon.is(token, OUTSIDE)
                    && !token.is(self.text, "sheriffs")
        };
        while first < at && outside(first) {
            first += 1;
        }
        let speaks = |word: &str| self.tokens[first..last].iter().any(|token| token.is(self.text, word));
        let body = if speaks("sheriffs") || speaks("sheriff") && speaks("association") {
            if speaks("deputy") { Body::Union } else { Body::Sheriffs }
        } else if speaks("chiefs") {
            Body::Chiefs
        } else if speaks("officers")
            || speaks("police")
            || speaks("troopers")
            || speaks("patrolmen")
            || speaks("deputies")
        {
            Body::Union
        } else if speaks("counties") || speaks("cities") || speaks("municipal") || speaks("municipalities") {
            Body::League
        } else {
            return None;
        };
        let words = self.text[self.bytes(first, last)].to_lowercase();
        let place = self.association_place(first, last);
        Some(Read::Candidate(Candidate {
            first,
            last,
            form: Form::Name,
            rule: "agency.association",
            provisional: false,
            who: Who::Local { body, place, words },
        }))
    }

    fn association_place(&self, first: usize, last: usize) -> Option<Place> {
        let of = (first..last).rev().find(|&at| self.tokens[at].is(self.text, "of") && at + 1 < last);
        (first + 1..=last.min(first + 4))
            .rev()
            .find_map(|end| {
                let division = (end < last).then(|| self.division(end)).flatten();
                let name = self.title_cased(first, end);
                let state = crate::State::from_name(&name).filter(|_| division != Some(Division::County));
                let county = division == Some(Division::County);
                let known = self.is_known(first, end) && !self.lexicon.is(self.tokens[first], DIVISION);
                (state.is_some() || county || known).then(|| Place {
                    first,
                    last: end,
                    name,
                    division,
                    state,
                })
            })
            .or_else(|| self.place_after(of? + 1, last).filter(|place| place.state.is_some()))
    }

    /// A bare name of a place or county where it may hold a stance.
    fn bare_place(&self, at: usize, floor: usize, limit: usize) -> Option<Read> {
        let token = self.tokens[at];
        if !token.is_capital() || self.lexicon.is(token, OUTSIDE) || at > floor && self.inside_run(at) {
            return None;
        }
        let place = self.place_after(at, limit)?;
        let Place { last, .. } = place;
        if last == limit || place.state.is_some() && place.division.is_none() && !self.acts(last) {
            return None;
        }
        let known = self.is_known_name(&place)
            || place.division == Some(Division::County) && self.tokens[last - 1].is_capital();
        let next = self.tokens[last];
        let heading = at == floor && matches!(next.text(self.text), "–" | "—" | ":" | "-");
        let listed = matches!(next.text(self.text), "," | "and") && (known || at == floor);
        let acts = self.acts(last);
        let preposition = at > floor && self.lexicon.is(self.tokens[at - 1], PREPOSITION);
        let counties = preposition && self.tokens[at - 1].is(self.text, "in") && self.heads_list(last, limit);
        if !(known && (acts || listed) && !preposition || heading || counties) {
            return None;
        }
        let county = place.division == Some(Division::County) || self.heads_list(last, limit);
        let body = if county {
            Body::County
        } else if place.state.is_some() {
            Body::State
        } else {
            Body::City
        };
        Some(Read::Candidate(Candidate {
            first: at,
            last,
            form: Form::Name,
            rule: "agency.place",
            provisional: true,
            who: Who::Local { body, place: Some(place), words: "bare".into() },
        }))
    }

    /// Whether a list of names that goes on at `from` ends in "counties".
    fn heads_list(&self, from: usize, limit: usize) -> bool {
        let end = limit.min(from + 14);
        for at in from..end {
            let token = self.tokens[at];
            if token.is(self.text, "counties") || token.is(self.text, "parishes") {
                return true;
            }
            let small =
                token.text(self.text) == "," || token.is(self.text, "and") || token.is(self.text, "or");
            if !(small || token.is_capital()) {
                return false;
            }
        }
        false
    }

    fn inside_run(&self, at: usize) -> bool {
        let before = self.tokens[at - 1];
        before.is_capital() && self.close(at - 1) && !self.lexicon.is(before, OUTSIDE)
    }
}

/// What reading at a token gave.
pub(super) enum Read {
    Candidate(Candidate),
    /// Nothing begins before this token.
    Skip(usize),
}

/// The bodies that a phrase without a place can mean, the likeliest first.
fn meanings(body: Body) -> &'static [Body] {
    match body {
        Body::Police => &[Body::Police, Body::SchoolPolice, Body::PublicSafety],
        Body::SchoolPolice => &[Body::SchoolPolice],
        Body::Sheriff => &[Body::Sheriff],
        Body::PublicSafety => &[Body::PublicSafety],
        Body::AttorneyGeneral => &[Body::AttorneyGeneral],
        Body::Prosecutor => &[Body::Prosecutor],
        Body::Corrections => &[Body::Corrections],
        Body::PrisonBoard => &[Body::PrisonBoard],
        Body::City => &[Body::City],
        Body::County => &[Body::County],
        Body::State => &[Body::State],
        Body::Council => &[Body::Council],
        Body::CountyBoard => &[Body::CountyBoard],
        Body::Commission => &[Body::Commission],
        Body::Legislature => &[Body::Legislature],
        Body::House => &[Body::House],
        Body::Senate => &[Body::Senate],
        Body::School => &[Body::School],
        _ => &[],
    }
}
