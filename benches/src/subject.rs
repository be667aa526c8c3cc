//! What is measured: the only place of this crate that names functions of the extractor and the scorer.

use goldrule_extractor::segment::Segmented;
use goldrule_extractor::token::Vocabulary;
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
}

impl Stage {
    /// Every stage, the ceiling first.
    pub const ALL: [Self; 2] = [Self::Ceiling, Self::Segment];

    /// The name that tables and benchmarks show.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ceiling => "ceiling",
            Self::Segment => "segment",
        }
    }
}

/// Everything that is loaded once.
#[derive(Debug, Default)]
pub struct Subject {
    vocabulary: Vocabulary,
}

impl Subject {
    /// Loads rules and tables.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs one stage over the documents and counts what it found, so that no work is optimised away.
    pub fn run(&self, stage: Stage, documents: &[Document]) -> usize {
        let one = |document: &Document| match stage {
            Stage::Ceiling => ceiling(document.text().as_bytes(), &self.vocabulary),
            Stage::Segment => Segmented::new(document.text(), &self.vocabulary).sentences.len(),
        };
        documents.iter().map(one).sum()
    }
}

/// Local until the extractor has `bench_support::ceiling`.
fn ceiling(bytes: &[u8], vocabulary: &Vocabulary) -> usize {
    let Ok(text) = std::str::from_utf8(bytes) else { return 0 };
    let mut tokens = Vec::with_capacity(text.len() / 5);
    goldrule_extractor::token::tokenize(text, 0, text.len(), vocabulary, &mut tokens);
    tokens.len()
}

/// The score of a system over all pairs of gold and its output.
pub fn score(pairs: &[(AnnotationSet, AnnotationSet)]) -> Score {
    let mut total = Score::default();
    for (gold, system) in pairs {
        total += score_document(gold.document.as_str(), gold, system).score;
    }
    total
}
