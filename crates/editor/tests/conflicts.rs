//! Conflicts of merges, whoever left them beside the gold file.

#![allow(clippy::unwrap_used, reason = "clippy takes no helper for a test")]

mod common;

use std::fs;
use std::time::{Duration, Instant};

use common::{Folder, Server, add, citation, entry, read, send};
use goldrule_curation::{Conflicts, merge};
use goldrule_editor::{Open, disputes};
use goldrule_schema::{AnnotationSet, read_annotations};
use serde_json::json;

fn cited(document: &str, start: u32, kind: &str) -> AnnotationSet {
    let citation = json!({ "start": start, "end": start + 4, "kind": kind });
    let source = json!({ "schema_version": 1, "document": document, "agencies": [], "stances": [], "citations": [citation] });
    read_annotations("", &source.to_string(), None).set.unwrap()
}

/// Leaves a conflict beside a gold file, as `goldrule merge` does.
fn leave(gold: &std::path::Path, document: &str, start: u32) {
    let set = |kind| cited(document, start, kind);
    let merged = merge(&set("bill"), &set("statute"), &set("policy"));
    assert_eq!(merged.conflicts.len(), 1);
    let mut all = Conflicts::read(gold).unwrap();
    let document = document.to_owned();
    all.extend(Conflicts { document, conflicts: merged.conflicts, keys: merged.keys });
    all.write(gold).unwrap();
}

/// Relabels the citation at 5 in the file and on the page, to different kinds.
fn clash(folder: &Folder, open: &mut Open) {
    let file = folder.gold().join("note.json");
    fs::write(&file, read(&file).replacen("\"kind\": \"bill\"", "\"kind\": \"policy\"", 1)).unwrap();
    let new = json!({ "layer": "citation", "start": 5, "end": 9, "kind": "statute" });
    let change = json!({ "old": citation(5, 9), "new": new });
    let entry =
        json!({ "client": "test", "number": 9, "kind": "edit", "label": "relabel", "changes": [change] });
    send(open, &entry.to_string()).unwrap();
    open.save();
}

#[test]
fn a_conflict_that_a_merge_left_meanwhile_is_kept_and_shown() {
    let folder = Folder::new();
    let file = folder.gold().join("note.json");
    let mut open = folder.open();
    add(&mut open, 1, 5).unwrap();
    open.save();
    assert!(open.is_touched());
    leave(&file, "note", 24);
    assert!(open.is_touched() && open.look().unwrap());
    assert_eq!(open.conflicts().len(), 1);
    // The page had not looked when the next one came.
    leave(&file, "note", 10);
    clash(&folder, &mut open);
    let starts = |conflicts: &Conflicts| -> Vec<u32> {
        let spans = conflicts.conflicts.iter().map(|one| one.theirs.as_ref().unwrap().as_ref().span());
        spans.map(|span| span.unwrap().start).collect()
    };
    assert_eq!(starts(&Conflicts::read(&file).unwrap()), [24, 10, 5]);
    assert_eq!(starts(open.conflicts()), [24, 10, 5]);
}

#[test]
fn settling_one_conflict_leaves_the_others_and_those_that_came_since() {
    let folder = Folder::new();
    let file = folder.gold().join("note.json");
    leave(&file, "note", 5);
    leave(&file, "note", 24);
    let mut open = folder.open();
    let shown = disputes(open.conflicts());
    leave(&file, "note", 10);
    // Twice, as an impatient hand does.
    open.settle(&shown[0].id).unwrap();
    open.settle(&shown[0].id).unwrap();
    assert_eq!(open.conflicts().len(), 2);
    assert_eq!(Conflicts::read(&file).unwrap().len(), 2);
    assert!(disputes(open.conflicts()).iter().all(|one| one.id != shown[0].id));
}

#[test]
fn conflicts_that_could_not_be_written_are_written_later() {
    let folder = Folder::new();
    let mut open = folder.open();
    add(&mut open, 1, 5).unwrap();
    open.save();
    let sidecar = folder.gold().join("note.conflicts.json");
    fs::write(&sidecar, "not what was written").unwrap();
    clash(&folder, &mut open);
    assert!(format!("{:?}", open.saved).contains("note.conflicts.json"), "{:?}", open.saved);
    assert_eq!(open.conflicts().len(), 1, "it is shown all the same");
    assert_eq!(read(&sidecar), "not what was written");
    fs::remove_file(&sidecar).unwrap();
    open.save();
    assert!(read(&sidecar).contains("policy"));
}

#[test]
fn the_page_is_told_of_conflicts_and_settles_each_by_itself() {
    const PATH: &str = "/api/documents/harbor";
    let server = Server::new();
    server.post(&format!("{PATH}/entries"), &entry(1, &[citation(0, 4)]));
    server.post(&format!("{PATH}/save"), "{}");
    leave(&server.gold("harbor.json"), "harbor", 0);
    leave(&server.gold("harbor.json"), "harbor", 7);
    let began = Instant::now();
    let shown = || server.get(PATH).json()["news"]["conflicts"].as_array().unwrap().clone();
    while shown().len() < 2 {
        assert!(began.elapsed() < Duration::from_secs(10), "the page hears of them by itself");
        std::thread::sleep(Duration::from_millis(50));
    }
    let body = json!({ "conflict": shown()[0]["id"] }).to_string();
    for _ in 0..2 {
        assert_eq!(server.post(&format!("{PATH}/settle"), &body).status, 200);
        assert_eq!(shown().len(), 1);
        assert_eq!(shown()[0]["theirs"]["start"], 7);
    }
}
