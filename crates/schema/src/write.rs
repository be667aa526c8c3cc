//! Writes annotation sets as canonical JSON: one record a line, in the order of the guidelines.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

use serde_json::{Value, json};

use crate::model::{AnnotationSet, Extra};
use crate::span::CharSpan;

/// The set as its file holds it. Records are put in the order of the guidelines, unknown keys come last,
/// lines end in `\n`. Writing what was read from the result gives the same bytes.
///
/// ```
/// use goldrule_schema::{to_canonical_json, AnnotationSet};
///
/// let json = to_canonical_json(&AnnotationSet::new("note"));
/// assert_eq!(
///     json,
///     "{\n  \"schema_version\": 1,\n  \"document\": \"note\",\n  \"agencies\": [],\n  \"stances\": [],\n  \"citations\": []\n}\n"
/// );
/// ```
pub fn to_canonical_json(set: &AnnotationSet) -> String {
    let mut set = set.clone();
    set.sort();
    let mut lines: Vec<String> = Vec::new();
    if let Some(schema) = &set.schema {
        lines.push(format!("\"$schema\": {}", json!(schema)));
    }
    lines.push("\"schema_version\": 1".into());
    lines.push(format!("\"document\": {}", json!(set.document)));
    if let Some(meta) = meta(&set) {
        lines.push(format!("\"meta\": {}", line(meta)));
    }
    lines.push(list("agencies", set.agencies.iter().map(agency)));
    lines.push(list("stances", set.stances.iter().map(|stance| line(stance_map(stance)))));
    lines.push(list("citations", set.citations.iter().map(|citation| line(citation_map(citation)))));
    lines.extend(set.extra.iter().map(|(key, value)| format!("{}: {value}", json!(key))));
    format!("{{\n  {}\n}}\n", lines.join(",\n  "))
}

fn list(key: &str, records: impl Iterator<Item = String>) -> String {
    let records: Vec<_> = records.collect();
    if records.is_empty() {
        return format!("\"{key}\": []");
    }
    format!("\"{key}\": [\n    {}\n  ]", records.join(",\n    "))
}

/// An object on one line, with a space behind each colon and comma.
fn line(map: Vec<(String, Value)>) -> String {
    let mut out = String::from("{ ");
    for (index, (key, value)) in map.into_iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        let _ = write!(out, "{comma}{}: {value}", json!(key));
    }
    out.push_str(" }");
    out
}

/// Collects the keys of a record in their order.
struct Keys(Vec<(String, Value)>);

impl Keys {
    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.push((key.to_owned(), value.into()));
        self
    }

    fn maybe<T: Into<Value>>(self, key: &str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    fn place(self, text: Option<&String>, span: CharSpan) -> Self {
        self.maybe("text", text.cloned()).with("start", span.start).with("end", span.end)
    }

    fn extra(mut self, extra: &Extra) -> Vec<(String, Value)> {
        self.0.extend(extra.iter().map(|(key, value)| (key.clone(), value.clone())));
        self.0
    }
}

fn meta(set: &AnnotationSet) -> Option<Vec<(String, Value)>> {
    let meta = &set.meta;
    let annotators = (!meta.annotators.is_empty()).then(|| meta.annotators.clone());
    let keys = Keys(Vec::new())
        .maybe("text_sha256", meta.text_sha256.clone())
        .maybe("guidelines", meta.guidelines.clone())
        .maybe("status", meta.status.map(crate::Status::as_str))
        .maybe("annotators", annotators)
        .maybe("assisted", meta.assisted)
        .maybe("quotes", meta.quotes_withheld.then_some("withheld"))
        .maybe("generator", meta.generator.clone())
        .extra(&meta.extra);
    (!keys.is_empty()).then_some(keys)
}

fn agency(agency: &crate::Agency) -> String {
    let head = Keys(Vec::new())
        .with("id", agency.id.clone())
        .with("name", agency.name.clone())
        .with("kind", agency.kind.as_str())
        .maybe("jurisdiction", agency.jurisdiction.clone())
        .maybe("rule", agency.rule.clone())
        .0;
    let mut out = line(head);
    out.truncate(out.len() - 2);
    let mentions: Vec<_> = agency
        .mentions
        .iter()
        .map(|mention| {
            let keys = Keys(Vec::new())
                .maybe("id", mention.id.clone())
                .place(mention.text.as_ref(), mention.span)
                .with("form", mention.form.as_str())
                .maybe("rule", mention.rule.clone());
            line(keys.extra(&mention.extra))
        })
        .collect();
    let body = if mentions.is_empty() {
        "[]".to_owned()
    } else {
        format!("[\n      {}\n    ]", mentions.join(",\n      "))
    };
    let _ = write!(out, ",\n      \"mentions\": {body}");
    for (key, value) in &agency.extra {
        let _ = write!(out, ", {}: {value}", json!(key));
    }
    out.push_str(" }");
    out
}

fn stance_map(stance: &crate::Stance) -> Vec<(String, Value)> {
    Keys(Vec::new())
        .maybe("id", stance.id.clone())
        .with("agency", stance.agency.clone())
        .with("topic", stance.topic.as_str())
        .with("position", stance.position.as_str())
        .with("attribution", stance.attribution.as_str())
        .place(stance.text.as_ref(), stance.span)
        .maybe("rule", stance.rule.clone())
        .extra(&stance.extra)
}

fn citation_map(citation: &crate::Citation) -> Vec<(String, Value)> {
    Keys(Vec::new())
        .maybe("id", citation.id.clone())
        .place(citation.text.as_ref(), citation.span)
        .with("kind", citation.kind.as_str())
        .maybe("canonical", citation.canonical.clone())
        .maybe("rule", citation.rule.clone())
        .extra(&citation.extra)
}

/// The set as one line of JSON, for streams of many documents.
pub fn to_json_line(set: &AnnotationSet) -> String {
    // Line breaks of the canonical form stand between values only: strings escape theirs.
    to_canonical_json(set).lines().map(str::trim_start).collect::<Vec<_>>().join(" ")
}

/// Replaces a file whole or not at all: the new contents are written beside it and renamed over it.
///
/// # Errors
/// Where the folder cannot be written, or where `previous` is given and the file no longer holds it,
/// because somebody else wrote it meanwhile; the file is then as it was. A symbolic link stays, and what
/// it leads to is replaced.
pub fn write_atomically(path: &Path, contents: &[u8], previous: Option<&[u8]>) -> io::Result<()> {
    // A new file takes no other's place: there is nothing to lose to a power cut while it is written out.
    replace(path, contents, previous, path.exists())
}

/// Replaces a file as [`write_atomically`] does; a new one, too, is on the disk when this returns. For what
/// must be there before another file is replaced.
///
/// # Errors
/// As [`write_atomically`].
pub fn write_durably(path: &Path, contents: &[u8], previous: Option<&[u8]>) -> io::Result<()> {
    replace(path, contents, previous, true)
}

fn replace(path: &Path, contents: &[u8], previous: Option<&[u8]>, sync: bool) -> io::Result<()> {
    let resolved = path.is_symlink().then(|| std::fs::canonicalize(path)).transpose()?;
    let path = resolved.as_deref().unwrap_or(path);
    if let Some(previous) = previous
        && std::fs::read(path)? != previous
    {
        return Err(io::Error::other("the file was changed by somebody else meanwhile; nothing was written"));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let message = format!("there is no folder {}", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    // The error would name the temporary file, which says nothing to anybody.
    let mut file = tempfile::Builder::new()
        .prefix(".goldrule-")
        .tempfile_in(folder)
        .map_err(|error| io::Error::from(error.kind()))?;
    file.write_all(contents)?;
    if sync {
        file.as_file().sync_all()?;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path).map_or(0o644, |meta| meta.permissions().mode());
        file.as_file().set_permissions(std::fs::Permissions::from_mode(mode))?;
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
