//! Sieves that find the holder of a stance, the most precise first.

use goldrule_schema::{AgencyKind, ByteSpan};

use super::clause::{has, ids};
use super::speech::{Speaker, Speech};
use super::{Clause, cores::Core};
use crate::agency::Agencies;
use crate::segment::Segmented;
use crate::token::{Vocabulary, WordId};

/// Which sieve found a holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sieve {
    /// The quotation's speaker.
    Speaker,
    /// The subject of the clause, an agency by any mention.
    Subject,
    /// The subject of the clause, a person who heads or speaks for an agency.
    Person,
    /// A pronoun or "officers", "deputies" as the subject.
    Pronoun,
    /// The subject of the reporting frame.
    Reporter,
    /// The agency that the text last spoke of.
    Focus,
}

/// Words that stand for an agency without naming it.
#[derive(Debug)]
pub(super) struct Words {
    deputies: Vec<WordId>,
    officers: Vec<WordId>,
    pronouns: Vec<WordId>,
    outsiders: Vec<WordId>,
    joins: Vec<WordId>,
}

impl Words {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        Self {
            deputies: ids(&["deputies", "deputy", "sheriff", "jailers", "jail", "jailer"], vocabulary),
            officers: ids(
                &["officers", "officer", "chief", "cops", "patrol", "policeman", "police"],
                vocabulary,
            ),
            pronouns: ids(
                &[
                    "we",
                    "our",
                    "us",
                    "i",
                    "he",
                    "she",
                    "it",
                    "they",
                    "his",
                    "her",
                    "its",
                    "their",
                    "members",
                    "staff",
                    "personnel",
                    "employees",
                ],
                vocabulary,
            ),
            outsiders: ids(
                &[
                    "trump",
                    "biden",
                    "homan",
                    "president",
                    "administration",
                    "congress",
                    "lawmakers",
                    "legislators",
                    "lawmaker",
                    "senators",
                    "law",
                    "statute",
                    "bill",
                    "measure",
                    "act",
                    "court",
                    "judge",
                    "judges",
                    "advocates",
                    "activists",
                    "critics",
                    "opponents",
                    "residents",
                    "groups",
                    "group",
                    "supporters",
                    "protesters",
                    "aldermen",
                    "republicans",
                    "democrats",
                    "plaintiffs",
                    "ruling",
                    "lawsuit",
                    "opinion",
                    "which",
                    "who",
                    "attorneys",
                    "government",
                    "military",
                    "network",
                    "coalition",
                    "agents",
                ],
                vocabulary,
            ),
            joins: ids(&[",", "and", "or", "&", "the", "both", "–", "-"], vocabulary),
        }
    }

    /// Whether a clause opens with somebody who is no agency, so that nobody of the document is meant.
    fn is_outside(&self, segmented: &Segmented<'_>, clause: Clause, core: &Core) -> bool {
        let end = core.first.min(clause.first + 7);
        (clause.first..end).any(|at| has(&self.outsiders, segmented.tokens[at].word))
    }

    /// Further agencies of a list ("Lyon, Douglas and Mineral counties") whose first is the subject.
    pub(super) fn listed(
        &self,
        segmented: &Segmented<'_>,
        agencies: &Agencies,
        clause: Clause,
        core: &Core,
        first: usize,
    ) -> Vec<usize> {
        let tokens = &segmented.tokens;
        let (start, end) = (tokens[clause.first].start, tokens[core.first].start);
        let mut mentions = agencies
            .mentions
            .iter()
            .filter(|m| start <= m.span.start && m.span.end <= end)
            .skip_while(|m| m.agency != first);
        let Some(mut last) = mentions.next() else { return Vec::new() };
        let mut more = Vec::new();
        for mention in mentions {
            let between = segmented.token_at(last.span.end)..segmented.token_at(mention.span.start);
            if !between.is_empty()
                && between.clone().all(|at| has(&self.joins, tokens[at].word))
                && between.len() <= 3
            {
                if mention.agency != first && !more.contains(&mention.agency) {
                    more.push(mention.agency);
                }
                last = mention;
            } else {
                break;
            }
        }
        more
    }

    /// The holder of the stance whose core stands in a clause; `None` where every sieve abstains.
    #[allow(clippy::too_many_arguments, reason = "one call site; a struct would only rename the list")]
    pub(super) fn find(
        &self,
        segmented: &Segmented<'_>,
        agencies: &Agencies,
        speech: &Speech<'_>,
        sentence: usize,
        core: &Core,
        clause: Clause,
        federal: bool,
    ) -> Option<(usize, Sieve)> {
        let tokens = &segmented.tokens;
        let at = tokens[core.first].start;
        let quoted = speech.speaker_at(core.first);
        let subject = subject(segmented, agencies, clause, core, federal);
        let person = person(segmented, agencies, clause.first, core.first);
        match quoted {
            Some(Speaker::Agency(agency)) => return Some((agency, Sieve::Speaker)),
            Some(Speaker::Outsider) => return subject.map(|agency| (agency, Sieve::Subject)),
            _ => {}
        }
        if let Some(agency) = subject {
            return Some((agency, Sieve::Subject));
        }
        if let Some(agency) = person {
            return Some((agency, Sieve::Person));
        }
        if let Some(Speaker::Agency(agency)) = speech.reporter(sentence, clause)
            && is_holder(agencies, agency, federal)
        {
            return Some((agency, Sieve::Reporter));
        }
        if self.is_outside(segmented, clause, core) {
            return None;
        }
        let between = clause.first.min(core.first)..core.last;
        let stands = |words: &[WordId]| between.clone().any(|at| has(words, tokens[at].word));
        if stands(&self.deputies)
            && let Some(agency) = agencies.focus_at(at, Some(AgencyKind::Sheriff))
        {
            return Some((agency, Sieve::Pronoun));
        }
        if stands(&self.officers)
            && let Some(agency) = agencies.focus_at(at, Some(AgencyKind::Police))
        {
            return Some((agency, Sieve::Pronoun));
        }
        let focus = agencies.focus_at(at, None).filter(|&agency| is_holder(agencies, agency, federal));
        if stands(&self.pronouns) {
            return focus.map(|agency| (agency, Sieve::Pronoun));
        }
        focus.map(|agency| (agency, Sieve::Focus))
    }
}

fn is_holder(agencies: &Agencies, agency: usize, federal: bool) -> bool {
    federal || agencies.agencies[agency].kind != AgencyKind::Federal
}

/// The agency that a clause has for its subject: the first mention in it before the core.
fn subject(
    segmented: &Segmented<'_>,
    agencies: &Agencies,
    clause: Clause,
    core: &Core,
    federal: bool,
) -> Option<usize> {
    let start = segmented.tokens[clause.first].start;
    let end = segmented.tokens[core.first].start;
    let inside = |span: ByteSpan| start <= span.start && span.end <= end;
    let mentions = agencies
        .mentions
        .iter()
        .filter(|mention| inside(mention.span) && is_holder(agencies, mention.agency, federal));
    mentions.map(|mention| mention.agency).next()
}

/// The agency of a person named before the core.
fn person(segmented: &Segmented<'_>, agencies: &Agencies, from: usize, to: usize) -> Option<usize> {
    let text = segmented.text;
    segmented.tokens[from..to.max(from)]
        .iter()
        .filter(|token| token.is_capital())
        .find_map(|token| agencies.person_agency(token.text(text), token.end))
}
