//! Records are found again, taken out and put back.

mod common;

use goldrule_curation::*;
use goldrule_schema::{AnnotationSet, CharSpan, Extra, to_canonical_json};
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_record_is_found_by_its_identity(numbers in prop::collection::vec(0u32..1000, 0..200)) {
        let set = common::set(&numbers);
        prop_assert_eq!(common::faults(&set), vec![]);
        let all = identities(&set);
        prop_assert_eq!(all.len(), records(&set).count());
        for (identity, record) in all {
            prop_assert_eq!(find(&set, &identity), Some(record));
            let json = serde_json::to_string(&identity).unwrap();
            prop_assert_eq!(serde_json::from_str::<Identity>(&json).unwrap(), identity);
        }
    }

    #[test]
    fn what_is_taken_out_can_be_put_back(numbers in prop::collection::vec(0u32..1000, 0..200)) {
        let set = common::set(&numbers);
        for (identity, record) in identities(&set) {
            let mut other = set.clone();
            match remove(&mut other, &identity) {
                Ok(taken) => {
                    prop_assert_eq!(&taken, &record.to_record());
                    prop_assert_eq!(find(&other, &identity), None);
                    prop_assert_eq!(common::faults(&other), vec![]);
                    insert(&mut other, taken).unwrap();
                }
                Err(refused) => prop_assert!(matches!(refused, Refused::InUse(_)), "{}", refused),
            }
            prop_assert_eq!(to_canonical_json(&other), to_canonical_json(&set));
        }
    }

    #[test]
    fn records_survive_json(numbers in prop::collection::vec(0u32..1000, 0..100)) {
        for record in records(&common::set(&numbers)) {
            let record = record.to_record();
            let json = serde_json::to_string(&record).unwrap();
            prop_assert_eq!(serde_json::from_str::<Record>(&json).unwrap(), record);
        }
    }

    #[test]
    fn edits_leave_sets_that_can_be_read(numbers in prop::collection::vec(0u32..1000, 0..200), edits in prop::collection::vec(0u32..1000, 0..99)) {
        let set = common::edited(&common::set(&numbers), &edits);
        prop_assert_eq!(common::faults(&set), vec![]);
    }

    #[test]
    fn a_whole_set_can_be_adopted(numbers in prop::collection::vec(0u32..1000, 0..200)) {
        let set = common::set(&numbers);
        let mut empty = AnnotationSet::new("d");
        for record in records(&set).filter(|record| record.layer() != Layer::Agency) {
            // Two agencies of one name and place are one body, which may then say the same thing twice.
            let _ = adopt(&mut empty, record.to_record(), &set);
            prop_assert_eq!(common::faults(&empty), vec![]);
        }
        prop_assert_eq!(&empty.citations, &set.citations);
        prop_assert_eq!(empty.agencies.iter().flat_map(|a| &a.mentions).count(), set.mentions().count());
    }
}

#[test]
fn twins_are_told_apart_by_their_order() {
    let mut set = common::set(&[]);
    let citation = goldrule_schema::Citation {
        id: None,
        span: CharSpan::new(0, 3),
        text: None,
        kind: goldrule_schema::CitationKind::Bill,
        canonical: None,
        rule: None,
        extra: Extra::new(),
    };
    set.citations = vec![citation.clone(), citation];
    let all = identities(&set);
    assert_eq!(all[1].0.to_string(), "citation at 0..3 (number 2)");
    let second = all[1].0.clone();
    remove(&mut set, &second).unwrap();
    assert_eq!(set.citations.len(), 1);
    assert_eq!(remove(&mut set, &second), Err(Refused::Missing(second)));
}

#[test]
fn a_stance_without_its_agency_is_refused() {
    let source = common::set(&(0..300).map(|n| n * 37 % 101).collect::<Vec<_>>());
    let stance = records(&source).find(|record| record.layer() == Layer::Stance).unwrap();
    let mut set = AnnotationSet::new("d");
    let refused = insert(&mut set, stance.to_record()).unwrap_err();
    assert_eq!(refused, Refused::NoAgency(stance.agency().unwrap().to_owned()));
    adopt(&mut set, stance.to_record(), &source).unwrap();
    assert_eq!(set.agencies.len(), 1);
}
