//! Sieves that find the holder of a stance, the most precise first.

use goldrule_schema::{AgencyKind, ByteSpan, Form};

use super::clause::has;
use super::nouns::{Class, DEPUTIES, OFFICERS, Words};
use super::sieves::Advice;
use super::spans::{focus, focus_around, mentions_in, persons_in};
use super::speech::{Speaker, Speech};
use super::{Clause, author, cores::Core, signature};
use crate::agency::{Agencies, Mention, is_byline};
use crate::segment::Segmented;

/// Which sieve found a holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sieve {
    /// What the rule's pattern captures as the holder.
    Capture,
    /// The quotation's speaker.
    Speaker,
    /// The subject of the clause, an agency by any mention.
    Subject,
    /// The object of an accusation: "sued the jail, saying it holds people for ICE".
    Accused,
    /// The federal body that demands it of others.
    Demander,
    /// The agent behind a passive: "are honored by the jail".
    Agent,
    /// The subject of the clause, a person who heads or speaks for an agency.
    Person,
    /// The subject of the reporting frame.
    Reporter,
    /// A text in the first person is its author's.
    Author,
    /// A pronoun, or a noun such as "officers", "deputies", "commissioners".
    Noun,
    /// The agency that the text last spoke of.
    Focus,
    /// The agency last mentioned, where the words of the sentence leave no doubt that somebody states something.
    Near,
}

/// What a sieve looks at.
pub(super) struct Scene<'a> {
    pub(super) words: &'a Words,
    pub(super) segmented: &'a Segmented<'a>,
    pub(super) agencies: &'a Agencies,
    pub(super) speech: &'a Speech<'a>,
    /// The agency that a text in the first person speaks for: the one it names at its head, or its only one.
    pub(super) author: Option<usize>,
    /// The text itself, and not only people it quotes, says "we".
    first_person: bool,
    /// The text itself says "our officers" or the like, or is a post of its author's.
    pub(super) own_force: bool,
    /// The text is a policy, an order or a release: what it says its author says.
    pub(super) issued: bool,
    /// Legal citations, which state nobody's position by themselves.
    pub(super) citations: &'a [ByteSpan],
    /// The body that a resolution's clauses resolve for, from a byte on.
    pub(super) resolves: Option<(u32, usize)>,
}

/// The first agency or person of a stretch that may be its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Agency(usize),
    Person(usize),
    Federal(usize),
    Stranger,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        words: &'a Words,
        segmented: &'a Segmented<'a>,
        agencies: &'a Agencies,
        speech: &'a Speech<'a>,
        citations: &'a [ByteSpan],
    ) -> Self {
        let first_person = author::says_we(words, segmented);
        let signer = first_person.then(|| signature::signer(segmented, agencies)).flatten();
        let author = signer.or_else(|| author::author(segmented, agencies, first_person));
        let resolves = author::resolves(words, segmented, agencies);
        let issued = resolves.is_some()
            || author::is_issued(segmented)
            || author::is_letter(segmented, agencies, author);
        let posted = || {
            let first = agencies.mentions.first().filter(|mention| author == Some(mention.agency));
            first.is_some_and(|mention| is_byline(segmented.text, mention.span))
        };
        let own_force = first_person && (author::has_force(words, segmented) || posted());
        Self {
            words,
            segmented,
            agencies,
            speech,
            author,
            first_person,
            own_force,
            issued,
            citations,
            resolves,
        }
    }

    /// Who answers in the turn of a transcript that holds a byte.
    pub(super) fn answerer(&self, byte: u32) -> Option<(usize, Sieve)> {
        match self.speech.speaker_at(self.segmented.token_at(byte))? {
            Speaker::Agency(agency) if self.is_holder(agency, false) => Some((agency, Sieve::Speaker)),
            _ => None,
        }
    }

    /// Whether a statement about an agency outside quotations is the agency's own: a text in the first
    /// person, and one that the agency issues, speaks for its author throughout.
    pub(super) fn speaks_for(&self, agency: Option<usize>) -> bool {
        (self.first_person || self.issued) && self.is_author(agency)
            || self.resolves.is_some_and(|(_, body)| agency == Some(body))
    }

    /// Whether an agency is the one that the text speaks for.
    pub(super) fn is_author(&self, agency: Option<usize>) -> bool {
        agency.is_some() && agency == self.author
    }

    pub(super) fn is_holder(&self, agency: usize, federal: bool) -> bool {
        federal || self.agencies.agencies[agency].kind != AgencyKind::Federal
    }

    pub(super) fn byte(&self, token: usize) -> u32 {
        self.segmented.tokens.get(token).map_or(self.segmented.text.len() as u32, |token| token.start)
    }

    /// The first sentence of a sentence's paragraph.
    pub(super) fn paragraph_start(&self, sentence: usize) -> usize {
        let sentences = &self.segmented.sentences;
        let paragraph = sentences[sentence].paragraph;
        sentences[..sentence].partition_point(|before| before.paragraph < paragraph)
    }

    /// Whether what stands at a byte hangs on a preposition before it.
    pub(super) fn hangs(&self, byte: u32, floor: usize) -> bool {
        self.words.grammar.hangs(self.segmented, byte, floor)
    }

    /// Whether a citation is of something that an agency or a council itself adopts.
    fn is_own_order(&self, citation: ByteSpan) -> bool {
        let text = &self.segmented.text[citation.range()];
        ["Order", "Directive", "Policy", "Ordinance", "Resolution"].iter().any(|word| text.contains(word))
    }

    /// Whether a byte stands within the first words of a stretch.
    fn opens(&self, byte: u32, from: usize) -> bool {
        self.segmented.token_at(byte) <= from + 3
    }

    /// The first agency or person between two tokens that hangs on no preposition.
    pub(super) fn subject(&self, from: usize, to: usize) -> Option<Subject> {
        let tokens = &self.segmented.tokens;
        if from >= to {
            return None;
        }
        let (start, end) = (tokens[from].start, tokens[to - 1].end);
        let mentions = mentions_in(self.agencies, start, end);
        let free =
            |mention: &Mention| !self.hangs(mention.span.start, from) || self.is_of_its_people(mention, from);
        let mut nth = mentions.iter().position(free);
        // "The county's Department of Corrections": what the county has is the subject.
        while let Some(at) = nth
            && mentions.get(at + 1).is_some_and(|next| self.possesses(mentions[at].span, next.span))
        {
            nth = Some(at + 1);
        }
        let mention = nth.map(|at| &mentions[at]);
        let person =
            persons_in(self.agencies, start, end).iter().find(|person| !self.hangs(person.span.start, from));
        let law = self.citations.partition_point(|citation| citation.start < start);
        let law = self.citations.get(law).filter(|law| law.start < end && !self.is_own_order(**law));
        let law = law.map(|law| law.start);
        if let Some(law) =
            law.filter(|&law| !self.hangs(law, from) && self.opens(law, from) && !self.dates(law, from))
            && mention.is_none_or(|mention| law < mention.span.start)
            && person.is_none_or(|person| law < person.span.start)
        {
            return Some(Subject::Stranger);
        }
        let of_mention = |agency| {
            if self.is_holder(agency, false) { Subject::Agency(agency) } else { Subject::Federal(agency) }
        };
        match (mention, person) {
            // "Omaha Police Chief Todd Marlin": the person knows better than the words before the name.
            (Some(mention), Some(person))
                if person.span.start < mention.span.start + 60
                    && person.span.start > mention.span.start
                    && !self.is_told_of(mention.span.end, person.span.start) =>
            {
                Some(person.agency.map_or(of_mention(mention.agency), Subject::Person))
            }
            (Some(mention), Some(person)) if mention.span.start <= person.span.start => {
                Some(of_mention(mention.agency))
            }
            (_, Some(person)) => Some(person.agency.map_or(Subject::Stranger, |agency| {
                if self.is_holder(agency, false) { Subject::Person(agency) } else { Subject::Federal(agency) }
            })),
            (Some(mention), None) => Some(of_mention(mention.agency)),
            (None, None) => None,
        }
    }

    /// Whether a relative pronoun parts two bytes: "the association, which has endorsed Orcutt".
    fn is_told_of(&self, from: u32, to: u32) -> bool {
        let (first, last) = (self.segmented.token_at(from), self.segmented.token_at(to));
        self.segmented.tokens[first..last.max(first)].iter().any(|token| self.speech.is_relative(token.word))
    }

    /// What the first telling word between two tokens says.
    pub(super) fn class(&self, from: usize, to: usize) -> Option<(Class, usize)> {
        let tokens = &self.segmented.tokens;
        (from..to.min(from + 40)).find_map(|at| {
            let word = tokens[at].word;
            if at > from && has(&self.words.counts, word) && tokens[at - 1].is(self.segmented.text, "all") {
                return Some((Class::Both, at));
            }
            let (class, _) = self.words.classes.iter().find(|(_, words)| has(words, word))?;
            if *class == Class::FirstPerson && self.is_hearing(at) {
                return None;
            }
            if self.is_named(tokens[at].start)
                || self.possesses_next(at)
                || self.is_in_date(at, from)
                || self.is_of_ordinance(at)
                || *class == Class::Officers && self.qualifies_deputies(at)
            {
                return None;
            }
            // "Local police may not" and "a jail that holds" speak of none in particular.
            let class = match class {
                Class::Deputies | Class::Thing
                    if at > from
                        && has(&self.words.indefinite, tokens[at - 1].word)
                        && has(&self.words.bodies, word) =>
                {
                    &Class::Anyone
                }
                Class::Officers if at > from && has(&self.words.general, tokens[at - 1].word) => {
                    &Class::Anyone
                }
                class => class,
            };
            let hangs = matches!(class, Class::Outsider | Class::Anyone | Class::Policy | Class::Ordinance)
                && self.hangs(tokens[at].start, from);
            (!hangs).then_some((*class, at))
        })
    }

    /// Whether a byte lies within a mention: its words say nothing by themselves.
    pub(super) fn is_named(&self, byte: u32) -> bool {
        let after = self.agencies.mentions.partition_point(|mention| mention.span.start <= byte);
        after.checked_sub(1).is_some_and(|index| {
            let mention = &self.agencies.mentions[index];
            byte < mention.span.end && mention.form != Form::Nominal
        })
    }

    /// The holder of the stance whose core stands in a clause; `None` where every sieve abstains.
    pub(super) fn holder(
        &self,
        sentence: usize,
        core: &Core,
        clause: Clause,
        federal: bool,
    ) -> Option<(usize, Sieve)> {
        let found = self.sieved(sentence, core, clause, federal);
        let found = found.map(|found| self.within_headed(sentence, core, found));
        // "A member who comes upon agents shall stay out of it": an order speaks to its author's own people.
        let local = found.is_some_and(|(agency, _)| self.is_holder(agency, false));
        let plain = core.holder.is_none() && clause.relative.is_none();
        let ordered = self.issued && plain && !local && self.is_ordered(sentence, core);
        self.author.filter(|_| ordered).map(|agency| (agency, Sieve::Author)).or(found)
    }

    /// Whether the text itself says in a sentence what shall, may or must be done.
    fn is_ordered(&self, sentence: usize, core: &Core) -> bool {
        let range = self.segmented.sentences[sentence].range();
        let quoted = self.speech.quotation_at(core.first).is_some();
        let tokens = &self.segmented.tokens[range.start..core.last];
        !quoted && tokens.iter().any(|token| has(&self.words.enacting, token.word))
    }

    /// As [`Scene::holder`], of the clause alone.
    fn sieved(&self, sentence: usize, core: &Core, clause: Clause, federal: bool) -> Option<(usize, Sieve)> {
        if let Some(captured) = core.holder {
            return self.captured(captured, federal).map(|agency| (agency, Sieve::Capture));
        }
        if let Some(body) = self.resolving(sentence, core, clause) {
            return Some((body, Sieve::Author));
        }
        if let Some(agency) = self.presser(sentence, core) {
            return Some((agency, Sieve::Demander));
        }
        if let Some(agency) = self.enumerated(sentence, clause, core) {
            return Some((agency, Sieve::Subject));
        }
        match self.advised(sentence, core, clause, federal) {
            Advice::Of(agency, sieve) => return Some((agency, sieve)),
            Advice::OfNobody => return None,
            Advice::None => {}
        }
        if let Some(relative) = clause.relative {
            // "Anyone who is a victim can come to us": the speaker says so.
            let speaker = || match self.speech.speaker_at(core.first)? {
                Speaker::Agency(agency) => {
                    self.is_holder(agency, federal).then_some((agency, Sieve::Speaker))
                }
                Speaker::Outsider | Speaker::Several | Speaker::Unknown => None,
            };
            let found = self
                .antecedent(relative)
                .or_else(|| self.made_by(relative).map(|agency| (agency, Sieve::Subject)))
                .or_else(|| self.follower(sentence, clause, relative))
                .or_else(|| self.framer(sentence, relative));
            return found.or_else(speaker);
        }
        let floor = self.speech.region(sentence, core.first).0.min(clause.scope);
        if let Some(agency) = (floor..core.first).find_map(|which| self.made_by(which)) {
            return Some((agency, Sieve::Subject));
        }
        if let Some(agency) = self.decreeing(floor, core).or_else(|| self.ordaining(sentence, clause)) {
            return Some((agency, Sieve::Noun));
        }
        if let Some(agency) = self.issuer(floor, core).or_else(|| self.commanding(floor, clause, core)) {
            return Some((agency, Sieve::Subject));
        }
        let class = self.class(clause.scope, core.last.min(core.first + 1).max(core.first));
        let near =
            self.subject(clause.scope, core.first).or_else(|| self.force_of(class).map(Subject::Agency));
        let own = self.is_own(class, floor, clause, core);
        let subject = match near {
            // "The budget grew while the government spent more": another subject than the sentence's.
            None if matches!(class, Some((Class::Outsider, _))) && clause.scope > floor => None,
            None if class.is_none() || clause.scope > floor && !own => self.subject(floor, core.first),
            near => near,
        };
        let subject = subject.map(|subject| self.spoken_for(subject, sentence, clause));
        let subject_agency = match subject {
            Some(Subject::Agency(agency)) => Some((agency, Sieve::Subject)),
            Some(Subject::Person(agency)) => Some((agency, Sieve::Person)),
            Some(Subject::Federal(agency)) if federal => Some((agency, Sieve::Subject)),
            _ => None,
        };
        match self.speech.speaker_at(core.first) {
            Some(Speaker::Agency(agency)) => {
                let other = subject_agency.filter(|_| !own && near.is_some());
                let speaker = self.is_holder(agency, federal).then_some((agency, Sieve::Speaker));
                let demander =
                    || self.demander(sentence, core, clause).map(|agency| (agency, Sieve::Demander));
                return other.or(speaker).or_else(demander);
            }
            Some(Speaker::Several) => return subject_agency,
            Some(Speaker::Outsider) => {
                return subject_agency.or_else(|| {
                    let about = matches!(
                        class,
                        Some((Class::Person | Class::Thing | Class::Deputies | Class::Officers, _))
                    );
                    (!own && about)
                        .then(|| self.passage(sentence, core.first))
                        .flatten()
                        .map(|a| (a, Sieve::Noun))
                });
            }
            _ => {}
        }
        if own && self.speech.speaker_at(core.first).is_none() {
            return match self.speech.reporter(sentence, clause) {
                Some(Speaker::Agency(agency)) if self.is_holder(agency, federal) => {
                    Some((agency, Sieve::Reporter))
                }
                Some(Speaker::Outsider | Speaker::Several) => None,
                _ => self.author.map(|agency| (agency, Sieve::Author)),
            };
        }
        if let Some(agency) =
            class.filter(|_| near.is_none()).and_then(|(_, at)| self.their_force(sentence, at))
        {
            return Some((agency, Sieve::Noun));
        }
        // "In their place the sheriff's office houses men": the pronoun is no subject.
        let before_noun = class.is_none_or(|(_, at)| {
            near.is_none()
                || self.hangs(self.byte(at), clause.scope)
                || self.is_people_of_mention(at)
                || self.before(near, at, clause)
        });
        if let Some(found) = subject_agency.filter(|_| before_noun || near.is_none()) {
            return Some(found);
        }
        if matches!(class, None | Some((Class::Outsider, _)))
            && !matches!(near, Some(Subject::Agency(_) | Subject::Person(_)))
            && let Some(agency) = self.owner(sentence, core, clause, federal)
        {
            return Some((agency, Sieve::Noun));
        }
        if let Some(agency) = self.accused(sentence, core) {
            return Some((agency, Sieve::Accused));
        }
        if let Some(agency) = self.demander(sentence, core, clause) {
            return Some((agency, Sieve::Demander));
        }
        if let Some(agency) = self.agent(core, clause) {
            return Some((agency, Sieve::Agent));
        }
        self.without_subject(sentence, core, clause, federal, near, class).or(subject_agency)
    }

    /// Whether the subject found stands before the telling word.
    fn before(&self, subject: Option<Subject>, noun: usize, clause: Clause) -> bool {
        // "The county's Department of Corrections": the noun is part of the subject's own name.
        let byte = self.byte(noun);
        let around = self.agencies.mentions.partition_point(|mention| mention.span.start <= byte);
        let within = around.checked_sub(1).map(|index| &self.agencies.mentions[index]);
        let within = within.filter(|mention| byte < mention.span.end).map(|mention| mention.agency);
        within.is_some() && subject == within.map(Subject::Agency)
            || subject.is_some() && self.subject(clause.scope, noun + 1) == subject
            || self.subject(clause.scope, noun).is_none()
                && !matches!(
                    self.class(clause.scope, noun + 1),
                    Some((
                        Class::Person | Class::Thing | Class::Outsider | Class::Anyone | Class::Ordinance,
                        _
                    ))
                )
    }

    /// Sieves for clauses whose subject is no mention and no person.
    fn without_subject(
        &self,
        sentence: usize,
        core: &Core,
        clause: Clause,
        federal: bool,
        near: Option<Subject>,
        class: Option<(Class, usize)>,
    ) -> Option<(usize, Sieve)> {
        let at = self.byte(core.first);
        let others = matches!(class, Some((Class::Deputies | Class::Officers, _)));
        let reporter =
            self.speech.reporter(sentence, clause).filter(|_| !(others && self.is_alleged(sentence, core)));
        let noun = |agency: Option<usize>| agency.map(|agency| (agency, Sieve::Noun));
        if matches!(near, Some(Subject::Stranger | Subject::Federal(_)))
            && class.is_none_or(|(_, at)| at >= core.first)
        {
            return None;
        }
        match (class, reporter) {
            (Some((Class::Members, token)), _) => {
                if let Some(agency) = self.members(token, at) {
                    return noun(Some(agency));
                }
            }
            (Some((Class::Ordinance, _)), None) => {
                return noun(focus(self.agencies, at, &[AgencyKind::Government]));
            }
            (_, Some(Speaker::Agency(agency))) if self.is_holder(agency, federal) => {
                return Some((agency, Sieve::Reporter));
            }
            _ => {}
        }
        // "Some chiefs said they will not help": no agency of the document.
        if reporter == Some(Speaker::Several) && matches!(class, None | Some((Class::Thing, _))) {
            return None;
        }
        let reported = matches!(reporter, Some(Speaker::Agency(_) | Speaker::Outsider));
        if reporter.is_none()
            && matches!(class, None | Some((Class::Officers | Class::Deputies | Class::Policy, _)))
            && self.speech.quotation_at(core.first).is_none()
            && let Some(ours) = self.ours(sentence)
        {
            return Some(ours);
        }
        let passage = || self.passage(sentence, clause.scope);
        match class.map(|(class, _)| class) {
            Some(Class::Outsider | Class::Anyone) => None,
            Some(Class::Deputies) => noun(focus_around(self.agencies, at, DEPUTIES).or_else(passage)),
            Some(Class::Officers) => noun(
                focus_around(self.agencies, at, OFFICERS).or_else(|| focus_around(self.agencies, at, &[])),
            ),
            Some(Class::Person) => noun(self.person(sentence, clause.scope)),
            Some(Class::Thing | Class::Policy | Class::Members) => {
                noun(passage().or_else(|| focus_around(self.agencies, at, &[])))
            }
            None if reported => None,
            _ => {
                if let Some((_, agency)) = self.resolves.filter(|(from, _)| *from <= at) {
                    return noun(Some(agency));
                }
                passage()
                    .or_else(|| focus_around(self.agencies, at, &[]))
                    .map(|agency| (agency, Sieve::Focus))
            }
        }
        .filter(|(agency, _)| self.is_holder(*agency, federal))
    }
}
