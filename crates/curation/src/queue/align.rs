//! Which agency of one set is which of another.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use goldrule_schema::{Agency, AnnotationSet};

/// How sure it is that two agencies are one body: mentions in common count most, two for the same span and
/// one for spans that overlap; then the same name in the same jurisdiction; then the same id
/// and kind there.
fn likeness(a: &Agency, b: &Agency) -> Option<(usize, u8)> {
    let shared = a.mentions.iter().flat_map(|mention| {
        let overlapping = b.mentions.iter().filter(|other| other.span.overlaps(mention.span));
        overlapping.map(|other| 1 + usize::from(other.span == mention.span))
    });
    let shared: usize = shared.sum();
    let same_place = match (&a.jurisdiction, &b.jurisdiction) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let same_name = a.name.to_lowercase() == b.name.to_lowercase();
    let words = match (same_place, same_name, a.id == b.id && a.kind == b.kind) {
        (true, true, _) => 2,
        (true, false, true) => 1,
        _ => 0,
    };
    (shared > 0 || words > 0).then_some((shared, words))
}

/// For each agency of `other` that `gold` has, gold's id, the likeliest pairs first. With `one_to_one` each
/// of gold's stands for one at most, so that a body that the other side takes for two shows as a difference.
pub(super) fn agencies<'g>(
    gold: &'g AnnotationSet,
    other: &AnnotationSet,
    one_to_one: bool,
) -> BTreeMap<String, &'g str> {
    let mut pairs = Vec::new();
    for (there, b) in other.agencies.iter().enumerate() {
        for (here, a) in gold.agencies.iter().enumerate() {
            pairs.extend(likeness(a, b).map(|likeness| (Reverse(likeness), here, there)));
        }
    }
    pairs.sort_unstable();
    let (mut map, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (_, here, there) in pairs {
        let id = &other.agencies[there].id;
        if map.contains_key(id) || one_to_one && taken.contains(&here) {
            continue;
        }
        map.insert(id.clone(), gold.agencies[here].id.as_str());
        taken.insert(here);
    }
    map
}
