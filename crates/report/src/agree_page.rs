//! The page of annotators' agreement.

use goldrule_harness::scorer::{Coefficient, Measure};
use goldrule_harness::{ANY, Agreement, AgreementGroup, Annotations, Coefficients, Subject, counted};
use maud::{Markup, html};

use crate::chart::{Chart, Dot, Row};
use crate::figures::{none, range, ratio, records_of};
use crate::page::{Section, about, of_records, what_differs, whole};
use crate::{Reader, agree, link};

/// Annotators' agreement and what it was figured from.
#[derive(Clone, Copy, Debug)]
pub struct Agreed<'a> {
    /// What made it: `goldrule agree`.
    pub title: &'a str,
    /// The figures.
    pub agreement: &'a Agreement,
    /// The annotators' sets.
    pub annotations: &'a Annotations<'a>,
}

/// The page of annotators' agreement.
pub fn agreement_page(agreed: &Agreed<'_>, reader: Reader) -> String {
    let Agreed { agreement, annotations, .. } = *agreed;
    let data = agree::annotated(annotations, reader);
    let mut sections: Vec<Section> = Vec::new();
    if agreement.total().documents > 0 {
        let pairs = html! { div.beside { (pairwise(agreement).within()) (what_differs(&data)) } };
        sections.push(("figures", "Figures", pairs));
        sections.push(("chance", "Beyond chance", beyond_chance(agreement)));
    }
    sections.extend(of_records(&data));
    let total = counted(agreement.total().documents, "document");
    let summary = format!("{}, {total}", agreement.annotators.join(", "));
    let unnamed = agreement.unnamed.values().sum();
    let about = about(&agreement.skipped, unnamed, &data, &agreement.signature.to_string());
    whole(agreed.title, &summary, &sections, &data, &about)
}

/// The groups that are not sums of others.
fn parts(agreement: &Agreement) -> Vec<&AgreementGroup> {
    let sum = |group: &AgreementGroup| matches!(group.name.as_str(), "all" | "withheld");
    let parts: Vec<_> = agreement.groups.iter().filter(|group| !sum(group)).collect();
    if parts.is_empty() { vec![agreement.total()] } else { parts }
}

/// F1 of two annotators by group; of more, of each pair on all documents.
pub(crate) fn pairwise(agreement: &Agreement) -> Chart {
    let two = agreement.annotators.len() == 2;
    let groups = if two { parts(agreement) } else { vec![agreement.total()] };
    let rows = Measure::ALL.iter().map(|&measure| {
        let dots = groups.iter().flat_map(|group| {
            group.pairs.iter().map(move |pair| {
                let (value, interval) = (
                    pair.score.measure(measure).f1(),
                    pair.intervals.get(measure.as_str()).copied().flatten(),
                );
                let names = [pair.first, pair.second].map(|at| agreement.annotators[at].as_str());
                let group =
                    if two { format!("{} {}", group.name, pair.documents) } else { names.join(" – ") };
                Dot { group, value, interval, mark: None, numbers: vec![ratio(value), range(interval)] }
            })
        });
        Row {
            name: measure.to_string(),
            link: Some(records_of(measure).replace("show=wrong", "show=faults")),
            apart: matches!(measure, Measure::EntityFound | Measure::StanceTuple | Measure::CitationStrict),
            dots: dots.collect(),
        }
    });
    let title = match agreement.annotators.as_slice() {
        [one, other] => format!("Agreement of {one} and {other}"),
        _ => "Agreement of each pair of annotators".to_owned(),
    };
    Chart {
        title,
        axis: (0.0, 1.0, 0.2),
        value: "F1",
        interval: true,
        mark: None,
        head: vec!["F1", "95% interval"],
        rows: rows.collect(),
    }
}

/// What is left of agreement when chance is taken off.
fn beyond_chance(agreement: &Agreement) -> Markup {
    let all = &agreement.total().coefficients;
    let whole: Vec<&Coefficients> = all.iter().filter(|row| row.label.is_none()).collect();
    let gamma = all.iter().any(|row| row.gamma.is_some());
    html! {
        div.beside {
            (chart(&whole).within())
            div { h3 { "Gamma and unitizing alpha" } (units(&whole, gamma)) p.note {
                "Spans are judged character by character, the answers below them on records that are aligned. "
                "1 is full agreement, 0 what chance gives."
            } }
        }
        details { summary { "By label, with kappa and the reasons of what is undefined" } (table(all, gamma)) }
    }
}

fn chart(rows: &[&Coefficients]) -> Chart {
    let lowest = rows.iter().filter_map(|row| row.alpha.value()).fold(0.0, f64::min);
    let low = if lowest < 0.0 { -1.0 } else { 0.0 };
    let rows = rows.iter().map(|row| Row {
        name: row.subject.to_string(),
        link: Some(link(&[("layer", row.subject.sort().as_str())])),
        apart: row.subject == Subject::Form,
        dots: vec![Dot {
            group: String::new(),
            value: row.alpha.value(),
            interval: None,
            mark: row.observed,
            numbers: vec![told(row.alpha), ratio(row.observed), told(row.kappa), row.units.to_string()],
        }],
    });
    Chart {
        title: "Agreement beyond chance, all documents".to_owned(),
        axis: (low, 1.0, if low < 0.0 { 0.5 } else { 0.2 }),
        value: "Krippendorff's alpha",
        interval: false,
        mark: Some("share of pairs that agree"),
        head: vec!["alpha", "agree", "kappa", "units"],
        rows: rows.collect(),
    }
}

fn told(coefficient: Coefficient) -> String {
    ratio(coefficient.value())
}

fn units(rows: &[&Coefficients], gamma: bool) -> Markup {
    html! { div.scroll { table {
        thead { tr {
            th scope="col" { "spans" }
            th.number scope="col" { "unitizing" }
            @if gamma { th.number scope="col" { "gamma" } th.number scope="col" { "95% interval" } }
        } }
        tbody { @for row in rows.iter().filter(|row| row.unitizing.is_some()) { tr {
            th scope="row" { a href=(link(&[("layer", row.subject.sort().as_str())])) { (row.subject) } }
            td.number { (row.unitizing.map_or_else(none, told)) }
            @if gamma {
                td.number { (row.gamma.as_ref().map_or_else(none, |gamma| told(gamma.gamma))) }
                td.number { (range(row.gamma.as_ref().and_then(|gamma| gamma.interval))) }
            }
        } } }
    } } }
}

/// Every coefficient of every label. A reason stands where there is no value.
fn table(rows: &[Coefficients], gamma: bool) -> Markup {
    html! { div.scroll.tall tabindex="0" role="region" aria-label="Coefficients by label" { table {
        thead { tr {
            th scope="col" { "about" }
            th scope="col" { "label" }
            @for head in ["units", "agree", "kappa", "Fleiss", "alpha", "unitizing"] { th.number scope="col" { (head) } }
            @if gamma { th.number scope="col" { "gamma" } }
            th scope="col" { "undefined, since" }
        } }
        tbody { @for row in rows { tr {
            th scope="row" { (row.subject) }
            td { (label(row)) }
            td.number { (row.units) }
            td.number { (ratio(row.observed)) }
            @for value in [row.kappa, row.fleiss, row.alpha] { td.number { (told(value)) } }
            td.number { (row.unitizing.map_or_else(none, told)) }
            @if gamma { td.number { (row.gamma.as_ref().map_or_else(none, |gamma| told(gamma.gamma))) } }
            td.muted { (reasons(row)) }
        } } }
    } } }
}

/// A label, leading to the records that have it where records are what was asked about.
fn label(row: &Coefficients) -> Markup {
    let Some(label) = row.label.as_deref() else { return html! { strong { "all" } } };
    let slot = match row.subject {
        Subject::Mention => "mention.form",
        Subject::Stance => "stance.topic",
        Subject::Citation => "citation.kind",
        Subject::Jurisdiction | Subject::Canonical => "",
        other => other.as_str(),
    };
    if label == ANY || slot.is_empty() {
        return html! { bdi { (label) } };
    }
    html! { a href=(link(&[("label", &format!("{slot}:{label}")), ("show", "all")])) { (label) } }
}

fn reasons(row: &Coefficients) -> String {
    let mut reasons: Vec<&str> = [Some(row.kappa), Some(row.fleiss), Some(row.alpha), row.unitizing]
        .into_iter()
        .flatten()
        .chain(row.gamma.as_ref().map(|gamma| gamma.gamma))
        .filter_map(|coefficient| Some(coefficient.why()?.explanation()))
        .collect();
    reasons.sort_unstable();
    reasons.dedup();
    reasons.join("; ")
}
