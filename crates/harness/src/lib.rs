//! Where extractor and scorer meet.
//!
//! [`evaluate`] runs an extractor over the documents of a corpus and scores what it finds against gold;
//! [`compare`] scores two folders of annotation files. Both give [`Group`]s: documents scored alone and
//! summed. [`Report`] holds groups side by side with the annotators' agreement and renders them as a
//! table, Markdown, CSV or JSON. [`Baseline`] holds a report's figures and refuses worse ones.
//!
//! ```
//! use goldrule_extractor::Extractor;
//! use goldrule_harness::evaluate;
//! use goldrule_schema::{AnnotationSet, Document};
//!
//! let document = Document::new("note", "Nothing to see.");
//! let gold = AnnotationSet::new("note");
//! let group = evaluate(&Extractor::new(), &[(&document, &gold)], "all", || {});
//! assert_eq!(group.documents.len(), 1);
//! ```

mod group;

pub use group::{Group, compare, evaluate};
