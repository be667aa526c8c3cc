//! The rules on snippets by writers who had not seen them: `annotations/snippets`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may fail where it likes and tell its figures"
)]

use std::path::{Path, PathBuf};

use goldrule_harness::{Case, Extractor, evaluate};
use goldrule_schema::{Document, read_annotations};
use goldrule_scorer::{Duplicates, Measure, Score};

/// The snippets of a file as documents with gold.
fn snippets(file: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../annotations/snippets").join(file);
    let lines = std::fs::read_to_string(&path).unwrap();
    lines.lines().map(|line| snippet(&path, line)).collect()
}

fn snippet(path: &Path, line: &str) -> Case {
    let row: serde_json::Value = serde_json::from_str(line).unwrap();
    let id = row["id"].as_str().unwrap();
    let document = Document::new(id, row["text"].as_str().unwrap());
    let gold = serde_json::json!({
        "schema_version": 1,
        "document": id,
        "agencies": row["agencies"],
        "stances": row["stances"],
        "citations": row["citations"],
    });
    let reading = read_annotations(id, &gold.to_string(), Some(&document));
    let gold = reading.accepted().unwrap_or_else(|faults| panic!("{id} of {}: {faults:#?}", path.display()));
    Case { gold, split: None, document: Some(document), attached: false, file: PathBuf::from(path) }
}

fn score(cases: &[Case]) -> Score {
    let comparisons = evaluate(&Extractor::new(), cases, Duplicates::CopyByCopy, || {});
    Score::sum(comparisons.iter().map(|comparison| &comparison.score))
}

/// Prints what a set scores and holds it to floors of F1.
fn holds(name: &str, cases: &[Case], floors: &[(Measure, f64)]) {
    let score = score(cases);
    for &(measure, floor) in floors {
        let counts = score.measure(measure);
        let f1 = counts.f1().unwrap();
        println!("{name}: {measure} {f1:.3} (P {:?} R {:?})", counts.precision(), counts.recall());
        assert!(f1 >= floor, "{name}: {measure} is {f1:.3}, below {floor}");
    }
}

#[test]
fn inventive_snippets_hold_their_floors() {
    let cases = snippets("first.jsonl");
    assert_eq!(cases.len(), 330);
    holds("first", &cases, &[(Measure::MentionStrict, 0.95), (Measure::StanceTuple, 0.72)]);
}

#[test]
fn plain_snippets_hold_their_floors() {
    let cases = snippets("second.jsonl");
    assert_eq!(cases.len(), 270);
    holds("second, read", &cases[..135], &[(Measure::MentionStrict, 0.95), (Measure::StanceTuple, 0.76)]);
    holds("second, unread", &cases[135..], &[(Measure::MentionStrict, 0.95), (Measure::StanceTuple, 0.67)]);
}

#[test]
fn snippets_by_topic_hold_their_floors() {
    let cases = snippets("third.jsonl");
    assert_eq!(cases.len(), 750);
    holds("third, read", &cases[..450], &[(Measure::MentionStrict, 0.95), (Measure::StanceTuple, 0.80)]);
    holds("third, unread", &cases[450..], &[(Measure::MentionStrict, 0.95), (Measure::StanceTuple, 0.45)]);
}

#[test]
fn snippets_by_register_hold_their_floors() {
    let cases = snippets("fourth.jsonl");
    assert_eq!(cases.len(), 1200);
    holds("fourth, read", &cases[..720], &[(Measure::MentionStrict, 0.95), (Measure::StanceTuple, 0.76)]);
    holds("fourth, unread", &cases[720..], &[(Measure::MentionStrict, 0.94), (Measure::StanceTuple, 0.62)]);
}
