//! Half-open ranges of a text, one type for each unit so that they cannot be mixed up.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

macro_rules! span_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name {
            /// The first unit inside.
            pub start: u32,
            /// The first unit outside.
            pub end: u32,
        }

        impl $name {
            /// The range `start..end`.
            ///
            /// # Panics
            /// When `end` lies before `start`.
            pub const fn new(start: u32, end: u32) -> Self {
                assert!(start <= end, "a span cannot end before it starts");
                Self { start, end }
            }

            /// Number of units inside.
            pub const fn len(self) -> u32 {
                self.end - self.start
            }

            /// Whether nothing is inside.
            pub const fn is_empty(self) -> bool {
                self.start == self.end
            }

            /// Number of units that both spans hold.
            pub fn overlap(self, other: Self) -> u32 {
                self.end.min(other.end).saturating_sub(self.start.max(other.start))
            }

            /// Whether at least one unit is in both spans.
            pub fn overlaps(self, other: Self) -> bool {
                self.overlap(other) > 0
            }

            /// Whether `other` lies wholly inside, equal spans included.
            pub const fn contains(self, other: Self) -> bool {
                self.start <= other.start && other.end <= self.end
            }

            /// The span as a range of indices.
            pub const fn range(self) -> Range<usize> {
                self.start as usize..self.end as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}..{}", self.start, self.end)
            }
        }
    };
}

span_type! {
    /// A range in Unicode code points, end exclusive: what annotation files hold.
    CharSpan
}

span_type! {
    /// A range in UTF-8 bytes, end exclusive: what slices of a text in memory take.
    ByteSpan
}
