//! `CoNLL` columns with IOB2 tags: token, its first and last offset, and one column a layer.
//!
//! A token is a run of letters and digits, or one other character; it is cut where a record begins or ends.
//! Of stances that share characters the first stays.

use std::fmt::Write as _;

use goldrule_schema::{CharSpan, Document};
use serde_json::Value;

use crate::flat::{Flat, Item, Layer};
use crate::format::{File, Piece};

const LAYERS: [Layer; 3] = [Layer::Mention, Layer::Stance, Layer::Citation];

pub(crate) fn export(pieces: &[Piece<'_>]) -> Vec<File> {
    let mut contents = String::new();
    for piece in pieces {
        document(piece, &mut contents);
    }
    vec![File { name: "annotations.conll".into(), contents }]
}

fn document(piece: &Piece<'_>, out: &mut String) {
    let flat = Flat::of(piece.set);
    let mut columns: [Vec<&Item>; 3] =
        LAYERS.map(|layer| flat.items.iter().filter(|item| item.layer == layer).collect());
    let mut end = 0;
    columns[1].retain(|item| {
        let free = item.span.start >= end;
        end = end.max(item.span.end);
        free
    });
    let mut edges: Vec<u32> =
        columns.iter().flatten().flat_map(|item| [item.span.start, item.span.end]).collect();
    edges.sort_unstable();
    let _ = writeln!(out, "# document = {}", piece.document.id());
    let _ = writeln!(out, "# columns = token start end agency stance citation");
    let mut last_line = 0;
    for (span, text, line) in tokens(piece.document, &edges) {
        if line > last_line {
            out.push('\n');
        }
        last_line = line;
        let _ = write!(out, "{text}\t{}\t{}", span.start, span.end);
        for column in &columns {
            // Few records of a layer stand around a token; those before it are over.
            let at = column.partition_point(|item| item.span.end <= span.start);
            let item = column.get(at).filter(|item| item.span.contains(span));
            let _ = match item {
                Some(item) if item.span.start == span.start => write!(out, "\tB-{}", tag(item)),
                Some(item) if starts_in_space(piece.document, item.span, span) => {
                    write!(out, "\tB-{}", tag(item))
                }
                Some(item) => write!(out, "\tI-{}", tag(item)),
                None => write!(out, "\tO"),
            };
        }
        out.push('\n');
    }
    out.push('\n');
}

/// Whether nothing but white space stands in a record before a token.
fn starts_in_space(document: &Document, record: CharSpan, token: CharSpan) -> bool {
    let before = document.quote(CharSpan::new(record.start, token.start));
    before.is_some_and(|before| before.chars().all(char::is_whitespace))
}

fn tag(item: &Item) -> String {
    let keys: &[&str] = match item.layer {
        Layer::Mention => &["form"],
        Layer::Stance => &["topic", "position", "attribution"],
        Layer::Citation => &["kind"],
    };
    let words: Vec<_> =
        keys.iter().map(|key| item.fields.get(*key).and_then(Value::as_str).unwrap_or_default()).collect();
    words.join(":")
}

/// The tokens of a text with the number of line breaks before each.
fn tokens<'d>(document: &'d Document, edges: &[u32]) -> Vec<(CharSpan, &'d str, usize)> {
    let text = document.text();
    let mut tokens: Vec<(CharSpan, &str, usize)> = Vec::new();
    let (mut line, mut open) = (0, false);
    for (at, (byte, c)) in text.char_indices().enumerate() {
        let at = at as u32;
        line += usize::from(c == '\n');
        if c.is_whitespace() || c.is_control() {
            open = false;
            continue;
        }
        let word = c.is_alphanumeric();
        let next = byte + c.len_utf8();
        match tokens.last_mut() {
            Some((span, held, _)) if open && word && edges.binary_search(&at).is_err() => {
                *span = CharSpan::new(span.start, at + 1);
                *held = &text[byte - held.len()..next];
            }
            _ => tokens.push((CharSpan::new(at, at + 1), &text[byte..next], line)),
        }
        open = word;
    }
    tokens
}
