//! Rules that never fire, and those whose matches all go to another rule.

use std::collections::BTreeMap;
use std::sync::Arc;

use goldrule_schema::Document;

use super::{Finding, Kind, at};
use crate::marks::unmark;
use crate::rules::Rule;
use crate::{Extractor, Firing};

type Fired = BTreeMap<Arc<str>, Firing>;

pub(super) fn faults(
    extractor: &Extractor,
    texts: &[Document],
    own: &dyn Fn(&str) -> bool,
    findings: &mut Vec<Finding>,
) {
    let in_texts = sum(texts.iter().map(|text| extractor.firing_in(text, false)));
    for rule in extractor.rules().rules.iter().filter(|rule| own(&rule.file)) {
        let in_examples = sum(rule
            .yes
            .iter()
            .map(|example| extractor.firing_in(&Document::new("example", unmark(&example.text).text), true)));
        let (examples, texts_fired) = (in_examples.get(&rule.id), in_texts.get(&rule.id));
        let mut add = |kind, message, help: &str| {
            let Some(first) = rule.patterns.first().or(rule.points.first()) else { return };
            let of = (Some(&rule.id), &*rule.file);
            findings.push(at(extractor.rules(), kind, of, (first, 0), message, help));
        };
        if examples.is_none() {
            let message = format!("`{}` matches none of its own `yes` examples", rule.id);
            add(
                Kind::SilentOnExamples,
                message,
                "goldrule explain - says which element of the pattern fails",
            );
        } else if texts_fired.is_none() && !texts.is_empty() {
            let message = format!("`{}` matches nothing in any of the texts ({})", rule.id, texts.len());
            add(
                Kind::SilentOnTexts,
                message,
                "widen the pattern to what people write, or keep it if people write so elsewhere",
            );
        }
        if let Some(winner) = shadow(rule, examples.into_iter().chain(texts_fired)) {
            let message = format!("every match of `{}` gives way to one of `{winner}`", rule.id);
            let help = "raise its priority, narrow the other rule, or take this one away";
            add(Kind::Shadowed, message, help);
        }
    }
}

/// The rule that takes most matches of a rule which keeps none.
fn shadow<'f>(rule: &Rule, fired: impl Iterator<Item = &'f Firing>) -> Option<Arc<str>> {
    let mut all = Firing::default();
    fired.for_each(|firing| all.add(firing));
    let (winner, _) = all.lost.iter().max_by_key(|(_, times)| **times)?;
    (all.losses() == all.matches && **winner != *rule.id).then(|| winner.clone())
}

fn sum(all: impl Iterator<Item = Fired>) -> Fired {
    let mut total = Fired::new();
    for fired in all {
        for (rule, firing) in fired {
            total.entry(rule).or_default().add(&firing);
        }
    }
    total
}
