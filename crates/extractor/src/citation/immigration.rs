//! The Immigration and Nationality Act by its own sections: "287(g)", "INA § 236(c)".

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces, back_word, before};
use super::lists::{Listed, list};
use super::{Authority, Found};

pub(super) const DELEGATION: &[&str] =
    &["287(g)", "287 (g)", "287g", "287(G)", "287", "287-g", "287G", "287-G", "287 g", "287 G", "287 (G)"];
pub(super) const INA: &[&str] =
    &["INA", "I.N.A.", "Immigration and Nationality Act", "Immigration & Nationality Act"];

pub(super) const BASE: &str = "/act/immigration-and-nationality-act";

/// Nouns with which people say "287" for short.
const PROGRAMS: &[&str] = &[
    "program",
    "programs",
    "agreement",
    "agreements",
    "business",
    "thing",
    "model",
    "models",
    "deputies",
    "MOA",
    "deal",
    "deals",
    "contract",
    "partnership",
    "partnerships",
    "training",
    "authority",
];

/// Words before "287 g" that show the section.
const NAMING: &[&str] = &["section", "Section", "under", "the", "called", "§"];

/// Whether a word for the program follows.
pub(super) fn program_follows(mut cursor: Cursor<'_>) -> bool {
    (cursor.eat("-") || cursor.spaces()) && cursor.eat_any(PROGRAMS)
}

/// "287(g)", "Section 287(g) of the Immigration and Nationality Act", "the 287 program".
pub(super) fn delegation(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let mut subdivisions = "/g".to_owned();
    let bare = &text[start..end] == "287";
    // 287 g weigh something, unless a program or section goes by them.
    if matches!(&text[start..end], "287 g" | "287 G") {
        let named = back_word(text, start).is_some_and(|(_, word)| NAMING.contains(&word));
        let work =
            [" immigration enforcement", " immigration program"].iter().any(|w| cursor.rest().starts_with(w));
        if !named && !work && !program_follows(cursor) {
            return;
        }
    }
    if bare {
        if cursor.peek().is_some_and(char::is_alphanumeric) || !program_follows(cursor) {
            return;
        }
    } else {
        subdivisions.push_str(&cursor.subdivisions());
    }
    if before(text, start).is_some_and(|c| matches!(c, '.' | '-' | '$' | ',' | '/')) {
        return;
    }
    let act = of_the_act(cursor);
    let from = if bare { None } else { mark_before(text, start) };
    let authority = Authority::federal(BASE).section("s287", subdivisions);
    out.push(Found {
        start: from.unwrap_or(start),
        end: act.unwrap_or(cursor.at),
        kind: CitationKind::Statute,
        rule: "statute.delegation",
        authority,
    });
}

/// "(INA)" right after the title of the act.
fn introduced(text: &str, start: usize) -> bool {
    let head = text[..start].trim_end_matches(['"', '“']);
    head.strip_suffix('(').is_some_and(|head| head.trim_end().ends_with("Nationality Act"))
}

pub(super) fn of_the_act(mut cursor: Cursor<'_>) -> Option<usize> {
    cursor.eat(",");
    cursor.spaces();
    if !(cursor.eat_word("of") || cursor.eat_word("under") || cursor.eat_word("in")) {
        return None;
    }
    cursor.spaces();
    cursor.eat("the ");
    act_at(cursor)
}

/// The act named right at the cursor, by title or initials: its end.
pub(super) fn act_at(mut cursor: Cursor<'_>) -> Option<usize> {
    if cursor.digits(4).is_some() {
        cursor.spaces();
    }
    cursor.eat_any(&["federal", "United States", "U.S."]);
    cursor.spaces();
    let named = cursor.eat_word("Immigration and Nationality Act")
        || cursor.eat_word("Immigration & Nationality Act")
        || cursor.eat_word("Immigration and Naturalization Act")
        || cursor.eat_word("I.N.A.")
        || cursor.eat_word("INA");
    named.then_some(cursor.at)
}

/// Where "Section", "§" or "INA §" before `start` begins.
pub(super) fn mark_before(text: &str, start: usize) -> Option<usize> {
    if text[..start].ends_with('§') {
        let at = start - '§'.len_utf8();
        return Some(act_before(text, at).unwrap_or(at));
    }
    let (_, word) = back_word(text, start)?;
    let word = word.trim_start_matches(['(', '"', '“', '[', '*']);
    let at = back_spaces(text, start) - word.len();
    let mark =
        ["section", "sections", "sec.", "§", "§§", "sec", "s."].iter().any(|m| word.eq_ignore_ascii_case(m));
    if !mark {
        return (word == "INA" || word == "I.N.A.").then_some(at);
    }
    Some(act_before(text, at).unwrap_or(at))
}

/// Where "INA" or the title of the act right before `at` begins.
fn act_before(text: &str, at: usize) -> Option<usize> {
    let head = text[..back_spaces(text, at)].trim_end_matches(',');
    INA.iter().find(|name| head.ends_with(**name)).map(|name| head.len() - name.len())
}

/// "INA § 236(c)", "Immigration and Nationality Act § 236(c)"; the act alone is left to its title.
pub(super) fn ina(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let spelled = end - start > 6;
    cursor.eat(",");
    cursor.spaces();
    let marked = cursor.section_mark();
    let number = if marked.is_some() || !spelled { cursor.section_number() } else { None };
    let Some(number) = number.filter(|n| marked.is_some() || n.len() == 3) else {
        if spelled {
            super::act::parse(text, end - "Act".len(), end, out);
        } else if back_word(text, start).is_some_and(|(_, word)| ["the", "The", "INA's"].contains(&word))
            || introduced(text, start)
        {
            let (kind, rule) = (CitationKind::NamedAct, "named_act.popular");
            out.push(Found { start, end, kind, rule, authority: Authority::federal(BASE) });
        }
        return;
    };
    let subdivisions = cursor.subdivisions();
    let authority = Authority::federal(BASE).section(format!("s{number}"), subdivisions);
    let (kind, rule) = (CitationKind::Statute, "statute.ina");
    list(cursor, Listed::of(marked), Found { start, end: cursor.at, kind, rule, authority }, out);
}
