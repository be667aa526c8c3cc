//! Federal law by number: code, regulations, register, public laws, executive orders.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_digits, back_spaces, back_word};
use super::names::state_before;
use super::section::{list, section_prefix};
use super::{Authority, Found, MOST_ITEMS, Scope, slug};

pub(super) const USC: &[&str] =
    &["U.S.C.", "U.S.C", "USC", "U. S. C.", "U.S.C.A.", "United States Code", "U.S. Code", "US Code"];
pub(super) const CFR: &[&str] = &["C.F.R.", "C.F.R", "CFR", "C. F. R.", "Code of Federal Regulations"];
pub(super) const PUBLIC_LAW: &[&str] = &["Pub. L.", "Pub.L.", "Public Law", "P.L."];
pub(super) const EXECUTIVE_ORDER: &[&str] =
    &["Executive Order", "Exec. Order", "E.O.", "EO", "Executive order"];
pub(super) const DELEGATION: &[&str] = &["287(g)", "287 (g)", "287g", "287(G)", "287"];
pub(super) const INA: &[&str] = &["INA"];

const INA_BASE: &str = "/act/immigration-and-nationality-act";

/// "8 U.S.C. § 1373", "Title 8, United States Code, Section 1373", "Title 8 of the U.S. Code".
pub(super) fn usc(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    titled(text, (start, end), ("/usc/t", CitationKind::Statute, "statute.usc"), out);
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
    let Some((from, title)) = title_before(text, start) else { return };
    let base = format!("{path}{title}");
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    let mark = cursor.section_mark();
    let part = mark.is_none() && cursor.eat_any(&["part", "parts", "pt.", "ch.", "chapter"]);
    cursor.spaces();
    let Some(number) = cursor.section_number() else {
        if let Some((earlier, section, subdivisions)) = section_prefix(text, from) {
            let authority = Authority::federal(base).section(format!("s{section}"), subdivisions);
            out.push(Found { start: earlier, end, kind, rule, authority });
        }
        return;
    };
    let subdivisions = cursor.subdivisions();
    let head = if part { 'p' } else { 's' };
    let authority = Authority::federal(base).section(format!("{head}{number}"), subdivisions);
    cursor.et_seq();
    let first = Found { start: from, end: cursor.at, kind, rule, authority };
    list(cursor, mark == Some(true), first, out);
}

/// "8" before "U.S.C." or "Title 8," before "United States Code".
fn title_before(text: &str, start: usize) -> Option<(usize, &str)> {
    let mut end = start;
    if let Some((at, "the")) = back_word(text, end) {
        end = back_word(text, at).filter(|(_, word)| *word == "of").map_or(end, |(at, _)| at);
    }
    end = back_spaces(text, end);
    let comma = text[..end].strip_suffix(',').map_or(end, str::len);
    let (at, digits) = back_digits(text, comma, 2)?;
    let from =
        back_word(text, at).filter(|(_, word)| word.eq_ignore_ascii_case("title")).map(|(from, _)| from);
    if comma != start && text[comma..start].trim() != "" && from.is_none() {
        return None;
    }
    Some((from.unwrap_or(at), digits))
}

/// "Pub. L. No. 104-208".
pub(super) fn public_law(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    cursor.spaces();
    cursor.eat_any(&["No.", "Number", "Nos."]);
    cursor.spaces();
    let congress = cursor.take_while(|c| c.is_ascii_digit());
    if !(1..=3).contains(&congress.len()) || !(cursor.eat("-") || cursor.eat("–")) {
        return;
    }
    let Some(law) = cursor.digits(4) else { return };
    let authority = Authority::federal(format!("/pl/{congress}/{law}"));
    let mut ahead = cursor;
    if ahead.eat(",") && ahead.spaces() && ahead.section_mark().is_some() && ahead.section_number().is_some()
    {
        ahead.subdivisions();
        cursor = ahead;
    }
    out.push(Found {
        start,
        end: cursor.at,
        kind: CitationKind::PublicLaw,
        rule: "public_law.number",
        authority,
    });
}

/// "Executive Order 14159", a governor's "Executive Order GA-54".
pub(super) fn executive_order(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let plural = cursor.eat("s");
    cursor.eat(",");
    if !cursor.spaces() && !cursor.eat("-") {
        return;
    }
    cursor.eat_any(&["No.", "Nos.", "Number", "#"]);
    cursor.spaces();
    let Some(number) = cursor.number() else { return };
    let authority = order(text, start, number);
    let (kind, rule) = (CitationKind::ExecutiveOrder, "executive_order.number");
    out.push(Found { start, end: cursor.at, kind, rule, authority });
    for _ in 0..if plural { MOST_ITEMS } else { 0 } {
        cursor.eat(",");
        cursor.spaces();
        cursor.eat_any(&["and", "&"]);
        cursor.spaces();
        let from = cursor.at;
        let Some(number) = cursor.section_number() else { break };
        out.push(Found { start: from, end: cursor.at, kind, rule, authority: order(text, start, number) });
    }
}

/// Presidents' orders have five digits since 1941; anything else is a governor's.
fn order(text: &str, start: usize, number: &str) -> Authority {
    let federal = (4..=5).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let scope = if federal { Scope::Federal } else { Scope::State(state_before(text, start)) };
    Authority::new(scope, format!("/eo/{}", number.to_ascii_lowercase()))
}

/// "287(g)", "Section 287(g) of the Immigration and Nationality Act", "the 287 program".
pub(super) fn delegation(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let mut subdivisions = "/g".to_owned();
    let bare = &text[start..end] == "287";
    if bare {
        if cursor.inside_word() && cursor.peek().is_some_and(char::is_alphanumeric)
            || !stands_for_program(cursor)
        {
            return;
        }
    } else {
        subdivisions.push_str(&cursor.subdivisions());
    }
    if super::cursor::before(text, start).is_some_and(|c| matches!(c, '.' | '-' | '$' | ',' | '/')) {
        return;
    }
    let act = of_the_act(cursor);
    let from = if bare { None } else { mark_before(text, start) };
    let authority = Authority::federal(INA_BASE).section("s287", subdivisions);
    out.push(Found {
        start: from.unwrap_or(start),
        end: act.unwrap_or(cursor.at),
        kind: CitationKind::Statute,
        rule: "statute.delegation",
        authority,
    });
}

/// Whether a noun follows with which people say "287" for short.
fn stands_for_program(mut cursor: Cursor<'_>) -> bool {
    cursor.spaces()
        && cursor.eat_any(&[
            "program",
            "agreement",
            "agreements",
            "business",
            "deal",
            "contract",
            "partnership",
        ])
}

fn of_the_act(mut cursor: Cursor<'_>) -> Option<usize> {
    cursor.spaces();
    if !cursor.eat("of") {
        return None;
    }
    cursor.spaces();
    cursor.eat("the ");
    let named = cursor.eat_word("Immigration and Nationality Act")
        || cursor.eat_word("Immigration and Naturalization Act")
        || cursor.eat_word("INA");
    named.then_some(cursor.at)
}

/// Where "Section", "§" or "INA §" before `start` begins.
pub(super) fn mark_before(text: &str, start: usize) -> Option<usize> {
    let (_, word) = back_word(text, start)?;
    let word = word.trim_start_matches(['(', '"', '“', '[', '*']);
    let at = back_spaces(text, start) - word.len();
    let mark = ["section", "sections", "sec.", "§", "§§"].iter().any(|mark| word.eq_ignore_ascii_case(mark));
    if !mark {
        return (word == "INA").then_some(at);
    }
    let act = back_word(text, at).filter(|(_, word)| word.trim_start_matches('(') == "INA");
    Some(act.map_or(at, |_| back_spaces(text, at) - "INA".len()))
}

/// "INA § 236(c)", and the act itself by its initials where a section follows.
pub(super) fn ina(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    let Some(plural) = cursor.section_mark() else { return };
    let Some(number) = cursor.section_number() else { return };
    let subdivisions = cursor.subdivisions();
    let authority = Authority::federal(INA_BASE).section(format!("s{number}"), subdivisions);
    let (kind, rule) = (CitationKind::Statute, "statute.ina");
    list(cursor, plural, Found { start, end: cursor.at, kind, rule, authority }, out);
}

/// Path of a section of a federal or state act with this title.
pub(super) fn act_base(title: &str) -> String {
    format!("/act/{}", slug(title))
}
