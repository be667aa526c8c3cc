//! The figures of a report as a chart and as a table.

use goldrule_harness::scorer::{Accuracy, Measure};
use goldrule_harness::{Column, Contrast, Report};
use maud::{Markup, html};

use crate::chart::{Chart, Dot, Row};
use crate::link;

/// The chart of F1 with intervals and the annotators' agreement.
pub(crate) fn accuracy(report: &Report) -> Chart {
    let agreed = report.columns.iter().any(|column| column.agreement.is_some());
    let columns = shown(report);
    let rows = Measure::ALL.iter().map(|&measure| Row {
        name: measure.to_string(),
        link: Some(records_of(measure)),
        apart: matches!(measure, Measure::EntityFound | Measure::StanceTuple | Measure::CitationStrict),
        dots: columns.iter().map(|column| dot(column, measure, agreed)).collect(),
    });
    let mut head = vec!["F1", "95% interval"];
    head.extend(agreed.then_some("annotators"));
    Chart {
        title: format!("Accuracy against gold{}", alone(&columns)),
        axis: (0.0, 1.0, 0.2),
        value: "F1",
        interval: true,
        mark: agreed.then_some("the annotators' agreement on the same documents"),
        head,
        rows: rows.collect(),
    }
}

/// Sums over other columns say nothing of their own.
fn shown(report: &Report) -> Vec<&Column> {
    let sum = |column: &Column| matches!(column.group.name.as_str(), "all" | "withheld");
    let parts: Vec<_> = report.columns.iter().filter(|column| !sum(column)).collect();
    if parts.is_empty() { report.columns.last().into_iter().collect() } else { parts }
}

fn alone(columns: &[&Column]) -> String {
    match columns {
        [column] => format!(", {}", group(column)),
        _ => String::new(),
    }
}

/// A group and how many documents it has.
pub(crate) fn group(column: &Column) -> String {
    format!("{} {}", column.group.name, column.group.documents.len())
}

fn dot(column: &Column, measure: Measure, agreed: bool) -> Dot {
    let (value, interval) = (column.group.total.measure(measure).f1(), column.interval(measure));
    let mark = column.agreed(measure);
    let mut numbers = vec![ratio(value), range(interval)];
    numbers.extend(agreed.then(|| ratio(mark)));
    Dot { group: group(column), value, interval, mark, numbers }
}

/// The link to the records that a measure has wrong.
pub(crate) fn records_of(measure: Measure) -> String {
    let layer = match measure.as_str().split('.').next().unwrap_or_default() {
        "entity" => "agency",
        layer => layer,
    };
    link(&[("layer", layer), ("show", "wrong")])
}

/// The difference between two systems.
pub(crate) fn differences(contrast: &Contrast) -> Chart {
    let far = contrast
        .figures
        .iter()
        .flat_map(|change| {
            let (low, high) = change.interval.unwrap_or_default();
            [low, high, change.difference.unwrap_or_default()]
        })
        .fold(0.02_f64, |far, value| far.max(value.abs()));
    let step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].into_iter().find(|step| far / step <= 4.0).unwrap_or(0.5);
    let end = (far / step).ceil() * step;
    let signed = |value: Option<f64>| value.map_or_else(none, |value| format!("{value:+.3}"));
    let rows = contrast.figures.iter().map(|change| Row {
        name: change.measure.to_string(),
        link: Some(records_of(change.measure).replace("show=wrong", "show=faults")),
        apart: matches!(
            change.measure,
            Measure::EntityFound | Measure::StanceTuple | Measure::CitationStrict
        ),
        dots: vec![Dot {
            group: String::new(),
            value: change.difference,
            interval: change.interval,
            mark: None,
            numbers: vec![
                signed(change.difference),
                change.interval.map_or_else(none, |(low, high)| format!("{low:+.3} {high:+.3}")),
                ratio(change.old),
                ratio(change.new),
                ratio(change.p_holm),
            ],
        }],
    });
    Chart {
        title: "Difference in F1, new less old".to_owned(),
        axis: (-end, end, step),
        value: "difference",
        interval: true,
        mark: None,
        head: vec!["difference", "95% interval", "old F1", "new F1", "p (Holm)"],
        rows: rows.collect(),
    }
}

/// Every figure of every group as a table.
pub(crate) fn table(report: &Report) -> Markup {
    let agreed = report.columns.iter().any(|column| column.agreement.is_some());
    html! {
        div.scroll tabindex="0" role="region" aria-label="All figures as a table" { table.figures {
            thead { tr {
                th scope="col" { "figure" }
                th scope="col" { "documents" }
                @for head in ["P", "R", "F1", "95% interval"] { th.number scope="col" { (head) } }
                @if agreed { th.number scope="col" { "annotators" } }
                @for head in ["right", "gold", "found"] { th.number scope="col" { (head) } }
            } }
            @for measure in Measure::ALL { tbody {
                @for (at, column) in report.columns.iter().enumerate() { tr {
                    @if at == 0 {
                        th scope="rowgroup" rowspan=(report.columns.len()) { a href=(records_of(measure)) { (measure) } }
                    }
                    td { (group(column)) }
                    (measures(column, measure, agreed))
                } }
            } }
            @for accuracy in Accuracy::ALL { tbody {
                @for (at, column) in report.columns.iter().enumerate() { tr {
                    @if at == 0 { th scope="rowgroup" rowspan=(report.columns.len()) { (accuracy) ", where matched" } }
                    td { (group(column)) }
                    @let judged = column.group.total.accuracy(accuracy);
                    td.number colspan="3" { (ratio(judged.value())) }
                    td {}
                    @if agreed { td.number { (ratio(column.agreed_on(accuracy))) } }
                    td.number { (judged.right) }
                    td.number colspan="2" { "of " (judged.n) }
                } }
            } }
        } }
    }
}

fn measures(column: &Column, measure: Measure, agreed: bool) -> Markup {
    let counts = column.group.total.measure(measure);
    let right = counts.tp();
    html! {
        @for value in [counts.precision(), counts.recall(), counts.f1()] { td.number { (ratio(value)) } }
        td.number { (range(column.interval(measure))) }
        @if agreed { td.number { (ratio(column.agreed(measure))) } }
        td.number { @if right.fract() == 0.0 { (format!("{right:.0}")) } @else { (format!("{right:.1}")) } }
        td.number { (counts.gold) }
        td.number { (counts.pred) }
    }
}

pub(crate) fn none() -> String {
    "–".to_owned()
}

/// Three decimals; a dash where nothing stands below the line.
pub(crate) fn ratio(value: Option<f64>) -> String {
    value.map_or_else(none, |value| format!("{value:.3}"))
}

pub(crate) fn range(interval: Option<(f64, f64)>) -> String {
    interval.map_or_else(none, |(low, high)| format!("{low:.3}–{high:.3}"))
}
