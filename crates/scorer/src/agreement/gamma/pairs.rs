//! Pairs of units near enough to be aligned, and the best alignment of two annotators.

use std::collections::BTreeMap;

use crate::agreement::gamma::dissimilarity::Dissimilarity;
use crate::matching::{Edge, Weight, assign_up_to};
use crate::spans::LabelledSpan;

/// Units of one annotator and of another, by their places, and how unlike they are.
pub(super) type Pair = (u32, u32, f64);

/// Every pair whose dissimilarity is below `most` times `delta_empty`, in order.
///
/// Twice the distance of two middles is at most the sum of the distances of their ends. So a unit's partners
/// lie in a window around its middle, one for each magnitude of their lengths.
pub(super) fn near(
    ours: &[LabelledSpan],
    theirs: &[LabelledSpan],
    dissimilarity: &Dissimilarity,
    most: f64,
) -> Vec<Pair> {
    let middle = |unit: &LabelledSpan| u64::from(unit.span.start) + u64::from(unit.span.end);
    let mut by_length: BTreeMap<u32, Vec<(u64, u32)>> = BTreeMap::new();
    for (at, unit) in theirs.iter().enumerate() {
        let magnitude = u32::BITS - unit.span.len().leading_zeros();
        by_length.entry(magnitude).or_default().push((middle(unit), at as u32));
    }
    for units in by_length.values_mut() {
        units.sort_unstable();
    }
    let (reach, limit) = (dissimilarity.reach(most), most * dissimilarity.delta_empty);
    let mut pairs = Vec::new();
    for (at, unit) in ours.iter().enumerate() {
        let first = pairs.len();
        for (&magnitude, units) in &by_length {
            let longest = (1_u64 << magnitude) - 1;
            let window = reach.map_or(u64::MAX, |reach| ceiling(reach, u64::from(unit.span.len()) + longest));
            let (low, high) = (middle(unit).saturating_sub(window), middle(unit).saturating_add(window));
            let from = units.partition_point(|&(middle, _)| middle < low);
            for &(_, other) in units[from..].iter().take_while(|&&(middle, _)| middle <= high) {
                let cost = dissimilarity.between(unit, &theirs[other as usize]);
                if cost < limit {
                    pairs.push((at as u32, other, cost));
                }
            }
        }
        pairs[first..].sort_unstable_by_key(|pair| pair.1);
    }
    pairs
}

#[expect(clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "both are small and not negative")]
fn ceiling(reach: f64, length: u64) -> u64 {
    libm::ceil(reach * length as f64) as u64
}

/// Pairs with the greatest total of what each saves; `saved` is above zero and at most `most`.
///
/// Sums are compared as integers in steps of 2⁻⁴⁰ of `most`: the matching found is optimal to less than
/// 1e-12 of it a pair, and the same on every machine.
pub(super) fn matched(saved: &[Pair], most: f64) -> Vec<(u32, u32)> {
    let edge = |&(row, col, saved): &Pair| {
        #[expect(clippy::cast_possible_truncation, reason = "it is at most 2^40")]
        let steps = libm::round(saved / most * STEPS) as i64;
        Edge { row, col, weight: Weight([steps, 1, 0, 0, 0, 0, 0]) }
    };
    let edges: Vec<Edge> = saved.iter().map(edge).collect();
    assign_up_to(&edges, usize::MAX)
}

const STEPS: f64 = 1_099_511_627_776.0;

/// The pairs of the best alignment of two annotators. What is left out costs `delta_empty`; a pair that is not
/// cheaper than two of those is never made.
pub(super) fn best(
    ours: &[LabelledSpan],
    theirs: &[LabelledSpan],
    dissimilarity: &Dissimilarity,
) -> (Vec<(u32, u32)>, f64) {
    let near = near(ours, theirs, dissimilarity, 2.0);
    let two = 2.0 * dissimilarity.delta_empty;
    let saved: Vec<Pair> = near.iter().map(|&(a, b, cost)| (a, b, two - cost)).collect();
    let pairs = matched(&saved, two);
    let cost: f64 =
        pairs.iter().map(|&(a, b)| dissimilarity.between(&ours[a as usize], &theirs[b as usize])).sum();
    #[expect(clippy::cast_precision_loss)]
    let alone = (ours.len() + theirs.len() - 2 * pairs.len()) as f64;
    (pairs, cost + alone * dissimilarity.delta_empty)
}
