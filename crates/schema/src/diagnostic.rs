//! What is wrong with a file, where, and what to do.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

/// Whether a file with the finding is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The file is refused.
    Error,
    /// The file is read all the same.
    Warning,
}

/// A stretch of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// First byte of the file's source.
    pub start: usize,
    /// First byte after.
    pub end: usize,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
}

impl Place {
    /// The place of the bytes `start..end` of a file; both are moved to character boundaries.
    pub fn locate(file: &str, start: usize, end: usize) -> Self {
        let lines = Lines::new(file);
        lines.place(start.saturating_sub(lines.mark), end.saturating_sub(lines.mark))
    }
}

/// A finding about a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable name of the sort of finding, such as `quote-mismatch`.
    pub code: &'static str,
    /// Whether the file is refused.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The file.
    pub file: String,
    /// Where in the file; `None` where the finding is about the file as a whole.
    pub place: Option<Place>,
}

/// Every code with its meaning, sorted.
pub const CODES: &[(&str, &str)] = &[
    ("ambiguous-quote", "a quote without offsets stands in the text more than once"),
    ("bad-canonical", "a canonical id does not begin with `/us`"),
    ("bad-id", "an id cannot name a file"),
    ("bad-jurisdiction", "a jurisdiction is no Open Civic Data division id"),
    ("bad-span", "a span is empty or ends before it starts"),
    ("duplicate-id", "an id is given twice"),
    ("duplicate-key", "an object has the same key twice"),
    ("duplicate-record", "two records say the same of the same place"),
    ("missing-document", "a gold file names a document that the corpus does not have"),
    ("missing-key", "a required key is missing"),
    ("no-documents", "a folder holds no documents"),
    ("no-text", "an offset has to be worked out and the text is not at hand"),
    ("not-utf8", "a file is not UTF-8"),
    ("overlap", "two mentions or two citations share characters"),
    ("past-end", "a span ends behind the end of the text"),
    ("quote-mismatch", "the text at the offsets is not the quote"),
    ("quote-not-found", "a quote does not stand in the text"),
    ("quotes-withheld", "a file of a text that may not be shipped holds quotes, or lacks its hash"),
    ("schema-version", "the schema version is not 1"),
    ("syntax", "the file is not JSON"),
    ("unknown-agency", "a stance names an agency that the file does not list"),
    ("unknown-key", "a key is not part of the format"),
    ("unknown-word", "a word is not in its closed list"),
    ("unreadable", "a file or folder cannot be read"),
    ("unwritable", "a file or folder cannot be written"),
    ("would-overwrite", "a file that goldrule did not write stands where output would go"),
    ("wrong-document", "the document's name is not the file's"),
    ("wrong-hash", "the text's SHA-256 is not the stated one"),
    ("wrong-type", "a value is of the wrong type"),
];

impl Diagnostic {
    /// A finding about a file as a whole.
    pub fn whole(
        code: &'static str,
        file: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            help: help.into(),
            file: file.into(),
            place: None,
        }
    }

    /// Whether the file is refused for it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The finding as people read it: the line with a caret, and what to do. `source` is the file.
    pub fn render(&self, source: &str, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        let level = if self.is_error() { Level::ERROR } else { Level::WARNING };
        let title = level.primary_title(self.message.as_str()).id(self.code);
        let group = match self.place {
            Some(place) => {
                let start = source.floor_char_boundary(place.start);
                let end = source.ceil_char_boundary(place.end.max(start + 1));
                let annotation = AnnotationKind::Primary.span(start..end);
                title.element(Snippet::source(source).path(self.file.as_str()).annotation(annotation))
            }
            None => title.element(annotate_snippets::Origin::path(self.file.as_str())),
        };
        renderer.render(&[group.element(Level::HELP.message(self.help.as_str()))])
    }
}

/// Places of a source: byte offsets as lines and columns.
#[derive(Debug)]
pub(crate) struct Lines<'s> {
    source: &'s str,
    /// Bytes of a byte-order mark before the source.
    mark: usize,
    starts: Vec<usize>,
}

impl<'s> Lines<'s> {
    /// Indexes a file; offsets are given from behind its byte-order mark, if it has one.
    pub(crate) fn new(file: &'s str) -> Self {
        let source = without_mark(file);
        let mark = file.len() - source.len();
        let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { source, mark, starts }
    }

    pub(crate) fn place(&self, start: usize, end: usize) -> Place {
        let start = self.source.floor_char_boundary(start);
        let end = self.source.ceil_char_boundary(end);
        let line = self.starts.partition_point(|&begin| begin <= start);
        let column = self.source[self.starts[line - 1]..start].chars().count() as u32 + 1;
        Place { start: start + self.mark, end: end + self.mark, line: line as u32, column }
    }
}

/// A file without the byte-order mark that some editors put before it.
pub(crate) fn without_mark(file: &str) -> &str {
    file.strip_prefix('\u{feff}').unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted() {
        assert!(CODES.is_sorted());
    }
}
