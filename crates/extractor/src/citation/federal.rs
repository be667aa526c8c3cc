//! Federal law by number: code, regulations, public laws.

use goldrule_schema::CitationKind;

use super::code::{spaced_subdivisions, with_year};
use super::cursor::{Cursor, back_digits, back_spaces, back_word};
use super::lists::{Listed, first_of_range, list};
use super::section::section_prefix;
use super::{Authority, Found, MOST_ITEMS, Scope};
use crate::State;

pub(super) const USC: &[&str] = &[
    "U.S.C.",
    "U.S.C",
    "USC",
    "U. S. C.",
    "U.S.C.A.",
    "U.S.C.S.",
    "USCA",
    "United States Code",
    "U.S. Code",
    "US Code",
    "U.S.Code",
    "U. S. Code",
    "U.S.\u{a0}Code",
    "U.S. C.",
    "U S C",
];
pub(super) const CFR: &[&str] =
    &["C.F.R.", "C.F.R", "CFR", "C. F. R.", "Code of Federal Regulations", "Code of Fed. Regs."];
pub(super) const PUBLIC_LAW: &[&str] =
    &["Pub. L.", "Pub.L.", "Public Law", "Public Laws", "P.L.", "PL", "Pub. Law"];

/// "8 U.S.C. § 1373", "Title 8, United States Code, Section 1373", "Title 8 of the U.S. Code".
pub(super) fn usc(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let before = out.len();
    titled(text, (start, end), ("/usc/t", CitationKind::Statute, "statute.usc"), out);
    if out.len() == before || out.last().is_some_and(|found| found.authority.section.is_empty()) {
        super::spoken::usc(text, start, end, out);
    }
}

/// "8 C.F.R. § 287.7", "8 CFR Part 287".
pub(super) fn cfr(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    titled(text, (start, end), ("/cfr/t", CitationKind::Regulation, "regulation.cfr"), out);
}

fn titled(
    text: &str,
    (start, end): (usize, usize),
    (path, kind, rule): (&str, CitationKind, &'static str),
    out: &mut Vec<Found>,
) {
    let mut cursor = Cursor::new(text, end);
    if let Some((from, title, part)) = divided(text, start) {
        let authority = Authority::federal(format!("{path}{title}")).section(part, "");
        return out.push(Found { start: from, end, kind, rule, authority });
    }
    let (from, mut title) = if let Some((from, title)) = title_before(text, start) {
        (from, title.to_owned())
    } else {
        let Some(title) = title_after(&mut cursor) else { return };
        (start, title.to_owned())
    };
    let mut ahead = cursor;
    ahead.eat(",");
    ahead.spaces();
    if ahead.eat_any(&["Ann.", "Annotated"]) {
        ahead.eat(",");
        ahead.spaces();
    }
    if ahead.eat_any(&["App."]) {
        title.push('a');
        ahead.spaces();
    }
    let base = format!("{path}{title}");
    let mark = ahead.section_mark();
    let part = mark.is_none() && ahead.eat_any(&["parts", "part", "pts.", "pt."]);
    let chapter = mark.is_none() && !part && ahead.eat_any(&["ch.", "chapter", "chs."]);
    ahead.spaces();
    // Without a sign the number follows at once: "8 U.S.C. 1373", not "… U.S. Code, 12 officers".
    let spaced = text[end..].starts_with([' ', '\u{a0}', '\n']);
    let number = if mark.is_some() || part || chapter || spaced { ahead.section_number() } else { None };
    let Some(number) = number else {
        if let Some((earlier, section, subdivisions)) = section_prefix(text, from) {
            let authority = Authority::federal(base).section(format!("s{section}"), subdivisions);
            out.push(Found { start: earlier, end: cursor.at, kind, rule, authority });
        } else if let Some((earlier, part)) = division_before(text, from) {
            let authority = Authority::federal(base).section(part, "");
            out.push(Found { start: earlier, end: cursor.at, kind, rule, authority });
        } else if text[from..].starts_with(['T', 't']) {
            out.push(Found { start: from, end: cursor.at, kind, rule, authority: Authority::federal(base) });
        }
        return;
    };
    cursor = ahead;
    let number = first_of_range(number, mark == Some(true), true);
    let mut subdivisions = spaced_subdivisions(&mut cursor);
    let head = match (part && !number.contains('.'), chapter) {
        (true, _) => "pt",
        (_, true) => "ch",
        _ => "s",
    };
    if note(&mut cursor) {
        subdivisions.push_str("/note");
    }
    cursor.et_seq();
    let authority = Authority::federal(base).section(format!("{head}{number}"), subdivisions);
    let first = Found { start: from, end: with_year(cursor), kind, rule, authority };
    list(cursor, Listed::of(mark), first, out);
}

/// "Title 8, Part 287 of the" before the name of a code: where it begins, the title, the part.
fn divided(text: &str, start: usize) -> Option<(usize, &str, String)> {
    let (at, part) = division_before(text, start)?;
    let head = text[..back_spaces(text, at)].strip_suffix(',')?;
    let (from, title) = back_digits(text, head.len(), 2)?;
    let (from, word) = back_word(text, from)?;
    let opened = word.len() - word.trim_start_matches(['(', '"', '“']).len();
    word[opened..].eq_ignore_ascii_case("title").then_some((from + opened, title, part))
}

/// "Part 287 of" or "Chapter 21 of the" before a title: where it begins, and its part of the path.
fn division_before(text: &str, at: usize) -> Option<(usize, String)> {
    let at = back_word(text, at).filter(|(_, word)| *word == "the").map_or(at, |(at, _)| at);
    let (of, _) = back_word(text, at).filter(|(_, word)| *word == "of")?;
    let (number_at, number) = back_word(text, of)?;
    if Cursor::new(number, 0).section_number() != Some(number) {
        return None;
    }
    let (from, word) = back_word(text, number_at)?;
    let opened = word.len() - word.trim_start_matches(['(', '"', '“']).len();
    let head = match &word[opened..] {
        "Part" | "part" => "pt",
        "Chapter" | "chapter" => "ch",
        _ => return None,
    };
    Some((from + opened, format!("{head}{number}")))
}

/// " note" after a section, which cites what stands printed under it.
fn note(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let found = ahead.spaces() && (ahead.eat("note") || ahead.eat("(note)"));
    let ends = !ahead.peek().is_some_and(char::is_alphabetic) && !ahead.rest().starts_with(" that");
    if found && ends {
        *cursor = ahead;
    }
    found && ends
}

/// "8" before "U.S.C.", "Title 8," before "United States Code", "Title 8 of the" before "U.S. Code".
fn title_before(text: &str, start: usize) -> Option<(usize, &str)> {
    let mut end = start;
    if let Some((at, "the")) = back_word(text, end) {
        end = back_word(text, at).filter(|(_, word)| *word == "of").map_or(end, |(at, _)| at);
    }
    end = back_spaces(text, end);
    let comma = text[..end].strip_suffix(',').map_or(end, str::len);
    let (at, digits) = back_digits(text, comma, 2)?;
    let from = back_word(text, at)
        .map(|(from, word)| (from + word.len() - word.trim_start_matches(['(', '"', '“']).len(), word))
        .filter(|(_, word)| word.trim_start_matches(['(', '"', '“']).eq_ignore_ascii_case("title"))
        .map(|(from, _)| from);
    if comma != start && text[comma..start].trim() != "" && from.is_none() {
        return None;
    }
    Some((from.unwrap_or(at), digits))
}

/// ", Title 8," after "United States Code".
fn title_after<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let mut ahead = *cursor;
    ahead.eat(",");
    ahead.spaces();
    if !ahead.eat_any(&["title", "tit."]) {
        return None;
    }
    ahead.spaces();
    let title = ahead.digits(2)?;
    *cursor = ahead;
    Some(title)
}

/// "title 8", "title 8, United States Code", "title 8 of the Code of Federal Regulations" at the cursor, as after
/// "section 1373 of": its end, its path, its kind.
pub(super) fn title_of(mut cursor: Cursor<'_>) -> Option<(usize, String, CitationKind)> {
    let spelled = cursor.eat_word("title");
    if spelled {
        cursor.spaces();
    }
    let title = cursor.digits(2)?;
    let mut ahead = cursor;
    let comma = ahead.eat(",");
    ahead.spaces();
    if ahead.eat_word("of") {
        ahead.spaces();
        ahead.eat_word("the");
        ahead.spaces();
    }
    if let Some((end, base, kind)) = code_at(ahead) {
        return Some((end, format!("{base}{title}"), kind));
    }
    // A title of a state's code is read there: "title 24 of the Vermont Statutes".
    let state = super::codes::at(ahead).is_some();
    (spelled && !state && !(comma && ahead.peek().is_some_and(char::is_uppercase)))
        .then(|| (cursor.at, format!("/usc/t{title}"), CitationKind::Statute))
}

/// The federal code of laws or of regulations named right at the cursor: its end, its path, its kind.
pub(super) fn code_at(cursor: Cursor<'_>) -> Option<(usize, &'static str, CitationKind)> {
    let named = |names: &[&str]| {
        let longest = names.iter().filter(|name| cursor.rest().starts_with(**name)).max_by_key(|n| n.len());
        longest.map(|name| cursor.at + name.len())
    };
    let usc = named(USC).map(|end| (end, "/usc/t", CitationKind::Statute));
    usc.or_else(|| named(CFR).map(|end| (end, "/cfr/t", CitationKind::Regulation)))
}

/// "Pub. L. No. 104-208, § 642".
pub(super) fn public_law(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    cursor.number_mark();
    cursor.spaces();
    // The law of 1953 on the jurisdiction of states over reservations goes by its number alone.
    let mut known = cursor;
    if known.digits(3) == Some("280") && !known.rest().starts_with(['-', '–']) {
        let (kind, rule) = (CitationKind::PublicLaw, "public_law.number");
        return out.push(Found {
            start,
            end: known.at,
            kind,
            rule,
            authority: Authority::federal("/pl/83/280"),
        });
    }
    let Some((congress, law)) = congress_and_law(&mut cursor) else {
        return super::session::public_law_of_state(text, start, end, out);
    };
    // "P.L. 171-2011" of Indiana
    if law.len() == 4 && (law.starts_with("19") || law.starts_with("20")) {
        let authority = Authority::new(Scope::State(State::from_code("in")), format!("/laws/{law}"));
        let authority = authority.section(format!("pl{congress}"), "");
        let (kind, rule) = (CitationKind::SessionLaw, "session_law.state");
        return out.push(Found { start, end: cursor.at, kind, rule, authority });
    }
    let (kind, rule) = (CitationKind::PublicLaw, "public_law.number");
    let mut authority = Authority::federal(format!("/pl/{congress}/{law}"));
    let mut ahead = cursor;
    for division in ["div.", "Div.", "Division", "tit.", "title", "Title"] {
        let mut inner = ahead;
        if inner.eat(",") && inner.spaces() && inner.eat_word(division) && inner.spaces() {
            inner.take_while(char::is_alphanumeric);
            ahead = inner;
        }
    }
    if ahead.eat(",")
        && ahead.spaces()
        && ahead.section_mark().is_some()
        && let Some(number) = ahead.section_number()
    {
        let number = first_of_range(number, true, true);
        authority = authority.section(format!("s{number}"), ahead.subdivisions());
        cursor = ahead;
    }
    out.push(Found { start, end: cursor.at, kind, rule, authority });
    for _ in 0..MOST_ITEMS {
        let comma = cursor.eat(",");
        cursor.spaces();
        if !(cursor.eat_any(&["and", "or", "&"]) || comma) {
            return;
        }
        cursor.spaces();
        let start = cursor.at;
        let Some((congress, law)) = congress_and_law(&mut cursor) else { return };
        let authority = Authority::federal(format!("/pl/{congress}/{law}"));
        out.push(Found { start, end: cursor.at, kind, rule, authority });
    }
}

/// "104-208".
fn congress_and_law<'t>(cursor: &mut Cursor<'t>) -> Option<(&'t str, &'t str)> {
    let from = *cursor;
    let congress = cursor.take_while(|c| c.is_ascii_digit());
    let dash = cursor.eat("-") || cursor.eat("–");
    let law = cursor.digits(4).filter(|_| dash && (2..=3).contains(&congress.len()));
    if law.is_none() {
        *cursor = from;
    }
    law.map(|law| (congress, law))
}
