//! Differences as people read them, in a terminal or in Markdown.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style as Ansi};
use goldrule_schema::{CharSpan, Document};

use super::{Diff, Difference, KeyChange, Kind};
use crate::describe::short;
use crate::record::{Record, RecordRef};

/// Characters of context on each side of a record.
const AROUND: u32 = 32;

/// How differences are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Plain text.
    Plain,
    /// Text with ANSI colours.
    Colour,
    /// A Markdown list.
    Markdown,
}

struct Paint {
    name: Ansi,
    old: Ansi,
    new: Ansi,
    dim: Ansi,
}

impl Paint {
    fn new(style: Style) -> Self {
        if style != Style::Colour {
            let plain = Ansi::new();
            return Self { name: plain, old: plain, new: plain, dim: plain };
        }
        Self {
            name: Ansi::new().bold(),
            old: AnsiColor::Red.on_default(),
            new: AnsiColor::Green.on_default(),
            dim: Ansi::new().dimmed(),
        }
    }
}

fn painted(style: Ansi, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// The differences of one file under its name; nothing where there are none. With the document at hand each
/// record is shown in the text around it.
pub fn render(name: &str, diff: &Diff, document: Option<&Document>, style: Style) -> String {
    if diff.is_empty() {
        return String::new();
    }
    let paint = Paint::new(style);
    let mut out = match style {
        Style::Markdown => format!("### {name}\n\n"),
        _ => format!("{}\n", painted(paint.name, name)),
    };
    for change in &diff.keys {
        let line = arrow(change, &paint);
        let _ = match style {
            Style::Markdown => writeln!(out, "- changed {}", code(change)),
            _ => writeln!(out, "  ~ {line}"),
        };
    }
    for difference in &diff.records {
        match style {
            Style::Markdown => markdown(&mut out, difference, document),
            _ => terminal(&mut out, difference, document, &paint),
        }
    }
    if style == Style::Markdown {
        out.push('\n');
    }
    out
}

fn arrow(change: &KeyChange, paint: &Paint) -> String {
    let old = painted(paint.old, change.old.as_deref().unwrap_or("–"));
    let new = painted(paint.new, change.new.as_deref().unwrap_or("–"));
    format!("{} {old} → {new}", change.key)
}

fn code(change: &KeyChange) -> String {
    let value =
        |value: &Option<String>| value.as_ref().map_or("–".to_owned(), |value| format!("`{value}`"));
    format!("{} {} → {}", change.key, value(&change.old), value(&change.new))
}

fn terminal(out: &mut String, difference: &Difference, document: Option<&Document>, paint: &Paint) {
    let (old, new) = (difference.old.as_ref(), difference.new.as_ref());
    match (difference.kind, old, new) {
        (Kind::Added, _, Some(new)) => {
            let _ = writeln!(out, "  {}", painted(paint.new, &format!("+ {}", plain(new))));
            context(out, "", new.as_ref(), document, paint, paint.new);
        }
        (Kind::Removed, Some(old), _) => {
            let _ = writeln!(out, "  {}", painted(paint.old, &format!("- {}", plain(old))));
            context(out, "", old.as_ref(), document, paint, paint.old);
        }
        (_, Some(old), Some(new)) => {
            let changes: Vec<_> = difference.changes.iter().map(|change| arrow(change, paint)).collect();
            let _ = writeln!(out, "  ~ {}: {}", subject(old.as_ref()), changes.join(", "));
            if old.as_ref().span() == new.as_ref().span() {
                context(out, "", new.as_ref(), document, paint, paint.name);
            } else {
                context(out, "- ", old.as_ref(), document, paint, paint.old);
                context(out, "+ ", new.as_ref(), document, paint, paint.new);
            }
        }
        _ => {}
    }
}

/// A record without its quote, which is shown below.
fn plain(record: &Record) -> String {
    let mut record = record.clone();
    record.withhold();
    record.to_string()
}

/// What a changed record is, beside what changed.
fn subject(record: RecordRef<'_>) -> String {
    let mut out = match record {
        RecordRef::Agency(agency) => return format!("agency {}", agency.id),
        RecordRef::Stance(stance) => format!("stance of {} on {}", stance.agency, stance.topic),
        RecordRef::Mention { agency, .. } => format!("mention of {agency}"),
        RecordRef::Citation(_) => "citation".to_owned(),
    };
    if let Some(span) = record.span() {
        let _ = write!(out, " {span}");
    }
    out
}

/// The text around a record on a line, or at least its quote.
fn context(
    out: &mut String,
    mark: &str,
    record: RecordRef<'_>,
    document: Option<&Document>,
    paint: &Paint,
    inside: Ansi,
) {
    let Some(span) = record.span() else { return };
    let Some((before, quote, after)) = document.and_then(|document| around(document, span)) else {
        if let Some(text) = record.text() {
            let _ = writeln!(out, "      {mark}“{}”", short(text));
        }
        return;
    };
    let (before, after) = (painted(paint.dim, &before), painted(paint.dim, &after));
    let _ = writeln!(out, "      {mark}{before}[{}]{after}", painted(inside, &quote));
}

/// A span with what stands before and behind it, each on one line.
fn around(document: &Document, span: CharSpan) -> Option<(String, String, String)> {
    let line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    let start = span.start.saturating_sub(AROUND);
    let end = (span.end + AROUND).min(document.char_len());
    let before = line(document.quote(CharSpan::new(start, span.start))?);
    let after = line(document.quote(CharSpan::new(span.end, end.max(span.end)))?);
    let before = if start > 0 { format!("…{before}") } else { before };
    let after = if end < document.char_len() { format!("{after}…") } else { after };
    Some((before, short(document.quote(span)?), after))
}

fn markdown(out: &mut String, difference: &Difference, document: Option<&Document>) {
    let shown = difference.new.as_ref().or(difference.old.as_ref()).map(Record::as_ref);
    let Some(record) = shown else { return };
    let word = match difference.kind {
        Kind::Added => "added",
        Kind::Removed => "removed",
        Kind::Moved => "moved",
        Kind::Changed => "changed",
    };
    let _ = write!(out, "- **{word}** ");
    match difference.kind {
        Kind::Added | Kind::Removed => {
            let mut record = record.to_record();
            record.withhold();
            let _ = write!(out, "{}", escaped(&record.to_string()));
        }
        Kind::Moved | Kind::Changed => {
            let changes: Vec<_> = difference.changes.iter().map(code).collect();
            let _ = write!(out, "{}: {}", escaped(&subject(record)), changes.join(", "));
        }
    }
    let context = record.span().and_then(|span| around(document?, span));
    let _ = match (context, record.text()) {
        (Some((before, quote, after)), _) => {
            writeln!(out, "\n  > {}**{}**{}", escaped(&before), escaped(&quote), escaped(&after))
        }
        (None, Some(text)) => writeln!(out, "\n  > {}", escaped(&short(text))),
        (None, None) => writeln!(out),
    };
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#|".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
