//! What somebody else wrote into the gold file meanwhile: merged by record, and what is left to decide.

use goldrule_curation::{Conflict, Conflicts, KeyConflict};
use goldrule_schema::AnnotationSet;
use serde::Serialize;
use serde_json::Value;

use crate::record::{Record, from_curation};
use crate::sidecar::identity;

/// A merged set.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The set; where there are conflicts it holds ours.
    pub set: AnnotationSet,
    /// What it leaves open.
    pub conflicts: Conflicts,
}

/// A conflict as the page shows it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dispute {
    /// What it is known by when it is settled.
    pub id: String,
    /// Why it could not be merged.
    pub why: String,
    /// The page's; `None` where it was removed here.
    pub ours: Option<Record>,
    /// The file's; `None` where it was removed there.
    pub theirs: Option<Record>,
}

/// Merges what `ours` and `theirs` did to `base`.
pub fn merge(base: &AnnotationSet, ours: &AnnotationSet, theirs: &AnnotationSet) -> Merged {
    let merged = goldrule_curation::merge(base, ours, theirs);
    let document = merged.set.document.clone();
    Merged {
        set: merged.set,
        conflicts: Conflicts { document, conflicts: merged.conflicts, keys: merged.keys },
    }
}

/// The conflicts as the page shows them: records, then keys.
pub fn disputes(conflicts: &Conflicts) -> Vec<Dispute> {
    let record = |conflict: &Conflict| Dispute {
        id: identity(conflict),
        why: conflict.reason.to_string(),
        ours: conflict.ours.as_ref().map(from_curation),
        theirs: conflict.theirs.as_ref().map(from_curation),
    };
    let key = |conflict: &KeyConflict| {
        let told =
            |value: &Option<Value>| value.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string);
        let why = format!(
            "`{}` is {} here and {} in the file",
            conflict.key,
            told(&conflict.ours),
            told(&conflict.theirs)
        );
        Dispute { id: identity(conflict), why, ours: None, theirs: None }
    };
    conflicts.conflicts.iter().map(record).chain(conflicts.keys.iter().map(key)).collect()
}
