//! Everything the editor holds: the folders' texts, the open documents, the extractor.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Instant, SystemTime};

use goldrule_extractor::Extractor;
use goldrule_schema::{
    AnnotationSet, Diagnostic, Document, Entry as Text, Status, read_annotations, read_text, sha256,
};
use serde::Serialize;
use tokio::sync::watch;

use crate::Options;
use crate::decisions::{self, Origin};
use crate::folders::{Folders, Texts, is_inside};
use crate::guidelines::Guidelines;
use crate::open::{Open, Saved};
use crate::record::Record;

/// A document with whoever waits for news of it.
#[derive(Debug)]
pub(crate) struct Room {
    open: Mutex<Open>,
    bell: watch::Sender<u64>,
    /// Since when entries wait for the file.
    waiting: Mutex<Option<Instant>>,
}

/// How far a document has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Standing {
    /// `untouched`, `in_progress`, `done`, `adjudicated`, `problems` or `withheld`.
    pub(crate) state: &'static str,
    pub(crate) errors: usize,
    pub(crate) records: usize,
    pub(crate) assisted: Option<bool>,
}

type Stamp = (SystemTime, u64);

#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) folders: Folders,
    pub(crate) texts: Texts,
    pub(crate) guidelines: Guidelines,
    pub(crate) annotator: Option<String>,
    /// Whether suggestions and accuracy are shown whatever the split.
    pub(crate) reveal: bool,
    rooms: Mutex<BTreeMap<String, Arc<Room>>>,
    extractor: OnceLock<Extractor>,
    standings: Mutex<BTreeMap<String, (Stamp, Standing)>>,
}

/// A lock whatever became of its last holder: what it guards is replaced whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Room {
    pub(crate) fn open(&self) -> MutexGuard<'_, Open> {
        lock(&self.open)
    }

    pub(crate) fn listen(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    pub(crate) fn ring(&self) {
        self.bell.send_modify(|count| *count += 1);
    }

    pub(crate) fn rung(&self) -> u64 {
        *self.bell.borrow()
    }

    /// How long the oldest entry has waited for the file.
    pub(crate) fn waited(&self) -> Option<std::time::Duration> {
        lock(&self.waiting).map(|since| since.elapsed())
    }

    pub(crate) fn wait(&self) {
        lock(&self.waiting).get_or_insert_with(Instant::now);
    }

    /// Writes the gold file and asks the checker.
    pub(crate) fn save(&self) {
        let mut open = self.open();
        *lock(&self.waiting) = None;
        let before = open.saved.clone();
        open.save();
        open.check();
        if open.saved != Saved::Saved || before != Saved::Saved {
            drop(open);
            self.ring();
        }
    }

    /// Looks whether somebody else wrote the file.
    pub(crate) fn look(&self) {
        let mut open = self.open();
        if open.is_touched() && open.look().unwrap_or(false) {
            open.save();
            drop(open);
            self.ring();
        }
    }
}

impl Store {
    pub(crate) fn new(options: Options) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let (texts, findings) = options.folders.read()?;
        let own = options.folders.gold.parent().map(|folder| folder.join("GUIDELINES.md"));
        let own = own.and_then(|file| read_text(&file).ok());
        let store = Self {
            guidelines: Guidelines::new(own.as_deref().unwrap_or(crate::GUIDELINES)),
            folders: options.folders,
            texts,
            annotator: options.annotator,
            reveal: options.reveal,
            rooms: Mutex::default(),
            extractor: OnceLock::new(),
            standings: Mutex::default(),
        };
        Ok((store, findings))
    }

    pub(crate) fn extractor(&self) -> &Extractor {
        self.extractor.get_or_init(Extractor::new)
    }

    pub(crate) fn text(&self, id: &str) -> Option<&Text> {
        self.texts.entries.get(id)
    }

    pub(crate) fn document(&self, id: &str) -> Option<&Document> {
        self.text(id)?.document()
    }

    /// The file `<folder>/<id><ending>`, where that is in the folder and stays there.
    fn file(&self, id: &str, ending: &str) -> io::Result<PathBuf> {
        let file = self.folders.gold.join(format!("{id}{ending}"));
        if is_inside(&file, &self.folders.gold) {
            return Ok(file);
        }
        Err(io::Error::other(format!("{} is a link that leads out of the folder", file.display())))
    }

    pub(crate) fn decisions(&self, id: &str) -> io::Result<PathBuf> {
        self.file(id, ".decisions.jsonl")
    }

    /// An open document; it is opened where it is not.
    pub(crate) fn room(&self, id: &str) -> io::Result<Arc<Room>> {
        let mut rooms = lock(&self.rooms);
        if let Some(room) = rooms.get(id) {
            if room.open().read_only.is_none() {
                return Ok(room.clone());
            }
            rooms.remove(id);
        }
        let text = self.text(id).ok_or_else(|| io::Error::other("there is no such document"))?;
        self.file(id, ".json")?;
        let journal = self.folders.gold.join(".goldrule").join("journal").join(format!("{id}.jsonl"));
        if !is_inside(&journal, &self.folders.gold) {
            return Err(io::Error::other("its journal is a link that leads out of the folder"));
        }
        let open = Open::new(text, &self.folders.gold, self.fresh(text))?;
        let (bell, _) = watch::channel(1);
        let room = Arc::new(Room { open: Mutex::new(open), bell, waiting: Mutex::default() });
        rooms.insert(id.to_owned(), room.clone());
        Ok(room)
    }

    pub(crate) fn rooms(&self) -> Vec<Arc<Room>> {
        lock(&self.rooms).values().cloned().collect()
    }

    /// The set of a document that nobody has annotated.
    fn fresh(&self, text: &Text) -> AnnotationSet {
        let mut set = AnnotationSet::new(text.id.clone());
        let schema = self.folders.gold.parent().map(|folder| folder.join("schema.json"));
        set.schema = schema.filter(|file| file.is_file()).map(|_| "../schema.json".to_owned());
        set.meta.text_sha256 = text.document().map(|document| sha256(document.text().as_bytes()));
        set.meta.guidelines.clone_from(&self.guidelines.version);
        set.meta.status = Some(Status::Draft);
        set.meta.annotators = self.annotator.iter().cloned().collect();
        set
    }

    /// How far a document has come, by its file.
    pub(crate) fn standing(&self, id: &str) -> Standing {
        let none = |state| Standing { state, errors: 0, records: 0, assisted: None };
        let Some(document) = self.document(id) else { return none("withheld") };
        let Ok(file) = self.file(id, ".json") else { return none("problems") };
        let Ok(meta) = file.metadata() else { return none("untouched") };
        let stamp = (meta.modified().unwrap_or(SystemTime::UNIX_EPOCH), meta.len());
        if let Some((known, standing)) = lock(&self.standings).get(id)
            && *known == stamp
        {
            return standing.clone();
        }
        let standing = match read_text(&file) {
            Ok(source) => {
                let reading = read_annotations(&file.display().to_string(), &source, Some(document));
                let errors = reading.diagnostics.iter().filter(|finding| finding.is_error()).count();
                let set = reading.set.unwrap_or_default();
                let state = match set.meta.status {
                    _ if errors > 0 => "problems",
                    Some(Status::Done) => "done",
                    Some(Status::Adjudicated) => "adjudicated",
                    _ => "in_progress",
                };
                let records = set.mentions().count() + set.stances.len() + set.citations.len();
                Standing { state, errors, records, assisted: set.meta.assisted }
            }
            Err(_) => Standing { errors: 1, ..none("problems") },
        };
        lock(&self.standings).insert(id.to_owned(), (stamp, standing.clone()));
        standing
    }

    /// The two annotators' sets of a document, where both have one.
    pub(crate) fn annotators(&self, id: &str) -> Result<Option<[AnnotationSet; 2]>, Vec<Diagnostic>> {
        let Some(folders) = &self.folders.annotators else { return Ok(None) };
        let mut sets = Vec::new();
        for folder in folders {
            let file = folder.join(format!("{id}.json"));
            if !is_inside(&file, folder) || !file.is_file() {
                return Ok(None);
            }
            let source = read_text(&file).map_err(|finding| vec![finding])?;
            sets.push(read_annotations(&file.display().to_string(), &source, self.document(id)).accepted()?);
        }
        Ok(<[AnnotationSet; 2]>::try_from(sets).ok())
    }

    /// Those of some records that were rejected, each with its agency's name.
    pub(crate) fn rejected(
        &self,
        id: &str,
        origin: Origin,
        records: Vec<(Record, Option<String>)>,
        gold: &AnnotationSet,
    ) -> io::Result<Vec<Record>> {
        let Some(document) = self.document(id) else { return Ok(Vec::new()) };
        decisions::rejected(&self.decisions(id)?, origin, records, gold, document)
    }
}
