//! What a merge could not settle, and the file beside the gold file that keeps it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use goldrule_schema::write_durably;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::identity::Layer;
use crate::record::Record;

/// Why two versions do not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Each side changed the same part of the record to something else.
    EditedDifferently,
    /// One side removed the record, the other changed it.
    RemovedAndEdited,
    /// Each side added the record, in another form.
    AddedDifferently,
    /// One side removed the agency, the other speaks of it.
    AgencyRemoved,
    /// It would overlap, or say the same as, a record of the other side.
    Collision,
    /// Two things would have the same id.
    SameId,
    /// The sides annotate different texts, so that offsets of one mean nothing in the other.
    OtherText,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EditedDifferently => "both sides changed it, to different things",
            Self::RemovedAndEdited => "one side removed it, the other changed it",
            Self::AddedDifferently => "both sides added it, in different forms",
            Self::AgencyRemoved => "one side removed the agency, the other speaks of it",
            Self::Collision => "it cannot stand beside a record of the other side",
            Self::SameId => "it has the same id as something of the other side",
            Self::OtherText => "the sides annotate different texts",
        })
    }
}

/// A record that both sides changed in ways that do not go together. A version is missing where that side
/// does not have the record. Agencies are called as the merged set calls them, where it has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// The sort of record.
    pub layer: Layer,
    /// Why it could not be merged.
    pub reason: Reason,
    /// The keys both sides changed, by the names that files give them; `span` for the place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// The record as both sides found it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Record>,
    /// Our version, which the merged set holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ours: Option<Record>,
    /// Their version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Record>,
    /// SHA-256 of the text that the offsets count, where the files say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// The same for their version, where it counts another text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub their_text_sha256: Option<String>,
}

/// A key of `meta` or of the file that each side changed to something else; the merged set holds ours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeyConflict {
    /// The key, such as `meta.status`.
    pub key: String,
    /// Its value before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Value>,
    /// Our value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ours: Option<Value>,
    /// Their value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs: Option<Value>,
}

/// The sidecar `<document>.conflicts.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Conflicts {
    /// The document of the gold file beside it.
    pub document: String,
    /// Records to decide.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
    /// Keys to decide.
    #[serde(default)]
    pub keys: Vec<KeyConflict>,
}

impl Conflicts {
    /// How many decisions are left.
    pub fn len(&self) -> usize {
        self.conflicts.len() + self.keys.len()
    }

    /// Whether nothing is left to decide.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where the conflicts of a gold file are kept: beside it.
    ///
    /// ```
    /// use std::path::Path;
    /// use goldrule_curation::Conflicts;
    ///
    /// let beside = Conflicts::path_beside(Path::new("gold/note.json"));
    /// assert_eq!(beside, Path::new("gold/note.conflicts.json"));
    /// ```
    pub fn path_beside(gold: &Path) -> PathBuf {
        gold.with_extension("conflicts.json")
    }

    /// Reads the conflicts beside a gold file; none where there is no such file.
    ///
    /// # Errors
    /// Where the file is there and cannot be read or is not what [`Conflicts::write`] writes.
    pub fn read(gold: &Path) -> io::Result<Self> {
        match std::fs::read(Self::path_beside(gold)) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    /// Writes the conflicts beside a gold file, whole or not at all; where none are left the file goes.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn write(&self, gold: &Path) -> io::Result<()> {
        let path = Self::path_beside(gold);
        if self.is_empty() {
            return match std::fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            };
        }
        // Gold is replaced next, which must not be on the disk before this is.
        write_durably(&path, (serde_json::to_string_pretty(self)? + "\n").as_bytes(), None)
    }

    /// Adds conflicts of a later merge and leaves those that are still open.
    pub fn extend(&mut self, later: Self) {
        for conflict in later.conflicts {
            if !self.conflicts.contains(&conflict) {
                self.conflicts.push(conflict);
            }
        }
        for key in later.keys {
            if !self.keys.contains(&key) {
                self.keys.push(key);
            }
        }
        self.document = later.document;
    }
}
