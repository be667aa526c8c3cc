//! `goldrule eval`: extract and score.

use std::path::{Path, PathBuf};

use goldrule_harness::{Baseline, Cases, Comparison, Finding, Project, Report, Show, agreement, evaluate};
use goldrule_schema::write_atomically;

use crate::shared::{ReportFormat, extractor, jobs, on_threads, print};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule eval                                     the project's corpus against its gold
  goldrule eval --split dev --errors                what went wrong, record by record
  goldrule eval --rules my-rules                    with rules of your own added
  goldrule eval --corpus texts --gold gold          any folder of .txt and one of .json
  goldrule eval --text ../articles                  with the texts that may not be shipped
  goldrule eval --baseline annotations/baseline.json   fail where a figure fell";

/// Extract every document of a corpus and score the result against gold
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folder of .txt files, with or without a manifest.csv [default: the project's corpus]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder of gold files [default: the project's annotations/gold]
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
    /// Folder with texts that the corpus names and does not hold
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Only the documents of this split of the manifest
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
    /// Folder of rule files to add; rules of the same id replace the shipped ones
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// How to write the report
    #[arg(long, value_enum, default_value = "table")]
    format: ReportFormat,
    /// List every record that was missed or made up, with its place
    #[arg(long)]
    errors: bool,
    /// Name documents and list errors of every split, not of dev alone
    #[arg(long)]
    reveal: bool,
    /// Exit with 1 where a figure is below this file's, and name it
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the figures to this file, to hold later runs to
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = jobs)]
    jobs: Option<usize>,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let before = args.baseline.as_deref().map(Baseline::read).transpose()?;
    let extractor = extractor(args.rules.as_deref())?;
    let (cases, gold, mut status) = cases(args, terminal)?;
    let bar = terminal.bar(cases.cases.len(), "documents");
    let comparisons = on_threads(args.jobs, || evaluate(&extractor, &cases.cases, || bar.inc(1)))?;
    bar.finish_and_clear();
    let mut agreed = Vec::new();
    if let Some(folders) = goldrule_harness::annotators_beside(&gold) {
        let (scores, findings) = agreement(&folders, &cases.cases)?;
        status = status.max(terminal.show(&findings));
        agreed = scores;
    }
    if comparisons.is_empty() {
        status = status.max(Status::Problems);
    }
    let show = Show { reveal: args.reveal, mistakes: args.errors };
    print(&Report::new(&comparisons, &agreed, cases.skipped, show), args.format, terminal)?;
    if let Some(before) = before {
        status = status.max(hold(&before, &comparisons, terminal));
    }
    if let Some(path) = &args.write_baseline {
        write(path, &comparisons, terminal)?;
    }
    Ok(status)
}

/// The documents to score, and the folder their gold is in.
fn cases(args: &Args, terminal: &Terminal) -> Result<(Cases, PathBuf, Status), Failure> {
    let project = Project::here();
    let default = |named: &Option<PathBuf>, own: fn(&Project) -> PathBuf| {
        named.clone().or_else(|| project.as_ref().map(own))
    };
    let gold = default(&args.gold, Project::gold).ok_or_else(|| {
        let help = "run it inside a project, or name the folders: goldrule eval --corpus DIR --gold DIR";
        Failure::message("there is no `corpus` with `annotations` here or above", help)
    })?;
    let corpus = default(&args.corpus, Project::corpus);
    let (texts, findings) = goldrule_harness::open_texts(corpus.as_deref(), args.text.as_deref(), |id| {
        gold.join(format!("{id}.json")).is_file()
    })?;
    let findings: Vec<_> = findings.into_iter().map(Finding::from).collect();
    let mut status = terminal.show(&findings);
    check_split(args.split.as_deref(), &texts)?;
    let cases = Cases::with_text(texts, &gold, args.split.as_deref())?;
    status = status.max(terminal.show(&cases.findings));
    Ok((cases, gold, status))
}

fn check_split(split: Option<&str>, texts: &goldrule_schema::Corpus) -> Result<(), Failure> {
    let Some(split) = split else { return Ok(()) };
    let mut known: Vec<_> = texts.entries.iter().filter_map(|entry| entry.split()).collect();
    known.sort_unstable();
    known.dedup();
    if known.contains(&split) {
        return Ok(());
    }
    let help = match known.as_slice() {
        [] => "the corpus has no manifest.csv that names splits".to_owned(),
        known => format!("the corpus has {}", known.join(", ")),
    };
    Err(Failure::message(format!("there is no split `{split}`"), help))
}

fn hold(before: &Baseline, comparisons: &[Comparison], terminal: &Terminal) -> Status {
    let falls = before.falls(&Baseline::new(comparisons));
    if falls.is_empty() {
        terminal.note("No figure is below the baseline.");
        return Status::Fine;
    }
    for fall in &falls {
        terminal.error(&fall.to_string());
    }
    terminal.note("Where that is meant, renew the baseline with --write-baseline FILE and say why.");
    Status::Problems
}

fn write(path: &Path, comparisons: &[Comparison], terminal: &Terminal) -> Result<(), Failure> {
    write_atomically(path, Baseline::new(comparisons).to_json().as_bytes(), None).map_err(|error| {
        Failure::message(
            format!("cannot write {}: {error}", path.display()),
            "name a file in a folder you can write",
        )
    })?;
    terminal.note(&format!("Wrote {}.", path.display()));
    Ok(())
}
