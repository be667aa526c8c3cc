//! Corpora: folders of texts with a manifest, and folders of annotation files beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::digest::sha256;
use crate::document::Document;
use crate::model::AnnotationSet;
use crate::read::read_annotations;

/// One row of `manifest.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestRow {
    /// Identifier: the text's file name without `.txt`.
    pub document: String,
    /// Title of the text.
    #[serde(default)]
    pub title: String,
    /// What sort of text it is.
    #[serde(default)]
    pub genre: String,
    /// Date as `YYYY-MM-DD`.
    #[serde(default)]
    pub date: String,
    /// Postal code of the state it is about.
    #[serde(default)]
    pub state: String,
    /// Whether places and people are invented.
    #[serde(default)]
    pub fictional: String,
    /// `dev` or `validation`, or a user's own split.
    #[serde(default)]
    pub split: String,
    /// Where its facts come from.
    #[serde(default)]
    pub source: String,
    /// SHA-256 of the text's bytes, in lower-case hexadecimal.
    #[serde(default)]
    pub sha256: String,
}

/// A document of a corpus.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Identifier of the document.
    pub id: String,
    /// Its row in the manifest, where there is a manifest.
    pub row: Option<ManifestRow>,
    /// The file its text was read from.
    pub path: Option<PathBuf>,
    /// Whether that file is outside the corpus, which does not hold the text: it may not be shipped.
    pub attached: bool,
    /// Its text.
    pub state: State,
}

/// Whether a document's text is at hand.
#[derive(Clone, Debug)]
pub enum State {
    /// It is.
    Loaded(Document),
    /// It may not be shipped and was not found where `--text` points.
    Withheld,
    /// It is there and could not be read.
    Unreadable,
}

/// The documents of a folder.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The documents, by the manifest's order, else by name.
    pub entries: Vec<Entry>,
}

impl Entry {
    /// The document, where its text is at hand.
    pub fn document(&self) -> Option<&Document> {
        match &self.state {
            State::Loaded(document) => Some(document),
            State::Withheld | State::Unreadable => None,
        }
    }

    /// The split of its manifest row.
    pub fn split(&self) -> Option<&str> {
        self.row.as_ref().map(|row| row.split.as_str()).filter(|split| !split.is_empty())
    }
}

impl Corpus {
    /// Opens a folder. With a `manifest.csv` its rows are the documents; one whose text is not in the
    /// folder is looked for in `extra` by name and by SHA-256, and is withheld where it is not there
    /// either. Without a manifest every `*.txt` is a document.
    ///
    /// The second part of the result lists what is wrong with the texts.
    ///
    /// # Errors
    /// Where the folder cannot be read, holds no documents, or the manifest is malformed.
    pub fn open(dir: &Path, extra: Option<&Path>) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let texts = list(dir, "txt").map_err(|finding| vec![finding])?;
        let manifest = dir.join("manifest.csv");
        if !manifest.is_file() {
            if texts.is_empty() {
                let help = "name a folder that holds .txt files";
                return Err(vec![Diagnostic::whole(
                    "no-documents",
                    dir.display().to_string(),
                    "no documents here",
                    help,
                )]);
            }
            let rows = texts.into_iter().map(|path| (stem(&path), None, Some((path, false))));
            return Ok(load(rows, &mut Vec::new()));
        }
        let rows = read_manifest(&manifest)?;
        let mut withheld = Vec::new();
        if let Some(extra) = extra {
            withheld = list(extra, "txt").map_err(|finding| vec![finding])?;
        }
        let hashes: BTreeMap<String, PathBuf> = withheld
            .iter()
            .filter_map(|path| Some((sha256(&std::fs::read(path).ok()?), path.clone())))
            .collect();
        let find = |row: &ManifestRow| {
            let own = dir.join(format!("{}.txt", row.document));
            let named = withheld.iter().find(|path| stem(path) == row.document);
            if own.is_file() {
                return Some((own, false));
            }
            named.or_else(|| hashes.get(&row.sha256)).map(|path| (path.clone(), true))
        };
        let rows: Vec<_> = rows.into_iter().map(|row| (row.document.clone(), find(&row), row)).collect();
        let rows = rows.into_iter().map(|(id, path, row)| (id, Some(row), path));
        Ok(load(rows, &mut Vec::new()))
    }

    /// Adds those documents of another corpus that `wanted` names and this one does not have.
    pub fn adopt(&mut self, other: Self, wanted: impl Fn(&str) -> bool) {
        let new =
            other.entries.into_iter().filter(|entry| wanted(&entry.id) && self.entry(&entry.id).is_none());
        let new: Vec<_> = new.map(|entry| Entry { attached: true, ..entry }).collect();
        self.entries.extend(new);
    }

    /// All documents by id, for looking up many.
    pub fn by_id(&self) -> BTreeMap<&str, &Entry> {
        self.entries.iter().map(|entry| (entry.id.as_str(), entry)).collect()
    }

    /// The document with this id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }
}

fn load(
    rows: impl Iterator<Item = (String, Option<ManifestRow>, Option<(PathBuf, bool)>)>,
    findings: &mut Vec<Diagnostic>,
) -> (Corpus, Vec<Diagnostic>) {
    let mut corpus = Corpus::default();
    for (id, row, found) in rows {
        let Some((path, attached)) = found else {
            corpus.entries.push(Entry { id, row, path: None, attached: false, state: State::Withheld });
            continue;
        };
        match read_text(&path) {
            Ok(text) => {
                let stated = row.as_ref().map(|row| row.sha256.as_str()).filter(|hash| !hash.is_empty());
                let actual = sha256(text.as_bytes());
                if stated.is_some_and(|stated| stated != actual) {
                    let help = "restore the text from git, or correct the manifest if the change is meant";
                    let message = format!("the SHA-256 of this text is {actual}, not what the manifest says");
                    findings.push(Diagnostic::whole("wrong-hash", path.display().to_string(), message, help));
                }
                let state = State::Loaded(Document::new(id.clone(), text));
                corpus.entries.push(Entry { id, row, path: Some(path), attached, state });
            }
            Err(finding) => {
                findings.push(finding);
                let state = State::Unreadable;
                corpus.entries.push(Entry { id, row, path: Some(path), attached, state });
            }
        }
    }
    (corpus, std::mem::take(findings))
}

fn read_manifest(path: &Path) -> Result<Vec<ManifestRow>, Vec<Diagnostic>> {
    let file = path.display().to_string();
    let wrong = |error: &csv::Error| {
        let help = "the columns are document,title,genre,date,state,fictional,split,source,sha256";
        let place = error.position().map_or(file.clone(), |position| format!("{file}:{}", position.line()));
        let message = match error.kind() {
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("this row has {len} columns, the head {expected_len}")
            }
            csv::ErrorKind::Deserialize { err, .. } => err.to_string(),
            _ => error.to_string(),
        };
        Diagnostic::whole("syntax", place, message, help)
    };
    let mut reader = csv::Reader::from_path(path).map_err(|error| vec![wrong(&error)])?;
    let (mut rows, mut findings): (Vec<ManifestRow>, _) = (Vec::new(), Vec::new());
    for row in reader.deserialize() {
        match row {
            Ok(row) => rows.push(row),
            Err(error) => findings.push(wrong(&error)),
        }
    }
    let mut known = BTreeSet::new();
    for row in rows.iter().filter(|row| !known.insert(&row.document)) {
        let message = format!("the document `{}` has two rows", row.document);
        findings.push(Diagnostic::whole("duplicate-id", file.clone(), message, "keep one of them"));
    }
    if findings.is_empty() { Ok(rows) } else { Err(findings) }
}

/// The text of a file, as it is: a byte-order mark is a character of it.
///
/// # Errors
/// Where it cannot be read or is not UTF-8, with the offset of the first byte at fault.
pub fn read_text(path: &Path) -> Result<String, Diagnostic> {
    let file = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| {
        Diagnostic::whole(
            "unreadable",
            file.clone(),
            format!("cannot read it: {error}"),
            "check the path and its permissions",
        )
    })?;
    if u32::try_from(bytes.len()).is_err() {
        return Err(Diagnostic::whole("unreadable", file, "the file is longer than 4 GiB", "split it"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let message = format!("not UTF-8: byte {} is at fault", error.utf8_error().valid_up_to());
        Diagnostic::whole("not-utf8", file, message, "save the text as UTF-8")
    })
}

/// A file of a folder of annotations, with what reading it gave.
#[derive(Clone, Debug)]
pub struct GoldFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its source, for showing findings.
    pub source: String,
    /// The records that could be read.
    pub set: Option<AnnotationSet>,
    /// Everything wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

impl GoldFile {
    /// Reads an annotation file, checked against its text where `entry` has it. `must_have` asks for an entry.
    pub fn read(path: PathBuf, entry: Option<&Entry>, must_have: bool) -> Self {
        let name = path.display().to_string();
        let source = match read_text(&path) {
            Ok(source) => source,
            Err(finding) => {
                return Self { path, source: String::new(), set: None, diagnostics: vec![finding] };
            }
        };
        let reading = read_annotations(&name, &source, entry.and_then(Entry::document));
        let mut diagnostics = reading.diagnostics;
        if must_have && entry.is_none() {
            let help = "add the text to the corpus, or name the file after its document";
            let message = format!("the corpus has no document `{}`", stem(&path));
            diagnostics.push(Diagnostic::whole("missing-document", name, message, help));
        }
        Self { path, source, set: reading.set, diagnostics }
    }

    /// Name of the document that the file is about: its own without `.json`.
    pub fn document(&self) -> String {
        stem(&self.path)
    }
}

/// Reads every file of [`annotation_files`], each checked against its document where `corpus` has it; one that
/// names a document the corpus does not have is a finding.
///
/// # Errors
/// Where the folder cannot be read or holds no annotation files.
pub fn load_annotations(dir: &Path, corpus: Option<&Corpus>) -> Result<Vec<GoldFile>, Diagnostic> {
    let entries = corpus.map(Corpus::by_id).unwrap_or_default();
    let read = |path: PathBuf| {
        let entry = entries.get(stem(&path).as_str()).copied();
        GoldFile::read(path, entry, corpus.is_some())
    };
    Ok(annotation_files(dir)?.into_iter().map(read).collect())
}

/// Every `*.json` of a folder that is no [sidecar](is_sidecar), by name.
///
/// # Errors
/// Where the folder cannot be read or holds no annotation files.
pub fn annotation_files(dir: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let mut paths = list(dir, "json")?;
    paths.retain(|path| !is_sidecar(path));
    if paths.is_empty() {
        let help = "name a folder that holds annotation files ending in .json";
        return Err(Diagnostic::whole(
            "no-documents",
            dir.display().to_string(),
            "no annotation files here",
            help,
        ));
    }
    Ok(paths)
}

/// Whether a file is kept beside a gold file by a tool and holds no annotations itself: what a merge left
/// to decide (`*.conflicts.json`), what a corrected text left to place (`*.proposals.json`) and what was
/// decided about suggestions (`*.decisions.jsonl`).
pub fn is_sidecar(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    [".conflicts.json", ".proposals.json", ".decisions.jsonl"].iter().any(|end| name.ends_with(end))
}

/// The files of a folder with this extension, by name.
fn list(dir: &Path, extension: &str) -> Result<Vec<PathBuf>, Diagnostic> {
    let unreadable = |error: std::io::Error| {
        let message = format!("cannot read the folder: {error}");
        Diagnostic::whole(
            "unreadable",
            dir.display().to_string(),
            message,
            "check the path and its permissions",
        )
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|found| found == extension) && !stem(&path).starts_with('.') {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The nearest folder from `start` upwards that holds both `corpus` and `annotations`.
pub fn discover_project_root(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .find(|dir| dir.join("corpus").is_dir() && dir.join("annotations").is_dir())
        .map(Path::to_path_buf)
}
