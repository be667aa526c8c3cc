//! Differences by meaning.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use goldrule_curation::*;
use goldrule_schema::{Document, read_annotations, to_canonical_json};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn only_sets_that_say_the_same_do_not_differ(
        base in prop::collection::vec(0u32..1000, 0..120),
        edits in prop::collection::vec(0u32..1000, 0..60),
    ) {
        let mut old = common::set(&base);
        let mut new = common::edited(&old, &edits);
        prop_assert!(diff(&old, &old).is_empty());
        old.sort();
        new.sort();
        prop_assert_eq!(diff(&old, &new).is_empty(), to_canonical_json(&old) == to_canonical_json(&new));
    }

    #[test]
    fn swapping_the_versions_swaps_the_differences(
        base in prop::collection::vec(0u32..1000, 0..120),
        edits in prop::collection::vec(0u32..1000, 0..60),
    ) {
        let old = common::set(&base);
        let new = common::edited(&old, &edits);
        let count = |diff: &Diff, kind| diff.records.iter().filter(|d| d.kind == kind).count();
        let (there, back) = (diff(&old, &new), diff(&new, &old));
        prop_assert_eq!(count(&there, Kind::Added), count(&back, Kind::Removed));
        prop_assert_eq!(count(&there, Kind::Removed), count(&back, Kind::Added));
        prop_assert_eq!(there.records.len(), back.records.len());
        prop_assert_eq!(there.keys.len(), back.keys.len());
        for style in [DiffStyle::Plain, DiffStyle::Colour, DiffStyle::Markdown] {
            let shown = render_diff("d.json", &there, Some(&common::document()), style);
            prop_assert_eq!(shown.is_empty(), there.is_empty());
        }
    }
}

const TEXT: &str = "The Troy Police Department said on Monday that it will not hold anybody for ICE.\n\
    Officers may not ask. “SB 54 leaves no doubt,” the chief said; the Values Act binds the department too.";

fn pair() -> (Document, Diff) {
    let document = Document::new("note", TEXT);
    let read = |source: &str| {
        let reading = read_annotations("note.json", source, Some(&document));
        reading.accepted().unwrap_or_else(|found| panic!("{found:?}"))
    };
    let old = read(
        r#"{ "schema_version": 1, "document": "note", "meta": { "status": "draft" }, "agencies": [
        { "id": "troy", "name": "Troy Police Department", "kind": "police", "mentions": [
          { "text": "Troy Police Department", "form": "name" } ] },
        { "id": "ice", "name": "ICE", "kind": "other", "mentions": [ { "text": "ICE", "form": "name" } ] } ],
      "stances": [ { "agency": "troy", "topic": "detainers", "position": "favor", "attribution": "own",
        "text": "it will not hold anybody for ICE" } ],
      "citations": [ { "text": "SB 54 leaves", "kind": "bill" } ] }"#,
    );
    let new = read(
        r#"{ "schema_version": 1, "document": "note", "meta": { "status": "done" }, "agencies": [
        { "id": "troy-pd", "name": "Troy Police Department", "kind": "police", "mentions": [
          { "text": "Troy Police Department", "form": "name" } ] },
        { "id": "ice", "name": "ICE", "kind": "federal", "mentions": [ { "text": "ICE", "form": "acronym" } ] } ],
      "stances": [ { "agency": "troy-pd", "topic": "detainers", "position": "against", "attribution": "own",
        "text": "it will not hold anybody for ICE" } ],
      "citations": [ { "text": "SB 54", "kind": "bill" }, { "text": "Values Act", "kind": "named_act" } ] }"#,
    );
    (document, diff(&old, &new))
}

#[test]
fn every_sort_of_difference_is_told() {
    let (document, diff) = pair();
    insta::assert_snapshot!("plain", render_diff("gold/note.json", &diff, Some(&document), DiffStyle::Plain));
    insta::assert_snapshot!("without_text", render_diff("gold/note.json", &diff, None, DiffStyle::Plain));
    insta::assert_snapshot!(
        "markdown",
        render_diff("gold/note.json", &diff, Some(&document), DiffStyle::Markdown)
    );
    insta::assert_snapshot!("json", serde_json::to_string_pretty(&diff.records[..2]).unwrap());
    let coloured = render_diff("gold/note.json", &diff, Some(&document), DiffStyle::Colour);
    assert!(coloured.contains("\u{1b}[31mdraft") || coloured.contains("\u{1b}[31m\"draft\""), "{coloured}");
}
