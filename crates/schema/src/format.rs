//! Brings an annotation file into its canonical form.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::read::read;
use crate::write::to_canonical_json;

/// A file in canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The file's new contents.
    pub json: String,
    /// What was changed beyond the layout: spans that were moved.
    pub notes: Vec<String>,
    /// Warnings about the file.
    pub warnings: Vec<Diagnostic>,
}

/// Lays a file out anew, fills in offsets from quotes and quotes from offsets, and moves a span whose
/// quote was edited where exactly one match of the new quote overlaps the old span. Formatting twice
/// gives what formatting once does.
///
/// # Errors
/// All findings, where one of them is an error: such a file is left to the hand that wrote it.
///
/// ```
/// use goldrule_schema::{format_annotations, Document};
///
/// let document = Document::new("n", "The Troy Police Department.");
/// let source = r#"{"schema_version":1,"document":"n","stances":[],"citations":[],"agencies":[{"id":"t","name":"T","kind":"police",
///   "mentions":[{"text":"Troy Police Department","start":4,"end":15,"form":"name"}]}]}"#;
/// let formatted = format_annotations("n.json", source, Some(&document)).unwrap();
/// assert!(formatted.json.contains(r#"{ "text": "Troy Police Department", "start": 4, "end": 26, "form": "name" }"#));
/// assert_eq!(formatted.notes.len(), 1);
/// ```
pub fn format_annotations(
    file: &str,
    source: &str,
    document: Option<&Document>,
) -> Result<Formatted, Vec<Diagnostic>> {
    let (reading, notes) = read(file, source, document, true);
    let warnings = reading.diagnostics.clone();
    let mut set = reading.accepted()?;
    if let Some(document) = document.filter(|_| !set.meta.quotes_withheld) {
        let quote = |text: &mut Option<String>, span| {
            if text.is_none() {
                *text = document.quote(span).map(str::to_owned);
            }
        };
        for agency in &mut set.agencies {
            agency.mentions.iter_mut().for_each(|mention| quote(&mut mention.text, mention.span));
        }
        set.stances.iter_mut().for_each(|stance| quote(&mut stance.text, stance.span));
        set.citations.iter_mut().for_each(|citation| quote(&mut citation.text, citation.span));
    }
    Ok(Formatted { json: to_canonical_json(&set), notes, warnings })
}
