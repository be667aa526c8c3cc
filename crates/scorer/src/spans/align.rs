//! Which gold span is which predicted one.

use crate::content::mix;
use crate::policy::Duplicates;
use crate::spans::{LabelledSpan, SpanOptions};
use crate::sweep::{Item, pairing};

/// A pair of spans, or one without a partner: every span of either side is in exactly one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpanRow {
    /// Place of the gold span in the caller's list.
    pub gold: Option<u32>,
    /// Place of the predicted span in the caller's list.
    pub pred: Option<u32>,
}

/// The alignment that `strict`, `exact`, `partial` and `type` share.
///
/// It has the most pairs of equal span and label; of those alignments that do, the most of equal span;
/// then the most of equal label and their greatest overlap; then the most pairs and their greatest overlap.
/// What that leaves open is settled by the spans' content, never by their order. Spans that
/// [`Duplicates::Drop`] drops have no row.
///
/// ```
/// use goldrule_scorer::{LabelledSpan, SpanOptions, SpanRow, align_spans};
///
/// let gold = [LabelledSpan::new(0, 5, 0), LabelledSpan::new(3, 8, 0)];
/// let pred = [LabelledSpan::new(3, 8, 0), LabelledSpan::new(0, 4, 1), LabelledSpan::new(20, 24, 0)];
/// let rows = align_spans(&gold, &pred, &SpanOptions::default());
/// assert_eq!(
///     rows,
///     [
///         SpanRow { gold: Some(0), pred: Some(1) },
///         SpanRow { gold: Some(1), pred: Some(0) },
///         SpanRow { gold: None, pred: Some(2) },
///     ]
/// );
/// ```
pub fn align_spans(gold: &[LabelledSpan], pred: &[LabelledSpan], options: &SpanOptions) -> Vec<SpanRow> {
    let (gold_items, pred_items) = (items(gold, options.duplicates), items(pred, options.duplicates));
    rows(&gold_items, &pred_items, &pairing(&gold_items, &pred_items, |_, _| true))
}

/// The pairs, then the gold spans without one, then the predicted ones; each in text order.
pub(super) fn rows(gold: &[Item], pred: &[Item], pairs: &[(u32, u32)]) -> Vec<SpanRow> {
    let size = |items: &[Item]| items.iter().map(|item| item.index as usize + 1).max().unwrap_or(0);
    let (mut gold_free, mut pred_free) = (vec![true; size(gold)], vec![true; size(pred)]);
    let mut rows = Vec::with_capacity(gold.len() + pred.len() - pairs.len());
    for &(g, p) in pairs {
        (gold_free[g as usize], pred_free[p as usize]) = (false, false);
        rows.push(SpanRow { gold: Some(g), pred: Some(p) });
    }
    rows.sort_unstable();
    let left = |items: &[Item], free: &[bool]| -> Vec<u32> {
        items.iter().map(|item| item.index).filter(|&at| free[at as usize]).collect()
    };
    rows.extend(left(gold, &gold_free).into_iter().map(|at| SpanRow { gold: Some(at), pred: None }));
    rows.extend(left(pred, &pred_free).into_iter().map(|at| SpanRow { gold: None, pred: Some(at) }));
    rows
}

/// One side, sorted for the sweep, repeats numbered or dropped.
pub(super) fn items(spans: &[LabelledSpan], duplicates: Duplicates) -> Vec<Item> {
    let mut items: Vec<Item> = spans
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let content = u64::from(one.span.start) << 32 | u64::from(one.span.end);
            let content = mix(content ^ mix(u64::from(one.label)));
            Item { group: (0, 0), span: one.span, label: u64::from(one.label), content, index: at as u32 }
        })
        .collect();
    let key = |item: &Item| (item.span, item.label, item.index);
    if !items.is_sorted_by_key(key) {
        items.sort_unstable_by_key(key);
    }
    let same = |a: &Item, b: &Item| (a.span, a.label) == (b.span, b.label);
    match duplicates {
        Duplicates::Keep => {}
        Duplicates::Drop => items.dedup_by(|a, b| same(a, b)),
        Duplicates::CopyByCopy => {
            let mut repeated = false;
            for at in 1..items.len() {
                if same(&items[at - 1], &items[at]) {
                    items[at].group.0 = items[at - 1].group.0 + 1;
                    repeated = true;
                }
            }
            if repeated {
                items.sort_by_key(|item| item.group.0);
            }
        }
    }
    items
}
