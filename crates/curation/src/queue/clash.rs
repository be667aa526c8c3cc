//! Questions about what a merge could not settle.

use std::collections::BTreeSet;

use goldrule_schema::{AnnotationSet, ByteSpan};

use super::differ::first_mention;
use super::{Item, Kind};
use crate::conflicts::{Conflict, Reason};
use crate::decisions::{Source, Subject, Text};
use crate::identity::Layer;
use crate::record::Record;

/// One question for each conflict; where an agency is there on one side alone or has two ids, one question
/// for it and everything that hangs on it.
pub(super) fn items(conflicts: &[Conflict], gold: &AnnotationSet, text: &Text<'_>) -> Vec<Item> {
    groups(conflicts).iter().filter_map(|group| item(group, gold, text)).collect()
}

fn item(group: &[&Conflict], gold: &AnnotationSet, text: &Text<'_>) -> Option<Item> {
    let mut pairs = Vec::new();
    let mut unplaced = false;
    for conflict in group {
        let [ours, theirs] = hashes(conflict);
        let here = conflict.ours.as_ref().map(|record| placed(record, ours, text).unwrap_or(record.clone()));
        let there = conflict.theirs.as_ref().map(|record| {
            placed(record, theirs, text).unwrap_or_else(|| {
                unplaced = true;
                record.clone()
            })
        });
        pairs.push((here, there));
    }
    // Two bodies under one id: each side's is in a conflict of its own, and the question shows both.
    let is_agency = |record: &&Record| record.as_ref().layer() == Layer::Agency;
    let is_split = group.first().is_some_and(|conflict| conflict.layer == Layer::Agency && splits(conflict));
    let (here, there) = if is_split {
        let here = pairs.iter().filter_map(|(here, _)| here.as_ref()).find(is_agency).cloned();
        (here, pairs.iter().filter_map(|(_, there)| there.as_ref()).find(is_agency).cloned())
    } else {
        pairs.pop()?
    };
    let record = there.as_ref().or(here.as_ref())?.as_ref();
    let digest = goldrule_schema::sha256(&serde_json::to_vec(group).unwrap_or_default());
    let subject = Subject { versions: Some(digest), ..Subject::new(record, gold, text) };
    Some(Item {
        source: Source::Conflict,
        kind: Kind::Conflict,
        span: record.span().or_else(|| first_mention(record, gold)).unwrap_or_default(),
        new_agency: None,
        rule: None,
        skipped: false,
        unplaced,
        along: pairs,
        subject,
        here,
        there,
    })
}

/// Conflicts that are settled together, an agency's first.
fn groups(conflicts: &[Conflict]) -> Vec<Vec<&Conflict>> {
    let mut groups: Vec<(BTreeSet<&str>, Vec<&Conflict>)> = Vec::new();
    let mut single = Vec::new();
    let (agencies, others): (Vec<_>, Vec<_>) =
        conflicts.iter().partition(|conflict| conflict.layer == Layer::Agency);
    for (conflict, is_agency) in
        agencies.into_iter().map(|conflict| (conflict, true)).chain(others.into_iter().map(|c| (c, false)))
    {
        let ids = ids(conflict);
        if is_agency && !splits(conflict) {
            single.push(vec![conflict]);
            continue;
        }
        let (touched, rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(known, _)| !known.is_disjoint(&ids));
        groups = rest;
        if touched.is_empty() && !is_agency {
            single.push(vec![conflict]);
            continue;
        }
        let mut joined = (if is_agency { ids } else { BTreeSet::new() }, Vec::new());
        for (known, members) in touched {
            joined.0.extend(known);
            joined.1.extend(members);
        }
        joined.1.push(conflict);
        groups.push(joined);
    }
    groups.into_iter().map(|(_, members)| members).chain(single).collect()
}

/// Whether taking their version of an agency moves what speaks of it.
fn splits(conflict: &Conflict) -> bool {
    let id =
        |record: &Option<Record>| record.as_ref().and_then(|record| record.as_ref().id()).map(str::to_owned);
    id(&conflict.ours) != id(&conflict.theirs)
}

fn ids(conflict: &Conflict) -> BTreeSet<&str> {
    let versions = [&conflict.ours, &conflict.theirs];
    versions.into_iter().flatten().filter_map(|record| record.as_ref().agency()).collect()
}

/// What is known of the texts that the two versions count: their hash, and whether it can be another one.
fn hashes(conflict: &Conflict) -> [(Option<&str>, bool); 2] {
    let ours = conflict.text_sha256.as_deref();
    let theirs = conflict.their_text_sha256.as_deref();
    let unsure = conflict.reason == Reason::OtherText && theirs.is_none();
    [(ours, false), (theirs.or(ours).filter(|_| !unsure), unsure)]
}

/// A version where it stands in this text: where it says, if that is the text it counts and its quote stands
/// there, else at the one place of its quote.
fn placed(record: &Record, (hash, unsure): (Option<&str>, bool), text: &Text<'_>) -> Option<Record> {
    let Some(span) = record.as_ref().span() else { return Some(record.clone()) };
    let there = text.document().quote(span);
    let counts_this = !unsure && hash.is_none_or(|hash| text.has_hash(hash));
    let quote = record.as_ref().text();
    if counts_this && there.is_some() && (quote.is_none() || quote == there) {
        return Some(record.clone());
    }
    let quote = quote?;
    let mut found = text.document().text().match_indices(quote).map(|(at, _)| at as u32);
    let (only, None) = (found.next()?, found.next()) else { return None };
    let place = text.document().chars(ByteSpan::new(only, only + quote.len() as u32))?;
    let mut moved = record.clone();
    match &mut moved {
        Record::Agency(_) => {}
        Record::Mention { mention, .. } => mention.span = place,
        Record::Stance(stance) => stance.span = place,
        Record::Citation(citation) => citation.span = place,
    }
    Some(moved)
}
