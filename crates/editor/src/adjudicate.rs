//! Two annotators side by side: which record of one is which of the other, and where they differ.

use std::collections::BTreeMap;

use goldrule_schema::AnnotationSet;
use serde::Serialize;

use crate::record::{Record, records};

/// A record of one annotator, of the other, or of both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The first annotator's.
    pub a: Option<Record>,
    /// The second's; agencies have the first's ids where they are the same body.
    pub b: Option<Record>,
    /// Whether both say the same.
    pub agreed: bool,
}

/// Every record of both annotators, those of one thing together, in text order.
pub fn pairs(a: &AnnotationSet, b: &AnnotationSet) -> Vec<Pair> {
    let ids = same_bodies(a, b);
    let mut left: Vec<Record> = records(a);
    let mut right: Vec<Record> = records(b).into_iter().map(|record| renamed(record, &ids)).collect();
    left.retain(|record| !matches!(record, Record::Meta(_)));
    right.retain(|record| !matches!(record, Record::Meta(_)));
    let mut pairs = Vec::new();
    // The surest pairs first: equal records, then records of one identity, then those that share most text.
    let equal = |a: &Record, b: &Record| u32::from(plain(a) == plain(b));
    for alike in [equal, |a: &Record, b: &Record| u32::from(a.is_same(b)), likeness] {
        left.retain(|a| {
            let best = (0..right.len()).max_by_key(|&at| (alike(a, &right[at]), std::cmp::Reverse(at)));
            match best.filter(|&at| alike(a, &right[at]) > 0) {
                Some(at) => {
                    let b = right.remove(at);
                    let agreed = plain(a) == plain(&b);
                    pairs.push(Pair { a: Some(a.clone()), b: Some(b), agreed });
                    false
                }
                None => true,
            }
        });
    }
    pairs.extend(left.into_iter().map(|a| Pair { a: Some(a), b: None, agreed: false }));
    pairs.extend(right.into_iter().map(|b| Pair { a: None, b: Some(b), agreed: false }));
    pairs.sort_by_key(|pair| {
        let record = pair.a.as_ref().or(pair.b.as_ref());
        record.map(|record| (record.span(), !matches!(record, Record::Mention(_))))
    });
    pairs
}

/// The second's agencies that are agencies of the first: those that share most mentions, else the name.
fn same_bodies(a: &AnnotationSet, b: &AnnotationSet) -> BTreeMap<String, String> {
    let mut ids = BTreeMap::new();
    let mut taken: Vec<&str> = Vec::new();
    let shared = |one: &goldrule_schema::Agency, other: &goldrule_schema::Agency| {
        let spans: Vec<_> = one.mentions.iter().map(|mention| mention.span).collect();
        let mentions = other.mentions.iter().filter(|mention| spans.contains(&mention.span)).count() * 2;
        mentions + usize::from(one.name == other.name)
    };
    let mut candidates: Vec<_> =
        b.agencies.iter().flat_map(|b| a.agencies.iter().map(move |a| (shared(a, b), a, b))).collect();
    candidates.retain(|(shared, ..)| *shared > 0);
    candidates.sort_by_key(|(shared, ..)| std::cmp::Reverse(*shared));
    for (_, a, b) in candidates {
        if !taken.contains(&a.id.as_str()) && !ids.contains_key(&b.id) {
            taken.push(&a.id);
            ids.insert(b.id.clone(), a.id.clone());
        }
    }
    // An id that both use for different bodies must not join them.
    for agency in &b.agencies {
        if !ids.contains_key(&agency.id) {
            let clash = a.agency(&agency.id).is_some();
            let id = if clash { format!("{}-b", agency.id) } else { agency.id.clone() };
            ids.insert(agency.id.clone(), id);
        }
    }
    ids
}

fn renamed(mut record: Record, ids: &BTreeMap<String, String>) -> Record {
    let id = match &mut record {
        Record::Agency(agency) => &mut agency.id,
        Record::Mention(mention) => &mut mention.agency,
        Record::Stance(stance) => &mut stance.agency,
        Record::Citation(_) | Record::Meta(_) => return record,
    };
    if let Some(known) = ids.get(id) {
        id.clone_from(known);
    }
    record
}

/// The record without what annotators do not decide.
fn plain(record: &Record) -> Record {
    let mut record = record.clone();
    match &mut record {
        Record::Agency(agency) => {
            agency.rule = None;
            agency.name.clear();
        }
        Record::Mention(mention) => (mention.id, mention.rule) = (None, None),
        Record::Stance(stance) => (stance.id, stance.rule) = (None, None),
        Record::Citation(citation) => (citation.id, citation.rule) = (None, None),
        Record::Meta(_) => {}
    }
    record
}

/// How much two records of one layer share: labels first, then characters.
fn likeness(a: &Record, b: &Record) -> u32 {
    let (Some(one), Some(other)) = (a.span(), b.span()) else { return 0 };
    let overlap = one.1.min(other.1).saturating_sub(one.0.max(other.0));
    let labels = match (a, b) {
        (Record::Mention(_), Record::Mention(_)) | (Record::Citation(_), Record::Citation(_)) => 0,
        (Record::Stance(a), Record::Stance(b)) => {
            u32::from(a.topic == b.topic) * 2 + u32::from(a.agency == b.agency)
        }
        _ => return 0,
    };
    if overlap == 0 { 0 } else { labels * 100_000 + overlap }
}
