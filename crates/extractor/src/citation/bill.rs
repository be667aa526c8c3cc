//! Bills and resolutions of legislatures, by chamber and number.

use goldrule_schema::CitationKind;

use super::bill_words::{CHAMBERS, OTHERWISE, SIGNALS, STAGES, WRITTEN};
use super::cursor::{Cursor, back_spaces, back_word, before};
use super::names::state_before;
use super::table::Key;
use super::{Authority, Found, MOST_ITEMS, Scope, court, spoken};
use crate::State;

pub(super) const ANCHORS: &[&str] = WRITTEN;

/// "SB 54", "House Bill No. 1105", "H.R. 29, 119th Cong. (2025)", "Senate Bills 4 and 8".
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    // "A3558" was hit with its first digit, "2025-H 5225" with its hyphen.
    let glued = text[..end].ends_with(|c: char| c.is_ascii_digit()) && end - start <= 3;
    let end = if glued { end - 1 } else { end };
    if text[start..end].starts_with('-') {
        return dated_letter(text, start, end, out);
    }
    let written = &text[start..end];
    let Some(chamber) = chamber(written) else { return };
    let mut cursor = Cursor::new(text, end);
    let plural = written.len() > 1 && !written.ends_with('.') && cursor.eat("s");
    let hyphen = written.ends_with('-') || cursor.eat("-");
    let joined = !cursor.spaces();
    let marked = cursor.number_mark();
    // "House Bill (HB) 4156"
    if written.len() > 4 {
        const INITIALS: [&str; 16] = [
            "(HB)",
            "(SB)",
            "(AB)",
            "(H.B.)",
            "(S.B.)",
            "(A.B.)",
            "(HR)",
            "(H.R.)",
            "(SR)",
            "(HF)",
            "(SF)",
            "(“SB”)",
            "(“AB”)",
            "(“HB”)",
            "(\"SB\")",
            "(\"AB\")",
        ];
        INITIALS.iter().any(|initials| cursor.eat(initials));
    }
    cursor.spaces();
    // "Assembly Bill A4987"
    let lettered = (written.len() > 4 && matches!(chamber, "ab" | "sb" | "hb"))
        .then(|| ["A", "S", "H"].iter().find(|letter| cursor.rest().starts_with(**letter)))
        .flatten();
    let chamber = if let Some(letter) = lettered {
        cursor.eat(letter);
        cursor.eat(".");
        cursor.eat("-");
        cursor.eat(" ");
        match *letter {
            "A" => "a",
            "S" => "s",
            _ => "h",
        }
    } else {
        chamber
    };
    let Some(number) = number(&mut cursor, chamber) else {
        return said(text, start, cursor, (written, chamber), out);
    };
    if lettered.is_none()
        && !stands(text, (start, written, chamber), (number, cursor), (joined, hyphen, marked))
    {
        return;
    }
    draft(&mut cursor);
    let letter = chamber.len() == 1 && lettered.is_none();
    let state = state_before(text, start).or_else(|| only_state(chamber));
    let congress = lettered.is_none()
        && (chamber.ends_with("res") || chamber == "s" && !hyphen || chamber == "hr" && written.len() <= 5);
    let mut scope = match state {
        None if congress && !(letter && glued) => Scope::Federal,
        _ if chamber == "cb" => Scope::Place(state, None),
        state => Scope::State(state),
    };
    let kind = CitationKind::Bill;
    // Of a single letter the words around tell whether Congress or a state is meant.
    let rule = if letter { "bill.letter" } else { "bill.number" };
    let first_end = cursor.at;
    let mut first_to = first_end;
    if let Some((to, session)) = session(cursor) {
        first_to = to;
        scope = session.unwrap_or(scope);
    }
    let ours = matches!(written, "House Resolution" | "Senate Resolution") && state.is_none();
    let resolution = ours && near(text, start, cursor.at, &["ongress", "U.S. House", "U.S. Senate"]);
    let path = match chamber {
        "bill" => "b",
        "hr" if resolution => "hres",
        "sr" if resolution => "sres",
        _ => chamber,
    };
    if resolution {
        scope = Scope::Federal;
    }
    let mut push = |start, end, number: &str| {
        let number = number.trim_start_matches('0').to_ascii_lowercase();
        let authority = Authority::new(scope.clone(), format!("/bill/{path}/{number}"));
        out.push(Found { start, end, kind, rule, authority });
    };
    // "House Bills 4338-4342"
    let mut range = cursor;
    let ranged = plural
        && (range.eat("-") || range.eat("–"))
        && range.digits(5).is_some_and(|n| n.len() >= number.len());
    let first_to = if ranged && first_to == first_end { range.at } else { first_to };
    push(stage_before(text, start), first_to, number);
    for _ in 0..if plural && first_to == first_end { MOST_ITEMS } else { 0 } {
        cursor.eat(",");
        cursor.spaces();
        cursor.eat_any(&["and", "or", "&"]);
        cursor.spaces();
        let from = cursor.at;
        let Some(number) = cursor.digits(5) else { break };
        push(from, cursor.at, number);
    }
}

/// The state whose bills alone are called so.
fn only_state(chamber: &str) -> Option<State> {
    let code = match chamber {
        "bill" => "dc",
        "sea" | "hea" => "in",
        "ld" => "me",
        "lb" => "ne",
        _ => return None,
    };
    State::from_code(code)
}

/// "House Bill three eighteen", as a transcript has it.
fn said(
    text: &str,
    start: usize,
    mut cursor: Cursor<'_>,
    (written, chamber): (&str, &str),
    out: &mut Vec<Found>,
) {
    if chamber.len() != 2 || !written.starts_with(char::is_uppercase) {
        return;
    }
    // "HB eleven twenty-four", but not "SB one".
    let Some(number) = spoken::bill(&mut cursor).filter(|n| written.len() >= 8 || n.len() >= 3) else {
        return;
    };
    let scope = Scope::State(state_before(text, start).or_else(|| only_state(chamber)));
    let authority = Authority::new(scope, format!("/bill/{chamber}/{number}"));
    let (kind, rule) = (CitationKind::Bill, "bill.number");
    out.push(Found { start, end: cursor.at, kind, rule, authority });
}

/// Whether the letters and the number are a bill's, by how they are written and what stands around.
fn stands(
    text: &str,
    (start, written, chamber): (usize, &str, &str),
    (number, after): (&str, Cursor<'_>),
    (joined, hyphen, marked): (bool, bool, bool),
) -> bool {
    let near = |signals: &[&str]| near(text, start, after.at, signals);
    let letter = chamber.len() == 1;
    let doubtful = letter && (joined || chamber != "s" || number.len() < 2 || hyphen)
        || hyphen && ["sf", "hr", "sr", "ld", "lb"].contains(&chamber)
        || hyphen && number.starts_with('0')
        || matches!(written, "SR" | "AR" | "ACR" | "SCR" | "LD");
    // "H.4107" can hardly be anything else.
    let dotted = written.ends_with('.') && joined && number.len() >= 3;
    // "H 5225" needs its state near, and more figures than a street has.
    if written.ends_with(' ') {
        return number.len() >= 4 && of_letters(text, start, after) && letter_stands(text, start, after);
    }
    let long = number.len() >= if written.len() == 1 { 3 } else { 2 } || chamber == "s" && !joined;
    let council = chamber == "bill" && !(number.contains('-') && near(&["D.C.", "Council", "District"]));
    !(letter && !letter_stands(text, start, after)
        || doubtful && !dotted && !long && session(after).is_none()
        || doubtful
            && !dotted
            && !near(SIGNALS)
            && state_before(text, start).is_none()
            && !of_letters(text, start, after)
        || number.starts_with('0') && number.len() < 4 && !hyphen && !marked
        || matches!(written, "SEA" | "HEA") && !near(&["Indiana", "Enrolled", "Hoosier"])
        || written == "HR" && (joined && !hyphen || number.len() < 3 && !near(SIGNALS))
        || written.len() <= 3 && near(OTHERWISE)
        || written.eq_ignore_ascii_case("bill") && council
        || counted(after))
}

/// Whether a state whose bills go by single letters is spoken of in the pages around "A4987", and no thing that is
/// numbered so stands beside it.
fn of_letters(text: &str, start: usize, mut after: Cursor<'_>) -> bool {
    const STATES: [&str; 10] = [
        "Idaho",
        "Vermont",
        "New Jersey",
        "New York",
        "N.J.",
        "N.Y.",
        "Massachusetts",
        "Rhode Island",
        "North Carolina",
        "South Carolina",
    ];
    const THINGS: [&str; 16] = [
        "gate",
        "room",
        "part",
        "flight",
        "model",
        "unit",
        "locker",
        "badge",
        "bus",
        "route",
        "highway",
        "road",
        "exit",
        "number",
        "file",
        "apartment",
    ];
    let thing = |word: &str| {
        let word = word.strip_suffix('s').filter(|_| word != "bus").unwrap_or(word);
        THINGS.iter().any(|thing| thing.eq_ignore_ascii_case(word))
    };
    let last = back_word(text, start).is_some_and(|(_, word)| thing(word));
    let next = after.spaces() && thing(after.take_while(char::is_alphabetic));
    !last && !next && around(text, start, &STATES)
}

/// Whether one of the words stands in the pages around a place of the text.
pub(super) fn around(text: &str, at: usize, words: &[&str]) -> bool {
    let pages = pages(text, at);
    words.iter().any(|word| pages.contains(word))
}

/// The pages around a place of the text.
pub(super) fn pages(text: &str, at: usize) -> &str {
    const PAGES: usize = 2000;
    let low = text.floor_char_boundary(at.saturating_sub(PAGES));
    let high = text.floor_char_boundary((at + PAGES).min(text.len()));
    text.get(low..high).unwrap_or("")
}

/// " HD1", " SD2", " CD1": drafts of a bill of Hawaii.
fn draft(cursor: &mut Cursor<'_>) {
    loop {
        let mut ahead = *cursor;
        ahead.eat(",");
        let draft = ahead.spaces() && ["HD", "SD", "CD"].iter().any(|draft| ahead.eat(draft));
        ahead.eat(" ");
        if !(draft && ahead.digits(1).is_some()) {
            return;
        }
        *cursor = ahead;
    }
}

/// "2025-H 5225" of Rhode Island.
fn dated_letter(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let from =
        start.checked_sub(4).filter(|from| text.get(*from..start).is_some_and(|y| y.starts_with("20")));
    let Some(from) = from.filter(|from| !before(text, *from).is_some_and(char::is_alphanumeric)) else {
        return;
    };
    let mut cursor = Cursor::new(text, end);
    let Some(number) = cursor.digits(4) else { return };
    let chamber = text[start + 1..end].trim().to_ascii_lowercase();
    let authority =
        Authority::new(Scope::State(state_before(text, from)), format!("/bill/{chamber}/{number}"));
    out.push(Found { start: from, end: cursor.at, kind: CitationKind::Bill, rule: "bill.number", authority });
}

fn chamber(written: &str) -> Option<&'static str> {
    let mut key = Key::new();
    key.push_folded(written.trim_end_matches('-'));
    CHAMBERS.iter().find(|(letters, _)| *letters == key.as_str()).map(|(_, path)| *path)
}

/// A number, with the session's year before it in states that count so: "19-1124"; New York's print letter
/// after it is read over.
fn number<'t>(cursor: &mut Cursor<'t>, chamber: &str) -> Option<&'t str> {
    let from = cursor.at;
    let digits = cursor.take_while(|c| c.is_ascii_digit());
    if digits.is_empty() || digits.len() > 5 {
        return None;
    }
    let mut ahead = *cursor;
    if digits.len() == 2 && ahead.eat("-") && ahead.digits(4).is_some_and(|n| n.len() >= 3) {
        *cursor = ahead;
        return cursor.text.get(from..cursor.at);
    }
    if matches!(chamber, "s" | "a") && digits.len() >= 3 {
        ahead.eat("-");
        if ["A", "B", "C", "D"].iter().any(|print| ahead.eat(print))
            && !ahead.peek().is_some_and(char::is_alphanumeric)
        {
            *cursor = ahead;
        }
    }
    // "SB 2-C" and "SB 4C" of a special session
    if chamber.len() >= 2 && digits.len() <= 3 {
        let mut ahead = *cursor;
        ahead.eat("-");
        let letter = ["A", "B", "C", "D", "E"].iter().any(|session| ahead.eat(session));
        if letter && !ahead.peek().is_some_and(|c| c.is_alphanumeric() || c == '-') {
            *cursor = ahead;
            return cursor.text.get(from..cursor.at);
        }
    }
    let percent = cursor.peek().is_some_and(|c| c.is_alphanumeric() || c == '%');
    let fraction = cursor.rest().starts_with(['.', ',', ':'])
        && cursor.rest().as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    (!percent && !fraction).then_some(digits)
}

/// Whether the number counts what follows: "AB 4 units", "HB 2 pencils".
pub(super) fn counted(mut cursor: Cursor<'_>) -> bool {
    cursor.spaces() && {
        let word = cursor.take_while(char::is_alphabetic);
        [
            "units", "unit", "pencil", "pencils", "percent", "miles", "pounds", "inches", "lanes", "cups",
            "feet", "yards", "times", "ounces", "minutes",
        ]
        .contains(&word)
    }
}

/// Whether a single letter may stand for a chamber here: after no name or initial, before no street.
fn letter_stands(text: &str, start: usize, after: Cursor<'_>) -> bool {
    // "S.2235/A.3506"
    if text[..start].strip_suffix('/').is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit())) {
        return true;
    }
    let last = text[..start].trim_end_matches(' ').rsplit([' ', '\n']).next().unwrap_or("");
    let glued = before(text, start).is_some_and(|c| matches!(c, '.' | '-' | '/' | '&'));
    let named = last.starts_with(char::is_uppercase)
        && state_before(text, start).is_none()
        && !(last.ends_with("'s") || last.ends_with("’s"))
        && !last.ends_with([',', ';', '.', ':', ')'])
        && ![
            "The", "Senate", "Bill", "House", "Assembly", "And", "In", "Under", "If", "While", "But",
            "York's",
        ]
        .contains(&last);
    let initial = last.len() == 2 && last.ends_with('.');
    let mut after = after;
    let street = after.spaces() && after.peek().is_some_and(char::is_uppercase);
    !(glued || named || initial || street || last.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether one of the words stands near.
pub(super) fn near(text: &str, start: usize, end: usize, signals: &[&str]) -> bool {
    let low = (start.saturating_sub(90)..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let high = (end..=(end + 90).min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    let around = [text.get(low..start).unwrap_or(""), text.get(end..high).unwrap_or("")];
    around.iter().any(|part| signals.iter().any(|signal| part.contains(signal)))
}

/// ", 119th Cong. (2025)", ", 157th Gen. Assemb., Reg. Sess. (Ga. 2024)": its end, and whose it is where the
/// bracket tells.
fn session(mut cursor: Cursor<'_>) -> Option<(usize, Option<Scope>)> {
    // "Sen. Bill No. 54 (2017-2018 Reg. Sess.)"
    if let Some(inner) = cursor.rest().strip_prefix(" (") {
        let end = inner.bytes().take(40).position(|b| b == b')')?;
        let dated = inner.bytes().take_while(u8::is_ascii_digit).count() == 4;
        let regular = dated && inner[..end].ends_with(" Sess.");
        return regular.then_some((cursor.at + " (".len() + end + 1, None));
    }
    if !(cursor.eat(",") && cursor.spaces()) {
        return None;
    }
    let rest = cursor.rest();
    let most = rest.char_indices().map(|(i, _)| i).take_while(|i| *i <= 80).last()?;
    let window = rest.get(..most)?;
    let open = window.find('(').unwrap_or(window.len());
    let words = &window[..open];
    let mark = ["Cong.", "Leg.", "Sess.", "Assemb.", "Legislature", "Congress"]
        .iter()
        .filter_map(|mark| words.rfind(mark).map(|at| (at + mark.len(), *mark)))
        .max()?;
    let numbered = words.starts_with(|c: char| c.is_ascii_digit());
    if !numbered || words.contains(';') || words[..mark.0].matches(". ").count() > 4 {
        return None;
    }
    let mut ahead = cursor;
    ahead.at += open;
    if let Some(content) = ahead.year_bracket() {
        let scope = if mark.1 == "Cong." { Some(Scope::Federal) } else { court::scope(content) };
        return Some((ahead.at, scope));
    }
    (mark.1 == "Cong.").then_some((cursor.at + mark.0, Some(Scope::Federal)))
}

/// Where the words of a bill's stage before it begin.
fn stage_before(text: &str, start: usize) -> usize {
    let mut from = start;
    while let Some((at, word)) = back_word(text, from) {
        // "House Substitute for Senate Bill 254", "2025 Assembly Bill 24" of Wisconsin
        let substitute = word == "for" && text[..at].trim_end().ends_with("Substitute")
            || ["House", "Senate"].contains(&word) && text[from..].starts_with("Substitute");
        let dated = from == start
            && word.len() == 4
            && word.starts_with("20")
            && near(text, at, start, &["Wisconsin"]);
        if dated && word.bytes().all(|b| b.is_ascii_digit()) {
            return at;
        }
        // "1st Sub. H.B. 497", but "on March 3rd Engrossed HB 4 was read"
        let nth = ["1st", "2nd", "3rd"].contains(&word) && !text[from..].starts_with("Sub.");
        if nth || !(STAGES.contains(&word) || substitute) || back_spaces(text, from) == from {
            break;
        }
        from = at;
    }
    // "CS/HB 9" and "CS/CS/SB 168" of Florida
    let committee = text[..from].trim_end_matches("CS/").len();
    if committee < from && !text[..committee].ends_with(char::is_alphanumeric) {
        return committee;
    }
    let words = &text[from..start];
    if ["Engrossed", "Substitute", "Enrolled", "Am.", "Sub."].iter().any(|stage| words.contains(stage)) {
        from
    } else {
        start
    }
}
