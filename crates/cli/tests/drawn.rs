//! Pages and plots as files.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use common::{Gold, Sandbox};

const HARBOR: &str = "Harbor police do not ask about status. </script> The department follows SB 54.";
const HIDDEN: &str = "Secret police follow SB 9.";
const QUIET: &str = "Quiet police ask about status.";

/// SHA-256 of `HIDDEN`.
const HASH: &str = "2acffc942d157a0d6df4fc6d98ce1573e513c5303454e3a2c42c624b4bc28854";

/// A document of each sort, in gold and twice as predicted.
fn project() -> Sandbox {
    let sandbox = Sandbox::new();
    let rows = format!("document,split,sha256\nharbor,dev,\nquiet,validation,\nhidden,dev,{HASH}\n");
    sandbox.write("corpus/manifest.csv", rows).write("corpus/harbor.txt", HARBOR);
    sandbox.write("corpus/quiet.txt", QUIET).write("texts/hidden.txt", HIDDEN);
    for (folder, position) in
        [("annotations/gold", "against"), ("a", "against"), ("b", "favor"), ("c", "conditional")]
    {
        let harbor = Gold::new("harbor", HARBOR)
            .agency("harbor-pd", "police", &[("Harbor police", "name"), ("department", "nominal")])
            .stance("harbor-pd", "status_inquiry", position, "Harbor police do not ask about status");
        let quiet = Gold::new("quiet", QUIET).agency("quiet-pd", "police", &[("Quiet police", "name")]);
        // The file itself says nothing of being withheld: that the corpus does not hold the text is enough.
        let hidden = Gold::new("hidden", HIDDEN).agency("secret-pd", "police", &[("Secret police", "name")]);
        for (name, gold) in [("harbor", harbor), ("quiet", quiet), ("hidden", hidden)] {
            sandbox.write(&format!("{folder}/{name}.json"), gold.json());
        }
    }
    sandbox
}

const SCORE: &str = "score --gold annotations/gold --pred b --text texts";
const COMPARE: &str = "compare b c --gold annotations/gold --text texts";
const AGREE: &str = "agree a b c --corpus corpus --text texts";

#[test]
fn every_command_writes_its_page_whole() {
    let sandbox = project();
    for command in [SCORE, COMPARE, AGREE, "eval --text texts", "eval --text texts --chain"] {
        let run = sandbox.run(&format!("{command} --format html -o report.html"));
        assert_eq!(run.status, 0, "{run}");
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains("Wrote report.html."), "{run}");
        let page = sandbox.read("report.html");
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"), "{command}");
        assert!(page.contains(r"do not ask about status. \u003c/script\u003e The department"), "{command}");
        assert_eq!(page.contains("id=\"losses\""), command.contains("--chain"), "{command}");
        let again = sandbox.run(&format!("{command} --format html"));
        assert_eq!(again.stdout, page, "{command}");
    }
    assert!(!sandbox.list("").iter().any(|name| name.contains("tmp")), "nothing is left beside it");
}

#[test]
fn texts_that_may_not_be_shipped_or_looked_at_are_left_out_unless_asked_for() {
    let sandbox = project();
    for command in [SCORE, COMPARE, AGREE, "eval --text texts"] {
        let page = |more: &str| sandbox.run(&format!("{command} --format html {more}")).stdout;
        let plain = page("");
        assert!(plain.contains("\"name\":\"hidden\""), "{command}");
        for secret in ["Secret", "secret-pd", "Quiet"] {
            assert!(!plain.contains(secret), "{command}: {secret}");
        }
        assert!(page("--include-withheld").contains("Secret police follow SB 9."), "{command}");
        let revealed = page("--reveal");
        assert!(revealed.contains(QUIET) && !revealed.contains("Secret"), "{command}");
    }
}

#[test]
fn plots_are_drawn_beside_the_report() {
    let sandbox = project();
    let plots = "--plot f1.svg --plot-confusion all.svg --plot-confusion position=position.svg";
    for command in [SCORE, AGREE, "eval"] {
        let run = sandbox.run(&format!("{command} {plots}"));
        assert_eq!(run.status, 0, "{run}");
        assert!(run.stdout.contains("mention.strict"), "the table is printed all the same: {run}");
        for (file, word) in [
            ("f1.svg", "stance.tuple"),
            ("all.svg", "Form of mentions"),
            ("position.svg", "Position of stances"),
        ] {
            let drawing = sandbox.read(file);
            assert!(
                drawing.starts_with("<?xml") && drawing.trim_end().ends_with("</svg>"),
                "{command} {file}"
            );
            assert!(drawing.contains(word), "{command} {file}");
            assert!(drawing.contains("prefers-color-scheme: dark"), "{command} {file}");
        }
        assert!(!sandbox.read("position.svg").contains("Form of mentions"), "{command}");
    }
}

#[test]
fn a_wrong_name_is_refused_before_any_work() {
    let sandbox = project();
    for (args, said) in [
        ("--plot f1.png", "name a .svg file"),
        (
            "--plot-confusion holder=f.svg",
            "there are form, kind, position, topic, attribution, citation-kind",
        ),
        ("--plot-confusion topic=f.txt", "name a .svg file"),
    ] {
        let run = sandbox.run(&format!("{SCORE} {args}"));
        assert_eq!(run.status, 2, "{run}");
        assert!(run.stderr.contains(said), "{run}");
    }
    let run = sandbox.run(&format!("{SCORE} --format html -o missing/report.html"));
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("cannot write missing/report.html"), "{run}");
    let run = sandbox.run(&format!("{SCORE} -o report.txt"));
    assert_eq!(run.status, 0, "{run}");
    assert!(sandbox.read("report.txt").contains("mention.strict"), "any format goes to a file");
}
