//! Who says what: reporting frames and the speakers of quotations.

use std::cell::OnceCell;

use goldrule_schema::{AgencyKind, ByteSpan};

use super::clause::has;
use super::spans::{focus, mentions_in, mentions_until, persons_in, persons_until};
pub(super) use super::verbs::Words;
use crate::agency::{Agencies, Mention, Person, superintended};
use crate::segment::Segmented;
use crate::token::{Shape, WordId};

/// How many tokens back "they said" looks for the chiefs or sheriffs it means.
const PLURAL: usize = 60;

/// Farthest a reporting verb stands from the quotation it reports, in tokens.
pub(super) const REACH: usize = 18;

/// Who speaks in a quotation or a reported clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speaker {
    /// An agency, by itself, its head or its spokesperson.
    Agency(usize),
    /// Somebody who speaks for no agency of the document.
    Outsider,
    /// "Some chiefs", "police departments": several of no name, whose "they" is no agency of the document either.
    Several,
    /// Not settled.
    Unknown,
}

/// Where it was read who says that a holder has a stance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// From the quotation, or the turn of a transcript, that the core stands in.
    Quotation,
    /// From the reporting frame beside the clause: "Jones said that".
    Frame,
    /// From a verb of saying within the clause.
    Within,
    /// From an answer to the text's own question.
    Answer,
    /// The text speaks in the first person for the holder.
    Author,
    /// Nobody is said to say it: the text does.
    Text,
}

/// A quotation, or a turn of a transcript, with its tokens and speaker.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quotation {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) full: bool,
    pub(super) speaker: Speaker,
}

/// The speech of a text.
#[derive(Debug)]
pub(super) struct Speech<'a> {
    pub(super) words: &'a Words,
    pub(super) segmented: &'a Segmented<'a>,
    pub(super) agencies: &'a Agencies,
    quotations: Vec<Quotation>,
    /// Turns of a transcript ("SHERIFF WITT: …"), as long as their paragraph.
    pub(super) turns: Vec<Quotation>,
    /// What the text's superintendent heads.
    superintends: OnceCell<&'static [AgencyKind]>,
}

/// Most tokens from a verb of saying to the "that" of what is said: "said in a letter to the council that".
const UPTO_THAT: usize = 9;

/// The same for "told", whose addressee stands between: "told the Marlow County Board of Supervisors on
/// Tuesday that".
const UPTO_THAT_TOLD: usize = 14;

/// Most tokens from the comma behind a statement to the verb of saying.
const FRAME: usize = 15;

impl<'a> Speech<'a> {
    pub(super) fn new(words: &'a Words, segmented: &'a Segmented<'a>, agencies: &'a Agencies) -> Self {
        let mut speech = Self {
            words,
            segmented,
            agencies,
            quotations: Vec::new(),
            turns: Vec::new(),
            superintends: OnceCell::new(),
        };
        for &span in &segmented.quotations {
            let quotation = speech.quotation(span);
            speech.quotations.push(quotation);
        }
        speech.read_turns();
        speech
    }

    /// The kinds of agency whose head the noun at a token names.
    pub(super) fn head(&self, at: usize) -> Option<&'static [AgencyKind]> {
        let tokens = &self.segmented.tokens;
        let attorney = || at > 0 && tokens[at - 1].is(self.segmented.text, "attorney");
        let kinds = self.words.head(tokens[at].word)?;
        if tokens[at].is(self.segmented.text, "general") && !attorney() {
            return None;
        }
        let superintended = || superintended(self.segmented.text, &self.agencies.agencies);
        Some(if kinds.len() > 1 { self.superintends.get_or_init(superintended) } else { kinds })
    }

    pub(super) fn text(&self, at: usize) -> &'a str {
        self.segmented.tokens.get(at).map_or("", |token| token.text(self.segmented.text))
    }

    fn quotation(&self, span: ByteSpan) -> Quotation {
        let tokens = &self.segmented.tokens;
        let first = self.segmented.token_at(span.start);
        let last = self.segmented.token_at(span.end.saturating_sub(1)).max(first) + 1;
        let last = last.min(tokens.len());
        let before = first.checked_sub(2).map_or("", |at| self.text(at));
        let capital = tokens.get(first).is_some_and(|token| token.is_capital());
        let starts = first < 2 || self.sentence_starts(first - 1);
        let full = capital && (starts || matches!(before, "," | ":" | "." | "?" | "!" | "—" | "–"));
        Quotation { first, last, full, speaker: self.speaker_of(first, last, full) }
    }

    fn sentence_starts(&self, token: usize) -> bool {
        let sentence = self.segmented.sentence_of(token);
        self.segmented.sentences.get(sentence).is_some_and(|sentence| sentence.first as usize == token)
    }

    /// The speaker of a quotation: named beside it, else that of the quotation before in its paragraph or
    /// of the one that a paragraph before left open.
    fn speaker_of(&self, first: usize, last: usize, full: bool) -> Speaker {
        let after = self.frame(last, (last + REACH).min(self.segmented.tokens.len()), last);
        if after != Speaker::Unknown && full {
            return after;
        }
        let index = self.segmented.sentence_of(first);
        let sentence = self.segmented.sentences.get(index);
        let start = sentence.map_or(first, |sentence| sentence.first as usize).max(first.saturating_sub(60));
        let before = self.frame(start.min(first), first, first);
        if before != Speaker::Unknown {
            return before;
        }
        if after != Speaker::Unknown {
            return after;
        }
        if first >= 2
            && self.text(first - 2) == ":"
            && start < first - 2
            && let Some(speaker) = self.actor(start, first - 2, true)
        {
            return speaker;
        }
        if full && let Some(speaker) = self.introduced(index) {
            return speaker;
        }
        let Some(previous) = self.quotations.last() else { return Speaker::Unknown };
        let open = previous.last < first
            && !matches!(self.text(previous.last), "”" | "\"")
            && self.paragraph(previous.first) + 1 == self.paragraph(first);
        if open || self.paragraph(previous.first) == self.paragraph(first) && previous.full {
            return previous.speaker;
        }
        Speaker::Unknown
    }

    /// The person whom the sentence before a quotation speaks of: "Coley laughed. “I've got one car.”"
    fn introduced(&self, sentence: usize) -> Option<Speaker> {
        let sentences = &self.segmented.sentences;
        let before = sentences.get(sentence.checked_sub(1)?)?;
        let range = before.range();
        let quotes = self.quotations.last().is_some_and(|previous| previous.last > range.start);
        if quotes || before.paragraph != sentences.get(sentence)?.paragraph {
            return None;
        }
        let (start, end) =
            (self.segmented.tokens[range.start].start, self.segmented.tokens[range.end - 1].end);
        let free =
            |person: &&Person| !self.words.grammar.hangs(self.segmented, person.span.start, range.start);
        let person = persons_in(self.agencies, start, end).iter().find(free)?;
        Some(person.agency.map_or(Speaker::Outsider, Speaker::Agency))
    }

    fn paragraph(&self, token: usize) -> u32 {
        let index = self.segmented.sentence_of(token);
        self.segmented.sentences.get(index).map_or(0, |sentence| sentence.paragraph)
    }

    /// The speaker that a stretch of tokens names around a verb of saying. `near` is where the speech is.
    pub(super) fn frame(&self, from: usize, to: usize, near: usize) -> Speaker {
        let tokens = &self.segmented.tokens;
        let sentence_end = |at: usize| {
            let index = self.segmented.sentence_of(at);
            self.segmented.sentences.get(index).map_or(to, |sentence| sentence.last as usize)
        };
        let to = if from >= near && from < tokens.len() { to.min(sentence_end(from)) } else { to };
        // What "saying" adds behind a statement is its reason.
        let adds = |at: usize| from >= near && tokens[at].text(self.segmented.text).ends_with("ing");
        let says = |at: &usize| {
            tokens[*at].word == self.words.according
                || self.says_at(*at) && !self.orders(*at) && !adds(*at)
                || self.insists(*at)
        };
        let verb = if from >= near { (from..to).find(says) } else { (from..to).rev().find(says) };
        let Some(verb) = verb else { return Speaker::Unknown };
        let before = if tokens[verb].word == self.words.according {
            None
        } else {
            self.actor(from, self.subject_end(from, verb), true)
        };
        let stranger = || {
            // "The Civil Liberties Union criticized it, saying …": nobody of the document.
            let unknown = |at: usize| tokens[at].is_capital() && tokens[at].word == WordId::NONE;
            let adds = verb > from + 4 && tokens[verb].text(self.segmented.text).ends_with("ing");
            let named = verb > from && unknown(verb - 1) || adds && (from..from + 4).any(unknown);
            named.then_some(Speaker::Outsider)
        };
        before.or_else(stranger).or_else(|| self.actor(verb + 1, to, false)).unwrap_or(Speaker::Unknown)
    }

    /// The agency or person named between two tokens: the last one before a verb, the first one after it.
    pub(super) fn actor(&self, from: usize, to: usize, last: bool) -> Option<Speaker> {
        let tokens = &self.segmented.tokens;
        if from >= to {
            return None;
        }
        let (start, end) = (tokens[from].start, tokens[to - 1].end);
        // Before a verb of saying stands its subject, not what hangs on a preposition: "met with ICE and said".
        let free = |byte: u32| !last || !self.words.grammar.hangs(self.segmented, byte, from);
        let mut persons =
            persons_in(self.agencies, start, end).iter().filter(|person| free(person.span.start));
        let mut mentions = mentions_in(self.agencies, start, end)
            .iter()
            .filter(|mention| !mention.provisional && free(mention.span.start));
        // "Emphasizing" is said by the subject of the sentence, "said" by whoever stands right before it.
        let nearest =
            last && !tokens.get(to).is_some_and(|verb| verb.text(self.segmented.text).ends_with("ing"));
        let person = if nearest { persons.next_back() } else { persons.next() };
        let mention = if nearest { mentions.next_back() } else { mentions.next() };
        let person_first = match (person, mention) {
            (Some(person), Some(mention)) if nearest => person.span.end >= mention.span.end,
            (Some(person), Some(mention)) => person.span.start <= mention.span.start + 60,
            (person, _) => person.is_some(),
        };
        if let Some(person) = person.filter(|_| person_first) {
            return Some(person.agency.map_or(Speaker::Outsider, Speaker::Agency));
        }
        if let Some(mention) = mention {
            return Some(Speaker::Agency(mention.agency));
        }
        if (from..to).any(|at| has(&self.words.outsiders, tokens[at].word)) {
            return Some(Speaker::Outsider);
        }
        if mentions_in(self.agencies, start, end).is_empty() && self.names_several(from, to) {
            return Some(Speaker::Several);
        }
        if let Some(kinds) = (from..to).find_map(|at| self.head(at)) {
            // "The warden of the county prison": named right there, if nowhere before.
            let is_kind = |mention: &&Mention| kinds.contains(&self.agencies.agencies[mention.agency].kind);
            if let Some(named) = mentions_in(self.agencies, start, end).iter().find(is_kind) {
                return Some(Speaker::Agency(named.agency));
            }
            return Some(focus(self.agencies, start, kinds).map_or(Speaker::Outsider, Speaker::Agency));
        }
        if let Some(peers) = self.peers(from, to) {
            return Some(peers);
        }
        let pronoun = (from..to).rev().find(|&at| has(&self.words.pronouns, tokens[at].word));
        if let Some(pronoun) = pronoun {
            let first = pronoun.saturating_sub(PLURAL);
            if tokens[pronoun].word == self.words.they
                && let Some(peers) = self.peers(first, pronoun)
            {
                return Some(peers);
            }
            let thing = tokens[pronoun].is(self.segmented.text, "it");
            return if thing { self.last_thing(start) } else { Some(self.last_speaker(start)) };
        }
        // "Chatham, Liberty sheriffs say": bare places that stand for their agencies.
        let bare = || mentions_in(self.agencies, start, end).iter().find(|mention| free(mention.span.start));
        if last && let Some(mention) = bare() {
            return Some(Speaker::Agency(mention.agency));
        }
        if self.names_letter(from, to)
            && let Some(writer) = self.letter_writer(from)
        {
            return Some(Speaker::Agency(writer));
        }
        (from..to)
            .any(|at| has(&self.words.nouns, tokens[at].word))
            .then(|| focus(self.agencies, start, &[]).map_or(Speaker::Unknown, Speaker::Agency))
    }

    /// Whom "he", "she" or "it said" means: the last person or agency named before.
    fn last_speaker(&self, before: u32) -> Speaker {
        let named = persons_until(self.agencies, before);
        let person = named.last().map(|last| self.subject_beside(named, last).unwrap_or(last));
        let mention = mentions_until(self.agencies, before).last();
        // "The chief has not decided, she said": the subject of her own sentence before anybody else.
        let end = self.segmented.token_at(before);
        let start =
            self.segmented.sentences.get(self.segmented.sentence_of(end)).map_or(end, |s| s.first as usize);
        let mut opening = start..end.min(start + 3);
        let unnamed =
            person.is_none_or(|person| person.span.end <= self.segmented.tokens[start.min(end)].start);
        let head = opening.find_map(|at| self.head(at));
        if let Some(kinds) = head.filter(|_| unnamed)
            && let Some(agency) = focus(self.agencies, before, kinds)
        {
            return Speaker::Agency(agency);
        }
        match (person, mention) {
            (Some(person), Some(mention)) if mention.span.start > person.span.end + 600 => {
                Speaker::Agency(mention.agency)
            }
            (Some(person), _) => person.agency.map_or(Speaker::Outsider, Speaker::Agency),
            _ => focus(self.agencies, before, &[]).map_or(Speaker::Unknown, Speaker::Agency),
        }
    }

    /// The person before one that hangs on a preposition, in the same sentence: "Hatch was asked by Stopp".
    fn subject_beside<'p>(&self, named: &'p [Person], last: &Person) -> Option<&'p Person> {
        let sentence = self.segmented.sentence_of(self.segmented.token_at(last.span.start));
        let floor = self.segmented.sentences.get(sentence)?.first as usize;
        // "by Commissioner Ann Stopp": the title hangs with the name.
        let titled = |at: usize| {
            (floor..at)
                .rev()
                .take_while(|&before| self.segmented.tokens[before].is_capital())
                .last()
                .unwrap_or(at)
        };
        let free = |person: &Person| {
            let first = titled(self.segmented.token_at(person.span.start));
            !self.words.grammar.hangs(self.segmented, self.segmented.tokens[first].start, floor)
        };
        let start = self.segmented.tokens[floor].start;
        let before = || named.iter().rev().skip(1).take_while(|person| person.span.start >= start);
        if free(last) { None } else { before().find(|person| free(person)) }
    }

    /// What "it said" means: an agency named shortly before.
    fn last_thing(&self, before: u32) -> Option<Speaker> {
        let sentence = self.segmented.sentence_of(self.segmented.token_at(before)).checked_sub(1)?;
        let range = self.segmented.sentences.get(sentence)?.range();
        let opening = &self.segmented.tokens[range.start..range.end.min(range.start + 5)];
        if opening.iter().any(|token| has(&self.words.papers, token.word)) {
            return Some(Speaker::Outsider);
        }
        let written = || self.names_letter(range.start, range.end);
        if let Some(writer) = written().then(|| self.letter_writer(range.start)).flatten() {
            return Some(Speaker::Agency(writer));
        }
        let mention = mentions_in(self.agencies, before.saturating_sub(260), before).first()?;
        Some(Speaker::Agency(mention.agency))
    }

    pub(super) fn quotation_at(&self, token: usize) -> Option<&Quotation> {
        let index = self.quotations.partition_point(|quotation| quotation.first <= token);
        let quotation = self.quotations.get(index.checked_sub(1)?)?;
        (token < quotation.last).then_some(quotation)
    }

    /// The speaker of the quotation or turn that holds a token.
    pub(super) fn speaker_at(&self, token: usize) -> Option<Speaker> {
        let quoted = self.quotation_at(token);
        let turn = || {
            let index = self.turns.partition_point(|turn| turn.first <= token);
            self.turns.get(index.checked_sub(1)?).filter(|turn| token < turn.last)
        };
        quoted.or_else(turn).map(|quotation| quotation.speaker)
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
        let from = self.quotations.partition_point(|quotation| quotation.last <= range.start);
        for quotation in self.quotations[from..].iter().take_while(|quotation| quotation.first < range.end) {
            if quotation.full && quotation.last <= core && quotation.first >= first {
                first = first.max((quotation.last + 1).min(core));
            }
            if quotation.full && quotation.first > core && quotation.first < last {
                last = last.min(quotation.first.saturating_sub(1).max(core + 1));
            }
        }
        (self.after_frame(first, core), self.before_frame(core, last))
    }

    /// The colon of a headline that begins with who speaks: "Sheriff: Jail won't hold anyone for ICE".
    pub(super) fn label(&self, first: usize, to: usize) -> Option<usize> {
        let colon = (first + 1..to.min(first + 8)).find(|&at| self.text(at) == ":")?;
        let says = (first..colon).any(|at| self.words.is_verb(self.segmented.tokens[at].word));
        (!says && self.actor(first, colon, true).is_some()).then_some(colon)
    }

    /// Where the reported clause begins behind "Jones said that".
    fn after_frame(&self, first: usize, core: usize) -> usize {
        let tokens = &self.segmented.tokens;
        let mut begin = self.account(first, core).map_or(first, |(_, behind)| behind);
        // "According to the sheriff's office, its jail honors them".
        if tokens.get(first).is_some_and(|token| token.word == self.words.according) {
            let comma = (first..core.min(first + REACH)).find(|&at| self.text(at) == ",");
            begin = comma.map_or(first, |at| at + 1);
        }
        for at in first..core {
            let word = tokens[at].word;
            if !self.words.is_verb(word) && !self.insists(at) {
                continue;
            }
            // What lawyers advise is no position, and the advice stays in sight.
            let advice = self.words.advised.contains(&word)
                && (at.saturating_sub(3)..at).any(|at| has(&self.words.counsel, tokens[at].word));
            // "Nobody who calls the police will be asked": on the telephone.
            let telephone = tokens[at].text(self.segmented.text).starts_with("call")
                && at > first
                && has(&self.words.relatives, tokens[at - 1].word);
            if advice || telephone || self.orders(at) {
                continue;
            }
            let Some(next) = tokens.get(at + 1) else { break };
            let far = if word == self.words.told { UPTO_THAT_TOLD } else { UPTO_THAT };
            let that = (at + 1..(at + far).min(core)).find(|&at| tokens[at].word == self.words.that);
            if let Some(that) = that {
                begin = that + 1;
            } else if word == self.words.told {
                let subject = (at + 2..(at + 8).min(core)).find(|&at| {
                    has(&self.words.pronouns, tokens[at].word) || has(&self.words.openers, tokens[at].word)
                });
                begin = subject.unwrap_or(begin);
            } else if let Some(behind) = self.behind_circumstance(at + 1, core) {
                begin = behind;
            } else if has(&self.words.openers, next.word)
                || next.is_capital()
                || matches!(self.text(at + 1), ":" | "," | "“" | "\"")
                || self.says_what(at, core)
            {
                begin = at + 1;
            }
        }
        begin.min(core)
    }

    /// Whether a frame with this verb closes with a comma and a new clause: ", she told commissioners, because …".
    fn breaks_off(&self, verb: usize, last: usize) -> bool {
        let comma = (verb + 1..last.min(verb + 5)).find(|&at| self.text(at) == ",");
        comma.and_then(|comma| self.segmented.tokens.get(comma + 1)).is_some_and(|next| {
            has(&self.words.conjunctions, next.word) || has(&self.words.subordinators, next.word)
        })
    }

    /// Where ", he said" or ", according to the chief" begins behind a statement.
    pub(super) fn before_frame(&self, core: usize, last: usize) -> usize {
        let tokens = &self.segmented.tokens;
        for at in core..last {
            if tokens[at].shape != Shape::Mark || self.text(at) != "," {
                continue;
            }
            // "The Los Angeles County Sheriff's Department in California said": long, but without a comma.
            let far = (at + 1..(at + FRAME).min(last)).find(|&at| self.text(at) == ",");
            let verb = (at + 1..far.map_or(at + FRAME, |comma| comma.max(at + 9)).min(last)).find(|&at| {
                let word = tokens[at].word;
                // ", the grand jury found", ", records show"
                let shows = at + 2 >= last && has(&self.words.findings, word);
                self.says_at(at) || word == self.words.according || shows
            });
            // "Officers have a desk there, and have had for years, he said": the next comma opens the frame.
            let goes_on = |verb: usize| {
                has(&self.words.conjunctions, tokens[at + 1].word)
                    && (at + 1..verb).any(|at| self.text(at) == ",")
            };
            if let Some(verb) = verb.filter(|&verb| !goes_on(verb)) {
                let shows = has(&self.words.findings, tokens[verb].word);
                let close = verb <= at + 1 + usize::from(matches!(self.text(at + 1), "”" | "\""))
                    || shows
                    || self.ends_with(at + 1, verb, last)
                    || self.actor(at + 1, verb, true).is_some();
                // ", the city's force assured residents in a bulletin this week, even as …"
                let framed = verb > at + 1 && last - verb > 14 && self.names_right_before(at + 1, verb);
                let framed =
                    framed || tokens[verb].word == self.words.according || self.breaks_off(verb, last);
                if close && (last - verb <= 14 || framed) {
                    return at;
                }
            }
        }
        last
    }
}
