//! Headings, which name what a passage is about and state nothing: "428.2 Notification to ICE".

use super::clause::{has, ids};
use super::cores::Core;
use crate::agency::Agencies;
use crate::segment::Segmented;
use crate::token::{Shape, Token, Vocabulary, WordId};

/// Words that tell headings from sentences.
#[derive(Debug)]
pub(super) struct Headings {
    /// What only a sentence has: auxiliaries, negations, pronouns, verbs of headlines.
    finite: Vec<WordId>,
    /// Nouns of conduct that headings open with; most others end in "-ing" or "-tion".
    opening: Vec<WordId>,
}

/// Most words of a heading that its paragraph goes on behind: "4. Questions about status. Officers do not …".
const RUN_IN: usize = 7;

/// Most words of any.
const LONGEST: usize = 16;

/// How many lines back the sentence that introduces a list is looked for.
const LIST: usize = 30;

/// Lines at the top of a text, which hold the headlines of stories.
const TOP: usize = 2;

/// Most tokens of a heading that is the subject of its item: "Orleans Parish Sheriff's Office, La. –".
const SUBJECT: usize = 10;

/// The first token of a statement whose subject is the heading of its item: that heading's, where the statement
/// begins with a verb behind its dash or colon.
pub(super) fn with_subject(
    segmented: &Segmented<'_>,
    agencies: &Agencies,
    sentence: usize,
    first: usize,
) -> usize {
    let range = segmented.sentences[sentence].range();
    let tokens = &segmented.tokens;
    let begin =
        range.start + tokens[range.clone()].iter().take_while(|token| token.shape == Shape::Mark).count();
    let Some(dash) = first.checked_sub(1).filter(|&dash| dash > begin && dash <= begin + SUBJECT) else {
        return first;
    };
    let text = segmented.text;
    let dashed = matches!(tokens[dash].text(text), "–" | "—");
    // "The school district: no agent gets past the lobby" has a subject of its own.
    let predicate =
        || !["no", "nobody", "the", "a", "an", "its", "they", "it"].contains(&tokens[first].text(text));
    let parts = dashed || tokens[dash].text(text) == ":" && predicate();
    let verb = tokens[first].shape == Shape::Lower;
    let named = agencies.mentions.partition_point(|mention| mention.span.start < tokens[begin].start);
    let heads = agencies.mentions.get(named).is_some_and(|mention| mention.span.start == tokens[begin].start);
    if parts && verb && heads { begin } else { first }
}

impl Headings {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        Self {
            finite: ids(
                "is are was were be been being has have had do does did will would can cannot can't could may \
                 might must shall should won't don't doesn't didn't isn't aren't wouldn't couldn't no not never \
                 nobody none neither without only unless if we they he she it i you who his her their our its \
                 end ends ended stop stops stopped says say said refuses refuse limits bars bans allows lets keeps \
                 prohibited forbidden barred banned allowed permitted authorized required ordered shared restricted \
                 suspended restored approved rejected denied declined join joins joined resume resumes resumed cost \
                 costs draws stays remains",
                vocabulary,
            ),
            opening: ids(
                "notification notifications notice access transfer transfers release releases questions requests \
                 use uses interviews assistance involvement inquiries inquiry compliance enforcement custody \
                 disclosure contact contacts service services restrictions exceptions arrests stops \
                 interpretation victims witnesses",
                vocabulary,
            ),
        }
    }

    /// Whether a match stands in a heading: a line, or the numbered head of a paragraph, without a verb that
    /// could state anything. Items of a list go on with the sentence that introduces them, and are none.
    pub(super) fn holds(&self, segmented: &Segmented<'_>, sentence: usize, core: &Core) -> bool {
        let range = segmented.sentences[sentence].range();
        let tokens = &segmented.tokens[range.clone()];
        let words = tokens.iter().filter(|token| token.is_word()).count();
        if words > LONGEST || tokens.iter().any(|token| has(&self.finite, token.word)) {
            return false;
        }
        let number = numbering(tokens, segmented.text);
        let numbered = number > 0 || is_numbered(segmented, sentence);
        let opening = &tokens[number..];
        let line = sentence >= TOP && is_line(segmented, sentence) && !is_closed(segmented, sentence);
        let goes_on = starts_line(segmented, sentence) && !is_line(segmented, sentence);
        let run_in = numbered && words <= RUN_IN && goes_on;
        if !(line && !is_listed(segmented, sentence) || run_in && is_closed(segmented, sentence)) {
            return false;
        }
        // "Board to end its contract": a headline's future.
        let future = core.first > range.start && segmented.tokens[core.first - 1].is(segmented.text, "to");
        let small = |token: &Token| token.text(segmented.text).contains(char::is_lowercase);
        let capitals = !opening.iter().any(small);
        let names = opening.first().is_some_and(|first| self.opens(*first, segmented.text));
        names && !future || numbered && capitals
    }

    fn opens(&self, token: Token, text: &str) -> bool {
        let word = token.text(text).to_ascii_lowercase();
        let derived = ["ing", "tion", "tions", "sion"].iter().any(|ending| word.ends_with(ending));
        token.is_capital() && (derived && word != "immigration" || has(&self.opening, token.word))
    }
}

/// How many tokens number a heading: "4.", "428.2", "IV.", "Section 3.".
fn numbering(tokens: &[Token], text: &str) -> usize {
    let is = |at: usize, words: &[&str]| {
        tokens.get(at).is_some_and(|token| words.iter().any(|word| token.is(text, word)))
    };
    let at = usize::from(is(0, &["section", "sec.", "article", "part"]));
    let word = tokens.get(at).map_or("", |token| token.text(text)).trim_end_matches('.');
    let numeral = !word.is_empty()
        && (word.starts_with(|c: char| c.is_ascii_digit()) || word.chars().all(|c| "IVX".contains(c)));
    if !numeral {
        return 0;
    }
    at + 1 + usize::from(is(at + 1, &[".", ")"]))
}

/// Whether the sentence before is but the number of this one: "IV."
fn is_numbered(segmented: &Segmented<'_>, sentence: usize) -> bool {
    sentence.checked_sub(1).is_some_and(|before| {
        let tokens = &segmented.tokens[segmented.sentences[before].range()];
        numbering(tokens, segmented.text) == tokens.len() && !ends_line(segmented, before)
    })
}

/// Whether a line begins with a sentence or with its number.
fn starts_line(segmented: &Segmented<'_>, sentence: usize) -> bool {
    let first = if is_numbered(segmented, sentence) { sentence - 1 } else { sentence };
    first.checked_sub(1).is_none_or(|before| ends_line(segmented, before))
}

pub(super) fn is_line(segmented: &Segmented<'_>, sentence: usize) -> bool {
    let ends = sentence + 1 == segmented.sentences.len() || ends_line(segmented, sentence);
    starts_line(segmented, sentence) && ends
}

fn ends_line(segmented: &Segmented<'_>, sentence: usize) -> bool {
    segmented.breaks_line(segmented.sentences[sentence].last as usize - 1)
}

/// What stands between a sentence and the next.
fn between<'t>(segmented: &Segmented<'t>, sentence: usize) -> &'t str {
    let end = segmented.tokens[segmented.sentences[sentence].last as usize - 1].end as usize;
    let next = segmented.tokens[segmented.sentences[sentence + 1].first as usize].start as usize;
    segmented.text.get(end..next).unwrap_or_default()
}

fn last_word<'t>(segmented: &Segmented<'t>, sentence: usize) -> &'t str {
    segmented.tokens[segmented.sentences[sentence].last as usize - 1].text(segmented.text)
}

fn is_closed(segmented: &Segmented<'_>, sentence: usize) -> bool {
    matches!(
        last_word(segmented, sentence),
        "." | "!" | "?" | ";" | ":" | "," | "”" | "\"" | ")" | "and" | "or"
    )
}

/// Whether a line is an item of a list: behind a colon or a semicolon, or behind such an item.
fn is_listed(segmented: &Segmented<'_>, sentence: usize) -> bool {
    let first = segmented.tokens[segmented.sentences[sentence].first as usize];
    if first.shape == Shape::Mark {
        return true;
    }
    for before in (sentence.saturating_sub(LIST)..sentence).rev() {
        if matches!(last_word(segmented, before), ":" | ";" | "and" | "or" | "to" | "not" | "following") {
            return true;
        }
        let tokens = &segmented.tokens[segmented.sentences[before].range()];
        let item = numbering(tokens, segmented.text) > 0 || is_numbered(segmented, before);
        let apart = between(segmented, before).matches('\n').count() > 1 && !item;
        if is_closed(segmented, before) && !item || !is_line(segmented, before) || apart {
            return false;
        }
    }
    false
}
