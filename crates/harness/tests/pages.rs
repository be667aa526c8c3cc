//! The cues of pages that score cards are fitted to: labels that guidelines have, and nothing that could be read.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use std::path::Path;

use goldrule_schema::{Position, Topic};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentence {
    cues: Vec<String>,
    /// Whether the sentence negates: each of its words is a cue by itself, then, and is not kept twice.
    #[serde(default)]
    #[expect(dead_code, reason = "named so that no other field is taken")]
    negates: bool,
    #[serde(default)]
    gold: Vec<(String, String)>,
}

#[test]
fn pages_hold_cues_in_order_and_known_labels() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../annotations/pages/cues.jsonl");
    let (mut pages, mut positions) = (0, 0);
    for (nth, line) in std::fs::read_to_string(path).unwrap().lines().enumerate() {
        let sentences: Vec<Sentence> =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("line {}: {error}", nth + 1));
        pages += 1;
        assert!(
            sentences.is_sorted_by(|one, next| one.cues <= next.cues),
            "line {}: sentences in an order",
            nth + 1
        );
        for Sentence { cues, gold, .. } in sentences {
            assert!(cues.is_sorted(), "line {}: {cues:?}", nth + 1);
            let short = |cue: &String| cue.split(' ').count() <= 2;
            assert!(cues.iter().all(short), "line {}: more than two words in a row", nth + 1);
            for (topic, position) in gold {
                let known = topic.parse::<Topic>().is_ok() && position.parse::<Position>().is_ok();
                assert!(known, "line {}: {topic} {position}", nth + 1);
                positions += 1;
            }
        }
    }
    assert!(pages > 1_300 && positions > 4_900, "{pages} {positions}");
}
