//! `goldrule review` as somebody at a terminal sees it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use std::process::Command;
use std::time::Duration;

use common::Sandbox;
use rexpect::session::{PtySession, spawn_command};

const BILLS: usize = 30;
const PATIENCE: Option<u64> = Some(30_000);

fn sandbox() -> Sandbox {
    let numbers = || 1..=BILLS;
    let names: Vec<_> = numbers().map(|n| format!("SB {n}")).collect();
    let sandbox = Sandbox::new();
    sandbox.write("texts/note.txt", format!("The act cites {}, and no other.\n", names.join(", ")));
    let bill = |n| format!(r#"{{"text":"SB {n}","kind":"bill","rule":"bill.rule-{n}"}}"#);
    sandbox.write("gold/note.json", file(&[]));
    sandbox.write("pred/note.json", file(&numbers().map(bill).collect::<Vec<_>>()));
    sandbox
}

fn file(citations: &[String]) -> String {
    let list = citations.join(",");
    format!(r#"{{"schema_version":1,"document":"note","agencies":[],"stances":[],"citations":[{list}]}}"#)
}

fn start(sandbox: &Sandbox, args: &str) -> PtySession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_goldrule"));
    command.args(args.split_whitespace()).current_dir(sandbox.path("."));
    command.env("NO_COLOR", "1").env("TERM", "xterm");
    spawn_command(command, PATIENCE).unwrap()
}

fn review(sandbox: &Sandbox) -> PtySession {
    start(sandbox, "review gold --from pred --text texts")
}

/// Waits for a text, and gives what stood before it. The reader takes each byte for a character.
fn expect(session: &mut PtySession, text: &str) -> String {
    let needle: String = text.bytes().map(char::from).collect();
    session.exp_string(&needle).unwrap()
}

/// Waits for the question about a quote.
fn asked(session: &mut PtySession, quote: &str) {
    expect(session, &format!("⟦{quote}⟧"));
    expect(session, "q quit");
}

fn press(session: &mut PtySession, keys: &str) {
    session.send(keys).unwrap();
    session.flush().unwrap();
}

fn quit(mut session: PtySession) -> String {
    press(&mut session, "q");
    session.exp_eof().unwrap()
}

/// The quotes of the citations of a file.
fn quotes(sandbox: &Sandbox, name: &str) -> Vec<String> {
    let set: serde_json::Value = serde_json::from_str(&sandbox.read(name)).unwrap();
    let citations = set["citations"].as_array().unwrap();
    citations.iter().map(|citation| citation["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_was_rejected_does_not_come_back_even_under_another_rule() {
    let sandbox = sandbox();
    let mut session = review(&sandbox);
    asked(&mut session, "SB 1");
    press(&mut session, "r");
    asked(&mut session, "SB 2");
    assert!(quit(session).contains("1 decision, 29 left"));
    assert!(quotes(&sandbox, "gold/note.json").is_empty());

    let renamed = sandbox.read("pred/note.json").replace("bill.rule-", "bill.new-");
    sandbox.write("pred/note.json", renamed);
    let mut session = review(&sandbox);
    let before = expect(&mut session, "⟦");
    assert!(before.contains("0 decided, 29 left"), "{before}");
    expect(&mut session, "SB 2⟧");
    quit(session);
}

#[test]
fn undo_works_after_a_restart() {
    let sandbox = sandbox();
    let mut session = review(&sandbox);
    asked(&mut session, "SB 1");
    press(&mut session, "a");
    asked(&mut session, "SB 2");
    press(&mut session, "r");
    asked(&mut session, "SB 3");
    quit(session);
    assert_eq!(quotes(&sandbox, "gold/note.json"), ["SB 1"]);
    assert!(sandbox.read("gold/note.json").contains(r#""assisted": true"#));

    let mut session = review(&sandbox);
    asked(&mut session, "SB 3");
    press(&mut session, "u");
    asked(&mut session, "SB 2");
    press(&mut session, "u");
    asked(&mut session, "SB 1");
    assert!(quotes(&sandbox, "gold/note.json").is_empty());
    press(&mut session, "u");
    expect(&mut session, "nothing to undo");
    quit(session);
    assert!(!sandbox.read("gold/note.json").contains("assisted"));
}

#[test]
fn a_killed_process_loses_the_decision_in_hand_at_most() {
    let sandbox = sandbox();
    let mut taken = 0;
    for (round, wait) in [0u64, 1, 2, 3, 5, 8, 13, 21, 34, 55].into_iter().enumerate() {
        let mut session = review(&sandbox);
        asked(&mut session, &format!("SB {}", taken + 1));
        press(&mut session, "a");
        // The next question is shown: what was answered before is on the disk.
        asked(&mut session, &format!("SB {}", taken + 2));
        assert!(quotes(&sandbox, "gold/note.json").len() > taken);
        press(&mut session, "a");
        std::thread::sleep(Duration::from_millis(wait));
        session.process_mut().kill(rexpect::process::Signal::SIGKILL).unwrap();
        let now = quotes(&sandbox, "gold/note.json").len();
        assert!((taken + 1..=taken + 2).contains(&now), "round {round}: {now} of {taken} + 1 or 2");
        taken = now;
        assert_eq!(sandbox.run("check gold --text texts").status, 0);
    }
    let queue = sandbox.run("review gold --from pred --text texts --list");
    assert_eq!(queue.stdout.lines().count(), BILLS - taken);
}

#[test]
fn the_terminal_is_left_as_it_was_found() {
    let sandbox = sandbox();
    let program = env!("CARGO_BIN_EXE_goldrule");
    let review = format!("exec {program} review gold --from pred --text texts");
    let script = format!("sh -c 'echo $$ > pid; {review}'; stty -a");
    for how in ["q", "\u{3}", "a signal"] {
        let mut command = Command::new("sh");
        command.args(["-c", &script]).current_dir(sandbox.path("."));
        command.env("NO_COLOR", "1").env("TERM", "xterm");
        let mut session = spawn_command(command, PATIENCE).unwrap();
        asked(&mut session, "SB 1");
        if how == "a signal" {
            let killed = Command::new("kill").arg(sandbox.read("pid").trim()).status().unwrap();
            assert!(killed.success());
        } else {
            press(&mut session, how);
        }
        let rest = session.exp_eof().unwrap();
        assert!(rest.contains("0 decisions, 30 left"), "{how:?}: {rest}");
        assert!(rest.contains(" icanon") && !rest.contains("-icanon"), "{how:?}: {rest}");
    }
}

#[test]
fn labels_and_boundaries_are_edited_by_key() {
    let sandbox = sandbox();
    let mut session = review(&sandbox);
    asked(&mut session, "SB 1");
    press(&mut session, "e");
    expect(&mut session, "Esc give up");
    // The end to the right by a word, then the kind after `bill`.
    press(&mut session, "\u{1b}[C");
    expect(&mut session, "⟦SB 1,⟧");
    press(&mut session, "<k");
    expect(&mut session, "public_law");
    press(&mut session, "c/us/pl/1/2\r");
    expect(&mut session, "/us/pl/1/2");
    press(&mut session, "\r");
    asked(&mut session, "SB 2");
    quit(session);
    let gold = sandbox.read("gold/note.json");
    let line = gold.lines().find(|line| line.contains("SB 1")).unwrap().trim();
    let wanted =
        r#"{ "text": "SB 1", "start": 14, "end": 18, "kind": "public_law", "canonical": "/us/pl/1/2" }"#;
    assert_eq!(line, wanted);
    let mut session = review(&sandbox);
    asked(&mut session, "SB 2");
    quit(session);
}

#[test]
fn guidelines_reasons_and_keys_are_shown_and_the_question_waits() {
    let sandbox = sandbox();
    let mut session = review(&sandbox);
    asked(&mut session, "SB 1");
    press(&mut session, "g");
    expect(&mut session, "Senate Bill 54");
    press(&mut session, "w");
    expect(&mut session, "bill.rule-1");
    press(&mut session, "?");
    expect(&mut session, "take the last decision back");
    press(&mut session, "s");
    asked(&mut session, "SB 2");
    quit(session);
    let mut session = review(&sandbox);
    let before = expect(&mut session, "⟦SB 2⟧");
    assert!(before.contains("30 left"), "what was put off is asked last: {before}");
    quit(session);
}

#[test]
fn two_annotators_are_adjudicated_into_a_third_file() {
    let sandbox = sandbox();
    let bill = |n: usize, kind: &str| format!(r#"{{"text":"SB {n}","kind":"{kind}"}}"#);
    let named = |name: &str, source: String| {
        let meta = format!(r#""document":"note","meta":{{"annotators":["{name}"],"assisted":false}},"#);
        source.replacen(r#""document":"note","#, &meta, 1)
    };
    let (a, b) = (
        named("ann", file(&[bill(1, "bill"), bill(2, "bill"), bill(4, "bill")])),
        named("ben", file(&[bill(1, "bill"), bill(2, "named_act"), bill(3, "bill")])),
    );
    sandbox.write("a/note.json", &a).write("b/note.json", &b);
    let mut session = start(&sandbox, "review a --vs b -o settled --text texts");
    asked(&mut session, "SB 2");
    press(&mut session, "2");
    asked(&mut session, "SB 3");
    assert!(sandbox.read("settled/note.json").contains(r#""status": "draft""#));
    press(&mut session, "a");
    asked(&mut session, "SB 4");
    quit(session);

    // It goes on from the third file.
    let mut session = start(&sandbox, "review a --vs b -o settled --text texts");
    asked(&mut session, "SB 4");
    press(&mut session, "r");
    expect(&mut session, "all decided");
    assert!(quit(session).contains("1 decision, 0 left"));
    assert_eq!(quotes(&sandbox, "settled/note.json"), ["SB 1", "SB 2", "SB 3"]);
    let settled = sandbox.read("settled/note.json");
    assert!(
        settled.contains(r#""status": "adjudicated", "annotators": ["ann","ben"], "assisted": false"#),
        "{settled}"
    );
    assert!(settled.contains(r#""end": 24, "kind": "named_act""#), "{settled}");
    assert_eq!((sandbox.read("a/note.json"), sandbox.read("b/note.json")), (a, b));
    assert_eq!(sandbox.list("settled"), ["note.decisions.jsonl", "note.json"]);
    assert_eq!(sandbox.run("check settled --text texts").status, 0);
}

#[test]
fn what_a_merge_left_is_settled_and_its_file_goes() {
    let sandbox = sandbox();
    let citation =
        |kind: &str| format!(r#"{{"layer":"citation","text":"SB 1","start":14,"end":18,"kind":"{kind}"}}"#);
    sandbox.write("gold/note.json", file(&[r#"{"text":"SB 1","kind":"bill"}"#.to_owned()]));
    sandbox.write(
        "gold/note.conflicts.json",
        format!(
            r#"{{"document":"note","conflicts":[{{"layer":"citation","reason":"edited_differently","fields":["kind"],
              "ours":{},"theirs":{}}}]}}"#,
            citation("bill"),
            citation("named_act")
        ),
    );
    let mut session = start(&sandbox, "review gold --conflicts --text texts");
    asked(&mut session, "SB 1");
    press(&mut session, "w");
    expect(&mut session, "both sides changed it");
    press(&mut session, "a");
    expect(&mut session, "all decided");
    quit(session);
    assert!(sandbox.read("gold/note.json").contains("named_act"));
    assert!(!sandbox.path("gold/note.conflicts.json").exists());
}

/// A merge's conflict over the kind of a bill.
fn conflict(n: usize) -> String {
    let (start, end) = (14 + 6 * (n - 1), 18 + 6 * (n - 1));
    let citation = |kind: &str| {
        format!(r#"{{"layer":"citation","text":"SB {n}","start":{start},"end":{end},"kind":"{kind}"}}"#)
    };
    format!(
        r#"{{"layer":"citation","reason":"edited_differently","ours":{},"theirs":{}}}"#,
        citation("bill"),
        citation("named_act")
    )
}

#[test]
fn a_conflict_that_came_meanwhile_is_kept() {
    let sandbox = sandbox();
    let bills = [1, 2].map(|n| format!(r#"{{"text":"SB {n}","kind":"bill"}}"#));
    sandbox.write("gold/note.json", file(&bills));
    let sidecar = |conflicts: &[String]| {
        let list = conflicts.join(",");
        sandbox.write("gold/note.conflicts.json", format!(r#"{{"document":"note","conflicts":[{list}]}}"#));
    };
    sidecar(&[conflict(1)]);
    let mut session = start(&sandbox, "review gold --conflicts --text texts");
    asked(&mut session, "SB 1");
    sidecar(&[conflict(1), conflict(2)]);
    press(&mut session, "r");
    expect(&mut session, "all decided");
    assert!(quit(session).contains("1 conflict came meanwhile"));
    let left = sandbox.read("gold/note.conflicts.json");
    assert!(left.contains("SB 2") && !left.contains("SB 1"), "{left}");
}

#[test]
fn the_last_decision_can_be_taken_back() {
    let sandbox = sandbox();
    sandbox.write("pred/note.json", file(&[r#"{"text":"SB 1","kind":"bill"}"#.to_owned()]));
    let mut session = review(&sandbox);
    asked(&mut session, "SB 1");
    press(&mut session, "a");
    expect(&mut session, "u undo");
    assert_eq!(quotes(&sandbox, "gold/note.json"), ["SB 1"]);
    press(&mut session, "u");
    asked(&mut session, "SB 1");
    assert!(quotes(&sandbox, "gold/note.json").is_empty());
    // Other programs give Ctrl-R and Ctrl-A meanings of their own.
    press(&mut session, "\u{12}\u{1}s");
    let rest = quit(session);
    assert!(!rest.contains("rejected") && !rest.contains("accepted"), "{rest}");
}

#[test]
fn keys_that_a_merge_could_not_settle_are_asked() {
    let sandbox = sandbox();
    sandbox.write(
        "gold/note.json",
        file(&[]).replacen(r#""agencies""#, r#""meta":{"status":"draft"},"agencies""#, 1),
    );
    let key = |name: &str, theirs: &str| format!(r#"{{"key":"{name}","ours":"draft","theirs":"{theirs}"}}"#);
    sandbox.write(
        "gold/note.conflicts.json",
        format!(
            r#"{{"document":"note","keys":[{},{}]}}"#,
            key("meta.status", "adjudicated"),
            key("meta.round", "2")
        ),
    );
    let listed = sandbox.run("review gold --conflicts --text texts --list");
    assert!(listed.stdout.contains("meta.status") && listed.stderr.contains("2 questions"), "{listed}");
    let mut session = start(&sandbox, "review gold --conflicts --text texts");
    expect(&mut session, "`meta.status`");
    expect(&mut session, "2 theirs: \"adjudicated\"");
    press(&mut session, "2");
    expect(&mut session, "`meta.round`");
    press(&mut session, "1");
    session.exp_eof().unwrap();
    let gold = sandbox.read("gold/note.json");
    assert!(gold.contains(r#""status": "adjudicated""#) && !gold.contains("round"), "{gold}");
    assert_eq!(sandbox.run("check gold --text texts").status, 0);
}

#[test]
fn a_gold_file_is_started_from_suggestions() {
    let sandbox = sandbox();
    let mut session = start(&sandbox, "review fresh/note.json --new --from pred --text texts --by ann");
    asked(&mut session, "SB 1");
    press(&mut session, "a");
    asked(&mut session, "SB 2");
    quit(session);
    assert_eq!(quotes(&sandbox, "fresh/note.json"), ["SB 1"]);
    assert!(sandbox.read("fresh/note.decisions.jsonl").contains(r#""who":"ann""#));
    assert_eq!(sandbox.run("check fresh --text texts").status, 0);
}
