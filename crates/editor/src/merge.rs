//! What somebody else wrote into the gold file meanwhile, merged by record: their changes are made on top
//! of ours, and those that do not fit are conflicts.

use goldrule_schema::{AnnotationSet, Document};
use serde::Serialize;

use crate::record::{Change, Record, apply, changes_between, records};

/// A record that both sides changed, each in another way. The set holds ours.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conflict {
    /// Why it could not be merged.
    pub why: String,
    /// The page's; `None` where it was removed here.
    pub ours: Option<Record>,
    /// The file's; `None` where it was removed there.
    pub theirs: Option<Record>,
}

/// A merged set.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The set.
    pub set: AnnotationSet,
    /// What it leaves open.
    pub conflicts: Vec<Conflict>,
}

/// Merges what `ours` and `theirs` did to `base`. Where both did the same it counts once.
pub fn merge(
    document: &Document,
    base: &AnnotationSet,
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
) -> Merged {
    let mut merged = Merged { set: ours.clone(), conflicts: Vec::new() };
    for change in changes_between(base, theirs) {
        merged.take(document, change);
    }
    let (set, meta) = (&mut merged.set, &theirs.meta);
    if base.extra != theirs.extra {
        set.extra.clone_from(&theirs.extra);
    }
    if base.schema != theirs.schema {
        set.schema.clone_from(&theirs.schema);
    }
    if base.meta.extra != meta.extra {
        set.meta.extra.clone_from(&meta.extra);
    }
    if base.meta.guidelines != meta.guidelines {
        set.meta.guidelines.clone_from(&meta.guidelines);
    }
    if base.meta.text_sha256 != meta.text_sha256 {
        set.meta.text_sha256.clone_from(&meta.text_sha256);
    }
    if base.meta.generator != meta.generator {
        set.meta.generator.clone_from(&meta.generator);
    }
    set.meta.quotes_withheld |= meta.quotes_withheld;
    merged
}

impl Merged {
    fn take(&mut self, document: &Document, change: Change) {
        let known = records(&self.set);
        let same = |wanted: &Option<Record>| {
            wanted.as_ref().and_then(|wanted| known.iter().find(|one| one.is_same(wanted))).cloned()
        };
        // Both did the same.
        let done = match &change.new {
            Some(new) => known.contains(new),
            None => same(&change.old).is_none(),
        };
        if done {
            return;
        }
        let ours = same(&change.new).or_else(|| same(&change.old));
        if let Err((why, _)) = apply(&mut self.set, document, std::slice::from_ref(&change)) {
            self.conflicts.push(Conflict { why, ours, theirs: change.new });
        }
    }
}
