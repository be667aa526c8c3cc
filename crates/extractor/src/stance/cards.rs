//! Cards: rules that add up [points](super::points), found by how many of its words stand together.

use super::broad::Step;
use super::cores::Core;
use super::cues::Mentioned;
use super::points::{Cues, Hit};
use super::trace::Watch;
use super::weigh::Weigher;
use super::{Found, StanceLayer, StanceRule};
use crate::pattern::Input;
use crate::rules::{RuleError, RuleSet};
use crate::segment::Sentence;
use crate::token::Vocabulary;

/// A card whose position stands in its rule.
#[derive(Clone, Copy, Debug)]
struct Card {
    /// Index of its rule.
    rule: usize,
    list: u32,
    base: i32,
}

/// All cards.
#[derive(Debug)]
pub(super) struct Cards {
    cues: Cues,
    plain: Vec<Card>,
    weigher: Option<Weigher>,
}

/// What the words of a sentence give.
#[derive(Clone, Debug)]
pub(crate) struct Scores {
    pub(super) hits: Vec<Hit>,
    /// The sum of each list.
    pub(super) sums: Vec<i64>,
}

impl Cards {
    /// Compiles the cards among the rules of the layer `stance`. Those that are weighed get a rule for each position,
    /// added to `rules`.
    pub(super) fn compile(
        set: &RuleSet,
        rules: &mut Vec<StanceRule>,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, Vec<RuleError>> {
        let mut cues = Cues::new(vocabulary);
        let mut cards = Vec::new();
        let mut errors = Vec::new();
        let mut weighed = Vec::new();
        for rule in set.layer("stance").filter(|rule| !rule.points.is_empty()) {
            // One that is at fault elsewhere is not among the rules, and told of already.
            let index = rules.iter().position(|compiled| compiled.id == rule.id);
            match (cues.list(set, &rule.file, &rule.points, vocabulary), index) {
                (Ok(list), Some(index)) if rule.is_weighed() => weighed.push((index, rule, list)),
                (Ok(list), Some(index)) => {
                    cards.push(Card { rule: index, list, base: rule.base.unwrap_or_default() });
                }
                (Ok(_), None) => {}
                (Err(more), _) => {
                    errors.extend(
                        more.into_iter().map(|error| RuleError { rule: Some(rule.id.clone()), ..error }),
                    );
                }
            }
        }
        let weigher = Weigher::compile(set, &weighed, &mut cues, rules, vocabulary);
        cues.finish(vocabulary);
        match weigher {
            Ok(weigher) if errors.is_empty() => Ok(Self { cues, plain: cards, weigher }),
            weigher => {
                errors.extend(weigher.err().into_iter().flatten());
                Err(errors)
            }
        }
    }

    /// What the words of a sentence give, unless they give nothing.
    pub(super) fn scores(
        &self,
        input: Input<'_>,
        sentence: Sentence,
        mentions: &[Mentioned],
    ) -> Option<Scores> {
        if self.cues.is_empty() {
            return None;
        }
        let hits = self.cues.hits(input, sentence, mentions);
        let sums = self.cues.sums(&hits);
        (!hits.is_empty()).then_some(Scores { hits, sums })
    }

    /// The cards whose points suffice, one for each topic, each at the token that gives it most.
    pub(super) fn find(&self, scores: &Scores, rules: &[StanceRule]) -> Vec<Core> {
        let more = |card: &Card| scores.sums[card.list as usize] - i64::from(card.base);
        let mut best: Vec<&Card> = self.plain.iter().filter(|card| more(card) >= 0).collect();
        best.sort_by_key(|card| (std::cmp::Reverse(more(card)), card.rule));
        let mut topics = Vec::new();
        best.retain(|card| {
            let topic = rules[card.rule].topic;
            let new = !topics.contains(&topic);
            topics.push(topic);
            new
        });
        best.into_iter().map(|card| self.core(card.rule, card.list, scores)).collect()
    }

    /// Whether weighed cards alone might state something.
    pub(super) fn may_state(&self, scores: &Scores) -> bool {
        self.weigher.as_ref().is_some_and(|weigher| weigher.may_state(scores))
    }

    pub(super) fn weigher(&self) -> Option<&Weigher> {
        self.weigher.as_ref()
    }

    /// A match of a card, at the token that gives most points in its list.
    pub(super) fn core(&self, rule: usize, list: u32, scores: &Scores) -> Core {
        let first = self.cues.strongest(list, &scores.hits);
        Core { rule, pattern: 0, start: first, holder: None, first, last: first + 1 }
    }
}

impl StanceLayer {
    /// Adds the stances of a sentence that cards of one position find: where no pattern states anything in it.
    pub(super) fn card_stances(&self, step: &Step<'_>, found: &mut Vec<Found>, watch: &mut impl Watch) {
        let Step { cores, dropped, from, .. } = *step;
        if let Some(stated) = found[from..].iter().find(|stance| stance.holder.is_some()) {
            let winner = stated.seen;
            cores.cards.iter().for_each(|core| watch.lost(core, &winner));
            return;
        }
        for core in &cores.cards {
            let winner = self.denied(core, dropped);
            self.state_unless(winner, step, core, (&[*core], 0), found, watch);
        }
    }
}
