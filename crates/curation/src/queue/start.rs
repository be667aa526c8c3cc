//! Sets to begin with.

use goldrule_schema::{AnnotationSet, Document, Meta, Status};

/// An empty draft of a document's annotations.
///
/// ```
/// use goldrule_curation::queue::blank;
/// use goldrule_schema::Document;
///
/// let set = blank(&Document::new("note", "Nothing yet."), Some("1.2"));
/// assert_eq!(set.meta.text_sha256.unwrap().len(), 64);
/// ```
pub fn blank(document: &Document, guidelines: Option<&str>) -> AnnotationSet {
    let meta = Meta {
        text_sha256: Some(goldrule_schema::sha256(document.text().as_bytes())),
        guidelines: guidelines.map(str::to_owned),
        status: Some(Status::Draft),
        ..Meta::default()
    };
    AnnotationSet { meta, ..AnnotationSet::new(document.id()) }
}

/// Where the adjudication of two annotators starts: the first one's records, as a draft by both. It counts
/// as annotated without suggestions where both of theirs do, and with them where one does.
pub fn adjudication(a: &AnnotationSet, b: &AnnotationSet) -> AnnotationSet {
    let mut set = a.clone();
    set.meta.status = Some(Status::Draft);
    for annotator in &b.meta.annotators {
        if !set.meta.annotators.contains(annotator) {
            set.meta.annotators.push(annotator.clone());
        }
    }
    set.meta.assisted = match (a.meta.assisted, b.meta.assisted) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    };
    set
}
