//! The texts that benchmarks run over, read from the repository.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use goldrule_schema::Document;

/// Bytes at which the off-topic prose is cut into documents (at the next end of a paragraph): about
/// the size of a document of the corpus.
const DOCUMENT: usize = 2500;

/// A kind of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// The documents of `corpus/`, which are about what the rules look for.
    Corpus,
    /// Prose about everything else, where almost no rule should have work to do.
    OffTopic,
}

impl Input {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Corpus, Self::OffTopic];

    /// The kind that a command line names.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|input| input.name() == name)
    }

    /// `corpus` or `off-topic`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Corpus => "corpus",
            Self::OffTopic => "off-topic",
        }
    }

    /// Its documents, in a fixed order.
    ///
    /// # Errors
    /// When a file cannot be read or none is there.
    pub fn documents(self) -> io::Result<Vec<Document>> {
        let documents = match self {
            Self::Corpus => corpus()?,
            Self::OffTopic => off_topic()?,
        };
        if documents.is_empty() {
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("no {} documents", self.name())));
        }
        Ok(documents)
    }
}

/// Total length in bytes.
pub fn bytes(documents: &[Document]) -> usize {
    documents.iter().map(|document| document.text().len()).sum()
}

/// The documents again and again, until they hold at least `target` bytes. Every copy is a memory of
/// its own and has an id of its own, such as `corpus-note.2`.
///
/// ```
/// use goldrule_benches::{bytes, repeated};
/// use goldrule_schema::Document;
///
/// let batch = repeated(&[Document::new("a", "four")], 10);
/// assert_eq!((batch.len(), bytes(&batch)), (3, 12));
/// assert_eq!(batch[2].id(), "a.2");
/// ```
pub fn repeated(documents: &[Document], target: usize) -> Vec<Document> {
    let mut batch = Vec::new();
    let mut size = 0;
    if bytes(documents) == 0 {
        return batch;
    }
    for round in 0.. {
        for document in documents {
            if size >= target {
                return batch;
            }
            size += document.text().len();
            batch.push(Document::new(format!("{}.{round}", document.id()), document.text()));
        }
    }
    batch
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn corpus() -> io::Result<Vec<Document>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root().join("corpus"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            files.push(path);
        }
    }
    files.sort();
    files
        .iter()
        .map(|path| {
            let id = path.file_stem().unwrap_or_default().to_string_lossy();
            Ok(Document::new(id, fs::read_to_string(path)?))
        })
        .collect()
}

fn off_topic() -> io::Result<Vec<Document>> {
    let text = fs::read_to_string(root().join("benches/data/off-topic.txt"))?;
    let mut documents = Vec::new();
    let mut current = String::new();
    for paragraph in text.split_inclusive("\n\n") {
        current.push_str(paragraph);
        if current.len() >= DOCUMENT {
            documents.push(std::mem::take(&mut current));
        }
    }
    documents.push(current);
    documents.retain(|text| !text.is_empty());
    let named = |(index, text)| Document::new(format!("off-topic-{}", index + 1), text);
    Ok(documents.into_iter().enumerate().map(named).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn off_topic_documents_hold_the_whole_file() {
        let text = fs::read_to_string(root().join("benches/data/off-topic.txt")).unwrap();
        let documents = Input::OffTopic.documents().unwrap();
        assert_eq!(documents.iter().map(Document::text).collect::<String>(), text);
        assert!(text.len() >= 100_000);
    }

    #[test]
    fn no_off_topic_paragraph_is_a_repetition() {
        let text = fs::read_to_string(root().join("benches/data/off-topic.txt")).unwrap();
        let mut seen = HashSet::new();
        for paragraph in text.split("\n\n").map(str::trim) {
            assert!(seen.insert(paragraph), "twice: {paragraph}");
        }
    }
}
