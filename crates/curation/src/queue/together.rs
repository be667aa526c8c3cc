//! An agency and everything that hangs on it, exchanged for the other side's at once.

use std::collections::BTreeMap;

use goldrule_schema::AnnotationSet;

use super::Item;
use crate::change::collide;
use crate::decisions::{Change, Text, set_quote};
use crate::identity::Layer;
use crate::record::{Record, RecordRef, head, records};

/// The change that puts the other side's version of all of it into gold.
pub(super) fn change(gold: &AnnotationSet, item: &Item, text: &Text<'_>) -> Change {
    let pairs = || item.along.iter();
    // Gold's id of each agency that goes, and the id that what speaks of it gets.
    let mut gone: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (here, there) in pairs() {
        if let Some(Record::Agency(ours)) = here {
            gone.insert(&ours.id, there.as_ref().and_then(|there| there.as_ref().id()));
        }
    }
    let mut change = Change::default();
    for record in records(gold) {
        let is_agency = record.layer() == Layer::Agency;
        let new_id = record.agency().and_then(|id| gone.get(id));
        let replaced = pairs().any(|(here, _)| {
            here.as_ref().is_some_and(|here| {
                let here = here.as_ref();
                here.layer() == record.layer() && here.span() == record.span() && here.same_labels(record)
            })
        });
        if new_id.is_none() && (is_agency || !replaced) {
            continue;
        }
        change.removed.push(record.to_record());
        if let Some(Some(id)) = new_id
            && !replaced
            && !is_agency
        {
            change.added.push(called(record, id));
        }
    }
    for (_, there) in pairs() {
        let Some(there) = there else { continue };
        let id = there.as_ref().agency().and_then(|id| gone.get(id).copied().flatten());
        let mut new = match (there, id) {
            (Record::Agency(agency), _) => Record::Agency(head(agency)),
            (_, Some(id)) => called(there.as_ref(), id),
            (_, None) => there.clone(),
        };
        let quote = new.as_ref().span().and_then(|span| text.document().quote(span));
        set_quote(&mut new, quote.filter(|_| !text.is_withheld()).map(str::to_owned));
        change.added.push(new);
    }
    let in_the_way = |record: RecordRef<'_>| {
        let stays = change.removed.iter().all(|gone| gone.as_ref() != record);
        stays && change.added.iter().any(|new| collide(record, new.as_ref()))
    };
    let more: Vec<_> = records(gold).filter(|record| in_the_way(*record)).map(RecordRef::to_record).collect();
    change.removed.extend(more);
    change
}

/// The record as one of another agency.
fn called(record: RecordRef<'_>, id: &str) -> Record {
    let mut record = record.to_record();
    match &mut record {
        Record::Mention { agency, .. } => id.clone_into(agency),
        Record::Stance(stance) => id.clone_into(&mut stance.agency),
        Record::Agency(_) | Record::Citation(_) => {}
    }
    record
}
