//! Acts by their titles: "Laken Riley Act", "Keep Washington Working Act".

use goldrule_schema::CitationKind;

use super::cursor::{Cursor, back_spaces};
use super::federal::act_base;
use super::{Authority, Found, Scope, names};

pub(super) const ANCHORS: &[&str] = &["Act"];

/// Capitalised words that begin a sentence or point, and are no part of a title.
const LEADING: &[&str] = &[
    "The",
    "This",
    "That",
    "These",
    "Those",
    "Under",
    "An",
    "A",
    "And",
    "But",
    "If",
    "In",
    "On",
    "By",
    "For",
    "With",
    "When",
    "While",
    "Since",
    "See",
    "Also",
    "Because",
    "Both",
    "Each",
    "Every",
    "Their",
    "His",
    "Her",
    "Its",
    "My",
    "Your",
    "As",
    "At",
    "To",
    "From",
    "Like",
    "Neither",
    "Nor",
    "Or",
    "So",
    "Then",
    "After",
    "Before",
    "Does",
    "Did",
    "Is",
    "Was",
    "Although",
    "Though",
    "Despite",
    "Unlike",
    "Cf.",
    "Per",
    "Passing",
    "Cite",
    "Citing",
    "Of",
    "Section",
    "Can",
    "Could",
    "How",
    "What",
    "Where",
    "Which",
    "Who",
    "Why",
    "Will",
    "Would",
    "Not",
    "No",
    "Any",
    "Some",
    "Until",
    "Unless",
    "Whether",
    "President",
    "Gov.",
    "Congress",
    "Legislature",
    "Pass",
    "Repeal",
];

/// Words before "Act" that make it something else than a statute.
const NOT_TITLES: &[&str] = &[
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Final",
    "Opening",
    "Sister",
    "Balancing",
    "Class",
    "Last",
    "Same",
    "New",
    "Proposed",
    "Federal",
    "State",
    "Said",
    "Caught",
    "Circus",
    "Magic",
    "Vaudeville",
    "Opener",
    "Session",
    "Special",
    "Public",
    "General",
];

/// Small words that titles hold between their capitals.
const SMALL: &[&str] =
    &["and", "of", "the", "for", "to", "in", "on", "&", "from", "with", "against", "by", "a", "our"];

/// Takes the capitalised words before "Act".
pub(super) fn parse(text: &str, start: usize, end: usize, out: &mut Vec<Found>) {
    let mut cursor = Cursor::new(text, end);
    if cursor.inside_word() && cursor.peek().is_some_and(|c| matches!(c, '-' | '!' | '?')) || numbered(cursor)
    {
        return;
    }
    let Some(from) = title_start(text, start) else { return };
    let title = &text[from..end];
    let mut ahead = cursor;
    if ahead.spaces()
        && ahead.eat_word("of")
        && ahead.spaces()
        && ahead.digits(4).is_some_and(|y| y.len() == 4)
    {
        cursor = ahead;
    }
    let words = title.split_whitespace().count();
    let single = words == 2 && title.split_whitespace().next().is_some_and(|w| NOT_TITLES.contains(&w));
    if single || words < 2 {
        return;
    }
    let authority = match names::act_scope(title) {
        Scope::State(None) => {
            Authority::new(Scope::State(names::state_before(text, from)), act_base(&full_title(title)))
        }
        scope @ Scope::State(_) => Authority::new(scope, act_base(&full_title(title))),
        scope => Authority::new(scope, act_base(title)),
    };
    let (kind, rule) = (CitationKind::NamedAct, "named_act.title");
    out.push(Found { start: from, end: cursor.at, kind, rule, authority });
}

/// The official title where a shortened one is as well known.
fn full_title(title: &str) -> String {
    match title {
        "Values Act" => "California Values Act".to_owned(),
        "TRUTH Act" => "California TRUTH Act".to_owned(),
        _ => title.to_owned(),
    }
}

/// "Act II", "Act 399", "Act No. 5", "Act One": a play or a session law.
fn numbered(mut cursor: Cursor<'_>) -> bool {
    if !cursor.spaces() {
        return false;
    }
    let word = cursor.take_while(char::is_alphanumeric);
    !word.is_empty()
        && (word.bytes().all(|b| b.is_ascii_digit() || b"IVX".contains(&b))
            || ["One", "Two", "Three", "Four", "Five", "No"].contains(&word))
}

/// Where the title that ends in "Act" at `act` begins.
fn title_start(text: &str, act: usize) -> Option<usize> {
    let (mut at, mut from) = (act, None);
    for _ in 0..14 {
        let end = back_spaces(text, at);
        if end == at {
            break;
        }
        let head = &text[..end];
        let start = head
            .char_indices()
            .rev()
            .take(40)
            .take_while(|(_, c)| !c.is_whitespace() && !matches!(c, '(' | '"' | '“' | '[' | '*' | '—' | '‘'))
            .last()
            .map_or(end, |(i, _)| i);
        let word = &text[start..end];
        let bare = word.trim_end_matches(',');
        let opened = start > 0 && !text[..start].ends_with(char::is_whitespace);
        // A comma belongs to a title only in a series: "Illegal Drugs, Guns and Gangs Act".
        let ends_sentence = bare.ends_with(['.', ':', ';', '!', '?', '"', '”', ')', '—', '–']);
        if word.is_empty() || ends_sentence || word.len() != bare.len() {
            break;
        }
        if bare.starts_with(char::is_uppercase) {
            if LEADING.contains(&bare) || bare.ends_with("'s") && opened {
                break;
            }
            from = Some(start);
        } else if !SMALL.contains(&bare) {
            break;
        }
        at = start;
        if opened {
            break;
        }
    }
    let from = from?;
    // A possessive owner is no part of the title: "Washington's Keep Washington Working Act".
    let title = &text[from..act];
    let owner = title.rfind("'s ").map(|i| i + 3).or_else(|| title.rfind("’s ").map(|i| i + "’s ".len()));
    let from = from + owner.unwrap_or(0);
    let rest = &text[from..act];
    // "Chief Moore of the Values Act coalition" is rare; "Congress and the Laken Riley Act" is not.
    let cut = [
        " and the ",
        " of the ",
        " to the ",
        " in the ",
        " under the ",
        " for the ",
        " with the ",
        " on the ",
    ]
    .iter()
    .filter_map(|joint| rest.rfind(joint).map(|i| i + joint.len()))
    .max()
    .unwrap_or(0);
    (from + cut < act).then_some(from + cut)
}

/// The title of an act that stands at the cursor: its end, and it.
pub(super) fn title_at(cursor: Cursor<'_>) -> Option<(usize, &str)> {
    let mut ahead = cursor;
    for _ in 0..14 {
        let word = ahead.take_while(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '&' | '.'));
        let fits = word.starts_with(char::is_uppercase) || SMALL.contains(&word);
        if !fits || word.is_empty() {
            return None;
        }
        if word == "Act" {
            let title = &cursor.text[cursor.at..ahead.at];
            return (title.len() > 4).then_some((ahead.at, title));
        }
        if !ahead.spaces() {
            return None;
        }
    }
    None
}
