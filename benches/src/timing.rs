//! Medians of alternating runs.

use std::time::{Duration, Instant};

/// Runs the jobs in turn, `rounds` times after one unmeasured round, and returns the times of each.
/// Taking turns spreads whatever else the machine does over all jobs alike.
pub fn alternate(jobs: &mut [Box<dyn FnMut() + '_>], rounds: usize) -> Vec<Vec<Duration>> {
    let mut times = vec![Vec::with_capacity(rounds); jobs.len()];
    for round in 0..=rounds {
        for (job, times) in jobs.iter_mut().zip(&mut times) {
            let start = Instant::now();
            job();
            if round > 0 {
                times.push(start.elapsed());
            }
        }
    }
    times
}

/// The middle value, the lower one of an even number; `None` of none.
///
/// ```
/// assert_eq!(goldrule_benches::median(&[3.0, 1.0, 2.0]), Some(2.0));
/// ```
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len().saturating_sub(1) / 2).copied()
}
