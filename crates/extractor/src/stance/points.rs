//! Rules that add up points: what patterns have no words for, found by how many of its words stand together.
//!
//! Such a rule is a score card (as of Ustun and Rudin, *Learning Optimized Risk Scores*, 2019): whole numbers for
//! words, for two words in a row and for words of a sentence that also negates (`not & ask`), each counted once. It
//! matches where their sum reaches none, the rule's `base` taken off. Cards come after all patterns.

use rustc_hash::FxHashMap;

use super::cores::{Core, Cores};
use super::trace::{Dropped, Watch};
use super::{Applied, Found, Place, StanceLayer, StanceRule};
use crate::pattern::Input;
use crate::rules::{Rule, RuleError, RuleSet, Text};
use crate::segment::Sentence;
use crate::token::{Shape, Token, Vocabulary, WordId};

/// What negates a sentence, for cues that ask for it.
const NEGATORS: &[&str] = &[
    "not",
    "no",
    "never",
    "nobody",
    "none",
    "neither",
    "nor",
    "cannot",
    "without",
    "refuse",
    "refuses",
    "refused",
    "don't",
    "doesn't",
    "won't",
    "isn't",
    "aren't",
    "can't",
    "wouldn't",
    "didn't",
    "shouldn't",
    "ain't",
];

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
struct Hit {
    cue: u32,
    token: usize,
}

/// All cards, by their cues.
#[derive(Debug, Default)]
pub(super) struct Points {
    /// Index of its rule and its base.
    cards: Vec<(usize, i32)>,
    /// What a word is by itself, by its id.
    words: Vec<Option<Word>>,
    pairs: FxHashMap<(WordId, WordId), u32>,
    /// The cards that a cue gives points in.
    gives: Vec<Vec<(u32, i32)>>,
    negators: Vec<WordId>,
}

impl Points {
    /// Compiles the cards among the rules of the layer `stance`, which keep their places in it.
    pub(super) fn compile(set: &RuleSet, vocabulary: &mut Vocabulary) -> Result<Self, Vec<RuleError>> {
        let mut points = Self {
            negators: NEGATORS.iter().map(|word| vocabulary.intern(word)).collect(),
            ..Self::default()
        };
        points.negators.sort_unstable();
        let mut errors = Vec::new();
        for (index, rule) in set.layer("stance").enumerate().filter(|(_, rule)| !rule.points.is_empty()) {
            let card = points.cards.len() as u32;
            points.cards.push((index, rule.base.unwrap_or_default()));
            for text in &rule.points {
                match cue_of(&text.text, vocabulary) {
                    Some((cue, number)) => points.give(card, cue, number),
                    None => errors.push(malformed(set, rule, text)),
                }
            }
        }
        if errors.is_empty() { Ok(points) } else { Err(errors) }
    }

    fn give(&mut self, card: u32, cue: Cue, number: i32) {
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
        self.gives[at as usize].push((card, number));
    }

    /// The cards whose points suffice in a sentence, one for each topic, each at the token that gives it most.
    pub(super) fn find(&self, input: Input<'_>, sentence: Sentence, rules: &[StanceRule]) -> Vec<Core> {
        let hits = self.hits(input, sentence);
        if hits.is_empty() {
            return Vec::new();
        }
        let mut sums: Vec<i64> = self.cards.iter().map(|&(_, base)| -i64::from(base)).collect();
        for hit in &hits {
            for &(card, number) in &self.gives[hit.cue as usize] {
                sums[card as usize] += i64::from(number);
            }
        }
        let mut best: Vec<usize> = (0..sums.len()).filter(|&card| sums[card] >= 0).collect();
        best.sort_by_key(|&card| (std::cmp::Reverse(sums[card]), card));
        let topic = |card: usize| rules[self.cards[card].0].topic;
        let mut topics = Vec::new();
        best.retain(|&card| {
            let new = !topics.contains(&topic(card));
            topics.push(topic(card));
            new
        });
        best.into_iter().map(|card| self.core(card, &hits)).collect()
    }

    /// The cues of a sentence, each once.
    fn hits(&self, input: Input<'_>, sentence: Sentence) -> Vec<Hit> {
        let range = sentence.range();
        let tokens = &input.tokens[range.clone()];
        if self.cards.is_empty() {
            return Vec::new();
        }
        let negates = tokens.iter().any(|token| self.negators.binary_search(&token.word).is_ok());
        let mut hits = Vec::new();
        let mut before = WordId::NONE;
        for (nth, &token) in tokens.iter().enumerate() {
            let word = if is_name(token, nth) { WordId::NONE } else { token.word };
            if let Some(Some(known)) = self.words.get(word.0 as usize) {
                let negated = known.negated.filter(|_| negates);
                let pair = if known.ends_pair { self.pairs.get(&(before, word)).copied() } else { None };
                let cues = [known.alone, pair, negated].into_iter().flatten();
                hits.extend(cues.map(|cue| Hit { cue, token: range.start + nth }));
            }
            before = word;
        }
        hits.sort_by_key(|hit| (hit.cue, hit.token));
        hits.dedup_by_key(|hit| hit.cue);
        hits
    }

    /// The token that gives a card most points.
    fn core(&self, card: usize, hits: &[Hit]) -> Core {
        let mut at: Vec<(usize, i64)> = Vec::new();
        for hit in hits {
            let given = self.gives[hit.cue as usize].iter().find(|(of, _)| *of as usize == card);
            if let Some((_, number)) = given {
                match at.iter_mut().find(|(token, _)| *token == hit.token) {
                    Some((_, sum)) => *sum += i64::from(*number),
                    None => at.push((hit.token, i64::from(*number))),
                }
            }
        }
        let (first, _) =
            at.into_iter().max_by_key(|&(token, sum)| (sum, std::cmp::Reverse(token))).unwrap_or_default();
        let rule = self.cards[card].0;
        Core { rule, pattern: 0, start: first, holder: None, first, last: first + 1 }
    }
}

/// The cues of a sentence's tokens, as cards write them, each once: "detainer", "hold people", "not & hold".
///
/// ```
/// use goldrule_extractor::{segment::Segmented, stance::cues, token::Vocabulary};
///
/// let text = "Deputies won’t hold people.";
/// let segmented = Segmented::new(text, &Vocabulary::default());
/// let cues = cues(text, &segmented.tokens);
/// assert!(["won't", "hold people", "not & hold"].iter().all(|cue| cues.iter().any(|found| found == cue)));
/// ```
pub fn cues(text: &str, tokens: &[Token]) -> Vec<String> {
    let plain = |token: &Token| token.text(text).to_lowercase().replace('’', "'");
    let word = |(nth, token): (usize, &Token)| (!is_name(*token, nth)).then(|| plain(token));
    let words: Vec<Option<String>> = tokens.iter().enumerate().map(word).collect();
    // A quotation's first word may negate, too.
    let negates = tokens.iter().any(|token| NEGATORS.contains(&plain(token).as_str()));
    let mut cues: Vec<String> = words.iter().flatten().cloned().collect();
    if negates {
        cues.extend(words.iter().flatten().map(|word| format!("not & {word}")));
    }
    let pairs = words.windows(2).filter_map(|pair| match pair {
        [Some(first), Some(second)] => Some(format!("{first} {second}")),
        _ => None,
    });
    cues.extend(pairs);
    cues.sort_unstable();
    cues.dedup();
    cues
}

/// Whether a token is part of a name: what it says depends on the text.
fn is_name(token: Token, nth: usize) -> bool {
    token.shape == Shape::Capitalised && nth > 0
}

/// A cue and its points as a card writes them: "detainer 12", "not & ask 8", "work with -3".
pub(crate) fn entry(text: &str) -> Option<(&str, i32)> {
    let (cue, number) = text.rsplit_once(' ')?;
    Some((cue, number.parse().ok()?))
}

fn cue_of(text: &str, vocabulary: &mut Vocabulary) -> Option<(Cue, i32)> {
    let (cue, number) = entry(text)?;
    let cue = match cue.split(' ').collect::<Vec<_>>()[..] {
        ["not", "&", word] => Cue::Negated(vocabulary.intern(word)),
        [_, "&"] | ["&", _] => return None,
        [first, second] => Cue::Pair(vocabulary.intern(first), vocabulary.intern(second)),
        [word] if !word.is_empty() => Cue::Word(vocabulary.intern(word)),
        _ => return None,
    };
    Some((cue, number))
}

fn malformed(set: &RuleSet, rule: &Rule, text: &Text) -> RuleError {
    let message = format!("`{}` gives no points", text.text);
    let help = "write one word, two in a row or `not & word`, then a whole number: \"detainer 12\"";
    set.error_in(rule, text.line, text.column, &message, help)
}

impl StanceLayer {
    /// Adds the stances of a sentence that cards find: where no pattern states anything in it.
    pub(super) fn card_stances(
        &self,
        place: &Place<'_>,
        cores: &Cores,
        dropped: &[(Core, Dropped)],
        operators: &[Applied],
        (found, from): (&mut Vec<Found>, usize),
        watch: &mut impl Watch,
    ) {
        if let Some(stated) = found[from..].iter().find(|stance| stance.holder.is_some()) {
            let winner = stated.seen;
            cores.cards.iter().for_each(|core| watch.lost(core, &winner));
            return;
        }
        for core in &cores.cards {
            let winner = self.denied(core, dropped);
            self.state_unless(winner, place, core, (&[*core], 0), operators, found, watch);
        }
    }
}
