//! Who says what: reporting frames and the speakers of quotations.

use goldrule_schema::{Attribution, ByteSpan};

use super::clause::{has, ids};
use super::{Clause, cores::Core};
use crate::agency::{Agencies, Role};
use crate::segment::Segmented;
use crate::token::{Shape, Vocabulary, WordId};

/// Words of reporting frames.
#[derive(Debug)]
pub(super) struct Words {
    verbs: Vec<WordId>,
    told: WordId,
    that: WordId,
    according: WordId,
    pronouns: Vec<WordId>,
    openers: Vec<WordId>,
    nouns: Vec<WordId>,
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        Self {
            verbs: ids(
                &[
                    "said",
                    "say",
                    "says",
                    "saying",
                    "stated",
                    "states",
                    "stating",
                    "announced",
                    "announces",
                    "announcing",
                    "declared",
                    "declares",
                    "affirmed",
                    "reaffirmed",
                    "reiterated",
                    "emphasized",
                    "emphasised",
                    "stressed",
                    "clarified",
                    "explained",
                    "added",
                    "adding",
                    "noted",
                    "noting",
                    "wrote",
                    "writes",
                    "insisted",
                    "insists",
                    "argued",
                    "argues",
                    "pledged",
                    "vowed",
                    "promised",
                    "confirmed",
                    "confirms",
                    "replied",
                    "answered",
                    "conceded",
                    "acknowledged",
                    "posted",
                    "tweeted",
                    "testified",
                    "tells",
                    "told",
                    "continued",
                    "explains",
                    "adds",
                    "notes",
                    "maintains",
                    "maintained",
                    "asserted",
                    "asserts",
                    "warned",
                    "stressing",
                    "emphasizing",
                    "reads",
                    "read",
                ],
                vocabulary,
            ),
            told: vocabulary.intern("told"),
            that: vocabulary.intern("that"),
            according: vocabulary.intern("according"),
            pronouns: ids(&["he", "she", "it", "they", "i", "we"], vocabulary),
            openers: ids(
                &[
                    "that",
                    "it",
                    "they",
                    "he",
                    "she",
                    "we",
                    "the",
                    "its",
                    "their",
                    "his",
                    "her",
                    "officers",
                    "deputies",
                    "no",
                    "there",
                    "this",
                    "neither",
                    "nobody",
                    "anyone",
                    "people",
                    "local",
                    "federal",
                    "state",
                    "police",
                    "immigration",
                    "enforcing",
                    "if",
                    "in",
                    "what",
                    "none",
                    "some",
                    "any",
                    "these",
                    "those",
                    "administrative",
                ],
                vocabulary,
            ),
            nouns: ids(
                &[
                    "statement",
                    "spokesman",
                    "spokeswoman",
                    "spokesperson",
                    "chief",
                    "sheriff",
                    "department",
                    "office",
                    "agency",
                    "commissioner",
                    "mayor",
                    "captain",
                    "lieutenant",
                    "policy",
                    "bulletin",
                    "post",
                    "letter",
                    "release",
                ],
                vocabulary,
            ),
        }
    }

    fn is_verb(&self, word: WordId) -> bool {
        has(&self.verbs, word)
    }
}

/// Who speaks in a quotation or a reported clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaker {
    /// An agency, by itself, its head or its spokesperson.
    Agency(usize),
    /// Somebody who speaks for no agency of the document.
    Outsider,
    /// Not settled.
    Unknown,
}

/// A quotation with its tokens and speaker.
#[derive(Clone, Copy, Debug)]
struct Quotation {
    span: ByteSpan,
    first: usize,
    last: usize,
    full: bool,
    speaker: Speaker,
}

/// The speech of a text.
#[derive(Debug)]
pub(super) struct Speech<'a> {
    words: &'a Words,
    segmented: &'a Segmented<'a>,
    agencies: &'a Agencies,
    quotations: Vec<Quotation>,
}

impl<'a> Speech<'a> {
    pub(super) fn new(words: &'a Words, segmented: &'a Segmented<'a>, agencies: &'a Agencies) -> Self {
        let mut speech = Self { words, segmented, agencies, quotations: Vec::new() };
        for &span in &segmented.quotations {
            let quotation = speech.quotation(span);
            speech.quotations.push(quotation);
        }
        speech
    }

    fn quotation(&self, span: ByteSpan) -> Quotation {
        let first = self.segmented.token_at(span.start);
        let last = self.segmented.token_at(span.end.saturating_sub(1)).max(first) + 1;
        let last = last.min(self.segmented.tokens.len());
        let before = first.checked_sub(2).map(|at| self.segmented.tokens[at].text(self.segmented.text));
        let capital = self.segmented.tokens.get(first).is_some_and(|token| token.is_capital());
        let paragraph_starts = first < 2 || self.sentence_starts(first - 1);
        let full =
            capital && (paragraph_starts || matches!(before, Some("," | ":" | "." | "?" | "!" | "—" | "–")));
        let speaker = self.speaker_of(first, last);
        Quotation { span, first, last, full, speaker }
    }

    fn sentence_starts(&self, token: usize) -> bool {
        let sentence = self.segmented.sentence_of(token);
        self.segmented.sentences.get(sentence).is_some_and(|sentence| sentence.first as usize == token)
    }

    /// The speaker of a quotation: named beside it, else that of the quotation before in its paragraph.
    fn speaker_of(&self, first: usize, last: usize) -> Speaker {
        let after = self.frame(last, (last + 16).min(self.segmented.tokens.len()), last);
        if after != Speaker::Unknown {
            return after;
        }
        let sentence = self.segmented.sentences.get(self.segmented.sentence_of(first));
        let start = sentence.map_or(first, |sentence| sentence.first as usize);
        let before = self.frame(start.min(first), first, first);
        if before != Speaker::Unknown {
            return before;
        }
        match self.quotations.last() {
            Some(previous) if self.same_paragraph(previous.first, first) => previous.speaker,
            _ => Speaker::Unknown,
        }
    }

    fn same_paragraph(&self, a: usize, b: usize) -> bool {
        let paragraph =
            |token| self.segmented.sentences.get(self.segmented.sentence_of(token)).map(|s| s.paragraph);
        paragraph(a) == paragraph(b)
    }

    /// The speaker that a stretch of tokens names around a verb of saying. `near` is where the speech is.
    fn frame(&self, from: usize, to: usize, near: usize) -> Speaker {
        let tokens = &self.segmented.tokens;
        let sentence_end = |at: usize| {
            let index = self.segmented.sentence_of(at);
            self.segmented.sentences.get(index).map_or(to, |sentence| sentence.last as usize)
        };
        let to = if from >= near && from < tokens.len() { to.min(sentence_end(from)) } else { to };
        let verb = if from >= near {
            (from..to)
                .find(|&at| self.words.is_verb(tokens[at].word) || tokens[at].word == self.words.according)
        } else {
            (from..to).rev().find(|&at| self.words.is_verb(tokens[at].word))
        };
        let Some(verb) = verb else { return Speaker::Unknown };
        self.actor(from, verb, true).or_else(|| self.actor(verb + 1, to, false)).unwrap_or(Speaker::Unknown)
    }

    /// The agency or person named between two tokens: the last one before a verb, the first one after it.
    fn actor(&self, from: usize, to: usize, last: bool) -> Option<Speaker> {
        let tokens = &self.segmented.tokens;
        if from >= to {
            return None;
        }
        let (start, end) = (tokens[from].start, tokens[to - 1].end);
        let inside = |span: ByteSpan| start <= span.start && span.end <= end;
        let agency = {
            let mut hits =
                self.agencies.mentions.iter().filter(|mention| inside(mention.span) && !mention.provisional);
            if last { hits.next_back() } else { hits.next() }.map(|mention| Speaker::Agency(mention.agency))
        };
        let person = self.person_between(from, to);
        let pronoun = (from..to).rev().find(|&at| has(&self.words.pronouns, tokens[at].word));
        let noun = (from..to).any(|at| has(&self.words.nouns, tokens[at].word));
        person.or(agency).or_else(|| pronoun.map(|at| self.last_speaker(tokens[at].start))).or_else(|| {
            noun.then(|| self.agencies.focus_at(start, None).map_or(Speaker::Unknown, Speaker::Agency))
        })
    }

    fn person_between(&self, from: usize, to: usize) -> Option<Speaker> {
        let tokens = &self.segmented.tokens[from..to];
        let text = self.segmented.text;
        tokens.iter().rev().filter(|token| token.is_capital()).find_map(|token| {
            let known = self
                .agencies
                .persons
                .iter()
                .rev()
                .find(|person| person.surname == token.text(text) && person.span.start <= token.end)?;
            Some(match (known.agency, known.role) {
                (Some(agency), Role::Head | Role::Spokesperson) => Speaker::Agency(agency),
                (Some(agency), _) => Speaker::Agency(agency),
                (None, _) => Speaker::Outsider,
            })
        })
    }

    /// Whom "he", "she" or "it said" means: the last person or agency named before.
    fn last_speaker(&self, before: u32) -> Speaker {
        let person = self.agencies.persons.iter().rev().find(|person| person.span.end <= before);
        match person {
            Some(person) => person.agency.map_or(Speaker::Outsider, Speaker::Agency),
            None => self.agencies.focus_at(before, None).map_or(Speaker::Unknown, Speaker::Agency),
        }
    }

    fn quotation_at(&self, token: usize) -> Option<&Quotation> {
        let byte = self.segmented.tokens.get(token)?.start;
        let index = self.quotations.partition_point(|quotation| quotation.span.start <= byte);
        let quotation = self.quotations.get(index.checked_sub(1)?)?;
        (byte < quotation.span.end).then_some(quotation)
    }

    /// The speaker of the quotation that holds a token.
    pub(super) fn speaker_at(&self, token: usize) -> Option<Speaker> {
        self.quotation_at(token).map(|quotation| quotation.speaker)
    }

    /// The stretch of a sentence that may state a position: without the reporting frame around it, and
    /// within its quotation where that is a full one.
    pub(super) fn region(&self, sentence: usize, core: usize) -> (usize, usize) {
        let range = self.segmented.sentences[sentence].range();
        let (mut first, mut last) = (range.start, range.end);
        if let Some(quotation) = self.quotation_at(core).filter(|quotation| quotation.full) {
            return (first.max(quotation.first), last.min(quotation.last));
        }
        // A full quotation elsewhere in the sentence is no part of this statement.
        for quotation in &self.quotations {
            if quotation.full && quotation.last <= core && quotation.first >= first {
                first = first.max((quotation.last + 1).min(core));
            }
            if quotation.full && quotation.first > core && quotation.first < last {
                last = last.min(quotation.first.saturating_sub(1).max(core + 1));
            }
        }
        (self.after_frame(first, core), self.before_frame(core, last))
    }

    /// Where the reported clause begins behind "Jones said that".
    fn after_frame(&self, first: usize, core: usize) -> usize {
        let tokens = &self.segmented.tokens;
        let text = self.segmented.text;
        let mut begin = first;
        for at in first..core {
            let word = tokens[at].word;
            if !self.words.is_verb(word) {
                continue;
            }
            let Some(next) = tokens.get(at + 1) else { break };
            if word == self.words.told {
                let that = (at + 1..(at + 9).min(core)).find(|&at| tokens[at].word == self.words.that);
                let subject =
                    (at + 2..(at + 8).min(core)).find(|&at| has(&self.words.pronouns, tokens[at].word));
                begin = that.map(|at| at + 1).or(subject).unwrap_or(begin);
            } else if has(&self.words.openers, next.word)
                || next.is_capital()
                || matches!(next.text(text), ":" | "," | "“" | "\"")
            {
                begin = at + 1 + usize::from(next.word == self.words.that);
            }
        }
        begin.min(core)
    }

    /// Where ", he said" or ", according to the chief" begins behind a statement.
    fn before_frame(&self, core: usize, last: usize) -> usize {
        let tokens = &self.segmented.tokens;
        for at in core..last {
            if tokens[at].shape != Shape::Mark || tokens[at].text(self.segmented.text) != "," {
                continue;
            }
            let verb = (at + 1..(at + 9).min(last))
                .find(|&at| self.words.is_verb(tokens[at].word) || tokens[at].word == self.words.according);
            if let Some(verb) = verb {
                let close = verb <= at + 1 || self.actor(at + 1, verb, true).is_some();
                if close && last - verb <= 12 {
                    return at;
                }
            }
        }
        last
    }

    /// The speaker of the reporting frame of a sentence, where it has one.
    pub(super) fn reporter(&self, sentence: usize, clause: Clause) -> Option<Speaker> {
        let range = self.segmented.sentences[sentence].range();
        let before = self.frame(range.start, clause.first, clause.first);
        if before != Speaker::Unknown {
            return Some(before);
        }
        let after = self.frame(clause.last, range.end, clause.last);
        (after != Speaker::Unknown).then_some(after)
    }

    /// Who says that the holder has a stance.
    pub(super) fn attribution(
        &self,
        sentence: usize,
        core: &Core,
        clause: Clause,
        holder: Option<usize>,
    ) -> Attribution {
        let speaker = self.speaker_at(core.first).or_else(|| self.reporter(sentence, clause));
        match speaker {
            Some(Speaker::Agency(agency)) if Some(agency) == holder => Attribution::Own,
            Some(Speaker::Agency(_) | Speaker::Outsider) => Attribution::ThirdParty,
            Some(Speaker::Unknown) => Attribution::Own,
            None => Attribution::Reported,
        }
    }
}
