//! Records, seen in their set or taken out of it.

use goldrule_schema::{Agency, AnnotationSet, CharSpan, Citation, Extra, Mention, Stance};

use crate::identity::Layer;

/// A record taken out of its set.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// An agency without its mentions, which are records of their own.
    Agency(Agency),
    /// A mention.
    Mention {
        /// `id` of its agency.
        agency: String,
        /// The mention.
        mention: Mention,
    },
    /// A stance.
    Stance(Stance),
    /// A citation.
    Citation(Citation),
}

/// A record seen in its set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RecordRef<'s> {
    /// An agency; its mentions are records of their own.
    Agency(&'s Agency),
    /// A mention.
    Mention {
        /// `id` of its agency.
        agency: &'s str,
        /// The mention.
        mention: &'s Mention,
    },
    /// A stance.
    Stance(&'s Stance),
    /// A citation.
    Citation(&'s Citation),
}

/// Every record of a set: each agency with its mentions behind it, stances, citations.
pub fn records(set: &AnnotationSet) -> impl Iterator<Item = RecordRef<'_>> {
    let agencies = set.agencies.iter().flat_map(|agency| {
        let mentions = agency.mentions.iter();
        std::iter::once(RecordRef::Agency(agency))
            .chain(mentions.map(|mention| RecordRef::Mention { agency: &agency.id, mention }))
    });
    let stances = set.stances.iter().map(RecordRef::Stance);
    agencies.chain(stances).chain(set.citations.iter().map(RecordRef::Citation))
}

impl Record {
    /// The record as one seen in a set.
    pub fn as_ref(&self) -> RecordRef<'_> {
        match self {
            Self::Agency(agency) => RecordRef::Agency(agency),
            Self::Mention { agency, mention } => RecordRef::Mention { agency, mention },
            Self::Stance(stance) => RecordRef::Stance(stance),
            Self::Citation(citation) => RecordRef::Citation(citation),
        }
    }

    /// Takes the quote out, for files whose text may not be shipped.
    pub fn withhold(&mut self) {
        match self {
            Self::Agency(_) => {}
            Self::Mention { mention, .. } => mention.text = None,
            Self::Stance(stance) => stance.text = None,
            Self::Citation(citation) => citation.text = None,
        }
    }
}

impl<'s> RecordRef<'s> {
    /// A copy that stands alone; an agency comes without its mentions.
    pub fn to_record(self) -> Record {
        match self {
            Self::Agency(agency) => Record::Agency(head(agency)),
            Self::Mention { agency, mention } => {
                Record::Mention { agency: agency.to_owned(), mention: mention.clone() }
            }
            Self::Stance(stance) => Record::Stance(stance.clone()),
            Self::Citation(citation) => Record::Citation(citation.clone()),
        }
    }

    /// The sort of record.
    pub const fn layer(self) -> Layer {
        match self {
            Self::Agency(_) => Layer::Agency,
            Self::Mention { .. } => Layer::Mention,
            Self::Stance(_) => Layer::Stance,
            Self::Citation(_) => Layer::Citation,
        }
    }

    /// The `id` it carries.
    pub fn id(self) -> Option<&'s str> {
        match self {
            Self::Agency(agency) => Some(&agency.id),
            Self::Mention { mention, .. } => mention.id.as_deref(),
            Self::Stance(stance) => stance.id.as_deref(),
            Self::Citation(citation) => citation.id.as_deref(),
        }
    }

    /// `id` of the agency it speaks of; none for a citation.
    pub fn agency(self) -> Option<&'s str> {
        match self {
            Self::Agency(agency) => Some(&agency.id),
            Self::Mention { agency, .. } => Some(agency),
            Self::Stance(stance) => Some(&stance.agency),
            Self::Citation(_) => None,
        }
    }

    /// Where it stands, in code points; an agency stands nowhere itself.
    pub fn span(self) -> Option<CharSpan> {
        match self {
            Self::Agency(_) => None,
            Self::Mention { mention, .. } => Some(mention.span),
            Self::Stance(stance) => Some(stance.span),
            Self::Citation(citation) => Some(citation.span),
        }
    }

    /// Its quote, where it carries one.
    pub fn text(self) -> Option<&'s str> {
        match self {
            Self::Agency(_) => None,
            Self::Mention { mention, .. } => mention.text.as_deref(),
            Self::Stance(stance) => stance.text.as_deref(),
            Self::Citation(citation) => citation.text.as_deref(),
        }
    }

    /// The rule that made it, in extractor output.
    pub fn rule(self) -> Option<&'s str> {
        match self {
            Self::Agency(agency) => agency.rule.as_deref(),
            Self::Mention { mention, .. } => mention.rule.as_deref(),
            Self::Stance(stance) => stance.rule.as_deref(),
            Self::Citation(citation) => citation.rule.as_deref(),
        }
    }

    /// Its unknown keys.
    pub fn extra(self) -> &'s Extra {
        match self {
            Self::Agency(agency) => &agency.extra,
            Self::Mention { mention, .. } => &mention.extra,
            Self::Stance(stance) => &stance.extra,
            Self::Citation(citation) => &citation.extra,
        }
    }

    /// What an annotator decides beside the place: each label by the key that files hold, with its value.
    /// An agency's `id` is none, a record's agency is.
    ///
    /// ```
    /// use goldrule_curation::RecordRef;
    /// use goldrule_schema::{CharSpan, Citation, CitationKind};
    ///
    /// let citation = Citation {
    ///     id: None, span: CharSpan::new(0, 5), text: Some("SB 54".into()), kind: CitationKind::Bill,
    ///     canonical: None, rule: None, extra: Default::default(),
    /// };
    /// assert_eq!(RecordRef::Citation(&citation).labels(), [("kind", Some("bill")), ("canonical", None)]);
    /// ```
    pub fn labels(self) -> Vec<(&'static str, Option<&'s str>)> {
        match self {
            Self::Agency(agency) => vec![
                ("name", Some(agency.name.as_str())),
                ("kind", Some(agency.kind.as_str())),
                ("jurisdiction", agency.jurisdiction.as_deref()),
            ],
            Self::Mention { agency, mention } => {
                vec![("agency", Some(agency)), ("form", Some(mention.form.as_str()))]
            }
            Self::Stance(stance) => vec![
                ("agency", Some(stance.agency.as_str())),
                ("topic", Some(stance.topic.as_str())),
                ("position", Some(stance.position.as_str())),
                ("attribution", Some(stance.attribution.as_str())),
            ],
            Self::Citation(citation) => {
                vec![("kind", Some(citation.kind.as_str())), ("canonical", citation.canonical.as_deref())]
            }
        }
    }

    /// Whether two records agree in every label.
    pub fn same_labels(self, other: RecordRef<'_>) -> bool {
        self.layer() == other.layer() && self.labels() == other.labels()
    }
}

/// An agency without its mentions.
pub(crate) fn head(agency: &Agency) -> Agency {
    Agency {
        id: agency.id.clone(),
        name: agency.name.clone(),
        kind: agency.kind,
        jurisdiction: agency.jurisdiction.clone(),
        mentions: Vec::new(),
        rule: agency.rule.clone(),
        extra: agency.extra.clone(),
    }
}
