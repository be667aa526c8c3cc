//! The figures by name, and the counts they are made of.

use std::fmt;
use std::ops::AddAssign;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// Credit of one whole record: the least common multiple of 1 to 40.
///
/// Credits are integers so that sums do not depend on their order, and shares of clusters of up to 40
/// mentions are exact; others are off by less than 1e-15.
pub(crate) const WHOLE: u128 = 5_342_931_457_063_200;

macro_rules! names {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of reports.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant,)+];

            /// The name that reports and JSON use.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::measure::UnknownName;

            fn from_str(name: &str) -> Result<Self, $crate::measure::UnknownName> {
                Self::ALL
                    .into_iter()
                    .find(|known| known.as_str() == name)
                    .ok_or_else(|| $crate::measure::UnknownName { name: name.to_owned(), what: $what })
            }
        }
    };
}

pub(crate) use names;

/// A name that is not in the list it was looked up in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// The name as given.
    pub name: String,
    /// What was looked for: `measure`, `accuracy`, `outcome`, `error class`.
    pub what: &'static str,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no {} `{}`", self.what, self.name)
    }
}

impl std::error::Error for UnknownName {}

names! {
    /// What is counted: each has a precision, a recall and an F1.
    ///
    /// ```
    /// use goldrule_scorer::Measure;
    ///
    /// assert_eq!(Measure::MentionB3.as_str(), "mention.b3");
    /// assert_eq!("stance.tuple".parse(), Ok(Measure::StanceTuple));
    /// ```
    Measure, "measure" {
        /// Mentions with equal spans; form and agency are judged apart.
        MentionStrict = "mention.strict",
        /// Mentions that share at least one character, one to one, equal spans first.
        MentionOverlap = "mention.overlap",
        /// B-cubed (Bagga and Baldwin 1998) over the strictly matched mentions.
        MentionB3 = "mention.b3",
        /// Agencies aligned one to one that share at least one mention span.
        EntityFound = "entity.found",
        /// Agencies found whose kind and jurisdiction are both right.
        EntityKindJurisdiction = "entity.kind_jurisdiction",
        /// Distinct (holder, topic, position) of a document.
        StanceTuple = "stance.tuple",
        /// Stances whose evidence shares at least one character, one to one.
        StanceEvidence = "stance.evidence",
        /// Stances with overlapping evidence and equal holder, topic and position, one to one.
        StanceEvidenceTuple = "stance.evidence_tuple",
        /// Citations with equal spans.
        CitationStrict = "citation.strict",
        /// Citations with equal spans and equal kinds.
        CitationStrictKind = "citation.strict_kind",
        /// Citations that share at least one character, one to one.
        CitationOverlap = "citation.overlap",
    }
}

names! {
    /// What is judged only on records that were matched.
    Accuracy, "accuracy" {
        /// Form of the mentions matched by `mention.strict`.
        Form = "form",
        /// Kind of the aligned agencies.
        Kind = "kind",
        /// Jurisdiction of the aligned agencies; absent on both sides is right.
        Jurisdiction = "jurisdiction",
        /// Attribution of the stances matched by `stance.evidence_tuple`.
        Attribution = "attribution",
        /// Canonical id of the citations matched by `citation.strict` whose gold has one.
        Canonical = "canonical",
    }
}

/// Counts of one measure. They add up over documents.
///
/// Every measure but B-cubed gives a matched pair one whole credit on either side. B-cubed gives the
/// gold record of a pair the recall of its cluster and the predicted one the precision, so that its
/// two numerators differ.
///
/// A ratio with nothing below the line is `None` (`null` in JSON, "–" in tables), never 0 or 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Gold records.
    pub gold: u64,
    /// Predicted records.
    pub pred: u64,
    pub(crate) gold_credit: u128,
    pub(crate) pred_credit: u128,
}

impl Counts {
    /// Numerator of recall: matched records, or for B-cubed the sum of the gold mentions' recalls.
    pub fn tp(&self) -> f64 {
        whole(self.gold_credit)
    }

    /// Numerator of precision; differs from [`Counts::tp`] for B-cubed only.
    pub fn tp_pred(&self) -> f64 {
        whole(self.pred_credit)
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
        if self.gold == 0 && self.pred == 0 {
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
    fn names_are_read_back() {
        for measure in Measure::ALL {
            assert_eq!(measure.as_str().parse(), Ok(measure));
        }
        assert_eq!("mention".parse::<Measure>().unwrap_err().to_string(), "there is no measure `mention`");
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
