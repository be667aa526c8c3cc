//! The folders that commands use where none are named.

use std::path::{Path, PathBuf};

use goldrule_schema::{Corpus, Diagnostic, discover_project_root};

/// A folder that holds `corpus/` and `annotations/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    root: PathBuf,
}

impl Project {
    /// The project that a file or folder lies in, from it upwards. The root is given relative to the
    /// current folder where that is inside the project, so that messages name short paths.
    pub fn around(path: &Path) -> Option<Self> {
        let root = discover_project_root(&path.canonicalize().ok()?)?;
        let here = std::env::current_dir().ok().and_then(|dir| dir.canonicalize().ok());
        let levels = here.as_deref().and_then(|here| here.strip_prefix(&root).ok()).map(|p| p.iter().count());
        Some(Self { root: levels.map_or(root, |levels| std::iter::repeat_n("..", levels).collect()) })
    }

    /// The project around the current folder.
    pub fn here() -> Option<Self> {
        Self::around(Path::new("."))
    }

    /// Where the texts are.
    pub fn corpus(&self) -> PathBuf {
        self.root.join("corpus")
    }

    /// Where the annotations are.
    pub fn annotations(&self) -> PathBuf {
        self.root.join("annotations")
    }

    /// Where the adjudicated annotations are.
    pub fn gold(&self) -> PathBuf {
        self.annotations().join("gold")
    }

    /// Whether a file is one of the project's annotations, whose document the corpus must have.
    pub fn annotates(&self, path: &Path) -> bool {
        let canonical = |path: &Path| path.canonicalize().ok();
        match (canonical(path), canonical(&self.annotations())) {
            (Some(path), Some(annotations)) => path.starts_with(annotations),
            _ => false,
        }
    }
}

/// The folders with the two annotators' own files beside a folder of gold; none where `gold` is one of
/// them or they are not both there.
pub fn annotators_beside(gold: &Path) -> Option<[PathBuf; 2]> {
    let gold = gold.canonicalize().ok()?;
    let folder = gold.parent()?;
    let folders = ["annotator-a", "annotator-b"].map(|name| folder.join(name));
    (folders.iter().all(|dir| dir.is_dir()) && !folders.contains(&gold)).then_some(folders)
}

/// Opens a corpus and adds the documents of `text` that `wanted` names. Without a corpus, `text` is one.
///
/// # Errors
/// What keeps either folder from being opened.
pub fn open_texts(
    corpus: Option<&Path>,
    text: Option<&Path>,
    wanted: impl Fn(&str) -> bool,
) -> Result<(Corpus, Vec<Diagnostic>), Vec<Diagnostic>> {
    let Some(dir) = corpus.or(text) else { return Ok(Default::default()) };
    let (mut corpus, mut findings) = Corpus::open(dir, text)?;
    if let Some(text) = text.filter(|text| *text != dir) {
        let (more, its_findings) = Corpus::open(text, None)?;
        corpus.adopt(more, &wanted);
        let known: Vec<_> = findings.iter().map(|finding| finding.file.clone()).collect();
        let names_wanted = |finding: &Diagnostic| {
            Path::new(&finding.file).file_stem().is_some_and(|stem| wanted(&stem.to_string_lossy()))
        };
        let new = |finding: &Diagnostic| !known.contains(&finding.file) && names_wanted(finding);
        findings.extend(its_findings.into_iter().filter(new));
    }
    Ok((corpus, findings))
}
