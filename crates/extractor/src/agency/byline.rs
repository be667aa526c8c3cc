//! Bylines of pages, whose names are no mentions.

use goldrule_schema::ByteSpan;

/// Most characters of a line that are looked at beside a name, and of the line below it.
const MARGIN: usize = 24;
const DATE: usize = 60;

/// Whether a name is the line by which a page says who posts or replies: alone above the date and the time, or behind
/// the arrow of a reply.
pub(crate) fn is_byline(text: &str, span: ByteSpan) -> bool {
    let before = text[..span.start as usize].chars().rev().take(MARGIN);
    let first = before.take_while(|c| *c != '\n').find(|c| !c.is_whitespace());
    if first.is_some_and(|c| c != '↳') {
        return false;
    }
    let (behind, below) =
        text[span.end as usize..].split_once('\n').unwrap_or((&text[span.end as usize..], ""));
    let alone = behind.trim().is_empty() || behind.trim_start().starts_with(['(', '[', ',']);
    alone && behind.chars().nth(MARGIN - 1).is_none() && (first.is_some() || is_date(below))
}

/// Whether a text goes on with a line of a date and a time: "June 11, 2025 at 8:16 PM · Public".
fn is_date(below: &str) -> bool {
    let line = below.trim_start_matches('\n').split('\n').next().unwrap_or_default();
    let timed = ["·", " ago", "AM", "PM"].iter().any(|word| line.contains(word));
    line.chars().nth(DATE - 1).is_none() && timed && line.contains(|c: char| c.is_ascii_digit())
}
