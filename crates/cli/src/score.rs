//! `goldrule score`: compare two folders of annotation files.

use std::path::PathBuf;

use goldrule_harness::{Cases, Report, Show, agreement, annotators_beside, compare};

use crate::shared::{ReportFormat, Texts, print};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule score --gold annotations/gold --pred out
  goldrule score --gold annotations/annotator-a --pred annotations/annotator-b
  goldrule score --gold gold --pred out --text texts --errors
  goldrule score --gold gold --pred out --format json | jq .measures";

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
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let (texts, mut status) =
        Texts::open(args.corpus.as_deref(), args.text.as_deref(), &args.gold, terminal)?;
    let strict = texts.must_have(&args.gold);
    let (cases, preds) = Cases::with_predictions(texts.corpus(), strict, &args.gold, &args.pred)?;
    status = status.max(terminal.show(&cases.findings));
    let bar = terminal.bar(preds.len(), "documents");
    let comparisons = compare(&cases.cases, &preds, || bar.inc(1));
    bar.finish_and_clear();
    let mut agreed = Vec::new();
    if let Some(folders) = annotators_beside(&args.gold) {
        let (scores, findings) = agreement(&folders, &cases.cases)?;
        status = status.max(terminal.show(&findings));
        agreed = scores;
    }
    let show = Show { reveal: args.reveal, mistakes: args.errors };
    print(&Report::new(&comparisons, &agreed, cases.skipped, show), args.format, terminal)?;
    Ok(status)
}
