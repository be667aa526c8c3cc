//! Labelled spans under the schemes of the field, whatever they stand for.
//!
//! One alignment of a document serves `strict`, `exact`, `partial` and `type`, the four readings of
//! SemEval-2013 task 9 (Segura-Bedmar et al. 2013): each pair, and each span without one, falls into one
//! of the five categories of MUC-5 (Chinchor and Sundheim 1993). `overlap` has an alignment of its own, of
//! the pairs whose intersection over union is large enough, and `characters` needs none.

mod align;
mod average;
mod characters;
mod compat;
mod score;

use goldrule_schema::CharSpan;
use serde::Serialize;

use crate::counts::{Counts, WHOLE};
use crate::names::names;
use crate::policy::Duplicates;

pub use align::{SpanRow, align_spans};
pub use average::{Average, Averaging};
pub use characters::token_spans;
pub use compat::{Nervaluate, nervaluate, seqeval};
pub use score::{SpanScore, score_corpus, score_spans};

/// A span with a label: a number below [`MAX_LABELS`] that the caller gives a meaning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct LabelledSpan {
    /// Code points, end exclusive.
    pub span: CharSpan,
    /// What it is.
    pub label: u32,
}

impl LabelledSpan {
    /// The span `start..end` with a label.
    ///
    /// # Panics
    /// When `end` lies before `start`.
    pub const fn new(start: u32, end: u32, label: u32) -> Self {
        Self { span: CharSpan::new(start, end), label }
    }
}

/// How many labels there may be. A [`SpanScore`] holds counts for each up to the greatest it has met.
pub const MAX_LABELS: u32 = 1 << 16;

names! {
    /// When a predicted span is right.
    Scheme, "scheme" {
        /// Equal span and equal label.
        Strict = "strict",
        /// Equal span.
        Exact = "exact",
        /// Equal span; any overlap counts half.
        Partial = "partial",
        /// Any overlap and equal label.
        Type = "type",
        /// An overlap of at least [`SpanOptions::min_iou`], one to one.
        Overlap = "overlap",
        /// Single characters under equal labels; a character that several spans of one label cover counts
        /// once.
        Characters = "characters",
    }
}

/// How spans are matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SpanOptions {
    /// Least intersection over union of a pair under [`Scheme::Overlap`], in thousandths; 0 asks for one
    /// shared character.
    pub min_iou: u16,
    /// Whether [`Scheme::Overlap`] asks for equal labels.
    pub overlap_labels: bool,
    /// What becomes of repeated spans.
    pub duplicates: Duplicates,
}

impl Default for SpanOptions {
    fn default() -> Self {
        Self { min_iou: 0, overlap_labels: false, duplicates: Duplicates::CopyByCopy }
    }
}

/// Pairs and spans by category (MUC-5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Categories {
    /// Pairs that the scheme calls right.
    pub correct: u64,
    /// Pairs that it calls wrong.
    pub incorrect: u64,
    /// Pairs that it calls half right.
    pub partial: u64,
    /// Gold spans without a partner.
    pub missed: u64,
    /// Predicted spans without a partner.
    pub spurious: u64,
}

impl Categories {
    /// Gold spans.
    pub const fn possible(&self) -> u64 {
        self.correct + self.incorrect + self.partial + self.missed
    }

    /// Predicted spans.
    pub const fn actual(&self) -> u64 {
        self.correct + self.incorrect + self.partial + self.spurious
    }

    /// Precision, recall and F1 follow from these; a partial pair has half a credit.
    pub fn counts(&self) -> Counts {
        let credit = u128::from(self.correct) * WHOLE + u128::from(self.partial) * (WHOLE / 2);
        Counts::shared(credit, self.possible(), self.actual())
    }
}

impl std::ops::AddAssign for Categories {
    fn add_assign(&mut self, other: Self) {
        self.correct += other.correct;
        self.incorrect += other.incorrect;
        self.partial += other.partial;
        self.missed += other.missed;
        self.spurious += other.spurious;
    }
}
