//! What an item looks like.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use goldrule_curation::queue::{Item, Kind};
use goldrule_curation::{Layer, Record, RecordRef};
use goldrule_schema::{AnnotationSet, CharSpan, Document};

/// Code points of the text shown on either side of a record.
const AROUND: u32 = 260;

/// How things look: colours, or signs where there are none.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) width: usize,
    pub(super) colour: bool,
}

impl Look {
    pub(super) fn style(self, text: &str, style: Style) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    pub(super) fn dim(self, text: &str) -> String {
        self.style(text, Style::new().dimmed())
    }

    pub(super) fn bold(self, text: &str) -> String {
        self.style(text, Style::new().bold())
    }

    /// The text around a span, with the span marked.
    pub(super) fn context(self, document: &Document, span: CharSpan) -> String {
        let around = surroundings(document, span);
        let part = |start, end| printable(document.quote(CharSpan::new(start, end)).unwrap_or_default());
        let marked = part(span.start, span.end);
        let before = part(around.start, span.start);
        let after = part(span.end, around.end);
        // Words are wrapped before colours come in, so that colours take no room.
        let (open, close) = ('\u{2}', '\u{3}');
        let lines = wrap(&format!("{before}{open}{marked}{close}{after}"), self.width.saturating_sub(4));
        let mark = Style::new().bold().invert();
        let (on, off) = if self.colour {
            (mark.render().to_string(), mark.render_reset().to_string())
        } else {
            ("⟦".to_owned(), "⟧".to_owned())
        };
        let mut out = String::new();
        let mut inside = false;
        for line in lines {
            let resumed = if inside && self.colour { on.as_str() } else { "" };
            inside = line.rfind([open, close]).map_or(inside, |at| line[at..].starts_with(open));
            let paused = if inside && self.colour { off.as_str() } else { "" };
            let line = line.replace(open, &on).replace(close, &off);
            let _ = writeln!(out, "  {resumed}{line}{paused}");
        }
        out
    }

    /// The labels of an item's versions.
    pub(super) fn labels(self, item: &Item, gold: &AnnotationSet, document: &Document) -> String {
        let both = item.here.is_some() && item.there.is_some() || item.kind == Kind::Conflict;
        if !both {
            return record_labels(item.record(), item.new_agency.as_ref(), gold);
        }
        let versions = [item.here.as_ref(), item.there.as_ref()];
        let columns = versions.map(|record| record.map(|record| rows(record, item, gold, document)));
        let keys: Vec<_> =
            columns.iter().flatten().next().into_iter().flatten().map(|(key, _)| *key).collect();
        let (left, right) = sides(item);
        let mut out = String::new();
        let cell = (self.width.saturating_sub(18)) / 2;
        let _ = writeln!(out, "  {:<13}{left:<cell$} {right}", "");
        for (at, key) in keys.iter().enumerate() {
            let value = |side: usize| columns[side].as_ref().map_or("–", |rows| rows[at].1.as_str());
            let differ = value(0) != value(1);
            let [a, b] = [0, 1].map(|side| clip(value(side), cell));
            let line = format!("  {key:<13}{a:<cell$} {b}");
            let _ = writeln!(out, "{}", if differ { self.bold(&line) } else { line });
        }
        out
    }

    /// Paragraphs, each wrapped and set in.
    pub(super) fn paragraph(self, text: &str, indent: usize) -> String {
        let mut out = String::new();
        for line in text.lines() {
            for piece in wrap(&printable(line), self.width.saturating_sub(indent + 2)) {
                let _ = writeln!(out, "{:indent$}{piece}", "");
            }
        }
        out
    }

    pub(super) fn warning(self, text: &str) -> String {
        self.style(text, AnsiColor::Yellow.on_default().bold())
    }
}

/// The labels of one record.
pub(super) fn record_labels(record: &Record, new: Option<&Record>, gold: &AnnotationSet) -> String {
    let mut out = String::new();
    for (key, value) in record.as_ref().labels() {
        let value = match (key, value) {
            ("agency", Some(id)) => holder(id, new, gold),
            (_, Some(value)) => one_line(value),
            ("canonical", None) => "(none)".to_owned(),
            (_, None) => continue,
        };
        let _ = writeln!(out, "  {key:<13}{value}");
    }
    out
}

/// What both columns of a comparison are called.
fn sides(item: &Item) -> (&'static str, &'static str) {
    if item.kind == Kind::Conflict { ("ours", "theirs") } else { ("here", "there") }
}

fn rows(
    record: &Record,
    item: &Item,
    gold: &AnnotationSet,
    document: &Document,
) -> Vec<(&'static str, String)> {
    let view = record.as_ref();
    let mut rows: Vec<_> = view
        .labels()
        .into_iter()
        .map(|(key, value)| match (key, value) {
            ("agency", Some(id)) => (key, holder(id, item.new_agency.as_ref(), gold)),
            (_, value) => (key, value.map_or_else(|| "–".to_owned(), one_line)),
        })
        .collect();
    if let Some(span) = view.span() {
        rows.push(("place", span.to_string()));
        rows.push(("text", one_line(document.quote(span).unwrap_or_default())));
    }
    rows
}

/// An agency as people know it.
fn holder(id: &str, new: Option<&Record>, gold: &AnnotationSet) -> String {
    if let Some(agency) = gold.agency(id) {
        return one_line(&format!("{id} · {}", agency.name));
    }
    match new.map(Record::as_ref) {
        Some(RecordRef::Agency(agency)) if agency.id == id => {
            one_line(&format!("{id} · {} (new: {})", agency.name, agency.kind))
        }
        _ => one_line(id),
    }
}

/// What an item asks, in a word.
pub(super) fn kind_of(item: &Item) -> &'static str {
    use goldrule_curation::decisions::Source;
    match (item.kind, item.source) {
        (Kind::OnlyThere, Source::Suggestion) => "suggestion",
        (Kind::OnlyThere, _) => "only there",
        (Kind::OnlyHere, _) => "only here",
        (Kind::Boundary, _) => "boundary",
        (Kind::Label, _) => "label",
        (Kind::Conflict, _) => "conflict",
    }
}

/// The question, and what `a` and `r` answer.
pub(super) fn question(item: &Item) -> (String, &'static str, &'static str) {
    let layer = item.layer();
    match item.kind {
        Kind::OnlyThere => (format!("Add this {layer}?"), "add it", "leave it out"),
        Kind::OnlyHere => (format!("Only this side has this {layer}. Keep it?"), "keep it", "remove it"),
        Kind::Boundary => (format!("Two boundaries of one {layer}. Take the other's?"), "there", "here"),
        Kind::Label if layer == Layer::Agency => {
            ("One agency, called differently. Take the other's?".to_owned(), "there", "here")
        }
        Kind::Label => (format!("Two labels of one {layer}. Take the other's?"), "there", "here"),
        Kind::Conflict => (format!("A merge could not settle this {layer}. Take theirs?"), "theirs", "ours"),
    }
}

/// The paragraph of a span, or what fits of it.
fn surroundings(document: &Document, span: CharSpan) -> CharSpan {
    let start = span.start.saturating_sub(AROUND);
    let end = span.end.saturating_add(AROUND).min(document.char_len());
    let quote = |start, end| document.quote(CharSpan::new(start, end)).unwrap_or_default();
    let (before, after) = (quote(start, span.start), quote(span.end, end));
    let cut = before.rfind("\n\n").or_else(|| (start > 0).then(|| before.find(' ')).flatten());
    let skipped = cut.map_or(0, |at| before[..at].chars().count() as u32);
    let kept = after.find("\n\n").or_else(|| (end < document.char_len()).then(|| after.rfind(' ')).flatten());
    let kept = kept.map_or(end, |at| span.end + after[..at].chars().count() as u32);
    CharSpan::new(start + skipped, kept.max(span.end))
}

/// A text that cannot steer the terminal: control characters become signs, line ends blanks.
fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => '\u{fffd}',
        // Marks that turn the direction of writing would reorder the rest of the line.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// The same, white space joined.
pub(super) fn one_line(text: &str) -> String {
    printable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn clip(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// Words in lines of a width, as wide characters allow.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        let needed = line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && needed > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_context_is_the_paragraph_with_the_span_marked() {
        let document = Document::new("d", "Title\n\nThe Troy police \u{1b}[31mnever ask.\n\nNext.");
        let span = document.char_span_of("Troy police").unwrap();
        let look = Look { width: 80, colour: false };
        assert_eq!(look.context(&document, span), "  The ⟦Troy police⟧ \u{fffd}[31mnever ask.\n");
    }

    #[test]
    fn marked_lines_are_coloured_one_by_one() {
        let document = Document::new("d", "one two three four five six seven eight nine ten eleven twelve");
        let span = document.char_span_of("three four five six seven eight nine ten eleven").unwrap();
        let look = Look { width: 40, colour: true };
        for line in look.context(&document, span).lines() {
            let count = |sign: &str| line.matches(sign).count();
            assert_eq!(count("\u{1b}[7m"), count("\u{1b}[0m"), "{line:?}");
        }
    }

    #[test]
    fn long_paragraphs_are_cut_at_words() {
        let document = Document::new("d", "word ".repeat(400) + "SB 54 " + &"more ".repeat(400));
        let span = document.char_span_of("SB 54").unwrap();
        let around = document.quote(surroundings(&document, span)).unwrap();
        assert!(around.len() < 540 && around.trim().starts_with("word") && around.trim().ends_with("more"));
    }
}
