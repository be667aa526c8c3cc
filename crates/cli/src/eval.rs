//! `goldrule eval`: extract and score.

use std::path::PathBuf;

use goldrule_harness::{
    Baseline, Cases, Chain, Finding, Project, Report, Settings, Show, Sources, Style, accuracy_page,
    agreement, chains, chains_csv, chains_json, evaluate, rule_stats,
};

use crate::conventions::Conventions;
use crate::drawn::{Output, Plots};
use crate::scoring::{More, Outcome, Scored, write};
use crate::shared::{ReportFormat, extractor, jobs, on_threads};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule eval                                     the project's corpus against its gold
  goldrule eval --split dev --errors                what went wrong, record by record
  goldrule eval --rules my-rules                    with rules of your own added
  goldrule eval --corpus texts --gold gold          any folder of .txt and one of .json
  goldrule eval --chain                             which stage loses what, gold given upstream
  goldrule eval --format html -o report.html        everything on one page, with the texts
  goldrule eval --plot accuracy.svg --plot-confusion topic=topics.svg
  goldrule eval --text ../articles                  with the texts that may not be shipped
  goldrule eval --baseline annotations/baseline.json --fail-on-drop   fail where a figure fell";

/// Extract every document of a corpus and score the result against gold
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    corpus: CorpusArgs,
    /// How to write the report
    #[arg(long, value_enum, default_value = "table")]
    format: ReportFormat,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    plots: Plots,
    /// List every record that was missed or made up, with its place
    #[arg(long)]
    errors: bool,
    /// Name documents and list errors of every split, not of dev alone
    #[arg(long)]
    reveal: bool,
    #[command(flatten)]
    more: More,
    #[command(flatten)]
    conventions: Conventions,
    #[command(flatten)]
    outcome: Outcome,
    /// Write the figures to this file, to hold later runs to
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Print which stage loses what instead, or add it to the page of --format html: gold is given
    /// upstream, one stage at a time
    #[arg(long, conflicts_with_all = ["errors", "baseline", "write_baseline", "accuracy_page", "schemes", "compat", "duplicates", "empty", "singletons", "undefined", "iou", "intervals", "resamples", "seed"])]
    chain: bool,
    /// Write the figures and the precision of rules to this Markdown file
    #[arg(long, value_name = "FILE")]
    accuracy_page: Option<PathBuf>,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = jobs)]
    jobs: Option<usize>,
}

/// Which documents to look at, with which rules.
#[derive(clap::Args)]
pub(crate) struct CorpusArgs {
    /// Folder of .txt files, with or without a manifest.csv [default: the project's corpus]
    #[arg(long, value_name = "DIR")]
    pub(crate) corpus: Option<PathBuf>,
    /// Folder of gold files [default: the project's annotations/gold]
    #[arg(long, value_name = "DIR")]
    pub(crate) gold: Option<PathBuf>,
    /// Folder with texts that the corpus names and does not hold
    #[arg(long, value_name = "DIR")]
    pub(crate) text: Option<PathBuf>,
    /// Only the documents of this split of the manifest
    #[arg(long, value_name = "NAME")]
    pub(crate) split: Option<String>,
    /// Folder of rule files to add; rules of the same id replace the shipped ones
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Option<PathBuf>,
}

impl CorpusArgs {
    pub(crate) fn sources(&self) -> Sources {
        Sources {
            gold: self.gold.clone(),
            corpus: self.corpus.clone(),
            text: self.text.clone(),
            rules: self.rules.clone(),
            split: self.split.clone(),
            ..Sources::default()
        }
    }
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let before = args.outcome.before()?;
    let html = args.format == ReportFormat::Html;
    if args.chain && !html {
        return chain(args, terminal);
    }
    let sources = args.corpus.sources();
    let settings = args.conventions.settings();
    let (mut scored, gold) = of_rules(&sources, &settings, args.jobs, terminal)?;
    let mut status = scored.status;
    let mut annotators = Vec::new();
    if let Some(folders) = goldrule_harness::annotators_beside(&gold) {
        let (comparisons, findings) = agreement(&folders, &scored.cases, settings.policies.duplicates)?;
        status = status.max(terminal.show(&findings));
        annotators = comparisons;
    }
    let agreed: Vec<_> = annotators.iter().map(|comparison| comparison.score.clone()).collect();
    if scored.comparisons.is_empty() {
        status = status.max(Status::Problems);
    }
    let show = Show { reveal: args.reveal, mistakes: args.errors };
    let skipped = std::mem::take(&mut scored.skipped);
    let mut report =
        on_threads(args.jobs, || Report::new(&scored.comparisons, &agreed, skipped, show, &settings))?;
    report.sources = sources;
    report.detail = args.more.detail(&scored.comparisons, &settings);
    report.agreed_detail =
        Some(&annotators).filter(|all| !all.is_empty()).and_then(|all| args.more.detail(all, &settings));
    report.since = before.map(|before| before.moves(&Baseline::new(&scored.comparisons)));
    let chains = if args.chain { losses(args, &scored.cases, terminal)? } else { Vec::new() };
    let title = ("goldrule eval", args.format);
    args.output.report(title, (&report, &scored, &chains), args.reveal, terminal)?;
    args.plots.draw(&report, &scored.comparisons, args.reveal, terminal)?;
    if let Some(path) = &args.accuracy_page {
        let extractor = extractor(args.corpus.rules.as_deref())?;
        let stats = on_threads(args.jobs, || rule_stats(&extractor, &scored.cases, false, || {}))?;
        write(path, &accuracy_page(&report, &stats))?;
        terminal.note(&format!("Wrote {}.", path.display()));
    }
    let settled = args.outcome.settle(&report, &scored.comparisons, args.reveal, terminal)?;
    if let Some(path) = &args.write_baseline {
        write(path, &Baseline::new(&scored.comparisons).to_json())?;
        terminal.note(&format!("Wrote {}.", path.display()));
    }
    Ok(status.max(settled))
}

/// Scores what the rules find.
pub(crate) fn scored(
    sources: &Sources,
    settings: &Settings,
    jobs: Option<usize>,
    terminal: &Terminal,
) -> Result<Scored, Failure> {
    of_rules(sources, settings, jobs, terminal).map(|(scored, _)| scored)
}

fn of_rules(
    sources: &Sources,
    settings: &Settings,
    jobs: Option<usize>,
    terminal: &Terminal,
) -> Result<(Scored, PathBuf), Failure> {
    let extractor = extractor(sources.rules.as_deref())?;
    let (cases, gold, status) = cases(sources, terminal)?;
    let bar = terminal.bar(cases.cases.len(), "documents");
    let comparisons =
        on_threads(jobs, || evaluate(&extractor, &cases.cases, settings.policies.duplicates, || bar.inc(1)))?;
    bar.finish_and_clear();
    Ok((Scored { comparisons, cases: cases.cases, skipped: cases.skipped, status }, gold))
}

/// The documents to score, and the folder their gold is in.
pub(crate) fn cases(args: &Sources, terminal: &Terminal) -> Result<(Cases, PathBuf, Status), Failure> {
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

/// What each stage loses.
fn losses(args: &Args, cases: &[goldrule_harness::Case], terminal: &Terminal) -> Result<Vec<Chain>, Failure> {
    let extractor = extractor(args.corpus.rules.as_deref())?;
    let bar = terminal.bar(cases.len(), "documents");
    let chains = on_threads(args.jobs, || chains(&extractor, cases, || bar.inc(1)))?;
    bar.finish_and_clear();
    Ok(chains)
}

/// Prints what each stage loses.
fn chain(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let (cases, _, status) = cases(&args.corpus.sources(), terminal)?;
    let chains = losses(args, &cases.cases, terminal)?;
    let tables = |style| chains.iter().map(|chain| chain.to_table(style)).collect::<Vec<_>>().join("\n");
    let text = match args.format {
        ReportFormat::Table | ReportFormat::Html => tables(args.output.style(terminal)),
        ReportFormat::Markdown => tables(Style::Markdown),
        ReportFormat::Json => chains_json(&chains),
        ReportFormat::Csv => chains_csv(&chains),
    };
    args.output.write(&text, terminal)?;
    Ok(status.max(if chains.is_empty() { Status::Problems } else { Status::Fine }))
}
