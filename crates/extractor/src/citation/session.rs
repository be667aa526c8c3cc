//! Session laws of the states: "Laws of 2019, ch. 440, § 6", "2017 Cal. Stat. ch. 495", "Act 399 of 2025".

use goldrule_schema::CitationKind;

use super::court::MONTHS;
use super::cursor::{Cursor, back_spaces, back_word, before};
use super::names::{state_before, state_ending, state_starting};
use super::{Authority, Found, Scope};
use crate::State;

/// Collections of the laws of one session, which a year and a chapter locate.
pub(super) const COLLECTIONS: &[&str] = &[
    "Laws of",
    "Laws",
    "Laws,",
    "Stats.",
    "Stats",
    "Statutes of",
    "Acts of",
    "Acts of Assembly",
    "Sess. Laws",
    "Session Laws",
    "Acts",
    "Stat. ch.",
    "Stat., ch.",
    "Pub. Acts",
    "Public Acts",
    "Gen. Laws",
    "Sess. Law Serv.",
    "Acts & Resolves",
    "Acts and Resolves",
    "Pub. Laws",
    "Public Laws of",
    "L.",
    "St.",
    "Legis. Serv.",
    "Session Laws of",
];
/// Single laws by number.
pub(super) const NUMBERED: &[&str] = &[
    "Public Chapter",
    "Pub. Ch.",
    "Public Act",
    "P.A.",
    "PA",
    "Pub. Act",
    "Act No.",
    "Session Law",
    "S.L.",
    "D.C. Law",
    "D.C. Act",
    "Chapter Law",
    "Special Act",
    "Wisconsin Act",
    "Wis. Act",
];

pub(super) const KIND: CitationKind = CitationKind::SessionLaw;
pub(super) const RULE: &str = "session_law.state";

/// What was read after the anchor.
pub(super) struct Read {
    pub(super) end: usize,
    pub(super) base: String,
    pub(super) section: String,
    pub(super) state: Option<State>,
}

/// "Laws of 2019, ch. 440", "2019 Wash. Sess. Laws ch. 440", "Chapter 495, Statutes of 2017".
pub(super) fn collection(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let written = &text[start..end];
    let initials = matches!(written, "L." | "St.");
    let mut head = &text[..back_spaces(text, start)];
    let own = state_ending(head).filter(|_| !initials || written == "L." && head.ends_with('.'));
    let mut from = own.map_or(start, |(_, at)| at);
    if let Some((_, at)) = own {
        head = &text[..back_spaces(text, at)];
    }
    let before_year = year_ending(head);
    if let Some((at, _)) = before_year {
        from = at;
    }
    let read = forward(text, end, before_year.map(|(_, year)| year), written);
    let read = match read {
        Some(read) => read,
        None if initials => return,
        None => {
            let Some((at, read)) = backward(text, start, end) else {
                if written == "Public Acts" {
                    numbered(text, start, end, out);
                }
                return;
            };
            from = at;
            read
        }
    };
    // Nothing but a state may stand before "Laws" where the year does not: "2019 Laws".
    // No other state than California says "Stats. 2017, ch. 495".
    let californian = || if written.starts_with("Stats") { State::from_code("ca") } else { None };
    let state =
        read.state.or(own.map(|(state, _)| state)).or_else(|| state_before(text, start)).or_else(californian);
    let abbreviated = own.is_some() && text[..back_spaces(text, start)].ends_with('.');
    if own.is_some() && before_year.is_none() && from < start && !abbreviated && !written.starts_with("Laws")
    {
        from = start;
    }
    let authority = Authority::new(Scope::State(state), read.base).section(read.section, "");
    out.push(Found { start: from, end: read.end, kind: KIND, rule: RULE, authority });
}

/// The four-digit year that ends a text.
pub(super) fn year_ending(head: &str) -> Option<(usize, &str)> {
    let at = head.len().checked_sub(4)?;
    let year = head.get(at..)?;
    let alone = !before(head, at).is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | ','));
    (is_year(year) && alone).then_some((at, year))
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits.starts_with("18") || digits.starts_with("19") || digits.starts_with("20"))
}

/// Year and chapter after the anchor, or a chapter alone where the year came before.
pub(super) fn forward(text: &str, end: usize, year: Option<&str>, written: &str) -> Option<Read> {
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    let mut state = None;
    if let Some((named, length)) = state_starting(cursor.rest()) {
        state = Some(named);
        cursor.at += length;
        cursor.eat(",");
        cursor.spaces();
    }
    let mut ahead = cursor;
    let after = ahead.digits(4).filter(|digits| is_year(digits));
    if after.is_some() {
        cursor = ahead;
        cursor.eat(",");
        cursor.spaces();
    }
    let year = after.or(year)?;
    legislature(&mut cursor);
    let chapter = written.ends_with("ch.")
        || cursor.eat_any(&["chapter", "chap.", "ch.", "c.", "ch", "Public Chapter", "pub. ch."]);
    let act = !chapter && cursor.eat_any(&["act", "no.", "p.a.", "public act", "nos."]);
    // "Ga. L. 2024, p. 447"
    let page = !chapter && !act && written == "L." && cursor.eat_any(&["p."]);
    if !chapter && !act && !page {
        return None;
    }
    cursor.spaces();
    cursor.eat_any(&["no."]);
    cursor.spaces();
    let number = cursor.section_number()?;
    let (base, section) = match (act, number.split_once('-')) {
        // "ch. 2019-102" repeats the year.
        (false, Some((first, rest))) if first == year => (format!("/laws/{year}"), format!("ch{rest}")),
        (false, _) if page => (format!("/laws/{year}"), format!("p{number}")),
        (false, _) => (format!("/laws/{year}"), format!("ch{number}")),
        (true, _) => (format!("/act/{year}"), number.to_owned()),
    };
    Some(finish(cursor, base, section, state))
}

/// "85th Leg., R.S., " of Texas and the like between year and chapter.
fn legislature(cursor: &mut Cursor<'_>) {
    for _ in 0..3 {
        let mut ahead = *cursor;
        let ordinal = !ahead.take_while(|c| c.is_ascii_digit()).is_empty()
            && !ahead.take_while(char::is_alphabetic).is_empty();
        ahead.spaces();
        let mark = ahead.eat_any(&[
            "Leg.",
            "R.S.",
            "Reg. Sess.",
            "C.S.",
            "Ex. Sess.",
            "Spec. Sess.",
            "Gen. Assemb.",
        ]);
        if !(mark && (ordinal || ahead.at > cursor.at)) {
            return;
        }
        ahead.eat(",");
        ahead.spaces();
        *cursor = ahead;
    }
}

/// "Chapter 495, " before "Statutes of 2017"; "Chapter 253 of the " before "Acts of 2020"; "Chapter 2019-102, "
/// before "Laws of Florida".
fn backward(text: &str, start: usize, end: usize) -> Option<(usize, Read)> {
    let mut cursor = Cursor::new(text, end);
    cursor.spaces();
    cursor.eat_word("the");
    cursor.spaces();
    cursor.eat("State of ");
    let mut state = state_starting(cursor.rest());
    if let Some((_, length)) = state {
        cursor.at += length;
        cursor.eat(",");
        cursor.spaces();
    }
    let mut ahead = cursor;
    let year = ahead.digits(4).filter(|digits| is_year(digits));
    if year.is_some() {
        cursor = ahead;
    } else {
        cursor.at = Cursor::new(text, back_spaces(text, cursor.at)).at;
        cursor.at -= usize::from(text[..cursor.at].ends_with(','));
    }
    let mut at = start;
    if let Some((found, length)) = state_ending(&text[..back_spaces(text, at)]).filter(|_| state.is_none()) {
        (at, state) = (length, Some((found, 0)));
    }
    // "Chapter 37 of the 2020 Acts of Assembly"
    let before_year = year_ending(&text[..back_spaces(text, at)]).filter(|_| year.is_none());
    let year = before_year
        .map(|(from, year)| {
            at = from;
            year
        })
        .or(year);
    if let Some((the, "the")) = back_word(text, at) {
        at = the;
    }
    if let Some((of, "of")) = back_word(text, at) {
        at = of;
    }
    let (from, word) = back_word(text, at)?;
    let number = Cursor::new(text, from).section_number()?;
    if word.trim_end_matches(',') != number {
        return None;
    }
    let (mark_at, mark) = back_word(text, from)?;
    let opened = mark.len() - mark.trim_start_matches(['(', '"', '“']).len();
    let chapter = ["chapter", "ch.", "chap.", "c."].iter().any(|m| mark[opened..].eq_ignore_ascii_case(m));
    // "No. 5 of the Acts of 2017", "Act 40, Session Laws of Hawaii 2020"
    let act = ["Act", "No."].contains(&&mark[opened..]);
    let (year, number) = match (year, number.split_once('-')) {
        (Some(year), _) => (year, number),
        (None, Some((year, number))) if is_year(year) => (year, number),
        _ => return None,
    };
    let state = state.map(|(state, _)| state);
    let (base, section) = if act {
        (format!("/act/{year}"), number.to_owned())
    } else {
        (format!("/laws/{year}"), format!("ch{number}"))
    };
    let read = Read { end: cursor.at, base, section, state };
    (chapter || act).then_some((mark_at + opened, read))
}

/// Reads the section that may follow a chapter, and the bracket of the year.
fn finish(mut cursor: Cursor<'_>, base: String, mut section: String, state: Option<State>) -> Read {
    let mut ahead = cursor;
    ahead.eat(",");
    ahead.spaces();
    if (ahead.section_mark().is_some() || base.contains('-') && ahead.eat("S. "))
        && let Some(number) = ahead.section_number()
    {
        let slash = if section.is_empty() { "" } else { "/" };
        section = format!("{section}{slash}s{}", super::lists::first_of_range(number, true, true));
        cursor = ahead;
    }
    Read { end: cursor.at, base, section, state }
}

/// "Public Chapter 973", "Public Act 100-463", "Act No. 399 of 2025", "S.L. 2024-55", "D.C. Law 23-274".
pub(super) fn numbered(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let written = &text[start..end];
    let mut cursor = Cursor::new(text, end);
    if !cursor.spaces() {
        return;
    }
    // "S.L. 2015, ch. 12"
    if written == "S.L."
        && let Some(read) = forward(text, end, None, "")
    {
        let state = read.state.or_else(|| state_before(text, start));
        let authority = Authority::new(Scope::State(state), read.base).section(read.section, "");
        return out.push(Found { start, end: read.end, kind: KIND, rule: RULE, authority });
    }
    let marked = cursor.number_mark();
    cursor.spaces();
    let Some(number) = cursor.section_number() else { return };
    let chapter = written.ends_with("Chapter") || written == "Pub. Ch.";
    let session = matches!(written, "Session Law" | "S.L.");
    let dashed = number
        .split_once('-')
        .filter(|(head, _)| head.len() >= 2 && head.bytes().all(|b| b.is_ascii_digit()));
    // "2020 PA 256", "2025 Wisconsin Act 15"
    let dated = if matches!(written, "PA" | "P.A." | "Act No." | "Wisconsin Act" | "Wis. Act" | "Public Act")
    {
        year_ending(&text[..back_spaces(text, start)])
    } else {
        None
    };
    let year = year_after(&mut cursor).or(dated.map(|(_, year)| year.to_owned()));
    let wisconsin = written.starts_with("Wis");
    let owned = state_before(text, start).is_some();
    let bare = matches!(written, "Act" | "PA" | "P.A." | "Act No." | "Chapter Law");
    let unclear = dashed.is_none() && year.is_none();
    if number.contains(['.', ':', '/'])
        || written == "Act" && unclear && staged(cursor)
        || (bare || session)
            && unclear
            && !(written == "Act No."
                || marked
                || owned
                || long_act(written, number, cursor)
                || written == "Act" && number.len() == 2 && enacted(text, start, end))
        || matches!(written, "Act" | "PA")
            && unclear
            && number.len() < 3
            && !(number.len() == 2 && (owned || enacted(text, start, end)))
    {
        return;
    }
    let (base, section) = match (dashed, &year) {
        (_, Some(year)) if chapter => (format!("/laws/{year}"), format!("ch{number}")),
        (_, Some(year)) => (format!("/act/{year}"), number.to_owned()),
        (Some((head, tail)), _) if session && is_year(head) => (format!("/laws/{head}"), format!("sl{tail}")),
        (Some((head, tail)), _) if is_year(head) => {
            (format!("/act/{head}"), tail.trim_start_matches('0').to_owned())
        }
        (Some((head, tail)), _) if written.starts_with("D.C. Law") => {
            (format!("/laws/{head}"), tail.to_owned())
        }
        (Some((head, tail)), _) => (format!("/act/{head}-{}", tail.trim_start_matches('0')), String::new()),
        _ => (String::new(), String::new()),
    };
    let item = |number: &str| {
        let (head, tail) = number.split_once('-').filter(|(head, _)| head.len() >= 2)?;
        Some(format!("/act/{head}-{}", tail.trim_start_matches('0')))
    };
    if written.ends_with('s') && dashed.is_none() && year.is_none() {
        return;
    }
    let read = finish(cursor, base, section, None);
    let listed = cursor;
    let state = state_before(text, start).or_else(|| {
        let code = if wisconsin { Some("wi") } else { written.starts_with("D.C.").then_some("dc") };
        State::from_code(code?)
    });
    let read_section = if read.base.is_empty() { String::new() } else { read.section };
    // Illinois counts its public acts by its General Assemblies, of which there have been a hundred.
    let assembly =
        written.starts_with('P') && dashed.is_some_and(|(head, _)| head.len() == 3 && head.starts_with('1'));
    let state = state.or_else(|| State::from_code("il").filter(|_| assembly));
    let scope = if read.base.is_empty() { Scope::None } else { Scope::State(state) };
    let authority = Authority::new(scope, read.base).section(read_section, "");
    let start = state_ending(&text[..back_spaces(text, start)])
        .filter(|(_, at)| text[*at..start].trim_end().ends_with('.') && !written.starts_with("Act"))
        .map_or(start, |(_, at)| at);
    let start = dated.map_or(start, |(at, _)| at);
    let scope = authority.scope.clone();
    out.push(Found { start, end: read.end, kind: KIND, rule: RULE, authority });
    // "Public Acts 19-20 and 19-23"
    let mut cursor = listed;
    for _ in 0..if written.ends_with('s') { super::MOST_ITEMS } else { 0 } {
        cursor.eat(",");
        cursor.spaces();
        cursor.eat_any(&["and", "or", "&"]);
        cursor.spaces();
        let start = cursor.at;
        let Some(base) = cursor.section_number().and_then(item) else { return };
        let authority = Authority::new(scope.clone(), base);
        out.push(Found { start, end: cursor.at, kind: KIND, rule: RULE, authority });
    }
}

/// Whether the sentence goes on to speak of a play.
fn staged(after: Cursor<'_>) -> bool {
    let sentence = after.rest().split(['.', '\n']).next().unwrap_or("");
    let mut words = sentence.split(|c: char| !c.is_alphabetic());
    words.any(|word| {
        ["play", "opera", "musical", "drama", "scene", "curtain", "stage", "circus"].contains(&word)
    })
}

/// Whether the words around "Act 69" speak of making laws.
fn enacted(text: &str, start: usize, end: usize) -> bool {
    super::bill::near(text, start, end, &["awmakers", "egislat", "repeal", "enacted", "We wrote", "tatute"])
}

/// Whether "Act 314" is a law by its number: too high for a play, and nothing is counted.
fn long_act(written: &str, number: &str, mut after: Cursor<'_>) -> bool {
    let digits = number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit());
    let counted = after.eat("%")
        || after.spaces() && {
            let word = after.take_while(char::is_alphabetic);
            ["people", "times", "officers", "percent", "seats"].contains(&word)
        };
    written == "Act" && digits && !counted
}

/// Acts of Texas by their day and session, which begin like those by title.
pub(super) const DATED: &[&str] = &["Act of "];

/// "Act of May 7, 2017, 85th Leg., R.S., ch. 4, § 2".
pub(super) fn dated(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some(read) = read_dated(Cursor::new(text, end)) else {
        return super::act::parse(text, start, start + "Act".len(), out);
    };
    let authority = Authority::new(Scope::State(read.state), read.base).section(read.section, "");
    out.push(Found { start, end: read.end, kind: KIND, rule: RULE, authority });
}

fn read_dated(mut cursor: Cursor<'_>) -> Option<Read> {
    if !cursor.eat_any(MONTHS) || !cursor.spaces() {
        return None;
    }
    let mut day = cursor;
    if day.digits(2).is_some() && day.eat(",") && day.spaces() {
        cursor = day;
    }
    let year = cursor.digits(4).filter(|digits| is_year(digits))?;
    cursor.eat(",");
    cursor.spaces();
    let session = cursor.at;
    legislature(&mut cursor);
    if !cursor.eat_any(&["chapter", "chap.", "ch."]) {
        return None;
    }
    cursor.spaces();
    let number = cursor.section_number()?;
    let state = State::from_code("tx").filter(|_| cursor.text[session..cursor.at].contains(" Leg."));
    Some(finish(cursor, format!("/laws/{year}"), format!("ch{number}"), state))
}

/// " of 2025", ", 2018", " (2018)".
fn year_after(cursor: &mut Cursor<'_>) -> Option<String> {
    let mut ahead = *cursor;
    ahead.eat(",");
    ahead.spaces();
    let of = ahead.eat_word("of");
    ahead.spaces();
    if ahead.eat("the ") && !["2", "1", "P", "A"].iter().any(|c| ahead.rest().starts_with(c)) {
        return None;
    }
    let session = ahead.rest().get(4..).is_some_and(|rest| {
        [" special", " regular", " legislative", " session", " extraordinary"]
            .iter()
            .any(|w| rest.starts_with(w))
    });
    if session {
        return None;
    }
    ahead.eat("Public Acts of ");
    ahead.eat("Acts of ");
    let year = ahead.digits(4).filter(|digits| of && is_year(digits))?;
    let ordinal = ["", " First", " Second", " Third", " 1st", " 2nd", " 3rd"];
    let sort = [" Regular Session", " Extraordinary Session", " Special Session", " Legislative Session"];
    // "Act 314 of the 2024 Regular Session"
    let named = ordinal.iter().any(|ordinal| {
        let mut tried = ahead;
        let named = tried.eat(ordinal) && tried.eat_any(&sort);
        if named {
            ahead = tried;
        }
        named
    });
    if !named && [" Regular", " Special"].iter().any(|word| ahead.rest().starts_with(word)) {
        return None;
    }
    *cursor = ahead;
    Some(year.to_owned())
}

/// "P.L. 2019, c. 5", "Public Law 2019, chapter 616" of the states that call their session laws so.
pub(super) fn public_law_of_state(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let (start, read) = match forward(text, end, None, "") {
        Some(read) => (start, read),
        // "Chapter 231, P.L. 1975"
        None => match backward(text, start, end) {
            Some(read) => read,
            None => return,
        },
    };
    let state = state_before(text, start);
    let authority = Authority::new(Scope::State(state), read.base).section(read.section, "");
    out.push(Found { start, end: read.end, kind: KIND, rule: RULE, authority });
}
