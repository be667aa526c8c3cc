//! What must hold of changes and of the journal, whatever is done.

#![allow(clippy::unwrap_used, reason = "clippy takes no helper for a test")]

use std::path::Path;

use goldrule_editor::{Change, Entry, Kind, Open, Record, apply, changes_between, records};
use goldrule_schema::{AnnotationSet, Corpus, Document};
use proptest::prelude::*;
use serde_json::json;

const LENGTH: u32 = 60;

/// Records of three agencies at a few places, those that fit each other.
fn set(seed: &[(u8, u32, u32)]) -> AnnotationSet {
    let document = document();
    let mut set = AnnotationSet::new("note");
    for &(what, start, length) in seed {
        let agency = format!("agency-{}", what % 3);
        let end = start + length;
        let record = match what % 4 {
            0 => json!({ "layer": "agency", "id": agency, "name": format!("A {length}"), "kind": "police" }),
            1 => json!({ "layer": "mention", "agency": agency, "start": start, "end": end, "form": "name" }),
            2 => {
                json!({ "layer": "stance", "agency": agency, "start": start, "end": end, "topic": "detainers",
                "position": if length % 2 == 0 { "favor" } else { "against" }, "attribution": "own" })
            }
            _ => json!({ "layer": "citation", "start": start, "end": end, "kind": "bill" }),
        };
        let new: Record = serde_json::from_value(record).unwrap();
        let _ = apply(&mut set, &document, &[Change { old: None, new: Some(new) }]);
    }
    set.sort();
    set
}

fn document() -> Document {
    Document::new("note", "👮🏽 é ".repeat(LENGTH as usize))
}

fn seeds() -> impl Strategy<Value = Vec<(u8, u32, u32)>> {
    prop::collection::vec((any::<u8>(), 0..LENGTH - 12, 1u32..12), 0..30)
}

fn open(dir: &Path) -> Open {
    let (corpus, _) = Corpus::open(&dir.join("corpus"), None).unwrap();
    Open::new(&corpus.entries[0], &dir.join("gold"), AnnotationSet::new("note")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn changes_lead_from_one_set_to_the_other_and_back(before in seeds(), after in seeds()) {
        let (before, after) = (set(&before), set(&after));
        let changes = changes_between(&before, &after);
        let mut made = before.clone();
        apply(&mut made, &document(), &changes).unwrap();
        made.sort();
        prop_assert_eq!(&made, &after);
        let inverse: Vec<Change> = changes.into_iter().rev().map(|Change { old, new }| Change { old: new, new: old }).collect();
        apply(&mut made, &document(), &inverse).unwrap();
        made.sort();
        prop_assert_eq!(made, before);
    }

    #[test]
    fn a_change_that_cannot_be_made_changes_nothing(before in seeds(), other in seeds()) {
        let (mut before, other) = (set(&before), set(&other));
        let kept = before.clone();
        let mut changes: Vec<Change> = records(&other).into_iter().skip(1).map(|new| Change { old: None, new: Some(new) }).collect();
        changes.push(Change { old: None, new: Some(serde_json::from_value(json!({ "layer": "citation", "start": 9, "end": 9, "kind": "bill" })).unwrap()) });
        prop_assert!(apply(&mut before, &document(), &changes).is_err());
        prop_assert_eq!(before, kept);
    }

    #[test]
    fn the_journal_brings_everything_back_with_or_without_the_file(steps in prop::collection::vec((seeds(), any::<bool>()), 1..6)) {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("corpus")).unwrap();
        std::fs::create_dir(dir.path().join("gold")).unwrap();
        std::fs::write(dir.path().join("corpus/note.txt"), document().text()).unwrap();
        for (number, (seed, saves)) in (1..).zip(steps) {
            let mut document = open(dir.path());
            prop_assert!(document.read_only.is_none());
            let wanted = set(&seed);
            let changes = changes_between(&document.set, &wanted);
            let entry = Entry { seq: 0, client: "test".into(), number, kind: Kind::Edit, of: None, label: String::new(), changes };
            document.take(entry).unwrap();
            if saves {
                document.save();
            }
            let (mut set, entries) = (document.set.clone(), document.entries.clone());
            drop(document);
            let mut again = open(dir.path());
            set.sort();
            again.set.sort();
            prop_assert_eq!(records(&again.set), records(&set));
            prop_assert_eq!(again.entries, entries);
        }
    }
}
