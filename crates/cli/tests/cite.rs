//! `cite`: the citations of one text, gathered and linked.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use common::Sandbox;

const MEMO: &str = "The Spokane Police Department follows SB 5497, the Keep Washington Working Act (RCW 10.93.160).\n\
    See Galarza v. Szalczyk, 745 F.3d 634, 640 (3d Cir. 2014) (Pa. law). A 287(g) agreement is something else:\n\
    8 U.S.C. § 1357(g)(1) & H.R. 29, 119th Cong. (2025) 👮 [sic]. Galarza, 745 F.3d at 641; Id. at 642.\n";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("memo.txt", MEMO);
    sandbox
}

#[test]
fn one_citation_a_line() {
    insta::assert_snapshot!(sandbox().run("cite memo.txt").to_string());
}

#[test]
fn json_has_fields_and_pages() {
    let run = sandbox().run("cite memo.txt --format json");
    assert_eq!(run.status, 0, "{run}");
    let chars: Vec<char> = MEMO.chars().collect();
    for line in run.stdout.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        let fields = value["fields"].as_array().unwrap();
        assert!(!fields.is_empty(), "{line}");
        for part in fields.iter().chain([&value]) {
            let at = |key: &str| usize::try_from(part[key].as_u64().unwrap()).unwrap();
            assert_eq!(chars[at("start")..at("end")].iter().collect::<String>(), part["text"]);
        }
    }
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn csv_has_a_row_each() {
    insta::assert_snapshot!(sandbox().run("cite memo.txt --format csv").stdout);
}

#[test]
fn authorities_gather_their_citations() {
    let sandbox = sandbox();
    insta::assert_snapshot!(sandbox.run("cite memo.txt --resolve").to_string());
    insta::assert_snapshot!("authorities_json", sandbox.run("cite memo.txt --resolve --format json").stdout);
    insta::assert_snapshot!("authorities_csv", sandbox.run("cite memo.txt --resolve --format csv").stdout);
}

#[test]
fn annotated_text_is_the_text_with_links() {
    let sandbox = sandbox();
    insta::assert_snapshot!("annotate_html", sandbox.run("cite memo.txt --annotate html").to_string());
    insta::assert_snapshot!(
        "annotate_markdown",
        sandbox.run("cite memo.txt --annotate markdown").to_string()
    );
    let plain = "Nothing is cited here.\r\n";
    for markup in ["html", "markdown"] {
        let run = sandbox.feed(&format!("cite - --annotate {markup}"), plain.as_bytes());
        assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, plain, ""));
    }
}

#[test]
fn standard_input_is_read_as_a_file_is() {
    let sandbox = sandbox();
    let (file, stdin) = (sandbox.run("cite memo.txt"), sandbox.feed("cite -", MEMO.as_bytes()));
    assert_eq!((file.status, &file.stdout), (stdin.status, &stdin.stdout));
    let empty = sandbox.feed("cite -", b"");
    assert_eq!((empty.status, empty.stdout.as_str(), empty.stderr.as_str()), (0, "", "0 citations.\n"));
    assert_eq!(sandbox.feed("cite - --quiet", b"").stderr, "");
}

#[test]
fn ids_are_those_of_extract() {
    let sandbox = sandbox();
    let set: serde_json::Value = serde_json::from_str(&sandbox.run("extract memo.txt").stdout).unwrap();
    let cited = sandbox.run("cite memo.txt --format json").stdout;
    let cited: Vec<serde_json::Value> =
        cited.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let key = |value: &serde_json::Value| {
        ["start", "end", "kind", "canonical"].map(|key| value.get(key).cloned().unwrap_or_default())
    };
    let extracted: Vec<_> = set["citations"].as_array().unwrap().iter().map(key).collect();
    assert_eq!(extracted, cited.iter().map(key).collect::<Vec<_>>());
}

#[test]
fn extract_adds_pages_where_asked() {
    let sandbox = sandbox();
    assert!(!sandbox.run("extract memo.txt").stdout.contains("\"url\""));
    let run = sandbox.run("extract memo.txt --links");
    assert_eq!(run.status, 0, "{run}");
    let set: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let urls: Vec<_> =
        set["citations"].as_array().unwrap().iter().filter_map(|c| c["url"].as_str()).collect();
    insta::assert_snapshot!(urls.join("\n"));
    let csv = sandbox.run("extract memo.txt --links --format csv").stdout;
    assert!(
        csv.starts_with("document,")
            && csv.contains(",https://app.leg.wa.gov/RCW/default.aspx?cite=10.93.160")
    );
}

#[test]
fn bad_input_is_named() {
    let sandbox = sandbox();
    sandbox.write("latin.txt", b"caf\xe9 SB 54").write("folder/a.txt", "SB 54");
    for (name, args) in [
        ("missing", "cite none.txt"),
        ("folder", "cite folder"),
        ("latin", "cite latin.txt"),
        ("both", "cite memo.txt --annotate html --format json"),
        ("markup", "cite memo.txt --annotate rtf"),
    ] {
        let run = sandbox.run(args);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run}");
        insta::assert_snapshot!(format!("bad_{name}"), run.to_string());
    }
    let run = sandbox.feed("cite -", b"\xff");
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("not UTF-8"), "{run}");
}
