//! Cards as judges: how likely the words of a sentence make it that a position is stated, and which.
//!
//! A weighed card adds up what speaks for its topic: the points of words, and those of a pattern that states something
//! about it. Four lists that all cards share say what speaks for each position. The sums are log-odds, so that the
//! likelihood of a topic and the share of its best position follow from them (a logistic and a multinomial regression,
//! the one times the other). Where it is likely, a topic that no pattern states is stated; where it is unlikely, what a
//! pattern states is dropped; and another position that leads takes the place of the pattern's, where words can tell.

use std::cmp::Reverse;

use goldrule_schema::{Position, Topic};

use super::broad::Step;
use super::cards::Scores;
use super::compile::compile_texts;
use super::context::Operator;
use super::points::Cues;
use super::trace::{Dropped, Watch};
use super::{Found, Place, StanceLayer, StanceRule};
use crate::pattern::{Matcher, Pattern};
use crate::rules::{PositionPoints, Rule, RuleError, RuleSet};
use crate::token::Vocabulary;

const POSITIONS: usize = Position::ALL.len();

/// What part of `unlikely` suffices where patterns state something about another topic, too: words that speak for one
/// topic speak against the others.
const BESIDE_OTHERS: f64 = 0.75;

/// The weighed cards and what they share.
#[derive(Debug)]
pub(super) struct Weigher {
    scale: f64,
    likely: f64,
    unlikely: f64,
    cards: Vec<Card>,
    /// The list of each position with the rest of what speaks for it.
    positions: Vec<(u32, PositionPoints)>,
}

#[derive(Debug)]
struct Card {
    topic: Topic,
    list: u32,
    base: i32,
    stated: i32,
    elsewhere: i32,
    /// What a sentence must hold for it to state by itself.
    needs: Vec<Pattern>,
    /// Its rule with each of the positions.
    rules: [usize; POSITIONS],
}

/// How a position was weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// How likely its topic and it are, in percent.
    pub(crate) percent: u8,
    /// How likely they must be.
    pub(crate) least: u8,
    /// What patterns state about the topic.
    pub(crate) stated: Option<Position>,
    /// Patterns state something, and nothing about the topic.
    pub(crate) elsewhere: bool,
}

/// What a card says of its topic.
struct Opinion {
    likely: f64,
    position: usize,
}

impl Opinion {
    fn verdict(&self, least: f64, stated: Option<Position>, elsewhere: bool) -> Verdict {
        #[expect(
            clippy::cast_sign_loss,
            clippy::cast_possible_truncation,
            reason = "a share is at least 0, at most 1"
        )]
        let percent = |share: f64| (share * 100.0).round() as u8;
        Verdict { percent: percent(self.likely), least: percent(least), stated, elsewhere }
    }
}

impl Weigher {
    /// Compiles the weighed cards: `cards` are their places among the rules with their lists.
    pub(super) fn compile(
        set: &RuleSet,
        cards: &[(usize, &Rule, u32)],
        cues: &mut Cues,
        rules: &mut Vec<StanceRule>,
        vocabulary: &mut Vocabulary,
    ) -> Result<Option<Self>, Vec<RuleError>> {
        let mut errors = Vec::new();
        let Some(weigh) = &set.weigh else {
            let help =
                "add a table [weigh] with what speaks for each position, or give the card one position";
            let fault = |(_, rule, _): &(usize, &Rule, u32)| {
                set.error(rule, &format!("nothing says how `{}` is weighed", rule.id), help)
            };
            errors.extend(cards.iter().map(fault));
            return if errors.is_empty() { Ok(None) } else { Err(errors) };
        };
        let mut positions = Vec::new();
        for position in &weigh.positions {
            match cues.list(set, &weigh.file, &position.points, vocabulary) {
                Ok(list) => positions.push((list, position.clone())),
                Err(more) => errors.extend(more),
            }
        }
        let mut compiled: Vec<Card> = Vec::new();
        for &(index, rule, list) in cards {
            let bare = rules[index].bare();
            let Some(topic) = bare.topic else {
                errors.push(set.error(
                    rule,
                    "a weighed card must have a topic",
                    "name the conduct it is about",
                ));
                continue;
            };
            if compiled.iter().any(|card| card.topic == topic) {
                let message = format!("`{}` is a second weighed card about {topic}", rule.id);
                errors.push(set.error(rule, &message, "give it the id of the first to replace that"));
                continue;
            }
            let mut with = |position: Position| -> usize {
                rules.push(StanceRule { position, ..bare.bare() });
                rules.len() - 1
            };
            compiled.push(Card {
                topic,
                list,
                base: rule.base.unwrap_or_default(),
                stated: rule.stated.0,
                elsewhere: rule.stated.1,
                needs: compile_texts(&rule.needs, set, rule, vocabulary, &mut errors),
                rules: std::array::from_fn(|nth| with(Position::ALL[nth])),
            });
        }
        let weigher = Self {
            scale: weigh.scale,
            likely: weigh.likely,
            unlikely: weigh.unlikely,
            cards: compiled,
            positions,
        };
        if errors.is_empty() { Ok(Some(weigher)) } else { Err(errors) }
    }

    /// What a card says, given the topics and positions that patterns state in the sentence.
    fn opinion(&self, card: &Card, scores: &Scores, stated: &[(Topic, Position)]) -> Opinion {
        let said = |position: Position| stated.contains(&(card.topic, position));
        let about = stated.iter().any(|(topic, _)| *topic == card.topic);
        let bonus = match (about, stated.is_empty()) {
            (true, _) => card.stated,
            (false, false) => card.elsewhere,
            (false, true) => 0,
        };
        let sum = scores.sums[card.list as usize] - i64::from(card.base) + i64::from(bonus);
        let of_topic = 1.0 / (1.0 + self.power(-sum));
        let sums: [i64; POSITIONS] = std::array::from_fn(|nth| {
            let (list, points) = &self.positions[nth];
            let bonus = match (said(Position::ALL[nth]), about) {
                (true, _) => points.stated,
                (false, true) => points.otherwise,
                (false, false) => 0,
            };
            let of_topic = points.topics.get(&card.topic).copied().unwrap_or_default();
            scores.sums[*list as usize] + [points.base, of_topic, bonus].map(i64::from).iter().sum::<i64>()
        });
        let best = (0..sums.len()).max_by_key(|&nth| (sums[nth], Reverse(nth))).unwrap_or_default();
        let of_best: f64 = sums.iter().map(|sum| self.power(sum - sums[best])).sum();
        Opinion { likely: of_topic / of_best, position: best }
    }

    /// How many times as likely points make something.
    fn power(&self, points: i64) -> f64 {
        let most = if points < 0 { i32::MIN } else { i32::MAX };
        (f64::from(i32::try_from(points).unwrap_or(most)) / self.scale).exp()
    }

    pub(super) fn may_state(&self, scores: &Scores) -> bool {
        // Most sentences speak of no topic, and their positions need not be looked at.
        let spoken_of = |card: &&Card| {
            let sum = scores.sums[card.list as usize] - i64::from(card.base);
            1.0 >= self.likely * (1.0 + self.power(-sum))
        };
        let mut cards = self.cards.iter().filter(spoken_of);
        cards.any(|card| self.opinion(card, scores, &[]).likely >= self.likely)
    }
}

impl Card {
    /// Whether a sentence holds all that the card needs to state something by itself.
    fn is_met(&self, place: &Place<'_>) -> bool {
        let range = place.segmented.sentences[place.sentence].range();
        let mut matcher = Matcher::default();
        let mut holds = |pattern: &Pattern| {
            let bounds = (range.start, range.end);
            range.clone().any(|at| matcher.match_at(pattern, place.input, bounds, at).is_some())
        };
        self.needs.iter().all(&mut holds)
    }
}

impl StanceLayer {
    /// Lets the weighed cards judge a sentence, whose stances begin at `from`.
    pub(super) fn weigh(&self, step: &Step<'_>, found: &mut Vec<Found>, watch: &mut impl Watch) {
        let Step { place, cores, dropped, from, .. } = *step;
        let (Some(scores), Some(weigher)) = (&cores.scores, self.cards.weigher()) else { return };
        let held = found[from..].iter().filter(|stance| stance.holder.is_some());
        let mut stated: Vec<(Topic, Position)> = held.map(|stance| (stance.topic, stance.position)).collect();
        stated.sort_unstable();
        stated.dedup();
        let mut opinions: Vec<(&Card, Opinion)> =
            weigher.cards.iter().map(|card| (card, weigher.opinion(card, scores, &stated))).collect();
        opinions.sort_by(|(_, a), (_, b)| b.likely.total_cmp(&a.likely));
        for (card, opinion) in &opinions {
            let positions: Vec<Position> = stated
                .iter()
                .filter(|(topic, _)| *topic == card.topic)
                .map(|(_, position)| *position)
                .collect();
            match positions[..] {
                [] if opinion.likely >= weigher.likely && card.is_met(place) => {
                    let core = self.cards.core(card.rules[opinion.position], card.list, scores);
                    let winner = self.denied(&core, dropped);
                    let first = found.len();
                    self.state_unless(winner, step, &core, (&[core], 0), found, watch);
                    let verdict = opinion.verdict(weigher.likely, None, !stated.is_empty());
                    for stance in &mut found[first..] {
                        stance.verdict = Some(verdict);
                        if stance.holder.is_none() {
                            stance.holder = place.scene.nearest(place.sentence, &stance.seen, stance.clause);
                        }
                    }
                }
                [position] => {
                    let alone = stated.iter().all(|(other, _)| *other == card.topic);
                    self.judge(weigher, (card.topic, position), (opinion, alone), (found, from), watch);
                }
                // Two holders of two positions: words of a sentence do not tell whose is whose.
                _ => {}
            }
        }
    }

    /// Drops what patterns state about a topic, or gives it another position, as its card says; whether they state
    /// something about it `alone`.
    fn judge(
        &self,
        weigher: &Weigher,
        (topic, position): (Topic, Position),
        (opinion, alone): (&Opinion, bool),
        (found, from): (&mut Vec<Found>, usize),
        watch: &mut impl Watch,
    ) {
        // Of a stance whose topic the text around gives, the words of the sentence cannot tell.
        let untold = |stance: &Found| {
            let rule = self.cores.rule(stance.seen.rule);
            let own = stance.context.iter().any(|operator| !operator.shipped);
            own || !rule.judged || rule.topic != Some(stance.topic)
        };
        let of_it = |stance: &Found| stance.topic == topic && stance.holder.is_some();
        let leads = Position::ALL[opinion.position];
        if found[from..].iter().any(|stance| of_it(stance) && untold(stance)) {
            return;
        }
        // Of two negations, of a "no" that negates nothing, or of a sentence about two topics, words do not tell which
        // turns what round; nor do they make a negation that was read unread.
        let told = |stance: &Found| match &stance.context[..] {
            [] => true,
            [only] => {
                let negated = position == Position::Against && leads == Position::Favor;
                only.operator != Operator::Pseudo && !negated
            }
            _ => false,
        };
        let turns = alone && found[from..].iter().filter(|stance| of_it(stance)).all(told);
        let leads = if turns { leads } else { position };
        let least = if alone { weigher.unlikely } else { BESIDE_OTHERS * weigher.unlikely };
        let verdict = opinion.verdict(least, Some(position), false);
        let mut at = from;
        while at < found.len() {
            if !of_it(&found[at]) {
                at += 1;
            } else if opinion.likely < least {
                let stance = found.remove(at);
                watch.dropped(&stance.seen, stance.clause, Dropped::Unlikely(topic, verdict));
            } else {
                found[at].position = leads;
                found[at].verdict = Some(verdict);
                at += 1;
            }
        }
    }
}
