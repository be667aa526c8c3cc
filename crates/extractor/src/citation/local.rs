//! Law of places: ordinances, resolutions, municipal codes.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, FIRM_HYPHEN, back_word};
use super::lists::{Listed, first_of_range, list};
use super::names::state_starting;
use super::towns::{city_before, known_city, known_state, owner_city, place_before, place_name};
use super::{Authority, Found, MOST_ITEMS, Scope, slug};
use crate::State;

pub(super) const ORDINANCE: &[&str] = &[
    "Ordinance",
    "ordinance",
    "Ord.",
    "Resolution",
    "resolution",
    "Bylaw",
    "By-Law",
    "By-law",
    "Res. No.",
    "Res.",
    "Ordinances",
    "Ord. No.",
    "Resolutions",
];
pub(super) const MUNICIPAL_CODE: &[&str] = &[
    "Mun. Code",
    "Municipal Code",
    "municipal code",
    "city code",
    "county code",
    "code of ordinances",
    "City Code",
    "County Code",
    "Code of Ordinances",
    "Admin. Code",
    "Admin. Cd.",
    "Administrative Code",
    "Metro Code",
    "Town Code",
    "Village Code",
    "Charter",
    "Rev. Mun. Code",
    "Code of the City",
    "Municipal Code of",
    "Mun. Code of",
    "Metropolitan Code",
    "Metropolitan Code of Laws",
    "Metro Code of Laws",
    "Police Code",
    "Ordinance Code",
    "Code of Ord.",
    "Borough Code",
    "Code Ordinances",
    "Cnty. Code",
    "Unified Code",
    "Township Code",
    "Parish Code",
    "Code of the Township",
    "Code of the County",
    "Code of the Town",
    "Code of the Borough",
    "Code of the Village",
    "City Codes",
    "Admin Code",
    "Revised Ordinances",
    "administrative code",
];
const KIND: CitationKind = CitationKind::Ordinance;

/// "Ordinance No. 188441", "Resolution 2025-17", "Welcoming City Ordinance".
pub(super) fn ordinance(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let written = &text[start..end];
    let sort = if written.to_ascii_lowercase().starts_with('r') { "resolution" } else { "ordinance" };
    let mut cursor = Cursor::new(text, end);
    let plural = written.ends_with('s');
    // "Cook County, Ill., Ordinance § 46-37" is of the code.
    if written.starts_with("Ordinance") && text[end..].trim_start().starts_with('§') {
        return municipal_code(text, start, end, out);
    }
    cursor.eat(",");
    cursor.spaces();
    let marked = cursor.number_mark() || written.ends_with("No.");
    cursor.spaces();
    let capital = written.starts_with(char::is_uppercase);
    // Measures of two chambers are bills, and their words come before.
    let chamber = back_word(text, start).is_some_and(|(_, w)| {
        ["House", "Senate", "Joint", "Concurrent", "Assembly", "Legislative"].contains(&w)
    });
    let number = cursor.lettered_or_plain().filter(|n| !chamber && fits(n, marked, capital, cursor));
    if let Some(number) = number {
        let number = &thousands(&mut cursor, number, marked);
        cursor.eat(" C.M.S.");
        let mut after = cursor;
        let behind = place_after(&mut after, "").filter(|_| after.text[cursor.at..].starts_with(" of the "));
        let place = behind.map(|(_, place)| place).or_else(|| city_before(text, start).1.filter(|_| capital));
        let place = place.or_else(|| owner_city(text, start).map(|(_, place)| place));
        let state = place.as_deref().and_then(known_state);
        let new = |number: &str| {
            let path = format!("/{sort}/{}", number.to_ascii_lowercase());
            Authority::new(Scope::Place(state, place.clone()), path)
        };
        // "Ord. No. 1304-2017, § 1"
        let mut within = cursor;
        within.eat(",");
        within.spaces();
        if !plural
            && within.rest().starts_with('§')
            && within.section_mark() == Some(false)
            && let Some(section) = within.section_number()
        {
            let authority = new(number).section(format!("s{section}"), "");
            return out.push(Found {
                start,
                end: within.at,
                kind: KIND,
                rule: "ordinance.number",
                authority,
            });
        }
        out.push(Found {
            start,
            end: cursor.at,
            kind: KIND,
            rule: "ordinance.number",
            authority: new(number),
        });
        for _ in 0..if plural { MOST_ITEMS } else { 0 } {
            cursor.eat(",");
            cursor.spaces();
            cursor.eat_any(&["and", "or", "&"]);
            cursor.spaces();
            let start = cursor.at;
            let Some(number) = cursor.section_number() else { return };
            out.push(Found {
                start,
                end: cursor.at,
                kind: KIND,
                rule: "ordinance.number",
                authority: new(number),
            });
        }
    } else if written == "ordinance" {
        quoted_title(text, start, out);
    } else if capital && sort == "ordinance" && written.ends_with(['e', 'E', 'w']) {
        let Some(from) = named_ordinance(text, start) else { return };
        let name = slug(&text[from..end]);
        let authority = Authority::new(Scope::Place(None, None), format!("/ordinance/{name}"));
        out.push(Found { start: from, end, kind: KIND, rule: "ordinance.name", authority });
    }
}

/// "“City and County of Refuge” ordinance": a title of several words in quotation marks.
fn quoted_title(text: &str, start: usize, out: &mut Vec<Found>) {
    let Some(head) = text[..start].trim_end().strip_suffix(['”', '"']) else { return };
    let low = (0..=head.len().saturating_sub(64)).rev().find(|at| head.is_char_boundary(*at)).unwrap_or(0);
    let Some(from) = head[low..].rfind(['“', '"']) else { return };
    let from = low + from;
    let from = from + if head[from..].starts_with('“') { '“'.len_utf8() } else { 1 };
    let title = head[from..].trim_end_matches(',');
    let mut words = title.split(' ');
    let small = ["and", "of", "the", "for", "to", "in"];
    let capital = words.clone().count() >= 2
        && title.len() <= 60
        && words.all(|word| word.starts_with(char::is_uppercase) || small.contains(&word));
    if capital {
        let authority = Authority::new(Scope::Place(None, None), format!("/ordinance/{}", slug(title)));
        out.push(Found {
            start: from,
            end: from + title.len(),
            kind: KIND,
            rule: "ordinance.name",
            authority,
        });
    }
}

/// Laws of cities that call them so.
pub(super) const LOCAL_LAW: &[&str] = &["Local Law", "Local Laws", "local law"];

/// "Local Law 58 of 2014", "Local Law No. 4-2017".
pub(super) fn local_law(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    if !cursor.spaces() {
        return;
    }
    let marked = cursor.number_mark();
    cursor.spaces();
    let Some(number) = cursor.section_number() else { return };
    let mut ahead = cursor;
    let of = ahead.spaces() && (ahead.eat("for the year ") || ahead.eat_word("of") && ahead.spaces());
    let year = ahead.digits(4).filter(|year| of && year.len() == 4);
    if year.is_some() {
        cursor = ahead;
    }
    let city = || super::bill::near(text, start, cursor.at, &["New York", "NYC", "City Council", "Rikers"]);
    let small = text[start..].starts_with('l');
    if small && !marked {
        return;
    }
    if !(marked || year.is_some() || number.contains('-') || number.len() >= 2 && city()) {
        return;
    }
    let year = year.map(|year| format!("{year}/")).unwrap_or_default();
    let authority = Authority::new(Scope::Place(None, None), format!("/ordinance/{year}{number}"));
    out.push(Found { start, end: cursor.at, kind: KIND, rule: "ordinance.local_law", authority });
}

/// A number such as "71,777" in one.
fn thousands(cursor: &mut Cursor<'_>, number: &str, marked: bool) -> String {
    let rest = cursor.rest();
    let tail =
        rest.get(..4).filter(|tail| tail.starts_with(',') && tail[1..].bytes().all(|b| b.is_ascii_digit()));
    match tail {
        Some(tail) if marked && number.len() <= 3 && !rest[4..].starts_with(char::is_alphanumeric) => {
            cursor.at += tail.len();
            format!("{number}{}", &tail[1..])
        }
        _ => number.to_owned(),
    }
}

/// Whether a number is an ordinance's: not a count, not a year that stands alone.
fn fits(number: &str, marked: bool, capital: bool, mut after: Cursor<'_>) -> bool {
    let parted = number.contains(['-', '.', FIRM_HYPHEN]);
    let year = number.len() == 4 && (number.starts_with("20") || number.starts_with("19")) && !marked;
    let counted = after.spaces() && {
        let word = after.take_while(char::is_alphabetic);
        ["to", "votes", "by", "people", "percent", "days", "times"].contains(&word)
    };
    // "ordinance 11-O-73", but no "resolution 4-3"
    let shaped =
        number.contains('-') && number.bytes().filter(u8::is_ascii_digit).count() >= 4 && number.len() >= 6;
    (marked || (capital || shaped) && number.len() > 1 && !counted) && !year && (parted || number.len() <= 7)
}

/// Where a title of at least two capitalised words before "Ordinance" begins.
fn named_ordinance(text: &str, at: usize) -> Option<usize> {
    let mut from = at;
    let mut words = 0;
    while words < 6 {
        let Some((start, word)) = back_word(text, from) else { break };
        let opened = word.len() - word.trim_start_matches(['(', '"', '“', '[']).len();
        let (start, word) = (start + opened, &word[opened..]);
        let skip = [
            "The", "This", "An", "A", "Our", "Their", "Under", "See", "In", "Its", "By", "That", "Each",
            "Any",
        ];
        let plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'));
        let owner = word.ends_with("'s") || word.ends_with("’s");
        if !plain || !word.starts_with(char::is_uppercase) || skip.contains(&word) || owner {
            break;
        }
        (from, words) = (start, words + 1);
        if opened > 0 {
            break;
        }
    }
    let generic =
        ["City Ordinance", "County Ordinance", "Emergency Ordinance", "Town Ordinance", "Zoning Ordinance"];
    let named = text.get(from..at).map_or("", str::trim_end);
    (words >= 2 && !generic.iter().any(|g| g.trim_end_matches(" Ordinance") == named)).then_some(from)
}

/// "Port Ansgar Mun. Code 2.84.030(B)", "Municipal Code § 2-173", "Chi., Ill., Mun. Code ch. 2-173",
/// "Municipal Code of Chicago § 2-173-020".
pub(super) fn municipal_code(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let after = place_after(&mut cursor, &text[start..end]);
    let Some((head, number, mark)) = numbered(&mut cursor) else { return };
    let subdivisions = cursor.subdivisions();
    cursor.et_seq();
    let (from, mut state, mut place) = place_before(text, start);
    if let Some((found, name)) = after {
        (state, place) = (found.or(state), Some(name));
    }
    let county =
        (text[start..end].starts_with("County") || text[start..end].starts_with("Cnty")) && place.is_some();
    let place = place.map(|place| if county { format!("{place}-county") } else { place });
    if state.is_some() && place.is_none() {
        return state_code(text, (from, state, cursor), (start, end), (head, number, &subdivisions), out);
    }
    let state = state.or_else(|| place.as_deref().and_then(known_state));
    let number = first_of_range(number, mark == Some(true), false);
    let authority =
        Authority::new(Scope::Place(state, place), "/code").section(format!("{head}{number}"), subdivisions);
    let rule = "ordinance.code";
    list(cursor, Listed::of(mark), Found { start: from, end: cursor.at, kind: KIND, rule, authority }, out);
}

/// "Florida Administrative Code" and the like, where the state stands right before, is regulation of the state.
fn state_code(
    text: &str,
    (from, state, cursor): (usize, Option<State>, Cursor<'_>),
    (start, end): (usize, usize),
    (head, number, subdivisions): (&str, &str, &str),
    out: &mut Vec<Found>,
) {
    if !text[start..end].starts_with("Admin") {
        return;
    }
    let authority =
        Authority::new(Scope::State(state), "/regs").section(format!("{head}{number}"), subdivisions);
    let (kind, rule) = (CitationKind::Regulation, "regulation.state");
    out.push(Found { start: from, end: cursor.at, kind, rule, authority });
}

/// " of Chicago", " of the City of Phoenix", ", City of Tempe" after the words for a code.
fn place_after(cursor: &mut Cursor<'_>, written: &str) -> Option<(Option<State>, String)> {
    let mut ahead = *cursor;
    if !written.ends_with(" of") {
        ahead.eat(",");
        ahead.spaces();
        if !ahead.eat_word("of") && !ahead.rest().starts_with("City of") {
            return None;
        }
    }
    ahead.spaces();
    ahead.eat("the ");
    ahead.eat("City of ");
    ahead.eat("Town of ");
    let from = ahead.at;
    let mut end = from;
    for _ in 0..3 {
        let word = ahead.take_while(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        if !word.starts_with(char::is_uppercase) || ["Section", "Chapter", "Title"].contains(&word) {
            break;
        }
        end = ahead.at;
        if !ahead.spaces() {
            break;
        }
    }
    if end == from {
        return None;
    }
    cursor.at = end;
    let name = cursor.text[from..end].trim_end_matches('.');
    let name = slug(name);
    Some((known_state(&name), name))
}

/// ", § 2-173", " ch. 12H", " 4.18.015", " Section 41.18": `s` or `ch`, the number, the mark.
pub(super) fn numbered<'t>(cursor: &mut Cursor<'t>) -> Option<(&'static str, &'t str, Option<bool>)> {
    cursor.eat_any(&[" (“Code”)", " (\"Code\")", " (the “Code”)"]);
    cursor.eat(",");
    cursor.spaces();
    let mark = cursor.section_mark();
    let chapter = mark.is_none()
        && cursor.eat_any(&[
            "ch.", "chapter", "title", "tit.", "art.", "article", "chap.", "chs.", "div.", "part",
        ]);
    cursor.spaces();
    let number = cursor.section_number()?;
    if mark.is_none() && !chapter && !number.contains(['.', '-']) {
        return None;
    }
    let inner = if chapter { inner_number(cursor) } else { None };
    Some(inner.unwrap_or((if chapter { "ch" } else { "s" }, number, mark)))
}

/// ", Chapter 19" or ", § 59-7" after a title or an article: what is cited then.
fn inner_number<'t>(cursor: &mut Cursor<'t>) -> Option<(&'static str, &'t str, Option<bool>)> {
    let mut ahead = *cursor;
    if !(ahead.eat(",") && ahead.spaces()) {
        return None;
    }
    let mark = ahead.section_mark();
    if mark.is_none() && !(ahead.eat_any(&["chapter", "ch."]) && ahead.spaces()) {
        return None;
    }
    let number = ahead.section_number()?;
    *cursor = ahead;
    Some((if mark.is_some() { "s" } else { "ch" }, number, mark))
}

/// The municipal code named right at the cursor, as after "Section 41.18 of the": end, scope, base.
pub(super) fn named(cursor: Cursor<'_>) -> Option<(usize, Scope, String)> {
    let mut ahead = cursor;
    if ["city's ", "city’s ", "county's ", "county’s ", "town's ", "town’s "]
        .iter()
        .any(|owner| ahead.eat(owner))
    {
        return named(ahead).filter(|(.., base)| base == "/code");
    }
    for count in 0..6 {
        let longest =
            MUNICIPAL_CODE.iter().filter(|name| ahead.rest().starts_with(**name)).max_by_key(|n| n.len());
        if let Some(name) = longest {
            let mut after = Cursor::new(cursor.text, ahead.at + name.len());
            let behind = place_after(&mut after, name);
            let front = cursor.text[cursor.at..ahead.at].trim_end();
            let front = front.strip_prefix("City of ").unwrap_or(front);
            let (state, place) = match behind {
                Some((state, place)) => (state, Some(place)),
                None if front.is_empty() => (None, None),
                None => {
                    let owned = front.trim_end_matches("'s").trim_end_matches("’s");
                    let county = name.starts_with("County") && !owned.ends_with("County");
                    let place = place_name(owned);
                    let place = if county { format!("{place}-county") } else { place };
                    (known_state(&place), Some(place))
                }
            };
            let state_front =
                count > 0 && state_starting(front).is_some_and(|(_, length)| length == front.len());
            if state_front && name.starts_with("Admin") {
                return Some((after.at, Scope::State(State::from_name(front)), "/regs".to_owned()));
            }
            return Some((after.at, Scope::Place(state, place), "/code".to_owned()));
        }
        let from = ahead.at;
        let word = ahead.take_while(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'));
        if !word.starts_with(char::is_uppercase) && word != "of" {
            return None;
        }
        // "Philadelphia Code", which only the place tells from codes of laws
        if word == "Code"
            && let Some((state, place)) = known_city(cursor.text[cursor.at..from].trim_end())
        {
            return Some((ahead.at, Scope::Place(Some(state), Some(place)), "/code".to_owned()));
        }
        if !ahead.spaces() {
            return None;
        }
    }
    None
}
