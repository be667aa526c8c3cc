//! Runs the examples that stand beside the rules.
//!
//! An example of a stance rule is a text with the core in square brackets, optionally the holder's
//! mention in braces, and behind `=>` the position that context makes of it. An example of a context
//! rule marks the operator in square brackets.

use goldrule_schema::{ByteSpan, Document};

use crate::Extractor;
use crate::marks::{Marked, unmark};
use crate::rules::{Rule, Text};

/// The outcome of all examples.
#[derive(Clone, Debug, Default)]
pub struct RuleTestReport {
    /// `yes` examples run.
    pub yes: usize,
    /// `no` examples run.
    pub no: usize,
    /// `todo` examples run.
    pub todo: usize,
    /// `todo` examples that work by now and should become `yes`.
    pub todo_passing: usize,
    /// What failed.
    pub failures: Vec<RuleTestFailure>,
}

/// An example that failed.
#[derive(Clone, Debug)]
pub struct RuleTestFailure {
    /// The rule's id.
    pub rule: String,
    /// The rule's file.
    pub file: String,
    /// The example's line, from 1.
    pub line: u32,
    /// The example as written.
    pub example: String,
    /// What it expects.
    pub expected: String,
    /// What was found.
    pub found: String,
}

impl Extractor {
    /// Runs every example of every rule.
    pub fn test_rules(&self) -> RuleTestReport {
        let mut report = RuleTestReport::default();
        for rule in &self.rules().rules {
            for example in &rule.yes {
                report.yes += 1;
                report.failures.extend(self.fails(rule, example, true));
            }
            for example in &rule.no {
                report.no += 1;
                report.failures.extend(self.fails(rule, example, false));
            }
            for example in &rule.todo {
                report.todo += 1;
                report.todo_passing += usize::from(self.fails(rule, example, true).is_none());
            }
        }
        report
    }

    fn fails(&self, rule: &Rule, example: &Text, wanted: bool) -> Option<RuleTestFailure> {
        let marked = unmark(&example.text);
        let found = self.findings(rule, &marked, wanted);
        let expected = match (&marked.target, wanted) {
            (Some(span), true) => shown(&marked.text, *span, &marked.expected),
            (None, true) => "a text with its match in square brackets".into(),
            (_, false) => "no match".into(),
        };
        let passes = if wanted { found.contains(&expected) } else { found.is_empty() };
        (!passes).then(|| RuleTestFailure {
            rule: rule.id.to_string(),
            file: rule.file.to_string(),
            line: example.line,
            example: example.text.clone(),
            expected,
            found: if found.is_empty() { "nothing".into() } else { found.join("; ") },
        })
    }

    /// What a rule finds in a text, in the words of the report. A core for which no holder is found counts
    /// where it is `wanted`: an example need not name an agency. Of a card it counts wherever in the square brackets
    /// the word stands that gives most points.
    fn findings(&self, rule: &Rule, marked: &Marked, wanted: bool) -> Vec<String> {
        let text = &marked.text;
        if rule.layer == "context" {
            let found = self.operators(text).into_iter().filter(|(id, _)| **id == *rule.id);
            return found.map(|(_, span)| shown(text, span, "")).collect();
        }
        // A pattern is held to what it states by itself.
        let judge = rule.patterns.is_empty();
        let (_, stances) = self.stances(&Document::new("example", text.clone()), judge);
        let found =
            stances.iter().filter(|stance| stance.rule == rule.id && (wanted || stance.holder.is_some()));
        let place = |core: ByteSpan| {
            let around = marked.target.filter(|span| span.start <= core.start && core.end <= span.end);
            around.filter(|_| judge).unwrap_or(core)
        };
        found.map(|stance| shown(text, place(stance.core), stance.position.as_str())).collect()
    }
}

fn shown(text: &str, span: ByteSpan, label: &str) -> String {
    let quote = &text[span.range()];
    if label.is_empty() { format!("`{quote}`") } else { format!("`{quote}` {label}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_example_holds() {
        let report = Extractor::new().test_rules();
        let failures: Vec<_> = report
            .failures
            .iter()
            .map(|f| {
                format!("{}:{} {}\n  want {}\n  have {}", f.file, f.line, f.example, f.expected, f.found)
            })
            .collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
        assert!(report.yes > 20 && report.no > 15);
    }
}
