//! Annotation sets as they leave: JSON, JSON lines, CSV; on standard output or a file a document.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use goldrule_schema::{
    AnnotationSet, Diagnostic, Document, file_name_fault, to_canonical_json, to_json_line, write_atomically,
};
use serde::Serialize;

use crate::Finding;
use crate::input::Input;

/// How annotation sets are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As gold files.
    Json,
    /// The same, each on one line.
    JsonLines,
    /// A row a record, without a head.
    Csv,
}

impl Format {
    /// The extension of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
        }
    }

    /// What comes before the first set: the head of CSV, else nothing.
    pub fn head(self) -> String {
        if self == Self::Csv { COLUMNS.join(",") + "\n" } else { String::new() }
    }

    /// One set.
    pub fn write(self, set: &AnnotationSet) -> String {
        match self {
            Self::Json => to_canonical_json(set),
            Self::JsonLines => to_json_line(set) + "\n",
            Self::Csv => csv(set),
        }
    }
}

const COLUMNS: [&str; 17] = [
    "document",
    "record",
    "start",
    "end",
    "text",
    "agency",
    "name",
    "kind",
    "jurisdiction",
    "form",
    "topic",
    "position",
    "attribution",
    "canonical",
    "rule",
    "id",
    "url",
];

/// A record as a row; the fields are [`COLUMNS`].
#[derive(Default, Serialize)]
struct Row<'a> {
    document: &'a str,
    record: &'a str,
    start: u32,
    end: u32,
    text: Option<&'a str>,
    agency: Option<&'a str>,
    name: Option<&'a str>,
    kind: Option<&'a str>,
    jurisdiction: Option<&'a str>,
    form: Option<&'a str>,
    topic: Option<&'a str>,
    position: Option<&'a str>,
    attribution: Option<&'a str>,
    canonical: Option<&'a str>,
    rule: Option<&'a str>,
    id: Option<&'a str>,
    url: Option<&'a str>,
}

fn csv(set: &AnnotationSet) -> String {
    let document = set.document.as_str();
    let mentions = set.mentions().map(|(agency, mention)| Row {
        record: "mention",
        start: mention.span.start,
        end: mention.span.end,
        text: mention.text.as_deref(),
        agency: Some(&agency.id),
        name: Some(&agency.name),
        kind: Some(agency.kind.as_str()),
        jurisdiction: agency.jurisdiction.as_deref(),
        form: Some(mention.form.as_str()),
        rule: mention.rule.as_deref(),
        id: mention.id.as_deref(),
        ..Row::default()
    });
    let stances = set.stances.iter().map(|stance| {
        let agency = set.agency(&stance.agency);
        Row {
            record: "stance",
            start: stance.span.start,
            end: stance.span.end,
            text: stance.text.as_deref(),
            agency: Some(&stance.agency),
            name: agency.map(|agency| agency.name.as_str()),
            kind: agency.map(|agency| agency.kind.as_str()),
            jurisdiction: agency.and_then(|agency| agency.jurisdiction.as_deref()),
            topic: Some(stance.topic.as_str()),
            position: Some(stance.position.as_str()),
            attribution: Some(stance.attribution.as_str()),
            rule: stance.rule.as_deref(),
            id: stance.id.as_deref(),
            ..Row::default()
        }
    });
    let citations = set.citations.iter().map(|citation| Row {
        record: "citation",
        start: citation.span.start,
        end: citation.span.end,
        text: citation.text.as_deref(),
        kind: Some(citation.kind.as_str()),
        canonical: citation.canonical.as_deref(),
        rule: citation.rule.as_deref(),
        id: citation.id.as_deref(),
        url: citation.extra.get("url").and_then(serde_json::Value::as_str),
        ..Row::default()
    });
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    for row in mentions.chain(stances).chain(citations) {
        // Writing to memory does not fail.
        let _ = writer.serialize(Row { document, ..row });
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A folder that takes a file for each document.
#[derive(Clone, Debug)]
pub struct OutDir {
    dir: PathBuf,
    format: Format,
}

impl OutDir {
    /// Makes the folder where it is missing.
    ///
    /// # Errors
    /// Where it cannot be made or written to.
    pub fn open(dir: &Path, format: Format) -> Result<Self, Diagnostic> {
        let probe = || -> io::Result<()> {
            fs::create_dir_all(dir)?;
            let probe = tempfile::Builder::new().prefix(".goldrule-").tempfile_in(dir);
            // The error would name the temporary file, which says nothing to anybody.
            probe.map(drop).map_err(|error| io::Error::from(error.kind()))
        };
        probe().map_err(|error| {
            let message = format!("cannot write to this folder: {error}");
            let help = "name a folder that can be made and written to";
            Diagnostic::whole("unwritable", dir.display().to_string(), message, help)
        })?;
        Ok(Self { dir: dir.to_path_buf(), format })
    }

    /// Refuses inputs whose id would name a file outside the folder, or the file of an earlier input.
    pub fn admit(
        inputs: impl Iterator<Item = Result<Input, Finding>> + Send,
    ) -> impl Iterator<Item = Result<Input, Finding>> + Send {
        let mut known = HashSet::new();
        inputs.map(move |input| {
            let input = input?;
            let fault = fault_of(&input.id);
            if let Some(fault) = fault {
                let message = format!("the id {:?} cannot name a file: {fault}", input.id);
                let help = "give it an id of letters, digits, `-`, `_` and `.`";
                return Err(Diagnostic::whole("bad-id", input.origin, message, help).into());
            }
            if !known.insert(input.id.clone()) {
                let message = format!("an earlier document has the id {:?}; its output is kept", input.id);
                let help = "give each document an id of its own";
                return Err(Diagnostic::whole("duplicate-id", input.origin, message, help).into());
            }
            Ok(input)
        })
    }

    /// Writes a document's file whole or not at all. A file that goldrule did not write, or that somebody
    /// has worked on, is left as it is.
    ///
    /// # Errors
    /// Where such a file stands in the way or writing fails.
    pub fn write(&self, document: &Document, set: &AnnotationSet) -> Result<(), Finding> {
        let path = self.dir.join(format!("{}.{}", document.id(), self.format.extension()));
        let name = path.display().to_string();
        let contents = self.format.head() + &self.format.write(set);
        let unwritable = |error: io::Error| {
            let message = format!("cannot write it: {error}");
            Finding::from(Diagnostic::whole("unwritable", &name, message, "mend that and run it again"))
        };
        let previous = match fs::read(&path) {
            Ok(previous) if previous == contents.as_bytes() => return Ok(()),
            Ok(previous) => Some(previous),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(unwritable(error)),
        };
        if previous.as_deref().is_some_and(|previous| !self.is_output(previous)) {
            let message = "a file that goldrule did not write, or that was worked on, stands here";
            let help = "name another folder with --out, or move the file away";
            return Err(Diagnostic::whole("would-overwrite", &name, message, help).into());
        }
        write_atomically(&path, contents.as_bytes(), previous.as_deref()).map_err(unwritable)
    }

    /// Whether a file is what an earlier run wrote and nobody signed since.
    fn is_output(&self, contents: &[u8]) -> bool {
        if self.format == Format::Csv {
            return contents.starts_with(self.format.head().as_bytes());
        }
        let value: serde_json::Value = serde_json::from_slice(contents).unwrap_or_default();
        let meta = &value["meta"];
        meta["generator"].as_str().is_some_and(|generator| generator.starts_with("goldrule "))
            && meta.get("status").is_none()
            && meta.get("annotators").is_none()
    }
}

/// Why an id is no name for a file here.
fn fault_of(id: &str) -> Option<&'static str> {
    let colon = || (id.contains(':') && cfg!(windows)).then_some("it holds a colon");
    file_name_fault(id).or_else(colon)
}
