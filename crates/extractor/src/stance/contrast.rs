//! What a "but" parts: "honors detainers but does not join raids" has two predicates of one subject, "does not ask, but
//! if a judge signs" goes on with a condition that is another statement's.

use super::context::{Applied, Operator};
use super::cores::Core;
use crate::token::{Shape, Token, WordId};

/// What sets a second statement against the first.
const CONTRAST: &[&str] = &["but", "however", "yet", "though"];

/// Verbs that open a predicate without a subject of its own.
const AUXILIARIES: &[&str] = &[
    "will", "would", "does", "do", "did", "is", "are", "has", "have", "can", "cannot", "could", "may",
    "must", "shall", "won't", "wouldn't", "doesn't", "don't", "didn't", "isn't", "aren't", "can't",
    "couldn't", "hasn't", "haven't",
];

/// Auxiliaries behind which a subject cannot stand in a list.
const MODALS: &[&str] = &["will", "may", "must", "shall", "can", "cannot", "do", "don't", "won't"];

pub(super) fn is_any(tokens: &[Token], text: &str, at: usize, words: &[&str]) -> bool {
    tokens.get(at).is_some_and(|token| words.iter().any(|word| token.is(text, word)))
}

/// Whether a predicate of its own stands behind the "but" at a token: "but will not send", no "but will do so only".
pub(super) fn opens_predicate(tokens: &[Token], text: &str, at: usize, last: usize) -> bool {
    let adverb = usize::from(is_any(tokens, text, at + 1, &["also", "still", "never"]));
    let verb = at + 1 + adverb;
    let refers = (verb..(verb + 4).min(last))
        .any(|at| is_any(tokens, text, at, &["so", "it", "that", "this", "only"]));
    is_any(tokens, text, at, &["but"])
        && verb + 2 < last
        && is_any(tokens, text, verb, AUXILIARIES)
        && !refers
}

/// Whether a match begins in one predicate and ends in another behind "but".
pub(super) fn crosses(tokens: &[Token], text: &str, core: &Core) -> bool {
    (core.first + 1..core.last.saturating_sub(2)).any(|at| {
        opens_predicate(tokens, text, at, core.last + 2) || opens_statement(tokens, text, at, core.last)
    })
}

/// Whether a statement with a subject of its own opens at a comma: ", and officers may give ICE a name".
fn opens_statement(tokens: &[Token], text: &str, at: usize, last: usize) -> bool {
    let plural = |token: &Token| {
        token.shape == Shape::Lower && token.text(text).ends_with('s') && token.word != WordId::NONE
    };
    at + 3 < last
        && is_any(tokens, text, at, &[","])
        && is_any(tokens, text, at + 1, &["and", "but"])
        && tokens.get(at + 2).is_some_and(plural)
        && !is_any(tokens, text, at + 2, AUXILIARIES)
        && is_any(tokens, text, at + 3, MODALS)
}

/// Whether a supposition at a token is that of a second statement: "…, but if a judge signs", "…; if there is a warrant".
pub(super) fn restarts(tokens: &[Token], text: &str, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let comma = usize::from(is_any(tokens, text, before, &[","]));
    before.checked_sub(comma).is_some_and(|before| is_any(tokens, text, before, CONTRAST))
        || is_any(tokens, text, before, &[";"])
}

/// Whether what turns a position round from behind belongs to a second predicate, which only says again what a
/// negation has said: "may not ask and will be fired if they do".
pub(super) fn says_again(
    tokens: &[Token],
    text: &str,
    core: &Core,
    operator: &Applied,
    all: &[Applied],
) -> bool {
    operator.operator == Operator::NegateAfter
        && operator.first >= core.last
        && (core.last..operator.first).any(|at| is_any(tokens, text, at, &["and", "or"]))
        && all.iter().any(|other| {
            matches!(other.operator, Operator::Negate | Operator::Refuse) && other.last <= core.last
        })
}
