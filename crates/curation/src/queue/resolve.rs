//! Turns a choice into the change that it makes to gold.

use goldrule_schema::AnnotationSet;

use super::{Choice, Item, Kind, together};
use crate::change::{Refused, collide};
use crate::decisions::{Change, Source, Text, Was, set_quote};
use crate::identity::Layer;
use crate::record::{Record, RecordRef, head, records};

/// The change that a choice makes to gold.
pub(super) fn change(
    gold: &AnnotationSet,
    item: &Item,
    choice: Choice,
    text: &Text<'_>,
) -> Result<Change, Refused> {
    let takes = matches!(choice, Choice::Accept | Choice::Edit(_));
    if item.unplaced && matches!(choice, Choice::Accept) {
        return Err(Refused::Unplaced);
    }
    if takes && !item.along.is_empty() {
        let Choice::Accept = choice else { return Err(Refused::Together) };
        let change = together::change(gold, item, text);
        change.apply(&mut gold.clone())?;
        return Ok(change);
    }
    let mut change = match (item.kind, choice) {
        (Kind::OnlyHere, Choice::Reject) => replacement(gold, item, None, text),
        (_, Choice::Skip | Choice::Reject) | (Kind::OnlyHere, Choice::Accept) => Change::default(),
        (_, Choice::Edit(record)) => replacement(gold, item, Some(record), text),
        (_, Choice::Accept) => replacement(gold, item, item.there.clone(), text),
    };
    if item.source == Source::Suggestion && !change.is_empty() && gold.meta.assisted != Some(true) {
        change.assisted = Some(Was { was: gold.meta.assisted });
    }
    change.apply(&mut gold.clone())?;
    Ok(change)
}

/// Puts `new` in the place of the item's record of gold.
fn replacement(gold: &AnnotationSet, item: &Item, new: Option<Record>, text: &Text<'_>) -> Change {
    let here = item.here.as_ref().map(Record::as_ref);
    let mut change = Change::default();
    if let Some(mut new) = new {
        let quote = new.as_ref().span().and_then(|span| text.document().quote(span));
        set_quote(&mut new, quote.filter(|_| !text.is_withheld()).map(str::to_owned));
        free_id(gold, here, &mut new);
        let missing = |id: &str| gold.agency(id).is_none();
        let needed = new.as_ref().agency().filter(|id| missing(id) && new.as_ref().layer() != Layer::Agency);
        let comes = item.new_agency.iter().filter(|agency| agency.as_ref().agency() == needed);
        change.added.extend(comes.cloned());
        change.added.push(new);
    }
    let new = change.added.last().map(Record::as_ref);
    for record in records(gold) {
        // A suggestion never pushes out what somebody annotated.
        let in_the_way = item.source != Source::Suggestion && new.is_some_and(|new| collide(record, new));
        if here.is_some_and(|here| is_it(here, record)) || in_the_way {
            change.removed.push(record.to_record());
        }
    }
    change.removed.extend(orphans(gold, &change));
    change
}

/// Whether a record of gold is the one that the item shows.
fn is_it(here: RecordRef<'_>, record: RecordRef<'_>) -> bool {
    here.layer() == record.layer()
        && here.id() == record.id()
        && here.span() == record.span()
        && (here.layer() == Layer::Agency || here.same_labels(record))
}

/// Takes an id off that another record of gold has.
fn free_id(gold: &AnnotationSet, here: Option<RecordRef<'_>>, new: &mut Record) {
    let taken = |id: Option<&str>| {
        let others = records(gold).filter(|record| record.layer() != Layer::Agency);
        id.is_some() && others.filter(|record| Some(*record) != here).any(|record| record.id() == id)
    };
    match new {
        Record::Mention { mention, .. } if taken(mention.id.as_deref()) => mention.id = None,
        Record::Stance(stance) if taken(stance.id.as_deref()) => stance.id = None,
        Record::Citation(citation) if taken(citation.id.as_deref()) => citation.id = None,
        _ => {}
    }
}

/// Agencies whose last mention and stance go with the change.
fn orphans(gold: &AnnotationSet, change: &Change) -> Vec<Record> {
    let gone = |record: RecordRef<'_>| change.removed.iter().any(|other| other.as_ref() == record);
    let of = |record: RecordRef<'_>, id: &str| record.layer() != Layer::Agency && record.agency() == Some(id);
    let orphaned = gold.agencies.iter().filter(|agency| {
        let id = agency.id.as_str();
        let named = change.removed.iter().any(|record| of(record.as_ref(), id));
        let stays = records(gold).any(|record| of(record, id) && !gone(record));
        let comes = change.added.iter().any(|record| record.as_ref().agency() == Some(id));
        let itself = change.removed.iter().any(|record| record.as_ref() == RecordRef::Agency(&head(agency)));
        named && !stays && !comes && !itself
    });
    orphaned.map(|agency| Record::Agency(head(agency))).collect()
}
