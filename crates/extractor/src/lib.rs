//! Rule-based extraction of agencies, stances and legal citations.
//!
//! An [`Extractor`] holds compiled rules; [`Extractor::extract`] takes a
//! [`Document`](goldrule_schema::Document) through the stages and gives the
//! [`AnnotationSet`](goldrule_schema::AnnotationSet) that a gold file of the same document would hold,
//! with the id of the rule that made each record.
//!
//! The stages, each a module: [`segment`] splits the text, a pass for anchor literals decides whether
//! there is work at all, citations are read by grammar, [`agency`] finds who is named, [`stance`] finds
//! who does what, and `pipeline` joins them. Stances and their context are rules in TOML ([`rules`])
//! written in a language of token patterns ([`pattern`]) with the examples that test them beside each.
//!
//! ```
//! use goldrule_extractor::Extractor;
//! use goldrule_schema::{Document, Topic};
//!
//! let text = "The Ames Police Department does not ask about immigration status.";
//! let set = Extractor::new().extract(&Document::new("ames", text));
//! assert_eq!(set.stances[0].topic, Topic::StatusInquiry);
//! assert_eq!(set.stances[0].rule.as_deref(), Some("stance.status.ask"));
//! ```

pub mod agency;
mod anchors;
#[doc(hidden)]
pub mod bench_support;
pub mod citation;
mod cued;
mod examples;
pub mod explain;
mod firing;
pub mod lint;
mod marks;
pub mod pattern;
mod pipeline;
pub mod rules;
pub mod segment;
mod shipped;
pub mod stance;
mod state;
pub mod token;

pub use cued::Cued;
pub use examples::{RuleTestFailure, RuleTestReport};
pub use firing::Firing;
pub use pipeline::{Extractor, Stage};
pub use rules::{RuleError, RuleFault};
pub use stance::stem_of;
pub use state::State;
