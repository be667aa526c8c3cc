//! `goldrule fmt`: annotation files in canonical form.

use std::path::{Path, PathBuf};

use goldrule_harness::{Finding, counted};
use goldrule_schema::{Diagnostic, Formatted, format_annotations, write_atomically};

use crate::files::{Target, targets};
use crate::shared::Texts;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule fmt annotations/gold                 rewrite what is not in canonical form
  goldrule fmt --check annotations/gold         only name those files; exit with 1 where there are any
  goldrule fmt - --text texts < draft.json      standard input to standard output";

/// Lay annotation files out canonically and fill in offsets from quotes
///
/// A file with errors is left as it is. Where a quote was edited, its span is moved to the one match that
/// overlaps the old span, and the move is reported.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Annotation files, folders of them, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write nothing; name the files that are not in canonical form
    #[arg(long)]
    check: bool,
    /// Folder of texts that offsets are worked out from
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of texts with a manifest [default: that of the project around the first PATH]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let near = args.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let (texts, mut status) = Texts::open(args.corpus.as_deref(), args.text.as_deref(), near, terminal)?;
    let (targets, findings) = targets(&args.paths);
    status = status.max(terminal.show(&findings));
    let (mut changed, files) = (0, targets.len());
    for target in targets {
        let (source, formatted) = match format(&target, &texts) {
            Ok(formatted) => formatted,
            Err(findings) => {
                status = status.max(terminal.show(&findings));
                continue;
            }
        };
        let source_of: std::sync::Arc<str> = source.as_str().into();
        let warning = |diagnostic| Finding { diagnostic, source: source_of.clone() };
        terminal.show(&formatted.warnings.into_iter().map(warning).collect::<Vec<_>>());
        for note in &formatted.notes {
            terminal.note(&format!("{}: {note}", target.name()));
        }
        let differs = formatted.json != source;
        changed += usize::from(differs);
        if args.check && differs {
            terminal.print(&format!("{}\n", target.name()))?;
            status = status.max(Status::Problems);
        } else if target.is_stdin() && !args.check {
            terminal.print(&formatted.json)?;
        } else if differs {
            status = status.max(write(&target, &source, &formatted.json, terminal));
        }
    }
    let done = if args.check { "would change" } else { "changed" };
    terminal.note(&format!("{changed} of {} {done}.", counted(files, "file")));
    Ok(status)
}

fn format(target: &Target, texts: &Texts) -> Result<(String, Formatted), Vec<Finding>> {
    let source = target.read().map_err(|finding| vec![finding])?;
    let id = goldrule_harness::document_of(&target.name(), &source);
    let formatted = format_annotations(&target.name(), &source, id.and_then(|id| texts.document(&id)));
    match formatted {
        Ok(formatted) => Ok((source, formatted)),
        Err(diagnostics) => {
            let source: std::sync::Arc<str> = source.into();
            Err(diagnostics
                .into_iter()
                .map(|diagnostic| Finding { diagnostic, source: source.clone() })
                .collect())
        }
    }
}

fn write(target: &Target, source: &str, json: &str, terminal: &Terminal) -> Status {
    let Err(error) = write_atomically(target.path(), json.as_bytes(), Some(source.as_bytes())) else {
        return Status::Fine;
    };
    let message = format!("cannot write it: {error}");
    let finding = Diagnostic::whole("unwritable", target.name(), message, "mend that and run it again");
    terminal.show([&finding.into()])
}
