//! Codes by letters that only people of their state read so: "PC 3060.7", "CVC 23152(a)", "GS 162-62(e)".

use goldrule_schema::CitationKind;

use super::code::{spaced_subdivisions, with_year};
use super::cursor::Cursor;
use super::lists::{self, Listed};
use super::{Authority, Found, Scope, bill, counties};
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

/// Words before a section of so few figures that it could be a count: "registrants under PC 290".
const LEADING: &[&str] =
    &["under", "by", "per", "of", "in", "to", "with", "and", "or", "violating", "see", "cites"];

/// What the letters and a number are a section of, where the pages around speak of the state.
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some((_, letters)) = LETTERS.iter().find(|(name, _)| *name == &text[start..end]) else { return };
    let mut cursor = Cursor::new(text, end);
    let mark = cursor.section_mark();
    cursor.spaces();
    let Some(number) = cursor.section_number() else { return };
    let subdivisions = spaced_subdivisions(&mut cursor);
    let whole = number.bytes().take_while(u8::is_ascii_digit).count();
    let parted = number.contains('.') && letters.state == "ca" || !subdivisions.is_empty();
    let led = || super::cursor::back_word(text, start).is_some_and(|(_, word)| LEADING.contains(&word));
    let shaped = mark.is_some() || parted || whole >= 5 || whole == 3 && letters.state == "ca" && led();
    if whole < 2 || !shaped || !(letters.sure || speaks_of(text, start, letters.state)) {
        return;
    }
    cursor.et_seq();
    let authority = Authority::new(Scope::State(State::from_code(letters.state)), letters.base)
        .section(format!("s{number}"), subdivisions);
    let (kind, rule) = (CitationKind::Statute, "statute.letters");
    lists::list(
        cursor,
        Listed::of(mark),
        Found { start, end: with_year(cursor), kind, rule, authority },
        out,
    );
}

/// Whether the pages around a place speak of a state, by its words or by one of its counties.
fn speaks_of(text: &str, at: usize, state: &str) -> bool {
    let words = SIGNALS.iter().filter(|(of, _)| *of == state).flat_map(|(_, words)| words.iter());
    let county = || {
        let mut counties = bill::pages(text, at).match_indices(" County").filter_map(|(at, _)| {
            let head = &bill::pages(text, at)[..at];
            let (from, last) =
                head.rsplit_once([' ', '\n']).map_or((0, head), |(head, last)| (head.len() + 1, last));
            let two = head[..from].trim_end().rsplit([' ', '\n']).next().unwrap_or("");
            let of = |name: &str| counties::state_of(&super::slug(name));
            of(last).or_else(|| of(&format!("{two} {last}")))
        });
        counties.any(|of| of.code() == state)
    };
    bill::around(text, at, &words.copied().collect::<Vec<_>>()) || county()
}
