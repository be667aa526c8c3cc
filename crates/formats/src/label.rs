//! One label for all that closed word lists say of a record, for formats whose spans have only a label.

use goldrule_schema::{AgencyKind, Attribution, CitationKind, Form, Position, Topic, UnknownWord};

/// What a label says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// `agency/police/name`
    Mention(AgencyKind, Form),
    /// `stance/enforcement/against/own`
    Stance(Topic, Position, Attribution),
    /// `citation/statute`
    Citation(CitationKind),
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Mention(kind, form) => write!(f, "agency/{kind}/{form}"),
            Self::Stance(topic, position, by) => write!(f, "stance/{topic}/{position}/{by}"),
            Self::Citation(kind) => write!(f, "citation/{kind}"),
        }
    }
}

fn word<T: std::str::FromStr<Err = UnknownWord>>(word: &str) -> Result<T, Option<String>> {
    word.parse().map_err(|error: UnknownWord| Some(error.to_string()))
}

impl Label {
    /// Every label there can be.
    pub(crate) fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for &kind in AgencyKind::ALL {
            all.extend(Form::ALL.iter().map(|&form| Self::Mention(kind, form)));
        }
        for &topic in Topic::ALL {
            for &position in Position::ALL {
                all.extend(Attribution::ALL.iter().map(|&by| Self::Stance(topic, position, by)));
            }
        }
        all.extend(CitationKind::ALL.iter().map(|&kind| Self::Citation(kind)));
        all
    }

    /// # Errors
    /// What is wrong with a label that begins as one of ours; `None` where it is somebody else's.
    pub(crate) fn parse(label: &str) -> Result<Self, Option<String>> {
        let parts: Vec<_> = label.split('/').collect();
        match parts.as_slice() {
            ["agency", kind, form] => Ok(Self::Mention(word(kind)?, word(form)?)),
            ["stance", topic, position, by] => Ok(Self::Stance(word(topic)?, word(position)?, word(by)?)),
            ["citation", kind] => Ok(Self::Citation(word(kind)?)),
            ["agency" | "stance" | "citation", ..] => {
                Err(Some("write agency/KIND/FORM, stance/TOPIC/POSITION/ATTRIBUTION or citation/KIND".into()))
            }
            _ => Err(None),
        }
    }
}
