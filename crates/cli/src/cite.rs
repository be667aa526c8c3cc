//! `goldrule cite`: the legal citations of one text.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use goldrule_extractor::citation::{Citation, Markup, annotate, clusters};
use goldrule_harness::{Stdin, counted, input};
use goldrule_schema::{Document, read_text};
use serde::Serialize;

use crate::shared::extractor;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule cite memo.txt                      a line for each citation: place, kind, id, words
  goldrule cite memo.txt --resolve            the same, gathered by authority
  goldrule cite memo.txt --format json        an object a line, with fields and pages to read
  goldrule cite memo.txt --format csv > a.csv
  goldrule cite memo.txt --annotate html      the text with each citation a link
  pbpaste | goldrule cite -                   standard input

Offsets count code points from 0, end exclusive. A state that a citation leaves open (\"SB 54\") is that of
the text's agencies and codes, or stays open.";

/// List the legal citations of a text, resolve or link them
///
/// Short forms, \"id.\", \"supra\" and acts by name have the id of what they stand for.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A text, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How to write them
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// Gather the citations of one authority: a section and its subdivisions, an act and its bill,
    /// parallel reports
    #[arg(long)]
    resolve: bool,
    /// Write the text back with each citation linked; no other character moves
    #[arg(long, value_enum, value_name = "MARKUP", conflicts_with_all = ["format", "resolve"])]
    annotate: Option<Annotation>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns
    Table,
    /// One object a line
    Json,
    /// A row for each citation
    Csv,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Annotation {
    /// `<a href="…">…</a>`
    Html,
    /// `[…](…)`
    Markdown,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let document = read(&args.file)?;
    let citations = extractor(None)?.citations(&document);
    let markup = args.annotate.map(|annotation| match annotation {
        Annotation::Html => Markup::Html,
        Annotation::Markdown => Markup::Markdown,
    });
    if let Some(markup) = markup {
        terminal.print(&annotate(document.text(), &citations, markup))?;
        return Ok(Status::Fine);
    }
    let records: Vec<Record<'_>> = citations.iter().map(|c| Record::new(&document, c)).collect();
    let groups = args.resolve.then(|| Group::all(document.text(), &citations));
    terminal.print(&match (args.format, &groups) {
        (Format::Table, None) => table(&records),
        (Format::Table, Some(groups)) => groups_table(groups, &records),
        (Format::Json, None) => records.iter().map(json_line).collect(),
        (Format::Json, Some(groups)) => {
            groups.iter().map(|group| json_line(&group.with_citations(&records))).collect()
        }
        (Format::Csv, groups) => csv(&records, groups.as_deref()),
    })?;
    let authorities = match groups.as_ref().map(Vec::len) {
        None => String::new(),
        Some(1) => " of 1 authority".to_owned(),
        Some(count) => format!(" of {count} authorities"),
    };
    terminal.note(&format!("{}{authorities}.", counted(records.len(), "citation")));
    Ok(Status::Fine)
}

fn read(file: &Path) -> Result<Document, Failure> {
    if file != Path::new("-") {
        return Ok(Document::new(file.display().to_string(), read_text(file)?));
    }
    match input::inputs(file, Stdin::Text).next() {
        Some(Ok(input)) => Ok(Document::new(input.id, input.text)),
        Some(Err(finding)) => Err(Failure::Findings(vec![finding])),
        None => Ok(Document::new("stdin", "")),
    }
}

/// A citation as it is written.
#[derive(Serialize)]
struct Record<'t> {
    start: u32,
    end: u32,
    text: &'t str,
    kind: &'static str,
    canonical: Option<String>,
    /// Section of the United States Code of a section of the Immigration and Nationality Act.
    #[serde(skip_serializing_if = "Option::is_none")]
    codified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    fields: Vec<Part<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signal: Option<Part<'t>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parenthetical: Option<Part<'t>>,
    rule: &'static str,
}

/// A field of a citation.
#[derive(Serialize)]
struct Part<'t> {
    name: &'static str,
    start: u32,
    end: u32,
    text: &'t str,
}

impl<'t> Record<'t> {
    fn new(document: &'t Document, citation: &Citation<'t>) -> Self {
        let place = |span| document.chars(span).map_or((0, 0), |span| (span.start, span.end));
        let part = |field: goldrule_extractor::citation::Field<'t>| {
            let (start, end) = place(field.span);
            Part { name: field.name.as_str(), start, end, text: field.quote }
        };
        let (start, end) = place(citation.span);
        Self {
            start,
            end,
            text: citation.quote,
            kind: citation.kind.as_str(),
            canonical: citation.canonical(),
            codified: citation.codified(),
            url: citation.url(),
            fields: citation.fields().map(part).collect(),
            signal: citation.signal(document.text()).map(part),
            parenthetical: citation.parenthetical(document.text()).map(part),
            rule: citation.rule,
        }
    }

    fn id(&self) -> &str {
        self.canonical.as_deref().unwrap_or("-")
    }

    /// Its words on one line.
    fn words(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The citations of one authority.
#[derive(Serialize)]
struct Group<'r> {
    authority: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Ids that its citations have beside that of the authority.
    also: Vec<String>,
    #[serde(skip)]
    members: Vec<usize>,
    citations: Vec<&'r Record<'r>>,
}

impl<'r> Group<'r> {
    fn all(text: &str, citations: &[Citation<'_>]) -> Vec<Self> {
        let group = |cluster: goldrule_extractor::citation::Cluster| {
            let ids: BTreeSet<String> =
                cluster.citations.iter().filter_map(|&index| citations[index].canonical()).collect();
            let url = cluster.url();
            Self {
                also: ids.into_iter().filter(|id| Some(id) != cluster.canonical.as_ref()).collect(),
                url,
                authority: cluster.canonical,
                members: cluster.citations,
                citations: Vec::new(),
            }
        };
        clusters(text, citations).into_iter().map(group).collect()
    }

    fn with_citations(&self, records: &'r [Record<'r>]) -> Self {
        Self {
            authority: self.authority.clone(),
            url: self.url.clone(),
            also: self.also.clone(),
            members: Vec::new(),
            citations: self.members.iter().map(|&index| &records[index]).collect(),
        }
    }
}

/// Writing to memory does not fail.
fn json_line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}

/// Columns that are as wide as what stands in them; the last column is as it is.
fn aligned(rows: &[[String; 4]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    let mut out = String::new();
    for [place, kind, id, words] in rows {
        let [a, b, c] = widths;
        let _ = writeln!(out, "{place:>a$}  {kind:b$}  {id:c$}  {words}");
    }
    out
}

fn row(record: &Record<'_>) -> [String; 4] {
    let place = format!("{}..{}", record.start, record.end);
    [place, record.kind.to_owned(), record.id().to_owned(), record.words()]
}

fn table(records: &[Record<'_>]) -> String {
    aligned(&records.iter().map(row).collect::<Vec<_>>())
}

/// Each authority with its citations below it.
fn groups_table(groups: &[Group<'_>], records: &[Record<'_>]) -> String {
    let rows = aligned(&records.iter().map(row).collect::<Vec<_>>());
    let rows: Vec<&str> = rows.lines().collect();
    let mut out = String::new();
    for group in groups {
        let name = group.authority.as_deref().unwrap_or("(no id)");
        let page = group.url.as_ref().map(|url| format!("  {url}")).unwrap_or_default();
        let _ = writeln!(out, "{name}{page}");
        for &member in &group.members {
            let _ = writeln!(out, "  {}", rows.get(member).unwrap_or(&""));
        }
    }
    out
}

fn csv(records: &[Record<'_>], groups: Option<&[Group<'_>]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut head = vec!["start", "end", "text", "kind", "canonical", "codified", "url", "rule"];
    if groups.is_some() {
        head.extend(["cluster", "authority"]);
    }
    let mut group_of = vec![None; records.len()];
    for (number, group) in groups.into_iter().flatten().enumerate() {
        for &member in &group.members {
            group_of[member] = Some(number);
        }
    }
    // Writing to memory does not fail.
    let _ = writer.write_record(&head);
    for (index, record) in records.iter().enumerate() {
        let (start, end) = (record.start.to_string(), record.end.to_string());
        let optional = |value: &'_ Option<String>| value.clone().unwrap_or_default();
        let mut row = vec![
            start,
            end,
            record.text.to_owned(),
            record.kind.to_owned(),
            optional(&record.canonical),
            optional(&record.codified),
            optional(&record.url),
            record.rule.to_owned(),
        ];
        let number = group_of.get(index).copied().flatten();
        if let Some((number, group)) = number.zip(groups).map(|(number, groups)| (number, &groups[number])) {
            row.extend([(number + 1).to_string(), optional(&group.authority)]);
        }
        let _ = writer.write_record(&row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
