//! Titles without a section: "Title 9 of the Las Vegas Municipal Code", and "Title VI" as people say for the
//! part of an act.

use goldrule_schema::CitationKind;

use super::bill::near;
use super::cursor::{Cursor, back_word};
use super::names::state_before;
use super::{Authority, Found, Scope, codes, local, subject};
use crate::State;

pub(super) const ANCHORS: &[&str] = &["Title", "title"];

/// Words that show "Title 8" to be the one on aliens, and "Title 42" the one on health at the border.
const FEDERAL: &[&str] =
    &["mmigra", "border", "Border", "deport", "removal", "asylum", "ICE", "detain", "migrants"];

/// Titles of acts that go without the act's name.
const ALONE: [&str; 3] = ["VI", "VII", "IX"];

pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    if !cursor.spaces() {
        return;
    }
    let number = cursor.take_while(|c| c.is_ascii_alphanumeric() || c == '-');
    let after = cursor;
    cursor.eat(",");
    cursor.spaces();
    // "New Jersey's Title 40A, Chapter 14"
    let mut chapter = cursor;
    if state_before(text, start).is_some()
        && chapter.eat("Chapter ")
        && number.starts_with(|c: char| c.is_ascii_digit())
        && chapter.section_number().is_some()
    {
        let (kind, rule) = (CitationKind::Statute, "statute.title");
        return out.push(Found { start, end: chapter.at, kind, rule, authority: Authority::none() });
    }
    let of = cursor.eat_word("of");
    cursor.spaces();
    cursor.eat_any(&["the", "its", "their"]);
    cursor.spaces();
    let digits = number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 4;
    // "Title 29 of the Delaware Code" is read from the name of the code.
    if codes::at(cursor).is_some() {
        return;
    }
    let named = after.rest().strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    if digits && let Some((to, scope, base)) = local::named(cursor).filter(|(.., base)| base == "/code") {
        let authority = Authority::new(scope, base).section(format!("t{}", number.trim_end_matches('-')), "");
        let (kind, rule) = (CitationKind::Ordinance, "ordinance.title_of_code");
        out.push(Found { start, end: to, kind, rule, authority });
    } else if digits
        && of
        && let Some((to, scope, base)) =
            subject::named(cursor).filter(|(to, ..)| text[..*to].ends_with("Article"))
    {
        // Only Maryland calls its codes so.
        let scope = if scope == Scope::State(None) { Scope::State(State::from_code("md")) } else { scope };
        let authority = Authority::new(scope, base).section(format!("t{number}"), "");
        let (kind, rule) = (CitationKind::Statute, "statute.title");
        out.push(Found { start, end: to, kind, rule, authority });
    } else if ["8", "42"].contains(&number)
        && !of
        && near(text, start, after.at, FEDERAL)
        && !heading(text, start, after)
    {
        let rest = text[after.at..].trim_start_matches(',').trim_start().as_bytes();
        let goes_on = ["section", "§", "u.s", "c.f", "cfr", "usc", "part", "chapter"].iter().any(|next| {
            rest.get(..next.len()).is_some_and(|head| head.eq_ignore_ascii_case(next.as_bytes()))
        });
        if text[start..].starts_with('T') && !goes_on && !named {
            let (kind, rule) = (CitationKind::Statute, "statute.title");
            let authority = Authority::federal(format!("/usc/t{number}"));
            out.push(Found { start, end: after.at, kind, rule, authority });
        }
    } else if ALONE.contains(&number)
        && text[start..].starts_with('T')
        && !of
        && !heading(text, start, after)
        && !named
    {
        let (kind, rule) = (CitationKind::Statute, "statute.title");
        out.push(Found { start, end: after.at, kind, rule, authority: Authority::none() });
    }
}

/// Whether people are named after the title: "the Title IX office".
fn office(mut after: Cursor<'_>) -> bool {
    after.spaces() && {
        let word = after.take_while(char::is_alphabetic).trim_end_matches('s').to_lowercase();
        ["office", "officer", "staff", "coordinator", "committee", "team", "investigator", "director", "unit"]
            .contains(&word.as_str())
    }
}

/// Whether the words stand over a part of a document: at the head of a line that ends or has a colon or dash next.
fn heading(text: &str, start: usize, after: Cursor<'_>) -> bool {
    let begins = text[..start].is_empty() || text[..start].ends_with('\n');
    let rest = after.rest();
    let closed = rest.is_empty()
        || rest.starts_with(['\n', ':', '.', '—', '–'])
        || rest.starts_with(" –")
        || rest.starts_with(" —");
    let part = back_word(text, start).is_some_and(|(_, word)| ["Article", "Chapter", "Part"].contains(&word));
    begins && closed || part || office(after)
}
