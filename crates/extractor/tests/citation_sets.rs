//! The citation grammar on committed sets of citations in context and of traps.
//!
//! `own.jsonl` and `own-traps.jsonl` were written along with the grammar; `blind.jsonl` and
//! `blind-traps.jsonl` by somebody who had not seen it. A line of a set lists every citation of its text.
//!
//! What they hold of each family and of each jurisdiction's code is counted in `citation_coverage.rs`.
//!
//! First run on the blind sets, before anybody had looked at them: 532 of 589 spans exact (26 found that are
//! none), all kinds right, 378 of 464 canonical ids, 6 of 101 traps misfired.
//!
//! `press.jsonl` was written later by somebody who had not seen the grammar either, most of it as newspapers, minutes
//! and columns cite. First run: 273 of 297 spans exact, 5 found that are none, 272 kinds right, 232 of 263 canonical ids
//! where the span was. What was wrong in its first 110 lines has since been read; the last 50 are scored only: whoever
//! works on the grammar should not read them.
//!
//! `pages.jsonl` holds odd forms alone, no two alike, as somebody who had not seen the grammar met them on the pages of
//! courts, councils, legislatures and departments. First run: 199 of 313 spans exact, 28 found that are none, 198 kinds
//! right, 160 of 258 canonical ids; its forms that others will write too were then added to the grammar.
//! Nineteen texts of its writer that hold nothing to find joined `blind-traps.jsonl`; none of them misfired.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::PathBuf;

use goldrule_extractor::citation::find_citations;
use serde::Deserialize;

#[derive(Deserialize)]
struct Example {
    id: String,
    text: String,
    #[serde(default)]
    citations: Vec<Expected>,
}

#[derive(Deserialize)]
struct Expected {
    text: String,
    occurrence: Option<usize>,
    kind: String,
    canonical: Option<String>,
}

#[derive(Default, Debug)]
struct Score {
    expected: u32,
    spans: u32,
    kinds: u32,
    with_canonical: u32,
    canonicals: u32,
    extra: u32,
    errors: Vec<String>,
}

fn read(name: &str) -> Vec<Example> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/citations").join(name);
    let lines = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{name}: {e}: {line}")))
        .collect()
}

impl Expected {
    fn start(&self, text: &str) -> usize {
        let nth = self.occurrence.unwrap_or(1) - 1;
        text.match_indices(&self.text)
            .nth(nth)
            .unwrap_or_else(|| panic!("`{}` is not in `{text}`", self.text))
            .0
    }
}

fn score(name: &str) -> Score {
    let mut score = Score::default();
    for example in read(name) {
        let mut found: Vec<_> = find_citations(&example.text).collect();
        for expected in &example.citations {
            score.expected += 1;
            score.with_canonical += u32::from(expected.canonical.is_some());
            let start = expected.start(&example.text);
            let here = found
                .iter()
                .position(|c| c.span.start as usize == start && c.quote == expected.text)
                .map(|index| found.remove(index));
            let Some(citation) = here else {
                score.errors.push(format!(
                    "{} - {} `{}` in: {}",
                    example.id, expected.kind, expected.text, example.text
                ));
                continue;
            };
            score.spans += 1;
            let kind = citation.kind.to_string() == expected.kind;
            score.kinds += u32::from(kind);
            let canonical = citation.canonical();
            let same = expected.canonical.is_none() || expected.canonical == canonical;
            score.canonicals += u32::from(expected.canonical.is_some() && same);
            if !kind || !same {
                let (wanted, id) = (&expected.kind, &expected.canonical);
                score.errors.push(format!(
                    "{} ~ `{}` {} {canonical:?}, wanted {wanted} {id:?} ({})",
                    example.id, citation.quote, citation.kind, citation.rule
                ));
            }
        }
        score.extra += found.len() as u32;
        let extra = found.iter().map(|c| format!("{} + {} `{}` ({})", example.id, c.kind, c.quote, c.rule));
        score.errors.extend(extra);
    }
    score
}

fn check(name: &str) {
    let score = score(name);
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    let figures = format!(
        "{name}: {} of {} spans, {} kinds, {} of {} canonical ids, {} extra",
        score.spans, score.expected, score.kinds, score.canonicals, score.with_canonical, score.extra
    );
    println!("{figures}\n{}", score.errors.join("\n"));
    assert!(share(score.spans, score.expected) >= 0.98, "{figures}");
    assert!(share(score.spans, score.spans + score.extra) >= 0.98, "{figures}");
    assert!(share(score.canonicals, score.with_canonical) >= 0.97, "{figures}");
    assert!(share(score.kinds, score.spans) >= 0.98, "{figures}");
}

/// As [`check`], by the shares of exact spans and canonical ids that the set is known to reach.
fn check_floor(name: &str, (spans, canonicals): (f64, f64)) {
    let score = score(name);
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    let figures = format!(
        "{name}: {} of {} spans, {} of {} canonical ids, {} extra",
        score.spans, score.expected, score.canonicals, score.with_canonical, score.extra
    );
    println!("{figures}");
    assert!(share(score.spans, score.expected) >= spans, "{figures}");
    assert!(share(score.canonicals, score.with_canonical) >= canonicals, "{figures}");
}

fn check_traps(name: &str) {
    let fired: Vec<_> = read(name)
        .iter()
        .flat_map(|e| {
            find_citations(&e.text)
                .map(|c| format!("{}: `{}` ({})", e.text, c.quote, c.rule))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(fired.is_empty(), "{}:\n{}", fired.len(), fired.join("\n"));
}

#[test]
fn own_set() {
    check("own.jsonl");
}

#[test]
fn own_traps() {
    check_traps("own-traps.jsonl");
}

#[test]
fn blind_set() {
    check("blind.jsonl");
}

#[test]
fn blind_traps() {
    check_traps("blind-traps.jsonl");
}

#[test]
fn press_set() {
    check_floor("press.jsonl", (0.98, 0.9));
}

#[test]
fn pages_set() {
    check_floor("pages.jsonl", (0.76, 0.75));
}
