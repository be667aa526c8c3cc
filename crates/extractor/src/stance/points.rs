//! Points that words give: what rules without a pattern add up.
//!
//! Such a rule is a score card (as of Ustun and Rudin, *Learning Optimized Risk Scores*, 2019): whole numbers for
//! words, for any form of a word (`~detain`), for two words in a row in any of their forms, for words of a sentence that
//! also negates (`not & ask`) and for words with a capital within a sentence (`Sheriff`), each counted once. A mention
//! of an agency may stand for a word, by the agency's kind (`@sheriff will`).
//! [Cards](super::cards) match where their sum suffices; [weighed ones](super::weigh) judge what patterns state, too.

use goldrule_schema::AgencyKind;
use rustc_hash::FxHashMap;

use super::cues::{Item, Mentioned, NEGATORS, is_name, is_titled, with_mentions};
use super::stems::{StemId, Stems};
use crate::pattern::Input;
use crate::rules::{RuleError, RuleFault, RuleSet, Text};
use crate::segment::Sentence;
use crate::token::{Vocabulary, WordId};

/// What may stand in a card.
#[derive(Clone, Copy, Debug)]
enum Cue {
    Word(WordId),
    /// Any form of a word.
    Stem(StemId),
    /// Two words in a row, in any of their forms.
    Pair(StemId, StemId),
    /// A word of a sentence that negates.
    Negated(WordId),
    /// A word with a capital, within a sentence.
    Capital(WordId),
}

/// The cues of one word, where it is one.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    alone: Option<u32>,
    negated: Option<u32>,
    capital: Option<u32>,
}

/// The cues of one stem.
#[derive(Clone, Copy, Debug, Default)]
struct OfStem {
    alone: Option<u32>,
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
    words: Vec<Word>,
    stems: Stems,
    /// What a stem is by itself, by its number.
    of_stems: Vec<OfStem>,
    pairs: FxHashMap<(StemId, StemId), u32>,
    /// The lists that a cue gives points in.
    gives: Vec<Vec<(u32, i32)>>,
    negators: Vec<WordId>,
    /// What stands for a mention of an agency of each kind, as a word and as a stem.
    kinds: Vec<(WordId, StemId)>,
}

impl Cues {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut negators: Vec<WordId> = NEGATORS.iter().map(|word| vocabulary.intern(word)).collect();
        negators.sort_unstable();
        let mut stems = Stems::default();
        let kinds = AgencyKind::ALL.iter().map(|&kind| {
            let sign = sign(kind);
            (vocabulary.intern(&sign), stems.intern_bytes(sign.as_bytes()))
        });
        let kinds = kinds.collect();
        let (words, of_stems, pairs) = Default::default();
        Self { lists: 0, words, stems, of_stems, pairs, gives: Vec::new(), negators, kinds }
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
            match self.cue_of(&text.text, vocabulary) {
                Some((cue, number)) => self.give(list, cue, number),
                None => errors.push(malformed(set, file, text)),
            }
        }
        if errors.is_empty() { Ok(list) } else { Err(errors) }
    }

    fn give(&mut self, list: u32, cue: Cue, number: i32) {
        let next = self.gives.len() as u32;
        let at = match cue {
            Cue::Word(word) => *self.word(word).alone.get_or_insert(next),
            Cue::Negated(word) => *self.word(word).negated.get_or_insert(next),
            Cue::Capital(word) => *self.word(word).capital.get_or_insert(next),
            Cue::Stem(stem) => *self.stem(stem).alone.get_or_insert(next),
            Cue::Pair(first, second) => {
                self.stem(second).ends_pair = true;
                *self.pairs.entry((first, second)).or_insert(next)
            }
        };
        if at == next {
            self.gives.push(Vec::new());
        }
        self.gives[at as usize].push((list, number));
    }

    fn cue_of(&mut self, text: &str, vocabulary: &mut Vocabulary) -> Option<(Cue, i32)> {
        let (cue, number) = entry(text)?;
        let cue = match cue.split(' ').collect::<Vec<_>>()[..] {
            ["not", "&", of] => Cue::Negated(Self::word_of(of, vocabulary)?),
            [_, "&"] | ["&", _] => return None,
            [first, second] => Cue::Pair(self.stem_of(first)?, self.stem_of(second)?),
            [of] if of.starts_with('~') => Cue::Stem(self.stem_of(&of[1..])?),
            [of] if of.starts_with(char::is_uppercase) => Cue::Capital(Self::word_of(of, vocabulary)?),
            [of] => Cue::Word(Self::word_of(of, vocabulary)?),
            _ => return None,
        };
        Some((cue, number))
    }

    fn word_of(word: &str, vocabulary: &mut Vocabulary) -> Option<WordId> {
        match word.strip_prefix('@') {
            Some(kind) => Some(vocabulary.intern(&sign(kind.parse().ok()?))),
            None => (!word.is_empty()).then(|| vocabulary.intern(word)),
        }
    }

    fn stem_of(&mut self, word: &str) -> Option<StemId> {
        match word.strip_prefix('@') {
            Some(kind) => Some(self.stems.intern_bytes(sign(kind.parse().ok()?).as_bytes())),
            None => (!word.is_empty()).then(|| self.stems.intern(word))?,
        }
    }

    fn word(&mut self, word: WordId) -> &mut Word {
        let place = word.0 as usize;
        self.words.resize(self.words.len().max(place + 1), Word::default());
        &mut self.words[place]
    }

    fn stem(&mut self, stem: StemId) -> &mut OfStem {
        self.of_stems.resize(self.stems.len(), OfStem::default());
        &mut self.of_stems[stem.place()]
    }

    /// Makes ready to find, once all lists are there.
    pub(super) fn finish(&mut self, vocabulary: &Vocabulary) {
        self.of_stems.resize(self.stems.len(), OfStem::default());
        self.stems.look_up(vocabulary);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.gives.is_empty()
    }

    /// The cues of a sentence, each once.
    pub(super) fn hits(&self, input: Input<'_>, sentence: Sentence, mentions: &[Mentioned]) -> Vec<Hit> {
        let range = sentence.range();
        let tokens = &input.tokens[range.clone()];
        let titled = is_titled(input.text, tokens);
        let name = |token: usize| !titled && is_name(input.tokens[token], token - range.start);
        let negates = tokens.iter().any(|token| self.negators.binary_search(&token.word).is_ok());
        let mut hits = Vec::with_capacity(2 * tokens.len());
        for token in range.clone().filter(|&token| !name(token)) {
            self.note(input.tokens[token].word, token, negates, &mut hits);
        }
        let mut before = None;
        for item in with_mentions(sentence, mentions) {
            let (Item::Token(token) | Item::Mention(token, _)) = item;
            let word = input.tokens[token].word;
            let stem = match item {
                Item::Mention(_, kind) => {
                    let (word, stem) = self.kinds[kind as usize];
                    self.note(word, token, negates, &mut hits);
                    Some(stem)
                }
                Item::Token(_) if name(token) => {
                    let capital = self.words.get(word.0 as usize).and_then(|known| known.capital);
                    hits.extend(capital.map(|cue| Hit { cue, token }));
                    None
                }
                Item::Token(_) => self.stems.of(word, || input.tokens[token].text(input.text)),
            };
            if let Some(stem) = stem {
                self.note_stem(before, stem, token, &mut hits);
            }
            before = stem;
        }
        hits.sort_unstable_by_key(|hit| (hit.cue, hit.token));
        hits.dedup_by_key(|hit| hit.cue);
        hits
    }

    /// Adds what a word gives as it stands.
    fn note(&self, word: WordId, token: usize, negates: bool, hits: &mut Vec<Hit>) {
        if let Some(known) = self.words.get(word.0 as usize) {
            let negated = known.negated.filter(|_| negates);
            hits.extend([known.alone, negated].into_iter().flatten().map(|cue| Hit { cue, token }));
        }
    }

    /// Adds what a stem gives alone and behind another.
    fn note_stem(&self, before: Option<StemId>, stem: StemId, token: usize, hits: &mut Vec<Hit>) {
        let OfStem { alone, ends_pair } = self.of_stems[stem.place()];
        let first = before.filter(|_| ends_pair);
        let pair = first.and_then(|first| self.pairs.get(&(first, stem)).copied());
        hits.extend([alone, pair].into_iter().flatten().map(|cue| Hit { cue, token }));
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
        help:
            "write one word, `~word` for all its forms, two in a row or `not & word`, then a whole number: \
               \"detainer 12\"; a mention of an agency is a word, too, by its kind: \"@sheriff will 5\""
                .to_owned(),
        code: RuleFault::Form,
        rule: None,
    }
}
