//! Codes of one subject, which several states have: "Cal. Gov. Code § 7284.6", "N.Y. Penal Law § 120.00",
//! "Texas Code of Criminal Procedure article 2.13", "Md. Code Ann., Crim. Proc. § 5-104".

use goldrule_schema::CitationKind;

use super::code::{spaced_subdivisions, subdivision_words, with_year};
use super::cursor::{Cursor, back_spaces, back_word};
use super::lists::{self, Listed};
use super::names::{state_ending, state_starting};
use super::table::{Key, SUBJECTS};
use super::{Authority, Found, Scope, bill, slug};
use crate::State;

pub(super) const ANCHORS: &[&str] = &["Code", "Law", "CPLR", "CPL", "VTL", "GML"];
/// Codes whose subject stands behind the word.
pub(super) const INVERTED: &[&str] = &[
    "Code of Criminal Procedure",
    "Code of Civil Procedure",
    "Code Crim. Proc.",
    "Code Civ. Proc.",
    "Code Crim.Proc.",
    "Code Civ.Proc.",
];
/// The code of Maryland, which names its subject after a comma.
pub(super) const MARYLAND: &[&str] = &["Md. Code", "Maryland Code", "Md. Ann. Code", "MD Code"];
const KIND: CitationKind = CitationKind::Statute;
const RULE: &str = "statute.subject_code";

/// The part of the path for the words of a subject and its "Code", "Law" or "Article".
fn path(words: &str) -> Option<&'static str> {
    let mut key = Key::new();
    if !words.split(['&', ',']).all(|part| key.push_folded(part)) {
        return None;
    }
    SUBJECTS.get(key.as_str())?.next()
}

/// "Gov. Code § 7284.6", outward from "Code", "Law" or "Article".
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let Some((number, mark, chapter)) = number_after(&mut cursor) else { return };
    let Some((from, state, path)) = subject_before(text, start, end) else {
        return super::municipal::city_code(text, start, end, out);
    };
    push(cursor, (from, state, path), (number, mark, chapter), out);
}

/// "Criminal Procedure Article, § 2-202", "Article 2.251 of the Texas Code of Criminal Procedure".
pub(super) fn article(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    cursor.spaces();
    if let Some(number) = cursor.section_number() {
        let subdivisions = cursor.subdivisions();
        cursor.eat(",");
        cursor.spaces();
        cursor.eat_word("of");
        cursor.spaces();
        cursor.eat_word("the");
        cursor.spaces();
        if let Some((to, scope, base)) = named(cursor) {
            let authority = Authority::new(scope, base).section(format!("s{number}"), subdivisions);
            out.push(Found { start, end: to, kind: KIND, rule: RULE, authority });
        }
        return;
    }
    parse(text, start, end, out);
}

/// "Code of Criminal Procedure article 2.13".
pub(super) fn inverted(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let Some((number, mark, chapter)) = number_after(&mut cursor) else { return };
    let state = state_ending(&text[..back_spaces(text, start)]);
    let from = state.map_or(start, |(_, at)| at);
    push(cursor, (from, state.map(|(state, _)| state), "ccp".to_owned()), (number, mark, chapter), out);
}

/// "Md. Code Ann., Crim. Proc. § 5-104", "Md. Code, Correctional Services Article, § 9-309".
pub(super) fn maryland(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    if cursor.eat_any(&["Ann.", "Annotated"]) {
        cursor.eat(",");
        cursor.spaces();
    }
    let (from, mut to) = (cursor.at, cursor.at);
    for _ in 0..7 {
        if cursor.peek() == Some('§')
            || cursor.rest().starts_with("section")
            || cursor.rest().starts_with("Section")
            || cursor.rest().starts_with("title")
        {
            break;
        }
        let word = cursor.take_while(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '&'));
        if word.is_empty() {
            break;
        }
        to = cursor.at;
        cursor.eat(",");
        cursor.spaces();
    }
    let words = text.get(from..to).unwrap_or("").trim_end_matches(" Article").trim_end_matches(" Art.");
    let Some((number, mark, chapter)) = number_after(&mut cursor) else { return };
    let path = path(&format!("{words} Article")).map_or_else(|| slug(words), str::to_owned);
    if path.is_empty() {
        return;
    }
    push(cursor, (start, State::from_code("md"), path), (number, mark, chapter), out);
}

fn push<'t>(
    mut cursor: Cursor<'t>,
    (from, state, path): (usize, Option<State>, String),
    (number, mark, chapter): (&'t str, Option<bool>, bool),
    out: &mut Vec<Found>,
) {
    let mut subdivisions = spaced_subdivisions(&mut cursor);
    subdivision_words(&mut cursor, &mut subdivisions);
    cursor.et_seq();
    let number = lists::first_of_range(number, mark == Some(true), true);
    let head = if chapter { "ch" } else { "s" };
    // "ch. 752, subch. C"
    let mut part = cursor;
    if chapter && part.eat(",") && part.spaces() && part.eat_any(&["subch.", "subchapter"]) && part.spaces() {
        let letter = part.take_while(char::is_alphanumeric);
        cursor = if (1..=3).contains(&letter.len()) { part } else { cursor };
    }
    let state = state.or_else(|| of_style(&cursor.text[from..cursor.at], &path, number));
    let authority = Authority::new(Scope::State(state), format!("/code/{path}"))
        .section(format!("{head}{number}"), subdivisions);
    let first = Found { start: from, end: with_year(cursor), kind: KIND, rule: RULE, authority };
    lists::list(cursor, Listed::of(mark), first, out);
}

/// The state whose lawyers alone write a code so, or which alone has such sections.
fn of_style(words: &str, path: &str, number: &str) -> Option<State> {
    const CALIFORNIAN: [&str; 11] = [
        "Ed. Code",
        "Gov. Code",
        "Pen. Code,",
        "Welf. & Inst. Code",
        "Health & Saf. Code",
        "Veh. Code,",
        "Civ. Code,",
        "Bus. & Prof. Code,",
        "Code Civ. Proc.",
        "Lab. Code,",
        "Evid. Code,",
    ];
    let sections = ["7282", "7283", "7284"].iter().any(|head| number.starts_with(head));
    if CALIFORNIAN.iter().any(|code| words.starts_with(code)) || path == "gov" && sections {
        return State::from_code("ca");
    }
    // Sections of Texas have their chapter before a point, and two digits or more behind it.
    let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    if matches!(path, "gov" | "pen" | "civ") && words.contains("Code") && decimals < 2 {
        return State::from_code("ca");
    }
    let texan = path == "gov" && ["752.05", "753.0"].iter().any(|head| number.starts_with(head));
    if texan { State::from_code("tx") } else { None }
}

/// ", § 7284.6", " Ann. § 5", " section 834b", " art. 2.251", " 834b": number, mark, whether a chapter.
fn number_after<'t>(cursor: &mut Cursor<'t>) -> Option<(&'t str, Option<bool>, bool)> {
    cursor.eat(",");
    cursor.spaces();
    if cursor.eat_any(&["Ann.", "Annotated"]) {
        cursor.eat(",");
        cursor.spaces();
    }
    let mark = cursor.section_mark();
    let chapter = mark.is_none() && cursor.eat_any(&["ch.", "chapter", "chap."]);
    let article = mark.is_none() && !chapter && cursor.eat_any(&["art.", "article", "arts."]);
    cursor.spaces();
    let number = cursor.section_number()?;
    // A bare number must look like one: "Penal Code 834b", not "Code 3".
    let bare = mark.is_none() && !chapter && !article;
    let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    (!bare || number.len() >= 3 && !year).then_some((number, mark, chapter))
}

/// The words of the subject before "Code" and the state before them.
fn subject_before(text: &str, start: usize, end: usize) -> Option<(usize, Option<State>, String)> {
    let mut from = start;
    let initials = end - start <= "CPLR".len() && &text[start..end] != "Code" && &text[start..end] != "Law";
    if initials {
        let path = match &text[start..end] {
            "VTL" => "vat".to_owned(),
            "GML" => "gmu".to_owned(),
            initials => initials.to_ascii_lowercase(),
        };
        return Some((start, State::from_code("ny"), path));
    }
    let mut best = None;
    for _ in 0..6 {
        let Some((at, word)) = back_word(text, from) else { break };
        let opened = word.len() - word.trim_start_matches(['(', '[', '"', '“', '*', '—']).len();
        let at = at + opened;
        let word = &word[opened..];
        let joined = ["and", "&", "of"].contains(&word);
        let bare = word.trim_end_matches(',');
        if !(bare.starts_with(char::is_uppercase) || joined) || bare.ends_with([';', ':', ')', '?', '!']) {
            break;
        }
        if word.len() > bare.len() && !text[at..end].contains("Article") && text[from..start].is_empty() {
            break;
        }
        let words = &text[at..end];
        if let Some(path) = path(words) {
            best = Some((at, path.to_owned()));
        }
        from = at;
        let head = text[..back_spaces(text, at)].trim_end_matches(['\'', '’']).trim_end_matches(',');
        let owned = head.strip_suffix("'s").or_else(|| head.strip_suffix("’s"));
        // "CA Government Code"
        if let Some((state_at, state)) = postal(head).filter(|_| best.is_some() && !joined) {
            return best.map(|(_, path)| (state_at, Some(state), path));
        }
        if let Some((state, state_at)) = state_ending(owned.unwrap_or(head)).filter(|_| !joined) {
            let path = best.map_or_else(|| slug(&text[at..start]), |(_, path)| path);
            let start = if owned.is_some() { at } else { state_at };
            return Some((start, Some(state), path));
        }
        if opened > 0 {
            break;
        }
    }
    let (at, path) = best?;
    Some((at, None, path))
}

/// The state whose two letters end a stretch, and where they begin.
fn postal(head: &str) -> Option<(usize, State)> {
    let at = head.len().checked_sub(2)?;
    let letters = head.get(at..)?;
    if ["OR", "IN", "ME", "OK", "HI"].contains(&letters) {
        return None;
    }
    let alone = !head[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.');
    let state = letters
        .bytes()
        .all(|b| b.is_ascii_uppercase())
        .then(|| State::from_code(&letters.to_ascii_lowercase()));
    Some((at, state.flatten().filter(|_| alone)?))
}

/// The code named right at the cursor, as after "Section 5 of the": end, scope, base.
pub(super) fn named(cursor: Cursor<'_>) -> Option<(usize, Scope, String)> {
    let mut ahead = cursor;
    let state = state_starting(ahead.rest());
    if let Some((_, length)) = state {
        ahead.at += length;
        ahead.eat("'s");
        ahead.eat("’s");
        ahead.spaces();
    }
    let inverted = INVERTED.iter().find(|name| ahead.rest().starts_with(**name));
    let (end, path) = match inverted {
        Some(name) => (ahead.at + name.len(), "ccp".to_owned()),
        None => words_ahead(ahead, state.is_some())?,
    };
    let mut after = Cursor::new(cursor.text, end);
    after.spaces();
    let end = if after.eat_any(&["Ann.", "Annotated"]) { after.at } else { end };
    Some((end, Scope::State(state.map(|(state, _)| state)), format!("/code/{path}")))
}

/// Up to five words and "Code", "Law" or "Article"; unknown subjects only where `owned` by a state.
fn words_ahead(cursor: Cursor<'_>, owned: bool) -> Option<(usize, String)> {
    let (mut ahead, mut all_small) = (cursor, false);
    for count in 0..6 {
        let word = ahead.take_while(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '&'));
        let small = word.starts_with(char::is_lowercase);
        all_small = small && (count == 0 || all_small);
        if word.is_empty() || small && !all_small && !["and", "&", "of"].contains(&word) {
            return None;
        }
        let bare = word.trim_end_matches('.');
        // Statutes of New York and California name each other so: "section 240.37 of the penal law".
        if all_small && matches!(bare, "code" | "law") {
            let end = ahead.at - (word.len() - bare.len());
            let states: &[&str] =
                if bare == "law" { &["New York", "N.Y."] } else { &["California", "Texas"] };
            if !bill::around(cursor.text, end, states) {
                return None;
            }
            return path(&cursor.text[cursor.at..end]).map(|path| (end, path.to_owned()));
        }
        if ["Code", "Law", "Article"].contains(&bare) {
            let end = ahead.at - (word.len() - bare.len());
            let words = &cursor.text[cursor.at..end];
            let known = path(words).map(str::to_owned);
            let made = || (owned && count > 0).then(|| slug(words.trim_end_matches(bare)));
            return known.or_else(made).map(|path| (end, path));
        }
        ahead.eat(",");
        if !ahead.spaces() {
            return None;
        }
    }
    None
}
