//! What a decision does to a gold file, and back.

use goldrule_schema::{Agency, AnnotationSet};
use serde::{Deserialize, Serialize};

use crate::change::{Refused, insert, remove};
use crate::identity::{Identity, Key, Layer};
use crate::record::{Record, RecordRef, records};

/// Records taken out of a set and put into it. An agency that is in both lists gets another name, kind or
/// jurisdiction and keeps its mentions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What goes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Record>,
    /// What comes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<Record>,
    /// What `meta.assisted` was, where the change sets it because a suggestion was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assisted: Option<Was>,
}

/// A value of `meta.assisted` before a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was {
    /// The value; none where the key was not there.
    pub was: Option<bool>,
}

impl Change {
    /// Whether it leaves every set as it is.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.added.is_empty() && self.assisted.is_none()
    }

    /// Makes the change.
    ///
    /// # Errors
    /// Where a record that goes is not there, or one that comes has no place; the set is then as it was.
    pub fn apply(&self, set: &mut AnnotationSet) -> Result<(), Refused> {
        let mut new = replaced(set, &self.removed, &self.added)?;
        if self.assisted.is_some() {
            new.meta.assisted = Some(true);
        }
        *set = new;
        Ok(())
    }

    /// Takes the change back.
    ///
    /// # Errors
    /// As [`Change::apply`].
    pub fn revert(&self, set: &mut AnnotationSet) -> Result<(), Refused> {
        let mut new = replaced(set, &self.added, &self.removed)?;
        if let Some(Was { was }) = self.assisted {
            new.meta.assisted = was;
        }
        *set = new;
        Ok(())
    }

    /// Whether the set is as the change left it: it has what came and not what went. A decision that
    /// changed nothing is always in effect.
    pub fn is_in_effect(&self, set: &AnnotationSet) -> bool {
        let has = |wanted: &Record| records(set).any(|record| says_the_same(record, wanted.as_ref()));
        // An agency may be put right by hand later; that takes nothing back.
        let matters = |record: &&Record| record.as_ref().layer() != Layer::Agency || self.is_relabelling();
        let is_gone = |record: &Record| self.adds(record.as_ref()) || !has(record);
        self.added.iter().filter(matters).all(has) && self.removed.iter().filter(matters).all(is_gone)
    }

    /// Whether it puts a record with these labels at this place.
    pub(crate) fn adds(&self, record: RecordRef<'_>) -> bool {
        self.added.iter().any(|added| says_the_same(added.as_ref(), record))
    }

    /// Whether it is about an agency's own labels alone.
    fn is_relabelling(&self) -> bool {
        self.removed.iter().chain(&self.added).all(|record| record.as_ref().layer() == Layer::Agency)
    }

    /// Takes every quote out.
    pub fn withhold(&mut self) {
        self.removed.iter_mut().chain(&mut self.added).for_each(Record::withhold);
    }
}

/// Whether two records are at the same place with the same labels.
fn says_the_same(a: RecordRef<'_>, b: RecordRef<'_>) -> bool {
    let same_agency = match (a, b) {
        (RecordRef::Agency(a), RecordRef::Agency(b)) => a.id == b.id,
        _ => true,
    };
    same_agency && a.span() == b.span() && a.same_labels(b)
}

fn replaced(set: &AnnotationSet, out: &[Record], into: &[Record]) -> Result<AnnotationSet, Refused> {
    let mut new = set.clone();
    let is_agency = |record: &&Record| record.as_ref().layer() == Layer::Agency;
    let stays = |record: &&Record| {
        let id = record.as_ref().id();
        into.iter().filter(is_agency).any(|other| other.as_ref().id() == id)
            && out.iter().filter(is_agency).any(|other| other.as_ref().id() == id)
    };
    for record in out.iter().filter(|record| !is_agency(record)) {
        remove(&mut new, &identity(record))?;
    }
    for record in out.iter().filter(|record| is_agency(record) && !stays(record)) {
        remove(&mut new, &identity(record))?;
    }
    for record in into.iter().filter(is_agency) {
        match record {
            Record::Agency(agency) if stays(&record) => relabel(&mut new, agency)?,
            _ => insert(&mut new, record.clone())?,
        }
    }
    for record in into.iter().filter(|record| !is_agency(record)) {
        insert(&mut new, record.clone())?;
    }
    Ok(new)
}

fn identity(record: &Record) -> Identity {
    let record = record.as_ref();
    Identity { layer: record.layer(), key: Key::of(record), occurrence: 1 }
}

fn relabel(set: &mut AnnotationSet, head: &Agency) -> Result<(), Refused> {
    let Some(agency) = set.agencies.iter_mut().find(|agency| agency.id == head.id) else {
        return Err(Refused::Missing(identity(&Record::Agency(head.clone()))));
    };
    let mentions = std::mem::take(&mut agency.mentions);
    *agency = Agency { mentions, ..head.clone() };
    Ok(())
}
