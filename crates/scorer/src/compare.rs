//! One document, every layer: where records are matched and each gets its verdicts.

use goldrule_schema::AnnotationSet;

use crate::b_cubed;
use crate::content::{CitationView, MentionView, Side};
use crate::counts::WHOLE;
use crate::entities::{self, EntityAlignment};
use crate::errors::{self, ErrorClass, Reasons};
use crate::matching::{Edge, MAX_EDGES, Weight, assign};
use crate::measure::{Accuracy, Measure};
use crate::policy::Duplicates;
use crate::stances;
use crate::sweep::{self, Item, equal_runs, overlapping, tie};

/// Where a record is among the views of its side: agencies by canonical place, and so on.
pub(crate) type Place = u32;

/// Takes the verdicts on a document one by one.
pub(crate) trait Sink {
    /// Whether errors are to be explained; it costs a second alignment.
    const EXPLAIN: bool;

    /// A matched pair with its credits for recall and for precision.
    fn matched(
        &mut self,
        measure: Measure,
        pair: (Place, Place),
        credit: (u128, u128),
        error: Option<ErrorClass>,
    );

    /// A gold record without partner, and the predicted one that explains it.
    fn missed(&mut self, measure: Measure, gold: Place, error: ErrorClass, near: Option<Place>);

    /// A predicted record without partner, and the gold one that explains it.
    fn spurious(&mut self, measure: Measure, pred: Place, error: ErrorClass, near: Option<Place>);

    /// A question asked of a matched pair.
    fn judged(&mut self, accuracy: Accuracy, pair: (Place, Place), right: bool);
}

/// Compares two sets of one document.
pub(crate) fn compare(
    gold: &AnnotationSet,
    pred: &AnnotationSet,
    duplicates: Duplicates,
    sink: &mut impl Sink,
) {
    let (gold, pred) = (Side::new(gold, duplicates), Side::new(pred, duplicates));
    compare_sides(&gold, &pred, sink);
}

pub(crate) fn compare_sides<S: Sink>(gold: &Side<'_>, pred: &Side<'_>, sink: &mut S) {
    let aligned = entities::align(gold, pred);
    mentions(gold, pred, &aligned, sink);
    agencies(gold, pred, &aligned, sink);
    stances::compare(gold, pred, &aligned, sink);
    citations(gold, pred, sink);
}

/// Reports a layer: its pairs, then what is left on either side.
pub(crate) fn report<S: Sink>(
    measure: Measure,
    sizes: (usize, usize),
    pairs: &[(Place, Place)],
    sink: &mut S,
    explain: impl FnOnce(&[Place], &[Place]) -> Reasons,
) {
    for &pair in pairs {
        sink.matched(measure, pair, (WHOLE, WHOLE), None);
    }
    leftovers(measure, sizes, pairs, sink, explain);
}

fn leftovers<S: Sink>(
    measure: Measure,
    sizes: (usize, usize),
    pairs: &[(Place, Place)],
    sink: &mut S,
    explain: impl FnOnce(&[Place], &[Place]) -> Reasons,
) {
    let missed = without(sizes.0, pairs.iter().map(|p| p.0));
    let spurious = without(sizes.1, pairs.iter().map(|p| p.1));
    let reasons = if S::EXPLAIN { explain(&missed, &spurious) } else { Reasons::default() };
    for (at, &gold) in missed.iter().enumerate() {
        let (error, near) = reasons.missed.get(at).copied().unwrap_or((ErrorClass::Missed, None));
        sink.missed(measure, gold, error, near);
    }
    for (at, &pred) in spurious.iter().enumerate() {
        let (error, near) = reasons.spurious.get(at).copied().unwrap_or((ErrorClass::Spurious, None));
        sink.spurious(measure, pred, error, near);
    }
}

/// The places below `size` that `taken` does not name.
fn without(size: usize, taken: impl Iterator<Item = Place>) -> Vec<Place> {
    let taken = self::taken(size, taken);
    (0..size as Place).filter(|&place| !taken[place as usize]).collect()
}

/// Pairs records with equal keys, as many as possible and the preferred ones where there is a choice.
/// Both sides are sorted by `key`.
fn exact<T, K: Ord>(
    gold: &[T],
    pred: &[T],
    key: impl Fn(&T) -> K,
    weight: impl Fn(&T, &T) -> Weight,
) -> Vec<(Place, Place)> {
    let mut pairs = Vec::with_capacity(gold.len().min(pred.len()));
    let mut edges = Vec::new();
    for (g, p) in equal_runs(gold, pred, key) {
        if g.len() == 1 && p.len() == 1 {
            pairs.push((g.start as Place, p.start as Place));
        } else if g.len().saturating_mul(p.len()) > MAX_EDGES {
            pairs.extend(g.zip(p).map(|(row, col)| (row as Place, col as Place)));
        } else {
            for row in g {
                edges.extend(p.clone().map(|col| Edge {
                    row: row as Place,
                    col: col as Place,
                    weight: weight(&gold[row], &pred[col]),
                }));
            }
        }
    }
    if !edges.is_empty() {
        pairs.extend(assign(&edges));
        pairs.sort_unstable();
    }
    pairs
}

pub(crate) fn items<T>(views: &[T], item: impl Fn(&T) -> Item) -> Vec<Item> {
    let mut items: Vec<Item> =
        views.iter().enumerate().map(|(place, view)| Item { index: place as Place, ..item(view) }).collect();
    sweep::sort(&mut items);
    items
}

/// Mentions with equal spans, those of aligned agencies first.
pub(crate) fn strict_mentions(
    gold: &Side<'_>,
    pred: &Side<'_>,
    aligned: &EntityAlignment,
) -> Vec<(Place, Place)> {
    let preference = |a: &MentionView, b: &MentionView| {
        let same_agency = aligned.pred_of[a.agency as usize] == Some(b.agency);
        let same_copy = gold.agencies[a.agency as usize].copy == pred.agencies[b.agency as usize].copy;
        let same_form = i64::from(a.form == b.form);
        let tie = tie(a.content, b.content);
        Weight([1, i64::from(same_agency), i64::from(same_copy), same_form, tie, 0, 0])
    };
    exact(&gold.mentions, &pred.mentions, |m| (m.span, m.copy), preference)
}

/// The strict pairs and the best pairs of what they leave over, so that a record has one partner in both
/// layers.
fn strict_then_overlap(
    strict: &[(Place, Place)],
    gold: &[Item],
    pred: &[Item],
    duplicates: Duplicates,
) -> Vec<(Place, Place)> {
    let rest = |items: &[Item], taken: &[bool]| {
        // Ranks count the records of one span, those that are taken first.
        let mut ranked = items.to_vec();
        ranked.sort_by_key(|item| (item.group.0, item.span, !taken[item.index as usize], item.group.1));
        let mut last = None;
        for item in &mut ranked {
            let place = (item.group.0, item.span);
            item.group.1 = match last {
                Some((before, rank)) if before == place && duplicates != Duplicates::Keep => rank + 1,
                _ => 0,
            };
            last = Some((place, item.group.1));
        }
        ranked.retain(|item| !taken[item.index as usize]);
        sweep::sort(&mut ranked);
        ranked
    };
    let taken =
        (taken(gold.len(), strict.iter().map(|p| p.0)), taken(pred.len(), strict.iter().map(|p| p.1)));
    let mut pairs = strict.to_vec();
    pairs.extend(overlapping(&rest(gold, &taken.0), &rest(pred, &taken.1)));
    pairs
}

/// Which of so many places are named.
fn taken(size: usize, places: impl Iterator<Item = Place>) -> Vec<bool> {
    let mut taken = vec![false; size];
    places.for_each(|place| taken[place as usize] = true);
    taken
}

/// The items whose places are not named.
pub(crate) fn left_over(items: &[Item], places: impl Iterator<Item = Place>) -> Vec<Item> {
    let taken = taken(items.len(), places);
    items.iter().filter(|item| !taken[item.index as usize]).copied().collect()
}

fn mentions<S: Sink>(gold: &Side<'_>, pred: &Side<'_>, aligned: &EntityAlignment, sink: &mut S) {
    let (g, p) = (&gold.mentions, &pred.mentions);
    let sizes = (g.len(), p.len());
    let strict = strict_mentions(gold, pred, aligned);
    let item = |m: &MentionView| {
        let group = (u64::from(m.copy), u64::from(m.rank));
        Item { group, span: m.span, label: m.form, content: m.content, index: 0 }
    };
    let (gold_items, pred_items) = (items(g, item), items(p, item));
    let overlap = strict_then_overlap(&strict, &gold_items, &pred_items, gold.duplicates);
    let explain = |missed: &[Place], spurious: &[Place]| {
        let near = errors::near(&gold_items, &pred_items, missed, spurious);
        let copied = |m: &MentionView| m.copy > 0 || m.rank > 0;
        let copies: errors::Copies<'_> = (&|at| copied(&g[at as usize]), &|at| copied(&p[at as usize]));
        errors::reasons(missed, spurious, &near, copies, |_, _| ErrorClass::Boundary)
    };
    report(Measure::MentionStrict, sizes, &strict, sink, explain);
    report(Measure::MentionOverlap, sizes, &overlap, sink, explain);
    for (&pair, credit) in strict.iter().zip(b_cubed::credits(g, p, &strict)) {
        let error = (credit != (WHOLE, WHOLE)).then_some(ErrorClass::Cluster);
        sink.matched(Measure::MentionB3, pair, credit, error);
    }
    leftovers(Measure::MentionB3, sizes, &strict, sink, explain);
    for &(a, b) in &strict {
        sink.judged(Accuracy::Form, (a, b), g[a as usize].form == p[b as usize].form);
    }
}

fn agencies<S: Sink>(gold: &Side<'_>, pred: &Side<'_>, aligned: &EntityAlignment, sink: &mut S) {
    let (g, p) = (&gold.agencies, &pred.agencies);
    let sizes = (g.len(), p.len());
    let copies: errors::Copies<'_> = (&|at| g[at as usize].copy > 0, &|at| p[at as usize].copy > 0);
    let explain = |near: &[(Place, Place)], missed: &[Place], spurious: &[Place]| {
        errors::reasons(missed, spurious, near, copies, |_, _| ErrorClass::Label)
    };
    report(Measure::EntityFound, sizes, &aligned.pairs, sink, |m, s| explain(&[], m, s));
    let kind = |&(a, b): &(Place, Place)| g[a as usize].record.kind == p[b as usize].record.kind;
    let jurisdiction =
        |&(a, b): &(Place, Place)| g[a as usize].record.jurisdiction == p[b as usize].record.jurisdiction;
    let (right, wrong): (Vec<_>, Vec<_>) =
        aligned.pairs.iter().copied().partition(|pair| kind(pair) && jurisdiction(pair));
    report(Measure::EntityKindJurisdiction, sizes, &right, sink, |m, s| explain(&wrong, m, s));
    for pair in &aligned.pairs {
        sink.judged(Accuracy::Kind, *pair, kind(pair));
        sink.judged(Accuracy::Jurisdiction, *pair, jurisdiction(pair));
    }
}

fn canonical<'a>(side: &Side<'a>, view: &CitationView) -> Option<&'a str> {
    side.set.citations[view.index as usize].canonical.as_deref()
}

fn citations<S: Sink>(gold: &Side<'_>, pred: &Side<'_>, sink: &mut S) {
    let (g, p) = (&gold.citations, &pred.citations);
    let sizes = (g.len(), p.len());
    let preference = |a: &CitationView, b: &CitationView| {
        let same_kind = i64::from(a.kind == b.kind);
        let same_canonical = i64::from(canonical(gold, a) == canonical(pred, b));
        Weight([1, same_kind, same_canonical, tie(a.content, b.content), 0, 0, 0])
    };
    let strict = exact(g, p, |c| (c.span, c.copy), preference);
    let item = |c: &CitationView| {
        let group = (u64::from(c.copy), u64::from(c.rank));
        Item { group, span: c.span, label: c.kind, content: c.content, index: 0 }
    };
    let (gold_items, pred_items) = (items(g, item), items(p, item));
    let overlap = strict_then_overlap(&strict, &gold_items, &pred_items, gold.duplicates);
    let (right, _): (Vec<_>, Vec<_>) =
        strict.iter().copied().partition(|&(a, b)| g[a as usize].kind == p[b as usize].kind);
    let explain = |missed: &[Place], spurious: &[Place]| {
        let near = errors::near(&gold_items, &pred_items, missed, spurious);
        let copied = |c: &CitationView| c.copy > 0 || c.rank > 0;
        let copies: errors::Copies<'_> = (&|at| copied(&g[at as usize]), &|at| copied(&p[at as usize]));
        errors::reasons(missed, spurious, &near, copies, |a, b| {
            let same_span = g[a as usize].span == p[b as usize].span;
            if same_span { ErrorClass::Label } else { ErrorClass::Boundary }
        })
    };
    report(Measure::CitationStrict, sizes, &strict, sink, explain);
    report(Measure::CitationStrictKind, sizes, &right, sink, explain);
    report(Measure::CitationOverlap, sizes, &overlap, sink, explain);
    for &(a, b) in &strict {
        if let Some(wanted) = canonical(gold, &g[a as usize]) {
            sink.judged(Accuracy::Canonical, (a, b), canonical(pred, &p[b as usize]) == Some(wanted));
        }
    }
}
