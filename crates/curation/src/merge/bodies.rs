//! The agencies of three versions, numbered across them.

use std::collections::BTreeMap;

use goldrule_schema::{Agency, AnnotationSet};

use super::Versions;
use crate::matching::pair_agencies;

/// Which agency is which, whatever its id.
pub(super) struct Bodies<'s> {
    pub(super) agencies: Vec<Versions<&'s Agency>>,
    base: BTreeMap<&'s str, usize>,
    ours: BTreeMap<&'s str, usize>,
    theirs: BTreeMap<&'s str, usize>,
}

impl<'s> Bodies<'s> {
    pub(super) fn new(base: &'s AnnotationSet, ours: &'s AnnotationSet, theirs: &'s AnnotationSet) -> Self {
        let list = |set: &'s AnnotationSet| set.agencies.iter().collect::<Vec<_>>();
        let (old, left, right) = (list(base), list(ours), list(theirs));
        let start = |agency: &&'s Agency| Versions { base: Some(*agency), ..Versions::default() };
        let mut agencies: Vec<Versions<&Agency>> = old.iter().map(start).collect();
        let mut new_left: Vec<usize> = (0..left.len()).collect();
        for (i, j) in pair_agencies(&old, &left, true) {
            agencies[i].ours = Some(left[j]);
            new_left.retain(|&at| at != j);
        }
        let mut new_right: Vec<usize> = (0..right.len()).collect();
        for (i, j) in pair_agencies(&old, &right, true) {
            agencies[i].theirs = Some(right[j]);
            new_right.retain(|&at| at != j);
        }
        let added_left: Vec<_> = new_left.iter().map(|&at| left[at]).collect();
        let added_right: Vec<_> = new_right.iter().map(|&at| right[at]).collect();
        let first = agencies.len();
        let new = |agency: &&'s Agency| Versions { ours: Some(*agency), ..Versions::default() };
        agencies.extend(added_left.iter().map(new));
        let mut single: Vec<usize> = (0..added_right.len()).collect();
        for (i, j) in pair_agencies(&added_left, &added_right, false) {
            agencies[first + i].theirs = Some(added_right[j]);
            single.retain(|&at| at != j);
        }
        let new = |at: usize| Versions { theirs: Some(added_right[at]), ..Versions::default() };
        agencies.extend(single.into_iter().map(new));
        let numbered = |side: fn(&Versions<&'s Agency>) -> Option<&'s Agency>| {
            agencies.iter().enumerate().filter_map(|(n, body)| Some((side(body)?.id.as_str(), n))).collect()
        };
        let (base, ours) = (numbered(|body| body.base), numbered(|body| body.ours));
        let theirs = numbered(|body| body.theirs);
        Self { agencies, base, ours, theirs }
    }

    pub(super) fn of_base(&self, id: &str) -> Option<usize> {
        self.base.get(id).copied()
    }

    pub(super) fn of_ours(&self, id: &str) -> Option<usize> {
        self.ours.get(id).copied()
    }

    pub(super) fn of_theirs(&self, id: &str) -> Option<usize> {
        self.theirs.get(id).copied()
    }

    /// Agencies that both sides added under two ids.
    pub(super) fn notes(&self) -> Vec<String> {
        let two_ids = |body: &Versions<&Agency>| {
            let (ours, theirs) = (body.ours?, body.theirs?);
            (body.base.is_none() && ours.id != theirs.id).then(|| {
                let (low, high) = if ours.id < theirs.id { (ours, theirs) } else { (theirs, ours) };
                format!("`{}` and `{}` are one agency, added on both sides", low.id, high.id)
            })
        };
        self.agencies.iter().filter_map(two_ids).collect()
    }
}
