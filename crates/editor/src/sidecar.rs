//! The conflicts beside a gold file. `goldrule merge` and `goldrule review` write them as well, so that they
//! are read anew before each change.

use std::io;
use std::path::{Path, PathBuf};

use goldrule_curation::Conflicts;
use goldrule_schema::sha256;
use serde::Serialize;

/// The conflicts of a document.
#[derive(Debug)]
pub(crate) struct Sidecar {
    gold: PathBuf,
    /// Those of the file as last read or written, and those that could not be written yet.
    conflicts: Conflicts,
    unwritten: Conflicts,
}

impl Sidecar {
    /// Reads the conflicts beside a gold file.
    ///
    /// # Errors
    /// Where the file is there and cannot be read.
    pub(crate) fn new(gold: &Path, document: &str) -> io::Result<Self> {
        let none = Conflicts { document: document.to_owned(), ..Conflicts::default() };
        let mut sidecar = Self { gold: gold.to_owned(), conflicts: none.clone(), unwritten: none };
        sidecar.look()?;
        Ok(sidecar)
    }

    /// What is to be settled.
    pub(crate) fn conflicts(&self) -> &Conflicts {
        &self.conflicts
    }

    /// Reads the file anew; whether that changes what is to be settled.
    ///
    /// # Errors
    /// Where it is there and cannot be read.
    pub(crate) fn look(&mut self) -> io::Result<bool> {
        let mut found = self.read()?;
        found.extend(self.unwritten.clone());
        let changed = found != self.conflicts;
        self.conflicts = found;
        Ok(changed)
    }

    /// Adds conflicts. Where they cannot be written they are kept for [`Sidecar::write`].
    ///
    /// # Errors
    /// Where the file cannot be read or written.
    pub(crate) fn add(&mut self, later: Conflicts) -> io::Result<()> {
        self.conflicts.extend(later.clone());
        self.unwritten.extend(later);
        self.write()
    }

    /// Writes what could not be written yet.
    ///
    /// # Errors
    /// Where the file cannot be read or written.
    pub(crate) fn write(&mut self) -> io::Result<()> {
        if self.unwritten.is_empty() {
            return Ok(());
        }
        let mut found = self.read()?;
        found.extend(self.unwritten.clone());
        found.write(&self.gold).map_err(|error| self.fault("written", &error))?;
        self.conflicts = found;
        (self.unwritten.conflicts, self.unwritten.keys) = (Vec::new(), Vec::new());
        Ok(())
    }

    /// Forgets the conflict of this [identity], which was settled; one that is not there any more was settled
    /// before.
    ///
    /// # Errors
    /// Where the file cannot be read or written.
    pub(crate) fn settle(&mut self, settled: &str) -> io::Result<()> {
        self.look()?;
        let before = self.conflicts.len();
        for conflicts in [&mut self.conflicts, &mut self.unwritten] {
            conflicts.conflicts.retain(|conflict| identity(conflict) != settled);
            conflicts.keys.retain(|key| identity(key) != settled);
        }
        if self.conflicts.len() == before {
            return Ok(());
        }
        self.conflicts.write(&self.gold).map_err(|error| self.fault("written", &error))
    }

    fn read(&self) -> io::Result<Conflicts> {
        let document = self.unwritten.document.clone();
        let found = Conflicts::read(&self.gold).map_err(|error| self.fault("read", &error))?;
        Ok(Conflicts { document, ..found })
    }

    fn fault(&self, what: &str, error: &io::Error) -> io::Error {
        let path = Conflicts::path_beside(&self.gold);
        io::Error::other(format!("{} cannot be {what}: {error}", path.display()))
    }
}

/// What a conflict is known by: a hash of all it says.
pub(crate) fn identity(conflict: &impl Serialize) -> String {
    sha256(&serde_json::to_vec(conflict).unwrap_or_default())
}
