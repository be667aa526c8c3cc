//! `goldrule export`: gold for other tools.

use std::path::PathBuf;

use goldrule_formats::{Export, Format, Losses, Piece};
use goldrule_harness::{Finding, counted};
use goldrule_schema::{AnnotationSet, Diagnostic, Document, read_annotations};

use crate::files::targets;
use crate::shared::{Texts, format_name, write_all};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule export --as brat annotations/gold --out brat      a folder that brat opens
  goldrule export --as prodigy annotations/gold > gold.jsonl a line a document, for Prodigy and spaCy
  goldrule export --as csv annotations/gold --out tables     tables for spreadsheets
  goldrule export --as conll --strict gold/note.json         refuse if anything would be lost

Formats: brat, prodigy, w3c, label-studio, cas, doccano, conll, csv. What each keeps and loses is in
crates/formats/FORMATS.md, and an export says it with counts.";

/// Write annotation files in the format of another tool
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Annotation files or folders of them
    #[arg(required = true, value_name = "GOLD")]
    paths: Vec<PathBuf>,
    /// The format
    #[arg(long = "as", value_name = "FORMAT", value_parser = format_name)]
    format: Format,
    /// Folder to write to; formats of one stream go to standard output without it
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Folder of texts [default: that of the project around GOLD]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder of more texts
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Refuse where the format cannot hold everything
    #[arg(long)]
    strict: bool,
    /// Replace files that stand in the way
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let format = args.format;
    if !format.is_out() {
        let message = format!("goldrule does not write {}", format.title());
        return Err(Failure::message(message, "it reads it: goldrule import --as webanno"));
    }
    if args.out.is_none() && !format.is_stream() {
        let message = format!("{} is more than one file", format.title());
        return Err(Failure::message(message, "name a folder with --out"));
    }
    let near = args.paths[0].clone();
    let (texts, mut status) = Texts::open(args.corpus.as_deref(), args.text.as_deref(), &near, terminal)?;
    let (sets, read) = gold(&args.paths, &texts, terminal);
    status = status.max(read);
    let pieces: Vec<_> = sets.iter().map(|(document, set)| Piece { document, set }).collect();
    let Export { files, losses } = goldrule_formats::export(format, &pieces);
    tell(format, &losses, terminal);
    if args.strict && !losses.is_empty() {
        terminal.error("nothing was written: --strict refuses to lose anything");
        return Ok(status.max(Status::Problems));
    }
    match &args.out {
        Some(dir) => {
            let files: Vec<_> = files.into_iter().map(|file| (file.name, file.contents)).collect();
            status = status.max(write_all(dir, &files, args.force, terminal)?);
        }
        None => {
            if let Some(file) = files.first() {
                terminal.print(&file.contents)?;
            }
        }
    }
    Ok(status)
}

/// The sets that can be read and whose text may be shipped, with their texts.
fn gold<'t>(
    paths: &[PathBuf],
    texts: &'t Texts,
    terminal: &Terminal,
) -> (Vec<(&'t Document, AnnotationSet)>, Status) {
    let (targets, findings) = targets(paths);
    let mut status = terminal.show(&findings);
    let mut sets = Vec::new();
    for target in targets {
        let source = match target.read() {
            Ok(source) => source,
            Err(finding) => {
                status = status.max(terminal.show([&finding]));
                continue;
            }
        };
        let name = target.name();
        let id = goldrule_harness::document_of(&name, &source).unwrap_or_default();
        let document = texts.document(&id);
        let reading = read_annotations(&name, &source, document);
        let errors = reading.diagnostics.iter().filter(|finding| finding.is_error());
        let findings: Vec<_> = errors
            .map(|finding| Finding { diagnostic: finding.clone(), source: source.as_str().into() })
            .collect();
        status = status.max(terminal.show(&findings));
        let Some(set) = reading.set.filter(|_| findings.is_empty()) else { continue };
        if set.meta.quotes_withheld {
            terminal.note(&format!("{name}: its text may not be shipped; it is left out."));
            continue;
        }
        match document {
            Some(document) => sets.push((document, set)),
            None => {
                let help = "name the folder of its text with --corpus";
                let message = format!("there is no text for the document `{id}`");
                let finding = Diagnostic::whole("missing-document", name, message, help).into();
                status = status.max(terminal.show([&finding]));
            }
        }
    }
    (sets, status)
}

fn tell(format: Format, losses: &Losses, terminal: &Terminal) {
    for (feature, count) in losses.iter() {
        terminal.note(&format!(
            "{} does not hold {}: {}",
            format.title(),
            feature.title(),
            counted(count, "time")
        ));
    }
}
