//! The annotation model of goldrule.
//!
//! A *document* is UTF-8 plain text. An *annotation set* says what a document contains: which
//! [agencies](Agency) it names, with every [mention](Mention) of them; which [stances](Stance) they
//! take on immigration enforcement; and which [legal citations](Citation) it makes. Gold files hold
//! annotation sets, the extractor writes them, the scorer compares two of them.
//!
//! Two units of offset exist and the types keep them apart. Files count **Unicode code points**
//! ([`CharSpan`]), as brat, spaCy and the W3C `TextPositionSelector` do. Code that works on a text in
//! memory counts **bytes** ([`ByteSpan`]), because that is what slices take. [`Document`] converts
//! between them, and to UTF-16 and line and column where people or other tools ask for those.
//!
//! ```
//! use goldrule_schema::{CharSpan, Document};
//!
//! let document = Document::new("note", "Café policy: we don’t ask.");
//! let span = document.char_span_of("policy").unwrap();
//! assert_eq!(span, CharSpan::new(5, 11));
//! assert_eq!(document.quote(span), Some("policy"));
//! assert_eq!(document.bytes(span).unwrap().start, 6); // "é" is two bytes
//! ```

mod corpus;
mod diagnostic;
mod digest;
mod document;
mod file_name;
mod format;
mod json_schema;
mod model;
mod read;
mod span;
mod vocabulary;
mod write;

pub use corpus::{
    Corpus, Entry, GoldFile, ManifestRow, State as TextState, annotation_files, discover_project_root,
    is_sidecar, load_annotations, read_text,
};
pub use diagnostic::{CODES, Diagnostic, Place, Severity};
pub use digest::{hex, sha256};
pub use document::{Document, LineColumn};
pub use file_name::file_name_fault;
pub use format::{Formatted, format_annotations};
pub use json_schema::json_schema;
pub use model::{Agency, AnnotationSet, Citation, Extra, Mention, Meta, Stance};
pub use read::{Reading, RecordPlaces, mismatch_help, read_annotations};
pub use span::{ByteSpan, CharSpan};
pub use vocabulary::{AgencyKind, Attribution, CitationKind, Form, Position, Status, Topic, UnknownWord};
pub use write::{to_canonical_json, to_json_line, write_atomically, write_durably};
