//! Gamma: agreement on units that have to be found, placed and labelled.
//!
//! Mathet, Widlöcher and Métivier (2015), "The Unified and Holistic Method Gamma (γ) for Inter-Annotator
//! Agreement Measure and Alignment", Computational Linguistics 41(3):437–479. An *alignment* puts every unit
//! of every annotator into exactly one *unitary alignment*, which has at most one unit of each annotator. Its
//! *disorder* is the mean dissimilarity of the pairs in it, summed and divided by the mean number of units of
//! an annotator. The observed disorder is that of the best alignment, the expected one the mean of the best
//! alignments of texts annotated by chance; gamma is 1 less their quotient.
//!
//! # How it is found
//!
//! - *Two annotators*: exactly, as an assignment. A pair that costs more than two units alone is never part of
//!   it, so units far apart never meet, and the text falls into small components.
//! - *Three or more*: between two bounds, which are equal where the search closed ([`BestAlignment::is_exact`]).
//!   Gamma is that of the alignment found; the true one is no less and at most [`Gamma::at_most`].
//! - *Chance*: samples by a seeded generator, one stream for each text and sample, so that the result does not
//!   depend on the number of threads. The interval is the 95 % confidence interval of the mean of the samples
//!   (1.96 standard errors): it says how far the figure may move with another seed, not with other texts.
//! - *Several texts*: disorders are summed over texts before they are divided, and a sample is one of every
//!   text. Of a single text this is the paper's gamma.

mod chance;
mod dissimilarity;
mod exact;
mod many;
mod pairs;

use rayon::prelude::*;
use serde::Serialize;

use crate::agreement::coefficient::{Coefficient, WhyUndefined};
use crate::random::SplitMix64;
use crate::spans::LabelledSpan;

pub use dissimilarity::Dissimilarity;

/// A text with the units of each annotator. Offsets are code points.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// Each annotator's units, in any order.
    pub annotators: Vec<&'a [LabelledSpan]>,
    /// How long the text is; chance shifts units within it.
    pub length: u32,
    /// Number of the text: with the seed it decides on its samples.
    pub number: u64,
}

/// The best alignment of a text, or the best that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct BestAlignment {
    /// Unitary alignments: for each annotator the place of a unit among those given, or none.
    pub rows: Vec<Vec<Option<u32>>>,
    /// Sum of their disorders.
    pub cost: f64,
    /// What no alignment falls below.
    pub least: f64,
    /// Mean number of units of an annotator.
    pub units: f64,
}

impl BestAlignment {
    /// Disorder of the alignment; `None` where there are no units.
    pub fn disorder(&self) -> Option<f64> {
        (self.units > 0.0).then(|| self.cost / self.units)
    }

    /// What no alignment's disorder falls below.
    pub fn least_disorder(&self) -> Option<f64> {
        (self.units > 0.0).then(|| self.least / self.units)
    }

    /// Whether no alignment is better by more than rounding.
    pub fn is_exact(&self) -> bool {
        self.cost - self.least <= 1e-9
    }
}

/// Finds the alignment of least disorder: exact of two annotators, bounded of more.
///
/// ```
/// use goldrule_scorer::{Dissimilarity, LabelledSpan, best_alignment};
///
/// let (a, b) = ([LabelledSpan::new(0, 4, 0)], [LabelledSpan::new(1, 5, 0), LabelledSpan::new(90, 99, 0)]);
/// let best = best_alignment(&[&a, &b], &Dissimilarity::default());
/// // One pair at ((1 + 1) / 8)², one unit alone at 1; one and a half units each.
/// assert!((best.disorder().unwrap() - 1.0625 / 1.5).abs() < 1e-12);
/// assert!(best.is_exact());
/// ```
pub fn best_alignment(annotators: &[&[LabelledSpan]], dissimilarity: &Dissimilarity) -> BestAlignment {
    let units = annotators.iter().map(|units| units.len()).sum::<usize>() as u32;
    let units = f64::from(units) / f64::from(annotators.len().max(1) as u32);
    match annotators {
        [] | [_] => BestAlignment { rows: Vec::new(), cost: 0.0, least: 0.0, units },
        [one, other] => {
            let (pairs, cost) = pairs::best(one, other, dissimilarity);
            BestAlignment { rows: rows(&pairs, one.len(), other.len()), cost, least: cost, units }
        }
        _ => {
            let many::Bounded { rows, cost, least } = many::align(annotators, dissimilarity);
            BestAlignment { rows, cost, least: least.min(cost), units }
        }
    }
}

/// The pairs, then the units alone.
fn rows(pairs: &[(u32, u32)], ours: usize, theirs: usize) -> Vec<Vec<Option<u32>>> {
    let (mut one, mut other) = (vec![true; ours], vec![true; theirs]);
    let mut rows = Vec::new();
    for &(a, b) in pairs {
        (one[a as usize], other[b as usize]) = (false, false);
        rows.push(vec![Some(a), Some(b)]);
    }
    let alone = |free: Vec<bool>| (0..).zip(free).filter(|(_, free)| *free).map(|(at, _)| at);
    rows.extend(alone(one).map(|at| vec![Some(at), None]));
    rows.extend(alone(other).map(|at| vec![None, Some(at)]));
    rows
}

/// How gamma is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GammaPlan {
    /// How unlike units are.
    pub dissimilarity: Dissimilarity,
    /// Samples of chance.
    pub samples: usize,
    /// Seed of [`SplitMix64`].
    pub seed: u64,
}

impl Default for GammaPlan {
    fn default() -> Self {
        Self { dissimilarity: Dissimilarity::default(), samples: 30, seed: 1 }
    }
}

/// Gamma with what it is made of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Gamma {
    /// The figure.
    pub gamma: Coefficient,
    /// 95 % confidence interval for the sampling of chance; `None` where gamma is undefined or there is only
    /// one sample.
    pub interval: Option<(f64, f64)>,
    /// Gamma of the best alignment there may be: greater than `gamma` only where the best was not proved.
    pub at_most: Option<f64>,
    /// Disorder of the alignments found.
    pub observed: Option<f64>,
    /// Mean disorder of the samples.
    pub expected: Option<f64>,
    /// Units of all annotators.
    pub units: u64,
    /// Samples of chance.
    pub samples: usize,
}

/// Disorder of one text or sample, to be summed.
#[derive(Clone, Copy, Default)]
struct Part {
    cost: f64,
    least: f64,
    units: f64,
}

impl Part {
    fn of(annotators: &[&[LabelledSpan]], dissimilarity: &Dissimilarity) -> Self {
        let best = best_alignment(annotators, dissimilarity);
        Self { cost: best.cost, least: best.least, units: best.units }
    }

    fn sum(parts: impl Iterator<Item = Self>) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            cost: sum.cost + part.cost,
            least: sum.least + part.least,
            units: sum.units + part.units,
        })
    }
}

/// Gamma of several texts together. Texts of fewer than two annotators are left out.
///
/// ```
/// use goldrule_scorer::{GammaPlan, LabelledSpan, Text, gamma};
///
/// let units = [LabelledSpan::new(3, 9, 0), LabelledSpan::new(40, 52, 1), LabelledSpan::new(70, 71, 0)];
/// let text = Text { annotators: vec![&units, &units], length: 100, number: 0 };
/// assert_eq!(gamma(&[text], &GammaPlan::default()).gamma.value(), Some(1.0));
/// ```
pub fn gamma(texts: &[Text<'_>], plan: &GammaPlan) -> Gamma {
    let texts: Vec<&Text<'_>> = texts.iter().filter(|text| text.annotators.len() >= 2).collect();
    let units: u64 = texts.iter().flat_map(|text| &text.annotators).map(|units| units.len() as u64).sum();
    let undefined = |why| Gamma {
        gamma: Coefficient::Undefined(why),
        interval: None,
        at_most: None,
        observed: None,
        expected: None,
        units,
        samples: plan.samples,
    };
    if let Some(why) = missing(&texts) {
        return undefined(why);
    }
    let parts: Vec<Part> =
        texts.par_iter().map(|text| Part::of(&text.annotators, &plan.dissimilarity)).collect();
    let found = Part::sum(parts.into_iter());
    let observed = found.cost / found.units;
    let drawn: Vec<f64> = (0..plan.samples as u64)
        .into_par_iter()
        .map(|number| {
            let parts: Vec<Part> = texts.par_iter().map(|text| part_of_sample(text, number, plan)).collect();
            let sum = Part::sum(parts.into_iter());
            if sum.units > 0.0 { sum.cost / sum.units } else { 0.0 }
        })
        .collect();
    let (expected, error) = mean(&drawn);
    if expected <= 0.0 {
        return Gamma {
            observed: Some(observed),
            expected: Some(expected),
            ..undefined(WhyUndefined::NoChance)
        };
    }
    let at = |expected: f64| if observed > 0.0 { 1.0 - observed / expected } else { 1.0 };
    let interval = error.filter(|error| *error < expected).map(|e| (at(expected - e), at(expected + e)));
    Gamma {
        gamma: Coefficient::Value(at(expected)),
        interval,
        at_most: Some(1.0 - found.least / found.units / expected),
        observed: Some(observed),
        expected: Some(expected),
        units,
        samples: plan.samples,
    }
}

/// What keeps gamma from being asked for.
fn missing(texts: &[&Text<'_>]) -> Option<WhyUndefined> {
    let most = texts.iter().map(|text| text.annotators.len()).max().unwrap_or(0);
    let has = |at: &usize| texts.iter().any(|text| text.annotators.get(*at).is_some_and(|u| !u.is_empty()));
    match (0..most).filter(has).count() {
        0 => Some(WhyUndefined::NoUnits),
        1 => Some(WhyUndefined::OneAnnotator),
        _ => None,
    }
}

fn part_of_sample(text: &Text<'_>, number: u64, plan: &GammaPlan) -> Part {
    let mut random = SplitMix64::stream(plan.seed ^ text.number.rotate_left(32), number);
    let sample = chance::sample(text, &mut random);
    let units: Vec<&[LabelledSpan]> = sample.iter().map(Vec::as_slice).collect();
    Part::of(&units, &plan.dissimilarity)
}

/// Mean, and 1.96 standard errors of it where there are two values at least.
fn mean(values: &[f64]) -> (f64, Option<f64>) {
    let n = f64::from(values.len() as u32);
    if values.is_empty() {
        return (0.0, None);
    }
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let error = (values.len() > 1).then(|| 1.96 * libm::sqrt(squares / (n - 1.0) / n));
    (mean, error)
}
