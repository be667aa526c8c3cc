//! How far figures would move had other documents of the same sort been drawn, and whether two systems
//! differ by more than that.
//!
//! Documents are the units: records of one document are not independent of each other. A statistic is a
//! function of summed counts, so that a resample costs one addition a document.

mod bootstrap;
mod holm;
mod normal;
mod randomisation;

use std::fmt;
use std::ops::AddAssign;

use crate::counts::{Counts, Judged};

pub use bootstrap::{
    Bootstrap, Interval, Method, Statistic, bootstrap, bootstrap_all, bootstrap_f1, resamples,
};
pub use holm::holm;
pub use randomisation::{Randomisation, randomisation_test};

/// Counts of a document that add up over documents.
pub trait Additive: Copy + Default + AddAssign + Send + Sync {
    /// Adds a document that was drawn so many times. To be overridden where multiplying is faster.
    fn add_times(&mut self, document: &Self, times: u32) {
        for _ in 0..times {
            *self += *document;
        }
    }
}

impl Additive for Counts {
    fn add_times(&mut self, document: &Self, times: u32) {
        self.gold += document.gold * u64::from(times);
        self.pred += document.pred * u64::from(times);
        self.gold_credit += document.gold_credit * u128::from(times);
        self.pred_credit += document.pred_credit * u128::from(times);
    }
}

impl Additive for Judged {
    fn add_times(&mut self, document: &Self, times: u32) {
        self.right += document.right * u64::from(times);
        self.n += document.n * u64::from(times);
    }
}

impl<T: Additive> Additive for Paired<T> {
    fn add_times(&mut self, document: &Self, times: u32) {
        self.old.add_times(&document.old, times);
        self.new.add_times(&document.new, times);
    }
}

/// Counts of two systems on the same document, drawn together.
///
/// ```
/// use goldrule_scorer::{Bootstrap, Counts, Paired, bootstrap};
///
/// let difference = |sum: &Paired<Counts>| Some(sum.new.f1()? - sum.old.f1()?);
/// let none: [Paired<Counts>; 0] = [];
/// assert_eq!(bootstrap(&none, difference, &Bootstrap::default()), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paired<T> {
    /// Of the one.
    pub old: T,
    /// Of the other.
    pub new: T,
}

impl<T: AddAssign> AddAssign for Paired<T> {
    fn add_assign(&mut self, other: Self) {
        self.old += other.old;
        self.new += other.new;
    }
}

/// Documents below which an interval is narrower than it should be.
pub const FEW_DOCUMENTS: usize = 20;
/// Gold records below which a figure says little.
pub const LITTLE_SUPPORT: u64 = 30;

/// Why an interval or a p-value is not to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Caution {
    /// There are so many documents, fewer than [`FEW_DOCUMENTS`].
    FewDocuments(usize),
    /// There are so many gold records, fewer than [`LITTLE_SUPPORT`].
    LittleSupport(u64),
}

impl Caution {
    /// What is to be said of a figure of so many documents and gold records.
    pub fn of(documents: usize, gold: u64) -> Vec<Self> {
        let documents = (documents < FEW_DOCUMENTS).then_some(Self::FewDocuments(documents));
        documents.into_iter().chain((gold < LITTLE_SUPPORT).then_some(Self::LittleSupport(gold))).collect()
    }
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FewDocuments(n) => {
                let documents = if *n == 1 { "document" } else { "documents" };
                write!(
                    f,
                    "only {n} {documents}: below {FEW_DOCUMENTS}, intervals are narrower than they should be"
                )
            }
            Self::LittleSupport(n) => {
                write!(f, "only {n} gold records: a figure of fewer than {LITTLE_SUPPORT} says little")
            }
        }
    }
}
