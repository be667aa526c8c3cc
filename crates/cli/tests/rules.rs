//! `rules lint`, `rules stats`, `explain` and `eval --chain` as people run them.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use common::{Gold, Sandbox};

const TEXT: &str =
    "Elko police do not ask about immigration status. Do Elko police ask about immigration status?\n";
const OTHER: &str = "Elko police ask about immigration status, critics wrote. It rained.\n";

const RULE: &str = r#"layer = "stance"

[[rule]]
id = "stance.mine"
say = "ferrying people"
match = "~ferry ..2 detainees ..3"
emit = { topic = "enforcement", position = "favor" }
yes = ["{Elko police} [ferry detainees for ICE]. => favor"]
no = ["Boats ferry cars."]
"#;

fn project() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("corpus/manifest.csv", "document,split,sha256\nelko,dev,\nhumboldt,validation,\n");
    sandbox.write("corpus/elko.txt", TEXT).write("corpus/humboldt.txt", OTHER);
    let gold = |id, text| Gold::new(id, text).agency("elko-pd", "police", &[("Elko police", "name")]);
    let evidence = "Elko police do not ask about immigration status";
    let elko = gold("elko", TEXT).stance("elko-pd", "status_inquiry", "against", evidence);
    sandbox.write("annotations/gold/elko.json", elko.json());
    sandbox.write("annotations/gold/humboldt.json", gold("humboldt", OTHER).json());
    sandbox.write("mine/mine.toml", RULE);
    sandbox
}

#[test]
fn lint_shows_the_line_and_exits_with_1() {
    let sandbox = project();
    let run = sandbox.run("rules lint --rules mine");
    assert_eq!(run.status, 1, "{run}");
    insta::assert_snapshot!(run.to_string());
    let json = sandbox.run("rules lint --rules mine --format json");
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let kinds: Vec<_> = json.as_array().unwrap().iter().map(|finding| &finding["kind"]).collect();
    assert_eq!(kinds, ["silent-on-texts", "loose-end"]);
    sandbox.write("mine/mine.toml", RULE.replace(" ..3", "").replace(" for ICE", ""));
    sandbox.write("texts/a.txt", "Elko police ferry detainees for immigration agents.");
    let run = sandbox.run("rules lint --rules mine --corpus texts");
    assert_eq!((run.status, run.stdout.as_str()), (0, "No faults; rules were tried on 1 text.\n"), "{run}");
}

#[test]
fn shipped_rules_that_the_texts_do_not_use_are_listed_on_demand() {
    let sandbox = project();
    let run = sandbox.run("rules lint");
    assert!(run.stdout.contains("found nothing in them") && !run.stdout.contains("silent-on-texts"), "{run}");
    let json = sandbox.run("rules lint --format json");
    assert!(!json.stdout.contains("silent-on-texts"), "{json}");
    let run = sandbox.run("rules lint --silent");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stdout.contains("warning[silent-on-texts]") && !run.stdout.contains("--silent"), "{run}");
}

#[test]
fn lint_says_what_keeps_it_from_running() {
    let sandbox = project();
    let run = sandbox.run("rules lint --rules nowhere");
    assert!(run.status == 2 && run.stderr.contains("nowhere"), "{run}");
    sandbox.write("mine/mine.toml", "layer = ");
    let run = sandbox.run("rules lint --rules mine");
    assert!(run.status == 2 && run.stderr.contains("mine.toml:1:"), "{run}");
}

#[test]
fn stats_count_dev_alone_unless_revealed() {
    let sandbox = project();
    let run = sandbox.run("rules stats --format csv");
    assert_eq!(run.status, 0, "{run}");
    let row = |run: &common::Run| {
        run.stdout.lines().find(|line| line.starts_with("stance.status.ask,")).unwrap().to_owned()
    };
    let cells: Vec<_> = row(&run).split(',').map(str::to_owned).collect();
    assert_eq!((cells[3].as_str(), cells[6].as_str(), cells[9].as_str()), ("2", "1", "1"), "{run}");
    let all = sandbox.run("rules stats --format csv --reveal");
    assert_ne!(row(&run), row(&all));
    let table = sandbox.run("rules stats");
    assert!(table.stdout.contains("On 1 document."), "{table}");
    let json: serde_json::Value =
        serde_json::from_str(&sandbox.run("rules stats --format json").stdout).unwrap();
    assert_eq!((&json["documents"], &json["left_out"]), (&1.into(), &1.into()));
}

#[test]
fn explain_reads_files_and_standard_input() {
    let sandbox = project();
    let run = sandbox.run("explain corpus/elko.txt --at 3");
    assert_eq!(run.status, 0, "{run}");
    insta::assert_snapshot!(run.stdout);
    let run = sandbox.feed("explain - --format json", TEXT.as_bytes());
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(json["sentences"][0]["stances"][0]["position"], "against");
    let silent = json["sentences"][1]["silent"].as_array().unwrap();
    let asked = |match_: &serde_json::Value| match_["because"].as_str().unwrap().contains("question");
    assert!(silent.iter().any(asked), "{silent:?}");
}

#[test]
fn explain_refuses_what_it_cannot_read() {
    let sandbox = project();
    for (args, input, says) in [
        ("explain nowhere.txt", &b""[..], "nowhere.txt"),
        ("explain corpus/elko.txt --at 100000", b"", "there is no character 100000"),
        ("explain -", b"\xff\xfe", "UTF-8"),
    ] {
        let run = sandbox.feed(args, input);
        assert!(run.status == 2 && run.stdout.is_empty() && run.stderr.contains(says), "{args}: {run}");
    }
}

#[test]
fn the_chain_reaches_one_where_gold_is_given() {
    let sandbox = project();
    let run = sandbox.run("eval --chain");
    assert_eq!(run.status, 0, "{run}");
    insta::assert_snapshot!(run.stdout);
    let csv = sandbox.run("eval --chain --format csv --split dev");
    assert!(csv.stdout.contains("dev,mention.strict,0.6667,0.6667,1.0000"), "{csv}");
}

#[test]
fn the_accuracy_page_is_written_whole_and_names_no_document() {
    let sandbox = project();
    let run = sandbox.run("eval --accuracy-page ACCURACY.md");
    assert_eq!(run.status, 0, "{run}");
    let page = sandbox.read("ACCURACY.md");
    assert!(
        page.starts_with("# Accuracy\n") && page.contains("| `stance.status.ask` | 1 | 1 | 1.000 |"),
        "{page}"
    );
    assert!(!page.contains("humboldt"), "{page}");
    let run = sandbox.run("eval --accuracy-page nowhere/ACCURACY.md");
    assert_eq!(run.status, 2, "{run}");
}
