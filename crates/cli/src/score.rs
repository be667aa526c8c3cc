//! `goldrule score`: compare two folders of annotation files.

use std::path::{Path, PathBuf};

use goldrule_harness::{
    Baseline, Cases, Report, Settings, Show, Sources, agreement, annotators_beside, compare,
};

use crate::conventions::Conventions;
use crate::drawn::{Output, Plots};
use crate::scoring::{More, Outcome, Scored};
use crate::shared::{ReportFormat, Texts};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule score --gold annotations/gold --pred out
  goldrule score --gold annotations/annotator-a --pred annotations/annotator-b
  goldrule score --gold gold --pred out --text texts --errors
  goldrule score --gold gold --pred out --format json | jq .measures
  goldrule score --gold gold --pred out --text texts --format html -o report.html
  goldrule score --gold gold --pred out --schemes --compat nervaluate
  goldrule score --gold gold --pred out --intervals bca --duplicates drop
  goldrule score --gold gold --pred out --fail-under stance.tuple=0.8 --ledger rows.csv
  goldrule score --gold gold --pred out --baseline before.json --fail-on-drop --format markdown";

/// Score a folder of annotation files against another
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folder of gold files
    #[arg(long, value_name = "DIR")]
    gold: PathBuf,
    /// Folder of predicted files with the same names
    #[arg(long, value_name = "DIR")]
    pred: PathBuf,
    /// Folder of texts: offsets are checked against them, places become lines and columns
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of texts with a manifest, which says the splits [default: that of the project around --gold]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
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
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let before = args.outcome.before()?;
    let settings = args.conventions.settings();
    let sources = Sources {
        gold: Some(args.gold.clone()),
        pred: Some(args.pred.clone()),
        corpus: args.corpus.clone(),
        text: args.text.clone(),
        ..Sources::default()
    };
    let mut scored = scored(&sources, &args.gold, &args.pred, &settings, terminal)?;
    let mut status = scored.status;
    let mut annotators = Vec::new();
    if let Some(folders) = annotators_beside(&args.gold) {
        let (comparisons, findings) = agreement(&folders, &scored.cases, settings.policies.duplicates)?;
        status = status.max(terminal.show(&findings));
        annotators = comparisons;
    }
    let agreed: Vec<_> = annotators.iter().map(|comparison| comparison.score.clone()).collect();
    let show = Show { reveal: args.reveal, mistakes: args.errors };
    let skipped = std::mem::take(&mut scored.skipped);
    let mut report = Report::new(&scored.comparisons, &agreed, skipped, show, &settings);
    report.sources = sources;
    report.detail = args.more.detail(&scored.comparisons, &settings);
    report.agreed_detail =
        Some(&annotators).filter(|all| !all.is_empty()).and_then(|all| args.more.detail(all, &settings));
    report.since = before.map(|before| before.moves(&Baseline::new(&scored.comparisons)));
    let title = ("goldrule score", args.format);
    args.output.report(title, (&report, &scored, &[]), args.reveal, terminal)?;
    args.plots.draw(&report, &scored.comparisons, args.reveal, terminal)?;
    let settled = args.outcome.settle(&report, &scored.comparisons, args.reveal, terminal)?;
    Ok(status.max(settled))
}

/// Scores a folder of predictions.
pub(crate) fn scored(
    sources: &Sources,
    gold: &Path,
    pred: &Path,
    settings: &Settings,
    terminal: &Terminal,
) -> Result<Scored, Failure> {
    let (texts, mut status) =
        Texts::open(sources.corpus.as_deref(), sources.text.as_deref(), gold, terminal)?;
    let strict = texts.must_have(gold);
    let (cases, preds) = Cases::with_predictions(texts.corpus(), strict, gold, pred)?;
    status = status.max(terminal.show(&cases.findings));
    let bar = terminal.bar(preds.len(), "documents");
    let comparisons = compare(&cases.cases, preds, settings.policies.duplicates, || bar.inc(1));
    bar.finish_and_clear();
    Ok(Scored { comparisons, cases: cases.cases, skipped: cases.skipped, status })
}
