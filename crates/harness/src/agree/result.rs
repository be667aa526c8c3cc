//! What annotators' agreement comes to: a tree of plain values, for tables, JSON and pages alike.

use std::collections::BTreeMap;
use std::fmt;

use goldrule_scorer::{Coefficient, Gamma, RecordSort, Score};
use serde::Serialize;

use crate::agree::names::{DisagreementClass, Subject};
use crate::case::Skipped;
use crate::mistake::Shown;

/// How far annotators agree on the documents they have in common.
#[derive(Clone, Debug, Serialize)]
pub struct Agreement {
    /// What the annotators are called: the names of their folders, in the order given. Everything else names
    /// an annotator by the place in this list.
    pub annotators: Vec<String>,
    /// Splits by name, the withheld documents, and `all`, each only where it says something of its own; the
    /// last one is that of every document.
    pub groups: Vec<AgreementGroup>,
    /// Documents that may be named, worst first.
    pub documents: Vec<DocumentAgreement>,
    /// Every disagreement in documents that may be named, document by document, worst first; `None` where it
    /// was not asked for.
    pub disagreements: Option<Vec<Disagreement>>,
    /// How many documents of which splits are counted but not named.
    pub unnamed: BTreeMap<String, usize>,
    /// Documents that fewer than two annotators have a sound file of, and files of single annotators that
    /// were left out.
    pub skipped: Vec<Skipped>,
    /// What the figures depend on.
    pub signature: AgreementSignature,
}

impl Agreement {
    /// The group of every document.
    pub fn total(&self) -> &AgreementGroup {
        &self.groups[self.groups.len() - 1]
    }
}

/// Figures of documents that have something in common.
#[derive(Clone, Debug, Serialize)]
pub struct AgreementGroup {
    /// A split, `withheld` or `all`.
    pub name: String,
    /// How many documents at least two annotators have.
    pub documents: usize,
    /// Each pair of annotators, one scored against the other.
    pub pairs: Vec<PairAgreement>,
    /// Coefficients beyond chance, subject by subject: first of all labels, then label by label.
    pub coefficients: Vec<Coefficients>,
    /// Disagreements by sort of record and class.
    pub classes: Vec<ClassCount>,
}

/// Two annotators, the first in the place of gold. Exchanging them exchanges precision and recall; F1 stays.
#[derive(Clone, Debug, Serialize)]
pub struct PairAgreement {
    /// Place of one annotator.
    pub first: usize,
    /// Place of the other, greater.
    pub second: usize,
    /// Documents that both have.
    pub documents: usize,
    /// Every measure and accuracy, as in a report: `gold` counts the records of the first, `pred` those of the
    /// second.
    #[serde(flatten)]
    pub score: Score,
    /// 95 % interval of each measure's F1: bootstrap over documents.
    pub intervals: BTreeMap<&'static str, Option<(f64, f64)>>,
}

/// Agreement beyond chance on one question.
#[derive(Clone, Debug, Serialize)]
pub struct Coefficients {
    /// What was asked.
    pub subject: Subject,
    /// One label against everything else; [`ANY`](crate::agree::ANY) for whether a character is marked at all;
    /// `None` for all labels together.
    pub label: Option<String>,
    /// Units that at least two annotators have seen: code points of text for spans, else aligned records.
    pub units: u64,
    /// Records of each annotator that the row is about.
    pub records: Vec<u64>,
    /// Share of pairs of annotators that agree, over the units.
    pub observed: Option<f64>,
    /// Cohen's kappa; of three or more annotators its extension by Davies and Fleiss (1982), over units that
    /// all have seen.
    pub kappa: Coefficient,
    /// Cohen's kappa of each pair of annotators, in the order of [`AgreementGroup::pairs`].
    pub pairwise_kappa: Vec<Coefficient>,
    /// Fleiss' kappa, which of two annotators is Scott's pi; over units that all have seen.
    pub fleiss: Coefficient,
    /// Krippendorff's alpha for nominal labels.
    pub alpha: Coefficient,
    /// Krippendorff's unitizing alpha (`uα`; `|uα` for single labels and for marked or not); of spans only.
    pub unitizing: Option<Coefficient>,
    /// Gamma, where it was asked for; of spans only.
    pub gamma: Option<Gamma>,
}

/// How often annotators disagree in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassCount {
    /// Sort of record.
    pub layer: RecordSort,
    /// What they disagree on.
    pub class: DisagreementClass,
    /// Disagreements, over all pairs of annotators.
    pub count: u64,
    /// Of records of one side only: how many each annotator has alone, over all pairs; else empty.
    pub by_annotator: Vec<u64>,
}

/// One document.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentAgreement {
    /// Its name.
    pub document: String,
    /// Its split.
    pub split: Option<String>,
    /// Whether its text may not be shipped.
    pub withheld: bool,
    /// Records of each annotator, `None` where one has not seen it: mentions, stances and citations.
    pub records: Vec<Option<u64>>,
    /// Disagreements over all pairs of annotators.
    pub disagreements: u64,
    /// Mean F1 of the pairs: `mention.strict`, `stance.tuple`, `citation.strict_kind`; `null` where no pair has
    /// a record.
    pub f1: BTreeMap<&'static str, Option<f64>>,
    /// Krippendorff's unitizing alpha by layer.
    pub unitizing: BTreeMap<&'static str, Coefficient>,
    /// Gamma by layer, where it was asked for.
    pub gamma: Option<BTreeMap<&'static str, Gamma>>,
}

/// One record, or two that belong together, that two annotators do not agree on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// Name of the document.
    pub document: String,
    /// The text's file; the first annotator's file where the text is not at hand.
    pub file: String,
    /// Line of the text, from 1.
    pub line: Option<u32>,
    /// Column in code points, from 1.
    pub column: Option<u32>,
    /// Sort of record.
    pub layer: RecordSort,
    /// What they disagree on: the gravest thing where there are several.
    pub class: DisagreementClass,
    /// Every label in which the two records differ; empty where one side has none.
    pub differ: Vec<Subject>,
    /// Place of one annotator.
    pub first: usize,
    /// Place of the other.
    pub second: usize,
    /// The first one's record.
    pub first_record: Option<Shown>,
    /// The second one's record.
    pub second_record: Option<Shown>,
}

/// What has to be known to get the figures again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AgreementSignature {
    /// Version of goldrule.
    pub version: String,
    /// How records are matched.
    pub scheme: String,
    /// The units of the coefficients.
    pub units: String,
    /// How intervals of F1 are made.
    pub intervals: String,
    /// How gamma was estimated, where it was.
    pub gamma: Option<String>,
    /// SHA-256 over the records of each annotator, whatever order and layout they have in the files.
    pub sets: Vec<String>,
}

impl fmt::Display for AgreementSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, scheme, units, intervals, gamma, sets } = self;
        write!(f, "goldrule:{version}|scheme:{scheme}|units:{units}|intervals:{intervals}")?;
        if let Some(gamma) = gamma {
            write!(f, "|gamma:{gamma}")?;
        }
        let sets: Vec<&str> = sets.iter().map(|hash| hash.get(..16).unwrap_or(hash)).collect();
        write!(f, "|sets:{}", sets.join(","))
    }
}
