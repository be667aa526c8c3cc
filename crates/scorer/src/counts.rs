//! What every figure is: a numerator and a denominator on either side.

use std::ops::AddAssign;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// Credit of one whole record: the least common multiple of 1 to 40.
///
/// Credits are integers so that sums do not depend on their order, and shares of clusters of up to 40
/// mentions are exact; others are off by less than 1e-15.
pub(crate) const WHOLE: u128 = 5_342_931_457_063_200;

/// Counts of one measure. They add up over documents.
///
/// Recall is a numerator over [`Counts::gold`], precision one over [`Counts::pred`]. Most measures give a
/// matched pair one whole credit on either side, and the numerators are equal. They differ where shares of
/// records count: B-cubed, for one, gives the gold record of a pair the recall of its cluster and the
/// predicted one the precision. Coreference metrics have mentions, links or clusters below the line.
///
/// A ratio with nothing below the line is `None` (`null` in JSON, "–" in tables), never 0 or 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Gold records: the denominator of recall.
    pub gold: u64,
    /// Predicted records: the denominator of precision.
    pub pred: u64,
    pub(crate) gold_credit: u128,
    pub(crate) pred_credit: u128,
}

impl Counts {
    /// The same numerator on both sides.
    pub(crate) const fn shared(credit: u128, gold: u64, pred: u64) -> Self {
        Self { gold, pred, gold_credit: credit, pred_credit: credit }
    }

    /// One gold record that stands alone, or is found where `credit` says so.
    pub(crate) const fn of_gold(credit: u128) -> Self {
        Self { gold: 1, pred: 0, gold_credit: credit, pred_credit: 0 }
    }

    /// One predicted record.
    pub(crate) const fn of_pred(credit: u128) -> Self {
        Self { gold: 0, pred: 1, gold_credit: 0, pred_credit: credit }
    }

    /// Whether neither side has a record.
    pub const fn is_empty(&self) -> bool {
        self.gold == 0 && self.pred == 0
    }

    /// Numerator of recall: matched records, or for B-cubed the sum of the gold mentions' recalls.
    pub fn tp(&self) -> f64 {
        whole(self.gold_credit)
    }

    /// Numerator of precision; differs from [`Counts::tp`] for B-cubed only.
    pub fn tp_pred(&self) -> f64 {
        whole(self.pred_credit)
    }

    /// Predicted records that are not right: what precision lacks.
    pub fn false_positives(&self) -> f64 {
        count(self.pred) - self.tp_pred()
    }

    /// Gold records that were not found: what recall lacks.
    pub fn false_negatives(&self) -> f64 {
        count(self.gold) - self.tp()
    }

    /// Share of the predicted records that are right; `None` where nothing was predicted.
    pub fn precision(&self) -> Option<f64> {
        ratio(self.tp_pred(), self.pred)
    }

    /// Share of the gold records that were found; `None` where gold has none.
    pub fn recall(&self) -> Option<f64> {
        ratio(self.tp(), self.gold)
    }

    /// Harmonic mean of precision and recall; `None` only where both sides are empty, 0 where one
    /// side is empty or nothing matched.
    pub fn f1(&self) -> Option<f64> {
        if self.is_empty() {
            return None;
        }
        let (precision, recall) = (self.precision().unwrap_or(0.0), self.recall().unwrap_or(0.0));
        let sum = precision + recall;
        Some(if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.gold += other.gold;
        self.pred += other.pred;
        self.gold_credit += other.gold_credit;
        self.pred_credit += other.pred_credit;
    }
}

impl Serialize for Counts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Counts", 7)?;
        out.serialize_field("precision", &self.precision())?;
        out.serialize_field("recall", &self.recall())?;
        out.serialize_field("f1", &self.f1())?;
        out.serialize_field("tp", &Credit(self.gold_credit))?;
        out.serialize_field("tp_pred", &Credit(self.pred_credit))?;
        out.serialize_field("gold", &self.gold)?;
        out.serialize_field("pred", &self.pred)?;
        out.end()
    }
}

/// A numerator, written without a fraction where it has none.
struct Credit(u128);

impl Serialize for Credit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_multiple_of(WHOLE) {
            serializer.serialize_u64((self.0 / WHOLE) as u64)
        } else {
            serializer.serialize_f64(whole(self.0))
        }
    }
}

/// Right answers among those judged. They add up over documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Right ones.
    pub right: u64,
    /// All that were judged.
    pub n: u64,
}

impl Judged {
    /// Share of right ones; `None` where nothing was judged.
    pub fn value(&self) -> Option<f64> {
        ratio(count(self.right), self.n)
    }
}

impl AddAssign for Judged {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.n += other.n;
    }
}

impl Serialize for Judged {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Judged", 2)?;
        out.serialize_field("value", &self.value())?;
        out.serialize_field("n", &self.n)?;
        out.end()
    }
}

fn ratio(part: f64, all: u64) -> Option<f64> {
    (all > 0).then(|| part / count(all))
}

/// A count as a float; exact below 2^53.
#[expect(clippy::cast_precision_loss)]
fn count(n: u64) -> f64 {
    n as f64
}

/// A credit in records.
pub(crate) fn whole(credit: u128) -> f64 {
    count((credit / WHOLE) as u64) + count((credit % WHOLE) as u64) / count(WHOLE as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_small_clusters_are_exact() {
        assert!((1..=40).all(|size| WHOLE.is_multiple_of(size)));
        assert_eq!(whole(WHOLE / 3 * 4).to_string(), "1.3333333333333333");
    }

    #[test]
    fn nothing_below_the_line_is_none() {
        let counts = Counts { gold: 2, ..Counts::default() };
        assert_eq!((counts.precision(), counts.recall(), counts.f1()), (None, Some(0.0), Some(0.0)));
        assert_eq!(Counts::default().f1(), None);
        assert_eq!(Judged::default().value(), None);
    }

    #[test]
    fn json_keeps_whole_counts_whole() {
        let counts = Counts { gold: 2, pred: 1, gold_credit: WHOLE, pred_credit: WHOLE };
        assert_eq!(
            serde_json::to_string(&counts).unwrap(),
            r#"{"precision":1.0,"recall":0.5,"f1":0.6666666666666666,"tp":1,"tp_pred":1,"gold":2,"pred":1}"#
        );
    }
}
