//! Conventions that have to be chosen, each by name.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::names::names;

names! {
    /// What a document counts for in an average over documents where neither side has a record.
    EmptyDocuments, "policy for empty documents" {
        /// It is left out.
        Skip = "skip",
        /// It counts as 1: nothing was to be found and nothing was.
        Perfect = "perfect",
    }
}

names! {
    /// What becomes of a record that stands twice on one side, equal in span and label.
    Duplicates, "policy for duplicates" {
        /// Copy *k* is only matched with copy *k* of the other side.
        CopyByCopy = "copy-by-copy",
        /// Further copies are dropped on either side before anything is matched.
        Drop = "drop",
        /// Copies are records like any other.
        Keep = "keep",
    }
}

names! {
    /// What becomes of clusters of one mention in coreference.
    Singletons, "policy for singletons" {
        /// They are clusters like any other.
        Keep = "keep",
        /// They are dropped on either side before anything is matched.
        Drop = "drop",
    }
}

names! {
    /// What a precision or recall with nothing below the line counts for in an average.
    Undefined, "policy for undefined ratios" {
        /// It is left out of the mean.
        Skip = "skip",
        /// It counts as 0.
        Zero = "zero",
    }
}

/// All conventions together. Written into every signature.
///
/// ```
/// use goldrule_scorer::{Duplicates, Policies};
///
/// let policies = Policies { duplicates: Duplicates::Drop, ..Policies::default() };
/// assert_eq!(policies.to_string(), "empty:skip|duplicates:drop|singletons:keep|undefined:skip");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policies {
    /// Documents without a record.
    pub empty_documents: EmptyDocuments,
    /// Repeated records.
    pub duplicates: Duplicates,
    /// Clusters of one mention.
    pub singletons: Singletons,
    /// Ratios with nothing below the line.
    pub undefined: Undefined,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            empty_documents: EmptyDocuments::Skip,
            duplicates: Duplicates::CopyByCopy,
            singletons: Singletons::Keep,
            undefined: Undefined::Skip,
        }
    }
}

impl fmt::Display for Policies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { empty_documents, duplicates, singletons, undefined } = self;
        write!(
            f,
            "empty:{empty_documents}|duplicates:{duplicates}|singletons:{singletons}|undefined:{undefined}"
        )
    }
}
