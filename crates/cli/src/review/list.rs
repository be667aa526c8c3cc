//! The queue as a list, for pipes and programs.

use std::fmt::Write as _;

use goldrule_curation::decisions::Source;
use goldrule_curation::queue::{Item, Session};
use goldrule_curation::{Conflicts, KeyConflict, Record};
use serde::Serialize;

use super::Format;
use super::screen::{kind_of, one_line};
use crate::status::Failure;
use crate::terminal::Terminal;

#[derive(Serialize)]
struct Row {
    document: String,
    file: String,
    #[serde(flatten)]
    item: Item,
}

/// A key that a merge could not settle.
#[derive(Serialize)]
struct KeyRow {
    document: String,
    file: String,
    source: Source,
    kind: &'static str,
    #[serde(flatten)]
    conflict: KeyConflict,
}

fn keys(session: &Session<'_>) -> Vec<KeyRow> {
    if session.queue().source() != Source::Conflict {
        return Vec::new();
    }
    let (document, file) = (session.queue().document().id(), session.path().display().to_string());
    let row = |conflict| KeyRow {
        document: document.to_owned(),
        file: file.clone(),
        source: Source::Conflict,
        kind: "key",
        conflict,
    };
    Conflicts::read(session.path()).unwrap_or_default().keys.into_iter().map(row).collect()
}

/// Prints what is to be decided; quotes of texts that may not be shipped are left out.
pub(super) fn print(sessions: &[Session<'_>], format: Format, terminal: &Terminal) -> Result<(), Failure> {
    let rows = sessions.iter().flat_map(|session| {
        let withheld = session.queue().gold().meta.quotes_withheld;
        session.queue().items().into_iter().map(move |mut item| {
            if withheld {
                item.here.iter_mut().chain(&mut item.there).for_each(Record::withhold);
            }
            let (document, file) = (session.queue().document().id().to_owned(), session.path().display());
            Row { document, file: file.to_string(), item }
        })
    });
    let rows: Vec<_> = rows.collect();
    let keys: Vec<KeyRow> = sessions.iter().flat_map(keys).collect();
    if format == Format::Json {
        let values = rows.iter().map(serde_json::to_value).chain(keys.iter().map(serde_json::to_value));
        let all: Vec<_> = values.flatten().collect();
        return terminal.print(&(serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"));
    }
    let mut out = String::new();
    for Row { file, item, .. } in &rows {
        let rule = item.rule.as_deref().map(|rule| format!("  [{rule}]")).unwrap_or_default();
        let _ = writeln!(out, "{file}  {}  {}{rule}", kind_of(item), one_line(&item.record().to_string()));
    }
    for KeyRow { file, conflict, .. } in &keys {
        let _ = writeln!(out, "{file}  conflict  {}", one_line(&conflict.to_string()));
    }
    terminal.print(&out)?;
    let many = rows.len() + keys.len();
    terminal.note(&format!("{} to decide.", goldrule_harness::counted(many, "question")));
    Ok(())
}
