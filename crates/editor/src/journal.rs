//! The journal of a document: every operation, on disk before it is answered.
//!
//! It is a file of JSON lines beside the gold, `.goldrule/journal/<document>.jsonl`, only ever appended to.
//! The first line holds the set that the operations start from. A line cut off by a crash is the last one
//! and is dropped.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::change::Change;

/// What an entry is for the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A step that can be undone.
    Edit,
    /// The undoing of the step `of`.
    Undo,
    /// The step `of` made again.
    Redo,
    /// What somebody else wrote into the file; no step of the history.
    Merge,
    /// A setting such as "assisted"; no step of the history.
    Setting,
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number in the document's journal, from 1; given by the server.
    #[serde(default)]
    pub seq: u64,
    /// The window that made it.
    pub client: String,
    /// Its number in that window, so that sending it twice does no harm.
    pub number: u64,
    /// What it is for the history.
    pub kind: Kind,
    /// The step that is undone or made again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// What it did, for people.
    #[serde(default)]
    pub label: String,
    /// What it did.
    pub changes: Vec<Change>,
}

/// A line of a journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The set that the entries behind it start from, as its file holds it, and the file's hash.
    Start {
        /// The set.
        set: String,
        /// What the file holds, where that is not the set.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<String>,
        /// SHA-256 of the gold file; `None` where there was none.
        sha256: Option<String>,
    },
    /// An operation.
    Entry(Entry),
    /// The gold file is about to get this hash, and holds every entry so far.
    Saving {
        /// SHA-256 of the new contents.
        sha256: String,
    },
    /// It got it.
    Saved,
}

/// The file of a document's journal.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: Option<File>,
    /// Length of the sound part of the file.
    sound: u64,
}

impl Journal {
    /// The journal of a document with its lines so far. Nothing is created.
    ///
    /// # Errors
    /// Where it is there and cannot be read.
    pub(crate) fn open(gold: &Path, document: &str) -> io::Result<(Self, Vec<Line>)> {
        let path = gold.join(".goldrule").join("journal").join(format!("{document}.jsonl"));
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let (mut lines, mut sound) = (Vec::new(), 0);
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            let parsed = line.strip_suffix(b"\n").and_then(|line| serde_json::from_slice(line).ok());
            let Some(parsed) = parsed else { break };
            lines.push(parsed);
            sound += line.len() as u64;
        }
        if sound < bytes.len() as u64 && bytes[sound as usize..].split(|&byte| byte == b'\n').count() > 2 {
            let message =
                format!("line {} of {} is damaged; move the file away", lines.len() + 1, path.display());
            return Err(io::Error::other(message));
        }
        Ok((Self { path, file: None, sound }, lines))
    }

    /// Whether a line was appended since it was opened.
    pub(crate) fn is_open(&self) -> bool {
        self.file.is_some()
    }

    /// Appends a line; it is on disk when this returns.
    ///
    /// # Errors
    /// Where it cannot be written; the journal is then as it was.
    pub(crate) fn append(&mut self, line: &Line) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(create(&self.path, self.sound)?),
        };
        if let Err(error) = file.write_all(&bytes).and_then(|()| file.sync_data()) {
            let _ = file.set_len(self.sound);
            return Err(error);
        }
        self.sound += bytes.len() as u64;
        Ok(())
    }
}

/// Opens a journal to append to, cut to its sound part; its folder keeps itself out of git.
fn create(path: &Path, sound: u64) -> io::Result<File> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    if let Some(hidden) = folder.parent() {
        let ignore = hidden.join(".gitignore");
        if !ignore.exists() {
            fs::write(ignore, "*\n")?;
        }
    }
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    file.set_len(sound)?;
    Ok(file)
}
