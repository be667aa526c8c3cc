//! Each sort of bad input: what the program says and how it ends.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use common::{Gold, Sandbox};

const TEXT: &str = "Troy police 👮 follow SB 54 and do not ask.";

/// Two texts and the gold of one of them.
fn sandbox(gold: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("texts/note.txt", TEXT).write("texts/other.txt", "Nothing to see here.");
    sandbox.write("gold/note.json", gold).write("gold/other.json", Gold::new("other", "").json());
    sandbox
}

fn gold() -> Gold<'static> {
    Gold::new("note", TEXT).agency("troy-pd", "police", &[("Troy police", "name")]).citation(
        "bill",
        "/us-ca/bill/sb/54",
        "SB 54",
    )
}

/// Name of the snapshot of a run.
fn named(case: &str, args: &str) -> String {
    format!("{case}_{}", args.replace(|c: char| !c.is_ascii_alphanumeric(), "_"))
}

/// Checks a gold file with one fault, and evaluates against it: the other document is scored all the same.
fn faulty(name: &str, gold: &str) {
    let sandbox = sandbox(gold);
    let check = sandbox.run("check gold --text texts");
    assert_eq!(check.status, 1, "{check}");
    insta::assert_snapshot!(name, check.to_string());
    let eval = sandbox.run("eval --corpus texts --gold gold --format json");
    assert_eq!(eval.status, 1, "{eval}");
    let report: serde_json::Value = serde_json::from_str(&eval.stdout).unwrap();
    assert_eq!(report["documents"][0]["document"], "other");
    assert_eq!(report["skipped"][0]["document"], "note");
    assert_eq!(report["skipped"][0]["reason"], "its annotation file has errors");
    assert!(eval.stderr.contains("gold/note.json"), "{eval}");
}

#[test]
fn sound_gold_is_no_fault() {
    let run = sandbox(&gold().json()).run("check gold --text texts");
    assert_eq!((run.status, run.stderr.as_str()), (0, "2 files checked: 0 errors, 0 warnings.\n"));
}

#[test]
fn wrong_hash() {
    let mut gold = gold();
    gold.meta = format!("  \"meta\": {{ \"text_sha256\": \"{}\" }},\n", "0".repeat(64));
    faulty("wrong_hash", &gold.json());
}

#[test]
fn overlapping_mentions() {
    let gold =
        Gold::new("note", TEXT).agency("a", "police", &[("Troy police", "name"), ("police", "nominal")]);
    faulty("overlapping_mentions", &gold.json());
}

#[test]
fn unknown_word() {
    faulty("unknown_word", &gold().json().replace("\"bill\"", "\"bil\""));
}

#[test]
fn offsets_past_the_end() {
    faulty("past_the_end", &gold().json().replace("\"end\": 26", "\"end\": 260"));
}

#[test]
fn offsets_in_utf16() {
    faulty("utf16", &gold().json().replace("\"start\": 21, \"end\": 26", "\"start\": 22, \"end\": 27"));
}

#[test]
fn offsets_in_bytes() {
    faulty("bytes", &gold().json().replace("\"start\": 21, \"end\": 26", "\"start\": 24, \"end\": 29"));
}

#[test]
fn duplicate_keys() {
    faulty(
        "duplicate_keys",
        &gold().json().replace("\"kind\": \"bill\"", "\"kind\": \"bill\", \"kind\": \"case\""),
    );
}

#[test]
fn duplicate_ids() {
    let gold = gold().agency("troy-pd", "police", &[("do not ask", "name")]);
    faulty("duplicate_ids", &gold.json());
}

#[test]
fn truncated_json() {
    let json = gold().json();
    faulty("truncated", &json[..json.len() - 20]);
}

#[test]
fn gold_of_a_missing_document() {
    let sandbox = sandbox(&gold().json());
    std::fs::remove_file(sandbox.path("texts/note.txt")).unwrap();
    let check = sandbox.run("check gold --text texts");
    assert_eq!(check.status, 1);
    insta::assert_snapshot!(check.to_string());
    let eval = sandbox.run("eval --corpus texts --gold gold --format csv");
    assert_eq!(eval.status, 1);
    assert!(eval.stdout.contains("\n,other,mention.strict,") && !eval.stdout.contains(",note,"));
    assert_eq!(eval.stderr.trim_end(), check.stderr.lines().take(3).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_text_with_another_hash_than_the_manifest_says() {
    let sandbox = sandbox(&gold().json());
    sandbox.write("texts/manifest.csv", "document,split,sha256\nnote,dev,00ff\nother,dev,\n");
    let run = sandbox.run("eval --corpus texts --gold gold --format csv");
    assert_eq!(run.status, 1, "{run}");
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn a_broken_manifest() {
    let sandbox = sandbox(&gold().json());
    sandbox.write("texts/manifest.csv", "document,split\nnote,dev,more\nother,dev\nother,dev\n");
    let run = sandbox.run("eval --corpus texts --gold gold");
    assert_eq!(run.status, 2, "{run}");
    insta::assert_snapshot!("manifest_columns", run.to_string());
    sandbox.write("texts/manifest.csv", "document,split\nnote,dev\nother,dev\nother,dev\n");
    insta::assert_snapshot!("manifest_twice", sandbox.run("eval --corpus texts --gold gold").to_string());
}

#[test]
fn five_faults_at_once() {
    let json = gold()
        .stance("nobody", "detainers", "against", "do not ask")
        .json()
        .replace("\"police\"", "\"polcie\"")
        .replace("\"start\": 21, \"end\": 26", "\"start\": 22, \"end\": 27")
        .replace("\"schema_version\": 1", "\"schema_version\": 3, \"schema_version\": 1");
    let run = sandbox(&json).run("check gold/note.json --text texts");
    assert_eq!(run.status, 1);
    for code in ["schema-version", "duplicate-key", "unknown-word", "unknown-agency", "quote-mismatch"] {
        assert_eq!(run.stderr.matches(&format!("error[{code}]")).count(), 1, "{code}: {run}");
    }
    insta::assert_snapshot!(run.to_string());
}

#[test]
fn missing_paths() {
    let sandbox = sandbox(&gold().json());
    for args in [
        "check gold/none.json gold/other.json",
        "fmt none.json",
        "extract none.txt texts/other.txt --format csv",
        "extract none.jsonl",
        "eval --corpus none --gold gold",
        "eval --corpus texts --gold none",
        "eval --corpus texts --gold gold --text none",
        "eval --corpus texts --gold gold --rules none",
        "eval --corpus texts --gold gold --baseline none.json",
        "score --gold none --pred gold",
        "score --gold gold --pred none",
        "rules test --rules none",
    ] {
        let run = sandbox.run(args);
        assert_eq!(run.status, 2, "{args}: {run}");
        insta::assert_snapshot!(named("missing", args), run.to_string());
    }
}

#[test]
fn unreadable_files() {
    // A folder cannot be read as a file, whoever asks.
    let sandbox = sandbox(&gold().json());
    std::fs::create_dir(sandbox.path("texts/folder.txt")).unwrap();
    let run = sandbox.run("extract texts --format csv");
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("texts/folder.txt"), "{run}");
    assert!(run.stdout.starts_with("document,record"), "{run}");
}

#[test]
fn not_utf8() {
    let sandbox = sandbox(&gold().json());
    sandbox.write("texts/latin.txt", b"Caf\xe9").write("gold/latin.json", b"{\"caf\xe9\"");
    for args in
        ["extract texts --format csv", "check gold", "fmt --check gold/latin.json", "extract texts/latin.txt"]
    {
        let run = sandbox.run(args);
        assert_eq!(run.status, 2, "{args}: {run}");
        insta::assert_snapshot!(named("not_utf8", args), run.stderr);
    }
    let run = sandbox.run("eval --corpus texts --gold gold --format json");
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stdout.contains("\"other\"") && run.stderr.contains("texts/latin.txt"), "{run}");
    assert!(run.stdout.contains("its annotation file has errors"), "{run}");
    sandbox.write("gold/latin.json", Gold::new("latin", "").json());
    let run = sandbox.run("eval --corpus texts --gold gold --format json");
    assert!(run.stdout.contains("its text could not be read"), "{run}");
    assert_eq!(run.stderr.matches("error[").count(), 1, "{run}");
    let run = sandbox.feed("extract -", b"Caf\xe9");
    insta::assert_snapshot!("not_utf8_stdin", run.to_string());
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
}

#[test]
fn folders_without_documents() {
    let sandbox = sandbox(&gold().json());
    std::fs::create_dir(sandbox.path("empty")).unwrap();
    for args in [
        "extract empty",
        "check empty",
        "fmt empty",
        "eval --corpus empty --gold gold",
        "eval --corpus texts --gold empty",
        "score --gold gold --pred empty",
        "rules test --rules empty",
    ] {
        let run = sandbox.run(args);
        assert_eq!(run.status, 2, "{args}: {run}");
        insta::assert_snapshot!(named("empty", args), run.to_string());
    }
}

#[test]
fn unwritable_output() {
    let sandbox = sandbox(&gold().json());
    sandbox.write("file", "");
    for args in ["extract texts --out file", "extract texts --out file/below"] {
        let run = sandbox.run(args);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run}");
        insta::assert_snapshot!(named("unwritable", args), run.stderr);
    }
    let run = sandbox.run("eval --corpus texts --gold gold --write-baseline none/baseline.json --quiet");
    assert_eq!(run.status, 2, "{run}");
    insta::assert_snapshot!("unwritable_baseline", run.stderr);
}

#[test]
fn a_rule_file_with_an_error() {
    let sandbox = sandbox(&gold().json());
    let rule = "layer = \"stance\"\n\n[[rule]]\nid = \"x\"\nsay = \"x\"\nmatch = \"(ask\"\nemit = { topic = \"detainers\", position = \"favor\" }\nyes = [\"We [ask].\"]\nno = [\"No.\"]\n";
    sandbox.write("rules/mine.toml", rule);
    for args in [
        "rules test --rules rules",
        "extract texts --rules rules",
        "eval --corpus texts --gold gold --rules rules",
    ] {
        let run = sandbox.run(args);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{args}: {run}");
        assert!(run.stderr.contains("rules/mine.toml:6:"), "{run}");
    }
    insta::assert_snapshot!("rule_pattern", sandbox.run("rules test --rules rules").to_string());
    sandbox.write("rules/mine.toml", rule.replace("say = \"x\"", "say = x"));
    insta::assert_snapshot!("rule_toml", sandbox.run("rules test --rules rules").to_string());
    sandbox.write("rules/mine.toml", rule.replace("no = [\"No.\"]", ""));
    insta::assert_snapshot!("rule_without_no", sandbox.run("rules test --rules rules").to_string());
}

#[test]
fn bad_lines_of_a_batch() {
    let sandbox = Sandbox::new();
    let lines: [&[u8]; 9] = [
        br#"{"id": "first", "text": "Nothing."}"#,
        br#"{"id": "second", "text": "Cut"#,
        br#"{"id": "third"}"#,
        b"",
        br#"{"text": "No id."}"#,
        b"{\"id\": \"latin\", \"text\": \"Caf\xe9\"}",
        br#"{"id": ["x"], "text": "List."}"#,
        br#"{"id": "twice", "id": "twice", "text": "Twice."}"#,
        br#"{"id": 10, "text": "Last.", "more": 1}"#,
    ];
    sandbox.write("batch.jsonl", lines.join(&b'\n'));
    let run = sandbox.run("extract batch.jsonl");
    assert_eq!(run.status, 2, "{run}");
    insta::assert_snapshot!(run.to_string());
    // Without the line that is not UTF-8 it could all be read.
    let rest: Vec<_> = lines.iter().filter(|line| line.is_ascii()).copied().collect();
    sandbox.write("ascii.jsonl", rest.join(&b'\n'));
    assert_eq!(sandbox.run("extract ascii.jsonl").status, 1);
    assert_eq!(sandbox.feed("extract - --stdin-format jsonl", &rest.join(&b'\n')).status, 1);
}

#[test]
fn ids_that_name_no_file() {
    let sandbox = Sandbox::new();
    let ids = ["../up", "/root", "a/b", "..", "", "tab\\tid", ".hidden", "c:\\\\x", "fine", "fine"];
    let lines: Vec<_> =
        ids.iter().map(|id| format!("{{\"id\": \"{id}\", \"text\": \"Nothing.\"}}\n")).collect();
    sandbox.write("in/batch.jsonl", lines.concat());
    let run = sandbox.run("extract in/batch.jsonl --out in/out");
    assert_eq!(run.status, 1);
    insta::assert_snapshot!(run.to_string());
    assert_eq!(sandbox.list("in/out"), ["fine.json"]);
    assert_eq!(sandbox.list("in"), ["batch.jsonl", "out"]);
}

#[test]
fn what_somebody_wrote_is_kept() {
    let sandbox = sandbox(&gold().json());
    let run = sandbox.run("extract texts --out gold");
    assert_eq!(run.status, 1, "{run}");
    assert_eq!(sandbox.read("gold/note.json"), gold().json());
    insta::assert_snapshot!(run.stderr);
    // Its own output is replaced, until somebody signs it.
    assert_eq!(sandbox.run("extract texts --out out").status, 0);
    let output = sandbox.read("out/other.json");
    let older = output.replace("goldrule ", "goldrule 0.0.1-");
    sandbox.write("out/other.json", &older);
    assert_eq!(sandbox.run("extract texts --out out").status, 0);
    assert_eq!(sandbox.read("out/other.json"), output);
    let signed = older.replace("\"generator\"", "\"status\": \"done\", \"generator\"");
    sandbox.write("out/other.json", &signed);
    assert_eq!(sandbox.run("extract texts --out out").status, 1);
    assert_eq!(sandbox.read("out/other.json"), signed);
}

#[test]
fn deep_and_odd_json() {
    let sandbox = Sandbox::new();
    sandbox.write("deep.json", "[".repeat(200_000)).write("empty.json", "").write("list.json", "[]");
    sandbox.write("deep.jsonl", format!("{{\"id\": \"a\", \"text\": {}", "[".repeat(200_000)));
    assert_eq!(sandbox.run("check deep.json").status, 1);
    assert_eq!(sandbox.run("extract deep.jsonl").status, 1);
    insta::assert_snapshot!(sandbox.run("check empty.json list.json").to_string());
}

#[test]
fn wrong_usage() {
    let sandbox = sandbox(&gold().json());
    for args in ["extract", "eval --jobs 0", "eval --format xml", "score --gold gold", "nonsense", "eval"] {
        let run = sandbox.run(args);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{args}: {run}");
    }
    let run = sandbox.run("eval");
    insta::assert_snapshot!("no_project", run.stderr);
    let run = sandbox.run("eval --corpus texts --gold gold --split dev");
    assert_eq!(run.status, 2);
    insta::assert_snapshot!("no_split", run.stderr);
}
