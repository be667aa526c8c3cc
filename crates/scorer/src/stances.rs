//! Who stands where: the three layers of stances.

use crate::compare::{Place, Sink, items, left_over, report};
use crate::content::{Side, StanceView};
use crate::entities::EntityAlignment;
use crate::errors::{self, ErrorClass, Reasons};
use crate::matching::{Edge, MAX_EDGES, Weight, assign};
use crate::measure::{Accuracy, Measure};
use crate::sweep::{Item, equal_runs, overlapping, tie};

/// Holder (as gold knows it), topic and position.
type Tuple = (u64, u64, u64);

/// Compares the stances of a document whose agencies are aligned.
pub(crate) fn compare<S: Sink>(gold: &Side<'_>, pred: &Side<'_>, aligned: &EntityAlignment, sink: &mut S) {
    let (g, p) = (&gold.stances, &pred.stances);
    // A holder that names no agency must not meet one of the other side.
    let known = gold.agencies.len() as u64;
    let gold_holder =
        |s: &StanceView| u64::from(s.holder) + if u64::from(s.holder) < known { 0 } else { 1 << 41 };
    let gold_tuples: Vec<Tuple> = g.iter().map(|s| (gold_holder(s), s.topic, s.position)).collect();
    let pred_tuples: Vec<Tuple> = p.iter().map(|s| (aligned.holder(s.holder), s.topic, s.position)).collect();
    tuples(g, p, &gold_tuples, &pred_tuples, sink);

    let sizes = (g.len(), p.len());
    let item = |s: &StanceView, tuple: Tuple| {
        let group = (u64::from(s.copy), 0);
        Item { group, span: s.span, label: label(tuple), content: s.content, index: 0 }
    };
    let with = |views: &[StanceView], tuples: &[Tuple]| {
        let both: Vec<(&StanceView, Tuple)> = views.iter().zip(tuples.iter().copied()).collect();
        items(&both, |(s, tuple)| item(s, *tuple))
    };
    let (gold_items, pred_items) = (with(g, &gold_tuples), with(p, &pred_tuples));
    let copies: errors::Copies<'_> = (&|at| g[at as usize].copy > 0, &|at| p[at as usize].copy > 0);
    let explain = |missed: &[Place], spurious: &[Place]| {
        let near = errors::near(&gold_items, &pred_items, missed, spurious);
        errors::reasons(missed, spurious, &near, copies, |a, b| {
            difference(gold_tuples[a as usize], pred_tuples[b as usize])
        })
    };
    // Within one tuple, the attribution is what is left to prefer.
    let within = |views: &[StanceView], all: &[Item]| {
        let mut narrowed: Vec<Item> = all
            .iter()
            .map(|item| {
                let label = views[item.index as usize].attribution;
                Item { group: (item.group.0, item.label), label, ..*item }
            })
            .collect();
        crate::sweep::sort(&mut narrowed);
        narrowed
    };
    let exact = overlapping(&within(g, &gold_items), &within(p, &pred_items));
    let mut evidence = exact.clone();
    evidence.extend(overlapping(
        &left_over(&gold_items, exact.iter().map(|pair| pair.0)),
        &left_over(&pred_items, exact.iter().map(|pair| pair.1)),
    ));
    report(Measure::StanceEvidence, sizes, &evidence, sink, explain);
    report(Measure::StanceEvidenceTuple, sizes, &exact, sink, explain);
    for &(a, b) in &exact {
        let right = g[a as usize].attribution == p[b as usize].attribution;
        sink.judged(Accuracy::Attribution, (a, b), right);
    }
}

/// A tuple as one number.
fn label((holder, topic, position): Tuple) -> u64 {
    holder << 16 | topic << 8 | position
}

/// The first thing in which two stances differ; their ends where in nothing.
fn difference(gold: Tuple, pred: Tuple) -> ErrorClass {
    if gold.0 != pred.0 {
        ErrorClass::WrongHolder
    } else if gold.1 != pred.1 {
        ErrorClass::WrongTopic
    } else if gold.2 != pred.2 {
        ErrorClass::WrongPosition
    } else {
        ErrorClass::Boundary
    }
}

/// The layer of distinct tuples. The first stance in text order stands for its tuple.
fn tuples<S: Sink>(
    gold: &[StanceView],
    pred: &[StanceView],
    gold_tuples: &[Tuple],
    pred_tuples: &[Tuple],
    sink: &mut S,
) {
    let distinct = |tuples: &[Tuple]| {
        let mut first: Vec<(Tuple, Place)> =
            tuples.iter().enumerate().map(|(place, &tuple)| (tuple, place as Place)).collect();
        first.sort_unstable();
        first.dedup_by_key(|t| t.0);
        first
    };
    let (g, p) = (distinct(gold_tuples), distinct(pred_tuples));
    let pairs: Vec<(Place, Place)> =
        equal_runs(&g, &p, |t| t.0).into_iter().map(|(a, b)| (a.start as Place, b.start as Place)).collect();
    let explain = |missed: &[Place], spurious: &[Place]| -> Reasons {
        let near = one_off(&g, &p, missed, spurious, |a, b| tie(gold[a].content, pred[b].content));
        errors::reasons(missed, spurious, &near, (&|_| false, &|_| false), |a, b| {
            difference(g[a as usize].0, p[b as usize].0)
        })
    };
    let mut named = Named { sink, gold: &g, pred: &p };
    report(Measure::StanceTuple, (g.len(), p.len()), &pairs, &mut named, explain);
}

/// Pairs tuples that differ in one thing: position rather than topic rather than holder.
fn one_off(
    gold: &[(Tuple, Place)],
    pred: &[(Tuple, Place)],
    missed: &[Place],
    spurious: &[Place],
    tie: impl Fn(usize, usize) -> i64,
) -> Vec<(Place, Place)> {
    if missed.len().saturating_mul(spurious.len()) > MAX_EDGES {
        return Vec::new();
    }
    let mut edges = Vec::new();
    for &row in missed {
        for &col in spurious {
            let ((a, x), (b, y)) = (gold[row as usize], pred[col as usize]);
            let same = [a.0 == b.0, a.1 == b.1, a.2 == b.2].map(i64::from);
            if same.iter().sum::<i64>() == 2 {
                let tie = tie(x as usize, y as usize);
                edges.push(Edge { row, col, weight: Weight([1, same[0] * same[1], same[0], tie, 0, 0, 0]) });
            }
        }
    }
    assign(&edges)
}

/// Names each distinct tuple by the stance that stands for it.
struct Named<'a, S> {
    sink: &'a mut S,
    gold: &'a [(Tuple, Place)],
    pred: &'a [(Tuple, Place)],
}

impl<S: Sink> Sink for Named<'_, S> {
    const EXPLAIN: bool = S::EXPLAIN;

    fn matched(&mut self, m: Measure, (g, p): (Place, Place), credit: (u128, u128), e: Option<ErrorClass>) {
        self.sink.matched(m, (self.gold[g as usize].1, self.pred[p as usize].1), credit, e);
    }

    fn missed(&mut self, m: Measure, gold: Place, error: ErrorClass, near: Option<Place>) {
        self.sink.missed(m, self.gold[gold as usize].1, error, near.map(|p| self.pred[p as usize].1));
    }

    fn spurious(&mut self, m: Measure, pred: Place, error: ErrorClass, near: Option<Place>) {
        self.sink.spurious(m, self.pred[pred as usize].1, error, near.map(|g| self.gold[g as usize].1));
    }

    fn judged(&mut self, accuracy: Accuracy, pair: (Place, Place), right: bool) {
        self.sink.judged(accuracy, pair, right);
    }
}
