//! One figure for many labels or documents.

use serde::Serialize;

use crate::counts::Counts;
use crate::names::names;
use crate::policy::{EmptyDocuments, Policies, Undefined};
use crate::spans::{Scheme, SpanScore};

names! {
    /// How the figures of parts become one.
    Averaging, "averaging" {
        /// Counts are added up before dividing: every record weighs the same.
        Micro = "micro",
        /// Mean over the labels that either side has: every label weighs the same.
        MacroLabels = "macro-labels",
        /// Mean over documents: every document weighs the same.
        MacroDocuments = "macro-documents",
        /// Mean over labels, weighted by their number of gold records.
        Weighted = "weighted",
    }
}

/// Precision, recall and F1 as means; `None` where there is nothing to take a mean of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Average {
    /// Mean of precisions.
    pub precision: Option<f64>,
    /// Mean of recalls.
    pub recall: Option<f64>,
    /// Mean of F1s, which is not the F1 of the other two.
    pub f1: Option<f64>,
}

impl Average {
    /// The figures of one count, as they are.
    pub fn of(counts: &Counts) -> Self {
        Self { precision: counts.precision(), recall: counts.recall(), f1: counts.f1() }
    }

    /// Mean over the labels of a score, each of the same weight or weighted by its gold spans.
    pub fn over_labels(score: &SpanScore, scheme: Scheme, weighted: bool, policies: Policies) -> Self {
        let counts = score.labels().into_iter().map(|label| score.label(scheme, label));
        Self::over_counts(counts, weighted, policies)
    }

    /// Mean over the counts of labels, each of the same weight or weighted by its gold records. Labels that
    /// neither side has do not count.
    pub fn over_counts(labels: impl IntoIterator<Item = Counts>, weighted: bool, policies: Policies) -> Self {
        let parts = labels.into_iter().filter(|counts| !counts.is_empty());
        Self::mean(parts.map(|counts| (Self::of(&counts), if weighted { counts.gold } else { 1 })), policies)
    }

    /// Mean over documents.
    pub fn over_documents(documents: impl IntoIterator<Item = Counts>, policies: Policies) -> Self {
        let full = Self { precision: Some(1.0), recall: Some(1.0), f1: Some(1.0) };
        let figures =
            documents.into_iter().filter_map(|counts| match (counts.is_empty(), policies.empty_documents) {
                (false, _) => Some(Self::of(&counts)),
                (true, EmptyDocuments::Perfect) => Some(full),
                (true, EmptyDocuments::Skip) => None,
            });
        Self::mean(figures.map(|figures| (figures, 1)), policies)
    }

    fn mean(parts: impl Iterator<Item = (Self, u64)>, policies: Policies) -> Self {
        let (mut precision, mut recall, mut f1) = (Mean::default(), Mean::default(), Mean::default());
        for (part, weight) in parts {
            precision.add(part.precision, weight, policies.undefined);
            recall.add(part.recall, weight, policies.undefined);
            f1.add(part.f1, weight, policies.undefined);
        }
        Self { precision: precision.value(), recall: recall.value(), f1: f1.value() }
    }
}

/// Values with their weights, added up in order of size so that the order of the parts changes nothing.
#[derive(Default)]
struct Mean(Vec<(f64, u64)>);

impl Mean {
    fn add(&mut self, value: Option<f64>, weight: u64, undefined: Undefined) {
        let value = match undefined {
            Undefined::Skip => value,
            Undefined::Zero => Some(value.unwrap_or(0.0)),
        };
        self.0.extend(value.map(|value| (value, weight)));
    }

    fn value(mut self) -> Option<f64> {
        self.0.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let weight: u64 = self.0.iter().map(|part| part.1).sum();
        let sum: f64 = self.0.iter().map(|&(value, weight)| value * as_float(weight)).sum();
        (weight > 0).then(|| sum / as_float(weight))
    }
}

#[expect(clippy::cast_precision_loss)] // exact below 2^53
fn as_float(n: u64) -> f64 {
    n as f64
}
