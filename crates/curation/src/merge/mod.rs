//! Three-way merge of annotation sets, record by record.
//!
//! Git merges lines. In a gold file a line is a record, and neighbouring records have little to do with each
//! other, while two edits far apart may contradict: one person removes an agency, another adds a stance of
//! it. So records are merged instead. Each record of the base is found again in both versions by its
//! [identity](crate::Identity); one that is gone where a like one that overlaps it is new has had its
//! boundary moved or a label changed. Then each part of a record is taken from the version that changed it.
//!
//! What cannot be settled is a [`Conflict`]. The merged set keeps our version of such a record, and a
//! conflict holds all three. A conflict spreads to what depends on it, until the merged set reads without
//! errors whichever version of a conflicting record is chosen.

mod bodies;
mod combine;
mod meta;
mod settle;
mod slots;

use goldrule_schema::AnnotationSet;

use crate::conflicts::{Conflict, KeyConflict};
use bodies::Bodies;
use slots::slots;

/// What a merge gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// The merged set, sorted. Where there are conflicts it holds our version of their records.
    pub set: AnnotationSet,
    /// Records that both sides changed in ways that do not go together.
    pub conflicts: Vec<Conflict>,
    /// Keys of `meta` and of the file that both sides changed differently.
    pub keys: Vec<KeyConflict>,
    /// What was settled and deserves to be known: an agency that both sides added under two ids.
    pub notes: Vec<String>,
}

impl Merged {
    /// Whether nothing is left to decide.
    pub fn is_clean(&self) -> bool {
        self.conflicts.is_empty() && self.keys.is_empty()
    }

    fn clean(set: &AnnotationSet) -> Self {
        let mut set = set.clone();
        set.sort();
        Self { set, ..Self::default() }
    }
}

/// Merges what two people made of a set.
///
/// Where all three sets read without errors, so does the merged one. Swapping `ours` and `theirs` swaps the
/// versions in the conflicts; where there are none it changes nothing.
///
/// ```
/// use goldrule_curation::merge;
/// use goldrule_schema::{AnnotationSet, read_annotations};
///
/// let read = |records: &str| -> AnnotationSet {
///     let source = format!(r#"{{ "schema_version": 1, "document": "note", "agencies": [], "stances": [],
///         "citations": [ {records} ] }}"#);
///     read_annotations("note.json", &source, None).accepted().unwrap()
/// };
/// let base = read(r#"{ "start": 0, "end": 5, "kind": "bill" }"#);
/// let ours = read(r#"{ "start": 0, "end": 7, "kind": "bill" }"#);
/// let theirs = read(r#"{ "start": 0, "end": 5, "kind": "bill" }, { "start": 9, "end": 20, "kind": "named_act" }"#);
/// let merged = merge(&base, &ours, &theirs);
/// assert!(merged.is_clean());
/// assert_eq!(merged.set.citations.len(), 2);
/// assert_eq!(merged.set.citations[0].span.end, 7);
/// ```
pub fn merge(base: &AnnotationSet, ours: &AnnotationSet, theirs: &AnnotationSet) -> Merged {
    if theirs == base || ours == theirs {
        return Merged::clean(ours);
    }
    if ours == base {
        return Merged::clean(theirs);
    }
    let bodies = Bodies::new(base, ours, theirs);
    let mut slots = slots(&bodies, base, ours, theirs);
    let other_text = meta::texts_differ(&slots, base, ours, theirs);
    if other_text {
        settle::split_by_text(&mut slots);
    }
    settle::spread(&mut slots);
    let (mut set, keys) = meta::merged(base, ours, theirs, other_text);
    let mut conflicts = settle::gather(&slots, &mut set);
    let known = if other_text { ours.meta.text_sha256.clone() } else { set.meta.text_sha256.clone() };
    let other = theirs.meta.text_sha256.clone().filter(|hash| known.as_ref() != Some(hash));
    for conflict in &mut conflicts {
        conflict.text_sha256.clone_from(&known);
        conflict.their_text_sha256.clone_from(&other);
    }
    if set.meta.quotes_withheld {
        withhold(&mut set, &mut conflicts);
    }
    set.sort();
    Merged { set, conflicts, keys, notes: bodies.notes() }
}

/// A file of withheld quotes gets none from a side that has them.
fn withhold(set: &mut AnnotationSet, conflicts: &mut [Conflict]) {
    withhold_quotes(set);
    for conflict in conflicts {
        let versions = [&mut conflict.base, &mut conflict.ours, &mut conflict.theirs];
        versions.into_iter().flatten().for_each(crate::Record::withhold);
    }
}

/// Takes every quote out.
pub(crate) fn withhold_quotes(set: &mut AnnotationSet) {
    for agency in &mut set.agencies {
        agency.mentions.iter_mut().for_each(|mention| mention.text = None);
    }
    set.stances.iter_mut().for_each(|stance| stance.text = None);
    set.citations.iter_mut().for_each(|citation| citation.text = None);
}

/// One thing in its three versions.
#[derive(Clone, Copy, Debug)]
struct Versions<T> {
    base: Option<T>,
    ours: Option<T>,
    theirs: Option<T>,
}

impl<T> Default for Versions<T> {
    fn default() -> Self {
        Self { base: None, ours: None, theirs: None }
    }
}
