//! What is measured: the only place of this crate that names functions of the extractor and the scorer.

use std::hint::black_box;

use goldrule_extractor::segment::Segmented;
use goldrule_extractor::{Extractor, agency};
use goldrule_schema::{AnnotationSet, Document};
use goldrule_scorer::{Score, score_document};

use shim::ceiling;

/// One stage of extraction, run over whole documents on one thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// What no rule-based extractor of this shape can avoid: the bytes are checked to be UTF-8, split
    /// into tokens and searched for anchors. It is the yardstick of the other stages.
    Ceiling,
    /// Tokens, sentences and quotations.
    Segment,
    /// The same, then agencies, in every document whether it has an anchor or not.
    Agencies,
    /// Everything, from text to annotation set; documents without an anchor are left early.
    Extract,
}

impl Stage {
    /// Every stage, the ceiling first.
    pub const ALL: [Self; 4] = [Self::Ceiling, Self::Segment, Self::Agencies, Self::Extract];

    /// The name that tables and benchmarks show.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ceiling => "ceiling",
            Self::Segment => "segment",
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
            Stage::Ceiling => ceiling(document.text().as_bytes()),
            Stage::Segment => Segmented::new(document.text(), self.extractor.vocabulary()).sentences.len(),
            Stage::Agencies => {
                let segmented = Segmented::new(document.text(), self.extractor.vocabulary());
                black_box(agency::find(&segmented, &[]));
                segmented.sentences.len()
            }
            Stage::Extract => {
                let set = self.extractor.extract(document);
                set.mentions().count() + set.stances.len() + set.citations.len()
            }
        };
        documents.iter().map(one).sum()
    }
}

/// Until the extractor exposes `bench_support::ceiling`, which adds the pass for anchors: then this module
/// gives way to `use goldrule_extractor::bench_support::ceiling;`.
mod shim {
    use std::sync::LazyLock;

    use goldrule_extractor::{Extractor, token};

    static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(Extractor::new);

    pub(super) fn ceiling(bytes: &[u8]) -> usize {
        let Ok(text) = std::str::from_utf8(bytes) else { return 0 };
        let mut tokens = Vec::with_capacity(text.len() / 5);
        token::tokenize(text, 0, text.len(), EXTRACTOR.vocabulary(), &mut tokens);
        tokens.len()
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
