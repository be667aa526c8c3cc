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
