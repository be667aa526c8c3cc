//! A queue whose decisions are on the disk before the next one is shown.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use goldrule_schema::{
    Diagnostic, Document, Status, read_annotations, read_text, to_canonical_json, write_atomically,
};

use super::keys::with_theirs;
use super::{Choice, Item, Queue};
use crate::change::Refused;
use crate::conflicts::{Conflicts, KeyConflict};
use crate::decisions::{self, Decision, Log};

/// How often a decision is tried anew when somebody else keeps writing the gold file.
const TRIES: usize = 5;

/// Why a decision was not taken.
#[derive(Debug)]
pub enum Trouble {
    /// Gold has no place for the record.
    Refused(Refused),
    /// A file could not be read or written.
    Io(PathBuf, io::Error),
    /// Somebody changed the gold file and it has errors now; it was left as it is.
    Broken(Vec<Diagnostic>),
    /// The file would have errors with this value of a key.
    Unfit(Vec<Diagnostic>),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refused) => write!(f, "not done: {refused}"),
            Self::Io(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            Self::Unfit(findings) => {
                let why =
                    findings.first().map_or("the file would have errors", |first| first.message.as_str());
                write!(f, "not done: {why}")
            }
            Self::Broken(findings) => match findings.first() {
                Some(first) => {
                    write!(f, "{} was changed meanwhile and has errors: {}", first.file, first.message)
                }
                None => f.write_str("the gold file was changed meanwhile and has errors"),
            },
        }
    }
}

impl std::error::Error for Trouble {}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

/// A gold file under review, with its sidecar.
///
/// A decision goes to the sidecar first and to the gold file after: one that was cut off between the two is
/// not in effect, and is asked again. The gold file is only replaced while it is still the one that was read;
/// where it is not, it is read again and the change is made to what it holds now.
#[derive(Debug)]
pub struct Session<'d> {
    queue: Queue<'d>,
    path: PathBuf,
    /// The gold file's contents as this session knows them.
    contents: Vec<u8>,
    who: Option<String>,
    settles_status: bool,
}

impl<'d> Session<'d> {
    /// A session on the gold file at `path`, which holds `contents` and `queue`'s gold.
    pub fn new(queue: Queue<'d>, path: &Path, contents: Vec<u8>) -> Self {
        Self { queue, path: path.to_owned(), contents, who: None, settles_status: false }
    }

    /// Puts a name to the decisions.
    #[must_use]
    pub fn by(mut self, who: Option<String>) -> Self {
        self.who = who;
        self
    }

    /// Keeps `meta.status` at `adjudicated` while nothing is left to decide, and at `draft` otherwise.
    #[must_use]
    pub fn settling_status(mut self) -> Self {
        self.settles_status = true;
        self
    }

    /// The questions and what they are about.
    pub fn queue(&self) -> &Queue<'d> {
        &self.queue
    }

    /// The gold file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Decides an item. When this returns without an error, the decision is on the disk.
    ///
    /// # Errors
    /// See [`Trouble`]; nothing was decided then.
    pub fn decide(&mut self, item: &Item, choice: Choice) -> Result<Decision, Trouble> {
        self.refresh()?;
        let mut decision = self.queue.decision(item, choice)?;
        decision.who.clone_from(&self.who);
        decision.when = Some(decisions::now());
        self.keep(&decision)?;
        self.write(|queue| queue.take(&decision).map_err(Trouble::from))?;
        Ok(decision)
    }

    /// Takes the last decision back, also one of an earlier session; none where there is none.
    ///
    /// # Errors
    /// See [`Trouble`]; nothing was taken back then.
    pub fn undo(&mut self) -> Result<Option<Decision>, Trouble> {
        self.refresh()?;
        let mut tried = self.queue.clone();
        let Some(outcome) = tried.undo() else { return Ok(None) };
        let undone = outcome?;
        // Gold first: what is no longer in gold is not in effect, whether or not the line is written.
        self.write(|queue| queue.undo().unwrap_or(Ok(undone.clone())).map(|_| ()).map_err(Trouble::from))?;
        let mut line = undone.undone();
        line.who.clone_from(&self.who);
        line.when = Some(decisions::now());
        self.keep(&line)?;
        Ok(Some(undone))
    }

    /// Settles a key that a merge could not: gold keeps its value, or takes theirs.
    ///
    /// # Errors
    /// See [`Trouble`]; the key is still to settle then.
    pub fn settle_key(&mut self, key: &KeyConflict, takes_theirs: bool) -> Result<(), Trouble> {
        self.refresh()?;
        if takes_theirs {
            self.write(|queue| {
                let gold = with_theirs(queue.gold(), key, queue.document()).map_err(Trouble::Unfit)?;
                queue.refresh(gold, queue.log().clone());
                Ok(())
            })?;
        }
        let failed = |error| Trouble::Io(Conflicts::path_beside(&self.path), error);
        let mut open = Conflicts::read(&self.path).map_err(failed)?;
        open.keys.retain(|other| other != key);
        open.write(&self.path).map_err(failed)
    }

    /// Takes the conflicts that were decided here out of the file beside gold, once all are; how many others
    /// are in it, which a merge put there meanwhile.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub fn clear_conflicts(&self) -> Result<usize, Trouble> {
        if !self.queue.items().is_empty() {
            return Ok(0);
        }
        let failed = |error| Trouble::Io(Conflicts::path_beside(&self.path), error);
        let mut open = Conflicts::read(&self.path).map_err(failed)?;
        open.conflicts.retain(|conflict| !self.queue.unmerged().contains(conflict));
        open.write(&self.path).map_err(failed)?;
        Ok(open.conflicts.len())
    }

    /// Writes the status that [`Session::settling_status`] asks for, where it is not there yet.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub fn settle(&mut self) -> Result<(), Trouble> {
        self.refresh()?;
        self.write(|_| Ok(()))
    }

    /// Reads gold and decisions again where somebody else wrote them.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub fn refresh(&mut self) -> Result<(), Trouble> {
        let sidecar = decisions::sidecar(&self.path);
        let log = Log::read(&sidecar).map_err(|error| Trouble::Io(sidecar, error))?;
        let source = read_text(&self.path).map_err(|finding| Trouble::Broken(vec![finding]))?;
        let gold = if source.as_bytes() == self.contents {
            self.queue.gold().clone()
        } else {
            let name = self.path.display().to_string();
            let document: &Document = self.queue.document();
            read_annotations(&name, &source, Some(document)).accepted().map_err(Trouble::Broken)?
        };
        self.contents = source.into_bytes();
        self.queue.refresh(gold, log);
        Ok(())
    }

    fn keep(&self, decision: &Decision) -> Result<(), Trouble> {
        let sidecar = decisions::sidecar(&self.path);
        decisions::append(&sidecar, decision).map_err(|error| Trouble::Io(sidecar, error))
    }

    /// Makes a change and writes gold; where gold was changed meanwhile, makes it to what is there now.
    fn write(&mut self, change: impl Fn(&mut Queue<'d>) -> Result<(), Trouble>) -> Result<(), Trouble> {
        let mut last = None;
        for _ in 0..TRIES {
            let mut queue = self.queue.clone();
            let before = queue.gold().clone();
            change(&mut queue)?;
            let mut gold = queue.gold().clone();
            if self.settles_status {
                let settled = queue.items().is_empty();
                gold.meta.status = Some(if settled { Status::Adjudicated } else { Status::Draft });
                queue.refresh(gold.clone(), queue.log().clone());
            }
            // A file that says what it should is left in the layout that somebody gave it.
            if gold == before {
                self.queue = queue;
                return Ok(());
            }
            let json = to_canonical_json(&gold);
            match write_atomically(&self.path, json.as_bytes(), Some(&self.contents)) {
                Ok(()) => {
                    self.queue = queue;
                    self.contents = json.into_bytes();
                    return Ok(());
                }
                Err(error) => last = Some(error),
            }
            self.refresh()?;
        }
        let error = last.unwrap_or_else(|| io::Error::other("somebody else keeps writing it"));
        Err(Trouble::Io(self.path.clone(), error))
    }
}
