//! The linter on planted faults: it finds each of them and nothing else.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use std::path::Path;

use goldrule_extractor::lint::{Finding, Kind, RuleFile, lint, lint_shipped, rule_files};
use goldrule_schema::Document;

fn planted() -> (String, Vec<Finding>) {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/planted");
    let mut files = rule_files(&dir).unwrap();
    files[0].name = "planted/faults.toml".into();
    let text = std::fs::read_to_string(dir.join("texts.txt")).unwrap();
    let findings = lint(&files, &[Document::new("texts", text)]).unwrap();
    (files.remove(0).source, findings)
}

/// Faults one below the other.
fn listed(faults: &[impl ToString]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Line of each planted fault: the one behind the comment that names its kind.
fn marked(source: &str) -> Vec<(u32, String)> {
    let lines = source.lines().zip(2_u32..);
    let marks = lines.filter_map(|(line, next)| Some((next, line.trim().strip_prefix("# ")?.to_owned())));
    marks.filter(|(_, mark)| Kind::ALL.iter().any(|kind| kind.name() == mark)).collect()
}

#[test]
fn every_planted_fault_is_found_where_it_is_and_nothing_else() {
    let (source, findings) = planted();
    let found: Vec<_> = findings.iter().map(|f| (f.line, f.kind.name().to_owned())).collect();
    assert_eq!(found, marked(&source), "{}", listed(&findings));
    let mut kinds: Vec<_> = findings.iter().map(|finding| finding.kind).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, Kind::ALL, "one of each");
}

#[test]
fn findings_show_the_line_with_a_caret_and_a_remedy() {
    let (_, findings) = planted();
    let shown: Vec<_> = findings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn what_keeps_a_file_from_loading_is_an_error() {
    let file = RuleFile { name: "torn.toml".into(), source: "layer = \"stance\"\n[[rule]\n".into() };
    let errors = lint(&[file], &[]).unwrap_err();
    assert_eq!((errors[0].line, errors[0].column), (2, 8), "{}", errors[0]);
}

/// Faults of the shipped rules that are known: each is a promise to look at it, and none may join them.
#[test]
fn shipped_rules_have_no_fault_that_their_files_show() {
    let findings = lint_shipped(&[]).unwrap();
    let known = [Kind::LooseEnd, Kind::RepeatedAlternative];
    let new: Vec<_> = findings.iter().filter(|finding| !known.contains(&finding.kind)).collect();
    assert!(new.is_empty(), "{}", listed(&new));
}
