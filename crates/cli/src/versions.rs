//! Versions of an annotation file, from wherever git or somebody else put them.

use std::path::Path;
use std::sync::Arc;

use goldrule_harness::{Finding, document_of};
use goldrule_schema::{AnnotationSet, Diagnostic, read_annotations};

use crate::shared::Texts;

/// Reads a version of an annotation file. The file may be called anything: what it annotates it says itself.
/// The text is asked only where a record gives its quote alone.
pub(crate) fn read(path: &Path, source: &str, texts: Option<&Texts>) -> Result<AnnotationSet, Vec<Finding>> {
    let name = path.display().to_string();
    let accepted = |document| {
        let mut reading = read_annotations(&name, source, document);
        reading.diagnostics.retain(|finding| finding.code != "wrong-document");
        reading.accepted()
    };
    let alone = accepted(None);
    let needs_text =
        |found: &Vec<Diagnostic>| found.iter().any(|finding| finding.code == "no-text" && finding.is_error());
    let result = match alone {
        Err(found) if needs_text(&found) => {
            // A version in a temporary file does not carry the document's name.
            let id = document_of("", source).unwrap_or_default();
            match texts.and_then(|texts| texts.document(&id)) {
                Some(document) => accepted(Some(document)),
                None => Err(found),
            }
        }
        other => other,
    };
    result.map_err(|diagnostics| {
        let source: Arc<str> = source.into();
        let finding = |diagnostic| Finding { diagnostic, source: source.clone() };
        diagnostics.into_iter().filter(Diagnostic::is_error).map(finding).collect()
    })
}
