//! Time grows with the text, not with its square.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use goldrule_extractor::citation::find_citations;

/// Citation-dense text of about this many bytes: the committed sets again and again, numbers changed.
fn dense(bytes: usize) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/citations/");
    let lines = ["own.jsonl", "blind.jsonl"].map(|name| {
        std::fs::read_to_string(format!("{folder}{name}")).unwrap_or_else(|error| panic!("{name}: {error}"))
    });
    let texts: Vec<String> = lines
        .iter()
        .flat_map(|file| file.lines())
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|value| value["text"].as_str().map(str::to_owned))
        .collect();
    let mut dense = String::new();
    for (round, text) in (0..).zip(texts.iter().cycle()) {
        if dense.len() >= bytes {
            break;
        }
        writeln!(dense, "{text} House Bill {}.\n", 100 + round % 9000).unwrap_or_default();
    }
    dense
}

fn time(text: &str) -> Duration {
    let once = || {
        let start = Instant::now();
        assert!(find_citations(text).count() > 1000);
        start.elapsed()
    };
    (0..2).map(|_| once()).min().unwrap_or_default()
}

#[test]
fn doubling_the_text_doubles_the_time() {
    let text = dense(5_000_000);
    let half = text[..text.len() / 2].rfind("\n\n").map_or("", |at| &text[..at]);
    // Other work on the machine may slow one of the two; then they are timed again.
    let mut ratios = Vec::new();
    while ratios.len() < 4 && !ratios.iter().any(|ratio| *ratio <= 2.2) {
        ratios.push(time(&text).as_secs_f64() / time(half).as_secs_f64());
    }
    assert!(ratios.iter().any(|ratio| *ratio <= 2.2), "{ratios:?}");
}
