//! Single annotation files against a corpus and the guidelines.

use std::path::Path;
use std::sync::Arc;

use goldrule_schema::{Corpus, Diagnostic, Entry, read_annotations};

use crate::{Finding, guidelines};

/// How strictly a file is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strictness {
    /// The corpus ought to have the file's document.
    pub must_have: bool,
    /// Also tell what may have been forgotten.
    pub hints: bool,
}

/// Everything wrong with an annotation file, and where it goes against the guidelines.
pub fn check_file(file: &str, source: &str, corpus: &Corpus, strictness: Strictness) -> Vec<Finding> {
    let id = document_of(file, source);
    let entry = id.as_deref().and_then(|id| corpus.entry(id));
    let document = entry.and_then(Entry::document);
    let reading = read_annotations(file, source, document);
    let mut diagnostics = reading.diagnostics;
    if let (Some(id), None, true) = (id, entry, strictness.must_have) {
        let help = "add the text to the corpus, or name the file after its document";
        let message = format!("the corpus has no document `{id}`");
        diagnostics.push(Diagnostic::whole("missing-document", file, message, help));
    }
    // A file with errors is mended first: its spans may be anywhere.
    if let Some(set) = reading.set.filter(|_| !diagnostics.iter().any(Diagnostic::is_error)) {
        let more = guidelines::findings(file, &set, &reading.places, document, strictness.hints);
        diagnostics.extend(more);
        diagnostics.sort_by_key(|finding| finding.place.map(|place| (place.start, place.end)));
    }
    let source: Arc<str> = source.into();
    diagnostics.into_iter().map(|diagnostic| Finding { diagnostic, source: source.clone() }).collect()
}

/// The document that an annotation file is about: by the file's name, else by what it says itself.
pub fn document_of(file: &str, source: &str) -> Option<String> {
    let path = Path::new(file);
    if path.extension().is_some_and(|extension| extension == "json") {
        return path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    }
    let value: serde_json::Value = serde_json::from_str(source).ok()?;
    value.get("document")?.as_str().map(str::to_owned)
}
