//! Which record of one set is which record of another (guidelines, section 4).

use std::collections::BTreeMap;
use std::fmt;

use goldrule_schema::{AnnotationSet, CharSpan, Topic};
use serde::{Deserialize, Serialize};

use crate::record::{RecordRef, records};

/// The four sorts of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Public bodies, without their mentions.
    Agency,
    /// Places where the text names an agency.
    Mention,
    /// An agency's positions.
    Stance,
    /// References to legal authorities.
    Citation,
}

impl Layer {
    /// The word for one record of the layer.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Mention => "mention",
            Self::Stance => "stance",
            Self::Citation => "citation",
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a record is known by. Offsets are code points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Key {
    /// The `id` it carries; an agency always carries one.
    Id {
        /// The id.
        id: String,
    },
    /// The content of a stance without an id.
    Stance {
        /// `id` of its holder.
        agency: String,
        /// Its topic.
        topic: Topic,
        /// First code point of the evidence.
        start: u32,
        /// First code point behind it.
        end: u32,
    },
    /// The content of a mention without an id.
    Mention {
        /// `id` of its agency.
        agency: String,
        /// First code point.
        start: u32,
        /// First code point behind it.
        end: u32,
    },
    /// The content of a citation without an id.
    Citation {
        /// First code point.
        start: u32,
        /// First code point behind it.
        end: u32,
    },
}

/// What tells one record of a set from all others, and finds it again in another version of the set.
///
/// As JSON it is one flat object: `{"layer":"stance","agency":"troy-pd","topic":"detainers","start":3,"end":9}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// The sort of record.
    pub layer: Layer,
    /// What it is known by.
    #[serde(flatten)]
    pub key: Key,
    /// Which of several records with the same key, from 1 in the order of the file.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub occurrence: u32,
}

const fn first() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_first(occurrence: &u32) -> bool {
    *occurrence == 1
}

impl Key {
    /// What a record is known by.
    pub fn of(record: RecordRef<'_>) -> Self {
        match record.id() {
            Some(id) => Self::Id { id: id.to_owned() },
            None => Self::of_content(record),
        }
    }

    /// What a record would be known by if it carried no id.
    pub fn of_content(record: RecordRef<'_>) -> Self {
        let place = |span: CharSpan| (span.start, span.end);
        match record {
            RecordRef::Agency(agency) => Self::Id { id: agency.id.clone() },
            RecordRef::Mention { agency, mention } => {
                let (start, end) = place(mention.span);
                Self::Mention { agency: agency.to_owned(), start, end }
            }
            RecordRef::Stance(stance) => {
                let (start, end) = place(stance.span);
                Self::Stance { agency: stance.agency.clone(), topic: stance.topic, start, end }
            }
            RecordRef::Citation(citation) => {
                let (start, end) = place(citation.span);
                Self::Citation { start, end }
            }
        }
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.key {
            Key::Id { id } => write!(f, "{} {id}", self.layer)?,
            Key::Stance { agency, topic, start, end } => {
                write!(f, "stance of {agency} on {topic} at {start}..{end}")?;
            }
            Key::Mention { agency, start, end } => write!(f, "mention of {agency} at {start}..{end}")?,
            Key::Citation { start, end } => write!(f, "citation at {start}..{end}")?,
        }
        if self.occurrence > 1 { write!(f, " (number {})", self.occurrence) } else { Ok(()) }
    }
}

/// Every record of a set with its identity: each agency with its mentions behind it, stances, citations, in
/// the order of the set.
pub fn identities(set: &AnnotationSet) -> Vec<(Identity, RecordRef<'_>)> {
    let mut seen: BTreeMap<(Layer, Key), u32> = BTreeMap::new();
    records(set)
        .map(|record| {
            let (layer, key) = (record.layer(), Key::of(record));
            let occurrence = seen.entry((layer, key.clone())).and_modify(|count| *count += 1).or_insert(1);
            (Identity { layer, key, occurrence: *occurrence }, record)
        })
        .collect()
}

/// The record with this identity.
pub fn find<'s>(set: &'s AnnotationSet, identity: &Identity) -> Option<RecordRef<'s>> {
    let mut same =
        records(set).filter(|record| record.layer() == identity.layer && Key::of(*record) == identity.key);
    same.nth(identity.occurrence.checked_sub(1)? as usize)
}
