//! Intervals by drawing documents with replacement.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::counts::Counts;
use crate::measure::Measure;
use crate::names::names;
use crate::random::SplitMix64;
use crate::score::DocumentScore;
use crate::uncertainty::Additive;
use crate::uncertainty::normal::{cumulative, quantile as normal_quantile};

names! {
    /// How an interval is read off the resamples.
    Method, "interval method" {
        /// Their quantiles (Efron and Tibshirani 1993, chapter 13).
        Percentile = "percentile",
        /// Their quantiles corrected for bias and skewness (Efron 1987).
        Bca = "bca",
    }
}

/// How to resample.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bootstrap {
    /// Number of resamples.
    pub resamples: usize,
    /// Seed of [`SplitMix64`].
    pub seed: u64,
    /// Share of intervals that are to cover the true value.
    pub level: f64,
    /// How the interval is read off.
    pub method: Method,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self { resamples: 1000, seed: 1, level: 0.95, method: Method::Percentile }
    }
}

/// An interval around a figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// The figure of the documents as they are.
    pub estimate: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Resamples that are summed in one pass over the documents, so that each document is read once for all
/// of them.
const BLOCK: usize = 8;

/// Draws resamples of the documents, each as many as there are, and looks at their sums.
///
/// Resample `i` has a generator of its own, so the result is the same, bit for bit, for any number of
/// threads.
pub fn resamples<T: Additive, R: Send>(
    documents: &[T],
    plan: &Bootstrap,
    look: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let block = |times: &mut Vec<u32>, first: usize| -> Vec<R> {
        let width = BLOCK.min(plan.resamples - first);
        // How often each resample of the block has each document, document by document.
        times.clear();
        times.resize(documents.len() * width, 0);
        for column in 0..width {
            let mut random = SplitMix64::stream(plan.seed, (first + column) as u64);
            for _ in documents {
                times[random.below(documents.len()) * width + column] += 1;
            }
        }
        let mut sums = vec![T::default(); width];
        for (document, times) in documents.iter().zip(times.chunks_exact(width)) {
            for (sum, &times) in sums.iter_mut().zip(times).filter(|(_, times)| **times > 0) {
                sum.add_times(document, times);
            }
        }
        sums.iter().map(&look).collect()
    };
    let blocks: Vec<usize> = (0..plan.resamples).step_by(BLOCK).collect();
    let parts: Vec<Vec<R>> = blocks.into_par_iter().map_init(Vec::new, block).collect();
    parts.into_iter().flatten().collect()
}

/// A figure of summed counts.
pub type Statistic<'a, T> = &'a (dyn Fn(&T) -> Option<f64> + Sync);

/// The interval of a statistic of summed counts.
///
/// Resamples where the statistic is undefined are left out. `None` where there is no document or no
/// resample, or the statistic is undefined. Where the correction of [`Method::Bca`] is undefined, as with
/// every resample on one side of the estimate, the percentiles stand.
pub fn bootstrap<T: Additive>(
    documents: &[T],
    statistic: impl Fn(&T) -> Option<f64> + Sync,
    plan: &Bootstrap,
) -> Option<Interval> {
    bootstrap_all(documents, &[&statistic], plan).pop().flatten()
}

/// The intervals of several statistics, each as [`bootstrap`] gives it, from resamples that are drawn once.
pub fn bootstrap_all<T: Additive>(
    documents: &[T],
    statistics: &[Statistic<'_, T>],
    plan: &Bootstrap,
) -> Vec<Option<Interval>> {
    let total = sum(documents);
    let drawn =
        resamples(documents, plan, |sum| statistics.iter().map(|of| of(sum)).collect::<Vec<Option<f64>>>());
    let interval = |(at, statistic): (usize, &Statistic<'_, T>)| {
        let estimate = statistic(&total)?;
        let mut values: Vec<f64> = drawn.iter().filter_map(|figures| figures[at]).collect();
        values.sort_unstable_by(f64::total_cmp);
        let tail = (1.0 - plan.level) / 2.0;
        let tails = match plan.method {
            Method::Percentile => None,
            Method::Bca => corrected(&values, estimate, &left_out(documents, statistic), tail),
        };
        let (low, high) = tails.unwrap_or((tail, 1.0 - tail));
        Some(Interval { estimate, low: quantile(&values, low)?, high: quantile(&values, high)? })
    };
    statistics.iter().enumerate().map(interval).collect()
}

/// Percentile interval (95 %) of a micro-averaged F1.
///
/// ```
/// use goldrule_schema::AnnotationSet;
/// use goldrule_scorer::{Measure, bootstrap_f1, score_document};
///
/// let empty = AnnotationSet::new("memo");
/// let score = score_document("memo", &empty, &empty);
/// assert_eq!(bootstrap_f1(&[score], Measure::MentionStrict, 1000, 7), None);
/// ```
pub fn bootstrap_f1(
    documents: &[DocumentScore],
    measure: Measure,
    resamples: usize,
    seed: u64,
) -> Option<(f64, f64)> {
    let counts: Vec<Counts> = documents.iter().map(|d| d.measure(measure)).collect();
    let plan = Bootstrap { resamples, seed, ..Bootstrap::default() };
    bootstrap(&counts, Counts::f1, &plan).map(|interval| (interval.low, interval.high))
}

fn sum<T: Additive>(documents: &[T]) -> T {
    let mut sum = T::default();
    for document in documents {
        sum += *document;
    }
    sum
}

/// The statistic with each document left out in turn.
fn left_out<T: Additive>(documents: &[T], statistic: impl Fn(&T) -> Option<f64>) -> Vec<f64> {
    let mut after = vec![T::default(); documents.len() + 1];
    for at in (0..documents.len()).rev() {
        after[at] = after[at + 1];
        after[at] += documents[at];
    }
    let mut before = T::default();
    let mut values = Vec::with_capacity(documents.len());
    for (at, document) in documents.iter().enumerate() {
        let mut rest = before;
        rest += after[at + 1];
        values.extend(statistic(&rest));
        before += *document;
    }
    values
}

/// The tails that bias and acceleration make of two equal ones; `values` are sorted.
fn corrected(values: &[f64], estimate: f64, left_out: &[f64], tail: f64) -> Option<(f64, f64)> {
    let below = values.partition_point(|&value| value < estimate);
    let equal = values.partition_point(|&value| value <= estimate) - below;
    let bias = normal_quantile((as_float(below) + as_float(equal) / 2.0) / as_float(values.len()))?;
    let mean = left_out.iter().sum::<f64>() / as_float(left_out.len());
    let moment = |power: i32| left_out.iter().map(|value| power_of(mean - value, power)).sum::<f64>();
    let spread = moment(2);
    if spread.is_nan() || spread <= 0.0 {
        return None;
    }
    let acceleration = moment(3) / (6.0 * spread * libm::sqrt(spread));
    let tail_at = |z: f64| {
        let shifted = bias + z;
        cumulative(bias + shifted / (1.0 - acceleration * shifted))
    };
    let z = normal_quantile(tail)?;
    let (low, high) = (tail_at(z), tail_at(-z));
    (low.is_finite() && high.is_finite() && low < high).then_some((low, high))
}

/// Whole powers by multiplication: the same on every machine.
fn power_of(base: f64, power: i32) -> f64 {
    (0..power).fold(1.0, |product, _| product * base)
}

#[expect(clippy::cast_precision_loss)] // exact below 2^53
fn as_float(n: usize) -> f64 {
    n as f64
}

/// The value at a share of sorted `values`, interpolated between neighbours.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let place = as_float(values.len().checked_sub(1)?) * share.clamp(0.0, 1.0);
    let below = place as usize;
    let low = *values.get(below)?;
    let high = values.get(below + 1).copied().unwrap_or(low);
    Some(low + (high - low) * (place - as_float(below)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(quantile(&[], 0.025), None);
        assert_eq!(quantile(&[3.0], 0.975), Some(3.0));
        assert_eq!(quantile(&[0.0, 1.0, 2.0, 3.0, 4.0], 0.025), Some(0.1));
        assert_eq!(quantile(&[0.0, 1.0, 2.0, 3.0, 4.0], 0.975), Some(3.9));
    }

    /// Worked by hand: of 20 values 0.1 apart, 12 below the estimate, acceleration zero by symmetry. Bias
    /// Φ⁻¹(0.6) = 0.253347; the tails Φ(2 · 0.253347 ∓ 1.959964) = 0.073081 and 0.993184.
    #[test]
    fn the_correction_moves_both_tails_by_twice_the_bias() {
        let values: Vec<f64> = (0..20).map(|i| f64::from(i) / 10.0).collect();
        let (low, high) = corrected(&values, 1.15, &[0.9, 1.0, 1.1], 0.025).unwrap();
        assert!((low - 0.073_081).abs() < 1e-5 && (high - 0.993_184).abs() < 1e-5, "{low} {high}");
    }

    #[test]
    fn nothing_to_correct_leaves_the_percentiles() {
        assert_eq!(corrected(&[1.0, 1.0], 1.0, &[1.0, 1.0], 0.025), None);
        assert_eq!(corrected(&[1.0, 2.0], 0.5, &[1.0, 2.0], 0.025), None);
    }
}
