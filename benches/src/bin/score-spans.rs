//! Scores labelled spans from JSON lines, for comparison with other tools.
//!
//! Each line of standard input is a document, `{"gold": [[start, end, label], ...], "pred": [...]}` with
//! code points, ends exclusive, and labels as numbers. Without arguments a line of figures is written for
//! each; with `--time` all documents are read first and one line says how long scoring them took.

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::io::{BufRead, Write};
use std::time::Instant;

use goldrule_benches::peak_memory;
use goldrule_scorer::{
    Average, Categories, Counts, Duplicates, LabelledSpan, Policies, Scheme, SpanOptions, Undefined,
    nervaluate, score_corpus, score_spans, seqeval,
};
use serde_json::{Map, Value, json};

type Pair = (Vec<LabelledSpan>, Vec<LabelledSpan>);

fn main() -> Result<(), Box<dyn Error>> {
    let timed = std::env::args().any(|argument| argument == "--time");
    let lines = std::io::stdin().lock().lines();
    if timed {
        let documents: Vec<Pair> = lines.map(|line| read(&line?)).collect::<Result<_, _>>()?;
        println!("{}", time(&documents));
        return Ok(());
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in lines {
        let (gold, pred) = read(&line?)?;
        writeln!(out, "{}", figures(&gold, &pred))?;
    }
    out.flush()?;
    Ok(())
}

fn read(line: &str) -> Result<Pair, Box<dyn Error>> {
    #[derive(serde::Deserialize)]
    struct Line {
        gold: Vec<(u32, u32, u32)>,
        pred: Vec<(u32, u32, u32)>,
    }
    let Line { gold, pred } = serde_json::from_str(line)?;
    let spans = |rows: Vec<(u32, u32, u32)>| {
        rows.into_iter().map(|(start, end, label)| LabelledSpan::new(start, end, label)).collect()
    };
    Ok((spans(gold), spans(pred)))
}

fn time(documents: &[Pair]) -> Value {
    let start = Instant::now();
    let score = score_corpus(documents, &SpanOptions::default());
    let seconds = start.elapsed().as_secs_f64();
    json!({
        "documents": documents.len(),
        "spans": documents.iter().map(|(gold, _)| gold.len()).sum::<usize>(),
        "seconds": seconds,
        "peak_megabytes": peak_memory().map(|bytes| bytes / 1_000_000),
        "strict_f1": score.counts(Scheme::Strict).f1(),
        "overlap_f1": score.counts(Scheme::Overlap).f1(),
    })
}

fn categories(counts: &Categories) -> Value {
    let Categories { correct, incorrect, partial, missed, spurious } = counts;
    let figures = counts.counts();
    json!({
        "correct": correct, "incorrect": incorrect, "partial": partial, "missed": missed, "spurious": spurious,
        "precision": figures.precision(), "recall": figures.recall(), "f1": figures.f1(),
    })
}

fn figures(gold: &[LabelledSpan], pred: &[LabelledSpan]) -> Value {
    let keep = SpanOptions { duplicates: Duplicates::Keep, ..SpanOptions::default() };
    let score = score_spans(gold, pred, &keep);
    let compat = nervaluate(gold, pred);
    let own: Map<String, Value> =
        Scheme::ALL.iter().map(|&s| (s.to_string(), categories(&score.categories(s)))).collect();
    let theirs: Map<String, Value> = Scheme::ALL
        .iter()
        .filter_map(|&s| Some((s.to_string(), categories(&compat.categories(s)?))))
        .collect();
    let sets = seqeval(gold, pred);
    let zero = Policies { undefined: Undefined::Zero, ..Policies::default() };
    let strict: Counts = sets.counts(Scheme::Strict);
    let labels: Map<String, Value> = sets
        .labels()
        .into_iter()
        .map(|label| {
            let counts = sets.label(Scheme::Strict, label);
            (label.to_string(), json!([counts.precision(), counts.recall(), counts.f1(), counts.gold]))
        })
        .collect();
    json!({
        "own": own,
        "nervaluate": theirs,
        "order_dependent": compat.order_dependent,
        "seqeval": {
            "micro": Average::of(&strict),
            "macro": Average::over_labels(&sets, Scheme::Strict, false, zero),
            "weighted": Average::over_labels(&sets, Scheme::Strict, true, zero),
            "labels": labels,
        },
    })
}
