//! Pairs the agencies and records of two versions of a set.

use std::collections::BTreeMap;

use goldrule_schema::{Agency, AnnotationSet, CharSpan};

use crate::identity::{Key, Layer};
use crate::record::{RecordRef, records};

/// A record other than an agency, with the body it speaks of: an agency by number rather than by id, so
/// that versions which call it differently can be compared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound<'s> {
    pub(crate) record: RecordRef<'s>,
    pub(crate) body: Option<usize>,
}

impl Bound<'_> {
    pub(crate) fn span(&self) -> CharSpan {
        self.record.span().unwrap_or_default()
    }
}

/// Every record of a set but its agencies; `body` numbers those.
pub(crate) fn bound(set: &AnnotationSet, body: impl Fn(&str) -> Option<usize>) -> Vec<Bound<'_>> {
    records(set)
        .filter(|record| record.layer() != Layer::Agency)
        .map(|record| Bound { record, body: record.agency().and_then(&body) })
        .collect()
}

/// Which agency of `a` is which of `b`: the one with its id, else one with its name and jurisdiction, else
/// one that at least half of the mentions of one of them share. Without `ids_decide`, an id counts only
/// where something else speaks for the pair too.
pub(crate) fn pair_agencies(a: &[&Agency], b: &[&Agency], ids_decide: bool) -> Vec<(usize, usize)> {
    let mut pairs = Pairs::new(a.len(), b.len());
    pairs.take(|i, j| {
        let fits = ids_decide || alike(a[i], b[j]) || shared_mentions(a[i], b[j]) > 0;
        (a[i].id == b[j].id && fits).then_some((0, String::new()))
    });
    pairs.take(|i, j| {
        let same = a[i].name == b[j].name && a[i].jurisdiction == b[j].jurisdiction;
        same.then(|| (shared_mentions(a[i], b[j]), unordered(&a[i].id, &b[j].id)))
    });
    pairs.take(|i, j| {
        let shared = shared_mentions(a[i], b[j]);
        let fewest = a[i].mentions.len().min(b[j].mentions.len());
        (shared > 0 && shared * 2 >= fewest).then(|| (shared, unordered(&a[i].id, &b[j].id)))
    });
    pairs.found
}

fn alike(a: &Agency, b: &Agency) -> bool {
    a.name == b.name || (a.kind == b.kind && a.jurisdiction.is_some() && a.jurisdiction == b.jurisdiction)
}

fn shared_mentions(a: &Agency, b: &Agency) -> usize {
    a.mentions.iter().filter(|m| b.mentions.iter().any(|n| n.span.overlaps(m.span))).count()
}

/// The same for both orders, so that swapping the versions swaps the pairs and nothing else.
fn unordered<T: Ord + std::fmt::Debug>(a: T, b: T) -> String {
    let (low, high) = if a <= b { (a, b) } else { (b, a) };
    format!("{low:?} {high:?}")
}

/// Which record of `a` is which of `b`: by id, by content, and what is left by likeness.
pub(crate) fn pair_records(
    a: &[Bound<'_>],
    b: &[Bound<'_>],
    likeness: fn(&Bound<'_>, &Bound<'_>) -> Option<usize>,
) -> Vec<(usize, usize)> {
    let mut pairs = Pairs::new(a.len(), b.len());
    pairs.take_equal(a, b, |bound| bound.record.id().map(|id| (bound.record.layer(), id.to_owned())));
    pairs.take_equal(a, b, |bound| {
        // The body stands for the agency, which may be called differently over there.
        let key = match Key::of_content(bound.record) {
            Key::Stance { topic, start, end, .. } => Key::Stance { agency: String::new(), topic, start, end },
            Key::Mention { start, end, .. } => Key::Mention { agency: String::new(), start, end },
            key => key,
        };
        Some((bound.record.layer(), key, bound.body))
    });
    pairs.take(|i, j| {
        if a[i].record.layer() != b[j].record.layer() {
            return None;
        }
        Some((likeness(&a[i], &b[j])?, unordered(a[i].span(), b[j].span())))
    });
    pairs.found
}

/// How like a later version of `a` the record `b` is, where it can be one: a boundary that moved, a label
/// that changed.
pub(crate) fn same_later(a: &Bound<'_>, b: &Bound<'_>) -> Option<usize> {
    let overlap = a.span().overlap(b.span()) as usize;
    if overlap == 0 {
        return None;
    }
    let same_span = a.span() == b.span();
    let same_body = a.body == b.body;
    let fits = match (a.record, b.record) {
        (RecordRef::Mention { .. }, RecordRef::Mention { .. }) => same_body || same_span,
        (RecordRef::Stance(a), RecordRef::Stance(b)) => {
            let same_topic = a.topic == b.topic;
            (same_body && same_topic) || (same_span && (same_body || same_topic))
        }
        (RecordRef::Citation(a), RecordRef::Citation(b)) => {
            a.kind == b.kind || (a.canonical.is_some() && a.canonical == b.canonical) || same_span
        }
        _ => false,
    };
    let bonus = if same_span { 1 << 20 } else { 0 } + if same_body { 1 << 16 } else { 0 };
    fits.then_some(overlap + bonus)
}

/// How alike two records are that two people added, where they mean the same by them.
pub(crate) fn same_addition(a: &Bound<'_>, b: &Bound<'_>) -> Option<usize> {
    let fits = match (a.record, b.record) {
        (RecordRef::Stance(x), RecordRef::Stance(y)) => a.body == b.body && x.topic == y.topic,
        _ => true,
    };
    let overlap = a.span().overlap(b.span()) as usize;
    (fits && overlap > 0).then_some(overlap)
}

/// Pairs found so far, and what is free.
struct Pairs {
    free_a: Vec<bool>,
    free_b: Vec<bool>,
    found: Vec<(usize, usize)>,
}

impl Pairs {
    fn new(a: usize, b: usize) -> Self {
        Self { free_a: vec![true; a], free_b: vec![true; b], found: Vec::new() }
    }

    fn pair(&mut self, i: usize, j: usize) {
        if self.free_a[i] && self.free_b[j] {
            self.free_a[i] = false;
            self.free_b[j] = false;
            self.found.push((i, j));
        }
    }

    /// Pairs what is free, the highest score first.
    fn take(&mut self, score: impl Fn(usize, usize) -> Option<(usize, String)>) {
        let free = |free: &[bool]| (0..free.len()).filter(|&at| free[at]).collect::<Vec<_>>();
        let (left, right) = (free(&self.free_a), free(&self.free_b));
        let mut candidates = Vec::new();
        for &i in &left {
            for &j in &right {
                if let Some((score, tie)) = score(i, j) {
                    candidates.push((std::cmp::Reverse(score), tie, i, j));
                }
            }
        }
        candidates.sort();
        for (.., i, j) in candidates {
            self.pair(i, j);
        }
    }

    /// Pairs what is free by equal keys, the first of a key with the first, the second with the second.
    fn take_equal<K: Ord>(
        &mut self,
        a: &[Bound<'_>],
        b: &[Bound<'_>],
        key: impl Fn(&Bound<'_>) -> Option<K>,
    ) {
        let mut places: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for (j, bound) in b.iter().enumerate().rev().filter(|(j, _)| self.free_b[*j]) {
            if let Some(key) = key(bound) {
                places.entry(key).or_default().push(j);
            }
        }
        for (i, bound) in a.iter().enumerate() {
            if self.free_a[i]
                && let Some(places) = key(bound).and_then(|key| places.get_mut(&key))
                && let Some(j) = places.pop()
            {
                self.pair(i, j);
            }
        }
    }
}
