//! Whose a jail, a department, a place in a name is.

use goldrule_schema::{AgencyKind, ByteSpan};

use super::clause::has;
use super::holder::{Scene, Subject};
use super::nouns::{Class, DEPUTIES, OFFICERS};
use super::spans::{focus_around, mentions_in, persons_in};
use super::speech::Speaker;
use super::{Clause, cores::Core};
use crate::token::is_possessive;

impl Scene<'_> {
    /// A county for which its sheriff speaks is the sheriff: "Whitcomb County will hold nobody, Sheriff Teller said".
    pub(super) fn spoken_for(&self, subject: Subject, sentence: usize, clause: Clause) -> Subject {
        let Subject::Agency(county) = subject else { return subject };
        let of = |agency: usize| &self.agencies.agencies[agency];
        let bare = of(county).kind == AgencyKind::Government && of(county).name.ends_with(" County");
        // "Cook County bars its sheriff from holding people, he said": the county does.
        let rules = (clause.first..clause.last)
            .any(|at| self.is_any(at, &["bars", "barred", "ordinance", "forbids", "its", "requires"]));
        let bare = bare && !rules;
        match self.speech.reporter(sentence, clause).filter(|_| bare) {
            Some(Speaker::Agency(speaker))
                if of(speaker).kind == AgencyKind::Sheriff
                    && of(speaker).name.starts_with(&of(county).name) =>
            {
                Subject::Agency(speaker)
            }
            _ => subject,
        }
    }

    /// Whether a token is the last of a mention that possesses another one: "the county's Department of
    /// Corrections".
    pub(super) fn possesses_next(&self, at: usize) -> bool {
        let tokens = &self.segmented.tokens;
        let Some(mark) = tokens.get(at + 1) else { return false };
        let owner = mentions_in(self.agencies, 0, tokens[at].end).last();
        owner.filter(|owner| owner.span.end == tokens[at].end).is_some_and(|owner| {
            let next = mentions_in(self.agencies, mark.end, self.byte(at + 8)).first();
            next.is_some_and(|next| self.possesses(owner.span, next.span))
        })
    }

    /// Whose the jail or department is that a statement names behind its verb: "Agents may enter his jail".
    pub(super) fn owner(&self, sentence: usize, core: &Core, clause: Clause, federal: bool) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let owned = (core.first..clause.last.min(core.last + 4)).any(|at| {
            has(&self.words.owning, tokens[at].word)
                && tokens[at + 1..].iter().take(2).any(|token| has(&self.words.bodies, token.word))
        });
        owned.then(|| self.person(sentence, clause.first))?.filter(|&agency| self.is_holder(agency, federal))
    }

    /// The force whose officers or deputies are named by its place or its head: "Harper Mills officers",
    /// "Gaines's deputies".
    pub(super) fn force_of(&self, class: Option<(Class, usize)>) -> Option<usize> {
        let (kinds, at) = match class? {
            (Class::Officers, at) => (OFFICERS, at),
            (Class::Deputies, at) => (DEPUTIES, at),
            _ => return None,
        };
        let tokens = &self.segmented.tokens;
        let text = |at: usize| tokens.get(at).map_or("", |token| token.text(self.segmented.text));
        // "Commissioner Wolak said sheriff's deputies stop nobody"
        if text(at) == "sheriff" && is_possessive(text(at + 1)) && text(at + 2) == "deputies" {
            return focus_around(self.agencies, tokens[at].start, &[AgencyKind::Sheriff]);
        }
        let last = at.checked_sub(1)?;
        if is_possessive(text(last)) {
            let owner = tokens[last.checked_sub(1)?];
            let persons = persons_in(self.agencies, owner.start.saturating_sub(40), owner.end);
            return persons.last().filter(|person| person.span.end == owner.end)?.agency;
        }
        let first = (at.saturating_sub(PLACE)..at).rev().take_while(|&at| tokens[at].is_capital()).last()?;
        let place = &self.segmented.text[tokens[first].start as usize..tokens[last].end as usize];
        let (before, after) = self.agencies.mentions.split_at(
            self.agencies.mentions.partition_point(|mention| mention.span.start < tokens[at].start),
        );
        let near = before.iter().rev().take(NEAR).chain(after.iter().take(NEAR));
        near.map(|mention| mention.agency).find(|&agency| {
            let agency = &self.agencies.agencies[agency];
            let rest = agency.name.strip_prefix(place);
            kinds.contains(&agency.kind) && rest.is_some_and(|rest| rest.starts_with(' '))
        })
    }

    /// Whether a sentence names a jail or those in it.
    pub(super) fn is_about_custody(&self, range: std::ops::Range<usize>) -> bool {
        self.segmented.tokens[range].iter().any(|token| has(&self.words.custody, token.word))
    }

    /// Whether the first of two spans is the possessor of the second: "'s" and at most four words between.
    pub(super) fn possesses(&self, owner: ByteSpan, owned: ByteSpan) -> bool {
        let between = self.segmented.token_at(owner.end)..self.segmented.token_at(owned.start);
        let possessive = self.segmented.tokens.get(between.start).map_or("", |t| t.text(self.segmented.text));
        between.len() <= 5 && is_possessive(possessive)
    }
}

/// How many words the name of a place has at most.
const PLACE: usize = 4;

/// How many mentions either way the force of a place is looked for.
const NEAR: usize = 200;
