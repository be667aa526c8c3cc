//! Finds the cores of stances: matches of stance rules, one for each place.

use super::StanceRule;
use crate::pattern::{Input, Matcher};
use crate::segment::Sentence;
use crate::token::Vocabulary;

/// A match of a stance rule, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Core {
    /// Index of the rule.
    pub(crate) rule: usize,
    /// Its first token.
    pub(crate) first: usize,
    /// The token after its last.
    pub(crate) last: usize,
}

/// Where a pattern is to be tried: when `word` stands at a place, from `before` tokens earlier on.
#[derive(Clone, Copy, Debug)]
struct Trigger {
    rule: u32,
    pattern: u32,
    before: u32,
}

/// The stance rules by the words they cannot match without.
#[derive(Debug)]
pub(crate) struct CoreIndex {
    rules: Vec<StanceRule>,
    /// Triggers of each word, by word id.
    triggers: Vec<Vec<Trigger>>,
}

impl CoreIndex {
    pub(crate) fn new(rules: Vec<StanceRule>, vocabulary: &Vocabulary) -> Self {
        let mut triggers = vec![Vec::new(); vocabulary.len() + 1];
        for (rule, compiled) in rules.iter().enumerate() {
            for (pattern, compiled) in compiled.patterns.iter().enumerate() {
                let Some(anchor) = &compiled.anchor else { continue };
                for word in &anchor.words {
                    triggers[word.0 as usize].push(Trigger {
                        rule: rule as u32,
                        pattern: pattern as u32,
                        before: anchor.before as u32,
                    });
                }
            }
        }
        Self { rules, triggers }
    }

    pub(crate) fn rule(&self, index: usize) -> &StanceRule {
        &self.rules[index]
    }

    /// The cores of a sentence in text order, none overlapping another.
    pub(crate) fn find(&self, input: Input<'_>, sentence: Sentence, matcher: &mut Matcher) -> Vec<Core> {
        let range = sentence.range();
        let mut windows: Vec<(u32, u32, usize, usize)> = Vec::new();
        for at in range.clone() {
            let word = input.tokens[at].word.0 as usize;
            let Some(triggers) = self.triggers.get(word) else { continue };
            for trigger in triggers {
                let from = at.saturating_sub(trigger.before as usize).max(range.start);
                windows.push((trigger.rule, trigger.pattern, from, at));
            }
        }
        windows.sort_unstable();
        let mut matches = Vec::new();
        let mut tried: Option<(u32, u32, usize)> = None;
        for (rule, pattern, from, to) in windows {
            // Windows of one pattern may overlap; each start is tried once.
            let from = match tried {
                Some((r, p, last)) if (r, p) == (rule, pattern) => from.max(last + 1),
                _ => from,
            };
            for start in from..=to {
                let compiled = &self.rules[rule as usize].patterns[pattern as usize];
                if let Some(found) = matcher.match_at(compiled, input, (range.start, range.end), start) {
                    if found.last > found.first {
                        matches.push(Core { rule: rule as usize, first: found.first, last: found.last });
                    }
                }
            }
            tried = Some((rule, pattern, to));
        }
        self.choose(matches)
    }

    /// Keeps of overlapping matches the leftmost, then longest, then that of highest priority, then by id.
    fn choose(&self, mut matches: Vec<Core>) -> Vec<Core> {
        matches.sort_by(|a, b| {
            let rank = |core: &Core| (core.first, usize::MAX - core.last, -self.rules[core.rule].priority);
            rank(a).cmp(&rank(b)).then_with(|| self.rules[a.rule].id.cmp(&self.rules[b.rule].id))
        });
        let mut kept: Vec<Core> = Vec::new();
        for core in matches {
            if kept.last().is_none_or(|last| last.last <= core.first) {
                kept.push(core);
            }
        }
        kept
    }
}
