//! Scoring of synthetic sets.
#![allow(missing_docs)] // criterion_group! writes an item without any

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use goldrule_benches::{score, synthetic_pairs};

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

criterion_group!(benches, score_documents);
criterion_main!(benches);
