//! `goldrule compare`: two systems on the same gold.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use goldrule_harness::{Contrast, Sources, Style, Systems};

use goldrule_report::Contrasted;

use crate::conventions::Conventions;
use crate::drawn::Output;
use crate::scoring::Scored;
use crate::shared::{jobs, on_threads};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule compare shipped my-rules                         the shipped rules, and with yours added
  goldrule compare before after --gold annotations/gold     two folders of predictions
  goldrule compare shipped my-rules --records               every record that was gained or lost
  goldrule compare before after --gold gold --format html -o difference.html
  goldrule compare before after --gold gold --format markdown --fail-on-drop";

/// Compare two systems: which figures moved, by more than chance, and which rules moved them
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The old system: a folder of predictions, a folder of rules to add, or `shipped`
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new system
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Folder of gold files [default: the project's annotations/gold]
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
    /// Folder of .txt files [default: the project's corpus]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder with texts that the corpus names and does not hold
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Only the documents of this split; for systems that are rules
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
    /// How to write the comparison
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    #[command(flatten)]
    output: Output,
    /// List every record that was gained, lost or made up
    #[arg(long)]
    records: bool,
    /// List records of every split, not of dev alone
    #[arg(long)]
    reveal: bool,
    /// Exit with 1 where a figure fell, and name it
    #[arg(long)]
    fail_on_drop: bool,
    #[command(flatten)]
    conventions: Conventions,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = jobs)]
    jobs: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns
    Table,
    /// One object with stable keys
    Json,
    /// For pull requests
    Markdown,
    /// One page with figures, changed records and texts, for a browser
    Html,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let settings = args.conventions.settings();
    let sources = Systems { old: sources(args, &args.old)?, new: sources(args, &args.new)? };
    let old = Scored::new(&sources.old, &settings, args.jobs, terminal)?;
    let new = Scored::new(&sources.new, &settings, args.jobs, terminal)?;
    let contrast = on_threads(args.jobs, || {
        Contrast::new(&old.comparisons, &new.comparisons, sources, args.reveal, &settings)
    })?;
    let text = match args.format {
        Format::Table => contrast.to_table(args.output.style(terminal), args.records),
        Format::Markdown => contrast.to_table(Style::Markdown, args.records),
        Format::Json => contrast.to_json(),
        Format::Html => {
            let title = "goldrule compare";
            let (old, new, cases) = (&old.comparisons, &new.comparisons, &new.cases);
            args.output.contrast(&Contrasted { title, contrast: &contrast, old, new, cases }, args.reveal)
        }
    };
    args.output.write(&text, terminal)?;
    let mut status = old.status.max(new.status);
    if contrast.documents == 0 {
        terminal.error("no document was scored for both");
        status = status.max(Status::Problems);
    }
    if args.fail_on_drop {
        for change in contrast.falls() {
            let figure =
                |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.4}"));
            let (old, new) = (figure(change.old), figure(change.new));
            terminal.error(&format!("{} fell from {old} to {new}", change.measure));
            status = status.max(Status::Problems);
        }
    }
    Ok(status)
}

/// What a system is: predictions where a folder holds annotation files, rules otherwise.
fn sources(args: &Args, system: &Path) -> Result<Sources, Failure> {
    let sources = Sources {
        gold: args.gold.clone(),
        corpus: args.corpus.clone(),
        text: args.text.clone(),
        split: args.split.clone(),
        ..Sources::default()
    };
    if system == Path::new("shipped") {
        return Ok(sources);
    }
    let entries = std::fs::read_dir(system).map_err(|error| {
        let message = format!("cannot read {}: {error}", system.display());
        Failure::message(message, "name a folder of predictions or of rules, or write `shipped`")
    })?;
    let is_json = |entry: std::fs::DirEntry| entry.path().extension().is_some_and(|e| e == "json");
    if !entries.flatten().any(is_json) {
        return Ok(Sources { rules: Some(system.to_path_buf()), ..sources });
    }
    let gold = sources.gold.or_else(|| goldrule_harness::Project::here().map(|project| project.gold()));
    Ok(Sources { pred: Some(system.to_path_buf()), gold, ..sources })
}
