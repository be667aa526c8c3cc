//! What was decided about suggestions and differences, kept beside the gold file.
//!
//! The sidecar `<document>.decisions.jsonl` holds one decision a line and is only ever appended to, so that
//! git can merge two of them by keeping the lines of both (`merge=union`). It is no gold: gold is what the
//! gold file says, and a decision whose [`Change`] is not in the gold file does not count any more.
//!
//! A decision is known again by its [`Subject`]: the content of the record and where it stands, not the
//! rule that suggested it.

mod change;
mod subject;

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use goldrule_schema::AnnotationSet;
use serde::{Deserialize, Serialize};

pub use change::{Change, Was};
pub(crate) use subject::set_quote;
pub use subject::{Subject, Text};

/// What somebody decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The record is right and gold has it.
    Accepted,
    /// The record is wrong and gold does not have it.
    Rejected,
    /// Gold has the record with another boundary or label.
    Edited,
    /// Put off.
    Skipped,
    /// The last decision on the same subject is taken back.
    Undone,
}

/// Where the question came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Rules, or another program, suggested a record.
    Suggestion,
    /// Two annotators differ.
    Comparison,
    /// Two changes of the same record could not be merged.
    Conflict,
}

/// One decision, and one line of the sidecar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    pub decision: Verdict,
    /// Where the question came from.
    pub source: Source,
    /// What it was about.
    #[serde(flatten)]
    pub subject: Subject,
    /// What it did to the gold file.
    #[serde(flatten)]
    pub change: Change,
    /// Who decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// When, in UTC, such as `2026-03-01T14:05:09Z`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
}

/// A line of a sidecar that is no decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// Whether it is a last line that was cut off while it was written; the next decision takes its place.
    pub torn: bool,
    /// What is wrong with it.
    pub message: String,
}

/// The decisions of a document, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// Every line that is a decision.
    pub decisions: Vec<Decision>,
    /// Every line that is none; they are passed over.
    pub faults: Vec<Fault>,
}

/// The sidecar of a gold file: `note.decisions.jsonl` beside `note.json`.
///
/// ```
/// use goldrule_curation::decisions::sidecar;
/// use std::path::Path;
///
/// assert_eq!(sidecar(Path::new("gold/note.json")), Path::new("gold/note.decisions.jsonl"));
/// ```
pub fn sidecar(gold: &Path) -> PathBuf {
    let stem = gold.file_stem().unwrap_or_default().to_string_lossy();
    gold.with_file_name(format!("{stem}.decisions.jsonl"))
}

/// The present second in UTC, as [`Decision::when`] has it.
pub fn now() -> String {
    humantime::format_rfc3339_seconds(std::time::SystemTime::now()).to_string()
}

impl Decision {
    /// The decision that takes this one back.
    #[must_use]
    pub fn undone(&self) -> Self {
        Self {
            decision: Verdict::Undone,
            change: Change::default(),
            who: None,
            when: None,
            subject: self.subject.clone(),
            source: self.source,
        }
    }

    /// Whether it answers this question. A suggestion is of a record, whoever is said to speak; two
    /// annotators may differ over just that.
    pub(crate) fn is_about(&self, subject: &Subject, source: Source) -> bool {
        self.source == source
            && self.subject.is_same(subject)
            && (source == Source::Suggestion || self.subject.same_attribution(subject))
    }

    /// Takes every quote out, for documents whose text may not be shipped.
    pub fn withhold(&mut self) {
        self.subject.withhold();
        self.change.withhold();
    }

    /// The line of the sidecar, with its line end.
    fn to_line(&self) -> io::Result<String> {
        Ok(serde_json::to_string(self)? + "\n")
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Edited => "edited",
            Self::Skipped => "skipped",
            Self::Undone => "undone",
        })
    }
}

impl Log {
    /// Reads a sidecar; where there is none, nothing was decided yet.
    ///
    /// # Errors
    /// Where the file is there and cannot be read. What is no decision is a [`Fault`] and no error.
    pub fn read(path: &Path) -> io::Result<Self> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(Self::parse(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Reads the contents of a sidecar.
    pub fn parse(bytes: &[u8]) -> Self {
        let mut log = Self::default();
        for (at, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice(line) {
                Ok(decision) => log.decisions.push(decision),
                Err(error) => log.faults.push(Fault {
                    line: at + 1,
                    torn: !line.ends_with(b"\n"),
                    message: explain(line, &error),
                }),
            }
        }
        log
    }

    /// The decisions that were not undone, oldest first.
    pub fn standing(&self) -> Vec<&Decision> {
        let mut standing: Vec<&Decision> = Vec::new();
        for decision in &self.decisions {
            if decision.decision != Verdict::Undone {
                standing.push(decision);
                continue;
            }
            let same = |other: &&Decision| other.is_about(&decision.subject, decision.source);
            if let Some(at) = standing.iter().rposition(same) {
                standing.remove(at);
            }
        }
        standing
    }

    /// The last decision on a subject that was not undone and is still in effect in `gold`. A subject is
    /// settled by one that is not [`Verdict::Skipped`].
    pub fn on(&self, subject: &Subject, source: Source, gold: &AnnotationSet) -> Option<&Decision> {
        let standing = self.standing().into_iter().rev();
        standing
            .filter(|decision| decision.is_about(subject, source))
            .find(|decision| decision.change.is_in_effect(gold))
    }

    /// Whether somebody rejected this suggestion.
    pub fn is_rejected(&self, subject: &Subject, gold: &AnnotationSet) -> bool {
        self.on(subject, Source::Suggestion, gold).is_some_and(|found| found.decision == Verdict::Rejected)
    }
}

fn explain(line: &[u8], error: &serde_json::Error) -> String {
    if line.starts_with(b"<<<<<<<") || line.starts_with(b"=======") || line.starts_with(b">>>>>>>") {
        return "a mark of a git conflict; keep the lines of both sides and delete the marks".to_owned();
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    format!("not a decision: {message}")
}

/// Adds a decision to a sidecar, which is made where there is none. It is on the disk when this returns.
/// A line that was cut off at the end of the file goes.
///
/// # Errors
/// Where the file cannot be written.
pub fn append(path: &Path, decision: &Decision) -> io::Result<()> {
    let line = decision.to_line()?;
    let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
    // Two windows may decide at once; the lock goes with the file.
    file.lock()?;
    let missing_end = mend_end(&mut file)?;
    let line = if missing_end { format!("\n{line}") } else { line };
    file.write_all(line.as_bytes())?;
    file.sync_data()
}

/// Cuts a torn last line off; whether the last line is whole and only lacks its end.
fn mend_end(file: &mut File) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    if length == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    if last == *b"\n" {
        return Ok(false);
    }
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    let start = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    if serde_json::from_slice::<serde::de::IgnoredAny>(&bytes[start..]).is_ok() {
        return Ok(true);
    }
    file.set_len(start as u64)?;
    Ok(false)
}

#[cfg(test)]
#[path = "decisions/tests.rs"]
mod tests;
