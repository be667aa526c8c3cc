//! Runs the examples that stand beside the rules.
//!
//! An example of a stance rule is a text with the core in square brackets, optionally the holder's
//! mention in braces, and behind `=>` the position that context makes of it. An example of a context
//! rule marks the operator in square brackets.

use goldrule_schema::{AnnotationSet, ByteSpan, Document};

use crate::Extractor;
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

/// A text freed of its marks.
pub(crate) struct Marked {
    pub(crate) text: String,
    target: Option<ByteSpan>,
    #[cfg_attr(not(test), expect(dead_code, reason = "checked by the tests of issue 3"))]
    holder: Option<ByteSpan>,
    expected: String,
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
    /// where it is `wanted`: an example need not name an agency.
    fn findings(&self, rule: &Rule, marked: &Marked, wanted: bool) -> Vec<String> {
        let text = &marked.text;
        match rule.layer.as_str() {
            "stance" => {
                let document = Document::new("example", text.clone());
                let (_, stances) = self.stances(&document);
                let found = stances
                    .iter()
                    .filter(|stance| stance.rule == rule.id && (wanted || stance.holder.is_some()));
                found.map(|stance| shown(text, stance.core, stance.position.as_str())).collect()
            }
            "context" => self
                .operators(text)
                .into_iter()
                .filter(|(id, _)| **id == *rule.id)
                .map(|(_, span)| shown(text, span, ""))
                .collect(),
            _ => {
                let document = Document::new("example", text.clone());
                findings_of(&self.extract(&document), rule)
            }
        }
    }
}

/// The records of a set that a rule made, as text and label.
fn findings_of(set: &AnnotationSet, rule: &Rule) -> Vec<String> {
    let mentions = set.mentions().filter(|(_, mention)| mention.rule.as_deref() == Some(&*rule.id));
    mentions.map(|(_, mention)| format!("`{}`", mention.text.as_deref().unwrap_or_default())).collect()
}

fn shown(text: &str, span: ByteSpan, label: &str) -> String {
    let quote = &text[span.range()];
    if label.is_empty() { format!("`{quote}`") } else { format!("`{quote}` {label}") }
}

/// Takes the marks out of an example.
pub(crate) fn unmark(example: &str) -> Marked {
    let (body, expected) =
        example.rsplit_once("=>").map_or((example, ""), |(body, expected)| (body, expected.trim()));
    let mut text = String::new();
    let (mut target, mut holder) = (None, None);
    let (mut square, mut brace) = (0, 0);
    for c in body.trim_end().chars() {
        let at = text.len() as u32;
        match c {
            '[' => square = at,
            ']' => target = Some(ByteSpan::new(square, at)),
            '{' => brace = at,
            '}' => holder = Some(ByteSpan::new(brace, at)),
            c => text.push(c),
        }
    }
    Marked { text, target, holder, expected: expected.to_owned() }
}

impl Marked {
    /// The mention that an example names as the holder.
    #[cfg(test)]
    fn holder(&self) -> Option<&str> {
        self.holder.map(|span| &self.text[span.range()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_out() {
        let marked = unmark("{Troy police} do not [ask about status]. => against");
        assert_eq!(marked.text, "Troy police do not ask about status.");
        assert_eq!(marked.holder(), Some("Troy police"));
        assert_eq!(marked.target.map(|span| &marked.text[span.range()]), Some("ask about status"));
        assert_eq!(marked.expected, "against");
    }

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
