//! The clause that states a position: its evidence, and the scope of the operators before it.

use super::{Clause, cores::Core, speech::Speech};
use crate::segment::Segmented;
use crate::token::{Shape, Token, Vocabulary, WordId};

/// Words that clauses begin or end at.
#[derive(Debug)]
pub(super) struct Words {
    conjunctions: Vec<WordId>,
    contrast: Vec<WordId>,
    subjects: Vec<WordId>,
    reports: Vec<WordId>,
    comma: WordId,
    semicolon: WordId,
}

pub(super) fn ids(words: &[&str], vocabulary: &mut Vocabulary) -> Vec<WordId> {
    let mut ids: Vec<_> = words.iter().map(|word| vocabulary.intern(word)).collect();
    ids.sort_unstable();
    ids
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        Self {
            conjunctions: ids(&["and", "or", "nor"], vocabulary),
            contrast: ids(
                &["but", "while", "although", "though", "whereas", "because", "yet", "so"],
                vocabulary,
            ),
            subjects: ids(
                &[
                    "it",
                    "they",
                    "he",
                    "she",
                    "we",
                    "i",
                    "its",
                    "their",
                    "his",
                    "her",
                    "our",
                    "the",
                    "a",
                    "an",
                    "that",
                    "this",
                    "these",
                    "those",
                    "no",
                    "nobody",
                    "officers",
                    "deputies",
                    "police",
                    "people",
                    "there",
                    "which",
                    "will",
                    "would",
                    "does",
                    "do",
                    "is",
                    "are",
                    "told",
                    "said",
                    "says",
                    "directs",
                    "orders",
                    "bars",
                    "forbids",
                    "prohibits",
                ],
                vocabulary,
            ),
            reports: ids(
                &[
                    "said",
                    "clarified",
                    "emphasized",
                    "emphasizing",
                    "added",
                    "adding",
                    "noted",
                    "noting",
                    "reaffirmed",
                    "reaffirming",
                    "stressed",
                    "explained",
                    "insisted",
                    "promised",
                    "pledged",
                    "vowed",
                ],
                vocabulary,
            ),
            comma: vocabulary.intern(","),
            semicolon: vocabulary.intern(";"),
        }
    }

    /// The clause around the `nth` of a sentence's cores.
    pub(super) fn around(
        &self,
        segmented: &Segmented<'_>,
        speech: &Speech<'_>,
        sentence: usize,
        cores: &[Core],
        nth: usize,
    ) -> Clause {
        let core = cores[nth];
        let tokens = &segmented.tokens;
        let (mut first, mut last) = speech.region(sentence, core.first);
        last = last.max(core.last);
        first = first.min(core.first);
        let scope_floor = first;
        let previous = nth.checked_sub(1).map_or(first, |index| cores[index].last.max(first));
        let next = cores.get(nth + 1).map_or(last, |core| core.first.min(last));
        let mut scope = scope_floor;
        for at in (first + 1..core.first).rev() {
            if self.begins_clause(tokens, at, core.first, at <= previous) {
                first = at;
                scope = at;
                break;
            }
        }
        if previous > first && previous <= core.first {
            // Two positions in one run: the coordination between them parts their evidence, while a
            // negation that they share stays in scope.
            if let Some(cut) = (previous..core.first).find(|&at| self.coordinates(tokens[at])) {
                first = self.after_coordination(tokens, cut, core.first);
            }
        }
        for at in core.last..last {
            if self.ends_clause(tokens, at, last) {
                last = at;
                break;
            }
        }
        if next > core.last && next < last {
            if let Some(cut) = (core.last..next).rev().find(|&at| self.coordinates(tokens[at])) {
                last = cut;
            }
        }
        let text = segmented.text;
        while last > core.last && is_trailing(tokens[last - 1], text) {
            last -= 1;
        }
        while first < core.first && is_leading(tokens[first], text) {
            first += 1;
        }
        Clause { first, last, scope: scope.min(first) }
    }

    fn coordinates(&self, token: Token) -> bool {
        let word = token.word;
        has(&self.conjunctions, word)
            || has(&self.contrast, word)
            || word == self.comma
            || word == self.semicolon
    }

    fn after_coordination(&self, tokens: &[Token], cut: usize, limit: usize) -> usize {
        (cut..limit).find(|&at| !self.coordinates(tokens[at])).unwrap_or(limit)
    }

    /// Whether a clause of its own begins at a token.
    fn begins_clause(&self, tokens: &[Token], at: usize, core: usize, apart: bool) -> bool {
        let before = tokens[at - 1].word;
        if before == self.semicolon {
            return true;
        }
        let subject = has(&self.subjects, tokens[at].word) || tokens[at].is_capital();
        if has(&self.contrast, before) && subject {
            return true;
        }
        let comma_before = at >= 2 && tokens[at - 2].word == self.comma;
        has(&self.conjunctions, before) && (comma_before && subject && core - at > 1 || apart && subject)
    }

    /// Whether the clause of a core ends before a token behind it.
    fn ends_clause(&self, tokens: &[Token], at: usize, last: usize) -> bool {
        let word = tokens[at].word;
        if word == self.semicolon {
            return true;
        }
        let next = |step: usize| tokens.get(at + step).filter(|_| at + step < last);
        if word == self.comma {
            let Some(conjunction) = next(1) else { return false };
            let begins = next(2).is_some_and(|token| has(&self.subjects, token.word) || token.is_capital());
            return (has(&self.conjunctions, conjunction.word) || has(&self.contrast, conjunction.word))
                && begins;
        }
        has(&self.conjunctions, word) && next(1).is_some_and(|token| has(&self.reports, token.word))
    }
}

pub(super) fn has(words: &[WordId], word: WordId) -> bool {
    word != WordId::NONE && words.binary_search(&word).is_ok()
}

fn is_trailing(token: Token, text: &str) -> bool {
    token.shape == Shape::Mark && !matches!(token.text(text), ")" | "%")
}

fn is_leading(token: Token, text: &str) -> bool {
    token.shape == Shape::Mark && !matches!(token.text(text), "(" | "§" | "$")
        || ["and", "but", "that", "or", "so"].iter().any(|word| token.is(text, word))
}
