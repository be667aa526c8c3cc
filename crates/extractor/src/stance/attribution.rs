//! Who says that a holder has a stance: the holder itself, the text, or somebody else.

use goldrule_schema::Attribution;

use super::clause::has;
use super::speech::{REACH, Speaker, Speech, Voice};
use super::{Clause, cores::Core};

impl Speech<'_> {
    /// The speaker of the reporting frame of a sentence, where it has one.
    pub(super) fn reporter(&self, sentence: usize, clause: Clause) -> Option<Speaker> {
        let range = self.segmented.sentences[sentence].range();
        if let Some(colon) = self.label(range.start, clause.first) {
            return self.actor(range.start, colon, true);
        }
        if let Some((speaker, _)) = self.account(range.start, clause.first) {
            return Some(speaker);
        }
        let before = self.frame(range.start, clause.first, clause.first);
        if before != Speaker::Unknown && !self.returns(range.start, clause) {
            return Some(before);
        }
        if let Some(speaker) = self.issuer(range.start, clause.first) {
            return Some(speaker);
        }
        // "It signed, and the governor said the state will help": another clause, another speaker.
        let joins = |at: usize| {
            let next = (at..range.end).find(|&at| self.segmented.tokens[at].is_word());
            self.text(at) == ";"
                || next.is_some_and(|next| has(&self.words.conjunctions, self.segmented.tokens[next].word))
        };
        if !joins(clause.last) {
            let after = self.frame(clause.last, range.end.min(clause.last + REACH), clause.last);
            if after != Speaker::Unknown {
                return Some(after);
            }
        }
        // "Officers do not ask, and they do not arrest people for it, the association said."
        let tail = self.before_frame(clause.last.max(range.end.saturating_sub(REACH)), range.end);
        let said = if tail < range.end && !joins(tail) {
            self.frame(tail, range.end, tail)
        } else {
            Speaker::Unknown
        };
        (said != Speaker::Unknown).then_some(said)
    }

    /// Who says that the holder has a stance.
    pub(super) fn attribution(
        &self,
        sentence: usize,
        core: &Core,
        clause: Clause,
        holder: Option<usize>,
    ) -> (Attribution, Voice) {
        let range = self.segmented.sentences[sentence].range();
        let says = |at: &usize| self.says_at(*at);
        let inside = || {
            for verb in (core.first..clause.last.min(core.first + 16)).filter(says) {
                // ", the chief said," in the midst of a statement.
                let from =
                    (core.first..verb).rev().find(|&at| self.text(at) == ",").filter(|&at| at + 7 > verb);
                if let (Some(from), true) = (from, self.text(verb + 1) == ",") {
                    return self.actor(from + 1, verb, true);
                }
            }
            (clause.first..core.first)
                .any(|at| says(&at))
                .then(|| self.frame(range.start, core.first, core.first))
                .filter(|speaker| *speaker != Speaker::Unknown)
        };
        // "ICE wrote to the mayor that the city must": the match itself says who says so.
        let captured = core.holder.is_some_and(|(_, last)| (last..core.last).any(|at| says(&at)));
        if captured && self.speaker_at(core.first).is_none() {
            return (Attribution::Own, Voice::Within);
        }
        let heard = |voice| move |speaker| (speaker, voice);
        let speaker = self.speaker_at(core.first).map(heard(Voice::Quotation));
        let speaker = speaker.or_else(|| self.reporter(sentence, clause).map(heard(Voice::Frame)));
        let Some((speaker, voice)) = speaker.or_else(|| inside().map(heard(Voice::Within))) else {
            return if self.government_says(range) {
                (Attribution::ThirdParty, Voice::Frame)
            } else {
                (Attribution::Reported, Voice::Text)
            };
        };
        let attribution = match speaker {
            Speaker::Agency(agency) if Some(agency) == holder && self.cites(sentence, core, clause) => {
                Attribution::Reported
            }
            Speaker::Agency(agency) if Some(agency) == holder => Attribution::Own,
            Speaker::Agency(_) | Speaker::Outsider | Speaker::Several => Attribution::ThirdParty,
            Speaker::Unknown if self.cites(sentence, core, clause) => Attribution::Reported,
            Speaker::Unknown => Attribution::Own,
        };
        (attribution, voice)
    }
}
