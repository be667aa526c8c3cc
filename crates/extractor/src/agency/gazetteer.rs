//! The table of U.S. places and counties.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::State;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A populated place, with its population.
    Place(u32),
    /// A county or what stands in its place, by the Open Civic Data word for it.
    County(&'static str),
    /// A city that is no part of a county and stands in the place of one.
    Independent,
}

/// An entry of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) state: State,
    pub(super) sort: Sort,
}

/// Places and counties by folded name.
pub(super) struct Gazetteer {
    entries: FxHashMap<Box<str>, Vec<Entry>>,
    /// Folded names of states.
    states: FxHashSet<Box<str>>,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("names", &self.entries.len()).finish_non_exhaustive()
    }
}

/// Words that Open Civic Data ids use for what stands in the place of a county.
const COUNTY_WORDS: &[&str] = &["county", "parish", "borough", "census_area", "municipio"];

impl Gazetteer {
    pub(super) fn new() -> Self {
        let mut entries: FxHashMap<Box<str>, Vec<Entry>> = FxHashMap::default();
        let mut add = |name: &str, state: &str, sort: Sort| {
            if let Some(state) = State::from_code(state) {
                entries.entry(fold(name).into()).or_default().push(Entry { state, sort });
            }
        };
        for line in include_str!("../../data/places/places.tsv").lines() {
            let mut cells = line.split('\t');
            if let (Some(name), Some(state), Some(population)) = (cells.next(), cells.next(), cells.next()) {
                add(name, state, Sort::Place(population.parse().unwrap_or(0)));
            }
        }
        for line in include_str!("../../data/places/counties.tsv").lines() {
            let mut cells = line.split('\t');
            if let (Some(name), Some(word), Some(state)) = (cells.next(), cells.next(), cells.next()) {
                if let Some(word) = COUNTY_WORDS.iter().find(|known| **known == word) {
                    add(name, state, Sort::County(word));
                } else if word == "city" {
                    add(name, state, Sort::Independent);
                }
            }
        }
        let states = State::all().map(|state| fold(state.name()).into()).collect();
        Self { entries, states }
    }

    /// The entries of a name as it stands in a text.
    pub(super) fn find(&self, name: &str) -> &[Entry] {
        Folded::of(name).map_or(&[], |folded| self.entries(folded.as_str()))
    }

    /// The entries of a name of these words.
    pub(super) fn find_words<'w>(&self, words: impl Iterator<Item = &'w str>) -> &[Entry] {
        Folded::of_words(words).map_or(&[], |folded| self.entries(folded.as_str()))
    }

    /// Whether the table has a name as it stands in a text.
    pub(super) fn knows(&self, name: &str) -> bool {
        !self.find(name).is_empty()
    }

    /// Whether the table or the list of states has a name as it stands in a text.
    pub(super) fn knows_or_state(&self, name: &str) -> bool {
        Folded::of(name).is_some_and(|folded| {
            !self.entries(folded.as_str()).is_empty() || self.states.contains(folded.as_str())
        })
    }

    /// The entries of a folded name.
    pub(super) fn entries(&self, folded: &str) -> &[Entry] {
        self.entries.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Whether a name is in the table as a place.
    pub(super) fn is_place(&self, name: &str) -> bool {
        self.find(name).iter().any(|entry| matches!(entry.sort, Sort::Place(_)))
    }

    /// How many people live in the largest place of a name.
    pub(super) fn population(&self, name: &str) -> Option<u32> {
        let people = |entry: &Entry| match entry.sort {
            Sort::Place(population) => Some(population),
            _ => None,
        };
        self.find(name).iter().filter_map(people).max()
    }

    /// Whether a name is in the table as a county.
    pub(super) fn is_county(&self, name: &str) -> bool {
        self.find(name).iter().any(|entry| matches!(entry.sort, Sort::County(_)))
    }
}

/// Longest folded name that is looked up, in bytes; the tables have no longer one.
const LONGEST: usize = 64;

/// A name folded as by [`fold`] without allocating, since scanning looks up every run of capitals.
struct Folded {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Folded {
    /// The folded name; `None` where it is too long for any table.
    fn of(name: &str) -> Option<Self> {
        Self::of_words(name.split_whitespace())
    }

    fn of_words<'w>(words: impl Iterator<Item = &'w str>) -> Option<Self> {
        let mut folded = Self { bytes: [0; LONGEST], length: 0 };
        for word in words {
            if folded.length > 0 {
                folded.push(" ")?;
            }
            let start = folded.length;
            for c in word.chars().filter(|c| !is_dropped(*c)) {
                if c.is_ascii() {
                    folded.push_byte(c.to_ascii_lowercase() as u8)?;
                } else {
                    let mut buffer = [0; 4];
                    c.to_lowercase().try_for_each(|lower| folded.push(lower.encode_utf8(&mut buffer)))?;
                }
            }
            if let Some(short) = shortened(&folded.bytes[start..folded.length]) {
                folded.length = start;
                folded.push(short)?;
            }
        }
        Some(folded)
    }

    fn push(&mut self, text: &str) -> Option<()> {
        text.bytes().try_for_each(|byte| self.push_byte(byte))
    }

    fn push_byte(&mut self, byte: u8) -> Option<()> {
        *self.bytes.get_mut(self.length)? = byte;
        self.length += 1;
        Some(())
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

/// Whether a character is left out of folded names.
fn is_dropped(c: char) -> bool {
    matches!(c, '.' | '\'' | '’' | '‘')
}

/// The short form of a word that names of places have in two forms.
fn shortened(word: &[u8]) -> Option<&'static str> {
    match word {
        b"saint" => Some("st"),
        b"fort" => Some("ft"),
        b"mount" => Some("mt"),
        _ => None,
    }
}

/// A name as it is looked up: lower case, "Saint" as "st", no full stops and apostrophes, single spaces.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let start = folded.len();
        folded.extend(word.chars().filter(|c| !is_dropped(*c)).flat_map(char::to_lowercase));
        if let Some(short) = shortened(&folded.as_bytes()[start..]) {
            folded.truncate(start);
            folded.push_str(short);
        }
    }
    folded
}

/// A name as Open Civic Data ids have it: lower case, underscores for spaces, accents and hyphens kept.
pub(super) fn division_slug(name: &str) -> String {
    let name = name.strip_prefix("Saint ").map_or_else(|| name.to_owned(), |rest| format!("St. {rest}"));
    let kept = name.chars().filter(|c| !matches!(c, '.' | '\'' | '’' | '‘')).flat_map(char::to_lowercase);
    let lower: String = kept.collect();
    lower.split_whitespace().collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_in_place_is_folding() {
        for name in ["Saint Paul", "St. Mary’s", "San  Lázaro", "FORT Myers", "", "Kaua‘i"] {
            assert_eq!(Folded::of(name).unwrap().as_str(), fold(name));
        }
        assert!(Folded::of(&"x".repeat(LONGEST + 1)).is_none());
    }

    #[test]
    fn the_table_holds_places_and_counties_under_folded_names() {
        let gazetteer = Gazetteer::new();
        assert!(gazetteer.is_place("Fort Myers") && gazetteer.is_place("St. Paul"));
        assert!(gazetteer.is_county("Prince George’s"));
        assert!(gazetteer.entries("no such place").is_empty());
        assert_eq!(division_slug("Saint Paul"), "st_paul");
        assert_eq!(division_slug("San Lázaro"), "san_lázaro");
    }
}
