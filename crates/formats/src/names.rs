//! Names of the documents of an import: each must be able to name a file, and only one.

use std::collections::BTreeMap;
use std::ops::Range;

use goldrule_schema::{Document, Place, file_name_fault};

use crate::Texts;
use crate::draft::Findings;

/// The longest name, in bytes: file systems end at 255, and endings are added.
const LONGEST: usize = 200;

/// Names that Windows keeps for devices, whatever ending follows.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// What to do where two documents have one name.
pub(crate) const ONE_EACH: &str =
    "give each document a name of its own, or import the files one by one, each with an `--out` of its own";

/// The documents that are known, and those that an import has met, and where.
pub(crate) struct Names<'a> {
    texts: Texts<'a>,
    /// By the name in lower case, as file systems that ignore case compare them.
    met: BTreeMap<String, (String, String)>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(texts: Texts<'a>) -> Self {
        Self { texts, met: BTreeMap::new() }
    }

    /// The document that a file's text stands for, which is noted: the known one where it has the same text,
    /// else a new one. One whose file an earlier one has is an error that names both, with the `remedy`.
    pub(crate) fn document(
        &mut self,
        id: &str,
        text: Option<&str>,
        at: &Range<usize>,
        remedy: &str,
        findings: &mut Findings<'_>,
    ) -> Option<Document> {
        if self.admit(id, at, remedy, findings) { self.resolve(id, text, at, findings) } else { None }
    }

    fn admit(&mut self, id: &str, at: &Range<usize>, remedy: &str, findings: &mut Findings<'_>) -> bool {
        let line = Place::locate(findings.source, at.start, at.end).line;
        let here = format!("{}:{line}", findings.file);
        let Some((known, there)) = self.met.get(&id.to_lowercase()) else {
            self.met.insert(id.to_lowercase(), (id.to_owned(), here));
            return true;
        };
        let message = if known == id {
            format!("two documents are called `{id}`: at {there} and at {here}")
        } else {
            format!("`{known}` at {there} and `{id}` at {here} are one file where case does not count")
        };
        findings.error("duplicate-id", at, message, remedy);
        false
    }

    fn resolve(
        &self,
        id: &str,
        text: Option<&str>,
        at: &Range<usize>,
        findings: &mut Findings<'_>,
    ) -> Option<Document> {
        let known = (self.texts)(id);
        if let (None, Some(fault)) = (known, fault(id)) {
            let help = "give it a name of letters, digits, `-`, `_` and `.`";
            findings.error("bad-id", at, format!("`{id}` cannot name a document: {fault}"), help);
            return None;
        }
        match (known, text) {
            (Some(known), Some(text)) if known.text() != text => {
                let help = "import it with the text it was made from";
                findings.error("different-text", at, difference(known.text(), text), help);
                None
            }
            (Some(known), _) => Some(known.clone()),
            (None, Some(text)) if u32::try_from(text.len()).is_ok() => Some(Document::new(id, text)),
            (None, _) => {
                let message = format!("the text of `{id}` is not at hand");
                findings.error("no-text", at, message, "give the folder that holds it with `--text`");
                None
            }
        }
    }
}

fn difference(known: &str, other: &str) -> String {
    let unlike = |changed: &str| changed == other;
    let why = if unlike(&known.replace("\r\n", "\n")) {
        "its CRLF line ends became LF"
    } else if unlike(known.trim_start_matches('\u{feff}')) {
        "its byte-order mark is gone"
    } else if unlike(known.trim()) {
        "white space at its ends is gone"
    } else {
        let at = known.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        return format!("the text in this file differs from the document's, first at code point {at}");
    };
    format!("the text in this file is not the document's: {why}, so offsets count another text")
}

/// Why a name cannot be that of a file on every system.
pub(crate) fn fault(id: &str) -> Option<&'static str> {
    let device = id.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = ["com", "lpt"].iter().any(|port| {
        device
            .strip_prefix(port)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    });
    if let Some(fault) = file_name_fault(id) {
        Some(fault)
    } else if id.contains(['<', '>', ':', '"', '|', '?', '*']) {
        Some("it holds a character that Windows has no files with")
    } else if id.ends_with(['.', ' ']) {
        Some("it ends with a full stop or a blank, which Windows takes away")
    } else if numbered || DEVICES.contains(&device.as_str()) {
        Some("Windows keeps it for a device")
    } else if id.len() > LONGEST {
        Some("it is too long")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_told_from_others() {
        for id in ["note", "a.b", "Überfall 3", "console", "com10", "lpt"] {
            assert_eq!(fault(id), None, "{id}");
        }
        for id in ["", "../x", "a/b", "a\\b", ".x", "..", "CON", "con.txt", "Lpt1", "a\nb", "a:b", "a.", "a "]
        {
            assert!(fault(id).is_some(), "{id}");
        }
        assert!(fault(&"é".repeat(101)).is_some());
    }
}
