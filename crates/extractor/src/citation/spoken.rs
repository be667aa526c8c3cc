//! Numbers as people say them: "thirteen seventy-three", "two eighty-seven g", "nineteen eleven twenty-four".
//!
//! Transcripts write down what was said. What is spoken in groups is written in one: thirteen, seventy-three.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces, back_word};
use super::immigration;
use super::{Authority, Found};

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Groups of one number, as long as any in law is.
const MOST_GROUPS: usize = 4;

/// A number in words.
pub(super) struct Spoken {
    /// Its digits, one group after the other.
    pub(super) digits: String,
    /// Its groups: "nineteen", "eleven", "twenty-four".
    pub(super) groups: usize,
    /// Digits of the first group.
    pub(super) first: usize,
}

/// The value of a word below twenty, or of the tens.
fn value(word: &str) -> Option<(usize, bool)> {
    let find = |list: &[&str]| list.iter().position(|w| w.eq_ignore_ascii_case(word));
    find(UNITS).map(|n| (n, false)).or_else(|| find(TENS).map(|n| (n * 10 + 20, true)))
}

fn word<'t>(cursor: &mut Cursor<'t>) -> &'t str {
    cursor.take_while(|c| c.is_ascii_alphabetic())
}

/// Reads as many words of numbers as follow, blanks or hyphens between them.
pub(super) fn number(cursor: &mut Cursor<'_>) -> Option<Spoken> {
    let mut spoken = Spoken { digits: String::new(), groups: 0, first: 0 };
    let mut ahead = *cursor;
    while spoken.groups < MOST_GROUPS {
        let mut next = ahead;
        if spoken.groups > 0 {
            if !(next.eat("-") || next.spaces()) {
                break;
            }
            let mut dash = next;
            if dash.eat_word("dash") && dash.spaces() {
                next = dash;
            }
        }
        let Some((mut group, tens)) = value(word(&mut next)) else { break };
        let mut unit = next;
        if tens
            && (unit.eat("-") || unit.spaces())
            && let Some((small, false)) = value(word(&mut unit))
            && (1..10).contains(&small)
        {
            group += small;
            next = unit;
        }
        if next.peek().is_some_and(char::is_alphanumeric) {
            break;
        }
        spoken.digits.push_str(&group.to_string());
        spoken.groups += 1;
        if spoken.groups == 1 {
            spoken.first = spoken.digits.len();
        }
        ahead = next;
    }
    (spoken.groups > 0).then(|| *cursor = ahead)?;
    Some(spoken)
}

/// "two eighty-seven" of the program that goes by it; a longer number begins with other words.
pub(super) const DELEGATION: &[&str] = &[
    "two eighty-seven",
    "two-eighty-seven",
    "two eighty seven",
    "two-eighty seven",
    "Two eighty-seven",
    "Two-eighty-seven",
    "two eight seven",
];

/// "two eighty-seven g", "section two eighty-seven (g)", "a two eighty-seven agreement".
pub(super) fn delegation(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    if !(cursor.eat("-") || cursor.spaces()) {
        return;
    }
    let letter = ["(g)", "(G)", "gee", "g", "G"].iter().any(|letter| cursor.eat(letter));
    let read = letter && !cursor.peek().is_some_and(char::is_alphanumeric);
    if !read && !immigration::program_follows(Cursor::new(text, end)) {
        return;
    }
    let to = if read { immigration::of_the_act(cursor).unwrap_or(cursor.at) } else { end };
    let from = immigration::mark_before(text, start).filter(|_| read).unwrap_or(start);
    let authority = Authority::federal(immigration::BASE).section("s287", "/g");
    let rule = "statute.delegation";
    out.push(Found { start: from, end: to, kind: CitationKind::Statute, rule, authority });
}

/// "eight U.S.C. thirteen seventy-three", "8 U.S.C. thirteen seventy-three", "eight U.S.C. 1373".
pub(super) fn usc(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some((mut from, title)) = title_before(text, start) else { return };
    if let Some((at, word)) = back_word(text, from)
        && word.trim_start_matches(['(', '"', '“']).eq_ignore_ascii_case("title")
    {
        from = at + word.len() - "title".len();
    }
    let mut cursor = Cursor::new(text, end);
    cursor.eat(",");
    cursor.spaces();
    cursor.section_mark();
    let Some(section) = section(&mut cursor) else { return };
    let subdivisions = cursor.subdivisions();
    let authority = Authority::federal(format!("/usc/t{title}")).section(format!("s{section}"), subdivisions);
    let (kind, rule) = (CitationKind::Statute, "statute.usc");
    out.push(Found { start: from, end: cursor.at, kind, rule, authority });
}

/// A section in words or in digits.
pub(super) fn section(cursor: &mut Cursor<'_>) -> Option<String> {
    if let Some(number) = cursor.section_number() {
        return Some(number.to_owned());
    }
    number(cursor).filter(|spoken| spoken.digits.len() >= 3).map(|spoken| spoken.digits)
}

/// The title, in digits or one word, that stands right before.
fn title_before(text: &str, start: usize) -> Option<(usize, String)> {
    let end = back_spaces(text, start);
    let (at, word) = back_word(text, end)?;
    let opened = word.len() - word.trim_start_matches(['(', '"', '“']).len();
    let bare = word[opened..].trim_end_matches(',');
    let digits = (1..=2).contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit());
    if digits {
        return Some((at + opened, bare.to_owned()));
    }
    let mut cursor = Cursor::new(text, at + opened);
    let spoken = number(&mut cursor).filter(|spoken| spoken.groups == 1)?;
    Some((at + opened, spoken.digits))
}

/// "title eight" or "title 8" with its comma right before a section: where it begins, and the number.
pub(super) fn title_of_section(text: &str, section: usize) -> Option<(usize, String)> {
    let (at, title) = title_before(text, section)?;
    let (from, word) = back_word(text, at)?;
    let opened = word.len() - word.trim_start_matches(['(', '"', '“']).len();
    word[opened..].eq_ignore_ascii_case("title").then_some((from + opened, title))
}

/// The number of a bill: "three eighteen", "nineteen eleven twenty-four" with the year of its session.
pub(super) fn bill(cursor: &mut Cursor<'_>) -> Option<String> {
    let spoken = number(cursor)?;
    let closed = || cursor.peek().is_none_or(|c| matches!(c, '.' | ',' | ';' | '?' | '!' | ')'));
    if spoken.digits.len() < 2 && !closed() {
        return None;
    }
    Some(match spoken.digits.split_at_checked(2) {
        Some((year, rest)) if spoken.groups >= 3 && spoken.first == 2 && rest.len() >= 3 => {
            format!("{year}-{rest}")
        }
        _ => spoken.digits,
    })
}
