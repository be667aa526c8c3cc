//! Who wrote what "the letter says" and "it also demands": a federal body that the sentences before name as its writer.

use goldrule_schema::AgencyKind;

use super::contrast::is_any;
use super::spans::mentions_in;
use super::speech::Speech;

/// What somebody writes to somebody.
const PAPERS: &[&str] = &["letter", "letters", "notice", "memo", "memorandum", "email", "release"];

/// How many sentences back the writer is looked for.
const BACK: usize = 3;

impl Speech<'_> {
    /// Whether a stretch names a letter or the like.
    pub(super) fn names_letter(&self, from: usize, to: usize) -> bool {
        (from..to).any(|at| is_any(&self.segmented.tokens, self.segmented.text, at, PAPERS))
    }

    /// The federal body that wrote the letter which the sentence of a token goes on about: "The Justice Department wrote
    /// to the city. The letter says".
    pub(super) fn letter_writer(&self, token: usize) -> Option<usize> {
        let sentence = self.segmented.sentence_of(token);
        let wrote = |at: usize| {
            is_any(&self.segmented.tokens, self.segmented.text, at, &["wrote", "written", "demanded"])
        };
        (sentence.saturating_sub(BACK)..sentence).rev().find_map(|index| {
            let range = self.segmented.sentences[index].range();
            if !self.names_letter(range.start, range.end) && !range.clone().any(wrote) {
                return None;
            }
            let (start, end) =
                (self.segmented.tokens[range.start].start, self.segmented.tokens[range.end - 1].end);
            let writes = |byte: u32| {
                let before = self.segmented.token_at(byte).saturating_sub(1);
                let the = is_any(&self.segmented.tokens, self.segmented.text, before, &["the"]);
                let from = before.saturating_sub(usize::from(the));
                is_any(&self.segmented.tokens, self.segmented.text, from, &["from"])
                    || !self.words.grammar.hangs(self.segmented, byte, range.start)
            };
            let writer =
                mentions_in(self.agencies, start, end).iter().find(|mention| writes(mention.span.start))?;
            let federal = self.agencies.agencies[writer.agency].kind == AgencyKind::Federal;
            federal.then_some(writer.agency)
        })
    }
}
