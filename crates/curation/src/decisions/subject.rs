//! What a decision is about, and how it is known again.

use goldrule_schema::{AnnotationSet, CharSpan, Document};
use serde::{Deserialize, Serialize};

use crate::record::{Record, RecordRef};

/// Code points of the text kept on either side of a record.
const CONTEXT: u32 = 24;
/// Digits of the text's hash kept: enough to tell two versions of one document apart.
const HASH: usize = 16;

/// The text that subjects stand in: a document and its hash, worked out once.
#[derive(Clone, Debug)]
pub struct Text<'d> {
    document: &'d Document,
    hash: String,
    withheld: bool,
}

/// A record that somebody decided about, as it was shown.
///
/// Two subjects are the same where their layer and labels are and they stand at the same place. The labels
/// are a mention's form and agency; a stance's topic, position and agency; a citation's kind and canonical
/// id; an agency's name, kind and jurisdiction. Agencies are compared by name, without regard to case,
/// because ids of extractor output change with what else is in the document. The rule, the attribution and
/// the `id` of a record do not count. Where annotators are compared the attribution does, and a conflict of
/// a merge is the same where every version of it is.
///
/// The place is the span, while the text is the one that was annotated. In another version of the text it
/// is the quote together with up to 24 code points before it or behind it, white space aside. A text that
/// may not be shipped leaves no quote to go by: there, a decision lasts as long as the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// The record.
    pub record: Record,
    /// Name of the agency that it speaks of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// The beginning of the hash of the text that the offsets count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_hash: Option<String>,
    /// What stands before the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What stands behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// Digest of the versions that a merge could not settle. Conflicts are one where all versions are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub versions: Option<String>,
}

impl<'d> Text<'d> {
    /// The text that `set` annotates.
    pub fn new(document: &'d Document, set: &AnnotationSet) -> Self {
        let mut hash = goldrule_schema::sha256(document.text().as_bytes());
        hash.truncate(HASH);
        Self { document, hash, withheld: set.meta.quotes_withheld }
    }

    /// The document.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// Whether no quote of it may be written.
    pub fn is_withheld(&self) -> bool {
        self.withheld
    }

    /// Whether it is the text with this SHA-256.
    pub(crate) fn has_hash(&self, sha256: &str) -> bool {
        sha256.starts_with(&self.hash)
    }

    fn slice(&self, start: u32, end: u32) -> Option<String> {
        self.document.quote(CharSpan::new(start, end)).map(str::to_owned)
    }
}

impl Subject {
    /// A record of `set` as the subject of a decision.
    pub fn new(record: RecordRef<'_>, set: &AnnotationSet, text: &Text<'_>) -> Self {
        let holder = record.agency().and_then(|id| set.agency(id)).map(|agency| agency.name.clone());
        let mut subject = Self {
            record: record.to_record(),
            holder,
            text_hash: Some(text.hash.clone()),
            before: None,
            after: None,
            versions: None,
        };
        if text.withheld {
            subject.withhold();
        } else if let Some(span) = record.span() {
            subject.before = text.slice(span.start.saturating_sub(CONTEXT), span.start);
            let end = span.end.saturating_add(CONTEXT).min(text.document.char_len());
            subject.after = (span.end <= end).then(|| text.slice(span.end, end)).flatten();
            set_quote(&mut subject.record, text.slice(span.start, span.end));
        }
        subject
    }

    /// Whether both are about the same record.
    ///
    /// ```
    /// use goldrule_curation::decisions::{Subject, Text};
    /// use goldrule_curation::records;
    /// use goldrule_schema::{Document, read_annotations};
    ///
    /// let subject = |text: &str, start: usize, rule: &str| {
    ///     let document = Document::new("note", text);
    ///     let source = format!(r#"{{ "schema_version": 1, "document": "note", "agencies": [], "stances": [],
    ///       "citations": [ {{ "start": {start}, "end": {}, "kind": "bill", "rule": "{rule}" }} ] }}"#, start + 5);
    ///     let set = read_annotations("note.json", &source, Some(&document)).accepted().unwrap();
    ///     Subject::new(records(&set).next().unwrap(), &set, &Text::new(&document, &set))
    /// };
    /// let rejected = subject("They sang SB 54 twice.", 10, "bill.short");
    /// assert!(rejected.is_same(&subject("They sang SB 54 twice.", 10, "bill.other")));
    /// assert!(rejected.is_same(&subject("All of them sang SB 54 twice.", 17, "bill.short")));
    /// assert!(!rejected.is_same(&subject("The House passed SB 54 in May.", 17, "bill.short")));
    /// ```
    pub fn is_same(&self, other: &Self) -> bool {
        if self.versions.is_some() || other.versions.is_some() {
            return self.versions == other.versions;
        }
        self.same_labels(other) && self.same_place(other)
    }

    /// Whether both say the same about who speaks.
    pub(super) fn same_attribution(&self, other: &Self) -> bool {
        let attribution = |subject: &Self| match &subject.record {
            Record::Stance(stance) => Some(stance.attribution),
            _ => None,
        };
        attribution(self) == attribution(other)
    }

    fn same_labels(&self, other: &Self) -> bool {
        let (a, b) = (self.record.as_ref(), other.record.as_ref());
        let counts = |&(key, _): &(&str, Option<&str>)| key != "agency" && key != "attribution";
        let labels = |record: RecordRef<'_>| -> Vec<(&'static str, Option<String>)> {
            let all = record.labels();
            let counted = all.into_iter().filter(counts);
            counted.map(|(key, value)| (key, value.map(str::to_owned))).collect()
        };
        let name = |subject: &Self| subject.holder.as_deref().map(str::to_lowercase);
        a.layer() == b.layer() && name(self) == name(other) && labels(a) == labels(b)
    }

    fn same_place(&self, other: &Self) -> bool {
        let (a, b) = (self.record.as_ref(), other.record.as_ref());
        // An agency stands nowhere: its labels are all there is.
        let (Some(span), Some(other_span)) = (a.span(), b.span()) else { return a.span() == b.span() };
        if self.text_hash.is_some() && self.text_hash == other.text_hash {
            return span == other_span;
        }
        let same = |a: Option<&str>, b: Option<&str>| match (a, b) {
            (Some(a), Some(b)) => a.split_whitespace().eq(b.split_whitespace()),
            _ => false,
        };
        same(a.text(), b.text())
            && (same(self.before.as_deref(), other.before.as_deref())
                || same(self.after.as_deref(), other.after.as_deref()))
    }

    /// Takes the quotes out.
    pub fn withhold(&mut self) {
        self.record.withhold();
        self.before = None;
        self.after = None;
    }
}

/// Gives a record the quote of its place.
pub(crate) fn set_quote(record: &mut Record, quote: Option<String>) {
    match record {
        Record::Agency(_) => {}
        Record::Mention { mention, .. } => mention.text = quote,
        Record::Stance(stance) => stance.text = quote,
        Record::Citation(citation) => citation.text = quote,
    }
}
