//! Whose a jail, a department, a place in a name is.

use goldrule_schema::ByteSpan;

use super::clause::has;
use super::holder::Scene;
use super::spans::mentions_in;
use super::{Clause, cores::Core};

impl Scene<'_> {
    /// Whether a token is the last of a mention that possesses another one: "the county's Department of
    /// Corrections".
    pub(super) fn possesses_next(&self, at: usize) -> bool {
        let tokens = &self.segmented.tokens;
        let Some(mark) = tokens.get(at + 1) else { return false };
        let owner = mentions_in(self.agencies, 0, tokens[at].end).last();
        owner.filter(|owner| owner.span.end == tokens[at].end).is_some_and(|owner| {
            let next = mentions_in(self.agencies, mark.end, self.byte(at + 8)).first();
            next.is_some_and(|next| self.possesses(owner.span, next.span))
        })
    }

    /// Whose the jail or department is that a statement names behind its verb: "Agents may enter his jail".
    pub(super) fn owner(&self, sentence: usize, core: &Core, clause: Clause, federal: bool) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let owned = (core.first..clause.last.min(core.last + 4)).any(|at| {
            has(&self.words.owning, tokens[at].word)
                && tokens[at + 1..].iter().take(2).any(|token| has(&self.words.bodies, token.word))
        });
        owned.then(|| self.person(sentence, clause.first))?.filter(|&agency| self.is_holder(agency, federal))
    }

    /// Whether a sentence names a jail or those in it.
    pub(super) fn is_about_custody(&self, range: std::ops::Range<usize>) -> bool {
        self.segmented.tokens[range].iter().any(|token| has(&self.words.custody, token.word))
    }

    /// Whether the first of two spans is the possessor of the second: "'s" and at most four words between.
    pub(super) fn possesses(&self, owner: ByteSpan, owned: ByteSpan) -> bool {
        let between = self.segmented.token_at(owner.end)..self.segmented.token_at(owned.start);
        let possessive = self.segmented.tokens.get(between.start).map_or("", |t| t.text(self.segmented.text));
        between.len() <= 5 && matches!(possessive, "'s" | "’s" | "'" | "’")
    }
}
