//! Scoring of any two sets: no panic, figures between 0 and 1, and exchanging the sides exchanges
//! precision and recall.
#![no_main]

use goldrule_fuzz::WildSet;
use goldrule_schema::AnnotationSet;
use goldrule_scorer::{Measure, score_document};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|pair: (WildSet, WildSet)| {
    let (gold, pred) = (AnnotationSet::from(&pair.0), AnnotationSet::from(&pair.1));
    let there = score_document("wild", &gold, &pred);
    let back = score_document("wild", &pred, &gold);
    for measure in Measure::ALL {
        let (a, b) = (there.measure(measure), back.measure(measure));
        for figure in [a.precision(), a.recall(), a.f1()].into_iter().flatten() {
            assert!((0.0..=1.0).contains(&figure), "{measure}: {figure}");
        }
        assert_eq!((a.precision(), a.recall()), (b.recall(), b.precision()), "{measure}");
    }
});
