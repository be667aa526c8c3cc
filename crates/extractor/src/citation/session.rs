//! Session laws of the states, treaties, and secondary sources.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_digits, back_spaces};
use super::names::state_ending;
use super::{Authority, Found, Scope, slug};

pub(super) const ANCHORS: &[&str] = &[
    "Laws of",
    "Laws",
    "Stats.",
    "Statutes of",
    "Acts of",
    "Sess. Laws",
    "Session Laws",
    "Public Chapter",
    "Public Act",
    "P.A.",
    "Act No.",
    "Acts",
    "Chapter Law",
];
pub(super) const TREATIES: &[&str] = &[
    "Vienna Convention on Consular Relations",
    "Vienna Convention",
    "Convention Against Torture",
    "Convention against Torture",
    "Refugee Convention",
    "International Covenant on Civil and Political Rights",
    "Universal Declaration of Human Rights",
    "Convention on the Rights of the Child",
];
pub(super) const SECONDARY: &[&str] = &[
    "Restatement",
    "L. Rev.",
    "L.J.",
    "Op. Att'y Gen.",
    "Op. Att’y Gen.",
    "Attorney General Opinion",
    "AG Opinion",
];

/// The treaty named right at the cursor: its end, and its full name.
pub(super) fn treaty_at(cursor: Cursor<'_>) -> Option<(usize, &'static str)> {
    let named =
        TREATIES.iter().filter(|name| cursor.rest().starts_with(**name)).max_by_key(|name| name.len())?;
    let full = if *named == "Vienna Convention" { TREATIES[0] } else { named };
    Some((cursor.at + named.len(), full))
}

/// A treaty without an article.
pub(super) fn treaty(text: &str, start: usize, _end: usize, out: &mut Vec<Found>) {
    let Some((end, name)) = treaty_at(Cursor::new(text, start)) else { return };
    let authority = Authority::federal(format!("/treaty/{}", slug(name)));
    out.push(Found { start, end, kind: CitationKind::Treaty, rule: "treaty.name", authority });
}

/// "Laws of 2019, ch. 440, § 6", "Cal. Stats. 2017, ch. 495", "Public Chapter 973", "Public Act 100-463",
/// "Act No. 399 of 2025".
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let cursor = Cursor::new(text, end);
    let read = match &text[start..end] {
        "Public Chapter" | "Chapter Law" => numbered(cursor, "laws"),
        "Public Act" | "P.A." => public_act(cursor),
        "Act No." => numbered(cursor, "act"),
        _ => by_year(text, start, cursor),
    };
    let Some((end, base, section)) = read else { return };
    let head = &text[..back_spaces(text, start)];
    let state = state_ending(head);
    let mut from = start;
    if let Some((_, at)) = state
        && head.ends_with('.')
    {
        from = at;
    }
    let from = back_digits(text, from, 4)
        .filter(|(_, year)| {
            text[start..end].contains("Laws") && year.len() == 4 && !text[start..end].contains(" of")
        })
        .map_or(from, |(at, _)| at);
    let scope = if base.is_empty() { Scope::None } else { Scope::State(state.map(|(state, _)| state)) };
    let authority = Authority::new(scope, base).section(section, "");
    out.push(Found {
        start: from,
        end,
        kind: CitationKind::SessionLaw,
        rule: "session_law.state",
        authority,
    });
}

type Read = Option<(usize, String, String)>;

/// Year and chapter in either order.
fn by_year(text: &str, start: usize, mut cursor: Cursor<'_>) -> Read {
    cursor.eat(",");
    cursor.spaces();
    let before = back_digits(text, start, 4).map(|(_, year)| year).filter(|y| y.len() == 4);
    let after = cursor.digits(4).filter(|y| y.len() == 4);
    let year = after.or(before)?;
    if !(year.starts_with("18") || year.starts_with("19") || year.starts_with("20")) {
        return None;
    }
    cursor.eat(",");
    cursor.spaces();
    let chapter = cursor.eat_any(&["ch.", "chapter", "c.", "chap."]);
    let act = !chapter && cursor.eat_any(&["act", "no.", "p.a."]);
    if !chapter && !act {
        return None;
    }
    cursor.spaces();
    let number = cursor.section_number()?;
    let mut end = cursor.at;
    let (base, mut section) = if act {
        (format!("/act/{year}"), number.to_owned())
    } else {
        (format!("/laws/{year}"), format!("ch{number}"))
    };
    cursor.eat(",");
    cursor.spaces();
    if cursor.section_mark().is_some()
        && let Some(number) = cursor.section_number()
    {
        section = format!("{section}/s{number}");
        end = cursor.at;
    }
    Some((end, base, section))
}

/// "Public Chapter 973", "Act No. 399 of 2025": without a year there is no canonical id.
fn numbered(mut cursor: Cursor<'_>, sort: &str) -> Read {
    cursor.spaces();
    cursor.eat("No.");
    cursor.spaces();
    let number = cursor.digits(4)?;
    let end = cursor.at;
    cursor.eat(",");
    cursor.spaces();
    if cursor.eat_word("of") {
        cursor.spaces();
        if let Some(year) = cursor.digits(4).filter(|y| y.len() == 4) {
            let chapter = if sort == "laws" { format!("ch{number}") } else { number.to_owned() };
            return Some((cursor.at, format!("/{sort}/{year}"), chapter));
        }
    }
    Some((end, String::new(), String::new()))
}

/// "Public Act 100-463": general assembly and number.
fn public_act(mut cursor: Cursor<'_>) -> Read {
    cursor.spaces();
    cursor.eat("No.");
    cursor.spaces();
    let number = cursor.section_number().filter(|n| n.contains('-'))?;
    Some((cursor.at, format!("/act/{number}"), String::new()))
}

/// Restatements, law reviews, opinions of attorneys general: found, but without a canonical id.
pub(super) fn secondary(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let name = &text[start..end];
    let mut from = start;
    cursor.spaces();
    if name == "Restatement" {
        if !(cursor.eat("(Second) of ") || cursor.eat("(Third) of ")) {
            return;
        }
        cursor.take_while(|c| c.is_alphabetic() || c == ' ');
        if cursor.section_mark().is_none() || cursor.section_number().is_none() {
            return;
        }
        cursor.year_bracket();
    } else if name.starts_with('A') {
        cursor.eat_any(&["No."]);
        cursor.spaces();
        if cursor.number().is_none() {
            return;
        }
    } else {
        let words = text[..back_spaces(text, start)].char_indices().rev().take(24);
        let head =
            words.take_while(|(_, c)| c.is_ascii_alphanumeric() || matches!(c, '.' | ' ' | '-')).last();
        let Some((low, _)) = head else { return };
        let Some(volume) = text[low..start].find(|c: char| c.is_ascii_digit()) else { return };
        if cursor.section_number().is_none() {
            return;
        }
        from = low + volume;
        cursor.year_bracket();
    }
    let authority = Authority::none();
    out.push(Found {
        start: from,
        end: cursor.at,
        kind: CitationKind::Secondary,
        rule: "secondary",
        authority,
    });
}

/// "P.L. 2019, c. 5", "Public Law 2019, chapter 616" of the states that call their session laws so.
pub(super) fn public_law_of_state(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some((end, base, section)) = by_year(text, start, Cursor::new(text, end)) else { return };
    let state = super::names::state_before(text, start);
    let authority = Authority::new(Scope::State(state), base).section(section, "");
    let (kind, rule) = (CitationKind::SessionLaw, "session_law.state");
    out.push(Found { start, end, kind, rule, authority });
}
