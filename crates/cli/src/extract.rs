//! `goldrule extract`: what texts contain.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use goldrule_extractor::citation::page_of;
use goldrule_harness::{Extractor, Finding, Format, Inputs, OutDir, Stdin, counted, extract_all, input};
use goldrule_schema::AnnotationSet;
use indicatif::ProgressBar;

use crate::shared::{extractor, jobs, on_threads};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule extract note.txt                      one text, as a gold file
  goldrule extract texts --out found             found/<document>.json for each text of a folder
  goldrule extract batch.jsonl --jobs 4          one line of JSON for each {\"id\": …, \"text\": …}
  goldrule extract texts --format csv > all.csv  a row for each record
  goldrule extract note.txt --links              citations with the address of a page to read them on
  pbpaste | goldrule extract -                   standard input";

/// Extract agencies, stances and citations from texts
///
/// Results come in the order of the texts, whatever the number of threads.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A text, a folder of .txt files, a .jsonl of {"id", "text"} records, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write a file for each document to this folder instead of standard output
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// How to write annotations [default: json for one text and with --out, else jsonl]
    #[arg(long, value_enum)]
    format: Option<Formats>,
    /// Add the address of a public page to each citation that has one by rule (`url`)
    #[arg(long)]
    links: bool,
    /// What standard input holds
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    stdin_format: StdinFormat,
    /// Folder of rule files to add; rules of the same id replace the shipped ones
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = jobs)]
    jobs: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Formats {
    /// As gold files; a list of them for anything but one text
    Json,
    /// One line a document
    Jsonl,
    /// One row a record
    Csv,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StdinFormat {
    /// One text
    Text,
    /// One {"id", "text"} record a line
    Jsonl,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let extractor = extractor(args.rules.as_deref())?;
    let stdin = match args.stdin_format {
        StdinFormat::Text => Stdin::Text,
        StdinFormat::Jsonl => Stdin::JsonLines,
    };
    let single = matches!(args.paths.as_slice(), [path] if input::is_single(path, stdin));
    let default = if single || args.out.is_some() { Formats::Json } else { Formats::Jsonl };
    let format = match args.format.unwrap_or(default) {
        Formats::Json => Format::Json,
        Formats::Jsonl => Format::JsonLines,
        Formats::Csv => Format::Csv,
    };
    let paths = args.paths.clone();
    let inputs: Inputs = Box::new(paths.into_iter().flat_map(move |path| input::inputs(&path, stdin)));
    let bar = terminal.bytes(args.paths.iter().map(|path| input::size(path)).sum());
    let work = Work { extractor: &extractor, terminal, bar: &bar, links: args.links };
    let status = on_threads(args.jobs, || match &args.out {
        Some(dir) => work.to_folder(inputs, dir, format),
        None => work.to_stdout(inputs, format, single),
    })?;
    bar.finish_and_clear();
    status
}

struct Work<'a> {
    extractor: &'a Extractor,
    terminal: &'a Terminal,
    bar: &'a ProgressBar,
    links: bool,
}

impl Work<'_> {
    fn to_folder(&self, inputs: Inputs, dir: &Path, format: Format) -> Result<Status, Failure> {
        let out = OutDir::open(dir, format)?;
        let (mut status, mut written) = (Status::Fine, 0);
        let write = |document: &_, set: &_| out.write(document, &self.linked(set));
        extract_all(self.extractor, OutDir::admit(inputs), write, |outcome, bytes| {
            self.bar.inc(bytes);
            match outcome {
                Ok(()) => written += 1,
                Err(finding) => status = status.max(self.show(&finding)),
            }
            Ok::<_, Failure>(())
        })?;
        self.bar
            .suspend(|| self.terminal.note(&format!("{} in {}.", counted(written, "file"), dir.display())));
        Ok(status)
    }

    fn to_stdout(&self, inputs: Inputs, format: Format, single: bool) -> Result<Status, Failure> {
        let mut out = BufWriter::new(io::stdout());
        let mut status = Status::Fine;
        let list = format == Format::Json && !single;
        let mut separator = if list { "[\n" } else { "" };
        out.write_all(format.head().as_bytes())?;
        let write = |_: &_, set: &_| Ok(format.write(&self.linked(set)));
        extract_all(self.extractor, inputs, write, |outcome, bytes| {
            self.bar.inc(bytes);
            match outcome {
                Ok(json) => {
                    out.write_all(separator.as_bytes())?;
                    separator = if list { ",\n" } else { "" };
                    out.write_all(if list { json.trim_end().as_bytes() } else { json.as_bytes() })?;
                }
                Err(finding) => status = status.max(self.show(&finding)),
            }
            Ok::<_, Failure>(())
        })?;
        if list {
            out.write_all(if separator == "[\n" { b"[]\n" } else { b"\n]\n" })?;
        }
        out.flush()?;
        Ok(status)
    }

    /// The set, its citations with the addresses of their pages where that is asked for.
    fn linked<'s>(&self, set: &'s AnnotationSet) -> Cow<'s, AnnotationSet> {
        if !self.links {
            return Cow::Borrowed(set);
        }
        let mut set = set.clone();
        for citation in &mut set.citations {
            let text = citation.text.as_deref().unwrap_or_default();
            if let Some(url) = citation.canonical.as_ref().and_then(|id| page_of(id, text)) {
                citation.extra.insert("url".to_owned(), url.into());
            }
        }
        Cow::Owned(set)
    }

    fn show(&self, finding: &Finding) -> Status {
        self.bar.suspend(|| self.terminal.show([finding]))
    }
}
