//! `goldrule review` where nobody watches: lists, marks and refusals.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use common::Sandbox;

const TEXT: &str = "The act cites SB 1, SB 2 and SB 3.\n";

fn file(citations: &str, meta: &str) -> String {
    format!(
        r#"{{"schema_version":1,"document":"note",{meta}"agencies":[],"stances":[],"citations":[{citations}]}}"#
    )
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("texts/note.txt", TEXT).write("gold/note.json", file("", ""));
    sandbox.write(
        "pred/note.json",
        file(r#"{"text":"SB 1","kind":"bill","rule":"bill.short"},{"text":"SB 3","kind":"bill"}"#, ""),
    );
    sandbox
}

#[test]
fn without_a_terminal_it_says_so_and_changes_nothing() {
    let sandbox = sandbox();
    let run = sandbox.run("review gold --from pred --text texts");
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("--list") && run.stdout.is_empty(), "{run}");
    assert_eq!(sandbox.list("gold"), ["note.json"]);
}

#[test]
fn the_queue_is_listed_in_text_order_and_nothing_is_written() {
    let sandbox = sandbox();
    insta::assert_snapshot!(sandbox.run("review gold --from pred --text texts --list"));
    let run = sandbox.run("review gold/note.json --from pred/note.json --text texts --list --format json");
    let rows: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let quotes: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["there"]["text"]).collect();
    assert_eq!(quotes, ["SB 1", "SB 3"]);
    assert_eq!((&rows[0]["rule"], &rows[0]["kind"]), (&"bill.short".into(), &"only_there".into()));
    assert_eq!(sandbox.list("gold"), ["note.json"]);
}

#[test]
fn rules_suggest_where_no_file_is_named() {
    let run = sandbox().run("review gold --text texts --list");
    assert_eq!(run.status, 0);
    assert_eq!(run.stdout.lines().filter(|line| line.contains("citation")).count(), 3, "{run}");
}

#[test]
fn files_without_a_text_or_with_faults_are_named() {
    let sandbox = sandbox();
    sandbox.write("gold/other.json", file("", "").replace("note", "other"));
    sandbox.write("gold/broken.json", "{").write("texts/broken.txt", "Nothing.\n");
    let run = sandbox.run("review gold --from pred --text texts --list");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("the text of `other` is not at hand") && run.stderr.contains("broken.json"));
    assert_eq!(run.stdout.lines().count(), 2, "the sound file is listed all the same: {run}");
}

#[test]
fn withheld_quotes_are_not_listed() {
    let sandbox = sandbox();
    let hash = "b9ffad3a98ae1f2d4a7ee3af43b3a0b1c5d4e0a1";
    let run = sandbox.run("schema");
    assert_eq!(run.status, 0);
    let meta = format!(r#""meta":{{"text_sha256":"{hash}","quotes":"withheld"}},"#);
    sandbox.write("gold/note.json", file("", &meta));
    let refused = sandbox.run("check gold --text texts --format json");
    let found: serde_json::Value = serde_json::from_str(&refused.stdout).unwrap();
    let hash = found[0]["message"].as_str().unwrap().rsplit(' ').next().unwrap().to_owned();
    let meta = format!(r#""meta":{{"text_sha256":"{hash}","quotes":"withheld"}},"#);
    sandbox.write("gold/note.json", file("", &meta));
    let run = sandbox.run("review gold --text texts --list --format json");
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stdout.contains("bill") && !run.stdout.contains("SB"), "{run}");
}

#[test]
fn blind_marks_once_and_never_what_had_suggestions() {
    let sandbox = sandbox();
    let run = sandbox.run("review gold --blind --text texts");
    assert_eq!((run.status, run.stderr.contains("1 file marked")), (0, true), "{run}");
    assert!(sandbox.read("gold/note.json").contains(r#""assisted": false"#));
    let before = sandbox.read("gold/note.json");
    assert!(sandbox.run("review gold --blind").stderr.contains("0 files marked"));
    assert_eq!(sandbox.read("gold/note.json"), before);

    sandbox.write("gold/note.json", file("", r#""meta":{"assisted":true},"#));
    let run = sandbox.run("review gold --blind");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("suggestions were accepted"), "{run}");
    assert!(sandbox.read("gold/note.json").contains(r#""assisted":true"#));
}

#[test]
fn what_was_suggested_for_cannot_be_marked_blind() {
    let sandbox = sandbox();
    let rejected = r#"{"decision":"rejected","source":"suggestion","record":{"layer":"citation","start":14,"end":18,"kind":"bill"}}"#;
    sandbox.write("gold/note.decisions.jsonl", format!("{rejected}\n"));
    let before = sandbox.read("gold/note.json");
    let run = sandbox.run("review gold --blind --text texts");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stderr.contains("suggestions were shown"), "{run}");
    assert_eq!(sandbox.read("gold/note.json"), before);
}

#[test]
fn documents_kept_for_measuring_are_asked_about_on_demand_alone() {
    let sandbox = sandbox();
    sandbox.write("texts/manifest.csv", "document,split\nnote,validation\n");
    let args = "review gold --from pred --corpus texts --list";
    let closed = sandbox.run(args);
    assert_eq!((closed.status, closed.stdout.as_str()), (0, ""));
    assert!(closed.stderr.contains("1 document of closed splits left out"), "{closed}");
    let revealed = sandbox.run(&format!("{args} --reveal"));
    assert_eq!(revealed.stdout.lines().count(), 2, "{revealed}");
    let compared = sandbox.run("review gold --vs pred --corpus texts --list");
    assert_eq!(compared.stdout.lines().count(), 2, "annotators differ in any split: {compared}");
}
