//! The numbers of other tools, for those who have to compare with them.

use serde::Serialize;

use crate::policy::Duplicates;
use crate::random::SplitMix64;
use crate::spans::{Categories, LabelledSpan, Scheme, SpanOptions, SpanScore, score_spans};

/// Orders that [`nervaluate`] is tried in besides the one given.
const SHUFFLES: u64 = 256;

/// What nervaluate 1.2 counts for one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Nervaluate {
    /// `strict`.
    pub strict: Categories,
    /// `exact`.
    pub exact: Categories,
    /// `partial`.
    pub partial: Categories,
    /// `ent_type`.
    pub ent_type: Categories,
    /// Whether the same spans in another order give other counts: the figures are then accidents of the
    /// order of the input. Found by trying 256 shuffles where a span meets
    /// several of the other side.
    pub order_dependent: bool,
}

impl Nervaluate {
    /// The counts of a scheme; `None` for schemes that nervaluate does not have.
    pub fn categories(&self, scheme: Scheme) -> Option<Categories> {
        match scheme {
            Scheme::Strict => Some(self.strict),
            Scheme::Exact => Some(self.exact),
            Scheme::Partial => Some(self.partial),
            Scheme::Type => Some(self.ent_type),
            Scheme::Overlap | Scheme::Characters => None,
        }
    }
}

/// Counts as nervaluate 1.2 does, in the order given.
///
/// It goes through the predicted spans one by one. Each takes the first free gold span that is right for
/// it, otherwise the first free one that it overlaps by at least a hundredth of the gold span; under
/// `ent_type` the right one is that with the nearest ends. What is taken is never given back, so the
/// counts depend on the order wherever a span overlaps several.
///
/// ```
/// use goldrule_scorer::{LabelledSpan, nervaluate};
///
/// let gold = [LabelledSpan::new(0, 5, 0)];
/// let pred = [LabelledSpan::new(3, 9, 0), LabelledSpan::new(0, 5, 0)];
/// let counts = nervaluate(&gold, &pred);
/// assert!(counts.order_dependent);
/// assert_eq!((counts.strict.correct, counts.strict.incorrect, counts.strict.spurious), (0, 1, 1));
/// ```
pub fn nervaluate(gold: &[LabelledSpan], pred: &[LabelledSpan]) -> Nervaluate {
    let first = in_order(gold, pred);
    let mut order_dependent = false;
    if tangled(gold, pred) || tangled(pred, gold) {
        order_dependent = (0..SHUFFLES).any(|number| {
            let mut random = SplitMix64::stream(0, number);
            let (mut gold, mut pred) = (gold.to_vec(), pred.to_vec());
            shuffle(&mut gold, &mut random);
            shuffle(&mut pred, &mut random);
            in_order(&gold, &pred) != first
        });
    }
    Nervaluate { order_dependent, ..first }
}

/// Whether a span meets several of the other side; where none does there is nothing to choose.
fn tangled(spans: &[LabelledSpan], others: &[LabelledSpan]) -> bool {
    let meet =
        |one: &LabelledSpan, other: &LabelledSpan| one.span == other.span || one.span.overlaps(other.span);
    spans.iter().any(|one| others.iter().filter(|other| meet(one, other)).nth(1).is_some())
}

fn shuffle(spans: &mut [LabelledSpan], random: &mut SplitMix64) {
    for last in (1..spans.len()).rev() {
        spans.swap(last, random.below(last + 1));
    }
}

fn in_order(gold: &[LabelledSpan], pred: &[LabelledSpan]) -> Nervaluate {
    let run = |scheme| taken_in_turn(gold, pred, scheme);
    Nervaluate {
        strict: run(Scheme::Strict),
        exact: run(Scheme::Exact),
        partial: run(Scheme::Partial),
        ent_type: run(Scheme::Type),
        order_dependent: false,
    }
}

fn taken_in_turn(gold: &[LabelledSpan], pred: &[LabelledSpan], scheme: Scheme) -> Categories {
    let mut free = vec![true; gold.len()];
    let mut counts = Categories::default();
    for one in pred {
        let candidates = || gold.iter().enumerate().filter(|(at, _)| free[*at]);
        let meets = |other: &LabelledSpan| {
            let shared = u64::from(one.span.overlap(other.span));
            shared > 0 && shared * 100 >= u64::from(other.span.len())
        };
        let right = match scheme {
            Scheme::Strict => candidates().find(|(_, other)| *other == one),
            Scheme::Type => candidates()
                .filter(|(_, other)| meets(other) && other.label == one.label)
                .min_by_key(|(_, other)| {
                    one.span.start.abs_diff(other.span.start) + one.span.end.abs_diff(other.span.end)
                }),
            _ => candidates().find(|(_, other)| other.span == one.span),
        };
        let near = || candidates().find(|(_, other)| meets(other));
        if let Some((at, _)) = right {
            counts.correct += 1;
            free[at] = false;
        } else if let Some((at, _)) = near() {
            let partial = scheme == Scheme::Partial;
            counts.partial += u64::from(partial);
            counts.incorrect += u64::from(!partial);
            free[at] = false;
        } else {
            counts.spurious += 1;
        }
    }
    counts.missed = free.into_iter().filter(|&free| free).count() as u64;
    counts
}

/// Counts as seqeval 1.2 does: distinct spans of equal ends and label, `strict` without repeats. Its
/// averages over labels take an undefined ratio for 0
/// ([`Undefined::Zero`](crate::Undefined::Zero)).
pub fn seqeval(gold: &[LabelledSpan], pred: &[LabelledSpan]) -> SpanScore {
    score_spans(gold, pred, &SpanOptions { duplicates: Duplicates::Drop, ..SpanOptions::default() })
}
