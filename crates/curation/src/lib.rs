//! Gold as it changes.
//!
//! Gold files live in git, where several people write them. Whoever compares two versions of a file, merges
//! what two people did to it, carries it over to a corrected text or goes through suggestions has one
//! question first: *which record of this file is which record of that one?* [`Identity`] answers it as the
//! guidelines do (section 4): a record that carries an `id` is known by it, any other by its content: a
//! mention by agency and span, a stance by agency, topic and span, a citation by span.
//!
//! Everything else is built on that. A [`RecordRef`] is a record seen in its set, a [`Record`] one taken
//! out of it; [`insert`], [`adopt`] and [`remove`] put records in and take them out and leave no stance or
//! mention without its agency.
//!
//! Nothing here reads texts or knows rules: the crate works on annotation sets alone.
//!
//! ```
//! use goldrule_curation::{Layer, identities, remove};
//! use goldrule_schema::read_annotations;
//!
//! let source = r#"{ "schema_version": 1, "document": "note", "stances": [], "citations": [], "agencies": [
//!   { "id": "troy-pd", "name": "Troy Police Department", "kind": "police", "mentions": [
//!     { "text": "Troy police", "start": 0, "end": 11, "form": "name" },
//!     { "text": "department", "start": 30, "end": 40, "form": "nominal" } ] } ] }"#;
//! let mut set = read_annotations("note.json", source, None).accepted().unwrap();
//!
//! let names: Vec<_> = identities(&set).iter().map(|(identity, _)| identity.to_string()).collect();
//! assert_eq!(names, ["agency troy-pd", "mention of troy-pd at 0..11", "mention of troy-pd at 30..40"]);
//!
//! let (nominal, _) = identities(&set).pop().unwrap();
//! assert_eq!(nominal.layer, Layer::Mention);
//! let record = remove(&mut set, &nominal).unwrap();
//! assert_eq!(record.as_ref().span().unwrap().start, 30);
//! assert_eq!(set.agencies[0].mentions.len(), 1);
//! ```

mod change;
mod conflicts;
pub mod decisions;
mod describe;
mod diff;
mod guideline;
mod identity;
mod json;
mod matching;
mod merge;
pub mod queue;
mod record;
mod resolve;
mod retext;

pub use change::{Refused, adopt, insert, remove};
pub use conflicts::{Conflict, Conflicts, KeyConflict, Reason};
pub use diff::{Diff, Difference, KeyChange, Kind, Style as DiffStyle, diff, render as render_diff};
pub use guideline::{Guidelines, Paragraph};
pub use identity::{Identity, Key, Layer, find, identities};
pub use merge::{Merged, merge};
pub use record::{Record, RecordRef, records};
pub use resolve::take_theirs;
pub use retext::{Doubt, Fate, Proposal, Retexted, retext};
