//! What pronouns, nouns and relative pronouns refer to: the passage's subject, the person last named, what stands before.

use goldrule_schema::{AgencyKind, Form};

use super::Clause;
use super::holder::{Scene, Sieve, Subject};
use super::nouns::{Class, OFFICERS, PASSAGE};
use super::spans::{focus, focus_around, mentions_in, persons_in};
use super::speech::Speaker;
use crate::agency::Mention;

/// Within how many tokens of a sentence those stand whom a pronoun behind it means.
const OPENING: usize = 2;

impl Scene<'_> {
    /// The agency that the passage before a token is about: the first subject of its sentence or of one of
    /// the sentences before.
    pub(super) fn passage(&self, sentence: usize, until: usize) -> Option<usize> {
        let mut to = until;
        for index in (sentence.saturating_sub(PASSAGE)..=sentence).rev() {
            let range = self.segmented.sentences[index].range();
            let end = to.min(range.end);
            let subject = self.subject(range.start, end);
            let law = self.class(range.start, end.min(range.start + 4));
            match subject {
                // "The law took effect. It tells sheriffs to apply": a law takes no position.
                _ if index < sentence
                    && matches!(law, Some((Class::Outsider, at)) if subject.is_none() || !self.stands_by(range.start, at)) =>
                {
                    return None;
                }
                // "The ordinance bars the police from asking. It lets them help": so does its council.
                _ if index < sentence
                    && matches!(law, Some((Class::Ordinance, at)) if !self.stands_by(range.start, at)) =>
                {
                    return focus(self.agencies, self.byte(range.start), &[AgencyKind::Government]);
                }
                Some(Subject::Agency(agency) | Subject::Person(agency)) => return Some(agency),
                Some(Subject::Stranger) if index < sentence => return None,
                _ => to = usize::MAX,
            }
        }
        None
    }

    /// Who says that it follows the law or the order that a relative clause tells of.
    pub(super) fn follower(
        &self,
        sentence: usize,
        clause: Clause,
        relative: usize,
    ) -> Option<(usize, Sieve)> {
        let end = self.byte(relative);
        let index = self.citations.partition_point(|citation| citation.end <= end).checked_sub(1)?;
        if self.citations[index].end + 30 < end {
            return None;
        }
        let range = self.segmented.sentences[sentence].range();
        match (self.speech.reporter(sentence, clause), self.subject(range.start, relative)) {
            (Some(Speaker::Agency(agency)), _) if self.is_holder(agency, false) => {
                Some((agency, Sieve::Reporter))
            }
            (_, Some(Subject::Agency(agency) | Subject::Person(agency))) => Some((agency, Sieve::Subject)),
            _ => None,
        }
    }

    /// Who made what a clause behind "under which" tells of: "the board adopted an ordinance under which clerks may not".
    pub(super) fn framer(&self, sentence: usize, relative: usize) -> Option<(usize, Sieve)> {
        let tokens = &self.segmented.tokens;
        let under = relative.checked_sub(1)?;
        if !["under", "by", "through"].iter().any(|word| tokens[under].is(self.segmented.text, word)) {
            return None;
        }
        let range = self.segmented.sentences[sentence].range();
        match self.subject(range.start, under)? {
            Subject::Agency(agency) => Some((agency, Sieve::Subject)),
            Subject::Person(agency) => Some((agency, Sieve::Person)),
            Subject::Federal(_) | Subject::Stranger => None,
        }
    }

    /// Whom "he" or "she" means: the first person or head of an agency in the sentence or in one before.
    pub(super) fn person(&self, sentence: usize, until: usize) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let mut to = until;
        for index in (sentence.saturating_sub(PASSAGE)..=sentence).rev() {
            let range = self.segmented.sentences[index].range();
            let end = to.min(range.end);
            to = usize::MAX;
            if range.start >= end {
                continue;
            }
            let (start, stop) = (tokens[range.start].start, tokens[end - 1].end);
            let person = persons_in(self.agencies, start, stop)
                .iter()
                .find(|person| !self.hangs(person.span.start, range.start));
            let unnamed =
                |at: &usize| !self.is_named(tokens[*at].start) && !self.hangs(tokens[*at].start, range.start);
            let head = (range.start..end).filter(unnamed).find_map(|at| Some((at, self.speech.head(at)?)));
            // "The sheriff of Bell County sees it differently. He has asked": named by the office alone.
            if let Some(titled) = self.titled(range.start, end)
                && person.is_none()
            {
                return Some(titled.agency);
            }
            match (person, head) {
                (Some(person), head)
                    if head.is_none_or(|(at, _)| tokens[at].start + 40 > person.span.start) =>
                {
                    return person.agency;
                }
                (_, Some((at, kinds))) => {
                    if let Some(agency) = focus_around(self.agencies, tokens[at].end, kinds) {
                        return Some(agency);
                    }
                    // "The governor defended it": he is no agency's that the text names.
                    if index < sentence && at <= range.start + 1 {
                        return None;
                    }
                }
                _ => {}
            }
        }
        self.passage(sentence, until)
    }

    /// The force of the officers or deputies whom a pronoun stands for, where they open its sentence or the one before in
    /// its paragraph: "A deputy may ask. He shall not call", "troopers should stay out of it, but they may ask".
    pub(super) fn their_force(&self, sentence: usize, pronoun: usize) -> Option<usize> {
        if !self.is_any(pronoun, &["they", "he", "she"]) {
            return None;
        }
        let sentences = &self.segmented.sentences;
        let before = sentence.checked_sub(1).filter(|&before| {
            sentences[before].paragraph == sentences[sentence].paragraph
                && sentences[sentence].range().start + 1 >= pronoun
        });
        let (from, to) = match before {
            Some(before) => (sentences[before].range().start, sentences[before].range().end),
            None => (sentences[sentence].range().start, pronoun),
        };
        let (class, at) = self.class(from, to)?;
        if at > from + OPENING || self.hangs(self.byte(at), from) {
            return None;
        }
        let byte = self.byte(at);
        match class {
            Class::Deputies => focus_around(self.agencies, byte, &[AgencyKind::Sheriff]),
            Class::Officers => focus_around(self.agencies, byte, OFFICERS),
            Class::Members if self.is_any(at, &["trooper", "troopers"]) => self.members(at, byte),
            _ => None,
        }
    }

    /// The office of a head, named with its place, that opens a stretch.
    fn titled(&self, from: usize, to: usize) -> Option<&Mention> {
        let first = mentions_in(self.agencies, self.byte(from), self.byte(to)).first()?;
        let opens = self.segmented.token_at(first.span.start) <= from + 1;
        (first.form == Form::Title && opens && self.is_holder(first.agency, false)).then_some(first)
    }

    /// Whether a subject stands between two tokens.
    pub(super) fn stands_by(&self, from: usize, to: usize) -> bool {
        matches!(self.subject(from, to), Some(Subject::Agency(_) | Subject::Person(_)))
    }

    /// The agency that a relative clause tells of: the mention right before it.
    pub(super) fn antecedent(&self, relative: usize) -> Option<(usize, Sieve)> {
        let last = relative.checked_sub(1)?;
        let text = self.segmented.tokens[last].text(self.segmented.text);
        let last = if text == "," { last.checked_sub(1)? } else { last };
        let (start, end) = (self.byte(last.saturating_sub(12)), self.segmented.tokens[last].end);
        if let Some(person) =
            persons_in(self.agencies, start, end).last().filter(|person| person.span.end == end)
        {
            return Some((person.agency?, Sieve::Person));
        }
        let mention =
            mentions_in(self.agencies, start, end).last().filter(|mention| mention.span.end == end)?;
        self.is_holder(mention.agency, false).then_some((mention.agency, Sieve::Subject))
    }
}
