//! Bare sections and chapters, and sections of something named after them.

use goldrule_schema::CitationKind;

use super::codes::Shape;
use super::cursor::{Cursor, back_spaces, back_word};
use super::lists::{Listed, first_of_range, list};
use super::{
    Authority, Found, Reference, Scope, act, code, codes, federal, immigration, local, names, spoken, subject,
};

pub(super) const SECTION: &[&str] =
    &["§§", "§", "Sections", "Section", "sections", "section", "Sec.", "sec.", "Secs.", "secs."];
pub(super) const CHAPTER: &[&str] = &["Chapter", "chapter", "Ch.", "ch."];

/// "Section 1373(a) of" or "Section 1373," that ends before `at`: start, number, subdivisions.
pub(super) fn section_prefix(text: &str, at: usize) -> Option<(usize, &str, String)> {
    let mut end = back_spaces(text, at);
    if let Some((from, "of")) = back_word(text, end) {
        end = back_spaces(text, from);
    }
    end = text[..end].strip_suffix(',').map_or(end, str::len);
    let (from, word) = back_word(text, end)?;
    let mut cursor = Cursor::new(text, from);
    let glued = cursor.eat("§");
    let number = cursor.section_number()?;
    let subdivisions = cursor.subdivisions();
    if cursor.at != from + word.trim_end_matches(',').len() {
        return None;
    }
    if glued {
        return Some((from, number, subdivisions));
    }
    let (start, mark) = back_word(text, from)?;
    let opened = mark.len() - mark.trim_start_matches(['(', '[', '"', '“', '*']).len();
    let mark = &mark[opened..];
    let marked =
        ["section", "sec.", "§", "sections", "§§", "s.", "ss."].iter().any(|m| mark.eq_ignore_ascii_case(m));
    marked.then_some((start + opened, number, subdivisions))
}

/// "Section 752.053 of the Government Code", "section 908.103, Florida Statutes", "Section 5 of the … Act",
/// "Sections 1373 and 1644 of title 8", and bare sections.
pub(super) fn section(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, start);
    let Some(plural) = cursor.section_mark() else { return };
    if cursor.at < end {
        return;
    }
    let Some(number) = cursor.section_number() else { return said(text, start, cursor, out) };
    let mut subdivisions = cursor.subdivisions();
    if number == "287" && ["/g", "/G"].iter().any(|g| subdivisions.starts_with(g)) {
        return; // read from its own literal
    }
    let delegated = number == "287" && subdivision_word(&mut cursor, &mut subdivisions);
    code::subdivision_words(&mut cursor, &mut subdivisions);
    let number = first_of_range(number, plural, true);
    cursor.et_seq();
    let authority =
        Authority::new(Scope::Earlier(Reference::Section), "").section(format!("s{number}"), subdivisions);
    let (kind, rule) = (CitationKind::Statute, "statute.bare");
    let from = out.len();
    list(cursor, Listed::of(Some(plural)), Found { start, end: cursor.at, kind, rule, authority }, out);
    let Some(last) = out.last().map(|found| found.end) else { return };
    if delegated && let Some(found) = out.last_mut() {
        found.rule = "statute.ina";
        (found.authority.scope, found.authority.base) = (Scope::Federal, immigration::BASE.to_owned());
    }
    let owner = of_what(text, start, Cursor::new(text, last))
        .or_else(|| titled(text, start, last))
        .or_else(|| added_to(start, Cursor::new(text, last)))
        .or_else(|| code_before(text, start, last));
    if let Some(owner) = owner {
        let found = out.get_mut(from..).unwrap_or_default();
        for found in found.iter_mut() {
            (found.rule, found.kind) = (owner.rule, owner.kind);
            (found.authority.scope, found.authority.base) = (owner.scope.clone(), owner.base.clone());
        }
        if let Some(found) = found.last_mut() {
            found.end = owner.end;
        }
        if let Some(found) = found.first_mut() {
            found.start = owner.start;
        }
    }
}

/// ", subsection g," after a section, as its subdivisions.
fn subdivision_word(cursor: &mut Cursor<'_>, path: &mut String) -> bool {
    let mut ahead = *cursor;
    ahead.eat(",");
    ahead.spaces();
    if !path.is_empty() || !ahead.eat_any(&["subsection", "subdivision", "paragraph", "subsec."]) {
        return false;
    }
    ahead.spaces();
    let mut found = ahead.subdivisions();
    if found.is_empty() {
        let name = ahead.take_while(char::is_alphanumeric);
        if name.len() != 1 {
            return false;
        }
        found = format!("/{}", name.to_lowercase());
    }
    *path = found;
    *cursor = ahead;
    true
}

/// "Section thirteen seventy-three", "title eight, section thirteen seventy-three".
fn said(text: &str, start: usize, mut cursor: Cursor<'_>, out: &mut Vec<Found>) {
    let Some(number) = spoken::number(&mut cursor).filter(|n| n.digits.len() >= 3) else { return };
    let (kind, rule) = (CitationKind::Statute, "statute.bare");
    let section = format!("s{}", number.digits);
    let title = spoken::title_of_section(text, start);
    let (start, authority) = match title {
        Some((at, title)) => (at, Authority::federal(format!("/usc/t{title}"))),
        None => (start, Authority::new(Scope::Earlier(Reference::Section), "")),
    };
    let authority = authority.section(section, cursor.subdivisions());
    out.push(Found { start, end: cursor.at, kind, rule, authority });
}

/// What sections are said to be of.
struct Owner {
    start: usize,
    end: usize,
    scope: Scope,
    base: String,
    kind: CitationKind,
    rule: &'static str,
}

/// Titles of the United States Code that texts on this subject name without it: "Title 8, Section 1373".
const TITLES: &[&str] = &["8", "18", "42"];

/// The code of the title right before a section.
fn titled(text: &str, start: usize, end: usize) -> Option<Owner> {
    let (at, title) = spoken::title_of_section(text, start).filter(|(_, t)| TITLES.contains(&t.as_str()))?;
    let (kind, rule) = (CitationKind::Statute, "statute.section_of_code");
    Some(Owner { start: at, end, scope: Scope::Federal, base: format!("/usc/t{title}"), kind, rule })
}

/// The municipal code to which sections are added, whose name is no part of them: "§§ 31-142 and 31-143 to the
/// City Code".
fn added_to(start: usize, cursor: Cursor<'_>) -> Option<Owner> {
    let mut ahead = cursor;
    if !(ahead.spaces() && ahead.eat_any(&["to", "from", "into"]) && ahead.spaces()) {
        return None;
    }
    ahead.eat_word("the");
    ahead.spaces();
    let (_, scope, base) = local::named(ahead)?;
    let kind = if base == "/regs" { CitationKind::Regulation } else { CitationKind::Ordinance };
    Some(Owner { start, end: cursor.at, scope, base, kind, rule: "ordinance.added_section" })
}

/// "Code § 19.2-83.2", as lawyers of a state with one code write.
fn code_before(text: &str, start: usize, end: usize) -> Option<Owner> {
    let (at, word) = back_word(text, start).filter(|(_, word)| *word == "Code" || *word == "(Code")?;
    let at = at + word.len() - "Code".len();
    let other = back_word(text, at).is_some_and(|(_, word)| {
        word.starts_with(char::is_uppercase)
            && !word.ends_with(['.', ',', '!', '?'])
            && !["See", "Under", "In"].contains(&word)
    });
    let number = Cursor::new(text, start);
    let parted = {
        let mut number = number;
        number.section_mark();
        number.section_number().is_some_and(|n| n.matches(['.', '-']).count() >= 2)
    };
    let (kind, rule) = (CitationKind::Statute, "statute.state_code");
    (parted && !other).then(|| Owner {
        start: at,
        end,
        scope: Scope::State(None),
        base: "/code".to_owned(),
        kind,
        rule,
    })
}

/// The code or act that a section is said to be of.
fn of_what(text: &str, start: usize, cursor: Cursor<'_>) -> Option<Owner> {
    let mut ahead = cursor;
    let comma = ahead.eat(",");
    ahead.spaces();
    let of = ahead.eat_word("of") || ahead.eat_word("in") || ahead.eat_word("under");
    if of {
        ahead.spaces();
        ahead.eat_any(&["the", "its", "their"]);
        ahead.spaces();
    }
    if ahead.at == cursor.at {
        return None;
    }
    let (kind, mut from) = (CitationKind::Statute, start);
    let own = |end, scope, base, kind, rule, start| Some(Owner { start, end, scope, base, kind, rule });
    if let Some((end, code)) = codes::at(ahead) {
        // "Code Section 42-1-11.5 of the Official Code of Georgia"
        if let Some((at, "Code")) = back_word(text, start) {
            from = at;
        }
        let mut base = code.base().to_owned();
        match code.shape {
            Shape::Title => {
                if let Some((at, title)) = code::title_number(text, start) {
                    from = at;
                    base = format!("{base}/t{title}");
                }
            }
            Shape::Chapter => return None,
            _ => {}
        }
        return own(end, Scope::State(code.state), base, code.kind, "statute.section_of_code", from);
    }
    if let Some((end, base, kind)) = federal::code_at(ahead)
        && let Some((at, title)) = code::title_number(text, start)
    {
        let base = format!("{base}{title}");
        return own(end, Scope::Federal, base, kind, "statute.section_of_code", at);
    }
    if let Some((end, base)) = act::initials_at(ahead) {
        return own(end, Scope::Federal, base.to_owned(), kind, "statute.section_of_act", start);
    }
    if let Some(end) = immigration::act_at(ahead) {
        return own(end, Scope::Federal, immigration::BASE.to_owned(), kind, "statute.ina", start);
    }
    if let Some((end, base, kind)) = federal::title_of(ahead) {
        return own(end, Scope::Federal, base, kind, "statute.section_of_code", start);
    }
    if let Some((end, scope, base)) = local::named(ahead) {
        let kind = if base == "/regs" { CitationKind::Regulation } else { CitationKind::Ordinance };
        return own(end, scope, base, kind, "ordinance.section_of_code", start);
    }
    if let Some((end, scope, base)) = subject::named(ahead) {
        return own(end, scope, base, kind, "statute.section_of_code", start);
    }
    let title = if of || comma { act::title_at(ahead) } else { None };
    // "Section 6 of Public Act 19-20" is read with the act's number.
    let numbered = |end: &usize| {
        let mut after = Cursor::new(text, *end);
        after.spaces() && after.peek().is_some_and(|c| c.is_ascii_digit())
    };
    let (end, title) = title.filter(|(end, _)| !numbered(end))?;
    let title_from = ahead.at;
    let owned = title.find("'s ").map_or(0, |i| i + 3).max(title.find("’s ").map_or(0, |i| i + "’s ".len()));
    let (scope, base) = act::authority_of(text, title_from + owned, &title[owned..]);
    own(end, scope, base, kind, "statute.section_of_act", start)
}

/// "of Division 7 of Title 1 " after a chapter of California.
fn divisions_after(cursor: &mut Cursor<'_>) {
    for _ in 0..3 {
        let mut ahead = *cursor;
        if !(ahead.eat_any(&["of", "to", "in"])
            && ahead.spaces()
            && ahead.eat_any(&["Division", "Title", "Part"]))
        {
            return;
        }
        ahead.spaces();
        if ahead.section_number().is_none() {
            return;
        }
        ahead.eat(",");
        ahead.spaces();
        *cursor = ahead;
    }
}

/// Whether a chapter is said to be of a manual: "Chapter 41.6.1 of the department's operations manual".
fn of_manual(mut cursor: Cursor<'_>) -> bool {
    cursor.spaces() && cursor.eat_word("of") && {
        let clause = cursor.rest().split(['.', ',', ';', '\n']).next().unwrap_or("");
        ["manual", "Manual", "regulations manual"]
            .iter()
            .any(|word| clause.get(..70).unwrap_or(clause).contains(word))
    }
}

/// "Chapter 27A of the Iowa Code", "Ch. 42.56 RCW", bare "Chapter 27A".
pub(super) fn chapter(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    if !cursor.spaces() {
        return;
    }
    let Some(number) = cursor.section_number() else { return };
    if number.matches('.').count() == 2 && of_manual(cursor) {
        let authority = Authority::new(Scope::Place(None, None), format!("/policy/{number}"));
        let (kind, rule) = (CitationKind::Policy, "policy.chapter");
        return out.push(Found { start, end: cursor.at, kind, rule, authority });
    }
    let mut found = Found {
        start,
        end: cursor.at,
        kind: CitationKind::Statute,
        rule: "statute.chapter",
        authority: Authority::new(Scope::Earlier(Reference::Section), "").section(format!("ch{number}"), ""),
    };
    let mut ahead = cursor;
    // "chapter 276, section 20A, of the General Laws"
    ahead.eat(",");
    ahead.spaces();
    let mut section = ahead;
    let section = (section.section_mark() == Some(false))
        .then(|| Some((section.section_number()?, section.subdivisions(), section)))
        .flatten();
    if let Some((.., after)) = &section {
        ahead = *after;
        ahead.eat(",");
        ahead.spaces();
    }
    divisions_after(&mut ahead);
    ahead.eat_word("of");
    ahead.spaces();
    ahead.eat_word("the");
    ahead.spaces();
    let state = names::state_starting(ahead.rest());
    let named = codes::at(ahead)
        .map(|(end, code)| (end, Scope::State(code.state), code.base().to_owned(), code.shape))
        .or_else(|| subject::named(ahead).map(|(end, scope, base)| (end, scope, base, Shape::Plain)));
    // "Chapter 716 of the Public Acts of 2024"
    let mut acts = ahead;
    if section.is_none()
        && acts.eat("Public Acts of ")
        && let Some(year) = acts.digits(4).filter(|year| year.len() == 4)
    {
        let authority = Authority::new(Scope::State(None), format!("/laws/{year}/ch{number}"));
        let (kind, rule) = (CitationKind::SessionLaw, "session_law.state");
        return out.push(Found { start, end: acts.at, kind, rule, authority });
    }
    let local = local::named(ahead).filter(|_| named.is_none() && section.is_none());
    if let Some((_, _, base)) = &local {
        found.kind = if base == "/regs" { CitationKind::Regulation } else { CitationKind::Ordinance };
    }
    let named = named.or(local.map(|(end, scope, base)| (end, scope, base, Shape::Plain)));
    if let Some((end, scope, base, shape)) = named {
        found.end = end;
        (found.authority.scope, found.authority.base) = (scope, base);
        if let Some((section, subdivisions, _)) = section {
            if shape != Shape::Chapter {
                return; // a section is read from its own literal
            }
            found.authority.base = format!("/code/ch{number}");
            found.authority = found.authority.section(format!("s{section}"), subdivisions);
        }
    } else if section.is_none() && number.ends_with(|c: char| c.is_ascii_uppercase()) && state.is_none() {
        found.authority.scope = Scope::State(None);
        "/code".clone_into(&mut found.authority.base);
    }
    out.push(found);
}
