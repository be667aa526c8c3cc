//! Rules of positions, read and compiled.

use std::collections::BTreeSet;

use goldrule_schema::{Position, Topic};

use super::StanceRule;
use crate::pattern::{Pattern, compile};
use crate::rules::{Rule, RuleError, RuleSet, Text};
use crate::token::Vocabulary;

/// What the `emit` of a stance rule may hold.
const EMIT: &[&str] = &["topic", "position", "otherwise", "after", "context", "holder", "rank"];

/// The topic of a rule that takes over that of the holder's stance before.
const PREVIOUS: &str = "previous";

/// The position of a card that leaves it to the points.
const WEIGHED: &str = "weighed";

impl Rule {
    /// Whether it is a card whose position the points settle.
    pub(crate) fn is_weighed(&self) -> bool {
        !self.points.is_empty() && self.emit.get("position").is_some_and(|position| position == WEIGHED)
    }
}

pub(super) fn stance_rule(
    set: &RuleSet,
    rule: &Rule,
    reworded: &BTreeSet<String>,
    vocabulary: &mut Vocabulary,
) -> Result<StanceRule, Vec<RuleError>> {
    let mut errors = Vec::new();
    let patterns = compile_patterns(set, rule, vocabulary, &mut errors);
    errors.extend(set.unknown_keys(rule, EMIT));
    let mut field = |key: &str, allowed: &[&str]| {
        let value = rule.emit.get(key).map(String::as_str);
        match value {
            Some(value) if allowed.contains(&value) => value.to_owned(),
            _ => {
                let message = format!("`{key}` of rule `{}` is {}", rule.id, value.unwrap_or("missing"));
                errors.push(set.error(rule, &message, &format!("use one of {}", allowed.join(", "))));
                allowed[0].to_owned()
            }
        }
    };
    let topics: Vec<_> = Topic::WORDS.iter().copied().chain([PREVIOUS]).collect();
    let topic = field("topic", &topics);
    let positions: Vec<_> = Position::WORDS.iter().copied().chain([WEIGHED]).collect();
    let position = field("position", if rule.points.is_empty() { Position::WORDS } else { &positions });
    let firm = rule.emit.get("rank").is_some_and(|rank| rank == "first");
    if errors.is_empty() {
        Ok(StanceRule {
            id: rule.id.clone(),
            topic: topic.parse().ok(),
            otherwise: rule.emit.get("otherwise").and_then(|topic| topic.parse().ok()),
            after: rule
                .emit
                .get("after")
                .map(|word| [vocabulary.intern(word), vocabulary.intern(&format!("{word}s"))]),
            position: position.parse().unwrap_or(Position::Favor),
            fixed: rule.is_weighed() || rule.emit.get("context").is_some_and(|context| context == "fixed"),
            federal: rule.emit.get("holder").is_some_and(|holder| holder == "federal"),
            broad: rule.is_weighed() || rule.emit.get("rank").is_some_and(|rank| rank == "last"),
            firm,
            judged: rule.shipped && !firm && !rule.uses(reworded),
            priority: rule.priority,
            patterns,
        })
    } else {
        Err(errors)
    }
}

pub(crate) fn compile_patterns(
    set: &RuleSet,
    rule: &Rule,
    vocabulary: &mut Vocabulary,
    errors: &mut Vec<RuleError>,
) -> Vec<Pattern> {
    compile_texts(&rule.patterns, set, rule, vocabulary, errors)
}

/// As [`compile_patterns`], of other texts of a rule.
pub(crate) fn compile_texts(
    texts: &[Text],
    set: &RuleSet,
    rule: &Rule,
    vocabulary: &mut Vocabulary,
    errors: &mut Vec<RuleError>,
) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for text in texts {
        match compile(&text.text, &set.definitions, vocabulary) {
            Ok(pattern) if pattern.needs.iter().any(|need| !need.layered) => patterns.push(pattern),
            Ok(_) => {
                let help =
                    "write at least one word that every match contains outside optional parts and gaps";
                errors.push(set.error_in(
                    rule,
                    text.line,
                    text.column,
                    "the pattern has no anchor word",
                    help,
                ));
            }
            Err(error) => {
                errors.push(set.pattern_error(rule, text, &error));
            }
        }
    }
    patterns
}
