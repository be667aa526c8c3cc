//! The closed word lists of the guidelines: kinds, forms, topics, positions, attributions.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A word that is not in the list it was looked up in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word as written.
    pub word: String,
    /// What the list is of, such as `topic`.
    pub list: &'static str,
    /// Every word of the list.
    pub allowed: &'static [&'static str],
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a {}; use one of {}", self.word, self.list, self.allowed.join(", "))
    }
}

impl std::error::Error for UnknownWord {}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $list:literal { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$word_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of the guidelines.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// The words that files hold, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word that files hold.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { word: word.to_owned(), list: $list, allowed: Self::WORDS }),
                }
            }
        }
    };
}

vocabulary! {
    /// What sort of public body an agency is (guidelines, section 1).
    AgencyKind, "kind of agency" {
        /// Municipal, county, campus, transit or tribal police department.
        Police = "police",
        /// Sheriff's office or department.
        Sheriff = "sheriff",
        /// State police, highway patrol, state bureau of investigation.
        StatePolice = "state_police",
        /// Federal department, agency, bureau or one of its divisions.
        Federal = "federal",
        /// State attorney general, district or county attorney; never federal.
        Prosecutor = "prosecutor",
        /// Jail or prison department that is not a sheriff's.
        Corrections = "corrections",
        /// City, county, state or tribal government and its named bodies.
        Government = "government",
        /// Body that speaks for agencies or their members.
        Association = "association",
        /// Any other public body, such as a school district.
        Other = "other",
    }
}

vocabulary! {
    /// How a mention refers to its agency (guidelines, section 1).
    Form, "form of mention" {
        /// A full or shortened name.
        Name = "name",
        /// Initials, also in brackets after the name they shorten.
        Acronym = "acronym",
        /// A common noun phrase that stands for one agency of the document.
        Nominal = "nominal",
        /// Jurisdiction plus the office that heads the agency.
        Title = "title",
    }
}

vocabulary! {
    /// The conduct that a stance is about (guidelines, section 2).
    Topic, "topic" {
        /// Taking part in civil immigration enforcement.
        Enforcement = "enforcement",
        /// Asking about status, or stopping people because of it.
        StatusInquiry = "status_inquiry",
        /// Holding a person past release for immigration authorities.
        Detainers = "detainers",
        /// Giving immigration authorities dates, data or database access.
        InformationSharing = "information_sharing",
        /// Letting immigration agents into facilities; transferring people to them.
        CustodyAccess = "custody_access",
        /// A 287(g) agreement or another delegation of federal authority.
        Delegation = "delegation",
        /// Joint work on crimes, set against immigration enforcement.
        CriminalCooperation = "criminal_cooperation",
        /// Serving everyone regardless of immigration status.
        EqualService = "equal_service",
    }
}

vocabulary! {
    /// Where the holder of a stance stands (guidelines, section 2).
    Position, "position" {
        /// Does it, will do it, supports or requires it.
        Favor = "favor",
        /// Does not do it, forbids or opposes it.
        Against = "against",
        /// Does it only under a stated condition.
        Conditional = "conditional",
        /// Undecided, reviewing, or declining to say.
        Noncommittal = "noncommittal",
    }
}

vocabulary! {
    /// Who says that the holder has the stance (guidelines, section 2).
    Attribution, "attribution" {
        /// The agency, its head or its spokesperson.
        Own = "own",
        /// The text, as fact or citing a policy.
        Reported = "reported",
        /// Somebody outside the agency.
        ThirdParty = "third_party",
    }
}

vocabulary! {
    /// What sort of legal authority a citation names (guidelines, section 3).
    CitationKind, "kind of citation" {
        /// A section or chapter of a code or act.
        Statute = "statute",
        /// An act by its title.
        NamedAct = "named_act",
        /// A bill or resolution of a legislature, by number.
        Bill = "bill",
        /// A public law by number.
        PublicLaw = "public_law",
        /// Statutes at Large and state session laws.
        SessionLaw = "session_law",
        /// A section of a regulation or a page of a register.
        Regulation = "regulation",
        /// A president's or governor's executive order.
        ExecutiveOrder = "executive_order",
        /// A judicial decision.
        Case = "case",
        /// A provision of a constitution.
        Constitution = "constitution",
        /// A local ordinance or a section of a municipal code.
        Ordinance = "ordinance",
        /// An agency's numbered policy, order or directive.
        Policy = "policy",
        /// A treaty or one of its articles.
        Treaty = "treaty",
        /// Law reviews, restatements, attorney general opinions.
        Secondary = "secondary",
    }
}

vocabulary! {
    /// How far an annotation file has come (guidelines, section 4).
    Status, "status" {
        /// Being written.
        Draft = "draft",
        /// Finished by one annotator.
        Done = "done",
        /// Settled between annotators.
        Adjudicated = "adjudicated",
    }
}
