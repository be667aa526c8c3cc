//! A table of phrases, looked up by their first word.

use crate::token::{Token, Vocabulary, WordId};

/// A phrase's words and what it stands for.
type Phrase<T> = (Box<[WordId]>, T);

/// Phrases with what they stand for; the longest that begins at a token is found.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    /// By first word: one more than the number of its list, 0 where no phrase begins with the word.
    first: Vec<u32>,
    lists: Vec<Vec<Phrase<T>>>,
}

impl<T: Copy> Phrases<T> {
    /// Phrases are written as tokens parted by spaces: `"sheriff 's office"`.
    pub(super) fn new(
        entries: impl Iterator<Item = (impl AsRef<str>, T)>,
        vocabulary: &mut Vocabulary,
    ) -> Self {
        let mut table = Self { first: Vec::new(), lists: Vec::new() };
        for (phrase, value) in entries {
            let words: Vec<_> =
                phrase.as_ref().split_whitespace().map(|word| vocabulary.intern(word)).collect();
            if let Some(&first) = words.first() {
                table.list(first).push((words.into(), value));
            }
        }
        for phrases in &mut table.lists {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        table
    }

    /// The phrases that begin with a word, a new list where there are none yet.
    fn list(&mut self, word: WordId) -> &mut Vec<Phrase<T>> {
        let id = word.0 as usize;
        if self.first.len() <= id {
            self.first.resize(id + 1, 0);
        }
        if self.first[id] == 0 {
            self.lists.push(Vec::new());
            self.first[id] = self.lists.len() as u32;
        }
        &mut self.lists[self.first[id] as usize - 1]
    }

    /// Whether a phrase begins with a word.
    pub(super) fn begins(&self, word: WordId) -> bool {
        self.first.get(word.0 as usize).is_some_and(|list| *list != 0)
    }

    /// The longest phrase that begins at `at` and ends by `limit`: the token after it, and its value.
    pub(super) fn at(&self, tokens: &[Token], at: usize, limit: usize) -> Option<(usize, T)> {
        let list = *self.first.get(tokens[at].word.0 as usize)?;
        let phrases = self.lists.get((list as usize).checked_sub(1)?)?;
        phrases.iter().find_map(|(words, value)| {
            let end = at + words.len();
            let stands = end <= limit && words.iter().zip(&tokens[at..end]).all(|(word, t)| t.word == *word);
            stands.then_some((end, *value))
        })
    }
}
