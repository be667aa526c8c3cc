//! Short forms: "id.", continued subdivisions, acronyms and case names introduced before.

use goldrule_schema::CitationKind;

use super::cursor::Cursor;
use super::{Authority, Citation, Found, Reference, Scope};

pub(super) const ID: &[&str] = &["Id.", "id.", "Ibid.", "ibid."];

/// "Id.", "id. § 2-173-005", "id. (6)", "Id. at 5".
pub(super) fn id(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    let mut authority = Authority::new(Scope::Earlier(Reference::Last), "");
    let mut ahead = cursor;
    ahead.eat(",");
    ahead.spaces();
    if ahead.section_mark().is_some() {
        if let Some(number) = ahead.section_number() {
            authority = authority.section(format!("s{number}"), ahead.subdivisions());
            cursor = ahead;
        } else if !ahead.take_while(|c| c.is_ascii_uppercase()).is_empty() {
            cursor = ahead;
        }
    } else if ahead.peek() == Some('(') {
        authority.subdivisions = ahead.subdivisions();
        if !authority.subdivisions.is_empty() {
            cursor = ahead;
        }
    } else if ahead.eat_word("at") && ahead.spaces() {
        ahead.eat("*");
        if ahead.section_number().is_some() {
            cursor = ahead;
        }
    }
    let (kind, rule) = (CitationKind::Statute, "short.id");
    out.push(Found { start, end: cursor.at, kind, rule, authority });
}

/// Short forms of what `citations` introduce.
pub(super) fn find(_text: &str, _citations: &[Citation<'_>]) -> Vec<Found> {
    Vec::new()
}
