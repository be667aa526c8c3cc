//! Coefficients of agreement of plain tables from JSON lines, for comparison with other tools.
//!
//! Each line of standard input is a task, and a line of figures is written for each:
//!
//! - `{"units": [[0, 1, null], …], "categories": 3}`: each unit's labels by annotator, `null` where one is
//!   missing.
//! - `{"annotators": [[[start, end, label], …], …], "length": 500, "samples": 30, "seed": 1}`: each annotator's
//!   units on a text; with samples gamma too. `seconds` is the time from units in memory to the figures.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::io::{BufRead, Write};
use std::time::Instant;

use goldrule_scorer::{Codings, Dissimilarity, GammaPlan, LabelledSpan, Text, best_alignment, gamma};
use serde_json::{Value, json};

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Task {
    Codings {
        units: Vec<Vec<Option<u32>>>,
        #[serde(default)]
        categories: u64,
    },
    Units {
        annotators: Vec<Vec<(u32, u32, u32)>>,
        length: u32,
        #[serde(default)]
        samples: usize,
        #[serde(default)]
        seed: u64,
    },
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let figures = match serde_json::from_str(&line?)? {
            Task::Codings { units, categories } => of_codings(units, categories),
            Task::Units { annotators, length, samples, seed } => of_units(&annotators, length, samples, seed),
        };
        writeln!(out, "{figures}")?;
    }
    out.flush()?;
    Ok(())
}

fn of_codings(units: Vec<Vec<Option<u32>>>, categories: u64) -> Value {
    let annotators = units.first().map_or(0, Vec::len);
    let mut codings = Codings::new(annotators);
    for unit in units {
        codings.add(unit, 1);
    }
    json!({
        "kappa": codings.kappa(),
        "pi": codings.pi(),
        "s": codings.s(categories),
        "alpha": codings.alpha(),
    })
}

fn of_units(annotators: &[Vec<(u32, u32, u32)>], length: u32, samples: usize, seed: u64) -> Value {
    let spans: Vec<Vec<LabelledSpan>> = annotators
        .iter()
        .map(|units| units.iter().map(|&(start, end, label)| LabelledSpan::new(start, end, label)).collect())
        .collect();
    let units: Vec<&[LabelledSpan]> = spans.iter().map(Vec::as_slice).collect();
    let start = Instant::now();
    let best = best_alignment(&units, &Dissimilarity::default());
    let aligned = start.elapsed().as_secs_f64();
    let mut figures = json!({
        "disorder": best.disorder(),
        "least": best.least_disorder(),
        "exact": best.is_exact(),
        "alignment_seconds": aligned,
    });
    if samples > 0 {
        let start = Instant::now();
        let plan = GammaPlan { samples, seed, ..GammaPlan::default() };
        let text = Text { annotators: units, length, number: 0 };
        figures["gamma"] = json!(gamma(&[text], &plan));
        figures["seconds"] = json!(start.elapsed().as_secs_f64());
    }
    figures
}
