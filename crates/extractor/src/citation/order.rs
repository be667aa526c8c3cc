//! Orders of presidents and governors.

use goldrule_schema::CitationKind;

use super::bill::near;
use super::cursor::{Cursor, back_word};
use super::lists::first_of_range;
use super::names::state_before;
use super::towns::owner_city;
use super::{Authority, Found, MOST_ITEMS, Scope};

pub(super) const EXECUTIVE_ORDER: &[&str] = &[
    "Executive Order",
    "Executive Orders",
    "Exec. Order",
    "Exec. Orders",
    "Exec.Order",
    "E.O.",
    "E.O.s",
    "EO",
    "EOs",
    "Executive order",
    "executive order",
    "executive orders",
    "Exec. Ord.",
    "Mayor's Order",
    "Mayor’s Order",
];
pub(super) const CALIFORNIAN: &[&str] = &["N-"];
pub(super) const PROCLAMATION: &[&str] = &["Proclamation", "Proclamation No.", "Presidential Proclamation"];

/// Orders that texts on this subject cite by their titles.
const TITLES: &[(&str, u32)] = &[
    ("Protecting the American People Against Invasion", 14159),
    ("Protecting the Meaning and Value of American Citizenship", 14160),
    ("Securing Our Borders", 14165),
    ("Ending Taxpayer Subsidization of Open Borders", 14218),
    ("Protecting American Communities from Criminal Aliens", 14287),
    ("Protecting American Communities From Criminal Aliens", 14287),
    ("Enhancing Public Safety in the Interior of the United States", 13768),
    ("Border Security and Immigration Enforcement Improvements", 13767),
];

pub(super) const TITLED: &[&str] = literals!(TITLES);

const KIND: CitationKind = CitationKind::ExecutiveOrder;

/// Initials of governors that begin the numbers of their orders, with the state.
const GOVERNORS: &[(&str, &str)] = &[("JML ", "la"), ("JBE ", "la"), ("JML-", "la"), ("JBE-", "la")];

pub(super) const GOVERNOR: &[&str] = literals!(GOVERNORS);

/// "JML 25-060", with or without the words for an order before it.
pub(super) fn governor(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let written = &text[start..end];
    let Some((initials, code)) = GOVERNORS.iter().find(|(initials, _)| *initials == written) else { return };
    let mut cursor = Cursor::new(text, end);
    let Some(number) = cursor.section_number() else { return };
    let dashed = number.split_once('-').is_some_and(|(year, rest)| {
        matches!(year.len(), 2 | 4)
            && !rest.is_empty()
            && (year.to_owned() + rest).bytes().all(|b| b.is_ascii_digit())
    });
    if !dashed {
        return;
    }
    let number = format!("{}-{number}", initials[..initials.len() - 1].to_ascii_lowercase());
    let authority = Authority::new(Scope::State(crate::State::from_code(code)), format!("/eo/{number}"));
    out.push(Found { start, end: cursor.at, kind: KIND, rule: "executive_order.governor", authority });
}

/// "Executive Order 14159", "Exec. Order No. 14,159", a governor's "Executive Order GA-54".
pub(super) fn executive_order(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let written = &text[start..end];
    let mut cursor = Cursor::new(text, end);
    let plural = cursor.eat("s") || written.ends_with('s');
    let comma = cursor.eat(",");
    if !cursor.spaces() && !cursor.eat("-") {
        return;
    }
    // "an executive order, JML 25-060": the number is read from its initials.
    if comma && GOVERNOR.iter().any(|initials| cursor.rest().starts_with(initials)) {
        return;
    }
    // "Executive Order (EO) 14287"
    if written.len() > 4
        && ["(EO)", "(E.O.)", "(“EO”)", "(\"EO\")"].iter().any(|initials| cursor.eat(initials))
    {
        cursor.spaces();
    }
    let marked = cursor.number_mark();
    cursor.spaces();
    let said = |cursor: &mut Cursor<'_>| super::spoken::number(cursor).map(|spoken| spoken.digits);
    let number =
        number(&mut cursor).or_else(|| said(&mut cursor).filter(|n| written.len() > 9 && n.len() > 1));
    let Some(number) = number else { return };
    let short = written.len() <= 4;
    let plain = number.bytes().all(|b| b.is_ascii_digit());
    if short
        && plain
        && number.len() < 4
        && !marked
        && written != "E.O."
        && !spelled_before(text, start, &number)
        && state_before(text, start).is_none()
        || written.starts_with('e') && !marked && number.len() < 3
    {
        return;
    }
    let rule = "executive_order.number";
    let mut dated = cursor;
    let year = dated.year_bracket().is_some_and(|content| content.len() == 4);
    let to = if year { dated.at } else { cursor.at };
    let mut authority = order(text, start, &number);
    let mut part = cursor;
    part.eat(",");
    part.spaces();
    // "Executive Order 14159, § 17"
    let to = match part.section_mark().and_then(|_| part.section_number()) {
        Some(section) if !year => {
            let section = first_of_range(section, true, true);
            authority = authority.section(format!("s{section}"), part.subdivisions());
            cursor = part;
            part.at
        }
        _ => to,
    };
    out.push(Found { start, end: to, kind: KIND, rule, authority });
    for _ in 0..if plural { MOST_ITEMS } else { 0 } {
        cursor.eat(",");
        cursor.spaces();
        cursor.eat_any(&["and", "&", "or"]);
        cursor.spaces();
        let from = cursor.at;
        let Some(number) = self::number(&mut cursor).filter(|n| n.len() >= 3) else { break };
        let authority = order(text, start, &number);
        out.push(Found { start: from, end: cursor.at, kind: KIND, rule, authority });
    }
}

/// Whether "Executive Order 47" stands in the pages before "EO 47".
fn spelled_before(text: &str, start: usize, number: &str) -> bool {
    let low = (start.saturating_sub(8000)..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let head = text.get(low..start).unwrap_or("");
    let mark = format!("Executive Order {number}");
    head.match_indices(&mark)
        .any(|(at, _)| !head[at + mark.len()..].starts_with(|c: char| c.is_ascii_digit()))
}

/// "14159", "14,159", "GA-54", "N-82-20", "2025-03".
fn number(cursor: &mut Cursor<'_>) -> Option<String> {
    let from = *cursor;
    let head = cursor.take_while(|c| c.is_ascii_digit());
    let mut ahead = *cursor;
    if head.len() == 2 && ahead.eat(",") {
        let tail = ahead.digits(3).filter(|tail| tail.len() == 3);
        if let Some(tail) = tail {
            *cursor = ahead;
            return Some(format!("{head}{tail}"));
        }
    }
    *cursor = from;
    // "JML 24-20" begins with a governor's initials.
    if let Some(initials) = GOVERNOR.iter().find(|initials| initials.ends_with(' ') && cursor.eat(initials)) {
        if let Some(number) = cursor.section_number() {
            return Some(format!("{}-{number}", initials.trim_end().to_ascii_lowercase()));
        }
        *cursor = from;
    }
    let number = cursor.number()?;
    // "in Executive Order 2025" a year may follow, but "the" or "a" no number.
    Some(number.to_ascii_lowercase())
}

/// Presidents' orders have four or five digits; anything else is a governor's.
fn order(text: &str, start: usize, number: &str) -> Authority {
    let governor = GOVERNORS.iter().find(|(initials, _)| {
        let head = number.get(..initials.len() - 1);
        head.is_some_and(|head| initials[..initials.len() - 1].eq_ignore_ascii_case(head))
    });
    let named = governor.and_then(|(_, code)| crate::State::from_code(code));
    let state = state_before(text, start).or(named);
    let plain = number.bytes().all(|b| b.is_ascii_digit());
    if let Some(scope) = city(text, start).filter(|_| state.is_none() && !(plain && number.len() > 4)) {
        return Authority::new(scope, format!("/eo/{number}"));
    }
    let state = state.or_else(|| lettered(number));
    let federal = (4..=5).contains(&number.len()) && plain && state.is_none();
    let scope = if federal { Scope::Federal } else { Scope::State(state) };
    Authority::new(scope, format!("/eo/{number}"))
}

/// The state whose governor numbers orders with these letters: "N-1-24", "GA-54".
fn lettered(number: &str) -> Option<crate::State> {
    let (letters, rest) = number.split_once('-')?;
    let code = match letters {
        "n" if rest.contains('-') => "ca",
        "ga" => "tx",
        _ => return None,
    };
    crate::State::from_code(code)
}

/// Whose order it is where a mayor or a city owns it: "Philadelphia's Executive Order 5-16".
fn city(text: &str, start: usize) -> Option<Scope> {
    if let Some((state, place)) = owner_city(text, start) {
        return Some(Scope::Place(Some(state), Some(place)));
    }
    let mayor = near(text, start, start, &["ayor"]);
    let other = near(text, start, start, &["Gov.", "overnor", "President", "Trump"]);
    (mayor && !other).then_some(Scope::Place(None, None))
}

/// Whether an order that agencies have too is the mayor's or the governor's, and whose then.
pub(super) fn of_executive(text: &str, start: usize, written: &str) -> Option<Scope> {
    match written {
        "Executive Directive" if near(text, start, start, &["ayor"]) => Some(Scope::Place(None, None)),
        "Administrative Order" | "Executive Directive" if near(text, start, start, &["Gov.", "overnor"]) => {
            Some(Scope::State(state_before(text, start)))
        }
        _ => None,
    }
}

/// "N-1-24", as Californians say for the order of that number.
pub(super) fn californian(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let Some(number) = cursor.section_number() else { return };
    let shaped = number.split_once('-').is_some_and(|(count, year)| {
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        count.len() <= 3 && year.len() == 2 && digits(count) && digits(year)
    });
    let owned = state_before(text, start).is_some_and(|state| state.code() == "ca");
    if !shaped || !owned && !near(text, start, cursor.at, &["overnor", "Newsom", "rder"]) {
        return;
    }
    let authority = Authority::new(Scope::State(crate::State::from_code("ca")), format!("/eo/n-{number}"));
    out.push(Found { start, end: cursor.at, kind: KIND, rule: "executive_order.governor", authority });
}

/// An order by its title alone.
pub(super) fn titled(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some((_, number)) = TITLES.iter().find(|(title, _)| title.eq_ignore_ascii_case(&text[start..end]))
    else {
        return;
    };
    let quoted = text[..start].ends_with(['"', '“', '‘', '\'', '*', '_']);
    let led = back_word(text, start).is_some_and(|(_, word)| {
        let word = word.trim_end_matches(',');
        word.ends_with("rder") || ["titled", "entitled", "called", "named"].contains(&word)
    });
    if !(quoted || led) {
        return;
    }
    let authority = Authority::federal(format!("/eo/{number}"));
    out.push(Found { start, end, kind: KIND, rule: "executive_order.title", authority });
}

/// "Proclamation 10886".
pub(super) fn proclamation(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    cursor.spaces();
    cursor.eat_any(&["No."]);
    cursor.spaces();
    let Some(number) = number(&mut cursor).filter(|n| (4..=5).contains(&n.len())) else { return };
    if number.len() == 4 && number.starts_with("20") {
        return;
    }
    let authority = Authority::federal(format!("/proclamation/{number}"));
    out.push(Found { start, end: cursor.at, kind: KIND, rule: "executive_order.proclamation", authority });
}
