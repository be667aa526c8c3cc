//! What the committed sets of citations and traps hold: enough of every family and of every state's code,
//! no two alike, half by somebody who had not seen the grammar.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use goldrule_extractor::State;
use goldrule_extractor::citation::{CanonicalId, Family};
use serde_json::Value;

fn read(name: &str) -> Vec<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/citations").join(name);
    let lines = std::fs::read_to_string(path).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("")
}

/// Digits alone made equal: what remains is the wording.
fn wording(text: &str) -> String {
    let mut wording = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if wording.ends_with('0') => {}
            '0'..='9' => wording.push('0'),
            c => wording.push(c),
        }
    }
    wording
}

const EARLY: [&str; 7] = ["Cranch", "Wheat.", "Pet.", "How.", "Black", "Wall.", "Dall."];

fn case(quote: &str, set: &str, id: Option<&CanonicalId>) -> &'static str {
    let lower = quote.to_lowercase();
    let database = quote.contains(" WL ") || quote.contains("LEXIS");
    let neutral = id.is_some_and(|id| {
        id.family() == Family::Case && id.parts().nth(1).is_some_and(|part| part.len() == 4)
    });
    if lower.starts_with("id.") || lower.starts_with("ibid") {
        "case: id. and ibid."
    } else if lower.contains("supra") {
        "case: supra"
    } else if EARLY.iter().any(|editor| quote.contains(editor)) {
        "case: nominative"
    } else if database {
        "case: database"
    } else if neutral {
        "case: neutral"
    } else if quote.contains("No. ") || quote.contains("Nos. ") {
        "case: docket"
    } else if quote.contains(" at ") && !quote.contains(" v. ") {
        "case: short"
    } else if quote.starts_with(|c: char| c.is_ascii_digit()) {
        if set.contains("history") { "case: history" } else { "case: parallel" }
    } else if quote.contains(|c: char| c.is_ascii_digit()) {
        "case: full"
    } else {
        "case: name alone"
    }
}

fn statute(quote: &str, id: Option<&CanonicalId>) -> &'static str {
    let lower = quote.to_lowercase();
    let begins = |c: char| c.is_ascii_digit() || matches!(c, '§' | '(');
    if lower.starts_with("id.") {
        return "statute: id. of a code";
    }
    match id.map(|id| (id.family(), id.state().is_some())) {
        Some((Family::Act, false)) => "statute: INA and 287(g)",
        Some((Family::Usc, _)) if begins(quote.chars().next().unwrap()) && !quote.contains('U') => {
            "statute: list or bare section"
        }
        Some((Family::Usc, _)) if lower.starts_with("sec") => "statute: list or bare section",
        Some((Family::Usc, _)) => "statute: U.S.C.",
        _ if quote.starts_with(['§', '(']) => "statute: list or bare section",
        _ if ["section", "chapter", "article", "title"].iter().any(|word| lower.contains(word)) => {
            "statute: state code in prose"
        }
        _ if quote.split(' ').any(|w| w.len() > 3 && w.chars().skip(1).any(char::is_lowercase)) => {
            "statute: state code in Bluebook form"
        }
        _ => "statute: state code in local form",
    }
}

/// The family of a citation: as finely as a reader of memos would tell them apart.
fn family(example: &Value, citation: &Value) -> &'static str {
    let (quote, set) = (word(citation, "text"), word(example, "family"));
    let id: Option<CanonicalId> = word(citation, "canonical").parse().ok();
    let id = id.as_ref();
    let federal = id.is_some_and(|id| id.state().is_none());
    let of = |family| id.is_some_and(|id| id.family() == family);
    match word(citation, "kind") {
        _ if matches!(set, "court_rule" | "rule") => "court rule",
        "case" => case(quote, set, id),
        "statute" => statute(quote, id),
        "regulation" if of(Family::Cfr) => "regulation: C.F.R.",
        "regulation" if of(Family::FederalRegister) => "regulation: Fed. Reg.",
        "regulation" => "regulation: state",
        "session_law" if of(Family::StatutesAtLarge) => "Statutes at Large",
        "session_law" => "session law",
        "bill" if federal => "bill of Congress",
        "bill" => "bill of a state",
        "executive_order" if federal => "executive order: federal",
        "executive_order" => "executive order: governor's",
        "constitution" if !federal && id.is_some() => "constitution: state",
        "constitution" if quote.to_lowercase().contains("clause") => "constitution: clause",
        "constitution" if quote.to_lowercase().contains("art") => "constitution: article",
        "constitution" => "constitution: amendment",
        "ordinance" if quote.to_lowercase().contains("res") || of(Family::Resolution) => "resolution",
        "ordinance" if quote.contains("ode") || quote.contains(['§', '.']) => "municipal code",
        "ordinance" => "ordinance",
        "secondary" if quote.contains("Op.") || quote.contains("pinion") => "attorney general opinion",
        "secondary" if quote.contains("Restatement") => "restatement",
        "secondary" => "law journal",
        "named_act" => "named act",
        "public_law" => "public law",
        "policy" => "agency policy",
        "treaty" => "treaty",
        other => panic!("{other} is of no family"),
    }
}

#[test]
fn every_family_and_every_state_is_there() {
    let (mut families, mut codes) = (BTreeMap::new(), BTreeMap::new());
    let mut counts = [0, 0];
    for (count, name) in counts.iter_mut().zip(["own.jsonl", "blind.jsonl"]) {
        for example in read(name) {
            for citation in example["citations"].as_array().unwrap() {
                *count += 1;
                let pair: &mut [u32; 2] = families.entry(family(&example, citation)).or_default();
                pair[usize::from(name == "blind.jsonl")] += 1;
                let Ok(id) = word(citation, "canonical").parse::<CanonicalId>() else { continue };
                if let (Some(state), None, Family::Code) = (id.state(), id.place(), id.family()) {
                    *codes.entry(state.code()).or_insert(0_u32) += 1;
                }
            }
        }
    }
    let [own, blind] = counts;
    println!("{} citations: {own} written along with the grammar, {blind} blind", own + blind);
    for (family, [own, blind]) in &families {
        println!("{:>5}  {family} ({blind} blind)", own + blind);
    }
    println!("codes: {}", codes.iter().map(|(code, n)| format!("{code} {n}")).collect::<Vec<_>>().join(", "));
    assert!(own + blind >= 600 && blind * 2 >= 600, "{own} + {blind}");
    let few: Vec<_> = families.iter().filter(|(_, [own, blind])| own + blind < 10).collect();
    assert!(few.is_empty() && families.len() >= 36, "{} families, too few of {few:?}", families.len());
    let territories = ["as", "gu", "mp", "pr", "vi"];
    let states = || State::all().map(State::code).filter(|code| !territories.contains(code));
    let few: Vec<_> = states().filter(|code| codes.get(code).is_none_or(|n| *n < 3)).collect();
    assert!(states().count() == 51 && few.is_empty(), "fewer than three of the codes of {few:?}");
}

#[test]
fn no_two_are_alike_but_for_numbers() {
    let mut known = BTreeSet::new();
    for name in ["own.jsonl", "blind.jsonl", "own-traps.jsonl", "blind-traps.jsonl"] {
        for example in read(name) {
            assert!(known.insert(wording(word(&example, "text"))), "{name}: {}", word(&example, "text"));
        }
    }
}

#[test]
fn there_are_traps_enough() {
    let (own, blind) = (read("own-traps.jsonl").len(), read("blind-traps.jsonl").len());
    println!("{} traps, {blind} of them blind", own + blind);
    assert!(own + blind >= 150 && blind * 3 >= own + blind, "{own} + {blind}");
}
