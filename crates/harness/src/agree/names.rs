//! What is asked of annotators, and what they disagree on.

use std::fmt;

use goldrule_scorer::{ErrorClass, RecordSort};
use serde::{Serialize, Serializer};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// Every value, in the order of reports.
            pub const ALL: [Self; [$($word),+].len()] = [$(Self::$variant,)+];

            /// The name that reports and JSON use.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

words! {
    /// What coefficients are about. The first three ask each code point of the text, the others each pair
    /// (with more annotators: group) of records that the alignment holds for the same.
    Subject {
        /// Which characters are a mention, of which form.
        Mention = "mention",
        /// Which characters are evidence of a stance, on which topic.
        Stance = "stance",
        /// Which characters are a citation, of which kind.
        Citation = "citation",
        /// Form of mentions that overlap.
        Form = "mention.form",
        /// Kind of agencies that share a mention.
        Kind = "agency.kind",
        /// Jurisdiction of agencies that share a mention; none is a label too.
        Jurisdiction = "agency.jurisdiction",
        /// Topic of stances whose evidence overlaps.
        Topic = "stance.topic",
        /// Position of stances whose evidence overlaps.
        Position = "stance.position",
        /// Attribution of stances whose evidence overlaps.
        Attribution = "stance.attribution",
        /// Kind of citations that overlap.
        CitationKind = "citation.kind",
        /// Canonical id of citations that overlap; none is a label too.
        Canonical = "citation.canonical",
    }
}

impl Subject {
    /// Whether the units are code points.
    pub const fn is_of_characters(self) -> bool {
        matches!(self, Self::Mention | Self::Stance | Self::Citation)
    }

    /// The sort of record whose pairs or spans are asked.
    pub const fn sort(self) -> RecordSort {
        match self {
            Self::Mention | Self::Form => RecordSort::Mention,
            Self::Kind | Self::Jurisdiction => RecordSort::Agency,
            Self::Stance | Self::Topic | Self::Position | Self::Attribution => RecordSort::Stance,
            Self::Citation | Self::CitationKind | Self::Canonical => RecordSort::Citation,
        }
    }
}

words! {
    /// What two annotators disagree on.
    DisagreementClass {
        /// One of them has a record where the other has none.
        OneSide = "one_side",
        /// Equal but for where it begins or ends.
        Boundary = "boundary",
        /// Another form, kind, jurisdiction, attribution or canonical id.
        Label = "label",
        /// A mention of another agency.
        Agency = "agency",
        /// A stance of another agency.
        Holder = "holder",
        /// A stance of the same agency on another topic.
        Topic = "topic",
        /// A stance of the same agency on the same topic with another position.
        Position = "position",
        /// One of them says a thing once more than the other.
        Duplicate = "duplicate",
    }
}

impl From<ErrorClass> for DisagreementClass {
    fn from(class: ErrorClass) -> Self {
        match class {
            ErrorClass::Missed | ErrorClass::Spurious => Self::OneSide,
            ErrorClass::Boundary => Self::Boundary,
            ErrorClass::Label | ErrorClass::BoundaryLabel => Self::Label,
            ErrorClass::WrongEntity | ErrorClass::Cluster => Self::Agency,
            ErrorClass::WrongHolder => Self::Holder,
            ErrorClass::WrongTopic => Self::Topic,
            ErrorClass::WrongPosition => Self::Position,
            ErrorClass::Duplicate => Self::Duplicate,
        }
    }
}
