//! `goldrule diff`, `retext` and the checks against the guidelines.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use common::{Gold, Sandbox};

const TEXT: &str = "The Troy police's chief spoke. The department will not ask. It said so. SB 54, he said, binds the Troy police.";

fn gold() -> Gold<'static> {
    Gold::new("note", TEXT)
        .agency("troy-pd", "police", &[("The Troy police's", "name"), ("department", "nominal")])
        .agency("ice", "federal", &[])
        .stance("troy-pd", "status_inquiry", "against", "The department will not ask. It said so")
        .stance("ice", "enforcement", "favor", "It said so")
        .citation("bill", "/us-ca/bill/sb/54", "SB 54,")
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("texts/note.txt", TEXT).write("gold/note.json", gold().json());
    sandbox
}

#[test]
fn gold_against_the_guidelines_is_warned_of_and_mended_where_that_is_safe() {
    let sandbox = sandbox();
    let run = sandbox.run("check gold --text texts --hints");
    assert_eq!(run.status, 0, "{run}");
    insta::assert_snapshot!("warnings", run);
    let run = sandbox.run("check gold --text texts --fix");
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stderr.contains("2 spans trimmed"), "{run}");
    insta::assert_snapshot!("fixed", sandbox.read("gold/note.json"));
}

#[test]
fn a_canonical_id_that_no_grammar_knows_is_warned_of() {
    let sandbox = Sandbox::new();
    sandbox.write("note.json", Gold::new("note", TEXT).citation("bill", "/us/nonsense/54", "SB 54").json());
    let run = sandbox.run("check note.json");
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stderr.contains("unparsed-canonical"), "{run}");
}

#[test]
fn codes_are_explained() {
    let sandbox = Sandbox::new();
    insta::assert_snapshot!("explained", sandbox.run("check --explain leading-determiner"));
    let run = sandbox.run("check --explain nonsense");
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("unparsed-canonical"), "{run}");
}

#[test]
fn sidecars_are_no_gold_and_open_conflicts_are_reported() {
    let sandbox = sandbox();
    sandbox
        .write("gold/note.conflicts.json", r#"{ "document": "note", "keys": [ { "key": "meta.status" } ] }"#);
    sandbox.write("gold/note.proposals.json", "{}").write("gold/note.decisions.jsonl", "{}\n");
    let run = sandbox.run("check gold");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stderr.contains("open-conflicts") && run.stderr.contains("1 file checked"), "{run}");
}

#[test]
fn folders_and_files_are_compared() {
    let sandbox = sandbox();
    sandbox.write(
        "old/note.json",
        Gold::new("note", TEXT).citation("bill", "/us-ca/bill/sb/54", "SB 54").json(),
    );
    sandbox.write(
        "old/gone.json",
        Gold::new("gone", TEXT).citation("bill", "/us-ca/bill/sb/54", "SB 54").json(),
    );
    let run = sandbox.run("diff old gold --text texts");
    assert_eq!(run.status, 1, "{run}");
    insta::assert_snapshot!("diff", run);
    assert_eq!(sandbox.run("diff gold gold").status, 0);
    assert_eq!(sandbox.run("diff gold/note.json gold/missing.json").status, 2);
    assert_eq!(sandbox.run("diff gold gold/note.json").status, 2);
    let json = sandbox.run("diff old gold --format json").stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[0]["file"], "gone.json");
    assert_eq!(json[0]["records"][0]["kind"], "removed");
}

#[test]
fn gold_is_carried_over_to_a_corrected_text() {
    let sandbox = sandbox();
    sandbox.write("new.txt", TEXT.replace("chief spoke", "chief, Ann Ek, spoke").replace("It said so. ", ""));
    let before = sandbox.read("gold/note.json");
    let run = sandbox.run("retext texts/note.txt new.txt gold/note.json");
    assert_eq!(run.status, 1, "{run}");
    insta::assert_snapshot!("retext", run);
    assert_eq!(sandbox.read("gold/note.json"), before);
    assert_eq!(sandbox.run("retext texts/note.txt new.txt gold/note.json --write").status, 1);
    assert!(sandbox.read("gold/note.proposals.json").contains("It said so"));
    sandbox.write("texts/note.txt", sandbox.read("new.txt"));
    let check = sandbox.run("check gold --text texts");
    assert_eq!(check.status, 0, "{check}");
    let wrong = sandbox.run("retext gold/note.json new.txt gold/note.json");
    assert_eq!(wrong.status, 2, "{wrong}");
}

/// Two hundred writes, killed at some moment, again and again.
#[test]
fn a_killed_process_leaves_every_file_whole() {
    let sandbox = Sandbox::new();
    let name = |n: usize| format!("gold/note{n}.json");
    let old: Vec<String> =
        (0..200).map(|n| gold().json().replace("\"note\"", &format!("\"note{n}\""))).collect();
    let write = || {
        old.iter().enumerate().for_each(|(n, json)| {
            sandbox.write(&name(n), json);
        });
    };
    write();
    sandbox.run("check gold --fix");
    let new: Vec<String> = (0..200).map(|n| sandbox.read(&name(n))).collect();
    assert!(old.iter().zip(&new).all(|(old, new)| old != new));
    let mut halfway = 0;
    for round in 0..12_u64 {
        write();
        let mut child = sandbox.command("check gold --fix").spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut changed = 0;
        for n in 0..200 {
            let now = sandbox.read(&name(n));
            assert!(now == old[n] || now == new[n], "{} is broken:\n{now}", name(n));
            changed += usize::from(now == new[n]);
        }
        halfway += usize::from(changed > 0 && changed < 200);
    }
    println!("{halfway} of 12 rounds were killed between the first write and the last");
    assert!(halfway > 0);
}

#[test]
fn retext_writes_over_nothing_unasked_and_waits_for_open_conflicts() {
    let sandbox = sandbox();
    let new = sandbox.read("texts/note.txt").replace("Troy", "The Troy");
    sandbox.write("new.txt", &new).write("there.json", "mine");
    let run = |more: &str| sandbox.run(&format!("retext texts/note.txt new.txt gold/note.json {more}"));
    for (arguments, why) in [
        ("-o same.json --proposals same.json", "both same.json"),
        ("-o new.txt", "is read here"),
        ("-o gold/note.json", "--write"),
        ("-o there.json", "--force"),
        ("-o fresh.json --proposals there.json", "--force"),
    ] {
        let refused = run(arguments);
        assert_eq!(refused.status, 2, "{arguments}: {refused}");
        assert!(refused.stderr.contains(why), "{arguments}: {refused}");
    }
    assert_eq!((sandbox.read("new.txt"), sandbox.read("there.json")), (new, "mine".to_owned()));
    assert!(!sandbox.path("same.json").exists() && !sandbox.path("fresh.json").exists());
    assert_ne!(run("-o there.json --force").status, 2);
    assert_ne!(sandbox.read("there.json"), "mine");

    sandbox
        .write("gold/note.conflicts.json", r#"{ "document": "note", "keys": [ { "key": "meta.status" } ] }"#);
    let refused = run("");
    assert_eq!(refused.status, 2, "{refused}");
    assert!(refused.stderr.contains("conflicts of a merge"), "{refused}");
}

#[test]
fn diff_says_what_it_could_not_compare_and_what_differs_beside_records() {
    let sandbox = sandbox();
    sandbox.write("broken.json", "{");
    let run = sandbox.run("diff gold/note.json broken.json");
    assert_eq!(run.status, 2, "{run}");
    assert!(
        run.stderr.contains("1 file could not be compared.") && !run.stderr.contains("The same."),
        "{run}"
    );
    let mut other = gold();
    other.meta = r#""meta": { "status": "draft" }, "#.to_owned();
    sandbox.write("meta.json", other.json());
    let run = sandbox.run("diff gold/note.json meta.json");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stderr.contains("The records are the same; 1 key"), "{run}");
}
