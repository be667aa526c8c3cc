//! Context operators: what turns a base position into the position that a sentence states.

use std::sync::Arc;

use goldrule_schema::{Position, Topic};

use super::order::Rank;
use super::{Clause, StanceRule, compile_patterns, cores::Core};
use crate::pattern::{Input, Matcher, Pattern, PatternIndex};
use crate::rules::{RuleError, RuleSet};
use crate::segment::Sentence;
use crate::token::Vocabulary;

/// What an operator does to the position of a core in its scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Turns it round: "not", "never". Stands before the core or within it.
    Negate,
    /// Turns it round from outside the core: "refuse to", "bars officers from".
    Refuse,
    /// Turns it round from behind: "is not our job", "is prohibited".
    NegateAfter,
    /// Looks like a negation and is none: "not only".
    Pseudo,
    /// Makes it conditional: "unless", "only with a warrant".
    Condition,
    /// Makes it noncommittal: "has not decided whether".
    Hedge,
    /// Makes it noncommittal from behind: "is under review".
    HedgeAfter,
    /// Drops it: "used to", "if asked".
    Drop,
    /// Drops it from behind: "would undermine trust".
    DropAfter,
    /// Drops all that the clause which it opens states: "A detainer is a request, to be honored or not".
    DropOpening,
}

impl Operator {
    const NAMES: &'static [(&'static str, Self)] = &[
        ("negate", Self::Negate),
        ("refuse", Self::Refuse),
        ("negate-after", Self::NegateAfter),
        ("pseudo", Self::Pseudo),
        ("condition", Self::Condition),
        ("hedge", Self::Hedge),
        ("hedge-after", Self::HedgeAfter),
        ("drop", Self::Drop),
        ("drop-after", Self::DropAfter),
        ("drop-opening", Self::DropOpening),
    ];
}

/// An operator at its place, in tokens.
#[derive(Clone, Debug)]
pub struct Applied {
    /// The context rule.
    pub rule: Arc<str>,
    /// What it does.
    pub operator: Operator,
    /// Its first token.
    pub first: usize,
    /// The token after its last.
    pub last: usize,
    /// Whether its rule ships: what a user's own does is not judged.
    pub(super) shipped: bool,
    priority: i64,
}

impl Applied {
    fn rank(&self) -> Rank<'_> {
        let (priority, id) = (self.priority, &*self.rule);
        Rank { first: self.first, last: self.last, priority, id, pattern: 0 }
    }
}

#[derive(Debug)]
struct ContextRule {
    id: Arc<str>,
    priority: i64,
    shipped: bool,
    operator: Operator,
    patterns: Vec<Pattern>,
}

/// The compiled context rules, by the words they cannot match without.
#[derive(Debug)]
pub(super) struct Context {
    rules: Vec<ContextRule>,
    index: PatternIndex,
    /// The rule and its pattern of each pattern of the index.
    numbers: Vec<(usize, usize)>,
}

impl Context {
    pub(super) fn compile(set: &RuleSet, vocabulary: &mut Vocabulary) -> Result<Self, Vec<RuleError>> {
        let mut errors = Vec::new();
        let mut rules = Vec::new();
        for rule in set.layer("context") {
            let patterns = compile_patterns(set, rule, vocabulary, &mut errors);
            errors.extend(set.unknown_keys(rule, &["operator"]));
            let name = rule.emit.get("operator").map_or("", String::as_str);
            if let Some(&(_, operator)) = Operator::NAMES.iter().find(|(known, _)| *known == name) {
                let (id, priority) = (rule.id.clone(), rule.priority);
                rules.push(ContextRule { id, priority, shipped: rule.shipped, operator, patterns });
                continue;
            }
            let known: Vec<_> = Operator::NAMES.iter().map(|(name, _)| *name).collect();
            let message = format!("`{name}` is no context operator");
            errors.push(set.error(rule, &message, &format!("use one of {}", known.join(", "))));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let numbers = |(rule, compiled): (usize, &ContextRule)| {
            (0..compiled.patterns.len()).map(move |pattern| (rule, pattern))
        };
        let numbers = rules.iter().enumerate().flat_map(numbers).collect();
        let index = PatternIndex::new(rules.iter().flat_map(|rule| &rule.patterns), vocabulary);
        Ok(Self { rules, index, numbers })
    }

    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern> {
        self.rules.iter().flat_map(|rule| &rule.patterns)
    }

    /// Every match of a context rule in a sentence, in the order in which they win their places: leftmost,
    /// longest, then by priority and id.
    pub(super) fn matches(
        &self,
        input: Input<'_>,
        sentence: Sentence,
        matcher: &mut Matcher,
    ) -> Vec<Applied> {
        let mut found: Vec<Applied> = Vec::new();
        self.index.matches(input, sentence.range(), matcher, |number, m| {
            let rule = &self.rules[self.numbers[number].0];
            found.push(Applied {
                rule: rule.id.clone(),
                operator: rule.operator,
                priority: rule.priority,
                shipped: rule.shipped,
                first: m.first,
                last: m.last,
            });
        });
        found.sort_by(|a, b| a.rank().cmp(&b.rank()));
        found
    }

    /// The operators of a sentence; of those that overlap the first one.
    pub(super) fn find(&self, input: Input<'_>, sentence: Sentence, matcher: &mut Matcher) -> Vec<Applied> {
        let found = self.matches(input, sentence, matcher);
        let mut kept: Vec<Applied> = Vec::new();
        for operator in found {
            if kept.last().is_none_or(|last| last.last <= operator.first) {
                kept.push(operator);
            }
        }
        kept
    }
}

/// The position of a core in its clause, with the operators that made it so; the operator that
/// drops it where one does.
pub(super) fn resolve(
    rule: &StanceRule,
    core: &Core,
    clause: Clause,
    operators: &[Applied],
) -> Result<(Position, Vec<Applied>), Applied> {
    let mut position = rule.position;
    let mut applied = Vec::new();
    let mut conditional = false;
    for operator in operators {
        // An operator that the core's own pattern holds in full is part of its meaning where the rule is fixed.
        let before = operator.first >= clause.scope && operator.last <= core.last;
        // "Neither takes part in raids nor lends a car", "let the contract for beds run out"
        let around =
            operator.first >= clause.scope && operator.first < core.first && operator.last > core.last;
        let after = operator.first >= core.first && operator.last <= clause.last.max(core.last);
        // "If the detainer has a warrant, we hold": a condition may open the sentence.
        let near =
            operator.first >= clause.scope.min(clause.first) && operator.last <= clause.last.max(core.last);
        let within = operator.last > core.first && operator.first < core.last;
        // "It stays away when the warrant is a civil one": the pattern has the condition in it.
        let inside = operator.first >= core.first && operator.last <= core.last;
        // "Serves criminal warrants" is the conduct itself there.
        let conditional_on = near && !(within && rule.topic == Some(Topic::CriminalCooperation));
        // "If elected, I would end it": a supposition before the comma, where "once" alone opens a condition.
        let opens = operator.first == clause.first
            && operator.last <= core.first
            && operator.last > operator.first + 1;
        let holds = match operator.operator {
            Operator::Negate | Operator::Hedge => (before || around) && !rule.fixed,
            Operator::HedgeAfter => after && !rule.fixed,
            Operator::Refuse => (before || around) && operator.first < core.first && !rule.fixed,
            Operator::NegateAfter => (after || before) && !rule.fixed,
            Operator::Condition => {
                conditional_on && rule.position != Position::Noncommittal && !(inside && rule.fixed)
            }
            // What stands wholly inside a core is part of what its pattern says.
            // A card has no words of its own: it takes what the whole clause says.
            Operator::Drop if rule.patterns.is_empty() => near,
            Operator::Drop => {
                (before || opens)
                    && operator.first < core.first
                    && (!rule.fixed || operator.last <= core.first)
            }
            Operator::DropOpening => operator.first == clause.first && !rule.fixed,
            Operator::DropAfter => (after && operator.first >= core.last || opens) && !rule.fixed,
            Operator::Pseudo => before || around,
        };
        // "Do not and will not" is one negation.
        let doubled = applied.last().is_some_and(|last: &Applied| {
            operator.operator == Operator::Negate
                && last.operator == Operator::Negate
                && operator.first <= last.last + 2
        });
        if !holds || doubled {
            continue;
        }
        applied.push(operator.clone());
        match operator.operator {
            Operator::Negate | Operator::Refuse | Operator::NegateAfter => position = turned(position),
            Operator::Condition => conditional = true,
            Operator::Hedge | Operator::HedgeAfter => position = Position::Noncommittal,
            Operator::Drop | Operator::DropAfter | Operator::DropOpening => return Err(operator.clone()),
            Operator::Pseudo => {}
        }
    }
    if conditional && position != Position::Noncommittal {
        position = Position::Conditional;
    }
    Ok((position, applied))
}

pub(super) fn turned(position: Position) -> Position {
    match position {
        Position::Favor => Position::Against,
        Position::Against => Position::Favor,
        other => other,
    }
}
