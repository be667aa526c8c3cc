//! Proposals: what a petition, a draft or a bill would do is no position of the body it lies before.

use super::cores::Core;
use crate::segment::Segmented;

/// What is proposed.
const PROPOSALS: &[&str] = &[
    "petition",
    "petitions",
    "petitioner",
    "proposal",
    "proposed",
    "draft",
    "motion",
    "referendum",
    "initiative",
];

/// What makes a rule of a proposal.
const ADOPTED: &[&str] =
    &["approved", "adopted", "passed", "enacted", "signed", "carried", "backed", "supports", "endorsed"];

/// What is said of a proposal that lies before a body: "is on the draft agenda".
const PENDING: &[&str] = &["agenda", "tabled", "postponed", "pending", "withdrawn", "docket", "calendar"];

/// How many sentences before "it would" name the proposal.
const BEFORE: usize = 2;

/// Whether a match tells what is only proposed.
pub(super) fn is_proposed(segmented: &Segmented<'_>, sentence: usize, core: &Core) -> bool {
    let tokens = &segmented.tokens;
    let is = |at: usize, words: &[&str]| words.iter().any(|word| tokens[at].is(segmented.text, word));
    let range = segmented.sentences[sentence].range();
    let any = |from: usize, to: usize, words: &[&str]| (from..to).any(|at| is(at, words));
    // "A petition was read. It would bar any employee from asking".
    let would = range.start + 1 < range.end
        && is(range.start, &["it", "this", "that", "they"])
        && is(range.start + 1, &["would"])
        && !any(range.start, core.first, &["but", ";", "now"]);
    if would {
        let from = segmented.sentences[sentence.saturating_sub(BEFORE)].range().start;
        return any(from, range.start, PROPOSALS) && !any(from, range.start, ADOPTED);
    }
    // "A resolution urging members to honor detainers is on the draft agenda".
    let opens = (range.start..core.first.min(range.start + 4))
        .any(|at| is(at, PROPOSALS) || is(at, &["resolution", "measure", "ordinance", "amendment", "item"]));
    opens && any(core.last, range.end, PENDING) && !any(range.start, range.end, ADOPTED)
}
