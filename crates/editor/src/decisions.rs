//! Decisions about records that are not in gold, kept where `goldrule review` keeps them.

use std::io;
use std::path::Path;

use goldrule_curation::decisions::{Change, Decision, Log, Source, Subject, Text, Verdict, append, now};
use goldrule_schema::{AnnotationSet, Document};
use serde::{Deserialize, Serialize};

use crate::record::{Record, to_curation};

/// Where a record came from that is rejected, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The rules.
    Suggestion,
    /// One of two annotators.
    Comparison,
}

/// A rejection, or its being taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rejection {
    /// Whether it is rejected, or no longer.
    pub rejected: bool,
    /// Where it came from.
    pub origin: Origin,
    /// The record.
    pub record: Record,
    /// Name of the agency that it speaks of.
    #[serde(default)]
    pub holder: Option<String>,
}

impl From<Origin> for Source {
    fn from(origin: Origin) -> Self {
        match origin {
            Origin::Suggestion => Self::Suggestion,
            Origin::Comparison => Self::Comparison,
        }
    }
}

fn subject(
    record: &Record,
    holder: Option<&str>,
    gold: &AnnotationSet,
    document: &Document,
) -> Option<Subject> {
    let record = to_curation(record)?;
    let mut subject = Subject::new(record.as_ref(), gold, &Text::new(document, gold));
    subject.holder = holder.map(str::to_owned);
    Some(subject)
}

/// The records that are rejected, of those given with the names of their agencies.
///
/// # Errors
/// Where the sidecar is there and cannot be read.
pub(crate) fn rejected(
    file: &Path,
    origin: Origin,
    records: Vec<(Record, Option<String>)>,
    gold: &AnnotationSet,
    document: &Document,
) -> io::Result<Vec<Record>> {
    let log = Log::read(file)?;
    if log.decisions.is_empty() {
        return Ok(Vec::new());
    }
    let is_rejected = |(record, holder): &(Record, Option<String>)| {
        let subject = subject(record, holder.as_deref(), gold, document)?;
        let found = log.on(&subject, origin.into(), gold)?;
        Some(found.decision == Verdict::Rejected)
    };
    Ok(records.into_iter().filter(|one| is_rejected(one) == Some(true)).map(|(record, _)| record).collect())
}

/// Adds a rejection; it is on disk when this returns.
///
/// # Errors
/// Where the sidecar cannot be written.
pub(crate) fn add(
    file: &Path,
    rejection: &Rejection,
    who: Option<&str>,
    gold: &AnnotationSet,
    document: &Document,
) -> io::Result<()> {
    let holder = rejection.holder.as_deref();
    let Some(subject) = subject(&rejection.record, holder, gold, document) else { return Ok(()) };
    let rejected = Decision {
        decision: Verdict::Rejected,
        source: rejection.origin.into(),
        subject,
        change: Change::default(),
        who: who.map(str::to_owned),
        when: Some(now()),
    };
    append(file, &if rejection.rejected { rejected } else { rejected.undone() })
}
