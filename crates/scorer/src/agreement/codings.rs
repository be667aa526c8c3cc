//! Units that several annotators gave one label each: S, pi, kappa and alpha.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use crate::agreement::coefficient::{Coefficient, WhyUndefined};

/// Labels that annotators gave to units, counted by pattern. They add up over documents.
///
/// A pattern has a label for each annotator, `None` where an annotator has not seen the unit. What is not
/// marked is no missing label but a label of its own, which the caller chooses.
///
/// ```
/// use goldrule_scorer::{Codings, WhyUndefined};
///
/// // Cohen 1960: two judges, three categories, 200 cases.
/// let counts = [[88, 14, 18], [10, 40, 10], [2, 6, 12]];
/// let mut codings = Codings::new(2);
/// for (a, row) in counts.iter().enumerate() {
///     for (b, &times) in row.iter().enumerate() {
///         codings.add(vec![Some(a), Some(b)], times);
///     }
/// }
/// assert!((codings.kappa().value().unwrap() - (0.70 - 0.41) / 0.59).abs() < 1e-9);
///
/// let mut same = Codings::new(2);
/// same.add(vec![Some("a"), Some("a")], 7);
/// assert_eq!(same.kappa().why(), Some(WhyUndefined::OneLabel));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codings<L> {
    annotators: usize,
    patterns: BTreeMap<Vec<Option<L>>, u64>,
}

impl<L: Ord + Clone> Codings<L> {
    /// No units yet, of so many annotators.
    pub const fn new(annotators: usize) -> Self {
        Self { annotators, patterns: BTreeMap::new() }
    }

    /// Adds so many units of a pattern; what it says beyond the annotators is left out.
    pub fn add(&mut self, mut pattern: Vec<Option<L>>, times: u64) {
        pattern.resize(self.annotators, None);
        self.count(&pattern, times);
    }

    /// The same of a pattern that has a place for each annotator. Few patterns are new: only those are copied.
    pub(super) fn count(&mut self, pattern: &[Option<L>], times: u64) {
        if times == 0 || pattern.iter().all(Option::is_none) {
            return;
        }
        match self.patterns.get_mut(pattern) {
            Some(count) => *count += times,
            None => {
                self.patterns.insert(pattern.to_vec(), times);
            }
        }
    }

    /// How many annotators there are.
    pub const fn annotators(&self) -> usize {
        self.annotators
    }

    /// Units that at least two annotators have labelled.
    pub fn units(&self) -> u64 {
        self.pairable().map(|(_, times)| times).sum()
    }

    /// Units that every annotator has labelled.
    pub fn complete(&self) -> u64 {
        self.full().map(|(_, times)| times).sum()
    }

    /// How often each label was given.
    pub fn labels(&self) -> BTreeMap<&L, u64> {
        let mut labels = BTreeMap::new();
        for (pattern, times) in &self.patterns {
            for label in pattern.iter().flatten() {
                *labels.entry(label).or_default() += times;
            }
        }
        labels
    }

    /// How often each label was given where it can be paired with another annotator's.
    pub(super) fn paired_labels(&self) -> BTreeMap<&L, u64> {
        let mut labels = BTreeMap::new();
        for (pattern, times) in self.pairable() {
            for label in pattern.iter().flatten() {
                *labels.entry(label).or_default() += times;
            }
        }
        labels
    }

    /// The same units under other labels.
    pub fn map<M: Ord + Clone>(&self, of: impl Fn(&L) -> M) -> Codings<M> {
        let mut mapped = Codings::new(self.annotators);
        for (pattern, &times) in &self.patterns {
            mapped.add(pattern.iter().map(|label| label.as_ref().map(&of)).collect(), times);
        }
        mapped
    }

    /// How often an annotator gave each label.
    pub fn labels_of(&self, annotator: usize) -> BTreeMap<&L, u64> {
        let mut labels = BTreeMap::new();
        for (pattern, times) in &self.patterns {
            if let Some(Some(label)) = pattern.get(annotator) {
                *labels.entry(label).or_default() += times;
            }
        }
        labels
    }

    /// Two of the annotators alone.
    #[must_use]
    pub fn pair(&self, first: usize, second: usize) -> Self {
        let mut pair = Self::new(2);
        for (pattern, &times) in &self.patterns {
            let of = |at: usize| pattern.get(at).cloned().flatten();
            pair.add(vec![of(first), of(second)], times);
        }
        pair
    }

    fn pairable(&self) -> impl Iterator<Item = (&[Option<L>], u64)> {
        let many = |pattern: &[Option<L>]| pattern.iter().flatten().count() >= 2;
        self.patterns.iter().map(|(p, &times)| (p.as_slice(), times)).filter(move |(p, _)| many(p))
    }

    fn full(&self) -> impl Iterator<Item = (&[Option<L>], u64)> {
        self.pairable().filter(|(pattern, _)| pattern.iter().all(Option::is_some))
    }

    /// Share of agreeing pairs of annotators, averaged over the units that two have labelled: each unit
    /// counts by the number of its labels, as in alpha.
    pub fn observed(&self) -> Option<f64> {
        let (mut disagreed, mut all) = (0.0, 0.0);
        for (pattern, times) in self.pairable() {
            disagreed += float(times) * disagreement(pattern);
            all += float(times) * float(pattern.iter().flatten().count() as u64);
        }
        (all > 0.0).then(|| 1.0 - disagreed / all)
    }

    /// S (Bennett, Alpert and Goldstein 1954): chance takes each of so many categories equally often, so that full
    /// agreement on one label of several is 1.
    pub fn s(&self, categories: u64) -> Coefficient {
        if categories < 2 && self.complete() > 0 {
            return Coefficient::Undefined(WhyUndefined::OneLabel);
        }
        self.corrected(1, |_| 1.0 / float(categories))
    }

    /// Scott's pi (1955); of more than two annotators Fleiss' kappa (1971), multi-π in Artstein and Poesio
    /// 2008: chance follows the labels of all annotators together. Units that an annotator has not labelled
    /// are left out.
    pub fn pi(&self) -> Coefficient {
        self.corrected(2, |totals| {
            let all: u64 = totals.iter().flat_map(BTreeMap::values).sum();
            let mut joint: BTreeMap<&L, u64> = BTreeMap::new();
            for (label, times) in totals.iter().flatten() {
                *joint.entry(*label).or_default() += times;
            }
            joint.values().map(|&times| square(float(times) / float(all))).sum()
        })
    }

    /// Cohen's kappa (1960) of two annotators; of more the multi-κ of Davies and Fleiss 1982: chance follows
    /// the labels of each annotator, averaged over their pairs. Units that an annotator has not labelled are
    /// left out.
    pub fn kappa(&self) -> Coefficient {
        self.corrected(2, |totals| {
            let (mut sum, mut pairs) = (0.0, 0);
            for (at, one) in totals.iter().enumerate() {
                for other in &totals[..at] {
                    let size = float(one.values().sum()) * float(other.values().sum());
                    let both = one.iter().filter_map(|(label, n)| Some((*n, *other.get(label)?)));
                    sum += both.map(|(n, m)| float(n) * float(m)).sum::<f64>() / size;
                    pairs += 1;
                }
            }
            sum / float(pairs)
        })
    }

    /// Krippendorff's alpha for nominal labels (2004, chapter 11; 2011): chance draws two labels from all
    /// that can be paired. Missing labels are allowed.
    pub fn alpha(&self) -> Coefficient {
        let all: u64 = self.pairable().map(|(p, times)| times * p.iter().flatten().count() as u64).sum();
        self.alpha_of_stretches(float(all))
    }

    /// Alpha of units that are stretches of others and not paired with themselves: `own` is the number of
    /// ordered pairs that falls away, the sum of the squared lengths.
    pub(super) fn alpha_of_stretches(&self, own: f64) -> Coefficient {
        if let Some(why) = self.unpaired() {
            return Coefficient::Undefined(why);
        }
        let totals = self.paired_labels();
        let observed: f64 = self.pairable().map(|(p, times)| float(times) * disagreement(p)).sum();
        if totals.len() < 2 {
            return Coefficient::Undefined(WhyUndefined::OneLabel);
        }
        let all = float(totals.values().sum());
        let alike: f64 = totals.values().map(|&n| square(float(n))).sum();
        Coefficient::of(observed, (square(all) - alike) / (all - own / all), WhyUndefined::OneLabel)
    }

    /// What keeps every coefficient from being defined.
    fn unpaired(&self) -> Option<WhyUndefined> {
        if self.pairable().next().is_some() {
            return None;
        }
        let active: BTreeSet<usize> = self
            .patterns
            .keys()
            .flat_map(|p| p.iter().enumerate().filter(|(_, label)| label.is_some()).map(|(at, _)| at))
            .collect();
        Some(if active.len() == 1 { WhyUndefined::OneAnnotator } else { WhyUndefined::NoUnits })
    }

    /// `(observed - expected) / (1 - expected)` over the complete units, given each annotator's labels, of which
    /// there have to be so many.
    fn corrected(&self, least: usize, expected: impl FnOnce(&[BTreeMap<&L, u64>]) -> f64) -> Coefficient {
        let mut totals: Vec<BTreeMap<&L, u64>> = vec![BTreeMap::new(); self.annotators];
        let (mut disagreed, mut all) = (0.0, 0.0);
        for (pattern, times) in self.full() {
            disagreed += float(times) * disagreement(pattern);
            all += float(times) * float(self.annotators as u64);
            for (labels, label) in totals.iter_mut().zip(pattern) {
                if let Some(label) = label {
                    *labels.entry(label).or_default() += times;
                }
            }
        }
        if all <= 0.0 {
            return Coefficient::Undefined(self.unpaired().unwrap_or(WhyUndefined::Incomplete));
        }
        let labels: BTreeSet<&&L> = totals.iter().flat_map(BTreeMap::keys).collect();
        if labels.len() < least {
            return Coefficient::Undefined(WhyUndefined::OneLabel);
        }
        Coefficient::of(disagreed / all, 1.0 - expected(&totals), WhyUndefined::OneLabel)
    }
}

impl<L: Ord + Clone> AddAssign<&Codings<L>> for Codings<L> {
    fn add_assign(&mut self, other: &Self) {
        self.annotators = self.annotators.max(other.annotators);
        for (pattern, &times) in &other.patterns {
            if pattern.len() == self.annotators {
                self.count(pattern, times);
            } else {
                self.add(pattern.clone(), times);
            }
        }
    }
}

/// Disagreeing ordered pairs of labels, over the labels a label can be paired with.
fn disagreement<L: Ord>(pattern: &[Option<L>]) -> f64 {
    let mut labels: Vec<&L> = pattern.iter().flatten().collect();
    labels.sort_unstable();
    let size = labels.len() as u64;
    let alike: u64 = labels.chunk_by(|a, b| a == b).map(|run| (run.len() * run.len()) as u64).sum();
    if size < 2 { 0.0 } else { float(size * size - alike) / float(size - 1) }
}

fn square(value: f64) -> f64 {
    value * value
}

/// A count as a float; exact below 2^53.
#[expect(clippy::cast_precision_loss)]
pub(super) fn float(n: u64) -> f64 {
    n as f64
}
