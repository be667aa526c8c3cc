//! Coreference metrics against the worked examples of their papers and values worked out by hand.

// Whole numerators are exact.
#![allow(clippy::float_cmp)]

mod common;

use common::{wild_set, without_repeats};
use goldrule_scorer::CorefMetric::{self, BCubed, CeafE, CeafM, Lea, Muc};
use goldrule_scorer::{
    Coreference, Measure, Policies, Singletons, score_clusters, score_coreference, score_document,
};
use proptest::prelude::*;

/// Clusters spelt as words: each letter is a mention.
fn clusters(words: &str) -> Vec<Vec<u32>> {
    words.split_whitespace().map(|word| word.chars().map(u32::from).collect()).collect()
}

fn score(gold: &str, pred: &str) -> Coreference {
    score_clusters(&clusters(gold), &clusters(pred), Singletons::Keep)
}

#[track_caller]
fn assert_close(figure: Option<f64>, expected: f64) {
    assert!(figure.is_some_and(|f| (f - expected).abs() < 1e-12), "{figure:?} is not {expected}");
}

/// Numerator and denominator of recall, then of precision.
#[track_caller]
fn assert_ratios(scores: &Coreference, metric: CorefMetric, recall: (f64, u64), precision: (f64, u64)) {
    let counts = scores.metric(metric);
    for (found, expected) in
        [((counts.tp(), counts.gold), recall), ((counts.tp_pred(), counts.pred), precision)]
    {
        assert_close(Some(found.0), expected.0);
        assert_eq!(found.1, expected.1, "{metric}");
    }
}

/// The first example of Vilain et al. (1995): of the three links that hold the key together two are found.
#[test]
fn the_example_of_the_model_theoretic_paper() {
    let scores = score("abcd", "ab cd");
    assert_ratios(&scores, Muc, (2.0, 3), (2.0, 2)); // 4 mentions in 2 pieces; 1 link each
    assert_close(scores.metric(Muc).f1(), 0.8);
}

/// The example of Pradhan et al. (2014) and of Moosavi and Strube (2016): e is missed, h and i are made up.
#[test]
fn the_example_of_the_reference_scorer() {
    let scores = score("abc defg", "ab cd fghi");
    // abc is in 2 pieces: 3 - 2; defg in d, e, fg: 4 - 3. Precision: ab 1, cd 0, fghi 4 - 3.
    assert_ratios(&scores, Muc, (2.0, 5), (2.0, 5));
    // abc: (2² + 1²)/3, defg: (1² + 2²)/4; ab 4/2, cd 2/2, fghi 4/4.
    assert_ratios(&scores, BCubed, (5.0 / 3.0 + 5.0 / 4.0, 7), (4.0, 8));
    // abc with ab, defg with fghi.
    assert_ratios(&scores, CeafM, (4.0, 7), (4.0, 8));
    // 2·2/(3 + 2) + 2·2/(4 + 4)
    assert_ratios(&scores, CeafE, (1.3, 2), (1.3, 3));
    // 3 · 1/3 + 4 · 1/6; 2 · 1/1 + 2 · 0/1 + 4 · 1/6
    assert_ratios(&scores, Lea, (5.0 / 3.0, 7), (8.0 / 3.0, 8));
    // Coreference links: ab and fg, of 3 + 6 and of 1 + 1 + 6. Others: abc × dfg without cd, of
    // 21 - 9 and of 28 - 8.
    let blanc = scores.blanc;
    assert_eq!(blanc.coreference.tp(), 2.0);
    assert_eq!(blanc.non_coreference.tp(), 8.0);
    assert_close(blanc.recall(), f64::midpoint(2.0 / 9.0, 8.0 / 12.0));
    assert_close(blanc.precision(), f64::midpoint(2.0 / 8.0, 8.0 / 20.0));
    assert_close(blanc.f1(), f64::midpoint(4.0 / 17.0, 0.5));
    // MUC 2/5; B³ with R 5/12 and P 1/2: 5/11; CEAF-e 2·1.3/5
    assert_close(scores.conll(), (0.4 + 5.0 / 11.0 + 0.52) / 3.0);
}

/// Twelve mentions of three entities, and the responses of Bagga and Baldwin (1998) and Luo (2005).
const TRUTH: &str = "12345 67 89ABC";

#[test]
fn the_first_response_of_bagga_and_baldwin() {
    let scores = score(TRUTH, "12345 6789ABC");
    assert_ratios(&scores, Muc, (9.0, 9), (9.0, 10));
    // 5 · 5/5 + 2 · 2/7 + 5 · 5/7
    assert_ratios(&scores, BCubed, (12.0, 12), (64.0 / 7.0, 12));
    assert_ratios(&scores, CeafM, (10.0, 12), (10.0, 12)); // 5 + 5
    assert_ratios(&scores, CeafE, (11.0 / 6.0, 3), (11.0 / 6.0, 2)); // 1 + 10/12
    assert_close(scores.metric(CeafE).f1(), 11.0 / 15.0); // 73.3 in the paper
}

#[test]
fn the_second_response_of_bagga_and_baldwin() {
    let scores = score(TRUTH, "1234589ABC 67");
    assert_ratios(&scores, Muc, (9.0, 9), (9.0, 10));
    assert_ratios(&scores, BCubed, (12.0, 12), (7.0, 12)); // 10 · 5/10 + 2
    assert_ratios(&scores, CeafM, (7.0, 12), (7.0, 12)); // 5 + 2: 58.3
    assert_close(scores.metric(CeafE).f1(), 2.0 / 3.0); // 2 · (10/15 + 1)/5: 66.7
}

#[test]
fn all_merged() {
    let scores = score(TRUTH, "123456789ABC");
    assert_ratios(&scores, Muc, (9.0, 9), (9.0, 11));
    assert_ratios(&scores, BCubed, (12.0, 12), (54.0 / 12.0, 12)); // (25 + 4 + 25)/12
    assert_ratios(&scores, CeafM, (5.0, 12), (5.0, 12)); // 41.7 in Luo (2005)
    assert_close(scores.metric(CeafE).f1(), 5.0 / 17.0); // 2 · (10/17)/4: 29.4
    // 12 · (10 + 1 + 10)/66 of 12
    assert_ratios(&scores, Lea, (12.0, 12), (12.0 * 21.0 / 66.0, 12));
    // No other links are predicted: recall and F1 of that kind are 0.
    assert_close(scores.blanc.f1(), f64::midpoint(2.0 * 21.0 / (21.0 + 66.0), 0.0));
}

#[test]
fn all_apart() {
    let scores = score(TRUTH, "1 2 3 4 5 6 7 8 9 A B C");
    assert_ratios(&scores, Muc, (0.0, 9), (0.0, 0));
    assert_eq!(scores.metric(Muc).precision(), None);
    assert_eq!(scores.metric(Muc).f1(), Some(0.0));
    assert_ratios(&scores, BCubed, (3.0, 12), (12.0, 12));
    assert_ratios(&scores, CeafM, (3.0, 12), (3.0, 12)); // 25.0
    assert_ratios(&scores, CeafE, (4.0 / 3.0, 3), (4.0 / 3.0, 12)); // 2/6 + 2/3 + 2/6
    assert_ratios(&scores, Lea, (0.0, 12), (0.0, 12));
    // Without singletons nothing is predicted at all.
    let dropped = score_clusters(&clusters(TRUTH), &clusters("1 2 3"), Singletons::Drop);
    assert_ratios(&dropped, BCubed, (0.0, 12), (0.0, 0));
}

/// Recall, precision and F1 as printed with five digits.
#[track_caller]
fn assert_published(blanc: goldrule_scorer::Blanc, expected: [f64; 3]) {
    for (figure, expected) in [blanc.recall(), blanc.precision(), blanc.f1()].into_iter().zip(expected) {
        assert!(
            figure.is_some_and(|figure| (figure - expected).abs() < 5e-6),
            "{figure:?} is not {expected}"
        );
    }
}

/// Cases A1 to A4 of the test suite of the reference scorer (version 8.01, Pradhan et al. 2014; BLANC as
/// in Luo et al. 2014). It writes the shared mentions and similarities out; so do the comments here.
#[test]
fn the_test_cases_of_the_reference_scorer() {
    let key = "a bc def";
    let perfect = score(key, key);
    for metric in CorefMetric::ALL {
        assert_eq!(perfect.metric(metric).f1(), Some(1.0), "{metric}");
    }
    assert_eq!((perfect.blanc.f1(), perfect.conll()), (Some(1.0), Some(1.0)));

    let missing = score(key, "a de");
    assert_ratios(&missing, Muc, (1.0, 3), (1.0, 1));
    assert_ratios(&missing, BCubed, (7.0 / 3.0, 6), (3.0, 3));
    assert_ratios(&missing, CeafM, (3.0, 6), (3.0, 3));
    assert_ratios(&missing, CeafE, (1.8, 3), (1.8, 2)); // 1 + 4/5
    assert_ratios(&missing, Lea, (2.0, 6), (3.0, 3)); // a, and 3 · 1/3 of def
    assert_close(missing.blanc.recall(), f64::midpoint(1.0 / 4.0, 2.0 / 11.0)); // de; ad, ae
    assert_eq!(missing.blanc.precision(), Some(1.0));
    assert_published(missing.blanc, [0.21591, 1.0, 0.35385]);

    let made_up = score(key, "a bcx defy z");
    assert_ratios(&made_up, CeafM, (6.0, 6), (6.0, 9));
    let similarity = 1.0 + 4.0 / 5.0 + 6.0 / 7.0;
    assert_ratios(&made_up, CeafE, (similarity, 3), (similarity, 4));
    // Links within: 4 of 4 and of 3 + 6; between: 11 of 11 and of 36 - 9.
    assert_close(made_up.blanc.precision(), f64::midpoint(4.0 / 9.0, 11.0 / 27.0));
    assert_published(made_up.blanc, [1.0, 0.42593, 0.59717]);

    let both = score(key, "a bcx dy z");
    assert_ratios(&both, CeafM, (4.0, 6), (4.0, 7));
    assert_ratios(&both, CeafE, (2.2, 3), (2.2, 4)); // 1 + 4/5 + 2/5
    // Within: bc, of 1 + 3 and of 3 + 1. Between: of a, b, c, d all but bc, of 15 - 4 and of 21 - 4.
    assert_close(both.blanc.recall(), f64::midpoint(1.0 / 4.0, 5.0 / 11.0));
    assert_published(both.blanc, [0.35227, 0.27206, 0.30357]);
}

#[test]
fn nothing_and_one_side_of_nothing() {
    let nothing = score("", "");
    for metric in CorefMetric::ALL {
        assert_eq!(nothing.metric(metric).f1(), None, "{metric}");
    }
    assert_eq!((nothing.blanc.f1(), nothing.conll()), (None, None));
    let missed = score("ab", "");
    for metric in CorefMetric::ALL {
        assert_eq!(missed.metric(metric).f1(), Some(0.0), "{metric}");
    }
    assert_eq!(missed.blanc.f1(), Some(0.0));
}

#[test]
fn singletons_alone() {
    let same = score("a b c", "a b c");
    assert_eq!(same.metric(Muc).f1(), None); // no cluster needs a link
    for metric in [BCubed, CeafM, CeafE, Lea] {
        assert_eq!(same.metric(metric).f1(), Some(1.0), "{metric}");
    }
    assert_eq!(same.blanc.f1(), Some(1.0)); // by the links between clusters alone
    // One mention each: no link of either kind, and the mention decides.
    assert_eq!((score("a", "a").blanc.f1(), score("a", "b").blanc.f1()), (Some(1.0), Some(0.0)));
    // One cluster each: only links within.
    assert_close(score("abc", "ab").blanc.f1(), 2.0 / 4.0); // 1 of 3, 1 of 1
}

#[test]
fn documents_are_added_before_dividing() {
    let mut sum = score("abc defg", "ab cd fghi");
    sum += score("ab", "ab");
    assert_ratios(&sum, Muc, (3.0, 6), (3.0, 6));
    assert_ratios(&sum, CeafE, (2.3, 3), (2.3, 4));
    assert_eq!(sum.blanc.coreference.gold, 10);
}

fn partition() -> impl Strategy<Value = Vec<Vec<u32>>> {
    prop::collection::vec(prop::option::of(0usize..5), 12).prop_map(|owners| {
        let mut clusters = vec![Vec::new(); 5];
        for (mention, owner) in owners.into_iter().enumerate() {
            if let Some(owner) = owner {
                clusters[owner].push(mention as u32);
            }
        }
        clusters
    })
}

/// The greatest sum of similarities over all one-to-one alignments.
fn best_alignment(gold: &[Vec<u32>], pred: &[Vec<u32>], similarity: &dyn Fn(&[u32], &[u32]) -> f64) -> f64 {
    let Some((first, rest)) = gold.split_first() else { return 0.0 };
    let mut best = best_alignment(rest, pred, similarity);
    for (at, other) in pred.iter().enumerate() {
        let mut left = pred.to_vec();
        left.remove(at);
        best = best.max(similarity(first, other) + best_alignment(rest, &left, similarity));
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn order_changes_nothing(gold in partition(), pred in partition()) {
        let reversed = |clusters: &[Vec<u32>]| -> Vec<Vec<u32>> {
            clusters.iter().rev().map(|c| c.iter().rev().copied().collect()).collect()
        };
        let plain = score_clusters(&gold, &pred, Singletons::Keep);
        prop_assert_eq!(plain, score_clusters(&reversed(&gold), &reversed(&pred), Singletons::Keep));
    }

    #[test]
    fn exchanging_the_sides_exchanges_precision_and_recall(gold in partition(), pred in partition()) {
        let there = score_clusters(&gold, &pred, Singletons::Keep);
        let back = score_clusters(&pred, &gold, Singletons::Keep);
        for metric in CorefMetric::ALL {
            let (a, b) = (there.metric(metric), back.metric(metric));
            prop_assert!((a.tp() - b.tp_pred()).abs() < 1e-9);
            prop_assert_eq!(a.gold, b.pred);
        }
        prop_assert_eq!(there.blanc.recall(), back.blanc.precision());
    }

    #[test]
    fn figures_keep_within_their_bounds(gold in partition(), pred in partition()) {
        let scores = score_clusters(&gold, &pred, Singletons::Keep);
        for metric in CorefMetric::ALL {
            for ratio in [scores.metric(metric).recall(), scores.metric(metric).precision()] {
                prop_assert!(ratio.is_none_or(|value| (0.0..=1.0).contains(&value)));
            }
        }
        prop_assert!(scores.blanc.f1().is_none_or(|value| (0.0..=1.0).contains(&value)));
    }

    #[test]
    fn links_are_those_counted_one_by_one(gold in partition(), pred in partition()) {
        let owner = |clusters: &[Vec<u32>], mention| clusters.iter().position(|c| c.contains(&mention));
        let (mut both, mut apart) = (0.0, 0.0);
        for a in 0..12 {
            for b in a + 1..12 {
                let sides = [&gold, &pred].map(|side| Some(owner(side, a)? == owner(side, b)?));
                both += f64::from(u8::from(sides == [Some(true); 2]));
                apart += f64::from(u8::from(sides == [Some(false); 2]));
            }
        }
        let blanc = score_clusters(&gold, &pred, Singletons::Keep).blanc;
        prop_assert_eq!(blanc.coreference.tp(), both);
        prop_assert_eq!(blanc.non_coreference.tp(), apart);
    }

    #[test]
    fn ceaf_is_the_best_alignment(gold in partition(), pred in partition()) {
        let common = |a: &[u32], b: &[u32]| f64::from(a.iter().filter(|m| b.contains(m)).count() as u32);
        let dice = |a: &[u32], b: &[u32]| {
            let sizes = f64::from((a.len() + b.len()) as u32);
            if sizes > 0.0 { 2.0 * common(a, b) / sizes } else { 0.0 }
        };
        let scores = score_clusters(&gold, &pred, Singletons::Keep);
        let numerator = |metric| scores.metric(metric).tp();
        prop_assert!((numerator(CeafM) - best_alignment(&gold, &pred, &common)).abs() < 1e-9);
        prop_assert!((numerator(CeafE) - best_alignment(&gold, &pred, &dice)).abs() < 1e-9);
    }

    #[test]
    fn of_annotation_sets_b_cubed_is_the_measure(gold in wild_set(), pred in wild_set()) {
        let (gold, pred) = (without_repeats(gold), without_repeats(pred));
        let b3 = score_coreference(&gold, &pred, Policies::default()).metric(BCubed);
        let counts = score_document("d", &gold, &pred).measure(Measure::MentionB3);
        prop_assert_eq!(b3.gold, counts.gold);
        prop_assert!((b3.tp() - counts.tp()).abs() < 1e-9);
        prop_assert!((b3.tp_pred() - counts.tp_pred()).abs() < 1e-9);
    }
}
