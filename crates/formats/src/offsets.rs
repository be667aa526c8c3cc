//! The units in which formats count, and spans checked against the quotes that come with them.

use goldrule_schema::{ByteSpan, CharSpan, Document, mismatch_help};

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points, as Python does.
    CodePoints,
    /// UTF-16 code units, as Java and JavaScript do.
    Utf16,
    /// Bytes of UTF-8.
    Bytes,
}

impl Unit {
    /// Every unit.
    pub const ALL: &'static [Self] = &[Self::CodePoints, Self::Utf16, Self::Bytes];

    /// Its name in messages and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16",
            Self::Bytes => "bytes",
        }
    }

    /// What `--unit` calls it.
    pub(crate) const fn option(self) -> &'static str {
        match self {
            Self::CodePoints => "--unit code-points",
            Self::Utf16 => "--unit utf-16",
            Self::Bytes => "--unit bytes",
        }
    }

    /// How many of it a text has.
    pub(crate) fn width(self, text: &str) -> u32 {
        let width = match self {
            Self::CodePoints => text.chars().count(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Bytes => text.len(),
        };
        width as u32
    }

    /// An offset of this unit as code points; `None` past the end or inside a character.
    fn to_char(self, document: &Document, offset: u32) -> Option<u32> {
        match self {
            Self::CodePoints => (offset <= document.char_len()).then_some(offset),
            Self::Utf16 => document.char_at_utf16(offset),
            Self::Bytes => document.char_at_byte(offset),
        }
    }

    pub(crate) fn span(self, document: &Document, start: u32, end: u32) -> Option<CharSpan> {
        let (start, end) = (self.to_char(document, start)?, self.to_char(document, end)?);
        (start < end).then(|| CharSpan::new(start, end))
    }
}

/// Quotes differ from the text by line breaks in formats whose lines are their records.
pub(crate) type Same = fn(&str, &str) -> bool;

/// The span of `start..end` counted in `unit`, where the text there is the quote.
///
/// # Errors
/// What is wrong, and what to do: with the unit in which the quote would match, where there is one.
pub(crate) fn resolve(
    document: &Document,
    unit: Unit,
    (start, end): (u32, u32),
    quote: Option<&str>,
    same: Same,
) -> Result<CharSpan, (&'static str, String, String)> {
    if start >= end {
        let help = "the end counts the first character behind the span";
        return Err(("bad-span", format!("the span {start}..{end} holds no character"), help.into()));
    }
    let found = unit.span(document, start, end);
    let there = found.and_then(|span| document.quote(span));
    match (found, quote, there) {
        (Some(span), None, _) => return Ok(span),
        (Some(span), Some(quote), Some(there)) if same(there, quote) => return Ok(span),
        _ => {}
    }
    let message = match there {
        Some(there) => format!("the text at {start}..{end}, counted in {}, is {there:?}", unit.as_str()),
        None => format!(
            "the span {start}..{end}, counted in {}, does not lie within the text's {} code points",
            unit.as_str(),
            document.char_len()
        ),
    };
    let help = quote.map_or_else(
        || within(document, unit, (start, end)),
        |quote| help(document, unit, (start, end), quote, same),
    );
    Err((if found.is_some() { "quote-mismatch" } else { "past-end" }, message, help))
}

/// What to do where a span without a quote does not lie within the text.
fn within(document: &Document, unit: Unit, (start, end): (u32, u32)) -> String {
    let whole =
        |other: &&Unit| other.span(document, start, end).is_some_and(|span| cuts(document, span) == 0);
    let count = format!("count {} from 0, end exclusive", unit.as_str());
    match Unit::ALL.iter().find(whole) {
        Some(other) => format!(
            "{count}; counted in {} it would hold whole words: say so with `{}` if the file counts so",
            other.as_str(),
            other.option()
        ),
        None => count,
    }
}

/// How many ends of a span cut a word or a run of white space off: those of records seldom do.
pub(crate) fn cuts(document: &Document, span: CharSpan) -> usize {
    let byte = |at| document.byte_at_char(at).unwrap_or(0) as usize;
    let (before, rest) = document.text().split_at(byte(span.start));
    let (inside, after) = rest.split_at(byte(span.end) - before.len());
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let cut =
        |inner: Option<char>, outer| inner.is_some_and(char::is_whitespace) || word(inner) && word(outer);
    let (first, last) = (inside.chars().next(), inside.chars().next_back());
    usize::from(cut(first, before.chars().next_back())) + usize::from(cut(last, after.chars().next()))
}

/// How many ends of spans cut words in this unit and in another, where the other has less than half as many.
pub(crate) fn likelier(
    document: &Document,
    unit: Unit,
    spans: &[(u32, u32)],
) -> Option<(usize, Unit, usize)> {
    let count = |unit: Unit| -> Option<usize> {
        spans.iter().map(|&(start, end)| Some(cuts(document, unit.span(document, start, end)?))).sum()
    };
    let here = count(unit)?;
    let others = Unit::ALL.iter().filter(|&&other| other != unit);
    let (there, other) =
        others.filter_map(|&other| Some((count(other)?, other))).min_by_key(|&(there, _)| there)?;
    (there * 2 < here).then_some((here, other, there))
}

fn help(document: &Document, unit: Unit, (start, end): (u32, u32), quote: &str, same: Same) -> String {
    let fits = |other: &&Unit| {
        let there = other.span(document, start, end).and_then(|span| document.quote(span));
        **other != unit && there.is_some_and(|there| same(there, quote))
    };
    if let Some(other) = Unit::ALL.iter().find(fits) {
        return format!(
            "the quote matches when counted as {}: say so with `--unit` if the whole file counts so",
            other.as_str()
        );
    }
    // Line ends and byte-order marks shift code points; a UTF-16 offset is brought to them first.
    let span = unit.span(document, start, end).unwrap_or(CharSpan::new(start, end));
    mismatch_help(document, span, quote)
}

/// A span of code points in a unit.
pub(crate) fn in_unit(document: &Document, unit: Unit, span: CharSpan) -> (u32, u32) {
    let of = |char| match unit {
        Unit::CodePoints => Some(char),
        Unit::Utf16 => document.utf16(char),
        Unit::Bytes => document.byte_at_char(char),
    };
    (of(span.start).unwrap_or(0), of(span.end).unwrap_or(0))
}

/// Spans of bytes as code points, for tokens.
pub(crate) fn chars(document: &Document, start: usize, end: usize) -> CharSpan {
    document.chars(ByteSpan::new(start as u32, end as u32)).unwrap_or_default()
}
