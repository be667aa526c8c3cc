//! `compare`, `verify`, limits, ledgers and other tools' counts.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use common::{Gold, Sandbox};

const HARBOR: &str =
    "Harbor police do not ask about status.\nThe department follows SB 54. HPD helps nobody.";

fn harbor(position: &str, last: &str) -> Gold<'static> {
    Gold::new("harbor", HARBOR)
        .agency(
            "harbor-pd",
            "police",
            &[("Harbor police", "name"), ("department", "nominal"), (last, "acronym")],
        )
        .stance("harbor-pd", "status_inquiry", position, "Harbor police do not ask about status")
        .citation("bill", "/us-ca/bill/sb/54", "SB 54")
}

/// Gold, and two systems of which the second is better at stances and worse at mentions.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write("gold/harbor.json", harbor("against", "HPD").json())
        .write("old/harbor.json", harbor("favor", "HPD").json())
        .write("new/harbor.json", harbor("against", "HPD helps").json());
    sandbox
}

#[test]
fn compare_says_what_was_gained_and_lost() {
    let run = sandbox().run("compare old new --gold gold --records");
    assert_eq!(run.status, 0, "{run}");
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn compare_reads_well_in_a_pull_request() {
    insta::assert_snapshot!(sandbox().run("compare old new --gold gold --format markdown").stdout);
}

#[test]
fn identical_systems_do_not_differ() {
    let run = sandbox().run("compare old old --gold gold --format json --fail-on-drop");
    assert_eq!(run.status, 0, "{run}");
    let json: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    for figure in json["figures"].as_array().unwrap() {
        assert_eq!((&figure["p"], &figure["difference"]), (&1.0.into(), &0.0.into()), "{figure}");
    }
    assert!(json["rules"].as_array().unwrap().is_empty());
}

#[test]
fn compare_fails_on_a_drop_and_names_it() {
    let run = sandbox().run("compare old new --gold gold --fail-on-drop");
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("mention.strict fell from 1.0000 to 0.6667"), "{run}");
    assert!(!run.stderr.contains("stance.tuple"), "{run}");
}

#[test]
fn compare_takes_rules_and_the_shipped_ones() {
    let sandbox = sandbox();
    sandbox.write("texts/harbor.txt", HARBOR);
    let run = sandbox.run("compare shipped shipped --gold gold --corpus texts");
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stdout.contains("0 figures rose, 0 fell on 1 document"), "{run}");
    let run = sandbox.run("compare shipped none --gold gold --corpus texts");
    assert_eq!(run.status, 2);
}

#[test]
fn verify_accepts_a_report_and_says_what_changed() {
    let sandbox = sandbox();
    let report = sandbox.run("score --gold gold --pred new --format json").stdout;
    sandbox.write("report.json", &report);
    let run = sandbox.run("verify report.json");
    assert_eq!((run.status, run.stdout.contains("report.json holds")), (0, true), "{run}");

    // One character of gold.
    let gold = sandbox.read("gold/harbor.json").replace("/us-ca/bill/sb/54", "/us-ca/bill/sb/53");
    sandbox.write("gold/harbor.json", gold);
    let run = sandbox.run("verify report.json");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stdout.contains("the gold of harbor changed: "), "{run}");
    assert!(run.stdout.contains("accuracy.canonical.value: the report says 1.0, it is 0.0"), "{run}");
    assert!(!run.stdout.contains("prediction of"), "{run}");
}

#[test]
fn verify_rejects_a_figure_that_was_touched_up() {
    let sandbox = sandbox();
    let report = sandbox.run("score --gold gold --pred new --format json").stdout;
    sandbox.write("report.json", report.replacen("0.6666666666666666", "0.7666666666666666", 1));
    let run = sandbox.run("verify report.json");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stdout.contains("measures.mention.strict"), "{run}");
}

#[test]
fn verify_makes_extraction_anew_too() {
    let sandbox = sandbox();
    sandbox.write("texts/harbor.txt", HARBOR);
    let report = sandbox.run("eval --gold gold --corpus texts --format json").stdout;
    sandbox.write("report.json", &report);
    assert_eq!(sandbox.run("verify report.json").status, 0);
    sandbox.write("texts/harbor.txt", HARBOR.replace("SB 54", "AB 54"));
    assert_ne!(sandbox.run("verify report.json").status, 0);
}

#[test]
fn verify_needs_a_report() {
    let sandbox = sandbox();
    sandbox.write("report.json", "{}");
    let run = sandbox.run("verify report.json");
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("no report"), "{run}");
}

#[test]
fn limits_are_held_and_named() {
    let sandbox = sandbox();
    let run = sandbox.run("score --gold gold --pred new --fail-under mention.strict=0.6");
    assert_eq!(run.status, 0, "{run}");
    let run = sandbox.run(
        "score --gold gold --pred new --fail-under mention.strict.recall=0.7 --fail-under stance.tuple=1",
    );
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stderr.contains("mention.strict.recall is 0.6667, below 0.7"), "{run}");
    assert!(!run.stderr.contains("stance.tuple"), "{run}");
    let run = sandbox.run("score --gold gold --pred new --fail-under mentions=0.7");
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("there is no figure `mentions`"), "{run}");
}

#[test]
fn the_ledger_has_a_row_for_every_record() {
    let sandbox = sandbox();
    let run = sandbox.run("score --gold gold --pred new --ledger rows.csv");
    assert_eq!(run.status, 0, "{run}");
    insta::assert_snapshot!(sandbox.read("rows.csv"));
    let run = sandbox.run("score --gold gold --pred new --ledger rows.jsonl");
    assert_eq!(run.status, 0, "{run}");
    // Three mentions, an agency, a stance and a citation, each found.
    assert_eq!(sandbox.read("rows.jsonl").lines().count(), 6);
    assert_eq!(sandbox.run("score --gold gold --pred new --ledger rows.txt").status, 2);
}

#[test]
fn schemes_metrics_and_other_tools() {
    let run = sandbox().run("score --gold gold --pred new --schemes --compat nervaluate");
    assert_eq!(run.status, 0, "{run}");
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn score_is_held_to_a_baseline_too() {
    let sandbox = sandbox();
    sandbox.write("texts/harbor.txt", HARBOR);
    let made = sandbox.run("eval --gold old --corpus texts --write-baseline baseline.json");
    assert_eq!(made.status, 0, "{made}");
    let mut higher: serde_json::Value = serde_json::from_str(&sandbox.read("baseline.json")).unwrap();
    higher["groups"]["all"]["f1"]["mention.strict"] = 1.5.into();
    sandbox.write("higher.json", higher.to_string());
    let run = sandbox.run("score --gold gold --pred new --baseline higher.json --fail-on-drop");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stderr.contains("mention.strict on all fell from 1.5000 to 0.6666"), "{run}");
    let same = sandbox.run("score --gold new --pred new --baseline higher.json --format markdown");
    assert_eq!(same.status, 0, "{same}");
    assert!(same.stdout.contains("Against the baseline: "), "{same}");
}

#[test]
fn conventions_are_named_in_the_signature_and_change_figures() {
    let sandbox = sandbox();
    let twice = sandbox.read("new/harbor.json").replacen("\"citations\": [", "\"citations\": [\n    { \"text\": \"SB 54\", \"start\": 62, \"end\": 67, \"kind\": \"bill\", \"canonical\": \"/us-ca/bill/sb/54\" },", 1);
    sandbox.write("twice/harbor.json", twice);
    let score = |more: &str| {
        let run = sandbox.run(&format!("score --gold gold --pred twice --format json --schemes {more}"));
        assert!(run.status < 2, "{run}");
        serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap()
    };
    let pred = |json: &serde_json::Value| json["measures"]["citation.strict"]["pred"].as_u64().unwrap();
    let plain = score("");
    let dropped = score("--duplicates drop");
    assert_eq!((pred(&plain), pred(&dropped)), (2, 1));
    let signature = |json: &serde_json::Value, key: &str| json["signature"][key].as_str().unwrap().to_owned();
    assert!(signature(&dropped, "policies").contains("duplicates:drop"));
    let other = score(
        "--empty perfect --singletons drop --undefined zero --iou 0.5 --intervals bca --resamples 200 --seed 5",
    );
    assert_eq!(
        signature(&other, "policies"),
        "empty:perfect|duplicates:copy-by-copy|singletons:drop|undefined:zero"
    );
    assert!(signature(&other, "scheme").ends_with("iou:0.5"));
    assert_eq!(signature(&other, "intervals"), "bca,95%,resamples:200,splitmix64,seed:5");
    // The last mention, 3 of 9 characters, falls short of a half.
    let overlap = |json: &serde_json::Value| json["detail"]["layers"][0]["schemes"][4]["micro"]["f1"].clone();
    assert_ne!(overlap(&plain), overlap(&other));
    // And verify makes it anew under the same conventions.
    let run = sandbox.run("score --gold gold --pred twice --format json --duplicates drop --intervals bca");
    sandbox.write("report.json", run.stdout);
    let held = sandbox.run("verify report.json");
    assert!(held.stdout.contains("report.json holds"), "{held}");
    let warned = sandbox.run("score --gold gold --pred twice");
    assert!(warned.stderr.contains("warning[overlap]") && warned.stderr.contains("--duplicates"), "{warned}");
    assert_eq!(sandbox.run("score --gold twice --pred gold").status, 1, "gold may not repeat itself");
    let wrong = sandbox.run("score --gold gold --pred new --duplicates never");
    assert_eq!(wrong.status, 2, "{wrong}");
    assert!(wrong.stderr.contains("there are copy-by-copy, drop, keep"), "{wrong}");
}

#[test]
fn verify_makes_a_comparison_anew() {
    let sandbox = sandbox();
    let report = sandbox.run("compare old new --gold gold --format json").stdout;
    sandbox.write("report.json", &report);
    let run = sandbox.run("verify report.json");
    assert_eq!((run.status, run.stdout.contains("report.json holds")), (0, true), "{run}");
    let new = sandbox.read("new/harbor.json").replace("against", "favor");
    sandbox.write("new/harbor.json", new);
    let run = sandbox.run("verify report.json");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stdout.contains("new: the prediction of harbor changed: "), "{run}");
    assert!(!run.stdout.contains("old: "), "{run}");
    assert!(run.stdout.contains("figures.stance.tuple.new: the report says 1.0, it is 0.0"), "{run}");
}

#[test]
fn a_report_reads_well_in_a_pull_request() {
    let sandbox = sandbox();
    sandbox.write("texts/harbor.txt", HARBOR);
    sandbox.run("eval --gold old --corpus texts --write-baseline baseline.json");
    let run = sandbox.run("score --gold gold --pred new --baseline baseline.json --errors --format markdown");
    insta::assert_snapshot!(run.stdout);
}
