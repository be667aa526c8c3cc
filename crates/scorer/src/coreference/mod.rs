//! How well predicted clusters of mentions agree with gold ones, under every metric in use.
//!
//! A mention is a number; the same number on both sides is the same mention. Mentions of one side only are
//! missed or made up and count as the metrics' papers and the reference scorer (Pradhan et al. 2014) have
//! it: in the sizes of their clusters and below the line, never above it. No singletons are invented.
//!
//! Every figure is a numerator over a denominator, and both add up over documents.

mod blanc;
mod ceaf;
mod partition;
mod sets;

use std::ops::AddAssign;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::counts::{Counts, WHOLE};
use crate::names::names;
use crate::policy::Singletons;
use partition::Partition;

pub use blanc::Blanc;
pub use sets::score_coreference;

names! {
    /// A metric with one numerator and one denominator for recall and for precision.
    CorefMetric, "coreference metric" {
        /// Links that survive, of those needed to hold a cluster together (Vilain et al. 1995).
        Muc = "muc",
        /// Mean over mentions of the share of their cluster (Bagga and Baldwin 1998).
        BCubed = "b3",
        /// Mentions in aligned clusters (CEAF with φ3, Luo 2005).
        CeafM = "ceaf_m",
        /// Similarity of aligned clusters (CEAF with φ4, Luo 2005).
        CeafE = "ceaf_e",
        /// Links between all mentions of a cluster, weighted by its size (Moosavi and Strube 2016).
        Lea = "lea",
    }
}

/// All metrics of one document, or their sums over several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coreference {
    metrics: [Counts; CorefMetric::ALL.len()],
    /// The link metric that is a mean of two (Luo et al. 2014).
    pub blanc: Blanc,
}

impl Coreference {
    /// A metric's numerators and denominators.
    pub fn metric(&self, metric: CorefMetric) -> Counts {
        self.metrics[metric as usize]
    }

    /// Mean of the F1s of MUC, B-cubed and CEAF-e (Pradhan et al. 2012); `None` where one of them is.
    pub fn conll(&self) -> Option<f64> {
        let f1 = |metric| self.metric(metric).f1();
        Some((f1(CorefMetric::Muc)? + f1(CorefMetric::BCubed)? + f1(CorefMetric::CeafE)?) / 3.0)
    }
}

impl AddAssign for Coreference {
    fn add_assign(&mut self, other: Self) {
        for (sum, part) in self.metrics.iter_mut().zip(other.metrics) {
            *sum += part;
        }
        self.blanc += other.blanc;
    }
}

impl Serialize for Coreference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Coreference", CorefMetric::ALL.len() + 2)?;
        for metric in CorefMetric::ALL {
            out.serialize_field(metric.as_str(), &self.metric(metric))?;
        }
        out.serialize_field("blanc", &self.blanc)?;
        out.serialize_field("conll", &self.conll())?;
        out.end()
    }
}

/// Compares the clusters of one document.
///
/// A mention that stands twice on one side belongs to the first cluster, in order of their mentions, that
/// has it. Empty clusters do not count.
///
/// ```
/// use goldrule_scorer::{CorefMetric, Singletons, score_clusters};
///
/// let gold = [vec![1, 2, 3], vec![4, 5, 6, 7]];
/// let pred = [vec![1, 2], vec![3, 4], vec![6, 7, 8, 9]];
/// let scores = score_clusters(&gold, &pred, Singletons::Keep);
/// let muc = scores.metric(CorefMetric::Muc);
/// assert_eq!((muc.tp(), muc.gold), (2.0, 5));
/// assert_eq!(scores.metric(CorefMetric::BCubed).precision(), Some(0.5));
/// ```
pub fn score_clusters(gold: &[Vec<u32>], pred: &[Vec<u32>], singletons: Singletons) -> Coreference {
    let (gold, pred) = (Partition::new(gold, singletons), Partition::new(pred, singletons));
    let mut scores = Coreference::default();
    for (side, other, is_gold) in [(&gold, &pred, true), (&pred, &gold, false)] {
        for cluster in side.clusters() {
            let parts = other.parts_of(cluster);
            let size = cluster.len() as u64;
            let mut add = |metric: CorefMetric, credit: u128, size: u64| {
                let (gold, pred) = if is_gold { ((size, credit), (0, 0)) } else { ((0, 0), (size, credit)) };
                scores.metrics[metric as usize] +=
                    Counts { gold: gold.0, pred: pred.0, gold_credit: gold.1, pred_credit: pred.1 };
            };
            add(CorefMetric::Muc, muc(size, &parts), size - 1);
            add(CorefMetric::BCubed, b_cubed(size, &parts), size);
            add(CorefMetric::Lea, lea(size, &parts, other), size);
        }
    }
    let [mentions, entities] = ceaf::scores(&gold, &pred);
    scores.metrics[CorefMetric::CeafM as usize] = mentions;
    scores.metrics[CorefMetric::CeafE as usize] = entities;
    scores.blanc = Blanc::new(&gold, &pred);
    scores
}

/// Size less the number of parts that the other side cuts the cluster into; mentions that it lacks are a
/// part each.
fn muc(size: u64, parts: &[(usize, u64)]) -> u128 {
    let found: u64 = parts.iter().map(|part| part.1).sum();
    let pieces = parts.len() as u64 + (size - found);
    u128::from(size - pieces) * WHOLE
}

fn b_cubed(size: u64, parts: &[(usize, u64)]) -> u128 {
    parts.iter().map(|part| u128::from(part.1 * part.1) * WHOLE / u128::from(size)).sum()
}

/// Size times the share of links that are links of the other side too; a singleton is linked to itself.
fn lea(size: u64, parts: &[(usize, u64)], other: &Partition) -> u128 {
    if size == 1 {
        let alone = parts.iter().any(|part| other.size(part.0) == 1);
        return if alone { WHOLE } else { 0 };
    }
    let links: u64 = parts.iter().map(|part| part.1 * (part.1 - 1)).sum();
    u128::from(links) * WHOLE / u128::from(size - 1)
}
