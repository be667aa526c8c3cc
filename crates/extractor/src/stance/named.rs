//! What a text has named or brought up before a sentence, where rules ask for it.

use std::cell::OnceCell;
use std::ops::Range;

use goldrule_schema::Topic;

use super::StanceRule;
use super::cores::{Core, CoreIndex};
use crate::pattern::Input;
use crate::token::WordId;

/// The words and topics of a text up to a sentence.
pub(super) struct Named<'a> {
    index: &'a CoreIndex,
    input: Input<'a>,
    /// Where the words that rules ask for stand first; found once a rule asks.
    words: OnceCell<Vec<(WordId, usize)>>,
    /// Where each topic is brought up first by a rule that asks for no word.
    topics: Vec<(Topic, usize)>,
}

impl<'a> Named<'a> {
    pub(super) fn new(index: &'a CoreIndex, input: Input<'a>) -> Self {
        Self { index, input, words: OnceCell::new(), topics: Vec::new() }
    }

    /// Notes the topics that the cores of the next sentence bring up.
    pub(super) fn note(&mut self, cores: &[Core]) {
        for core in cores {
            let rule = self.index.rule(core.rule);
            if let Some(topic) = rule.topic.filter(|_| rule.after.is_none())
                && self.topics.iter().all(|(known, _)| *known != topic)
            {
                self.topics.push((topic, core.first));
            }
        }
    }

    /// Whether a rule asks for a word that does not stand before the end of a sentence, and nothing before
    /// the sentence brought its topic up.
    pub(super) fn lacks(&self, rule: &StanceRule, sentence: &Range<usize>) -> bool {
        let Some(wanted) = rule.after else { return false };
        let before =
            |word: &WordId| self.words().iter().any(|&(known, at)| known == *word && at < sentence.end);
        let spoken_of =
            |topic: Topic| self.topics.iter().any(|&(known, at)| known == topic && at < sentence.start);
        !wanted.iter().any(before) && !rule.topic.is_some_and(spoken_of)
    }

    fn words(&self) -> &[(WordId, usize)] {
        self.words.get_or_init(|| {
            let mut words: Vec<WordId> =
                self.index.rules().iter().filter_map(|rule| rule.after).flatten().collect();
            words.sort_unstable();
            words.dedup();
            let mut seen = vec![None; words.len()];
            for (at, token) in self.input.tokens.iter().enumerate() {
                if let Ok(nth) = words.binary_search(&token.word) {
                    seen[nth].get_or_insert(at);
                }
            }
            words.into_iter().zip(seen).filter_map(|(word, at)| Some((word, at?))).collect()
        })
    }
}
