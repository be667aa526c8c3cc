//! Tables for spreadsheets: `documents.csv`, `agencies.csv`, `mentions.csv`, `stances.csv`, `citations.csv`.
//!
//! Each row names its document. The column `more` holds the unknown keys of a record as JSON, `head` those of a
//! file. Cells are the values as they are: one that a spreadsheet would take for a formula is not changed.

use std::collections::BTreeMap;

use goldrule_schema::{Diagnostic, Document};
use serde_json::{Map, Value, json};

use crate::brat::stem;
use crate::draft::Draft;
use crate::flat::{Flat, Item, Layer};
use crate::format::{File, Input, Piece, Texts};
use crate::place::{Lines, Origin, Unit};

/// A table with the keys of its columns behind the document's.
struct Table {
    name: &'static str,
    columns: &'static [&'static str],
}

const DOCUMENTS: Table = Table { name: "documents", columns: &["head"] };
const AGENCIES: Table = Table { name: "agencies", columns: &["id", "name", "kind", "jurisdiction", "rule"] };
const MENTIONS: Table =
    Table { name: "mentions", columns: &["agency", "start", "end", "text", "form", "id", "rule"] };
const STANCES: Table = Table {
    name: "stances",
    columns: &["agency", "topic", "position", "attribution", "start", "end", "text", "id", "rule"],
};
const CITATIONS: Table =
    Table { name: "citations", columns: &["start", "end", "text", "kind", "canonical", "id", "rule"] };

const fn table(layer: Layer) -> &'static Table {
    match layer {
        Layer::Mention => &MENTIONS,
        Layer::Stance => &STANCES,
        Layer::Citation => &CITATIONS,
    }
}

pub(crate) fn export(pieces: &[Piece<'_>]) -> Vec<File> {
    let mut tables: BTreeMap<&str, Vec<Vec<String>>> = BTreeMap::new();
    for table in [&DOCUMENTS, &AGENCIES, &MENTIONS, &STANCES, &CITATIONS] {
        let more = (table.name != DOCUMENTS.name).then_some("more");
        let head = std::iter::once("document").chain(table.columns.iter().copied()).chain(more);
        tables.insert(table.name, vec![head.map(str::to_owned).collect()]);
    }
    for piece in pieces {
        let flat = Flat::of(piece.set);
        let mut push = |table: &Table, row: Vec<String>| {
            if let Some(rows) = tables.get_mut(table.name) {
                rows.push(row);
            }
        };
        push(&DOCUMENTS, vec![flat.document.clone(), Value::Object(flat.head.clone()).to_string()]);
        for agency in &flat.agencies {
            push(&AGENCIES, row(&flat.document, &AGENCIES, agency));
        }
        for item in &flat.items {
            push(table(item.layer), row(&flat.document, table(item.layer), &whole(piece.document, item)));
        }
    }
    tables
        .into_iter()
        .map(|(name, rows)| File { name: format!("{name}.csv"), contents: csv_of(&rows) })
        .collect()
}

fn whole(document: &Document, item: &Item) -> Map<String, Value> {
    let mut keys = item.fields.clone();
    if let Some(agency) = &item.agency {
        keys.insert("agency".into(), json!(agency));
    }
    keys.insert("start".into(), json!(item.span.start));
    keys.insert("end".into(), json!(item.span.end));
    keys.insert("text".into(), json!(document.quote(item.span)));
    keys
}

fn row(document: &str, table: &Table, keys: &Map<String, Value>) -> Vec<String> {
    let mut rest = keys.clone();
    let mut cells = vec![document.to_owned()];
    for &column in table.columns {
        cells.push(match rest.remove(column) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text,
            Some(value) => value.to_string(),
        });
    }
    cells.push(if rest.is_empty() { String::new() } else { Value::Object(rest).to_string() });
    cells
}

fn csv_of(rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail, and every row has as many cells as the head.
        let _ = writer.write_record(row);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A row: its cells by column, and where it is.
struct Row {
    cells: BTreeMap<String, String>,
    origin: Origin,
}

impl Row {
    fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// The keys of a record: the cells that hold something, and those of `more`.
    fn keys(&self, table: &Table) -> Result<Map<String, Value>, Diagnostic> {
        let mut keys = object(self, "more")?;
        for &column in
            table.columns.iter().filter(|column| !["agency", "start", "end", "text"].contains(column))
        {
            if let Some(cell) = self.cell(column) {
                keys.insert(column.to_owned(), json!(cell));
            }
        }
        Ok(keys)
    }
}

fn object(row: &Row, column: &str) -> Result<Map<String, Value>, Diagnostic> {
    let Some(cell) = row.cell(column) else { return Ok(Map::new()) };
    if let Ok(Value::Object(keys)) = serde_json::from_str(cell) {
        Ok(keys)
    } else {
        let message = format!("the cell `{column}` holds no JSON object");
        Err(row.origin.error("syntax", message, "leave it as it was exported, or empty"))
    }
}

pub(crate) fn import(inputs: &[Input], texts: &Texts<'_>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut stray = Draft::default();
    // Agencies before what names them.
    for table in [&DOCUMENTS, &AGENCIES, &MENTIONS, &STANCES, &CITATIONS] {
        for input in inputs.iter().filter(|input| stem(&input.name) == table.name) {
            for row in rows(input, table) {
                let result = row.and_then(|row| {
                    let Some(document) = row.cell("document").map(str::to_owned) else {
                        let help = "every row names the document that it is about";
                        return Err(row.origin.error("missing-key", "this row names no document", help));
                    };
                    let known = drafts.iter().position(|draft| draft.document == document);
                    let at = known.unwrap_or_else(|| {
                        let origin = Origin { file: input.name.clone(), place: None };
                        drafts.push(Draft { origin, document, ..Draft::default() });
                        drafts.len() - 1
                    });
                    add(&mut drafts[at], table, &row, texts)
                });
                stray.diagnostics.extend(result.err());
            }
        }
    }
    for draft in &mut drafts {
        draft.text(texts);
    }
    if !stray.diagnostics.is_empty() {
        // One faulty row may be any document's: none is taken.
        drafts.push(stray);
    }
    drafts
}

fn rows(input: &Input, table: &Table) -> Vec<Result<Row, Diagnostic>> {
    let source = input.contents.strip_prefix('\u{feff}').unwrap_or(&input.contents);
    let lines = Lines::new(source);
    let origin = |byte: u64| {
        let start = usize::try_from(byte).unwrap_or(usize::MAX).min(source.len());
        let end = source[start..].find('\n').map_or(source.len(), |length| start + length);
        Origin { file: input.name.clone(), place: Some(lines.place(start, end)) }
    };
    let mut reader = csv::ReaderBuilder::new().from_reader(source.as_bytes());
    let Ok(head) = reader.headers().cloned() else {
        return vec![Err(origin(0).error("syntax", "this is no CSV table", "give it a table as exported"))];
    };
    let lacks = |column: &&&str| !head.iter().any(|name| name == **column);
    let needed = if table.name == DOCUMENTS.name { &[] as &[&str] } else { table.columns };
    let missing: Vec<_> = needed
        .iter()
        .filter(lacks)
        .copied()
        .filter(|column| !["rule", "id"].contains(column) || table.name == "agencies" && *column == "id")
        .collect();
    if !missing.is_empty() {
        let message = format!("the table has no column {}", missing.join(", "));
        return vec![Err(origin(0).error("missing-key", message, "keep the first row as it was exported"))];
    }
    reader
        .into_records()
        .map(|record| match record {
            Ok(record) => {
                let cells =
                    head.iter().zip(record.iter()).map(|(key, cell)| (key.to_owned(), cell.to_owned()));
                let byte = record.position().map_or(0, csv::Position::byte);
                Ok(Row { cells: cells.collect(), origin: origin(byte) })
            }
            Err(error) => {
                let byte = error.position().map_or(0, csv::Position::byte);
                Err(origin(byte).error(
                    "syntax",
                    format!("this row cannot be read: {error}"),
                    "give each row as many cells as the first",
                ))
            }
        })
        .collect()
}

fn add(draft: &mut Draft, table: &Table, row: &Row, texts: &Texts<'_>) -> Result<(), Diagnostic> {
    if table.name == DOCUMENTS.name {
        draft.head = object(row, "head")?;
        return Ok(());
    }
    let fields = row.keys(table)?;
    if table.name == AGENCIES.name {
        draft.agencies.push((fields, row.origin.clone()));
        return Ok(());
    }
    let layer = [Layer::Mention, Layer::Stance, Layer::Citation]
        .into_iter()
        .find(|layer| self::table(*layer).name == table.name)
        .unwrap_or(Layer::Citation);
    let Some(document) = texts(&draft.document) else { return Ok(()) };
    let offset = |column: &str| {
        let cell = row.cell(column).unwrap_or_default();
        cell.parse::<u32>().map_err(|_| {
            row.origin.error(
                "wrong-type",
                format!("`{cell}` is no offset for `{column}`"),
                "give a number from 0",
            )
        })
    };
    let span = row.origin.located(
        document,
        Unit::CodePoints,
        (offset("start")?, offset("end")?),
        row.cell("text"),
    )?;
    let agency = row.cell("agency").map(str::to_owned);
    if layer == Layer::Stance && agency.is_none() {
        return Err(row.origin.error("missing-key", "nobody holds this stance", "name its agency's id"));
    }
    draft.items.push((Item { layer, span, agency, fields }, row.origin.clone()));
    Ok(())
}
