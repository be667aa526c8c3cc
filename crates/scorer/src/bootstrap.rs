//! How far a figure would move had other documents of the same sort been drawn.

use crate::content::mix;
use crate::measure::{Counts, Measure};
use crate::score::DocumentScore;

/// Percentile bootstrap interval (95 %) of a micro-averaged F1, documents being the units drawn
/// (Efron and Tibshirani 1993, chapter 13).
///
/// Resample `i` has a random generator of its own, `SplitMix64` (Steele, Lea and Flood 2014) started from
/// `seed` and `i`, so that the result depends on nothing else. Resamples whose F1 is undefined are left
/// out. `None` where there is no document, no resample or nothing to score.
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
    let mut values: Vec<f64> =
        (0..resamples as u64).filter_map(|i| resampled(&counts, mix(seed ^ mix(i))).f1()).collect();
    values.sort_unstable_by(f64::total_cmp);
    Some((percentile(&values, 25)?, percentile(&values, 975)?))
}

/// The sum of as many documents as there are, drawn with replacement.
fn resampled(counts: &[Counts], mut state: u64) -> Counts {
    let mut sum = Counts::default();
    for _ in counts {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        // The high half of the product maps 64 random bits to 0..len, near enough evenly (Lemire 2019).
        let at = (u128::from(mix(state)) * counts.len() as u128) >> 64;
        sum += counts[at as usize];
    }
    sum
}

/// The value at so many thousandths of sorted `values`, interpolated between neighbours.
fn percentile(values: &[f64], thousandths: usize) -> Option<f64> {
    let scaled = values.len().checked_sub(1)? * thousandths;
    let (below, rest) = (scaled / 1000, scaled % 1000);
    let low = *values.get(below)?;
    let high = values.get(below + 1).copied().unwrap_or(low);
    Some(low + (high - low) * (f64::from(rest as u32) / 1000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_interpolate() {
        assert_eq!(percentile(&[], 25), None);
        assert_eq!(percentile(&[3.0], 975), Some(3.0));
        assert_eq!(percentile(&[0.0, 1.0, 2.0, 3.0, 4.0], 25), Some(0.1));
        assert_eq!(percentile(&[0.0, 1.0, 2.0, 3.0, 4.0], 975), Some(3.9));
    }
}
