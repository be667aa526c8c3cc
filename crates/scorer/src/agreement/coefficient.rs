//! A chance-corrected figure, or the reason why there is none.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::names::names;

names! {
    /// Why a coefficient has no value.
    WhyUndefined, "reason" {
        /// Fewer than two annotators have labelled anything.
        OneAnnotator = "one_annotator",
        /// There is nothing to agree or disagree on.
        NoUnits = "no_units",
        /// No unit has a label of every annotator, and the coefficient knows no missing ones.
        Incomplete = "incomplete",
        /// Only one label is in use, so that chance alone agrees everywhere.
        OneLabel = "one_label",
        /// Chance does as well as possible: no shift of the units changes anything.
        NoChance = "no_chance",
        /// The coefficient is one of exactly two annotators.
        NotTwo = "not_two",
    }
}

impl WhyUndefined {
    /// The reason in a sentence.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::OneAnnotator => {
                "fewer than two annotators have labelled anything, so there is nobody to agree"
            }
            Self::NoUnits => "there is no unit that two annotators have labelled",
            Self::Incomplete => "no unit has a label of every annotator, and the coefficient takes no gaps",
            Self::OneLabel => "only one label is in use: agreement is full and so is that expected by chance",
            Self::NoChance => {
                "units shifted at random agree as well as the annotators do, with no disorder at all"
            }
            Self::NotTwo => "the coefficient is one of exactly two annotators",
        }
    }
}

/// A coefficient that may be undefined: 1 is full agreement, 0 what chance gives, below 0 less than that.
///
/// It is never infinite and never "not a number". In JSON it is `{"value": …, "undefined": …}`, one of them
/// `null`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Coefficient {
    /// It has a value, at most 1.
    Value(f64),
    /// It has none.
    Undefined(WhyUndefined),
}

impl Coefficient {
    /// The value, where there is one.
    pub const fn value(self) -> Option<f64> {
        match self {
            Self::Value(value) => Some(value),
            Self::Undefined(_) => None,
        }
    }

    /// The reason, where there is none.
    pub const fn why(self) -> Option<WhyUndefined> {
        match self {
            Self::Value(_) => None,
            Self::Undefined(why) => Some(why),
        }
    }

    /// What is left of the disagreement that chance would give: `1 - observed / expected`.
    pub(super) fn of(observed: f64, expected: f64, otherwise: WhyUndefined) -> Self {
        if expected > 0.0 { Self::Value(1.0 - observed / expected) } else { Self::Undefined(otherwise) }
    }
}

impl Serialize for Coefficient {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Coefficient", 2)?;
        out.serialize_field("value", &self.value())?;
        out.serialize_field("undefined", &self.why())?;
        out.end()
    }
}
