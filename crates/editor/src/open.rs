//! One open document: its set, the entries that made it, its journal and its gold file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use goldrule_curation::Conflicts;
use goldrule_harness::{Strictness, check_file};
use goldrule_schema::{
    AnnotationSet, Corpus, Diagnostic, Document, Entry as Text, read_annotations, sha256, to_canonical_json,
    write_atomically,
};
use serde::Serialize;

use crate::change::{Change, changes_between, make};
use crate::journal::{Contents, Entry, Journal, Kind, Line};
use crate::merge::merge;
use crate::problem::{Problem, problems};
use crate::replay::{Replayed, is_all_saved};
use crate::sidecar::Sidecar;

/// How the gold file stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Saved {
    /// The file holds every entry, or there is none and nothing to hold.
    Saved,
    /// Entries are in the journal only.
    Waiting,
    /// The file cannot be written, for this reason; entries are in the journal.
    Blocked {
        /// Why.
        why: String,
    },
}

/// Why an entry was refused.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "refused")]
pub enum Refused {
    /// A change cannot be made: somebody else was there first.
    Conflict {
        /// Why.
        why: String,
        /// The change.
        change: Box<Change>,
    },
    /// The document cannot be changed, or the journal not be written.
    Closed {
        /// Why.
        why: String,
    },
}

/// A document that a window has open, or had.
#[derive(Debug)]
pub struct Open {
    /// Its text.
    pub document: Arc<Document>,
    /// Its records as they are now.
    pub set: AnnotationSet,
    /// Every entry of the journal, oldest first.
    pub entries: Vec<Entry>,
    /// How the gold file stands.
    pub saved: Saved,
    /// What the checker says of the records as they are now.
    pub problems: Vec<Problem>,
    /// Entries that an earlier run left unsaved and this one brought back.
    pub recovered: usize,
    /// Why a journal was set aside that holds more than the gold file, and where it is now.
    pub set_aside: Option<String>,
    /// Why the document can be looked at but not changed.
    pub read_only: Option<String>,
    sidecar: Sidecar,
    gold: PathBuf,
    text: PathBuf,
    corpus: Corpus,
    journal: Journal,
    /// Lines that go into the journal with the first entry: opening alone writes nothing.
    pending: Vec<Line>,
    /// The gold file's contents as last read or written; `None` where there is no file.
    disk: Option<Vec<u8>>,
    /// The records of `disk`.
    base: AnnotationSet,
    /// Time and length of the gold file and of its conflicts when they were last looked at.
    stamps: [Option<(SystemTime, u64)>; 2],
}

impl Open {
    /// Opens a document whose gold file is, or will be, `folder/<document>.json`.
    ///
    /// # Errors
    /// Where a file that is there cannot be read.
    pub fn new(text: &Text, folder: &Path, fresh: AnnotationSet) -> io::Result<Self> {
        let document = text.document().ok_or_else(|| io::Error::other("its text is not at hand"))?.clone();
        let gold = folder.join(format!("{}.json", text.id));
        let (journal, contents) = Journal::open(folder, &text.id)?;
        let disk = read(&gold)?;
        let mut open = Self {
            document: Arc::new(document),
            set: fresh.clone(),
            entries: Vec::new(),
            saved: Saved::Saved,
            problems: Vec::new(),
            sidecar: Sidecar::new(&gold, &text.id)?,
            recovered: 0,
            set_aside: None,
            read_only: None,
            gold,
            text: text.path.clone().unwrap_or_default(),
            corpus: Corpus { entries: vec![text.clone()] },
            journal,
            pending: Vec::new(),
            disk,
            base: fresh,
            stamps: [None; 2],
        };
        if let Some(source) = open.disk.clone() {
            match open.parse(&source) {
                Ok(set) => open.base = set,
                Err(findings) => {
                    open.problems = problems(findings, &String::from_utf8_lossy(&source));
                    open.read_only =
                        Some("the gold file has errors: correct it, then open the document again".to_owned());
                    return Ok(open);
                }
            }
        }
        open.set = open.base.clone();
        open.replay(&contents)?;
        open.check();
        Ok(open)
    }

    /// The records of the gold file as last read or written.
    pub(crate) fn base(&self) -> &AnnotationSet {
        &self.base
    }

    pub(crate) fn parse(&self, source: &[u8]) -> Result<AnnotationSet, Vec<Diagnostic>> {
        let file = self.gold.display().to_string();
        let source = std::str::from_utf8(source).map_err(|_| {
            vec![Diagnostic::whole("not-utf8", file.clone(), "not UTF-8", "save the file as UTF-8")]
        })?;
        let reading = read_annotations(&file, source, Some(&self.document));
        // Records that collide are for the annotator to sort out; anything else would lose what is there.
        let spoilt = reading
            .diagnostics
            .iter()
            .any(|finding| finding.is_error() && !matches!(finding.code, "overlap" | "duplicate-record"));
        match reading.set {
            Some(set) if !spoilt => Ok(set),
            _ => Err(reading.diagnostics),
        }
    }

    /// Brings back what the journal holds. One that does not fit is set aside.
    fn replay(&mut self, contents: &Contents) -> io::Result<()> {
        if contents.lines.is_empty() && contents.damaged.is_none() {
            self.pending.push(self.start());
            return Ok(());
        }
        let replayed = match Replayed::new(self, contents) {
            Ok(replayed) => replayed,
            Err(why) => {
                let aside = self.journal.set_aside()?;
                // What gold held is in gold, or was changed there since by others.
                if !is_all_saved(contents) {
                    let path = aside.display();
                    self.set_aside = Some(format!("{why}; what it holds beyond the gold file is in {path}"));
                }
                self.pending.push(self.start());
                return Ok(());
            }
        };
        let hash = self.disk.as_deref().map(sha256);
        self.entries = replayed.entries;
        self.set = replayed.set;
        // A save that a crash cut off may have reached the file or not; any other contents are somebody else's.
        let held =
            replayed.tentative.iter().rev().chain([&replayed.confirmed]).find(|file| file.sha256 == hash);
        if let Some(held) = held {
            self.recovered = self.entries.len() - held.entries;
            self.settle_saved();
            return Ok(());
        }
        self.recovered = self.entries.len() - replayed.confirmed.entries;
        let theirs = std::mem::replace(&mut self.base, replayed.confirmed.set);
        self.absorb(&theirs)
    }

    fn start(&self) -> Line {
        let set = to_canonical_json(&self.set);
        let base = Some(to_canonical_json(&self.base)).filter(|base| *base != set);
        let text = Some(sha256(self.document.text().as_bytes()));
        Line::Start { set, base, sha256: self.disk.as_deref().map(sha256), text }
    }

    /// Whether entries wait for the file is told by what it holds.
    fn settle_saved(&mut self) {
        let same = self.set == self.base || self.disk.as_deref() == Some(self.json().as_bytes());
        self.saved = if same { Saved::Saved } else { Saved::Waiting };
    }

    fn last(&self) -> u64 {
        self.entries.last().map_or(0, |entry| entry.seq)
    }

    /// Number of the last entry.
    pub fn seq(&self) -> u64 {
        self.last()
    }

    /// Takes an entry: into the journal first, then into the set. An entry that was taken before is not
    /// taken again.
    ///
    /// # Errors
    /// Where it does not fit or cannot be written; nothing is changed then.
    pub fn take(&mut self, mut entry: Entry) -> Result<u64, Refused> {
        let sent = |known: &&Entry| known.client == entry.client && known.number == entry.number;
        if let Some(known) = self.entries.iter().rev().find(sent) {
            return Ok(known.seq);
        }
        if let Some(why) = &self.read_only {
            return Err(Refused::Closed { why: why.clone() });
        }
        let mut set = self.set.clone();
        make(&mut set, &self.document, &entry.changes)
            .map_err(|(why, change)| Refused::Conflict { why, change })?;
        entry.seq = self.last() + 1;
        self.write(&Line::Entry(entry.clone()))
            .map_err(|error| Refused::Closed { why: format!("the journal cannot be written: {error}") })?;
        self.set = set;
        self.entries.push(entry);
        if self.saved == Saved::Saved {
            self.saved = Saved::Waiting;
        }
        Ok(self.last())
    }

    fn write(&mut self, line: &Line) -> io::Result<()> {
        self.write_pending()?;
        self.journal.append(line)
    }

    fn write_pending(&mut self) -> io::Result<()> {
        while let Some(first) = self.pending.first() {
            self.journal.append(first)?;
            self.pending.remove(0);
        }
        Ok(())
    }

    /// Whether the gold file or its conflicts are not, by time and length, as they were last looked at.
    pub fn is_touched(&mut self) -> bool {
        let stamps = [&self.gold, &Conflicts::path_beside(&self.gold)].map(|path| {
            let meta = fs::metadata(path).ok()?;
            Some((meta.modified().ok()?, meta.len()))
        });
        std::mem::replace(&mut self.stamps, stamps) != stamps
    }

    /// Looks whether somebody else wrote the gold file or its conflicts, and merges what they wrote; whether
    /// anything is new.
    ///
    /// # Errors
    /// Where a file cannot be read or written.
    pub fn look(&mut self) -> io::Result<bool> {
        if self.read_only.is_some() {
            return Ok(false);
        }
        let disputed = self.sidecar.look();
        let changed = self.look_at_gold()?;
        Ok(disputed? || changed)
    }

    fn look_at_gold(&mut self) -> io::Result<bool> {
        let disk = read(&self.gold)?;
        if disk == self.disk {
            return Ok(false);
        }
        let theirs = match &disk {
            Some(source) => match self.parse(source) {
                Ok(set) => set,
                Err(problems) => {
                    let first = problems.first().map(|one| one.message.clone()).unwrap_or_default();
                    let why = format!("the file was changed meanwhile and has errors ({first}); correct it");
                    let changed = self.saved != Saved::Blocked { why: why.clone() };
                    self.saved = Saved::Blocked { why };
                    return Ok(changed);
                }
            },
            // Whoever deleted the file did not mean the records in hand.
            None => self.base.clone(),
        };
        self.disk = disk;
        self.absorb(&theirs)?;
        self.check();
        Ok(true)
    }

    /// Merges a set that somebody else wrote.
    fn absorb(&mut self, theirs: &AnnotationSet) -> io::Result<()> {
        let merged = merge(&self.base, &self.set, theirs);
        let changes = changes_between(&self.set, &merged.set);
        self.base = theirs.clone();
        // What no change describes, such as unknown keys of the file, is theirs as well.
        self.set = merged.set;
        let seq = self.last() + 1;
        let label = "changed in the file".to_owned();
        let client = "file".to_owned();
        let entry = Entry { seq, client, number: seq, kind: Kind::Merge, of: None, label, changes };
        self.pending.push(Line::Entry(entry.clone()));
        self.pending.push(self.start());
        self.entries.push(entry);
        self.settle_saved();
        // A journal that is in use holds everything at once; opening alone writes nothing.
        if self.journal.is_open() {
            self.write_pending()?;
        }
        self.sidecar.add(merged.conflicts)
    }

    /// The set as the gold file will hold it: every record with its quote, or none where quotes are withheld.
    pub fn json(&self) -> String {
        let mut set = self.set.clone();
        let withheld = set.meta.quotes_withheld;
        let quote = |text: &mut Option<String>, span| {
            *text = if withheld { None } else { self.document.quote(span).map(str::to_owned) };
        };
        for mention in set.agencies.iter_mut().flat_map(|agency| agency.mentions.iter_mut()) {
            quote(&mut mention.text, mention.span);
        }
        set.stances.iter_mut().for_each(|stance| quote(&mut stance.text, stance.span));
        set.citations.iter_mut().for_each(|citation| quote(&mut citation.text, citation.span));
        to_canonical_json(&set)
    }

    /// Writes the gold file where entries wait for it, merging first what somebody else wrote.
    pub fn save(&mut self) {
        if self.saved == Saved::Saved || self.read_only.is_some() {
            return;
        }
        if let Err(error) = self.try_save() {
            self.saved = Saved::Blocked { why: error.to_string() };
        }
    }

    fn try_save(&mut self) -> io::Result<()> {
        let text = fs::read(&self.text)?;
        if text != self.document.text().as_bytes() {
            let message = "the text was changed meanwhile; nothing was written. Restore it, or start anew";
            return Err(io::Error::other(message));
        }
        self.saved = Saved::Waiting;
        self.look()?;
        self.sidecar.write()?;
        if self.saved != Saved::Waiting {
            return Ok(());
        }
        let json = self.json();
        self.write(&Line::Saving { sha256: sha256(json.as_bytes()) })?;
        if self.disk.is_none() && self.gold.exists() {
            return Err(io::Error::other("somebody else is just writing the file; it is tried again"));
        }
        write_atomically(&self.gold, json.as_bytes(), self.disk.as_deref())?;
        self.disk = Some(json.into_bytes());
        self.base = self.set.clone();
        self.saved = Saved::Saved;
        self.write(&Line::Saved)
    }

    /// Asks the checker about the records as they are now.
    pub fn check(&mut self) {
        let strictness = Strictness { must_have: true, hints: false };
        let json = self.json();
        let findings = check_file(&self.gold.display().to_string(), &json, &self.corpus, strictness);
        self.problems = problems(findings.into_iter().map(|finding| finding.diagnostic).collect(), &json);
    }

    /// What could not be merged with the file.
    pub fn conflicts(&self) -> &Conflicts {
        self.sidecar.conflicts()
    }

    /// Forgets a conflict that was settled, by the identity that [`disputes`](crate::disputes) gives it; one
    /// that is not there any more was settled before.
    ///
    /// # Errors
    /// Where the file beside the gold file, which keeps conflicts, cannot be read or written.
    pub fn settle(&mut self, conflict: &str) -> io::Result<()> {
        self.sidecar.settle(conflict)
    }
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
