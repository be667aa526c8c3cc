//! Codes of places by their initials and by the place alone: "SMC 4.18.015", "Phila. Code § 20-303".

use goldrule_schema::CitationKind;
use memchr::memmem;

use super::bill::near;
use super::cursor::Cursor;
use super::lists::{Listed, first_of_range, list};
use super::local::numbered;
use super::towns::{city_before, known_city};
use super::{Authority, Found, Scope};
use crate::State;

/// Initials of municipal codes, whose number needs full stops or hyphens; with the place where all know it.
const CODES: &[(&str, &str, &str)] = &[
    ("LAMC", "los-angeles", "ca"),
    ("LAAC", "los-angeles", "ca"),
    ("SDMC", "san-diego", "ca"),
    ("SJMC", "san-jose", "ca"),
    ("KCC", "king-county", "wa"),
    ("K.C.C.", "king-county", "wa"),
    ("PCC", "portland", "or"),
    ("DRMC", "denver", "co"),
    ("D.R.M.C.", "denver", "co"),
    ("L.A.M.C.", "los-angeles", "ca"),
    ("L.A.A.C.", "los-angeles", "ca"),
    ("B.R.C.", "boulder", "co"),
    ("LBMC", "long-beach", "ca"),
    ("SFAC", "san-francisco", "ca"),
    ("MCC", "", ""),
    ("MCO", "", ""),
    ("CCO", "", ""),
];

pub(super) const INITIALS: &[&str] = literals!(CODES);
/// Ordinances of Anchorage as its assembly numbers them.
pub(super) const ANCHORAGE: &[&str] = &["AO ", "AO No. "];

const KIND: CitationKind = CitationKind::Ordinance;
const RULE: &str = "ordinance.code";

/// Looks at every "MC" and "M.C." that ends the initials of a municipal code: "SMC 4.18.015", "P.M.C. 3.21.010".
pub(super) fn scan(text: &str, out: &mut Vec<Found>) {
    for tail in ["MC ", "M.C. ", "MC\u{a0}", "M.C.\u{a0}"] {
        for at in memmem::find_iter(text.as_bytes(), tail) {
            let head = text[..at]
                .trim_end_matches(|c: char| c.is_ascii_uppercase() || tail.contains('.') && c == '.');
            let letters = text[head.len()..at].bytes().filter(u8::is_ascii_uppercase).count();
            let end = at + tail.trim_end().len();
            let known = CODES.iter().any(|(name, ..)| *name == &text[head.len()..end]);
            if (1..=3).contains(&letters) && !head.ends_with(char::is_alphanumeric) && !known {
                read(text, (head.len(), end), Scope::Place(None, None), out);
            }
        }
    }
}

/// "LAMC § 41.18", "KCC 2.15.020".
pub(super) fn initials(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some((_, place, state)) = CODES.iter().find(|(name, ..)| *name == &text[start..end]) else {
        return;
    };
    if !text[end..].starts_with([' ', '\u{a0}', ',']) {
        return;
    }
    let scope = Scope::Place(State::from_code(state), (!place.is_empty()).then(|| (*place).to_owned()));
    read(text, (start, end), scope, out);
}

/// "AO 2017-31", "AO No. 2017-31".
pub(super) fn anchorage(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let Some(number) = cursor.section_number() else { return };
    let dated = number.split_once('-').is_some_and(|(year, rest)| {
        year.len() == 4 && year.starts_with("20") && rest.bytes().all(|b| b.is_ascii_digit())
    });
    if dated && near(text, start, cursor.at, &["Anchorage", "Assembly"]) {
        let scope = Scope::Place(State::from_code("ak"), Some("anchorage".to_owned()));
        let authority = Authority::new(scope, format!("/ordinance/{number}"));
        out.push(Found { start, end: cursor.at, kind: KIND, rule: "ordinance.number", authority });
    }
}

/// The section or chapter after the initials of a code.
fn read(text: &str, (start, end): (usize, usize), scope: Scope, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let Some((head, number, mark)) = numbered(&mut cursor) else { return };
    let parts = number.matches(['.', '-']).count();
    if mark.is_none() && parts == 0 || mark.is_none() && parts == 1 && head == "s" && !chaptered(number) {
        return;
    }
    let mut subdivisions = cursor.subdivisions();
    cursor.et_seq();
    // "KCC 2.15.020.C"
    let part = number
        .rsplit_once('.')
        .filter(|(_, part)| part.len() == 1 && part.as_bytes()[0].is_ascii_uppercase());
    let number = part.map_or(number, |(number, part)| {
        subdivisions = format!("/{part}{subdivisions}");
        number
    });
    let authority = Authority::new(scope, "/code").section(format!("{head}{number}"), subdivisions);
    list(cursor, Listed::of(mark), Found { start, end: cursor.at, kind: KIND, rule: RULE, authority }, out);
}

/// "3.34": chapter and section of a code, and no score or frequency.
fn chaptered(number: &str) -> bool {
    number.split_once('.').is_some_and(|(_, section)| section.len() >= 2)
}

/// "Phila. Code § 20-303", "Boulder Rev. Code § 5-3-1", "City of Boston Code § 11-1.9", outward from "Code".
pub(super) fn city_code(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let Some((head, number, mark)) = numbered(&mut cursor) else { return };
    if mark.is_none() && head == "s" && number.matches(['.', '-']).count() < 2 && !chaptered(number) {
        return;
    }
    let (Some(from), _) = city_before(text, start) else { return };
    let name = text[from..start].trim_end();
    let Some((state, place)) = known_city(name) else { return };
    let from = text[..from].strip_suffix("City of ").map_or(from, str::len);
    let subdivisions = cursor.subdivisions();
    cursor.et_seq();
    let number = first_of_range(number, mark == Some(true), false);
    let authority = Authority::new(Scope::Place(Some(state), Some(place)), "/code")
        .section(format!("{head}{number}"), subdivisions);
    list(
        cursor,
        Listed::of(mark),
        Found { start: from, end: cursor.at, kind: KIND, rule: RULE, authority },
        out,
    );
}
