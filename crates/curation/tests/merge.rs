//! Laws of the merge, and cases that line-wise merging gets wrong.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use goldrule_curation::*;
use goldrule_schema::{AnnotationSet, to_canonical_json};
use proptest::prelude::*;

fn sorted(set: &AnnotationSet) -> AnnotationSet {
    let mut set = set.clone();
    set.sort();
    set
}

fn numbers(most: usize) -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0u32..1000, 0..most)
}

/// Conflicts without what depends on whose side is called ours: the names of agencies, and the order.
fn described(conflicts: &[Conflict], swapped: bool) -> Vec<String> {
    let show = |record: &Option<Record>| {
        record.clone().map(|mut record| {
            match &mut record {
                Record::Mention { agency, .. } => agency.clear(),
                Record::Stance(stance) => stance.agency.clear(),
                _ => {}
            }
            serde_json::to_string(&record).unwrap()
        })
    };
    let mut all: Vec<String> = conflicts
        .iter()
        .map(|conflict| {
            let (ours, theirs) = (show(&conflict.ours), show(&conflict.theirs));
            let (ours, theirs) = if swapped { (theirs, ours) } else { (ours, theirs) };
            format!(
                "{:?} {:?} {:?} {ours:?} {theirs:?}",
                conflict.reason,
                conflict.fields,
                show(&conflict.base)
            )
        })
        .collect();
    all.sort();
    all
}

/// The record without its agency, so that renaming does not hide it.
fn content(record: RecordRef<'_>) -> String {
    let mut record = record.to_record();
    match &mut record {
        Record::Mention { agency, .. } => agency.clear(),
        Record::Stance(stance) => stance.agency.clear(),
        _ => {}
    }
    serde_json::to_string(&record).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn one_sided_changes_are_taken_whole(base in numbers(120), edits in numbers(60)) {
        let base = common::set(&base);
        let x = common::edited(&base, &edits);
        for merged in [merge(&base, &x, &base), merge(&base, &base, &x), merge(&base, &x, &x)] {
            prop_assert!(merged.is_clean());
            prop_assert_eq!(merged.set, sorted(&x));
        }
    }

    #[test]
    fn a_side_that_only_touched_the_head_takes_all_records(base in numbers(120), edits in numbers(60)) {
        // As above, past the shortcut for sides that are the base itself.
        let base = common::set(&base);
        let x = common::edited(&base, &edits);
        let mut touched = base.clone();
        touched.extra.insert("seen".into(), true.into());
        let mut wanted = sorted(&x);
        wanted.extra.insert("seen".into(), true.into());
        for merged in [merge(&base, &x, &touched), merge(&base, &touched, &x)] {
            prop_assert_eq!(described(&merged.conflicts, false), Vec::<String>::new());
            prop_assert_eq!(&merged.set, &wanted);
        }
        let mut both = x.clone();
        both.extra.insert("seen".into(), true.into());
        let merged = merge(&base, &x, &both);
        prop_assert!(merged.is_clean(), "{:?}", merged);
        prop_assert_eq!(merged.set, wanted);
    }

    #[test]
    fn what_is_merged_can_be_read(base in numbers(120), left in numbers(60), right in numbers(60)) {
        let base = common::set(&base);
        let merged = merge(&base, &common::edited(&base, &left), &common::edited(&base, &right));
        prop_assert_eq!(common::faults(&merged.set), vec![]);
    }

    #[test]
    fn sides_can_be_swapped(base in numbers(120), left in numbers(60), right in numbers(60)) {
        let base = common::set(&base);
        let (x, y) = (common::edited(&base, &left), common::edited(&base, &right));
        let (xy, yx) = (merge(&base, &x, &y), merge(&base, &y, &x));
        prop_assert_eq!(described(&xy.conflicts, false), described(&yx.conflicts, true));
        prop_assert_eq!(xy.keys.len(), yx.keys.len());
        if xy.is_clean() {
            prop_assert_eq!(to_canonical_json(&xy.set), to_canonical_json(&yx.set));
        }
    }

    #[test]
    fn nothing_written_is_lost(base in numbers(120), left in numbers(60), right in numbers(60)) {
        // What a side added or changed stands in the merged set or in a conflict, unless the other side's
        // part of the same record went into it.
        let base = common::set(&base);
        let (x, y) = (common::edited(&base, &left), common::edited(&base, &right));
        let merged = merge(&base, &x, &y);
        let conflicts = merged.conflicts.iter().flat_map(|c| [&c.base, &c.ours, &c.theirs]).flatten();
        let kept: Vec<String> =
            records(&merged.set).map(content).chain(conflicts.map(|record| content(record.as_ref()))).collect();
        let old: Vec<String> = records(&base).map(content).collect();
        for side in [&x, &y] {
            for record in records(side).filter(|record| record.layer() != Layer::Agency) {
                let written = content(record);
                let span = record.span();
                let joined = || records(&merged.set).any(|known| {
                    known.layer() == record.layer()
                        && (known.id().is_some() && known.id() == record.id()
                            || known.span().zip(span).is_some_and(|(known, mine)| known.overlaps(mine)))
                });
                prop_assert!(old.contains(&written) || kept.contains(&written) || joined(), "{}", written);
            }
        }
    }
}
