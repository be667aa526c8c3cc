//! Reports as JSON and CSV, for machines.

use std::collections::BTreeMap;

use goldrule_scorer::{Accuracy, Counts, Judged, Measure, Score};
use serde::Serialize;

use crate::case::Skipped;
use crate::detail::Detail;
use crate::mistake::Mistake;
use crate::report::{Column, Named, Report};
use crate::settings::Settings;
use crate::signature::{Signature, Sources};

/// A column's figures. Keys are stable.
#[derive(Serialize)]
struct Figures<'a> {
    /// Number of documents.
    size: usize,
    #[serde(flatten)]
    score: &'a Score,
    intervals: BTreeMap<&'static str, Option<(f64, f64)>>,
    agreement: Option<Agreement<'a>>,
}

#[derive(Serialize)]
struct Agreement<'a> {
    size: usize,
    #[serde(flatten)]
    score: &'a Score,
}

#[derive(Serialize)]
struct Group<'a> {
    name: &'a str,
    #[serde(flatten)]
    figures: Figures<'a>,
}

#[derive(Serialize)]
struct Json<'a> {
    #[serde(flatten)]
    total: Figures<'a>,
    groups: Vec<Group<'a>>,
    documents: &'a [Named],
    unnamed: &'a BTreeMap<String, usize>,
    skipped: &'a [Skipped],
    signature: &'a Signature,
    settings: &'a Settings,
    sources: &'a Sources,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a Detail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agreed_detail: Option<&'a Detail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a [Mistake]>,
}

fn figures(column: &Column) -> Figures<'_> {
    let agreement = column.agreement.as_ref();
    Figures {
        size: column.group.documents.len(),
        score: &column.group.total,
        intervals: Measure::ALL.iter().map(|&m| (m.as_str(), column.interval(m))).collect(),
        agreement: agreement.map(|group| Agreement { size: group.documents.len(), score: &group.total }),
    }
}

impl Report {
    /// The report as a JSON object. `measures.<name>` and `accuracy.<name>` are those of all documents;
    /// `groups` holds the same for each column, `documents` for each document that may be named.
    pub fn to_json(&self) -> String {
        let groups =
            self.columns.iter().map(|column| Group { name: &column.group.name, figures: figures(column) });
        let json = Json {
            total: figures(self.total()),
            groups: groups.collect(),
            documents: &self.documents,
            unnamed: &self.unnamed,
            skipped: &self.skipped,
            signature: &self.signature,
            settings: &self.settings,
            sources: &self.sources,
            detail: self.detail.as_ref(),
            agreed_detail: self.agreed_detail.as_ref(),
            errors: self.mistakes.as_deref(),
        };
        serde_json::to_string_pretty(&json).unwrap_or_default() + "\n"
    }

    /// The report as CSV: a row for each figure of each group and of each document that may be named, or,
    /// where mistakes were asked for, a row for each of them.
    pub fn to_csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory does not fail.
        let _ = match &self.mistakes {
            Some(mistakes) => mistakes.iter().try_for_each(|mistake| writer.serialize(mistake_row(mistake))),
            None => self.rows().iter().try_for_each(|row| writer.serialize(row)),
        };
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let mut rows = Vec::new();
        for column in &self.columns {
            let scope = Row { group: Some(&column.group.name), ..Row::default() };
            for measure in Measure::ALL {
                let (low, high) = column.interval(measure).unzip();
                let counts = column.group.total.measure(measure);
                let annotators = column.agreed(measure);
                rows.push(Row { low, high, annotators, ..scope.measure(measure, counts) });
            }
            for accuracy in Accuracy::ALL {
                let judged = column.group.total.accuracy(accuracy);
                rows.push(Row { annotators: column.agreed_on(accuracy), ..scope.accuracy(accuracy, judged) });
            }
        }
        for named in &self.documents {
            let scope = Row {
                group: named.split.as_deref(),
                document: Some(&named.score.document),
                ..Row::default()
            };
            rows.extend(Measure::ALL.map(|m| Row {
                annotators: named.agreement.and_then(|score| score.measure(m).f1()),
                ..scope.measure(m, named.score.measure(m))
            }));
            rows.extend(Accuracy::ALL.map(|a| Row {
                annotators: named.agreement.and_then(|score| score.accuracy(a).value()),
                ..scope.accuracy(a, named.score.accuracy(a))
            }));
        }
        rows
    }
}

/// A row of figures. `value` and `n` are filled for accuracies, the others for measures.
#[derive(Clone, Copy, Default, Serialize)]
struct Row<'a> {
    group: Option<&'a str>,
    document: Option<&'a str>,
    figure: &'a str,
    precision: Option<f64>,
    recall: Option<f64>,
    f1: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    tp: Option<f64>,
    gold: Option<u64>,
    pred: Option<u64>,
    value: Option<f64>,
    n: Option<u64>,
    annotators: Option<f64>,
}

impl Row<'_> {
    fn measure(self, measure: Measure, counts: Counts) -> Self {
        Self {
            figure: measure.as_str(),
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            tp: Some(counts.tp()),
            gold: Some(counts.gold),
            pred: Some(counts.pred),
            ..self
        }
    }

    fn accuracy(self, accuracy: Accuracy, judged: Judged) -> Self {
        Self { figure: accuracy.as_str(), value: judged.value(), n: Some(judged.n), ..self }
    }
}

#[derive(Serialize)]
struct MistakeRow<'a> {
    document: &'a str,
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    layer: &'a str,
    error: &'a str,
    gold_start: Option<u32>,
    gold_end: Option<u32>,
    gold_label: Option<&'a str>,
    gold_text: Option<&'a str>,
    pred_start: Option<u32>,
    pred_end: Option<u32>,
    pred_label: Option<&'a str>,
    pred_text: Option<&'a str>,
    rule: Option<&'a str>,
}

fn mistake_row(mistake: &Mistake) -> MistakeRow<'_> {
    let (gold, pred) = (mistake.gold.as_ref(), mistake.pred.as_ref());
    MistakeRow {
        document: &mistake.document,
        file: &mistake.file,
        line: mistake.line,
        column: mistake.column,
        layer: mistake.layer.as_str(),
        error: mistake.error.as_str(),
        gold_start: gold.and_then(|g| g.start),
        gold_end: gold.and_then(|g| g.end),
        gold_label: gold.map(|g| g.label.as_str()),
        gold_text: gold.and_then(|g| g.text.as_deref()),
        pred_start: pred.and_then(|p| p.start),
        pred_end: pred.and_then(|p| p.end),
        pred_label: pred.map(|p| p.label.as_str()),
        pred_text: pred.and_then(|p| p.text.as_deref()),
        rule: pred.and_then(|p| p.rule.as_deref()),
    }
}
