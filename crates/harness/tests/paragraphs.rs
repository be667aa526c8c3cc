//! The paragraphs that score cards are fitted to: every line is what it should be.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use std::collections::BTreeSet;
use std::path::Path;

use goldrule_schema::{Attribution, Position, Topic};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paragraph {
    text: String,
    stances: Vec<Stance>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stance {
    agency: String,
    topic: String,
    position: String,
    attribution: Option<String>,
    text: String,
}

#[test]
fn paragraphs_state_what_their_records_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../annotations/paragraphs");
    let mut seen = BTreeSet::new();
    let (mut stances, mut silent) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        for (nth, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            let place = format!("{}:{}", path.display(), nth + 1);
            let paragraph: Paragraph =
                serde_json::from_str(line).unwrap_or_else(|error| panic!("{place}: {error}"));
            assert!(seen.insert(paragraph.text.clone()), "{place} stands twice");
            silent += usize::from(paragraph.stances.is_empty());
            for stance in &paragraph.stances {
                let known =
                    stance.topic.parse::<Topic>().is_ok() && stance.position.parse::<Position>().is_ok();
                let told = stance.attribution.as_ref().is_none_or(|word| word.parse::<Attribution>().is_ok());
                assert!(known && told && !stance.agency.is_empty(), "{place}: a word that no guideline has");
                assert!(
                    paragraph.text.contains(&stance.text),
                    "{place}: “{}” does not stand there",
                    stance.text
                );
                stances += 1;
            }
        }
    }
    assert!(
        seen.len() > 4_000 && stances > 5_000 && silent * 10 > seen.len(),
        "{} {stances} {silent}",
        seen.len()
    );
}
