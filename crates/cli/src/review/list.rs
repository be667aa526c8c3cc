//! The queue as a list, for pipes and programs.

use std::fmt::Write as _;

use goldrule_curation::Record;
use goldrule_curation::queue::{Item, Session};
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
    if format == Format::Json {
        return terminal.print(&(serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"));
    }
    let mut out = String::new();
    for Row { file, item, .. } in &rows {
        let rule = item.rule.as_deref().map(|rule| format!("  [{rule}]")).unwrap_or_default();
        let _ = writeln!(out, "{file}  {}  {}{rule}", kind_of(item), one_line(&item.record().to_string()));
    }
    terminal.print(&out)?;
    terminal.note(&format!("{} to decide.", goldrule_harness::counted(rows.len(), "question")));
    Ok(())
}
