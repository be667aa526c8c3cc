//! Which gold agency is which predicted one.

use goldrule_schema::CharSpan;

use crate::content::{AgencyView, Side};
use crate::matching::{Edge, Weight, assign};
use crate::sweep::{equal_runs, tie};

/// A one-to-one alignment of agencies, by canonical place.
pub(crate) struct EntityAlignment {
    pub(crate) pairs: Vec<(u32, u32)>,
    pub(crate) pred_of: Vec<Option<u32>>,
    pub(crate) gold_of: Vec<Option<u32>>,
}

impl EntityAlignment {
    /// The gold place a predicted holder stands for; past every gold place where it stands for none.
    pub(crate) fn holder(&self, pred: u32) -> u64 {
        match self.gold_of.get(pred as usize) {
            Some(&Some(gold)) => u64::from(gold),
            _ => (1 << 40) + u64::from(pred),
        }
    }
}

/// Aligns agencies so that the total number of mention spans shared within pairs is greatest (the
/// `φ3` of CEAF, Luo 2005, on distinct spans).
///
/// What that leaves open is settled in this order: most pairs, most with kind and jurisdiction equal,
/// most with kind, with jurisdiction, with name equal, then by what the agencies are. What they hold has
/// no say in it, or a second agency that holds nothing could move the rest. Agencies that share no span
/// are never aligned.
pub(crate) fn align(gold: &Side<'_>, pred: &Side<'_>) -> EntityAlignment {
    let (by_span, by_span_pred) = (spans(&gold.agencies), spans(&pred.agencies));
    let mut shared: Vec<(u32, u32)> = Vec::new();
    for (g, p) in equal_runs(&by_span, &by_span_pred, |entry| entry.0) {
        for &(_, row) in &by_span[g] {
            for &(_, col) in &by_span_pred[p.clone()] {
                if gold.agencies[row as usize].copy == pred.agencies[col as usize].copy {
                    shared.push((row, col));
                }
            }
        }
    }
    shared.sort_unstable();
    let edges: Vec<Edge> = shared
        .chunk_by(|a, b| a == b)
        .map(|run| {
            let (row, col) = run[0];
            let (a, b) = (&gold.agencies[row as usize], &pred.agencies[col as usize]);
            Edge { row, col, weight: weight(run.len() as u32, a, b) }
        })
        .collect();
    let pairs = assign(&edges);
    let (mut pred_of, mut gold_of) = (vec![None; gold.agencies.len()], vec![None; pred.agencies.len()]);
    for &(g, p) in &pairs {
        pred_of[g as usize] = Some(p);
        gold_of[p as usize] = Some(g);
    }
    EntityAlignment { pairs, pred_of, gold_of }
}

fn spans(agencies: &[AgencyView<'_>]) -> Vec<(CharSpan, u32)> {
    let mut all: Vec<(CharSpan, u32)> = agencies
        .iter()
        .enumerate()
        .flat_map(|(place, agency)| agency.spans.iter().map(move |&span| (span, place as u32)))
        .collect();
    all.sort_unstable();
    all
}

fn weight(shared: u32, gold: &AgencyView<'_>, pred: &AgencyView<'_>) -> Weight {
    let kind = gold.record.kind == pred.record.kind;
    let jurisdiction = gold.record.jurisdiction == pred.record.jurisdiction;
    Weight([
        i64::from(shared),
        1,
        i64::from(kind && jurisdiction),
        i64::from(kind),
        i64::from(jurisdiction),
        i64::from(gold.record.name == pred.record.name),
        tie(gold.identity, pred.identity),
    ])
}
