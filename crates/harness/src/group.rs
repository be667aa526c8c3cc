//! Documents scored alone and summed.

use goldrule_scorer::{DocumentScore, Measure, Score, bootstrap_f1};

/// Resamples of the bootstrap.
pub const RESAMPLES: usize = 1000;
/// Seed of the bootstrap: fixed, so that a report can be reproduced.
pub const SEED: u64 = 20_250_120;

/// Documents that are scored together.
#[derive(Clone, Debug)]
pub struct Group {
    /// What they have in common: a split, or `all`.
    pub name: String,
    /// Each document's score, in order.
    pub documents: Vec<DocumentScore>,
    /// The sum.
    pub total: Score,
}

impl Group {
    /// A group of scored documents.
    pub fn new(name: impl Into<String>, documents: Vec<DocumentScore>) -> Self {
        let total = Score::sum(&documents);
        Self { name: name.into(), documents, total }
    }

    /// 95% interval of a measure's F1: percentile bootstrap over documents (Efron & Tibshirani 1993).
    pub fn interval(&self, measure: Measure) -> Option<(f64, f64)> {
        bootstrap_f1(&self.documents, measure, RESAMPLES, SEED)
    }
}

/// Missed and spurious records of a document in the strict measure of each layer.
#[expect(clippy::cast_sign_loss, reason = "credits of these measures are whole and not negative")]
pub fn mistakes_of(document: &DocumentScore) -> (u64, u64) {
    let counts = [Measure::MentionStrict, Measure::StanceTuple, Measure::CitationStrict]
        .map(|measure| document.measure(measure));
    let missed = counts.iter().map(|counts| counts.gold - counts.tp() as u64).sum();
    let spurious = counts.iter().map(|counts| counts.pred - counts.tp() as u64).sum();
    (missed, spurious)
}

/// Order of a list of documents: those with the most missed and spurious records first.
pub fn worst_first(a: &DocumentScore, b: &DocumentScore) -> std::cmp::Ordering {
    let errors = |document: &DocumentScore| {
        let (missed, spurious) = mistakes_of(document);
        missed + spurious
    };
    errors(b).cmp(&errors(a)).then_with(|| a.document.cmp(&b.document))
}
