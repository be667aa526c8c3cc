//! `goldrule export`: annotation files in the formats of other tools.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use goldrule_formats::{Direction, FORMATS, Format, Item, by_name, formulas, project};
use goldrule_harness::{Finding, counted};
use goldrule_schema::{AnnotationSet, Diagnostic, Document, read_annotations};

use crate::files::targets;
use crate::outputs::{Output, alike, plan};
use crate::shared::Texts;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule export --as brat annotations/gold --out brat        a folder that brat opens
  goldrule export --as prodigy annotations/gold > gold.jsonl   one stream
  goldrule export --as conll draft.json --text texts           a file whose text is in texts/
  goldrule export --as doccano annotations/gold --out d --strict
                                                               nothing, where anything would be lost

What a format cannot hold is counted on standard error. Texts that may not be shipped are left out.";

/// Write annotation files in the format of another tool
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Args {
    /// Annotation files, folders of them, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The format
    #[arg(long = "as", value_name = "FORMAT", value_parser = names(Direction::Import))]
    format: String,
    /// Folder to write to, or - for standard output [default: standard output, for formats of one file]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write nothing where the format would lose anything or a document is left out
    #[arg(long)]
    strict: bool,
    /// Overwrite files that an export did not write or that were changed since
    #[arg(long)]
    force: bool,
    /// Begin each CSV file with a byte-order mark, by which spreadsheets know UTF-8
    #[arg(long)]
    bom: bool,
    /// Export texts that may not be shipped too, where --text holds them; the result may not be shipped either
    #[arg(long, requires = "text")]
    withheld: bool,
    /// Folder of texts
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of texts with a manifest [default: that of the project around the first PATH]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
}

/// Names of the formats that do not go this way only.
pub(crate) fn names(not: Direction) -> PossibleValuesParser {
    FORMATS
        .iter()
        .filter(|format| format.direction() != not)
        .map(|format| format.name())
        .collect::<Vec<_>>()
        .into()
}

/// The format of a name that the parser let pass.
pub(crate) fn format(name: &str) -> Result<&'static dyn Format, Failure> {
    by_name(name).ok_or_else(|| Failure::message(format!("there is no format `{name}`"), "see --help"))
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let format = format(&args.format)?;
    let near = args.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let (texts, mut status) = Texts::open(args.corpus.as_deref(), args.text.as_deref(), near, terminal)?;
    let (targets, findings) = targets(&args.paths);
    status = status.max(terminal.show(&findings));
    let (mut documents, mut sources, mut skipped) = (Vec::new(), Vec::new(), 0);
    for target in targets {
        match load(&target, &texts, args.withheld) {
            Ok(Some(pair)) => {
                documents.push(pair);
                sources.push(target.name());
            }
            Ok(None) => {
                skipped += 1;
                terminal.note(&format!("{}: left out, its text may not be shipped", target.name()));
            }
            Err(findings) => status = status.max(terminal.show(&findings)),
        }
    }
    let names = documents.iter().zip(&sources);
    status =
        status.max(terminal.show(&alike(names.map(|((document, _), name)| (document.id(), name.as_str())))));
    if status > Status::Fine {
        terminal.note("Nothing was written.");
        return Ok(status);
    }
    let lost = losses(format, &documents, terminal);
    if args.strict && (lost > 0 || skipped > 0) {
        terminal.error("the format cannot hold everything and --strict was given; nothing was written");
        return Ok(Status::Problems);
    }
    let items: Vec<_> = documents.iter().map(|(document, set)| Item { document, set }).collect();
    let files = format.export(&items);
    if format.name() == "csv" {
        let cells: usize = files.iter().map(|file| formulas(&file.contents)).sum();
        if cells > 0 {
            terminal.note(&format!(
                "{} may be taken for a formula by a spreadsheet: import the tables as text. No cell was changed.",
                counted(cells, "cell")
            ));
        }
    }
    let mark = if args.bom && format.name() == "csv" { "\u{feff}" } else { "" };
    match args.out.as_deref().filter(|dir| *dir != Path::new("-")) {
        None => {
            let mut own = files.iter().filter(|file| !file.setup);
            let (Some(file), None) = (own.next(), own.next()) else {
                let message = format!("`{}` would be {} here", format.name(), counted(files.len(), "file"));
                return Err(Failure::message(message, "name a folder for them with --out"));
            };
            terminal.print(&format!("{mark}{}", file.contents))?;
        }
        Some(dir) => {
            let output = |file: goldrule_formats::OutFile| Output {
                name: file.name,
                contents: format!("{mark}{}", file.contents).into_bytes(),
            };
            let files: Vec<_> = files.into_iter().map(output).collect();
            let written = plan(dir, &files, args.force, true)?.write()?;
            terminal.note(&format!(
                "{} in {}: {} written, the rest unchanged.",
                counted(documents.len(), "document"),
                dir.display(),
                counted(written, "file")
            ));
        }
    }
    Ok(status)
}

/// A document with its records; `None` where its text may not be shipped.
fn load(
    target: &crate::files::Target,
    texts: &Texts,
    withheld: bool,
) -> Result<Option<(Document, AnnotationSet)>, Vec<Finding>> {
    let source = target.read().map_err(|finding| vec![finding])?;
    let id = goldrule_harness::document_of(&target.name(), &source).unwrap_or_default();
    let reading = read_annotations(&target.name(), &source, texts.document(&id));
    let shared: std::sync::Arc<str> = source.into();
    let set = reading.accepted().map_err(|diagnostics| {
        let finding = |diagnostic| Finding { diagnostic, source: shared.clone() };
        diagnostics.into_iter().map(finding).collect::<Vec<_>>()
    })?;
    let gone = texts
        .corpus()
        .entry(&id)
        .is_some_and(|entry| matches!(entry.state, goldrule_schema::TextState::Withheld));
    if gone || set.meta.quotes_withheld && !withheld {
        return Ok(None);
    }
    let Some(document) = texts.document(&id) else {
        let help = "give the folder that holds it with `--text`";
        let message = format!("the text of `{id}` is not at hand");
        return Err(vec![Diagnostic::whole("no-text", target.name(), message, help).into()]);
    };
    Ok(Some((document.clone(), set)))
}

/// Says what the format loses; how much in all.
fn losses(format: &dyn Format, documents: &[(Document, AnnotationSet)], terminal: &Terminal) -> usize {
    let mut sums = BTreeMap::new();
    for (document, set) in documents {
        for loss in project(set, format.holds(), document).1 {
            *sums.entry(loss.feature).or_insert(0) += loss.count;
        }
    }
    for (feature, count) in &sums {
        terminal.note(&format!("{} does not hold {count} × {}", format.name(), feature.as_str()));
    }
    sums.values().sum()
}
