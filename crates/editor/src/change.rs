//! Changes of records: what one is, and how it is made.

use goldrule_schema::{Agency, AnnotationSet, CharSpan, Document};
use serde::{Deserialize, Serialize};

use crate::record::{Record, mention_record, meta_record, records};

/// A record put in, taken out, or put in another's place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What is there before; `None` where a record is new.
    #[serde(default)]
    pub old: Option<Record>,
    /// What is there after; `None` where a record is removed.
    #[serde(default)]
    pub new: Option<Record>,
}

/// The changes that make `after` of `before`, in an order in which each can be made.
pub fn changes_between(before: &AnnotationSet, after: &AnnotationSet) -> Vec<Change> {
    let mut old = records(before);
    let mut new = records(after);
    new.retain(|record| match old.iter().position(|one| one == record) {
        Some(at) => {
            old.remove(at);
            false
        }
        None => true,
    });
    let mut changes = Vec::new();
    let mut heads = Vec::new();
    for record in new {
        let at = old.iter().position(|one| one.is_same(&record));
        let change = Change { old: at.map(|at| old.remove(at)), new: Some(record) };
        if matches!(change.new, Some(Record::Agency(_))) {
            heads.push(change);
        } else {
            changes.push(change);
        }
    }
    let (late, early): (Vec<_>, Vec<_>) =
        old.into_iter().partition(|record| matches!(record, Record::Agency(_)));
    let removal = |record| Change { old: Some(record), new: None };
    heads
        .into_iter()
        .chain(early.into_iter().map(removal))
        .chain(changes)
        .chain(late.into_iter().map(removal))
        .collect()
}

/// What has to stay with an agency that is put in another's place.
#[derive(Default)]
struct Taken {
    agency: Option<(usize, Agency)>,
}

/// Makes all changes or none.
///
/// # Errors
/// Why the first that cannot be made cannot, with the change.
pub fn apply(
    set: &mut AnnotationSet,
    document: &Document,
    changes: &[Change],
) -> Result<(), (String, Box<Change>)> {
    let mut after = set.clone();
    make(&mut after, document, changes)?;
    *set = after;
    Ok(())
}

/// Makes changes until one cannot be made: for a set that is thrown away then.
pub(crate) fn make(
    set: &mut AnnotationSet,
    document: &Document,
    changes: &[Change],
) -> Result<(), (String, Box<Change>)> {
    for change in changes {
        one(set, document, change).map_err(|why| (why, Box::new(change.clone())))?;
    }
    Ok(())
}

fn one(set: &mut AnnotationSet, document: &Document, change: &Change) -> Result<(), String> {
    // Two windows may say the same of the whole: that it is annotated blind, or done.
    if matches!(&change.new, Some(new @ Record::Meta(_)) if *new == meta_record(set)) {
        return Ok(());
    }
    let taken = match &change.old {
        Some(old) => old.take_from(set)?,
        None => Taken::default(),
    };
    let Some(new) = &change.new else {
        return match taken.agency {
            Some((_, agency)) if !agency.mentions.is_empty() => {
                Err("the agency still has mentions".to_owned())
            }
            Some((_, agency)) if set.stances.iter().any(|stance| stance.agency == agency.id) => {
                Err("the agency still holds stances".to_owned())
            }
            _ => Ok(()),
        };
    };
    if new.is_in(set) {
        return Err("there is such a record already".to_owned());
    }
    if matches!(new, Record::Meta(_)) && change.old.is_none() {
        return Err("what is said of the whole can only be replaced".to_owned());
    }
    if let (Some((_, agency)), Record::Agency(head)) = (&taken.agency, new)
        && agency.id != head.id
    {
        return Err("an agency's id is changed by making a new one".to_owned());
    }
    new.put_into(set, taken, document)
}

impl Record {
    fn take_from(&self, set: &mut AnnotationSet) -> Result<Taken, String> {
        let gone = || "the record is not there any more, or not as it was".to_owned();
        match self {
            Self::Meta(_) => (meta_record(set) == *self).then(Taken::default).ok_or_else(gone),
            Self::Agency(_) => {
                let at =
                    set.agencies.iter().position(|agency| Self::from(agency) == *self).ok_or_else(gone)?;
                Ok(Taken { agency: Some((at, set.agencies.remove(at))) })
            }
            Self::Mention(wanted) => {
                let agency =
                    set.agencies.iter_mut().find(|agency| agency.id == wanted.agency).ok_or_else(gone)?;
                let id = agency.id.clone();
                let at = agency.mentions.iter().position(|mention| mention_record(&id, mention) == *self);
                agency.mentions.remove(at.ok_or_else(gone)?);
                Ok(Taken::default())
            }
            Self::Stance(_) => {
                let at =
                    set.stances.iter().position(|stance| Self::from(stance) == *self).ok_or_else(gone)?;
                set.stances.remove(at);
                Ok(Taken::default())
            }
            Self::Citation(_) => {
                let at = set.citations.iter().position(|one| Self::from(one) == *self).ok_or_else(gone)?;
                set.citations.remove(at);
                Ok(Taken::default())
            }
        }
    }

    fn put_into(&self, set: &mut AnnotationSet, taken: Taken, document: &Document) -> Result<(), String> {
        let place = |start: u32, end: u32| {
            if start >= end || end > document.char_len() {
                return Err(format!("{start}..{end} is no place of the text"));
            }
            Ok(CharSpan::new(start, end))
        };
        let quote = |span| document.quote(span).map(str::to_owned);
        let known = |set: &AnnotationSet, id: &str| match set.agency(id) {
            Some(_) => Ok(()),
            None => Err(format!("there is no agency `{id}`")),
        };
        match self {
            Self::Meta(meta) => {
                set.meta.status = meta.status;
                set.meta.annotators.clone_from(&meta.annotators);
                set.meta.assisted = meta.assisted;
            }
            Self::Agency(new) => {
                if new.id.is_empty() {
                    return Err("an agency needs an id".to_owned());
                }
                let at = taken.agency.as_ref().map_or(set.agencies.len(), |(at, _)| *at);
                let mentions = taken.agency.map(|(_, agency)| agency.mentions).unwrap_or_default();
                set.agencies.insert(at, new.clone().with(mentions));
            }
            Self::Mention(new) => {
                known(set, &new.agency)?;
                let span = place(new.start, new.end)?;
                let mention = new.clone().at(span, quote(span));
                let agency = set.agencies.iter_mut().find(|agency| agency.id == new.agency);
                if let Some(agency) = agency {
                    agency.mentions.push(mention);
                }
            }
            Self::Stance(new) => {
                known(set, &new.agency)?;
                let span = place(new.start, new.end)?;
                set.stances.push(new.clone().at(span, quote(span)));
            }
            Self::Citation(new) => {
                let span = place(new.start, new.end)?;
                set.citations.push(new.clone().at(span, quote(span)));
            }
        }
        Ok(())
    }
}
