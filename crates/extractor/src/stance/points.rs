//! Points that words give: what rules without a pattern add up.
//!
//! Such a rule is a score card (as of Ustun and Rudin, *Learning Optimized Risk Scores*, 2019): whole numbers for
//! words, for two words in a row and for words of a sentence that also negates (`not & ask`), each counted once.
//! [Cards](super::cards) match where their sum suffices; [weighed ones](super::weigh) judge what patterns state, too.

use rustc_hash::FxHashMap;

use crate::pattern::Input;
use crate::rules::{RuleError, RuleFault, RuleSet, Text};
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
}

impl Cues {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        let mut negators: Vec<WordId> = NEGATORS.iter().map(|word| vocabulary.intern(word)).collect();
        negators.sort_unstable();
        Self { lists: 0, words: Vec::new(), pairs: FxHashMap::default(), gives: Vec::new(), negators }
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
    pub(super) fn hits(&self, input: Input<'_>, sentence: Sentence) -> Vec<Hit> {
        let range = sentence.range();
        let tokens = &input.tokens[range.clone()];
        let negates = tokens.iter().any(|token| self.negators.binary_search(&token.word).is_ok());
        let mut hits = Vec::with_capacity(2 * tokens.len());
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
        hits.sort_unstable_by_key(|hit| (hit.cue, hit.token));
        hits.dedup_by_key(|hit| hit.cue);
        hits
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

fn malformed(set: &RuleSet, file: &str, text: &Text) -> RuleError {
    RuleError {
        file: file.to_owned(),
        line: text.line,
        column: text.column,
        source_line: set.line(file, text.line).to_owned(),
        message: format!("`{}` gives no points", text.text),
        help: "write one word, two in a row or `not & word`, then a whole number: \"detainer 12\"".to_owned(),
        code: RuleFault::Form,
        rule: None,
    }
}
