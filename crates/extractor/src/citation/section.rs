//! Bare sections and chapters, sections of something named after them, and lists of sections.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces, back_word};
use super::{Authority, Found, MOST_ITEMS, Reference, Scope, act, code, names};

pub(super) const SECTION: &[&str] =
    &["§§", "§", "Sections", "Section", "sections", "section", "Sec.", "sec.", "Secs."];
pub(super) const CHAPTER: &[&str] = &["Chapter", "chapter", "Ch.", "ch."];

/// Adds the first citation and then those that only add a number or a subdivision to it.
pub(super) fn list(mut cursor: Cursor<'_>, plural: bool, first: Found, out: &mut Vec<Found>) {
    let (kind, rule, authority) = (first.kind, first.rule, first.authority.clone());
    out.push(first);
    let mut last = authority;
    for _ in 0..MOST_ITEMS {
        let mut ahead = cursor;
        let comma = ahead.eat(",") || ahead.eat(";");
        let space = ahead.spaces();
        let word = ahead.eat_any(&["and", "or", "&", "through", "to"]) || ahead.eat("–");
        if !(word || comma && space) {
            return;
        }
        ahead.spaces();
        let start = ahead.at;
        let next = if ahead.peek() == Some('(') {
            let path = ahead.subdivisions();
            let deeper = path.matches('/').count() > last.subdivisions.matches('/').count();
            if path.is_empty() || deeper || !ends_item(ahead) {
                return;
            }
            let merged = merge(&last.subdivisions, &path);
            last.clone().section(last.section.clone(), merged)
        } else {
            if !plural {
                return;
            }
            let Some(number) = ahead.section_number() else { return };
            let subdivisions = ahead.subdivisions();
            if !ends_item(ahead) {
                return;
            }
            last.clone().section(format!("s{number}"), subdivisions)
        };
        out.push(Found { start, end: ahead.at, kind, rule, authority: next.clone() });
        last = next;
        cursor = ahead;
    }
}

/// Whether no capital letter follows, as in "§§ 1373 and 8 U.S.C.".
fn ends_item(mut cursor: Cursor<'_>) -> bool {
    cursor.spaces();
    !["U.S", "C.F", "USC", "CFR", "ILCS", "Ill."].iter().any(|code| cursor.rest().starts_with(code))
}

/// Puts `path` in the place of that level of `old` which is written alike: `/c/1/E` and `/3` give `/c/3`.
pub(super) fn merge(old: &str, path: &str) -> String {
    let sort = |part: &str| match part.bytes().next() {
        Some(b'0'..=b'9') => 0,
        Some(b'A'..=b'Z') => 1,
        _ => 2,
    };
    let first = path.split('/').nth(1).map(sort);
    let kept: Vec<&str> = old.split('/').skip(1).take_while(|part| Some(sort(part)) != first).collect();
    let head: String = kept.iter().flat_map(|part| ["/", part]).collect();
    head + path
}

/// "Section 1373(a) of" or "Section 1373," that ends before `at`: start, number, subdivisions.
pub(super) fn section_prefix(text: &str, at: usize) -> Option<(usize, &str, String)> {
    let mut end = back_spaces(text, at);
    if let Some((from, "of")) = back_word(text, end) {
        end = back_spaces(text, from);
    }
    end = text[..end].strip_suffix(',').map_or(end, str::len);
    let (from, word) = back_word(text, end)?;
    let mut cursor = Cursor::new(text, from);
    let number = cursor.section_number()?;
    let subdivisions = cursor.subdivisions();
    let (start, mark) = back_word(text, from)?;
    let marked = ["section", "sec.", "§", "sections"].iter().any(|m| mark.eq_ignore_ascii_case(m));
    (cursor.at == from + word.trim_end_matches(',').len() && marked).then_some((start, number, subdivisions))
}

/// "Section 752.053 of the Government Code", "section 908.103, Florida Statutes", "Section 5 of the … Act",
/// and bare sections.
pub(super) fn section(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, start);
    let Some(plural) = cursor.section_mark() else { return };
    if cursor.at < end {
        return;
    }
    let Some(number) = cursor.section_number() else { return };
    let subdivisions = cursor.subdivisions();
    if number == "287" && subdivisions.starts_with("/g") {
        return; // read from its own literal
    }
    cursor.et_seq();
    let authority =
        Authority::new(Scope::Earlier(Reference::Section), "").section(format!("s{number}"), subdivisions);
    let mut found =
        Found { start, end: cursor.at, kind: CitationKind::Statute, rule: "statute.bare", authority };
    if let Some((end, scope, base, rule)) = of_what(text, cursor) {
        (found.end, found.rule) = (end, rule);
        (found.authority.scope, found.authority.base) = (scope, base);
        out.push(found);
        return;
    }
    list(cursor, plural, found, out);
}

/// The code or act that a section is said to be of: end, scope, base, rule.
fn of_what(text: &str, cursor: Cursor<'_>) -> Option<(usize, Scope, String, &'static str)> {
    let mut ahead = cursor;
    ahead.eat(",");
    ahead.spaces();
    if ahead.eat_word("of") {
        ahead.spaces();
        ahead.eat_word("the");
        ahead.spaces();
    }
    if ahead.at == cursor.at {
        return None;
    }
    if let Some((end, scope, base)) = code::named(ahead) {
        return Some((end, scope, base, "statute.section_of_code"));
    }
    let (end, title) = act::title_at(ahead)?;
    let scope = names::act_scope(title);
    let _ = text;
    Some((end, scope, super::federal::act_base(title), "statute.section_of_act"))
}

/// "Chapter 27A of the Iowa Code", "Ch. 42.56 RCW", bare "Chapter 27A".
pub(super) fn chapter(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    if !cursor.spaces() {
        return;
    }
    let Some(number) = cursor.section_number() else { return };
    let mut found = Found {
        start,
        end: cursor.at,
        kind: CitationKind::Statute,
        rule: "statute.chapter",
        authority: Authority::new(Scope::Earlier(Reference::Section), "").section(format!("ch{number}"), ""),
    };
    let mut ahead = cursor;
    ahead.eat(",");
    ahead.spaces();
    ahead.eat_word("of");
    ahead.spaces();
    ahead.eat_word("the");
    ahead.spaces();
    if let Some((end, scope, base)) = code::named(ahead) {
        found.end = end;
        (found.authority.scope, found.authority.base) = (scope, base);
    } else if number.ends_with(|c: char| c.is_ascii_uppercase()) {
        found.authority.scope = Scope::State(None);
        "/code".clone_into(&mut found.authority.base);
    }
    out.push(found);
}
