//! Forces named by the people who serve in them or by who heads them: "Tulsa officers", "deputies in Tolliver
//! County", "In Benning County, deputies", "Stamford's assistant chief", "Kern County sheriff's deputies".

use goldrule_schema::Form;

use super::heads::{Body, Role};
use super::lexicon::{FOREIGN, OUTSIDE};
use super::place::{Division, Place};
use super::scan::{Candidate, Read, Scanner, Who};

/// The rule of a bare place whose force nothing else in the text may name.
pub(crate) const FORCE: &str = "agency.place.force";

/// Forces by the people of theirs that stand with a place.
const PEOPLE: &[(Body, &[&str])] = &[
    (Body::Police, &["officers", "patrolmen"]),
    (Body::Sheriff, &["deputies"]),
    (Body::StatePolice, &["troopers"]),
];

/// Names of places that say of officers what sort they are: "reserve deputies", "union officers".
const NO_PLACE: &[&str] = &[
    "union", "reserve", "reserves", "security", "liberty", "patrol", "commerce", "border", "peace", "court",
    "park", "police", "field", "duty", "line", "america", "spanish",
];

/// Whose officers are those of no town: "law enforcement officers", "probation officers".
const OF_OTHERS: &[&str] = &[
    "enforcement",
    "peace",
    "federal",
    "secret",
    "correctional",
    "correction",
    "corrections",
    "probation",
    "parole",
    "customs",
    "border",
    "immigration",
    "ice",
];

/// Words in names of what is larger than a town, or is none.
const NO_TOWN: &[&str] = &[
    "southern",
    "northern",
    "eastern",
    "western",
    "central",
    "england",
    "silicon",
    "operation",
    "class",
    "internal",
    "trump",
    "biden",
    "obama",
    "latino",
    "hispanic",
    "catholic",
    "arrest",
    "london",
    "europe",
    "asia",
    "africa",
    "salvador",
    "tijuana",
    "toronto",
    "iraq",
    "schools",
];

impl Scanner<'_, '_> {
    /// Whether a name in no table may be a town's where a force serves: "Police in Corley said".
    fn may_be_town(&self, place: &Place) -> bool {
        let words = place.first..place.last;
        let other =
            words.clone().any(|at| self.is_any(at, NO_TOWN) || self.lexicon.is(self.tokens[at], FOREIGN));
        let next = place.last;
        let ends =
            self.acts(next) || self.is_third_person(next) || self.is_any(next, &[",", "and", "or", "."]);
        let past = self.tokens.get(next).is_some_and(|next| next.text(self.text).ends_with("ed"));
        !other && (ends || past || self.is_any(next, &["ask", "do", "help", "have", "came", "take", "go"]))
    }

    /// The place beside the people of a force, behind "In" at the head of their sentence, or whose head is named: a mention
    /// where nothing else names the force.
    pub(super) fn force_of_place(&self, place: &Place, known: bool, floor: usize) -> Option<Read> {
        let stately = place.state.is_some();
        let county = place.division == Some(Division::County);
        let behind = place.last + usize::from(stately && self.is_word(place.last, "state"));
        let people =
            |at: usize| PEOPLE.iter().find(|(_, words)| self.is_any(at, words)).map(|(body, _)| *body);
        // "Patrol officers in Dryden Falls", but "law enforcement officers in Dane County" are of many forces.
        let before = || {
            let noun = place.first.checked_sub(2).filter(|&noun| noun >= floor)?;
            let here =
                self.is_any(noun + 1, &["in", "of"]) && !(noun > floor && self.is_any(noun - 1, OF_OTHERS));
            // "Police in Corley": as "Corley police", which is a name.
            let police =
                || (self.is_word(noun, "police") && self.is_word(noun + 1, "in")).then_some(Body::Police);
            // "The police chief in Paragon"
            let chief = || {
                let theirs = noun > floor && self.is_word(noun, "chief") && self.is_word(noun - 1, "police");
                let late = (noun.saturating_sub(3).max(floor)..noun)
                    .any(|at| self.is_any(at, &["former", "ex", "retired", "as", "fire"]));
                (theirs && !late).then_some(Body::Police)
            };
            people(noun).or_else(police).or_else(chief).filter(|_| here)
        };
        // "In Benning County, deputies will keep"
        let framed = || {
            let opens =
                place.first == floor + 1 && self.is_word(floor, "in") && self.is_word(place.last, ",");
            let at = place.last + 1;
            let police = || self.is_word(at, "police").then_some(Body::Police);
            let others = self.is_any(at + 1, &["of", "from", "with", "to", "department", "chief", "chiefs"]);
            people(at).or_else(police).filter(|_| opens && !others)
        };
        // "Eddie Baca, the Mesilla Park chief, said"
        let apposed = || {
            let the = place.first.checked_sub(2).filter(|&comma| comma > floor)?;
            let beside = self.is_word(the, ",") && self.is_word(the + 1, "the");
            let title = place.last + usize::from(self.is_word(place.last, "police"));
            let chief = self.is_word(title, "chief") && self.is_word(title + 1, ",");
            let of_police = || self.text.contains("olice");
            (beside && chief && self.tokens[the - 1].is_capital() && of_police()).then_some(Body::Police)
        };
        let headed = || self.head_possessed(place).or_else(apposed);
        let body = people(behind).or_else(before).or_else(framed).or_else(headed)?;
        // Where forces serve is a place, be it in no table.
        let known = known
            || before().is_some() && self.is_word(place.first - 1, "in") && self.may_be_town(place)
            || headed().is_some() && body == Body::Sheriff && self.is_county_elsewhere(place);
        // "Oregon officers" are those of all its forces.
        let fits = match body {
            Body::StatePolice => stately,
            Body::Sheriff => !stately && known,
            _ => !stately && !county && known,
        };
        // "Police in Mexico handed him over", though a town of that name is in the table.
        let abroad = before().is_some() && self.lexicon.is(self.tokens[place.first], FOREIGN);
        let word = place.last == place.first + 1;
        if !fits
            || abroad
            || word
                && (self.is_any(place.first, NO_PLACE) || self.lexicon.is(self.tokens[place.first], OUTSIDE))
        {
            return None;
        }
        let mut place = place.clone();
        if body == Body::Sheriff {
            place.division = Some(Division::County);
        }
        let tokens = (place.first, place.last);
        let who = Who::Local { body, place: Some(place), words: String::new() };
        Some(Candidate::new(tokens, Form::Name, FORCE, who).provisional(true).into())
    }

    /// The force of "Stamford's assistant chief, Rich Conklin," and "Benning's undersheriff".
    fn head_possessed(&self, place: &Place) -> Option<Body> {
        const RANKS: &[&str] = &["assistant", "deputy", "interim", "acting", "new", "police", "longtime"];
        if !self.is_possessive_at(place.last) {
            return None;
        }
        let head = (place.last + 1..place.last + 4).find(|&at| !self.is_any(at, RANKS))?;
        // "Denver's chief executive" heads no force.
        if !(self.is_word(head + 1, ",") || self.acts(head + 1) || self.is_third_person(head + 1)) {
            return None;
        }
        if self.is_word(head, "chief") {
            Some(Body::Police)
        } else if self.is_any(head, &["sheriff", "undersheriff"]) {
            Some(Body::Sheriff)
        } else {
            None
        }
    }

    /// Whether the text calls a place a county somewhere.
    fn is_county_elsewhere(&self, place: &Place) -> bool {
        place.division == Some(Division::County) || self.text.contains(&format!("{} County", place.name))
    }

    /// "Kern County sheriff's deputies" holds the name of the office as far as "sheriff".
    pub(super) fn sheriff_of(&self, at: usize, end: usize, floor: usize) -> Option<Read> {
        const GENERIC: &[&str] = &["offices", "departments", "sale"];
        if !self.is_possessive_at(at + 1) || self.is_any(end - 1, GENERIC) {
            return None;
        }
        let place = self.place_in_front(at, floor, Body::Sheriff, false)?;
        if place.state.is_some() || !self.is_fit(&place, Body::Sheriff, Role::OnlyName, at, at + 2) {
            return None;
        }
        let tokens = (place.first, at + 1);
        let who = Who::Local { body: Body::Sheriff, place: Some(place), words: "sheriff 's".into() };
        Some(Candidate::new(tokens, Form::Name, "agency.name.attribute", who).into())
    }
}
