//! Spreads conflicts until what is left reads without errors, and builds the merged set.

use std::collections::BTreeMap;

use goldrule_schema::AnnotationSet;

use super::combine::{Combined, same};
use super::slots::{Item, Slot};
use crate::conflicts::{Conflict, Reason};
use crate::identity::Layer;
use crate::record::Record;

/// Makes a conflict of everything in which the sides differ: their offsets count different texts.
pub(super) fn split_by_text(slots: &mut [Slot]) {
    for slot in slots {
        let agree = match (&slot.versions.ours, &slot.versions.theirs) {
            (Some(ours), Some(theirs)) => same(ours, theirs),
            (None, None) => true,
            _ => false,
        };
        if !agree {
            slot.flag(Reason::OtherText);
        }
    }
}

/// Flags what cannot stand beside a conflict, whichever version of it is chosen, and what two settled
/// records do to each other. Each round looks at what the round before left, so that the result does not
/// depend on the order of records or sides.
pub(super) fn spread(slots: &mut [Slot]) {
    loop {
        let mut flags: BTreeMap<usize, Reason> = BTreeMap::new();
        let mut flag = |at: usize, reason: Reason| {
            let known = flags.entry(at).or_insert(reason);
            *known = reason.min(*known);
        };
        references(slots, &mut flag);
        collisions(slots, &mut flag);
        flags.retain(|&at, _| !slots[at].is_flagged());
        if flags.is_empty() {
            return;
        }
        for (at, reason) in flags {
            slots[at].flag(reason);
        }
    }
}

/// An agency's slot stands at the number of its body.
fn references(slots: &[Slot], flag: &mut impl FnMut(usize, Reason)) {
    for (at, slot) in slots.iter().enumerate().filter(|(_, slot)| layer(slot) != Some(Layer::Agency)) {
        // What went with its agency comes back with it.
        let gone = slot.possible().next().is_none();
        let sides = slot.versions.ours.iter().chain(&slot.versions.theirs).filter(|_| gone);
        for item in slot.possible().chain(sides) {
            let Some(body) = item.body else { continue };
            let agency = &slots[body];
            if gone && !agency.is_flagged() {
                continue;
            }
            let missing_somewhere = match &agency.outcome {
                Combined::Clean(merged) => merged.is_none(),
                Combined::Conflict(..) => agency.versions.ours.is_none() || agency.versions.theirs.is_none(),
            };
            if missing_somewhere {
                flag(body, Reason::AgencyRemoved);
                flag(at, Reason::AgencyRemoved);
            }
        }
    }
}

fn collisions(slots: &[Slot], flag: &mut impl FnMut(usize, Reason)) {
    for (a, left) in slots.iter().enumerate() {
        for (b, right) in slots.iter().enumerate().skip(a + 1) {
            if left.is_flagged() && right.is_flagged() {
                continue;
            }
            let clashes =
                left.possible().flat_map(|l| right.possible().map(move |r| clash(l, r))).flatten().min();
            if let Some(reason) = clashes {
                flag(a, reason);
                flag(b, reason);
            }
        }
    }
}

/// Why two records cannot both stand in a set.
fn clash(a: &Item, b: &Item) -> Option<Reason> {
    let (left, right) = (a.record.as_ref(), b.record.as_ref());
    let overlap = || left.span().zip(right.span()).is_some_and(|(a, b)| a.overlaps(b));
    let collide = match (&a.record, &b.record) {
        (Record::Mention { .. }, Record::Mention { .. }) | (Record::Citation(_), Record::Citation(_)) => {
            overlap()
        }
        (Record::Stance(x), Record::Stance(y)) => (a.body, x.topic, x.span) == (b.body, y.topic, y.span),
        _ => false,
    };
    if collide {
        return Some(Reason::Collision);
    }
    let same_space = (left.layer() == Layer::Agency) == (right.layer() == Layer::Agency);
    (same_space && left.id().is_some() && left.id() == right.id()).then_some(Reason::SameId)
}

/// Puts what is chosen into the set and returns the conflicts.
pub(super) fn gather(slots: &[Slot], set: &mut AnnotationSet) -> Vec<Conflict> {
    let name = |body: Option<usize>| -> Option<String> {
        let chosen = slots[body?].chosen()?;
        chosen.record.as_ref().agency().map(str::to_owned)
    };
    let mut agencies: BTreeMap<usize, usize> = BTreeMap::new();
    for (body, slot) in slots.iter().enumerate() {
        if let Some(Item { record: Record::Agency(agency), .. }) = slot.chosen() {
            agencies.insert(body, set.agencies.len());
            set.agencies.push(agency.clone());
        }
    }
    for item in slots.iter().filter_map(Slot::chosen) {
        match &item.record {
            Record::Agency(_) => {}
            Record::Mention { mention, .. } => {
                if let Some(&at) = item.body.and_then(|body| agencies.get(&body)) {
                    set.agencies[at].mentions.push(mention.clone());
                }
            }
            Record::Stance(stance) => {
                let agency = name(item.body).unwrap_or_else(|| stance.agency.clone());
                set.stances.push(goldrule_schema::Stance { agency, ..stance.clone() });
            }
            Record::Citation(citation) => set.citations.push(citation.clone()),
        }
    }
    let version = |item: &Option<Item>| {
        let item = item.as_ref()?;
        let mut record = item.record.clone();
        if let Some(name) = name(item.body) {
            match &mut record {
                Record::Mention { agency, .. } => *agency = name,
                Record::Stance(stance) => stance.agency = name,
                Record::Agency(_) | Record::Citation(_) => {}
            }
        }
        Some(record)
    };
    let conflict = |slot: &Slot| {
        let Combined::Conflict(reason, fields) = &slot.outcome else { return None };
        Some(Conflict {
            layer: layer(slot)?,
            reason: *reason,
            fields: fields.iter().map(ToString::to_string).collect(),
            base: version(&slot.versions.base),
            ours: version(&slot.versions.ours),
            theirs: version(&slot.versions.theirs),
            text_sha256: None,
            their_text_sha256: None,
        })
    };
    let mut conflicts: Vec<Conflict> = slots.iter().filter_map(conflict).collect();
    let place = |record: &Option<Record>| record.as_ref().and_then(|record| record.as_ref().span());
    conflicts.sort_by_key(|conflict| {
        let versions = [place(&conflict.base), place(&conflict.ours), place(&conflict.theirs)];
        (conflict.layer, versions.into_iter().flatten().min())
    });
    conflicts
}

fn layer(slot: &Slot) -> Option<Layer> {
    let versions = &slot.versions;
    let any = versions.ours.as_ref().or(versions.theirs.as_ref()).or(versions.base.as_ref());
    any.map(|item| item.record.as_ref().layer())
}
