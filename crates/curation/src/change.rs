//! Puts records into a set and takes them out; no mention or stance is ever left without its agency.

use std::fmt;

use goldrule_schema::AnnotationSet;

use crate::identity::{Identity, Key, Layer, find};
use crate::record::{Record, RecordRef, head, records};

/// Why a set was left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The set has no agency with this id.
    NoAgency(String),
    /// Another record has this id.
    SameId(String),
    /// A record overlaps this one, or says the same.
    Taken(Identity),
    /// The agency with this id has mentions or stances, so it stays.
    InUse(String),
    /// The set has no such record.
    Missing(Identity),
    /// It counts the characters of another text, and nobody can tell where it stands in this one.
    Unplaced,
    /// It is one of several records that are exchanged together.
    Together,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAgency(id) => write!(f, "there is no agency `{id}`; add it first"),
            Self::SameId(id) => write!(f, "the id `{id}` is taken"),
            Self::Taken(identity) => write!(f, "the {identity} is in the way"),
            Self::InUse(id) => {
                write!(f, "the agency `{id}` still has mentions or stances; remove them first")
            }
            Self::Missing(identity) => write!(f, "there is no {identity}"),
            Self::Unplaced => f.write_str(
                "it was annotated in another text and its place here is not known; edit it, or keep ours",
            ),
            Self::Together => {
                f.write_str("several records hang together here; take one side's, then edit those")
            }
        }
    }
}

impl std::error::Error for Refused {}

/// Adds a record. The set is then still one that reads without errors.
///
/// # Errors
/// Where its agency is missing, its id taken, or its place; the set is then as it was.
pub fn insert(set: &mut AnnotationSet, record: Record) -> Result<(), Refused> {
    check(set, record.as_ref())?;
    match record {
        Record::Agency(agency) => set.agencies.push(head(&agency)),
        Record::Mention { agency, mention } => {
            if let Some(agency) = set.agencies.iter_mut().find(|known| known.id == agency) {
                agency.mentions.push(mention);
            }
        }
        Record::Stance(stance) => set.stances.push(stance),
        Record::Citation(citation) => set.citations.push(citation),
    }
    set.sort();
    Ok(())
}

fn check(set: &AnnotationSet, new: RecordRef<'_>) -> Result<(), Refused> {
    let is_agency = new.layer() == Layer::Agency;
    if let Some(id) = new.agency()
        && !is_agency
        && set.agency(id).is_none()
    {
        return Err(Refused::NoAgency(id.to_owned()));
    }
    for known in records(set) {
        let same_space = (known.layer() == Layer::Agency) == is_agency;
        if let Some(id) = new.id().filter(|_| same_space && known.id() == new.id()) {
            return Err(Refused::SameId(id.to_owned()));
        }
        if collide(known, new) {
            let identity = Identity { layer: known.layer(), key: Key::of(known), occurrence: 1 };
            return Err(Refused::Taken(identity));
        }
    }
    Ok(())
}

/// Whether two records cannot both be in a set: mentions and citations overlap no other, and a stance has
/// no twin of the same agency, topic and span.
pub(crate) fn collide(a: RecordRef<'_>, b: RecordRef<'_>) -> bool {
    match (a, b) {
        (RecordRef::Mention { mention: a, .. }, RecordRef::Mention { mention: b, .. }) => {
            a.span.overlaps(b.span)
        }
        (RecordRef::Citation(a), RecordRef::Citation(b)) => a.span.overlaps(b.span),
        (RecordRef::Stance(a), RecordRef::Stance(b)) => {
            (&a.agency, a.topic, a.span) == (&b.agency, b.topic, b.span)
        }
        _ => false,
    }
}

/// Adds a record of another set, with its agency where this set does not have it. The agency is the one
/// with the same name and jurisdiction, else the one with the same id.
///
/// ```
/// use goldrule_curation::{adopt, records};
/// use goldrule_schema::{AnnotationSet, read_annotations};
///
/// let source = r#"{ "schema_version": 1, "document": "note", "stances": [], "citations": [], "agencies": [
///   { "id": "troy-pd", "name": "Troy Police Department", "kind": "police", "mentions": [
///     { "text": "Troy police", "start": 0, "end": 11, "form": "name" } ] } ] }"#;
/// let suggested = read_annotations("note.json", source, None).accepted().unwrap();
/// let mention = records(&suggested).nth(1).unwrap().to_record();
///
/// let mut gold = AnnotationSet::new("note");
/// adopt(&mut gold, mention, &suggested).unwrap();
/// assert_eq!(gold.agencies, suggested.agencies);
/// ```
///
/// # Errors
/// As [`insert`]; also where the id of a missing agency is taken by another body.
pub fn adopt(set: &mut AnnotationSet, mut record: Record, from: &AnnotationSet) -> Result<(), Refused> {
    let id = match &mut record {
        Record::Mention { agency, .. } => agency,
        Record::Stance(stance) => &mut stance.agency,
        Record::Agency(_) | Record::Citation(_) => return insert(set, record),
    };
    let Some(theirs) = from.agency(id) else { return insert(set, record) };
    let same_body = |known: &&goldrule_schema::Agency| {
        known.name == theirs.name && known.jurisdiction == theirs.jurisdiction
    };
    if let Some(known) = set.agencies.iter().find(same_body) {
        id.clone_from(&known.id);
        return insert(set, record);
    }
    if set.agency(id).is_some() {
        return insert(set, record);
    }
    // The head goes in only together with what needs it.
    let mut grown = set.clone();
    insert(&mut grown, Record::Agency(head(theirs)))?;
    insert(&mut grown, record)?;
    *set = grown;
    Ok(())
}

/// Takes a record out. An agency goes only where nothing speaks of it any more.
///
/// # Errors
/// Where there is no such record or the agency is in use; the set is then as it was.
pub fn remove(set: &mut AnnotationSet, identity: &Identity) -> Result<Record, Refused> {
    let found = find(set, identity).ok_or_else(|| Refused::Missing(identity.clone()))?;
    if let RecordRef::Agency(agency) = found
        && (!agency.mentions.is_empty() || set.stances.iter().any(|stance| stance.agency == agency.id))
    {
        return Err(Refused::InUse(agency.id.clone()));
    }
    let record = found.to_record();
    let mut left = identity.occurrence;
    // True for the one record to take out: the last of `occurrence` with its key.
    let mut is_it = |candidate: RecordRef<'_>| {
        let hit = left > 0 && Key::of(candidate) == identity.key;
        left -= u32::from(hit);
        hit && left == 0
    };
    match identity.layer {
        Layer::Agency => set.agencies.retain(|agency| !is_it(RecordRef::Agency(agency))),
        Layer::Mention => {
            for agency in &mut set.agencies {
                let id = &agency.id;
                agency.mentions.retain(|mention| !is_it(RecordRef::Mention { agency: id, mention }));
            }
        }
        Layer::Stance => set.stances.retain(|stance| !is_it(RecordRef::Stance(stance))),
        Layer::Citation => set.citations.retain(|citation| !is_it(RecordRef::Citation(citation))),
    }
    Ok(record)
}
