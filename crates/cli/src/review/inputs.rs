//! The files under review and what they are held against.

use std::path::{Path, PathBuf};

use goldrule_curation::decisions::{Log, sidecar};
use goldrule_curation::queue::{Queue, Session, adjudication, blank};
use goldrule_curation::{Conflicts, Guidelines};
use goldrule_extractor::Extractor;
use goldrule_harness::{Finding, Project, counted, is_open};
use goldrule_schema::{
    AnnotationSet, Diagnostic, Document, read_annotations, read_text, to_canonical_json, write_atomically,
};

use super::Args;
use crate::files::targets;
use crate::shared::Texts;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

/// Texts to review files against.
pub(super) struct Inputs {
    texts: Texts,
    guidelines: Guidelines,
}

/// Files that can be reviewed, and what is wrong with the others.
pub(super) struct Reviews<'d> {
    pub(super) sessions: Vec<Session<'d>>,
    pub(super) status: Status,
}

impl Inputs {
    pub(super) fn open(args: &Args, terminal: &Terminal) -> Result<(Self, Status), Failure> {
        // A file that is to be made has a folder at most.
        let near = if args.gold.exists() { args.gold.as_path() } else { folder(&args.gold) };
        let (texts, status) = Texts::open(args.corpus.as_deref(), args.text.as_deref(), near, terminal)?;
        let own = Project::around(near).map(|project| project.annotations().join("GUIDELINES.md"));
        let own = own.and_then(|path| read_text(&path).ok());
        let guidelines = own.map_or_else(Guidelines::shipped, |markdown| Guidelines::parse(&markdown));
        Ok((Self { texts, guidelines }, status))
    }

    pub(super) fn guidelines(&self) -> &Guidelines {
        &self.guidelines
    }

    /// Opens every file, those with faults left out.
    pub(super) fn files<'d>(
        &'d self,
        args: &Args,
        extractor: &Extractor,
        terminal: &Terminal,
    ) -> Result<Reviews<'d>, Failure> {
        let mut reviews = Reviews { sessions: Vec::new(), status: Status::Fine };
        let (targets, findings) = targets(std::slice::from_ref(&args.gold));
        reviews.status = reviews.status.max(terminal.show(&findings));
        let mut closed = 0;
        for target in targets {
            if self.is_closed(target.path(), args) {
                closed += 1;
                continue;
            }
            match self.file(target.path(), args, extractor, terminal) {
                Ok(sessions) => reviews.sessions.extend(sessions),
                Err(Failure::Findings(findings)) => {
                    reviews.status = reviews.status.max(terminal.show(&findings)).max(Status::Problems);
                }
                Err(other) => return Err(other),
            }
        }
        if closed > 0 {
            let documents = counted(closed, "document");
            let help = "what rules miss there is not shown to who writes rules; --reveal asks all the same";
            terminal.note(&format!("{documents} of closed splits left out: {help}."));
        }
        Ok(reviews)
    }

    /// Whether suggestions would tell what is wrong with rules in a document kept for measuring them.
    fn is_closed(&self, path: &Path, args: &Args) -> bool {
        let asks_of_rules = args.vs.is_none() && !args.conflicts && !args.reveal;
        let entry = self.texts.corpus().entry(&stem(path));
        asks_of_rules && !is_open(entry.and_then(goldrule_schema::Entry::split))
    }

    fn file<'d>(
        &'d self,
        path: &Path,
        args: &Args,
        extractor: &Extractor,
        terminal: &Terminal,
    ) -> Result<Vec<Session<'d>>, Failure> {
        let id = stem(path);
        let Some(document) = self.texts.document(&id) else {
            let help = "name the folder of its text with --text DIR";
            let message = format!("the text of `{id}` is not at hand");
            return Err(Diagnostic::whole("no-text", path.display().to_string(), message, help).into());
        };
        if args.new && !path.exists() {
            let mut set = blank(document, self.guidelines.version());
            set.meta.quotes_withheld = self.is_withheld(&id, args);
            create(path, &to_canonical_json(&set))?;
            terminal.note(&format!("Made {}.", path.display()));
        }
        let (source, gold) = read(path, document)?;
        if let Some(other) = &args.vs {
            let session = compared(path, (source, gold), other, document, args, terminal)?;
            return Ok(session.into_iter().collect());
        }
        let log = read_log(path, terminal)?;
        let mut sessions = Vec::new();
        let conflicts = Conflicts::read(path).map_err(|error| unreadable(path, &error))?;
        if !conflicts.is_empty() {
            let queue = Queue::conflicts(document, gold.clone(), conflicts.conflicts, log.clone());
            sessions.push(Session::new(queue, path, source.clone().into_bytes()).by(args.by.clone()));
        }
        if !args.conflicts {
            let suggested = match &args.from {
                Some(from) => match counterpart(from, &id) {
                    Some(path) => read(&path, document)?.1,
                    None => AnnotationSet::new(id),
                },
                None => extractor.extract(document),
            };
            let queue = Queue::suggestions(document, gold, suggested, log);
            sessions.push(Session::new(queue, path, source.into_bytes()).by(args.by.clone()));
        }
        Ok(sessions)
    }

    /// Whether the manifest names a text that came from elsewhere, because it may not be shipped.
    fn is_withheld(&self, id: &str, args: &Args) -> bool {
        let entry = self.texts.corpus().entry(id);
        let from = entry.filter(|entry| entry.row.is_some()).and_then(|entry| entry.path.as_ref());
        from.zip(args.text.as_ref()).is_some_and(|(path, text)| path.starts_with(text))
    }
}

/// A session on what two annotators differ in.
fn compared<'d>(
    path: &Path,
    (source, gold): (String, AnnotationSet),
    other: &Path,
    document: &'d Document,
    args: &Args,
    terminal: &Terminal,
) -> Result<Option<Session<'d>>, Failure> {
    let id = stem(path);
    let Some(other) = counterpart(other, &id) else {
        terminal.note(&format!("{} has no {id}.json: nothing to compare.", other.display()));
        return Ok(None);
    };
    let (_, other) = read(&other, document)?;
    let Some(out) = &args.out else {
        let queue = Queue::comparison(document, gold, other, read_log(path, terminal)?);
        return Ok(Some(Session::new(queue, path, source.into_bytes()).by(args.by.clone())));
    };
    let is_folder = out.is_dir() || args.gold.is_dir() || out.as_os_str().to_string_lossy().ends_with('/');
    let out = if is_folder { out.join(format!("{id}.json")) } else { out.clone() };
    let same = |a: &Path, b: &Path| a.canonicalize().ok().is_some_and(|a| b.canonicalize().ok() == Some(a));
    if same(&out, path) {
        return Err(Failure::message("OUT is GOLD itself", "leave -o out to settle the differences in GOLD"));
    }
    if !out.exists() {
        let mut start = adjudication(&gold, &other);
        if args.blind {
            start.meta.assisted = Some(false);
        }
        if args.list {
            let queue = Queue::comparison(document, start, other, Log::default());
            return Ok(Some(Session::new(queue, &out, Vec::new())));
        }
        create(&out, &to_canonical_json(&start))?;
    }
    let (source, start) = read(&out, document)?;
    let queue = Queue::comparison(document, start, other, read_log(&out, terminal)?);
    let session = Session::new(queue, &out, source.into_bytes()).by(args.by.clone());
    Ok(Some(session.settling_status()))
}

/// The file of a document: the path itself, or the one in that folder.
fn counterpart(path: &Path, id: &str) -> Option<PathBuf> {
    if !path.is_dir() {
        return Some(path.to_owned());
    }
    Some(path.join(format!("{id}.json"))).filter(|path| path.is_file())
}

/// Reads a file; with findings where it is not sound.
pub(super) fn read(path: &Path, document: &Document) -> Result<(String, AnnotationSet), Failure> {
    let source = read_text(path)?;
    let name = path.display().to_string();
    match read_annotations(&name, &source, Some(document)).accepted() {
        Ok(set) => Ok((source, set)),
        Err(diagnostics) => {
            let shown: std::sync::Arc<str> = source.as_str().into();
            let findings = diagnostics.into_iter();
            let findings = findings.map(|diagnostic| Finding { diagnostic, source: shown.clone() });
            Err(Failure::Findings(findings.collect()))
        }
    }
}

/// Reads the decisions beside a file and says which lines are none.
fn read_log(path: &Path, terminal: &Terminal) -> Result<Log, Failure> {
    let path = sidecar(path);
    let log = Log::read(&path).map_err(|error| unreadable(&path, &error))?;
    for fault in &log.faults {
        let name = path.display();
        let what =
            if fault.torn { "was cut off and does not count".to_owned() } else { fault.message.clone() };
        terminal.note(&format!("{name}:{}: {what}", fault.line));
    }
    Ok(log)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let message = format!("cannot read it: {error}");
    let help = "check the path and its permissions, or restore the file from git";
    Diagnostic::whole("unreadable", path.display().to_string(), message, help).into()
}

fn create(path: &Path, json: &str) -> Result<(), Failure> {
    let made =
        std::fs::create_dir_all(folder(path)).and_then(|()| write_atomically(path, json.as_bytes(), None));
    made.map_err(|error| {
        let message = format!("cannot write {}: {error}", path.display());
        Failure::message(message, "name a file in a folder you can write")
    })
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
