//! Faults that a pattern shows by itself.

use super::{Finding, Kind, at};
use crate::pattern::{Element, Node, captures, elements, parse};
use crate::rules::{Rule, RuleSet, Text};

/// The captures that the stance layer asks for.
const ASKED_FOR: &[&str] = &["core", "holder"];

pub(super) fn faults(rules: &RuleSet, findings: &mut Vec<Finding>) {
    for rule in &rules.rules {
        for pattern in &rule.patterns {
            let mut add = |kind, byte, message, help: &str| {
                let of = (Some(&rule.id), &*rule.file);
                findings.push(at(rules, kind, of, (pattern, byte), message, help));
            };
            loose_ends(rules, pattern, &mut add);
            unused_captures(rules, rule, pattern, &mut add);
            repeated(&pattern.text, &mut add);
        }
    }
    for definition in rules.defined.values() {
        repeated(&definition.text.text, &mut |kind, byte, message, help| {
            findings.push(at(rules, kind, (None, &definition.file), (&definition.text, byte), message, help));
        });
    }
}

fn loose_ends(rules: &RuleSet, pattern: &Text, add: &mut dyn FnMut(Kind, usize, String, &str)) {
    let Ok(branches) = elements(&pattern.text, &rules.definitions) else { return };
    for branch in &branches {
        let solid = |element: &&Element| !matches!(element.node, Node::Look { .. } | Node::Start | Node::End);
        let ends = [branch.iter().find(solid), branch.iter().rfind(solid)];
        for (end, what) in ends.into_iter().zip(["begins", "ends"]) {
            // A gap behind an anchor ("^ ..3 we") is bounded on both sides.
            let anchored = |element: &Element| {
                let edge = if what == "begins" { branch.first() } else { branch.last() };
                edge.is_some_and(|edge| edge.span != element.span)
            };
            let Some(end) = end.filter(|element| !anchored(element)) else { continue };
            if matches!(end.node, Node::Gap(_)) {
                let element = &pattern.text[end.span.clone()];
                let message = format!("the pattern {what} with the gap `{element}`");
                add(Kind::LooseEnd, end.span.start, message, "take it away: a match would grow by any words");
            }
        }
    }
}

fn unused_captures(
    rules: &RuleSet,
    rule: &Rule,
    pattern: &Text,
    add: &mut dyn FnMut(Kind, usize, String, &str),
) {
    let Ok(node) = parse(&pattern.text, &rules.definitions) else { return };
    for name in captures(&node) {
        if rule.layer == "stance" && ASKED_FOR.contains(&name) {
            continue;
        }
        let byte = pattern.text.find(&format!("<{name}")).unwrap_or(0);
        let help = "take the capture away, or name it `core` or `holder`, which stance rules ask for";
        add(Kind::UnusedCapture, byte, format!("nothing asks for the capture `{name}`"), help);
    }
}

/// Words that stand twice among the alternatives of one pair of brackets, as written.
fn repeated(source: &str, add: &mut dyn FnMut(Kind, usize, String, &str)) {
    // The alternatives seen so far at each depth of brackets.
    let mut open: Vec<Vec<&str>> = vec![Vec::new()];
    let mut begin = 0;
    let mut quoted = false;
    for (index, c) in source.char_indices().chain([(source.len(), '|')]) {
        if c == '"' {
            quoted = !quoted;
        }
        if quoted || !matches!(c, '(' | ')' | '|') {
            continue;
        }
        let alternative = source[begin..index].trim();
        // What holds brackets is not compared: only its last part stands here.
        let whole = source[..begin].trim_end().ends_with(['(', '|']) || begin == 0;
        if let (')' | '|', Some(seen), true) = (c, open.last_mut(), whole) {
            if !alternative.is_empty() && seen.contains(&alternative) {
                let at = begin + source[begin..].find(alternative).unwrap_or(0);
                let message = format!("`{alternative}` stands twice among these alternatives");
                add(Kind::RepeatedAlternative, at, message, "take one of them away");
            }
            seen.push(alternative);
        }
        match c {
            '(' => open.push(Vec::new()),
            ')' if open.len() > 1 => {
                open.pop();
            }
            _ => {}
        }
        begin = index + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_alternatives_are_compared() {
        let found = |pattern: &str| {
            let mut found = Vec::new();
            repeated(pattern, &mut |_, byte, _, _| found.push(byte));
            found
        };
        assert_eq!(found("(badge|..1 !(jail|door) badge|key)"), Vec::<usize>::new());
        assert_eq!(found("(badge|..1 (jail|jail) badge|badge)"), [17, 29]);
        assert_eq!(found("a|b|a"), [4]);
    }
}
