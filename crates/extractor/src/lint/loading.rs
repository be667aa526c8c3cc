//! Faults for which rules do not load; the rules are taken out, so that the others can be looked at.

use super::{Finding, Kind};
use crate::pattern::{Fault, parse};
use crate::rules::{RuleError, RuleFault, RuleSet};

pub(super) fn faults(
    rules: &mut RuleSet,
    mut errors: Vec<RuleError>,
    findings: &mut Vec<Finding>,
) -> Result<(), Vec<RuleError>> {
    errors.extend(rules.faulty_definitions());
    let mut sound = Vec::new();
    for rule in std::mem::take(&mut rules.rules) {
        let before = errors.len();
        let mut broken = errors.iter().any(|error| error.rule.as_ref() == Some(&rule.id));
        for pattern in &rule.patterns {
            if let Err(error) = parse(&pattern.text, &rules.definitions) {
                broken = true;
                if error.fault != Fault::InFragment {
                    errors.push(rules.pattern_error(&rule, pattern, &error));
                }
            }
        }
        if errors.len() == before && !broken {
            sound.push(rule);
        }
    }
    rules.rules = sound;
    let mut others = Vec::new();
    for error in errors {
        let kind = match error.code {
            RuleFault::MissingExample => Kind::MissingExample,
            RuleFault::Pattern(Fault::UnknownName) => Kind::UnknownDefinition,
            RuleFault::Pattern(Fault::UnboundedGap) => Kind::UnboundedGap,
            _ => {
                others.push(error);
                continue;
            }
        };
        findings.push(Finding {
            kind,
            rule: error.rule,
            file: error.file,
            line: error.line,
            column: error.column,
            source_line: error.source_line,
            message: error.message,
            help: error.help,
        });
    }
    if others.is_empty() { Ok(()) } else { Err(others) }
}
