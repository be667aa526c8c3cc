//! What must hold of every coefficient of agreement.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use goldrule_scorer::{
    Codings, Coefficient, Continuum, Dissimilarity, GammaPlan, LabelledSpan, Text, best_alignment, gamma,
};
use proptest::prelude::*;

type Units = Vec<LabelledSpan>;

fn units(most: usize) -> impl Strategy<Value = Units> {
    let unit = (0_u32..40, 1_u32..9, 0_u32..3)
        .prop_map(|(at, length, label)| LabelledSpan::new(at, at + length, label));
    prop::collection::vec(unit, 0..most)
}

fn patterns() -> impl Strategy<Value = (usize, Vec<Vec<Option<u8>>>)> {
    (2_usize..5).prop_flat_map(|annotators| {
        let label = prop::option::weighted(0.8, 0_u8..4);
        let unit = prop::collection::vec(label, annotators);
        (Just(annotators), prop::collection::vec(unit, 0..12))
    })
}

fn codings(annotators: usize, units: &[Vec<Option<u8>>]) -> Codings<u8> {
    let mut codings = Codings::new(annotators);
    for unit in units {
        codings.add(unit.clone(), 1);
    }
    codings
}

fn figures(codings: &Codings<u8>) -> [Coefficient; 4] {
    [codings.kappa(), codings.pi(), codings.alpha(), codings.s(4)]
}

fn alike(a: Coefficient, b: Coefficient) -> bool {
    match (a.value(), b.value()) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-9,
        _ => a.why() == b.why(),
    }
}

/// Least cost of any alignment, by trying all.
fn brute_force(annotators: &[&[LabelledSpan]], d: &Dissimilarity) -> f64 {
    fn cost(row: &[Option<LabelledSpan>], d: &Dissimilarity) -> f64 {
        let (mut sum, mut pairs) = (0.0, 0.0);
        for (at, one) in row.iter().enumerate() {
            for other in &row[..at] {
                pairs += 1.0;
                sum += match (one, other) {
                    (Some(a), Some(b)) => d.between(a, b),
                    _ => d.delta_empty,
                };
            }
        }
        sum / pairs
    }
    // Units join one of the rows so far that their annotator has no unit in, or begin a new one.
    fn place(
        rest: &[(usize, LabelledSpan)],
        rows: &mut Vec<Vec<Option<LabelledSpan>>>,
        n: usize,
        d: &Dissimilarity,
    ) -> f64 {
        let Some((&(annotator, unit), rest)) = rest.split_first() else {
            return rows.iter().map(|row| cost(row, d)).sum();
        };
        let mut best = f64::INFINITY;
        for at in 0..rows.len() {
            if rows[at][annotator].is_none() {
                rows[at][annotator] = Some(unit);
                best = best.min(place(rest, rows, n, d));
                rows[at][annotator] = None;
            }
        }
        let mut row = vec![None; n];
        row[annotator] = Some(unit);
        rows.push(row);
        best = best.min(place(rest, rows, n, d));
        rows.pop();
        best
    }
    let all: Vec<(usize, LabelledSpan)> = annotators
        .iter()
        .enumerate()
        .flat_map(|(at, units)| units.iter().map(move |&unit| (at, unit)))
        .collect();
    place(&all, &mut Vec::new(), annotators.len(), d)
}

/// Every unit stands in exactly one row, and the rows cost what is said.
fn is_sound(annotators: &[&[LabelledSpan]], d: &Dissimilarity) -> Result<(), TestCaseError> {
    let best = best_alignment(annotators, d);
    for (at, units) in annotators.iter().enumerate() {
        let mut seen: Vec<u32> = best.rows.iter().filter_map(|row| row[at]).collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..units.len() as u32).collect::<Vec<_>>());
    }
    prop_assert!(best.least <= best.cost + 1e-9);
    let least = brute_force(annotators, d);
    prop_assert!(
        best.least <= least + 1e-9 && least <= best.cost + 1e-9,
        "{} {least} {}",
        best.least,
        best.cost
    );
    if best.is_exact() {
        prop_assert!((best.cost - least).abs() < 1e-9, "{} is not {least}", best.cost);
    }
    Ok(())
}

proptest! {
    #[test]
    fn coefficients_are_at_most_one_and_never_nothing((annotators, units) in patterns()) {
        for figure in figures(&codings(annotators, &units)) {
            prop_assert!(figure.value().is_none_or(|value| value.is_finite() && value <= 1.0 + 1e-12));
        }
    }

    #[test]
    fn annotators_may_be_exchanged((annotators, units) in patterns()) {
        let turned: Vec<Vec<Option<u8>>> = units.iter().map(|unit| unit.iter().rev().copied().collect()).collect();
        let pairs = figures(&codings(annotators, &units)).into_iter().zip(figures(&codings(annotators, &turned)));
        for (a, b) in pairs {
            prop_assert!(alike(a, b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn labels_may_be_renamed((annotators, units) in patterns()) {
        let ours = codings(annotators, &units);
        let pairs = figures(&ours).into_iter().zip(figures(&ours.map(|label| 9 - label)));
        for (a, b) in pairs {
            prop_assert!(alike(a, b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn identical_labels_agree_fully(labels in prop::collection::vec(0_u8..4, 2..12)) {
        let units: Vec<Vec<Option<u8>>> = labels.iter().map(|&label| vec![Some(label); 3]).collect();
        let ours = codings(3, &units);
        for figure in [ours.kappa(), ours.pi(), ours.alpha()] {
            prop_assert!(figure.value().is_none_or(|value| (value - 1.0).abs() < 1e-12));
            prop_assert_eq!(figure.value().is_some(), labels.iter().any(|label| *label != labels[0]));
        }
    }

    /// With one label alone for each unit of a continuum, unitizing alpha is the alpha of its characters.
    #[test]
    fn stretches_of_one_character_are_units(a in prop::collection::vec(0_u32..3, 8), b in prop::collection::vec(0_u32..3, 8)) {
        let spans = |labels: &[u32]| -> Units {
            (0..).zip(labels).map(|(at, &label)| LabelledSpan::new(at, at + 1, label)).collect()
        };
        let mut continuum = Continuum::new(2);
        continuum.add(&[Some(&spans(&a)), Some(&spans(&b))], 8);
        prop_assert!(alike(continuum.unitizing(), continuum.codings().alpha()));
    }

    #[test]
    fn unitizing_alpha_keeps_its_bounds(a in units(6), b in units(6), c in units(6)) {
        let mut continuum = Continuum::new(3);
        continuum.add(&[Some(&a), Some(&b), Some(&c)], 60);
        let mut turned = Continuum::new(3);
        turned.add(&[Some(&c), Some(&a), Some(&b)], 60);
        prop_assert!(alike(continuum.unitizing(), turned.unitizing()));
        for figure in [continuum.unitizing(), continuum.unitizing_binary(), continuum.unitizing_of(1)] {
            prop_assert!(figure.value().is_none_or(|value| value.is_finite() && value <= 1.0 + 1e-12));
        }
        let mut same = Continuum::new(2);
        same.add(&[Some(&a), Some(&a)], 60);
        prop_assert!(same.unitizing().value().is_none_or(|value| (value - 1.0).abs() < 1e-12));
    }

    #[test]
    fn two_annotators_are_aligned_best(a in units(5), b in units(5)) {
        is_sound(&[&a, &b], &Dissimilarity::default())?;
        prop_assert!(best_alignment(&[&a, &b], &Dissimilarity::default()).is_exact());
    }

    #[test]
    fn three_annotators_are_within_their_bounds(a in units(4), b in units(4), c in units(3)) {
        is_sound(&[&a, &b, &c], &Dissimilarity::default())?;
        is_sound(&[&a, &b, &c], &Dissimilarity { alpha: 3.0, beta: 0.5, delta_empty: 0.7 })?;
        prop_assert!(best_alignment(&[&a, &b, &c], &Dissimilarity::default()).is_exact(), "small cases are closed");
    }

    #[test]
    fn four_annotators_are_within_their_bounds(a in units(3), b in units(3), c in units(3), d in units(3)) {
        is_sound(&[&a, &b, &c, &d], &Dissimilarity::default())?;
    }

    #[test]
    fn gamma_keeps_its_promises(a in units(6), b in units(6), seed in 0_u64..4) {
        let plan = GammaPlan { samples: 10, seed, ..GammaPlan::default() };
        let text = |one: &'static str| one.len() as u64;
        let of = |a: &Units, b: &Units| gamma(&[Text { annotators: vec![a, b], length: 50, number: text("a") }], &plan);
        let ours = of(&a, &b);
        prop_assert_eq!(ours, of(&a, &b), "a seed decides");
        prop_assert!(ours.gamma.value().is_none_or(|value| value.is_finite() && value <= 1.0));
        if let (Some((low, high)), Some(value)) = (ours.interval, ours.gamma.value()) {
            prop_assert!(low <= value + 1e-12 && value <= high + 1e-12);
        }
        prop_assert!((ours.observed.unwrap_or(0.0) - of(&b, &a).observed.unwrap_or(0.0)).abs() < 1e-9);
        if !a.is_empty() {
            prop_assert!(of(&a, &a).gamma.value().is_none_or(|value| value >= 1.0));
        }
    }
}

#[test]
fn another_seed_draws_other_texts() {
    let a: Units = (0..20).map(|at| LabelledSpan::new(at * 30, at * 30 + 7 + at % 5, at % 3)).collect();
    let b: Units = (0..20).map(|at| LabelledSpan::new(at * 30 + at % 4, at * 30 + 9, at % 2)).collect();
    let of = |seed| {
        let text = Text { annotators: vec![&a, &b], length: 700, number: 0 };
        gamma(&[text], &GammaPlan { seed, ..GammaPlan::default() })
    };
    assert_eq!(of(1), of(1));
    assert_ne!(of(1).expected, of(2).expected);
    assert_eq!(of(1).observed, of(2).observed);
    let value = of(1).gamma.value().unwrap();
    assert!((0.3..1.0).contains(&value), "{value}");
}
