//! The towns and counties whose law is cited, by the words around.

use super::cursor::{back_spaces, back_word};
use super::names::{short_city, state_ending};
use super::{counties, setting, slug};
use crate::State;

/// Words before "Ordinance" or a code that name no place.
const NO_PLACE: &[&str] = &[
    "The",
    "See",
    "Under",
    "In",
    "And",
    "Id.",
    "Also",
    "Our",
    "Its",
    "Section",
    "Cf.",
    "By",
    "Chapter",
    "City",
    "County",
    "Council",
    "Town",
    "Village",
    "Board",
    "Metro",
    "Emergency",
    "Municipal",
    "A",
    "An",
    "This",
    "That",
    "Joint",
    "House",
    "Senate",
    "Their",
    "Mayor",
    "Local",
    "Interim",
    "Zoning",
    "Commission",
    "New",
    "Article",
    "WHEREAS",
    "Whereas",
    "Substitute",
    "Proposed",
    "Draft",
    "Companion",
    "Adopted",
    "Adopting",
    "Amended",
    "Introduced",
    "Enacted",
    "Passed",
    "Existing",
    "Current",
    "Repealing",
    "Amending",
    "Ordinance",
    "OF",
    "THE",
];

/// The place that a code is named after: where its name begins, its state, its slug.
pub(super) fn place_before(text: &str, start: usize) -> (usize, Option<State>, Option<String>) {
    let end = back_spaces(text, start);
    let head = text[..end].trim_end_matches(',');
    if let Some((state, at)) = state_ending(head) {
        if head.len() < end {
            // "Chi., Ill.,"
            let (from, place) = city_before(text, at);
            return (from.unwrap_or(at), Some(state), place);
        }
        if state.name() != "New York" && state.name() != "Washington" && head[at..].len() > 2 {
            return (at, Some(state), None);
        }
    }
    let (from, place) = city_before(text, start);
    let state = place.as_deref().and_then(|place| {
        let (state, slug) = short_city(&text[from?..end])?;
        (slug == place).then_some(state)
    });
    (from.unwrap_or(start), state, place)
}

/// Up to three capitalised words, or a known abbreviation.
pub(super) fn city_before(text: &str, at: usize) -> (Option<usize>, Option<String>) {
    let mut from = at;
    let mut words = 0;
    while words < 3 {
        let Some((start, word)) = back_word(text, from) else { break };
        let opened = word.len() - word.trim_start_matches(['(', '"', '“', '[', '*']).len();
        let (start, word) = (start + opened, &word[opened..]);
        let bare = word.trim_end_matches(',');
        if words == 0
            && let Some((_, place)) = short_city(bare)
        {
            return (Some(start), Some(place.to_owned()));
        }
        let plain = bare.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
            || ["St.", "Ft.", "Cnty.", "Mt."].contains(&bare);
        let comma = word.len() != bare.len() && words > 0;
        let owner = bare.ends_with("'s") || bare.ends_with("’s");
        // "New York City", "Salt Lake City"
        let city = bare == "City"
            && back_word(text, start).is_some_and(|(_, word)| {
                ["York", "Oklahoma", "Kansas", "Lake", "Jersey", "Iowa", "Carson"].contains(&word)
            });
        let county = bare == "County" || bare == "City" && words > 0 || city;
        if comma
            || owner
            || !plain
            || !bare.starts_with(char::is_uppercase)
            || NO_PLACE.contains(&bare) && !county && !(bare == "New" && words > 0)
        {
            break;
        }
        (from, words) = (start, words + 1);
        if opened > 0 {
            break;
        }
    }
    let name = text[from..at].trim_end_matches([' ', ',', '\n']);
    if words == 0 || name == "County" {
        return (None, None);
    }
    (Some(from), Some(place_name(name)))
}

/// The city that owns what follows: "Portland's Resolution 37277".
pub(super) fn owner_city(text: &str, start: usize) -> Option<(State, String)> {
    let head = text[..back_spaces(text, start)].trim_end_matches(['\'', '’']);
    let head = head.strip_suffix("'s").or_else(|| head.strip_suffix("’s"))?;
    let (from, _) = city_before(head, head.len());
    known_city(&head[from?..])
}

/// A place that needs no state said, by its name or abbreviation.
pub(super) fn known_city(name: &str) -> Option<(State, String)> {
    let place = place_name(name.strip_prefix("City of ").unwrap_or(name));
    short_city(name)
        .map(|(state, place)| (state, place.to_owned()))
        .or_else(|| Some((known_state(&place)?, place)))
}

/// The slug of a place as canonical ids have it.
pub(super) fn place_name(name: &str) -> String {
    let name = name.strip_suffix(" Revised").or_else(|| name.strip_suffix(" Rev.")).unwrap_or(name);
    let name = name.strip_suffix(" City Council").unwrap_or(name);
    if ["New York City", "NYC", "N.Y.C."].contains(&name) {
        return "new-york".to_owned();
    }
    if let Some((_, place)) = short_city(name) {
        return place.to_owned();
    }
    let county = name.strip_suffix(" County").or_else(|| name.strip_suffix(" Cnty."));
    county.map_or_else(|| setting::place_slug(name), |county| slug(county) + "-county")
}

/// The state of a place that needs none said.
pub(super) fn known_state(place: &str) -> Option<State> {
    match place.strip_suffix("-county") {
        Some(county) => counties::state_of(county),
        None => setting::state_of(place),
    }
}
