//! Codes of the states, in their own and in Bluebook style.

use goldrule_schema::CitationKind;

use super::codes::{self, Code, Shape};
use super::cursor::{Cursor, back_spaces, back_word};
use super::lists::{self, Listed};
use super::names::state_ending;
use super::section;
use super::{Authority, Found, MOST_ITEMS, Scope, secondary};

/// A code with its chapter or section after it, and for some a title before it.
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let name = &text[start..end];
    let Some(code) = codes::by_name(name) else { return };
    // "Minn. R. Crim. P. 3.01" is a rule of court, not of an agency.
    let procedure = [" Crim. P.", " Civ. P.", " Evid.", " App. P.", " Civ. App. P."];
    if name.ends_with("R.")
        && let Some(rest) = procedure.iter().find(|rest| text[end..].starts_with(**rest))
    {
        return secondary::court_rule(text, end - "R.".len(), end + rest.len(), out);
    }
    let mut cursor = Cursor::new(text, end);
    edition(&mut cursor);
    match code.shape {
        Shape::Plain => plain(cursor, (start, end), code, out),
        Shape::Chapter => general_laws(cursor, (start, end), code, out),
        Shape::Ilcs => compiled(cursor, start, code, out),
        Shape::Title => titled(cursor, (start, end), code, out),
    }
}

/// " (ORS)" after "Oregon Revised Statutes".
fn initials(cursor: &mut Cursor<'_>) {
    let Some(inner) = cursor.rest().strip_prefix(" (") else { return };
    let end = inner.bytes().take(12).position(|b| !(b.is_ascii_uppercase() || b == b'.')).unwrap_or(0);
    if end >= 2 && inner[end..].starts_with(") ") {
        cursor.at += end + 3;
    }
}

/// "Ann.", a comma, a year of the edition between name and section.
fn edition(cursor: &mut Cursor<'_>) {
    initials(cursor);
    cursor.eat(",");
    cursor.spaces();
    if cursor.eat_any(&["Ann.", "Annotated"]) {
        cursor.eat(",");
        cursor.spaces();
    }
    let mut ahead = *cursor;
    if ahead
        .digits(4)
        .is_some_and(|year| year.len() == 4 && (year.starts_with("19") || year.starts_with("20")))
        && ahead.eat(",")
        && ahead.spaces()
    {
        *cursor = ahead;
    }
}

fn rule(code: Code) -> &'static str {
    if code.kind == CitationKind::Regulation { "regulation.state" } else { "statute.state_code" }
}

fn found(code: Code, start: usize, end: usize, authority: Authority) -> Found {
    Found { start, end, kind: code.kind, rule: rule(code), authority }
}

fn authority(code: Code, base: impl Into<String>) -> Authority {
    Authority::new(Scope::State(code.state), base)
}

fn plain(mut cursor: Cursor<'_>, (start, name_end): (usize, usize), code: Code, out: &mut Vec<Found>) {
    let text = cursor.text;
    let name = &text[start..name_end];
    // "K.S.A. 2023 Supp. 22-2401"
    let mut supplement = cursor;
    if supplement.digits(4).is_some_and(|year| year.len() == 4) && supplement.eat(" Supp. ") {
        cursor = supplement;
    }
    // "RCWs 43.10.310 and .315"
    let several = name.ends_with(|c: char| c.is_ascii_uppercase()) && cursor.eat("s ");
    let mark = cursor.section_mark().or_else(|| short_mark(&mut cursor)).or(several.then_some(true));
    let chapter = mark.is_none() && cursor.eat_any(&["ch.", "chapter", "c.", "chap.", "chs.", "chapters"]);
    let ruled = mark.is_none()
        && !chapter
        && cursor.eat_any(&["r.", "R.", "rule", "regs.", "art.", "article", "pt.", "title", "tit."]);
    cursor.spaces();
    // Initials alone need a number that looks like a section of a code.
    let short = name.len() <= 5 && mark.is_none() && !chapter;
    let lettered = code.kind == CitationKind::Regulation;
    let number = if lettered { cursor.lettered_number() } else { cursor.section_number() };
    let number = number.filter(|n| !short || shaped(name, n));
    if let Some(number) = number.filter(|n| ruled || mark.is_some() || chapter || !counts(cursor, n)) {
        // Without a sign, what has too few parts for a section is a chapter: "Iowa Code 27A", "RCW 10.93".
        let washington = code.state.is_some_and(|state| state.code() == "wa");
        let parts = number.matches(['.', '-', ':']).count();
        let bare = mark.is_none() && !ruled && code.kind == CitationKind::Statute;
        let hampshire = code.state.is_some_and(|state| state.code() == "nh") && !number.contains(':');
        let chapter = chapter || bare && hampshire || bare && parts < 1 + usize::from(washington);
        let head = if chapter { "ch" } else { "s" };
        let number = lists::first_of_range(number, mark == Some(true), false);
        let number = format!("{number}{}", thousands(&mut cursor, number));
        let mut subdivisions = spaced_subdivisions(&mut cursor);
        subdivision_words(&mut cursor, &mut subdivisions);
        cursor.et_seq();
        let authority = authority(code, code.base()).section(format!("{head}{number}"), subdivisions);
        let first = found(code, owner(text, start, code), with_year(cursor), authority);
        return lists::list(cursor, Listed::of(mark), first, out);
    }
    chapter_before(text, (start, name_end), code, out);
}

/// "s. " of Wisconsin: whether it is plural.
fn short_mark(cursor: &mut Cursor<'_>) -> Option<bool> {
    let plural = cursor.eat("ss. ");
    (plural || cursor.eat("s. ")).then_some(plural)
}

/// ",124" of a Kansas section such as "12-16,124".
fn thousands<'t>(cursor: &mut Cursor<'t>, number: &str) -> &'t str {
    let rest = cursor.rest();
    let Some(tail) = rest.get(..4).filter(|_| number.contains('-')) else { return "" };
    let digits = tail.starts_with(',') && tail.bytes().skip(1).all(|b| b.is_ascii_digit());
    if !digits || rest[4..].starts_with(|c: char| c.is_alphanumeric()) {
        return "";
    }
    cursor.at += tail.len();
    tail
}

/// Subdivisions right after a section, or one space away: "RCW 10.93.160 (4)(a)".
pub(super) fn spaced_subdivisions(cursor: &mut Cursor<'_>) -> String {
    let mut path = cursor.subdivisions();
    if !path.is_empty() {
        return path;
    }
    // "§ 1357 (g) (10)": who leaves one space leaves all.
    loop {
        let mut ahead = *cursor;
        ahead.eat(" ");
        let part = ahead.subdivisions();
        if part.is_empty() {
            return path;
        }
        path.push_str(&part);
        *cursor = ahead;
    }
}

/// ", subd. 3(a)" of Minnesota, as subdivisions of the section.
pub(super) fn subdivision_words(cursor: &mut Cursor<'_>, path: &mut String) {
    let mut ahead = *cursor;
    ahead.eat(",");
    ahead.spaces();
    let named = ahead.eat_any(&["subd.", "subdivision", "subdiv.", "subsection", "subsec."]);
    if !(named || !path.is_empty() && ahead.eat_any(&["paragraph", "par."])) {
        return;
    }
    ahead.spaces();
    let digits = ahead.take_while(|c| c.is_ascii_digit());
    // "subsection A, paragraph 4," of Arizona
    let letter = if digits.is_empty() { ahead.take_while(|c| c.is_ascii_uppercase()) } else { "" };
    let listed = letter.len() == 1 && ahead.peek() == Some(',') && path.is_empty();
    let letter = if listed { letter } else { "" };
    let digits = if listed { letter } else { digits };
    if digits.is_empty() && ahead.peek() != Some('(') {
        return;
    }
    let deeper = ahead.subdivisions();
    // "§ 7282.5(a), subdivision (b) of § 7284.6" goes on with another section.
    if ahead.rest().starts_with(" of ") {
        return;
    }
    if !digits.is_empty() {
        path.push('/');
        path.push_str(digits);
    }
    path.push_str(&deeper);
    *cursor = ahead;
    if letter.len() == 1 {
        subdivision_words(cursor, path);
    }
}

/// "Ch. 42.56 RCW", "chapter 179 of NRS", "chapters 10.93, 43.10, and 43.17 RCW".
fn chapter_before(text: &str, (start, name_end): (usize, usize), code: Code, out: &mut Vec<Found>) {
    let mut at = start;
    if let Some((from, "of")) = back_word(text, at) {
        at = from;
    }
    let mut listed: Vec<(usize, &str)> = Vec::new();
    for _ in 0..MOST_ITEMS {
        let Some((from, word)) = back_word(text, at) else { return };
        if !listed.is_empty() && matches!(word, "and" | "or" | "&") {
            at = from;
            continue;
        }
        let number = if listed.is_empty() { word } else { word.trim_end_matches(',') };
        if Cursor::new(text, from).section_number().is_none_or(|n| n != number) {
            break;
        }
        listed.push((from, number));
        at = from;
    }
    let Some((from, mark)) = back_word(text, at) else { return };
    let opened = mark.len() - mark.trim_start_matches(['(', '[', '"', '“']).len();
    let (from, mark) = (from + opened, &mark[opened..]);
    let marks: &[&str] =
        if listed.len() > 1 { &["chapters", "chs.", "chaps."] } else { &["ch.", "chapter", "chap.", "ch"] };
    if listed.is_empty() || !marks.iter().any(|m| mark.eq_ignore_ascii_case(m)) {
        return;
    }
    let first = listed.len() - 1;
    for (nth, (number_at, number)) in listed.iter().enumerate().rev() {
        let from = if nth == first { from } else { *number_at };
        let end = if nth == 0 { name_end } else { number_at + number.len() };
        let authority = authority(code, code.base()).section(format!("ch{number}"), "");
        out.push(found(code, from, end, authority));
    }
}

/// Where the code's name begins with the state before it: "Nevada NRS 179.1", "N.H. RSA 594:10".
fn owner(text: &str, start: usize, code: Code) -> usize {
    match state_ending(&text[..back_spaces(text, start)]) {
        Some((state, at)) if Some(state) == code.state => at,
        _ => start,
    }
}

/// Whether a number after initials looks like a section: "RCW 10.93.160", but not "AS 12.5".
fn shaped(name: &str, number: &str) -> bool {
    let parts = number.matches(['.', '-', ':']).count();
    let whole = number.bytes().take_while(u8::is_ascii_digit).count();
    let ordinary = ["AS", "IC", "VIC", "CAR", "ARM", "LAC", "FAC", "HAR", "A.S.", "CSR"].contains(&name);
    let ohio = ["ORC", "O.R.C.", "R.C."].contains(&name);
    parts > usize::from(ordinary)
        && (parts > 1 || whole >= 2 || number.contains(':') || ohio && number.len() > 3)
}

/// Whether a bare number after a spelled-out name counts something: "Alaska Statutes 12 times".
fn counts(mut cursor: Cursor<'_>, number: &str) -> bool {
    number.bytes().all(|b| b.is_ascii_digit()) && cursor.spaces() && {
        cursor.peek().is_some_and(char::is_lowercase) && !cursor.rest().starts_with("et seq")
    }
}

/// The end of a citation with the edition in brackets, where it follows: "(2023)", "(West Supp. 2024)".
pub(super) fn with_year(mut cursor: Cursor<'_>) -> usize {
    const EDITORS: &[&str] = &[
        "West",
        "LexisNexis",
        "Lexis",
        "McKinney",
        "Supp.",
        "Rev.",
        "Vernon",
        "Cum.",
        "Repl.",
        "Deering",
        "Michie",
        "Purdon",
        "Bender",
        "Consol.",
        "Page",
        "Gould",
    ];
    let end = cursor.at;
    match cursor.year_bracket() {
        Some(content)
            if content.starts_with(|c: char| c.is_ascii_digit()) && content.len() <= 24
                || EDITORS.iter().any(|editor| content.starts_with(editor)) =>
        {
            cursor.at
        }
        _ => end,
    }
}

/// "c. 211, § 3", "ch. 211 § 3", "chapter 211, section 3".
fn general_laws(mut cursor: Cursor<'_>, (start, end): (usize, usize), code: Code, out: &mut Vec<Found>) {
    if !cursor.eat_any(&["ch.", "c.", "chapter", "chap.", "ch", "chs."]) {
        return by_chapter_of(cursor.text, (start, end), code, out);
    }
    cursor.spaces();
    let Some(chapter) = cursor.section_number() else { return };
    let mut law = authority(code, code.base()).section(format!("ch{chapter}"), "");
    let mut ahead = cursor;
    ahead.eat(",");
    ahead.spaces();
    let short = || (ahead.rest().starts_with("s. ") || ahead.rest().starts_with("ss. ")).then_some(false);
    let spelled = short();
    let plural = ahead.section_mark().or(spelled);
    if spelled.is_some() {
        ahead.eat("s");
        ahead.eat("s");
        ahead.eat(".");
        ahead.spaces();
    }
    if plural.is_some()
        && let Some(number) = ahead.section_number()
    {
        law = authority(code, format!("/code/ch{chapter}"))
            .section(format!("s{number}"), spaced_subdivisions(&mut ahead));
        cursor = ahead;
    }
    lists::list(cursor, Listed::of(plural), found(code, start, with_year(cursor), law), out);
}

/// "section 20A of chapter 276 of the General Laws" and "chapter 276, section 20A of the General Laws": only
/// where the words before are not read from their own anchor.
fn by_chapter_of(text: &str, (start, end): (usize, usize), code: Code, out: &mut Vec<Found>) {
    let (Some((the, "the")), true) = (back_word(text, start), true) else { return };
    let Some((of, "of")) = back_word(text, the) else { return };
    let Some((at, _)) = back_word(text, of) else { return };
    let Some(chapter) = Cursor::new(text, at).section_number() else { return };
    let Some((mark_at, mark)) = back_word(text, at) else { return };
    if !mark.eq_ignore_ascii_case("chapter") {
        return;
    }
    let Some((from, number, subdivisions)) = section::section_prefix(text, mark_at) else { return };
    let law = authority(code, format!("/code/ch{chapter}")).section(format!("s{number}"), subdivisions);
    out.push(found(code, from, end, law));
}

/// "5 ILCS 805/15".
fn compiled(mut cursor: Cursor<'_>, start: usize, code: Code, out: &mut Vec<Found>) {
    let Some((from, title)) = title_number(cursor.text, start) else { return };
    let mark = cursor.section_mark();
    let Some(number) = cursor.section_number() else { return };
    let number = number
        .split_once('-')
        .filter(|(head, _)| mark == Some(true) && head.contains('/'))
        .map_or(number, |(head, _)| head);
    let subdivisions = cursor.subdivisions();
    cursor.et_seq();
    let law = authority(code, "/code").section(format!("{title}/{number}"), subdivisions);
    out.push(found(code, from, with_year(cursor), law));
}

/// "24 V.S.A. § 2366", "Vt. Stat. Ann. tit. 24, § 2366", "11 Del. C. § 1902".
fn titled(mut cursor: Cursor<'_>, (start, end): (usize, usize), code: Code, out: &mut Vec<Found>) {
    let text = cursor.text;
    let base = code.base();
    let (from, title) = if cursor.eat_any(&["tit.", "title"]) {
        cursor.spaces();
        let Some(title) = cursor.number() else { return };
        cursor.eat(",");
        cursor.spaces();
        (start, title)
    } else if let Some(before) = title_number(text, start) {
        before
    } else {
        // Some name the title only in the section: "R.I. Code R. 12-3".
        let sure = text[start..end].len() > 5;
        let Some(mark) = cursor.section_mark().or(sure.then_some(false)) else { return };
        let Some(number) = cursor.section_number().filter(|n| !counts(cursor, n)) else { return };
        let law = authority(code, base).section(format!("s{number}"), cursor.subdivisions());
        cursor.et_seq();
        let first = found(code, start, with_year(cursor), law);
        return lists::list(cursor, Listed::of(Some(mark)), first, out);
    };
    let mark = cursor.section_mark();
    let part =
        mark.is_none() && cursor.eat_any(&["ch.", "c.", "chapter", "pt.", "part", "subtit.", "subpt."]);
    cursor.spaces();
    let letters = code.kind == CitationKind::Regulation && mark.is_none() && !part;
    let number = if letters { cursor.lettered_number() } else { cursor.section_number() };
    let Some(number) = number else {
        section_before(text, (from, end), (code, title), out);
        return;
    };
    let number = lists::first_of_range(number, mark == Some(true), true);
    let subdivisions = spaced_subdivisions(&mut cursor);
    cursor.et_seq();
    let head = if part { "ch" } else { "s" };
    let law = authority(code, format!("{base}/t{title}")).section(format!("{head}{number}"), subdivisions);
    lists::list(cursor, Listed::of(mark), found(code, from, with_year(cursor), law), out);
}

/// "section 2366 of title 24 of the Vermont Statutes".
fn section_before(
    text: &str,
    (from, end): (usize, usize),
    (code, title): (Code, &str),
    out: &mut Vec<Found>,
) {
    let law = authority(code, format!("{}/t{title}", code.base()));
    if let Some((start, number, subdivisions)) = section::section_prefix(text, from) {
        out.push(found(code, start, end, law.section(format!("s{number}"), subdivisions)));
    } else if text[from..].starts_with(['T', 't']) {
        // "Title 11 of the Delaware Code"
        out.push(found(code, from, end, law));
    }
}

/// A title such as `24` or `17-A` right before, with "Title" before it and "of the" after it.
pub(super) fn title_number(text: &str, start: usize) -> Option<(usize, &str)> {
    let mut at = start;
    if let Some((the, "the")) = back_word(text, at) {
        at = the;
    }
    if let Some((of, "of")) = back_word(text, at) {
        at = of;
    }
    let (mut from, word) = back_word(text, at)?;
    let opened = word.len() - word.trim_start_matches(['(', '[', '"', '“']).len();
    let title = word[opened..].trim_end_matches(',');
    from += opened;
    let fits = title.starts_with(|c: char| c.is_ascii_digit())
        && title.len() <= 5
        && title.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let spelled = back_word(text, from)
        .filter(|(_, word)| {
            ["title", "tit."].iter().any(|t| word.trim_start_matches('(').eq_ignore_ascii_case(t))
        })
        .map(|(at, word)| at + word.len() - word.trim_start_matches('(').len());
    let bare = at == start && opened + title.len() == word.len();
    (fits && (spelled.is_some() || bare)).then_some((spelled.unwrap_or(from), title))
}
