//! `goldrule import`: gold from the files of other tools.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use goldrule_formats::{Format, Input};
use goldrule_harness::Finding;
use goldrule_schema::{Diagnostic, read_text, to_canonical_json};

use crate::shared::{Texts, format_name, write_all};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule import --as brat brat-data --corpus corpus --out annotations/ana
  goldrule import --as label-studio export.json --out annotations/ana
  goldrule import --as prodigy - < reviewed.jsonl > note.json    one document, to standard output
  goldrule import --as csv tables --out annotations/gold --force

Offsets are converted from what the format counts, and every quote is held against the text. Where anything is
wrong, all of it is named and nothing is written.";

/// Read another tool's annotations into annotation files
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files or folders of the other tool, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The format
    #[arg(long = "as", value_name = "FORMAT", value_parser = format_name)]
    format: Format,
    /// Folder to write to; one document goes to standard output without it
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Folder of texts [default: that of the project around the current folder]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder of more texts
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Replace files that stand in the way
    #[arg(long)]
    force: bool,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let format = args.format;
    if !format.is_in() {
        let message = format!("goldrule does not read {}", format.title());
        return Err(Failure::message(
            message,
            "it reads brat, prodigy, w3c, label-studio, webanno, doccano and csv",
        ));
    }
    let (texts, mut status) =
        Texts::open(args.corpus.as_deref(), args.text.as_deref(), Path::new("."), terminal)?;
    let mut inputs = Vec::new();
    for path in &args.paths {
        match read(path, format) {
            Ok(more) => inputs.extend(more),
            Err(finding) => status = status.max(terminal.show([&Finding::from(finding)])),
        }
    }
    let imported = goldrule_formats::import(format, &inputs, &|id| texts.document(id));
    let sources: HashMap<&str, Arc<str>> =
        inputs.iter().map(|input| (input.name.as_str(), input.contents.as_str().into())).collect();
    let findings: Vec<_> = imported
        .diagnostics
        .into_iter()
        .map(|diagnostic| {
            let source = sources.get(diagnostic.file.as_str()).cloned().unwrap_or_else(|| "".into());
            Finding { diagnostic, source }
        })
        .collect();
    status = status.max(terminal.show(&findings));
    if status > Status::Fine {
        terminal.note("Nothing was written.");
        return Ok(status);
    }
    let files: Vec<_> =
        imported.sets.iter().map(|set| (format!("{}.json", set.document), to_canonical_json(set))).collect();
    match (&args.out, files.as_slice()) {
        (Some(dir), _) => Ok(status.max(write_all(dir, &files, args.force, terminal)?)),
        (None, [(_, only)]) => {
            terminal.print(only)?;
            Ok(status)
        }
        (None, []) => {
            let message = format!("there is no {} here", format.title());
            let help = format!("name files that end in .{}, or a folder of them", format.extension());
            Err(Failure::message(message, help))
        }
        (None, many) => {
            let message = format!("these are {} documents", many.len());
            Err(Failure::message(message, "name a folder for their files with --out"))
        }
    }
}

/// The file, or the format's files of a folder.
fn read(path: &Path, format: Format) -> Result<Vec<Input>, Diagnostic> {
    let input = |name: String, text: String| {
        let contents = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Input { name, contents }
    };
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text).map_err(|error| {
            let message = format!("cannot read it: {error}");
            Diagnostic::whole("unreadable", "standard input", message, "give it UTF-8 text")
        })?;
        return Ok(vec![input("standard input".into(), text)]);
    }
    if !path.is_dir() {
        return Ok(vec![input(path.display().to_string(), read_text(path)?)]);
    }
    let unreadable = |error: std::io::Error| {
        let message = format!("cannot read the folder: {error}");
        Diagnostic::whole(
            "unreadable",
            path.display().to_string(),
            message,
            "check the path and its permissions",
        )
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(path).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|found| found == format.extension()) && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    paths.iter().map(|path| Ok(input(path.display().to_string(), read_text(path)?))).collect()
}
