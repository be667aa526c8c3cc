//! Everything that scoring a corpus has to say.

use std::collections::BTreeMap;

use goldrule_scorer::{Accuracy, DocumentScore, Measure, Score};
use serde::Serialize;

use crate::baseline::Moves;
use crate::case::Skipped;
use crate::comparison::Comparison;
use crate::detail::Detail;
use crate::group::{Group, worst_first};
use crate::mistake::Mistake;
use crate::settings::Settings;
use crate::signature::{Signature, Sources};

/// Whether a report names the documents of a split and lists their mistakes: those of `dev` and those
/// without a split. Other splits are for measuring, and looking at them spoils them for that.
pub fn is_open(split: Option<&str>) -> bool {
    split.is_none_or(|split| split == "dev")
}

/// Figures of groups of documents, and what may be said of single ones.
#[derive(Clone, Debug)]
pub struct Report {
    /// Splits by name, the withheld documents, `blind` and `assisted` ones, and `all`; each only where it says
    /// something of its own.
    pub columns: Vec<Column>,
    /// Documents that may be named, worst first.
    pub documents: Vec<Named>,
    /// Mistakes in documents that may be named, in the same order; `None` where they were not asked for.
    pub mistakes: Option<Vec<Mistake>>,
    /// How many documents of which splits are counted but not named.
    pub unnamed: BTreeMap<String, usize>,
    /// Documents that were not scored.
    pub skipped: Vec<Skipped>,
    /// What the figures depend on.
    pub signature: Signature,
    /// The conventions that they were made under.
    pub settings: Settings,
    /// What moved against a baseline, where there is one.
    pub since: Option<Moves>,
    /// Where the sets came from.
    pub sources: Sources,
    /// Every scheme and metric, where they were asked for.
    pub detail: Option<Detail>,
    /// The same of one annotator against the other.
    pub agreed_detail: Option<Detail>,
}

/// A group with the annotators' agreement on the same documents.
#[derive(Clone, Debug)]
pub struct Column {
    /// The documents and their sum.
    pub group: Group,
    /// 95% interval of each measure's F1.
    pub intervals: Vec<Option<(f64, f64)>>,
    /// The score of one annotator against the other, where both annotated.
    pub agreement: Option<Group>,
}

/// A document that a report names.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    /// Its split.
    pub split: Option<String>,
    /// Its figures.
    #[serde(flatten)]
    pub score: DocumentScore,
    /// The score of one annotator against the other, where both annotated it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Score>,
}

/// What a report shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Show {
    /// Names and mistakes of every document, whatever its split.
    pub reveal: bool,
    /// The list of mistakes.
    pub mistakes: bool,
}

impl Report {
    /// A report of scored documents.
    pub fn new(
        comparisons: &[Comparison],
        agreement: &[DocumentScore],
        skipped: Vec<Skipped>,
        show: Show,
        settings: &Settings,
    ) -> Self {
        let open = |comparison: &&Comparison| show.reveal || is_open(comparison.split.as_deref());
        let mut named: Vec<&Comparison> = comparisons.iter().filter(open).collect();
        named.sort_by(|a, b| worst_first(&a.score, &b.score));
        let mut unnamed = BTreeMap::new();
        for comparison in comparisons.iter().filter(|comparison| !open(comparison)) {
            *unnamed.entry(comparison.split.clone().unwrap_or_default()).or_default() += 1;
        }
        let agreed: BTreeMap<&str, Score> =
            agreement.iter().map(|score| (score.document.as_str(), score.score)).collect();
        let mistakes = named.iter().flat_map(|comparison| comparison.mistakes.iter().cloned());
        Self {
            columns: columns(comparisons, agreement, settings),
            mistakes: show.mistakes.then(|| mistakes.collect()),
            documents: named
                .iter()
                .map(|comparison| Named {
                    split: comparison.split.clone(),
                    score: comparison.score.clone(),
                    agreement: agreed.get(comparison.document()).copied(),
                })
                .collect(),
            unnamed,
            skipped,
            signature: Signature::new(comparisons, settings),
            settings: *settings,
            since: None,
            sources: Sources::default(),
            detail: None,
            agreed_detail: None,
        }
    }

    /// The column of every document.
    pub fn total(&self) -> &Column {
        &self.columns[self.columns.len() - 1]
    }
}

/// The groups of scored documents with intervals and agreement.
fn columns(comparisons: &[Comparison], agreement: &[DocumentScore], settings: &Settings) -> Vec<Column> {
    let agreed: BTreeMap<&str, &DocumentScore> =
        agreement.iter().map(|score| (score.document.as_str(), score)).collect();
    let column = |group: Group| {
        let names = group.documents.iter().map(|score| score.document.as_str());
        let theirs: Vec<_> = names.filter_map(|name| agreed.get(name).copied().cloned()).collect();
        let intervals = group.intervals(&settings.intervals);
        let agreement = (!theirs.is_empty()).then(|| Group::new(group.name.clone(), theirs));
        Column { group, intervals, agreement }
    };
    groups(comparisons).into_iter().map(column).collect()
}

/// Whether suggestions were shown while a document's gold was made, and what such documents are called.
const ASSISTANCE: [(Option<bool>, &str); 2] = [(Some(false), "blind"), (Some(true), "assisted")];

/// The groups of scored documents: splits by name, the withheld ones, those annotated with suggestions and
/// those annotated without where gold says so, and all.
fn groups(comparisons: &[Comparison]) -> Vec<Group> {
    let mut groups = kept_groups(comparisons);
    let said = ASSISTANCE.iter().filter_map(|(assisted, name)| {
        let of: Vec<_> = comparisons.iter().filter(|c| c.gold.meta.assisted == *assisted).collect();
        let scores = || of.iter().map(|c| c.score.clone()).collect();
        (!of.is_empty()).then(|| Group::new(*name, scores()))
    });
    let said: Vec<_> = said.collect();
    if !said.is_empty() {
        // The sum of all stays last, also where it is that of the only split.
        groups.retain(|group| group.name != "all");
        groups.extend(said);
        groups.push(Group::new("all", comparisons.iter().map(|c| c.score.clone()).collect()));
    }
    groups
}

/// The groups that a baseline keeps: the same without those that change when somebody marks a gold file.
pub(crate) fn kept_groups(comparisons: &[Comparison]) -> Vec<Group> {
    let group = |name: &str, of: &dyn Fn(&Comparison) -> bool| {
        Group::new(name, comparisons.iter().filter(|c| of(c)).map(|c| c.score.clone()).collect())
    };
    let mut splits: Vec<&str> = comparisons.iter().filter_map(|c| c.split.as_deref()).collect();
    splits.sort_unstable();
    splits.dedup();
    let mut groups: Vec<Group> =
        splits.iter().map(|split| group(split, &|c| c.split.as_deref() == Some(split))).collect();
    if comparisons.iter().any(|c| c.withheld) && comparisons.iter().any(|c| !c.withheld) {
        groups.push(group("withheld", &|c| c.withheld));
    }
    let complete = groups.len() == 1 && groups[0].documents.len() == comparisons.len();
    if !complete {
        groups.push(group("all", &|_| true));
    }
    groups
}

impl Column {
    /// 95% interval of a measure's F1.
    pub fn interval(&self, measure: Measure) -> Option<(f64, f64)> {
        self.intervals[measure as usize]
    }

    /// The annotators' F1.
    pub fn agreed(&self, measure: Measure) -> Option<f64> {
        self.agreement.as_ref().and_then(|group| group.total.measure(measure).f1())
    }

    /// The annotators' share of equal answers.
    pub fn agreed_on(&self, accuracy: Accuracy) -> Option<f64> {
        self.agreement.as_ref().and_then(|group| group.total.accuracy(accuracy).value())
    }
}
