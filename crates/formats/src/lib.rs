//! Annotation sets as other tools read and write them.
//!
//! Every format goes through one shape, [`Flat`]: a head, a table of agencies and a list of items (mentions,
//! stances, citations) with their places. An exporter writes that shape; an importer builds it and remembers
//! for each item where in the foreign file it stood. What is built is then read by the same reader that reads
//! gold files, so that an import is checked exactly as a gold file is, and a finding names the line of the
//! foreign file.
//!
//! Offsets are counted as each format counts them ([`Unit`]) and converted; the quote beside them is checked
//! again, and where it does not match the unit in which it would is named. A format says which [`Feature`]s of
//! a set it holds, and [`losses`] counts what it cannot: the report of an export and the matrix in
//! `FORMATS.md` come from the same list.
//!
//! ```
//! use goldrule_formats::{export, import, Format, Input, Piece};
//! use goldrule_schema::{read_annotations, Document};
//!
//! let document = Document::new("note", "😀 Troy police do not ask.");
//! let gold = r#"{ "schema_version": 1, "document": "note", "agencies": [
//!   { "id": "troy-pd", "name": "Troy Police Department", "kind": "police",
//!     "mentions": [ { "text": "Troy police", "form": "name" } ] } ], "stances": [], "citations": [] }"#;
//! let set = read_annotations("note.json", gold, Some(&document)).accepted().unwrap();
//!
//! let written = export(Format::Prodigy, &[Piece { document: &document, set: &set }]);
//! assert!(written.losses.is_empty());
//! let input = Input { name: "note.jsonl".into(), contents: written.files[0].contents.clone() };
//! let back = import(Format::Prodigy, &[input], &|id| (id == "note").then_some(&document));
//! assert_eq!(back.sets, [set]);
//! ```

mod brat;
mod cas;
mod conll;
mod doccano;
mod draft;
mod feature;
mod flat;
mod format;
mod json;
mod label;
mod label_studio;
mod matrix;
mod place;
mod prodigy;
mod tables;
mod w3c;
mod webanno;

pub use feature::{Feature, Losses, losses, without};
pub use flat::{Flat, Item, Layer};
pub use format::{Export, File, Format, Imported, Input, Piece, Texts, UnknownFormat, export, import};
pub use matrix::matrix;
pub use place::Unit;
