//! Intervals that cover, p-values that mean something, and the same bits on any number of threads.

use std::ops::AddAssign;

use goldrule_scorer::{
    Additive, Bootstrap, Caution, Method, Paired, SplitMix64, bootstrap, bootstrap_all, holm,
    randomisation_test, resamples,
};

/// Right, gold and predicted records.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Tally(u32, u32, u32);

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        *self = Self(self.0 + other.0, self.1 + other.1, self.2 + other.2);
    }
}

impl Additive for Tally {}

fn f1(sum: &Tally) -> Option<f64> {
    (sum.1 + sum.2 > 0).then(|| 2.0 * f64::from(sum.0) / f64::from(sum.1 + sum.2))
}

/// A document of 1 to 12 gold records, each found with a chance that differs between documents (0.6 or
/// 0.9), and of some made up.
fn document(random: &mut SplitMix64) -> Tally {
    let gold = 1 + random.below(12) as u32;
    let tenths = if random.below(2) == 0 { 6 } else { 9 };
    let hits =
        |n, of: usize, random: &mut SplitMix64| (0..n).filter(|_| random.below(10) < of).count() as u32;
    let right = hits(gold, tenths, random);
    Tally(right, gold, right + hits(gold, 2, random))
}

/// Share of right records 0.75, of predicted ones 0.75 + 0.2: F1 is 2 · 0.75/(1 + 0.95).
const TRUE_F1: f64 = 1.5 / 1.95;

#[test]
fn intervals_cover_the_true_value_as_often_as_they_say() {
    for method in Method::ALL {
        let covered = (0..2000).filter(|&corpus| {
            let mut random = SplitMix64::stream(2024, corpus);
            let documents: Vec<Tally> = (0..80).map(|_| document(&mut random)).collect();
            let plan = Bootstrap { resamples: 400, seed: corpus, method, ..Bootstrap::default() };
            let interval = bootstrap(&documents, f1, &plan).expect("there are records");
            interval.low <= TRUE_F1 && TRUE_F1 <= interval.high
        });
        let share = f64::from(covered.count() as u32) / 2000.0;
        assert!((0.93..=0.97).contains(&share), "{method}: {share}");
    }
}

#[test]
fn results_are_the_same_on_any_number_of_threads() {
    let mut random = SplitMix64::new(5);
    let documents: Vec<Tally> = (0..60).map(|_| document(&mut random)).collect();
    let pairs: Vec<_> = documents.iter().map(|&old| Paired { old, new: document(&mut random) }).collect();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
        pool.install(|| {
            let plan = Bootstrap { method: Method::Bca, ..Bootstrap::default() };
            (bootstrap(&documents, f1, &plan), randomisation_test(&pairs, f1, 999, 3))
        })
    };
    let alone = run(1);
    for threads in [2, 3, 8] {
        assert_eq!(run(threads), alone);
    }
}

/// Resample by resample as the documentation says: a generator each, as many draws as documents, added up.
#[test]
fn resamples_are_what_their_generators_draw() {
    let mut random = SplitMix64::new(5);
    let documents: Vec<Tally> = (0..30).map(|_| document(&mut random)).collect();
    let one = |number| {
        let mut random = SplitMix64::stream(7, number);
        let mut sum = Tally::default();
        for _ in &documents {
            sum += documents[random.below(documents.len())];
        }
        sum
    };
    for count in [0, 1, 7, 8, 9, 50] {
        let plan = Bootstrap { resamples: count, seed: 7, ..Bootstrap::default() };
        let expected: Vec<Tally> = (0..count as u64).map(one).collect();
        assert_eq!(resamples(&documents, &plan, |sum| *sum), expected);
    }
}

#[test]
fn several_statistics_at_once_are_as_each_alone() {
    let mut random = SplitMix64::new(5);
    let documents: Vec<Tally> = (0..30).map(|_| document(&mut random)).collect();
    let recall = |sum: &Tally| (sum.1 > 0).then(|| f64::from(sum.0) / f64::from(sum.1));
    for method in Method::ALL {
        let plan = Bootstrap { method, ..Bootstrap::default() };
        let alone = [bootstrap(&documents, f1, &plan), bootstrap(&documents, recall, &plan)];
        assert_eq!(bootstrap_all(&documents, &[&f1, &recall], &plan), alone);
    }
}

#[test]
fn seeds_matter_and_levels_nest() {
    let mut random = SplitMix64::new(5);
    let documents: Vec<Tally> = (0..60).map(|_| document(&mut random)).collect();
    let run = |seed, level| bootstrap(&documents, f1, &Bootstrap { seed, level, ..Bootstrap::default() });
    assert_ne!(run(1, 0.95), run(2, 0.95));
    let (wide, narrow) = (run(1, 0.99).expect("defined"), run(1, 0.8).expect("defined"));
    assert!(wide.low < narrow.low && narrow.high < wide.high);
    assert!(narrow.low < narrow.estimate && narrow.estimate < narrow.high);
}

#[test]
fn identical_systems_have_p_1() {
    let mut random = SplitMix64::new(5);
    for count in [1, 5, 100] {
        let pairs: Vec<_> =
            (0..count).map(|_| document(&mut random)).map(|both| Paired { old: both, new: both }).collect();
        let test = randomisation_test(&pairs, f1, 999, 1).expect("defined");
        assert_eq!((test.difference, test.p, test.exact), (0.0, 1.0, true));
    }
}

/// Three documents, each one record; old misses all and new finds all. Of the 8 exchanges the two extreme
/// ones give a difference of 1.
#[test]
fn few_documents_are_enumerated() {
    let pairs = [Paired { old: Tally(0, 1, 1), new: Tally(1, 1, 1) }; 3];
    let test = randomisation_test(&pairs, f1, 999, 1).expect("defined");
    assert_eq!((test.difference, test.p, test.trials, test.exact), (1.0, 0.25, 8, true));
    // More exchanges than trials: drawn, with the observed one counted in.
    let drawn = randomisation_test(&pairs, f1, 7, 1).expect("defined");
    assert!(!drawn.exact && drawn.p >= 1.0 / 8.0);
}

#[test]
fn no_difference_in_truth_is_seldom_significant() {
    let found = (0..400).filter(|&corpus| {
        let mut random = SplitMix64::stream(77, corpus);
        let pairs: Vec<_> =
            (0..30).map(|_| Paired { old: document(&mut random), new: document(&mut random) }).collect();
        randomisation_test(&pairs, f1, 199, corpus).expect("defined").p <= 0.05
    });
    let share = f64::from(found.count() as u32) / 400.0;
    assert!((0.02..=0.08).contains(&share), "{share}");
}

#[test]
fn a_clear_difference_is_significant() {
    let mut random = SplitMix64::new(9);
    let pairs: Vec<_> = (0..40)
        .map(|_| document(&mut random))
        .map(|new| Paired { old: Tally(new.0 / 2, new.1, new.2), new })
        .collect();
    let test = randomisation_test(&pairs, f1, 999, 1).expect("defined");
    assert_eq!((test.p, test.trials), (1.0 / 1000.0, 999));
}

#[test]
fn undefined_figures_have_no_interval() {
    let nothing = [Tally::default(); 4];
    assert_eq!(bootstrap(&nothing, f1, &Bootstrap::default()), None);
    assert_eq!(bootstrap(&[Tally(1, 1, 1)], f1, &Bootstrap { resamples: 0, ..Bootstrap::default() }), None);
    assert_eq!(randomisation_test(&[Paired { old: nothing[0], new: Tally(1, 1, 1) }], f1, 99, 1), None);
}

#[test]
fn holm_keeps_order_and_bounds() {
    assert!(holm(&[]).is_empty());
    // 0.02 · 3, then 0.02 · 2 raised to what came before, then 0.9.
    assert_eq!(holm(&[0.9, 0.02, 0.02]), [0.9, 0.06, 0.06]);
    assert_eq!(holm(&[0.5, 0.6]), [1.0, 1.0]);
}

#[test]
fn too_little_to_go_by_is_said() {
    assert_eq!(Caution::of(19, 30), [Caution::FewDocuments(19)]);
    assert_eq!(Caution::of(20, 29), [Caution::LittleSupport(29)]);
    assert!(Caution::of(20, 30).is_empty());
}
