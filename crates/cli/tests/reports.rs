//! `eval` and `score` on a small project.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use common::{Gold, Run, Sandbox};

const HARBOR: &str =
    "Harbor police do not ask about status.\nThe department follows SB 54. HPD helps nobody.";
const RIDGE: &str = "Ridge deputies hold nobody 👮 for ICE.\r\nThe sheriff's office follows 8 U.S.C. § 1373.";
const QUIET: &str = "Quiet police ask about status, say Quiet officers. SB 4 is the law.";
const HIDDEN: &str = "Secret police follow SB 9.";

fn harbor(form: &str, position: &str) -> Gold<'static> {
    Gold::new("harbor", HARBOR)
        .agency("harbor-pd", "police", &[("Harbor police", "name"), ("department", form), ("HPD", "acronym")])
        .stance("harbor-pd", "status_inquiry", position, "Harbor police do not ask about status")
}

fn ridge() -> Gold<'static> {
    Gold::new("ridge", RIDGE).agency("ridge-so", "sheriff", &[("sheriff's office", "nominal")])
}

fn quiet() -> Gold<'static> {
    Gold::new("quiet", QUIET).agency("quiet-pd", "police", &[("Quiet police", "name")])
}

fn hidden() -> Gold<'static> {
    let mut gold = Gold::new("hidden", HIDDEN);
    gold.meta =
        "  \"meta\": { \"text_sha256\": \"HASH\", \"quotes\": \"withheld\" },\n".replace("HASH", HASH);
    gold.agency("secret-pd", "police", &[("Secret police", "name")]).citation(
        "bill",
        "/us-ca/bill/sb/9",
        "SB 9",
    )
}

/// SHA-256 of `HIDDEN`.
const HASH: &str = "2acffc942d157a0d6df4fc6d98ce1573e513c5303454e3a2c42c624b4bc28854";

/// A project of four documents, of which one is withheld and one is for validation, with predictions.
fn project() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write(
        "corpus/manifest.csv",
        format!("document,split,sha256\nharbor,dev,\nridge,dev,\nquiet,validation,\nhidden,dev,{HASH}\n"),
    );
    sandbox
        .write("corpus/harbor.txt", HARBOR)
        .write("corpus/ridge.txt", RIDGE)
        .write("corpus/quiet.txt", QUIET);
    sandbox.write("texts/hidden.txt", HIDDEN);
    let bill = |gold: Gold<'static>| gold.citation("bill", "/us-ca/bill/sb/54", "SB 54");
    let section = |quote| ridge().citation("statute", "/us/usc/t8/s1373", quote);
    for (folder, form, position, quote) in [
        ("annotations/gold", "nominal", "against", "8 U.S.C. § 1373"),
        ("annotations/annotator-a", "nominal", "against", "8 U.S.C. § 1373"),
        ("annotations/annotator-b", "name", "against", "U.S.C. § 1373"),
        ("found", "name", "favor", "1373"),
    ] {
        sandbox.write(&format!("{folder}/harbor.json"), bill(harbor(form, position)).json());
        sandbox.write(&format!("{folder}/ridge.json"), section(quote).json());
        sandbox.write(
            &format!("{folder}/quiet.json"),
            quiet().citation("bill", "/us-tx/bill/sb/4", "SB 4").json(),
        );
    }
    sandbox.write("annotations/gold/hidden.json", hidden().json());
    sandbox
        .write("found/quiet.json", quiet().agency("other", "police", &[("Quiet officers", "name")]).json());
    sandbox
}

fn score(sandbox: &Sandbox, more: &str) -> Run {
    let run = sandbox.run(&format!("score --gold annotations/gold --pred found {more}"));
    assert_eq!(run.status, 0, "{run}");
    run
}

#[test]
fn the_hash_is_that_of_the_withheld_text() {
    let sandbox = project();
    let run = sandbox.run("check annotations/gold --text texts");
    assert_eq!(run.status, 0, "{run}");
}

#[test]
fn score_prints_a_table() {
    insta::assert_snapshot!(score(&project(), "").to_string());
}

#[test]
fn score_prints_markdown() {
    insta::assert_snapshot!(score(&project(), "--format markdown").stdout);
}

#[test]
fn score_prints_json_with_stable_keys() {
    let json: serde_json::Value = serde_json::from_str(&score(&project(), "--format json").stdout).unwrap();
    let strict = &json["measures"]["mention.strict"];
    assert_eq!((&strict["tp"], &strict["gold"], &strict["pred"]), (&5.into(), &5.into(), &6.into()));
    assert_eq!(strict["recall"], 1.0);
    for name in [
        "mention.strict",
        "mention.overlap",
        "mention.b3",
        "entity.found",
        "entity.kind_jurisdiction",
        "stance.tuple",
        "stance.evidence",
        "stance.evidence_tuple",
        "citation.strict",
        "citation.strict_kind",
        "citation.overlap",
    ] {
        for key in ["precision", "recall", "f1", "tp", "gold", "pred"] {
            assert!(!json["measures"][name].get(key).unwrap().is_null(), "{name}.{key}");
        }
    }
    for name in ["form", "kind", "jurisdiction", "attribution", "canonical"] {
        assert!(
            json["accuracy"][name].get("value").is_some() && json["accuracy"][name]["n"].is_u64(),
            "{name}"
        );
    }
    // Nothing was matched whose attribution could be judged.
    assert!(json["accuracy"]["attribution"]["value"].is_null());
    assert_eq!(json["groups"][0]["name"], "dev");
    assert_eq!(json["groups"][1]["agreement"]["measures"]["mention.strict"]["f1"], 1.0);
    let named: Vec<_> = json["documents"].as_array().unwrap().iter().map(|d| &d["document"]).collect();
    assert_eq!(named, ["harbor", "ridge"]);
    assert_eq!(json["unnamed"]["validation"], 1);
    assert_eq!(json["skipped"][0]["document"], "hidden");
    assert!(json.get("errors").is_none());
}

#[test]
fn score_prints_csv() {
    insta::assert_snapshot!(score(&project(), "--format csv").stdout);
    insta::assert_snapshot!("mistakes_csv", score(&project(), "--format csv --errors").stdout);
}

#[test]
fn errors_have_places_and_only_open_documents_are_named() {
    let sandbox = project();
    let run = score(&sandbox, "--errors");
    assert!(!run.stdout.contains("quiet"), "{run}");
    insta::assert_snapshot!(run.stdout.split("\n\n").find(|part| part.contains("wrong_position")).unwrap());
    let revealed = score(&sandbox, "--errors --reveal");
    assert!(
        revealed.stdout.contains("corpus/quiet.txt:1:36: mention.strict spurious: found name"),
        "{revealed}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&score(&sandbox, "--errors --format json").stdout).unwrap();
    let errors = json["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 2);
    let missed = errors.iter().find(|error| error["layer"] == "citation.strict_kind").unwrap();
    assert_eq!(
        (&missed["line"], &missed["column"], &missed["error"]),
        (&2.into(), &30.into(), &"boundary".into())
    );
    assert_eq!(missed["gold"]["text"], "8 U.S.C. § 1373");
}

#[test]
fn quotes_of_withheld_texts_are_not_shown() {
    let sandbox = project();
    sandbox.write("found/hidden.json", Gold::new("hidden", HIDDEN).json());
    for more in ["", "--text texts"] {
        let run = score(&sandbox, &format!("--errors {more}"));
        assert!(run.stdout.contains("mention.strict missed: gold name\n"), "{run}");
        assert!(!run.stdout.contains("Secret"), "{run}");
    }
    let run = score(&sandbox, "--text texts --errors");
    assert!(run.stdout.contains("texts/hidden.txt:1:22: citation.strict_kind missed: gold bill\n"), "{run}");
    assert!(run.stdout.contains("withheld 1"), "{run}");
}

#[test]
fn blind_and_assisted_documents_are_reported_apart() {
    let sandbox = project();
    let baseline = "--baseline before.json --fail-on-drop";
    let run = sandbox.run("eval --write-baseline before.json");
    assert_eq!(run.status, 0, "{run}");
    for (name, assisted) in [("harbor", false), ("ridge", true)] {
        let path = format!("annotations/gold/{name}.json");
        let head = format!("\"meta\": {{ \"assisted\": {assisted} }},\n  \"document\"");
        let marked = sandbox.read(&path).replacen("\"document\"", &head, 1);
        sandbox.write(&path, marked);
    }
    let run = score(&sandbox, "");
    assert!(run.stdout.contains("blind 1") && run.stdout.contains("assisted 1"), "{run}");
    let json: serde_json::Value = serde_json::from_str(&score(&sandbox, "--format json").stdout).unwrap();
    let names: Vec<_> = json["groups"].as_array().unwrap().iter().map(|group| &group["name"]).collect();
    assert_eq!(names, ["dev", "validation", "blind", "assisted", "all"]);
    let one = score(&sandbox, "--format csv").stdout;
    assert!(one.lines().any(|line| line.contains("blind")), "{one}");
    // Marking gold is no change of accuracy.
    let held = sandbox.run(&format!("eval {baseline}"));
    assert_eq!(held.status, 0, "{held}");
    assert!(!sandbox.read("before.json").contains("assisted"));
}

#[test]
fn files_without_counterpart_are_skipped_aloud() {
    let sandbox = project();
    std::fs::rename(sandbox.path("found/ridge.json"), sandbox.path("ridge.json")).unwrap();
    let stray = sandbox.read("found/harbor.json").replace("\"harbor\"", "\"stray\"");
    sandbox.write("corpus/stray.txt", HARBOR).write("found/stray.json", stray);
    let run = sandbox.run("score --gold annotations/gold --pred found");
    let tail: Vec<_> = run.stdout.lines().filter(|line| line.starts_with("Skipped")).collect();
    insta::assert_snapshot!(tail.join("\n"));
}

#[test]
fn score_works_without_texts_and_without_a_project() {
    let sandbox = project();
    std::fs::rename(sandbox.path("annotations/gold"), sandbox.path("gold")).unwrap();
    std::fs::remove_dir_all(sandbox.path("corpus")).unwrap();
    let run = sandbox.run("score --gold gold --pred found --errors");
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stdout.contains("gold/quiet.json at 35: mention.strict spurious"), "{run}");
    assert!(!run.stdout.contains("annotators"), "{run}");
}

#[test]
fn eval_finds_the_project_from_any_folder_of_it() {
    let sandbox = project();
    let top = sandbox.run("eval");
    assert_eq!(top.status, 0, "{top}");
    let below = sandbox.command("eval").current_dir(sandbox.path("corpus")).output().unwrap();
    assert_eq!(String::from_utf8(below.stdout).unwrap(), top.stdout);
    assert!(
        top.stdout.contains("Skipped hidden: its text is not shipped; attach it with --text DIR."),
        "{top}"
    );
    assert!(top.stdout.contains("Counted and not named (--reveal names them): 1 of validation."), "{top}");
    assert!(top.stdout.contains("dev 2") && !top.stdout.contains("quiet"), "{top}");
    let attached = sandbox.run("eval --text texts");
    assert_eq!(attached.status, 0, "{attached}");
    assert!(attached.stdout.contains("dev 3") && attached.stdout.contains("withheld 1"), "{attached}");
    assert!(sandbox.run("eval --reveal").stdout.contains("\nquiet "));
    let errors =
        sandbox.command("eval --errors").current_dir(sandbox.path("annotations/gold")).output().unwrap();
    let errors = String::from_utf8(errors.stdout).unwrap();
    assert!(!errors.contains("quiet"), "{errors}");
}

#[test]
fn eval_of_one_split_is_a_table_of_one_group() {
    let sandbox = project();
    let run = sandbox.run("eval --split validation");
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stdout.starts_with("figure  ") && run.stdout.contains("sums over 1 document."), "{run}");
    assert!(!run.stdout.contains("dev") && !run.stdout.contains("quiet"), "{run}");
    let errors = sandbox.run("eval --split validation --errors");
    assert_eq!(errors.stdout, run.stdout, "nothing is said of mistakes that may not be listed");
    let run = sandbox.run("eval --split test");
    insta::assert_snapshot!(run.to_string());
}

#[test]
fn eval_needs_no_manifest() {
    let sandbox = Sandbox::new();
    sandbox.write("t/a.txt", "Nothing to see here.").write("t/b.txt", "Nor here.").write("t/c.txt", "");
    sandbox.write("g/a.json", Gold::new("a", "").json()).write("g/b.json", Gold::new("b", "").json());
    let run = sandbox.run("eval --corpus t --gold g");
    assert_eq!(run.status, 0, "{run}");
    insta::assert_snapshot!(run.to_string());
    // Where nothing else is named, --text is the corpus.
    assert_eq!(sandbox.run("eval --text t --gold g").stdout, run.stdout);
}

#[test]
fn eval_does_not_depend_on_threads() {
    let sandbox = project();
    let formats = ["table", "json", "csv", "markdown"];
    for format in formats {
        let run =
            |jobs| sandbox.run(&format!("eval --errors --reveal --format {format} --jobs {jobs}")).stdout;
        assert_eq!(run(1), run(3));
    }
}

#[test]
fn the_baseline_names_every_figure_that_fell() {
    let sandbox = project();
    assert_eq!(sandbox.run("eval --write-baseline annotations/baseline.json").status, 0);
    let held = sandbox.run("eval --baseline annotations/baseline.json");
    assert_eq!((held.status, held.stderr.as_str()), (0, "No figure is below the baseline.\n"), "{held}");
    // Documents that are not shipped are not part of it.
    assert_eq!(sandbox.run("eval --baseline annotations/baseline.json --text texts").status, 0);
    assert_eq!(sandbox.run("eval --baseline annotations/baseline.json --split dev").status, 0);
    // Nor is it taken for gold.
    assert_eq!(sandbox.run("check annotations").status, 0);

    let mut baseline: serde_json::Value =
        serde_json::from_str(&sandbox.read("annotations/baseline.json")).unwrap();
    let figures = &mut baseline["groups"]["dev"];
    assert_eq!(figures["documents"], 2);
    figures["f1"]["stance.tuple"] = 1.0001.into();
    figures["accuracy"]["attribution"] = 1.0001.into();
    baseline["groups"]["validation"]["documents"] = 7.into();
    sandbox.write("higher.json", baseline.to_string());
    let shown = sandbox.run("eval --baseline higher.json --quiet");
    assert_eq!((shown.status, shown.stderr.as_str()), (0, ""), "{shown}");
    assert!(shown.stdout.contains("Against the baseline: 3 fell, 0 rose"), "{shown}");
    let fallen = sandbox.run("eval --baseline higher.json --fail-on-drop --quiet");
    assert_eq!(fallen.status, 1, "{fallen}");
    let lines: Vec<_> = fallen.stderr.lines().collect();
    assert_eq!(lines.len(), 3, "{fallen}");
    assert!(lines[0].starts_with("error: stance.tuple on dev fell from 1.0001 to "), "{fallen}");
    assert!(lines[1].starts_with("error: attribution on dev fell from 1.0001 to "), "{fallen}");
    assert_eq!(lines[2], "error: validation has 1 document, the baseline 7: they cannot be compared");
    assert_eq!(sandbox.run("eval --fail-on-drop").status, 2, "there is nothing to hold the figures to");
    let broken = sandbox.write("broken.json", "{}").run("eval --baseline broken.json");
    assert_eq!((broken.status, broken.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(broken.stderr);
}
