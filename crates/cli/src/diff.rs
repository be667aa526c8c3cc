//! `goldrule diff`: what differs between annotation files, by meaning.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use goldrule_curation::{Diff, DiffStyle, diff, render_diff};
use goldrule_harness::{Finding, Style, counted};
use goldrule_schema::{AnnotationSet, read_text};
use rayon::prelude::*;
use serde::Serialize;

use crate::files::targets;
use crate::shared::Texts;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;
use crate::versions;

const EXAMPLES: &str = "\
Examples:
  goldrule diff annotator-a annotator-b             two folders, file by file
  goldrule diff draft.json gold/note.json           added, removed, moved and relabelled records
  goldrule diff old new --format markdown           for a pull request
  git config diff.goldrule.command 'goldrule diff --driver'
                                         what `goldrule hooks install` sets up for git

Exit status: 0 the same, 1 different, 2 could not compare. For git it is always 0.";

/// Show what differs between two annotation files or folders, record by record
///
/// The layout of the files and the order of their records play no part. A record that was removed where a
/// like one that overlaps it was added has moved or changed its labels.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The old file or folder, and the new one
    #[arg(required = true, num_args = 1.., value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write the differences
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Folder of texts to show around the records
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of texts with a manifest [default: that of the project around the new PATH]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Serve git, which gives PATH OLD-FILE OLD-HEX OLD-MODE NEW-FILE NEW-HEX NEW-MODE
    #[arg(long)]
    driver: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

/// Two files that belong together; one of them may be missing.
struct Pair {
    name: String,
    old: Option<PathBuf>,
    new: Option<PathBuf>,
}

#[derive(Serialize)]
struct Report<'d> {
    file: &'d str,
    #[serde(flatten)]
    diff: &'d Diff,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    if args.driver {
        return drive(args, terminal);
    }
    let [old, new] = args.paths.as_slice() else {
        return Err(Failure::message(
            "two files or two folders are compared",
            "give the old and the new one",
        ));
    };
    let pairs = pairs(old, new)?;
    let (texts, _) = Texts::open(args.corpus.as_deref(), args.text.as_deref(), new, terminal)?;
    let compared: Vec<_> = pairs.par_iter().map(|pair| (pair, compare(pair, Some(&texts)))).collect();
    let (mut diffs, mut status, mut failed) = (Vec::new(), Status::Fine, 0);
    for (pair, result) in &compared {
        match result {
            Ok(diff) if diff.is_empty() => {}
            Ok(diff) => diffs.push((pair.name.as_str(), diff)),
            Err(findings) => {
                terminal.show(findings);
                status = Status::CouldNotRun;
                failed += 1;
            }
        }
    }
    let style = style(args.format, terminal);
    if args.format == Format::Json {
        let reports: Vec<_> = diffs.iter().map(|&(file, diff)| Report { file, diff }).collect();
        terminal.print(&(serde_json::to_string_pretty(&reports).unwrap_or_default() + "\n"))?;
    } else {
        for (name, diff) in &diffs {
            terminal.print(&render_diff(name, diff, texts.document(&diff.document), style))?;
        }
    }
    if failed > 0 {
        terminal.note(&format!("{} could not be compared.", counted(failed, "file")));
    }
    if failed < pairs.len() {
        terminal.note(&summary(pairs.len() - failed, &diffs));
    }
    Ok(status.max(if diffs.is_empty() { Status::Fine } else { Status::Problems }))
}

fn style(format: Format, terminal: &Terminal) -> DiffStyle {
    match (format, terminal.style()) {
        (Format::Markdown, _) => DiffStyle::Markdown,
        (_, Style::Bold) => DiffStyle::Colour,
        _ => DiffStyle::Plain,
    }
}

fn summary(files: usize, diffs: &[(&str, &Diff)]) -> String {
    let records: usize = diffs.iter().map(|(_, diff)| diff.records.len()).sum();
    match (files, diffs.len()) {
        (1, 0) => "The same.".to_owned(),
        (1, _) if records == 0 => {
            let keys = diffs.iter().map(|(_, diff)| diff.keys.len()).sum();
            format!("The records are the same; {} of the file or of `meta` not.", counted(keys, "key"))
        }
        (1, _) => format!("{} differ{}.", counted(records, "record"), if records == 1 { "s" } else { "" }),
        (_, many) => {
            format!("{many} of {} differ, in {}.", counted(files, "file"), counted(records, "record"))
        }
    }
}

fn pairs(old: &Path, new: &Path) -> Result<Vec<Pair>, Failure> {
    if !old.is_dir() && !new.is_dir() {
        let name = new.display().to_string();
        return Ok(vec![Pair { name, old: Some(old.to_owned()), new: Some(new.to_owned()) }]);
    }
    if !(old.is_dir() && new.is_dir()) {
        return Err(Failure::message("a file is compared with a folder", "give two files or two folders"));
    }
    let mut all: BTreeMap<PathBuf, Pair> = BTreeMap::new();
    for (root, is_old) in [(old, true), (new, false)] {
        let (files, findings) = targets(&[root.to_owned()]);
        // A folder without annotation files is one whose files are all new or gone.
        let findings: Vec<Finding> =
            findings.into_iter().filter(|finding| finding.diagnostic.code != "no-documents").collect();
        if !findings.is_empty() {
            return Err(findings.into());
        }
        for file in files {
            let path = file.path().to_owned();
            let relative = path.strip_prefix(root).unwrap_or(&path).to_owned();
            let name = relative.display().to_string();
            let pair = all.entry(relative).or_insert(Pair { name, old: None, new: None });
            if is_old { pair.old = Some(path) } else { pair.new = Some(path) }
        }
    }
    Ok(all.into_values().collect())
}

fn compare(pair: &Pair, texts: Option<&Texts>) -> Result<Diff, Vec<Finding>> {
    let source = |path: &Option<PathBuf>| {
        path.as_deref().map(read_text).transpose().map_err(|finding| vec![Finding::from(finding)])
    };
    let (old, new) = (source(&pair.old)?, source(&pair.new)?);
    if old == new {
        return Ok(Diff::default());
    }
    let set = |path: &Option<PathBuf>, source: Option<String>| -> Result<Option<AnnotationSet>, _> {
        path.as_deref().zip(source).map(|(path, source)| versions::read(path, &source, texts)).transpose()
    };
    let (old, new) = match (set(&pair.old, old), set(&pair.new, new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return Err([old.err(), new.err()].into_iter().flatten().flatten().collect()),
    };
    let document = new.as_ref().or(old.as_ref()).map(|set| set.document.clone()).unwrap_or_default();
    let empty = AnnotationSet::new(document);
    Ok(diff(old.as_ref().unwrap_or(&empty), new.as_ref().unwrap_or(&empty)))
}

/// Git stops at any exit status but 0, so what cannot be compared is said in place of the difference.
fn drive(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let (path, old, new) = match args.paths.as_slice() {
        [path, old, _, _, new, ..] => (path, old, new),
        [path] => {
            terminal.print(&format!("{}: not merged yet\n", path.display()))?;
            return Ok(Status::Fine);
        }
        _ => return Err(Failure::message("git gives seven arguments", "leave --driver to git")),
    };
    let there = |file: &PathBuf| (file != Path::new("/dev/null")).then(|| file.clone());
    let pair = Pair { name: path.display().to_string(), old: there(old), new: there(new) };
    let named = args.corpus.is_some() || args.text.is_some();
    let texts = if named {
        let opened = Texts::open(args.corpus.as_deref(), args.text.as_deref(), path, terminal);
        opened.ok().map(|(texts, _)| texts)
    } else {
        let stem = path.file_stem().unwrap_or_default();
        Texts::of(&stem.to_string_lossy(), path)
    };
    match compare(&pair, texts.as_ref()) {
        Ok(diff) => {
            let document = texts.as_ref().and_then(|texts| texts.document(&diff.document));
            let paged = terminal.is_paged_by_git();
            let style = if paged { DiffStyle::Colour } else { style(args.format, terminal) };
            let text = render_diff(&pair.name, &diff, document, style);
            let text =
                if text.is_empty() { format!("{}: only the layout differs\n", pair.name) } else { text };
            if paged { terminal.print_as_is(&text)? } else { terminal.print(&text)? }
        }
        Err(findings) => {
            let many = counted(findings.len(), "error");
            let line = format!(
                "{}: cannot be compared as gold ({many}; `goldrule check` tells, `git diff --no-ext-diff` compares lines)\n",
                pair.name
            );
            terminal.print(&line)?;
        }
    }
    Ok(Status::Fine)
}
