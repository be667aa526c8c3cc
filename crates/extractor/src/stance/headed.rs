//! Paragraphs that an agency heads: "Memphis police – aren't taking calls. … She did confirm that detectives".

use super::Sieve;
use super::cores::Core;
use super::holder::Scene;
use super::spans::mentions_in;
use crate::token::Shape;

/// Most tokens between the agency and the dash or stop of its heading: ", La.", "(Polly Gant)".
const BEHIND: usize = 6;

impl Scene<'_> {
    /// What a sieve that only guesses found, or the agency that heads the paragraph, where the one found is not
    /// mentioned there before the core.
    pub(super) fn within_headed(
        &self,
        sentence: usize,
        core: &Core,
        found: (usize, Sieve),
    ) -> (usize, Sieve) {
        if !matches!(found.1, Sieve::Noun | Sieve::Focus) {
            return found;
        }
        let first = self.paragraph_start(sentence);
        let start = self.segmented.sentences[first].range().start;
        let before = mentions_in(self.agencies, self.byte(start), self.byte(core.last));
        let here = before.iter().any(|mention| mention.agency == found.0);
        self.heading_of(first).filter(|_| !here).map_or(found, |agency| (agency, Sieve::Noun))
    }

    /// The agency that a paragraph begins with, where a dash, a colon or a stop right behind sets it apart.
    fn heading_of(&self, first: usize) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let range = self.segmented.sentences[first].range();
        let begin =
            range.clone().find(|&at| tokens[at].shape != Shape::Mark).filter(|&at| at <= range.start + 2)?;
        let mentions = mentions_in(self.agencies, tokens[begin].start, tokens[range.end - 1].end);
        let mention = mentions.first().filter(|mention| mention.span.start == tokens[begin].start)?;
        let end = self.segmented.token_at(mention.span.end);
        let text = |at: usize| tokens[at].text(self.segmented.text);
        let mark = (end..range.end.min(end + BEHIND)).find(|&at| matches!(text(at), "–" | "—" | ":"));
        let apart = mark.is_some_and(|at| text(at) == ":" || tokens[at].start > tokens[at - 1].end);
        let alone = range.end <= end + BEHIND && text(range.end - 1) == "." && {
            let next = self.segmented.sentences.get(first + 1);
            next.is_some_and(|next| next.paragraph == self.segmented.sentences[first].paragraph)
        };
        ((apart || alone) && self.is_holder(mention.agency, false)).then_some(mention.agency)
    }
}
