//! Spans counted by scheme and label.

use std::ops::AddAssign;

use rayon::prelude::*;

use crate::counts::{Counts, WHOLE};
use crate::spans::align::{items, rows};
use crate::spans::characters::covered;
use crate::spans::{Categories, LabelledSpan, MAX_LABELS, Scheme, SpanOptions, SpanRow};
use crate::sweep::{Item, pairing, sort};

const SCHEMES: usize = Scheme::ALL.len();

/// Figures of labelled spans under every scheme. They add up over documents.
///
/// ```
/// use goldrule_scorer::{LabelledSpan, Scheme, SpanOptions, score_spans};
///
/// let gold = [LabelledSpan::new(0, 10, 0), LabelledSpan::new(20, 24, 1)];
/// let pred = [LabelledSpan::new(0, 8, 0), LabelledSpan::new(20, 24, 0)];
/// let score = score_spans(&gold, &pred, &SpanOptions::default());
/// assert_eq!(score.counts(Scheme::Strict).f1(), Some(0.0));
/// assert_eq!(score.counts(Scheme::Exact).f1(), Some(0.5));
/// assert_eq!(score.counts(Scheme::Partial).f1(), Some(0.75));
/// assert_eq!(score.counts(Scheme::Type).f1(), Some(0.5));
/// assert_eq!(score.counts(Scheme::Overlap).f1(), Some(1.0));
/// assert_eq!(score.categories(Scheme::Strict).incorrect, 2);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpanScore {
    totals: [Categories; SCHEMES],
    /// By label, then scheme.
    labels: Vec<[Counts; SCHEMES]>,
}

/// What a scheme makes of a pair.
#[derive(Clone, Copy)]
enum Verdict {
    Correct,
    Partial,
    Incorrect,
}

fn verdict(scheme: Scheme, gold: &LabelledSpan, pred: &LabelledSpan) -> Verdict {
    let (exact, label) = (gold.span == pred.span, gold.label == pred.label);
    let right = match scheme {
        Scheme::Strict => exact && label,
        Scheme::Exact => exact,
        Scheme::Partial if !exact => return Verdict::Partial,
        Scheme::Type => label,
        Scheme::Partial | Scheme::Overlap | Scheme::Characters => true,
    };
    if right { Verdict::Correct } else { Verdict::Incorrect }
}

impl SpanScore {
    /// The categories of all spans.
    pub fn categories(&self, scheme: Scheme) -> Categories {
        self.totals[scheme as usize]
    }

    /// The counts of all spans: the micro-average.
    pub fn counts(&self, scheme: Scheme) -> Counts {
        self.totals[scheme as usize].counts()
    }

    /// The counts of one label: gold spans that have it, predicted ones that do, and the credit of either.
    pub fn label(&self, scheme: Scheme, label: u32) -> Counts {
        self.labels.get(label as usize).map(|all| all[scheme as usize]).unwrap_or_default()
    }

    /// The labels that either side has used, in order.
    pub fn labels(&self) -> Vec<u32> {
        let used = |all: &[Counts; SCHEMES]| all.iter().any(|counts| !counts.is_empty());
        let all = self.labels.iter().enumerate();
        all.filter(|(_, schemes)| used(schemes)).map(|(label, _)| label as u32).collect()
    }

    /// Adds a document.
    ///
    /// # Panics
    /// Where a label is not below [`MAX_LABELS`].
    pub fn add(&mut self, gold: &[LabelledSpan], pred: &[LabelledSpan], options: &SpanOptions) {
        let (mut ours, mut theirs) = (items(gold, options.duplicates), items(pred, options.duplicates));
        self.make_room(&ours, &theirs);
        let pairs = pairing(&ours, &theirs, |_, _| true);
        let main = rows(&ours, &theirs, &pairs);
        for scheme in [Scheme::Strict, Scheme::Exact, Scheme::Partial, Scheme::Type] {
            self.add_rows(scheme, gold, pred, &main);
        }
        if options.min_iou == 0 && !options.overlap_labels {
            self.add_rows(Scheme::Overlap, gold, pred, &main);
        } else {
            if options.overlap_labels {
                for side in [&mut ours, &mut theirs] {
                    for item in side.iter_mut() {
                        item.group.1 = item.label;
                    }
                    sort(side);
                }
            }
            let pairs = pairing(&ours, &theirs, |a, b| reaches(options.min_iou, a, b));
            self.add_rows(Scheme::Overlap, gold, pred, &rows(&ours, &theirs, &pairs));
        }
        self.add_characters(&ours, &theirs);
    }

    fn make_room(&mut self, gold: &[Item], pred: &[Item]) {
        let greatest = gold.iter().chain(pred).map(|item| item.label).max();
        if let Some(label) = greatest.filter(|&label| label >= self.labels.len() as u64) {
            assert!(label < u64::from(MAX_LABELS), "label {label} is not below {MAX_LABELS}");
            self.labels.resize(label as usize + 1, Default::default());
        }
    }

    fn add_rows(&mut self, scheme: Scheme, gold: &[LabelledSpan], pred: &[LabelledSpan], rows: &[SpanRow]) {
        let at = scheme as usize;
        let total = &mut self.totals[at];
        for row in rows {
            let pair = (row.gold.map(|g| &gold[g as usize]), row.pred.map(|p| &pred[p as usize]));
            let credit = match pair {
                (Some(g), Some(p)) => match verdict(scheme, g, p) {
                    Verdict::Correct => {
                        total.correct += 1;
                        WHOLE
                    }
                    Verdict::Partial => {
                        total.partial += 1;
                        WHOLE / 2
                    }
                    Verdict::Incorrect => {
                        total.incorrect += 1;
                        0
                    }
                },
                (gold, _) => {
                    total.missed += u64::from(gold.is_some());
                    total.spurious += u64::from(gold.is_none());
                    0
                }
            };
            if let Some(g) = pair.0 {
                self.labels[g.label as usize][at] += Counts::of_gold(credit);
            }
            if let Some(p) = pair.1 {
                self.labels[p.label as usize][at] += Counts::of_pred(credit);
            }
        }
    }

    fn add_characters(&mut self, gold: &[Item], pred: &[Item]) {
        let at = Scheme::Characters as usize;
        let (total, labels) = (&mut self.totals[at], &mut self.labels);
        covered(gold, pred, |label, covered| {
            total.correct += covered.both;
            total.missed += covered.gold - covered.both;
            total.spurious += covered.pred - covered.both;
            let credit = u128::from(covered.both) * WHOLE;
            labels[label as usize][at] += Counts::shared(credit, covered.gold, covered.pred);
        });
    }
}

/// Whether the intersection over union of two spans is at least so many thousandths.
fn reaches(min_iou: u16, a: &Item, b: &Item) -> bool {
    let shared = u64::from(a.span.overlap(b.span));
    let union = u64::from(a.span.len()) + u64::from(b.span.len()) - shared;
    a.span == b.span || shared * 1000 >= u64::from(min_iou) * union
}

impl AddAssign<&SpanScore> for SpanScore {
    fn add_assign(&mut self, other: &Self) {
        for (sum, part) in self.totals.iter_mut().zip(&other.totals) {
            *sum += *part;
        }
        self.labels.resize(self.labels.len().max(other.labels.len()), Default::default());
        for (sum, part) in self.labels.iter_mut().flatten().zip(other.labels.iter().flatten()) {
            *sum += *part;
        }
    }
}

/// Scores the spans of one document.
///
/// # Panics
/// Where a label is not below [`MAX_LABELS`].
pub fn score_spans(gold: &[LabelledSpan], pred: &[LabelledSpan], options: &SpanOptions) -> SpanScore {
    let mut score = SpanScore::default();
    score.add(gold, pred, options);
    score
}

/// Scores documents, each a pair of gold and predicted spans, on all threads of the current pool. The
/// result is the same for any number of them.
///
/// # Panics
/// Where a label is not below [`MAX_LABELS`].
pub fn score_corpus<S: AsRef<[LabelledSpan]> + Sync>(
    documents: &[(S, S)],
    options: &SpanOptions,
) -> SpanScore {
    documents
        .par_chunks(256)
        .map(|chunk| {
            let mut score = SpanScore::default();
            for (gold, pred) in chunk {
                score.add(gold.as_ref(), pred.as_ref(), options);
            }
            score
        })
        .reduce(SpanScore::default, |mut sum, part| {
            sum += &part;
            sum
        })
}
