//! What differs between two versions of a set, by meaning: the layout of the files plays no part.

mod render;

use goldrule_schema::{Agency, AnnotationSet, to_canonical_json};
use serde::Serialize;
use serde_json::Value;

use crate::identity::Layer;
use crate::matching::{Bound, bound, pair_agencies, pair_records, same_later};
use crate::record::{Record, RecordRef};

pub use render::{Style, render};

/// What became of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands elsewhere, and nothing else about it changed.
    Moved,
    /// A label or another key of it changed, and perhaps its place.
    Changed,
}

/// A key with two values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyChange {
    /// The key as files call it; `span` for the place.
    pub key: String,
    /// Its value before.
    pub old: Option<String>,
    /// Its value after.
    pub new: Option<String>,
}

/// A record that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// What became of it.
    pub kind: Kind,
    /// The sort of record.
    pub layer: Layer,
    /// The keys that changed; none where the record is new or gone.
    pub changes: Vec<KeyChange>,
    /// The record before.
    pub old: Option<Record>,
    /// The record after.
    pub new: Option<Record>,
}

/// Everything that differs between two versions of a set.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Diff {
    /// The document.
    pub document: String,
    /// Keys of `meta` and of the file.
    pub keys: Vec<KeyChange>,
    /// Records, agencies first, then by place.
    pub records: Vec<Difference>,
}

impl Diff {
    /// Whether the versions say the same.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.records.is_empty()
    }
}

/// Compares two versions of a set. A record is found again by its identity; one that is gone where a like
/// one that overlaps it is new has been moved or relabelled. An agency that only got another id is one
/// change, not one for each record that speaks of it.
///
/// ```
/// use goldrule_curation::{Kind, diff};
/// use goldrule_schema::read_annotations;
///
/// let read = |end: u32| {
///     let source = format!(r#"{{ "schema_version": 1, "document": "note", "agencies": [], "stances": [],
///         "citations": [ {{ "start": 0, "end": {end}, "kind": "bill" }} ] }}"#);
///     read_annotations("note.json", &source, None).accepted().unwrap()
/// };
/// let found = diff(&read(5), &read(7));
/// assert_eq!(found.records[0].kind, Kind::Moved);
/// assert_eq!(found.records[0].changes[0].new.as_deref(), Some("0..7"));
/// assert!(diff(&read(5), &read(5)).is_empty());
/// ```
pub fn diff(old: &AnnotationSet, new: &AnnotationSet) -> Diff {
    let before: Vec<&Agency> = old.agencies.iter().collect();
    let after: Vec<&Agency> = new.agencies.iter().collect();
    let pairs = pair_agencies(&before, &after, true);
    let body_before = |id: &str| before.iter().position(|agency| agency.id == id);
    let body_after = |id: &str| {
        let at = after.iter().position(|agency| agency.id == id)?;
        Some(pairs.iter().find(|(_, j)| *j == at).map_or(before.len() + at, |(i, _)| *i))
    };
    let mut records = Vec::new();
    compare(&before, &after, &pairs, |agency| RecordRef::Agency(agency), |_, _| true, &mut records);
    let (left, right) = (bound(old, body_before), bound(new, body_after));
    let pairs = pair_records(&left, &right, same_later);
    let same_body = |a: &Bound<'_>, b: &Bound<'_>| a.body == b.body;
    compare(&left, &right, &pairs, |bound| bound.record, same_body, &mut records);
    records.sort_by_key(|difference| {
        let place = |record: &Option<Record>| record.as_ref().and_then(|record| record.as_ref().span());
        (
            difference.layer != Layer::Agency,
            place(&difference.old).or(place(&difference.new)),
            difference.layer,
        )
    });
    Diff { document: new.document.clone(), keys: keys(old, new), records }
}

fn compare<T>(
    old: &[T],
    new: &[T],
    pairs: &[(usize, usize)],
    view: impl Fn(&T) -> RecordRef<'_>,
    same_body: impl Fn(&T, &T) -> bool,
    found: &mut Vec<Difference>,
) {
    let single = |kind, record: RecordRef<'_>| {
        let (gone, layer) = (kind == Kind::Removed, record.layer());
        let record = Some(record.to_record());
        let (old, new) = if gone { (record, None) } else { (None, record) };
        Difference { kind, layer, changes: Vec::new(), old, new }
    };
    let mut left = vec![true; old.len()];
    let mut right = vec![true; new.len()];
    for &(i, j) in pairs {
        (left[i], right[j]) = (false, false);
        let (a, b) = (view(&old[i]), view(&new[j]));
        let changes = changes(a, b, same_body(&old[i], &new[j]));
        if changes.is_empty() {
            continue;
        }
        let kind =
            if changes.iter().all(|change| change.key == "span") { Kind::Moved } else { Kind::Changed };
        let (old, new) = (Some(a.to_record()), Some(b.to_record()));
        found.push(Difference { kind, layer: a.layer(), changes, old, new });
    }
    let gone = old.iter().zip(left).filter(|(_, left)| *left);
    found.extend(gone.map(|(record, _)| single(Kind::Removed, view(record))));
    let added = new.iter().zip(right).filter(|(_, right)| *right);
    found.extend(added.map(|(record, _)| single(Kind::Added, view(record))));
}

fn changes(a: RecordRef<'_>, b: RecordRef<'_>, same_body: bool) -> Vec<KeyChange> {
    let mut found = Vec::new();
    let mut compare = |key: &str, old: Option<String>, new: Option<String>| {
        if old != new {
            found.push(KeyChange { key: key.to_owned(), old, new });
        }
    };
    let text = |value: Option<&str>| value.map(str::to_owned);
    compare("id", text(a.id()), text(b.id()));
    compare("span", a.span().map(|s| s.to_string()), b.span().map(|s| s.to_string()));
    if a.span() == b.span()
        && let (Some(old), Some(new)) = (a.text(), b.text())
    {
        compare("text", Some(old.to_owned()), Some(new.to_owned()));
    }
    for ((key, old), (_, new)) in a.labels().into_iter().zip(b.labels()) {
        if key != "agency" || !same_body {
            compare(key, text(old), text(new));
        }
    }
    compare("rule", text(a.rule()), text(b.rule()));
    let keys: std::collections::BTreeSet<_> = a.extra().keys().chain(b.extra().keys()).collect();
    for key in keys {
        let value = |record: RecordRef<'_>| record.extra().get(key).map(Value::to_string);
        compare(key, value(a), value(b));
    }
    found
}

/// Keys of `meta` and of the file, as they are written.
fn keys(old: &AnnotationSet, new: &AnnotationSet) -> Vec<KeyChange> {
    let written = |set: &AnnotationSet| {
        let head = AnnotationSet { agencies: vec![], stances: vec![], citations: vec![], ..set.clone() };
        let value: Value = serde_json::from_str(&to_canonical_json(&head)).unwrap_or_default();
        let mut flat = std::collections::BTreeMap::new();
        for (key, value) in value.as_object().into_iter().flatten() {
            match value {
                Value::Object(meta) if key == "meta" => {
                    flat.extend(meta.iter().map(|(key, value)| (format!("meta.{key}"), value.to_string())));
                }
                _ => drop(flat.insert(key.clone(), value.to_string())),
            }
        }
        flat
    };
    let (old, new) = (written(old), written(new));
    let names: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let change =
        |key: &String| KeyChange { key: key.clone(), old: old.get(key).cloned(), new: new.get(key).cloned() };
    names.into_iter().map(change).filter(|change| change.old != change.new).collect()
}
