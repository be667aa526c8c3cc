//! Codes of California by the letters its courts and prisons write: "PC 3060.7", "VC § 23152(a)".

use goldrule_schema::CitationKind;

use super::code::{spaced_subdivisions, with_year};
use super::cursor::Cursor;
use super::section::{self, Listed};
use super::{Authority, Found, Scope, bill};
use crate::State;

/// The letters, and the part of the path for their code.
const LETTERS: &[(&str, &str)] = &[
    ("PC ", "pen"),
    ("P.C. ", "pen"),
    ("CPC ", "pen"),
    ("VC ", "veh"),
    ("CVC ", "veh"),
    ("WIC ", "wic"),
    ("W&I ", "wic"),
    ("GC ", "gov"),
    ("H&S ", "hsc"),
    ("HSC ", "hsc"),
];

pub(super) const ANCHORS: &[&str] = literals!(LETTERS);

/// Words that speak of California.
const SIGNALS: &[&str] =
    &["California", "Calif.", "Cal. ", "CDCR", "Los Angeles", "San Diego", "San Francisco"];

/// What the letters and a number are a section of, where the pages around speak of California.
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some((_, path)) = LETTERS.iter().find(|(letters, _)| *letters == &text[start..end]) else { return };
    let mut cursor = Cursor::new(text, end);
    let mark = cursor.section_mark();
    cursor.spaces();
    let Some(number) = cursor.section_number() else { return };
    let subdivisions = spaced_subdivisions(&mut cursor);
    let whole = number.bytes().take_while(u8::is_ascii_digit).count();
    let shaped = mark.is_some() || number.contains('.') || !subdivisions.is_empty() || whole >= 5;
    if whole < 2 || !shaped || !bill::around(text, start, SIGNALS) {
        return;
    }
    cursor.et_seq();
    let authority = Authority::new(Scope::State(State::from_code("ca")), format!("/code/{path}"))
        .section(format!("s{number}"), subdivisions);
    let (kind, rule) = (CitationKind::Statute, "statute.subject_code");
    section::list(
        cursor,
        Listed::of(mark),
        Found { start, end: with_year(cursor), kind, rule, authority },
        out,
    );
}
