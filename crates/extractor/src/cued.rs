//! What cards see of a text before they judge.

use goldrule_schema::{ByteSpan, Document, Position, Topic};

use crate::Extractor;
use crate::segment::Segmented;
use crate::stance::{Found, Mentioned, cues, key};

/// A sentence as cards see it.
#[derive(Clone, Debug)]
pub struct Cued {
    /// Where it stands, in bytes.
    pub span: ByteSpan,
    /// What cards may give points for, each once, in order; a word alone as it is, others by their stems.
    pub cues: Vec<String>,
    /// What patterns state in it.
    pub stated: Vec<(Topic, Position)>,
}

impl Cued {
    /// Whether it has a cue, written as cards write it.
    pub fn has(&self, cue: &str) -> bool {
        let cue = key(cue);
        self.cues.binary_search_by(|other| other.cmp(&cue)).is_ok()
    }
}

impl Extractor {
    /// The sentences of a text as cards see them, before they judge: what the points of the shipped ones are fitted to.
    ///
    /// ```
    /// use goldrule_extractor::Extractor;
    /// use goldrule_schema::{Document, Position, Topic};
    ///
    /// let text = "The Ames Police Department does not honor detainers.";
    /// let sentences = Extractor::new().cued(&Document::new("ames", text));
    /// assert_eq!(sentences[0].stated, [(Topic::Detainers, Position::Against)]);
    /// assert!(["not honoring", "~detainer", "not & detainers", "@police does"].iter().all(|cue| sentences[0].has(cue)));
    /// ```
    pub fn cued(&self, document: &Document) -> Vec<Cued> {
        let segmented = Segmented::new(document.text(), self.vocabulary());
        let (agencies, stances) = self.stances(document, false);
        let mentions = Mentioned::all(&segmented, &agencies);
        let mut cued = Vec::new();
        for &sentence in &segmented.sentences {
            let tokens = &segmented.tokens[sentence.range()];
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
            let here = |stance: &&Found| (first.start..last.end).contains(&stance.core.start);
            let held = stances.iter().filter(here).filter(|stance| stance.holder.is_some());
            cued.push(Cued {
                span: ByteSpan::new(first.start, last.end),
                cues: cues(&segmented, sentence, &mentions),
                stated: held.map(|stance| (stance.topic, stance.position)).collect(),
            });
        }
        cued
    }
}
