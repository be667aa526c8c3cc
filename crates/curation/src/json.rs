//! Records as JSON, with the keys that gold files give them and the layer before them.

use goldrule_schema::{
    Agency, AgencyKind, Attribution, CharSpan, Citation, CitationKind, Extra, Form, Mention, Position,
    Stance, Topic,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::record::Record;

/// Mirrors [`Record`] in the layout of gold files.
#[derive(Serialize, Deserialize)]
#[serde(tag = "layer", rename_all = "snake_case")]
enum Flat {
    Agency(#[serde(with = "FlatAgency")] Agency),
    Mention {
        agency: String,
        #[serde(flatten, with = "FlatMention")]
        mention: Mention,
    },
    Stance(#[serde(with = "FlatStance")] Stance),
    Citation(#[serde(with = "FlatCitation")] Citation),
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Agency")]
struct FlatAgency {
    id: String,
    name: String,
    kind: AgencyKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    jurisdiction: Option<String>,
    #[serde(skip)]
    mentions: Vec<Mention>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(flatten)]
    extra: Extra,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Mention")]
struct FlatMention {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(flatten)]
    span: CharSpan,
    form: Form,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(flatten)]
    extra: Extra,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Stance")]
struct FlatStance {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    agency: String,
    topic: Topic,
    position: Position,
    attribution: Attribution,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(flatten)]
    span: CharSpan,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(flatten)]
    extra: Extra,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Citation")]
struct FlatCitation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(flatten)]
    span: CharSpan,
    kind: CitationKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    canonical: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(flatten)]
    extra: Extra,
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let flat = match self.clone() {
            Self::Agency(agency) => Flat::Agency(agency),
            Self::Mention { agency, mention } => Flat::Mention { agency, mention },
            Self::Stance(stance) => Flat::Stance(stance),
            Self::Citation(citation) => Flat::Citation(citation),
        };
        flat.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Record {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let record = match Flat::deserialize(deserializer)? {
            Flat::Agency(agency) => Self::Agency(agency),
            Flat::Mention { agency, mention } => Self::Mention { agency, mention },
            Flat::Stance(stance) => Self::Stance(stance),
            Flat::Citation(citation) => Self::Citation(citation),
        };
        match record.as_ref().span() {
            Some(span) if span.start > span.end => Err(serde::de::Error::custom(format!(
                "the span {}..{} ends before it starts",
                span.start, span.end
            ))),
            _ => Ok(record),
        }
    }
}
