//! Counts of what went wrong: by class and layer, by document, by rule.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use crate::figures::ratio;
use crate::link;
use crate::model::{Data, Record};

/// Documents that are listed before the rest is asked for.
const DOCUMENTS: usize = 20;

const LAYERS: [&str; 4] = ["mention", "agency", "stance", "citation"];

/// A class as people read it.
pub(crate) fn said(class: &str) -> String {
    class.replace('_', " ")
}

/// The classes that occur, most frequent first.
fn classes<'a>(records: impl Iterator<Item = &'a Record>) -> Vec<&'static str> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for class in records.filter_map(|record| record.class) {
        *counts.entry(class).or_default() += 1;
    }
    let mut classes: Vec<_> = counts.into_iter().collect();
    classes.sort_by_key(|&(class, count)| (std::cmp::Reverse(count), class));
    classes.into_iter().map(|(class, _)| class).collect()
}

/// A count that leads to its records.
fn count(n: usize, parts: &[(&str, &str)]) -> Markup {
    html! { td.number { @if n > 0 { a href=(link(parts)) { (n) } } @else { span.zero { "·" } } } }
}

/// Classes by layer.
pub(crate) fn by_layer(data: &Data) -> Markup {
    let classes = classes(data.records());
    if classes.is_empty() {
        return html! { p { "No record differs." } };
    }
    let of = |layer: &str, class: &str| {
        data.records().filter(|record| record.layer == layer && record.class == Some(class)).count()
    };
    html! { div.scroll { table {
        thead { tr {
            th scope="col" { "class" }
            @for layer in LAYERS { th.number scope="col" { a href=(link(&[("layer", layer)])) { (layer) } } }
            th.number scope="col" { "all" }
        } }
        tbody { @for class in classes { tr {
            th scope="row" { a href=(link(&[("class", class)])) { (said(class)) } }
            @for layer in LAYERS { (count(of(layer, class), &[("layer", layer), ("class", class)])) }
            (count(LAYERS.iter().map(|layer| of(layer, class)).sum(), &[("class", class)]))
        } } }
    } } }
}

/// Classes by document; the rest of many documents the page's script lists when it is asked to.
pub(crate) fn by_document(data: &Data) -> Markup {
    let classes = classes(data.records());
    let more = data.documents.len().saturating_sub(DOCUMENTS);
    html! {
        div.scroll.tall tabindex="0" role="region" aria-label="Classes by document" { table #by-document data-classes=(classes.join(" ")) data-listed=(DOCUMENTS.min(data.documents.len())) {
            thead { tr {
                th scope="col" { "document" }
                @for class in &classes { th.number scope="col" { (said(class)) } }
            } }
            tbody { @for page in data.documents.iter().take(DOCUMENTS) { tr {
                th scope="row" { a href=(link(&[("doc", &page.name)])) { bdi { (page.name) } } }
                @for class in &classes {
                    @let n = page.records.iter().filter(|record| record.class == Some(class)).count();
                    (count(n, &[("doc", &page.name), ("class", class)]))
                }
            } } }
        } }
        @if more > 0 { p { button #more-documents type="button" { "List " (more) " more" } } }
    }
}

#[derive(Default)]
struct Rule {
    right: usize,
    wrong: usize,
    classes: BTreeMap<&'static str, usize>,
}

/// How often each rule is right, and what it gets wrong; the one to mend next on top. `None` where the
/// predictions name no rules.
pub(crate) fn by_rule(data: &Data) -> Option<Markup> {
    let last = data.tracks.len() - 1;
    let mut rules: BTreeMap<&str, Rule> = BTreeMap::new();
    for record in data.records().filter(|record| record.layer != "agency") {
        let Some(name) = record.rule(last) else { continue };
        let rule = rules.entry(name).or_default();
        *(if record.strict { &mut rule.right } else { &mut rule.wrong }) += 1;
        if let Some(class) = record.class {
            *rule.classes.entry(class).or_default() += 1;
        }
    }
    if rules.is_empty() {
        return None;
    }
    let used: BTreeSet<&'static str> = rules.values().flat_map(|rule| rule.classes.keys().copied()).collect();
    let classes: Vec<_> = classes(data.records()).into_iter().filter(|class| used.contains(class)).collect();
    let mut rows: Vec<_> = rules.into_iter().collect();
    rows.sort_by_key(|(name, rule)| (std::cmp::Reverse(rule.wrong), rule.right, *name));
    Some(html! {
        div.scroll.tall tabindex="0" role="region" aria-label="Rules" { table {
            thead { tr {
                th scope="col" { "rule to mend first" }
                th.number scope="col" { "wrong" }
                th.number scope="col" { "right" }
                th.number scope="col" { "precision" }
                th scope="col" { span.quiet { "share" } }
                @for class in &classes { th.number scope="col" { (said(class)) } }
            } }
            tbody { @for (name, rule) in rows { (row(name, &rule, &classes)) } }
        } }
    })
}

fn row(name: &str, rule: &Rule, classes: &[&'static str]) -> Markup {
    #[expect(clippy::cast_precision_loss, reason = "counts of records are small")]
    let precision = rule.right as f64 / (rule.right + rule.wrong) as f64;
    let width = format!("{:.0}", precision * 80.0);
    html! { tr {
        th scope="row" { a href=(link(&[("rule", name), ("show", "all")])) { code { (name) } } }
        (count(rule.wrong, &[("rule", name), ("show", "wrong")]))
        (count(rule.right, &[("rule", name), ("show", "strict")]))
        td.number { (ratio(Some(precision))) }
        td { svg.share viewBox="0 0 80 8" aria-hidden="true" {
            rect.cell width="80" height="8" rx="2" {}
            rect.bar width=(width) height="8" rx="2" {}
        } }
        @for class in classes {
            (count(rule.classes.get(class).copied().unwrap_or(0), &[("rule", name), ("class", class)]))
        }
    } }
}
