//! Labelled spans for the scorer, many short documents or one long one.

use goldrule_scorer::LabelledSpan;

use crate::Rng;

/// Labels in use.
const LABELS: u32 = 4;

/// `count` documents of so many gold spans, a tenth of them nested or overlapping, and of a system that finds
/// most of them, some with other ends or labels.
///
/// ```
/// let documents = goldrule_benches::corpus_of_spans(10, 30, 1);
/// assert!(documents.iter().all(|(gold, _)| gold.len() == 30));
/// ```
pub fn corpus_of_spans(count: usize, spans: u32, seed: u64) -> Vec<(Vec<LabelledSpan>, Vec<LabelledSpan>)> {
    let mut rng = Rng::new(seed);
    (0..count)
        .map(|_| {
            let mut start = 0;
            let mut gold = Vec::with_capacity(spans as usize);
            for _ in 0..spans {
                start += if rng.chance(10) { 2 } else { 20 + rng.below(40) };
                gold.push(LabelledSpan::new(start, start + 4 + rng.below(12), rng.below(LABELS)));
            }
            let pred = system(&mut rng, &gold);
            (gold, pred)
        })
        .collect()
}

/// One document of so many gold spans, no more than `depth` over one character, and a system's spans, most
/// of them with other ends.
pub fn one_document(spans: u32, depth: u32, seed: u64) -> (Vec<LabelledSpan>, Vec<LabelledSpan>) {
    let mut rng = Rng::new(seed);
    let gold: Vec<LabelledSpan> = (0..spans)
        .map(|number| {
            let start = number * 4;
            LabelledSpan::new(start, start + 1 + rng.below(depth * 4 - 4), rng.below(LABELS))
        })
        .collect();
    let mut pred = Vec::with_capacity(gold.len());
    for span in gold.iter().filter(|span| span.span.start % 10 > 0) {
        let start = span.span.start + rng.below(3);
        pred.push(LabelledSpan::new(start, start + span.span.len(), span.label));
    }
    (gold, pred)
}

fn system(rng: &mut Rng, gold: &[LabelledSpan]) -> Vec<LabelledSpan> {
    let mut pred = Vec::with_capacity(gold.len());
    for &span in gold {
        let mut span = span;
        if rng.chance(15) {
            span.span.end += 1 + rng.below(6);
        }
        if rng.chance(10) {
            span.label = rng.below(LABELS);
        }
        if rng.chance(10) {
            span.span.start += 400_000;
            span.span.end += 400_000;
        }
        pred.push(span);
    }
    pred
}
