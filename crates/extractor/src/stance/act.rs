//! The past, which is no position: one act of a day ("On March 3 deputies walked one man out to a van"), and what used
//! to be.

use super::cores::Core;
use crate::segment::Segmented;

/// Verbs in the past whose form does not end in "-ed".
const IRREGULAR: &[&str] = &[
    "ran", "gave", "took", "told", "sent", "let", "held", "kept", "brought", "drove", "lent", "met", "rode",
    "put", "went", "led", "sat", "stood", "caught", "got", "made", "read", "sold", "swept", "threw",
];

/// The days of the week.
pub(super) const WEEKDAYS: &[&str] =
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Months and the like, by which an act is dated as by a day.
const DATES: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan.",
    "feb.",
    "aug.",
    "sept.",
    "oct.",
    "nov.",
    "dec.",
    "yesterday",
    "week",
    "month",
    "weekend",
    "night",
    "morning",
    "afternoon",
];

/// What counts somebody out of many.
const COUNTS: &[&str] = &[
    "a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen",
    "several", "another",
];

/// Those who are counted.
const COUNTED: &[&str] = &[
    "man",
    "men",
    "woman",
    "women",
    "driver",
    "inmate",
    "inmates",
    "prisoner",
    "prisoners",
    "detainee",
    "detainees",
    "person",
    "people",
    "resident",
    "worker",
    "workers",
    "officer",
    "officers",
    "deputy",
    "deputies",
    "detective",
    "detectives",
    "cruiser",
    "cruisers",
    "trooper",
    "troopers",
    "sergeant",
    "patrolman",
    "motorist",
    "passenger",
    "teenager",
    "mother",
    "father",
];

/// Those who lead an agency, one after another.
const HEADS: &[&str] = &[
    "sheriff",
    "chief",
    "captain",
    "warden",
    "jailer",
    "administrator",
    "commander",
    "commissioner",
    "marshal",
    "mayor",
];

/// How many tokens into a sentence, or behind a match, the date of an act stands.
const DATED: usize = 4;

/// How many words behind a match those are counted whom the act concerns.
const BEHIND: usize = 4;

/// Whether a match tells of the past alone: of one act, of what used to be, or of a time that is over.
pub(super) fn is_past(segmented: &Segmented<'_>, sentence: (usize, usize), core: &Core) -> bool {
    let tokens = &segmented.tokens;
    let is = |at: usize, words: &[&str]| words.iter().any(|word| tokens[at].is(segmented.text, word));
    let used = is(core.first, &["used"])
        && core.first + 1 < core.last
        && is(core.first + 1, &["to"])
        && !(core.first > 0
            && is(core.first - 1, &["be", "is", "are", "been", "was", "were", "being", "get", "not"]));
    used || is_over(segmented, sentence, core)
        || is_given_up(segmented, sentence, core)
        || is_single(segmented, sentence, core)
}

/// Whether a match tells of a time that its sentence says is over: "Before 2019 my boss would ring them up", "From 2014 to
/// 2021 the office kept people", "Back then agents had a desk".
pub(super) fn is_over(segmented: &Segmented<'_>, (first, last): (usize, usize), core: &Core) -> bool {
    let tokens = &segmented.tokens;
    let is = |at: usize, words: &[&str]| words.iter().any(|word| tokens[at].is(segmented.text, word));
    let years = |upto: usize| {
        (first + 1..last.min(first + upto)).filter(|&at| is_year(tokens[at].text(segmented.text))).count()
    };
    let then = first + 2 < last
        && (is(first, &["back"]) && is(first + 1, &["then"])
            || is(first, &["in"]) && is(first + 1, &["those"]) && is(first + 2, &["days", "years"]));
    let ended = is(first, &["before", "until"]) && years(DATED) > 0
        || is(first, &["from", "between"]) && years(2 * DATED) > 1
        || then;
    let told = is_past_verb(&tokens[core.first].text(segmented.text).to_lowercase())
        || core.first > first && is(core.first - 1, &["would", "could"]);
    ended && told
}

/// Whether a match tells of how long something went on that is over ("For years the office let ICE use a room"), or of
/// what somebody did who is gone ("the old captain would hang on to anybody").
fn is_given_up(segmented: &Segmented<'_>, (first, _): (usize, usize), core: &Core) -> bool {
    let tokens = &segmented.tokens;
    let is = |at: usize, words: &[&str]| words.iter().any(|word| tokens[at].is(segmented.text, word));
    let mut before = first..core.first;
    let lasted = first + 2 < core.first
        && is(first, &["for"])
        && (first + 1..core.first.min(first + DATED))
            .any(|at| is(at, &["years", "decades", "decade", "generations", "months", "time", "while"]))
        && is_past_verb(&tokens[core.first].text(segmented.text).to_lowercase())
        && !before
            .clone()
            .any(|at| is(at, &["has", "have", "had", "is", "are", "will", "would", "does", "do"]));
    let mut old = || {
        let the = before.find(|&at| {
            is(at, &["the", "his", "her", "their"]) && is(at + 1, &["old", "former", "previous"])
        });
        the.is_some_and(|the| {
            (the + 3..core.first).any(|at| is(at, &["would"]))
                && (the + 2..core.first.min(the + 5)).any(|at| is(at, HEADS))
        })
    };
    lasted || old()
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

fn is_past_verb(verb: &str) -> bool {
    verb.len() > 3 && verb.ends_with("ed") || IRREGULAR.contains(&verb)
}

/// Whether a match tells of one act on a day: its verb in the past, a date at the head of the sentence or right behind
/// the match, and somebody counted.
fn is_single(segmented: &Segmented<'_>, sentence: (usize, usize), core: &Core) -> bool {
    let (first, last) = sentence;
    let tokens = &segmented.tokens;
    let word = |at: usize| tokens[at].text(segmented.text).to_lowercase();
    if tokens[core.first].is_capital() || !is_past_verb(&word(core.first)) {
        return false;
    }
    let is_date = |at: usize| {
        let word = word(at);
        WEEKDAYS.contains(&word.as_str()) || DATES.contains(&word.as_str()) || is_year(&word)
    };
    // "Since March the office has lent a deputy": it still does.
    let since = (first..core.first).any(|at| ["since", "has", "have"].contains(&word(at).as_str()));
    let dated =
        (first..core.first.min(first + DATED)).chain(core.last..last.min(core.last + DATED)).any(is_date);
    let counted = |at: usize| {
        COUNTS.contains(&word(at).as_str())
            && (at + 1..last.min(at + 4)).any(|next| COUNTED.contains(&word(next).as_str()))
    };
    !since && dated && (first..last.min(core.last + BEHIND)).any(counted)
}
