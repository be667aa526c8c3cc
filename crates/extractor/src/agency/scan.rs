//! Reads mentions off a text, sentence by sentence, without asking yet which agency they mean.

use std::cell::OnceCell;

use goldrule_schema::Form;
use rustc_hash::FxHashSet;

use super::AgencyLayer;
use super::gazetteer::Gazetteer;
use super::heads::{Body, Role};
use super::lexicon::{ACTS, DEPARTMENTS, HEADED, Lexicon, OUTSIDE};
use super::place::Place;
use crate::segment::{Segmented, Sentence};
use crate::token::{Shape, Token};

/// Letters that say where a story comes from.
const NEWS_AGENCIES: &[&str] = &["AP", "UPI", "AFP", "CNS", "TNS"];

/// Who a mention says it means.
#[derive(Clone, Debug)]
pub(super) enum Who {
    /// A federal body of the list.
    Federal(usize),
    /// A body of a place.
    Local { body: Body, place: Option<Place>, words: String },
    /// A noun that stands for an agency of the document, one of these bodies.
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
    pub(super) who: Who,
}

impl Candidate {
    pub(super) fn new(tokens: (usize, usize), form: Form, rule: &'static str, who: Who) -> Self {
        Self { first: tokens.0, last: tokens.1, form, rule, provisional: false, who }
    }

    pub(super) fn provisional(mut self, provisional: bool) -> Self {
        self.provisional = provisional;
        self
    }
}

/// What reading at a token gave.
pub(super) enum Read {
    Found(Candidate),
    /// Nothing begins before this token.
    Skip(usize),
}

impl From<Candidate> for Read {
    fn from(candidate: Candidate) -> Self {
        Self::Found(candidate)
    }
}

/// A text under the grammar.
pub(super) struct Scanner<'a, 't> {
    pub(super) segmented: &'a Segmented<'t>,
    pub(super) tokens: &'a [Token],
    pub(super) text: &'t str,
    pub(super) lexicon: &'a Lexicon,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) layer: &'a AgencyLayer,
    /// Bare places are looked for, since some sentence may hold a stance.
    topical: bool,
    /// Last words of names of persons, which may be names of places too.
    pub(super) surnames: FxHashSet<&'t str>,
    /// Words in capitals, once a name asks for them.
    acronyms: OnceCell<FxHashSet<&'t str>>,
}

impl<'a, 't> Scanner<'a, 't> {
    pub(super) fn new(layer: &'a AgencyLayer, segmented: &'a Segmented<'t>, topical: bool) -> Self {
        let mut scanner = Self {
            segmented,
            tokens: &segmented.tokens,
            text: segmented.text,
            lexicon: &layer.lexicon,
            gazetteer: &layer.gazetteer,
            layer,
            topical,
            surnames: FxHashSet::default(),
            acronyms: OnceCell::new(),
        };
        if topical {
            scanner.surnames = scanner.find_surnames();
        }
        scanner
    }

    /// The text's words in capitals.
    pub(super) fn acronyms(&self) -> &FxHashSet<&'t str> {
        self.acronyms.get_or_init(|| {
            let upper = self.tokens.iter().filter(|token| token.shape == Shape::Upper);
            upper.map(|token| token.text(self.text)).collect()
        })
    }

    /// Every candidate in text order, none overlapping another.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        for sentence in &self.segmented.sentences {
            self.sentence(*sentence, &mut found);
        }
        found
    }

    fn sentence(&self, sentence: Sentence, found: &mut Vec<Candidate>) {
        let range = sentence.range();
        let associations = self.associations(range.clone());
        let mut associations = associations.into_iter().peekable();
        let listed = if self.topical { self.listed_places(range.clone()) } else { Vec::new() };
        let mut listed = listed.into_iter().peekable();
        let mut floor = range.start;
        let mut at = range.start;
        while at < range.end {
            if let Some(association) = associations.next_if(|association| association.first <= at) {
                at = association.last.max(at);
                floor = at;
                found.push(association);
                continue;
            }
            if listed.peek().is_some_and(|place| place.first <= at) {
                while listed.next_if(|place| place.first < at).is_some() {}
                if let Some(place) = listed.next_if(|place| place.first == at) {
                    at = place.last;
                    found.push(place);
                    continue;
                }
            }
            if self.lexicon.is(self.tokens[at], DEPARTMENTS) {
                let departments = self.listed_departments(at, &range);
                at = departments.last().map_or(at + 1, |last| last.last);
                found.extend(departments);
                continue;
            }
            let limit = associations.peek().map_or(range.end, |association| association.first);
            match self.candidate(at, floor, limit) {
                Some(Read::Found(candidate)) => {
                    at = candidate.last;
                    // "DANE COUNTY …", "Stockton …": what was read turns out to be a name's first word.
                    while found.last().is_some_and(|last| last.last > candidate.first && last.first >= floor)
                    {
                        found.pop();
                    }
                    if !matches!(candidate.who, Who::Acronym) && !candidate.rule.starts_with("agency.place") {
                        floor = candidate.last;
                    }
                    found.push(candidate);
                }
                Some(Read::Skip(end)) => at = end.max(at + 1),
                None => at += 1,
            }
        }
    }

    fn candidate(&self, at: usize, floor: usize, limit: usize) -> Option<Read> {
        let token = self.tokens[at];
        if token.shape == Shape::Upper
            && let Some(read) = self.acronym(at)
        {
            return Some(read);
        }
        if token.shape == Shape::Upper
            && let Some(read) = self.short_noun(at, floor)
        {
            return Some(read);
        }
        if self.layer.opens(token.word) {
            if let Some(read) = self.federal(at, floor, limit) {
                return Some(read);
            }
            // "Linden Park Police Department": the head that reaches further is the head.
            let head = self
                .layer
                .heads
                .at(self.tokens, at, limit)
                .filter(|&(end, _)| !self.outreached(at, end, limit));
            let noun = self.layer.nouns.at(self.tokens, at, limit);
            if head.is_none()
                && let Some(read) = self.other_body(at, floor, limit)
            {
                return Some(read);
            }
            if let Some((end, noun)) = noun.filter(|(end, _)| head.is_none_or(|(other, _)| other < *end)) {
                let (_, bodies) = super::heads::NOUNS[noun];
                return self.noun(at, end, bodies, floor);
            }
            if let Some((end, (body, role))) = head {
                let read = self.headed(at, end, (body, role), floor, limit);
                let read = read.or_else(|| {
                    let (noun_end, noun) = noun.filter(|(other, _)| *other == end)?;
                    self.noun(at, noun_end, super::heads::NOUNS[noun].1, floor)
                });
                // "Oregon Criminal Justice Commission"
                let read = read.or_else(|| {
                    matches!(body, Body::Commission | Body::Council)
                        .then(|| self.other_body(at, floor, limit))
                        .flatten()
                });
                let nothing = (role == Role::Nothing).then_some(Read::Skip(end));
                return read.or_else(|| self.bare(at, floor, limit)).or(nothing);
            }
        }
        self.bare(at, floor, limit)
    }

    /// Whether the first word of a head in "police" belongs to the place before it: another head begins within and goes on
    /// behind it, or its capital is the place's.
    fn outreached(&self, at: usize, end: usize, limit: usize) -> bool {
        // "Lindley County Prison Board"
        let board = |inner: usize| {
            let head = self.layer.heads.at(self.tokens, inner, limit);
            head.is_some_and(|(other, (body, _))| body == Body::PrisonBoard && other > end)
        };
        if (at + 1..end).any(board) {
            return true;
        }
        if end != at + 2 || !self.is_word(at + 1, "police") {
            return false;
        }
        // "Essex Harbor police": a force of the harbor would have both in capitals.
        let capital = |at: usize| self.tokens[at].is_capital();
        let place = at > 0 && capital(at - 1) && capital(at) && !capital(at + 1);
        place || self.layer.heads.at(self.tokens, at + 1, limit).is_some_and(|(other, _)| other > end)
    }

    fn bare(&self, at: usize, floor: usize, limit: usize) -> Option<Read> {
        if self.topical { self.bare_place(at, floor, limit) } else { None }
    }

    fn acronym(&self, at: usize) -> Option<Read> {
        let token = self.tokens[at];
        let letters = token.text(self.text);
        let tokens = (at, at + 1);
        // "the state DOJ" is the attorney general's department.
        if letters == "DOJ" && at > 0 && self.is_word(at - 1, "state") {
            let who = Who::Noun(&[Body::AttorneyGeneral]);
            return Some(Candidate::new(tokens, Form::Acronym, "agency.acronym", who).into());
        }
        if let Some(&federal) = self.layer.acronyms.get(letters) {
            let who = Who::Federal(federal);
            return Some(Candidate::new(tokens, Form::Acronym, "agency.federal.acronym", who).into());
        }
        let plausible = (2..=8).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_uppercase())
            && !NEWS_AGENCIES.contains(&letters);
        (plausible && token.word.0 == 0)
            .then(|| Candidate::new(tokens, Form::Acronym, "agency.acronym", Who::Acronym).into())
    }

    fn federal(&self, at: usize, floor: usize, limit: usize) -> Option<Read> {
        if let Some((end, index)) = self.layer.federal_titles.at(self.tokens, at, limit) {
            let office = self.is_possessive_at(end) && self.is_word(end + 1, "office");
            let who = Who::Federal(index);
            if self.is_former(at, floor) {
                return Some(Read::Skip(end));
            }
            return (!office)
                .then(|| Candidate::new((at, end), Form::Title, "agency.federal.title", who).into());
        }
        if let Some((end, title)) = self.layer.us_attorney.at(self.tokens, at, limit) {
            let form = if title { Form::Title } else { Form::Name };
            let who = Who::Federal(self.layer.us_attorney_index);
            let end = if title { end } else { self.district_behind(end, limit) };
            return Some(Candidate::new((at, end), form, "agency.federal.attorney", who).into());
        }
        let Some((end, index)) = self.layer.federal.at(self.tokens, at, limit) else {
            return self.colloquial(at, floor);
        };
        // "homeland security" in small letters is the subject, not the department.
        let patrol = self.is_word(end - 1, "patrol")
            && at > floor
            && !self.is_word(end, "of")
            && self.is_any(at - 1, &["the", "at", "with", "by", "to", "from", "call", "called"]);
        if !patrol && !self.tokens[at].is_capital() && !self.tokens[end - 1].is_capital() {
            return Some(Read::Skip(end));
        }
        // "the federal Immigration and Customs Enforcement agency"
        let small = self.is_any(end - 1, &["agency", "division"]) && !self.tokens[end - 1].is_capital();
        let end = end - usize::from(small);
        // "a Homeland Security grant" is money, "the Homeland Security Committee" Congress's.
        if self.is_any(end, &["grant", "grants", "committee", "subcommittee"]) {
            return Some(Read::Skip(end));
        }
        if self.is_word(at, "state") && (!self.tokens[at].is_capital() || self.is_word(end, "of")) {
            return None;
        }
        let mut first = at;
        while first > floor && self.close(first - 1) {
            let before = self.tokens[first - 1];
            if ["U.S.", "US", "Federal"].contains(&before.text(self.text)) {
                first -= 1;
            } else if before.is(self.text, "states") && before.is_capital() && first >= floor + 2 {
                first -= 2;
            } else {
                // "California Department of Justice" is another body.
                if self.tokens[at].is(self.text, "department")
                    && let Some(place) =
                        self.place_before(at, floor, None).filter(|place| place.state.is_some())
                {
                    return Some(self.state_department(place, at, end));
                }
                break;
            }
        }
        let who = Who::Federal(index);
        Some(Candidate::new((first, end), Form::Name, "agency.federal.name", who).into())
    }

    /// "Homeland says", "they called Immigration": what people call the department and its agency.
    fn colloquial(&self, at: usize, floor: usize) -> Option<Read> {
        const SHORT: &[(&str, &str)] = &[("Homeland", "DHS"), ("Immigration", "ICE")];
        const BEFORE: &[&str] =
            &["to", "from", "by", "for", "with", "call", "calls", "called", "calling", "tell"];
        let (word, letters) = SHORT.iter().find(|(word, _)| *word == self.tokens[at].text(self.text))?;
        let before = at.checked_sub(1).filter(|before| *before >= floor);
        let inside =
            before.is_some_and(|before| !self.tokens[before].is_capital() && self.tokens[before].is_word());
        let acts = self.acts(at + 1) || self.is_third_person(at + 1);
        let stands = inside
            && before.is_some_and(|before| self.is_any(before, BEFORE))
            && self.is_any(at + 1, &[".", ",", "?"]);
        let meant = acts && *word == "Homeland" || stands;
        let index = *self.layer.acronyms.get(*letters)?;
        (meant && !self.is_headline(at)).then(|| {
            Candidate::new((at, at + 1), Form::Name, "agency.federal.name", Who::Federal(index)).into()
        })
    }

    /// The end of "for the Northern District of Ohio".
    fn district_behind(&self, end: usize, limit: usize) -> usize {
        if !self.is_any(end, &["for", "in"]) || !self.is_word(end + 1, "the") {
            return end;
        }
        let compass = usize::from(
            self.is_any(end + 2, &["northern", "southern", "eastern", "western", "middle", "central"]),
        );
        let district = end + 2 + compass;
        if !self.is_word(district, "district") || district >= limit {
            return end;
        }
        if !self.is_word(district + 1, "of") || district + 2 >= limit {
            return if compass > 0 { district + 1 } else { end };
        }
        self.layer.states.at(self.tokens, district + 2, limit).map_or(end, |(end, _)| end)
    }

    /// "Oregon Department of Justice" is its attorney general's.
    fn state_department(&self, place: Place, at: usize, end: usize) -> Read {
        if !self.is_word(end - 1, "justice") {
            return Read::Skip(end);
        }
        let words = self.text[self.bytes(at, end)].to_lowercase();
        let tokens = (place.first, end);
        let who = Who::Local { body: Body::AttorneyGeneral, place: Some(place), words };
        Candidate::new(tokens, Form::Name, "agency.name", who).into()
    }

    pub(super) fn bytes(&self, first: usize, last: usize) -> std::ops::Range<usize> {
        self.tokens[first].start as usize..self.tokens[last - 1].end as usize
    }

    /// Whether a token stands in the same paragraph as the next one.
    pub(super) fn close(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return false };
        !self.text[self.tokens[at].end as usize..next.start as usize].contains("\n\n")
    }

    pub(super) fn sentence_first(&self, at: usize) -> bool {
        self.segmented.sentences[self.segmented.sentence_of(at)].first as usize == at
    }

    /// Whether the sentence around a token has its words capitalised as headlines have.
    pub(super) fn is_headline(&self, at: usize) -> bool {
        let sentence = self.segmented.sentences[self.segmented.sentence_of(at)];
        let words = self.tokens[sentence.range()].iter().take(40).filter(|token| token.is_word());
        let (mut capital, mut all) = (0, 0);
        for word in words.filter(|word| word.end - word.start > 3) {
            all += 1;
            capital += usize::from(word.is_capital());
        }
        all > 5 && capital * 4 > all * 3
    }

    /// Whether a token stands and is a word, in any case.
    pub(super) fn is_word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(self.text, word))
    }

    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is_word(at, word))
    }

    pub(super) fn is_possessive_at(&self, at: usize) -> bool {
        self.is_any(at, &["'s", "’s"])
    }

    /// Whether a token is the apostrophe behind a name in "s": "Evers' office".
    pub(super) fn is_apostrophe_at(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.tokens[before]);
        self.is_any(at, &["'", "’"])
            && before.is_some_and(|before| {
                before.end == self.tokens[at].start
                    && before.is_capital()
                    && before.text(self.text).ends_with('s')
            })
    }

    /// Whether a verb or adverb behind a noun shows it to act.
    pub(super) fn acts(&self, end: usize) -> bool {
        let Some(next) = self.tokens.get(end) else { return false };
        let word = next.text(self.text);
        let verb = next.shape == Shape::Lower
            && word.len() > 4
            && (word.ends_with("ed") || word.ends_with("ly"))
            && !self.lexicon.is(*next, HEADED);
        self.lexicon.is(*next, ACTS) || verb
    }

    /// Whether a word has the form of a verb in the third person: "runs", "pays".
    pub(super) fn is_third_person(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            let word = token.text(self.text);
            token.shape == Shape::Lower
                && word.len() > 3
                && word.starts_with(|first: char| first.is_ascii_alphabetic())
                && word.ends_with('s')
                && !word.ends_with("ss")
                && !self.lexicon.is(*token, HEADED | super::lexicon::PREPOSITION | OUTSIDE)
        })
    }

    /// Last names: capitalised words right behind another one or a title.
    fn find_surnames(&self) -> FxHashSet<&'t str> {
        const TITLES: &[&str] = &[
            "sheriff",
            "chief",
            "mr.",
            "ms.",
            "mrs.",
            "dr.",
            "sgt.",
            "lt.",
            "capt.",
            "judge",
            "mayor",
            "gov.",
            "rep.",
            "sen.",
            "officer",
            "deputy",
            "detective",
            "justice",
            "commissioner",
            "councilman",
            "councilwoman",
            "president",
            "director",
            "supervisor",
            "general",
            "attorney",
        ];
        let mut surnames = FxHashSet::default();
        for at in 1..self.tokens.len() {
            let (before, token) = (self.tokens[at - 1], self.tokens[at]);
            let capital = token.shape == Shape::Capitalised && before.is_capital();
            if !capital || !self.close(at - 1) || self.lexicon.is(token, OUTSIDE) {
                continue;
            }
            let titled = || TITLES.iter().any(|title| before.is(self.text, title));
            let first_name =
                !self.lexicon.is(before, OUTSIDE | super::lexicon::PREFIX | super::lexicon::DIVISION)
                    && before.shape == Shape::Capitalised
                    && !self.is_known(at - 1, at + 1)
                    && self
                        .tokens
                        .get(at + 1)
                        .is_none_or(|next| !next.is_capital() || self.sentence_first(at + 1));
            if first_name || titled() {
                surnames.insert(token.text(self.text));
            }
        }
        surnames
    }
}
