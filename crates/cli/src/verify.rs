//! `goldrule verify`: whether a report still holds.

use std::path::PathBuf;

use goldrule_harness::{Report, Show, Sources, Written};

use crate::scoring::Scored;
use crate::shared::{jobs, on_threads};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule eval --format json > report.json
  goldrule verify report.json                          where the report was made
  goldrule verify report.json --gold gold --pred out   with the folders somewhere else";

/// Make a report anew and say whether it holds
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A report in JSON, of eval or score
    #[arg(value_name = "REPORT.json")]
    report: PathBuf,
    /// Folder of gold files [default: the one the report names]
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
    /// Folder of predicted files [default: the one the report names]
    #[arg(long, value_name = "DIR")]
    pred: Option<PathBuf>,
    /// Folder of texts [default: the one the report names]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder with texts that are not shipped [default: the one the report names]
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of rules that were added [default: the one the report names]
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = jobs)]
    jobs: Option<usize>,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let written = Written::read(&args.report)?;
    let named = written.sources.clone();
    let sources = Sources {
        gold: args.gold.clone().or(named.gold),
        pred: args.pred.clone().or(named.pred),
        corpus: args.corpus.clone().or(named.corpus),
        text: args.text.clone().or(named.text),
        rules: args.rules.clone().or(named.rules),
        split: named.split,
    };
    let scored = Scored::new(&sources, args.jobs, terminal)?;
    let report =
        on_threads(args.jobs, || Report::new(&scored.comparisons, &[], scored.skipped, Show::default()))?;
    let differences = written.differences(&report.to_json());
    if differences.is_empty() {
        let text = format!(
            "{} holds: the same figures from the same gold and predictions.\n",
            args.report.display()
        );
        terminal.print(&text)?;
        return Ok(scored.status);
    }
    let mut text = format!("{} does not hold:\n", args.report.display());
    for difference in differences {
        text.extend(["  ", &difference, "\n"]);
    }
    terminal.print(&text)?;
    Ok(scored.status.max(Status::Problems))
}
