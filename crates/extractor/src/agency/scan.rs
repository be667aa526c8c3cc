//! Reads mentions off a text, sentence by sentence, without asking yet which agency they mean.

use std::cell::OnceCell;

use goldrule_schema::Form;
use rustc_hash::FxHashSet;

use super::AgencyLayer;
use super::gazetteer::Gazetteer;
use super::heads::{Body, Role};
use super::lexicon::{ACTS, COMMITTEE, DEPARTMENTS, HEADED, Lexicon, OUTSIDE};
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
        if self.lexicon.is(token, COMMITTEE)
            && let Some(read) = self.committee(at, floor, limit)
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
        // "the Pennsylvania State Police agency"
        let small = |other: usize| capital(at + 1) && !capital(other - 1);
        let head = self.layer.heads.at(self.tokens, at + 1, limit);
        place || head.is_some_and(|(other, _)| other > end && !small(other))
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

    pub(super) fn bytes(&self, first: usize, last: usize) -> std::ops::Range<usize> {
        if first < last {
            self.tokens[first].start as usize..self.tokens[last - 1].end as usize
        } else {
            0..0
        }
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
            let is_title = |at: usize| TITLES.iter().any(|title| self.tokens[at].is(self.text, title));
            let ends =
                self.tokens.get(at + 1).is_none_or(|next| !next.is_capital() || self.sentence_first(at + 1));
            // "Sheriff Richard K. Jones", "Sheriff Glen Hill"
            let capitals = (at.saturating_sub(3)..at).rev().take_while(|&at| self.tokens[at].is_capital());
            let titled = || is_title(at - 1) || ends && capitals.clone().any(is_title);
            let first_name =
                !self.lexicon.is(before, OUTSIDE | super::lexicon::PREFIX | super::lexicon::DIVISION)
                    && before.shape == Shape::Capitalised
                    && !self.is_known(at - 1, at + 1)
                    && ends;
            if first_name || titled() {
                surnames.insert(token.text(self.text));
            }
        }
        surnames
    }
}
