//! Committees of legislatures and councils: "the Senate Ways and Means Committee", "the Committee on Public Works".

use goldrule_schema::Form;

use super::entity::Entity;
use super::group::Grouper;
use super::heads::Body;
use super::place::Place;
use super::scan::{Candidate, Read, Scanner, Who};
use crate::State;
use crate::token::Shape;

/// Most words of a committee's name on either side of the noun.
const WORDS: usize = 8;

/// Chambers whose committees are a state's.
const CHAMBERS: &[&str] = &["senate", "house", "assembly", "legislative", "joint"];

/// What committees of public bodies are for; one word at least of a name must be among them.
const MATTERS: &[&str] = &[
    "judiciary",
    "judicial",
    "proceedings",
    "safety",
    "finance",
    "appropriations",
    "ways",
    "means",
    "rules",
    "affairs",
    "health",
    "veterans",
    "codes",
    "operations",
    "works",
    "budget",
    "intergovernmental",
    "border",
    "courts",
    "penal",
    "transportation",
    "elections",
    "ethics",
    "housing",
    "neighborhoods",
    "personnel",
    "administration",
    "education",
    "agriculture",
    "environment",
    "utilities",
    "corrections",
    "ordinance",
    "legislation",
    "development",
    "planning",
    "youth",
    "labor",
    "commerce",
    "governance",
    "hoc",
];

/// Matters of a legislature alone.
const STATEWIDE: &[&str] =
    &["appropriations", "ways and means", "judicial proceedings", "state affairs", "judiciary"];

/// Words of the names of committees that no public body has: parties', campaigns', and those of a program.
const OTHERS: &[&str] = &[
    "steering",
    "input",
    "action",
    "national",
    "democratic",
    "republican",
    "central",
    "service",
    "organizing",
    "friends",
    "lawyers",
    "homeland",
    "congressional",
    "advisory",
    "citizens",
    "host",
    "party",
    "campaign",
    "editorial",
];

/// What commissions are for, where no place stands before the noun.
const COMMISSIONED: &[&str] = &[
    "resources",
    "rights",
    "safety",
    "affairs",
    "relations",
    "services",
    "ethics",
    "parole",
    "gaming",
    "utilities",
    "sentencing",
    "justice",
    "standards",
    "training",
    "wildlife",
    "elections",
    "planning",
    "corrections",
    "health",
    "transportation",
    "housing",
    "election",
    "liquor",
    "enforcement",
    "conservation",
];

/// What follows "on" where it is no matter.
const DAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "jan.",
    "february",
    "feb.",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "aug.",
    "september",
    "sept.",
    "october",
    "oct.",
    "november",
    "nov.",
    "december",
    "dec.",
];

impl Scanner<'_, '_> {
    /// The committee whose noun stands at a token.
    pub(super) fn committee(&self, at: usize, floor: usize, limit: usize) -> Option<Read> {
        if !self.tokens[at].is_capital() {
            return None;
        }
        let first = self.first_of_committee(at, floor);
        let last = self.end_of_committee(at, limit);
        let of_body = |words: &[&str]| (first..last).any(|index| self.is_any(index, words));
        if last == first + 1 || !of_body(MATTERS) || of_body(OTHERS) {
            return None;
        }
        // "the D.C. Council Committee on Housing", "the Government Affairs Committee of the National Sheriffs' Association"
        let councils = first == floor && first > 0 && self.is_word(first - 1, "council");
        if councils || self.is_word(last, "of") {
            return None;
        }
        // "Dunn County Executive Committee" is a body of the county.
        if (first..at).any(|index| self.division(index).is_some() && !self.is_word(index, "state")) {
            return None;
        }
        let chamber = self.is_any(first, CHAMBERS) || first > floor && self.is_any(first - 1, CHAMBERS);
        let form = if chamber { Form::Nominal } else { Form::Name };
        let who = Who::Local { body: Body::Commission, place: None, words: self.lower(first, last) };
        Some(Candidate::new((first, last), form, "agency.name.committee", who).into())
    }

    /// Whether what stands before "Commission" is its matter, and no place: "Marine Resources Commission".
    pub(super) fn is_for_a_matter(&self, place: &Place) -> bool {
        self.tokens.get(place.last).is_some_and(|head| head.is_capital())
            && self.is_any(place.last - 1, COMMISSIONED)
            && place.state.is_none()
            && !self.is_known_name(place)
    }

    /// Such a commission, with all capitalised words before it: "Florida Fish and Wildlife Conservation Commission".
    pub(super) fn commission(&self, first: usize, end: usize, floor: usize) -> Candidate {
        let mut from = first;
        while from > floor && self.close(from - 1) {
            let joint = self.is_any(from - 1, &["and", "&"]) && from >= floor + 2;
            let before = from - if joint { 2 } else { 1 };
            let whose = self.is_any(before, &["the", "a", "in", "but", "and"]);
            if self.tokens[before].shape != Shape::Capitalised || whose {
                break;
            }
            from = before;
        }
        let state = (from + 1..(from + 3).min(end)).find_map(|last| {
            let name = self.title_cased(from, last);
            let state = State::from_name(&name)?;
            Some(Place { first: from, last, name, division: None, state: Some(state) })
        });
        let words = self.lower(state.as_ref().map_or(from, |state| state.last), end);
        let who = Who::Local { body: Body::Other, place: state, words };
        Candidate::new((from, end), Form::Name, "agency.name.commission", who)
    }

    /// Whether a committee's name goes on at a token: "Ways and Means Committee" behind "Senate".
    pub(super) fn begins_committee(&self, at: usize) -> bool {
        let part = |index: &usize| {
            self.tokens.get(*index).is_some_and(|token| token.shape == Shape::Capitalised)
                || self.is_any(*index, &["and", "&", ","])
        };
        (at..at + WORDS).take_while(part).any(|index| self.is_any(index, &["committee", "subcommittee"]))
    }

    /// The first of the capitalised words before the noun, with the small words between them.
    fn first_of_committee(&self, at: usize, floor: usize) -> usize {
        let mut first = at;
        while first > floor && at - first < WORDS && self.close(first - 1) {
            let before = self.tokens[first - 1].shape == Shape::Capitalised;
            let joint = first < at
                && first >= floor + 2
                && self.is_any(first - 1, &["and", "&", ","])
                && self.tokens[first - 2].shape == Shape::Capitalised
                && !self.is_any(first - 2, CHAMBERS);
            if before && !self.is_any(first - 1, &["the", "a", "in", "at", "before", "when", "as"]) {
                first -= 1;
            } else if joint {
                first -= 2;
            } else {
                break;
            }
        }
        first
    }

    /// The token behind "on Public Works and Operations".
    fn end_of_committee(&self, at: usize, limit: usize) -> usize {
        let the = at + 2 + usize::from(self.is_word(at + 2, "the"));
        let capital = |index: usize| {
            index < limit && self.tokens.get(index).is_some_and(|token| token.shape == Shape::Capitalised)
        };
        // "the House Appropriations Committee on Monday"
        let dated = self.is_any(the, DAYS);
        if !self.is_any(at + 1, &["on", "for"]) || !capital(the) || dated {
            return at + 1;
        }
        let mut last = the;
        while last < at + WORDS {
            let joint = self.is_any(last, &["and", "&", ","])
                || self.is_word(last, ",") && self.is_any(last + 1, &["and", "&"]);
            if capital(last) {
                last += 1;
            } else if joint && capital(last + 1) {
                last += 2;
            } else {
                break;
            }
        }
        last
    }
}

impl Grouper<'_, '_> {
    /// The committee of a name, of a state where a chamber stands in it, else of whoever is spoken of nearest; Congress's
    /// are no agencies.
    pub(super) fn committee(&mut self, words: &str, candidate: &Candidate) -> Option<usize> {
        let same = |number: &&usize| self.entities[**number].detail == words;
        if let Some(known) = self.of_body(Body::Commission).iter().take(WORDS * WORDS).find(same) {
            return Some(*known);
        }
        let mut entity = Entity::new(Body::Commission, None, self.paragraph(candidate.first));
        let of_state = STATEWIDE.iter().any(|matter| words.contains(matter));
        if candidate.form == Form::Nominal || of_state {
            if self.is_about_congress() {
                return None;
            }
            let _ = self.give_state(&mut entity);
        }
        words.clone_into(&mut entity.detail);
        words.clone_into(&mut entity.words);
        self.text(candidate.first, candidate.last).clone_into(&mut entity.longest);
        Some(self.add(entity))
    }
}
