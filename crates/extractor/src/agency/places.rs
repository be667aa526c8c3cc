//! Names of places and states, for rules that ask for them as `@PLACE` and `@STATE`.

use goldrule_schema::ByteSpan;

use super::AgencyLayer;
use super::gazetteer::Sort;
use crate::pattern::Layer;
use crate::segment::{Segmented, Sentence};
use crate::token::Token;

/// Most words of a place's name.
const MOST_WORDS: usize = 4;

impl AgencyLayer {
    /// The names of towns, counties and states in a text, in text order: the longest that the tables have.
    /// Words are names only where they are capitalised. Only the `wanted` sentences are read.
    pub(crate) fn places(
        &self,
        segmented: &Segmented<'_>,
        wanted: impl Fn(&Sentence) -> bool,
    ) -> Vec<(ByteSpan, Layer)> {
        let mut found = Vec::new();
        for sentence in segmented.sentences.iter().filter(|sentence| wanted(sentence)) {
            let range = sentence.range();
            let mut at = range.start;
            while at < range.end {
                if !segmented.tokens[at].is_capital() {
                    at += 1;
                    continue;
                }
                let (end, layer) = self.place_at(segmented, at, range.end);
                if let Some(layer) = layer {
                    let span = ByteSpan::new(segmented.tokens[at].start, segmented.tokens[end - 1].end);
                    found.push((span, layer));
                }
                at = end;
            }
        }
        found
    }

    /// The place or state that begins at a token, and the token after it; the next token where none does.
    fn place_at(&self, segmented: &Segmented<'_>, at: usize, end: usize) -> (usize, Option<Layer>) {
        let tokens = &segmented.tokens;
        let run = tokens[at..end].iter().take(MOST_WORDS).take_while(|token| token.is_capital()).count();
        let is_county =
            |token: &Token| ["county", "parish", "borough"].iter().any(|word| token.is(segmented.text, word));
        for last in (at + 1..=at + run).rev() {
            let words = tokens[at..last].iter().map(|token| token.text(segmented.text));
            let entries = self.gazetteer.find_words(words);
            let county = entries.iter().any(|entry| matches!(entry.sort, Sort::County(_)));
            if county && tokens.get(last).is_some_and(is_county) && last < end {
                return (last + 1, Some(Layer::Place));
            }
            if let Some((stop, _)) = self.states.at(tokens, at, end).filter(|(stop, _)| *stop >= last) {
                return (stop, Some(Layer::State));
            }
            if entries.iter().any(|entry| matches!(entry.sort, Sort::Place(_))) {
                return (last, Some(Layer::Place));
            }
        }
        (at + 1, None)
    }
}
