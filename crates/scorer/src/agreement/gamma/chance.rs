//! Texts as chance would annotate them.

use crate::agreement::gamma::Text;
use crate::random::SplitMix64;
use crate::spans::LabelledSpan;
use goldrule_schema::CharSpan;

/// Draws before pivots may be nearer than they should.
const TRIES: usize = 100;

/// The sampler of the paper (section 5.2): each annotator of the sample is one of the text's, drawn with
/// replacement, whose units are shifted by a random pivot; what begins behind the end of the text goes round
/// to its beginning. Pivots are at least half the mean length of a unit apart, so that nobody is aligned with
/// himself. A sample without units is drawn again where the text has any.
pub(super) fn sample(text: &Text<'_>, random: &mut SplitMix64) -> Vec<Vec<LabelledSpan>> {
    let all = text.annotators.iter().map(|units| units.len()).sum::<usize>();
    loop {
        let pivots = pivots(text, random);
        let drawn = pivots.into_iter().map(|pivot| {
            let units = text.annotators[random.below(text.annotators.len())];
            units.iter().map(|unit| shifted(unit, pivot, text.length)).collect()
        });
        let sample: Vec<Vec<LabelledSpan>> = drawn.collect();
        if all == 0 || sample.iter().any(|units| !units.is_empty()) {
            return sample;
        }
    }
}

fn pivots(text: &Text<'_>, random: &mut SplitMix64) -> Vec<u32> {
    let units = text.annotators.iter().flat_map(|units| units.iter());
    let (count, length) =
        units.fold((0_u64, 0_u64), |(n, sum), unit| (n + 1, sum + u64::from(unit.span.len())));
    let apart = (length / count.max(1) / 2) as u32;
    let mut pivots: Vec<u32> = Vec::new();
    for _ in &text.annotators {
        let mut draw = || random.below(text.length as usize) as u32;
        let free = |pivot: &u32| {
            pivots.iter().all(|&other| {
                let distance = other.abs_diff(*pivot);
                distance.min(text.length - distance) >= apart.max(1)
            })
        };
        let pivot = std::iter::repeat_with(&mut draw).take(TRIES).find(free);
        let pivot = pivot.unwrap_or_else(draw);
        pivots.push(pivot);
    }
    pivots
}

fn shifted(unit: &LabelledSpan, pivot: u32, length: u32) -> LabelledSpan {
    let start = (u64::from(unit.span.start) + u64::from(pivot)) % u64::from(length.max(1));
    let start = start as u32;
    LabelledSpan { span: CharSpan::new(start, start.saturating_add(unit.span.len())), label: unit.label }
}
