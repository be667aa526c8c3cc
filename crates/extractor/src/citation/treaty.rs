//! Treaties by name, with the article where one is given.

use goldrule_schema::CitationKind;

use super::constitution::numeral;
use super::cursor::{Cursor, back_word};
use super::{Authority, Found, slug};

/// Names as texts write them, and the full name where it is another.
const NAMES: &[(&str, &str)] = &[
    ("Vienna Convention on Consular Relations", ""),
    ("Vienna Convention on Diplomatic Relations", ""),
    ("Vienna Convention on the Law of Treaties", ""),
    ("Vienna Convention", "Vienna Convention on Consular Relations"),
    ("VCCR", "Vienna Convention on Consular Relations"),
    (
        "Convention Against Torture and Other Cruel, Inhuman or Degrading Treatment or Punishment",
        "Convention Against Torture",
    ),
    ("Convention Against Torture", ""),
    ("Convention against Torture", "Convention Against Torture"),
    ("Refugee Convention", ""),
    ("1967 Protocol", "Protocol Relating to the Status of Refugees"),
    ("Refugee Protocol", "Protocol Relating to the Status of Refugees"),
    ("Protocol relating to the Status of Refugees", "Protocol Relating to the Status of Refugees"),
    ("Convention Relating to the Status of Refugees", ""),
    ("Convention relating to the Status of Refugees", ""),
    ("Protocol Relating to the Status of Refugees", ""),
    ("International Covenant on Civil and Political Rights", ""),
    ("ICCPR", "International Covenant on Civil and Political Rights"),
    ("Universal Declaration of Human Rights", ""),
    ("Convention on the Rights of the Child", ""),
    ("American Convention on Human Rights", ""),
    ("American Declaration of the Rights and Duties of Man", ""),
    ("Geneva Convention", ""),
    ("Geneva Conventions", "Geneva Convention"),
    ("Treaty of Guadalupe Hidalgo", ""),
    ("Jay Treaty", ""),
    ("North Atlantic Treaty", ""),
    ("Cartagena Declaration", ""),
    ("Global Compact for Migration", ""),
    ("Treaty of Paris", ""),
    ("U.N. Charter", "United Nations Charter"),
    ("UN Charter", "United Nations Charter"),
    ("United Nations Charter", ""),
    ("Charter of the United Nations", "United Nations Charter"),
    ("United Nations Convention on the Law of the Sea", ""),
    ("U.N. Convention on the Law of the Sea", "United Nations Convention on the Law of the Sea"),
    ("UN Convention on the Law of the Sea", "United Nations Convention on the Law of the Sea"),
    ("Law of the Sea Convention", "United Nations Convention on the Law of the Sea"),
    ("UNCLOS", "United Nations Convention on the Law of the Sea"),
    ("United Nations Convention Against Torture", "Convention Against Torture"),
    ("U.N. Convention Against Torture", "Convention Against Torture"),
    ("Genocide Convention", ""),
    ("Hague Convention on the Civil Aspects of International Child Abduction", ""),
    ("Hague Convention", ""),
];

pub(super) const ANCHORS: &[&str] = literals!(NAMES);
/// Heads of names that the table lacks.
pub(super) const HEADS: &[&str] = &[
    "Convention on",
    "Convention for",
    "Convention against",
    "Treaty of",
    "Treaty on",
    "Convention Relating to",
    "Inter-American Convention on",
    "Inter-American Convention Against",
    "United Nations Convention on",
    "United Nations Convention Against",
    "European Convention on",
    "Hague Convention on",
    "International Convention on",
];

const KIND: CitationKind = CitationKind::Treaty;

/// The treaty named right at the cursor: its end, and its full name.
fn treaty_at(cursor: Cursor<'_>) -> Option<(usize, &str)> {
    let named = NAMES.iter().filter(|(name, _)| cursor.rest().starts_with(name));
    if let Some((name, full)) = named.max_by_key(|(name, _)| name.len()) {
        return Some((cursor.at + name.len(), if full.is_empty() { name } else { full }));
    }
    let head = HEADS.iter().find(|head| cursor.rest().starts_with(**head))?;
    general(cursor, head)
}

/// The treaty at the cursor, whose year may stand before it.
fn dated(cursor: Cursor<'_>) -> Option<(usize, &str)> {
    let mut ahead = cursor;
    ahead.digits(4);
    ahead.spaces();
    [treaty_at(cursor), treaty_at(ahead)].into_iter().flatten().max_by_key(|(end, _)| *end)
}

/// "Convention on" and at least two capitalised words.
fn general<'t>(cursor: Cursor<'t>, head: &str) -> Option<(usize, &'t str)> {
    let mut ahead = cursor;
    ahead.at += head.len();
    let (mut end, mut words) = (ahead.at, 0);
    while ahead.spaces() {
        let word = ahead.take_while(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''));
        if word.starts_with(char::is_uppercase) {
            (end, words) = (ahead.at, words + 1);
        } else if !["the", "of", "and", "in", "or", "to", "for", "from"].contains(&word) {
            break;
        }
    }
    (words >= 2 || words == 1 && head.matches(' ').count() > 1).then(|| (end, &cursor.text[cursor.at..end]))
}

/// A treaty, with an article after it: "Vienna Convention on Consular Relations art. 36(1)(b)".
pub(super) fn named(text: &str, start: usize, _end: usize, out: &mut Vec<Found>) {
    let mut start = start;
    if let Some((at, year)) =
        back_word(text, start).filter(|(_, word)| word.len() == 4 && word.starts_with("19"))
        && year.bytes().all(|b| b.is_ascii_digit())
    {
        start = at;
    }
    let Some((mut end, name)) = dated(Cursor::new(text, start)) else { return };
    let mut authority = Authority::federal(format!("/treaty/{}", slug(name)));
    let mut ahead = Cursor::new(text, end);
    ahead.eat(",");
    ahead.spaces();
    if ahead.eat_any(&["art.", "article", "arts."]) {
        ahead.spaces();
        if let Some(number) = numeral(&mut ahead) {
            authority = authority.section(format!("article/{number}"), ahead.subdivisions());
            end = ahead.at;
        }
    }
    out.push(Found { start, end, kind: KIND, rule: "treaty.name", authority });
}

/// After "Article 36(1)(b) of the": the treaty's end and the authority.
pub(super) fn of_article(
    cursor: Cursor<'_>,
    number: usize,
    subdivisions: &str,
) -> Option<(usize, Authority)> {
    let (end, name) = dated(cursor)?;
    let authority = Authority::federal(format!("/treaty/{}", slug(name)));
    Some((end, authority.section(format!("article/{number}"), subdivisions)))
}
