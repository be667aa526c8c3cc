//! Sieves that look past the subject of a clause: captures, the accused, who demands, the agent, members.

use goldrule_schema::{AgencyKind, Form};

use super::clause::has;
use super::holder::{Scene, Subject};
use super::nouns::{Class, PASSAGE};
use super::spans::{focus, focus_around, mentions_in, persons_in};
use super::speech::Speaker;
use super::{Clause, Sieve, cores::Core};
use crate::agency::Mention;

/// What a clause advises.
pub(super) enum Advice {
    /// Nothing, or it is not told who does.
    None,
    /// Somebody outside gives it: it is no agency's.
    OfNobody,
    /// An agency gives it.
    Of(usize, Sieve),
}

impl Scene<'_> {
    /// Whether a clause speaks of "we" or "our", itself or by the subject that it shares: "our detectives do work,
    /// and will go on working, with agents".
    pub(super) fn is_own(
        &self,
        class: Option<(Class, usize)>,
        floor: usize,
        clause: Clause,
        core: &Core,
    ) -> bool {
        let first =
            |class: Option<(Class, usize)>| class.is_some_and(|(class, _)| class == Class::FirstPerson);
        let shared = || {
            class.is_none()
                && self.subject(floor, core.first).is_none()
                && first(self.class(floor, clause.scope.max(floor)))
        };
        first(class) || shared()
    }

    /// The author of a text that says "our officers", where the paragraph up to a sentence names no other agency.
    pub(super) fn ours(&self, sentence: usize) -> Option<(usize, Sieve)> {
        let author = self.author.filter(|_| self.own_force)?;
        let sentences = &self.segmented.sentences;
        let first = self.paragraph_start(sentence);
        let (start, end) =
            (self.byte(sentences[first].range().start), self.byte(sentences[sentence].range().end - 1));
        let mut named = mentions_in(self.agencies, start, end).iter();
        let other = named.any(|mention| {
            mention.agency != author && !mention.provisional && self.is_holder(mention.agency, false)
        });
        (!other).then_some((author, Sieve::Author))
    }

    /// The agency that a pattern's capture names, itself or by a person.
    pub(super) fn captured(&self, (first, last): (usize, usize), federal: bool) -> Option<usize> {
        let (start, end) = (self.byte(first), self.segmented.tokens[last - 1].end);
        let mention = mentions_in(self.agencies, start, end).first().map(|mention| mention.agency);
        let person = || persons_in(self.agencies, start, end).first().and_then(|person| person.agency);
        mention.or_else(person).filter(|&agency| self.is_holder(agency, federal))
    }

    pub(super) fn accused(&self, sentence: usize, core: &Core) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let range = self.segmented.sentences[sentence].range();
        let verb = (range.start..core.first).find(|&at| has(&self.words.accusing, tokens[at].word))?;
        let mention = mentions_in(self.agencies, tokens[verb].end, self.byte(core.first)).first()?;
        self.is_holder(mention.agency, false).then_some(mention.agency)
    }

    /// Whether somebody only claims it, of others: "the attorney general's office claims deputies have jailed people".
    pub(super) fn is_alleged(&self, sentence: usize, core: &Core) -> bool {
        const ALLEGING: &[&str] = &["claims", "claimed", "alleges", "alleged", "contends", "contended"];
        (self.segmented.sentences[sentence].range().start..core.first).any(|at| self.is_any(at, ALLEGING))
    }

    /// Who accuses, where that is an agency: the subject of the sentence.
    pub(super) fn accuser(&self, sentence: usize, accused: usize) -> Option<usize> {
        let range = self.segmented.sentences[sentence].range();
        let verb = range.clone().find(|&at| has(&self.words.accusing, self.segmented.tokens[at].word))?;
        match self.subject(range.start, verb)? {
            Subject::Agency(agency) | Subject::Person(agency) => Some(agency),
            Subject::Federal(_) | Subject::Stranger => None,
        }
        .filter(|agency| *agency != accused)
    }

    /// The federal body that wants something of agencies at large: "the department wants every jail to hold them",
    /// "it also demanded that agents be let in".
    pub(super) fn presser(&self, sentence: usize, core: &Core) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let from = self.speech.region(sentence, core.first).0;
        let at_large = |at: usize| {
            tokens[at + 1..].iter().take(LARGE).any(|token| has(&self.words.at_large, token.word))
        };
        let verb =
            (from + 1..=core.first).find(|&at| has(&self.words.pressing, tokens[at].word) && at_large(at))?;
        let federal = |subject| match subject {
            Some(Subject::Federal(agency)) => Some(agency),
            _ => None,
        };
        match self.subject(from, verb) {
            None if matches!(self.class(from, verb), Some((Class::Thing, at)) if at == from) => {
                // "ICE said in an e-mail that it urges all jails to hold them"
                let begin = self.segmented.sentences[sentence].range().start;
                let said = || (begin..from).any(|at| self.speech.says_at(at));
                if let Some(subject) = self.subject(begin, from).filter(|_| said()) {
                    return federal(Some(subject));
                }
                let before = self.segmented.sentences[..sentence].last()?.range();
                let written = || self.speech.names_letter(before.start, before.end);
                federal(self.subject(before.start, before.end))
                    .or_else(|| written().then(|| self.speech.letter_writer(before.start)).flatten())
            }
            subject => federal(subject),
        }
    }

    /// The government in focus where an executive order of a state is the subject: "Executive Order 12 takes the
    /// State Police out of the program".
    pub(super) fn decreeing(&self, from: usize, core: &Core) -> Option<usize> {
        let start = self.byte(from);
        let order = self.citations.get(self.citations.partition_point(|citation| citation.start < start))?;
        let named = &self.segmented.text[order.range()];
        let opens = self.segmented.token_at(order.start) <= from + 1 && order.end < self.byte(core.first);
        let subject = opens && named.contains("Executive Order") && !self.hangs(order.start, from);
        subject.then(|| focus(self.agencies, order.start, &[AgencyKind::Government])).flatten()
    }

    /// The federal body that a passage is about, where it says what others must do.
    pub(super) fn demander(&self, sentence: usize, core: &Core, clause: Clause) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        (clause.scope..core.last).find(|&at| has(&self.words.demanding, tokens[at].word))?;
        let says = self.speech.speaker_at(core.first).or_else(|| self.speech.reporter(sentence, clause));
        if let Some(Speaker::Agency(agency)) = says {
            // "Callers should contact ICE, the agency said": of no agency.
            let of_agencies = matches!(
                self.class(clause.scope, core.last),
                Some((Class::Anyone | Class::Deputies | Class::Officers | Class::Thing, _))
            );
            return (of_agencies && !self.is_holder(agency, false)).then_some(agency);
        }
        for index in (sentence.saturating_sub(PASSAGE)..=sentence).rev() {
            let range = self.segmented.sentences[index].range();
            let end = if index == sentence { clause.scope.min(core.first) } else { range.end };
            let (from, to) = (tokens[range.start].start, self.byte(end.max(range.start)));
            if let Some(mention) = mentions_in(self.agencies, from, to).first() {
                // "Officers may call ICE", "a request by ICE that a jail hold somebody": it demands nothing there.
                let named = self.segmented.token_at(mention.span.start);
                let hangs = self.hangs(mention.span.start, range.start);
                let of_paper = named >= range.start + 2
                    && self.is_any(named - 1, &["by", "from"])
                    && self.is_any(named - 2, &["request", "form", "notice", "detainer"]);
                let others = !hangs
                    && matches!(
                        self.class(range.start, named),
                        Some((Class::Officers | Class::Deputies | Class::FirstPerson, _))
                    );
                let about = !(of_paper || others);
                return (about && !self.is_holder(mention.agency, false)).then_some(mention.agency);
            }
        }
        None
    }

    /// Whose advice it is that somebody should do or not do something: the speaker's, in the text's own words
    /// the author's.
    pub(super) fn advised(&self, sentence: usize, core: &Core, clause: Clause, federal: bool) -> Advice {
        let tokens = &self.segmented.tokens;
        let mut before = clause.first..core.first.max(clause.first + 1);
        if !before.any(|at| has(&self.words.advising, tokens[at].word)) {
            return Advice::None;
        }
        let spoken = self.speech.speaker_at(core.first).map(|speaker| (speaker, Sieve::Speaker));
        let reported = || Some((self.speech.reporter(sentence, clause)?, Sieve::Reporter));
        match spoken.or_else(reported) {
            Some((Speaker::Agency(agency), sieve)) if self.is_holder(agency, federal) => {
                Advice::Of(agency, sieve)
            }
            Some((Speaker::Outsider | Speaker::Several, _)) => Advice::OfNobody,
            Some(_) => Advice::None,
            None => match self.author.filter(|_| self.issued) {
                Some(author) => Advice::Of(author, Sieve::Author),
                None => Advice::None,
            },
        }
    }

    /// Who does what the clause tells of: "by the jail", "holding people is something the jail does not do".
    pub(super) fn agent(&self, core: &Core, clause: Clause) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let (start, end) = (self.byte(core.last), self.byte(clause.last));
        let does = |mention: &&Mention| {
            let verb = self.segmented.token_at(mention.span.end);
            let is = |words: &[&str]| words.iter().any(|word| tokens[verb].is(self.segmented.text, word));
            verb < clause.last && is(&["does", "do", "doesn't", "don't", "will", "won't", "would", "did"])
        };
        let gerund =
            tokens[core.first].text(self.segmented.text).ends_with("ing") && core.first <= clause.first + 1;
        if gerund && let Some(mention) = mentions_in(self.agencies, start, end).iter().find(does) {
            return self.is_holder(mention.agency, false).then_some(mention.agency);
        }
        if let Some(agency) = self.inner_subject(core, clause) {
            return Some(agency);
        }
        let by = (core.first..clause.last.min(core.last + 3)).find(|&at| tokens[at].word == self.words.by);
        // "Detainers are honored at the jail", "get the same help from the city's police".
        let where_ = || {
            (core.first + 1..clause.last.min(core.last + 3))
                .find(|&at| has(&self.words.places, tokens[at].word))
        };
        let by = by.or_else(where_)?;
        let end = self.byte((by + 6).min(tokens.len() - 1));
        let mention = mentions_in(self.agencies, tokens[by].end, end).first()?;
        if mention.form == Form::Nominal && tokens[by].word != self.words.by {
            return None;
        }
        self.is_holder(mention.agency, false).then_some(mention.agency)
    }

    /// The subject of a clause within the statement: "has no bearing on whether DPS sends a car".
    fn inner_subject(&self, core: &Core, clause: Clause) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let text = |at: usize| tokens[at].text(self.segmented.text);
        let opened = |mention: &&Mention| {
            let at = self.segmented.token_at(mention.span.start);
            let the = usize::from(at > core.first && ["the", "our"].contains(&text(at - 1)));
            let before = at - the;
            before > core.first
                && (matches!(text(before - 1), "whether" | "how")
                    || text(before - 1) == "which"
                        && before.checked_sub(2).is_some_and(|comma| text(comma) == ","))
        };
        let within = mentions_in(self.agencies, self.byte(core.first), self.byte(clause.last));
        let mention = within.iter().find(opened)?;
        self.is_holder(mention.agency, false).then_some(mention.agency)
    }

    /// The agency last mentioned, unless somebody outside speaks.
    pub(super) fn nearest(&self, sentence: usize, core: &Core, clause: Clause) -> Option<(usize, Sieve)> {
        let speaker = self.speech.speaker_at(core.first).or_else(|| self.speech.reporter(sentence, clause));
        match speaker {
            Some(Speaker::Agency(agency)) if self.is_holder(agency, false) => Some((agency, Sieve::Near)),
            Some(Speaker::Outsider | Speaker::Several) => None,
            // "A jail that holds people breaks the law": of whichever does.
            _ if clause.relative.is_some() => None,
            // "Agencies by the hundreds have signed up", "A lawmaker proposes to end"
            _ if matches!(self.class(clause.scope, core.first), Some((Class::Anyone, _))) => None,
            _ => focus_around(self.agencies, self.byte(core.first), &[]).map(|agency| (agency, Sieve::Near)),
        }
    }

    /// The body whose members a plural names: the last agency whose name has one of its words.
    pub(super) fn members(&self, token: usize, at: u32) -> Option<usize> {
        let word = self.segmented.tokens[token].word;
        let (_, names) = self.words.members.iter().find(|(member, _)| *member == word)?;
        // "Commissioners in Bexar County"
        if let [seat, place, ..] = self.segmented.tokens[token + 1..]
            && seat.is(self.segmented.text, "in")
            && let Ok(there) = self.agencies.mentions.binary_search_by_key(&place.start, |m| m.span.start)
        {
            return Some(self.agencies.mentions[there].agency);
        }
        let upto = self.agencies.mentions.partition_point(|mention| mention.span.start <= at);
        let recent = self.agencies.mentions[upto.saturating_sub(40)..upto].iter().rev();
        let is_named = |agency: usize| {
            let name = self.agencies.agencies[agency].name.to_lowercase();
            names.iter().any(|word| name.contains(word))
        };
        let government = || {
            let plural = *names != ["patrol", "state police", "public safety"];
            plural.then(|| focus(self.agencies, at, &[AgencyKind::Government])).flatten()
        };
        // A headline says "supervisors" before the text names their board.
        let later = || {
            let mut later = self.agencies.mentions[upto..].iter().map(|mention| mention.agency);
            later.find(|&agency| is_named(agency))
        };
        recent
            .map(|mention| mention.agency)
            .find(|&agency| is_named(agency))
            .or_else(later)
            .or_else(government)
    }
}

/// How many words behind a demand say whether it is on agencies at large.
const LARGE: usize = 4;
