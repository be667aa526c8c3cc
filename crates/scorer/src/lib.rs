//! Alignment and metrics for annotation sets.

mod b_cubed;
mod bootstrap;
mod compare;
mod content;
mod entities;
mod errors;
mod ledger;
mod matching;
mod measure;
mod score;
mod stances;
mod sweep;

pub use bootstrap::bootstrap_f1;
pub use errors::ErrorClass;
pub use ledger::{Judgement, Ledger, Outcome, Record, RecordIndex, Row};
pub use measure::{Accuracy, Counts, Judged, Measure, UnknownName};
pub use score::{DocumentScore, Score, score_document};
