//! Fragments that no rule reaches.

use std::collections::BTreeSet;

use super::{Finding, Kind, at};
use crate::rules::RuleSet;

pub(super) fn faults(rules: &RuleSet, findings: &mut Vec<Finding>) {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> =
        rules.rules.iter().flat_map(|rule| &rule.patterns).flat_map(|pattern| used(&pattern.text)).collect();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(rules.definitions.get(name).into_iter().flat_map(used));
        }
    }
    for (name, definition) in rules.defined.iter().filter(|(name, _)| !reached.contains(name.as_str())) {
        let message = format!("no rule reaches the fragment `{name}`");
        let help = format!("use it as `@{name}`, or take it away");
        let of = (None, &*definition.file);
        findings.push(at(rules, Kind::UnusedDefinition, of, (&definition.text, 0), message, &help));
    }
}

/// The fragments that a pattern names.
fn used(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('"').step_by(2).flat_map(|part| part.split('@').skip(1)).map(|rest| {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
        &rest[..end]
    })
}
