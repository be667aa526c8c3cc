//! Turns of a transcript or of a thread of posts: whose they are.

use std::ops::Range;

use super::spans::{mentions_in, mentions_until, persons_until};
use super::speech::{Quotation, Speaker, Speech};
use crate::agency::Mention;
use crate::token::Shape;
use goldrule_schema::{AgencyKind, Form};

/// Most tokens from an office to the surname of who holds it: "the police chief, Anjali Whitcomb-Rhys".
const OFFICE: usize = 5;

impl Speech<'_> {
    /// Reads paragraphs that begin with the name of who speaks and a colon.
    pub(super) fn read_turns(&mut self) {
        let mut paragraph = u32::MAX;
        for (index, sentence) in self.segmented.sentences.iter().enumerate() {
            if sentence.paragraph == paragraph {
                continue;
            }
            paragraph = sentence.paragraph;
            let range = sentence.range();
            // A post opens with its author and the tick of a verified account.
            let Some(colon) = (range.start + 1..range.end.min(range.start + 7))
                .find(|&at| matches!(self.text(at), ":" | "✔" | "✓"))
            else {
                continue;
            };
            let label = &self.segmented.tokens[range.start..colon];
            let named = label.iter().all(|token| {
                token.is_capital() || token.shape == Shape::Mark || token.is(self.segmented.text, "of")
            });
            let speaker = match self.actor(range.start, colon, true) {
                Some(Speaker::Agency(agency)) if named => Speaker::Agency(agency),
                _ if let Some(agency) = self.introduced_as(range.start, colon).filter(|_| named) => {
                    Speaker::Agency(agency)
                }
                Some(speaker) if named => speaker,
                None if named
                    && label.iter().all(|token| token.shape != Shape::Lower)
                    && colon - range.start <= 3 =>
                {
                    Speaker::Unknown
                }
                _ => continue,
            };
            let end = self.segmented.sentences[index..]
                .iter()
                .take_while(|sentence| sentence.paragraph == paragraph)
                .last()
                .map_or(range.end, |sentence| sentence.last as usize);
            self.turns.push(Quotation { first: colon + 1, last: end, full: false, speaker });
        }
        self.name_answerer();
        // Labels of a form ("DATE:", "FROM:") are no transcript; one needs two turns with a speaker.
        if self.turns.iter().filter(|turn| turn.speaker != Speaker::Unknown).count() < 2 {
            self.turns.clear();
            self.read_answers();
        }
    }

    /// Reads answers under the office and the name of each who gives them, on lines of their own: "Mercer County Sheriff
    /// Don Tillman". Two lines at least, and paragraphs in the first person below each.
    fn read_answers(&mut self) {
        let sentences = &self.segmented.sentences;
        let heads: Vec<(usize, usize)> =
            (0..sentences.len()).filter_map(|index| Some((index, self.answers_below(index)?))).collect();
        if heads.len() < 2 {
            return;
        }
        for (nth, &(head, agency)) in heads.iter().enumerate() {
            let until = heads.get(nth + 1).map_or(sentences.len(), |next| next.0);
            for paragraph in sentences[head + 1..until].chunk_by(|a, b| a.paragraph == b.paragraph) {
                let range = paragraph[0].range().start..paragraph[paragraph.len() - 1].range().end;
                if self.says_we(range.clone()) {
                    let speaker = Speaker::Agency(agency);
                    self.turns.push(Quotation { first: range.start, last: range.end, full: false, speaker });
                }
            }
        }
    }

    /// The agency whose head's office and name are all of a paragraph, and below which somebody says "we".
    fn answers_below(&self, index: usize) -> Option<usize> {
        let sentence = self.segmented.sentences[index];
        let next =
            self.segmented.sentences.get(index + 1).filter(|next| next.paragraph != sentence.paragraph)?;
        let range = sentence.range();
        let tokens = &self.segmented.tokens;
        let first = tokens[range.start];
        let byte = tokens[range.end - 1].end;
        let mentions = mentions_in(self.agencies, first.start, byte);
        let head =
            mentions.first().filter(|head| head.form == Form::Title && head.span.start == first.start)?;
        let behind = self.segmented.token_at(head.span.end);
        let named = (1..=OFFICE).contains(&range.end.saturating_sub(behind))
            && tokens[behind..range.end].iter().all(|token| token.is_capital() || !token.is_word());
        (named && mentions.len() == 1 && self.says_we(next.range())).then_some(head.agency)
    }

    /// Whether somebody speaks of himself or his people.
    fn says_we(&self, mut range: Range<usize>) -> bool {
        const FIRST: &[&str] = &["i", "my", "we", "our", "i'm", "i've", "we're"];
        range.any(|at| self.is_any(at, FIRST))
    }

    /// Who gives the answers of an interview that marks its turns with "Q:" and "A:": in the first person they are those of
    /// whom the text before the first question names with an office.
    fn name_answerer(&mut self) {
        let label = |turn: &Quotation| self.text(turn.first.saturating_sub(2));
        let is_answer =
            |turn: &Quotation| matches!(label(turn), "A" | "A.") && turn.speaker == Speaker::Unknown;
        let Some(begin) = self.turns.iter().find(|turn| label(turn).starts_with('Q')).map(|turn| turn.first)
        else {
            return;
        };
        let answers: Vec<usize> = (0..self.turns.len()).filter(|&at| is_answer(&self.turns[at])).collect();
        if answers.iter().filter(|&&at| self.says_we(self.turns[at].first..self.turns[at].last)).count() < 2 {
            return;
        }
        let Some(byte) = self.segmented.tokens.get(begin).map(|token| token.start) else { return };
        let mut named = persons_until(self.agencies, byte).iter().filter_map(|person| person.agency);
        let mentioned = || {
            let local = |mention: &&Mention| {
                !mention.provisional && self.agencies.agencies[mention.agency].kind != AgencyKind::Federal
            };
            mentions_until(self.agencies, byte).iter().find(local).map(|mention| mention.agency)
        };
        let Some(agency) = named.next().or_else(mentioned) else { return };
        for at in answers {
            self.turns[at].speaker = Speaker::Agency(agency);
        }
    }

    /// The agency whose head a label in capitals names by a surname that the text before gives with the office: "is the
    /// police chief, Anjali Whitcomb-Rhys" for "WHITCOMB-RHYS:", where the text has one agency of that kind.
    fn introduced_as(&self, first: usize, colon: usize) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let label = self.segmented.text[tokens[first].start as usize..tokens[colon - 1].end as usize].trim();
        let upper = label.chars().all(|letter| !letter.is_lowercase()) && label.len() > 2;
        let is_surname = |&at: &usize| {
            let name = self.segmented.text.get(tokens[at].start as usize..)?.get(..label.len())?;
            (name != label && name.to_uppercase() == label).then_some(())
        };
        let at = (0..first).filter(|_| upper).find(|at| is_surname(at).is_some())?;
        let kinds = (at.saturating_sub(OFFICE)..at).rev().find_map(|at| self.head(at))?;
        let mut of_kind =
            (0..self.agencies.agencies.len()).filter(|&at| kinds.contains(&self.agencies.agencies[at].kind));
        of_kind.next().filter(|_| of_kind.next().is_none())
    }
}
