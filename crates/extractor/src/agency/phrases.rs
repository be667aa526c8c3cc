//! A table of phrases, looked up by their first word.

use crate::token::{Token, Vocabulary, WordId};

/// A phrase and what it stands for. Its second word is kept here, where most phrases are ruled out.
#[derive(Clone, Copy, Debug)]
struct Phrase<T> {
    /// [`WordId::NONE`] where it has but one.
    second: WordId,
    /// Where the words behind the second begin, and how many words it has in all.
    rest: u32,
    len: u32,
    value: T,
}

/// Phrases with what they stand for; the longest that begins at a token is found.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    /// By first word, where its phrases begin; one more number tells where the last end.
    first: Vec<u32>,
    /// Those of one first word lie together, the longest first.
    all: Vec<Phrase<T>>,
    /// The words behind the second ones.
    rest: Vec<WordId>,
}

impl<T: Copy> Phrases<T> {
    /// Phrases are written as tokens parted by spaces: `"sheriff 's office"`.
    pub(super) fn new(
        entries: impl Iterator<Item = (impl AsRef<str>, T)>,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let mut read: Vec<(Vec<WordId>, T)> = Vec::new();
        for (phrase, value) in entries {
            let words = phrase.as_ref().split_whitespace().map(|word| vocabulary.intern(word));
            read.push((words.collect(), value));
        }
        read.retain(|(words, _)| !words.is_empty());
        read.sort_by_key(|(words, _)| (words[0], std::cmp::Reverse(words.len())));
        let mut table = Self { first: Vec::new(), all: Vec::new(), rest: Vec::new() };
        for (words, value) in read {
            table.first.resize(words[0].0 as usize + 1, table.all.len() as u32);
            let (second, rest) = (words.get(1).copied().unwrap_or(WordId::NONE), table.rest.len() as u32);
            table.all.push(Phrase { second, rest, len: words.len() as u32, value });
            table.rest.extend(words.iter().skip(2));
        }
        table.first.push(table.all.len() as u32);
        table
    }

    /// The phrases that begin with a word.
    fn of(&self, word: WordId) -> &[Phrase<T>] {
        let first = word.0 as usize;
        match self.first.get(first..first + 2) {
            Some(&[start, end]) => &self.all[start as usize..end as usize],
            _ => &[],
        }
    }

    /// Whether a phrase begins with a word.
    pub(super) fn begins(&self, word: WordId) -> bool {
        !self.of(word).is_empty()
    }

    /// The longest phrase that begins at `at` and ends by `limit`: the token after it, and its value; none behind the last
    /// token.
    pub(super) fn at(&self, tokens: &[Token], at: usize, limit: usize) -> Option<(usize, T)> {
        let next = tokens.get(at + 1).map_or(WordId::NONE, |token| token.word);
        let mut phrases = self.of(tokens.get(at)?.word).iter();
        let found = phrases.find(|phrase| {
            let len = phrase.len as usize;
            at + len <= limit
                && (len == 1 || phrase.second == next && self.goes_on(phrase, &tokens[at..at + len]))
        })?;
        Some((at + found.len as usize, found.value))
    }

    /// Whether tokens are a phrase's words behind the first two.
    fn goes_on(&self, phrase: &Phrase<T>, tokens: &[Token]) -> bool {
        let rest = &self.rest[phrase.rest as usize..];
        tokens.iter().skip(2).zip(rest).all(|(token, word)| token.word == *word)
    }
}
