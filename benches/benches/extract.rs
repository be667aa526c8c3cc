//! Extraction, stage by stage, over the corpus, off-topic prose and batches of either.
#![allow(missing_docs)] // criterion_group! writes an item without any

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use goldrule_benches::{Input, Stage, Subject, bytes, repeated};

/// Size of a batch.
const BATCH: usize = 5_000_000;

fn extract(criterion: &mut Criterion) {
    let subject = Subject::new();
    for input in Input::ALL {
        let documents = input.documents().expect("the inputs are in the repository");
        let batch = repeated(&documents, BATCH);
        for (size, documents) in [("once", documents), ("5 MB", batch)] {
            let mut group = criterion.benchmark_group(format!("{} {size}", input.name()));
            group.throughput(Throughput::BytesDecimal(bytes(&documents) as u64));
            group.sampling_mode(SamplingMode::Flat).measurement_time(Duration::from_secs(3)).sample_size(20);
            for stage in Stage::ALL {
                let id = BenchmarkId::from_parameter(stage.name());
                group.bench_with_input(id, &documents, |bencher, documents| {
                    bencher.iter(|| subject.run(stage, black_box(documents)));
                });
            }
            group.finish();
        }
    }
}

criterion_group!(benches, extract);
criterion_main!(benches);
