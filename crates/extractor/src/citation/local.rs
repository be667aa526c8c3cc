//! Law of places and orders of agencies: ordinances, municipal codes, resolutions, policies.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces, back_word};
use super::names::{short_city, state_ending};
use super::section::{Listed, list};
use super::{Authority, Found, Scope, slug};
use crate::State;

pub(super) const ORDINANCE: &[&str] =
    &["Ordinance", "ordinance", "Ord.", "Resolution", "resolution", "Res. No.", "Ordinances"];
pub(super) const MUNICIPAL_CODE: &[&str] = &[
    "Mun. Code",
    "Municipal Code",
    "municipal code",
    "City Code",
    "County Code",
    "Code of Ordinances",
    "Admin. Code",
    "Administrative Code",
    "Metro Code",
    "Town Code",
    "Village Code",
    "Charter",
];
pub(super) const POLICY: &[&str] = &[
    "General Order",
    "general order",
    "Special Order",
    "special order",
    "Department Order",
    "Operations Order",
    "Administrative Order",
    "Field Order",
    "Executive Directive",
    "Policy Manual",
    "Policy",
    "policy",
    "Directive",
    "directive",
    "Standard Operating Procedure",
    "SOP",
    "S.O.P.",
    "Training Bulletin",
    "Special Order No.",
    "General Order No.",
    "G.O.",
    "GO",
    "Lexipol Policy",
    "Training Order",
    "Procedure",
    "Administrative Directive",
    "Law Enforcement Directive",
    "Attorney General Directive",
    "AG Directive",
    "General Orders",
    "Policies",
    "Patrol Guide",
    "Administrative Instruction",
    "Operational Order",
    "Departmental Directive",
    "Operations Directive",
    "Interim Directive",
];

/// "Ordinance No. 188441", "Resolution 2025-17", "Welcoming City Ordinance".
pub(super) fn ordinance(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let sort =
        if text[start..end].to_ascii_lowercase().starts_with('r') { "resolution" } else { "ordinance" };
    let mut cursor = Cursor::new(text, end);
    cursor.spaces();
    let marked = cursor.eat_any(&["No.", "Nos.", "Number", "#"]);
    cursor.spaces();
    let kind = CitationKind::Ordinance;
    let capital = text[start..].starts_with(char::is_uppercase);
    let number = cursor.number().filter(|n| marked || capital && n.len() > 1);
    // Measures of two chambers are bills, and their words come before.
    let chamber =
        back_word(text, start).is_some_and(|(_, w)| ["House", "Senate", "Joint", "Concurrent"].contains(&w));
    if let Some(number) = number.filter(|_| !chamber) {
        let authority =
            Authority::new(Scope::Place(None, None), format!("/{sort}/{}", number.to_ascii_lowercase()));
        out.push(Found { start, end: cursor.at, kind, rule: "ordinance.number", authority });
    } else if capital && sort == "ordinance" && text[start..end].ends_with(['e', 'E']) {
        let Some(from) = named_ordinance(text, start) else { return };
        let name = slug(&text[from..end]);
        let authority = Authority::new(Scope::Place(None, None), format!("/ordinance/{name}"));
        out.push(Found { start: from, end, kind, rule: "ordinance.name", authority });
    }
}

/// Where a title of at least two capitalised words before "Ordinance" begins.
fn named_ordinance(text: &str, at: usize) -> Option<usize> {
    let mut from = at;
    let mut words = 0;
    while words < 5 {
        let Some((start, word)) = back_word(text, from) else { break };
        let skip =
            ["The", "This", "An", "A", "Our", "Their", "City", "County", "Under", "See", "In", "Its", "By"];
        let title = words > 0 && ["City", "County"].contains(&word)
            || !skip.contains(&word)
            || word == "City" && words == 0;
        let plain = word.chars().all(|c| c.is_alphanumeric() || c == '-');
        if !plain || !word.starts_with(char::is_uppercase) || !title {
            break;
        }
        (from, words) = (start, words + 1);
    }
    (words >= 2).then_some(from)
}

/// "Port Ansgar Mun. Code 2.84.030(B)", "Municipal Code § 2-173", "Chi., Ill., Mun. Code ch. 2-173".
pub(super) fn municipal_code(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    let mark = cursor.section_mark();
    let chapter = mark.is_none() && cursor.eat_any(&["ch.", "chapter", "title", "art.", "article"]);
    cursor.spaces();
    let Some(number) = cursor.section_number() else { return };
    if mark.is_none() && !chapter && !number.contains(['.', '-']) {
        return;
    }
    let head = if chapter { "ch" } else { "s" };
    let subdivisions = cursor.subdivisions();
    cursor.et_seq();
    let (from, state, place) = place_before(text, start);
    let county = text[start..end].starts_with("County") && place.is_some();
    let place = place.map(|place| if county { format!("{place}-county") } else { place });
    let authority =
        Authority::new(Scope::Place(state, place), "/code").section(format!("{head}{number}"), subdivisions);
    let (kind, rule) = (CitationKind::Ordinance, "ordinance.code");
    list(cursor, Listed::of(mark), Found { start: from, end: cursor.at, kind, rule, authority }, out);
}

/// The place that a code is named after: where its name begins, its state, its slug.
fn place_before(text: &str, start: usize) -> (usize, Option<State>, Option<String>) {
    let end = back_spaces(text, start);
    let head = text[..end].trim_end_matches(',');
    if let Some((state, at)) = state_ending(head).filter(|_| head.len() < end) {
        // "Chi., Ill.,"
        let (from, place) = city_before(text, at);
        return (from.unwrap_or(at), Some(state), place);
    }
    let (from, place) = city_before(text, start);
    let state = place.as_deref().and_then(|place| {
        let (state, slug) = short_city(&text[from?..end])?;
        (slug == place).then_some(state)
    });
    (from.unwrap_or(start), state, place)
}

/// Up to three capitalised words, or a known abbreviation.
fn city_before(text: &str, at: usize) -> (Option<usize>, Option<String>) {
    let mut from = at;
    let mut words = 0;
    while words < 3 {
        let Some((start, word)) = back_word(text, from) else { break };
        let bare = word.trim_end_matches(',');
        if words == 0
            && let Some((_, place)) = short_city(bare)
        {
            return (Some(start), Some(place.to_owned()));
        }
        let skip = [
            "The", "See", "Under", "In", "And", "Id.", "Also", "Our", "Its", "Section", "Cf.", "By",
            "Chapter",
        ];
        let plain = bare.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
        let comma = word.len() != bare.len() && words > 0;
        if comma || !plain || !bare.starts_with(char::is_uppercase) || skip.contains(&bare) {
            break;
        }
        (from, words) = (start, words + 1);
    }
    if words == 0 {
        return (None, None);
    }
    let name = text[from..at].trim_end_matches([' ', ',', '\n']);
    let name = name.strip_suffix(" Revised").unwrap_or(name);
    if ["New York City", "NYC"].contains(&name) {
        return (Some(from), Some("new-york".to_owned()));
    }
    let name = name.strip_suffix(" County").map_or_else(|| slug(name), |county| slug(county) + "-county");
    (Some(from), Some(name))
}

/// "General Order 3.07", "Special Order S06-14-03", "Policy 428", "PAPD Policy Manual § 428.6".
pub(super) fn policy(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let written = &text[start..end];
    let mut cursor = Cursor::new(text, end);
    if !cursor.spaces() {
        return;
    }
    let marked = cursor.eat_any(&["No.", "Nos.", "Number", "#"]) || cursor.section_mark().is_some();
    cursor.spaces();
    let Some(number) = cursor.number() else { return };
    let mut end = cursor.at;
    let code = number.contains(['.', '-']) || number.len() >= 3;
    // "policy 2 years ago", "Policy 2025", "GO 3": a year or a count is not a number of an order.
    let year = number.len() == 4 && number.starts_with("20") && !marked;
    let lower = written.starts_with(char::is_lowercase);
    if year
        || lower && !(marked || number.contains(['.', '-']))
        || written.len() <= 3 && !code
        || lower && written.len() < 10 && !marked
    {
        return;
    }
    let mut revised = cursor;
    revised.spaces();
    if revised.rest().starts_with("(rev. ") && revised.year_bracket().is_some() {
        end = revised.at;
    }
    cursor.subdivisions();
    end = end.max(cursor.at);
    let statewide = written.contains("Attorney General")
        || written.contains("Law Enforcement")
        || written.starts_with("AG ")
        || text[..start].trim_end().ends_with("Attorney General");
    let scope = if statewide { Scope::State(None) } else { Scope::Place(None, None) };
    let authority = Authority::new(scope, format!("/policy/{}", number.to_ascii_lowercase()));
    let from =
        if written.to_ascii_lowercase().starts_with("policy") { agency_before(text, start) } else { start };
    out.push(Found { start: from, end, kind: CitationKind::Policy, rule: "policy.number", authority });
}

/// Where the initials of an agency right before begin: "PAPD Policy Manual".
fn agency_before(text: &str, start: usize) -> usize {
    match back_word(text, start) {
        Some((at, word)) if word.len() >= 3 && word.bytes().all(|b| b.is_ascii_uppercase()) => at,
        _ => start,
    }
}
