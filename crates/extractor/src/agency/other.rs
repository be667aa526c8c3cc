//! Bodies of no sort of their own: departments, offices and commissions whose name says what they are for.

use goldrule_schema::Form;

use super::heads::Body;
use super::names::BODIES;
use super::place::{Division, Place};
use super::scan::{Candidate, Read, Scanner, Who};
use crate::token::Shape;

/// Most words between a county and the "Department" of it.
const DEPARTMENT_WORDS: usize = 4;

impl Scanner<'_, '_> {
    /// "Michigan Department of Natural Resources", "New York City Office of Immigrant Affairs": any other body
    /// of a place that its name says.
    pub(super) fn other_body(&self, at: usize, floor: usize, limit: usize) -> Option<Read> {
        let capital = self.tokens[at].shape == Shape::Capitalised;
        // "Vermont Criminal Justice Council"
        if capital && at > floor && self.is_word(at, "council") {
            return self.department_of_state(at, floor);
        }
        if !(capital && self.is_any(at, BODIES)) || at == floor {
            return None;
        }
        if !self.is_word(at + 1, "of") || at + 2 >= limit {
            return self.department_of_county(at, floor).or_else(|| self.department_of_state(at, floor));
        }
        let last = self.object_of(at + 2, limit);
        if last == at + 2 {
            return None;
        }
        let words = self.lower(at, last);
        let placed = |place: &Place| place.state.is_some() || place.division.is_some();
        if let Some(place) = self.place_before(at, floor, None).filter(placed) {
            let first = place.first;
            let who = Who::Local { body: Body::Other, place: Some(place), words };
            return Some(Candidate::new((first, last), Form::Name, "agency.name.other", who).into());
        }
        let named = self.possessed_body(at, last, floor).or_else(|| self.defined_body(at, last, floor));
        named.or_else(|| self.placeless_body(at, last, floor))
    }

    /// "the Department of Revenue", "the Agency of Transportation": a body of a place that goes without saying. A
    /// department that the country has too may be meant there.
    fn placeless_body(&self, at: usize, last: usize, floor: usize) -> Option<Read> {
        const FEDERAL_TOO: &[&str] = &[
            "labor",
            "education",
            "agriculture",
            "commerce",
            "energy",
            "transportation",
            "veterans",
            "war",
            "health",
            "homeland",
            "justice",
            "state",
            "defense",
            "immigration",
            "inspector",
            "refugee",
        ];
        let the = at > floor && self.is_word(at - 1, "the");
        let department = self.is_word(at, "department");
        let federal = (at + 2..last).any(|index| self.is_any(index, FEDERAL_TOO));
        let agency = self.is_word(at, "agency");
        if !the || !(agency || department && !federal) {
            return None;
        }
        let who = Who::Local { body: Body::Other, place: None, words: self.lower(at, last) };
        Some(Candidate::new((at, last), Form::Nominal, "agency.nominal.other", who).into())
    }

    /// "Marin County's Independent Office of Police Review": the place stands before it as its owner.
    fn possessed_body(&self, at: usize, last: usize, floor: usize) -> Option<Read> {
        let mut first = at;
        while first > floor && self.tokens[first - 1].shape == Shape::Capitalised && self.close(first - 1) {
            first -= 1;
        }
        let owner = first.checked_sub(1).filter(|&owner| owner > floor && self.is_possessive_at(owner))?;
        let place = self.place_before(owner, floor, None)?;
        let known = place.state.is_some() || place.division.is_some() || self.is_known_name(&place);
        let who = Who::Local { body: Body::Other, place: Some(place), words: self.lower(first, last) };
        known.then(|| Candidate::new((first, last), Form::Name, "agency.name.other", who).into())
    }

    /// "Travis County Probation Department": a department of a county or city whose own words stand before it.
    fn department_of_county(&self, at: usize, floor: usize) -> Option<Read> {
        let least = at.saturating_sub(DEPARTMENT_WORDS + 1).max(floor);
        let division = (least..at.saturating_sub(1))
            .rev()
            .take_while(|&index| self.tokens[index + 1].shape == Shape::Capitalised && self.close(index))
            .find(|&index| {
                self.is_any(index, &["county", "parish", "city"]) && self.tokens[index].is_capital()
            })?;
        let place = self.place_before(division + 1, floor, None)?;
        let known = place.division == Some(Division::County) || self.is_known_name(&place);
        let (first, words) = (place.first, self.lower(division + 1, at + 1));
        let who = Who::Local { body: Body::Other, place: Some(place), words };
        known.then(|| Candidate::new((first, at + 1), Form::Name, "agency.name.other", who).into())
    }

    /// "Oregon Criminal Justice Commission", "Oklahoma State Auditor's Office": a body of a state whose own words stand
    /// between.
    fn department_of_state(&self, at: usize, floor: usize) -> Option<Read> {
        let own = |index: usize| {
            let token = self.tokens[index];
            (token.shape == Shape::Capitalised || self.is_possessive_at(index)) && self.close(index)
        };
        let least = at.saturating_sub(DEPARTMENT_WORDS + 1).max(floor);
        // The police of an authority is another body.
        if self.is_word(at + 1, "police") {
            return None;
        }
        let (first, end) = (least..at).find_map(|first| {
            let (end, _) = self.layer.states.at(self.tokens, first, at)?;
            (end < at && self.tokens[first].is_capital() && (end..at).all(own)).then_some((first, end))
        })?;
        let place = self.place_before(end, first, None).filter(|place| place.state.is_some())?;
        let who = Who::Local { body: Body::Other, place: Some(place), words: self.lower(end, at + 1) };
        Some(Candidate::new((first, at + 1), Form::Name, "agency.name.other", who).into())
    }

    /// The token after the capitalised words that say what a department or office is of.
    fn object_of(&self, start: usize, limit: usize) -> usize {
        let mut last = start;
        while last < limit
            && (self.tokens[last].shape == Shape::Capitalised
                || self.is_any(last, &["and", "of", "the", "for", "&"])
                    && self.tokens.get(last + 1).is_some_and(|next| next.shape == Shape::Capitalised))
        {
            last += 1;
        }
        last
    }

    /// "Office of Independent Review (OIR)": a body without a place whose initials the text defines or uses.
    fn defined_body(&self, at: usize, last: usize, floor: usize) -> Option<Read> {
        let mut first = at;
        while first > floor
            && self.tokens[first - 1].shape == Shape::Capitalised
            && self.close(first - 1)
            && !self.lexicon.is(self.tokens[first - 1], super::lexicon::DETERMINER)
        {
            first -= 1;
        }
        let initials: String = (first..last)
            .filter(|&index| self.tokens[index].is_capital())
            .filter_map(|index| self.tokens[index].text(self.text).chars().next())
            .collect();
        let bracketed = self.is_word(last, "(") && self.is_word(last + 2, ")");
        let letters = self.tokens.get(last + 1).filter(|token| bracketed && token.shape == Shape::Upper);
        let defined =
            letters.is_some_and(|letters| letters.text(self.text).chars().next() == initials.chars().next());
        if !defined && (initials.len() < 4 || !self.acronyms().contains(initials.as_str())) {
            return None;
        }
        let who = Who::Local { body: Body::Other, place: None, words: self.lower(first, last) };
        Some(Candidate::new((first, last), Form::Name, "agency.name.defined", who).into())
    }
}
