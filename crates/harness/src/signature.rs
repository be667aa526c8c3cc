//! What has to be known to get a figure again.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use goldrule_schema::{AnnotationSet, hex, sha256, to_canonical_json};
use goldrule_scorer::{MAX_DEPTH, SplitMix64};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::comparison::Comparison;
use crate::settings::Settings;

/// Digits of a hash that the line shows; JSON has them all.
const SHOWN: usize = 16;

/// Everything that a report's figures depend on. Its line stands under every report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Version of goldrule.
    pub version: String,
    /// How records are matched.
    pub scheme: String,
    /// How documents are summed.
    pub averaging: String,
    /// The conventions of the scorer.
    pub policies: String,
    /// Unit of offsets.
    pub offsets: String,
    /// How intervals are made: method, resamples, generator and seed.
    pub intervals: String,
    /// SHA-256 over the hashes of all gold sets.
    pub gold: String,
    /// The same of what was predicted.
    pub pred: String,
    /// The hashes by document: gold, predicted.
    pub documents: BTreeMap<String, Hashes>,
}

/// SHA-256 of both sets of a document, in their canonical form: how a file is laid out does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashes {
    /// Of the gold set.
    pub gold: String,
    /// Of the predicted set.
    pub pred: String,
}

/// Where the sets of a report came from, as named on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sources {
    /// Folder of gold files.
    pub gold: Option<PathBuf>,
    /// Folder of predicted files; `None` where the rules made them.
    pub pred: Option<PathBuf>,
    /// Folder of texts.
    pub corpus: Option<PathBuf>,
    /// Folder of texts that are not shipped.
    pub text: Option<PathBuf>,
    /// Folder of rules that were added.
    pub rules: Option<PathBuf>,
    /// The split that was scored.
    pub split: Option<String>,
}

impl Hashes {
    /// The hashes of two sets.
    pub fn new(gold: &AnnotationSet, pred: &AnnotationSet) -> Self {
        let hash = |set: &AnnotationSet| sha256(to_canonical_json(set).as_bytes());
        Self { gold: hash(gold), pred: hash(pred) }
    }
}

impl Signature {
    /// The signature of scored documents.
    pub fn new(comparisons: &[Comparison], settings: &Settings) -> Self {
        let documents: BTreeMap<String, Hashes> = comparisons
            .iter()
            .map(|comparison| (comparison.document().to_owned(), comparison.hashes.clone()))
            .collect();
        let all = |side: fn(&Hashes) -> &str| {
            let mut sum = Sha256::new();
            for (document, hashes) in &documents {
                sum.update(format!("{document}\0{}\n", side(hashes)));
            }
            hex(&sum.finalize())
        };
        Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            scheme: format!(
                "one-to-one,exact-first,depth:{MAX_DEPTH},iou:{}",
                f64::from(settings.min_iou) / 1000.0
            ),
            averaging: "micro".to_owned(),
            policies: settings.policies.to_string(),
            offsets: "code-points".to_owned(),
            intervals: format!(
                "{},{}%,resamples:{},{},seed:{}",
                settings.intervals.method,
                settings.intervals.level * 100.0,
                settings.intervals.resamples,
                SplitMix64::NAME,
                settings.intervals.seed
            ),
            gold: all(|hashes| &hashes.gold),
            pred: all(|hashes| &hashes.pred),
            documents,
        }
    }
}

impl Signature {
    /// Everything but the hashes.
    fn conventions(&self) -> String {
        let Self { version, scheme, averaging, policies, offsets, intervals, .. } = self;
        format!(
            "goldrule:{version}|scheme:{scheme}|averaging:{averaging}|{policies}|offsets:{offsets}|intervals:{intervals}"
        )
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}|gold:{}|pred:{}", self.conventions(), short(&self.gold), short(&self.pred))
    }
}

/// What the comparison of two systems depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContrastSignature {
    /// How p-values are made: test, most exchanges, generator, correction.
    pub test: String,
    /// The old system.
    pub old: Signature,
    /// The new one.
    pub new: Signature,
}

impl fmt::Display for ContrastSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { test, old, new } = self;
        let [gold, before, now] = [&old.gold, &old.pred, &new.pred].map(|hash| short(hash));
        write!(f, "{}|test:{test}|gold:{gold}|old:{before}|new:{now}", old.conventions())
    }
}

fn short(hash: &str) -> String {
    hash.chars().take(SHOWN).collect()
}
