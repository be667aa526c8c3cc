//! Tokens: what rules match on.
//!
//! A token is a word, a number or one mark of punctuation, with the bytes it stands on and, where some
//! rule knows its word, the id of that word. Words are looked up in lower case with straight
//! apostrophes; the text itself is never copied.
//!
//! - "won’t" is one token, "officer’s" two (`officer`, `'s`), "we’ll" two (`we`, `'ll`);
//! - "U.S.", "D.C." and listed abbreviations ("Sgt.", "Calif.", "No.") keep their full stop;
//! - "1,140" and "618.02" are one number each; a hyphen is a token of its own.

use std::sync::Arc;

use goldrule_schema::ByteSpan;
use rustc_hash::FxHashMap;

use crate::pattern::{Parts, WordSet};

/// A word that rules mention. [`WordId::NONE`] is any other word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that no rule mentions.
    pub const NONE: Self = Self(0);
}

/// What a token looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A word that starts in lower case.
    Lower,
    /// A word whose first letter alone is a capital, or that mixes cases.
    Capitalised,
    /// Two capitals or more and nothing else.
    Upper,
    /// Starts with a digit.
    Number,
    /// One mark of punctuation or one symbol.
    Mark,
}

/// A word, number or mark.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// First byte after.
    pub end: u32,
    /// Its word, where a rule knows it.
    pub word: WordId,
    /// What it looks like.
    pub shape: Shape,
}

impl Token {
    /// Where it stands.
    pub fn span(self) -> ByteSpan {
        ByteSpan::new(self.start, self.end)
    }

    /// Its characters.
    pub fn text(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// Whether its characters are `word`, ASCII letters compared without case.
    pub fn is(self, text: &str, word: &str) -> bool {
        self.text(text).eq_ignore_ascii_case(word)
    }

    /// Whether it starts with a capital letter.
    pub fn is_capital(self) -> bool {
        matches!(self.shape, Shape::Capitalised | Shape::Upper)
    }

    /// Whether it is a word, in any case.
    pub fn is_word(self) -> bool {
        matches!(self.shape, Shape::Lower | Shape::Capitalised | Shape::Upper)
    }
}

/// The words that rules mention, in lower case with straight apostrophes.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    ids: FxHashMap<Box<[u8]>, WordId>,
    /// The sets of words that patterns ask for, each kept once: many ask for the same.
    sets: FxHashMap<Box<[WordId]>, Arc<WordSet>>,
    /// What has been made of the fragments that patterns share.
    pub(crate) parts: Parts,
}

impl Vocabulary {
    /// The id of a word, given one where it has none yet.
    pub fn intern(&mut self, word: &str) -> WordId {
        let known = self.lookup(word);
        if known != WordId::NONE {
            return known;
        }
        let next = WordId(self.ids.len() as u32 + 1);
        *self.ids.entry(word.to_lowercase().replace('’', "'").into_bytes().into()).or_insert(next)
    }

    /// The id of a word as it stands in a text, [`WordId::NONE`] where no rule mentions it.
    pub fn lookup(&self, word: &str) -> WordId {
        Folded::new(word).and_then(|folded| self.ids.get(folded.as_bytes()).copied()).unwrap_or(WordId::NONE)
    }

    /// The set of some words, in any order.
    pub(crate) fn set(&mut self, mut words: Vec<WordId>) -> Arc<WordSet> {
        words.sort_unstable();
        words.dedup();
        let known = self.sets.entry(words.as_slice().into());
        known.or_insert_with(|| Arc::new(WordSet::new(words))).clone()
    }

    /// The words with their ids, in no order.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, WordId)> {
        self.ids.iter().filter_map(|(word, &id)| Some((std::str::from_utf8(word).ok()?, id)))
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

/// Longer words are never looked up; no rule mentions one.
const LONGEST_WORD: usize = 32;

/// A word of a text in lower case with straight apostrophes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folded {
    pub(crate) bytes: [u8; LONGEST_WORD],
    pub(crate) length: usize,
}

impl Folded {
    /// None of a longer word than is ever looked up.
    pub(crate) fn new(word: &str) -> Option<Self> {
        let mut folded = Self { bytes: [0; LONGEST_WORD], length: 0 };
        let mut rest = word.as_bytes();
        while let [byte, tail @ ..] = rest {
            let (byte, tail) = match rest {
                [0xE2, 0x80, 0x98 | 0x99, tail @ ..] => (b'\'', tail),
                _ => (byte.to_ascii_lowercase(), tail),
            };
            *folded.bytes.get_mut(folded.length)? = byte;
            folded.length += 1;
            rest = tail;
        }
        Some(folded)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// Abbreviations whose full stop belongs to them, sorted, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "adm", "al", "ala", "ann", "apr", "ariz", "ark", "art", "asst", "atty", "aug", "ave", "bldg", "blvd",
    "brig", "cal", "calif", "capt", "cf", "ch", "chi", "cir", "cmdr", "cnty", "co", "col", "colo", "comm'r",
    "conn", "corp", "cpl", "ct", "dec", "del", "dep", "dept", "det", "dist", "dr", "ed", "eff", "esq", "etc",
    "feb", "fed", "fla", "ft", "ga", "gen", "gov", "hon", "id", "ill", "inc", "ind", "insp", "jan", "jr",
    "kan", "ky", "la", "lt", "ltd", "maj", "mass", "md", "messrs", "mich", "minn", "miss", "mo", "mont",
    "mr", "mrs", "ms", "mt", "mun", "neb", "nev", "no", "nos", "nov", "oct", "okla", "ord", "ore", "p", "pa",
    "para", "pfc", "pp", "prof", "pub", "pvt", "reg", "rep", "reps", "res", "rev", "sec", "sen", "sens",
    "sept", "sgt", "sr", "st", "stat", "ste", "sup", "supp", "supt", "tenn", "tex", "tit", "twp", "univ",
    "v", "va", "vol", "vs", "vt", "wash", "wis", "wyo",
];

/// Whether a word keeps the full stop after it.
fn is_abbreviation(word: &str) -> bool {
    let mut buffer = [0; 8];
    let Some(buffer) = buffer.get_mut(..word.len()) else { return false };
    buffer.copy_from_slice(word.as_bytes());
    buffer.make_ascii_lowercase();
    ABBREVIATIONS.binary_search_by(|entry| entry.as_bytes().cmp(buffer)).is_ok()
}

/// Whether a word is "no", which is short for "number" only before one.
fn is_answer(word: &str) -> bool {
    word.eq_ignore_ascii_case("no")
}

/// Whether a text goes on with a number such as "12", "S06-14" or "H-2".
fn counts(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\u{a0}', '\n']).as_bytes();
    let digit = |at: usize| rest.get(at).is_some_and(u8::is_ascii_digit);
    digit(0)
        || rest.first().is_some_and(u8::is_ascii_uppercase)
            && (digit(1) || digit(2) || rest.get(1) == Some(&b'-'))
}

/// Whether a token is what a possessor ends with: "'s", or the apostrophe behind an "s".
pub(crate) fn is_possessive(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "'" | "’")
}

/// Whether a token is an abbreviation with its full stop.
pub(crate) fn ends_with_stop(token: Token, text: &str) -> bool {
    token.shape != Shape::Mark && token.text(text).ends_with('.')
}

/// Appends the tokens of `text[start..end]` to `tokens`.
///
/// ```
/// use goldrule_extractor::token::{tokenize, Vocabulary};
///
/// let text = "Sgt. O’Dea won’t enforce 8 U.S.C. § 1373, the chief’s office says.";
/// let mut tokens = Vec::new();
/// tokenize(text, 0, text.len(), &Vocabulary::default(), &mut tokens);
/// let words: Vec<_> = tokens.iter().map(|token| token.text(text)).collect();
/// assert_eq!(
///     words,
///     ["Sgt.", "O’Dea", "won’t", "enforce", "8", "U.S.C.", "§", "1373", ",", "the", "chief", "’s", "office", "says", "."]
/// );
/// ```
pub fn tokenize(text: &str, start: usize, end: usize, vocabulary: &Vocabulary, tokens: &mut Vec<Token>) {
    let bytes = &text.as_bytes()[..end];
    let mut at = start;
    while at < end {
        let byte = bytes[at];
        if byte.is_ascii_alphabetic() || byte >= 0x80 && starts_word(&text[at..end]) {
            at = word(text, at, end, vocabulary, tokens);
        } else if byte.is_ascii_digit() {
            let stop = number_end(bytes, at);
            push(text, at, stop, Shape::Number, vocabulary, tokens);
            at = stop;
        } else if byte.is_ascii_whitespace() {
            at += 1;
        } else {
            let width = text[at..].chars().next().map_or(1, char::len_utf8);
            // No-break and other wide spaces are no tokens.
            if byte < 0x80 || !text[at..].starts_with(char::is_whitespace) {
                push(text, at, at + width, Shape::Mark, vocabulary, tokens);
            }
            at += width;
        }
    }
}

fn starts_word(rest: &str) -> bool {
    rest.chars().next().is_some_and(char::is_alphabetic)
}

fn push(
    text: &str,
    start: usize,
    end: usize,
    shape: Shape,
    vocabulary: &Vocabulary,
    tokens: &mut Vec<Token>,
) {
    let word = vocabulary.lookup(&text[start..end]);
    tokens.push(Token { start: start as u32, end: end as u32, word, shape });
}

/// End of the letters, digits and inner marks that follow `at` without an apostrophe.
fn letters_end(text: &str, at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut stop = at;
    while stop < end {
        if bytes[stop].is_ascii_alphanumeric() {
            stop += 1;
        } else if bytes[stop] >= 0x80 {
            match text[stop..end].chars().next() {
                Some(c) if c.is_alphanumeric() || is_combining(c) => stop += c.len_utf8(),
                _ => break,
            }
        } else {
            break;
        }
    }
    stop
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Pushes the word at `at`, and its clitic where it has one; the byte after both.
fn word(text: &str, at: usize, end: usize, vocabulary: &Vocabulary, tokens: &mut Vec<Token>) -> usize {
    let stop = letters_end(text, at, end);
    if let Some(stop) = dotted_end(text.as_bytes(), at, stop, end) {
        push(text, at, stop, Shape::Capitalised, vocabulary, tokens);
        return stop;
    }
    if let Some(mark) = apostrophe(&text[stop..end]) {
        let tail = letters_end(text, stop + mark, end);
        let suffix = &text[stop + mark..tail];
        let clitic = ["s", "re", "ll", "ve", "d", "m"].iter().any(|c| suffix.eq_ignore_ascii_case(c));
        if clitic {
            push_word(text, at, stop, vocabulary, tokens);
            push(text, stop, tail, Shape::Lower, vocabulary, tokens);
            return tail;
        }
        if !suffix.is_empty() {
            push_word(text, at, tail, vocabulary, tokens);
            return tail;
        }
    }
    let in_address = at.checked_sub(1).is_some_and(|before| text.as_bytes()[before] == b'.');
    let abbreviated =
        text.as_bytes()[..end].get(stop) == Some(&b'.') && !in_address && is_abbreviation(&text[at..stop]);
    if abbreviated && (!is_answer(&text[at..stop]) || counts(&text[stop + 1..end])) {
        push_word(text, at, stop + 1, vocabulary, tokens);
        return stop + 1;
    }
    push_word(text, at, stop, vocabulary, tokens);
    stop
}

fn push_word(text: &str, start: usize, end: usize, vocabulary: &Vocabulary, tokens: &mut Vec<Token>) {
    push(text, start, end, shape_of(&text[start..end]), vocabulary, tokens);
}

fn shape_of(word: &str) -> Shape {
    let mut chars = word.chars();
    let first = chars.next();
    if !first.is_some_and(char::is_uppercase) {
        return Shape::Lower;
    }
    let mut more = false;
    for c in chars {
        if c.is_lowercase() {
            return Shape::Capitalised;
        }
        more |= c.is_uppercase();
    }
    if more { Shape::Upper } else { Shape::Capitalised }
}

/// Width of an apostrophe at the start of `rest`.
fn apostrophe(rest: &str) -> Option<usize> {
    match rest.as_bytes() {
        [b'\'', ..] => Some(1),
        [0xE2, 0x80, 0x98 | 0x99, ..] => Some(3),
        _ => None,
    }
}

/// End of initials with full stops ("U.S.", "J."), where the word at `at..stop` begins some.
fn dotted_end(bytes: &[u8], at: usize, stop: usize, end: usize) -> Option<usize> {
    let lone = |i: usize| i < end && bytes[i].is_ascii_alphabetic();
    if stop != at + 1 || bytes.get(stop) != Some(&b'.') || stop >= end {
        return None;
    }
    let mut last = stop + 1;
    while lone(last) && last + 1 < end && bytes[last + 1] == b'.' {
        last += 2;
    }
    // One capital and a stop is an initial; one small letter and a stop ends a sentence ("plan b.").
    (last > stop + 1 || bytes[at].is_ascii_uppercase()).then_some(last)
}

/// End of a number with its inner commas and points.
fn number_end(bytes: &[u8], at: usize) -> usize {
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_alphanumeric);
    let mut stop = at;
    while digit(stop)
        || matches!(bytes.get(stop), Some(b',' | b'.')) && bytes.get(stop + 1).is_some_and(u8::is_ascii_digit)
    {
        stop += 1;
    }
    stop
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn abbreviations_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
    }

    proptest! {
        #[test]
        fn tokens_are_ordered_and_lose_no_letter(text in r"(\PC|[a-zA-Z.'’ 0-9]){0,200}") {
            let mut tokens = Vec::new();
            tokenize(&text, 0, text.len(), &Vocabulary::default(), &mut tokens);
            let mut last = 0;
            for token in &tokens {
                prop_assert!(last <= token.start && token.start < token.end);
                prop_assert!(text[last as usize..token.start as usize].chars().all(char::is_whitespace));
                last = token.end;
            }
            prop_assert!(text[last as usize..].chars().all(char::is_whitespace));
        }
    }
}
