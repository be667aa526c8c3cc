//! Several holders of one position: "Lyon, Douglas and Mineral counties", "both".

use std::ops::Range;

use super::clause::has;
use super::holder::{Scene, Sieve};
use super::nouns::Class;
use super::spans::mentions_in;
use super::{Clause, cores::Core};
use crate::agency::Mention;

impl Scene<'_> {
    /// Further agencies of a list ("Lyon, Douglas and Mineral counties") whose first is the subject, or all
    /// of the last list where the subject is "both".
    pub(super) fn listed(
        &self,
        sentence: usize,
        clause: Clause,
        core: &Core,
        (first, sieve): (usize, Sieve),
    ) -> Vec<usize> {
        if let Some((list, last)) = self.enumeration(sentence, clause, core) {
            return self.run(list, last, first);
        }
        if let Some((list, last)) = self.likewise(sentence, core) {
            let mut more = self.run(list, last, usize::MAX);
            more.retain(|&agency| agency != first);
            return more;
        }
        let end = self.byte(core.first);
        let start = self.byte(clause.scope.min(clause.first));
        let mut more = self.run(start, end, first);
        more.extend(self.companions(sentence).into_iter().filter(|&agency| agency != first));
        // "Kendall sheriff, Addison police say they won't help": both say so; "Five offices — Campbell, Carbon and
        // Natrona — already have": the list parts the subject from its verb.
        let parted = clause.first > 0
            && matches!(self.segmented.tokens[clause.first - 1].text(self.segmented.text), "—" | "–")
            && mentions_in(self.agencies, start, end).is_empty();
        if more.is_empty() && (sieve == Sieve::Reporter || parted) {
            more = self.run(self.byte(self.segmented.sentences[sentence].range().start), end, first);
        }
        let class = self.class(clause.scope, core.first);
        if more.is_empty()
            && sieve == Sieve::Noun
            && matches!(class, Some((Class::Thing, at)) if self.words.plural.contains(&self.segmented.tokens[at].word)
                && self.their_force(sentence, at).is_none())
        {
            more = self.run(end.saturating_sub(LIST_MEMORY), start, first);
        }
        if let Some((captured, _)) = core.holder.filter(|_| more.is_empty() && sieve == Sieve::Capture) {
            more = self.behind(sentence, captured, first);
        }
        if more.is_empty() && matches!(class, Some((Class::Both, _))) {
            let before = self.byte(clause.scope).saturating_sub(LIST_MEMORY);
            more = self.run(before, self.byte(clause.scope), usize::MAX);
            more.retain(|&agency| agency != first);
        }
        more
    }

    /// The bytes of the list that says who a sentence's subject are, behind its colon, its "are" or in the next sentence:
    /// "Half a dozen towns have signed on: Pittsburg, Candia and Troy", "Counties that won't are Polk, Story and Linn",
    /// "Four agencies have. They are the Elko Police …".
    fn enumeration(&self, sentence: usize, clause: Clause, core: &Core) -> Option<(u32, u32)> {
        if self.subject(clause.scope, core.first).is_some() {
            return None;
        }
        let opens = self.segmented.sentences[sentence].range().start.min(clause.scope);
        if !(opens..core.last).any(|at| self.is_any(at, PLURALS)) {
            return None;
        }
        let end = self.byte(self.segmented.sentences[sentence].range().end);
        let after = mentions_in(self.agencies, self.byte(core.last), end);
        let listed = after.iter().take(MOST_LISTED).find(|mention| {
            let colon = self.segmented.token_at(mention.span.start).saturating_sub(1);
            let the = usize::from(self.segmented.tokens[colon].is(self.segmented.text, "the"));
            self.is_any(colon.saturating_sub(the), &[":", "are"])
        });
        if let Some(first) = listed {
            let list = (first.span.start, end);
            return Some(list).filter(|_| self.is_holder(first.agency, false) && self.is_bare_list(list));
        }
        let next = self.segmented.sentences.get(sentence + 1)?.range();
        let word = |at: usize| self.segmented.tokens.get(next.start + at).copied();
        let any = |at, words: &[&str]| {
            word(at).is_some_and(|token| words.iter().any(|w| token.is(self.segmented.text, w)))
        };
        if !any(0, &["they", "these", "those"]) || !any(1, &["are", "include"]) {
            return None;
        }
        let the = usize::from(any(2, &["the"]));
        let list = (word(2 + the)?.start, self.byte(next.end));
        let mentions = mentions_in(self.agencies, list.0, list.1);
        let opens = mentions.first().is_some_and(|first| first.span.start == list.0);
        (opens && mentions.len() > 1 && self.is_bare_list(list)).then_some(list)
    }

    /// The bytes of a list of those who do the same: "signed, as have half a dozen towns: Colebrook, Candia and Gorham".
    fn likewise(&self, sentence: usize, core: &Core) -> Option<(u32, u32)> {
        let tokens = &self.segmented.tokens;
        let range = self.segmented.sentences[sentence].range();
        let last = range.end.min(core.last + MOST_LISTED);
        let same = (core.last..last).find(|&at| {
            self.is_any(at, &["as", "so"])
                && self.is_any(at + 1, &["have", "has", "did", "do", "does", "will"])
        })?;
        let colon = (same + 2..range.end.min(same + 2 + MOST_LISTED)).find(|&at| self.is_any(at, &[":"]))?;
        let plural = (same + 2..colon).any(|at| self.is_any(at, PLURALS));
        let list = (tokens.get(colon + 1)?.start, self.byte(range.end));
        let mentions = mentions_in(self.agencies, list.0, list.1);
        (plural && mentions.len() > 1 && self.is_bare_list(list)).then_some(list)
    }

    /// Those of the list that begins with a capture, where nothing but a mark ends it: "suspended in Multnomah, Washington
    /// and Marion counties", but "suspended in Lane County, and Polk County still honors them".
    fn behind(&self, sentence: usize, captured: usize, first: usize) -> Vec<usize> {
        let (start, end) = (self.byte(captured), self.byte(self.segmented.sentences[sentence].range().end));
        let more = self.run(start, end, first);
        let of_list = |mention: &&Mention| mention.agency == first || more.contains(&mention.agency);
        let last = mentions_in(self.agencies, start, end).iter().rev().find(of_list);
        let closed = last.is_some_and(|last| {
            let next = self.segmented.token_at(last.span.end);
            let next = next + usize::from(self.is_any(next, COUNTIES));
            self.segmented.tokens.get(next).is_none_or(|token| !token.is_word())
        });
        if closed { more } else { Vec::new() }
    }

    /// Those with whom the subject does it: "the fourth county, along with Lexington, York and Charleston counties, to
    /// join".
    fn companions(&self, sentence: usize) -> Vec<usize> {
        let range = self.segmented.sentences[sentence].range();
        // "Sheriff Tom Hodge and his counterparts in Cayuga and Onondaga counties"
        let joins = |&at: &usize| {
            self.is_any(at, &["with"]) && self.is_any(at - 1, &["along", "together"])
                || self.is_any(at, &["in"]) && self.is_any(at - 1, &["counterparts"])
        };
        let with = range.clone().skip(1).find(joins);
        let Some(with) = with else { return Vec::new() };
        let (start, end) = (self.byte(with), self.byte(range.end));
        let mentions = mentions_in(self.agencies, start, end);
        let opens =
            mentions.first().is_some_and(|first| self.segmented.token_at(first.span.start) == with + 1);
        if opens { self.run(start, end, usize::MAX) } else { Vec::new() }
    }

    /// Whether a stretch holds names, what joins them and nothing else.
    fn is_bare_list(&self, (start, end): (u32, u32)) -> bool {
        let mentions = mentions_in(self.agencies, start, end);
        let named =
            |at: u32| mentions.iter().any(|mention| mention.span.start <= at && at < mention.span.end);
        let range = self.segmented.token_at(start)..self.segmented.token_at(end);
        self.segmented.tokens[range].iter().all(|token| {
            let county = COUNTIES.iter().any(|word| token.is(self.segmented.text, word));
            !token.is_word()
                || token.is_capital()
                || county
                || has(&self.words.joins, token.word)
                || named(token.start)
        })
    }

    /// The first agency of such a list.
    pub(super) fn enumerated(&self, sentence: usize, clause: Clause, core: &Core) -> Option<usize> {
        let (start, end) = self.enumeration(sentence, clause, core)?;
        mentions_in(self.agencies, start, end).first().map(|mention| mention.agency)
    }

    /// Whether the tokens between two mentions join them to a list.
    fn are_joined(&self, between: &Range<usize>) -> bool {
        let tokens = &self.segmented.tokens;
        let all = |holds: &dyn Fn(usize) -> bool| between.clone().all(holds);
        let joins = |at: usize| has(&self.words.joins, tokens[at].word);
        if between.is_empty() || between.len() > MOST_HEADS {
            return false;
        }
        // "The Phoenix and Nogales police departments, and the sheriffs of Yuma and Maricopa"
        let sorts = between.clone().any(joins) && all(&|at| joins(at) || self.is_any(at, LISTED_HEADS));
        // "Clark County, Nevada; and Cook County, Illinois"
        let states = between.clone().any(|at| self.is_any(at, &[";"]))
            && all(&|at| joins(at) || !tokens[at].is_word() || tokens[at].is_capital());
        between.len() <= 3 && all(&joins) || sorts || states
    }

    /// The agencies that a coordination within a stretch of bytes joins with `first`; the last one of any
    /// where that is no agency.
    fn run(&self, start: u32, end: u32, first: usize) -> Vec<usize> {
        let mentions = mentions_in(self.agencies, start, end);
        let mut found: Vec<usize> = Vec::new();
        let mut run: Vec<usize> = Vec::new();
        for pair in mentions.windows(2) {
            let between =
                self.segmented.token_at(pair[0].span.end)..self.segmented.token_at(pair[1].span.start);
            if !self.are_joined(&between) {
                run.clear();
                continue;
            }
            if run.is_empty() {
                run.push(pair[0].agency);
            }
            run.push(pair[1].agency);
            if first == usize::MAX || run.contains(&first) {
                found.clone_from(&run);
            }
        }
        found.retain(|&agency| agency != first && self.is_holder(agency, false));
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// What a list at the end of a sentence may be of.
const PLURALS: &[&str] = &[
    "towns",
    "cities",
    "villages",
    "boroughs",
    "townships",
    "counties",
    "parishes",
    "offices",
    "departments",
    "agencies",
    "sheriffs",
    "jurisdictions",
    "municipalities",
    "communities",
    "suburbs",
];

/// What may stand behind the names of a bare list.
const COUNTIES: &[&str] = &["counties", "county", "parishes"];

/// What may stand between two parts of a list that name different sorts of forces.
const LISTED_HEADS: &[&str] = &[
    "police",
    "departments",
    "sheriffs",
    "sheriff",
    "'s",
    "’s",
    "'",
    "’",
    "offices",
    "the",
    "of",
    "in",
    "counties",
    "chief",
    "chiefs",
    "officials",
    "together",
    "along",
    "with",
    "those",
    "ones",
];

/// How many of those, with what joins the parts.
const MOST_HEADS: usize = 9;

/// How many mentions behind a plural are tried for the first of a list.
const MOST_LISTED: usize = 40;

/// How many bytes back "both" looks for the list it means.
const LIST_MEMORY: u32 = 600;
