//! A table of phrases, looked up by their first word.

use rustc_hash::FxHashMap;

use crate::token::{Token, Vocabulary, WordId};

/// A phrase's words and what it stands for.
type Phrase<T> = (Box<[WordId]>, T);

/// Phrases with what they stand for; the longest that begins at a token is found.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    by_first: FxHashMap<WordId, Vec<Phrase<T>>>,
}

impl<T: Copy> Phrases<T> {
    /// Phrases are written as tokens parted by spaces: `"sheriff 's office"`.
    pub(super) fn new(
        entries: impl Iterator<Item = (impl AsRef<str>, T)>,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let mut by_first: FxHashMap<WordId, Vec<Phrase<T>>> = FxHashMap::default();
        for (phrase, value) in entries {
            let words: Vec<_> =
                phrase.as_ref().split_whitespace().map(|word| vocabulary.intern(word)).collect();
            if let Some(&first) = words.first() {
                by_first.entry(first).or_default().push((words.into(), value));
            }
        }
        for phrases in by_first.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Self { by_first }
    }

    /// The longest phrase that begins at `at` and ends by `limit`: the token after it, and its value.
    pub(super) fn at(&self, tokens: &[Token], at: usize, limit: usize) -> Option<(usize, T)> {
        let word = tokens[at].word;
        if word == WordId::NONE {
            return None;
        }
        let phrases = self.by_first.get(&word)?;
        phrases.iter().find_map(|(words, value)| {
            let end = at + words.len();
            let stands = end <= limit && words.iter().zip(&tokens[at..end]).all(|(word, t)| t.word == *word);
            stands.then_some((end, *value))
        })
    }
}
