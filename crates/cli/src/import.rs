//! `goldrule import`: annotation files from the formats of other tools.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use goldrule_formats::{Direction, Format, InFile, Unit};
use goldrule_harness::{Finding, counted};
use goldrule_schema::{Diagnostic, read_text, to_canonical_json};

use crate::export::{format, names};
use crate::files::walk;
use crate::outputs::{Output, plan};
use crate::shared::Texts;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule import --as brat brat --out annotations/mine        every .ann of a folder and below
  goldrule import --as prodigy - < gold.jsonl > note.json      one document, standard input to output
  goldrule import --as label-studio export.json --out mine --unit utf-16
                                                               a file of a version that counted UTF-16
  goldrule import --as doccano all.jsonl --out mine --texts-out corpus
                                                               the texts too

A file whose quotes do not stand where it says is refused, and the unit named in which they would. What a
gold file has no place for is named; with --strict the file is refused. What annotators rejected, ignored or
cancelled is set aside and counted.";

/// Read annotations of another tool into annotation files
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files, folders of them, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The format
    #[arg(long = "as", value_name = "FORMAT", value_parser = names(Direction::Export))]
    format: String,
    /// Folder to write annotation files to, or - for standard output [default: standard output, for one]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Folder to write the texts to that files carry and that are not at hand
    #[arg(long, value_name = "DIR")]
    texts_out: Option<PathBuf>,
    /// What the offsets count, where the files do not keep to their format
    #[arg(long, value_enum, value_name = "UNIT")]
    unit: Option<Units>,
    /// Refuse files that say what an annotation file has no place for
    #[arg(long)]
    strict: bool,
    /// Overwrite files that hold something else
    #[arg(long)]
    force: bool,
    /// Folder of texts
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of texts with a manifest [default: that of the project around the first PATH]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Units {
    CodePoints,
    #[value(name = "utf-16")]
    Utf16,
    Bytes,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let format = format(&args.format)?;
    let near = args.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let (texts, status) = Texts::open(args.corpus.as_deref(), args.text.as_deref(), near, terminal)?;
    let files = read(&args.paths, format)?;
    let unit = args.unit.map(|unit| match unit {
        Units::CodePoints => Unit::CodePoints,
        Units::Utf16 => Unit::Utf16,
        Units::Bytes => Unit::Bytes,
    });
    let import = format.import(&files, &|id| texts.document(id), unit);
    let found: Vec<Finding> =
        import.diagnostics.into_iter().map(|diagnostic| with_source(diagnostic, &files)).collect();
    let mut status = status.max(terminal.show(&found));
    for (why, count) in &import.set_aside {
        terminal.note(&format!("{} set aside: {why}", counted(*count, "document")));
    }
    if args.strict && found.iter().any(|finding| finding.diagnostic.code == "left-out") {
        terminal.error("something would be left out and --strict was given; nothing was written");
        return Ok(status.max(Status::Problems));
    }
    if status > Status::Fine {
        terminal.note("Nothing was written.");
        return Ok(status);
    }
    let gold: Vec<Output> = import
        .documents
        .iter()
        .map(|(document, set)| Output {
            name: format!("{}.json", document.id()),
            contents: to_canonical_json(set).into_bytes(),
        })
        .collect();
    let new = import.documents.iter().filter(|(document, _)| texts.document(document.id()).is_none());
    let new: Vec<Output> = new
        .map(|(document, _)| Output {
            name: format!("{}.txt", document.id()),
            contents: document.text().as_bytes().to_vec(),
        })
        .collect();
    // What cannot be written is found before anything is.
    let texts_out = args.texts_out.as_deref().map(|dir| plan(dir, &new, args.force, false)).transpose()?;
    if gold.is_empty() {
        let help = "look whether these are the files meant, and the notes above";
        return Err(Failure::message("these files hold no document to import", help));
    }
    match args.out.as_deref().filter(|dir| *dir != Path::new("-")) {
        None => {
            let [only] = gold.as_slice() else {
                let message = format!("these are {}", counted(gold.len(), "document"));
                return Err(Failure::message(message, "name a folder for their files with --out"));
            };
            terminal.print(&String::from_utf8_lossy(&only.contents))?;
        }
        Some(dir) => {
            let written = plan(dir, &gold, args.force, false)?.write()?;
            terminal.note(&format!(
                "{} in {}: {} written, the rest unchanged.",
                counted(gold.len(), "document"),
                dir.display(),
                counted(written, "file")
            ));
        }
    }
    match texts_out {
        Some(texts) => {
            texts.write()?;
        }
        None if !new.is_empty() => terminal.note(&format!(
            "{} not in the corpus: --texts-out DIR writes what the files carry.",
            counted(new.len(), "text")
        )),
        None => {}
    }
    status = status.max(Status::Fine);
    Ok(status)
}

fn with_source(diagnostic: Diagnostic, files: &[InFile]) -> Finding {
    let source =
        files.iter().find(|file| file.name == diagnostic.file).map_or("", |file| file.source.as_str());
    Finding { source: source.into(), diagnostic }
}

/// The files named, and those of the folders named and of the folders below that have the format's extensions.
fn read(paths: &[PathBuf], format: &dyn Format) -> Result<Vec<InFile>, Failure> {
    let (mut files, mut findings) = (Vec::new(), Vec::new());
    let mut add = |path: &Path, files: &mut Vec<InFile>| match read_text(path) {
        Ok(source) => files.push(InFile { name: path.display().to_string(), source }),
        Err(finding) => findings.push(finding),
    };
    for path in paths {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)?;
            let source = String::from_utf8(bytes)
                .map_err(|_| Failure::message("standard input is not UTF-8", "save it as UTF-8"))?;
            files.push(InFile { name: "standard input".into(), source });
        } else if path.is_dir() {
            let mut inside = Vec::new();
            walk(path, &mut inside).map_err(|error| {
                Failure::message(format!("cannot read {}: {error}", path.display()), "check its permissions")
            })?;
            let wanted = |path: &PathBuf| {
                let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
                path.is_file() && format.extensions().contains(&extension)
            };
            let before = files.len();
            inside.iter().filter(|path| wanted(path)).for_each(|path| add(path, &mut files));
            if files.len() == before {
                let message =
                    format!("{} holds no .{} files", path.display(), format.extensions().join(" or ."));
                return Err(Failure::message(message, "name a folder that does, or a file"));
            }
        } else {
            add(path, &mut files);
            // The text of a brat file stands beside it.
            let text = path.with_extension("txt");
            if format.name() == "brat"
                && path.extension().is_some_and(|extension| extension == "ann")
                && text.is_file()
            {
                add(&text, &mut files);
            }
        }
    }
    if findings.is_empty() { Ok(files) } else { Err(findings.into()) }
}
