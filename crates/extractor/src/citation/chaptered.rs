//! Session laws as the codes and courts of single states cite them, by year and chapter: "2019 c 440 § 6",
//! "s. 1, ch. 2019-102", "L 2019, ch 37".

use super::cursor::{Cursor, back_word};
use super::session::{KIND, RULE, forward, year_ending};
use super::{Authority, Found, Scope};
use crate::State;

/// Laws of Washington as its code cites them.
pub(super) const CHAPTERED: &[&str] = &[" c "];

/// "2019 c 440 § 6", "2019 c 440 s 6".
pub(super) fn chaptered(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some((from, year)) = year_ending(&text[..start]) else { return };
    let mut cursor = Cursor::new(text, end);
    let Some(chapter) = cursor.digits(3).filter(|_| cursor.spaces()) else { return };
    if cursor.section_mark().is_none() && !cursor.eat("s ") {
        return;
    }
    let Some(section) = cursor.section_number() else { return };
    let authority = Authority::new(Scope::State(State::from_code("wa")), format!("/laws/{year}"))
        .section(format!("ch{chapter}/s{section}"), "");
    out.push(Found { start: from, end: cursor.at, kind: KIND, rule: RULE, authority });
}

/// Laws of Florida as its statutes cite them, by the year of the chapter.
pub(super) const FLORIDIAN: &[&str] = &[", ch. 19", ", ch. 20"];

/// "s. 1, ch. 2019-102".
pub(super) fn floridian(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let Some((from, section)) = back_word(text, start)
        .filter(|(_, word)| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()))
    else {
        return;
    };
    let head = text[..from].strip_suffix("s. ").filter(|head| !head.ends_with(char::is_alphanumeric));
    let Some(head) = head else { return };
    let mut cursor = Cursor::new(text, end - 2);
    let Some(year) = cursor.digits(4).filter(|_| cursor.eat("-")) else { return };
    let Some(chapter) = cursor.digits(4) else { return };
    cursor.eat(", Laws of Florida");
    let authority = Authority::new(Scope::State(State::from_code("fl")), format!("/laws/{year}"))
        .section(format!("ch{chapter}/s{section}"), "");
    out.push(Found { start: head.len(), end: cursor.at, kind: KIND, rule: RULE, authority });
}

/// Laws of New York as its courts cite them.
pub(super) const LAW: &[&str] = &["L 19", "L 20"];

/// "L 2019, ch 37".
pub(super) fn law(text: &str, start: usize, _end: usize, out: &mut Vec<Found>) {
    let Some(read) = forward(text, start + 1, None, "") else { return };
    let state = read.state.or_else(|| State::from_code("ny"));
    let authority = Authority::new(Scope::State(state), read.base).section(read.section, "");
    out.push(Found { start, end: read.end, kind: KIND, rule: RULE, authority });
}
