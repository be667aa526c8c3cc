//! Every agency and record in its three versions.

use goldrule_schema::AnnotationSet;

use super::Versions;
use super::bodies::Bodies;
use super::combine::{Combined, combine};
use crate::conflicts::Reason;
use crate::matching::{Bound, bound, pair_records, same_addition, same_later};
use crate::record::{Record, RecordRef};

/// A record with the number of the body it speaks of. For an agency that is its own number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub(super) record: Record,
    pub(super) body: Option<usize>,
}

impl Item {
    fn of(bound: Bound<'_>) -> Self {
        Self { record: bound.record.to_record(), body: bound.body }
    }
}

/// One agency or record in its three versions, with what became of it.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) versions: Versions<Item>,
    pub(super) outcome: Combined,
}

impl Slot {
    fn new(versions: Versions<Item>) -> Self {
        let outcome = combine(&versions);
        Self { versions, outcome }
    }

    /// Makes a conflict of the slot.
    pub(super) fn flag(&mut self, reason: Reason) {
        self.outcome = Combined::Conflict(reason, Vec::new());
    }

    pub(super) fn is_flagged(&self) -> bool {
        matches!(self.outcome, Combined::Conflict(..))
    }

    /// The versions that may stand in the merged set: one, or in a conflict ours and theirs.
    pub(super) fn possible(&self) -> impl Iterator<Item = &Item> {
        let (merged, ours, theirs) = match &self.outcome {
            Combined::Clean(merged) => (merged.as_ref(), None, None),
            Combined::Conflict(..) => (None, self.versions.ours.as_ref(), self.versions.theirs.as_ref()),
        };
        merged.into_iter().chain(ours).chain(theirs)
    }

    /// The version that stands in the merged set.
    pub(super) fn chosen(&self) -> Option<&Item> {
        match &self.outcome {
            Combined::Clean(merged) => merged.as_ref(),
            Combined::Conflict(..) => self.versions.ours.as_ref(),
        }
    }
}

/// Agencies first, each at its body's number, then mentions, stances and citations.
pub(super) fn slots(
    bodies: &Bodies<'_>,
    base: &AnnotationSet,
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
) -> Vec<Slot> {
    let agencies = bodies.agencies.iter().enumerate().map(|(number, body)| {
        let item = |agency| Item { record: RecordRef::Agency(agency).to_record(), body: Some(number) };
        let Versions { base, ours, theirs } = *body;
        Versions { base: base.map(item), ours: ours.map(item), theirs: theirs.map(item) }
    });
    let old = bound(base, |id| bodies.of_base(id));
    let left = bound(ours, |id| bodies.of_ours(id));
    let right = bound(theirs, |id| bodies.of_theirs(id));
    let records = matched(&old, &left, &right);
    let records = records.into_iter().map(|versions| Versions {
        base: versions.base.map(Item::of),
        ours: versions.ours.map(Item::of),
        theirs: versions.theirs.map(Item::of),
    });
    agencies.chain(records).map(Slot::new).collect()
}

fn matched<'s>(old: &[Bound<'s>], left: &[Bound<'s>], right: &[Bound<'s>]) -> Vec<Versions<Bound<'s>>> {
    let mut all: Vec<Versions<Bound<'s>>> =
        old.iter().map(|bound| Versions { base: Some(*bound), ..Versions::default() }).collect();
    let (mut new_left, mut new_right) = (vec![true; left.len()], vec![true; right.len()]);
    for (i, j) in pair_records(old, left, same_later) {
        all[i].ours = Some(left[j]);
        new_left[j] = false;
    }
    for (i, j) in pair_records(old, right, same_later) {
        all[i].theirs = Some(right[j]);
        new_right[j] = false;
    }
    let added = |side: &[Bound<'s>], new: &[bool]| -> Vec<Bound<'s>> {
        side.iter().zip(new).filter(|(_, new)| **new).map(|(bound, _)| *bound).collect()
    };
    let (left, right) = (added(left, &new_left), added(right, &new_right));
    let first = all.len();
    all.extend(left.iter().map(|bound| Versions { ours: Some(*bound), ..Versions::default() }));
    let mut single = vec![true; right.len()];
    for (i, j) in pair_records(&left, &right, same_addition) {
        all[first + i].theirs = Some(right[j]);
        single[j] = false;
    }
    all.extend(
        added(&right, &single)
            .into_iter()
            .map(|bound| Versions { theirs: Some(bound), ..Versions::default() }),
    );
    all
}
