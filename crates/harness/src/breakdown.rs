//! The measures taken apart: by averaging, by label, by slot; positions by topic.

use std::collections::BTreeMap;

use goldrule_schema::Position;
use goldrule_scorer::{
    Average, Averaging, Confusion, Counts, Measure, Policies, Slot, SlotScore, Slots, counts_by_label,
};
use serde::Serialize;

use crate::comparison::Comparison;
use crate::grid::{Grid, Style};
use crate::table::{credit, ratio};

/// The measures whose labels are shown: the strictest of mentions, stances and citations.
const LABELLED: [(Measure, &str); 3] = [
    (Measure::MentionStrict, "mention by form"),
    (Measure::StanceTuple, "stance by topic"),
    (Measure::CitationStrictKind, "citation by kind"),
];

/// The measures of a report by averaging, label and slot.
#[derive(Clone, Debug, Serialize)]
pub struct Breakdown {
    /// Each measure under each averaging.
    pub averages: Vec<AverageDetail>,
    /// The counts of each measure by label: a mention's form, an agency's or citation's kind, a stance's topic.
    pub labels: BTreeMap<Measure, BTreeMap<String, Counts>>,
    /// What of an agency, a stance or a citation is right; positions by topic.
    #[serde(flatten)]
    pub slots: Slots,
}

/// A measure under one averaging.
#[derive(Clone, Debug, Serialize)]
pub struct AverageDetail {
    /// The measure.
    pub measure: Measure,
    /// How its parts become one figure.
    pub averaging: Averaging,
    /// The figures.
    #[serde(flatten)]
    pub figures: Average,
    /// Right records, of those that gold has.
    pub tp: f64,
    /// Predicted records that are wrong.
    #[serde(rename = "fp")]
    pub false_positives: f64,
    /// Gold records that were not found.
    #[serde(rename = "fn")]
    pub false_negatives: f64,
}

impl Breakdown {
    /// Takes the measures of scored documents apart.
    pub fn new(comparisons: &[Comparison], policies: Policies) -> Self {
        let labels = counts_by_label(comparisons.iter().flat_map(|comparison| &comparison.records));
        let mut slots = Slots::default();
        for Comparison { gold, pred, ledger, .. } in comparisons {
            slots += &Slots::new(gold, pred, ledger);
        }
        let averages = Measure::ALL.into_iter().flat_map(|measure| {
            let documents = || comparisons.iter().map(move |comparison| comparison.score.measure(measure));
            let mut total = Counts::default();
            documents().for_each(|counts| total += counts);
            let parts: Vec<Counts> =
                labels.get(&measure).into_iter().flat_map(|parts| parts.values().copied()).collect();
            Averaging::ALL.map(|averaging| AverageDetail {
                measure,
                averaging,
                figures: match averaging {
                    Averaging::Micro => Average::of(&total),
                    Averaging::MacroLabels => Average::over_counts(parts.clone(), false, policies),
                    Averaging::Weighted => Average::over_counts(parts.clone(), true, policies),
                    Averaging::MacroDocuments => Average::over_documents(documents(), policies),
                },
                tp: total.tp(),
                false_positives: total.false_positives(),
                false_negatives: total.false_negatives(),
            })
        });
        Self { averages: averages.collect(), labels, slots }
    }

    /// One table for each way of taking apart.
    pub(crate) fn to_tables(&self, style: Style) -> Vec<String> {
        let mut tables = vec![self.averages(style), self.labels(style), self.slots(style)];
        if !self.slots.positions.is_empty() {
            tables.push(self.positions(style));
        }
        tables
    }

    fn averages(&self, style: Style) -> String {
        let mut grid = grid(&["figure", "average", "P", "R", "F1", "tp", "fp", "fn"], 2);
        for detail in &self.averages {
            let first = detail.averaging == Averaging::Micro;
            let mut row = vec![if first { detail.measure.to_string() } else { String::new() }];
            row.push(detail.averaging.to_string());
            let Average { precision, recall, f1 } = detail.figures;
            row.extend([precision, recall, f1].map(ratio));
            row.extend([detail.tp, detail.false_positives, detail.false_negatives].map(credit));
            grid.row(row);
        }
        grid.render(style)
    }

    fn labels(&self, style: Style) -> String {
        let mut grid = grid(&["records", "label", "P", "R", "F1", "tp", "fp", "fn"], 2);
        for (measure, name) in LABELLED {
            for (at, (label, counts)) in self.labels.get(&measure).into_iter().flatten().enumerate() {
                let mut row = vec![if at == 0 { format!("{name} ({measure})") } else { String::new() }];
                row.push(label.clone());
                row.extend(figures(counts));
                grid.row(row);
            }
        }
        grid.render(style)
    }

    fn slots(&self, style: Style) -> String {
        let head = ["slot, end to end", "P", "R", "F1", "tp", "fp", "fn", "given the record", "right", "of"];
        let mut grid = grid(&head, 1);
        for slot in Slot::ALL {
            let SlotScore { end_to_end, given_found } = self.slots.of(slot);
            let mut row = vec![slot.to_string()];
            row.extend(figures(&end_to_end));
            row.push(ratio(given_found.value()));
            row.extend([given_found.right, given_found.n].map(|n| n.to_string()));
            grid.row(row);
        }
        grid.render(style)
    }

    fn positions(&self, style: Style) -> String {
        let mut head = vec!["topic", "gold position"];
        head.extend(Position::WORDS);
        head.extend(["other topic", "missed"]);
        let mut grid = grid(&head, 2);
        for (topic, confusion) in &self.slots.positions {
            let Confusion { cells, other_topic, missed, spurious } = confusion;
            let figure = |n: &u64| if *n == 0 { "·".to_owned() } else { n.to_string() };
            for (at, word) in Position::WORDS.iter().enumerate() {
                let mut row =
                    vec![if at == 0 { topic.to_string() } else { String::new() }, (*word).to_owned()];
                row.extend(cells[at].iter().map(figure));
                row.extend([&other_topic[at], &missed[at]].map(figure));
                grid.row(row);
            }
            let mut row = vec![String::new(), "(none in gold)".to_owned()];
            row.extend(spurious.iter().map(figure));
            grid.row(row.into_iter().chain(["·", "·"].map(str::to_owned)).collect());
        }
        grid.render(style)
    }
}

fn grid(head: &[&str], words: usize) -> Grid {
    Grid::new(head.iter().map(ToString::to_string).collect(), words)
}

/// P, R, F1, tp, fp, fn.
fn figures(counts: &Counts) -> impl Iterator<Item = String> {
    let ratios = [counts.precision(), counts.recall(), counts.f1()].map(ratio);
    let numbers = [counts.tp(), counts.false_positives(), counts.false_negatives()].map(credit);
    ratios.into_iter().chain(numbers)
}
