//! `goldrule merge`: what two people did to a gold file, in one file.

use std::path::{Path, PathBuf};

use goldrule_curation::{Conflicts, Merged, merge};
use goldrule_harness::{Finding, counted};
use goldrule_schema::{
    AnnotationSet, Diagnostic, read_annotations, read_text, to_canonical_json, write_atomically,
};

use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule merge base.json mine.json yours.json            the merged file, to standard output
  goldrule merge base.json mine.json yours.json -o gold/note.json
  git config merge.goldrule.driver 'goldrule merge --driver %P %O %A %B'
                                         what `goldrule hooks install` sets up for git

Exit status: 0 merged, 1 merged but for conflicts, 2 nothing was written.";

/// Merge two versions of a gold file by record, given the version both started from
///
/// A record is known by its id, else by its content. Where both sides changed one record in ways that do not
/// go together, our version stays in the merged file and all three are kept in `DOCUMENT.conflicts.json`
/// beside it, which `goldrule check` reports.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The version both started from; an empty file where there was none
    base: PathBuf,
    /// Our version
    ours: PathBuf,
    /// Their version
    theirs: PathBuf,
    /// Where to write the merged file and, beside it, its conflicts
    #[arg(long, short, value_name = "FILE", conflicts_with = "driver")]
    output: Option<PathBuf>,
    /// Serve git: write the merged file over OURS, and the conflicts beside PATH
    #[arg(long, value_name = "PATH")]
    driver: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let ours_read = read(&args.ours, None);
    let document = ours_read.as_ref().ok().map(|(_, set)| set.document.clone());
    let theirs_read = read(&args.theirs, None);
    let base_read = read(&args.base, document.as_deref());
    let mut findings = Vec::new();
    let mut keep = |read: Result<(String, AnnotationSet), Vec<Finding>>| {
        read.map_err(|found| findings.extend(found)).ok()
    };
    let (base, ours, theirs) = (keep(base_read), keep(ours_read), keep(theirs_read));
    let (Some((_, base)), Some((source, ours)), Some((_, theirs))) = (base, ours, theirs) else {
        return Err(findings.into());
    };
    if let Some(other) = [&base, &theirs].into_iter().find(|set| set.document != ours.document) {
        return Err(Failure::message(
            format!("the files annotate `{}` and `{}`", ours.document, other.document),
            "merge versions of one file",
        ));
    }
    let merged = merge(&base, &ours, &theirs);
    for note in &merged.notes {
        terminal.note(&format!("note: {note}"));
    }
    let json = to_canonical_json(&merged.set);
    match (&args.output, &args.driver) {
        (None, None) => {
            report(&merged, None, terminal);
            terminal.print(&json)?;
        }
        (Some(path), _) => save(path, path, None, &json, &merged, terminal)?,
        (None, Some(path)) => save(&args.ours, path, Some(&source), &json, &merged, terminal)?,
    }
    Ok(if merged.is_clean() { Status::Fine } else { Status::Problems })
}

/// A version. The file may be called anything: what it annotates it says itself.
fn read(path: &Path, empty_means: Option<&str>) -> Result<(String, AnnotationSet), Vec<Finding>> {
    let source = read_text(path).map_err(|finding| vec![finding.into()])?;
    if let Some(document) = empty_means.filter(|_| source.trim().is_empty()) {
        return Ok((source, AnnotationSet::new(document)));
    }
    let mut reading = read_annotations(&path.display().to_string(), &source, None);
    reading.diagnostics.retain(|finding| finding.code != "wrong-document");
    match reading.accepted() {
        Ok(set) => Ok((source, set)),
        Err(diagnostics) => {
            let source: std::sync::Arc<str> = source.into();
            let finding = |diagnostic| Finding { diagnostic, source: source.clone() };
            Err(diagnostics.into_iter().filter(Diagnostic::is_error).map(finding).collect())
        }
    }
}

/// The conflicts go first: were they lost, so would be their side's work.
fn save(
    target: &Path,
    beside: &Path,
    previous: Option<&str>,
    json: &str,
    merged: &Merged,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if !merged.is_clean() {
        let new = Conflicts {
            document: merged.set.document.clone(),
            conflicts: merged.conflicts.clone(),
            keys: merged.keys.clone(),
        };
        let sidecar = Conflicts::path_beside(beside);
        let mut open = Conflicts::read(beside).map_err(|error| unwritable(&sidecar, "read", &error))?;
        open.extend(new);
        open.write(beside).map_err(|error| unwritable(&sidecar, "write", &error))?;
    }
    write_atomically(target, json.as_bytes(), previous.map(str::as_bytes))
        .map_err(|error| unwritable(target, "write", &error))?;
    report(merged, Some(beside), terminal);
    Ok(())
}

fn unwritable(path: &Path, verb: &str, error: &std::io::Error) -> Failure {
    let message = format!("cannot {verb} it: {error}");
    Diagnostic::whole("unwritable", path.display().to_string(), message, "mend that and merge again").into()
}

fn report(merged: &Merged, beside: Option<&Path>, terminal: &Terminal) {
    for conflict in &merged.conflicts {
        terminal.note(&format!("conflict: {conflict}"));
    }
    for key in &merged.keys {
        terminal.note(&format!("conflict: {key}"));
    }
    let many = merged.conflicts.len() + merged.keys.len();
    if many == 0 {
        return;
    }
    let place = match beside {
        Some(path) => format!("{} keeps all versions", Conflicts::path_beside(path).display()),
        None => "give -o to keep all versions in a file".to_owned(),
    };
    let name = beside.map(|path| format!("{}: ", path.display())).unwrap_or_default();
    terminal.note(&format!("{name}{}; our version stands, {place}.", counted(many, "conflict")));
}
