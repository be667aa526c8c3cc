//! Places: offsets in the unit of a format, and stretches of a foreign file.

use std::fmt;

use goldrule_schema::{ByteSpan, CharSpan, Diagnostic, Document, Place, Severity};

/// What a format counts offsets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Unicode code points, as Python counts.
    CodePoints,
    /// UTF-16 code units, as Java and JavaScript count.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
    /// Code points, with CRLF as one.
    CrlfAsOne,
    /// Code points, without a byte-order mark.
    NoMark,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 code units",
            Self::Bytes => "UTF-8 bytes",
            Self::CrlfAsOne => "code points with CRLF as one character",
            Self::NoMark => "code points without the byte-order mark",
        })
    }
}

impl Unit {
    const ALL: [Self; 5] = [Self::CodePoints, Self::Utf16, Self::Bytes, Self::CrlfAsOne, Self::NoMark];

    /// The span that offsets in this unit mean; `None` where they end past the text or inside a character.
    pub fn span(self, document: &Document, start: u32, end: u32) -> Option<CharSpan> {
        let chars =
            |start, end| (start <= end && end <= document.char_len()).then(|| CharSpan::new(start, end));
        match self {
            Self::CodePoints => chars(start, end),
            Self::Utf16 => chars(document.char_at_utf16(start)?, document.char_at_utf16(end)?),
            Self::Bytes => (start <= end).then(|| document.chars(ByteSpan::new(start, end)))?,
            Self::CrlfAsOne => chars(with_returns(document, start)?, with_returns(document, end)?),
            Self::NoMark => {
                document.text().starts_with('\u{feff}').then(|| chars(start + 1, end.checked_add(1)?))?
            }
        }
    }

    /// The span as offsets in this unit.
    pub fn offsets(self, document: &Document, span: CharSpan) -> (u32, u32) {
        match self {
            Self::Utf16 => {
                let at = |char| document.utf16(char).unwrap_or(char);
                (at(span.start), at(span.end))
            }
            _ => (span.start, span.end),
        }
    }
}

/// The code point at an offset that counts CRLF as one character.
fn with_returns(document: &Document, offset: u32) -> Option<u32> {
    let (mut counted, mut chars) = (0, 0);
    let mut previous = ' ';
    for c in document.text().chars() {
        // The line feed behind a carriage return is not counted.
        if counted == offset && !(previous == '\r' && c == '\n') {
            return Some(chars);
        }
        if !(previous == '\r' && c == '\n') {
            counted += 1;
        }
        chars += 1;
        previous = c;
    }
    (counted == offset).then_some(chars)
}

/// A place in a foreign file that a finding can point at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    pub(crate) file: String,
    pub(crate) place: Option<Place>,
}

impl Origin {
    pub(crate) fn error(
        &self,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            help: help.into(),
            file: self.file.clone(),
            place: self.place,
        }
    }

    /// The span that a record's offsets mean, its quote checked where it has one.
    pub(crate) fn located(
        &self,
        document: &Document,
        unit: Unit,
        (start, end): (u32, u32),
        quote: Option<&str>,
    ) -> Result<CharSpan, Diagnostic> {
        let matches = |unit: Unit| {
            let span = unit.span(document, start, end).filter(|span| !span.is_empty())?;
            quote.is_none_or(|quote| document.quote(span) == Some(quote)).then_some(span)
        };
        if let Some(span) = matches(unit) {
            return Ok(span);
        }
        let other = quote.and_then(|_| {
            Unit::ALL
                .into_iter()
                .filter(|other| *other != unit)
                .find_map(|other| Some((other, matches(other)?)))
        });
        let help = match other {
            Some((other, span)) => format!(
                "the quote matches when counted as {other}; this format counts {unit} (in code points it is {span})"
            ),
            None => format!("offsets are counted in {unit} from 0, end exclusive, on the text as it is"),
        };
        Err(match unit.span(document, start, end).filter(|span| !span.is_empty()) {
            Some(span) => {
                let there = document.quote(span).unwrap_or_default();
                let quote = quote.unwrap_or_default();
                self.error(
                    "quote-mismatch",
                    format!("the text at {start}..{end} is {there:?}, the quote {quote:?}"),
                    help,
                )
            }
            None if start >= end => {
                self.error("bad-span", format!("the span {start}..{end} holds no character"), help)
            }
            None => self.error("past-end", format!("{start}..{end} is no span of this text"), help),
        })
    }
}

/// Lines of a foreign file.
pub(crate) struct Lines<'s> {
    source: &'s str,
    starts: Vec<usize>,
}

impl<'s> Lines<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { source, starts }
    }

    pub(crate) fn place(&self, start: usize, end: usize) -> Place {
        let start = self.source.floor_char_boundary(start);
        let end = self.source.ceil_char_boundary(end.max(start));
        let line = self.starts.partition_point(|&begin| begin <= start);
        let column = self.source[self.starts[line - 1]..start].chars().count() as u32 + 1;
        Place { start, end, line: line as u32, column }
    }

    /// A line by its number from 0.
    pub(crate) fn line(&self, index: usize) -> Place {
        let start = self.starts.get(index).copied().unwrap_or(self.source.len());
        let end = self.source[start..].find('\n').map_or(self.source.len(), |length| start + length);
        self.place(start, end)
    }
}
