//! Documents scored alone and summed.

use goldrule_scorer::{Bootstrap, DocumentScore, Measure, Score, Statistic, bootstrap_all};

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

    /// Intervals of the F1s of all measures, in the order of [`Measure::ALL`]: bootstrap over documents.
    pub fn intervals(&self, plan: &Bootstrap) -> Vec<Option<(f64, f64)>> {
        let scores: Vec<Score> = self.documents.iter().map(|document| document.score).collect();
        let f1s = Measure::ALL.map(|measure| move |sum: &Score| sum.measure(measure).f1());
        let statistics: Vec<Statistic<'_, Score>> = f1s.iter().map(|f1| f1 as Statistic<'_, Score>).collect();
        let intervals = bootstrap_all(&scores, &statistics, plan);
        intervals.into_iter().map(|interval| interval.map(|i| (i.low, i.high))).collect()
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
