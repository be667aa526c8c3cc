//! Matches of rules of the last rank, which count only where the precise ones leave room.

use goldrule_schema::Position;

use super::cores::{Core, Cores};
use super::trace::{Dropped, Watch};
use super::{Applied, Found, Place, StanceLayer};

impl Dropped {
    /// Whether nothing else in the words of a match dropped for this states a position either: a broader rule
    /// of this position reads the same words, and would take a question for a statement.
    fn is_final(&self, position: Position) -> bool {
        match self {
            Self::Asked | Self::Heading | Self::Past | Self::Unanswered | Self::Context(_) => true,
            // "Whether the police will help is anybody's guess" is undecided all the same.
            Self::Supposed => position != Position::Noncommittal,
            Self::SetsApart | Self::NotNamedBefore | Self::NoTopic | Self::Unlikely(..) => false,
        }
    }
}

/// What a sentence's later steps are given: what its precise matches left.
#[derive(Clone, Copy)]
pub(super) struct Step<'a> {
    pub(super) place: &'a Place<'a>,
    pub(super) cores: &'a Cores,
    /// The precise matches that state nothing, and why.
    pub(super) dropped: &'a [(Core, Dropped)],
    pub(super) operators: &'a [Applied],
    /// Where the sentence's stances begin among those found.
    pub(super) from: usize,
}

impl StanceLayer {
    /// Adds the stances of a sentence that rules of the last rank find: where no precise match about their topic, or in
    /// their words, states one.
    pub(super) fn broad_stances(&self, step: &Step<'_>, found: &mut Vec<Found>, watch: &mut impl Watch) {
        let Step { cores, dropped, from, .. } = *step;
        if cores.broad.is_empty() {
            return;
        }
        let mut all: Vec<Core> = cores.precise.iter().chain(&cores.broad).copied().collect();
        let key = |core: &Core| (core.first, core.last, core.rule);
        all.sort_by_key(key);
        for core in &cores.broad {
            let is_rival = |seen: &Core| !self.cores.rule(seen.rule).broad && self.rivals(core, seen);
            let stated = found[from..].iter().filter(|stance| stance.holder.is_some());
            let stated = stated.map(|stance| stance.seen).find(is_rival);
            let winner = stated.or_else(|| self.denied(core, dropped));
            let nth = all.binary_search_by_key(&key(core), key).unwrap_or(0);
            self.state_unless(winner, step, core, (&all, nth), found, watch);
        }
    }

    /// Whether two matches are about one topic or share words.
    fn rivals(&self, core: &Core, other: &Core) -> bool {
        self.cores.rule(other.rule).topic == self.cores.rule(core.rule).topic || other.overlaps(core)
    }

    /// The precise match that finally states nothing about what a broader one is about.
    pub(super) fn denied(&self, core: &Core, dropped: &[(Core, Dropped)]) -> Option<Core> {
        let position = self.cores.rule(core.rule).position;
        let mut finally = dropped.iter().filter(|(_, why)| why.is_final(position));
        let echoes = |other: &Core| {
            let rule = self.cores.rule(other.rule);
            rule.topic.is_none() && rule.position == position
        };
        finally.find(|(other, _)| self.rivals(core, other) || echoes(other)).map(|(other, _)| *other)
    }

    /// Adds the stances of a match, the `nth` of `all` those of its sentence, unless it gives way to a `winner`.
    pub(super) fn state_unless(
        &self,
        winner: Option<Core>,
        step: &Step<'_>,
        core: &Core,
        (all, nth): (&[Core], usize),
        found: &mut Vec<Found>,
        watch: &mut impl Watch,
    ) {
        if let Some(winner) = winner {
            watch.lost(core, &winner);
            return;
        }
        let Step { place, operators, .. } = *step;
        let around = self.clause.around(place.segmented, place.speech, place.sentence, all, nth);
        if let Err(why) = self.stances_of(place, core, around, operators, found) {
            watch.dropped(core, around, why);
        }
    }
}
