//! How scoring grows with the size of a document and of a corpus, and what resampling costs.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use goldrule_benches::{corpus_of_spans, median, one_document, peak_memory, synthetic_pairs};
use goldrule_scorer::{
    Bootstrap, DocumentScore, Measure, Scheme, Score, SpanOptions, resamples, score_corpus, score_document,
    score_spans,
};

fn main() {
    let options = SpanOptions::default();
    println!("one document, at most 50 spans over one character");
    for spans in [1_000, 10_000, 100_000] {
        let (gold, pred) = one_document(spans, 50, 1);
        let seconds = timed(|| score_spans(&gold, &pred, &options).counts(Scheme::Overlap).gold);
        println!(
            "  {spans:>7} spans  {:>9.2} ms  {:>6.2} µs a span",
            seconds * 1e3,
            seconds * 1e6 / f64::from(spans)
        );
    }
    let documents = corpus_of_spans(100_000, 30, 1);
    let seconds = timed(|| score_corpus(&documents, &options).counts(Scheme::Strict).gold);
    println!("100000 documents of 30 spans  {seconds:.3} s");
    println!(
        "  on {} threads, peak memory {:?} MB",
        rayon::current_num_threads(),
        peak_memory().map(|b| b / 1_000_000)
    );
    drop(documents);
    let scores: Vec<DocumentScore> =
        synthetic_pairs(10_000, 1).iter().map(|(gold, pred)| score_document("d", gold, pred)).collect();
    let scores: Vec<Score> = scores.into_iter().map(|document| document.score).collect();
    let plan = Bootstrap::default();
    let all = |sum: &Score| Measure::ALL.map(|measure| sum.measure(measure).f1());
    let seconds = timed(|| resamples(&scores, &plan, all).len() as u64);
    println!("{} resamples of 10000 documents, every measure  {seconds:.3} s", plan.resamples);
}

/// The median time of three runs, in seconds.
fn timed(mut work: impl FnMut() -> u64) -> f64 {
    let times: Vec<f64> = (0..3)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(work());
            start.elapsed().as_secs_f64()
        })
        .collect();
    median(&times).unwrap_or(f64::NAN)
}
