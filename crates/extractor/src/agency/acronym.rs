//! Acronyms: defined in brackets (Schwartz and Hearst 2003), or the initials of a name of the text.

use goldrule_schema::Form;
use rustc_hash::FxHashMap;

use super::Joined;
use super::entity::{Entity, key_of};
use super::group::Grouper;
use super::heads::Body;
use super::lexicon::{DETERMINER, GENERIC, HEADED};
use super::place::Place;
use super::scan::{Candidate, Read, Scanner, Who};
use crate::State;
use crate::token::{Shape, Token};

/// Forces whose acronym needs no definition.
const KNOWN: &[(&str, Body, &str, &str)] = &[
    ("LVMPD", Body::Police, "Las Vegas", "nv"),
    ("NYPD", Body::Police, "New York", "ny"),
    ("LAPD", Body::Police, "Los Angeles", "ca"),
    ("LASD", Body::Sheriff, "Los Angeles", "ca"),
    ("SFPD", Body::Police, "San Francisco", "ca"),
    ("NOPD", Body::Police, "New Orleans", "la"),
    ("SDPD", Body::Police, "San Diego", "ca"),
    ("SAPD", Body::Police, "San Antonio", "tx"),
    ("BSO", Body::Sheriff, "Broward", "fl"),
    ("HCSO", Body::Sheriff, "Harris", "tx"),
    ("CDCR", Body::Corrections, "California", "ca"),
    ("TDCJ", Body::Corrections, "Texas", "tx"),
];

/// Bodies of a state that a text which is about that state calls by letters alone.
const STATEWIDE: &[(&str, Body, &str)] = &[
    ("TBI", Body::StateBureau, "tn"),
    ("GBI", Body::StateBureau, "ga"),
    ("KBI", Body::StateBureau, "ks"),
    ("OSBI", Body::StateBureau, "ok"),
    ("CBI", Body::StateBureau, "co"),
    ("SBI", Body::StateBureau, "nc"),
    ("FDLE", Body::StateBureau, "fl"),
    ("SLED", Body::StateBureau, "sc"),
    ("BCA", Body::StateBureau, "mn"),
    ("ALEA", Body::StateBureau, "al"),
    ("CHP", Body::StatePolice, "ca"),
    ("FHP", Body::StatePolice, "fl"),
    ("THP", Body::StatePolice, "tn"),
    ("MSP", Body::StatePolice, "mi"),
    ("NYSP", Body::StatePolice, "ny"),
    ("WSP", Body::StatePolice, "wa"),
    ("OSP", Body::StatePolice, "or"),
];

/// Letters for a sort of body, of which a text may have one: "the county SO".
const SORTS: &[(&str, &[Body])] = &[
    ("SO", &[Body::Sheriff]),
    ("AG", &[Body::AttorneyGeneral]),
    ("DA", &[Body::Prosecutor]),
    ("PD", &[Body::Police]),
];

impl Scanner<'_, '_> {
    /// "the county SO", "AG thinks otherwise": letters that are a noun.
    pub(super) fn short_noun(&self, at: usize, floor: usize) -> Option<Read> {
        let letters = self.tokens[at].text(self.text);
        let (_, bodies) = SORTS.iter().find(|(sort, _)| *sort == letters)?;
        let next = self.tokens.get(at + 1)?;
        // "AG Bonta", "DA's office", "PD officers", "AG OPINION"
        if next.is_capital() || self.is_possessive_at(at + 1) || self.lexicon.is(*next, HEADED) {
            return None;
        }
        let before = at.checked_sub(1).filter(|before| *before >= floor)?;
        let local = self.is_any(before, &["county", "state", "city", "town", "local"]);
        let determined = self.lexicon.is(self.tokens[before], DETERMINER)
            && !self.lexicon.is(self.tokens[before], GENERIC)
            || local && self.tokens[before].shape == Shape::Lower;
        let acts = !self.tokens[before].is_capital() && (self.acts(at + 1) || self.is_third_person(at + 1));
        (determined || acts && letters == "AG")
            .then(|| Candidate::new((at, at + 1), Form::Acronym, "agency.acronym", Who::Noun(bodies)).into())
    }
}

impl Grouper<'_, '_> {
    /// "(SPD)" right behind the name it stands for.
    pub(super) fn definition(&mut self, candidates: &[Candidate], index: usize, candidate: &Candidate) {
        let Some(before) = index.checked_sub(1).map(|before| &candidates[before]) else { return };
        let opens = before.last + 1 == candidate.first
            && self.segmented.tokens[before.last].text(self.segmented.text) == "("
            || self.is_alias(before.last, candidate.first);
        let is_name = matches!(before.who, Who::Local { .. } | Who::Federal(_));
        if !(opens && is_name) {
            return;
        }
        let known = self.mentions.iter().rev().find(|(at, _)| *at == before.first);
        if let Some((_, mention)) = known {
            let agency = mention.agency;
            self.acronyms.insert(self.text(candidate.first, candidate.last), Some(agency));
        }
    }

    /// Letters that stand in brackets behind a noun: "the Department of Public Safety (DPS)".
    pub(super) fn defined_by_nouns(&mut self, candidates: &[Candidate]) {
        let pairs = candidates.windows(2).filter(|pair| matches!(pair[1].who, Who::Acronym));
        let bracketed = pairs.filter(|pair| {
            matches!(pair[0].who, Who::Noun(_))
                && pair[0].last + 1 == pair[1].first
                && self.segmented.tokens[pair[0].last].text(self.segmented.text) == "("
        });
        let mut defined: FxHashMap<&str, usize> = FxHashMap::default();
        for pair in bracketed {
            let letters = self.text(pair[1].first, pair[1].last);
            let nth = self.nouns.partition_point(|(at, _)| *at < pair[0].first);
            if let Some((_, mention)) = self.nouns.get(nth).filter(|(at, _)| *at == pair[0].first)
                && self.acronyms.get(letters).is_none_or(Option::is_none)
            {
                defined.entry(letters).or_insert(mention.agency);
            }
        }
        self.step = Joined::Acronym;
        for candidate in candidates.iter().filter(|candidate| matches!(candidate.who, Who::Acronym)) {
            let letters = self.text(candidate.first, candidate.last);
            if let Some(&agency) = defined.get(letters) {
                self.mention(candidate, agency, false);
            }
        }
    }

    /// Whether ", or" or "known as" joins letters to the name before them.
    fn is_alias(&self, start: usize, end: usize) -> bool {
        const BETWEEN: &[&str] = &[",", "or", "known", "as", "called", "also", "facility", "the"];
        let words = || self.segmented.tokens[start..end].iter().map(|token| token.text(self.segmented.text));
        (1..=5).contains(&(end.saturating_sub(start)))
            && words().all(|word| BETWEEN.contains(&word))
            && words().any(|word| matches!(word, "or" | "as" | "called"))
    }

    /// The agency that a text means by letters which are a federal body's elsewhere: "Wisconsin Department of
    /// Justice (DOJ)".
    pub(super) fn redefined(
        &mut self,
        candidates: &[Candidate],
        index: usize,
        candidate: &Candidate,
    ) -> Option<usize> {
        if candidate.form != Form::Acronym {
            return None;
        }
        let letters = self.text(candidate.first, candidate.last);
        if !self.acronyms.contains_key(letters)
            && index.checked_sub(1).is_some_and(|before| matches!(candidates[before].who, Who::Local { .. }))
        {
            self.definition(candidates, index, candidate);
        }
        self.acronyms.get(letters).copied().flatten()
    }

    pub(super) fn acronym(&mut self, candidate: &Candidate) {
        if !matches!(candidate.who, Who::Acronym) {
            return;
        }
        let letters = self.text(candidate.first, candidate.last);
        let agency = match self.acronyms.get(letters) {
            Some(&known) => known,
            None => self
                .by_initials(letters)
                .or_else(|| self.well_known(letters, candidate))
                .or_else(|| self.explained(letters, candidate)),
        };
        self.acronyms.insert(letters, agency);
        if let Some(agency) = agency {
            self.mention(candidate, agency, false);
        }
    }

    /// The one agency whose initials these are.
    fn by_initials(&self, letters: &str) -> Option<usize> {
        let mut fits = (0..self.entities.len()).filter(|&index| {
            let entity = &self.entities[index];
            entity.federal.is_none() && entity.is_initials(letters)
        });
        let first = fits.next()?;
        fits.next().is_none().then_some(first)
    }

    /// "NORTHCO, the regional jail in Hood River": what the apposition behind it says it is.
    fn explained(&mut self, letters: &str, candidate: &Candidate) -> Option<usize> {
        const SORTS: &[(&str, Body)] = &[("jail", Body::Jail), ("prison", Body::Corrections)];
        let tokens = &self.segmented.tokens;
        let word = |at: usize| tokens.get(at).map_or("", |token| token.text(self.segmented.text));
        let at = candidate.last;
        if letters.len() < 4 || word(at) != "," || !matches!(word(at + 1), "a" | "the" | "which") {
            return None;
        }
        let end = (at + 2..at + 8).find(|&end| matches!(word(end), "" | "," | ".")).unwrap_or(at + 8);
        let body = (at + 2..end)
            .find_map(|index| SORTS.iter().find(|(sort, _)| *sort == word(index)).map(|(_, body)| *body))?;
        let mut entity = Entity::new(body, None, self.paragraph(candidate.first));
        letters.clone_into(&mut entity.longest);
        entity.add_words("jail");
        Some(self.add(entity))
    }

    fn well_known(&mut self, letters: &str, candidate: &Candidate) -> Option<usize> {
        if let Some(&(_, body, code)) = STATEWIDE.iter().find(|(acronym, ..)| *acronym == letters) {
            let state = State::from_code(code).filter(|state| self.votes.top() == Some(*state))?;
            let own = |entity: &Entity| entity.detail.is_empty();
            return Some(self.known(body, code, own).unwrap_or_else(|| {
                let mut entity = Entity::new(body, None, self.paragraph(candidate.first));
                entity.state = Some(state);
                code.clone_into(&mut entity.key);
                state.name().clone_into(&mut entity.place);
                self.add(entity)
            }));
        }
        let known = KNOWN.iter().find(|(acronym, ..)| *acronym == letters);
        let (body, name, hint) = if let Some(&(_, body, name, state)) = known {
            (body, name.to_owned(), State::from_code(state))
        } else {
            let initials = letters.strip_suffix("PD")?;
            match self.spelled(initials).or_else(|| self.single(initials, candidate.first)) {
                Some(name) => (Body::Police, name, None),
                None => return self.lettered_force(letters, candidate),
            }
        };
        let place =
            Place { first: candidate.first, last: candidate.first, name, division: None, state: None };
        if let Some(found) = self.known(body, &key_of(&place), |_| true) {
            return Some(found);
        }
        let mut entity = Entity::new(body, Some(&place), self.paragraph(candidate.first));
        entity.hint = hint;
        Some(self.add(entity))
    }

    /// "IUPD", "NBPD": a university's or a town's police, of which the letters alone are told.
    fn lettered_force(&mut self, letters: &str, candidate: &Candidate) -> Option<usize> {
        if !(4..=6).contains(&letters.len()) {
            return None;
        }
        let body = if letters.ends_with("UPD") { Body::SchoolPolice } else { Body::Police };
        let mut entity = Entity::new(body, None, self.paragraph(candidate.first));
        letters.clone_into(&mut entity.longest);
        entity.add_words(letters);
        Some(self.add(entity))
    }

    /// The place of one word that was named last before `at` and has this initial: "HPD" after "In Houston".
    fn single(&self, initial: &str, at: usize) -> Option<String> {
        if initial.len() != 1 {
            return None;
        }
        let tokens = &self.segmented.tokens;
        (at.saturating_sub(80)..at).rev().find_map(|index| {
            let name = tokens[index].text(self.segmented.text);
            let place = tokens[index].is_capital() && name.len() > 2 && name.starts_with(initial);
            (place && self.layer.gazetteer.is_place(name)).then(|| name.to_owned())
        })
    }

    /// Neighbouring capitalised words of the text with these initials, which are then a place's name.
    fn spelled(&self, initials: &str) -> Option<String> {
        let tokens = &self.segmented.tokens;
        let count = initials.len();
        if count < 2 {
            return None;
        }
        let fits = |window: &&[Token]| {
            window.iter().zip(initials.chars()).all(|(token, letter)| {
                token.shape == Shape::Capitalised
                    && token.text(self.segmented.text).starts_with(letter)
                    && token.end - token.start > 1
            })
        };
        let window = tokens.windows(count).find(fits)?;
        let (first, last) = (window.first()?, window.last()?);
        Some(self.segmented.text[first.start as usize..last.end as usize].to_owned())
    }
}
