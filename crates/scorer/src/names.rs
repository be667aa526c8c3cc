//! Lists of names, and what becomes of a name that is in none.

use std::fmt;

macro_rules! names {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
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
            type Err = $crate::names::UnknownName;

            fn from_str(name: &str) -> Result<Self, $crate::names::UnknownName> {
                Self::ALL
                    .into_iter()
                    .find(|known| known.as_str() == name)
                    .ok_or_else(|| $crate::names::UnknownName { name: name.to_owned(), what: $what, known: &[$($word),+] })
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
    /// Every name of the list.
    pub known: &'static [&'static str],
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no {} `{}`; there are {}", self.what, self.name, self.known.join(", "))
    }
}

impl std::error::Error for UnknownName {}
