//! Where extractor and scorer meet.
//!
//! [`Cases`] pairs the documents of a corpus with their gold and says which are left out and why;
//! [`evaluate`] runs an extractor over them and [`compare`] takes predictions from files. Both give
//! [`Comparison`]s: one scored document each, with the ledger that its figures are sums of. A [`Report`]
//! holds groups of them side by side with the annotators' agreement and renders them as a table,
//! Markdown, CSV or JSON; a [`Baseline`] holds their figures and names those that fell.
//!
//! A [`Contrast`] sets two systems side by side; a report's [`Signature`] says what its figures depend on,
//! and a [`Written`] report is held against one made anew.
//!
//! Extraction of many documents, in bounded memory and in the order of the input, is [`extract_all`].
//!
//! ```
//! use goldrule_extractor::Extractor;
//! use goldrule_harness::{Case, Report, Settings, Show, Style, evaluate};
//! use goldrule_scorer::Duplicates;
//! use goldrule_schema::{AnnotationSet, Document};
//!
//! let document = Document::new("note", "Nothing to see.");
//! let case = Case {
//!     gold: AnnotationSet::new("note"),
//!     split: None,
//!     document: Some(document),
//!     attached: false,
//!     file: "note.txt".into(),
//! };
//! let comparisons = evaluate(&Extractor::new(), &[case], Duplicates::CopyByCopy, || {});
//! let report = Report::new(&comparisons, &[], Vec::new(), Show::default(), &Settings::default());
//! assert!(report.to_table(Style::Plain).contains("Figures are sums over 1 document."));
//! ```

mod accuracy_page;
mod agree;
mod baseline;
mod batch;
mod breakdown;
mod case;
mod chain;
mod checking;
mod comparison;
mod contrast;
mod contrast_table;
mod detail;
mod finding;
mod grid;
mod group;
mod guidelines;
pub mod input;
mod ledger_file;
mod limits;
mod mistake;
mod output;
mod project;
mod render;
mod report;
mod rule_stats;
mod settings;
mod signature;
mod stance_chain;
mod table;
mod tokens;
mod verify;

pub use accuracy_page::accuracy_page;
pub use agree::{
    ANY, AgreePlan, Agreement, AgreementGroup, AgreementSignature, Annotated, Annotations, ClassCount,
    Coefficients, Disagreement, DisagreementClass, DocumentAgreement, PairAgreement, Subject, agree,
};
pub use baseline::{Baseline, Fall, Moves, Rise};
pub use batch::extract_all;
pub use breakdown::{AverageDetail, Breakdown};
pub use case::{Case, Cases, Skipped};
pub use chain::{Chain, Loss, chains, chains_csv, chains_json};
pub use checking::{Strictness, check_file, document_of};
pub use comparison::{Comparison, agreement, compare, evaluate};
pub use contrast::{Change, Contrast, Moved, RuleChange, Systems, TRIALS};
pub use detail::{Compat, CompatDetail, Detail, LayerDetail, SchemeDetail};
pub use finding::Finding;
/// The scorer, whose conventions a run may choose.
pub use goldrule_scorer as scorer;

pub use goldrule_extractor::{Extractor, RuleError, explain, lint};
pub use grid::Style;
pub use group::{Group, mistakes_of, worst_first};
pub use guidelines::{codes, explain_code, fix_annotations};
pub use input::{Input, Inputs, Stdin};
pub use ledger_file::{LedgerFormat, ledger};
pub use limits::{Below, Limit};
pub use mistake::{Mistake, Shown};
pub use output::{Format, OutDir};
pub use project::{Project, annotators_beside, open_texts};
pub use report::{Column, Named, Report, Show, is_open};
pub use rule_stats::{RuleStat, RuleStats, rule_stats};
pub use settings::{RESAMPLES, SEED, Settings};
pub use signature::{ContrastSignature, Hashes, Signature, Sources};
pub use stance_chain::{GIVEN, StanceChain};
pub use table::counted;
pub use tokens::tokens;
pub use verify::{Origin, Written};
