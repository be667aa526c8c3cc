//! Offices in front of names: chiefs, ranks, offices left or sought, and bare titles.

use goldrule_schema::Form;

use super::heads::Body;
use super::lexicon::{FOREIGN, OUTSIDE};
use super::nominal::meanings;
use super::place::Place;
use super::scan::{Candidate, Read, Scanner, Who};

/// Attorneys general of the United States since 2009, who are no state's.
const FEDERAL_HEADS: &[&str] =
    &["Holder", "Lynch", "Sessions", "Whitaker", "Barr", "Rosen", "Garland", "Bondi"];

/// What makes of a chief no head of a force.
const OTHER_CHIEFS: &[&str] = &[
    "fire",
    "battalion",
    "division",
    "operations",
    "bureau",
    "district",
    "section",
    "principal",
    "tribal",
    "patrol",
    "deputy",
    "assistant",
];

/// Which of several an officer is, or of which people, with a capital though no place.
const NO_PLACES: &[&str] = &[
    "new",
    "assistant",
    "black",
    "latino",
    "latina",
    "hispanic",
    "muslim",
    "native",
    "white",
    "female",
    "gay",
    "hmong",
    "somali",
];

impl Scanner<'_, '_> {
    /// Whether an office is somebody's no longer: "the former Maricopa County sheriff".
    pub(super) fn is_former(&self, first: usize, floor: usize) -> bool {
        let hyphen = first > floor + 1 && self.is_word(first - 1, "-");
        first > floor && self.is_any(first - 1, &["former", "retired", "onetime"])
            || hyphen && self.is_any(first - 2, &["ex", "then"])
    }

    /// Whether an office is only sought: "the primary for Pulaski County sheriff".
    pub(super) fn is_sought(&self, first: usize, floor: usize) -> bool {
        const SEEK: &[&str] = &[
            "primary",
            "candidate",
            "candidates",
            "race",
            "running",
            "ran",
            "run",
            "runs",
            "bid",
            "campaign",
            "election",
            "runoff",
            "contest",
            "hopefuls",
            "nominee",
            "nomination",
        ];
        first > floor + 1
            && self.is_word(first - 1, "for")
            && (first.saturating_sub(5).max(floor)..first - 1).any(|at| self.is_any(at, SEEK))
    }

    /// Whether what looks like a place says which holder of an office: "New sheriff", "the first Black sheriff".
    pub(super) fn is_rank(&self, place: &Place) -> bool {
        place.last == place.first + 1 && self.is_any(place.first, NO_PLACES)
    }

    /// Whether what looks like a place is the verb of a headline: "Attorney General Sues Sheriff".
    pub(super) fn is_headline_verb(&self, place: &Place) -> bool {
        let alone = place.last == place.first + 1
            && place.division.is_none()
            && place.state.is_none()
            && place.name.ends_with('s');
        let behind_name = place.first > 0 && self.tokens[place.first - 1].is_capital();
        alone && behind_name && !self.is_known_name(place) && self.close(place.first - 1)
    }

    /// "Omaha Police Chief" names the department up to "Police"; a bare title may stand for one.
    pub(super) fn chief(&self, at: usize, end: usize, floor: usize) -> Option<Read> {
        if at > floor
            && self.is_word(at, "police")
            && self.is_word(at - 1, "state")
            && self.tokens[at - 1].is_capital()
        {
            return Some(self.state_police_of(at - 1, floor).into());
        }
        match self.place_in_front(at, floor, Body::Police, true) {
            Some(place) if !self.is_rank(&place) && self.is_word(at, "police") => {
                self.police_of(place, at, "agency.name.chief")
            }
            // "Phoenix Fire Chief", "Battalion Chief", "Principal Chief"
            Some(_) if at > floor && self.is_any(at - 1, OTHER_CHIEFS) => None,
            // "Torrington Chief Bill Baldasare" has no word for the department.
            _ => self.bare_title(at, end, Body::Police, floor),
        }
    }

    /// "New Jersey State Police Superintendent", "State Police Superintendent" name the force up to "Police".
    pub(super) fn state_police_of(&self, at: usize, floor: usize) -> Candidate {
        let place =
            self.place_in_front(at, floor, Body::StatePolice, false).filter(|place| place.state.is_some());
        let Some(place) = place else {
            let who = Who::Noun(meanings(Body::StatePolice));
            return Candidate::new((at, at + 2), Form::Nominal, "agency.nominal.phrase", who);
        };
        let tokens = (place.first, at + 2);
        let who = Who::Local { body: Body::StatePolice, place: Some(place), words: "state police".into() };
        Candidate::new(tokens, Form::Name, "agency.name.chief", who)
    }

    /// Whether a title is no office holder's here: "sheriff candidate", "sheriff-elect".
    pub(super) fn is_headless(&self, end: usize) -> bool {
        self.is_any(
            end,
            &["candidate", "candidates", "committee", "race", "election", "hopeful", "pro", "elect"],
        ) || self.is_word(end, "-") && self.is_word(end + 1, "elect")
    }

    /// The first of the words that say which holder of an office is meant, where somebody's possession stands before them.
    pub(super) fn behind_rank(&self, at: usize, floor: usize) -> usize {
        const RANKS: &[&str] = &[
            "new",
            "newly",
            "elected",
            "appointed",
            "current",
            "longtime",
            "outgoing",
            "republican",
            "democratic",
            "-",
        ];
        let mut first = at;
        while first > floor + 1 && self.is_any(first - 1, RANKS) {
            first -= 1;
        }
        if self.is_possessive_at(first - 1) { first } else { at }
    }

    /// A mention of the head of an agency by title alone: it counts where nothing else names the agency.
    pub(super) fn bare_title(&self, at: usize, end: usize, body: Body, floor: usize) -> Option<Read> {
        const OTHERS: &[&str] =
            &["dear", "deputy", "assistant", "former", "ex", "vice", "lieutenant", "lt.", "u.s.", "then"];
        if at > floor && self.is_any(at - 1, OTHERS) || body == Body::Prosecutor && self.is_word(at, "county")
        {
            return None;
        }
        // "The Governor, Ellen Strand, ordered"
        let apposed = self.is_word(end, ",")
            && (1..=2).all(|step| self.tokens.get(end + step).is_some_and(|token| token.is_capital()))
            && self.is_word(end + 3, ",");
        let next = self.tokens.get(end + usize::from(apposed))?;
        let named = next.is_capital() && !self.lexicon.is(*next, OUTSIDE) && self.close(end - 1);
        // "Calder's sheriff, Tom Huizenga, said", "The attorney general, Scott Brandvold, called"
        let foreign = at > floor + 1 && self.lexicon.is(self.tokens[at - 2], FOREIGN);
        let whose = at > floor && (self.is_word(at - 1, "the") || self.is_possessive_at(at - 1) && !foreign);
        if !(named && (self.tokens[at].is_capital() || apposed && whose)) {
            return None;
        }
        let surname = self.surname_behind(end + usize::from(apposed));
        if body == Body::AttorneyGeneral && surname.is_some_and(|name| FEDERAL_HEADS.contains(&name)) {
            return None;
        }
        let who = Who::Local { body, place: None, words: self.lower(at, end) };
        Some(Candidate::new((at, end), Form::Title, "agency.title.bare", who).provisional(true).into())
    }

    /// The last of the capitalised words behind a title.
    pub(super) fn surname_behind(&self, end: usize) -> Option<&str> {
        let name = (end..self.tokens.len().min(end + 4)).take_while(|&at| {
            self.tokens[at].is_capital() && (at == end || self.close(at - 1)) && !self.is_possessive_at(at)
        });
        Some(self.tokens[name.last()?].text(self.text))
    }
}
