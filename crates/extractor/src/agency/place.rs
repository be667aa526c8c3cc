//! Reads the name of a place before or behind the head of an agency's name.

use super::lexicon::{ACTS, BODY, DETERMINER, DIVISION, INNER, OUTSIDE, PREFIX};
use super::scan::Scanner;
use crate::State;
use crate::token::Shape;

/// Most capitalised words of a place's name.
const MOST_WORDS: usize = 4;

/// What towns are called after that somebody owned.
const LANDMARKS: &[&str] = &[
    "mill",
    "mills",
    "ferry",
    "landing",
    "corner",
    "corners",
    "crossing",
    "crossroads",
    "creek",
    "point",
    "grove",
    "hill",
    "run",
    "neck",
    "bay",
    "island",
    "station",
    "fork",
    "falls",
    "gap",
    "bluff",
    "cove",
    "harbor",
    "hollow",
    "ridge",
    "bridge",
    "chapel",
    "store",
    "bend",
    "branch",
    "rock",
    "summit",
    "spring",
    "springs",
    "pond",
    "knob",
    "purchase",
    "town",
    "rest",
    "folly",
    "wharf",
    "dock",
    "mount",
    "notch",
];

/// The division of the country that a name mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Division {
    County,
    State,
    Place,
}

/// A place as a text names it.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Its first token.
    pub(super) first: usize,
    /// The token after its last, division word included.
    pub(super) last: usize,
    /// The name without the word for its division.
    pub(super) name: String,
    pub(super) division: Option<Division>,
    /// Set where the place is a whole state.
    pub(super) state: Option<State>,
}

/// How far from a headline, in bytes, its place is named again.
const SOON: usize = 4000;

impl Scanner<'_, '_> {
    /// The division that a word stands for.
    pub(super) fn division(&self, at: usize) -> Option<Division> {
        let token = self.tokens[at];
        if !self.lexicon.is(token, DIVISION) {
            return None;
        }
        let word = token.text(self.text).to_ascii_lowercase();
        match word.as_str() {
            "county" | "co." | "cnty." | "parish" => Some(Division::County),
            "state" => Some(Division::State),
            _ => Some(Division::Place),
        }
    }

    /// The place whose name ends before `end`, reading no further back than `floor`.
    /// `division` is what the head itself begins with, as in "County Council".
    pub(super) fn place_before(
        &self,
        end: usize,
        floor: usize,
        mut division: Option<Division>,
    ) -> Option<Place> {
        let mut last = end;
        // "Salt Lake City Council": the first word of the head is the last of the place.
        if division == Some(Division::Place)
            && self
                .run_before(end + 1, floor)
                .is_some_and(|first| first < end && self.is_town_of_city(first, end + 1))
        {
            let first = self.run_before(end + 1, floor)?;
            let mut place = self.place(first, end + 1, end, None)?;
            place.last = end;
            return Some(place);
        }
        while last > floor && end - last < 2 && self.close(last - 1) {
            let Some(found) = self.division(last - 1) else { break };
            // "Salt Lake City Police": the word is part of the name.
            if self.run_before(last, floor).is_some_and(|first| self.is_known(first, last)) {
                break;
            }
            division = if found == Division::County { Some(found) } else { division.or(Some(found)) };
            last -= 1;
        }
        let first = self.run_before(last, floor).map(|first| self.trimmed(first, last, division))?;
        self.place(first, last, end, division)
    }

    /// The place whose name begins at `start`: "X", "X County", "the City of X", "the State of Y".
    pub(super) fn place_after(&self, start: usize, limit: usize) -> Option<Place> {
        let mut first = start;
        let mut division = None;
        if first + 2 < limit
            && let Some(found) = self.division(first)
            && self.tokens[first + 1].is(self.text, "of")
        {
            division = Some(found);
            first += 2;
        }
        let mut last = first;
        while last < limit && last - first < MOST_WORDS + 1 && (last == first || self.close(last - 1)) {
            let token = self.tokens[last];
            let inner = last > first && last + 1 < limit && self.goes_on(first, last);
            let capital = token.is_capital()
                && (!self.lexicon.is(token, OUTSIDE | BODY)
                    || self.begins_name(last, limit)
                    || last > first && self.is_known(first, last + 1))
                && (last == first || self.division(last).is_none() && !self.begins_head(last, limit));
            let whole = inner && self.is_possessive_at(last) && self.is_known(first, last + 1);
            let inner = inner && (whole || self.tokens.get(last + 1).is_some_and(|next| next.is_capital()));
            if !(capital || inner) {
                break;
            }
            last += 1;
        }
        if last == first {
            return None;
        }
        // "Salt Lake City", whose name holds the word.
        if last < limit
            && self.is_word(last, "city")
            && self.close(last - 1)
            && self.is_known(first, last + 1)
        {
            last += 1;
        }
        let mut end = last;
        if last < limit
            && self.close(last - 1)
            && let Some(found) = self.division(last)
            && self.tokens[last].is_capital()
        {
            division = Some(found);
            end = last + 1;
        } else if !self.is_known(first, last)
            && let Some(shorter) = (first + 1..last).rev().find(|&shorter| {
                let goes_on = self.layer.heads.at(self.tokens, shorter, limit).is_some()
                    || self.lexicon.is(self.tokens[shorter], ACTS);
                goes_on && self.is_known(first, shorter)
            })
        {
            (last, end) = (shorter, shorter);
        }
        let mut place = self.place(first, last, end, division)?;
        place.first = start;
        Some(place)
    }

    fn place(&self, first: usize, last: usize, end: usize, division: Option<Division>) -> Option<Place> {
        if first >= last {
            return None;
        }
        // "Metropolitan Nashville", "Metro Nashville"
        let metro = self.is_any(first, &["metropolitan", "metro", "greater"]) && last - first > 1;
        let own = if metro && self.is_known(first + 1, last) { first + 1 } else { first };
        let name = self.title_cased(own, last);
        let name = match name.as_str() {
            "LA" | "L.A." => "Los Angeles".to_owned(),
            "Vegas" => "Las Vegas".to_owned(),
            "Charlotte Mecklenburg" => "Charlotte-Mecklenburg".to_owned(),
            "NYC" | "New York City" => "New York".to_owned(),
            "DC" | "D.C." | "Washington, D.C." => "District of Columbia".to_owned(),
            _ => name,
        };
        let city = name == "New York" && (self.is_word(last - 1, "city") || self.is_word(first, "nyc"));
        let division = division.or(city.then_some(Division::Place));
        let state = State::from_name(&name).or_else(|| State::from_abbreviation(&name)).filter(|_| !city);
        let state = state.or_else(|| self.code_of_state(first, last, end));
        let state = state.filter(|_| !matches!(division, Some(Division::County | Division::Place)));
        Some(Place { first, last: end, name, division, state })
    }

    /// The state of two letters before a body's letters: "GA DPS".
    fn code_of_state(&self, first: usize, last: usize, end: usize) -> Option<State> {
        let lettered = self.tokens.get(end).is_some_and(|next| next.shape == Shape::Upper)
            && self.is_any(end, &["dps", "doc", "doj"]);
        let code = self.tokens[first].text(self.text);
        (lettered && last == first + 1 && self.tokens[first].shape == Shape::Upper)
            .then(|| State::from_code(code))
            .flatten()
    }

    /// First token of the capitalised words that end before `last`.
    fn run_before(&self, last: usize, floor: usize) -> Option<usize> {
        if last > floor && self.is_possessive_at(last - 1) {
            return self.possessive_before(last, floor);
        }
        let mut first = last;
        let mut words = 0;
        while first > floor && words < MOST_WORDS && (first == last || self.close(first - 1)) {
            let token = self.tokens[first - 1];
            let capital_before = first >= floor + 2
                && self.tokens[first - 2].is_capital()
                && self.close(first - 2)
                && !self.lexicon.is(self.tokens[first - 2], OUTSIDE | BODY);
            if token.is_capital()
                && (!self.lexicon.is(token, OUTSIDE | BODY) || self.is_in_name(first, last, floor))
            {
                first -= 1;
                words += 1;
            } else if first < last && capital_before && self.joins(first - 1, last) {
                first -= 2;
                words += 1;
            } else {
                break;
            }
        }
        (first < last).then_some(first)
    }

    /// Whether the word before `first`, which mostly names a body, is part of a place's name: "Union County",
    /// "Newport News", "Union Ridge".
    fn is_in_name(&self, first: usize, last: usize, floor: usize) -> bool {
        let token = self.tokens[first - 1];
        let known = |start: usize, end: usize| start >= floor && self.is_known(start, end);
        // "Three Rivers", "Cape May"
        let whole = first < last && known(first - 1, last)
            || first == last
                && first >= floor + 2
                && self.tokens[first - 2].is_capital()
                && known(first - 2, last);
        let outside = self.lexicon.is(token, OUTSIDE) && !self.counts(first - 1, first);
        whole || !outside && (self.lexicon.is(token, PREFIX) && first < last || known(first - 1, last))
    }

    /// Whether a number is the first word of a place's name: "Three Buttes", but "Two Dallas police officers".
    fn counts(&self, at: usize, first: usize) -> bool {
        const NUMBERS: &[&str] = &["two", "three", "five", "four", "seven", "ten"];
        let landmark = self.tokens.get(first).filter(|next| next.is_capital());
        let plural = landmark.is_some_and(|next| next.text(self.text).ends_with('s'));
        self.is_any(at, NUMBERS) && self.tokens[at].is_capital() && plural && !self.is_known(first, first + 1)
    }

    /// Whether such a word begins a place's name: "Union City".
    fn begins_name(&self, at: usize, limit: usize) -> bool {
        let body = self.lexicon.is(self.tokens[at], BODY);
        let least = if body { at + 1 } else { at + 2 };
        (least..=(at + 2).min(limit)).any(|end| self.is_known(at, end))
    }

    /// Whether a body's name begins at a word behind a place: "Police Department".
    pub(super) fn begins_head(&self, at: usize, limit: usize) -> bool {
        use super::heads::Role;
        self.layer
            .heads
            .at(self.tokens, at, limit)
            .is_some_and(|(_, (_, role))| !matches!(role, Role::Nothing | Role::Acting))
    }

    /// First token of a name that ends in a possessive: "Prince George's", "St. Mary's".
    pub(super) fn possessive_before(&self, last: usize, floor: usize) -> Option<usize> {
        let start = last.checked_sub(2).filter(|start| *start >= floor)?;
        let least = start.saturating_sub(2).max(floor);
        let run = (least..=start).rev().take_while(|&at| self.tokens[at].is_capital());
        run.filter(|&at| self.gazetteer.is_county(&self.text[self.bytes(at, last)])).last()
    }

    /// Whether a small word, hyphen or possessive belongs to the name that ends before `last`.
    fn joins(&self, at: usize, last: usize) -> bool {
        let token = self.tokens[at];
        if token.shape == Shape::Mark {
            return token.text(self.text) == "-" && token.end == self.tokens[at + 1].start;
        }
        if self.is_possessive_at(at) {
            return self.is_known(at - 1, last) || at + 2 == last && self.is_landmark(at);
        }
        let of = ["town", "university", "city", "village", "borough", "township", "isle", "port"];
        let capitals = token.shape == Shape::Upper && self.tokens[at - 1].shape == Shape::Upper;
        self.lexicon.is(token, INNER)
            && (token.shape == Shape::Lower || capitals)
            && (self.is_known(at - 1, last)
                || token.is(self.text, "of") && of.iter().any(|word| self.tokens[at - 1].is(self.text, word))
                || !token.is(self.text, "of")
                    && !token.is(self.text, "the")
                    && !token.is(self.text, "and")
                    && !token.is(self.text, "on")
                    && !token.is(self.text, "en"))
    }

    /// Whether a word is one that towns are called after: "Harbor", "Shores".
    pub(super) fn is_landmark_word(&self, at: usize) -> bool {
        const MORE: &[&str] = &[
            "shores", "heights", "beach", "lake", "junction", "valley", "canyon", "rapids", "mesa", "hills",
            "prairie", "meadows", "rocks", "city", "cliffs", "haven", "bluffs", "forks", "park",
        ];
        self.is_any(at, LANDMARKS) || self.is_any(at, MORE)
    }

    /// Whether a possessive stands before the mill, ferry or the like that a town is called after: "Greer's
    /// Mill". A state's mill, or a county's name, is none.
    fn is_landmark(&self, possessive: usize) -> bool {
        let of = |at: usize| self.tokens.get(at).filter(|token| token.is_capital());
        let owner = possessive.checked_sub(1).and_then(of).map(|token| token.text(self.text));
        owner.is_some_and(|owner| State::from_name(owner).is_none())
            && of(possessive + 1).is_some()
            && self.is_any(possessive + 1, LANDMARKS)
            && !self.tokens.get(possessive + 2).is_some_and(|next| self.lexicon.is(*next, DIVISION))
    }

    /// Whether a small word, hyphen or possessive goes on with the name that began at `first`.
    fn goes_on(&self, first: usize, at: usize) -> bool {
        let token = self.tokens[at];
        if token.shape == Shape::Mark {
            return token.text(self.text) == "-" && token.end == self.tokens[at + 1].start;
        }
        if self.is_possessive_at(at) {
            return self.is_known(first, at + 1) || self.is_known(first, at + 2) || self.is_landmark(at);
        }
        self.lexicon.is(token, INNER)
            && token.shape == Shape::Lower
            && (!self.is_any(at, &["of", "the", "and", "on", "en", "y"])
                || self.is_known(first, at + 2)
                || self.is_word(at, "of") && self.is_any(first, &["university", "isle"]))
    }

    /// Cuts words off the front that are no part of the name: "New Bucks County sheriff".
    fn trimmed(&self, first: usize, last: usize, division: Option<Division>) -> usize {
        if last - first < 2 || self.knows(first, last, division) || self.is_word(first, "university") {
            return first;
        }
        let shorter = (first + 1..last).find(|&shorter| self.knows(shorter, last, division));
        let Some(shorter) = shorter else { return self.called_elsewhere(first, last).unwrap_or(first) };
        let lead = self.tokens[first];
        let word = lead.text(self.text);
        let derived = self.sentence_first(first)
            && (word.ends_with("ly") || word.ends_with("ing") || word.ends_with("ed"));
        let behind_word = first > 0
            && self.tokens[first - 1].is_word()
            && !self.lexicon.is(self.tokens[first - 1], DETERMINER);
        // "GENERAL ORDERS LINCOLN POLICE DEPARTMENT"
        let line = lead.shape == Shape::Upper
            && self.tokens[shorter].shape == Shape::Upper
            && self.is_any(shorter - 1, &["orders", "order", "manual", "policy", "procedure", "procedures"]);
        let opens = line || derived || behind_word && self.is_headline(first) && !self.sentence_first(first);
        // "One Sedgwick County sheriff's deputy", "Former Knox County Sheriff"
        let told = self.sentence_first(first)
            && self.is_any(
                first,
                &["one", "another", "former", "then", "ex", "longtime", "current", "outgoing"],
            );
        let new_sheriff = lead.is(self.text, "new") && division == Some(Division::County);
        let state_before = State::from_name(&self.title_cased(first, shorter)).is_some();
        // "Jail Data Show Kootenai County Sheriff Honors Detainers"
        let headline = division == Some(Division::County) && shorter > first + 1 && self.is_headline(first);
        if told || headline || (opens && !self.lexicon.is(lead, PREFIX)) || new_sheriff || state_before {
            shorter
        } else {
            first
        }
    }

    /// Where a name in a headline begins by what the text calls the place soon after: "Groups Sue Kaskaskia County
    /// Sheriff".
    fn called_elsewhere(&self, first: usize, last: usize) -> Option<usize> {
        if !self.is_headline(first) || self.lexicon.is(self.tokens[first], PREFIX) {
            return None;
        }
        let here = self.tokens[last - 1].end as usize;
        let soon = &self.text[here..self.text.floor_char_boundary((here + SOON).min(self.text.len()))];
        let name =
            |first: usize| &self.text[self.tokens[first].start as usize..self.bytes(last, last + 1).end];
        let called = |name: &str| {
            soon.match_indices(name).any(|(at, _)| {
                let head = soon[..at].trim_end_matches(' ');
                let word = head.rsplit([' ', '\n']).next().unwrap_or("");
                head.ends_with('\n') || word.starts_with(char::is_lowercase)
            })
        };
        if soon.contains(name(first)) {
            None
        } else {
            (first + 1..last).find(|&shorter| called(name(shorter)))
        }
    }

    fn knows(&self, first: usize, last: usize, division: Option<Division>) -> bool {
        match division {
            Some(Division::County) => self.gazetteer.is_county(&self.text[self.bytes(first, last)]),
            Some(Division::State) => State::from_name(&self.title_cased(first, last)).is_some(),
            _ => self.is_known(first, last),
        }
    }

    /// Whether "X City" is a town's name, and X none that is far larger: "Columbia" has its "City Council".
    fn is_town_of_city(&self, first: usize, last: usize) -> bool {
        const FAR: u32 = 6;
        let people = |last: usize| self.gazetteer.population(&self.text[self.bytes(first, last)]);
        people(last).is_some_and(|city| people(last - 1).is_none_or(|short| short / FAR < city))
    }

    /// Whether the table or the list of states has the name.
    pub(super) fn is_known(&self, first: usize, last: usize) -> bool {
        self.gazetteer.knows_or_state(&self.text[self.bytes(first, last)])
    }

    /// The words with capitals as in running text: headings may be in capitals throughout.
    pub(super) fn title_cased(&self, first: usize, last: usize) -> String {
        let text = &self.text[self.bytes(first, last)];
        let mut name = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        }
        if name.chars().any(char::is_lowercase) || name.len() < 4 {
            return name;
        }
        title_case(&name)
    }
}

/// A capital at the start of each word and small letters elsewhere.
pub(super) fn title_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut start = true;
    for c in name.chars() {
        if start {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphanumeric() && c != '\'' && c != '’';
    }
    out
}
