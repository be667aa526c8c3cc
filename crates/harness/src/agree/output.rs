//! Agreement as JSON and CSV, for machines.

use goldrule_scorer::{Accuracy, Coefficient, Measure};
use serde::Serialize;

use crate::agree::result::{Agreement, AgreementGroup, Coefficients, Disagreement, PairAgreement};

impl Agreement {
    /// The whole tree as a JSON object. Keys are stable.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// A row for each figure of each group, or, where disagreements were asked for, one for each of them.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail.
        let _ = match &self.disagreements {
            Some(all) => all.iter().try_for_each(|one| writer.serialize(self.disagreement_row(one))),
            None => self.rows().iter().try_for_each(|row| writer.serialize(row)),
        };
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let mut rows = Vec::new();
        for group in &self.groups {
            for pair in &group.pairs {
                rows.extend(self.pair_rows(group, pair));
            }
            for coefficients in &group.coefficients {
                rows.extend(coefficient_rows(group, coefficients));
            }
        }
        rows
    }

    fn pair_rows<'a>(&'a self, group: &'a AgreementGroup, pair: &'a PairAgreement) -> Vec<Row<'a>> {
        let scope = Row {
            group: &group.name,
            first: Some(&self.annotators[pair.first]),
            second: Some(&self.annotators[pair.second]),
            ..Row::default()
        };
        let measure = |measure: Measure| {
            let (low, high) = pair.intervals.get(measure.as_str()).copied().flatten().unzip();
            let counts = pair.score.measure(measure);
            Row {
                figure: measure.as_str(),
                coefficient: "f1",
                value: counts.f1(),
                low,
                high,
                units: Some(counts.gold + counts.pred),
                ..scope
            }
        };
        let accuracy = |accuracy: Accuracy| {
            let judged = pair.score.accuracy(accuracy);
            let figure = accuracy.as_str();
            Row { figure, coefficient: "share", value: judged.value(), units: Some(judged.n), ..scope }
        };
        Measure::ALL.into_iter().map(measure).chain(Accuracy::ALL.into_iter().map(accuracy)).collect()
    }

    fn disagreement_row<'a>(&'a self, one: &'a Disagreement) -> DisagreementRow<'a> {
        let (first, second) = (one.first_record.as_ref(), one.second_record.as_ref());
        DisagreementRow {
            document: &one.document,
            file: &one.file,
            line: one.line,
            column: one.column,
            layer: one.layer.as_str(),
            class: one.class.as_str(),
            differ: one.differ.iter().map(|subject| subject.as_str()).collect::<Vec<_>>().join(" "),
            first: &self.annotators[one.first],
            first_start: first.and_then(|record| record.start),
            first_end: first.and_then(|record| record.end),
            first_label: first.map(|record| record.label.as_str()),
            first_text: first.and_then(|record| record.text.as_deref()),
            second: &self.annotators[one.second],
            second_start: second.and_then(|record| record.start),
            second_end: second.and_then(|record| record.end),
            second_label: second.map(|record| record.label.as_str()),
            second_text: second.and_then(|record| record.text.as_deref()),
        }
    }
}

fn coefficient_rows<'a>(group: &'a AgreementGroup, of: &'a Coefficients) -> Vec<Row<'a>> {
    let scope = Row {
        group: &group.name,
        figure: of.subject.as_str(),
        label: of.label.as_deref(),
        units: Some(of.units),
        ..Row::default()
    };
    let row = |coefficient: &'static str, value: Coefficient| Row {
        coefficient,
        value: value.value(),
        undefined: value.why().map(goldrule_scorer::WhyUndefined::as_str),
        ..scope
    };
    let mut rows = vec![
        Row { coefficient: "observed", value: of.observed, ..scope },
        row("kappa", of.kappa),
        row("fleiss", of.fleiss),
        row("alpha", of.alpha),
    ];
    rows.extend(of.unitizing.map(|unitizing| row("unitizing", unitizing)));
    rows.extend(of.gamma.map(|gamma| {
        let (low, high) = gamma.interval.unzip();
        Row { low, high, units: Some(gamma.units), ..row("gamma", gamma.gamma) }
    }));
    rows
}

/// A figure.
#[derive(Clone, Copy, Default, Serialize)]
struct Row<'a> {
    group: &'a str,
    figure: &'a str,
    label: Option<&'a str>,
    coefficient: &'a str,
    first: Option<&'a str>,
    second: Option<&'a str>,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    units: Option<u64>,
    undefined: Option<&'a str>,
}

#[derive(Serialize)]
struct DisagreementRow<'a> {
    document: &'a str,
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    layer: &'a str,
    class: &'a str,
    differ: String,
    first: &'a str,
    first_start: Option<u32>,
    first_end: Option<u32>,
    first_label: Option<&'a str>,
    first_text: Option<&'a str>,
    second: &'a str,
    second_start: Option<u32>,
    second_end: Option<u32>,
    second_label: Option<&'a str>,
    second_text: Option<&'a str>,
}
