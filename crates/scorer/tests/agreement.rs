//! Coefficients of agreement: the tables of the papers that define them.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use goldrule_scorer::{
    Codings, Coefficient, Continuum, Dissimilarity, GammaPlan, LabelledSpan, Text, WhyUndefined,
    best_alignment, gamma,
};

#[track_caller]
fn is(coefficient: Coefficient, printed: f64, digits: i32) {
    let value = coefficient.value().unwrap_or_else(|| panic!("{coefficient:?}"));
    assert!((value - printed).abs() < 0.5 * 10_f64.powi(-digits) + 1e-9, "{value} is not {printed}");
}

/// Counts of two annotators' labels: rows are the first one's.
fn table<const N: usize>(counts: [[u64; N]; N]) -> Codings<usize> {
    let mut codings = Codings::new(2);
    for (a, row) in counts.iter().enumerate() {
        for (b, &times) in row.iter().enumerate() {
            codings.add(vec![Some(a), Some(b)], times);
        }
    }
    codings
}

/// Labels of several annotators, a line each, a character a unit; `.` is missing.
fn lines(annotators: &[&str]) -> Codings<char> {
    let lines: Vec<Vec<char>> =
        annotators.iter().map(|line| line.chars().filter(|c| *c != ' ').collect()).collect();
    let mut codings = Codings::new(lines.len());
    for unit in 0..lines[0].len() {
        codings.add(lines.iter().map(|line| Some(line[unit]).filter(|c| *c != '.')).collect(), 1);
    }
    codings
}

/// Cohen (1960), "A Coefficient of Agreement for Nominal Scales", table of two judges and 200 cases.
#[test]
fn cohen_1960() {
    let codings = table([[88, 14, 18], [10, 40, 10], [2, 6, 12]]);
    assert!((codings.observed().unwrap() - 0.70).abs() < 1e-12);
    is(codings.kappa(), (0.70 - 0.41) / (1.0 - 0.41), 9);
}

/// Artstein and Poesio (2008), table 1 and section 2.4: 100 utterances, two dialogue acts.
#[test]
fn artstein_poesio_2008_two_coders() {
    let codings = table([[20, 20], [10, 50]]);
    is(codings.s(2), 0.400, 3);
    is(codings.pi(), 0.341, 3);
    is(codings.kappa(), 0.348, 3);
}

/// Artstein and Poesio (2008), section 2.6: three dialogue acts; agreement 0.88, chance 0.333 for S, 0.4014 for
/// π and 0.396 for κ.
#[test]
fn artstein_poesio_2008_three_acts() {
    let codings = table([[46, 6, 0], [0, 32, 0], [0, 6, 10]]);
    assert!((codings.observed().unwrap() - 0.88).abs() < 1e-12);
    is(codings.s(3), 0.820, 3);
    is(codings.pi(), 0.7995, 4);
    is(codings.kappa(), 0.8013, 4);
    is(codings.alpha(), 1.0 - 0.12 / 0.6016, 3);
}

/// Fleiss (1971), "Measuring nominal scale agreement among many raters": 30 patients, six psychiatrists, five
/// diagnoses. The paper prints 0.430.
#[test]
fn fleiss_1971() {
    let patients = [
        "444444", "222555", "233335", "555555", "222444", "113333", "333355", "111334", "114444", "555555",
        "144444", "124444", "222333", "144444", "224445", "333335", "111455", "111112", "224444", "133555",
        "555555", "244444", "224555", "114444", "144445", "222224", "111155", "224444", "133333", "555555",
    ];
    let mut codings = Codings::new(6);
    for patient in patients {
        codings.add(patient.chars().map(Some).collect(), 1);
    }
    is(codings.pi(), 0.430, 3);
}

/// Of two annotators multi-π is π, and multi-κ is κ; of more, multi-κ takes chance from pairs (Davies and
/// Fleiss 1982; Artstein and Poesio 2008, section 2.5). Worked by hand: agreement 7/9; chance of the pairs
/// 5/9, 4/9 and 4/9, mean 13/27, so κ = (21 - 13) / (27 - 13); of five `a` and four `b` 41/81 for π.
#[test]
fn three_coders_by_hand() {
    let codings = lines(&["aab", "aab", "abb"]);
    is(codings.kappa(), 8.0 / 14.0, 9);
    let (observed, chance) = (7.0 / 9.0, (25.0 + 16.0) / 81.0);
    is(codings.pi(), (observed - chance) / (1.0 - chance), 9);
}

/// Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units,
/// seven labels missing.
#[test]
fn krippendorff_2011_with_missing_labels() {
    let codings = lines(&["123321412...", "1233224125.3", ".3332342251.", "12332441251."]);
    is(codings.alpha(), 0.743, 3);
    assert_eq!(codings.units(), 11);
}

/// Krippendorff (2011), sections A and B; (2004), chapter 11: two observers, binary and nominal.
#[test]
fn krippendorff_2011_two_observers() {
    is(lines(&["0100000010", "1110010000"]).alpha(), 0.095, 3);
    is(lines(&["aabbdcccedda", "babbbccceddd"]).alpha(), 0.692, 3);
}

/// Krippendorff (2019), "Content Analysis", figure 12.11; Krippendorff, Mathet, Bouvry and Widlöcher (2016):
/// three observers, a continuum of 60. The book prints 0.510 and, where this is 0.41360, 0.413.
#[test]
fn krippendorff_2019_unitizing() {
    let spans = |units: &[(u32, u32, u32)]| -> Vec<LabelledSpan> {
        units.iter().map(|&(first, last, value)| LabelledSpan::new(first - 1, last, value)).collect()
    };
    let alex = spans(&[(1, 7, 1), (8, 13, 2), (31, 32, 5), (33, 37, 6), (38, 44, 6), (45, 60, 7)]);
    let paul = spans(&[(1, 7, 1), (8, 13, 3), (14, 21, 5), (33, 44, 6)]);
    let suzan = spans(&[(1, 7, 1), (8, 13, 4), (14, 21, 5), (33, 37, 6), (38, 41, 6), (42, 44, 6)]);
    let mut continuum = Continuum::new(3);
    continuum.add(&[Some(&alex), Some(&paul), Some(&suzan)], 60);
    is(continuum.unitizing(), 0.510, 3);
    is(continuum.unitizing_binary(), 0.4136, 4);
}

#[test]
fn undefined_figures_say_why() {
    use WhyUndefined::{Incomplete, NoUnits, OneAnnotator, OneLabel};
    let none = Codings::<char>::new(2);
    for figure in [none.kappa(), none.pi(), none.alpha(), none.s(2)] {
        assert_eq!(figure, Coefficient::Undefined(NoUnits));
    }
    let same = lines(&["aaa", "aaa"]);
    for figure in [same.kappa(), same.pi(), same.alpha()] {
        assert_eq!(figure, Coefficient::Undefined(OneLabel));
    }
    // Chance of S knows of the other label.
    assert_eq!((same.s(2), same.s(1)), (Coefficient::Value(1.0), Coefficient::Undefined(OneLabel)));
    let alone = lines(&["ab", ".."]);
    assert_eq!((alone.kappa().why(), alone.alpha().why()), (Some(OneAnnotator), Some(OneAnnotator)));
    let gaps = lines(&["ab.", "a.b", ".bb"]);
    assert_eq!(gaps.kappa().why(), Some(Incomplete));
    assert!(gaps.alpha().value().is_some());

    let mut unmarked = Continuum::new(2);
    unmarked.add(&[Some(&[]), Some(&[])], 100);
    assert_eq!(unmarked.unitizing().why(), Some(NoUnits));
    let whole = [LabelledSpan::new(0, 9, 0)];
    let mut marked = Continuum::new(2);
    marked.add(&[Some(&whole), Some(&whole)], 9);
    assert_eq!(marked.unitizing().why(), Some(OneLabel));

    let of = |a: &[LabelledSpan], b: &[LabelledSpan]| {
        gamma(&[Text { annotators: vec![a, b], length: 9, number: 0 }], &GammaPlan::default()).gamma
    };
    assert_eq!(of(&[], &[]).why(), Some(NoUnits));
    assert_eq!(of(&whole, &[]).why(), Some(OneAnnotator));
    assert_eq!(gamma(&[], &GammaPlan::default()).gamma.why(), Some(NoUnits));
    assert_eq!(best_alignment(&[], &Dissimilarity::default()).disorder(), None);
}

/// Mathet, Widlöcher and Métivier (2015), section 4.2: the positional dissimilarity is 0 where units are equal,
/// and that of an empty unit where units of one length touch; it grows with the square of the distance.
#[test]
fn positional_dissimilarity() {
    let d = Dissimilarity { beta: 0.0, ..Dissimilarity::default() };
    let at = |start, end| LabelledSpan::new(start, end, 0);
    let cases = [
        ((0, 10), (0, 10), 0.0),
        ((0, 10), (10, 20), 1.0),
        ((0, 10), (20, 30), 4.0),
        ((0, 7), (0, 14), 1.0 / 9.0),
    ];
    for (a, b, expected) in cases {
        assert!((d.between(&at(a.0, a.1), &at(b.0, b.1)) - expected).abs() < 1e-12, "{a:?} {b:?}");
    }
    assert_eq!(d.between(&at(4, 4), &at(4, 4)).to_bits(), 0);
    assert!(d.between(&at(4, 4), &at(5, 5)).is_infinite());
}

/// The definitions of section 4.1: disorder is the sum over unitary alignments of mean pairwise dissimilarity,
/// over the mean number of units. Three annotators, one of whom lacks the unit.
#[test]
fn disorder_of_three_by_hand() {
    let unit = [LabelledSpan::new(0, 10, 0)];
    let best = best_alignment(&[&unit, &unit, &[]], &Dissimilarity::default());
    // (0 + 1 + 1) / 3, over two thirds of a unit each.
    assert!((best.disorder().unwrap() - 1.0).abs() < 1e-12);
    assert!(best.is_exact());
    assert_eq!(best.rows, [vec![Some(0), Some(0), None]]);
}
