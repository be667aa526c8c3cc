//! Codes by letters that only people of their state read so: "PC 3060.7", "CVC 23152(a)", "GS 162-62(e)".

use goldrule_schema::CitationKind;

use super::code::with_year;
use super::cursor::{Cursor, back_word};
use super::lists::{self, Listed};
use super::{Authority, Found, Scope, bill, counties, slug};
use crate::State;

/// What some letters stand for.
struct Letters {
    /// Code of the state.
    state: &'static str,
    /// Path between state and section.
    base: &'static str,
    /// Nobody else is known by them, so that they need no word of the state near.
    sure: bool,
}

const fn of(state: &'static str, base: &'static str) -> Letters {
    Letters { state, base, sure: false }
}

const LETTERS: &[(&str, Letters)] = &[
    ("PC ", of("ca", "/code/pen")),
    ("P.C. ", of("ca", "/code/pen")),
    ("CPC ", of("ca", "/code/pen")),
    ("VC ", of("ca", "/code/veh")),
    ("CVC ", Letters { sure: true, ..of("ca", "/code/veh") }),
    ("WIC ", of("ca", "/code/wic")),
    ("W&I ", of("ca", "/code/wic")),
    ("GC ", of("ca", "/code/gov")),
    ("H&S ", Letters { sure: true, ..of("ca", "/code/hsc") }),
    ("HSC ", of("ca", "/code/hsc")),
    ("GS ", of("nc", "/code")),
];

pub(super) const ANCHORS: &[&str] = literals!(LETTERS);

/// Words that speak of a state.
const SIGNALS: &[(&str, &[&str])] = &[
    (
        "ca",
        &["California", "Calif.", "Cal. ", "CDCR", "Los Angeles", "San Diego", "San Francisco", "Penal Code"],
    ),
    ("nc", &["North Carolina", "N.C.", "Raleigh", "Chapel Hill", "G.S. "]),
];

/// Words before a section, which could else be a count or an address: "registrants under PC 290".
const LEADING: &[&str] = &[
    "under",
    "by",
    "per",
    "of",
    "in",
    "to",
    "with",
    "and",
    "or",
    "on",
    "for",
    "violating",
    "see",
    "cites",
    "faces",
    "charged",
    "alleging",
];

/// Words behind a section that say it is one: "PC 187 charges".
const BEHIND: &[&str] = &["and", "or", "charge", "charges", "violation", "violations", "registrants"];

/// What the letters and a number are a section of, where the pages around speak of the state.
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some((_, letters)) = LETTERS.iter().find(|(name, _)| *name == &text[start..end]) else { return };
    let mut cursor = Cursor::new(text, end);
    let mark = cursor.section_mark();
    cursor.spaces();
    let Some(number) = cursor.section_number() else { return };
    let subdivisions = cursor.subdivisions();
    let whole = number.bytes().take_while(u8::is_ascii_digit).count();
    let led =
        back_word(text, start).is_none_or(|(_, word)| LEADING.contains(&word) || word.ends_with(['.', ':']));
    // Sections of North Carolina have their chapter before a hyphen, those of California none.
    let californian = letters.state == "ca";
    let parted = if californian { !subdivisions.is_empty() } else { number.contains('-') };
    let shaped = mark.is_some() || parted || californian && led && ends(cursor);
    if whole < 3 || !shaped || !(letters.sure || speaks_of(text, start, letters.state)) {
        return;
    }
    cursor.et_seq();
    let authority = Authority::new(Scope::State(State::from_code(letters.state)), letters.base)
        .section(format!("s{number}"), subdivisions);
    let (kind, rule) = (CitationKind::Statute, "statute.letters");
    let first = Found { start, end: with_year(cursor), kind, rule, authority };
    lists::list(cursor, Listed::of(mark), first, out);
}

/// Whether a section ends here, so that it is no count of what follows.
fn ends(mut cursor: Cursor<'_>) -> bool {
    if !cursor.spaces() {
        return cursor.peek().is_none_or(|c| matches!(c, '.' | ',' | ';' | ')' | ':' | '\n'));
    }
    BEHIND.contains(&cursor.take_while(char::is_alphabetic))
}

/// Whether the pages around a place speak of a state, by its words or by one of its counties.
fn speaks_of(text: &str, at: usize, state: &str) -> bool {
    let page = bill::pages(text, at);
    let mut words = SIGNALS.iter().filter(|(of, _)| *of == state).flat_map(|(_, words)| words.iter());
    let of_state = |name: &str| counties::state_of(&slug(name)).is_some_and(|of| of.code() == state);
    let county = |(at, _): (usize, &str)| {
        let head = &page[..at];
        let words = head.rsplit([' ', '\n']).take(2).collect::<Vec<_>>();
        let two = words.iter().rev().copied().collect::<Vec<_>>().join(" ");
        words.first().is_some_and(|last| of_state(last)) || of_state(&two)
    };
    words.any(|word| page.contains(word)) || page.match_indices(" County").any(county)
}
