//! What is cited by volume, name and page: case reports, databases, journals, registers, session laws.
//!
//! A number, a capital and another number is the only anchor that thousands of abbreviations share, so this
//! family has a scan of its own; the table decides whether the words between are one of them.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_digits, before};
use super::table::{Key, VOLUMES};
use super::{Authority, Found, Scope, court, secondary};
use crate::State;

/// What sort of publication stands between volume and page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sort {
    Case,
    Neutral,
    Database,
    Session,
    Register,
    Statutes,
    Secondary,
}

#[derive(Clone, Copy)]
struct Publication {
    slug: &'static str,
    /// The spelling itself.
    key: Key,
    sort: Sort,
    scope: &'static str,
    weak: bool,
}

fn publication(key: &str) -> Option<Publication> {
    let mut columns = VOLUMES.get(key)?;
    let (slug, sort, scope) = (columns.next()?, columns.next()?, columns.next()?);
    let sort = match sort {
        "case" => Sort::Case,
        "neutral" => Sort::Neutral,
        "wl" | "lexis" => Sort::Database,
        "session" => Sort::Session,
        "register" => Sort::Register,
        "stat" => Sort::Statutes,
        _ => Sort::Secondary,
    };
    Some(Publication { slug, key: Key::new(), sort, scope, weak: columns.next() == Some("weak") })
}

/// A report and what belongs to it.
pub(super) struct Report {
    pub(super) end: usize,
    pub(super) authority: Authority,
    pub(super) kind: CitationKind,
    pub(super) rule: &'static str,
    /// Whether it only points into a report given before: "567 U.S. at 400".
    pub(super) short: bool,
    /// Whether the words alone show it: a pinpoint, a bracket with a year, an unmistakable name.
    sure: bool,
}

/// Looks at every number that a space and a capital follow.
pub(super) fn scan(text: &str, out: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let mut free_from = 0;
    for (i, window) in bytes.windows(3).enumerate() {
        let [digit, gap, next] = window else { continue };
        let shaped = digit.is_ascii_digit()
            && (matches!(gap, b' ' | b'\n' | b'-') && next.is_ascii_uppercase() || *gap == 0xC2);
        if !shaped || i < free_from {
            continue;
        }
        let Some((start, _)) = back_digits(text, i + 1, 4) else { continue };
        let report = at(Cursor::new(text, start));
        let Some(report) = report.filter(|report| report.sure || is_alone(text, start, report)) else {
            continue;
        };
        free_from = report.end;
        let journal = report.kind == CitationKind::Secondary;
        let named = if journal { secondary::author_and_title(text, start) } else { None };
        out.push(Found {
            start: named.unwrap_or(start),
            end: report.end,
            kind: report.kind,
            rule: report.rule,
            authority: report.authority,
        });
    }
}

/// Whether a report stands in a line or a cell of its own under the caption of an opinion.
fn is_alone(text: &str, start: usize, report: &Report) -> bool {
    let before = text[..start].trim_end_matches([' ', '*', '|']);
    let behind = text[report.end..].trim_start_matches([' ', '*']);
    let above = before.trim_end().rsplit('\n').next().unwrap_or("");
    let caption = above.len() < 200 && [" v. ", " vs. ", "In re "].iter().any(|mark| above.contains(mark));
    report.kind == CitationKind::Case
        && caption
        && report.end - start >= "47 Mass. 51".len()
        && before.ends_with('\n')
        && (behind.is_empty() || behind.starts_with(['\n', '\r', '|']))
}

/// Reads a report that begins with its volume at the cursor.
pub(super) fn at(mut cursor: Cursor<'_>) -> Option<Report> {
    let volume = volume(&mut cursor)?;
    let hyphens = cursor.eat("-");
    if !hyphens && !cursor.spaces() {
        return None;
    }
    let (mut cursor, found) = named(cursor, hyphens)?;
    let year = volume.len() == 4 && (volume.starts_with("19") || volume.starts_with("20"));
    let dated = matches!(found.sort, Sort::Neutral | Sort::Database | Sort::Session);
    // A reporter of a state that also numbers its decisions by year: "2017 Ark. 12".
    let renumbered = found.sort == Sort::Case && year && found.scope.len() == 2 && found.scope != "us";
    if hyphens && !(year && (dated || renumbered)) || year != (dated || renumbered) {
        return None;
    }
    let sort = if renumbered { Sort::Neutral } else { found.sort };
    let scope = match found.scope {
        "us" => Scope::Federal,
        "?" => Scope::State(None),
        code => Scope::State(State::from_code(code)),
    };
    let slug = &found.key.as_str().to_ascii_lowercase();
    nominative(&mut cursor);
    if sort == Sort::Case && cursor.eat_word("at") {
        cursor.spaces();
        if !page_after_at(&mut cursor) {
            return None;
        }
        let authority = Authority::new(scope, format!("/case/{slug}/{volume}/"));
        // A weak name stays only where its full citation stood before.
        let rule = if found.weak && slug != "us" { "case.short_report_weak" } else { "case.short_report" };
        let kind = CitationKind::Case;
        return Some(Report { end: cursor.at, authority, kind, rule, short: true, sure: true });
    }
    let page = page(&mut cursor)?;
    let after_page = cursor.at;
    if matches!(sort, Sort::Statutes) {
        dash_page(&mut cursor);
    }
    let marked = pinpoints(&mut cursor) | slip(&mut cursor);
    let bracket = cursor.year_bracket();
    let (base, kind, rule) = match sort {
        Sort::Case => (format!("/case/{slug}/{volume}/{page}"), CitationKind::Case, "case.report"),
        Sort::Neutral => (format!("/case/{slug}/{volume}/{page}"), CitationKind::Case, "case.neutral"),
        Sort::Database => (format!("/case/{slug}/{volume}/{page}"), CitationKind::Case, "case.database"),
        Sort::Session => (session_base(slug, volume, &page), CitationKind::SessionLaw, "session_law.page"),
        Sort::Register if scope == Scope::Federal => {
            (format!("/fr/{volume}/{page}"), CitationKind::Regulation, "regulation.register")
        }
        Sort::Register => {
            (format!("/register/{volume}/{page}"), CitationKind::Regulation, "regulation.register")
        }
        Sort::Statutes => (format!("/stat/{volume}/{page}"), CitationKind::SessionLaw, "session_law.stat"),
        Sort::Secondary => (String::new(), CitationKind::Secondary, "secondary.volume"),
    };
    let mut authority = if base.is_empty() { Authority::none() } else { Authority::new(scope, base) };
    if let Some(court) = bracket
        && authority.scope == Scope::State(None)
    {
        authority.scope = court::scope(court).unwrap_or(Scope::State(None));
    }
    let sure = match sort {
        Sort::Secondary => {
            bracket.is_some()
                || ["lrev", "lj", "lq", "polyrev", "opolc"].iter().any(|end| slug.ends_with(end))
        }
        Sort::Register if found.weak => volume.len() >= 2 && page.len() >= 4,
        Sort::Neutral => {
            !found.weak && !renumbered || marked || bracket.is_some() || found.slug.len() > 2 && !renumbered
        }
        Sort::Statutes => !cited_words_follow(cursor),
        Sort::Database => true,
        _ if slug == "us" => marked || bracket.is_some() || volume.len() > 1 && !cited_words_follow(cursor),
        _ if parallel(Cursor::new(cursor.text, after_page)) => true,
        _ => !found.weak || bracket.is_some() || marked && volume.len() > 1 && after_page != cursor.at,
    };
    Some(Report { end: cursor.at, authority, kind, rule, short: false, sure })
}

/// Whether another report of the same decision follows: "399 Mont. 254, 460 P.3d 867".
fn parallel(mut cursor: Cursor<'_>) -> bool {
    cursor.eat(",")
        && cursor.spaces()
        && volume(&mut cursor).is_some()
        && cursor.spaces()
        && named(cursor, false).is_some_and(|(_, found)| found.sort == Sort::Case && !found.weak)
}

/// Collections of acts are cited by the act's number, others by page.
fn session_base(slug: &str, year: &str, number: &str) -> String {
    if slug.ends_with("acts") || slug.ends_with("actsresolves") {
        format!("/act/{year}/{number}")
    } else {
        format!("/laws/{year}/p{number}")
    }
}

/// Where the parts of a report end, in bytes of the text.
pub(super) struct Parts {
    pub(super) volume: usize,
    pub(super) name: usize,
    pub(super) page: usize,
    /// Whether a pinpoint stands in the place of the page.
    pub(super) short: bool,
}

/// The parts of the report that begins with its volume at the cursor.
pub(super) fn parts(mut cursor: Cursor<'_>) -> Option<Parts> {
    volume(&mut cursor)?;
    let volume = cursor.at;
    let hyphens = cursor.eat("-");
    if !hyphens && !cursor.spaces() {
        return None;
    }
    let (mut cursor, _) = named(cursor, hyphens)?;
    let name = cursor.at;
    nominative(&mut cursor);
    if cursor.eat_word("at") {
        return Some(Parts { volume, name: cursor.at - "at".len(), page: cursor.at, short: true });
    }
    page(&mut cursor)?;
    dash_page(&mut cursor);
    Some(Parts { volume, name, page: cursor.at, short: false })
}

/// A volume of up to four digits, no part of a longer number.
fn volume<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let from = cursor.at;
    let digits = cursor.take_while(|c| c.is_ascii_digit());
    let joined =
        before(cursor.text, from).is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '$' | '/'));
    ((1..=4).contains(&digits.len()) && !joined && !digits.starts_with('0')).then_some(digits)
}

/// The longest known name that a page, "at" or a bracket follows: where it ends, and what it is.
fn named(cursor: Cursor<'_>, hyphens: bool) -> Option<(Cursor<'_>, Publication)> {
    let mut key = Key::new();
    let mut ahead = cursor;
    let mut best = None;
    for _ in 0..7 {
        let word = ahead.take_while(|c| {
            c.is_ascii_alphanumeric() || matches!(c, '.' | '\'' | '’' | '&') || !hyphens && c == '-'
        });
        let word = if word.is_empty() { bracketed_ordinal(&mut ahead).unwrap_or("") } else { word };
        if word.is_empty() || !key.push(word) {
            break;
        }
        let mut next = ahead;
        if next.eat(",") {
            // "575 U.S., at 357"
            if let Some(found) = publication(key.as_str()).filter(|_| next.rest().starts_with(" at ")) {
                next.spaces();
                best = Some((next, Publication { key, ..found }));
            }
            break;
        }
        let gap = if hyphens { next.eat("-") } else { next.spaces() };
        if !gap {
            break;
        }
        let page = next.peek().is_some_and(|c| c.is_ascii_digit());
        let pointed = page
            || next.rest().starts_with("at ")
            || next.rest().starts_with("at\u{a0}")
            || next.rest().starts_with('(');
        if pointed && let Some(found) = publication(key.as_str()) {
            best = Some((next, Publication { key, ..found }));
        }
        ahead = next;
    }
    best
}

/// "(1st)" inside "IL App (1st)".
fn bracketed_ordinal<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let rest = cursor.rest();
    let end = rest.bytes().take(6).position(|b| b == b')')?;
    let word =
        rest.get(..=end).filter(|word| word.starts_with('(') && word.as_bytes()[1].is_ascii_digit())?;
    cursor.at += word.len();
    Some(word)
}

/// "(1 Cranch)" between reporter and page, where early volumes name their editor.
fn nominative(cursor: &mut Cursor<'_>) {
    let rest = cursor.rest();
    let Some(inner) = rest.strip_prefix('(').filter(|r| r.starts_with(|c: char| c.is_ascii_digit())) else {
        return;
    };
    let Some(end) = inner.bytes().take(24).position(|b| b == b')') else { return };
    let mut ahead = *cursor;
    ahead.at += end + 2;
    if ahead.spaces() {
        *cursor = ahead;
    }
}

/// A page in digits, with or without commas between thousands.
fn page(cursor: &mut Cursor<'_>) -> Option<String> {
    let rest = cursor.rest();
    let plain = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = plain;
    while (1..=3).contains(&plain)
        && rest.as_bytes().get(end) == Some(&b',')
        && rest.as_bytes().get(end + 1..end + 4).is_some_and(|three| three.iter().all(u8::is_ascii_digit))
        && !rest.as_bytes().get(end + 4).is_some_and(u8::is_ascii_digit)
    {
        end += 4;
    }
    let digits: String = rest.get(..end)?.chars().filter(char::is_ascii_digit).collect();
    // "2021 COA 148M": an opinion that was modified.
    let modified =
        rest.get(end..)?.strip_prefix('M').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let joined = !modified && rest.get(end..)?.starts_with(|c: char| c.is_alphanumeric() || c == '%');
    let fraction =
        rest.get(end..)?.starts_with('.') && rest.as_bytes().get(end + 1).is_some_and(u8::is_ascii_digit);
    if digits.is_empty() || digits.len() > 8 || joined || fraction {
        return None;
    }
    cursor.at += end + usize::from(modified);
    Some(digits)
}

/// "640", "*4", "p. 1331", "592–93", "529 n.21" after "at".
pub(super) fn page_after_at(cursor: &mut Cursor<'_>) -> bool {
    cursor.eat_any(&["pp.", "p."]);
    cursor.spaces();
    cursor.eat("*");
    if cursor.section_number().is_none() {
        return false;
    }
    page_tail(cursor);
    true
}

/// The end of a range of pages and a note on the page.
fn page_tail(cursor: &mut Cursor<'_>) {
    dash_page(cursor);
    let mut note = *cursor;
    note.eat(",");
    note.spaces();
    if note.eat("nn.") || note.eat("n.") || note.eat("& n.") || note.eat("fn.") {
        note.spaces();
        if note.section_number().is_some() {
            *cursor = note;
        }
    }
}

/// "-45" or "–45" after a page.
fn dash_page(cursor: &mut Cursor<'_>) {
    let mut ahead = *cursor;
    if (ahead.eat("–") || ahead.eat("-")) && ahead.section_number().is_some() {
        *cursor = ahead;
    }
}

/// ", slip op. at 4".
fn slip(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.eat(",");
    ahead.spaces();
    if !ahead.eat("slip op.") {
        return false;
    }
    *cursor = ahead;
    ahead.spaces();
    if ahead.eat_word("at") && ahead.spaces() && ahead.section_number().is_some() {
        *cursor = ahead;
    }
    true
}

/// ", 640-45", ", 400 n.3", ", ¶ 12": pages inside the report, but not the volume of the next report.
pub(super) fn pinpoints(cursor: &mut Cursor<'_>) -> bool {
    let mut any = false;
    for _ in 0..4 {
        let mut ahead = *cursor;
        let comma = ahead.eat(",");
        if !(ahead.spaces()
            && (comma || ahead.rest().starts_with(['¶', '*']) || ahead.rest().starts_with("at ")))
        {
            return any;
        }
        if !comma && ahead.eat("and ") {
            ahead.spaces();
        }
        ahead.eat_word("at");
        ahead.spaces();
        let sign = ahead.eat("*") | ahead.eat("¶") | ahead.eat("¶");
        ahead.spaces();
        if ahead.section_number().is_none() {
            return any;
        }
        page_tail(&mut ahead);
        let mut next = ahead;
        next.spaces();
        if !sign && next.peek().is_some_and(char::is_alphabetic) {
            return any;
        }
        *cursor = ahead;
        any = true;
    }
    any
}

/// Whether a small word goes on, as in "12 U.S. 40 dollars" but not in "567 U.S. 387 held".
fn cited_words_follow(mut cursor: Cursor<'_>) -> bool {
    cursor.spaces() && {
        let word = cursor.take_while(char::is_alphabetic);
        word.ends_with('s')
            && word.starts_with(char::is_lowercase)
            && !["was", "is", "has", "as"].contains(&word)
    }
}
