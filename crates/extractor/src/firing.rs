//! How often rules match, and what becomes of their matches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use goldrule_schema::Document;

use crate::Extractor;
use crate::explain::trace::Trace;
use crate::stance::Core;

/// What one rule of the rule files did in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Firing {
    /// Its matches: places, whatever became of them.
    pub matches: usize,
    /// Matches that gave way to one of another rule, by that rule.
    pub lost: BTreeMap<Arc<str>, usize>,
    /// Matches that state nothing: questions, suppositions, positions given up.
    pub dropped: usize,
    /// Matches for which no holder was found.
    pub unheld: usize,
    /// Matches told as one with another that states the same.
    pub joined: usize,
}

impl Firing {
    /// Matches that gave way to another rule.
    pub fn losses(&self) -> usize {
        self.lost.values().sum()
    }

    /// Adds what the rule did in another text.
    pub fn add(&mut self, other: &Self) {
        self.matches += other.matches;
        self.dropped += other.dropped;
        self.unheld += other.unheld;
        self.joined += other.joined;
        for (rule, times) in &other.lost {
            *self.lost.entry(rule.clone()).or_default() += times;
        }
    }
}

impl Extractor {
    /// What each stance and context rule did in a document, by id; rules that did nothing are left out.
    ///
    /// ```
    /// use goldrule_extractor::Extractor;
    /// use goldrule_schema::Document;
    ///
    /// let text = "The Ames Police Department does not ask about immigration status.";
    /// let firing = Extractor::new().firing(&Document::new("ames", text));
    /// assert_eq!(firing["stance.status.ask"].matches, 1);
    /// assert_eq!(firing["context.not"].matches, 1);
    /// ```
    pub fn firing(&self, document: &Document) -> BTreeMap<Arc<str>, Firing> {
        self.firing_in(document, false)
    }

    pub(crate) fn firing_in(&self, document: &Document, always: bool) -> BTreeMap<Arc<str>, Firing> {
        let trace = Trace::new(self, document, always);
        let mut all: BTreeMap<Arc<str>, Firing> = BTreeMap::new();
        let layer = self.stance_layer();
        let id = |core: &Core| layer.rule(core.rule).id.clone();
        // A rule may match one place in several ways.
        let mut seen = BTreeSet::new();
        let mut first = |core: &Core| seen.insert((core.rule, core.first, core.last));
        for found in &trace.found {
            if first(&found.seen) {
                let firing = all.entry(id(&found.seen)).or_default();
                firing.matches += 1;
                firing.unheld += usize::from(found.holder.is_none());
            }
        }
        for (core, _) in trace.log.joined.iter().filter(|(core, _)| first(core)).collect::<Vec<_>>() {
            let firing = all.entry(id(core)).or_default();
            firing.matches += 1;
            firing.joined += 1;
        }
        for (core, ..) in trace.log.dropped.iter().filter(|(core, ..)| first(core)).collect::<Vec<_>>() {
            let firing = all.entry(id(core)).or_default();
            firing.matches += 1;
            firing.dropped += 1;
        }
        for (core, to) in trace.log.lost.iter().filter(|(core, _)| first(core)).collect::<Vec<_>>() {
            let firing = all.entry(id(core)).or_default();
            firing.matches += 1;
            *firing.lost.entry(id(to)).or_default() += 1;
        }
        for &sentence in &trace.segmented.sentences {
            let mut last = None;
            for (found, winner) in layer.operator_matches(trace.input(), sentence) {
                let place = (found.rule.clone(), found.first, found.last);
                if last.as_ref() == Some(&place) || winner.as_ref() == Some(&found.rule) {
                    continue;
                }
                last = Some(place);
                let firing = all.entry(found.rule).or_default();
                firing.matches += 1;
                if let Some(winner) = winner {
                    *firing.lost.entry(winner).or_default() += 1;
                }
            }
        }
        all
    }
}
