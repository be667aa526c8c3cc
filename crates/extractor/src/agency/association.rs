//! Bodies that speak for agencies: runs of capitals around "Association".

use std::ops::Range;

use goldrule_schema::Form;

use super::heads::Body;
use super::lexicon::{ASSOCIATION, DETERMINER, DIVISION, OUTSIDE, PREPOSITION};
use super::place::{Division, Place};
use super::scan::{Candidate, Scanner, Who};
use super::votes::state_of_nickname;
use crate::State;

/// First words of bodies of the whole country.
const SCOPE: &[&str] =
    &["national", "international", "major", "american", "hispanic", "federal", "state", "fraternal"];

/// How far, in bytes, the name of an association's place is looked for in full.
const AROUND: usize = 4000;

/// Whom associations are of.
const MEMBERS: &[&str] = &[
    "police",
    "sheriffs",
    "sheriff",
    "deputy",
    "chiefs",
    "officers",
    "patrolmen",
    "association",
    "fraternal",
];

/// What an association has or puts out, behind its name: "Colorado Association of Chiefs of Police Position Statement".
const ISSUES: &[&str] = &[
    "position",
    "policy",
    "statement",
    "resolution",
    "press",
    "annual",
    "conference",
    "report",
    "president",
    "vice",
    "executive",
    "director",
    "chairman",
    "spokesman",
    "spokeswoman",
    "counsel",
    "legislative",
    "newsletter",
    "code",
    "testimony",
    "letter",
    "survey",
    "platform",
    "priorities",
    "bylaws",
    "model",
    "general",
    "ceo",
    "spokesperson",
];

impl Scanner<'_, '_> {
    /// The associations of a sentence, in text order.
    pub(super) fn associations(&self, range: Range<usize>) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for at in range.clone() {
            let token = self.tokens[at];
            if !self.lexicon.is(token, ASSOCIATION) || !token.is_capital() {
                continue;
            }
            let floor = found.last().map_or(range.start, |last| last.last);
            if at >= floor {
                found.extend(self.association(at, floor, range.end));
            }
        }
        found
    }

    fn association(&self, at: usize, floor: usize, limit: usize) -> Option<Candidate> {
        let (first, last) = self.capitals_around(at, floor, limit);
        // "Major County Sheriffs of America", but "To the Sheriffs of Tennessee".
        if self.is_word(at, "sheriffs") && !(first < at && self.is_word(at + 1, "of") && last > at + 2) {
            return None;
        }
        // "League City" is a town.
        if self.is_word(at, "league") && self.is_word(at + 1, "city") {
            return None;
        }
        if self.is_word(at, "council")
            && !(first..at).any(|index| self.is_any(index, &["chiefs", "sheriffs"]))
        {
            return None;
        }
        // "Union of Correctional Officers", but "Union County Sheriff"
        let members = ["police", "officers", "deputies", "troopers", "sheriffs"];
        let until = if self.is_word(at + 1, "of") { last } else { at };
        if self.is_word(at, "union") && !(first..until).any(|index| self.is_any(index, &members)) {
            return None;
        }
        let speaks = |word: &str| (first..last).any(|index| self.is_word(index, word));
        let body = if speaks("sheriffs") || speaks("sheriff") {
            if speaks("deputy") { Body::Union } else { Body::Sheriffs }
        } else if speaks("chiefs") {
            Body::Chiefs
        } else if ["officers", "police", "troopers", "patrolmen", "deputies", "enforcement"]
            .iter()
            .any(|word| speaks(word))
        {
            Body::Union
        } else if [
            "counties",
            "cities",
            "municipal",
            "municipalities",
            "commissioners",
            "supervisors",
            "mayors",
            "attorneys",
            "secretaries",
        ]
        .iter()
        .any(|word| speaks(word))
        {
            Body::League
        } else {
            return None;
        };
        let words = self.text[self.bytes(first, last)].to_lowercase();
        let place = self.association_place(first, last);
        let who = Who::Local { body, place, words };
        Some(Candidate::new((first, last), Form::Name, "agency.association", who))
    }

    /// The capitalised words around a token, with the small words between them.
    fn capitals_around(&self, at: usize, floor: usize, limit: usize) -> (usize, usize) {
        let is_part = |index: usize| {
            let token = self.tokens[index];
            let members = self.is_possessive_at(index)
                && index > 0
                && self
                    .is_any(index - 1, &["patrolmen", "policemen", "women", "sheriff", "deputy", "officer"]);
            // "Washington's Association of Sheriffs and Police Chiefs"
            let state = index > 0
                && self.is_possessive_at(index)
                && State::from_name(self.tokens[index - 1].text(self.text)).is_some();
            members
                || state
                || token.is_capital()
                || ["of", "and", "’", "'", "&"].contains(&token.text(self.text))
                || self.is_hyphen(index)
        };
        let mut first = at;
        while first > floor && self.close(first - 1) && is_part(first - 1) {
            first -= 1;
        }
        let mut last = at + 1;
        while last < limit && self.close(last - 1) && is_part(last) {
            last += 1;
        }
        if let Some(issue) = (at + 1..last).find(|&index| self.is_any(index, ISSUES)) {
            last = issue;
        }
        // "the Idaho Sheriffs' Association and Idaho Chiefs of Police Association" are two.
        let next = (at + 2..last).find(|&index| self.lexicon.is(self.tokens[index], ASSOCIATION));
        if let Some(and) =
            next.and_then(|next| (at + 1..next).find(|&index| self.is_any(index, &["and", "&"])))
        {
            last = and;
        }
        // "Sheriffs' Association Answers Federal List"
        let goes_on = self.is_any(at + 1, &["of", "for", "local", "lodge", "and", "&", "-", "’", "'"]);
        let person = at > first && (self.is_possessive_at(at - 1) || self.is_any(at - 1, &["'", "’"]));
        if self.is_word(at, "association") && !goes_on && (person || self.is_headline(at)) {
            last = last.min(at + 1);
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
                    && !self.is_any(index, &["sheriffs", "chiefs", "chief", "officers", "u.s."])
        };
        while first < at && outside(first) {
            first += 1;
        }
        // "Lodge 12", "Local 305", ", Lodge 12"
        let comma = usize::from(self.is_word(last, ",") && self.close(last));
        let last = if self.is_any(last + comma, &["lodge", "local"]) && self.tokens[last + comma].is_capital()
        {
            last + comma + 1
        } else {
            last
        };
        let numbered = self.is_any(last - 1, &["lodge", "local"])
            && self.tokens.get(last).is_some_and(|next| next.shape == crate::token::Shape::Number);
        (first, last + usize::from(numbered))
    }

    /// Whether a hyphen joins the words around a token.
    fn is_hyphen(&self, at: usize) -> bool {
        let token = self.tokens[at];
        let before = at.checked_sub(1).is_some_and(|before| self.tokens[before].end == token.start);
        token.text(self.text) == "-"
            && before
            && self.tokens.get(at + 1).is_some_and(|next| next.start == token.end)
    }

    fn association_place(&self, first: usize, last: usize) -> Option<Place> {
        let of = (first..last).rev().find(|&at| self.is_word(at, "of") && at + 1 < last);
        if self.is_any(first, SCOPE) {
            return None;
        }
        let nickname = (first + 2..=last.min(first + 3)).find_map(|end| {
            let state = state_of_nickname(&self.text[self.bytes(first, end)])?;
            Some(Place {
                first,
                last: end,
                name: state.name().to_owned(),
                division: None,
                state: Some(state),
            })
        });
        if nickname.is_some() {
            return nickname;
        }
        let leading = (first + 1..=last.min(first + 4)).rev().find_map(|end| {
            let division = (end < last).then(|| self.division(end)).flatten();
            let name = self.title_cased(first, end);
            let county = division == Some(Division::County);
            // "Iowa County Attorneys Association"
            let officers = ["attorneys", "commissioners", "supervisors", "clerks", "officials", "judges"];
            let one = ["Delaware", "Washington", "Nevada", "Oklahoma"].contains(&name.as_str());
            let county =
                county && !(State::from_name(&name).is_some() && !one && self.is_any(end + 1, &officers));
            let state = State::from_name(&name).or_else(|| State::from_abbreviation(&name));
            let state = state.or_else(|| if name == "NYS" { State::from_code("ny") } else { None });
            let state = state.filter(|_| !county);
            // "Badger State Sheriffs' Association" is a state's by its nickname.
            let nickname = self.is_word(end, "state") && end < last;
            let known = self.is_known(first, end)
                && !self.lexicon.is(self.tokens[first], DIVISION)
                && !nickname
                && !self.is_cut_short(first, end, last);
            let place = Place { first, last: end, name, division: division.filter(|_| county), state };
            // "Union of Correctional Officers" is of no town called Union.
            (!self.is_word(first + 1, "of") && (state.is_some() || county || known)).then_some(place)
        });
        leading
            .or_else(|| {
                let of_county = |place: &Place| place.division == Some(Division::County);
                let known = |place: &Place| place.last == last && self.is_known_name(place);
                self.place_after(of? + 1, last)
                    .filter(|place| place.state.is_some() || of_county(place) || known(place))
            })
            .or_else(|| self.invented_place(first, last))
    }

    /// Whether the text says the name of a place with one more word elsewhere too: "Belle" of "Belle Rêve".
    fn is_cut_short(&self, first: usize, end: usize, last: usize) -> bool {
        let next = end < last && self.tokens[end].is_capital();
        next && !self.is_any(end, MEMBERS) && {
            let span = self.bytes(first, end + 1);
            let around = span.start.saturating_sub(AROUND)..self.text.len().min(span.end + AROUND);
            let (text, longer) = (&self.text.as_bytes()[around], &self.text.as_bytes()[span]);
            memchr::memmem::find_iter(text, longer).nth(1).is_some()
        }
    }

    /// The words before those that say whom the body speaks for, where they are no word of scope.
    fn invented_place(&self, first: usize, last: usize) -> Option<Place> {
        let end = (first..last).find(|&at| self.is_any(at, MEMBERS))?;
        if end == first {
            return None;
        }
        if self.is_word(end - 1, "state") || self.is_word(first + 1, "of") {
            return None;
        }
        let name = self.title_cased(first, end);
        Some(Place { first, last: end, name, division: Some(Division::Place), state: None })
    }
}
