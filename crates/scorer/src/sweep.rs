//! Pairing spans: by equality, and by overlap in one pass over both sorted sides.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::ops::Range;

use goldrule_schema::CharSpan;

use crate::hungarian::{Graph, solve};
use crate::matching::{MAX_EDGES, Weight};

/// A span to be paired.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    /// Only items of one group can be paired.
    pub(crate) group: (u64, u64),
    pub(crate) span: CharSpan,
    /// Equal labels are preferred.
    pub(crate) label: u64,
    /// Stands for the record's content, to settle what is left open in a way that depends neither on
    /// the order of the records nor on which side they are on.
    pub(crate) content: u64,
    /// Where the record is in the caller's list.
    pub(crate) index: u32,
}

impl Item {
    fn key(&self) -> ((u64, u64), CharSpan, u64, u64) {
        (self.group, self.span, self.label, self.content)
    }

    fn touches(&self, other: &Self) -> bool {
        self.span == other.span || self.span.overlaps(other.span)
    }
}

/// Looks at pairs that an exact solution may take, whatever the size, and for each pair.
const LOOKS: u64 = 1 << 24;
const LOOKS_AN_EDGE: u64 = 128;

/// Puts items into the order that [`overlapping`] expects.
pub(crate) fn sort(items: &mut [Item]) {
    items.sort_by_key(Item::key);
}

/// Weight of last resort: a number that only depends on what the two records contain.
///
/// Summed over a matching it makes one of several equally good matchings the best one, whatever the
/// order of the input (the isolating weights of Mulmuley, Vazirani and Vazirani 1987).
pub(crate) fn tie(gold: u64, pred: u64) -> i64 {
    (crate::content::mix(gold.wrapping_add(pred)) >> 24).cast_signed()
}

/// Spans of one side over a single character up to which a pairing is exact however long the chain of
/// overlaps. Deeper crowds are exact up to 65 536 overlapping pairs and paired from left to right beyond.
///
/// Of regular patterns, such as thousands of spans of one length at one distance, the exact solution may
/// still take more than 16 million looks at pairs and 128 for each; those are paired from left to right
/// as well.
pub const MAX_DEPTH: usize = 64;

/// The best one-to-one pairing of overlapping spans within groups, as pairs of `index`.
///
/// Best means: most pairs with equal span and label; then most with equal span; then most with equal label,
/// and the greatest overlap of those; then most pairs and their greatest overlap. Both sides are sorted
/// by [`sort`]. Equal spans count as overlapping even where they are empty.
pub(crate) fn overlapping(gold: &[Item], pred: &[Item]) -> Vec<(u32, u32)> {
    pairing(gold, pred, |_, _| true)
}

/// The same among those pairs that `admits` lets through, to which equal spans with equal labels must
/// belong.
pub(crate) fn pairing(
    gold: &[Item],
    pred: &[Item],
    admits: impl Fn(&Item, &Item) -> bool,
) -> Vec<(u32, u32)> {
    let mut pairs = Vec::with_capacity(gold.len().min(pred.len()));
    let (gold, pred) = without_equals(gold, pred, &mut pairs);
    for (g, p) in Clusters::new(&gold, &pred) {
        let (gold, pred) = (&gold[g], &pred[p]);
        if let ([one], [other]) = (gold, pred) {
            if one.touches(other) && admits(one, other) {
                pairs.push((one.index, other.index));
            }
        } else if is_crowded(gold, pred) || !solved(gold, pred, &admits, &mut pairs) {
            crowd(gold, pred, &admits, &mut pairs);
        }
    }
    pairs
}

/// Pairs what is equal, label included, and gives back the rest. Nothing is lost by it: in a matching that
/// leaves such a pair apart, joining it and giving their partners to each other makes one more such pair.
fn without_equals(gold: &[Item], pred: &[Item], pairs: &mut Vec<(u32, u32)>) -> (Vec<Item>, Vec<Item>) {
    let key = |item: &Item| (item.group, item.span, item.label);
    let (mut gold_rest, mut pred_rest) = (Vec::new(), Vec::new());
    let (mut g, mut p) = (0, 0);
    while let (Some(one), Some(other)) = (gold.get(g), pred.get(p)) {
        match key(one).cmp(&key(other)) {
            Ordering::Less => gold_rest.push(*one),
            Ordering::Greater => pred_rest.push(*other),
            Ordering::Equal => pairs.push((one.index, other.index)),
        }
        let order = key(one).cmp(&key(other));
        g += usize::from(order.is_le());
        p += usize::from(order.is_ge());
    }
    gold_rest.extend_from_slice(&gold[g..]);
    pred_rest.extend_from_slice(&pred[p..]);
    (gold_rest, pred_rest)
}

/// Whether the pairs that overlap are more than an exact solution allows for: many, and so deep that they
/// cannot be told apart by place.
fn is_crowded(gold: &[Item], pred: &[Item]) -> bool {
    if gold.len().saturating_mul(pred.len()) <= MAX_EDGES || depth(gold).max(depth(pred)) <= MAX_DEPTH {
        return false;
    }
    let mut ends: Vec<u32> = pred.iter().map(|p| p.span.end).collect();
    ends.sort_unstable();
    let overlaps = |g: &Item| {
        let begun = pred.partition_point(|p| p.span.start < g.span.end);
        begun.saturating_sub(ends.partition_point(|&end| end <= g.span.start))
    };
    gold.iter().map(overlaps).sum::<usize>() > MAX_EDGES
}

/// The greatest number of spans over one character, or of empty spans at one place.
fn depth(items: &[Item]) -> usize {
    let mut ends: BinaryHeap<Reverse<u32>> = BinaryHeap::new();
    let mut deepest = 0;
    for item in items {
        while ends.peek().is_some_and(|&Reverse(end)| end <= item.span.start && end < item.span.end) {
            ends.pop();
        }
        ends.push(Reverse(item.span.end));
        deepest = deepest.max(ends.len());
    }
    deepest
}

/// Pairs a cluster exactly; false where that is too much work, and then nothing is paired.
fn solved(
    gold: &[Item],
    pred: &[Item],
    admits: &impl Fn(&Item, &Item) -> bool,
    pairs: &mut Vec<(u32, u32)>,
) -> bool {
    /// Gold first.
    fn sides<T>(exchanged: bool, row: T, col: T) -> (T, T) {
        if exchanged { (col, row) } else { (row, col) }
    }
    // Which side has the rows is settled by content, so that exchanging the sides changes nothing, be it
    // only whether the work is too much.
    let key = |items: &[Item]| (items.len(), items.first().map(Item::key));
    let exchanged = key(pred) < key(gold);
    let (rows, cols) = if exchanged { (pred, gold) } else { (gold, pred) };
    let mut edges = touching(rows, cols);
    edges.retain(|&(row, col)| {
        let (one, other) = sides(exchanged, &rows[row as usize], &cols[col as usize]);
        admits(one, other)
    });
    edges.sort_unstable();
    let budget = LOOKS + LOOKS_AN_EDGE * edges.len() as u64;
    let mut first: Vec<u32> = Vec::with_capacity(rows.len() + 1);
    for (at, &(row, _)) in edges.iter().enumerate() {
        first.resize(first.len().max(row as usize + 1), at as u32);
    }
    first.resize(rows.len() + 1, edges.len() as u32);
    let graph = Graph {
        first,
        cols: edges.into_iter().map(|edge| edge.1).collect(),
        width: cols.len(),
        weight: |_, row: usize, col: usize| weight(&rows[row], &cols[col]),
    };
    let Some(matched) = solve(&graph, budget) else { return false };
    pairs.extend(
        rows.iter()
            .zip(matched)
            .filter_map(|(row, col)| Some(sides(exchanged, row.index, cols[col? as usize].index))),
    );
    true
}

/// Every pair of one cluster that touches, as places in the two slices.
fn touching(gold: &[Item], pred: &[Item]) -> Vec<(u32, u32)> {
    let mut edges = Vec::new();
    let (mut open_gold, mut open_pred): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let (mut g, mut p) = (0, 0);
    while g < gold.len() || p < pred.len() {
        let is_gold = match (gold.get(g), pred.get(p)) {
            (Some(one), Some(other)) => one.span <= other.span,
            (one, _) => one.is_some(),
        };
        let item = if is_gold { &gold[g] } else { &pred[p] };
        let open = |other: &Item| other.span.end > item.span.start || other.span == item.span;
        if is_gold {
            open_pred.retain(|&at| open(&pred[at]));
            let met = open_pred.iter().filter(|&&at| item.touches(&pred[at]));
            edges.extend(met.map(|&at| (g as u32, at as u32)));
            open_gold.push(g);
            g += 1;
        } else {
            open_gold.retain(|&at| open(&gold[at]));
            let met = open_gold.iter().filter(|&&at| item.touches(&gold[at]));
            edges.extend(met.map(|&at| (at as u32, p as u32)));
            open_pred.push(p);
            p += 1;
        }
    }
    edges
}

fn weight(gold: &Item, pred: &Item) -> Weight {
    let exact = i64::from(gold.span == pred.span);
    let label = i64::from(gold.label == pred.label);
    let shared = i64::from(gold.span.overlap(pred.span));
    let tie = tie(gold.content, pred.content);
    Weight([exact * label, exact, label, label * shared, 1, shared, tie])
}

/// The pairing of a cluster too crowded to be solved: equal spans first, then from left to right each
/// span with the waiting one of the other side that ends first. Not always optimal, but near-linear
/// and the same for both directions.
fn crowd(gold: &[Item], pred: &[Item], admits: &impl Fn(&Item, &Item) -> bool, pairs: &mut Vec<(u32, u32)>) {
    let mut left: Vec<(&Item, bool)> = Vec::new();
    let (mut g, mut p) = (0, 0);
    while g < gold.len() || p < pred.len() {
        let order = match (gold.get(g), pred.get(p)) {
            (Some(a), Some(b)) => a.span.cmp(&b.span),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        match order {
            Ordering::Equal if admits(&gold[g], &pred[p]) => pairs.push((gold[g].index, pred[p].index)),
            Ordering::Equal => left.extend([(&gold[g], true), (&pred[p], false)]),
            Ordering::Less => left.push((&gold[g], true)),
            Ordering::Greater => left.push((&pred[p], false)),
        }
        g += usize::from(order.is_le());
        p += usize::from(order.is_ge());
    }
    let mut waiting = [BinaryHeap::new(), BinaryHeap::new()];
    for (at, &(item, is_gold)) in left.iter().enumerate() {
        let other = &mut waiting[usize::from(!is_gold)];
        while other.peek().is_some_and(|&Reverse((end, _, _))| end <= item.span.start) {
            other.pop();
        }
        let first: Option<&Reverse<(u32, u64, usize)>> = other.peek();
        let mate = first.map(|first| left[first.0.2].0).filter(|mate| {
            let (gold, pred) = if is_gold { (item, *mate) } else { (*mate, item) };
            !item.span.is_empty() && admits(gold, pred)
        });
        if let Some(mate) = mate {
            other.pop();
            pairs.push(if is_gold { (item.index, mate.index) } else { (mate.index, item.index) });
        } else {
            waiting[usize::from(is_gold)].push(Reverse((item.span.end, item.content, at)));
        }
    }
}

/// Maximal runs of touching items of one group, over both sides, where both sides have some.
struct Clusters<'a> {
    gold: &'a [Item],
    pred: &'a [Item],
    g: usize,
    p: usize,
}

impl<'a> Clusters<'a> {
    fn new(gold: &'a [Item], pred: &'a [Item]) -> Self {
        Self { gold, pred, g: 0, p: 0 }
    }

    /// The next item of either side in order, and whether it is gold.
    fn peek(&self) -> Option<(&'a Item, bool)> {
        match (self.gold.get(self.g), self.pred.get(self.p)) {
            (Some(a), Some(b)) if (b.group, b.span) < (a.group, a.span) => Some((b, false)),
            (Some(a), _) => Some((a, true)),
            (None, Some(b)) => Some((b, false)),
            (None, None) => None,
        }
    }

    fn advance(&mut self, is_gold: bool) {
        self.g += usize::from(is_gold);
        self.p += usize::from(!is_gold);
    }
}

impl Iterator for Clusters<'_> {
    type Item = (Range<usize>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (g, p) = (self.g, self.p);
            let (first, is_gold) = self.peek()?;
            self.advance(is_gold);
            let (mut last, mut end) = (first, first.span.end);
            while let Some((item, is_gold)) = self.peek() {
                let joined = item.span.start < end || item.span == last.span;
                if item.group != first.group || !joined {
                    break;
                }
                self.advance(is_gold);
                end = end.max(item.span.end);
                last = item;
            }
            if self.g > g && self.p > p {
                return Some((g..self.g, p..self.p));
            }
        }
    }
}

/// Runs of equal keys that both sorted sides have.
pub(crate) fn equal_runs<T, K: Ord>(
    gold: &[T],
    pred: &[T],
    key: impl Fn(&T) -> K,
) -> Vec<(Range<usize>, Range<usize>)> {
    let mut runs = Vec::new();
    let (mut g, mut p) = (0, 0);
    while g < gold.len() && p < pred.len() {
        let (a, b) = (key(&gold[g]), key(&pred[p]));
        match a.cmp(&b) {
            Ordering::Less => g += 1,
            Ordering::Greater => p += 1,
            Ordering::Equal => {
                let gold_end = g + gold[g..].iter().take_while(|t| key(t) == a).count();
                let pred_end = p + pred[p..].iter().take_while(|t| key(t) == a).count();
                runs.push((g..gold_end, p..pred_end));
                (g, p) = (gold_end, pred_end);
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Row = (u32, u32, u64, u64);

    fn side() -> impl Strategy<Value = Vec<Item>> {
        proptest::collection::vec((0u32..16, 0u32..6, 0u64..2, 0u64..2), 0..7).prop_map(
            |mut rows: Vec<Row>| {
                rows.sort_unstable();
                rows.dedup_by_key(|r| (r.0, r.1, r.2));
                let mut items: Vec<Item> = rows
                    .into_iter()
                    .enumerate()
                    .map(|(index, (start, length, group, label))| Item {
                        group: (group, 0),
                        span: CharSpan::new(start, start + length),
                        label,
                        content: u64::from(start * 100 + length),
                        index: index as u32,
                    })
                    .collect();
                sort(&mut items);
                items
            },
        )
    }

    fn can_pair(a: &Item, b: &Item) -> bool {
        a.group == b.group && a.touches(b)
    }

    /// The greatest (exact with label, exact, with label, their overlap, pairs, overlap), by trying
    /// everything.
    fn brute_force(gold: &[Item], pred: &[Item], taken: u32) -> [i64; 6] {
        let Some((first, rest)) = gold.split_first() else { return [0; 6] };
        let mut best = brute_force(rest, pred, taken);
        for (at, other) in pred.iter().enumerate() {
            if taken & (1 << at) == 0 && can_pair(first, other) {
                let deeper = brute_force(rest, pred, taken | 1 << at);
                let own = weight(first, other).0;
                best = best.max(std::array::from_fn(|i| own[i] + deeper[i]));
            }
        }
        best
    }

    fn total(gold: &[Item], pred: &[Item], pairs: &[(u32, u32)]) -> [i64; 6] {
        let mut total = [0; 6];
        for (g, p) in pairs {
            let a = gold.iter().find(|item| item.index == *g).unwrap();
            let b = pred.iter().find(|item| item.index == *p).unwrap();
            assert!(can_pair(a, b));
            let own = weight(a, b).0;
            total = std::array::from_fn(|i| total[i] + own[i]);
        }
        total
    }

    fn assert_one_to_one(pairs: &[(u32, u32)]) {
        for side in [|p: &(u32, u32)| p.0, |p: &(u32, u32)| p.1] {
            let mut seen: Vec<u32> = pairs.iter().map(side).collect();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), pairs.len());
        }
    }

    proptest! {
        #[test]
        fn is_as_good_as_brute_force(gold in side(), pred in side()) {
            let pairs = overlapping(&gold, &pred);
            assert_one_to_one(&pairs);
            prop_assert_eq!(total(&gold, &pred, &pairs), brute_force(&gold, &pred, 0));
        }

        #[test]
        fn is_the_same_both_ways(gold in side(), pred in side()) {
            let mut there = overlapping(&gold, &pred);
            let mut back: Vec<(u32, u32)> =
                overlapping(&pred, &gold).into_iter().map(|(p, g)| (g, p)).collect();
            there.sort_unstable();
            back.sort_unstable();
            prop_assert_eq!(there, back);
        }

        #[test]
        fn a_crowd_is_paired_validly(gold in side(), pred in side()) {
            let one_group = |items: &[Item]| -> Vec<Item> {
                items.iter().filter(|item| item.group == (0, 0)).copied().collect()
            };
            let (gold, pred) = (one_group(&gold), one_group(&pred));
            let (mut there, mut back) = (Vec::new(), Vec::new());
            crowd(&gold, &pred, &|_, _| true, &mut there);
            crowd(&pred, &gold, &|_, _| true, &mut back);
            assert_one_to_one(&there);
            let total = total(&gold, &pred, &there);
            let exact = gold.iter().filter(|g| pred.iter().any(|p| p.span == g.span)).count();
            prop_assert!(total[4] >= i64::from(exact as u32));
            prop_assert!(total <= brute_force(&gold, &pred, 0));
            let mut back: Vec<(u32, u32)> = back.into_iter().map(|(p, g)| (g, p)).collect();
            there.sort_unstable();
            back.sort_unstable();
            prop_assert_eq!(there, back);
        }
    }

    #[test]
    fn crowds_are_recognised_and_stay_near_linear() {
        let items = |shift: u32| -> Vec<Item> {
            let span = |at: u32| CharSpan::new(at, at + 20_000);
            (0..20_000)
                .map(|i| Item { group: (0, 0), span: span(i + shift), label: 0, content: 0, index: i })
                .collect()
        };
        let (gold, pred) = (items(0), items(1));
        assert!(is_crowded(&gold, &pred));
        // Taking the equal ones first leaves the outermost two without partner: one short of the best.
        assert_eq!(overlapping(&gold, &pred).len(), 19_999);
    }
}
