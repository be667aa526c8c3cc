//! `goldrule verify`: whether a report still holds.

use std::path::PathBuf;

use goldrule_harness::{Contrast, Origin, Report, Show, Sources, Systems, Written};

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
    /// A report in JSON, of eval, score or compare
    #[arg(value_name = "REPORT.json")]
    report: PathBuf,
    /// Folder of gold files [default: the one the report names]
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
    /// Folder of predicted files [default: the one the report names; not for a comparison]
    #[arg(long, value_name = "DIR")]
    pred: Option<PathBuf>,
    /// Folder of texts [default: the one the report names]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder with texts that are not shipped [default: the one the report names]
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of rules that were added [default: the one the report names; not for a comparison]
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = jobs)]
    jobs: Option<usize>,
}

impl Args {
    /// Where the sets are now, for a system whose sets came from `named`.
    fn sources(&self, named: &Sources) -> Sources {
        let named = named.clone();
        Sources {
            gold: self.gold.clone().or(named.gold),
            corpus: self.corpus.clone().or(named.corpus),
            text: self.text.clone().or(named.text),
            ..named
        }
    }
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let written = Written::read(&args.report)?;
    let (differences, status) = match &written.origin {
        Origin::Report(named) => {
            let named = Sources {
                pred: args.pred.clone().or(named.pred.clone()),
                rules: args.rules.clone().or(named.rules.clone()),
                ..args.sources(named)
            };
            let scored = Scored::new(&named, &written.settings, args.jobs, terminal)?;
            let report = on_threads(args.jobs, || {
                Report::new(&scored.comparisons, &[], scored.skipped, Show::default(), &written.settings)
            })?;
            (written.differences(&report.to_json()), scored.status)
        }
        Origin::Contrast(named) => {
            let systems = Systems { old: args.sources(&named.old), new: args.sources(&named.new) };
            let old = Scored::new(&systems.old, &written.settings, args.jobs, terminal)?;
            let new = Scored::new(&systems.new, &written.settings, args.jobs, terminal)?;
            let contrast = on_threads(args.jobs, || {
                Contrast::new(&old.comparisons, &new.comparisons, systems, false, &written.settings)
            })?;
            (written.differences(&contrast.to_json()), old.status.max(new.status))
        }
    };
    if differences.is_empty() {
        let text = format!(
            "{} holds: the same figures from the same gold and predictions.\n",
            args.report.display()
        );
        terminal.print(&text)?;
        return Ok(status);
    }
    let mut text = format!("{} does not hold:\n", args.report.display());
    for difference in differences {
        text.extend(["  ", &difference, "\n"]);
    }
    terminal.print(&text)?;
    Ok(status.max(Status::Problems))
}
