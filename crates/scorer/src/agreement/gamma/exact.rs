//! Search for the best alignment of three or more annotators, component by component.
//!
//! An alignment covers every unit by exactly one unitary alignment. A unitary alignment that costs no less
//! than two it can be parted into is never needed; units that no other one holds together fall into
//! components, which are solved apart. A dual bounds the cost from below: prices of units such that no
//! unitary alignment costs less than the prices of its units.

use std::collections::BTreeMap;

use crate::agreement::gamma::many::{Bounded, Costs, Row};
use crate::agreement::gamma::pairs::near;

/// Unitary alignments of a text up to which the search is tried at all.
const MAX_CANDIDATES: usize = 200_000;
/// Annotators and units of a component up to which it is searched.
const MAX_ANNOTATORS: usize = 8;
const MAX_UNITS: usize = 500;
/// Steps of the search of a component before its bounds are left as they are.
const MAX_STEPS: usize = 100_000;
/// Rounds of raising prices.
const ROUNDS: usize = 30;
/// Bounds that are this near are equal.
const CLOSE: f64 = 1e-11;

/// A unitary alignment that may be part of the best one.
struct Candidate {
    row: Row,
    units: Vec<usize>,
    cost: f64,
}

/// Units of all annotators, numbered through, and the candidates of each.
struct Problem {
    candidates: Vec<Candidate>,
    of_unit: Vec<Vec<usize>>,
    first: Vec<usize>,
}

/// Closes the gap between the bounds where it can.
pub(super) fn improve(costs: &Costs<'_>, found: Bounded) -> Bounded {
    if found.cost - found.least <= CLOSE || costs.annotators.len() > MAX_ANNOTATORS {
        return found;
    }
    let Some(problem) = Problem::new(costs) else { return found };
    let prices = problem.prices();
    let mut rows_of: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
    let components = problem.components();
    for row in found.rows {
        let unit = problem.units_of(&row)[0];
        rows_of.entry(components[unit]).or_default().push(row);
    }
    let mut units_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (unit, &component) in components.iter().enumerate() {
        units_of.entry(component).or_default().push(unit);
    }
    let (mut rows, mut cost, mut least) = (Vec::new(), 0.0, 0.0);
    for (component, known) in rows_of {
        let units = &units_of[&component];
        let known_cost: f64 = known.iter().map(|row| costs.of(row)).sum();
        let price: f64 = units.iter().map(|&unit| prices[unit]).sum();
        let mut search = Search::new(&problem, &prices, known_cost);
        let closed =
            known_cost - price <= CLOSE || (units.len() <= MAX_UNITS && search.cover(units, 0.0, price));
        let best =
            search.best.map(|best| best.into_iter().map(|at| problem.candidates[at].row.clone()).collect());
        let kept: Vec<Row> = best.unwrap_or(known);
        let kept_cost: f64 = kept.iter().map(|row| costs.of(row)).sum();
        least += if closed { kept_cost } else { price.min(kept_cost) };
        cost += kept_cost;
        rows.extend(kept);
    }
    Bounded { rows, cost, least: least.max(found.least.min(cost)) }
}

impl Problem {
    /// All candidates; `None` where there are too many.
    fn new(costs: &Costs<'_>) -> Option<Self> {
        let n = costs.annotators.len();
        let mut first = Vec::with_capacity(n);
        let mut total = 0;
        for units in costs.annotators {
            first.push(total);
            total += units.len();
        }
        let mut problem = Self { candidates: Vec::new(), of_unit: vec![Vec::new(); total], first };
        let most = costs.most();
        // For each unit, the near units of later annotators.
        let mut later: Vec<Vec<(usize, u32)>> = vec![Vec::new(); total];
        for one in 0..n {
            for other in one + 1..n {
                let near = near(costs.annotators[one], costs.annotators[other], costs.dissimilarity, most);
                if near.len() > MAX_CANDIDATES {
                    return None;
                }
                for (a, b, _) in near {
                    later[problem.first[one] + a as usize].push((other, b));
                }
            }
        }
        for (annotator, units) in costs.annotators.iter().enumerate() {
            for unit in 0..units.len() {
                let mut row = vec![None; n];
                row[annotator] = Some(unit as u32);
                problem.push(row.clone(), costs);
                problem.extend(&row, &later[problem.first[annotator] + unit], costs)?;
            }
        }
        Some(problem)
    }

    /// Adds the candidates that extend a row by later annotators' units near its first unit. A row that costs
    /// too much as it is may still be part of a longer one, unless its pairs alone do.
    fn extend(&mut self, row: &[Option<u32>], near: &[(usize, u32)], costs: &Costs<'_>) -> Option<()> {
        let last = row.iter().rposition(Option::is_some).unwrap_or(0);
        for &(annotator, unit) in near.iter().filter(|&&(annotator, _)| annotator > last) {
            let mut longer = row.to_vec();
            longer[annotator] = Some(unit);
            if self.candidates.len() > MAX_CANDIDATES {
                return None;
            }
            if costs.of(&longer) < costs.dissimilarity.delta_empty * size(&longer)
                && is_needed(&longer, costs)
            {
                self.push(longer.clone(), costs);
            }
            if costs.within(&longer) {
                self.extend(&longer, near, costs)?;
            }
        }
        Some(())
    }

    fn push(&mut self, row: Row, costs: &Costs<'_>) {
        let units = self.units_of(&row);
        for &unit in &units {
            self.of_unit[unit].push(self.candidates.len());
        }
        self.candidates.push(Candidate { cost: costs.of(&row), units, row });
    }

    fn units_of(&self, row: &[Option<u32>]) -> Vec<usize> {
        let units = row.iter().zip(&self.first).filter_map(|(unit, first)| Some(first + (*unit)? as usize));
        units.collect()
    }

    /// Prices of units: a share of their cheapest candidate, then raised one by one as far as they may.
    fn prices(&self) -> Vec<f64> {
        let share = |&at: &usize| {
            let candidate = &self.candidates[at];
            candidate.cost / f64::from(candidate.units.len() as u32)
        };
        let mut prices: Vec<f64> =
            self.of_unit.iter().map(|of| of.iter().map(share).fold(f64::INFINITY, f64::min)).collect();
        let slack = |at: usize, prices: &[f64]| {
            let candidate = &self.candidates[at];
            candidate.cost - candidate.units.iter().map(|&unit| prices[unit]).sum::<f64>()
        };
        for round in 0..ROUNDS {
            let mut raised = 0.0;
            for step in 0..prices.len() {
                let unit = if round % 2 == 0 { step } else { prices.len() - 1 - step };
                let room =
                    self.of_unit[unit].iter().map(|&at| slack(at, &prices)).fold(f64::INFINITY, f64::min);
                prices[unit] += room;
                raised += room.abs();
            }
            if raised < CLOSE {
                break;
            }
        }
        prices
    }

    /// For each unit a number that its component shares.
    fn components(&self) -> Vec<usize> {
        let mut component: Vec<Option<usize>> = vec![None; self.of_unit.len()];
        for start in 0..component.len() {
            let mut open = vec![start];
            while let Some(unit) = open.pop() {
                if component[unit].is_none() {
                    component[unit] = Some(start);
                    open.extend(self.of_unit[unit].iter().flat_map(|&at| &self.candidates[at].units));
                }
            }
        }
        component.into_iter().flatten().collect()
    }
}

/// Units of a row.
fn size(row: &[Option<u32>]) -> f64 {
    f64::from(row.iter().flatten().count() as u32)
}

/// Whether a row costs less than any two it can be parted into.
fn is_needed(row: &[Option<u32>], costs: &Costs<'_>) -> bool {
    let places: Vec<usize> = (0..row.len()).filter(|&at| row[at].is_some()).collect();
    let cost = costs.of(row);
    // The first unit is always in the first part.
    (1..1_u64 << (places.len() - 1)).all(|second| {
        let mut parts = (row.to_vec(), row.to_vec());
        for (bit, &at) in places.iter().enumerate() {
            let in_second = bit > 0 && second & (1 << (bit - 1)) != 0;
            if in_second { parts.0[at] = None } else { parts.1[at] = None }
        }
        cost < costs.of(&parts.0) + costs.of(&parts.1)
    })
}

/// Depth-first: the first uncovered unit is covered by each of its candidates in turn.
struct Search<'a> {
    problem: &'a Problem,
    prices: &'a [f64],
    covered: Vec<bool>,
    chosen: Vec<usize>,
    bound: f64,
    best: Option<Vec<usize>>,
    steps: usize,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem, prices: &'a [f64], known: f64) -> Self {
        let covered = vec![false; prices.len()];
        Self { problem, prices, covered, chosen: Vec::new(), bound: known, best: None, steps: 0 }
    }

    /// Covers the rest; whether all was looked at.
    fn cover(&mut self, units: &[usize], spent: f64, price: f64) -> bool {
        self.steps += 1;
        if self.steps > MAX_STEPS {
            return false;
        }
        let Some(at) = units.iter().position(|&unit| !self.covered[unit]) else {
            if spent < self.bound - CLOSE {
                self.bound = spent;
                self.best = Some(self.chosen.clone());
            }
            return true;
        };
        let (unit, problem) = (units[at], self.problem);
        let mut choices: Vec<(f64, usize)> = problem.of_unit[unit]
            .iter()
            .filter(|&&choice| problem.candidates[choice].units.iter().all(|&unit| !self.covered[unit]))
            .map(|&choice| (self.excess(choice), choice))
            .collect();
        choices.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (_, choice) in choices {
            let candidate = &problem.candidates[choice];
            let covers: f64 = candidate.units.iter().map(|&unit| self.prices[unit]).sum();
            if spent + candidate.cost + price - covers >= self.bound - CLOSE {
                break;
            }
            self.mark(choice, true);
            let done = self.cover(&units[at + 1..], spent + candidate.cost, price - covers);
            self.mark(choice, false);
            if !done {
                return false;
            }
        }
        true
    }

    /// What a candidate costs above the prices of its units.
    fn excess(&self, choice: usize) -> f64 {
        let candidate = &self.problem.candidates[choice];
        candidate.cost - candidate.units.iter().map(|&unit| self.prices[unit]).sum::<f64>()
    }

    fn mark(&mut self, choice: usize, covered: bool) {
        for &unit in &self.problem.candidates[choice].units {
            self.covered[unit] = covered;
        }
        if covered {
            self.chosen.push(choice);
        } else {
            self.chosen.pop();
        }
    }
}
