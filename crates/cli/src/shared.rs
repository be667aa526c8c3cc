//! Arguments and steps that several commands share.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use goldrule_harness::{Extractor, Project, Report, Style};
use goldrule_schema::{Corpus, Document, Entry, TextState, file_name_fault, read_text};

use crate::status::{Failure, Status};
use crate::terminal::Terminal;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Aligned columns
    Table,
    /// One object with stable keys
    Json,
    /// A row for each figure; with --errors a row for each mistake
    Csv,
    /// For pull requests
    Markdown,
    /// One page with figures, errors and texts, for a browser
    Html,
}

/// A report in one of the formats that are text alone; as a table where it is none of them.
pub(crate) fn rendered(report: &Report, format: ReportFormat, style: Style) -> String {
    match format {
        ReportFormat::Table | ReportFormat::Html => report.to_table(style),
        ReportFormat::Markdown => report.to_table(Style::Markdown),
        ReportFormat::Json => report.to_json(),
        ReportFormat::Csv => report.to_csv(),
    }
}

/// The extractor with the shipped rules and those of a folder.
pub(crate) fn extractor(rules: Option<&Path>) -> Result<Extractor, Failure> {
    Ok(match rules {
        Some(dir) => Extractor::with_rules_dir(dir)?,
        None => Extractor::new(),
    })
}

/// Runs work on so many threads; on as many as there are processors where none are named.
pub(crate) fn on_threads<T: Send>(
    jobs: Option<usize>,
    work: impl FnOnce() -> T + Send,
) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).build();
    let pool =
        pool.map_err(|error| Failure::message(format!("cannot start threads: {error}"), "try --jobs 1"))?;
    Ok(pool.install(work))
}

/// A positive number of threads.
pub(crate) fn jobs(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|&jobs| jobs > 0).ok_or_else(|| "give a number from 1".to_owned())
}

/// Texts to check annotation files against.
pub(crate) struct Texts {
    corpus: Corpus,
    /// Whether the texts were named, so that each file must have one.
    named: bool,
    project: Option<Project>,
}

impl Texts {
    /// Opens the texts named, else those of the project around `near`.
    pub(crate) fn open(
        corpus: Option<&Path>,
        text: Option<&Path>,
        near: &Path,
        terminal: &Terminal,
    ) -> Result<(Self, Status), Failure> {
        let project = Project::around(if near == Path::new("-") { Path::new(".") } else { near });
        let own = project.as_ref().map(Project::corpus);
        let dir: Option<PathBuf> = corpus.map(Path::to_path_buf).or(own);
        let (texts, findings) = goldrule_harness::open_texts(dir.as_deref(), text, |_| true)?;
        let findings: Vec<_> = findings.into_iter().map(goldrule_harness::Finding::from).collect();
        let status = terminal.show(&findings);
        Ok((Self { corpus: texts, named: corpus.is_some() || text.is_some(), project }, status))
    }

    /// That of one document of the project around `near`, which need not exist; none where it cannot be read.
    /// Git asks about one file at a time, and a project may have many texts.
    pub(crate) fn of(id: &str, near: &Path) -> Option<Self> {
        if file_name_fault(id).is_some() {
            return None;
        }
        let there = near.ancestors().find(|path| path.exists()).unwrap_or(Path::new("."));
        let project = Project::around(there)?;
        let path = project.corpus().join(format!("{id}.txt"));
        let state = TextState::Loaded(Document::new(id, read_text(&path).ok()?));
        let entry = Entry { id: id.to_owned(), row: None, path: Some(path), attached: false, state };
        let corpus = Corpus { entries: vec![entry] };
        Some(Self { corpus, named: false, project: Some(project) })
    }

    /// All of them.
    pub(crate) fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The text of a document.
    pub(crate) fn document(&self, id: &str) -> Option<&Document> {
        self.corpus.entry(id).and_then(Entry::document)
    }

    /// Whether the document of an annotation file ought to be among the texts.
    pub(crate) fn must_have(&self, path: &Path) -> bool {
        self.named || self.project.as_ref().is_some_and(|project| project.annotates(path))
    }
}
