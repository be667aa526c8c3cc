//! Runs the examples that stand beside the rules.
//!
//! An example of a stance rule is a text with the core in square brackets, optionally the holder's
//! mention in braces, and behind `=>` the position that context makes of it. An example of a context
//! rule marks the operator in square brackets.
//!
//! Half of all examples stand in a file of their own, `rules/blind.txt`: sentences by writers who had not seen the
//! rules, with the words that their own annotation marks. It is read only when examples are run.

use goldrule_schema::{ByteSpan, Document};
use rustc_hash::FxHashMap;

use crate::Extractor;
use crate::marks::{Marked, unmark};
use crate::rules::{Rule, Text};
use crate::shipped::{BLIND, BLIND_FILE};
use crate::stance::Found;

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
    /// How many of the `yes` were written by somebody who had not seen the rules.
    pub blind_yes: usize,
    /// How many of the `no` were.
    pub blind_no: usize,
    /// Examples of rules that there are not.
    pub orphans: usize,
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
        self.test_blind(&mut report);
        report
    }

    /// Runs the examples of `rules/blind.txt`, a line each: `yes` or `no`, the rule, the example. Rules that a user replaced
    /// have none.
    fn test_blind(&self, report: &mut RuleTestReport) {
        let shipped = self.rules().rules.iter().filter(|rule| rule.shipped);
        let rules: FxHashMap<&str, &Rule> = shipped.map(|rule| (&*rule.id, rule)).collect();
        for (nth, line) in BLIND.lines().enumerate() {
            let mut fields = line.splitn(3, '\t');
            let (Some(sort), Some(id), Some(text)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            // A rule that was renamed would leave its examples behind; one that a user replaced has none.
            let Some(rule) = rules.get(id) else {
                report.orphans += usize::from(!self.rules().rules.iter().any(|rule| *rule.id == *id));
                continue;
            };
            let wanted = sort == "yes";
            report.yes += usize::from(wanted);
            report.blind_yes += usize::from(wanted);
            report.no += usize::from(!wanted);
            report.blind_no += usize::from(!wanted);
            let line = u32::try_from(nth + 1).unwrap_or(u32::MAX);
            report.failures.extend(self.fails_blind(rule, text, wanted, line));
        }
    }

    /// Whether a rule states, within the words that an annotator marked and with the position he gave, what is `wanted`.
    fn fails_blind(&self, rule: &Rule, example: &str, wanted: bool, line: u32) -> Option<RuleTestFailure> {
        let marked = unmark(example);
        let (_, stances) =
            self.stances(&Document::new("example", marked.text.clone()), rule.patterns.is_empty());
        // A rule of a user's own that states the same in its place takes nothing away.
        let own = |id: &str| self.rules().rules.iter().any(|rule| *rule.id == *id && !rule.shipped);
        let topic = rule.emit.get("topic");
        let same = |stance: &Found| {
            wanted && own(&stance.rule) && topic.is_some_and(|topic| topic == stance.topic.as_str())
        };
        let held = stances
            .iter()
            .filter(|stance| (stance.rule == rule.id || same(stance)) && stance.holder.is_some());
        let within = |core: ByteSpan| {
            marked.target.is_none_or(|span| span.start <= core.start && core.end <= span.end)
        };
        let found: Vec<_> = held.map(|stance| (stance.core, stance.position.as_str())).collect();
        let passes = if wanted {
            found.iter().any(|(core, position)| within(*core) && *position == marked.expected)
        } else {
            found.is_empty()
        };
        let all: Vec<_> = found.iter().map(|(core, p)| shown(&marked.text, *core, p)).collect();
        (!passes).then(|| RuleTestFailure {
            rule: rule.id.to_string(),
            file: BLIND_FILE.to_owned(),
            line,
            example: example.to_owned(),
            expected: match marked.target {
                Some(span) if wanted => {
                    format!("a match within {}", shown(&marked.text, span, &marked.expected))
                }
                _ => "no match".to_owned(),
            },
            found: if all.is_empty() { "nothing".to_owned() } else { all.join("; ") },
        })
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
        assert_eq!(report.orphans, 0, "lines of rules/blind.txt whose rule is gone");
        assert!(report.blind_yes * 2 >= report.yes && report.blind_no * 2 >= report.no, "{report:?}");
    }
}
