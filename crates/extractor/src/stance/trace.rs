//! What becomes of matches that state nothing: told to a watcher while stances are found, so that an
//! explanation can never differ from what is extracted. Where nobody watches, nothing is done.

use std::sync::Arc;

use goldrule_schema::{ByteSpan, Topic};

use super::context::Applied;
use super::cores::Core;
use super::weigh::Verdict;
use super::{Clause, StanceLayer, StanceRule, layer_spans};
use crate::agency::Agencies;
use crate::pattern::{Input, Layer, LayerSpan, Matcher, Pattern};
use crate::segment::{Segmented, Sentence};
use crate::token::{Token, WordId};

/// Why a core that won its place states nothing.
#[derive(Clone, Debug)]
pub(crate) enum Dropped {
    /// Its sentence is a question that the next one does not answer.
    Asked,
    /// Its clause is opened by "if", "when" or "whether".
    Supposed,
    /// It stands in a heading, which names a subject.
    Heading,
    /// It only sets apart the work that is named right before it.
    SetsApart,
    /// It tells of one act in the past, or of what used to be.
    Past,
    /// The word that the rule wants to have stood before has not.
    NotNamedBefore,
    /// A context operator drops it.
    Context(Applied),
    /// The rule takes over the topic of a stance before, and there is none.
    NoTopic,
    /// Federal agents say that they had no answer, which is no position.
    Unanswered,
    /// Cards hold it for unlikely.
    Unlikely(Topic, Verdict),
}

/// Is told what becomes of matches.
pub(crate) trait Watch {
    /// A match gave way to another.
    fn lost(&mut self, _core: &Core, _to: &Core) {}
    /// A match takes the place of one that states nothing.
    fn inherits(&mut self, _core: &Core) {}
    /// A match states what another one states, and is told as one with it.
    fn joined(&mut self, _core: &Core, _to: &Core) {}
    /// A match states nothing.
    fn dropped(&mut self, _core: &Core, _clause: Clause, _why: Dropped) {}
}

/// Nobody watches.
impl Watch for () {}

/// Everything that a watcher is told.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// Matches that lost, each with the winner.
    pub(crate) lost: Vec<(Core, Core)>,
    /// Matches told as one with another.
    pub(crate) joined: Vec<(Core, Core)>,
    /// Matches that state nothing.
    pub(crate) dropped: Vec<(Core, Clause, Dropped)>,
}

impl Watch for Log {
    fn lost(&mut self, core: &Core, to: &Core) {
        // A rule that matches in two ways at one place has not lost to anybody.
        if core.rule != to.rule && self.lost.iter().all(|(known, _)| known != core) {
            self.lost.push((*core, *to));
        }
    }

    fn inherits(&mut self, core: &Core) {
        self.lost.retain(|(known, _)| known != core);
    }

    fn joined(&mut self, core: &Core, to: &Core) {
        if core != to {
            self.joined.push((*core, *to));
        }
    }

    fn dropped(&mut self, core: &Core, clause: Clause, why: Dropped) {
        self.dropped.push((*core, clause, why));
    }
}

impl StanceLayer {
    pub(crate) fn rule(&self, index: usize) -> &StanceRule {
        self.cores.rule(index)
    }

    #[cfg(test)]
    pub(super) fn rank(&self, core: &Core) -> super::order::Rank<'_> {
        self.cores.rank(core)
    }

    /// The spans of earlier layers that patterns see.
    pub(crate) fn layers(
        segmented: &Segmented<'_>,
        agencies: &Agencies,
        citations: &[ByteSpan],
    ) -> Vec<LayerSpan> {
        layer_spans(segmented, agencies, citations)
    }

    /// The captures of a match, in tokens.
    pub(crate) fn captures(
        &self,
        input: Input<'_>,
        sentence: Sentence,
        core: &Core,
    ) -> Vec<(String, std::ops::Range<usize>)> {
        let Some(pattern) = self.cores.rule(core.rule).patterns.get(core.pattern) else { return Vec::new() };
        let range = sentence.range();
        let found = Matcher::default().match_at(pattern, input, (range.start, range.end), core.start);
        let Some(found) = found else { return Vec::new() };
        let named = |name: &String| Some((name.clone(), found.capture(pattern, name)?));
        pattern.captures().iter().filter_map(named).collect()
    }

    /// Every match of a context rule in a sentence, with the rule that it lost to where it did.
    pub(crate) fn operator_matches(
        &self,
        input: Input<'_>,
        sentence: Sentence,
    ) -> Vec<(Applied, Option<Arc<str>>)> {
        let matches = self.context.matches(input, sentence, &mut Matcher::default());
        let mut kept: Option<Applied> = None;
        let mut all = Vec::new();
        for found in matches {
            let winner = kept.as_ref().filter(|last| last.last > found.first).map(|last| last.rule.clone());
            if winner.is_none() {
                kept = Some(found.clone());
            }
            all.push((found, winner));
        }
        all
    }

    /// Whether some rule that asks for places or states may match in a sentence: reading them is a pass of
    /// its own.
    pub(crate) fn wants_places(&self, sentence: &[Token]) -> bool {
        !self.placed.is_empty() && sentence.iter().any(|token| self.placed.binary_search(&token.word).is_ok())
    }
}

/// Words one of which stands in every match of a pattern that asks for places or states, sorted.
pub(super) fn words_of_placed<'p>(patterns: impl IntoIterator<Item = &'p Pattern>) -> Vec<WordId> {
    let asks = |pattern: &&Pattern| pattern.uses(Layer::Place) || pattern.uses(Layer::State);
    let of_words = |pattern: &'p Pattern| pattern.needs.iter().find(|need| !need.layered);
    let rarest = patterns.into_iter().filter(asks).filter_map(of_words);
    let mut words: Vec<WordId> = rarest.flat_map(|need| need.words.iter().copied()).collect();
    words.sort_unstable();
    words.dedup();
    words
}
