//! Single annotation files against a corpus.

use std::path::Path;
use std::sync::Arc;

use goldrule_schema::{Corpus, Diagnostic, Entry, read_annotations};

use crate::Finding;

/// Everything wrong with an annotation file. With `must_have`, the corpus ought to have its document.
pub fn check_file(file: &str, source: &str, corpus: &Corpus, must_have: bool) -> Vec<Finding> {
    let id = document_of(file, source);
    let entry = id.as_deref().and_then(|id| corpus.entry(id));
    let mut diagnostics = read_annotations(file, source, entry.and_then(Entry::document)).diagnostics;
    if let (Some(id), None, true) = (id, entry, must_have) {
        let help = "add the text to the corpus, or name the file after its document";
        let message = format!("the corpus has no document `{id}`");
        diagnostics.push(Diagnostic::whole("missing-document", file, message, help));
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
