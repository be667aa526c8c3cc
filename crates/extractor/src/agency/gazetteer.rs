//! The table of U.S. places and counties.

use rustc_hash::FxHashMap;

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
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer").field("names", &self.entries.len()).finish()
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
        Self { entries }
    }

    /// The entries of a folded name.
    pub(super) fn entries(&self, folded: &str) -> &[Entry] {
        self.entries.get(folded).map_or(&[], Vec::as_slice)
    }

    /// Whether a folded name is in the table as a place.
    pub(super) fn is_place(&self, folded: &str) -> bool {
        self.entries(folded).iter().any(|entry| matches!(entry.sort, Sort::Place(_)))
    }

    /// Whether a folded name is in the table as a county.
    pub(super) fn is_county(&self, folded: &str) -> bool {
        self.entries(folded).iter().any(|entry| matches!(entry.sort, Sort::County(_)))
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
        folded.extend(
            word.chars().filter(|c| !matches!(c, '.' | '\'' | '’' | '‘')).flat_map(char::to_lowercase),
        );
        if let Some(short) = match &folded[start..] {
            "saint" => Some("st"),
            "fort" => Some("ft"),
            "mount" => Some("mt"),
            _ => None,
        } {
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
    fn the_table_holds_places_and_counties_under_folded_names() {
        let gazetteer = Gazetteer::new();
        assert!(gazetteer.is_place(&fold("Fort Myers")) && gazetteer.is_place(&fold("St. Paul")));
        assert!(gazetteer.is_county(&fold("Prince George’s")));
        assert!(gazetteer.entries("no such place").is_empty());
        assert_eq!(division_slug("Saint Paul"), "st_paul");
        assert_eq!(division_slug("San Lázaro"), "san_lázaro");
    }
}
