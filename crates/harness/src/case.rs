//! Documents with their gold: what there is to score, and what is left out and why.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use goldrule_schema::{
    AnnotationSet, Corpus, Document, Entry, GoldFile, Severity, TextState, annotation_files,
};
use rayon::prelude::*;
use serde::Serialize;

use crate::Finding;

/// A document that can be scored.
#[derive(Clone, Debug)]
pub struct Case {
    /// What is right.
    pub gold: AnnotationSet,
    /// The split of the manifest, where there is one.
    pub split: Option<String>,
    /// The text, where it is at hand.
    pub document: Option<Document>,
    /// Whether the text was named on its own and is not of the corpus, which may not ship it.
    pub attached: bool,
    /// The text's file, else the gold file.
    pub file: PathBuf,
}

/// A document that was not scored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Its name.
    pub document: String,
    /// Why.
    pub reason: &'static str,
}

/// What two folders hold together.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    /// What can be scored, in the order of the corpus.
    pub cases: Vec<Case>,
    /// What cannot.
    pub skipped: Vec<Skipped>,
    /// Everything wrong with the annotation files.
    pub findings: Vec<Finding>,
}

/// Reasons to leave a document out.
const WITHHELD: &str = "its text is not shipped; attach it with --text DIR";
const UNREADABLE: &str = "its text could not be read";
const NO_GOLD: &str = "it has no gold file";
const REFUSED: &str = "its annotation file has errors";
const NO_PREDICTION: &str = "nothing was predicted for it: there is no such file";
const NOT_IN_GOLD: &str = "it was predicted and has no gold file";

/// Faults that gold may not have and predictions may: how they count is for the scorer to say.
const REPEATS: [&str; 2] = ["overlap", "duplicate-record"];

impl Case {
    /// Whether the text may not be shipped, so that no report shows quotes of it.
    pub fn is_withheld(&self) -> bool {
        self.gold.meta.quotes_withheld
    }
}

impl Cases {
    /// The documents of a corpus whose text and gold are at hand; of one split only, where one is named.
    ///
    /// # Errors
    /// Where the folder of gold cannot be read or is empty.
    pub fn with_text(corpus: Corpus, gold: &Path, split: Option<&str>) -> Result<Self, Vec<Finding>> {
        let mut files = Files::read(gold, Some(&corpus))?;
        let mut cases = Self { findings: std::mem::take(&mut files.findings), ..Self::default() };
        for entry in corpus.entries {
            if split.is_some_and(|split| entry.split() != Some(split)) {
                continue;
            }
            let skip = |reason| Skipped { document: entry.id.clone(), reason };
            match files.take(&entry.id) {
                None => cases.skipped.push(skip(NO_GOLD)),
                Some(Err(reason)) => cases.skipped.push(skip(reason)),
                Some(Ok(_)) if matches!(entry.state, TextState::Withheld) => {
                    cases.skipped.push(skip(WITHHELD));
                }
                Some(Ok(_)) if matches!(entry.state, TextState::Unreadable) => {
                    cases.skipped.push(skip(UNREADABLE));
                }
                Some(Ok((path, gold))) => cases.cases.push(case(gold, path, Some(entry))),
            }
        }
        Ok(cases)
    }

    /// The documents that two folders of annotations have in common, each with its prediction. Texts and
    /// splits are taken from the corpus where it knows the document.
    ///
    /// # Errors
    /// Where one of the folders cannot be read or is empty.
    pub fn with_predictions(
        corpus: &Corpus,
        strict: bool,
        gold: &Path,
        pred: &Path,
    ) -> Result<(Self, Vec<AnnotationSet>), Vec<Finding>> {
        let known = |dir: &Path, admit: &[&str]| {
            if strict {
                Files::read_but(dir, Some(corpus), admit)
            } else {
                Files::read_with(dir, corpus, admit)
            }
        };
        let (mut files, mut preds) = (known(gold, &[])?, known(pred, &REPEATS)?);
        let mut cases = Self { findings: std::mem::take(&mut files.findings), ..Self::default() };
        cases.findings.append(&mut preds.findings);
        let mut sets = Vec::new();
        for (id, gold) in std::mem::take(&mut files.sets) {
            let skip = |reason| Skipped { document: id.clone(), reason };
            match (gold, preds.take(&id)) {
                (Err(reason), _) | (_, Some(Err(reason))) => cases.skipped.push(skip(reason)),
                (_, None) => cases.skipped.push(skip(NO_PREDICTION)),
                (Ok((path, gold)), Some(Ok((_, pred)))) => {
                    cases.cases.push(case(gold, path, corpus.entry(&id).cloned()));
                    sets.push(pred);
                }
            }
        }
        let rest = preds.sets.into_keys().map(|document| Skipped { document, reason: NOT_IN_GOLD });
        cases.skipped.extend(rest);
        Ok((cases, sets))
    }
}

fn case(gold: AnnotationSet, path: PathBuf, entry: Option<Entry>) -> Case {
    let split = entry.as_ref().and_then(Entry::split).map(str::to_owned);
    let file = entry.as_ref().and_then(|entry| entry.path.clone()).unwrap_or(path);
    let attached = entry.as_ref().is_some_and(|entry| entry.attached);
    let document = entry.and_then(|entry| match entry.state {
        TextState::Loaded(document) => Some(document),
        TextState::Withheld | TextState::Unreadable => None,
    });
    Case { gold, split, document, attached, file }
}

/// What an annotation file holds, or why it is left out.
type File = Result<(PathBuf, AnnotationSet), &'static str>;

/// A folder of annotation files by document.
#[derive(Default)]
pub(crate) struct Files {
    pub(crate) sets: BTreeMap<String, File>,
    pub(crate) findings: Vec<Finding>,
}

impl Files {
    /// Reads a folder whose every document the corpus, where one is given, must have.
    pub(crate) fn read(dir: &Path, corpus: Option<&Corpus>) -> Result<Self, Vec<Finding>> {
        Self::read_but(dir, corpus, &[])
    }

    /// The same, but findings of some codes do not keep a file from being scored.
    fn read_but(dir: &Path, corpus: Option<&Corpus>, admit: &[&str]) -> Result<Self, Vec<Finding>> {
        Self::read_all(dir, corpus, corpus.is_some(), admit)
    }

    /// Reads a folder, each file checked against its text where the corpus has it.
    pub(crate) fn read_with(dir: &Path, corpus: &Corpus, admit: &[&str]) -> Result<Self, Vec<Finding>> {
        Self::read_all(dir, Some(corpus), false, admit)
    }

    /// Reads the files on all threads. What they look like is forgotten at once where nothing is wrong with them.
    fn read_all(
        dir: &Path,
        corpus: Option<&Corpus>,
        must_have: bool,
        admit: &[&str],
    ) -> Result<Self, Vec<Finding>> {
        let paths = annotation_files(dir).map_err(|finding| vec![finding.into()])?;
        let entries = corpus.map(Corpus::by_id).unwrap_or_default();
        let read = |path: PathBuf| {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let entry = entries.get(&*stem).copied();
            judged(GoldFile::read(path, entry, must_have), admit)
        };
        let files: Vec<(String, File, Vec<Finding>)> = paths.into_par_iter().map(read).collect();
        let mut read = Self::default();
        for (document, file, findings) in files {
            read.findings.extend(findings);
            read.sets.insert(document, file);
        }
        Ok(read)
    }

    pub(crate) fn take(&mut self, id: &str) -> Option<File> {
        self.sets.remove(id)
    }
}

/// What is to be scored of a file, by its document, and everything that is wrong with it.
fn judged(mut file: GoldFile, admit: &[&str]) -> (String, File, Vec<Finding>) {
    for finding in file.diagnostics.iter_mut().filter(|finding| admit.contains(&finding.code)) {
        finding.severity = Severity::Warning;
        "it is scored all the same; --duplicates says how repeats count".clone_into(&mut finding.help);
    }
    let findings = if file.diagnostics.is_empty() { Vec::new() } else { Finding::of_file(&file).collect() };
    let document = file.document();
    let refused = file.diagnostics.iter().any(goldrule_schema::Diagnostic::is_error);
    let set = file.set.filter(|_| !refused).map(|set| (file.path, set)).ok_or(REFUSED);
    (document, set, findings)
}
