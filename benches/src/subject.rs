//! What is measured: the only place of this crate that names functions of the extractor and the scorer.

use goldrule_extractor::{Extractor, bench_support};
use goldrule_schema::{AnnotationSet, Document};
use goldrule_scorer::{Score, score_document};

/// One stage of extraction, run over whole documents on one thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// What no rule-based extractor of this shape can avoid: the bytes are checked to be UTF-8, split
    /// into tokens and searched for anchors. It is the yardstick of the other stages.
    Ceiling,
    /// Tokens, sentences and quotations.
    Segment,
    /// Citations by grammar.
    Citations,
    /// Segments, then agencies, in every document whether it has an anchor or not.
    Agencies,
    /// Everything, from text to annotation set; documents without an anchor are left early.
    Extract,
}

impl Stage {
    /// Every stage, the ceiling first.
    pub const ALL: [Self; 5] = [Self::Ceiling, Self::Segment, Self::Citations, Self::Agencies, Self::Extract];

    /// The name that tables and benchmarks show.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ceiling => "ceiling",
            Self::Segment => "segment",
            Self::Citations => "citations",
            Self::Agencies => "agencies",
            Self::Extract => "extract",
        }
    }
}

/// Everything that is loaded once.
pub struct Subject {
    extractor: Extractor,
}

impl Default for Subject {
    fn default() -> Self {
        Self::new()
    }
}

impl Subject {
    /// Loads rules and tables.
    pub fn new() -> Self {
        Self { extractor: Extractor::new() }
    }

    /// Runs one stage over the documents and counts what it found, so that no work is optimised away.
    pub fn run(&self, stage: Stage, documents: &[Document]) -> usize {
        let one = |document: &Document| match stage {
            Stage::Ceiling => bench_support::ceiling(&self.extractor, document.text().as_bytes()),
            Stage::Segment => bench_support::segment(&self.extractor, document.text()),
            Stage::Citations => bench_support::citations(document.text()),
            Stage::Agencies => bench_support::agencies(&self.extractor, document.text()),
            Stage::Extract => {
                let set = self.extractor.extract(document);
                set.mentions().count() + set.stances.len() + set.citations.len()
            }
        };
        documents.iter().map(one).sum()
    }
}

/// The score of a system over all pairs of gold and its output.
pub fn score(pairs: &[(AnnotationSet, AnnotationSet)]) -> Score {
    let mut total = Score::default();
    for (gold, system) in pairs {
        total += score_document(gold.document.as_str(), gold, system).score;
    }
    total
}
