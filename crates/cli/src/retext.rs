//! `goldrule retext`: gold carried over to a corrected text.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use goldrule_curation::{Conflicts, Retexted, retext};
use goldrule_harness::{Finding, document_of};
use goldrule_schema::{
    AnnotationSet, Diagnostic, Document, read_annotations, read_text, to_canonical_json, write_atomically,
    write_durably,
};

use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  git show HEAD:corpus/note.txt > old.txt
  goldrule retext old.txt corpus/note.txt annotations/gold/note.json            what would become of each record
  goldrule retext old.txt corpus/note.txt annotations/gold/note.json --write    carry over what is certain
  goldrule retext old.txt new.txt note.json -o new.json --proposals todo.json

Exit status: 0 all carried over, 1 some are left to a person, 2 could not run.";

/// Carry a gold file over to a corrected text
///
/// A record goes over by itself only where its quote is unchanged and there is no doubt where it stands now.
/// Any other is proposed, or orphaned where its text is gone, and goes into the file of proposals instead.
/// Nothing is written without --output or --write.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The text that was annotated
    old: PathBuf,
    /// The corrected text
    new: PathBuf,
    /// The gold file
    gold: PathBuf,
    /// Where to write what was carried over
    #[arg(long, short, value_name = "FILE", conflicts_with = "write")]
    output: Option<PathBuf>,
    /// Write it over the gold file
    #[arg(long, short)]
    write: bool,
    /// Where to write what is left to a person [default: DOCUMENT.proposals.json beside the written file]
    #[arg(long, value_name = "FILE")]
    proposals: Option<PathBuf>,
    /// Write over files that are there
    #[arg(long)]
    force: bool,
    /// How to write the report
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Name the records that moved, too
    #[arg(long)]
    all: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    may_write(args)?;
    let source = read_text(&args.gold)?;
    let name = args.gold.display().to_string();
    let id = document_of(&name, &source).unwrap_or_default();
    let old = Document::new(id.clone(), read_text(&args.old)?);
    let new = Document::new(id, read_text(&args.new)?);
    let set = read(&name, &source, &old)?;
    let result = retext(&set, &old, &new);
    let proposals = result.proposals(&new);
    let target = args.output.as_deref().or(args.write.then_some(args.gold.as_path()));
    if let Some(target) = target {
        let previous = args.write.then_some(source.as_bytes());
        save(target, previous, args.proposals.as_deref(), &result, &new)?;
    }
    match args.format {
        Format::Text => terminal.print(&result.report(&new, args.all))?,
        Format::Json => {
            let [kept, moved, proposed, orphaned] = result.counts();
            let report = serde_json::json!({ "document": new.id(), "kept": kept, "moved": moved,
                "proposed": proposed, "orphaned": orphaned, "proposals": proposals });
            terminal.print(&(serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"))?;
        }
    }
    if target.is_none() {
        terminal.note("Nothing was written; --write writes over the gold file, --output to another.");
    }
    Ok(if proposals.is_empty() { Status::Fine } else { Status::Problems })
}

/// Refuses what would lose somebody's work, before anything is worked out.
fn may_write(args: &Args) -> Result<(), Failure> {
    if !Conflicts::read(&args.gold).is_ok_and(|open| open.is_empty()) {
        let message = format!("{} has conflicts of a merge to settle", args.gold.display());
        let gold = args.gold.display();
        let help =
            format!("`goldrule review {gold} --conflicts` asks them; they count characters of the old text");
        return Err(Failure::message(message, help));
    }
    let given = || args.output.iter().chain(&args.proposals);
    let same =
        |a: &Path, b: &Path| a == b || a.canonicalize().is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b));
    if let (Some(output), Some(proposals)) = (&args.output, &args.proposals)
        && same(output, proposals)
    {
        let message = format!("--output and --proposals are both {}", output.display());
        return Err(Failure::message(message, "name two files"));
    }
    for path in given() {
        if same(path, &args.old) || same(path, &args.new) || same(path, &args.gold) {
            let help = "name another file; --write writes over the gold file";
            return Err(Failure::message(format!("{} is read here", path.display()), help));
        }
        if path.exists() && !args.force {
            let message = format!("{} is there already", path.display());
            return Err(Failure::message(message, "name another file, or write over it with --force"));
        }
    }
    Ok(())
}

/// The gold file, which must hold of the old text.
fn read(name: &str, source: &str, old: &Document) -> Result<AnnotationSet, Failure> {
    let reading = read_annotations(name, source, Some(old));
    reading.accepted().map_err(|diagnostics| {
        let source: std::sync::Arc<str> = source.into();
        let help = |mut diagnostic: Diagnostic| {
            if diagnostic.code == "wrong-hash" {
                "give the text that was annotated as OLD".clone_into(&mut diagnostic.help);
            }
            Finding { diagnostic, source: source.clone() }
        };
        Failure::Findings(diagnostics.into_iter().filter(Diagnostic::is_error).map(help).collect())
    })
}

/// The proposals go first: what is not carried over is nowhere else once the gold file is written.
fn save(
    target: &Path,
    previous: Option<&[u8]>,
    proposals: Option<&Path>,
    result: &Retexted,
    new: &Document,
) -> Result<(), Failure> {
    let json = to_canonical_json(&result.set);
    if let Err(found) = read_annotations("result", &json, Some(new)).accepted() {
        return Err(found.into());
    }
    let left = result.proposals(new);
    let beside = target.with_extension("proposals.json");
    let unwritable = |path: &Path, error: &std::io::Error| {
        let message = format!("cannot write it: {error}");
        Diagnostic::whole("unwritable", path.display().to_string(), message, "mend that and run it again")
    };
    if !left.is_empty() || proposals.is_some() {
        let path = proposals.unwrap_or(&beside);
        if proposals.is_none() && path.exists() {
            let help = "settle the proposals it holds and remove it, or name another file with --proposals";
            return Err(Failure::message(format!("{} is there already", path.display()), help));
        }
        let file = serde_json::json!({ "document": new.id(), "text_sha256": goldrule_schema::sha256(new.text().as_bytes()),
            "proposals": left });
        let text = serde_json::to_string_pretty(&file).unwrap_or_default() + "\n";
        write_durably(path, text.as_bytes(), None).map_err(|error| unwritable(path, &error))?;
    }
    write_atomically(target, json.as_bytes(), previous).map_err(|error| unwritable(target, &error).into())
}
