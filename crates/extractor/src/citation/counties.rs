//! Counties that need no state said, because there is but one of the name or one that everybody means.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::slug;
use crate::State;

/// Counties far larger than others of their name.
const LARGEST: &[(&str, &str)] =
    &[("cook", "il"), ("dallas", "tx"), ("harris", "tx"), ("king", "wa"), ("mecklenburg", "nc")];

/// Words that show the name before them to be a county's.
const NOUNS: [&str; 9] = [
    " County",
    " Parish",
    " jail",
    " Jail",
    " sheriff",
    " Sheriff",
    " deputies",
    " deputy",
    " commissioners",
];

/// Bytes of a county's name and the noun behind it.
const LONGEST: usize = 36;

static ONLY: LazyLock<FxHashMap<String, Option<&str>>> = LazyLock::new(|| {
    let mut only: FxHashMap<String, Option<&str>> = FxHashMap::default();
    for line in include_str!("../../data/places/counties.tsv").lines() {
        let mut columns = line.split('\t');
        if let (Some(name), Some(_), Some(code)) = (columns.next(), columns.next(), columns.next()) {
            only.entry(slug(name))
                .and_modify(|one| *one = one.filter(|one| *one == code))
                .or_insert(Some(code));
        }
    }
    only
});

/// The state of a county by its slug.
pub(super) fn state_of(name: &str) -> Option<State> {
    let largest = LARGEST.iter().find(|(county, _)| *county == name).map(|(_, code)| *code);
    State::from_code(largest.or_else(|| ONLY.get(name).copied().flatten())?)
}

/// The state of the county named right at `at`, a noun behind it showing that it is one.
pub(super) fn state_at(text: &str, at: usize) -> Option<State> {
    let rest = text.get(at..)?;
    let most = (0..=LONGEST.min(rest.len())).rev().find(|end| rest.is_char_boundary(*end))?;
    let line = rest[..most].split(['\n', '.', ',', ';']).next().unwrap_or("");
    let noun = |end: &usize| NOUNS.iter().any(|noun| line[*end..].starts_with(noun));
    memchr::memchr_iter(b' ', line.as_bytes()).filter(noun).find_map(|end| state_of(&slug(&line[..end])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_county_of_its_own_name_tells_the_state() {
        let state = |text| state_at(text, 0).map(State::code);
        assert_eq!(state("Harris County would"), Some("tx"));
        assert_eq!(state("Gwinnett jail honors"), Some("ga"));
        assert_eq!(state("Orange County"), None);
        assert_eq!(state("Gwinnett honors"), None);
    }
}
