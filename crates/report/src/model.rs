//! What the page's script reads: documents with their records, side by side.

use std::collections::BTreeMap;

use serde::Serialize;

/// Everything the script needs; the figures above it are drawn beforehand.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Data {
    /// What the sides of a record are called: `gold`, `found`.
    pub(crate) tracks: Vec<String>,
    /// The documents that may be looked at, worst first.
    pub(crate) documents: Vec<Page>,
}

/// A document.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Page {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) split: Option<String>,
    /// Whether its text is kept out of the page.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) withheld: bool,
    /// Its text, where that is at hand and may be shown.
    pub(crate) text: Option<String>,
    pub(crate) records: Vec<Record>,
}

/// A record on each side, or on some of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Record {
    /// `mention`, `agency`, `stance` or `citation`.
    pub(crate) layer: &'static str,
    /// What is wrong or has changed; `None` where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) class: Option<&'static str>,
    /// Whether the strict measure of its layer has it right.
    pub(crate) strict: bool,
    /// One for each track.
    pub(crate) sides: Vec<Option<Side>>,
}

/// A record of one side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Side {
    /// First code point; an agency's is that of its first mention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) start: Option<u32>,
    /// First code point behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) end: Option<u32>,
    /// What it says, by slot: form, kind, topic, position, attribution.
    pub(crate) words: BTreeMap<&'static str, &'static str>,
    /// Whose it is: the name of the agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) agency: Option<String>,
    /// Where it leads: a jurisdiction or a canonical id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<String>,
}

impl Data {
    /// Documents whose sides have these names.
    pub(crate) fn new(tracks: &[&str], documents: Vec<Page>) -> Self {
        Self { tracks: tracks.iter().map(ToString::to_string).collect(), documents }
    }

    /// Every record of every document.
    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.documents.iter().flat_map(|page| &page.records)
    }
}

impl Record {
    /// What a side says in a slot.
    pub(crate) fn word(&self, track: usize, slot: &str) -> Option<&'static str> {
        self.sides.get(track)?.as_ref()?.words.get(slot).copied()
    }

    /// The rule that made the record of a side.
    pub(crate) fn rule(&self, track: usize) -> Option<&str> {
        self.sides.get(track)?.as_ref()?.rule.as_deref()
    }
}
