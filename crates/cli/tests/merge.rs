//! `goldrule merge`, alone and as git calls it.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use std::process::Command;

use common::{Gold, Run, Sandbox};

const TEXT: &str = "Troy police ask nothing. SB 54 and the Values Act bind them. SB 55 does not.";

fn gold(citations: &[(&str, &str)]) -> String {
    let mut gold = Gold::new("note", TEXT);
    for (quote, canonical) in citations {
        gold = gold.citation("bill", canonical, quote);
    }
    gold.json()
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("base.json", gold(&[("SB 54", "/us-ca/bill/sb/54")]));
    sandbox.write("ours.json", gold(&[("SB 54 and", "/us-ca/bill/sb/54")]));
    sandbox.write("theirs.json", gold(&[("SB 54", "/us-ca/bill/sb/5"), ("SB 55", "/us-ca/bill/sb/55")]));
    sandbox.write("other.json", gold(&[("SB", "/us-ca/bill/sb/54")]));
    sandbox
}

#[test]
fn edits_of_both_sides_are_in_the_merged_file() {
    let sandbox = sandbox();
    let run = sandbox.run("merge base.json ours.json theirs.json");
    assert_eq!(run.status, 0, "{run}");
    insta::assert_snapshot!(run);
}

#[test]
fn a_conflict_is_told_and_kept_and_reported_by_check() {
    let sandbox = sandbox();
    let run = sandbox.run("merge base.json ours.json other.json -o note.json");
    assert_eq!(run.status, 1, "{run}");
    insta::assert_snapshot!(run);
    assert!(sandbox.read("note.conflicts.json").contains("edited_differently"));
    assert!(sandbox.read("note.json").contains("SB 54 and"));
}

#[test]
fn what_cannot_be_read_is_named_and_nothing_written() {
    let sandbox = sandbox();
    sandbox.write("ours.json", "{ \"schema_version\": 1,").write("theirs.json", "<<<<<<< HEAD\n");
    let run = sandbox.run("merge base.json ours.json theirs.json -o note.json");
    assert_eq!(run.status, 2, "{run}");
    insta::assert_snapshot!(run);
    assert!(!sandbox.path("note.json").exists());
}

fn git(sandbox: &Sandbox, args: &[&str]) -> Run {
    let mut command = Command::new("git");
    let identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
    command.args(identity).args(args).current_dir(sandbox.path(""));
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.output().unwrap();
    Run {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn git_merges_with_it() {
    let sandbox = Sandbox::new();
    let program = env!("CARGO_BIN_EXE_goldrule");
    let commit = |name: &str, contents: &str| {
        sandbox.write("gold/note.json", contents);
        git(&sandbox, &["add", "."]);
        assert_eq!(git(&sandbox, &["commit", "-qm", name]).status, 0);
    };
    git(&sandbox, &["init", "-q", "-b", "main"]);
    git(&sandbox, &["config", "merge.goldrule.driver", &format!("'{program}' merge --driver %P %O %A %B")]);
    sandbox.write(".gitattributes", "gold/*.json merge=goldrule\n");
    commit("base", &gold(&[("SB 54", "/us-ca/bill/sb/54")]));
    git(&sandbox, &["checkout", "-qb", "theirs"]);
    commit("theirs", &gold(&[("SB 54", "/us-ca/bill/sb/5"), ("SB 55", "/us-ca/bill/sb/55")]));
    git(&sandbox, &["checkout", "-qb", "other", "main"]);
    commit("other", &gold(&[("SB", "/us-ca/bill/sb/54")]));
    git(&sandbox, &["checkout", "-q", "main"]);
    commit("ours", &gold(&[("SB 54 and", "/us-ca/bill/sb/54")]));

    let merged = git(&sandbox, &["merge", "-q", "--no-edit", "theirs"]);
    assert_eq!(merged.status, 0, "{merged}");
    let text = sandbox.read("gold/note.json");
    assert!(text.contains("SB 54 and") && text.contains("sb/5\"") && text.contains("SB 55"), "{text}");

    let conflicted = git(&sandbox, &["merge", "-q", "--no-edit", "other"]);
    assert_eq!(conflicted.status, 1, "{conflicted}");
    assert_eq!(sandbox.list("gold"), ["note.conflicts.json", "note.json"]);
    assert!(sandbox.read("gold/note.json").contains("SB 54 and"));
    assert!(git(&sandbox, &["status", "--short"]).stdout.contains("UU gold/note.json"));
}

/// Citations by their quotes alone.
fn quotes(quotes: &[&str]) -> String {
    let line = |quote: &&str| format!("    {{ \"text\": \"{quote}\", \"kind\": \"bill\" }}");
    let lines: Vec<_> = quotes.iter().map(line).collect();
    format!(
        "{{\n  \"schema_version\": 1,\n  \"document\": \"note\",\n  \"agencies\": [],\n  \"stances\": [],\n  \"citations\": [\n{}\n  ]\n}}\n",
        lines.join(",\n")
    )
}

fn project() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/note.txt", TEXT);
    sandbox.write("annotations/gold/note.json", quotes(&["SB 54"]));
    sandbox.write("base", quotes(&["SB 54"]));
    sandbox.write("ours", quotes(&["SB 54", "Values Act"]));
    sandbox.write("theirs", quotes(&["SB 54", "SB 55"]));
    sandbox
}

const DRIVER: &str = "merge --driver annotations/gold/note.json base ours theirs";

#[test]
fn quotes_alone_are_merged_and_compared_by_the_text() {
    let sandbox = project();
    let compared = sandbox.run("diff --driver annotations/gold/note.json base 0 0 theirs 0 0");
    assert!(compared.stdout.contains("[SB 55] does not"), "{compared}");
    let run = sandbox.run(DRIVER);
    assert_eq!(run.status, 0, "{run}");
    let merged = sandbox.read("ours");
    assert!(
        merged.contains("SB 54") && merged.contains("Values Act") && merged.contains("SB 55"),
        "{merged}"
    );

    let sandbox = project();
    let run = sandbox.run("merge base ours theirs --text corpus");
    assert_eq!((run.status, run.stdout), (0, merged));
}

#[test]
fn what_cannot_be_merged_by_record_gets_gits_marks() {
    let sandbox = project();
    std::fs::remove_file(sandbox.path("corpus/note.txt")).unwrap();
    sandbox.write("theirs", quotes(&["SB 54", "SB 55"]).replace("note", "other"));
    for theirs in [quotes(&["SB 54", "SB 55"]), "\0".to_owned(), "{".to_owned()] {
        sandbox.write("ours", quotes(&["SB 54", "Values Act"])).write("theirs", &theirs);
        let run = sandbox.run(DRIVER);
        assert_eq!(run.status, 1, "{run}");
        let merged = sandbox.read("ours");
        assert!(merged.contains("<<<<<<< ours") && merged.contains("Values Act"), "{merged}");
        assert!(
            merged.contains(&theirs[theirs.len() - 1..]) && merged.contains(">>>>>>> theirs"),
            "{merged}"
        );
        assert_eq!(sandbox.list("annotations/gold"), ["note.json"]);
        sandbox.write("annotations/gold/note.json", merged);
        assert_ne!(sandbox.run("check annotations/gold").status, 0);
    }
}

#[test]
fn offsets_of_another_text_are_not_merged() {
    let sandbox = project();
    let moved = |quote| gold(&[(quote, "/us-ca/bill/sb/54")]);
    sandbox.write("base", gold(&[])).write("ours", moved("Values Act"));
    // Counted before the first sentence was written.
    sandbox.write("theirs", moved("SB 54").replace("25", "0").replace("30", "5"));
    let run = sandbox.run(DRIVER);
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stderr.contains("quote-mismatch") && run.stderr.contains("retext"), "{run}");
    assert!(sandbox.read("ours").contains("<<<<<<< ours"));
}
