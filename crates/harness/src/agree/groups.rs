//! Which records of several annotators are the same one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use goldrule_schema::CharSpan;
use goldrule_scorer::RecordIndex;

/// A record of an annotator.
pub(crate) type Of = (usize, RecordIndex);

/// Two records that the alignment of their annotators holds for the same, with their spans.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) one: Of,
    pub(crate) other: Of,
    pub(crate) spans: (Option<CharSpan>, Option<CharSpan>),
}

/// Groups of records with at most one of each annotator, each with a place for every annotator.
///
/// Of two annotators, the pairs. Of more, pairs are joined where that puts no two records of one annotator
/// together, equal spans first, then by greatest overlap, so that the order of annotators does not matter.
pub(crate) fn groups(annotators: usize, mut links: Vec<Link>) -> Vec<Vec<Option<RecordIndex>>> {
    if annotators == 2 {
        return links.into_iter().map(|link| vec![Some(link.one.1), Some(link.other.1)]).collect();
    }
    links.sort_by_key(|link| {
        let (equal, overlap, start) = match link.spans {
            (Some(one), Some(other)) => (one == other, one.overlap(other), one.start.min(other.start)),
            _ => (false, 0, 0),
        };
        (Reverse(equal), Reverse(overlap), start, link.one, link.other)
    });
    let mut groups: Vec<Vec<Option<RecordIndex>>> = Vec::new();
    let mut group_of: BTreeMap<Of, usize> = BTreeMap::new();
    for link in links {
        let ends = [link.one, link.other].map(|of| {
            *group_of.entry(of).or_insert_with(|| {
                let mut group = vec![None; annotators];
                group[of.0] = Some(of.1);
                groups.push(group);
                groups.len() - 1
            })
        });
        let (into, from) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
        let clash = groups[into].iter().zip(&groups[from]).any(|(a, b)| a.is_some() && b.is_some());
        if into == from || clash {
            continue;
        }
        let moved = std::mem::take(&mut groups[from]);
        for (annotator, record) in moved.into_iter().enumerate() {
            if let Some(record) = record {
                groups[into][annotator] = Some(record);
                group_of.insert((annotator, record), into);
            }
        }
    }
    groups.retain(|group| group.iter().flatten().count() >= 2);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(one: (usize, usize), other: (usize, usize), shared: u32) -> Link {
        let of = |(annotator, at)| (annotator, RecordIndex::Citation(at));
        let spans = (Some(CharSpan::new(0, 10)), Some(CharSpan::new(10 - shared, 20)));
        Link { one: of(one), other: of(other), spans }
    }

    #[test]
    fn the_nearest_are_joined_first() {
        let links = vec![link((0, 0), (1, 0), 9), link((1, 0), (2, 0), 3), link((0, 0), (2, 1), 5)];
        let at = |at| Some(RecordIndex::Citation(at));
        assert_eq!(groups(3, links), [vec![at(0), at(0), at(1)]]);
    }
}
