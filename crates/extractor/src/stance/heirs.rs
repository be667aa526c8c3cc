//! Matches that take over the place of one which states nothing.

use super::cores::{Core, Cores};
use super::trace::{Dropped, Watch};
use super::{Applied, Found, Place, StanceLayer, StanceRule};

/// How often the places of dropped matches are given on.
const ROUNDS: usize = 3;

impl Dropped {
    /// Whether another match in the same words may state what this one does not.
    fn leaves_place(&self) -> bool {
        matches!(self, Self::Supposed | Self::NotNamedBefore | Self::NoTopic | Self::SetsApart)
    }
}

impl StanceLayer {
    /// Adds the stances of a sentence's precise matches, which begin at `from`. Where one states nothing, or nobody holds
    /// it, the next in the order of matches takes its place. Returned are those that state nothing, and why.
    pub(super) fn precise_stances(
        &self,
        place: &Place<'_>,
        cores: &Cores,
        operators: &[Applied],
        (found, from): (&mut Vec<Found>, usize),
        watch: &mut impl Watch,
    ) -> Vec<(Core, Dropped)> {
        let range = place.segmented.sentences[place.sentence].range();
        let unnamed = |rule: &StanceRule| place.named.lacks(rule, &range);
        let mut dropped = Vec::new();
        let (mut left, mut supposed, mut unheld): (Vec<Core>, Vec<Core>, Vec<Core>) = Default::default();
        let mut seen: Vec<Core> = cores.precise.clone();
        let mut turn: Vec<Core> = cores.precise.clone();
        for _ in 0..ROUNDS {
            for core in &turn {
                let nth = seen.iter().position(|other| other == core).unwrap_or(0);
                let clause = self.clause.around(place.segmented, place.speech, place.sentence, &seen, nth);
                let states = self.stances_of(place, core, clause, operators, found);
                let held = |found: &Found| found.seen == *core && found.holder.is_some();
                let leaves = match &states {
                    Ok(()) => !found[from..].iter().any(held),
                    Err(why) => why.leaves_place(),
                };
                if leaves {
                    left.push(*core);
                    unheld.extend(states.is_ok().then_some(*core));
                }
                if let Err(why) = states {
                    if matches!(why, Dropped::Supposed) {
                        supposed.push(*core);
                    }
                    watch.dropped(core, clause, why.clone());
                    dropped.push((*core, why));
                }
            }
            let stated: Vec<Core> = seen.iter().filter(|core| !left.contains(core)).copied().collect();
            turn = if left.is_empty() {
                Vec::new()
            } else {
                self.cores.heirs(place.input, cores, (&left, &stated), &unnamed, watch)
            };
            // "If they bring one, we help ICE": what is supposed ends at the comma, and only a match behind it states.
            let comma = |from: usize, to: usize| {
                (from..to).any(|at| place.input.tokens[at].text(place.input.text) == ",")
            };
            let topic = |core: &Core| self.cores.rule(core.rule).topic;
            // What nobody holds is no other conduct's for that.
            turn.retain(|core| {
                let apart = |other: &Core| {
                    supposed.contains(other) && !comma(other.first, core.first)
                        || unheld.contains(other) && topic(other) != topic(core)
                };
                left.iter().filter(|other| other.overlaps(core)).all(|other| !apart(other))
            });
            if turn.is_empty() {
                break;
            }
            for core in &turn {
                watch.inherits(core);
            }
            seen = stated.into_iter().chain(turn.iter().copied()).collect();
            seen.sort_by_key(|core| (core.first, core.last, core.rule));
        }
        dropped
    }
}
