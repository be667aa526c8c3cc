//! Short forms of the statutes of Illinois: "805/15(a)" and "Section 15(g)" after "5 ILCS 805/15".

use goldrule_schema::CitationKind;
use memchr::memmem;

use super::cursor::{Cursor, before};
use super::{Authority, Citation, Found, Reference, Scope};

/// Sections of Illinois looked for in one text.
const MOST: usize = 12;

/// Citations looked at before a bare section.
const MOST_BEFORE: usize = 20;

pub(super) fn find(text: &str, citations: &[Citation<'_>], found: &mut Vec<Found>) {
    let mut sections: Vec<&Authority> = Vec::new();
    for citation in citations.iter().filter(|c| c.authority.section.matches('/').count() == 2) {
        let known = sections.iter().any(|one| one.section == citation.authority.section);
        if citation.kind == CitationKind::Statute && !known && sections.len() < MOST {
            sections.push(&citation.authority);
            again(text, citation, found);
        }
    }
}

/// Every place after a citation that has its section without its chapter.
fn again(text: &str, citation: &Citation<'_>, found: &mut Vec<Found>) {
    let Some((_, name)) = citation.authority.section.split_once('/') else { return };
    let from = citation.span.end as usize;
    for at in memmem::find_iter(&text.as_bytes()[from..], name) {
        let start = from + at;
        let mut cursor = Cursor::new(text, start + name.len());
        let joined = |c: char| c.is_alphanumeric() || matches!(c, '/' | '-');
        let fraction =
            cursor.rest().starts_with('.') && cursor.rest().as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        let full = text[..start].trim_end().ends_with("ILCS");
        if full || fraction || before(text, start).is_some_and(joined) || cursor.rest().starts_with(joined) {
            continue;
        }
        let mut authority = citation.authority.clone();
        authority.subdivisions = cursor.subdivisions();
        let (kind, rule) = (CitationKind::Statute, "short.compiled");
        found.push(Found { start, end: cursor.at, kind, rule, authority });
    }
}

/// Gives "Section 15(g)" the act and chapter of "5 ILCS 805/15" before it.
pub(super) fn same_section(citations: &mut [Citation<'_>]) {
    for i in 1..citations.len() {
        let (before, rest) = citations.split_at_mut(i);
        let Some(bare) = rest.first_mut().filter(|c| c.rule == "statute.bare") else { continue };
        let number = bare.authority.section.trim_start_matches('s').to_owned();
        let like = before.iter().rev().take(MOST_BEFORE).find(|c| {
            let section = &c.authority.section;
            section.matches('/').count() == 2 && section.rsplit('/').next() == Some(&number)
        });
        if let Some(like) = like.filter(|_| bare.authority.scope == Scope::Earlier(Reference::Section)) {
            let subdivisions = std::mem::take(&mut bare.authority.subdivisions);
            bare.authority = Authority { subdivisions, ..like.authority.clone() };
        }
    }
}
