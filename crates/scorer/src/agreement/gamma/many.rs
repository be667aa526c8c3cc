//! The best alignment of three or more annotators, between bounds.
//!
//! Above: an alignment found by aligning one annotator after another with what is aligned already, then
//! taking each out and putting it back until nothing gets better. Every step is an optimal assignment.
//! Below: the best alignments of all pairs of annotators, and a dual of the covering problem. Small
//! components where the bounds differ are searched (see `exact`).

use crate::agreement::gamma::dissimilarity::Dissimilarity;
use crate::agreement::gamma::exact;
use crate::agreement::gamma::pairs::{Pair, best, matched, near};
use crate::spans::LabelledSpan;

/// A unitary alignment: for each annotator a unit, or none.
pub(super) type Row = Vec<Option<u32>>;

/// An alignment, its cost, and what every alignment costs at least.
pub(super) struct Bounded {
    pub(super) rows: Vec<Row>,
    pub(super) cost: f64,
    pub(super) least: f64,
}

/// Costs of unitary alignments.
pub(super) struct Costs<'a> {
    pub(super) annotators: &'a [&'a [LabelledSpan]],
    pub(super) dissimilarity: &'a Dissimilarity,
}

impl Costs<'_> {
    /// Mean over pairs of annotators; a pair of which one or both lack a unit costs `delta_empty`.
    pub(super) fn of(&self, row: &[Option<u32>]) -> f64 {
        let (mut sum, mut pairs) = (0.0, 0.0);
        for (at, one) in row.iter().enumerate() {
            for (before, other) in row[..at].iter().enumerate() {
                pairs += 1.0;
                sum += match (one, other) {
                    (Some(one), Some(other)) => self.dissimilarity.between(
                        &self.annotators[before][*other as usize],
                        &self.annotators[at][*one as usize],
                    ),
                    _ => self.dissimilarity.delta_empty,
                };
            }
        }
        sum / pairs
    }

    /// Pairs of units of a useful row, whatever its size, cost less than so many times `delta_empty` together:
    /// the row is not to cost more than its units alone.
    pub(super) fn most(&self) -> f64 {
        f64::from(self.annotators.len() as u32) * self.pairs()
    }

    /// Whether the pairs of a row leave it useful.
    pub(super) fn within(&self, row: &[Option<u32>]) -> bool {
        let size = f64::from(row.iter().flatten().count() as u32);
        let empty = (self.pairs() - size * (size - 1.0) / 2.0) * self.dissimilarity.delta_empty;
        self.of(row) * self.pairs() - empty < self.most() * self.dissimilarity.delta_empty
    }

    fn total(&self, rows: &[Row]) -> f64 {
        rows.iter().map(|row| self.of(row)).sum()
    }

    fn pairs(&self) -> f64 {
        let n = f64::from(self.annotators.len() as u32);
        n * (n - 1.0) / 2.0
    }
}

/// Rounds of taking annotators out and putting them back.
const ROUNDS: usize = 20;

pub(super) fn align(annotators: &[&[LabelledSpan]], dissimilarity: &Dissimilarity) -> Bounded {
    let costs = Costs { annotators, dissimilarity };
    let mut rows: Vec<Row> = Vec::new();
    for annotator in 0..annotators.len() {
        put(&costs, &mut rows, annotator);
    }
    let mut cost = costs.total(&rows);
    for _ in 0..ROUNDS {
        for annotator in 0..annotators.len() {
            for row in &mut rows {
                row[annotator] = None;
            }
            rows.retain(|row| row.iter().any(Option::is_some));
            put(&costs, &mut rows, annotator);
        }
        let now = costs.total(&rows);
        if now > cost - 1e-12 {
            break;
        }
        cost = now;
    }
    let found = Bounded { cost: costs.total(&rows), least: pairwise(&costs), rows };
    exact::improve(&costs, found)
}

/// Adds an annotator's units to rows where that is cheapest, else to rows of their own.
fn put(costs: &Costs<'_>, rows: &mut Vec<Row>, annotator: usize) {
    let units = costs.annotators[annotator];
    let alone = costs.dissimilarity.delta_empty;
    // A unit has to be near one unit of a row to save anything there.
    let most = costs.most();
    let mut row_of: Vec<Vec<Option<u32>>> = costs.annotators.iter().map(|u| vec![None; u.len()]).collect();
    for (at, row) in rows.iter().enumerate() {
        for (units, unit) in row_of.iter_mut().zip(row) {
            if let Some(unit) = unit {
                units[*unit as usize] = Some(at as u32);
            }
        }
    }
    let mut places: Vec<(u32, u32)> = Vec::new();
    for (other, theirs) in costs.annotators.iter().enumerate().filter(|(other, _)| *other != annotator) {
        for (unit, partner, _) in near(units, theirs, costs.dissimilarity, most) {
            places.extend(row_of[other][partner as usize].map(|row| (unit, row)));
        }
    }
    places.sort_unstable();
    places.dedup();
    let saved: Vec<Pair> = places
        .into_iter()
        .filter_map(|(unit, at)| {
            let before = &rows[at as usize];
            let mut with = before.clone();
            with[annotator] = Some(unit);
            let saved = costs.of(before) + alone - costs.of(&with);
            (saved > 0.0).then_some((unit, at, saved))
        })
        .collect();
    let most = saved.iter().map(|pair| pair.2).fold(0.0, f64::max);
    let mut placed = vec![false; units.len()];
    for (unit, at) in matched(&saved, most.max(f64::MIN_POSITIVE)) {
        rows[at as usize][annotator] = Some(unit);
        placed[unit as usize] = true;
    }
    for unit in (0..units.len()).filter(|&unit| !placed[unit]) {
        let mut row = vec![None; costs.annotators.len()];
        row[annotator] = Some(unit as u32);
        rows.push(row);
    }
}

/// No alignment costs less than the best alignments of all pairs of annotators: seen by a pair, it is an
/// alignment of the two, and rows that neither is in cost nothing less than nothing.
fn pairwise(costs: &Costs<'_>) -> f64 {
    let mut sum = 0.0;
    for (at, one) in costs.annotators.iter().enumerate() {
        for other in &costs.annotators[..at] {
            sum += best(one, other, costs.dissimilarity).1;
        }
    }
    sum / costs.pairs()
}
