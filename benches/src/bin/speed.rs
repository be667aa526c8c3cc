//! A table of speeds on this machine, now: `speed [ROUNDS]` (15 rounds where nothing is said).
//!
//! Stages take turns, and each is shown as the median over the rounds of its MB/s (10⁶ bytes) and of its
//! speed as a fraction of the ceiling's in the same round. Scoring runs over synthetic sets.

use std::error::Error;
use std::hint::black_box;
use std::io::{self, Write};
use std::time::Duration;

use goldrule_benches::{Input, Stage, Subject, alternate, bytes, median, repeated, score, synthetic_pairs};
use goldrule_schema::Document;

/// Size of the batch.
const BATCH: usize = 5_000_000;

// No batch is so large that a double could not hold its length.
#[allow(clippy::cast_precision_loss)]
fn main() -> Result<(), Box<dyn Error>> {
    let rounds = match std::env::args().nth(1) {
        Some(rounds) => rounds.parse().map_err(|_| "usage: speed [ROUNDS]")?,
        None => 15,
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{:<12}{:<12}{:>10}{:>12}{:>12}", "input", "stage", "MB", "MB/s", "of ceiling")?;
    let subject = Subject::new();
    for input in Input::ALL {
        let documents = repeated(&input.documents()?, BATCH);
        let size = bytes(&documents) as f64 / 1e6;
        let times = stage_times(&subject, &documents, rounds);
        for (stage, own) in Stage::ALL.iter().zip(&times) {
            let speed = median(&own.iter().map(|time| size / time.as_secs_f64()).collect::<Vec<_>>());
            let fractions =
                times[0].iter().zip(own).map(|(top, time)| top.as_secs_f64() / time.as_secs_f64());
            let fraction = median(&fractions.collect::<Vec<_>>());
            let (Some(speed), Some(fraction)) = (speed, fraction) else {
                return Err("at least one round is needed".into());
            };
            let (input, stage) = (input.name(), stage.name());
            writeln!(out, "{input:<12}{stage:<12}{size:>10.1}{speed:>12.1}{fraction:>12.2}")?;
        }
    }
    writeln!(out, "\n{:<12}{:>10}{:>16}", "scoring", "documents", "documents/s")?;
    for count in [1_000, 10_000] {
        let pairs = synthetic_pairs(count, 1);
        let mut jobs: [Box<dyn FnMut()>; 1] = [Box::new(|| {
            black_box(score(black_box(&pairs)));
        })];
        let times = alternate(&mut jobs, rounds);
        let speeds: Vec<_> = times[0].iter().map(|time| count as f64 / time.as_secs_f64()).collect();
        let speed = median(&speeds).ok_or("at least one round is needed")?;
        writeln!(out, "{:<12}{count:>10}{speed:>16.0}", "")?;
    }
    Ok(())
}

/// The times of every stage, in the order of [`Stage::ALL`].
fn stage_times(subject: &Subject, documents: &[Document], rounds: usize) -> Vec<Vec<Duration>> {
    let mut jobs: Vec<Box<dyn FnMut()>> = Vec::new();
    for stage in Stage::ALL {
        jobs.push(Box::new(move || {
            black_box(subject.run(stage, black_box(documents)));
        }));
    }
    alternate(&mut jobs, rounds)
}
