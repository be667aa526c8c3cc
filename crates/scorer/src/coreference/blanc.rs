//! BLANC: coreference links and non-coreference links weigh the same.

use std::ops::AddAssign;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::coreference::partition::Partition;
use crate::counts::{Counts, WHOLE};

/// BLANC (Recasens and Hovy 2011) as extended to mentions that were predicted (Luo et al. 2014).
///
/// A link is a pair of mentions of one side, a coreference link where both are in one cluster. Where
/// neither side has links of a kind, the other kind decides alone; where neither has any link at all, as
/// with one mention each, BLANC is 1 if that mention is the same and 0 if it is not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blanc {
    /// Links within clusters.
    pub coreference: Counts,
    /// Links between clusters.
    pub non_coreference: Counts,
    /// Mentions, which decide where there are no links.
    pub mentions: Counts,
}

impl Blanc {
    pub(super) fn new(gold: &Partition, pred: &Partition) -> Self {
        let within = |side: &Partition| side.clusters().iter().map(|c| links(c.len() as u64)).sum::<u64>();
        let (ours, theirs) = (within(gold), within(pred));
        // Pairs of shared mentions, by whether either side holds them together.
        let shared = gold.shared(pred);
        let mut both = 0;
        let together = |side: &Partition, other: &Partition| -> u64 {
            side.clusters()
                .iter()
                .map(|cluster| links(other.parts_of(cluster).iter().map(|part| part.1).sum()))
                .sum()
        };
        for cluster in gold.clusters() {
            both += pred.parts_of(cluster).iter().map(|part| links(part.1)).sum::<u64>();
        }
        let apart = links(shared) + both - together(gold, pred) - together(pred, gold);
        let over = |credit: u64, gold, pred| Counts::shared(u128::from(credit) * WHOLE, gold, pred);
        Self {
            coreference: over(both, ours, theirs),
            non_coreference: over(apart, links(gold.mentions()) - ours, links(pred.mentions()) - theirs),
            mentions: over(shared, gold.mentions(), pred.mentions()),
        }
    }

    /// Recall; `None` where neither side has a mention.
    pub fn recall(&self) -> Option<f64> {
        self.mean(|links| Some(links.recall().unwrap_or(0.0)))
    }

    /// Precision; `None` where neither side has a mention.
    pub fn precision(&self) -> Option<f64> {
        self.mean(|links| Some(links.precision().unwrap_or(0.0)))
    }

    /// Mean of the F1s of the two kinds of link; `None` where neither side has a mention.
    pub fn f1(&self) -> Option<f64> {
        self.mean(Counts::f1)
    }

    fn mean(&self, figure: impl Fn(&Counts) -> Option<f64>) -> Option<f64> {
        let any = |counts: &Counts| !counts.is_empty();
        match (any(&self.coreference), any(&self.non_coreference)) {
            (true, true) => Some(f64::midpoint(figure(&self.coreference)?, figure(&self.non_coreference)?)),
            (true, false) => figure(&self.coreference),
            (false, true) => figure(&self.non_coreference),
            (false, false) if any(&self.mentions) => figure(&self.mentions),
            (false, false) => None,
        }
    }
}

/// Pairs of so many.
const fn links(mentions: u64) -> u64 {
    mentions * mentions.saturating_sub(1) / 2
}

impl AddAssign for Blanc {
    fn add_assign(&mut self, other: Self) {
        self.coreference += other.coreference;
        self.non_coreference += other.non_coreference;
        self.mentions += other.mentions;
    }
}

impl Serialize for Blanc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Blanc", 5)?;
        out.serialize_field("f1", &self.f1())?;
        out.serialize_field("recall", &self.recall())?;
        out.serialize_field("precision", &self.precision())?;
        out.serialize_field("coreference", &self.coreference)?;
        out.serialize_field("non_coreference", &self.non_coreference)?;
        out.end()
    }
}
