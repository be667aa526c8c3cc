//! What becomes of the gold file.

mod common;

use std::time::{Duration, Instant};

use common::{Server, citation, entry, read};
use goldrule_schema::{Document, read_annotations};

const PATH: &str = "/api/documents/harbor";

fn until(what: &str, mut test: impl FnMut() -> bool) {
    let began = Instant::now();
    while !test() {
        assert!(began.elapsed() < Duration::from_secs(10), "{what}");
        std::thread::sleep(Duration::from_millis(30));
    }
}

#[test]
fn opening_writes_nothing() {
    let server = Server::new();
    let source = "{\"schema_version\":1,\"document\":\"harbor\",\"agencies\":[],\n\n\"stances\":[],\"citations\":[{\"text\":\"SB 54\",\"kind\":\"bill\"}]}";
    std::fs::write(server.gold("harbor.json"), source).unwrap();
    for rest in ["", "/suggestions", "/scores", "/explain?at=3"] {
        assert_eq!(server.get(&format!("{PATH}{rest}")).status, 200, "{rest}");
    }
    assert_eq!(server.post(&format!("{PATH}/save"), "{}").status, 200);
    std::thread::sleep(Duration::from_millis(900));
    assert_eq!(read(&server.gold("harbor.json")), source);
    assert!(!server.gold(".goldrule/journal").exists());
}

#[test]
fn entries_reach_the_file_by_themselves_and_keep_exact_quotes() {
    let server = Server::new();
    let at = common::TEXT.chars().count() as u32;
    let space = common::TEXT.chars().position(|char| char == '\u{a0}').unwrap() as u32;
    let records = [
        serde_json::json!({ "layer": "agency", "id": "harbor-pd", "name": "Harbor Police Department", "kind": "police" }),
        serde_json::json!({ "layer": "mention", "agency": "harbor-pd", "start": 0, "end": 16, "form": "name" }),
        serde_json::json!({ "layer": "mention", "agency": "harbor-pd", "start": space, "end": at - 1, "form": "name" }),
    ];
    let answer = server.post(&format!("{PATH}/entries"), &entry(1, &records));
    assert_eq!(answer.json()["seq"], 1, "{}", answer.body);
    // The same entry again does no harm.
    assert_eq!(server.post(&format!("{PATH}/entries"), &entry(1, &records)).json()["seq"], 1);
    until("saved", || server.gold("harbor.json").exists());
    let source = read(&server.gold("harbor.json"));
    let document = Document::new("harbor", common::TEXT);
    let set = read_annotations("harbor.json", &source, Some(&document)).accepted().unwrap();
    let texts: Vec<_> = set.mentions().map(|(_, mention)| mention.text.as_deref().unwrap()).collect();
    assert_eq!(texts, ["Harbor police 👮🏽", "\u{a0}Harbor police said so."]);
    assert_eq!(set.meta.annotators, ["kim"]);
    assert!(read(&server.gold(".goldrule/.gitignore")).starts_with('*'));
}

#[test]
fn a_change_on_disk_is_merged_by_record() {
    let server = Server::new();
    server.post(&format!("{PATH}/entries"), &entry(1, &[citation(0, 6)]));
    server.post(&format!("{PATH}/save"), "{}");
    let file = server.gold("harbor.json");
    let theirs = read(&file).replace(
        "\"citations\": [\n",
        "\"citations\": [\n    { \"start\": 20, \"end\": 23, \"kind\": \"policy\" },\n",
    );
    std::fs::write(&file, theirs).unwrap();
    server.post(&format!("{PATH}/entries"), &entry(2, &[citation(7, 13)]));
    server.post(&format!("{PATH}/save"), "{}");
    until("both are there", || {
        let source = read(&file);
        ["\"start\": 0,", "\"start\": 7,", "\"start\": 20,"].iter().all(|part| source.contains(part))
    });
    let news = server.get(PATH).json();
    assert!(news["news"]["entries"].as_array().unwrap().iter().any(|entry| entry["kind"] == "merge"));
    assert_eq!(news["news"]["conflicts"].as_array().unwrap().len(), 0);
}

#[test]
fn what_cannot_be_merged_is_kept_and_shown() {
    let server = Server::new();
    let file = server.gold("harbor.json");
    server.post(&format!("{PATH}/entries"), &entry(1, &[citation(0, 6)]));
    server.post(&format!("{PATH}/save"), "{}");
    let both = read(&file);
    std::fs::write(&file, both.replace("\"kind\": \"bill\"", "\"kind\": \"policy\"")).unwrap();
    let change = serde_json::json!({ "client": "test", "number": 2, "kind": "edit", "label": "relabel", "changes": [
        { "old": citation(0, 6), "new": { "layer": "citation", "start": 0, "end": 6, "kind": "statute" } } ] });
    let answer = server.post(&format!("{PATH}/entries"), &change.to_string());
    if answer.status == 200 {
        server.post(&format!("{PATH}/save"), "{}");
        until("a conflict", || server.get(PATH).json()["news"]["conflicts"].as_array().unwrap().len() == 1);
        let dispute = server.get(PATH).json()["news"]["conflicts"][0].clone();
        assert_eq!(dispute["ours"]["kind"], "statute");
        assert_eq!(dispute["theirs"]["kind"], "policy");
        assert!(read(&file).contains("statute"), "ours stands until it is settled");
        assert!(read(&server.gold("harbor.conflicts.json")).contains("policy"));
        let settled = serde_json::json!({ "conflict": dispute["id"] }).to_string();
        assert_eq!(server.post(&format!("{PATH}/settle"), &settled).status, 200);
        assert!(!server.gold("harbor.conflicts.json").exists());
    } else {
        // The file was looked at before the entry came: then the entry did not fit any more, and was told so.
        assert_eq!(answer.status, 409);
    }
}

#[test]
fn a_file_that_became_unreadable_is_not_overwritten() {
    let server = Server::new();
    let file = server.gold("harbor.json");
    server.post(&format!("{PATH}/entries"), &entry(1, &[citation(0, 6)]));
    server.post(&format!("{PATH}/save"), "{}");
    std::fs::write(&file, "{ half a fi").unwrap();
    server.post(&format!("{PATH}/entries"), &entry(2, &[citation(7, 13)]));
    let news = server.post(&format!("{PATH}/save"), "{}").json();
    assert_eq!(news["saved"]["is"], "blocked", "{news}");
    assert_eq!(read(&file), "{ half a fi");
    // Once it is mended everything goes on.
    std::fs::remove_file(&file).unwrap();
    let news = server.post(&format!("{PATH}/save"), "{}").json();
    assert_eq!(news["saved"]["is"], "saved", "{news}");
    assert!(read(&file).contains("\"start\": 7"));
}

#[test]
fn a_text_that_changed_is_not_annotated_any_more() {
    let server = Server::new();
    server.post(&format!("{PATH}/entries"), &entry(1, &[citation(0, 6)]));
    std::fs::write(server.dir.path().join("corpus/harbor.txt"), "Another text altogether.").unwrap();
    let news = server.post(&format!("{PATH}/save"), "{}").json();
    if news["saved"]["is"] != "saved" {
        assert_eq!(news["saved"]["is"], "blocked", "{news}");
    }
    server.post(&format!("{PATH}/entries"), &entry(2, &[citation(7, 13)]));
    let news = server.post(&format!("{PATH}/save"), "{}").json();
    assert_eq!(news["saved"]["is"], "blocked", "{news}");
}

#[test]
fn a_file_with_errors_is_shown_and_left_alone() {
    let server = Server::new();
    let source = r#"{"schema_version":1,"document":"harbor","agencies":[],"stances":[],"citations":[{"text":"SB 99","kind":"bill"}]}"#;
    std::fs::write(server.gold("harbor.json"), source).unwrap();
    let opened = server.get(PATH).json();
    assert!(opened["read_only"].as_str().unwrap().contains("errors"));
    assert_eq!(opened["news"]["problems"][0]["code"], "quote-not-found");
    assert_eq!(server.post(&format!("{PATH}/entries"), &entry(1, &[citation(0, 6)])).status, 423);
    assert_eq!(read(&server.gold("harbor.json")), source);
}

#[test]
fn rejected_suggestions_stay_rejected_and_can_come_back() {
    let server = Server::new();
    let found = server.get(&format!("{PATH}/suggestions")).json();
    let records = found["records"].as_array().unwrap();
    let record = records.iter().find(|record| record["layer"] == "citation").unwrap();
    let reject = |rejected: bool| {
        let body = serde_json::json!({ "rejected": rejected, "origin": "suggestion", "record": record });
        assert_eq!(server.post(&format!("{PATH}/decisions"), &body.to_string()).status, 200);
        server.get(&format!("{PATH}/suggestions")).json()["rejected"].as_array().unwrap().len()
    };
    assert_eq!(reject(true), 1);
    assert!(server.gold("harbor.decisions.jsonl").exists());
    assert_eq!(reject(false), 0);
    assert!(!server.gold("harbor.json").exists(), "a rejection is no gold");
}
