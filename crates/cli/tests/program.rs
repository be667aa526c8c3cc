//! The commands beside `eval` and `score`, and how the program behaves in a shell.

mod common;

use std::io::Read as _;

use common::{Gold, Sandbox};

const TEXT: &str = "Troy police follow SB 54.";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let hand = r#"{"schema_version":1,"document":"note","agencies":[{"id":"troy-pd","name":"Troy Police Department",
"kind":"police","mentions":[{"text":"Troy police","form":"name"}]}],"stances":[],"citations":[]}"#;
    sandbox.write("texts/note.txt", TEXT).write("gold/note.json", hand);
    sandbox
}

#[test]
fn fmt_fills_in_what_a_hand_left_out_and_then_changes_nothing_more() {
    let sandbox = sandbox();
    let before = sandbox.read("gold/note.json");
    let check = sandbox.run("fmt --check gold --text texts");
    assert_eq!((check.status, check.stdout.as_str()), (1, "gold/note.json\n"));
    assert_eq!(check.stderr, "1 of 1 file would change.\n");
    assert_eq!(sandbox.read("gold/note.json"), before);
    let stdin = sandbox.feed("fmt - --text texts", before.as_bytes());
    assert_eq!(sandbox.run("fmt gold --text texts").status, 0);
    let after = sandbox.read("gold/note.json");
    assert_eq!(stdin.stdout, after);
    insta::assert_snapshot!(after);
    let again = sandbox.run("fmt gold --text texts");
    assert_eq!((again.status, again.stderr.as_str()), (0, "0 of 1 file changed.\n"));
    assert_eq!(sandbox.run("fmt --check gold --text texts").status, 0);
    assert_eq!(sandbox.list("gold"), ["note.json"]);
}

#[test]
fn fmt_moves_an_edited_quote_and_says_so() {
    let sandbox = sandbox();
    let gold = Gold::new("note", TEXT).citation("bill", "/us-ca/bill/sb/54", "SB 5").json();
    sandbox.write("gold/note.json", gold.replace("\"SB 5\"", "\"SB 54\""));
    let run = sandbox.run("fmt gold --text texts");
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
    assert_eq!(
        run.stderr,
        "gold/note.json: line 7: \"SB 54\" moved from 19..23 to 19..24\n1 of 1 file changed.\n"
    );
}

#[test]
fn fmt_leaves_files_with_errors_and_keeps_unknown_keys() {
    let sandbox = sandbox();
    let wrong = "{\"schema_version\": 1, \"document\": \"bad\"";
    sandbox.write("gold/bad.json", wrong);
    let odd = Gold::new("odd", TEXT).citation("bill", "/us-ca/bill/sb/54\", \"sure\": \"yes", "SB 54").json();
    sandbox.write("gold/odd.json", odd);
    let run = sandbox.run("fmt gold --text texts");
    assert_eq!(run.status, 1, "{run}");
    assert_eq!(sandbox.read("gold/bad.json"), wrong);
    assert!(sandbox.read("gold/odd.json").contains("\"sure\": \"yes\""));
    assert!(run.stderr.contains("warning[unknown-key]"), "{run}");
}

#[cfg(unix)]
#[test]
fn fmt_follows_links() {
    let sandbox = sandbox();
    std::fs::rename(sandbox.path("gold/note.json"), sandbox.path("real.json")).unwrap();
    std::os::unix::fs::symlink("../real.json", sandbox.path("gold/note.json")).unwrap();
    assert_eq!(sandbox.run("fmt gold --text texts").status, 0);
    assert!(sandbox.path("gold/note.json").is_symlink());
    assert!(sandbox.read("real.json").contains("\"start\": 0"));
}

#[test]
fn check_reads_standard_input_and_writes_json() {
    let sandbox = sandbox();
    let gold = sandbox.read("gold/note.json").replace("police\",\"m", "cops\",\"m");
    let run = sandbox.feed("check - --text texts --format json --quiet", gold.as_bytes());
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn warnings_alone_are_no_problem() {
    let sandbox = sandbox();
    sandbox.write(
        "gold/note.json",
        Gold::new("note", TEXT).json().replace("\"agencies\"", "\"x\": 1, \"agencies\""),
    );
    let run = sandbox.run("check gold --text texts");
    assert_eq!(run.status, 0);
    assert!(run.stderr.ends_with("1 file checked: 0 errors, 1 warning.\n"), "{run}");
}

#[test]
fn schema_is_the_one_that_is_shipped() {
    let shipped = include_str!("../../../annotations/schema.json");
    let run = Sandbox::new().run("schema");
    assert_eq!((run.status, run.stdout.as_str()), (0, shipped));
}

#[test]
fn shipped_rules_pass_and_a_wrong_example_does_not() {
    let sandbox = Sandbox::new();
    let run = sandbox.run("rules test");
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stdout.contains(" 0 fail."), "{run}");
    let rule = r#"layer = "stance"

[[rule]]
id = "mine.ask"
say = "officers ask about papers"
match = "ask about papers"
emit = { topic = "status_inquiry", position = "favor" }
yes = ["{Troy police} [ask about papers]. => favor", "{Troy police} [want papers]. => favor"]
no = ["On Monday {Troy police} ask about papers."]
"#;
    sandbox.write("rules/mine.toml", rule);
    let run = sandbox.run("rules test --rules rules");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stdout.contains("rules/mine.toml:8: mine.ask fails\n"), "{run}");
    assert!(run.stdout.contains("  example   {Troy police} [want papers]. => favor\n"), "{run}");
    assert!(run.stdout.contains("  expected  `want papers` favor\n  found     nothing\n"), "{run}");
    assert!(run.stdout.contains("rules/mine.toml:9: mine.ask fails\n"), "{run}");
    assert!(run.stdout.contains("  expected  no match\n"), "{run}");
    assert!(run.stdout.contains(", 2 fail."), "{run}");
}

#[test]
fn completions_and_help_exist_for_all() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = sandbox.run(&format!("completions {shell}"));
        assert_eq!(run.status, 0);
        assert!(run.stdout.contains("extract") && run.stdout.contains("write-baseline"), "{shell}");
    }
    insta::assert_snapshot!("help", sandbox.run("--help").stdout);
    for command in
        ["eval", "extract", "score", "check", "fmt", "schema", "rules", "rules test", "completions"]
    {
        let run = sandbox.run(&format!("{command} --help"));
        assert_eq!(run.status, 0, "{command}");
        assert!(run.stdout.contains("Examples:\n  goldrule "), "{command}: {run}");
    }
}

#[test]
fn no_colour_but_on_a_terminal() {
    let sandbox = sandbox();
    let escape = '\u{1b}';
    for args in ["check texts/note.txt", "eval --corpus texts --gold gold", "--help"] {
        let run = sandbox.run(args);
        assert!(!run.stderr.contains(escape) && !run.stdout.contains(escape), "{args}");
    }
    let forced = sandbox.command("check texts/note.txt").env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(String::from_utf8(forced.stderr).unwrap().contains(escape));
    let mut both = sandbox.command("check texts/note.txt");
    let both = both.env("NO_COLOR", "1").output().unwrap();
    assert!(!String::from_utf8(both.stderr).unwrap().contains(escape));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let sandbox = sandbox();
    let line = format!("{{\"id\": \"x\", \"text\": \"{TEXT}\"}}\n");
    sandbox.write("batch.jsonl", line.repeat(20_000));
    for args in ["extract batch.jsonl", "extract batch.jsonl --format csv", "schema", "completions zsh"] {
        let mut child = sandbox.command(args).spawn().unwrap();
        let mut first = [0; 1];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""), "{args}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported() {
    let sandbox = sandbox();
    for args in ["schema", "extract texts/note.txt"] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = sandbox.command(args).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with("error: cannot write to standard output: No space left"), "{stderr}");
    }
}
