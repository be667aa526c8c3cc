//! `goldrule score`: compare two folders of annotation files.

use std::path::{Path, PathBuf};

use goldrule_harness::{Compat, Detail, Report, Show, Sources, agreement, annotators_beside};

use crate::scoring::{Outcome, Scored, of_files};
use crate::shared::{ReportFormat, print};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule score --gold annotations/gold --pred out
  goldrule score --gold annotations/annotator-a --pred annotations/annotator-b
  goldrule score --gold gold --pred out --text texts --errors
  goldrule score --gold gold --pred out --format json | jq .measures
  goldrule score --gold gold --pred out --schemes --compat nervaluate
  goldrule score --gold gold --pred out --fail-under stance.tuple=0.8 --ledger rows.csv";

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
    /// List every record that was missed or made up, with its place
    #[arg(long)]
    errors: bool,
    /// Name documents and list errors of every split, not of dev alone
    #[arg(long)]
    reveal: bool,
    /// Add the spans under every scheme, the averages over labels and documents, and coreference
    #[arg(long)]
    schemes: bool,
    /// Add the counts of another tool, in the order of the files
    #[arg(long, value_name = "TOOL")]
    compat: Option<Compat>,
    #[command(flatten)]
    outcome: Outcome,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let before = args.outcome.before()?;
    let sources = Sources {
        gold: Some(args.gold.clone()),
        pred: Some(args.pred.clone()),
        corpus: args.corpus.clone(),
        text: args.text.clone(),
        ..Sources::default()
    };
    let (scored, cases, preds) = of_files(&sources, &args.gold, &args.pred, terminal)?;
    let mut status = scored.status;
    let mut agreed = Vec::new();
    if let Some(folders) = annotators_beside(&args.gold) {
        let (scores, findings) = agreement(&folders, &cases.cases)?;
        status = status.max(terminal.show(&findings));
        agreed = scores;
    }
    let show = Show { reveal: args.reveal, mistakes: args.errors };
    let mut report = Report::new(&scored.comparisons, &agreed, scored.skipped, show);
    report.sources = sources;
    if args.schemes || args.compat.is_some() {
        report.detail = Some(Detail::new(cases.cases.iter().map(|case| &case.gold).zip(&preds), args.compat));
    }
    print(&report, args.format, terminal)?;
    let settled =
        args.outcome.settle(before.as_ref(), &report, &scored.comparisons, args.reveal, terminal)?;
    Ok(status.max(settled))
}

/// Scores a folder of predictions.
pub(crate) fn scored(
    sources: &Sources,
    gold: &Path,
    pred: &Path,
    terminal: &Terminal,
) -> Result<Scored, Failure> {
    of_files(sources, gold, pred, terminal).map(|(scored, ..)| scored)
}
