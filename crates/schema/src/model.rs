//! Annotation sets: the records that gold files and extractor output hold.

use std::collections::BTreeMap;

use crate::span::CharSpan;
use crate::vocabulary::{AgencyKind, Attribution, CitationKind, Form, Position, Status, Topic};

/// Keys of a record that this version does not know, kept so that nothing a user wrote is lost.
pub type Extra = BTreeMap<String, serde_json::Value>;

/// What one document contains. Spans are in code points of the document's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnnotationSet {
    /// The `$schema` line, for editors.
    pub schema: Option<String>,
    /// Identifier of the document: its file name without `.txt`.
    pub document: String,
    /// Where the records come from.
    pub meta: Meta,
    /// Agencies, by first mention.
    pub agencies: Vec<Agency>,
    /// Stances, by (start, end, agency, topic, position).
    pub stances: Vec<Stance>,
    /// Citations, by (start, end).
    pub citations: Vec<Citation>,
    /// Unknown keys.
    pub extra: Extra,
}

/// Where an annotation set comes from and what state it is in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// SHA-256 of the text's bytes, in lower-case hexadecimal.
    pub text_sha256: Option<String>,
    /// Version of the guidelines followed.
    pub guidelines: Option<String>,
    /// How far the annotation has come.
    pub status: Option<Status>,
    /// Who annotated.
    pub annotators: Vec<String>,
    /// Whether suggestions were shown while annotating.
    pub assisted: Option<bool>,
    /// Whether the text may not be shipped, so that records carry offsets without quotes.
    pub quotes_withheld: bool,
    /// The program that wrote the set, where one did.
    pub generator: Option<String>,
    /// Unknown keys.
    pub extra: Extra,
}

/// One public body with all its mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Agency {
    /// A slug unique in the file, such as `stockton-pd`.
    pub id: String,
    /// The full official name.
    pub name: String,
    /// What sort of body it is.
    pub kind: AgencyKind,
    /// Open Civic Data division id, where the document settles it.
    pub jurisdiction: Option<String>,
    /// Its mentions, in text order.
    pub mentions: Vec<Mention>,
    /// The rule that made the record, in extractor output.
    pub rule: Option<String>,
    /// Unknown keys.
    pub extra: Extra,
}

/// One place where the text names an agency.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Identifier of the record, where it carries one.
    pub id: Option<String>,
    /// Where it stands, in code points.
    pub span: CharSpan,
    /// Exactly the characters of `span`; absent where quotes are withheld.
    pub text: Option<String>,
    /// How it refers to its agency.
    pub form: Form,
    /// The rule that made the record, in extractor output.
    pub rule: Option<String>,
    /// Unknown keys.
    pub extra: Extra,
}

/// One agency's position on one topic, with the text that states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Stance {
    /// Identifier of the record, where it carries one.
    pub id: Option<String>,
    /// `id` of the agency that holds it.
    pub agency: String,
    /// The conduct it is about.
    pub topic: Topic,
    /// Where the agency stands.
    pub position: Position,
    /// Who says so.
    pub attribution: Attribution,
    /// The evidence, in code points.
    pub span: CharSpan,
    /// Exactly the characters of `span`; absent where quotes are withheld.
    pub text: Option<String>,
    /// The rule that made the record, in extractor output.
    pub rule: Option<String>,
    /// Unknown keys.
    pub extra: Extra,
}

/// One reference to a legal authority.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// Identifier of the record, where it carries one.
    pub id: Option<String>,
    /// Where it stands, in code points.
    pub span: CharSpan,
    /// Exactly the characters of `span`; absent where quotes are withheld.
    pub text: Option<String>,
    /// What sort of authority it names.
    pub kind: CitationKind,
    /// Canonical id of the authority, such as `/us/usc/t8/s1373`, where the document settles it.
    pub canonical: Option<String>,
    /// The rule that made the record, in extractor output.
    pub rule: Option<String>,
    /// Unknown keys.
    pub extra: Extra,
}

impl AnnotationSet {
    /// An empty set for `document`.
    pub fn new(document: impl Into<String>) -> Self {
        Self { document: document.into(), ..Self::default() }
    }

    /// The agency with this id.
    pub fn agency(&self, id: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.id == id)
    }

    /// Every mention with the agency it belongs to, agency by agency.
    pub fn mentions(&self) -> impl Iterator<Item = (&Agency, &Mention)> {
        self.agencies.iter().flat_map(|agency| agency.mentions.iter().map(move |m| (agency, m)))
    }

    /// Puts the records into the order of the guidelines (section 4): mentions by place, agencies by
    /// first mention, everything else by (start, end, agency, topic, position).
    pub fn sort(&mut self) {
        for agency in &mut self.agencies {
            agency.mentions.sort_by_key(|m| (m.span, m.form));
        }
        self.agencies.sort_by(|a, b| {
            let first = |agency: &Agency| {
                agency.mentions.first().map_or(CharSpan::new(u32::MAX, u32::MAX), |m| m.span)
            };
            first(a).cmp(&first(b)).then_with(|| a.id.cmp(&b.id))
        });
        self.stances.sort_by(|a, b| {
            (a.span, &a.agency, a.topic, a.position).cmp(&(b.span, &b.agency, b.topic, b.position))
        });
        self.citations.sort_by(|a, b| (a.span, a.kind, &a.canonical).cmp(&(b.span, b.kind, &b.canonical)));
    }
}
