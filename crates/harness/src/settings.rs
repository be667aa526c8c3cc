//! What a run may choose: every convention that a figure depends on.

use goldrule_scorer::{Bootstrap, Method, Policies};
use serde::{Deserialize, Serialize};

/// Resamples of the bootstrap where nothing else is asked for.
pub const RESAMPLES: usize = 1000;
/// Seed of the bootstrap: fixed, so that a report can be reproduced.
pub const SEED: u64 = 20_250_120;

/// The conventions of a run. They are named in its signature and kept in its JSON, so that the run can be
/// made again.
///
/// ```
/// use goldrule_harness::Settings;
///
/// let settings = Settings { min_iou: 500, ..Settings::default() };
/// let json = serde_json::to_string(&settings).unwrap();
/// assert_eq!(serde_json::from_str::<Settings>(&json).unwrap(), settings);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Policies for empty documents, duplicates, singletons and undefined ratios.
    pub policies: Policies,
    /// Least intersection over union of the scheme `overlap`, in thousandths; 0 asks for one shared character.
    pub min_iou: u16,
    /// How intervals are made.
    pub intervals: Bootstrap,
}

impl Default for Settings {
    fn default() -> Self {
        let intervals = Bootstrap { resamples: RESAMPLES, seed: SEED, ..Bootstrap::default() };
        Self { policies: Policies::default(), min_iou: 0, intervals }
    }
}

impl Settings {
    /// How intervals are made, for the notes under a report.
    pub(crate) fn described(&self) -> String {
        let Bootstrap { resamples, seed, method, .. } = self.intervals;
        let method = match method {
            Method::Percentile => "percentile bootstrap",
            Method::Bca => "BCa bootstrap",
        };
        format!("{method} over documents, {resamples} resamples, seed {seed}")
    }
}
