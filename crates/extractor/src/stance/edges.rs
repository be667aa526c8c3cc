//! Where the clause that states a position, and its evidence, begin and end: marks, labels and words that link.

use super::clause::NEAR;
use super::contrast::is_any;
use crate::segment::Segmented;
use crate::token::{Shape, Token};

/// Where the evidence of a clause begins: "If they ask, I hold" keeps its "if".
pub(super) fn with_condition(segmented: &Segmented<'_>, sentence: usize, first: usize) -> usize {
    const IF: &[&str] = &["if", "when", "whenever", "once"];
    let range = segmented.sentences[sentence].range();
    let opens = first > range.start && is_any(&segmented.tokens, segmented.text, first - 1, IF);
    first - usize::from(opens)
}

/// Whether a core is a second purpose of what stands before a reason: "stop nobody just because he looks foreign, or
/// to find out his status".
pub(super) fn resumes_purpose(tokens: &[Token], text: &str, at: usize, core: usize) -> bool {
    let is =
        |at: usize, words: &[&str]| words.iter().enumerate().all(|(n, word)| tokens[at + n].is(text, word));
    tokens[at - 1].is(text, "because")
        && (at..core.saturating_sub(1)).rev().take(NEAR).any(|or| {
            tokens[or].is(text, "or")
                && (is(or + 1, &["to"]) || or + 3 < tokens.len() && is(or + 1, &["in", "order", "to"]))
        })
}

/// Whether a "but" only excepts: "for no reason but their status", "nothing but a warrant".
pub(super) fn excepts(tokens: &[Token], text: &str, but: usize) -> bool {
    const ALL: &[&str] = &["nothing", "none", "nobody", "anything", "anyone", "anybody", "all", "everything"];
    const PRONOUNS: &[&str] = &["they", "we", "he", "she", "it", "i", "you"];
    const GROUNDS: &[&str] = &["reason", "cause", "ground", "grounds", "purpose", "offense", "choice", "one"];
    let is =
        |back: usize, words: &[&str]| but.checked_sub(back).is_some_and(|at| is_any(tokens, text, at, words));
    // "Ask anyone but they hold"
    let clause = is_any(tokens, text, but + 1, PRONOUNS);
    let all = is(1, ALL) || is(2, &["no", "any"]) && is(1, GROUNDS);
    tokens[but].is(text, "but") && !clause && all
}

pub(super) fn is_trailing(token: Token, text: &str) -> bool {
    token.shape == Shape::Mark && !matches!(token.text(text), ")" | "%")
}

pub(super) fn is_leading(token: Token, text: &str) -> bool {
    // "That rules out helping them" has a subject.
    token.shape == Shape::Mark && !matches!(token.text(text), "(" | "§" | "$")
        || ["and", "but", "or", "so"].iter().any(|word| token.is(text, word))
        || token.text(text) == "that"
}

/// Whether the last of some tokens is a bracket that none of them opens.
pub(super) fn closes_nothing(tokens: &[Token], text: &str) -> bool {
    let is = |token: &Token, mark| token.text(text) == mark;
    tokens.last().is_some_and(|last| is(last, ")")) && tokens.iter().all(|token| !is(token, "("))
}

/// The token behind the letter or number that a paragraph opens with, "A.", "(3)", "428.2" or "2014.", or behind
/// the town of a dateline with two hyphens; else the first of the sentence.
pub(super) fn enumerator(segmented: &Segmented<'_>, sentence: usize) -> usize {
    let sentences = &segmented.sentences;
    let range = sentences[sentence].range();
    let opens = sentence == 0 || sentences[sentence - 1].paragraph != sentences[sentence].paragraph;
    let word = |at: usize| segmented.tokens.get(at).map_or("", |token| token.text(segmented.text));
    let label = range.start + usize::from(word(range.start) == "(");
    let text = word(label).trim_end_matches('.');
    let short = (1..=3).contains(&text.len());
    let numeral = text.bytes().all(|b| b.is_ascii_digit()) || text.bytes().all(|b| b"ivxIVX".contains(&b));
    let listed = short && (numeral || text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic()));
    let dotted = word(label).ends_with('.') && word(label).len() > 1;
    let closed = dotted || matches!(word(label + 1), "." | ")");
    let dashes = |at: &usize| word(*at) == "-" && word(at + 1) == "-";
    let town = (range.start + 1..range.end.min(range.start + 7)).find(dashes);
    // "LAPD -- the Los Angeles police -- do not" is no dateline.
    if let Some(dash) = town.filter(|&dash| {
        opens
            && !(dash + 2..range.end).any(|at| dashes(&at))
            && (range.start..dash).all(|at| segmented.tokens[at].shape == Shape::Upper || word(at) == ",")
    }) {
        return (dash + 2).min(range.end);
    }
    // "428.2 Officers shall", "2014. The sheriff signs"
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let section =
        text.split_once('.').is_some_and(|(chapter, rest)| digits(chapter) && rest.split('.').all(digits));
    let year = text.len() == 4 && digits(text) && (dotted || word(label + 1) == ".");
    let next = segmented.tokens.get(label + 1).is_some_and(|next| next.is_capital());
    if opens && (section && next || year) {
        return (label + 1 + usize::from(year && !dotted)).min(range.end);
    }
    if !(opens && listed && closed) {
        return range.start;
    }
    (label + 1 + usize::from(!dotted)).min(range.end)
}
