//! One row for every record.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use crate::counts::Counts;
use crate::errors::ErrorClass;
use crate::ledger::{Ledger, Outcome, Record, RecordIndex, Row};
use crate::measure::Measure;
use crate::names::names;
use crate::score::Score;

names! {
    /// What sort of record a row is about.
    RecordSort, "sort of record" {
        /// A mention of an agency.
        Mention = "mention",
        /// An agency.
        Agency = "agency",
        /// A stance.
        Stance = "stance",
        /// A citation.
        Citation = "citation",
    }
}

/// What became of a record: a gold one, a predicted one, or a pair of them.
///
/// Every record of either side is in exactly one row. A pair shares at least one character (agencies: one
/// mention); an equal span is preferred to a loose one and, of stances, an equal tuple to both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordRow {
    /// Name of the document.
    #[serde(serialize_with = "crate::ledger::name")]
    pub document: Arc<str>,
    /// What sort of record it is.
    pub sort: RecordSort,
    /// What is wrong; `None` where the pair agrees in everything.
    pub error: Option<ErrorClass>,
    /// The gold record.
    pub gold: Option<Record>,
    /// The predicted record, with the rule that made it.
    pub pred: Option<Record>,
    /// What the row adds to each measure.
    #[serde(skip)]
    pub counts: Vec<(Measure, Counts)>,
}

/// The layer whose pairs are the rows of a sort.
fn pairing(sort: RecordSort) -> Measure {
    match sort {
        RecordSort::Mention => Measure::MentionOverlap,
        RecordSort::Agency => Measure::EntityFound,
        RecordSort::Stance => Measure::StanceEvidence,
        RecordSort::Citation => Measure::CitationOverlap,
    }
}

/// What a record adds to a measure.
type Share = (RecordIndex, (Measure, Counts));

/// The layers whose pairs say what is wrong with those of others.
const ASKED: [Measure; 3] =
    [Measure::EntityFound, Measure::EntityKindJurisdiction, Measure::StanceEvidenceTuple];

/// What rows are looked up in.
struct Index<'a> {
    /// Pairs of the [layers asked](ASKED), by gold record and predicted one, sorted.
    pairs: Vec<(Measure, RecordIndex, RecordIndex)>,
    /// Whether the kind and everything else but the span is right, where a question was asked about it.
    wrong: BTreeSet<(RecordIndex, RecordIndex)>,
    /// What each record adds to each measure, by record.
    gold: Vec<Share>,
    pred: Vec<Share>,
    rows: &'a [Row],
}

impl Ledger {
    /// The verdicts record by record rather than layer by layer.
    ///
    /// # Panics
    /// Where a figure is not the sum of what the rows add to it, which would be a fault of this crate.
    pub fn records(&self) -> Vec<RecordRow> {
        let index = Index::new(self);
        let rows: Vec<RecordRow> =
            RecordSort::ALL.into_iter().flat_map(|sort| self.records_of(sort, &index)).collect();
        let mut sum = Score::default();
        for (measure, counts) in rows.iter().flat_map(|row| &row.counts) {
            *sum.measure_mut(*measure) += *counts;
        }
        let score = self.score();
        for measure in Measure::ALL {
            assert_eq!(sum.measure(measure), score.measure(measure), "rows of {} add up", self.document);
        }
        rows
    }

    fn records_of(&self, sort: RecordSort, index: &Index<'_>) -> Vec<RecordRow> {
        let layer = index.rows.iter().filter(|row| row.layer == pairing(sort));
        layer
            .map(|row| {
                let gold = row.gold.clone().filter(|_| row.outcome != Outcome::Spurious);
                let pred = row.pred.clone().filter(|_| row.outcome != Outcome::Missed);
                let error = match (&gold, &pred) {
                    (Some(gold), Some(pred)) => index.error(sort, gold, pred),
                    _ => row.error.filter(|&error| error == ErrorClass::Duplicate).or(match row.outcome {
                        Outcome::Missed => Some(ErrorClass::Missed),
                        _ => Some(ErrorClass::Spurious),
                    }),
                };
                let of_gold = gold.as_ref().map_or(&[][..], |record| shares(&index.gold, record.index));
                let of_pred = pred.as_ref().map_or(&[][..], |record| shares(&index.pred, record.index));
                let mut counts: Vec<(Measure, Counts)> = Vec::with_capacity(of_gold.len() + of_pred.len());
                counts.extend(of_gold.iter().chain(of_pred).map(|share| share.1));
                RecordRow { document: self.document.clone(), sort, error, gold, pred, counts }
            })
            .collect()
    }
}

/// What one record adds to the measures.
fn shares(all: &[Share], record: RecordIndex) -> &[Share] {
    let from = all.partition_point(|share| share.0 < record);
    let size = all[from..].iter().take_while(|share| share.0 == record).count();
    &all[from..from + size]
}

impl<'a> Index<'a> {
    fn new(ledger: &'a Ledger) -> Self {
        let wrong = ledger.judgements.iter().filter(|judgement| !judgement.right);
        let mut index = Self {
            pairs: Vec::new(),
            wrong: wrong.map(|judgement| (judgement.gold.index, judgement.pred.index)).collect(),
            gold: Vec::with_capacity(ledger.rows.len()),
            pred: Vec::with_capacity(ledger.rows.len()),
            rows: &ledger.rows,
        };
        for row in &ledger.rows {
            let (gold_credit, pred_credit) = row.credit;
            let gold = row.gold.as_ref().filter(|_| row.outcome != Outcome::Spurious);
            let pred = row.pred.as_ref().filter(|_| row.outcome != Outcome::Missed);
            if let Some(record) = gold {
                let counts = Counts::of_gold(gold_credit);
                index.gold.push((record.index, (row.layer, counts)));
            }
            if let Some(record) = pred {
                let counts = Counts::of_pred(pred_credit);
                index.pred.push((record.index, (row.layer, counts)));
            }
            if let (Some(gold), Some(pred), true) = (gold, pred, ASKED.contains(&row.layer)) {
                index.pairs.push((row.layer, gold.index, pred.index));
            }
        }
        index.pairs.sort_unstable();
        // In the order of the rows, layer by layer, where the record is the same.
        index.gold.sort_by_key(|share| share.0);
        index.pred.sort_by_key(|share| share.0);
        index
    }

    fn paired(&self, layer: Measure, pair: (RecordIndex, RecordIndex)) -> bool {
        self.pairs.binary_search(&(layer, pair.0, pair.1)).is_ok()
    }

    /// What is wrong with a pair: the graver thing first.
    fn error(&self, sort: RecordSort, gold: &Record, pred: &Record) -> Option<ErrorClass> {
        let pair = (gold.index, pred.index);
        let boundary = gold.span != pred.span;
        let label = match sort {
            RecordSort::Mention => {
                if !self.same_agency(pair) {
                    return Some(ErrorClass::WrongEntity);
                }
                gold.label != pred.label
            }
            RecordSort::Agency => {
                let right = self.paired(Measure::EntityKindJurisdiction, pair);
                return (!right).then_some(ErrorClass::Label);
            }
            RecordSort::Stance => {
                if !self.paired(Measure::StanceEvidenceTuple, pair) {
                    return Some(self.difference(gold, pred));
                }
                self.wrong.contains(&pair)
            }
            RecordSort::Citation => gold.label != pred.label || self.wrong.contains(&pair),
        };
        match (boundary, label) {
            (true, true) => Some(ErrorClass::BoundaryLabel),
            (true, false) => Some(ErrorClass::Boundary),
            (false, true) => Some(ErrorClass::Label),
            (false, false) => None,
        }
    }

    fn same_agency(&self, pair: (RecordIndex, RecordIndex)) -> bool {
        let (RecordIndex::Mention { agency: ours, .. }, RecordIndex::Mention { agency: theirs, .. }) = pair
        else {
            return false;
        };
        self.paired(Measure::EntityFound, (RecordIndex::Entity(ours), RecordIndex::Entity(theirs)))
    }

    /// How two stances on the same evidence differ. Their labels are holder, topic and position; which
    /// holders are the same only the alignment of agencies knows.
    fn difference(&self, gold: &Record, pred: &Record) -> ErrorClass {
        let position = |record: &'_ Record| record.label.rsplit(' ').next().map(str::to_owned);
        let holders = (gold.agency, pred.agency);
        let same_holder = match holders {
            (Some(a), Some(b)) => {
                self.paired(Measure::EntityFound, (RecordIndex::Entity(a), RecordIndex::Entity(b)))
            }
            _ => false,
        };
        if !same_holder {
            ErrorClass::WrongHolder
        } else if gold.class() != pred.class() {
            ErrorClass::WrongTopic
        } else if position(gold) != position(pred) {
            ErrorClass::WrongPosition
        } else {
            ErrorClass::Duplicate
        }
    }
}
