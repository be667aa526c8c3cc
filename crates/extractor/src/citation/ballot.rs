//! Measures that the people vote on: "Proposition 187", "Measure Q", "Question 3".

use goldrule_schema::CitationKind;

use super::bill::{counted, near};
use super::cursor::{Cursor, back_word};
use super::names::state_before;
use super::{Authority, Found, Scope};

/// What they are called, the part of the path, whether the word needs a vote near it.
const SORTS: &[(&str, &str, bool)] = &[
    ("Ballot Measure", "measure", false),
    ("Measure", "measure", false),
    ("Proposition", "proposition", false),
    ("Prop.", "proposition", false),
    ("Prop", "proposition", false),
    ("Initiative Measure", "measure", false),
    ("Initiative", "measure", false),
    ("Initiated Measure", "measure", false),
    ("Referendum Measure", "referendum", false),
    ("Referendum", "referendum", true),
    ("State Question", "question", false),
    ("Ballot Question", "question", false),
    ("Question", "question", true),
    ("Issue", "issue", true),
];

pub(super) const ANCHORS: &[&str] = literals!(SORTS);

/// Words of votes.
const VOTES: &[&str] =
    &["ballot", "Ballot", "voter", "Voter", "Vote ", "VOTE", "election", "Election", "referendum", "repeals"];

/// Words before "Question 3" that show a measure where votes are spoken of.
const VERBS: [&str; 8] = ["rejected", "approved", "passed", "on", "for", "against", "rejecting", "approving"];

/// The number or letter after the word.
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let written = &text[start..end];
    let Some((_, sort, doubtful)) = SORTS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(written)) else {
        return;
    };
    let mut cursor = Cursor::new(text, end);
    if !cursor.spaces() {
        return;
    }
    cursor.number_mark();
    cursor.spaces();
    let at = cursor.at;
    let voted = around(text, start, at, VOTES);
    let led = voted && back_word(text, start).is_some_and(|(_, word)| VERBS.contains(&word));
    let balloted = led || near(text, start, at, &["ballot", "Ballot"]) || state_before(text, start).is_some();
    let (number, scope) = if let Some(number) = cursor.digits(4) {
        (number, Scope::State(state_before(text, start)))
    } else if let Some(letter) = letter(&mut cursor).filter(|_| voted && *sort != "issue") {
        // Letters are those of a city or a county.
        (letter, Scope::Place(None, None))
    } else {
        return;
    };
    let digits = number.starts_with(|c: char| c.is_ascii_digit());
    let short = digits && number.len() < 2 && !(balloted && *doubtful);
    let after = cursor.rest();
    let fraction =
        after.starts_with(['.', ',', '%', ':']) && after[1..].starts_with(|c: char| c.is_ascii_digit());
    // "Initiative 2030" is a plan.
    let year = number.starts_with("20") || number.starts_with("19");
    let plan = (written == "Initiative" || *doubtful) && number.len() > 3 && year;
    // "Issue 14 of Vogue", "Question B of the survey"
    let part = after.starts_with(" of ") && !led;
    if fraction || plan || short || part || *doubtful && !balloted || counted(cursor) {
        return;
    }
    let authority = Authority::new(scope, format!("/bill/{sort}/{}", number.to_ascii_lowercase()));
    let (kind, rule) = (CitationKind::Bill, "bill.measure");
    out.push(Found { start, end: cursor.at, kind, rule, authority });
}

/// Whether one of the words stands in the lines around.
fn around(text: &str, start: usize, end: usize, words: &[&str]) -> bool {
    let low = (start.saturating_sub(500)..=start).find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let high = (end..=(end + 500).min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(end);
    text.get(low..high).is_some_and(|part| words.iter().any(|word| part.contains(word)))
}

/// One capital or two alike, with nothing joined to them.
fn letter<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let mut ahead = *cursor;
    let letters = ahead.take_while(|c| c.is_ascii_uppercase());
    let alike = letters.len() == 2 && letters.as_bytes()[0] == letters.as_bytes()[1];
    let joined = letters == "I" || ahead.peek().is_some_and(|c| c.is_alphanumeric() || c == '-');
    if !(letters.len() == 1 || alike) || joined {
        return None;
    }
    *cursor = ahead;
    Some(letters)
}
