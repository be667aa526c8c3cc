//! "Galarza, supra, at 640": a name and what was said of it before.

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces, back_word};
use super::{Authority, Found, Reference, Scope, volume};

pub(super) const SUPRA: &[&str] = &["supra"];

/// Small words inside the names of cases.
const SMALL: &[&str] = &["v.", "of", "the", "and", "&", "ex", "rel.", "for", "de", "la"];
/// Words that stand before a name without being of it.
const LEADING: &[&str] = &[
    "See", "In", "Cf.", "But", "Under", "Accord", "Also", "Compare", "Like", "After", "Since", "The",
    "Before", "And", "As", "If", "When", "That", "While", "Unlike", "Per",
];

/// Reads the name before the word and the place after it.
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let head = &text[..back_spaces(text, start)];
    let head =
        text[..start].strip_suffix(['*', '_']).map_or(head, |head| &head[..back_spaces(text, head.len())]);
    let Some(head) = head.strip_suffix(',') else { return };
    let name_end = head.trim_end_matches(['*', '_']).len();
    let Some(from) = name_start(text, name_end) else { return };
    let mut cursor = Cursor::new(text, end);
    cursor.eat_any_mark();
    let note = note(&mut cursor);
    place(&mut cursor);
    let (kind, authority) = if note {
        (CitationKind::Secondary, Authority::none())
    } else {
        let name = text[from..name_end].trim_matches(['*', '_']);
        (CitationKind::Case, Authority::new(Scope::Earlier(Reference::Name), name))
    };
    out.push(Found { start: from, end: cursor.at, kind, rule: "short.supra", authority });
}

fn name_start(text: &str, end: usize) -> Option<usize> {
    let (mut at, mut from) = (end, None);
    for _ in 0..12 {
        let Some((word_at, word)) = back_word(text, at) else { break };
        let opened = word.len() - word.trim_start_matches(['(', '"', '“', '[', '*', '_']).len();
        let (word_at, word) = (word_at + opened, &word[opened..]);
        let upper = word.starts_with(char::is_uppercase);
        let stops = word.ends_with([',', ';', ':', ')', '?', '!'])
            || word.ends_with('.') && from.is_some() && word.len() > 6 && !SMALL.contains(&word);
        if !(upper || SMALL.contains(&word)) || LEADING.contains(&word) || stops {
            break;
        }
        if upper {
            from = Some(word_at);
        }
        at = word_at;
        if opened > 0 {
            break;
        }
    }
    from
}

/// " note 4" of an article cited in an earlier note.
fn note(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.eat(",");
    ahead.spaces();
    let found = ahead.eat_any(&["note", "n."]) && {
        ahead.spaces();
        ahead.digits(4).is_some()
    };
    if found {
        *cursor = ahead;
    }
    found
}

/// ", at 640", " at 529", ", 247 Cal.App.4th at p. 1331", ", § 4".
fn place(cursor: &mut Cursor<'_>) {
    let mut ahead = *cursor;
    ahead.eat(",");
    if !ahead.spaces() {
        return;
    }
    if let Some(report) = volume::at(ahead) {
        if report.short {
            cursor.at = report.end;
        }
        return;
    }
    if ahead.section_mark().is_some() {
        if ahead.section_number().is_some() {
            *cursor = ahead;
        }
    } else if ahead.eat_word("at") {
        ahead.spaces();
        if volume::page_after_at(&mut ahead) {
            *cursor = ahead;
        }
    }
}
