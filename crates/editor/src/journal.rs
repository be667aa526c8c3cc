//! The journal of a document: every operation, on disk before it is answered.
//!
//! It is a file of JSON lines beside the gold, `.goldrule/journal/<document>.jsonl`, only ever appended to.
//! The first line holds the set that the operations start from. A line cut off by a crash is the last one,
//! has no end, and is dropped; anything else that is no line of a journal stays where it is.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::change::Change;
use crate::hold::hidden;

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
        /// SHA-256 of the text that the set annotates.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
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
    gold: PathBuf,
    path: PathBuf,
    file: Option<File>,
    /// Length of the file as last read or written.
    length: u64,
    /// Length of its part without a line that was cut off.
    sound: u64,
}

/// What a journal was found to hold.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// Its lines, up to the first that is none.
    pub(crate) lines: Vec<Line>,
    /// Number of the first line that is none.
    pub(crate) damaged: Option<usize>,
}

impl Journal {
    /// The journal of a document with what it holds. Nothing is created.
    ///
    /// # Errors
    /// Where it is there and cannot be read.
    pub(crate) fn open(gold: &Path, document: &str) -> io::Result<(Self, Contents)> {
        let path = gold.join(".goldrule").join("journal").join(format!("{document}.jsonl"));
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let (mut contents, mut sound) = (Contents::default(), 0);
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            let Some(whole) = line.strip_suffix(b"\n") else { break };
            let Ok(parsed) = serde_json::from_slice(whole) else {
                contents.damaged = Some(contents.lines.len() + 1);
                break;
            };
            contents.lines.push(parsed);
            sound += line.len() as u64;
        }
        let length = bytes.len() as u64;
        Ok((Self { gold: gold.to_owned(), path, file: None, length, sound }, contents))
    }

    /// Whether a line was appended since it was opened.
    pub(crate) fn is_open(&self) -> bool {
        self.file.is_some()
    }

    /// Appends a line; it is on disk when this returns.
    ///
    /// # Errors
    /// Where it cannot be written, or somebody else wrote it; the journal is then as it was.
    pub(crate) fn append(&mut self, line: &Line) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        bytes.push(b'\n');
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(create(&self.gold, &self.path)?),
        };
        let found = fs::metadata(&self.path).map_or(0, |meta| meta.len());
        if found != self.length {
            let path = self.path.display();
            let message = format!("another program wrote {path}; end it, then start the editor anew");
            return Err(io::Error::other(message));
        }
        if self.sound < self.length {
            file.set_len(self.sound)?;
            self.length = self.sound;
        }
        if let Err(error) = file.write_all(&bytes).and_then(|()| file.sync_data()) {
            let _ = file.set_len(self.sound);
            return Err(error);
        }
        self.sound += bytes.len() as u64;
        self.length = self.sound;
        Ok(())
    }

    /// Moves the file out of the way, to a name that is free, and begins anew.
    ///
    /// # Errors
    /// Where it cannot be moved.
    pub(crate) fn set_aside(&mut self) -> io::Result<PathBuf> {
        let free = |at: u32| {
            let aside = self.path.with_extension(format!("{at}.aside"));
            (!aside.exists()).then_some(aside)
        };
        let aside = (1..).find_map(free).unwrap_or_default();
        fs::rename(&self.path, &aside).map_err(|error| {
            let path = self.path.display();
            io::Error::other(format!("its journal {path} does not fit and cannot be moved away: {error}"))
        })?;
        (self.file, self.length, self.sound) = (None, 0, 0);
        Ok(aside)
    }
}

/// Opens a journal to append to.
fn create(gold: &Path, path: &Path) -> io::Result<File> {
    hidden(gold)?;
    fs::create_dir_all(path.parent().unwrap_or(gold))?;
    OpenOptions::new().create(true).append(true).open(path)
}
