//! The annotators' folders: which documents can be compared, and which cannot and why.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use goldrule_schema::{AnnotationSet, Corpus, Document, Entry};
use rayon::prelude::*;

use crate::Finding;
use crate::case::{Files, Skipped};

const ALONE: &str = "only one annotator has a sound file of it";

/// A document with what each annotator made of it.
#[derive(Clone, Debug)]
pub struct Annotated<'a> {
    /// Its name.
    pub document: String,
    /// Each annotator's set in the order of the guidelines, `None` where one has no sound file of it.
    pub sets: Vec<Option<AnnotationSet>>,
    /// Its entry in the corpus, where there is one.
    pub entry: Option<&'a Entry>,
    /// An annotator's file of it.
    pub file: PathBuf,
}

impl Annotated<'_> {
    /// Its text, where that is at hand.
    pub fn text(&self) -> Option<&Document> {
        self.entry.and_then(Entry::document)
    }

    /// Its split in the manifest.
    pub fn split(&self) -> Option<&str> {
        self.entry.and_then(Entry::split)
    }

    /// Whether its text may not be shipped.
    pub fn is_withheld(&self) -> bool {
        self.sets.iter().flatten().any(|set| set.meta.quotes_withheld)
    }

    /// The file that places are given in: the text's, else an annotator's.
    pub fn place(&self) -> String {
        let path = self.entry.and_then(|entry| entry.path.as_deref()).unwrap_or(&self.file);
        path.display().to_string()
    }
}

/// What several folders hold together.
#[derive(Clone, Debug)]
pub struct Annotations<'a> {
    /// What the annotators are called.
    pub annotators: Vec<String>,
    /// Documents of two annotators at least, by name.
    pub documents: Vec<Annotated<'a>>,
    /// Documents that were left out.
    pub skipped: Vec<Skipped>,
    /// Everything wrong with the files.
    pub findings: Vec<Finding>,
}

impl<'a> Annotations<'a> {
    /// Reads the folders of annotators. A file with errors is left out and named.
    ///
    /// # Errors
    /// Where a folder cannot be read or is empty.
    pub fn read(corpus: &'a Corpus, strict: bool, folders: &[PathBuf]) -> Result<Self, Vec<Finding>> {
        let read = |dir: &PathBuf| {
            let files =
                if strict { Files::read(dir, Some(corpus)) } else { Files::read_with(dir, corpus, &[]) };
            let mut files = files?;
            files
                .sets
                .par_iter_mut()
                .filter_map(|(_, file)| file.as_mut().ok())
                .for_each(|(_, set)| set.sort());
            Ok(files)
        };
        let read: Vec<Result<Files, Vec<Finding>>> = folders.par_iter().map(read).collect();
        let mut faults = Vec::new();
        let mut findings = Vec::new();
        let mut skipped = Vec::new();
        let mut documents: BTreeMap<String, Annotated<'a>> = BTreeMap::new();
        let entries = corpus.by_id();
        for (at, files) in read.into_iter().enumerate() {
            let files = match files {
                Ok(files) => files,
                Err(more) => {
                    faults.extend(more);
                    continue;
                }
            };
            findings.extend(files.findings);
            for (document, set) in files.sets {
                match set {
                    Err(reason) => skipped.push(Skipped { document, reason }),
                    Ok((file, set)) => {
                        let of = documents.entry(document).or_insert_with_key(|document| Annotated {
                            document: document.clone(),
                            sets: vec![None; folders.len()],
                            entry: entries.get(document.as_str()).copied(),
                            file,
                        });
                        of.sets[at] = Some(set);
                    }
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let (documents, alone): (Vec<_>, Vec<_>) =
            documents.into_values().partition(|document| document.sets.iter().flatten().count() >= 2);
        skipped.extend(alone.into_iter().map(|one| Skipped { document: one.document, reason: ALONE }));
        skipped.sort_by(|a, b| a.document.cmp(&b.document).then(a.reason.cmp(b.reason)));
        skipped.dedup();
        Ok(Self { annotators: names(folders), documents, skipped, findings })
    }
}

/// The last parts of the paths; whole paths where these are not distinct.
fn names(folders: &[PathBuf]) -> Vec<String> {
    let last = |path: &PathBuf| {
        let name =
            path.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        name.unwrap_or_else(|| path.display().to_string())
    };
    let short: Vec<String> = folders.iter().map(last).collect();
    let distinct = short.iter().collect::<std::collections::BTreeSet<_>>().len() == short.len();
    if distinct { short } else { folders.iter().map(|path: &PathBuf| whole(path)).collect() }
}

fn whole(path: &Path) -> String {
    path.display().to_string()
}
