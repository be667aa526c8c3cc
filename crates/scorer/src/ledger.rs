//! Every verdict, row by row.

use std::borrow::Cow;
use std::sync::Arc;

use goldrule_schema::{AnnotationSet, CharSpan};
use serde::{Serialize, Serializer};

use crate::compare::{Place, Sink, compare_sides};
use crate::content::Side;
use crate::counts::{Counts, whole};
use crate::errors::ErrorClass;
use crate::measure::{Accuracy, Measure};
use crate::names::names;
use crate::policy::Duplicates;
use crate::score::{DocumentScore, Score};

names! {
    /// What became of a record in a layer.
    Outcome, "outcome" {
        /// A gold record and a predicted one belong together.
        Matched = "matched",
        /// A gold record without partner.
        Missed = "missed",
        /// A predicted record without partner.
        Spurious = "spurious",
    }
}

/// Which record of an annotation set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordIndex {
    /// `agencies[agency].mentions[mention]`.
    Mention {
        /// Place of the agency.
        agency: usize,
        /// Place among its mentions.
        mention: usize,
    },
    /// `agencies[i]`.
    Entity(usize),
    /// `stances[i]`.
    Stance(usize),
    /// `citations[i]`.
    Citation(usize),
}

/// A record as a row shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Where it is in its set.
    pub index: RecordIndex,
    /// Its span in code points; an agency's is that of its first mention.
    pub span: Option<CharSpan>,
    /// What it is called: a mention's form, an agency's kind, a stance's holder, topic and position, a
    /// citation's kind.
    pub label: Cow<'static, str>,
    /// The rule that made it.
    pub rule: Option<String>,
    /// Place of the agency that a stance's holder is; `None` for other records and where there is none.
    #[serde(skip)]
    pub(crate) agency: Option<usize>,
}

/// One verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// Name of the document.
    #[serde(serialize_with = "name")]
    pub document: Arc<str>,
    /// The measure that this row counts for.
    pub layer: Measure,
    /// What became of the record.
    pub outcome: Outcome,
    /// What went wrong, if anything.
    pub error: Option<ErrorClass>,
    /// The gold record: the one judged, or for a spurious row the one it was mistaken for.
    pub gold: Option<Record>,
    /// The predicted record: the one judged, or for a missed row the one that stands in its place.
    pub pred: Option<Record>,
    /// What the row adds to the numerator of recall, 0 to 1.
    pub recall_credit: f64,
    /// What the row adds to the numerator of precision, 0 to 1.
    pub precision_credit: f64,
    #[serde(skip)]
    pub(crate) credit: (u128, u128),
}

/// The answer to one question asked of a matched pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// Name of the document.
    #[serde(serialize_with = "name")]
    pub document: Arc<str>,
    /// The question.
    pub accuracy: Accuracy,
    /// The gold record.
    pub gold: Record,
    /// The predicted record.
    pub pred: Record,
    /// Whether the predicted record has it right.
    pub right: bool,
}

/// All verdicts on one document.
///
/// In every layer each record of either side that the layer counts has exactly one row that judges it: a
/// matched row judges two records, a missed or a spurious one judges one. The layer `stance.tuple`
/// counts distinct tuples, each shown by its first stance.
///
/// ```
/// use goldrule_schema::{AnnotationSet, CharSpan, Citation, CitationKind};
/// use goldrule_scorer::{ErrorClass, Ledger, Measure, Outcome, score_document};
///
/// let citation = |start, end| Citation {
///     id: None,
///     span: CharSpan::new(start, end),
///     text: None,
///     kind: CitationKind::Bill,
///     canonical: None,
///     rule: Some("bill.number".to_owned()),
///     extra: Default::default(),
/// };
/// let (mut gold, mut pred) = (AnnotationSet::new("memo"), AnnotationSet::new("memo"));
/// gold.citations = vec![citation(4, 9)];
/// pred.citations = vec![citation(4, 14)];
///
/// let ledger = Ledger::new("memo", &gold, &pred);
/// let row = ledger.rows.iter().find(|row| row.layer == Measure::CitationStrict).unwrap();
/// assert_eq!((row.outcome, row.error), (Outcome::Missed, Some(ErrorClass::Boundary)));
/// assert_eq!(row.pred.as_ref().unwrap().rule.as_deref(), Some("bill.number"));
/// assert_eq!(ledger.score(), score_document("memo", &gold, &pred));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Ledger {
    /// Name of the document, which all rows share.
    #[serde(serialize_with = "name")]
    pub document: Arc<str>,
    /// The verdicts, layer by layer.
    pub rows: Vec<Row>,
    /// What the accuracies are counted from.
    pub judgements: Vec<Judgement>,
}

impl Record {
    /// What averages over labels group it by: a mention's form, an agency's or a citation's kind, a stance's
    /// topic.
    pub fn class(&self) -> &str {
        match self.index {
            RecordIndex::Stance(_) => self.label.rsplit(' ').nth(1).unwrap_or_default(),
            _ => &self.label,
        }
    }
}

impl Ledger {
    /// Compares two sets of one document and keeps every verdict.
    pub fn new(document: impl Into<String>, gold: &AnnotationSet, pred: &AnnotationSet) -> Self {
        Self::with(document, gold, pred, Duplicates::CopyByCopy)
    }

    /// The same under another policy for repeated records. What [`Duplicates::Drop`] drops has no row.
    pub fn with(
        document: impl Into<String>,
        gold: &AnnotationSet,
        pred: &AnnotationSet,
        duplicates: Duplicates,
    ) -> Self {
        let (gold, pred) = (Side::new(gold, duplicates), Side::new(pred, duplicates));
        let (document, judgements) = (document.into().into(), Vec::new());
        let rows = Vec::with_capacity(rows_likely(&gold, &pred));
        let mut writer = Writer { gold: &gold, pred: &pred, ledger: Self { document, rows, judgements } };
        compare_sides(&gold, &pred, &mut writer);
        writer.ledger
    }

    /// The figures: sums over the rows, equal to what [`score_document`](crate::score_document) gives.
    pub fn score(&self) -> DocumentScore {
        let mut score = Score::default();
        for row in &self.rows {
            *score.measure_mut(row.layer) += Counts {
                gold: u64::from(row.outcome != Outcome::Spurious),
                pred: u64::from(row.outcome != Outcome::Missed),
                gold_credit: row.credit.0,
                pred_credit: row.credit.1,
            };
        }
        for judgement in &self.judgements {
            score.judge(judgement.accuracy, judgement.right);
        }
        DocumentScore { document: self.document.to_string(), score }
    }
}

/// Rows of two sides that agree on most, so that their list seldom grows: a row of each record in each layer.
fn rows_likely(gold: &Side<'_>, pred: &Side<'_>) -> usize {
    3 * gold.mentions.len().max(pred.mentions.len())
        + 2 * gold.agencies.len().max(pred.agencies.len())
        + 3 * gold.stances.len().max(pred.stances.len())
        + 3 * gold.citations.len().max(pred.citations.len())
}

pub(crate) fn name<S: Serializer>(name: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(name)
}

/// Sink that looks up the records of each verdict.
struct Writer<'a> {
    gold: &'a Side<'a>,
    pred: &'a Side<'a>,
    ledger: Ledger,
}

/// What sort of record a layer is about.
#[derive(Clone, Copy)]
enum Sort {
    Mention,
    Entity,
    Stance,
    Citation,
}

impl Writer<'_> {
    fn row(
        &mut self,
        layer: Measure,
        outcome: Outcome,
        (gold, pred): (Option<Place>, Option<Place>),
        credit: (u128, u128),
        error: Option<ErrorClass>,
    ) {
        let sort = sort_of(layer);
        self.ledger.rows.push(Row {
            document: self.ledger.document.clone(),
            layer,
            outcome,
            error,
            gold: gold.map(|place| record(self.gold, sort, place)),
            pred: pred.map(|place| record(self.pred, sort, place)),
            recall_credit: whole(credit.0),
            precision_credit: whole(credit.1),
            credit,
        });
    }
}

impl Sink for Writer<'_> {
    const EXPLAIN: bool = true;

    fn matched(
        &mut self,
        measure: Measure,
        (gold, pred): (Place, Place),
        credit: (u128, u128),
        error: Option<ErrorClass>,
    ) {
        self.row(measure, Outcome::Matched, (Some(gold), Some(pred)), credit, error);
    }

    fn missed(&mut self, measure: Measure, gold: Place, error: ErrorClass, near: Option<Place>) {
        self.row(measure, Outcome::Missed, (Some(gold), near), (0, 0), Some(error));
    }

    fn spurious(&mut self, measure: Measure, pred: Place, error: ErrorClass, near: Option<Place>) {
        self.row(measure, Outcome::Spurious, (near, Some(pred)), (0, 0), Some(error));
    }

    fn judged(&mut self, accuracy: Accuracy, (gold, pred): (Place, Place), right: bool) {
        let sort = match accuracy {
            Accuracy::Form => Sort::Mention,
            Accuracy::Kind | Accuracy::Jurisdiction => Sort::Entity,
            Accuracy::Attribution => Sort::Stance,
            Accuracy::Canonical => Sort::Citation,
        };
        self.ledger.judgements.push(Judgement {
            document: self.ledger.document.clone(),
            accuracy,
            gold: record(self.gold, sort, gold),
            pred: record(self.pred, sort, pred),
            right,
        });
    }
}

fn sort_of(measure: Measure) -> Sort {
    match measure {
        Measure::MentionStrict | Measure::MentionOverlap | Measure::MentionB3 => Sort::Mention,
        Measure::EntityFound | Measure::EntityKindJurisdiction => Sort::Entity,
        Measure::StanceTuple | Measure::StanceEvidence | Measure::StanceEvidenceTuple => Sort::Stance,
        Measure::CitationStrict | Measure::CitationStrictKind | Measure::CitationOverlap => Sort::Citation,
    }
}

fn record(side: &Side<'_>, sort: Sort, place: Place) -> Record {
    let place = place as usize;
    match sort {
        Sort::Mention => {
            let view = &side.mentions[place];
            let agency = &side.agencies[view.agency as usize];
            let mention = &agency.record.mentions[view.index as usize];
            Record {
                index: RecordIndex::Mention { agency: agency.index as usize, mention: view.index as usize },
                span: Some(view.span),
                label: mention.form.as_str().into(),
                rule: mention.rule.clone(),
                agency: None,
            }
        }
        Sort::Entity => {
            let view = &side.agencies[place];
            Record {
                index: RecordIndex::Entity(view.index as usize),
                span: view.spans.first().copied(),
                label: view.record.kind.as_str().into(),
                rule: view.record.rule.clone(),
                agency: None,
            }
        }
        Sort::Stance => {
            let holder = side.stances[place].holder as usize;
            let index = side.stances[place].index as usize;
            let stance = &side.set.stances[index];
            Record {
                index: RecordIndex::Stance(index),
                span: Some(stance.span),
                label: [&stance.agency, stance.topic.as_str(), stance.position.as_str()].join(" ").into(),
                rule: stance.rule.clone(),
                agency: side.agencies.get(holder).map(|agency| agency.index as usize),
            }
        }
        Sort::Citation => {
            let index = side.citations[place].index as usize;
            let citation = &side.set.citations[index];
            Record {
                index: RecordIndex::Citation(index),
                span: Some(citation.span),
                label: citation.kind.as_str().into(),
                rule: citation.rule.clone(),
                agency: None,
            }
        }
    }
}
