//! Finds the cores of stances: matches of stance rules, one for each place and topic.

use goldrule_schema::{Position, Topic};

use super::StanceRule;
use super::cards::Scores;
use super::contrast;
use super::order::Rank;
use super::trace::Watch;
use crate::pattern::{Input, Layer, Match, Matcher, Pattern, PatternIndex};
use crate::segment::Sentence;
use crate::token::{Shape, Vocabulary, WordId};

/// A match of a stance rule, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Core {
    /// Index of the rule.
    pub(crate) rule: usize,
    /// Which of its patterns.
    pub(crate) pattern: usize,
    /// The first token of the whole match; the core is less where the pattern captures one.
    pub(crate) start: usize,
    /// The tokens that the pattern captures as the holder.
    pub(crate) holder: Option<(usize, usize)>,
    /// Its first token.
    pub(crate) first: usize,
    /// The token after its last.
    pub(crate) last: usize,
}

impl Core {
    fn contains(&self, other: &Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.first < other.last && other.first < self.last
    }
}

/// The matches of a sentence.
#[derive(Debug, Default)]
pub(crate) struct Cores {
    pub(crate) precise: Vec<Core>,
    /// Those of rules of the last rank.
    pub(crate) broad: Vec<Core>,
    /// Those of [cards](super::cards).
    pub(crate) cards: Vec<Core>,
    /// What the words of the sentence give cards.
    pub(crate) scores: Option<Scores>,
    /// Cards judge what is stated, or may state something themselves.
    pub(crate) weighs: bool,
    /// Every match that is not of the last rank, whether it won its place or not.
    all: Vec<Core>,
}

impl Cores {
    pub(crate) fn is_empty(&self) -> bool {
        self.precise.is_empty() && self.broad.is_empty() && self.cards.is_empty() && !self.weighs
    }
}

/// The stance rules by the words they cannot match without.
#[derive(Debug)]
pub(crate) struct CoreIndex {
    rules: Vec<StanceRule>,
    index: PatternIndex,
    /// The rule and its pattern of each pattern of the index.
    numbers: Vec<(usize, usize)>,
    /// "and", "or", "nor", ",".
    coordinators: [WordId; 4],
}

impl CoreIndex {
    pub(crate) fn new(rules: Vec<StanceRule>, vocabulary: &mut Vocabulary) -> Self {
        let coordinators = ["and", "or", "nor", ","].map(|word| vocabulary.intern(word));
        let index = PatternIndex::new(rules.iter().flat_map(|rule| &rule.patterns), vocabulary);
        let numbers = |(rule, compiled): (usize, &StanceRule)| {
            (0..compiled.patterns.len()).map(move |pattern| (rule, pattern))
        };
        let numbers = rules.iter().enumerate().flat_map(numbers).collect();
        Self { rules, index, numbers, coordinators }
    }

    pub(crate) fn rules(&self) -> &[StanceRule] {
        &self.rules
    }

    pub(crate) fn rule(&self, index: usize) -> &StanceRule {
        &self.rules[index]
    }

    fn pattern(&self, (rule, pattern): (usize, usize)) -> &Pattern {
        &self.rules[rule].patterns[pattern]
    }

    /// The cores of a sentence in text order. Those of one topic do not overlap, those of the last rank apart.
    /// `unnamed` says of a rule whether what it wants named before is not: then it comes after all others.
    pub(crate) fn find(
        &self,
        input: Input<'_>,
        sentence: Sentence,
        matcher: &mut Matcher,
        unnamed: &impl Fn(&StanceRule) -> bool,
        watch: &mut impl Watch,
    ) -> Cores {
        let mut matches = Vec::new();
        self.index.matches(input, sentence.range(), matcher, |number, found| {
            let place = self.numbers[number];
            let core = core_of(input, self.pattern(place), place, &found);
            let whole = |core: &Core| {
                !begins_in_title(input, core.first) && !contrast::crosses(input.tokens, input.text, core)
            };
            matches.extend(core.filter(whole));
        });
        let (broad, precise) = matches.into_iter().partition(|core: &Core| self.rules[core.rule].broad);
        let all: Vec<Core> = precise;
        let precise = self.choose(input, all.clone(), unnamed, watch);
        let broad = self.choose(input, broad, unnamed, watch);
        Cores { precise, broad, all, ..Cores::default() }
    }

    /// The matches that take the places which `dropped` ones leave, in text order: none that overlaps one that is
    /// `stated`.
    pub(super) fn heirs(
        &self,
        input: Input<'_>,
        cores: &Cores,
        (dropped, stated): (&[Core], &[Core]),
        unnamed: &impl Fn(&StanceRule) -> bool,
        watch: &mut impl Watch,
    ) -> Vec<Core> {
        let overlaps = |core: &Core, others: &[Core]| others.iter().any(|other| other.overlaps(core));
        let free =
            |core: &&Core| overlaps(core, dropped) && !dropped.contains(core) && !overlaps(core, stated);
        let free: Vec<Core> = cores.all.iter().filter(free).copied().collect();
        if free.is_empty() { free } else { self.choose(input, free, unnamed, watch) }
    }

    /// The place of a match in the order of matches.
    pub(super) fn rank(&self, core: &Core) -> Rank<'_> {
        let rule = &self.rules[core.rule];
        Rank {
            first: core.first,
            last: core.last,
            priority: rule.priority,
            id: &rule.id,
            pattern: core.pattern,
        }
    }

    /// Of overlapping matches of one topic the first in the [order](super::order) stays. Of two topics both
    /// stay, except that enforcement, the topic of what is said with nothing more specific, gives way, and
    /// that what stands inside another core is part of it unless it is a predicate of its own behind "and",
    /// "or" or a comma.
    fn choose(
        &self,
        input: Input<'_>,
        mut matches: Vec<Core>,
        unnamed: &impl Fn(&StanceRule) -> bool,
        watch: &mut impl Watch,
    ) -> Vec<Core> {
        let unnamed = |core: &Core| unnamed(&self.rules[core.rule]);
        matches.sort_by(|a, b| (unnamed(a), self.rank(a)).cmp(&(unnamed(b), self.rank(b))));
        let topic = |core: &Core| self.rules[core.rule].topic;
        let mut kept: Vec<Core> = Vec::new();
        for core in matches {
            match kept.iter().find(|other| topic(other) == topic(&core) && other.overlaps(&core)) {
                Some(winner) => watch.lost(&core, winner),
                None => kept.push(core),
            }
        }
        let coordinated = |core: &Core| {
            core.first.checked_sub(1).is_some_and(|at| self.coordinators.contains(&input.tokens[at].word))
        };
        let undecided = |core: &Core| self.rules[core.rule].position == Position::Noncommittal;
        let firm = |core: &Core| self.rules[core.rule].firm && !unnamed(core);
        let gives_way = |core: &Core| {
            if let Some(other) = kept.iter().find(|other| firm(other) && !firm(core) && other.overlaps(core))
            {
                return (!coordinated(core)).then_some(other);
            }
            if firm(core) {
                return None;
            }
            // Undecided about the agreement is not undecided about enforcement too.
            if topic(core) == Some(Topic::Enforcement) && undecided(core) {
                let of_its_own = |other: &&Core| {
                    undecided(other) && topic(other).is_some_and(|of| of != Topic::Enforcement)
                };
                if let Some(other) = kept.iter().find(of_its_own) {
                    return Some(other);
                }
            }
            kept.iter().filter(|other| !unnamed(other)).find(|other| {
                let same = topic(other) == topic(core);
                let general = topic(core) == Some(Topic::Enforcement) || topic(core).is_none();
                let special = topic(other).is_some()
                    && (topic(other) != Some(Topic::Enforcement) || topic(core).is_none());
                !same
                    && other.overlaps(core)
                    && (!coordinated(core) || other.first == core.first)
                    && (general && special && !(coordinated(other) && core.first < other.first)
                        || special && other.contains(core) && !core.contains(other)
                        || special
                            && other.contains(core)
                            && self.rules[other.rule].priority > self.rules[core.rule].priority)
            })
        };
        let stays = |core: &&Core| {
            let winner = gives_way(core);
            if let Some(winner) = winner {
                watch.lost(core, winner);
            }
            winner.is_none()
        };
        let mut chosen: Vec<Core> = kept.iter().filter(stays).copied().collect();
        chosen.sort_by_key(|core| (core.first, core.last, core.rule));
        chosen
    }
}

/// No title of an act has as many words.
const TITLE: usize = 16;

/// Whether a token stands in the title of an act, whose words do nothing: the "Keep" of "Keep Washington
/// Working Act".
fn begins_in_title(input: Input<'_>, at: usize) -> bool {
    let before = &input.layers[..input.layers.partition_point(|span| span.first as usize <= at)];
    let mut near = before.iter().rev().take_while(|span| span.first as usize + TITLE > at);
    near.any(|span| {
        let inside = span.layer == Layer::Citation && at + 1 < span.last as usize;
        let last = input.tokens[span.last as usize - 1];
        inside && input.tokens[at].is_capital() && last.is_capital() && last.is(input.text, "act")
    })
}

/// The core of a match: what the pattern captures as `core`, else all of it, without the marks at its ends.
fn core_of(
    input: Input<'_>,
    compiled: &Pattern,
    (rule, pattern): (usize, usize),
    found: &Match,
) -> Option<Core> {
    let whole = found.first..found.last;
    let range = found.capture(compiled, "core").filter(|range| !range.is_empty()).unwrap_or(whole);
    let holder = found.capture(compiled, "holder").filter(|range| !range.is_empty());
    let (mut first, mut last) = (range.start, range.end);
    let is_mark = |at: usize| {
        let token = input.tokens[at];
        token.shape == Shape::Mark && !matches!(token.text(input.text), "(" | ")" | "§" | "%" | "$")
    };
    while first < last && is_mark(last - 1) {
        last -= 1;
    }
    while first < last && is_mark(first) {
        first += 1;
    }
    let holder = holder.map(|range| (range.start, range.end));
    (first < last).then_some(Core { rule, pattern, start: found.first, holder, first, last })
}
