//! Who signs a text at its end: "Tom Bell / Sheriff, Yolo County", "The writer is chief of the Davis Police Department."

use goldrule_schema::AgencyKind;

use super::spans::mentions_in;
use crate::agency::Agencies;
use crate::segment::Segmented;

/// How many lines at the end of a text may sign it.
const LINES: usize = 4;

/// A signature has fewer bytes, and so has a note on the writer.
const SIGNATURE: usize = 100;
const NOTE: usize = 240;

/// Offices whose holders speak for an agency.
const OFFICES: &[&str] =
    &["sheriff", "undersheriff", "chief", "superintendent", "mayor", "commissioner", "warden", "colonel"];

/// The agency whose head signs a text, or is said below it to have written it.
pub(super) fn signer(segmented: &Segmented<'_>, agencies: &Agencies) -> Option<usize> {
    let text = segmented.text;
    let filled = || text.lines().filter(|line| !line.trim().is_empty());
    let skipped = filled().count().checked_sub(LINES).unwrap_or(1).max(1);
    let last: Vec<&str> = filled().skip(skipped).collect();
    last.into_iter().rev().filter(|line| is_signature(line) || is_note(line)).find_map(|line| {
        let start = (line.as_ptr() as usize - text.as_ptr() as usize) as u32;
        let end = start + line.len() as u32;
        let kind = |agency: usize| agencies.agencies[agency].kind;
        let named = || mentions_in(agencies, start, end).iter().map(|mention| mention.agency);
        let force = |agency: &usize| !matches!(kind(*agency), AgencyKind::Federal | AgencyKind::Government);
        let local = |agency: &usize| kind(*agency) != AgencyKind::Federal;
        named().find(force).or_else(|| named().find(local))
    })
}

/// The words of a line in lower case, without the marks around them.
fn words(line: &str) -> Vec<String> {
    line.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn is_office(word: &str) -> bool {
    OFFICES.contains(&word)
}

/// "Sheriff Dan Ruiz, Yolo County", "— Chief Ana Lopez, Davis Police Department": a line without a sentence.
fn is_signature(line: &str) -> bool {
    let line = line.trim();
    line.len() < SIGNATURE
        && !line.ends_with(['.', '?', '!', ':', '”', '"'])
        && line
            .split_whitespace()
            .all(|word| !word.starts_with(char::is_lowercase) || ["of", "the", "and"].contains(&word))
        && words(line).iter().any(|word| is_office(word))
}

/// "The writer is sheriff of Yolo County.", "Dan Ruiz is the sheriff of Yolo County."
fn is_note(line: &str) -> bool {
    let words = words(line);
    let is = words.iter().take(6).position(|word| word == "is");
    line.len() < NOTE && is.is_some_and(|is| words[is..].iter().take(7).any(|word| is_office(word)))
}
