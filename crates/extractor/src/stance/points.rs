//! Points that words give: what rules without a pattern add up.
//!
//! Such a rule is a score card (as of Ustun and Rudin, *Learning Optimized Risk Scores*, 2019): whole numbers for
//! words, for two words in a row and for words of a sentence that also negates (`not & ask`), each counted once. A
//! mention of an agency may stand for a word, by the agency's kind (`@sheriff will`).
//! [Cards](super::cards) match where their sum suffices; [weighed ones](super::weigh) judge what patterns state, too.

use goldrule_schema::AgencyKind;
use rustc_hash::FxHashMap;

use super::cues::{Item, Mentioned, NEGATORS, is_name, is_titled, with_mentions};
use crate::pattern::Input;
use crate::rules::{RuleError, RuleFault, RuleSet, Text};
use crate::segment::Sentence;
use crate::token::{Vocabulary, WordId};

/// What may stand in a card: a word, two in a row, a word of a sentence that negates.
#[derive(Clone, Copy, Debug)]
enum Cue {
    Word(WordId),
    Pair(WordId, WordId),
    Negated(WordId),
}

/// The cues of one word, where it is one.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    alone: Option<u32>,
    negated: Option<u32>,
    /// It is the second of some pair.
    ends_pair: bool,
}

/// Where a cue stands in a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    cue: u32,
    token: usize,
}

/// Lists of points, each by its number, found by their cues.
#[derive(Debug)]
pub(super) struct Cues {
    lists: u32,
    /// What a word is by itself, by its id.
    words: Vec<Option<Word>>,
    pairs: FxHashMap<(WordId, WordId), u32>,
    /// The lists that a cue gives points in.
    gives: Vec<Vec<(u32, i32)>>,
    negators: Vec<WordId>,
    /// What stands for a mention of an agency of each kind.
    kinds: Vec<WordId>,
}

impl Cues {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut negators: Vec<WordId> = NEGATORS.iter().map(|word| vocabulary.intern(word)).collect();
        negators.sort_unstable();
        let kinds = AgencyKind::ALL.iter().map(|&kind| vocabulary.intern(&sign(kind))).collect();
        Self { lists: 0, words: Vec::new(), pairs: FxHashMap::default(), gives: Vec::new(), negators, kinds }
    }

    /// Adds a list and returns its number.
    ///
    /// # Errors
    /// Every entry that is not a cue and a whole number.
    pub(super) fn list(
        &mut self,
        set: &RuleSet,
        file: &str,
        points: &[Text],
        vocabulary: &mut Vocabulary,
    ) -> Result<u32, Vec<RuleError>> {
        let list = self.lists;
        self.lists += 1;
        let mut errors = Vec::new();
        for text in points {
            match cue_of(&text.text, vocabulary) {
                Some((cue, number)) => self.give(list, cue, number),
                None => errors.push(malformed(set, file, text)),
            }
        }
        if errors.is_empty() { Ok(list) } else { Err(errors) }
    }

    fn give(&mut self, list: u32, cue: Cue, number: i32) {
        let next = self.gives.len() as u32;
        let (Cue::Word(word) | Cue::Negated(word) | Cue::Pair(_, word)) = cue;
        let id = word.0 as usize;
        self.words.resize(self.words.len().max(id + 1), None);
        let known = self.words[id].get_or_insert_default();
        let at = match cue {
            Cue::Word(_) => *known.alone.get_or_insert(next),
            Cue::Negated(_) => *known.negated.get_or_insert(next),
            Cue::Pair(first, _) => {
                known.ends_pair = true;
                *self.pairs.entry((first, word)).or_insert(next)
            }
        };
        if at == next {
            self.gives.push(Vec::new());
        }
        self.gives[at as usize].push((list, number));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.gives.is_empty()
    }

    /// The cues of a sentence, each once.
    pub(super) fn hits(&self, input: Input<'_>, sentence: Sentence, mentions: &[Mentioned]) -> Vec<Hit> {
        let range = sentence.range();
        let tokens = &input.tokens[range.clone()];
        let negates = tokens.iter().any(|token| self.negators.binary_search(&token.word).is_ok());
        let mut hits = Vec::with_capacity(2 * tokens.len());
        let titled = is_titled(input.text, tokens);
        let word = |token: usize| {
            let name = !titled && is_name(input.tokens[token], token - range.start);
            (token, if name { WordId::NONE } else { input.tokens[token].word })
        };
        self.note(range.clone().map(word), negates, &mut hits);
        let items = with_mentions(sentence, mentions).map(|item| match item {
            Item::Token(token) => word(token),
            Item::Mention(token, kind) => (token, self.kinds[kind as usize]),
        });
        self.note(items, negates, &mut hits);
        hits.sort_unstable_by_key(|hit| (hit.cue, hit.token));
        hits.dedup_by_key(|hit| hit.cue);
        hits
    }

    /// Adds the cues of words, each with its token.
    fn note(&self, words: impl Iterator<Item = (usize, WordId)>, negates: bool, hits: &mut Vec<Hit>) {
        let mut before = WordId::NONE;
        for (token, word) in words {
            if let Some(Some(known)) = self.words.get(word.0 as usize) {
                let negated = known.negated.filter(|_| negates);
                let pair = if known.ends_pair { self.pairs.get(&(before, word)).copied() } else { None };
                let cues = [known.alone, pair, negated].into_iter().flatten();
                hits.extend(cues.map(|cue| Hit { cue, token }));
            }
            before = word;
        }
    }

    /// The sum of each list.
    pub(super) fn sums(&self, hits: &[Hit]) -> Vec<i64> {
        let mut sums = vec![0; self.lists as usize];
        for hit in hits {
            for &(list, number) in &self.gives[hit.cue as usize] {
                sums[list as usize] += i64::from(number);
            }
        }
        sums
    }

    /// The first token of those that give most points in a list.
    pub(super) fn strongest(&self, list: u32, hits: &[Hit]) -> usize {
        let mut at: Vec<(usize, i64)> = Vec::new();
        for hit in hits {
            let given = self.gives[hit.cue as usize].iter().find(|(of, _)| *of == list);
            if let Some((_, number)) = given {
                match at.iter_mut().find(|(token, _)| *token == hit.token) {
                    Some((_, sum)) => *sum += i64::from(*number),
                    None => at.push((hit.token, i64::from(*number))),
                }
            }
        }
        let most = at.into_iter().max_by_key(|&(token, sum)| (sum, std::cmp::Reverse(token)));
        most.or_else(|| Some((hits.first()?.token, 0))).unwrap_or_default().0
    }
}

/// A cue and its points as a card writes them: "detainer 12", "not & ask 8", "work with -3".
pub(crate) fn entry(text: &str) -> Option<(&str, i32)> {
    let (cue, number) = text.rsplit_once(' ')?;
    Some((cue, number.parse().ok()?))
}

fn cue_of(text: &str, vocabulary: &mut Vocabulary) -> Option<(Cue, i32)> {
    let (cue, number) = entry(text)?;
    let mut word = |word: &str| match word.strip_prefix('@') {
        Some(kind) => Some(vocabulary.intern(&sign(kind.parse().ok()?))),
        None => (!word.is_empty()).then(|| vocabulary.intern(word)),
    };
    let cue = match cue.split(' ').collect::<Vec<_>>()[..] {
        ["not", "&", of] => Cue::Negated(word(of)?),
        [_, "&"] | ["&", _] => return None,
        [first, second] => Cue::Pair(word(first)?, word(second)?),
        [of] => Cue::Word(word(of)?),
        _ => return None,
    };
    Some((cue, number))
}

/// What stands in a vocabulary for a mention of an agency; no token of a text is this.
fn sign(kind: AgencyKind) -> String {
    format!("\0kind:{kind}")
}

fn malformed(set: &RuleSet, file: &str, text: &Text) -> RuleError {
    RuleError {
        file: file.to_owned(),
        line: text.line,
        column: text.column,
        source_line: set.line(file, text.line).to_owned(),
        message: format!("`{}` gives no points", text.text),
        help: "write one word, two in a row or `not & word`, then a whole number: \"detainer 12\"; a mention of \
               an agency is a word, too, by its kind: \"@sheriff will 5\"".to_owned(),
        code: RuleFault::Form,
        rule: None,
    }
}
