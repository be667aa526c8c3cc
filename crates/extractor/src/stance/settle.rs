//! What is told once where a text says it twice.

use goldrule_schema::ByteSpan;

use super::Found;
use super::trace::Watch;
use crate::segment::Segmented;

/// A sentence that states one position in two ways states it once, as do two of its halves side by side;
/// two quotations each state their own.
pub(super) fn merge(text: &str, found: &mut Vec<Found>, from: usize, watch: &mut impl Watch) {
    let mut at = from;
    while at < found.len() {
        let same = |known: &Found, other: &Found| {
            let (start, end) = (known.core.start.min(other.core.start), known.core.end.max(other.core.end));
            (known.topic, known.position, known.holder.map(|(holder, _)| holder))
                == (other.topic, other.position, other.holder.map(|(holder, _)| holder))
                && !text[start as usize..end as usize].contains(['“', '”', '"'])
        };
        if let Some(known) = (from..at).find(|&known| same(&found[known], &found[at])) {
            let other = found.remove(at);
            watch.joined(&other.seen, &found[known].seen);
            let evidence = found[known].evidence;
            found[known].evidence =
                ByteSpan::new(evidence.start.min(other.evidence.start), evidence.end.max(other.evidence.end));
        } else {
            at += 1;
        }
    }
}

/// "Do you hold people? No. The jail holds nobody.": where the sentences behind a bare answer say the same,
/// they state the position and the answer need not.
pub(super) fn drop_bare_answers(segmented: &Segmented<'_>, found: &mut Vec<Found>, watch: &mut impl Watch) {
    let sentence = |stance: &Found| segmented.sentence_of(segmented.token_at(stance.evidence.start));
    let is_bare = |stance: &Found| {
        let tokens = segmented.token_at(stance.evidence.start)..segmented.token_at(stance.evidence.end);
        stance.evidence.start >= stance.core.end && tokens.len() <= BARE
    };
    let says = |stance: &Found| (stance.topic, stance.position, stance.holder.map(|(holder, _)| holder));
    let mut at = 0;
    while at < found.len() {
        let stance = &found[at];
        let near = found[at + 1..].iter().take_while(|other| sentence(other) < sentence(stance) + FULLER);
        let fuller = near.filter(|other| !is_bare(other)).find(|other| says(other) == says(stance));
        match fuller.filter(|_| is_bare(stance)) {
            Some(fuller) => {
                watch.joined(&stance.seen, &fuller.seen);
                found.remove(at);
            }
            None => at += 1,
        }
    }
}

/// Most tokens of a bare answer: "No, ma'am".
const BARE: usize = 4;

/// How many sentences on from a bare answer the fuller one stands.
const FULLER: usize = 3;
