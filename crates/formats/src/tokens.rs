//! Tokens that every record's ends fall between, for formats whose spans are runs of tokens.

use std::collections::BTreeSet;

use goldrule_schema::{CharSpan, Document};

use crate::offsets::chars;

/// Where records begin and end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edges {
    starts: BTreeSet<u32>,
    ends: BTreeSet<u32>,
}

impl Edges {
    pub(crate) fn of(spans: impl Iterator<Item = CharSpan>) -> Self {
        let mut edges = Self::default();
        for span in spans {
            edges.starts.insert(span.start);
            edges.ends.insert(span.end);
        }
        edges
    }

    fn cut(&self, at: u32) -> bool {
        self.starts.contains(&at) || self.ends.contains(&at)
    }
}

/// A token and whether one plain space follows it.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) span: CharSpan,
    pub(crate) text: String,
    pub(crate) space: bool,
    /// Whether it is white space only.
    pub(crate) blank: bool,
}

/// Cuts a text so that `text + (" " if space)` of all tokens gives it back, as spaCy has it: runs of
/// letters and digits, runs of white space, and every other character alone; and at every edge given.
pub(crate) fn tokens(document: &Document, edges: &Edges) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut before = None;
    for (at, (byte, c)) in document.text().char_indices().enumerate() {
        let at = at as u32;
        let class = match c {
            c if c.is_whitespace() => 0,
            // Combining marks stay with their letter.
            c if c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c) || c == '\u{200d}' => 1,
            _ => 2,
        };
        let joins = before == Some(class) && class != 2 && !edges.cut(at);
        before = Some(class);
        match tokens.last_mut() {
            // A plain space behind a word belongs to the word, unless a record begins or ends within.
            Some(last)
                if c == ' '
                    && !last.blank
                    && !last.space
                    && !edges.starts.contains(&at)
                    && !edges.ends.contains(&(at + 1)) =>
            {
                last.space = true;
                before = None;
            }
            Some(last) if joins && !last.space => {
                last.text.push(c);
                last.span.end = at + 1;
            }
            _ => tokens.push(Token {
                span: chars(document, byte, byte + c.len_utf8()),
                text: c.to_string(),
                space: false,
                blank: class == 0,
            }),
        }
    }
    tokens
}

/// The first token that ends behind the span's start, and the last that begins before its end.
pub(crate) fn cover(tokens: &[Token], span: CharSpan) -> (usize, usize) {
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let last = tokens.partition_point(|token| token.span.start < span.end);
    (first, last.saturating_sub(1).max(first))
}

/// From the left, the spans that begin where the last one kept has ended or behind.
pub(crate) fn without_overlap(spans: impl Iterator<Item = CharSpan>) -> Vec<CharSpan> {
    let mut spans: Vec<_> = spans.collect();
    spans.sort();
    let mut kept: Vec<CharSpan> = Vec::new();
    for span in spans {
        if kept.last().is_none_or(|last| last.end <= span.start) {
            kept.push(span);
        }
    }
    kept
}
