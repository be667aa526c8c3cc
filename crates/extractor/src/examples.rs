//! Runs the examples that stand beside the rules.
//!
//! An example of a stance rule is a text with the core in square brackets, optionally the holder's
//! mention in braces, and behind `=>` the position that context makes of it. An example of a context
//! rule marks the operator in square brackets.
//!
//! Half of all examples stand in a file of their own, `rules/blind.txt`: sentences by writers who had not seen the
//! rules, with the words that their own annotation marks. It is read only when examples are run.

use std::panic::resume_unwind;
use std::thread;

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

/// What an example says of its rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Yes,
    No,
    /// Meant to match one day.
    Todo,
}

/// An example to run.
struct Example<'r> {
    rule: &'r Rule,
    sort: Sort,
    text: &'r str,
    line: u32,
    /// Whether it is by somebody who had not seen the rules.
    blind: bool,
}

impl Extractor {
    /// Runs every example of every rule, on as many threads as the machine has for it.
    pub fn test_rules(&self) -> RuleTestReport {
        let mut report = RuleTestReport::default();
        let mut examples = self.beside_rules();
        examples.extend(self.blind(&mut report.orphans));
        for example in &examples {
            let blind = usize::from(example.blind);
            match example.sort {
                Sort::Yes => (report.yes, report.blind_yes) = (report.yes + 1, report.blind_yes + blind),
                Sort::No => (report.no, report.blind_no) = (report.no + 1, report.blind_no + blind),
                Sort::Todo => report.todo += 1,
            }
        }
        let mut failures = self.failures_of(&examples);
        failures.sort_unstable_by_key(|(nth, _)| *nth);
        let failed_to_do = failures.iter().filter(|(nth, _)| examples[*nth].sort == Sort::Todo).count();
        report.todo_passing = report.todo - failed_to_do;
        let wrong = failures.into_iter().filter(|(nth, _)| examples[*nth].sort != Sort::Todo);
        report.failures = wrong.map(|(_, failure)| failure).collect();
        report
    }

    /// The examples that fail, each with its number, in no order.
    fn failures_of(&self, examples: &[Example<'_>]) -> Vec<(usize, RuleTestFailure)> {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let every_nth = |first: usize| -> Vec<_> {
            let share = examples.iter().enumerate().skip(first).step_by(threads);
            share.filter_map(|(nth, example)| Some((nth, self.failure(example)?))).collect()
        };
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|first| scope.spawn(move || every_nth(first))).collect();
            let mut failures = every_nth(0);
            for other in others {
                failures.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
            }
            failures
        })
    }

    fn failure(&self, example: &Example<'_>) -> Option<RuleTestFailure> {
        if example.blind { self.fails_blind(example) } else { self.fails(example) }
    }

    /// The examples that stand beside the rules.
    fn beside_rules(&self) -> Vec<Example<'_>> {
        fn of<'r>(rule: &'r Rule, texts: &'r [Text], sort: Sort) -> impl Iterator<Item = Example<'r>> {
            texts.iter().map(move |text| Example {
                rule,
                sort,
                text: &text.text,
                line: text.line,
                blind: false,
            })
        }
        let rules = self.rules().rules.iter();
        rules
            .flat_map(|rule| {
                let (yes, no) = (of(rule, &rule.yes, Sort::Yes), of(rule, &rule.no, Sort::No));
                yes.chain(no).chain(of(rule, &rule.todo, Sort::Todo))
            })
            .collect()
    }

    /// The examples of `rules/blind.txt`, a line each: `yes` or `no`, the rule, the example. Counts those whose rule is
    /// gone; one that a user replaced has none.
    fn blind(&self, orphans: &mut usize) -> Vec<Example<'_>> {
        let shipped = self.rules().rules.iter().filter(|rule| rule.shipped);
        let rules: FxHashMap<&str, &Rule> = shipped.map(|rule| (&*rule.id, rule)).collect();
        let mut examples = Vec::new();
        for (nth, line) in BLIND.lines().enumerate() {
            let mut fields = line.splitn(3, '\t');
            let (Some(sort), Some(id), Some(text)) = (fields.next(), fields.next(), fields.next()) else {
                continue;
            };
            let Some(rule) = rules.get(id) else {
                *orphans += usize::from(!self.rules().rules.iter().any(|rule| *rule.id == *id));
                continue;
            };
            let sort = if sort == "yes" { Sort::Yes } else { Sort::No };
            let line = u32::try_from(nth + 1).unwrap_or(u32::MAX);
            examples.push(Example { rule, sort, text, line, blind: true });
        }
        examples
    }

    /// Whether a rule states, within the words that an annotator marked and with the position he gave, what is wanted.
    fn fails_blind(&self, example: &Example<'_>) -> Option<RuleTestFailure> {
        let (rule, wanted) = (example.rule, example.sort != Sort::No);
        let marked = unmark(example.text);
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
            line: example.line,
            example: example.text.to_owned(),
            expected: match marked.target {
                Some(span) if wanted => {
                    format!("a match within {}", shown(&marked.text, span, &marked.expected))
                }
                _ => "no match".to_owned(),
            },
            found: if all.is_empty() { "nothing".to_owned() } else { all.join("; ") },
        })
    }

    fn fails(&self, example: &Example<'_>) -> Option<RuleTestFailure> {
        let (rule, wanted) = (example.rule, example.sort != Sort::No);
        let marked = unmark(example.text);
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
            example: example.text.to_owned(),
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
