//! Settles a conflict of a merge: our version gives way to theirs.

use goldrule_schema::AnnotationSet;

use crate::change::{Refused, insert, remove};
use crate::conflicts::Conflict;
use crate::identity::{Identity, Key, Layer, find};
use crate::record::Record;

/// Puts their version of a conflict in the place of ours. To keep ours there is nothing to do to the set.
/// Several conflicts may hang together: where one is refused, settle the one it names first.
///
/// # Errors
/// Where our version is no longer in the set, or theirs cannot stand in it; the set is then as it was.
pub fn take_theirs(set: &mut AnnotationSet, conflict: &Conflict) -> Result<(), Refused> {
    let mut changed = set.clone();
    match (&conflict.ours, &conflict.theirs) {
        (Some(Record::Agency(ours)), Some(Record::Agency(theirs))) => {
            if ours.id != theirs.id && changed.agency(&theirs.id).is_some() {
                return Err(Refused::SameId(theirs.id.clone()));
            }
            let missing = || Refused::NoAgency(ours.id.clone());
            let agency = changed.agencies.iter_mut().find(|known| known.id == ours.id).ok_or_else(missing)?;
            let mentions = std::mem::take(&mut agency.mentions);
            *agency = goldrule_schema::Agency { mentions, ..theirs.clone() };
            for stance in changed.stances.iter_mut().filter(|stance| stance.agency == ours.id) {
                stance.agency.clone_from(&theirs.id);
            }
            changed.sort();
        }
        (ours, theirs) => {
            if let Some(ours) = ours {
                let identity = Identity { layer: conflict.layer, key: Key::of(ours.as_ref()), occurrence: 1 };
                let same =
                    |found: crate::RecordRef<'_>| conflict.layer == Layer::Agency || found == ours.as_ref();
                if !find(&changed, &identity).is_some_and(same) {
                    return Err(Refused::Missing(identity));
                }
                remove(&mut changed, &identity)?;
            }
            if let Some(theirs) = theirs {
                insert(&mut changed, theirs.clone())?;
            }
        }
    }
    *set = changed;
    Ok(())
}
