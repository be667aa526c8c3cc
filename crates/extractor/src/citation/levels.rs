//! Parts that stand in words before what they are parts of: "subsection (g) of section 287", "Subchapter C of
//! Chapter 752", "Section 4.2 of the department's Policy 428".

use goldrule_schema::CitationKind;

use super::Found;
use super::cursor::{Cursor, back_spaces, back_word};
use super::section::section_prefix;

/// Kinds of law that are cited by a number, whose sections are said to be of it.
const NUMBERED: &[&str] = &[
    "executive_order.number",
    "session_law.state",
    "public_law.number",
    "ordinance.number",
    "bill.number",
    "policy.number",
];

/// Names of the levels below a section.
const LEVELS: &[&str] = &[
    "subsection",
    "subsec.",
    "subdivision",
    "subd.",
    "paragraph",
    "par.",
    "subparagraph",
    "clause",
    "subclause",
    "sub-section",
    "item",
];

/// Names of the parts of a code that hold chapters, and of those that policies have.
const DIVISIONS: &[&str] = &["subchapter", "article", "part", "division", "subtitle", "title"];
const PARTS: &[&str] = &["section", "part", "paragraph", "article", "subsection", "sec.", "§"];

/// Levels read before one citation.
const MOST_LEVELS: usize = 3;

/// Takes into each citation the words for its parts that stand before it.
pub(super) fn join(text: &str, found: &mut [Found]) {
    for found in found {
        if NUMBERED.contains(&found.rule) {
            numbered(text, found);
            continue;
        }
        if found.kind == CitationKind::NamedAct {
            title_of_act(text, found);
            continue;
        }
        let law =
            matches!(found.kind, CitationKind::Statute | CitationKind::Regulation | CitationKind::Ordinance);
        if !law || found.authority.section.is_empty() {
            continue;
        }
        if found.authority.section.starts_with("ch") {
            divisions(text, found);
        } else {
            levels(text, found);
        }
    }
}

/// "Section 9(a) of " before "Executive Order 13768", "paragraph C of the department's " before "Directive 10-11".
fn numbered(text: &str, found: &mut Found) {
    let Some(of) = of_before(text, found.start) else { return };
    if let Some((start, number, subdivisions)) = section_prefix(text, of) {
        if found.authority.section.is_empty() {
            let authority = found.authority.clone();
            found.authority = authority.section(format!("s{number}"), subdivisions);
        }
        found.start = start;
    } else if found.kind == CitationKind::Policy
        && let Some((start, _)) = part_before(text, of, PARTS)
    {
        found.start = start;
    }
}

/// "Title VI of the " before an act, whose id does not have it.
fn title_of_act(text: &str, found: &mut Found) {
    let Some((the, "the")) = back_word(text, found.start) else { return };
    let Some((of, "of")) = back_word(text, the) else { return };
    if let Some((start, _)) = part_before(text, of, &["title"]) {
        (found.start, found.kind) = (start, CitationKind::Statute);
    }
}

/// Where the "of" before a citation begins; an owner may stand between: "of the department's Policy 428".
fn of_before(text: &str, start: usize) -> Option<usize> {
    let mut at = start;
    for _ in 0..4 {
        let (from, word) = back_word(text, at)?;
        if word == "of" {
            return Some(from);
        }
        let owner =
            word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'") || word.ends_with("s’");
        let small = ["the", "its", "their", "our", "this", "that"].contains(&word);
        let between = at < start && word.chars().all(char::is_alphabetic);
        if !(owner || small || between) {
            return None;
        }
        at = from;
    }
    None
}

/// "subsection (g) of " before a section, its subdivisions those of the citation.
fn levels(text: &str, found: &mut Found) {
    for _ in 0..MOST_LEVELS {
        let Some((of, "of")) = back_word(text, found.start) else { return };
        let Some((start, name)) = part_before(text, of, LEVELS) else { return };
        let mut cursor = Cursor::new(name, 0);
        let path = cursor.subdivisions();
        let path = if path.is_empty() { format!("/{name}") } else { path };
        found.authority.subdivisions.push_str(&path);
        found.start = start;
    }
}

/// "Subchapter C, " and "Article 2 of " before a chapter, which its id does not have.
fn divisions(text: &str, found: &mut Found) {
    for _ in 0..MOST_LEVELS {
        let mut end = found.start;
        if let Some((at, "the")) = back_word(text, end) {
            end = at;
        }
        let of = back_word(text, end).filter(|(_, word)| *word == "of").map(|(at, _)| at);
        let comma = text[..back_spaces(text, end)].strip_suffix(',').map(str::len);
        let Some(end) = of.or(comma) else { return };
        let Some((start, _)) = part_before(text, end, DIVISIONS) else { return };
        found.start = start;
    }
}

/// A word for a part with its number or letter, which end before `end`: where it begins, and the number.
fn part_before<'t>(text: &'t str, end: usize, words: &[&str]) -> Option<(usize, &'t str)> {
    let (at, name) = back_word(text, end)?;
    let name = name.trim_end_matches(',');
    let bare = name.trim_matches(['(', ')']);
    let most = if name.starts_with('(') { 16 } else { 6 };
    let fits = (1..=most).contains(&bare.len())
        && bare.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'(' | b')' | b'-'))
        && (bare.bytes().any(|b| b.is_ascii_digit())
            || bare.len() == 1
            || bare.bytes().all(|b| b"IVXivx".contains(&b))
            || name.starts_with('('));
    let (start, word) = back_word(text, at)?;
    let opened = word.len() - word.trim_start_matches(['(', '[', '"', '“', '*']).len();
    let named = words.iter().any(|w| w.eq_ignore_ascii_case(&word[opened..]));
    (fits && named).then_some((start + opened, name))
}
