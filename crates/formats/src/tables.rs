//! CSV: a table for each sort of record, for spreadsheets.

use std::collections::BTreeMap;

use goldrule_schema::{AnnotationSet, Diagnostic, Document};
use serde_json::{Value, json};

use crate::carry::{extra_json, head, read_card, read_head, records};
use crate::draft::{Draft, Findings, More, Raw, What};
use crate::label::Label;
use crate::names::{Names, ONE_EACH};
use crate::{Direction, Feature, Format, Import, InFile, Item, OutFile, Texts, Unit};

/// What makes the rows of a table from a document.
type Rows = fn(&Item<'_>) -> Vec<Vec<String>>;

/// The format.
pub(crate) struct Tables;

const DOCUMENTS: &[&str] = &["document", "head"];
const AGENCIES: &[&str] = &["document", "id", "name", "kind", "jurisdiction", "rule", "other"];
const MENTIONS: &[&str] =
    &["document", "agency", "kind", "start", "end", "text", "form", "id", "rule", "other"];
const STANCES: &[&str] = &[
    "document",
    "agency",
    "topic",
    "position",
    "attribution",
    "start",
    "end",
    "text",
    "id",
    "rule",
    "other",
];
const CITATIONS: &[&str] = &["document", "start", "end", "text", "kind", "canonical", "id", "rule", "other"];

impl Format for Tables {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn title(&self) -> &'static str {
        "CSV tables"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["csv"]
    }

    fn direction(&self) -> Direction {
        Direction::Both
    }

    fn unit(&self) -> Unit {
        Unit::CodePoints
    }

    fn unit_source(&self) -> &'static str {
        "goldrule's own tables, quoted as in RFC 4180; offsets as in gold files"
    }

    fn holds(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn remarks(&self) -> &'static str {
        "`documents.csv`, `agencies.csv`, `mentions.csv`, `stances.csv`, `citations.csv`; columns are found by \
         name. The text does not travel along. `--bom` puts the mark before each file that spreadsheets need \
         to see UTF-8; an import takes it, and tables whose cells are parted by semicolons or tabs. Cells are never changed: one that begins with `=`, `+`, `-` or `@` may be taken for a \
         formula, and the export says how many there are. An empty cell is an absent value."
    }

    fn export(&self, items: &[Item<'_>]) -> Vec<OutFile> {
        let tables: [(&str, &[&str], Rows); 5] = [
            ("documents", DOCUMENTS, |item| {
                let mut bare = item.set.clone();
                bare.agencies.clear();
                vec![vec![item.document.id().to_owned(), head(&bare).to_string()]]
            }),
            ("agencies", AGENCIES, agencies),
            ("mentions", MENTIONS, |item| rows(item, "mentions")),
            ("stances", STANCES, |item| rows(item, "stances")),
            ("citations", CITATIONS, |item| rows(item, "citations")),
        ];
        let table = |(name, columns, rows): (&str, &[&str], Rows)| {
            let mut writer = csv::Writer::from_writer(Vec::new());
            // Writing to memory does not fail.
            let _ = writer.write_record(columns);
            for row in items.iter().flat_map(rows) {
                let _ = writer.write_record(row);
            }
            let contents = String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default();
            OutFile { name: format!("{name}.csv"), contents, setup: false }
        };
        tables.into_iter().map(table).collect()
    }

    fn import(&self, files: &[InFile], texts: Texts<'_>, unit: Option<Unit>) -> Import {
        let mut import = Import::default();
        let mut names = Names::new(texts);
        let mut rows: BTreeMap<String, Vec<Row<'_>>> = BTreeMap::new();
        for file in files {
            let mut findings = Findings::new(&file.name, &file.source);
            for row in table(file, &mut findings) {
                rows.entry(row.get("document").to_owned()).or_default().push(row);
            }
            import.diagnostics.append(&mut findings.list);
        }
        let broken = import.diagnostics.iter().any(Diagnostic::is_error);
        for (id, rows) in rows {
            let mut found = Vec::new();
            let mut findings = rows[0].findings();
            let at = &rows[0].at;
            let document = names.document(&id, None, at, ONE_EACH, &mut findings);
            found.append(&mut findings.list);
            if let Some(document) = document {
                let set = read(&rows, &document, (unit, self.unit()), &mut found);
                if !broken && !found.iter().any(Diagnostic::is_error) {
                    import.documents.push((document, set));
                }
            }
            import.diagnostics.append(&mut found);
        }
        import
    }
}

fn agencies(item: &Item<'_>) -> Vec<Vec<String>> {
    let id = item.document.id();
    let row = |agency: &goldrule_schema::Agency| {
        let optional = |value: &Option<String>| value.clone().unwrap_or_default();
        let (name, kind) = (agency.name.clone(), agency.kind.to_string());
        let other = extra_json(&agency.extra).unwrap_or_default();
        vec![
            id.into(),
            agency.id.clone(),
            name,
            kind,
            optional(&agency.jurisdiction),
            optional(&agency.rule),
            other,
        ]
    };
    item.set.agencies.iter().map(row).collect()
}

fn rows(item: &Item<'_>, table: &str) -> Vec<Vec<String>> {
    let document = item.document.id().to_owned();
    let row = |record: crate::carry::Record<'_>| {
        let More { id, rule, agency, canonical, extra } = record.more;
        let (start, end, text) =
            (record.span.start.to_string(), record.span.end.to_string(), record.quote.to_owned());
        let (id, rule, agency) =
            (id.unwrap_or_default(), rule.unwrap_or_default(), agency.unwrap_or_default());
        let other = extra_json(&extra).unwrap_or_default();
        let document = document.clone();
        match (table, record.label) {
            ("mentions", Label::Mention(kind, form)) => Some(vec![
                document,
                agency,
                kind.to_string(),
                start,
                end,
                text,
                form.to_string(),
                id,
                rule,
                other,
            ]),
            ("stances", Label::Stance(topic, position, by)) => Some(vec![
                document,
                agency,
                topic.to_string(),
                position.to_string(),
                by.to_string(),
                start,
                end,
                text,
                id,
                rule,
                other,
            ]),
            ("citations", Label::Citation(kind)) => {
                let canonical = canonical.unwrap_or_default();
                Some(vec![document, start, end, text, kind.to_string(), canonical, id, rule, other])
            }
            _ => None,
        }
    };
    records(item.set, item.document).into_iter().filter_map(row).collect()
}

/// A row and where it stands.
struct Row<'s> {
    file: &'s InFile,
    table: &'static str,
    columns: std::rc::Rc<Vec<String>>,
    record: csv::StringRecord,
    at: std::ops::Range<usize>,
}

impl<'s> Row<'s> {
    fn get(&self, column: &str) -> &str {
        let index = self.columns.iter().position(|name| name == column);
        index.and_then(|index| self.record.get(index)).unwrap_or_default()
    }

    fn optional(&self, column: &str) -> Option<String> {
        Some(self.get(column)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    fn findings(&self) -> Findings<'s> {
        Findings::new(&self.file.name, &self.file.source)
    }

    fn word<T: std::str::FromStr<Err = goldrule_schema::UnknownWord>>(
        &self,
        column: &str,
        findings: &mut Findings<'_>,
    ) -> Option<T> {
        let parsed = self.get(column).parse::<T>();
        parsed
            .map_err(|error| {
                findings.error("unknown-word", &self.at, error.to_string(), "choose one of these");
            })
            .ok()
    }

    fn offset(&self, column: &str, findings: &mut Findings<'_>) -> Option<u32> {
        let parsed = self.get(column).trim().parse().ok();
        if parsed.is_none() {
            let message = format!("`{column}` is {:?}, not a whole number", self.get(column));
            findings.error("wrong-type", &self.at, message, "write a whole number from 0");
        }
        parsed
    }

    /// The JSON of a cell; an empty one is an empty object.
    fn json(&self, column: &str, findings: &mut Findings<'_>) -> Value {
        let cell = self.get(column);
        if cell.is_empty() {
            return json!({});
        }
        serde_json::from_str(cell).ok().filter(Value::is_object).unwrap_or_else(|| {
            findings.error(
                "syntax",
                &self.at,
                format!("`{column}` is no JSON object"),
                "mend it, or empty the cell",
            );
            json!({})
        })
    }
}

/// The tables by their columns, those with most first.
const TABLES: [(&str, &[&str]); 5] = [
    ("stances", STANCES),
    ("mentions", MENTIONS),
    ("citations", CITATIONS),
    ("agencies", AGENCIES),
    ("documents", DOCUMENTS),
];

/// What parts cells: RFC 4180 has commas, spreadsheets of many countries semicolons, and some tabs.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// What a first row says of its table.
struct Header {
    delimiter: u8,
    columns: Vec<String>,
    table: &'static str,
    known: &'static [&'static str],
}

/// The delimiter with which the first row has the columns of a table.
fn header(source: &str) -> Option<Header> {
    DELIMITERS.into_iter().find_map(|delimiter| {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(source.as_bytes());
        let columns: Vec<String> = reader.headers().ok()?.iter().map(str::to_owned).collect();
        let has = |wanted: &[&str]| wanted.iter().all(|name| columns.iter().any(|column| column == name));
        let (table, known) = TABLES.into_iter().find(|(_, wanted)| has(wanted))?;
        Some(Header { delimiter, columns, table, known })
    })
}

/// Where the first row begins: behind a byte-order mark and the line by which a spreadsheet names its delimiter.
fn beginning(source: &str) -> usize {
    let mark = source.len() - source.trim_start_matches('\u{feff}').len();
    let line = source[mark..].split_inclusive('\n').next().unwrap_or_default();
    let names = line.trim_end().strip_prefix("sep=").is_some_and(|rest| rest.chars().count() <= 1);
    if names { mark + line.len() } else { mark }
}

/// The rows of a file that is one of the tables; its columns tell which.
fn table<'s>(file: &'s InFile, findings: &mut Findings<'_>) -> Vec<Row<'s>> {
    let mark = beginning(&file.source);
    let source = &file.source[mark..];
    let Some(Header { delimiter, columns, table, known }) = header(source) else {
        let help = "the tables are documents, agencies, mentions, stances and citations, their cells parted by \
                    commas, semicolons or tabs; export one to see its columns";
        findings.error("missing-key", &(mark..mark + 1), "these are the columns of no table", help);
        return Vec::new();
    };
    if source.matches('"').count() % 2 == 1 {
        let help = "close it, and write a quote within a cell twice";
        let at = mark + source.rfind('"').unwrap_or(0);
        findings.error("syntax", &(at..at + 1), "a quoted cell of this file is not closed", help);
        return Vec::new();
    }
    for (index, column) in columns.iter().enumerate() {
        if columns[..index].contains(column) {
            let help = "leave one of them; cells of the other would be lost";
            findings.error(
                "duplicate-key",
                &(mark..mark + 1),
                format!("two columns are called `{column}`"),
                help,
            );
        } else if !known.contains(&column.as_str()) {
            findings.left_out(&(mark..mark + 1), format!("the column `{column}`"));
        }
    }
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(source.as_bytes());
    let (columns, mut rows) = (std::rc::Rc::new(columns), Vec::new());
    for record in reader.records() {
        match record {
            // Spreadsheets write rows of nothing below a table.
            Ok(record) if record.iter().all(str::is_empty) => {}
            Ok(record) => {
                let start = record.position().map_or(0, |position| position.byte() as usize) + mark;
                let at = start..start + 1;
                rows.push(Row { file, table, columns: columns.clone(), record, at });
            }
            Err(error) => {
                let start = error.position().map_or(0, |position| position.byte() as usize) + mark;
                findings.error(
                    "syntax",
                    &(start..start + 1),
                    error.to_string(),
                    "give each row as many cells as the first",
                );
            }
        }
    }
    rows
}

fn read(
    rows: &[Row<'_>],
    document: &Document,
    (given, own): (Option<Unit>, Unit),
    found: &mut Vec<Diagnostic>,
) -> AnnotationSet {
    let mut draft = Draft::new(document, given, own);
    let mut last = rows[0].findings();
    for table in ["documents", "agencies", "mentions", "stances", "citations"] {
        for row in rows.iter().filter(|row| row.table == table) {
            let mut findings = row.findings();
            one(row, &mut draft, &mut findings);
            found.append(&mut findings.list);
        }
    }
    let set = draft.finish(&mut last);
    found.append(&mut last.list);
    set
}

fn one(row: &Row<'_>, draft: &mut Draft<'_>, findings: &mut Findings<'_>) {
    match row.table {
        "documents" => {
            if std::mem::replace(&mut draft.headed, true) {
                let message = format!("the document `{}` has two rows", row.get("document"));
                findings.error("duplicate-id", &row.at, message, "leave one of them");
            }
            let head = row.json("head", findings);
            draft.head = read_head(&head, &row.at, findings);
            return;
        }
        "agencies" => {
            let mut card = row.json("other", findings);
            for column in ["id", "name", "kind", "jurisdiction", "rule"] {
                if let Some(value) = row.optional(column) {
                    card[column] = json!(value);
                }
            }
            draft.head.agencies.extend(read_card(card, &row.at, findings));
            return;
        }
        _ => {}
    }
    let what = match row.table {
        "mentions" => {
            let kind = row.word("kind", findings);
            row.word("form", findings).map(|form| What::Mention { form, kind })
        }
        "stances" => {
            let (topic, position) = (row.word("topic", findings), row.word("position", findings));
            let attribution = row.word("attribution", findings);
            topic.zip(position).zip(attribution).map(|((topic, position), attribution)| What::Stance {
                topic,
                position,
                attribution,
            })
        }
        _ => row.word("kind", findings).map(|kind| What::Citation { kind }),
    };
    let (start, end) = (row.offset("start", findings), row.offset("end", findings));
    let extra = row.json("other", findings).as_object().cloned().unwrap_or_default().into_iter().collect();
    let more = More {
        id: row.optional("id"),
        rule: row.optional("rule"),
        agency: row.optional("agency"),
        canonical: row.optional("canonical"),
        extra,
    };
    let (Some(what), Some(start), Some(end)) = (what, start, end) else { return };
    let key = format!("{} at byte {}", row.table, row.at.start);
    let quote = Some(row.get("text")).filter(|text| !text.is_empty());
    draft.add(Raw { at: row.at.clone(), key, offsets: (start, end), quote, what, more }, findings);
}

/// How many cells a spreadsheet may take for formulas.
pub fn formulas(contents: &str) -> usize {
    let mut reader = csv::ReaderBuilder::new().from_reader(contents.as_bytes());
    let starts = |cell: &&str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    reader.records().flatten().map(|record| record.iter().filter(starts).count()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_look_like_formulas_are_counted() {
        assert_eq!(formulas("a,b\n=1,x\n\"-x\ny\",@\n"), 3);
    }
}
