//! Spans on a text as labels of its characters: alpha for unitizing, and units for kappa.
//!
//! # Which alpha
//!
//! The unitizing alpha here is `uα` for nominal values as redefined by Krippendorff, Mathet, Bouvry and
//! Widlöcher (2016, "On the reliability of unitizing textual continua: Further developments", Quality &
//! Quantity 50:2347–2364; Krippendorff 2019, section 12.6.3), with its binary sister `|uα` (12.6.4), which
//! asks only for what is marked and what is not. They replace the `α_U` of Krippendorff 1995 and 2004, which
//! compared squared distances of ends and misbehaved with more than two annotators.
//!
//! The observed disagreement is that of alpha with every code point as a unit. The expected one differs: a
//! marked stretch is drawn as a whole, so its code points cannot be paired with one another. Code points
//! between the stretches, the gaps, are drawn one by one.
//!
//! # Conventions
//!
//! - The label of a code point is the *set* of labels of the spans over it; the empty set is a gap and a
//!   label like any other.
//! - A span that overlaps another of the same annotator is cut where the other begins and ends.
//! - Documents follow one another on one continuum. An annotator who has not seen a document is missing
//!   there, not silent.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use crate::agreement::codings::{Codings, float};
use crate::agreement::coefficient::{Coefficient, WhyUndefined};
use crate::spans::LabelledSpan;

/// Labels up to which spans on a continuum can be told apart.
pub const MAX_CONTINUUM_LABELS: u32 = 64;

/// A set of labels: bit `i` is label `i`.
pub type LabelSet = u64;

/// The spans of several annotators on one text after another. They add up over documents.
///
/// ```
/// use goldrule_scorer::{Continuum, LabelledSpan};
///
/// let (a, b) = ([LabelledSpan::new(0, 4, 0)], [LabelledSpan::new(0, 6, 0)]);
/// let mut continuum = Continuum::new(2);
/// continuum.add(&[Some(&a), Some(&b)], 20);
/// assert_eq!(continuum.codings().units(), 20);
/// // Drawn whole, stretches meet gaps more often, and the same overlap is worth more.
/// assert!(continuum.unitizing().value() > continuum.codings().alpha().value());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuum {
    codings: Codings<LabelSet>,
    /// Sums of squared lengths of marked stretches, under all labels and under each alone.
    own: u128,
    own_of: BTreeMap<u32, u128>,
}

/// A run of code points with the labels over it.
type Stretch = (u32, u32, LabelSet);

impl Continuum {
    /// An empty continuum of so many annotators.
    pub const fn new(annotators: usize) -> Self {
        Self { codings: Codings::new(annotators), own: 0, own_of: BTreeMap::new() }
    }

    /// Adds a document of so many code points; an annotator who has not seen it is `None`. Where a span
    /// reaches further, the document does too.
    ///
    /// # Panics
    /// Where a label is not below [`MAX_CONTINUUM_LABELS`].
    pub fn add(&mut self, annotators: &[Option<&[LabelledSpan]>], length: u32) {
        let last = annotators.iter().flatten().flat_map(|spans| spans.iter()).map(|unit| unit.span.end).max();
        let length = length.max(last.unwrap_or(0));
        let seen: Vec<Option<Vec<Stretch>>> = annotators.iter().map(|spans| spans.map(stretches)).collect();
        if seen.iter().flatten().count() >= 2 {
            for spans in annotators.iter().flatten() {
                self.add_own(spans);
            }
            self.own += seen.iter().flatten().map(|stretches| squares(stretches)).sum::<u128>();
        }
        self.add_patterns(&seen, length);
    }

    fn add_own(&mut self, spans: &[LabelledSpan]) {
        let mut labels: Vec<u32> = spans.iter().map(|unit| unit.label).collect();
        labels.sort_unstable();
        labels.dedup();
        for label in labels {
            let alone: Vec<LabelledSpan> = spans.iter().filter(|u| u.label == label).copied().collect();
            *self.own_of.entry(label).or_default() += squares(&stretches(&alone));
        }
    }

    /// Cuts the text wherever anybody's labels change.
    fn add_patterns(&mut self, seen: &[Option<Vec<Stretch>>], length: u32) {
        let mut cuts: Vec<u32> = seen.iter().flatten().flatten().flat_map(|s| [s.0, s.1]).collect();
        cuts.extend([0, length]);
        cuts.sort_unstable();
        cuts.dedup();
        let mut next = vec![0; seen.len()];
        let mut pattern = Vec::with_capacity(seen.len());
        for piece in cuts.windows(2) {
            let labels = seen.iter().zip(&mut next).map(|(stretches, next)| {
                let stretches = stretches.as_ref()?;
                while stretches.get(*next).is_some_and(|stretch| stretch.1 <= piece[0]) {
                    *next += 1;
                }
                let over = stretches.get(*next).filter(|stretch| stretch.0 <= piece[0]);
                Some(over.map_or(0, |stretch| stretch.2))
            });
            pattern.clear();
            pattern.extend(labels);
            pattern.resize(self.codings.annotators(), None);
            self.codings.count(&pattern, u64::from(piece[1] - piece[0]));
        }
    }

    /// The code points as units, each under its set of labels.
    pub const fn codings(&self) -> &Codings<LabelSet> {
        &self.codings
    }

    /// The same, each marked or not.
    pub fn marked(&self) -> Codings<bool> {
        self.codings.map(|&labels| labels != 0)
    }

    /// The same, each under one label or not.
    pub fn under(&self, label: u32) -> Codings<bool> {
        self.codings.map(|&labels| labels & bit(label) != 0)
    }

    /// Krippendorff's `uα` for nominal values.
    pub fn unitizing(&self) -> Coefficient {
        alpha(&self.codings, |&labels| labels != 0, self.own)
    }

    /// Krippendorff's `|uα`: what is marked and what is not, whatever the labels.
    pub fn unitizing_binary(&self) -> Coefficient {
        alpha(&self.marked(), |&marked| marked, self.own)
    }

    /// `|uα` of the spans of one label, all other text a gap.
    pub fn unitizing_of(&self, label: u32) -> Coefficient {
        let own = self.own_of.get(&label).copied().unwrap_or_default();
        alpha(&self.under(label), |&under| under, own)
    }
}

impl AddAssign<&Continuum> for Continuum {
    fn add_assign(&mut self, other: &Self) {
        self.codings += &other.codings;
        self.own += other.own;
        for (&label, &own) in &other.own_of {
            *self.own_of.entry(label).or_default() += own;
        }
    }
}

/// Alpha whose marked stretches are drawn whole: `own` is the sum of their squared lengths.
fn alpha<L: Ord + Clone>(codings: &Codings<L>, marked: impl Fn(&L) -> bool, own: u128) -> Coefficient {
    let anything = codings.labels().into_iter().any(|(label, _)| marked(label));
    if codings.units() > 0 && !anything {
        return Coefficient::Undefined(WhyUndefined::NoUnits);
    }
    let gaps: u64 = codings.paired_labels().into_iter().filter(|(l, _)| !marked(l)).map(|(_, n)| n).sum();
    codings.alpha_of_stretches(wide(own) + float(gaps))
}

fn bit(label: u32) -> LabelSet {
    assert!(label < MAX_CONTINUUM_LABELS, "label {label} is not below {MAX_CONTINUUM_LABELS}");
    1 << label
}

/// Exact below 2^53, and near enough above.
#[expect(clippy::cast_precision_loss)]
fn wide(n: u128) -> f64 {
    n as f64
}

fn squares(stretches: &[Stretch]) -> u128 {
    stretches.iter().map(|stretch| u128::from(stretch.1 - stretch.0).pow(2)).sum()
}

/// Spans as stretches that do not overlap, in text order: cut where another begins or ends.
fn stretches(spans: &[LabelledSpan]) -> Vec<Stretch> {
    let mut spans: Vec<&LabelledSpan> = spans.iter().filter(|unit| !unit.span.is_empty()).collect();
    spans.sort_unstable();
    if spans.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start) {
        return spans.iter().map(|unit| (unit.span.start, unit.span.end, bit(unit.label))).collect();
    }
    let mut cuts: Vec<u32> = spans.iter().flat_map(|unit| [unit.span.start, unit.span.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut open: Vec<&LabelledSpan> = Vec::new();
    let mut next = spans.iter().peekable();
    let mut pieces = Vec::new();
    for piece in cuts.windows(2) {
        open.retain(|unit| unit.span.end > piece[0]);
        while let Some(unit) = next.next_if(|unit| unit.span.start <= piece[0]) {
            open.push(unit);
        }
        if !open.is_empty() {
            let labels = open.iter().fold(0, |labels, unit| labels | bit(unit.label));
            pieces.push((piece[0], piece[1], labels));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_spans_are_cut() {
        let spans = [LabelledSpan::new(0, 10, 0), LabelledSpan::new(4, 6, 1), LabelledSpan::new(10, 12, 0)];
        assert_eq!(stretches(&spans), [(0, 4, 1), (4, 6, 3), (6, 10, 1), (10, 12, 1)]);
    }
}
