//! What a resolution resolves: its title, its "RESOLVED" clauses, its numbered sections.

use super::clause::has;
use super::holder::Scene;
use super::{Clause, cores::Core};
use crate::token::{Shape, Token};

impl Scene<'_> {
    /// The body whose "RESOLVED, that" or "ORDAINED" opens the sentence of a core.
    pub(super) fn resolving(&self, sentence: usize, core: &Core, clause: Clause) -> Option<usize> {
        let range = self.segmented.sentences[sentence].range();
        let first = range.start;
        let (from, body) = self.resolves?;
        if self.is_title(range) && self.byte(first) < from
            || clause.relative.is_none() && self.is_section(sentence, core, from)
        {
            return Some(body);
        }
        let mut opening = self.segmented.tokens[first..core.first.min(first + OPENING)].iter();
        opening.any(|token| token.start >= from && self.words.resolves(*token)).then_some(body)
    }

    /// Whether a sentence is the title of a resolution: all in capitals, and what it does stands in it
    /// ("REQUESTING THAT THE SHERIFF WITHDRAW").
    fn is_title(&self, range: std::ops::Range<usize>) -> bool {
        let mut words = self.segmented.tokens[range].iter().filter(|token| token.is_word()).peekable();
        let upper = |token: &Token| !matches!(token.shape, Shape::Lower | Shape::Capitalised);
        words.peek().is_some() && words.all(|token| upper(token) || token.end - token.start < 2)
    }

    /// Whether a sentence is in a numbered section behind "RESOLVED" and says what shall or may be done.
    fn is_section(&self, sentence: usize, core: &Core, from: u32) -> bool {
        let sentences = &self.segmented.sentences;
        let range = sentences[sentence].range();
        if self.byte(range.start) < from {
            return false;
        }
        let paragraph = sentences[sentence].paragraph;
        let opening = (0..=sentence).rev().take_while(|&at| sentences[at].paragraph == paragraph).last();
        let tokens = &self.segmented.tokens;
        let first = opening.map_or(range.start, |at| sentences[at].range().start);
        let headed =
            ["section", "sec.", "sec", "§"].iter().any(|word| tokens[first].is(self.segmented.text, word));
        headed && tokens[range.start..core.last].iter().any(|token| has(&self.words.enacting, token.word))
    }
}

/// How many tokens into a sentence "NOW, THEREFORE, BE IT RESOLVED" stands.
const OPENING: usize = 24;
