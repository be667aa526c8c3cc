//! The folders that the editor may read and write, and nothing outside them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use goldrule_schema::{Corpus, Diagnostic, Entry, TextState};

/// Where texts and annotations are.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The texts.
    pub corpus: PathBuf,
    /// Texts that the corpus names and does not hold.
    pub text: Option<PathBuf>,
    /// The annotations that are edited.
    pub gold: PathBuf,
    /// The two annotators' own.
    pub annotators: Option<[PathBuf; 2]>,
}

/// What the folders hold.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) entries: BTreeMap<String, Entry>,
    /// Ids in the order of the corpus.
    pub(crate) order: Vec<String>,
}

impl Folders {
    /// Reads the texts. One whose file is a link out of the folders counts as not at hand.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    pub(crate) fn read(&self) -> Result<(Texts, Vec<Diagnostic>), Vec<Diagnostic>> {
        let (corpus, mut findings) = Corpus::open(&self.corpus, self.text.as_deref())?;
        let roots: Vec<&Path> =
            [Some(self.corpus.as_path()), self.text.as_deref()].into_iter().flatten().collect();
        let mut texts = Texts { entries: BTreeMap::new(), order: Vec::new() };
        for mut entry in corpus.entries {
            if !is_name(&entry.id) {
                continue;
            }
            if let Some(path) = entry.path.clone()
                && !roots.iter().any(|root| is_inside(&path, root))
            {
                let help = "copy the text into the folder";
                let message = "the file is a link that leads out of the folder, and is not opened";
                findings.push(Diagnostic::whole("unreadable", path.display().to_string(), message, help));
                (entry.state, entry.path) = (TextState::Withheld, None);
            }
            texts.order.push(entry.id.clone());
            texts.entries.insert(entry.id.clone(), entry);
        }
        Ok((texts, findings))
    }
}

/// Whether an id can name a file of a folder, and only of that folder.
pub(crate) fn is_name(id: &str) -> bool {
    !id.is_empty() && !id.starts_with('.') && !id.contains(['/', '\\', '\0', ':'])
}

/// Whether a file lies in a folder when all links are followed; one that is not there yet is judged by the
/// nearest folder that is.
pub(crate) fn is_inside(path: &Path, folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else { return false };
    let there = path.ancestors().find(|path| path.symlink_metadata().is_ok());
    // A link that leads nowhere has no canonical path, and is refused.
    there.is_some_and(|path| path.canonicalize().is_ok_and(|path| path.starts_with(&folder)))
}
