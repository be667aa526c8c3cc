//! `extract`: what goes in comes out in order, with the offsets of the text as it is.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use common::Sandbox;
use serde_json::Value;

const SENTENCE: &str = "The Stockton Police Department does not ask about immigration status.";

/// Extracts one text and checks every record against it; how many there are.
fn records_of(text: &str) -> usize {
    let sandbox = Sandbox::new();
    sandbox.write("note.txt", text);
    let run = sandbox.run("extract note.txt");
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{run}");
    assert_eq!(
        sandbox.feed("extract -", text.as_bytes()).stdout,
        run.stdout.replace("\"note\"", "\"stdin\"")
    );
    let set: Value = serde_json::from_str(&run.stdout).unwrap();
    let chars: Vec<char> = text.chars().collect();
    let agencies = set["agencies"].as_array().unwrap();
    let mentions = agencies.iter().flat_map(|agency| agency["mentions"].as_array().unwrap());
    let others = ["stances", "citations"].into_iter().flat_map(|key| set[key].as_array().unwrap());
    let mut records = 0;
    for record in mentions.chain(others) {
        let offset = |key: &str| usize::try_from(record[key].as_u64().unwrap()).unwrap();
        let quote: String = chars[offset("start")..offset("end")].iter().collect();
        assert_eq!(record["text"], quote);
        assert!(record["rule"].is_string(), "{record}");
        records += 1;
    }
    records
}

#[test]
fn offsets_are_those_of_the_text_as_it_is() {
    assert_eq!(records_of(""), 0);
    let plain = records_of(SENTENCE);
    assert!(plain > 0, "the sentence is not recognised");
    for odd in [
        format!("\u{feff}{SENTENCE}"),
        format!("First line.\r\nSecond line.\r\n{SENTENCE}\r\n"),
        format!("\0\0 Nothing. {SENTENCE}\0"),
        format!("👮🏽 👨‍👩‍👧 e\u{301}te\u{301} \u{202e}. {SENTENCE}"),
        format!("{}\n\n{SENTENCE}", "Ünïcödé words. ".repeat(200)),
    ] {
        assert_eq!(records_of(&odd), plain, "{odd:?}");
    }
}

#[test]
fn results_come_in_order_whatever_the_threads() {
    let sandbox = Sandbox::new();
    let text = |i: usize| format!("{SENTENCE} {}", "Nothing else was said. ".repeat(i % 97 * 4));
    let lines: Vec<_> = (0..1500)
        .map(|i| serde_json::json!({ "id": format!("doc-{i}"), "text": text(i) }).to_string() + "\n")
        .collect();
    // Several batches: they are cut at four megabytes and at 1024 texts.
    assert!(lines.concat().len() > 5 << 20);
    sandbox.write("batch.jsonl", lines.concat());
    for format in ["jsonl", "json", "csv"] {
        let run = |jobs| sandbox.run(&format!("extract batch.jsonl --format {format} --jobs {jobs}"));
        let one = run(1);
        assert_eq!(one.status, 0);
        assert!(one.stdout == run(3).stdout, "{format}");
        if format == "jsonl" {
            let ids: Vec<Value> = one
                .stdout
                .lines()
                .map(|line| serde_json::from_str::<Value>(line).unwrap()["document"].clone())
                .collect();
            assert!(ids.iter().enumerate().all(|(i, id)| *id == format!("doc-{i}")));
            assert_eq!(ids.len(), 1500);
        } else if format == "json" {
            let sets: Vec<Value> = serde_json::from_str(&one.stdout).unwrap();
            assert_eq!(sets.len(), 1500);
        }
    }
}

#[test]
fn folders_files_and_batches_can_be_mixed() {
    let sandbox = Sandbox::new();
    sandbox.write("texts/b.txt", "B.").write("texts/a.txt", "A.").write("texts/notes.md", "no text");
    sandbox
        .write("batch.jsonl", "\u{feff}{\"id\": \"c\", \"text\": \"C.\"}\r\n\r\n{\"id\": 7, \"text\": \"\"}");
    let run = sandbox.feed("extract - texts batch.jsonl", b"From a pipe.");
    assert_eq!(run.status, 0, "{run}");
    insta::assert_snapshot!(run.to_string());
    let empty = sandbox.write("empty.jsonl", "").run("extract empty.jsonl --format json");
    assert_eq!((empty.status, empty.stdout.as_str()), (0, "[]\n"));
}

#[test]
fn every_document_gets_its_file() {
    let sandbox = Sandbox::new();
    sandbox.write("texts/a.txt", SENTENCE).write("texts/b.txt", "Nothing.");
    let run = sandbox.run("extract texts --out found");
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "", "2 files in found.\n"));
    assert_eq!(sandbox.list("found"), ["a.json", "b.json"]);
    let alone = sandbox.run("extract texts/a.txt").stdout;
    assert_eq!(sandbox.read("found/a.json"), alone);
    assert!(!alone.contains("$schema") && alone.contains("\"generator\": \"goldrule "));
    // What was written is sound, canonical, and equal to itself.
    assert_eq!(sandbox.run("check found --text texts").status, 0);
    assert_eq!(sandbox.run("fmt --check found --text texts").status, 0);
    let score = sandbox.run("score --gold found --pred found --format json");
    let score: Value = serde_json::from_str(&score.stdout).unwrap();
    assert_eq!(score["measures"]["mention.strict"]["f1"], 1.0);
    for format in ["csv", "jsonl"] {
        assert_eq!(sandbox.run(&format!("extract texts --out {format} --format {format}")).status, 0);
        assert_eq!(sandbox.list(format), [format!("a.{format}"), format!("b.{format}")]);
    }
}

#[test]
fn csv_has_a_row_for_each_record() {
    let sandbox = Sandbox::new();
    sandbox.write("texts/a.txt", SENTENCE).write("texts/b.txt", SENTENCE);
    let run = sandbox.run("extract texts --format csv");
    let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
    assert_eq!(reader.headers().unwrap().len(), 17);
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2 * records_of(SENTENCE));
    assert!(
        rows.iter()
            .any(|row| &row[0] == "b" && &row[1] == "mention" && &row[4] == "Stockton Police Department")
    );
}

#[test]
fn one_line_of_two_hundred_megabytes() {
    let sandbox = Sandbox::new();
    let prose = "the ferry was late again and nobody on the pier could say why ".repeat(200_000_000 / 62);
    let run = sandbox.feed("extract -", prose.as_bytes());
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("\"document\": \"stdin\""));
}
