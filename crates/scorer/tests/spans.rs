//! Labelled spans: figures worked out by hand, and what must hold of any.

// The same whole counts give the same quotients.
#![allow(clippy::float_cmp)]

use std::collections::BTreeSet;

use goldrule_schema::CharSpan;
use goldrule_scorer::{
    Average, Categories, Counts, Duplicates, EmptyDocuments, LabelledSpan, Policies, Scheme, SpanOptions,
    SpanScore, Undefined, align_spans, score_spans, token_spans,
};
use proptest::prelude::*;

const PLAIN: SpanOptions =
    SpanOptions { min_iou: 0, overlap_labels: false, duplicates: Duplicates::CopyByCopy };

fn at(start: u32, end: u32, label: u32) -> LabelledSpan {
    LabelledSpan::new(start, end, label)
}

#[track_caller]
fn assert_close(figure: Option<f64>, expected: f64) {
    assert!(figure.is_some_and(|f| (f - expected).abs() < 1e-12), "{figure:?} is not {expected}");
}

/// The six scenarios that the evaluation of SemEval-2013 task 9 distinguishes, one span each way.
#[test]
fn the_scenarios_of_semeval() {
    let gold = [
        at(0, 5, 0),   // I    found as it is
        at(20, 25, 0), // III  missed
        at(30, 35, 0), // IV   right span, wrong label
        at(40, 45, 0), // V    overlapping, right label
        at(50, 55, 0), // VI   overlapping, wrong label
    ];
    let pred = [at(0, 5, 0), at(10, 15, 0), at(30, 35, 1), at(42, 47, 0), at(52, 57, 1)];
    let score = score_spans(&gold, &pred, &PLAIN);
    let categories = |scheme, correct, incorrect, partial| {
        let expected = Categories { correct, incorrect, partial, missed: 1, spurious: 1 };
        assert_eq!(score.categories(scheme), expected, "{scheme}");
    };
    categories(Scheme::Strict, 1, 3, 0);
    categories(Scheme::Exact, 2, 2, 0);
    categories(Scheme::Partial, 2, 0, 2);
    categories(Scheme::Type, 2, 2, 0);
    categories(Scheme::Overlap, 4, 0, 0);
    assert_close(score.counts(Scheme::Strict).f1(), 1.0 / 5.0);
    assert_close(score.counts(Scheme::Partial).precision(), 3.0 / 5.0);
    // Label 0: gold 25 characters, predicted 15, of which 5 and 3 are shared; label 1: 10 predicted.
    let characters = score.counts(Scheme::Characters);
    assert_eq!((characters.gold, characters.pred), (25, 25));
    assert_close(Some(characters.tp()), 8.0);
    assert_eq!(score.label(Scheme::Characters, 1).pred, 10);
}

#[test]
fn the_threshold_of_overlap_is_reached_from_equality_down() {
    // 4 of 8 characters shared: an intersection over union of exactly one half.
    let (gold, pred) = ([at(0, 8, 0)], [at(4, 8, 1)]);
    let tp = |min_iou, overlap_labels| {
        let options = SpanOptions { min_iou, overlap_labels, ..PLAIN };
        score_spans(&gold, &pred, &options).categories(Scheme::Overlap).correct
    };
    assert_eq!((tp(500, false), tp(501, false), tp(0, true)), (1, 0, 0));
}

#[test]
fn an_exact_pair_is_never_given_up_for_two_loose_ones() {
    let gold = [at(0, 10, 0), at(8, 20, 0)];
    let pred = [at(0, 10, 0), at(0, 3, 0)];
    let score = score_spans(&gold, &pred, &PLAIN);
    assert_eq!(score.categories(Scheme::Strict).correct, 1);
    assert_eq!(score.categories(Scheme::Overlap).correct, 1);
}

#[test]
fn a_long_shallow_chain_is_solved_exactly() {
    // Each gold span overlaps two predicted ones; left to right each takes its first, and all are paired.
    let gold: Vec<_> = (0..100_000).map(|i| at(10 * i, 10 * i + 11, 0)).collect();
    let pred: Vec<_> = (0..100_000).map(|i| at(10 * i + 5, 10 * i + 16, 0)).collect();
    assert_eq!(score_spans(&gold, &pred, &PLAIN).categories(Scheme::Overlap).correct, 100_000);
}

#[test]
fn repeats_count_as_the_policy_says() {
    let (gold, pred) = ([at(0, 5, 0), at(3, 8, 0)], [at(0, 5, 0), at(0, 5, 0)]);
    let overlap = |duplicates| {
        let score = score_spans(&gold, &pred, &SpanOptions { duplicates, ..PLAIN });
        let categories = score.categories(Scheme::Overlap);
        (categories.correct, categories.missed, categories.spurious)
    };
    assert_eq!(overlap(Duplicates::CopyByCopy), (1, 1, 1));
    assert_eq!(overlap(Duplicates::Drop), (1, 1, 0));
    assert_eq!(overlap(Duplicates::Keep), (2, 0, 0));
}

#[test]
fn averages_are_means_of_what_is_defined() {
    // Label 0: precision 1/2, recall 1. Label 1: not predicted, recall 0. Label 2: not in gold.
    let gold = [at(0, 5, 0), at(10, 15, 1), at(20, 25, 1), at(30, 35, 1)];
    let pred = [at(0, 5, 0), at(50, 55, 0), at(60, 65, 2)];
    let score = score_spans(&gold, &pred, &PLAIN);
    let skip = Policies::default();
    let zero = Policies { undefined: Undefined::Zero, ..skip };
    let plain = Average::over_labels(&score, Scheme::Strict, false, skip);
    assert_close(plain.precision, f64::midpoint(0.5, 0.0)); // labels 0 and 2
    assert_close(plain.recall, f64::midpoint(1.0, 0.0)); // labels 0 and 1
    assert_close(plain.f1, (2.0 / 3.0) / 3.0);
    let zeros = Average::over_labels(&score, Scheme::Strict, false, zero);
    assert_close(zeros.precision, 0.5 / 3.0);
    assert_close(zeros.recall, 1.0 / 3.0);
    let weighted = Average::over_labels(&score, Scheme::Strict, true, skip);
    assert_close(weighted.recall, 1.0 / 4.0);
    assert_close(weighted.f1, (2.0 / 3.0) / 4.0);

    let empty = SpanScore::default();
    let documents = [score.counts(Scheme::Strict), empty.counts(Scheme::Strict)];
    assert_close(Average::over_documents(documents, skip).recall, 1.0 / 4.0);
    let perfect = Policies { empty_documents: EmptyDocuments::Perfect, ..skip };
    assert_close(Average::over_documents(documents, perfect).recall, 5.0 / 8.0);
    assert_eq!(Average::over_documents([], perfect), Average::default());
}

#[test]
fn nothing_on_either_side_is_undefined() {
    let score = score_spans(&[], &[], &PLAIN);
    for scheme in Scheme::ALL {
        assert_eq!(score.counts(scheme).f1(), None, "{scheme}");
    }
    let missed = score_spans(&[at(0, 5, 0)], &[], &PLAIN).counts(Scheme::Strict);
    assert_eq!((missed.precision(), missed.recall(), missed.f1()), (None, Some(0.0), Some(0.0)));
}

fn spans() -> impl Strategy<Value = Vec<LabelledSpan>> {
    prop::collection::vec((0u32..24, 0u32..8, 0u32..3), 0..9).prop_map(|rows| {
        rows.into_iter().map(|(start, length, label)| at(start, start + length, label)).collect()
    })
}

fn distinct(spans: Vec<LabelledSpan>) -> Vec<LabelledSpan> {
    spans.into_iter().collect::<BTreeSet<_>>().into_iter().collect()
}

fn options() -> impl Strategy<Value = SpanOptions> {
    (0u16..=10, any::<bool>(), prop::sample::select(&Duplicates::ALL[..])).prop_map(
        |(tenths, overlap_labels, duplicates)| SpanOptions {
            min_iou: tenths * 100,
            overlap_labels,
            duplicates,
        },
    )
}

/// Most pairs of spans that meet, by trying every choice.
fn most_pairs(
    gold: &[LabelledSpan],
    pred: &[LabelledSpan],
    meet: &dyn Fn(&LabelledSpan, &LabelledSpan) -> bool,
) -> u64 {
    let Some((first, rest)) = gold.split_first() else { return 0 };
    let mut best = most_pairs(rest, pred, meet);
    for (place, _) in pred.iter().enumerate().filter(|(_, other)| meet(first, other)) {
        let mut left = pred.to_vec();
        left.remove(place);
        best = best.max(1 + most_pairs(rest, &left, meet));
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn order_changes_nothing(
        (gold, mixed_gold) in spans().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        (pred, mixed_pred) in spans().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        options in options(),
    ) {
        prop_assert_eq!(
            score_spans(&gold, &pred, &options),
            score_spans(&mixed_gold, &mixed_pred, &options)
        );
    }

    #[test]
    fn splitting_a_corpus_changes_nothing(parts in prop::collection::vec((spans(), spans()), 0..6), cut: prop::sample::Index) {
        let sum = |parts: &[(Vec<_>, Vec<_>)]| {
            let mut sum = SpanScore::default();
            for (gold, pred) in parts {
                sum.add(gold, pred, &PLAIN);
            }
            sum
        };
        let (first, second) = parts.split_at(cut.index(parts.len() + 1));
        let mut split = sum(first);
        split += &sum(second);
        prop_assert_eq!(split, sum(&parts));
    }

    #[test]
    fn exchanging_the_sides_exchanges_precision_and_recall(gold in spans(), pred in spans(), options in options()) {
        let (there, back) = (score_spans(&gold, &pred, &options), score_spans(&pred, &gold, &options));
        for scheme in Scheme::ALL {
            let (a, b) = (there.counts(scheme), back.counts(scheme));
            prop_assert_eq!((a.precision(), a.recall(), a.f1()), (b.recall(), b.precision(), b.f1()), "{}", scheme);
        }
    }

    #[test]
    fn every_span_has_one_row_and_labels_add_up(gold in spans(), pred in spans(), options in options()) {
        let rows = align_spans(&gold, &pred, &SpanOptions { duplicates: Duplicates::CopyByCopy, ..options });
        let mut seen: Vec<u32> = rows.iter().filter_map(|row| row.gold).collect();
        seen.sort_unstable();
        prop_assert!(seen.into_iter().eq(0..gold.len() as u32));
        let mut seen: Vec<u32> = rows.iter().filter_map(|row| row.pred).collect();
        seen.sort_unstable();
        prop_assert!(seen.into_iter().eq(0..pred.len() as u32));
        let score = score_spans(&gold, &pred, &options);
        for scheme in Scheme::ALL {
            let labels: Vec<_> = score.labels().into_iter().map(|label| score.label(scheme, label)).collect();
            let total = score.counts(scheme);
            prop_assert_eq!(labels.iter().map(|l| l.gold).sum::<u64>(), total.gold);
            prop_assert_eq!(labels.iter().map(|l| l.pred).sum::<u64>(), total.pred);
            prop_assert!((labels.iter().map(Counts::tp).sum::<f64>() - total.tp()).abs() < 1e-9);
            prop_assert!((labels.iter().map(Counts::tp_pred).sum::<f64>() - total.tp()).abs() < 1e-9);
        }
    }

    #[test]
    fn strict_is_the_most_severe(gold in spans(), pred in spans(), options in options()) {
        let score = score_spans(&gold, &pred, &options);
        let correct = |scheme| score.categories(scheme).correct;
        prop_assert!(correct(Scheme::Strict) <= correct(Scheme::Exact).min(correct(Scheme::Type)));
        prop_assert!(correct(Scheme::Strict) <= correct(Scheme::Overlap));
        prop_assert_eq!(correct(Scheme::Exact), correct(Scheme::Partial));
        let loose = score_spans(&gold, &pred, &SpanOptions { min_iou: 0, overlap_labels: false, ..options });
        prop_assert!(correct(Scheme::Exact) <= loose.categories(Scheme::Overlap).correct);
    }

    #[test]
    fn strict_and_exact_are_the_best_there_are(gold in spans(), pred in spans()) {
        let keep = SpanOptions { duplicates: Duplicates::Keep, ..PLAIN };
        let score = score_spans(&gold, &pred, &keep);
        prop_assert_eq!(score.categories(Scheme::Strict).correct, most_pairs(&gold, &pred, &|g, p| g == p));
        prop_assert_eq!(score.categories(Scheme::Exact).correct, most_pairs(&gold, &pred, &|g, p| g.span == p.span));
    }

    #[test]
    fn saying_it_twice_raises_nothing(gold in spans(), pred in spans(), pick: prop::sample::Index) {
        let gold = distinct(gold);
        let before = score_spans(&gold, &pred, &PLAIN);
        let mut more = pred.clone();
        more.extend((!pred.is_empty()).then(|| pred[pick.index(pred.len())]));
        let after = score_spans(&gold, &more, &PLAIN);
        for scheme in Scheme::ALL {
            prop_assert!(after.counts(scheme).f1() <= before.counts(scheme).f1(), "{}", scheme);
        }
    }

    #[test]
    fn one_more_right_span_lowers_no_recall(gold in spans(), pred in spans(), pick: prop::sample::Index) {
        let missing: Vec<_> = gold.iter().filter(|span| !pred.contains(span)).copied().collect();
        if !missing.is_empty() {
            let before = score_spans(&gold, &pred, &PLAIN);
            let mut more = pred.clone();
            more.push(missing[pick.index(missing.len())]);
            let after = score_spans(&gold, &more, &PLAIN);
            for scheme in Scheme::ALL {
                prop_assert!(after.counts(scheme).recall() >= before.counts(scheme).recall(), "{}", scheme);
            }
        }
    }

    #[test]
    fn characters_are_sets(gold in spans(), pred in spans()) {
        let set = |spans: &[LabelledSpan]| -> BTreeSet<(u32, u32)> {
            spans.iter().flat_map(|one| (one.span.start..one.span.end).map(|at| (at, one.label))).collect()
        };
        let (ours, theirs) = (set(&gold), set(&pred));
        let counts = score_spans(&gold, &pred, &PLAIN).categories(Scheme::Characters);
        prop_assert_eq!(counts.correct, ours.intersection(&theirs).count() as u64);
        prop_assert_eq!(counts.possible(), ours.len() as u64);
        prop_assert_eq!(counts.actual(), theirs.len() as u64);
    }

    #[test]
    fn tokens_of_one_character_are_characters(gold in spans(), pred in spans()) {
        let tokens: Vec<CharSpan> = (0..40).map(|at| CharSpan::new(at, at + 1)).collect();
        let counted = score_spans(&token_spans(&gold, &tokens), &token_spans(&pred, &tokens), &PLAIN);
        let plain = score_spans(&gold, &pred, &PLAIN);
        prop_assert_eq!(counted.counts(Scheme::Characters), plain.counts(Scheme::Characters));
    }
}

/// Cases on which tools disagree, smallest first, as `benches/peers/scoring.py` finds them.
mod adjudicated {
    use goldrule_scorer::{Nervaluate, nervaluate, seqeval};

    use super::*;

    /// F1 under `strict`, `exact`, `partial` and `type`.
    fn f1s(of: impl Fn(Scheme) -> Categories) -> [f64; 4] {
        [Scheme::Strict, Scheme::Exact, Scheme::Partial, Scheme::Type]
            .map(|scheme| of(scheme).counts().f1().unwrap_or(0.0))
    }

    fn ours(gold: &[LabelledSpan], pred: &[LabelledSpan]) -> [f64; 4] {
        let score = score_spans(gold, pred, &PLAIN);
        f1s(|scheme| score.categories(scheme))
    }

    fn theirs(counts: &Nervaluate) -> [f64; 4] {
        f1s(|scheme| counts.categories(scheme).unwrap_or_default())
    }

    fn reversed(spans: &[LabelledSpan]) -> Vec<LabelledSpan> {
        spans.iter().rev().copied().collect()
    }

    #[test]
    fn a_loose_span_first_takes_what_an_equal_one_needs() {
        let (gold, pred) = ([at(9, 27, 3)], [at(9, 27, 3), at(15, 17, 3)]);
        let two_thirds = 2.0 / 3.0;
        assert_eq!(ours(&gold, &pred), [two_thirds; 4]);
        assert_eq!(ours(&gold, &reversed(&pred)), [two_thirds; 4]);
        let (there, back) = (nervaluate(&gold, &pred), nervaluate(&gold, &reversed(&pred)));
        assert!(there.order_dependent && back.order_dependent);
        assert_eq!(theirs(&there), [two_thirds; 4]);
        assert_eq!(theirs(&back), [0.0, 0.0, 1.0 / 3.0, two_thirds]);
    }

    #[test]
    fn a_label_is_lost_by_who_comes_first() {
        let (gold, pred) = ([at(15, 30, 1)], [at(9, 18, 2), at(15, 30, 1)]);
        let there = nervaluate(&gold, &pred);
        assert!(there.order_dependent);
        assert_eq!(theirs(&there)[3], 0.0);
        assert_eq!(ours(&gold, &pred)[3], 2.0 / 3.0);
    }

    /// nervaluate pairs anew for `type` and prefers a label there; here one alignment serves all schemes and
    /// an equal span comes first.
    #[test]
    fn an_equal_span_of_another_label_comes_before_a_loose_one_of_the_same() {
        let (gold, pred) = ([at(12, 30, 0), at(45, 54, 1), at(47, 52, 0)], [at(12, 30, 0), at(45, 54, 0)]);
        let there = nervaluate(&gold, &pred);
        assert_eq!((theirs(&there)[3], ours(&gold, &pred)[3]), (0.8, 0.4));
        assert_eq!((theirs(&there)[1], ours(&gold, &pred)[1]), (0.8, 0.8));
    }

    #[test]
    fn a_hundredth_is_enough_for_nervaluate_and_less_is_not() {
        let gold = [at(0, 200, 0)];
        let counts = |shared: u32| nervaluate(&gold, &[at(200 - shared, 210, 0)]).partial;
        assert_eq!((counts(2).partial, counts(1).partial, counts(1).spurious), (1, 0, 1));
        assert_eq!(score_spans(&gold, &[at(199, 210, 0)], &PLAIN).categories(Scheme::Partial).partial, 1);
    }

    #[test]
    fn what_does_not_meet_twice_is_the_same_in_both() {
        let gold = [at(0, 5, 0), at(10, 15, 1), at(20, 25, 2), at(40, 45, 0)];
        let pred = [at(22, 27, 2), at(0, 5, 1), at(10, 15, 1), at(60, 65, 0)];
        let there = nervaluate(&gold, &pred);
        assert!(!there.order_dependent);
        assert_eq!(theirs(&there), ours(&gold, &pred));
    }

    #[test]
    fn seqeval_counts_a_repeated_span_once() {
        let counts = seqeval(&[at(0, 5, 0)], &[at(0, 5, 0), at(0, 5, 0)]).counts(Scheme::Strict);
        assert_eq!((counts.gold, counts.pred, counts.f1()), (1, 1, Some(1.0)));
    }
}

/// Spans of one length at one distance, shifted: the exact solution would take hours.
#[test]
fn a_regular_pattern_ends_in_time_and_the_same_both_ways() {
    let gold: Vec<_> = (0..6000).map(|i| at(4 * i, 4 * i + 100, 0)).collect();
    let pred: Vec<_> = (0..6000).map(|i| at(4 * i + 30, 4 * i + 130, 0)).collect();
    let there = score_spans(&gold, &pred, &PLAIN).categories(Scheme::Overlap);
    let back = score_spans(&pred, &gold, &PLAIN).categories(Scheme::Overlap);
    assert_eq!((there.correct, there.missed), (back.correct, back.spurious));
    assert!(there.correct > 5900, "{there:?}");
}
