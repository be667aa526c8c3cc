//! Whether two systems differ by more than chance would make them.

use rayon::prelude::*;
use serde::Serialize;

use crate::random::SplitMix64;
use crate::uncertainty::{Additive, Paired};

/// What the test found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Randomisation {
    /// New less old.
    pub difference: f64,
    /// How likely a difference at least as great, either way, is where neither system is better.
    pub p: f64,
    /// Assignments looked at.
    pub trials: u64,
    /// Whether those were all there are.
    pub exact: bool,
}

/// Differences that a float cannot tell apart count as equal.
const EPSILON: f64 = 1e-12;

/// Paired approximate randomisation (Noreen 1989; Yeh 2000).
///
/// On each document where the systems differ their outputs may be exchanged. The p-value is the share of
/// exchanges that make a difference at least as great as the one observed: of all exchanges where there
/// are at most `trials`, else of so many drawn ones with the observed one counted in, `(k + 1) / (n + 1)`.
/// Systems that do not differ anywhere have p = 1. `None` where the statistic is undefined for either.
///
/// ```
/// use goldrule_scorer::{Counts, Paired, randomisation_test};
///
/// let same = [Paired::<Counts>::default(); 3];
/// assert_eq!(randomisation_test(&same, |_| Some(0.5), 9999, 1).unwrap().p, 1.0);
/// ```
pub fn randomisation_test<T: Additive + PartialEq>(
    documents: &[Paired<T>],
    statistic: impl Fn(&T) -> Option<f64> + Sync,
    trials: u64,
    seed: u64,
) -> Option<Randomisation> {
    let (mut same, mut differing) = (Paired::default(), Vec::new());
    for document in documents {
        if document.old == document.new {
            same += *document;
        } else {
            differing.push(*document);
        }
    }
    let difference = |exchanged: &mut dyn FnMut(usize) -> bool| -> Option<f64> {
        let mut sum = same;
        for (at, document) in differing.iter().enumerate() {
            let Paired { old, new } = *document;
            sum += if exchanged(at) { Paired { old: new, new: old } } else { *document };
        }
        Some(statistic(&sum.new)? - statistic(&sum.old)?)
    };
    let observed = difference(&mut |_| false)?;
    // Where an exchange makes the statistic undefined, the cautious reading is that it is as great.
    let as_great =
        |value: Option<f64>| u64::from(value.is_none_or(|value| value.abs() >= observed.abs() - EPSILON));
    let all = u32::try_from(differing.len()).ok().and_then(|n| 1u64.checked_shl(n)).filter(|&n| n <= trials);
    let (p, trials) = if let Some(all) = all {
        let one = |bits: u64| as_great(difference(&mut |at| bits >> at & 1 == 1));
        (share((0..all).into_par_iter().map(one).sum(), all), all)
    } else {
        let one = |number: u64| {
            let mut random = SplitMix64::stream(seed, number);
            let mut bits = 0;
            as_great(difference(&mut |at| {
                bits = if at % 64 == 0 { random.next_u64() } else { bits >> 1 };
                bits & 1 == 1
            }))
        };
        let k: u64 = (0..trials).into_par_iter().map(one).sum();
        (share(k + 1, trials + 1), trials)
    };
    Some(Randomisation { difference: observed, p, trials, exact: all.is_some() })
}

#[expect(clippy::cast_precision_loss)] // exact below 2^53
fn share(part: u64, all: u64) -> f64 {
    part as f64 / all as f64
}
