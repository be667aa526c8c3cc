//! Cases of the merge that people meet, told as a reader sees them.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use std::fmt::Write as _;

use goldrule_curation::{Conflicts, Merged, merge, take_theirs};
use goldrule_schema::{AnnotationSet, read_annotations, to_canonical_json};

fn read(agencies: &str, stances: &str, citations: &str) -> AnnotationSet {
    let source = format!(
        r#"{{ "schema_version": 1, "document": "d", "agencies": [ {agencies} ], "stances": [ {stances} ], "citations": [ {citations} ] }}"#
    );
    read_annotations("d.json", &source, None).accepted().unwrap()
}

fn agency(id: &str, name: &str, mentions: &[(u32, u32)]) -> String {
    let mentions: Vec<_> = mentions
        .iter()
        .map(|(start, end)| format!(r#"{{ "start": {start}, "end": {end}, "form": "name" }}"#))
        .collect();
    format!(
        r#"{{ "id": "{id}", "name": "{name}", "kind": "police", "mentions": [ {} ] }}"#,
        mentions.join(", ")
    )
}

fn stance(agency: &str, position: &str, start: u32, end: u32) -> String {
    format!(
        r#"{{ "agency": "{agency}", "topic": "detainers", "position": "{position}", "attribution": "own", "start": {start}, "end": {end} }}"#
    )
}

fn bill(start: u32, end: u32, canonical: &str) -> String {
    format!(r#"{{ "start": {start}, "end": {end}, "kind": "bill", "canonical": "{canonical}" }}"#)
}

fn told(merged: &Merged) -> String {
    let mut out = to_canonical_json(&merged.set);
    for note in &merged.notes {
        let _ = writeln!(out, "note: {note}");
    }
    for conflict in &merged.conflicts {
        let _ = writeln!(out, "conflict: {conflict}");
    }
    for key in &merged.keys {
        let _ = writeln!(out, "conflict: {key}");
    }
    out
}

#[test]
fn a_renamed_agency_takes_the_other_sides_stance_along() {
    let base = read(&agency("troy", "Troy PD", &[(0, 7)]), "", "");
    let ours = read(&agency("troy-pd", "Troy PD", &[(0, 7)]), "", "");
    let theirs = read(&agency("troy", "Troy PD", &[(0, 7)]), &stance("troy", "against", 0, 30), "");
    let merged = merge(&base, &ours, &theirs);
    assert!(merged.is_clean());
    assert_eq!(merged.set.stances[0].agency, "troy-pd");
}

#[test]
fn one_agency_added_under_two_ids_is_one_agency() {
    let base = read("", "", "");
    let ours = read(&agency("troy-pd", "Troy PD", &[(0, 7)]), &stance("troy-pd", "against", 0, 30), "");
    let theirs = read(&agency("troy", "Troy PD", &[(0, 7), (40, 47)]), &stance("troy", "favor", 40, 60), "");
    insta::assert_snapshot!(told(&merge(&base, &ours, &theirs)));
}

#[test]
fn a_stance_of_a_removed_agency_is_a_conflict() {
    let base = read(&agency("troy", "Troy PD", &[(0, 7)]), "", "");
    let ours = read("", "", "");
    let theirs = read(&agency("troy", "Troy PD", &[(0, 7)]), &stance("troy", "against", 0, 30), "");
    insta::assert_snapshot!("removed_here", told(&merge(&base, &ours, &theirs)));
    insta::assert_snapshot!("removed_there", told(&merge(&base, &theirs, &ours)));
}

#[test]
fn two_moves_of_a_boundary_are_a_conflict_and_a_move_and_a_label_are_none() {
    let base = read("", "", &bill(10, 20, "/us/bill/hr/29"));
    let moved = read("", "", &bill(10, 25, "/us/bill/hr/29"));
    let moved_otherwise = read("", "", &bill(8, 20, "/us/bill/hr/29"));
    let labelled = read("", "", &bill(10, 20, "/us/bill/hr/30"));
    insta::assert_snapshot!("two_moves", told(&merge(&base, &moved, &moved_otherwise)));
    let merged = merge(&base, &moved, &labelled);
    assert!(merged.is_clean());
    assert_eq!(merged.set, read("", "", &bill(10, 25, "/us/bill/hr/30")));
}

#[test]
fn a_boundary_that_moves_into_an_added_record_is_a_conflict_of_both() {
    let base = read("", "", &bill(10, 20, "/us/bill/hr/29"));
    let ours = read("", "", &bill(10, 25, "/us/bill/hr/29"));
    let theirs = read("", "", &[bill(10, 20, "/us/bill/hr/29"), bill(22, 30, "/us/bill/hr/30")].join(", "));
    insta::assert_snapshot!(told(&merge(&base, &ours, &theirs)));
}

#[test]
fn two_bodies_under_one_new_id_are_not_mixed() {
    let base = read("", "", "");
    let ours = read(&agency("mpd", "Madison Police Department", &[(0, 7)]), "", "");
    let theirs = read(&agency("mpd", "Memphis Police Department", &[(40, 47)]), "", "");
    insta::assert_snapshot!(told(&merge(&base, &ours, &theirs)));
}

#[test]
fn offsets_of_two_texts_are_not_mixed() {
    let with = |hash: char, set: AnnotationSet| {
        let mut set = set;
        set.meta.text_sha256 = Some(hash.to_string().repeat(64));
        set
    };
    let base = with('a', read("", "", &bill(10, 20, "/us/bill/hr/29")));
    let ours = with('b', read("", "", &bill(15, 25, "/us/bill/hr/29")));
    let theirs =
        with('a', read("", "", &[bill(10, 20, "/us/bill/hr/29"), bill(32, 40, "/us/bill/hr/30")].join(", ")));
    for merged in [merge(&base, &ours, &theirs), merge(&base, &theirs, &ours)] {
        assert!(!merged.is_clean());
        assert!(merged.set == ours || merged.set == theirs);
    }
    // Who changed nothing takes the new offsets without a question.
    let mut idle = base.clone();
    idle.meta.status = Some(goldrule_schema::Status::Done);
    let merged = merge(&base, &ours, &idle);
    assert!(merged.is_clean());
    assert_eq!(merged.set.citations, ours.citations);
    assert_eq!(merged.set.meta.text_sha256, ours.meta.text_sha256);
    assert_eq!(merged.set.meta.status, idle.meta.status);
}

#[test]
fn a_file_that_withholds_quotes_gets_none() {
    let quoted = |start: u32| {
        let citation =
            format!(r#"{{ "text": "HR 29", "start": {start}, "end": {}, "kind": "bill" }}"#, start + 5);
        read("", "", &citation)
    };
    let base = read("", "", "");
    let mut ours = base.clone();
    ours.meta.quotes_withheld = true;
    ours.meta.text_sha256 = Some("a".repeat(64));
    let merged = merge(&base, &ours, &quoted(10));
    assert_eq!(merged.set.citations.len(), 1);
    assert!(!told(&merged).contains("HR 29"));
}

#[test]
fn what_each_file_says_of_itself_is_merged_too() {
    let base = read("", "", "");
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.meta.annotators = vec!["ann".into()];
    theirs.meta.annotators = vec!["ben".into()];
    ours.meta.status = Some(goldrule_schema::Status::Done);
    theirs.meta.status = Some(goldrule_schema::Status::Draft);
    ours.extra.insert("note".into(), "look again".into());
    insta::assert_snapshot!(told(&merge(&base, &ours, &theirs)));
}

#[test]
fn conflicts_are_kept_beside_the_file_until_they_are_settled() {
    let dir = tempfile::tempdir().unwrap();
    let gold = dir.path().join("d.json");
    assert!(Conflicts::read(&gold).unwrap().is_empty());
    let base = read("", "", &bill(10, 20, "/us/bill/hr/29"));
    let (ours, theirs) = (read("", "", &bill(10, 25, "/us/bill/hr/29")), read("", "", ""));
    let merged = merge(&base, &ours, &theirs);
    let mut open = Conflicts { document: "d".into(), conflicts: merged.conflicts.clone(), keys: vec![] };
    open.write(&gold).unwrap();
    assert_eq!(Conflicts::read(&gold).unwrap(), open);
    insta::assert_snapshot!("sidecar", std::fs::read_to_string(dir.path().join("d.conflicts.json")).unwrap());
    // The same merge again asks nothing new.
    let again = open.clone();
    open.extend(again.clone());
    assert_eq!(open, again);
    open.conflicts.clear();
    open.write(&gold).unwrap();
    assert!(!dir.path().join("d.conflicts.json").exists());
}

#[test]
fn their_version_can_take_the_place_of_ours() {
    let base = read(&agency("troy", "Troy PD", &[(0, 7)]), "", &bill(10, 20, "/us/bill/hr/29"));
    let ours = read("", "", &bill(10, 25, "/us/bill/hr/29"));
    let theirs = read(
        &agency("troy", "Troy PD", &[(0, 7)]),
        &stance("troy", "against", 0, 30),
        &bill(8, 20, "/us/bill/hr/29"),
    );
    let merged = merge(&base, &ours, &theirs);
    let mut set = merged.set.clone();
    for conflict in &merged.conflicts {
        take_theirs(&mut set, conflict).unwrap();
    }
    assert_eq!(set.stances, theirs.stances);
    assert_eq!(set.citations, theirs.citations);
    let refused = take_theirs(&mut set, merged.conflicts.last().unwrap()).unwrap_err();
    assert_eq!(refused.to_string(), "there is no citation at 10..25");
}

#[test]
fn a_hash_on_one_side_alone_does_not_let_offsets_of_two_texts_mix() {
    let hashed = |citations: &[String], hash: bool| {
        let mut set = read("", "", &citations.join(", "));
        set.meta.text_sha256 = hash.then(|| "b".repeat(64));
        set
    };
    let (old, added) = (bill(10, 20, "/us/bill/hr/29"), bill(32, 40, "/us/bill/hr/30"));
    let base = hashed(std::slice::from_ref(&old), false);
    let theirs = hashed(&[old.clone(), added], false);
    let carried = hashed(&[bill(60, 70, "/us/bill/hr/29")], true);
    for merged in [merge(&base, &carried, &theirs), merge(&base, &theirs, &carried)] {
        assert!(!merged.is_clean(), "{}", told(&merged));
    }
    // A hash that was only written down is none of that.
    let stated = hashed(&[old, bill(80, 90, "/us/bill/hr/31")], true);
    let merged = merge(&base, &stated, &theirs);
    assert!(merged.is_clean() && merged.set.citations.len() == 3, "{}", told(&merged));
}
