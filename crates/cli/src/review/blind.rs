//! Marks files as annotated without suggestions.

use goldrule_curation::decisions::{Log, Source, sidecar};
use goldrule_harness::counted;
use goldrule_schema::{Diagnostic, read_annotations, to_canonical_json, write_atomically};

use super::Args;
use super::inputs::stem;
use crate::files::targets;
use crate::shared::Texts;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

/// Sets `meta.assisted` to false in every file, where no suggestion was accepted.
pub(super) fn mark(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let (texts, mut status) =
        Texts::open(args.corpus.as_deref(), args.text.as_deref(), &args.gold, terminal)?;
    let (targets, mut findings) = targets(std::slice::from_ref(&args.gold));
    let mut marked = 0;
    for target in targets {
        let (name, path) = (target.name(), target.path());
        let source = target.read().map_err(|finding| Failure::Findings(vec![finding]))?;
        let document = texts.document(&stem(path));
        let mut set = match read_annotations(&name, &source, document).accepted() {
            Ok(set) => set,
            Err(faults) => {
                findings.extend(faults.into_iter().map(Into::into));
                continue;
            }
        };
        let log = Log::read(&sidecar(path)).unwrap_or_default();
        if log.decisions.iter().any(|decision| decision.source == Source::Suggestion) {
            let help =
                "annotate the document anew, without suggestions; `assisted` tells that they were shown";
            let message = "suggestions were shown for this file: its decisions are kept beside it";
            findings.push(Diagnostic::whole("assisted", name, message, help).into());
            continue;
        }
        match set.meta.assisted {
            Some(false) => continue,
            Some(true) => {
                let help = "it cannot be made blind; annotate the document anew, without suggestions";
                let message = "suggestions were accepted in this file";
                findings.push(Diagnostic::whole("assisted", name, message, help).into());
                continue;
            }
            None => set.meta.assisted = Some(false),
        }
        write_atomically(path, to_canonical_json(&set).as_bytes(), Some(source.as_bytes())).map_err(
            |error| {
                Failure::message(
                    format!("cannot write {name}: {error}"),
                    "nothing was written to it; try again",
                )
            },
        )?;
        marked += 1;
    }
    status = status.max(terminal.show(&findings));
    terminal.note(&format!("{} marked as annotated without suggestions.", counted(marked, "file")));
    Ok(status)
}
