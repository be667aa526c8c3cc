//! Scores the citation grammar against the dev documents of a corpus and prints its errors.
//!
//! ```text
//! cargo run -p goldrule-extractor --example cite_dev -- corpus annotations/gold
//! cargo run -p goldrule-extractor --example cite_dev -- corpus annotations/gold validation
//! ```
//!
//! Another split than `dev` gives totals alone, so that rules are not written after its errors.
//!
//! State and places come from the gold agencies, as they come from found agencies in the pipeline.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::Path;

use goldrule_extractor::State;
use goldrule_extractor::citation::{Context, find, resolve, state_evidence};
use goldrule_schema::{AnnotationSet, ByteSpan, Corpus, Document, load_annotations};

#[derive(Default)]
struct Counts {
    gold: u32,
    found: u32,
    spans: u32,
    kinds: u32,
    canonical: u32,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(corpus), Some(gold)) = (arguments.next(), arguments.next()) else {
        println!("usage: cite_dev CORPUS GOLD");
        return;
    };
    let split = arguments.next().unwrap_or_else(|| "dev".to_owned());
    let Ok((mut corpus, _)) = Corpus::open(Path::new(&corpus), None) else { return };
    corpus.entries.retain(|entry| entry.split() == Some(split.as_str()));
    let Ok(files) = load_annotations(Path::new(&gold), Some(&corpus)) else { return };
    let mut counts = Counts::default();
    for set in files.iter().filter_map(|file| file.set.as_ref()) {
        if let Some(document) = corpus.entry(&set.document).and_then(|entry| entry.document()) {
            let mut errors = Vec::new();
            score(document, set, &mut counts, &mut errors);
            if split == "dev" {
                for error in &errors {
                    println!("{error}");
                }
            }
        }
    }
    let (p, r) = (ratio(counts.spans, counts.found), ratio(counts.spans, counts.gold));
    println!("gold {} found {} equal spans {}", counts.gold, counts.found, counts.spans);
    println!("P {p:.3} R {r:.3} F1 {:.3}", 2.0 * p * r / (p + r));
    println!(
        "kind {:.3} canonical {:.3}",
        ratio(counts.kinds, counts.spans),
        ratio(counts.canonical, counts.spans)
    );
}

fn ratio(part: u32, whole: u32) -> f64 {
    f64::from(part) / f64::from(whole.max(1))
}

/// State and place of an Open Civic Data division.
fn place(division: &str) -> Option<(State, Option<String>)> {
    let part =
        |key: &str| division.split('/').find_map(|p| p.strip_prefix(key)).map(|name| name.replace('_', "-"));
    let state = part("state:").or_else(|| part("district:")).and_then(|code| State::from_code(&code))?;
    let county = part("county:").map(|name| format!("{name}-county"));
    Some((state, part("place:").or(county)))
}

fn score(document: &Document, set: &AnnotationSet, counts: &mut Counts, errors: &mut Vec<String>) {
    let mut citations = find(document.text());
    let mut votes: BTreeMap<State, u32> =
        state_evidence(&citations).into_iter().map(|(s, n)| (s, 3 * n)).collect();
    let mut places = Vec::new();
    for (agency, mention) in set.mentions() {
        let Some((state, name)) = agency.jurisdiction.as_deref().and_then(place) else { continue };
        *votes.entry(state).or_default() += 1;
        if let (Some(name), Some(span)) = (name, document.bytes(mention.span)) {
            places.push((span.start, state, name));
        }
    }
    places.sort();
    let place_at = |at: u32| {
        let before = places.iter().rev().find(|(start, ..)| *start <= at);
        before.or(places.first()).map(|(_, state, name)| (*state, name.clone()))
    };
    let state = votes.iter().max_by_key(|(_, n)| **n).map(|(state, _)| *state);
    resolve(&mut citations, &Context { state, place_at: &place_at });
    counts.found += citations.len() as u32;
    counts.gold += set.citations.len() as u32;
    let mut gold: Vec<(ByteSpan, _)> =
        set.citations.iter().filter_map(|c| Some((document.bytes(c.span)?, c))).collect();
    for citation in &citations {
        let canonical = citation.canonical();
        let Some(i) = gold.iter().position(|(span, _)| *span == citation.span) else {
            let line = document.text()[..citation.span.start as usize].matches('\n').count() + 1;
            errors.push(format!(
                "{}:{line} + {} `{}` {canonical:?} {}",
                set.document, citation.kind, citation.quote, citation.rule
            ));
            continue;
        };
        let (_, expected) = gold.swap_remove(i);
        counts.spans += 1;
        counts.kinds += u32::from(expected.kind == citation.kind);
        counts.canonical += u32::from(expected.canonical == canonical);
        if expected.kind != citation.kind || expected.canonical != canonical {
            errors.push(format!(
                "{} ~ `{}` {} {canonical:?}, gold {} {:?}",
                set.document, citation.quote, citation.kind, expected.kind, expected.canonical
            ));
        }
    }
    for (span, missed) in gold {
        errors.push(format!(
            "{} - {} `{}` {:?}",
            set.document,
            missed.kind,
            &document.text()[span.range()],
            missed.canonical
        ));
    }
}
