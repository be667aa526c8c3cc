//! `goldrule check`: everything that is wrong with annotation files.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use goldrule_harness::{Finding, counted};

use crate::files::{Target, targets};
use crate::shared::Texts;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule check annotations/gold                every file of a folder and of those below
  goldrule check draft.json --text texts         offsets and quotes checked against texts/draft.txt
  goldrule check out --format json               for machines";

/// Report everything that is wrong with annotation files, with its place and a remedy
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Annotation files, folders of them, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder of texts to check against
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of texts with a manifest [default: that of the project around the first PATH]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// How to write the findings: for people to standard error, or as JSON to standard output
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let near = args.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let (texts, mut status) = Texts::open(args.corpus.as_deref(), args.text.as_deref(), near, terminal)?;
    let (targets, findings) = targets(&args.paths);
    let mut all = findings;
    let files = targets.len();
    for target in targets {
        match target.read() {
            Ok(source) => all.extend(check(&target, &source, &texts)),
            Err(finding) => all.push(finding),
        }
    }
    status = all.iter().map(Status::of).fold(status, Status::max);
    if args.format == Format::Json {
        let findings: Vec<_> = all.iter().map(|finding| &finding.diagnostic).collect();
        terminal.print(&(serde_json::to_string_pretty(&findings).unwrap_or_default() + "\n"))?;
    } else {
        terminal.show(&all);
    }
    terminal.note(&summary(files, &all));
    Ok(status)
}

fn check(target: &Target, source: &str, texts: &Texts) -> Vec<Finding> {
    goldrule_harness::check_file(&target.name(), source, texts.corpus(), texts.must_have(target.path()))
}

fn summary(files: usize, findings: &[Finding]) -> String {
    let errors = findings.iter().filter(|finding| finding.diagnostic.is_error()).count();
    format!(
        "{} checked: {}, {}.",
        counted(files, "file"),
        counted(errors, "error"),
        counted(findings.len() - errors, "warning")
    )
}
