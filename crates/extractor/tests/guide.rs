//! The rule-writer's guide holds: every example of RULES.md is run.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use goldrule_extractor::Extractor;
use goldrule_extractor::lint::{Kind, RuleFile, lint};
use goldrule_extractor::pattern::{Definitions, Input, Matcher, compile};
use goldrule_extractor::segment::Segmented;
use goldrule_extractor::token::Vocabulary;

const GUIDE: &str = include_str!("../RULES.md");

/// The fenced blocks of a language, without the indentation of lists.
fn blocks(language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, usize)> = None;
    for line in GUIDE.lines() {
        let indent = line.len() - line.trim_start().len();
        match &mut open {
            None if line.trim_start() == format!("```{language}") => open = Some((String::new(), indent)),
            Some((block, _)) if line.trim() == "```" => {
                blocks.push(std::mem::take(block));
                open = None;
            }
            Some((block, indent)) => block.extend([line.get(*indent..).unwrap_or_default(), "\n"]),
            None => {}
        }
    }
    blocks
}

/// Faults one below the other.
fn listed(faults: &[impl ToString]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The leftmost match of a pattern, in brackets.
fn marked(pattern: &str, text: &str) -> Option<String> {
    let mut vocabulary = Vocabulary::default();
    let compiled = compile(pattern, &Definitions::new(), &mut vocabulary).unwrap();
    let segmented = Segmented::new(text, &vocabulary);
    let input = Input { text, tokens: &segmented.tokens, layers: &[] };
    let mut matcher = Matcher::default();
    segmented.sentences.iter().find_map(|sentence| {
        let range = sentence.range();
        let found =
            range.clone().find_map(|at| matcher.match_at(&compiled, input, (range.start, range.end), at))?;
        let (start, end) =
            (segmented.tokens[found.first].start as usize, segmented.tokens[found.last - 1].end as usize);
        Some(format!("{}[{}]{}", &text[..start], &text[start..end], &text[end..]))
    })
}

#[test]
fn patterns_match_what_the_guide_says() {
    let blocks = blocks("pattern");
    assert!(blocks.len() >= 15, "{}", blocks.len());
    for block in blocks {
        let (pattern, texts) = block.split_once('\n').unwrap();
        assert!(texts.contains("\n- ") || texts.starts_with("- "), "{pattern} has no `-`");
        for line in texts.lines() {
            match line.split_at(2) {
                ("+ ", text) => assert_eq!(
                    marked(pattern, &text.replace(['[', ']'], "")).as_deref(),
                    Some(text),
                    "{pattern}"
                ),
                ("- ", text) => assert_eq!(marked(pattern, text), None, "{pattern}"),
                _ => panic!("neither + nor -: {line}"),
            }
        }
    }
}

#[test]
fn rule_files_of_the_guide_load_and_their_examples_hold() {
    let blocks = blocks("toml");
    assert!(blocks.len() >= 5);
    let dir = tempfile::tempdir().unwrap();
    for (index, block) in blocks.iter().enumerate() {
        std::fs::write(dir.path().join(format!("{index}.toml")), block).unwrap();
    }
    let extractor =
        Extractor::with_rules_dir(dir.path()).unwrap_or_else(|errors| panic!("{}", listed(&errors)));
    let failures = extractor.test_rules().failures;
    let shown: Vec<_> = failures
        .iter()
        .map(|f| format!("{}: {}\n  want {}\n  have {}", f.rule, f.example, f.expected, f.found))
        .collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
    let files: Vec<_> = blocks
        .into_iter()
        .zip(0..)
        .map(|(source, index)| RuleFile { name: format!("{index}.toml"), source })
        .collect();
    let findings = lint(&files, &[]).unwrap();
    assert!(findings.is_empty(), "{}", listed(&findings));
}

#[test]
fn the_fault_shown_is_the_one_reported() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("broken.toml"), &blocks("toml broken")[0]).unwrap();
    let errors = Extractor::with_rules_dir(dir.path()).unwrap_err();
    let shown: Vec<_> = errors.iter().map(ToString::to_string).collect();
    let shown = shown.join("\n").replace(&format!("{}/", dir.path().display()), "");
    assert_eq!(shown.trim(), blocks("text")[0].trim());
}

#[test]
fn every_kind_of_fault_is_explained() {
    for kind in Kind::ALL {
        assert!(GUIDE.contains(&format!("| `{kind}` |")), "{kind}");
    }
}
