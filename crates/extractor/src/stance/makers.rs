//! Bodies that stand behind a preposition and yet do what a clause tells of: who made a rule, whose people "nobody" is.

use goldrule_schema::AgencyKind;

use super::Clause;
use super::clause::has;
use super::contrast::is_any;
use super::cores::Core;
use super::holder::{Scene, Subject};
use super::nouns::{Class, Words};
use super::spans::{focus, mentions_in, persons_in};
use super::speech::Speaker;
use crate::agency::{FORCE, Mention};
use crate::token::WordId;

/// Within how many tokens of its clause an ordinance is what the clause is about.
const OPENING: usize = 4;

/// Most tokens from the head of a clause to the "by" of who made the rule that it is about.
const MAKING: usize = 8;

/// How far before a core the "to" of a command may stand, in tokens.
const REACH: usize = 3;

/// Most tokens between a command and the name of whom it commands.
const TITLE: usize = 5;

/// What a body issues, and "nobody" and the like, which only a body behind them says more of.
const ITS: &[&str] = &[
    "order",
    "directive",
    "memo",
    "memorandum",
    "bulletin",
    "nobody",
    "none",
    "everybody",
    "everyone",
    "anybody",
    "anyone",
];

/// People who are their agency where its name stands behind them.
const PEOPLE: &[&str] = &["staff", "employees", "personnel", "workers"];

/// Words that make a date of what follows: "since House Bill 318 took effect".
const DATING: &[&str] =
    &["since", "after", "before", "until", "when", "once", "because", "while", "though", "although"];

impl Scene<'_> {
    /// Whether a token is one of some words, whatever their case.
    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        is_any(&self.segmented.tokens, self.segmented.text, at, words)
    }

    /// Whether a mention says whose people or whose order a stretch begins with: "nobody on this force asks", "his order
    /// at the department forbids".
    pub(super) fn is_of_its_people(&self, mention: &Mention, from: usize) -> bool {
        let word = |at: usize| self.segmented.tokens[at].text(self.segmented.text).to_lowercase();
        let mut at = self.segmented.token_at(mention.span.start);
        if at > from && ["the", "this", "that", "our", "my", "your"].contains(&word(at - 1).as_str()) {
            at -= 1;
        }
        let one = |noun: usize| {
            word(noun) == "one" && noun > from && ["no", "any", "every"].contains(&word(noun - 1).as_str())
        };
        // "Police in Corley came in for praise. They": so is a force of its place.
        let force = mention.rule == FORCE && at == from + 2 && word(at - 1) == "in";
        force
            || at >= from + 2
                && at <= from + 6
                && ["on", "at", "in", "of", "with"].contains(&word(at - 1).as_str())
                && (self.is_any(at - 2, ITS) || self.is_any(at - 2, PEOPLE) || one(at - 2))
                && self.is_holder(mention.agency, false)
    }

    /// Whether people are said to be a mention's: "Staff of the Washburn County Sheriff's Office run every booking past ICE".
    pub(super) fn is_people_of_mention(&self, people: usize) -> bool {
        let the = usize::from(self.is_any(people + 2, &["the", "our"]));
        let start = self.byte(people + 2 + the);
        self.is_any(people, PEOPLE)
            && self.is_any(people + 1, &["of", "at", "with"])
            && self.agencies.mentions.binary_search_by_key(&start, |mention| mention.span.start).is_ok()
    }

    /// Whether a law is only named to date what follows.
    pub(super) fn dates(&self, law: u32, from: usize) -> bool {
        let at = self.segmented.token_at(law);
        (from.saturating_sub(1)..at)
            .any(|at| DATING.iter().any(|word| self.segmented.tokens[at].is(self.segmented.text, word)))
    }

    /// Whether a token is part of the law that only dates what follows.
    pub(super) fn is_in_date(&self, at: usize, from: usize) -> bool {
        let byte = self.byte(at);
        let law = self.citations.partition_point(|citation| citation.end <= byte);
        self.citations.get(law).is_some_and(|law| law.start <= byte && self.dates(law.start, from))
    }

    /// The body that made a rule, behind its "by which": "Act 314, by which the Legislature forbids".
    pub(super) fn made_by(&self, which: usize) -> Option<usize> {
        let is = |at, words| self.is_any(at, words);
        if !is(which, &["which"]) || !is(which.checked_sub(1)?, &["by", "in", "with", "through"]) {
            return None;
        }
        let start = self.byte(which + 1 + usize::from(is(which + 1, &["the", "its", "their"])));
        let first = self.agencies.mentions.partition_point(|mention| mention.span.start < start);
        let mention = self.agencies.mentions.get(first).filter(|mention| mention.span.start == start)?;
        self.is_holder(mention.agency, false).then_some(mention.agency)
    }

    /// Whether a noun only says whose ordinance follows: "city ordinance prohibits".
    pub(super) fn is_of_ordinance(&self, at: usize) -> bool {
        let next = self.segmented.tokens.get(at + 1);
        next.is_some_and(|next| is_class(self.words, Class::Ordinance, next.word))
    }

    /// "Patrol deputies": the word only says which deputies.
    pub(super) fn qualifies_deputies(&self, at: usize) -> bool {
        let next = self.segmented.tokens.get(at + 1);
        next.is_some_and(|next| is_class(self.words, Class::Deputies, next.word))
    }

    /// The body whose ordinance or resolution says what a clause holds: "The ordinance says that an officer may not".
    pub(super) fn ordaining(&self, sentence: usize, clause: Clause) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let floor = self.segmented.sentences[sentence].range().start;
        let law = (floor..clause.scope.min(floor + OPENING))
            .find(|&at| is_class(self.words, Class::Ordinance, tokens[at].word))?;
        let under = tokens[floor].is(self.segmented.text, "under");
        let alone = self.subject(floor, law).is_none() && (under || !self.hangs(tokens[law].start, floor));
        let says = under || (law + 1..clause.scope).any(|at| self.speech.says_at(at));
        (alone && says).then(|| focus(self.agencies, tokens[law].start, &[AgencyKind::Government])).flatten()
    }

    /// Whose a rule is that somebody "issued": "Rules issued by the attorney general require officers to".
    pub(super) fn issuer(&self, floor: usize, core: &Core) -> Option<usize> {
        const RULES: &[&str] = &[
            "rule",
            "rules",
            "order",
            "orders",
            "directive",
            "directives",
            "guidance",
            "guidelines",
            "policy",
            "policies",
            "law",
            "ordinance",
            "memo",
            "resolution",
            "standards",
        ];
        const MADE: &[&str] = &[
            "issued",
            "adopted",
            "signed",
            "written",
            "passed",
            "approved",
            "set",
            "drafted",
            "enacted",
            "published",
            "imposed",
        ];
        let is = |at, words| self.is_any(at, words);
        let by =
            (floor + 2..core.first.min(floor + MAKING)).find(|&at| is(at, &["by"]) && is(at - 1, MADE))?;
        let rule = (floor..by - 1).find(|&at| is(at, RULES))?;
        let led =
            is(floor, &["under", "despite", "before", "after", "since", "until", "because", "when", "if"]);
        if led || self.hangs(self.byte(rule), floor) {
            return None;
        }
        let maker = mentions_in(self.agencies, self.byte(by + 1), self.byte(core.first)).first()?;
        let beside = self.segmented.token_at(maker.span.start) <= by + 2;
        let behind = self.segmented.token_at(maker.span.end);
        let alone = self.subject(behind, core.first).is_none();
        (beside && alone && self.is_holder(maker.agency, false)).then_some(maker.agency)
    }

    /// The body that has another do something: "The council voted to allow Chief Poole to apply", "told the chief to
    /// apply".
    pub(super) fn commanding(&self, floor: usize, clause: Clause, core: &Core) -> Option<usize> {
        const COMMANDS: &[&str] = &[
            "allow",
            "allowed",
            "allows",
            "authorize",
            "authorized",
            "authorizes",
            "direct",
            "directed",
            "directs",
            "order",
            "ordered",
            "orders",
            "tell",
            "told",
            "instruct",
            "instructed",
            "let",
            "permit",
            "permitted",
            "require",
            "required",
            "requires",
            "forbid",
            "forbids",
            "forbade",
            "bar",
            "barred",
            "bars",
        ];
        let from = floor.min(clause.first);
        let (start, end) = (self.byte(from), self.byte(core.first));
        let named = mentions_in(self.agencies, start, end).iter().map(|mention| mention.span.start);
        let persons = persons_in(self.agencies, start, end).iter().map(|person| person.span.start);
        let is = |at, words| self.is_any(at, words);
        // The command stands right before the name, its article and its title: "to allow the chief, Brian Poole, to".
        let commanded = |byte: u32| {
            let mut at = self.segmented.token_at(byte);
            for _ in 0..TITLE {
                let before = at.checked_sub(1).filter(|&before| before > from)?;
                if is(before, COMMANDS) {
                    return Some(before);
                }
                let part = is(before, &["the", "its", "their", "police", "chief", "sheriff", ","]);
                at = part.then_some(before)?;
            }
            None
        };
        let command = named.chain(persons).find_map(commanded)?;
        // What is commanded is what the core says: "to" stands right before it, and no other clause between.
        let to =
            (core.first.saturating_sub(REACH)..core.first).any(|at| at > command && is(at, &["to", "from"]));
        let parted = (command + 1..core.first)
            .any(|at| is(at, &["but", "while", ";", "that", "will", "may", "does", "do"]));
        let to = to && !parted;
        match self.subject(from, command).filter(|_| to)? {
            Subject::Agency(agency) => {
                (self.agencies.agencies[agency].kind == AgencyKind::Government).then_some(agency)
            }
            _ => None,
        }
    }

    /// Whether it is federal agents who say that they had no answer: silence towards them is no position.
    pub(super) fn is_silence_to_agents(&self, sentence: usize, core: &Core, clause: Clause) -> bool {
        let answers = |at: usize| {
            let word = self.segmented.tokens[at].text(self.segmented.text).to_lowercase();
            ["answer", "respon", "repl"].iter().any(|stem| word.starts_with(stem))
        };
        let federal = |agency: usize| !self.is_holder(agency, false);
        let says = self.speech.speaker_at(core.first).or_else(|| self.speech.reporter(sentence, clause));
        (core.first..core.last).any(answers)
            && matches!(says, Some(Speaker::Agency(agency)) if federal(agency))
    }

    /// Whether the writer only tells what is heard of another: "the sheriff, we understand, holds people".
    pub(super) fn is_hearing(&self, at: usize) -> bool {
        const HEARING: &[&str] = &["understand", "hear", "gather"];
        let is = |at, words| self.is_any(at, words);
        let before = at.checked_sub(1).is_some_and(|before| is(before, &[",", "as", "from", "what"]));
        before && is(at, &["i", "we"]) && is(at + 1, HEARING) && is(at + 2, &[",", "it"])
    }
}

fn is_class(words: &Words, class: Class, word: WordId) -> bool {
    words.classes.iter().any(|(of, list)| *of == class && has(list, word))
}
