//! Documents scored alone and summed.

use goldrule_extractor::Extractor;
use goldrule_schema::{AnnotationSet, Document};
use goldrule_scorer::{DocumentScore, Ledger, Measure, Score, bootstrap_f1, score_document};
use rayon::prelude::*;

/// Resamples of the bootstrap, and its seed: fixed, so that a report can be reproduced.
const RESAMPLES: usize = 1000;
const SEED: u64 = 20_250_120;

/// Documents that are scored together.
#[derive(Clone, Debug)]
pub struct Group {
    /// What they have in common: a split, or `all`.
    pub name: String,
    /// Each document's score, in order.
    pub documents: Vec<DocumentScore>,
    /// Which records were matched, missed and spurious, document by document.
    pub ledgers: Vec<Ledger>,
    /// The sum.
    pub total: Score,
}

impl Group {
    /// A group of scored documents.
    pub fn new(name: impl Into<String>, ledgers: Vec<Ledger>) -> Self {
        let documents: Vec<_> = ledgers.iter().map(Ledger::score).collect();
        let total = Score::sum(&documents);
        Self { name: name.into(), documents, ledgers, total }
    }

    /// The documents that `keep` names, as a group of their own.
    #[must_use]
    pub fn subset(&self, name: &str, keep: impl Fn(&str) -> bool) -> Self {
        let ledgers =
            self.ledgers.iter().zip(&self.documents).filter(|(_, document)| keep(&document.document));
        Self::new(name, ledgers.map(|(ledger, _)| ledger.clone()).collect())
    }

    /// 95% interval of a measure's F1: percentile bootstrap over documents (Efron & Tibshirani 1993).
    pub fn interval(&self, measure: Measure) -> Option<(f64, f64)> {
        bootstrap_f1(&self.documents, measure, RESAMPLES, SEED)
    }

    /// The documents, those with the most missed and spurious records first.
    pub fn worst_first(&self) -> Vec<&DocumentScore> {
        let errors = |document: &DocumentScore| {
            let of = |measure: Measure| {
                let counts = document.measure(measure);
                counts.gold as f64 + counts.pred as f64 - 2.0 * counts.tp()
            };
            (of(Measure::MentionStrict) + of(Measure::StanceTuple) + of(Measure::CitationStrict)) as u64
        };
        let mut documents: Vec<_> = self.documents.iter().collect();
        documents.sort_by(|a, b| errors(b).cmp(&errors(a)).then_with(|| a.document.cmp(&b.document)));
        documents
    }
}

/// Extracts every document and scores it against its gold, on all threads of the current pool; the
/// result does not depend on how many there are. `done` is called after each document.
pub fn evaluate(
    extractor: &Extractor,
    pairs: &[(&Document, &AnnotationSet)],
    name: &str,
    done: impl Fn() + Sync,
) -> Group {
    let ledgers = pairs.par_iter().map(|(document, gold)| {
        let ledger = Ledger::new(document.id(), gold, &extractor.extract(document));
        done();
        ledger
    });
    Group::new(name, ledgers.collect())
}

/// Scores predicted sets against gold ones.
pub fn compare(pairs: &[(&AnnotationSet, &AnnotationSet)], name: &str) -> Group {
    let ledgers = pairs.par_iter().map(|(gold, pred)| {
        let ledger = Ledger::new(&gold.document, gold, pred);
        debug_assert_eq!(ledger.score(), score_document(&gold.document, gold, pred));
        ledger
    });
    Group::new(name, ledgers.collect())
}
