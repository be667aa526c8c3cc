//! Scoring of synthetic sets.
#![allow(missing_docs)] // criterion_group! writes an item without any

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use goldrule_benches::{corpus_of_spans, one_document, score, synthetic_pairs};
use goldrule_scorer::{
    Bootstrap, Measure, Score, SpanOptions, resamples, score_corpus, score_document, score_spans,
};

fn score_documents(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("score");
    group.sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_secs(3)).sample_size(20);
    for count in [1_000, 10_000] {
        let pairs = synthetic_pairs(count, 1);
        group.throughput(Throughput::Elements(count as u64));
        group.bench_with_input(BenchmarkId::from_parameter(count), &pairs, |bencher, pairs| {
            bencher.iter(|| score(black_box(pairs)));
        });
    }
    group.finish();
}

/// From spans in memory to the figures of every scheme.
fn score_many_documents_of_spans(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("spans");
    group.sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_secs(10)).sample_size(10);
    let documents = corpus_of_spans(100_000, 30, 1);
    group.throughput(Throughput::Elements(30 * documents.len() as u64));
    group.bench_with_input("100000 documents of 30", &documents, |bencher, documents| {
        bencher.iter(|| score_corpus(black_box(documents), &SpanOptions::default()));
    });
    group.finish();
}

/// Time a span must not grow with the number of spans.
fn score_one_long_document(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("spans/one document");
    group.sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_secs(5)).sample_size(10);
    for spans in [1_000, 10_000, 100_000] {
        let (gold, pred) = one_document(spans, 50, 1);
        group.throughput(Throughput::Elements(u64::from(spans)));
        group.bench_function(BenchmarkId::from_parameter(spans), |bencher| {
            bencher.iter(|| score_spans(black_box(&gold), black_box(&pred), &SpanOptions::default()));
        });
    }
    group.finish();
}

/// 1,000 resamples of 10,000 documents, every measure at once.
fn resample(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("resample");
    group.sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_secs(10)).sample_size(10);
    let pairs = synthetic_pairs(10_000, 1);
    let scores: Vec<Score> =
        pairs.iter().map(|(gold, system)| score_document("d", gold, system).score).collect();
    group.bench_function("1000 of 10000 documents", |bencher| {
        bencher.iter(|| {
            let f1s = |sum: &Score| Measure::ALL.map(|measure| sum.measure(measure).f1());
            resamples(black_box(&scores), &Bootstrap::default(), f1s)
        });
    });
    group.finish();
}

criterion_group!(benches, score_documents, score_many_documents_of_spans, score_one_long_document, resample);
criterion_main!(benches);
