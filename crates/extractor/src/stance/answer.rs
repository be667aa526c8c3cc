//! What a sentence takes from the one before it: the question that it answers, the introduction of its list.

use goldrule_schema::ByteSpan;

use super::heading::is_line;
use super::{Clause, cores::Core, span_of};
use crate::agency::is_bullet;
use crate::pattern::Input;
use crate::segment::Segmented;
use crate::token::Shape;

/// Whether a question mark behind a core makes a question of it. One within a quotation that opens behind "ask" asks
/// what nobody is asked or everybody is: "we don't ask, 'Where were you born?'".
pub(super) fn asks(input: Input<'_>, end: usize, core: &Core) -> bool {
    let text = |at: usize| input.tokens[at].text(input.text);
    let mark = (core.last..end.min(core.last + FAR)).find(|&at| text(at) == "?");
    let Some(mark) = mark else { return false };
    let opening = |at: &usize| {
        matches!(text(*at), "“" | "‘" | "\"" | "'") && input.tokens[*at].end == input.tokens[*at + 1].start
    };
    let opened = (core.first..mark).rev().find(opening);
    let verb = |at: usize| {
        ["ask", "asks", "asking", "say", "says"].iter().any(|word| input.tokens[at].is(input.text, word))
    };
    let quoted = opened.is_some_and(|open| {
        let close = (open + 1..mark).all(|at| !matches!(text(at), "”" | "\""));
        close && (core.first.max(open.saturating_sub(ADDRESSED))..open).any(verb)
    });
    let closes = matches!(text((mark + 1).min(end - 1)), "”" | "’" | "\"" | "'");
    !(quoted && closes)
}

/// How far behind a core a question mark is looked for, in tokens.
const FAR: usize = 60;

/// Most tokens from "ask" to the question: "ask a driver, 'Are you legal?'".
const ADDRESSED: usize = 6;

/// What the sentence after a question answers, and the sentence.
pub(super) fn answer(segmented: &Segmented<'_>, question: usize) -> Option<(Answer, ByteSpan)> {
    let sentence = segmented.sentences.get(question + 1)?;
    let tokens = &segmented.tokens[sentence.range()];
    let text = segmented.text;
    // "A. No." and "SHERIFF WITT: No."
    let colon = tokens.iter().take(7).position(|token| token.text(text) == ":");
    let is_label = |at: usize| tokens[at].is(text, "a.") || colon.is_some_and(|colon| at < colon);
    let mut sentence = *sentence;
    let mut first = (0..tokens.len()).find(|&at| tokens[at].is_word() && !is_label(at));
    let mut tokens = tokens;
    if first.is_none() {
        // The label alone was taken for a sentence.
        sentence = *segmented.sentences.get(question + 2)?;
        tokens = &segmented.tokens[sentence.range()];
        first = tokens.iter().position(|token| token.is_word());
    }
    let first = first?;
    let word = |at: usize| tokens.get(first + at).map_or("", |token| token.text(text));
    let is = |at: usize, list: &str| {
        list.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word(at)))
    };
    // "No one knows" is no answer.
    let closed = |at: usize| tokens.get(first + at).is_none_or(|next| next.shape == Shape::Mark);
    // "No, unless it is part of a criminal investigation."
    let but =
        is(2, "unless except only where if when provided") || is(2, "but and") && is(3, "unless except only");
    let answer = if is(0, "yes no yeah nope") && closed(1) && but {
        Answer::Conditional
    } else if is(0, "yes yeah yep absolutely always") && closed(1) {
        Answer::Yes
    } else if is(0, "no nope never") && closed(1) || is(0, "not") && is(1, "anymore since") {
        Answer::No
    } else if is(0, "only sometimes") || is(0, "not") && is(1, "unless without") {
        Answer::Conditional
    } else if is(0, "we they it he she i") && closed(2) && is(1, "do does will are is") {
        Answer::Yes
    } else if is(0, "we they it he she i")
        && (closed(2) && is(1, "don't doesn't won't aren't isn't don’t doesn’t won’t")
            || closed(3) && is(1, "do does will are is") && is(2, "not"))
    {
        Answer::No
    } else {
        return None;
    };
    let mut last = sentence.last as usize;
    while last > sentence.first as usize + first + 1 && segmented.tokens[last - 1].shape == Shape::Mark {
        last -= 1;
    }
    Some((answer, span_of(segmented, sentence.first as usize + first, last)))
}

/// The sentence that introduces the list in which a clause opens an item: it ends with a colon, and only
/// items stand between.
pub(super) fn introduction(segmented: &Segmented<'_>, sentence: usize, clause: Clause) -> Option<usize> {
    let text = segmented.text;
    let opens_item = |index: usize| {
        let tokens = &segmented.tokens[segmented.sentences[index].range()];
        let first = tokens.first().map_or("", |token| token.text(text));
        is_bullet(first)
            || first == "("
            || tokens.first().is_some_and(|token| token.shape == Shape::Number || token.shape == Shape::Lower)
            || is_open_line(segmented, index)
    };
    let range = segmented.sentences[sentence].range();
    // Only what opens the item shares the introduction's verb.
    if clause.scope > range.start + 3 || !opens_item(sentence) {
        return None;
    }
    for index in (sentence.saturating_sub(ITEMS)..sentence).rev() {
        let last = segmented.tokens[segmented.sentences[index].range()].last()?;
        if last.text(text) == ":" {
            return Some(index);
        }
        if !opens_item(index) {
            return None;
        }
    }
    None
}

/// Whether a sentence has its line for itself and no stop: an item that no bullet marks.
fn is_open_line(segmented: &Segmented<'_>, sentence: usize) -> bool {
    let last = segmented.sentences[sentence].range().end - 1;
    let stops = [".", "?", "!", ":", "”", "\""];
    is_line(segmented, sentence) && !stops.contains(&segmented.tokens[last].text(segmented.text))
}

/// Most items that are looked back over for the introduction of a list.
const ITEMS: usize = 20;

/// What is said to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    Conditional,
}

/// How far before a match the verb of a question stands that somebody puts.
const PUT: usize = 12;

/// Whether a match only tells what somebody wanted to know: "Supervisor Maki inquired whether the office would join".
pub(super) fn is_inquired(input: Input<'_>, start: usize, core: &Core) -> bool {
    let is = |at: usize, words: &[&str]| words.iter().any(|word| input.tokens[at].is(input.text, word));
    let puts = |at: usize| {
        let know =
            is(at, &["know"]) && at >= start + 2 && is(at - 1, &["to"]) && is(at - 2, &["wanted", "wants"]);
        know || is(at, &["inquired", "inquires", "wondered", "wonders"])
    };
    let from = start.max(core.first.saturating_sub(PUT));
    (from..=core.first).rev().take_while(|&at| !is(at, &[",", ";", "”", "\""])).any(|at| {
        puts(at)
            && at + 1 < input.tokens.len()
            && is(at + 1, &["whether", "if", "about", "how", "what", "when"])
    })
}
