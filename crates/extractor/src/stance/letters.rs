//! Who wrote what "the letter says" and "it also demands": a federal body that the sentences before name as its writer.

use goldrule_schema::AgencyKind;

use super::spans::{mentions_in, persons_in};
use super::speech::Speech;

/// What somebody writes to somebody.
const PAPERS: &[&str] = &["letter", "letters", "notice", "memo", "memorandum", "email"];

/// How many sentences back the writer is looked for.
const BACK: usize = 3;

impl Speech<'_> {
    /// Whether a stretch names a letter or the like.
    pub(super) fn names_letter(&self, from: usize, to: usize) -> bool {
        // "His letter", "the city's letter" is nobody's else.
        (from..to).any(|at| {
            self.is_any(at, PAPERS)
                && !(at > 0 && self.is_any(at - 1, &["his", "her", "its", "their", "our", "'s", "’s"]))
        })
    }

    /// The federal body that wrote the letter which the sentence of a token goes on about, unless another agency has had
    /// the word since: "The Justice Department wrote to the city. The letter says".
    pub(super) fn letter_writer(&self, token: usize) -> Option<usize> {
        let sentence = self.segmented.sentence_of(token);
        for index in (sentence.saturating_sub(BACK)..sentence).rev() {
            let range = self.segmented.sentences[index].range();
            let (start, end) =
                (self.segmented.tokens[range.start].start, self.segmented.tokens[range.end - 1].end);
            let writes = |byte: u32| {
                let before = self.segmented.token_at(byte).saturating_sub(1);
                self.is_any(before.saturating_sub(usize::from(self.is_any(before, &["the"]))), &["from"])
                    || !self.words.grammar.hangs(self.segmented, byte, range.start)
            };
            let mut writers =
                mentions_in(self.agencies, start, end).iter().filter(|mention| writes(mention.span.start));
            let federal = |agency: usize| self.agencies.agencies[agency].kind == AgencyKind::Federal;
            if writers.clone().any(|mention| !federal(mention.agency))
                || !persons_in(self.agencies, start, end).is_empty()
            {
                return None;
            }
            let wrote = self.names_letter(range.start, range.end)
                || range.clone().any(|at| self.is_any(at, &["wrote", "written", "demanded"]));
            if let Some(writer) = writers.next().filter(|_| wrote) {
                return Some(writer.agency);
            }
        }
        None
    }
}
