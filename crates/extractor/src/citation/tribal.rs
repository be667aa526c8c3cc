//! Codes of Indian tribes, which have no canonical id: "Navajo Nation Code tit. 17, § 201".

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_word};
use super::section::section_prefix;
use super::{Authority, Found, code};

pub(super) const ANCHORS: &[&str] = &[
    "Nation Code",
    "Nation Criminal Code",
    "N.N.C.",
    "Tribal Code",
    "Tribe Code",
    "Tribes Code",
    "Law and Order Code",
    "O'odham Code",
    "O’odham Code",
];

/// A section after the name or before it, and the words of the name that stand before the anchor.
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    if cursor.eat_any(&["Annotated", "Ann."]) {
        cursor.eat(",");
        cursor.spaces();
    }
    let title = cursor.eat_any(&["tit.", "title", "ch.", "chapter"]);
    cursor.spaces();
    let mark = cursor.section_mark().is_some();
    let name = name_start(text, start);
    let numbered = if title || mark || cursor.peek().is_some_and(|c| c.is_ascii_digit()) {
        cursor.section_number()
    } else {
        None
    };
    let Some(number) = numbered.filter(|n| title || mark || n.contains(['.', '-'])) else {
        let the = back_word(text, name).filter(|(_, word)| *word == "the").map_or(name, |(at, _)| at);
        if let Some((from, ..)) = section_prefix(text, the) {
            push(from, end, out);
        }
        return;
    };
    let mut section = cursor;
    section.eat(",");
    section.spaces();
    if title && section.section_mark().is_some() && section.section_number().is_some() {
        cursor = section;
    }
    cursor.subdivisions();
    // "17 N.N.C. § 201"
    let from =
        code::title_number(text, start).filter(|_| !title && !number.is_empty()).map_or(name, |(at, _)| at);
    push(from, cursor.at, out);
}

fn push(start: usize, end: usize, out: &mut Vec<Found>) {
    let (kind, rule) = (CitationKind::Statute, "statute.tribal");
    out.push(Found { start, end, kind, rule, authority: Authority::none() });
}

/// Where up to four words of a name before `start` begin.
fn name_start(text: &str, start: usize) -> usize {
    let mut from = start;
    for _ in 0..4 {
        let Some((at, word)) = back_word(text, from) else { break };
        let name = word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '’');
        if !name || ["The", "Under", "See", "In"].contains(&word) {
            break;
        }
        from = at;
    }
    from
}
