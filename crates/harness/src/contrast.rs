//! Two systems side by side: which figures moved, by more than chance, and which records moved them.

use std::collections::BTreeMap;

use goldrule_scorer::{
    Caution, Counts, Measure, Outcome, Paired, Record, RecordIndex, Score, SplitMix64, Statistic,
    bootstrap_all, holm, randomisation_test,
};
use serde::{Deserialize, Serialize};

use crate::comparison::Comparison;
use crate::report::is_open;
use crate::settings::Settings;
use crate::signature::{ContrastSignature, Signature, Sources};

/// Exchanges that the randomisation test draws where there are too many to try them all.
pub const TRIALS: u64 = 9999;

/// The strictest measure of each layer, where records are gained and lost.
const LAYERS: [Measure; 4] = [
    Measure::MentionStrict,
    Measure::EntityKindJurisdiction,
    Measure::StanceEvidenceTuple,
    Measure::CitationStrictKind,
];

/// What changed from one system to another on the same gold.
#[derive(Clone, Debug, Serialize)]
pub struct Contrast {
    /// Number of documents that both were scored on.
    pub documents: usize,
    /// The F1 of each measure.
    pub figures: Vec<Change>,
    /// Records gained and lost, rule by rule.
    pub rules: Vec<RuleChange>,
    /// Documents that only one of them was scored on.
    pub unpaired: Vec<String>,
    /// How many documents count in the figures and not in the records, since they may not be looked at.
    pub unnamed: usize,
    /// What the figures depend on.
    pub signature: ContrastSignature,
    /// The conventions that they were made under.
    pub settings: Settings,
    /// Where the sets came from.
    pub sources: Systems,
}

/// Where the sets of two systems came from.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Systems {
    /// The old system.
    pub old: Sources,
    /// The new one.
    pub new: Sources,
}

/// How an F1 changed.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The measure.
    pub measure: Measure,
    /// F1 before.
    pub old: Option<f64>,
    /// F1 now.
    pub new: Option<f64>,
    /// New less old.
    pub difference: Option<f64>,
    /// 95% interval of the difference.
    pub interval: Option<(f64, f64)>,
    /// How likely such a difference is by chance: paired randomisation of documents.
    pub p: Option<f64>,
    /// The same, corrected for the number of measures (Holm).
    pub p_holm: Option<f64>,
    /// Why not to trust it.
    pub cautions: Vec<Caution>,
}

/// What a rule gained and lost.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RuleChange {
    /// The rule; `None` where predictions do not name one.
    pub rule: Option<String>,
    /// Gold records that the new system finds and the old one does not, by the rule that finds them.
    pub gained: Vec<Moved>,
    /// Gold records that the old system finds and the new one does not, by the rule that found them.
    pub lost: Vec<Moved>,
    /// Predicted records of the new system alone that are not in gold.
    pub made_up: Vec<Moved>,
    /// Predicted records of the old system alone that are not in gold.
    pub withdrawn: Vec<Moved>,
}

/// A record that one of the systems has right, or made up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Moved {
    /// Name of the document.
    pub document: String,
    /// The measure that counts it.
    pub layer: Measure,
    /// First code point.
    pub start: Option<u32>,
    /// First code point behind it.
    pub end: Option<u32>,
    /// What it is.
    pub label: String,
}

impl Contrast {
    /// Compares two systems on the documents that both were scored on.
    pub fn new(
        old: &[Comparison],
        new: &[Comparison],
        sources: Systems,
        reveal: bool,
        settings: &Settings,
    ) -> Self {
        let by_name = |all: &[Comparison]| -> BTreeMap<String, usize> {
            all.iter().enumerate().map(|(at, one)| (one.document().to_owned(), at)).collect()
        };
        let (old_names, new_names) = (by_name(old), by_name(new));
        let pairs: Vec<(&Comparison, &Comparison)> = old_names
            .iter()
            .filter_map(|(name, &at)| Some((&old[at], &new[*new_names.get(name)?])))
            .collect();
        let lone = |a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>| {
            a.keys().filter(|name| !b.contains_key(*name)).cloned().collect::<Vec<_>>()
        };
        let mut unpaired = lone(&old_names, &new_names);
        unpaired.append(&mut lone(&new_names, &old_names));
        let open: Vec<_> =
            pairs.iter().filter(|pair| reveal || is_open(pair.0.split.as_deref())).copied().collect();
        Self {
            documents: pairs.len(),
            figures: figures(&pairs, settings),
            rules: rules(&open),
            unpaired,
            unnamed: pairs.len() - open.len(),
            signature: ContrastSignature {
                test: format!("paired-randomisation,trials:{TRIALS},{},holm", SplitMix64::NAME),
                old: Signature::new(old, settings),
                new: Signature::new(new, settings),
            },
            settings: *settings,
            sources,
        }
    }

    /// The figures that are lower than they were.
    pub fn falls(&self) -> impl Iterator<Item = &Change> {
        self.figures.iter().filter(|change| match (change.old, change.new) {
            (Some(old), Some(new)) => new < old,
            (old, new) => old.is_some() && new.is_none(),
        })
    }
}

fn figures(pairs: &[(&Comparison, &Comparison)], settings: &Settings) -> Vec<Change> {
    let both: Vec<Paired<Score>> =
        pairs.iter().map(|(old, new)| Paired { old: old.score.score, new: new.score.score }).collect();
    let differences = Measure::ALL.map(|measure| {
        move |sum: &Paired<Score>| Some(sum.new.measure(measure).f1()? - sum.old.measure(measure).f1()?)
    });
    let statistics: Vec<Statistic<'_, Paired<Score>>> =
        differences.iter().map(|one| one as Statistic<'_, Paired<Score>>).collect();
    let intervals = bootstrap_all(&both, &statistics, &settings.intervals);
    let mut changes: Vec<Change> = Measure::ALL
        .into_iter()
        .zip(intervals)
        .map(|(measure, interval)| {
            let counts: Vec<Paired<Counts>> = pairs
                .iter()
                .map(|(old, new)| Paired { old: old.score.measure(measure), new: new.score.measure(measure) })
                .collect();
            let mut sum = Paired::<Counts>::default();
            for document in &counts {
                sum += *document;
            }
            let difference = |sum: &Paired<Counts>| Some(sum.new.f1()? - sum.old.f1()?);
            let test = randomisation_test(&counts, Counts::f1, TRIALS, settings.intervals.seed);
            Change {
                measure,
                old: sum.old.f1(),
                new: sum.new.f1(),
                difference: difference(&sum),
                interval: interval.map(|interval| (interval.low, interval.high)),
                p: test.map(|test| test.p),
                p_holm: None,
                cautions: Caution::of(counts.len(), sum.old.gold),
            }
        })
        .collect();
    let known: Vec<f64> = changes.iter().filter_map(|change| change.p).collect();
    let mut corrected = holm(&known).into_iter();
    for change in changes.iter_mut().filter(|change| change.p.is_some()) {
        change.p_holm = corrected.next();
    }
    changes
}

/// A gold record that was found, or a predicted one that was made up.
type Key = (Measure, Option<RecordIndex>, Moved);

/// What a system has right and what it made up, each with its rule.
fn verdicts(comparison: &Comparison) -> [BTreeMap<Key, Option<String>>; 2] {
    let (mut right, mut made_up) = (BTreeMap::new(), BTreeMap::new());
    for row in comparison.ledger.rows.iter().filter(|row| LAYERS.contains(&row.layer)) {
        let moved = |record: &Record| Moved {
            document: comparison.document().to_owned(),
            layer: row.layer,
            start: record.span.map(|span| span.start),
            end: record.span.map(|span| span.end),
            label: record.label.to_string(),
        };
        match (row.outcome, &row.gold, &row.pred) {
            (Outcome::Matched, Some(gold), Some(pred)) => {
                right.insert((row.layer, Some(gold.index), moved(gold)), pred.rule.clone());
            }
            (Outcome::Spurious, _, Some(pred)) => {
                made_up.insert((row.layer, None, moved(pred)), pred.rule.clone());
            }
            _ => {}
        }
    }
    [right, made_up]
}

fn rules(pairs: &[(&Comparison, &Comparison)]) -> Vec<RuleChange> {
    let mut rules: BTreeMap<Option<String>, RuleChange> = BTreeMap::new();
    for (old, new) in pairs {
        let ([old_right, old_made_up], [new_right, new_made_up]) = (verdicts(old), verdicts(new));
        for (here, there, list) in [
            (&new_right, &old_right, (|change| &mut change.gained) as fn(&mut RuleChange) -> &mut Vec<Moved>),
            (&old_right, &new_right, |change| &mut change.lost),
            (&new_made_up, &old_made_up, |change| &mut change.made_up),
            (&old_made_up, &new_made_up, |change| &mut change.withdrawn),
        ] {
            for (key, rule) in here.iter().filter(|(key, _)| !there.contains_key(*key)) {
                let change = rules.entry(rule.clone()).or_default();
                change.rule.clone_from(rule);
                list(change).push(key.2.clone());
            }
        }
    }
    rules.into_values().collect()
}
