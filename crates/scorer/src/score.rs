//! The figures of a document and of a corpus.

use std::ops::AddAssign;

use goldrule_schema::AnnotationSet;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::compare::{Place, Sink, compare};
use crate::counts::{Counts, Judged};
use crate::errors::ErrorClass;
use crate::measure::{Accuracy, Measure};
use crate::policy::Duplicates;
use crate::uncertainty::Additive;

/// The counts of every measure and accuracy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Score {
    measures: Measures,
    accuracy: Accuracies,
}

/// The score of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentScore {
    /// Name of the document.
    pub document: String,
    /// Its counts.
    #[serde(flatten)]
    pub score: Score,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Measures([Counts; Measure::ALL.len()]);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Accuracies([Judged; Accuracy::ALL.len()]);

impl Score {
    /// The counts of a measure.
    pub fn measure(&self, measure: Measure) -> Counts {
        self.measures.0[measure as usize]
    }

    /// The answers to a question asked of matched records.
    pub fn accuracy(&self, accuracy: Accuracy) -> Judged {
        self.accuracy.0[accuracy as usize]
    }

    /// Micro-averaged score: the sum of the documents' counts.
    pub fn sum<'a>(documents: impl IntoIterator<Item = &'a DocumentScore>) -> Self {
        let mut total = Self::default();
        documents.into_iter().for_each(|document| total += document.score);
        total
    }

    pub(crate) fn measure_mut(&mut self, measure: Measure) -> &mut Counts {
        &mut self.measures.0[measure as usize]
    }

    pub(crate) fn judge(&mut self, accuracy: Accuracy, right: bool) {
        self.accuracy.0[accuracy as usize] += Judged { right: u64::from(right), n: 1 };
    }
}

impl Additive for Score {
    fn add_times(&mut self, document: &Self, times: u32) {
        for (sum, part) in self.measures.0.iter_mut().zip(&document.measures.0) {
            sum.add_times(part, times);
        }
        for (sum, part) in self.accuracy.0.iter_mut().zip(&document.accuracy.0) {
            sum.add_times(part, times);
        }
    }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        for (sum, part) in self.measures.0.iter_mut().zip(other.measures.0) {
            *sum += part;
        }
        for (sum, part) in self.accuracy.0.iter_mut().zip(other.accuracy.0) {
            *sum += part;
        }
    }
}

impl DocumentScore {
    /// The counts of a measure.
    pub fn measure(&self, measure: Measure) -> Counts {
        self.score.measure(measure)
    }

    /// The answers to a question asked of matched records.
    pub fn accuracy(&self, accuracy: Accuracy) -> Judged {
        self.score.accuracy(accuracy)
    }
}

impl Serialize for Measures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (measure, counts) in Measure::ALL.iter().zip(&self.0) {
            map.serialize_entry(measure.as_str(), counts)?;
        }
        map.end()
    }
}

impl Serialize for Accuracies {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (accuracy, judged) in Accuracy::ALL.iter().zip(&self.0) {
            map.serialize_entry(accuracy.as_str(), judged)?;
        }
        map.end()
    }
}

/// Counts verdicts and forgets them.
impl Sink for Score {
    const EXPLAIN: bool = false;

    fn matched(&mut self, measure: Measure, _: (Place, Place), credit: (u128, u128), _: Option<ErrorClass>) {
        let (gold_credit, pred_credit) = credit;
        *self.measure_mut(measure) += Counts { gold: 1, pred: 1, gold_credit, pred_credit };
    }

    fn missed(&mut self, measure: Measure, _: Place, _: ErrorClass, _: Option<Place>) {
        self.measure_mut(measure).gold += 1;
    }

    fn spurious(&mut self, measure: Measure, _: Place, _: ErrorClass, _: Option<Place>) {
        self.measure_mut(measure).pred += 1;
    }

    fn judged(&mut self, accuracy: Accuracy, _: (Place, Place), right: bool) {
        self.judge(accuracy, right);
    }
}

/// Scores one document.
///
/// ```
/// use goldrule_schema::{AnnotationSet, CharSpan, Citation, CitationKind};
/// use goldrule_scorer::{Measure, Score, score_document};
///
/// let citation = |start, end| Citation {
///     id: None,
///     span: CharSpan::new(start, end),
///     text: None,
///     kind: CitationKind::Bill,
///     canonical: None,
///     rule: None,
///     extra: Default::default(),
/// };
/// let mut gold = AnnotationSet::new("memo");
/// gold.citations = vec![citation(4, 9), citation(20, 34)];
/// let mut pred = AnnotationSet::new("memo");
/// pred.citations = vec![citation(4, 9), citation(20, 28)];
///
/// let score = score_document("memo", &gold, &pred);
/// assert_eq!(score.measure(Measure::CitationStrict).f1(), Some(0.5));
/// assert_eq!(score.measure(Measure::CitationOverlap).f1(), Some(1.0));
/// assert_eq!(score.measure(Measure::StanceTuple).f1(), None); // neither side has stances
/// assert_eq!(Score::sum([&score, &score]).measure(Measure::CitationStrict).gold, 4);
/// ```
pub fn score_document(
    document: impl Into<String>,
    gold: &AnnotationSet,
    pred: &AnnotationSet,
) -> DocumentScore {
    score_document_with(document, gold, pred, Duplicates::CopyByCopy)
}

/// Scores one document under a policy for repeated records.
pub fn score_document_with(
    document: impl Into<String>,
    gold: &AnnotationSet,
    pred: &AnnotationSet,
    duplicates: Duplicates,
) -> DocumentScore {
    let mut score = Score::default();
    compare(gold, pred, duplicates, &mut score);
    DocumentScore { document: document.into(), score }
}
