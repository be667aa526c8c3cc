//! `goldrule check`: everything that is wrong with annotation files.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use goldrule_curation::Conflicts;
use goldrule_harness::{Finding, Strictness, codes, counted, document_of, explain_code, fix_annotations};
use goldrule_schema::{Diagnostic, write_atomically};
use rayon::prelude::*;

use crate::files::{Target, targets};
use crate::shared::Texts;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;
use crate::watch;

const EXAMPLES: &str = "\
Examples:
  goldrule check annotations/gold                every file of a folder and of those below
  goldrule check annotations/gold --watch        again whenever a file is written
  goldrule check draft.json --text texts         offsets and quotes checked against texts/draft.txt
  goldrule check draft.json --fix                trim what does not belong into a span
  goldrule check --explain leading-determiner    what a finding means
  goldrule check out --format json               for machines";

/// Report everything that is wrong with annotation files, with its place and a remedy
///
/// What cannot be read as gold is an error, and so is a merge's conflict that nobody has settled; what goes
/// against the guidelines is a warning.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Annotation files, folders of them, or - for standard input
    #[arg(required_unless_present = "explain", value_name = "PATH")]
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
    /// Also tell what may have been forgotten: names marked in one place and not in another
    #[arg(long)]
    hints: bool,
    /// Mend what has one safe remedy; such a file is written in canonical form
    #[arg(long)]
    fix: bool,
    /// Check again whenever a file changes, until interrupted
    #[arg(long, conflicts_with_all = ["fix", "explain"])]
    watch: bool,
    /// Say what a code means
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    if let Some(code) = &args.explain {
        return explain(code, terminal);
    }
    if !args.watch {
        return pass(args, terminal);
    }
    let mut watched = args.paths.clone();
    watched.extend(args.text.iter().chain(&args.corpus).cloned());
    watch::again_and_again(&watched, terminal, || pass(args, terminal))
}

fn explain(code: &str, terminal: &Terminal) -> Result<Status, Failure> {
    let Some(text) = explain_code(code) else {
        let known: Vec<_> = codes().into_iter().map(|(code, _)| code).collect();
        return Err(Failure::message(
            format!("there is no code `{code}`"),
            format!("the codes are {}", known.join(", ")),
        ));
    };
    terminal.print(&text)?;
    Ok(Status::Fine)
}

fn pass(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let near = args.paths.first().map_or(Path::new("."), PathBuf::as_path);
    let (texts, mut status) = Texts::open(args.corpus.as_deref(), args.text.as_deref(), near, terminal)?;
    let (targets, mut all) = targets(&args.paths);
    if args.fix {
        let (trimmed, findings): (Vec<_>, Vec<_>) = targets.iter().map(|target| fix(target, &texts)).unzip();
        all.extend(findings.into_iter().flatten());
        for (target, spans) in targets.iter().zip(trimmed).filter(|(_, spans)| *spans > 0) {
            terminal.note(&format!("{}: {} trimmed", target.name(), counted(spans, "span")));
        }
    }
    let found: Vec<_> = targets.par_iter().map(|target| check(target, &texts, args.hints)).collect();
    all.extend(found.into_iter().flatten());
    status = all.iter().map(Status::of).fold(status, Status::max);
    if args.format == Format::Json {
        let findings: Vec<_> = all.iter().map(|finding| &finding.diagnostic).collect();
        terminal.print(&(serde_json::to_string_pretty(&findings).unwrap_or_default() + "\n"))?;
    } else {
        terminal.show(&all);
    }
    terminal.note(&summary(targets.len(), &all));
    Ok(status)
}

fn check(target: &Target, texts: &Texts, hints: bool) -> Vec<Finding> {
    let strictness = Strictness { must_have: texts.must_have(target.path()), hints };
    let mut found = match target.read() {
        Ok(source) => goldrule_harness::check_file(&target.name(), &source, texts.corpus(), strictness),
        Err(finding) => vec![finding],
    };
    found.extend(conflicts(target).map(Finding::from));
    found
}

/// What a merge left to decide about a file.
fn conflicts(target: &Target) -> Option<Diagnostic> {
    if target.is_stdin() {
        return None;
    }
    let sidecar = Conflicts::path_beside(target.path()).display().to_string();
    match Conflicts::read(target.path()) {
        Ok(open) if open.is_empty() => None,
        Ok(open) => {
            let message =
                format!("{} of a merge to settle in {}", counted(open.len(), "conflict"), target.name());
            let help = "settle them with `goldrule review --conflicts`, or by hand and remove this file; \
                        remove it, too, where the merge was aborted";
            Some(Diagnostic::whole("open-conflicts", sidecar, message, help))
        }
        Err(error) => {
            let help = "restore it from git, or remove it where its conflicts are settled";
            Some(Diagnostic::whole("unreadable", sidecar, format!("cannot read it: {error}"), help))
        }
    }
}

/// Mends a file; how many spans were trimmed, and what kept it from being written.
fn fix(target: &Target, texts: &Texts) -> (usize, Option<Finding>) {
    let Some(source) = (!target.is_stdin()).then(|| target.read().ok()).flatten() else { return (0, None) };
    let id = document_of(&target.name(), &source);
    let document = id.and_then(|id| texts.document(&id));
    let Some((json, trimmed)) = fix_annotations(&target.name(), &source, document) else { return (0, None) };
    match write_atomically(target.path(), json.as_bytes(), Some(source.as_bytes())) {
        Ok(()) => (trimmed, None),
        Err(error) => {
            let message = format!("cannot write it: {error}");
            let help = "mend that and run it again";
            (0, Some(Diagnostic::whole("unwritable", target.name(), message, help).into()))
        }
    }
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
