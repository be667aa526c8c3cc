//! `agree`: what annotators agree on, and what becomes of files they cannot be compared by.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use common::{Gold, Run, Sandbox};

const HARBOR: &str = "Harbor police do not ask about status, and honor no detainers.\nThe department follows SB 54. \
                      HPD helps nobody under § 1373.";
const INQUIRY: &str = "Harbor police do not ask about status";

fn harbor(mentions: &[(&str, &str)]) -> Gold<'static> {
    Gold::new("harbor", HARBOR).agency("harbor-pd", "police", mentions)
}

fn first() -> Gold<'static> {
    harbor(&[("Harbor police", "name"), ("department", "nominal"), ("HPD", "acronym")])
        .stance("harbor-pd", "status_inquiry", "against", INQUIRY)
        .stance("harbor-pd", "detainers", "against", "honor no detainers")
        .citation("bill", "/us-ca/bill/sb/54", "SB 54")
        .citation("statute", "/us/usc/t8/s1373", "§ 1373")
}

fn second() -> Gold<'static> {
    harbor(&[("Harbor police", "name"), ("The department", "nominal")])
        .stance("harbor-pd", "status_inquiry", "conditional", INQUIRY)
        .stance("harbor-pd", "enforcement", "against", "honor no detainers")
        .citation("named_act", "/us-ca/bill/sb/54", "SB 54")
        .citation("statute", "/us/usc/t8/s1373", "§ 1373")
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox
        .write("ann/harbor.json", first().json())
        .write("ben/harbor.json", second().json())
        .write("texts/harbor.txt", HARBOR);
    sandbox
}

fn json(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
}

#[test]
fn the_report_of_two() {
    let run = sandbox().run("agree ann ben --text texts --disagreements --gamma");
    assert_eq!(run.status, 0, "{run}");
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn the_report_in_a_pull_request() {
    insta::assert_snapshot!(sandbox().run("agree ann ben --text texts --format markdown").stdout);
}

#[test]
fn the_report_of_three() {
    let sandbox = sandbox();
    sandbox.write("cat/harbor.json", first().json()).write("cat/alone.json", Gold::new("alone", "").json());
    let run = sandbox.run("agree ann ben cat");
    assert_eq!(run.status, 0, "{run}");
    insta::assert_snapshot!(run.stdout);
    let json = json(&sandbox.run("agree ann ben cat --format json"));
    let pairs = json["groups"][0]["pairs"].as_array().unwrap();
    let f1 = |at: usize| pairs[at]["measures"]["mention.strict"]["f1"].as_f64().unwrap();
    assert_eq!((pairs.len(), f1(0) < 1.0, f1(1)), (3, true, 1.0));
}

#[test]
fn csv_has_a_row_for_each_figure_or_disagreement() {
    let sandbox = sandbox();
    let figures = sandbox.run("agree ann ben --format csv").stdout;
    assert!(
        figures.starts_with("group,figure,label,coefficient,first,second,value,low,high,units,undefined\n")
    );
    assert!(figures.contains("all,mention.form,,alpha,,,1.0,"), "{figures}");
    insta::assert_snapshot!(sandbox.run("agree ann ben --text texts --format csv --disagreements").stdout);
}

#[test]
fn the_order_of_annotators_does_not_matter() {
    let sandbox = sandbox();
    let (one, other) = (
        json(&sandbox.run("agree ann ben --format json")),
        json(&sandbox.run("agree ben ann --format json")),
    );
    for (a, b) in one["groups"][0]["coefficients"]
        .as_array()
        .unwrap()
        .iter()
        .zip(other["groups"][0]["coefficients"].as_array().unwrap())
    {
        for key in ["subject", "label", "units", "observed", "kappa", "fleiss", "alpha", "unitizing"] {
            assert_eq!(a[key], b[key], "{key}");
        }
    }
    let f1 =
        |json: &serde_json::Value| json["groups"][0]["pairs"][0]["measures"]["stance.tuple"]["f1"].clone();
    assert_eq!(f1(&one), f1(&other));
}

#[test]
fn full_agreement_on_one_label_is_explained() {
    let sandbox = Sandbox::new();
    let gold = harbor(&[("Harbor police", "name"), ("HPD", "name")]).json();
    sandbox.write("ann/harbor.json", &gold).write("ben/harbor.json", &gold);
    let run = sandbox.run("agree ann ben --gamma");
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stdout.contains("one_label: only one label is in use"), "{run}");
    assert!(run.stdout.contains("no_units: there is no unit"), "{run}");
    assert!(!run.stdout.contains("NaN") && !run.stdout.contains("inf"), "{run}");
}

#[test]
fn an_annotator_without_records_is_no_crash() {
    let sandbox = sandbox();
    sandbox.write("dan/harbor.json", Gold::new("harbor", HARBOR).json());
    let run = sandbox.run("agree ann dan --gamma --disagreements");
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stdout.contains("one_annotator"), "{run}");
    assert!(
        run.stdout.contains("mention one_side: ann: name harbor-pd \"Harbor police\" 0–13; dan: nothing"),
        "{run}"
    );
}

#[test]
fn withheld_quotes_are_never_printed() {
    let sandbox = Sandbox::new();
    let mut set = Gold::new("harbor", HARBOR);
    set.meta =
        format!("  \"meta\": {{ \"text_sha256\": \"{}\", \"quotes\": \"withheld\" }},\n", "0".repeat(64));
    sandbox.write("ben/harbor.json", set.json());
    sandbox.write("ann/harbor.json", set.citation("bill", "/us-ca/bill/sb/54", "SB 54").json());
    for format in ["table", "json", "csv", "markdown"] {
        let run = sandbox.run(&format!("agree ann ben --disagreements --format {format}"));
        assert!(run.stdout.contains("one_side"), "{run}");
        assert!(!run.stdout.contains("SB 54"), "{run}");
    }
}

#[test]
fn other_splits_are_counted_and_not_named() {
    let sandbox = sandbox();
    let head = "document,title,genre,date,state,fictional,split,source,sha256";
    sandbox.write("texts/manifest.csv", format!("{head}\nharbor,,,,,,validation,,\n"));
    let run = sandbox.run("agree ann ben --corpus texts --disagreements");
    assert!(run.stdout.contains("Counted and not named (--reveal names them): 1 of validation."), "{run}");
    assert!(!run.stdout.contains("Harbor police"), "{run}");
    assert!(run.stdout.contains("one_side"), "totals stay: {run}");
    let run = sandbox.run("agree ann ben --corpus texts --disagreements --reveal");
    assert!(run.stdout.contains("Harbor police"), "{run}");
}

#[test]
fn faults_are_named_and_make_the_exit_status() {
    let sandbox = sandbox();
    assert_eq!(sandbox.run("agree ann").status, 2);
    let run = sandbox.run("agree ann nowhere");
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("nowhere"), "{run}");
    sandbox.write("ann/broken.json", "{").write("ben/broken.json", "{}");
    let run = sandbox.run("agree ann ben");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stdout.contains("Skipped broken: its annotation file has errors."), "{run}");
    sandbox.write("eve/other.json", Gold::new("other", "").json());
    let run = sandbox.run("agree ben eve");
    assert_eq!(run.status, 1, "{run}");
    assert!(run.stderr.contains("no document was annotated by two"), "{run}");
}

#[test]
fn a_seed_decides_and_threads_do_not() {
    let sandbox = sandbox();
    let gamma = |args: &str| {
        json(&sandbox.run(&format!("agree ann ben --gamma --format json {args}")))["groups"].clone()
    };
    assert_eq!(gamma("--jobs 1"), gamma("--jobs 2"));
    assert_ne!(gamma("--seed 7"), gamma("--seed 8"));
}
