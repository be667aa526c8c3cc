//! Single characters, or tokens, under labels.

use goldrule_schema::CharSpan;

use crate::spans::LabelledSpan;
use crate::sweep::Item;

/// Characters of one label: those that both sides cover, and those that each covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Covered {
    pub(super) both: u64,
    pub(super) gold: u64,
    pub(super) pred: u64,
}

/// Characters by label; the items of either side are of any order and group.
pub(super) fn covered(gold: &[Item], pred: &[Item], mut add: impl FnMut(u32, Covered)) {
    let (gold, pred) = (stretches(gold), stretches(pred));
    let (mut g, mut p) = (gold.as_slice(), pred.as_slice());
    while let Some(label) = g.first().into_iter().chain(p.first()).map(|s| s.0).min() {
        let (ours, theirs);
        (ours, g) = g.split_at(g.iter().take_while(|s| s.0 == label).count());
        (theirs, p) = p.split_at(p.iter().take_while(|s| s.0 == label).count());
        let length = |all: &[(u64, CharSpan)]| all.iter().map(|s| u64::from(s.1.len())).sum();
        add(label as u32, Covered { both: shared(ours, theirs), gold: length(ours), pred: length(theirs) });
    }
}

/// What is covered, label by label, as stretches that neither overlap nor touch.
fn stretches(items: &[Item]) -> Vec<(u64, CharSpan)> {
    let mut spans: Vec<(u64, CharSpan)> =
        items.iter().filter(|item| !item.span.is_empty()).map(|item| (item.label, item.span)).collect();
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let joined = next.0 == last.0 && next.1.start <= last.1.end;
        if joined {
            last.1.end = last.1.end.max(next.1.end);
        }
        joined
    });
    spans
}

fn shared(gold: &[(u64, CharSpan)], pred: &[(u64, CharSpan)]) -> u64 {
    let (mut g, mut p, mut shared) = (0, 0, 0);
    while let (Some(one), Some(other)) = (gold.get(g), pred.get(p)) {
        shared += u64::from(one.1.overlap(other.1));
        if one.1.end <= other.1.end {
            g += 1;
        } else {
            p += 1;
        }
    }
    shared
}

/// The spans counted in tokens: each becomes the run of tokens that it shares a character with, so that
/// [`Scheme::Characters`](crate::Scheme::Characters) counts tokens. `tokens` are in text order and do not
/// overlap; a span that meets no token is left out.
///
/// ```
/// use goldrule_schema::CharSpan;
/// use goldrule_scorer::{LabelledSpan, token_spans};
///
/// let tokens = [CharSpan::new(0, 4), CharSpan::new(5, 11), CharSpan::new(12, 15)];
/// let spans = [LabelledSpan::new(2, 9, 7), LabelledSpan::new(4, 5, 7)];
/// assert_eq!(token_spans(&spans, &tokens), [LabelledSpan::new(0, 2, 7)]);
/// ```
pub fn token_spans(spans: &[LabelledSpan], tokens: &[CharSpan]) -> Vec<LabelledSpan> {
    spans
        .iter()
        .filter_map(|one| {
            let first = tokens.partition_point(|token| token.end <= one.span.start);
            let last = tokens.partition_point(|token| token.start < one.span.end);
            (first < last).then(|| LabelledSpan::new(first as u32, last as u32, one.label))
        })
        .collect()
}
