//! `goldrule merge`: what two people did to a gold file, in one file.

mod git;

use std::path::{Path, PathBuf};

use goldrule_curation::{Conflicts, Merged, merge};
use goldrule_harness::{Finding, counted, document_of};
use goldrule_schema::{
    AnnotationSet, Diagnostic, read_annotations, read_text, sha256, to_canonical_json, write_atomically,
};

use crate::shared::Texts;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;
use crate::versions;

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
/// beside it, which `goldrule check` reports. What is merged is held against the text where that is at hand.
/// A file that cannot be merged so is given to git, which merges its lines and marks where they clash.
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
    /// Folder of texts, for records that give their quote alone
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of texts with a manifest [default: that of the project around the merged file]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let near = args.driver.as_ref().or(args.output.as_ref()).unwrap_or(&args.ours);
    let texts = if args.corpus.is_some() || args.text.is_some() {
        Some(Texts::open(args.corpus.as_deref(), args.text.as_deref(), near, terminal)?.0)
    } else {
        let ours = read_text(&args.ours).ok();
        ours.and_then(|source| document_of("", &source)).and_then(|id| Texts::of(&id, near))
    };
    let (source, merged) = match (by_record(args, near, texts.as_ref()), &args.driver) {
        (Ok(merged), _) => merged,
        // Git takes our version for the merged one where its driver leaves it as it is.
        (Err(failure), Some(path)) => return by_line(args, path, &failure, terminal),
        (Err(failure), None) => return Err(failure),
    };
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

/// Our version's source and the merged set.
fn by_record(args: &Args, near: &Path, texts: Option<&Texts>) -> Result<(String, Merged), Failure> {
    let ours_read = read(&args.ours, None, texts);
    let document = ours_read.as_ref().ok().map(|(_, set)| set.document.clone());
    let theirs_read = read(&args.theirs, None, texts);
    let base_read = read(&args.base, document.as_deref(), texts);
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
    hold_against_text(&merged.set, near, texts)?;
    Ok((source, merged))
}

/// Records of two texts may go together and be wrong in both.
fn hold_against_text(set: &AnnotationSet, near: &Path, texts: Option<&Texts>) -> Result<(), Failure> {
    let Some(document) = texts.and_then(|texts| texts.document(&set.document)) else { return Ok(()) };
    let hash = sha256(document.text().as_bytes());
    if set.meta.text_sha256.as_ref().is_some_and(|stated| *stated != hash) {
        return Ok(());
    }
    let json = to_canonical_json(set);
    let reading = read_annotations(&format!("{} (merged)", near.display()), &json, Some(document));
    reading.accepted().map(|_| ()).map_err(|mut found| {
        found.retain(Diagnostic::is_error);
        for finding in &mut found {
            "carry the version that counts another text over to this one with `goldrule retext`"
                .clone_into(&mut finding.help);
        }
        let source: std::sync::Arc<str> = json.into();
        let finding = |diagnostic| Finding { diagnostic, source: source.clone() };
        Failure::Findings(found.into_iter().map(finding).collect())
    })
}

/// Writes what git makes of the lines over our version.
fn by_line(args: &Args, path: &Path, failure: &Failure, terminal: &Terminal) -> Result<Status, Failure> {
    terminal.fail(failure);
    let failed = |error: std::io::Error| unwritable(&args.ours, "merge", &error);
    let lines = git::lines(&args.base, &args.ours, &args.theirs).map_err(failed)?;
    write_atomically(&args.ours, &lines, None).map_err(failed)?;
    let what = "could not be merged by record; git's merge of its lines stands there";
    terminal.note(&format!("{}: {what}. Mend it, then `goldrule check` and `git add` it.", path.display()));
    Ok(Status::Problems)
}

/// A version and what is in it.
fn read(
    path: &Path,
    empty_means: Option<&str>,
    texts: Option<&Texts>,
) -> Result<(String, AnnotationSet), Vec<Finding>> {
    let source = read_text(path).map_err(|finding| vec![finding.into()])?;
    if let Some(document) = empty_means.filter(|_| source.trim().is_empty()) {
        return Ok((source, AnnotationSet::new(document)));
    }
    let set = versions::read(path, &source, texts)?;
    Ok((source, set))
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
