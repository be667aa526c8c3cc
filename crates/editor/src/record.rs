//! Records one by one, as the page and the journal hold them, and changes of them.
//!
//! A record carries no quote: the text at its offsets says what it is. Offsets are code points.

use goldrule_curation::Record as Curated;
use goldrule_schema::{
    Agency, AgencyKind, AnnotationSet, Attribution, CharSpan, Citation, CitationKind, Extra, Form, Mention,
    Position, Stance, Status, Topic,
};
use serde::{Deserialize, Serialize};

/// A record of an annotation set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "layer", rename_all = "snake_case")]
pub enum Record {
    /// An agency without its mentions.
    Agency(AgencyRecord),
    /// A mention with its agency's id.
    Mention(MentionRecord),
    /// A stance.
    Stance(StanceRecord),
    /// A citation.
    Citation(CitationRecord),
    /// What is said of the set as a whole.
    Meta(MetaRecord),
}

/// An agency without its mentions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgencyRecord {
    /// Slug, unique in the set.
    pub id: String,
    /// Full official name.
    pub name: String,
    /// What sort of body it is.
    pub kind: AgencyKind,
    /// Open Civic Data division id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<String>,
    /// The rule that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Unknown keys.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A mention.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MentionRecord {
    /// Id of its agency.
    pub agency: String,
    /// First code point.
    pub start: u32,
    /// First code point behind it.
    pub end: u32,
    /// How it refers to its agency.
    pub form: Form,
    /// Its own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The rule that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Unknown keys.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A stance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StanceRecord {
    /// Id of its holder.
    pub agency: String,
    /// First code point of the evidence.
    pub start: u32,
    /// First code point behind it.
    pub end: u32,
    /// The conduct.
    pub topic: Topic,
    /// Where the holder stands.
    pub position: Position,
    /// Who says so.
    pub attribution: Attribution,
    /// Its own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The rule that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Unknown keys.
    #[serde(flatten)]
    pub extra: Extra,
}

/// A citation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CitationRecord {
    /// First code point.
    pub start: u32,
    /// First code point behind it.
    pub end: u32,
    /// What sort of authority it names.
    pub kind: CitationKind,
    /// Canonical id of the authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// Its own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The rule that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// Unknown keys.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What is said of the set as a whole and may be changed on the page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetaRecord {
    /// How far the annotation has come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Who annotated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotators: Vec<String>,
    /// Whether suggestions were shown while annotating.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assisted: Option<bool>,
}

impl From<&Agency> for Record {
    fn from(agency: &Agency) -> Self {
        Self::Agency(AgencyRecord {
            id: agency.id.clone(),
            name: agency.name.clone(),
            kind: agency.kind,
            jurisdiction: agency.jurisdiction.clone(),
            rule: agency.rule.clone(),
            extra: agency.extra.clone(),
        })
    }
}

impl From<&Stance> for Record {
    fn from(stance: &Stance) -> Self {
        Self::Stance(StanceRecord {
            agency: stance.agency.clone(),
            start: stance.span.start,
            end: stance.span.end,
            topic: stance.topic,
            position: stance.position,
            attribution: stance.attribution,
            id: stance.id.clone(),
            rule: stance.rule.clone(),
            extra: stance.extra.clone(),
        })
    }
}

impl From<&Citation> for Record {
    fn from(citation: &Citation) -> Self {
        Self::Citation(CitationRecord {
            start: citation.span.start,
            end: citation.span.end,
            kind: citation.kind,
            canonical: citation.canonical.clone(),
            id: citation.id.clone(),
            rule: citation.rule.clone(),
            extra: citation.extra.clone(),
        })
    }
}

/// The record of a mention.
pub(crate) fn mention_record(agency: &str, mention: &Mention) -> Record {
    Record::Mention(MentionRecord {
        agency: agency.to_owned(),
        start: mention.span.start,
        end: mention.span.end,
        form: mention.form,
        id: mention.id.clone(),
        rule: mention.rule.clone(),
        extra: mention.extra.clone(),
    })
}

pub(crate) fn meta_record(set: &AnnotationSet) -> Record {
    let meta = &set.meta;
    Record::Meta(MetaRecord {
        status: meta.status,
        annotators: meta.annotators.clone(),
        assisted: meta.assisted,
    })
}

/// The records of a set: what is said of the whole, the agencies, and everything that refers to them.
pub fn records(set: &AnnotationSet) -> Vec<Record> {
    let mut records = vec![meta_record(set)];
    records.extend(set.agencies.iter().map(Record::from));
    records.extend(set.mentions().map(|(agency, mention)| mention_record(&agency.id, mention)));
    records.extend(set.stances.iter().map(Record::from));
    records.extend(set.citations.iter().map(Record::from));
    records
}

/// The record as the curation crate has it; none for what is said of the whole.
pub(crate) fn to_curation(record: &Record) -> Option<Curated> {
    let span = |start: u32, end: u32| (start <= end).then(|| CharSpan::new(start, end));
    Some(match record.clone() {
        Record::Meta(_) => return None,
        Record::Agency(agency) => Curated::Agency(agency.with(Vec::new())),
        Record::Mention(mention) => {
            let span = span(mention.start, mention.end)?;
            Curated::Mention { agency: mention.agency.clone(), mention: mention.at(span, None) }
        }
        Record::Stance(stance) => {
            let span = span(stance.start, stance.end)?;
            Curated::Stance(stance.at(span, None))
        }
        Record::Citation(citation) => {
            let span = span(citation.start, citation.end)?;
            Curated::Citation(citation.at(span, None))
        }
    })
}

/// A record of the curation crate.
pub(crate) fn from_curation(record: &Curated) -> Record {
    match record {
        Curated::Agency(agency) => agency.into(),
        Curated::Mention { agency, mention } => mention_record(agency, mention),
        Curated::Stance(stance) => stance.into(),
        Curated::Citation(citation) => citation.into(),
    }
}

impl AgencyRecord {
    pub(crate) fn with(self, mentions: Vec<Mention>) -> Agency {
        let Self { id, name, kind, jurisdiction, rule, extra } = self;
        Agency { id, name, kind, jurisdiction, mentions, rule, extra }
    }
}

impl MentionRecord {
    pub(crate) fn at(self, span: CharSpan, text: Option<String>) -> Mention {
        let Self { form, id, rule, extra, .. } = self;
        Mention { id, span, text, form, rule, extra }
    }
}

impl StanceRecord {
    pub(crate) fn at(self, span: CharSpan, text: Option<String>) -> Stance {
        let Self { agency, topic, position, attribution, id, rule, extra, .. } = self;
        Stance { id, agency, topic, position, attribution, span, text, rule, extra }
    }
}

impl CitationRecord {
    pub(crate) fn at(self, span: CharSpan, text: Option<String>) -> Citation {
        let Self { kind, canonical, id, rule, extra, .. } = self;
        Citation { id, span, text, kind, canonical, rule, extra }
    }
}

impl Record {
    /// Whether both say something of the same thing, be it different (guidelines, section 4): the set,
    /// an agency by id, a mention by agency and span, a stance by agency, topic and span, a citation by span.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Meta(_), Self::Meta(_)) => true,
            (Self::Agency(a), Self::Agency(b)) => a.id == b.id,
            (Self::Mention(a), Self::Mention(b)) => {
                (a.start, a.end, &a.agency) == (b.start, b.end, &b.agency)
            }
            (Self::Stance(a), Self::Stance(b)) => {
                (a.start, a.end, &a.agency, a.topic) == (b.start, b.end, &b.agency, b.topic)
            }
            (Self::Citation(a), Self::Citation(b)) => (a.start, a.end) == (b.start, b.end),
            _ => false,
        }
    }

    /// Whether a set has a record that [is the same](Self::is_same); what is said of the whole can always be
    /// said anew.
    pub(crate) fn is_in(&self, set: &AnnotationSet) -> bool {
        let at = |span: CharSpan, start: u32, end: u32| (span.start, span.end) == (start, end);
        match self {
            Self::Meta(_) => false,
            Self::Agency(new) => set.agency(&new.id).is_some(),
            Self::Mention(new) => set.agency(&new.agency).is_some_and(|agency| {
                agency.mentions.iter().any(|mention| at(mention.span, new.start, new.end))
            }),
            Self::Stance(new) => set.stances.iter().any(|stance| {
                at(stance.span, new.start, new.end)
                    && stance.agency == new.agency
                    && stance.topic == new.topic
            }),
            Self::Citation(new) => set.citations.iter().any(|citation| at(citation.span, new.start, new.end)),
        }
    }

    /// Where it stands; `None` for an agency and for the whole.
    pub fn span(&self) -> Option<(u32, u32)> {
        match self {
            Self::Agency(_) | Self::Meta(_) => None,
            Self::Mention(mention) => Some((mention.start, mention.end)),
            Self::Stance(stance) => Some((stance.start, stance.end)),
            Self::Citation(citation) => Some((citation.start, citation.end)),
        }
    }
}
