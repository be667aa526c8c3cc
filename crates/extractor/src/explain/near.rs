//! Rules that came near to a sentence that none of them matches.

use super::NearView;
use super::trace::{Trace, view_of};
use crate::pattern::{Near, NearSentence, Nearest};
use crate::rules::RuleSet;

/// A rule is near where this much of a pattern stands in the sentence.
const SHARE: f64 = 0.55;

/// How many rules are named.
const MOST: usize = 3;

/// Words of the text that are shown where an element was wanted.
const SHOWN: usize = 4;

/// The patterns of the stance rules, ready to be compared.
#[derive(Debug)]
pub(crate) struct NearRules {
    /// Rule, pattern, and the pattern's elements.
    patterns: Vec<(usize, usize, Near)>,
}

impl NearRules {
    pub(crate) fn new(rules: &RuleSet) -> Self {
        let mut patterns = Vec::new();
        for (index, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| rule.layer == "stance") {
            for (nth, text) in rule.patterns.iter().enumerate() {
                patterns.extend(Near::new(&text.text, &rules.definitions).map(|near| (index, nth, near)));
            }
        }
        Self { patterns }
    }

    /// The rules that come nearest to a sentence, each with its best pattern; `always` at least one, if any
    /// word of a pattern stands there.
    pub(super) fn in_sentence(
        &self,
        rules: &RuleSet,
        trace: &Trace<'_>,
        sentence: usize,
        always: bool,
    ) -> Vec<NearView> {
        let Some(sentence) = trace.segmented.sentences.get(sentence) else { return Vec::new() };
        let range = sentence.range();
        let words = NearSentence::new(trace.input(), range.clone());
        let mut best: Vec<(usize, usize, Nearest)> = Vec::new();
        for (rule, pattern, near) in &self.patterns {
            let Some(nearest) = near.nearest_in(&words) else { continue };
            match best.iter_mut().find(|(known, ..)| known == rule) {
                Some(known) if known.2.share < nearest.share => *known = (*rule, *pattern, nearest),
                Some(_) => {}
                None => best.push((*rule, *pattern, nearest)),
            }
        }
        best.sort_by(|a, b| b.2.share.total_cmp(&a.2.share).then(a.0.cmp(&b.0)));
        let enough = |(index, near): &(usize, &(usize, usize, Nearest))| {
            near.2.share >= SHARE || always && *index == 0
        };
        let near = best.iter().enumerate().filter(enough).take(MOST);
        near.map(|(_, (rule, pattern, near))| shown(rules, trace, (*rule, *pattern), near, range.end))
            .collect()
    }
}

fn shown(
    rules: &RuleSet,
    trace: &Trace<'_>,
    (rule, pattern): (usize, usize),
    near: &Nearest,
    end: usize,
) -> NearView {
    let rule = &rules.rules[rule];
    let text = &rule.patterns[pattern];
    let (line, column) = rules.place_in(&rule.file, text, near.element.start);
    let element = text.text[near.element.clone()].to_owned();
    let matched = (!near.matched.is_empty()).then(|| trace.quote(near.matched.start, near.matched.end));
    let at = near.matched.end;
    let found = trace.quote(at, end.min(at + SHOWN + near.within.unwrap_or(0))).text;
    let because = match (&matched, near.within) {
        (None, _) => format!("nothing in the sentence matches `{element}` where the pattern begins"),
        (Some(matched), None) => format!("`{element}` does not follow “{}”", matched.text),
        (Some(matched), Some(most)) => {
            let words = if most == 1 { "word" } else { "words" };
            format!("`{element}` does not follow “{}” within {most} {words}", matched.text)
        }
    };
    NearView {
        rule: view_of(rule, Some(pattern)),
        say: rule.say.clone(),
        share: near.share,
        matched,
        element,
        line,
        column,
        found,
        because,
    }
}
