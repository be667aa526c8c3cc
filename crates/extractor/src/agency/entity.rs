//! Agencies while their mentions are gathered.

use super::gazetteer::fold;
use super::heads::Body;
use super::place::{Division, Place};
use crate::State;

/// An agency of the document.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    pub(super) body: Body,
    /// Index into the federal list, for federal bodies.
    pub(super) federal: Option<usize>,
    /// Folded name of its place; empty where it has none.
    pub(super) key: String,
    /// What tells two bodies of one place apart, such as the words of an association's name.
    pub(super) detail: String,
    pub(super) place: String,
    pub(super) division: Option<Division>,
    pub(super) state: Option<State>,
    /// The state stands right behind a mention.
    pub(super) hint: Option<State>,
    /// Paragraph of its first mention.
    pub(super) paragraph: u32,
    /// Longest name that the text gives it.
    pub(super) longest: String,
    /// Nothing but a bare title or place speaks for it.
    pub(super) provisional: bool,
    /// A jail that a sheriff keeps whom the text does not name.
    pub(super) kept: bool,
    /// Words of its names, in lower case.
    pub(super) words: String,
}

impl Entity {
    pub(super) fn new(body: Body, place: Option<&Place>, paragraph: u32) -> Self {
        Self {
            body,
            federal: None,
            key: place.map_or(String::new(), key_of),
            detail: String::new(),
            place: place.map_or(String::new(), |place| place.name.clone()),
            division: place.and_then(|place| place.division),
            state: place.and_then(|place| place.state),
            hint: None,
            paragraph,
            longest: String::new(),
            provisional: true,
            kept: false,
            words: String::new(),
        }
    }

    /// Has the place of another body.
    pub(super) fn take_place(&mut self, other: &Self) {
        self.key.clone_from(&other.key);
        self.place.clone_from(&other.place);
        self.division = other.division;
        self.hint = other.hint;
        self.paragraph = other.paragraph;
    }

    /// Is of the county of this name.
    pub(super) fn name_county(&mut self, name: String) {
        self.key = fold(&name);
        self.place = name;
        self.division = Some(Division::County);
    }

    /// Is of the town of this name.
    pub(super) fn name_town(&mut self, name: String) {
        self.key = fold(&name);
        self.place = name;
    }

    /// Adds words of one of its names.
    pub(super) fn add_words(&mut self, words: &str) {
        if !self.words.contains(words) {
            self.words.push(' ');
            self.words.push_str(words);
        }
    }

    /// Whether its name holds a word.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Initials of its place and the letters that stand for its body: the acronyms a reader would expect.
    pub(super) fn is_initials(&self, letters: &str) -> bool {
        let initials: String = self
            .place
            .split([' ', '-'])
            .filter(|word| !matches!(*word, "of" | "the" | "and"))
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase)
            .collect();
        // The capital's force is the Metropolitan Police Department.
        if self.place == "District of Columbia" && self.body == Body::Police && letters == "MPD" {
            return true;
        }
        // "OKCPD" of Oklahoma City
        let initials = if self.place == "Oklahoma City" { "OKC".to_owned() } else { initials };
        let Some(rest) = letters.strip_prefix(initials.as_str()).filter(|_| !initials.is_empty()) else {
            // "DOC" for the Idaho Department of Correction
            let stately = self.state.is_some() && matches!((self.body, letters), (Body::Corrections, "DOC"));
            return stately || self.is_own_initials(letters);
        };
        let tails: &[&str] = match self.body {
            Body::Police => &["PD", "MPD", "P", "DPS", "PB", "RPD", "CPD", "TPD", "BPD"],
            Body::Sheriff => &["SO", "CSO", "SD", "CSD", "PSO", "S"],
            Body::StatePolice => &["SP", "HP", "P", "SHP"],
            Body::PublicSafety => &["DPS"],
            Body::StateBureau => &["BI", "SBI", "DLE"],
            Body::Corrections => &["DOC", "DCR", "CDC", "CDOC"],
            Body::AttorneyGeneral => &["AG", "AGO"],
            Body::Prosecutor => &["DA", "CAO", "CDA"],
            _ => &[],
        };
        tails.contains(&rest) || self.is_own_initials(letters)
    }

    /// Whether letters are the first letters of the words of its longest name.
    fn is_own_initials(&self, letters: &str) -> bool {
        let words = self
            .longest
            .split([' ', '-'])
            .filter(|word| !matches!(*word, "of" | "the" | "and" | "for" | "&" | "’" | "'"));
        let initials: String =
            words.filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
        // "BCA" for the Minnesota Bureau of Criminal Apprehension: a state is left off.
        let own = self.state.is_some().then(|| initials.get(1..)).flatten();
        // "PBA" for the Police Benevolent Association Local 43
        let union = matches!(self.body, Body::Union | Body::Jail) && initials.starts_with(letters);
        letters.len() > 2 && (initials == letters || own == Some(letters) || union)
    }
}

/// The key of a place: two names with one key are one place.
pub(super) fn key_of(place: &Place) -> String {
    match place.state {
        Some(state) => state.code().to_owned(),
        None => fold(&place.name),
    }
}
