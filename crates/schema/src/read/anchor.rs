//! Where a record stands: offsets checked against the quote, or worked out from it.

use jsonc_parser::common::Range;

use super::Reader;
use super::fields::Fields;
use crate::document::Document;
use crate::span::CharSpan;

/// What a record says about its place.
pub(super) struct Anchored {
    pub(super) span: CharSpan,
    pub(super) text: Option<String>,
}

impl<'a> Reader<'a> {
    /// Reads `start`, `end`, `text`, `occurrence`, `before` and `after` of a record.
    pub(super) fn anchored(&mut self, fields: &mut Fields<'a, '_>) -> Option<Anchored> {
        let range = fields.range();
        let text_range = fields
            .take("text")
            .map(|value| (self.as_string(value, "text"), jsonc_parser::common::Ranged::range(value)));
        let (text, quote_range) = match text_range {
            Some((text, range)) => (text, range),
            None => (None, range),
        };
        let (has_start, has_end) = (fields.holds("start"), fields.holds("end"));
        let start = self.count(fields, "start");
        let end = self.count(fields, "end");
        let occurrence = self.count(fields, "occurrence");
        let before = self.string(fields, "before");
        let after = self.string(fields, "after");
        if self.withheld && text.is_some() {
            let help = "take the `text` out: this file's quotes are withheld";
            self.error("quotes-withheld", quote_range, "a quote of a text that may not be shipped", help);
        }
        match (start, end, text) {
            (Some(start), Some(end), text) => self.checked(start, end, text, range, quote_range),
            (None, None, Some(text)) if !has_start && !has_end => {
                self.located(&text, occurrence, before.as_deref(), after.as_deref(), quote_range)
            }
            (start, ..) => {
                if !has_start && !has_end {
                    self.error(
                        "missing-key",
                        first(range),
                        "this record says nowhere where it stands",
                        "add `text`, or `start` and `end`",
                    );
                } else if !(has_start && has_end) {
                    let missing = if start.is_none() && !has_start { "start" } else { "end" };
                    self.error(
                        "missing-key",
                        first(range),
                        format!("this record has no `{missing}`"),
                        &format!("add `{missing}`"),
                    );
                }
                None
            }
        }
    }

    fn checked(
        &mut self,
        start: u32,
        end: u32,
        text: Option<String>,
        range: Range,
        quote: Range,
    ) -> Option<Anchored> {
        if start >= end {
            let help = "`end` counts the first character behind the span";
            self.error("bad-span", first(range), format!("the span {start}..{end} holds no character"), help);
            return None;
        }
        let span = CharSpan::new(start, end);
        let Some(document) = self.document else { return Some(Anchored { span, text }) };
        if end > document.char_len() {
            let message = format!("the span ends at {end}, the text at {}", document.char_len());
            let place = || text.as_deref().map(|text| elsewhere(document, text));
            let help = unit_hint(document, span, text.as_deref())
                .or_else(place)
                .unwrap_or_else(|| "count code points from 0, end exclusive".into());
            self.error("past-end", quote, message, &help);
            return None;
        }
        if let Some(text) = &text
            && document.quote(span) != Some(text)
        {
            if self.mends
                && let Some(moved) = overlapping(document, text, span)
            {
                let line = self.lines.place(quote.start, quote.end).line;
                self.notes.push(format!("line {line}: {text:?} moved from {span} to {moved}"));
                return Some(Anchored { span: moved, text: Some(text.clone()) });
            }
            let there = document.quote(span).unwrap_or_default();
            let message = format!("the text at {start}..{end} is {there:?}");
            let help = unit_hint(document, span, Some(text)).unwrap_or_else(|| elsewhere(document, text));
            self.error("quote-mismatch", quote, message, &help);
            return None;
        }
        Some(Anchored { span, text })
    }

    /// The span of a quote that comes without offsets.
    fn located(
        &mut self,
        text: &str,
        occurrence: Option<u32>,
        before: Option<&str>,
        after: Option<&str>,
        range: Range,
    ) -> Option<Anchored> {
        let Some(document) = self.document else {
            let help = "give `start` and `end`, or run where the document's text is";
            self.error(
                "no-text",
                range,
                "the place of this quote cannot be worked out without the text",
                help,
            );
            return None;
        };
        let candidates: Vec<CharSpan> = occurrences(document, text)
            .into_iter()
            .filter(|span| {
                let bytes = document.bytes(*span).map(crate::ByteSpan::range).unwrap_or_default();
                before.is_none_or(|before| document.text()[..bytes.start].ends_with(before))
                    && after.is_none_or(|after| document.text()[bytes.end..].starts_with(after))
            })
            .collect();
        let chosen = match occurrence {
            Some(nth) => candidates.get((nth as usize).wrapping_sub(1)).copied(),
            None if candidates.len() == 1 => candidates.first().copied(),
            None if candidates.is_empty() => None,
            None => {
                let listed: Vec<_> = candidates.iter().map(|&span| with_context(document, span)).collect();
                let message = format!("{text:?} stands in the text {} times", candidates.len());
                let help = format!(
                    "add `\"occurrence\": n` or `before`/`after`; the candidates are {}",
                    listed.join(", ")
                );
                self.error("ambiguous-quote", range, message, &help);
                return None;
            }
        };
        if chosen.is_none() {
            let message = match occurrence {
                Some(nth) if !candidates.is_empty() => {
                    format!("{text:?} stands in the text {} times, not {nth}", candidates.len())
                }
                _ => format!("{text:?} does not stand in the text between token edges"),
            };
            self.error(
                "quote-not-found",
                range,
                message,
                "copy the quote from the document, white space included",
            );
        }
        Some(Anchored { span: chosen?, text: Some(text.to_owned()) })
    }
}

fn first(range: Range) -> Range {
    Range { start: range.start, end: range.start + 1 }
}

/// Occurrences of a quote bounded by token edges, counted from the left, none overlapping another.
fn occurrences(document: &Document, quote: &str) -> Vec<CharSpan> {
    let text = document.text();
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some(offset) = (!quote.is_empty()).then(|| text[from..].find(quote)).flatten() {
        let (start, end) = (from + offset, from + offset + quote.len());
        if is_edge(text, start) && is_edge(text, end) {
            spans.extend(document.chars(crate::ByteSpan::new(start as u32, end as u32)));
            from = end;
        } else {
            from = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
    }
    spans
}

/// The one occurrence of an edited quote that overlaps its old span.
fn overlapping(document: &Document, text: &str, old: CharSpan) -> Option<CharSpan> {
    let mut matches = occurrences(document, text).into_iter().filter(|span| span.overlaps(old));
    let only = matches.next()?;
    matches.next().is_none().then_some(only)
}

/// Whether no word or number runs across a place.
fn is_edge(text: &str, at: usize) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(inside(text[..at].chars().next_back()) && inside(text[at..].chars().next()))
}

/// What to do about a quote that is not the text at its offsets: the unit in which they would be right
/// (UTF-16, bytes, CRLF as one character, no byte-order mark), else where the quote stands.
///
/// ```
/// use goldrule_schema::{CharSpan, Document, mismatch_help};
///
/// let document = Document::new("n", "👮 Troy police");
/// let help = mismatch_help(&document, CharSpan::new(3, 14), "Troy police");
/// assert!(help.starts_with("the quote matches when counted as UTF-16"));
/// ```
pub fn mismatch_help(document: &Document, span: CharSpan, text: &str) -> String {
    unit_hint(document, span, Some(text)).unwrap_or_else(|| elsewhere(document, text))
}

/// Names the unit in which the offsets would be right.
fn unit_hint(document: &Document, span: CharSpan, text: Option<&str>) -> Option<String> {
    let text = text?;
    let source = document.text();
    let says = |unit: &str, right: CharSpan| {
        Some(format!("the quote matches when counted as {unit}; in code points it is {right}"))
    };
    let (start, end) = (span.start as usize, span.end as usize);
    if source.get(start..end) == Some(text) {
        return says("UTF-8 bytes", document.chars(crate::ByteSpan::new(span.start, span.end))?);
    }
    if let (Some(start), Some(end)) = (document.char_at_utf16(span.start), document.char_at_utf16(span.end))
        && start <= end
        && document.quote(CharSpan::new(start, end)) == Some(text)
    {
        return says("UTF-16", CharSpan::new(start, end));
    }
    let places = occurrences(document, text);
    let shifted = |place: &&CharSpan| {
        let before = &source[..document.byte_at_char(place.start).unwrap_or(0) as usize];
        let returns = before.matches("\r\n").count() as u32;
        returns > 0 && place.start - returns == span.start
    };
    if let Some(&right) = places.iter().find(shifted) {
        return says("one character for CRLF", right);
    }
    let marked = |place: &&CharSpan| source.starts_with('\u{feff}') && place.start == span.start + 1;
    places.iter().find(marked).and_then(|&right| says("text without its byte-order mark", right))
}

fn elsewhere(document: &Document, text: &str) -> String {
    match occurrences(document, text).as_slice() {
        [] => "the quote does not stand in the text; copy it from there, or mend the offsets".into(),
        [only] => format!("the quote stands at {only}; run `goldrule fmt` or mend the offsets"),
        many => {
            let listed: Vec<_> = many.iter().take(8).map(ToString::to_string).collect();
            format!("the quote stands at {}", listed.join(", "))
        }
    }
}

fn with_context(document: &Document, span: CharSpan) -> String {
    let around = CharSpan::new(span.start.saturating_sub(12), (span.end + 12).min(document.char_len()));
    format!("{span} ({:?})", document.quote(around).unwrap_or_default())
}
