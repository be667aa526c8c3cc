//! Examples that stand twice, and those that say opposite things.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Finding, Kind, at};
use crate::marks::unmark;
use crate::rules::{RuleSet, Text};

/// Rule, file and line of an example.
type Stand = (Arc<str>, Arc<str>, u32);

pub(super) fn faults(rules: &RuleSet, findings: &mut Vec<Finding>) {
    // Where each example stands first: one with its marks says more than its words.
    let mut first: BTreeMap<(&str, &str), Stand> = BTreeMap::new();
    for rule in &rules.rules {
        let sorts = [("yes", &rule.yes), ("no", &rule.no), ("todo", &rule.todo)];
        for (sort, example) in
            sorts.into_iter().flat_map(|(sort, list)| list.iter().map(move |text| (sort, text)))
        {
            let here = (rule.id.clone(), rule.file.clone(), example.line);
            let key = (sort, example.text.trim());
            let Some((id, file, line)) = first.get(&key) else {
                first.insert(key, here);
                continue;
            };
            let message = format!("this example stands at {file}:{line} already, as a `{sort}` of `{id}`");
            // One text may well be a trap for several rules.
            if sort != "no" || *id == rule.id {
                let of = (Some(&rule.id), &*rule.file);
                findings.push(at(
                    rules,
                    Kind::RepeatedExample,
                    of,
                    (example, 0),
                    message,
                    "write another one",
                ));
            }
        }
        for example in &rule.no {
            let plain = |text: &Text| unmark(&text.text).text.trim().to_owned();
            let text = plain(example);
            if let Some(yes) = rule.yes.iter().find(|yes| plain(yes) == text) {
                let message = format!("`{}` has this text as a `yes` too, at line {}", rule.id, yes.line);
                let of = (Some(&rule.id), &*rule.file);
                let help = "a rule either matches a text or does not: take one of them away";
                findings.push(at(rules, Kind::Contradiction, of, (example, 0), message, help));
            }
        }
    }
}
