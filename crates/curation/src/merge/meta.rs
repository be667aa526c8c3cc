//! What a file says of itself: `meta`, `$schema`, unknown keys.

use std::collections::BTreeSet;

use goldrule_schema::{AnnotationSet, CharSpan, Extra, Meta};
use serde_json::{Value, json};

use super::combine::same;
use super::slots::Slot;
use crate::conflicts::KeyConflict;
use crate::record::{RecordRef, records};

/// Whether the sides annotate different texts and both changed records: their offsets cannot be mixed.
pub(super) fn texts_differ(
    slots: &[Slot],
    base: &AnnotationSet,
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
) -> bool {
    let hash = |set: &AnnotationSet| set.meta.text_sha256.clone();
    let (left, right) = (hash(ours), hash(theirs));
    if left == right {
        return false;
    }
    // A side without a hash may count the same text, as long as nothing looks carried over to another.
    if (left.is_none() || right.is_none()) && !(is_shifted(base, ours) || is_shifted(base, theirs)) {
        return false;
    }
    // A side that is still at the base and changed nothing loses nothing by the other's new offsets.
    let untouched = |side: fn(&Slot) -> Option<&super::slots::Item>| {
        slots.iter().all(|slot| match (&slot.versions.base, side(slot)) {
            (Some(base), Some(side)) => same(base, side),
            (None, None) => true,
            _ => false,
        })
    };
    let old = hash(base);
    let idle_ours = old == left && untouched(|slot| slot.versions.ours.as_ref());
    let idle_theirs = old == right && untouched(|slot| slot.versions.theirs.as_ref());
    !(idle_ours || idle_theirs)
}

/// Whether a record is gone from its place and one with its labels, and its quote or length, has come
/// elsewhere: what carrying a set over to another text does.
fn is_shifted(old: &AnnotationSet, new: &AnnotationSet) -> bool {
    let places = |set: &AnnotationSet| -> BTreeSet<_> {
        records(set).filter_map(|record| Some((record.layer(), record.span()?))).collect()
    };
    let (before, after) = (places(old), places(new));
    let of = |record: RecordRef<'_>| record.span().map(|span| (record.layer(), span));
    let gone = records(old).filter(|record| of(*record).is_some_and(|place| !after.contains(&place)));
    gone.into_iter().any(|gone| {
        records(new).filter(|record| of(*record).is_some_and(|place| !before.contains(&place))).any(|come| {
            let same_quote = match (gone.text(), come.text()) {
                (Some(old), Some(new)) => old == new,
                _ => gone.span().map(CharSpan::len) == come.span().map(CharSpan::len),
            };
            gone.layer() == come.layer() && same_quote && gone.same_labels(come)
        })
    })
}

/// A set with everything merged but the records.
pub(super) fn merged(
    base: &AnnotationSet,
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
    other_text: bool,
) -> (AnnotationSet, Vec<KeyConflict>) {
    let mut keys = Keys(Vec::new());
    let [b, o, t] = [&base.meta, &ours.meta, &theirs.meta];
    let mut meta = Meta {
        text_sha256: keys.pick("meta.text_sha256", &b.text_sha256, &o.text_sha256, &t.text_sha256),
        guidelines: keys.pick("meta.guidelines", &b.guidelines, &o.guidelines, &t.guidelines),
        status: keys.pick("meta.status", &b.status, &o.status, &t.status),
        annotators: annotators(&b.annotators, &o.annotators, &t.annotators),
        assisted: keys.pick("meta.assisted", &b.assisted, &o.assisted, &t.assisted),
        quotes_withheld: keys.pick("meta.quotes", &b.quotes_withheld, &o.quotes_withheld, &t.quotes_withheld),
        generator: keys.pick("meta.generator", &b.generator, &o.generator, &t.generator),
        extra: keys.extra("meta.", &b.extra, &o.extra, &t.extra),
    };
    if other_text && meta.text_sha256 != o.text_sha256 {
        keys.clash("meta.text_sha256", &b.text_sha256, &o.text_sha256, &t.text_sha256);
    }
    if other_text {
        meta.text_sha256.clone_from(&o.text_sha256);
    }
    if meta.quotes_withheld && meta.text_sha256.is_none() {
        // Such a file is refused without the hash that tells its text.
        let known = [o, t, b].into_iter().find_map(|meta| meta.text_sha256.clone());
        meta.text_sha256 = known;
    }
    let set = AnnotationSet {
        schema: keys.pick("$schema", &base.schema, &ours.schema, &theirs.schema),
        document: keys.pick("document", &base.document, &ours.document, &theirs.document),
        meta,
        extra: keys.extra("", &base.extra, &ours.extra, &theirs.extra),
        ..AnnotationSet::default()
    };
    (set, keys.0)
}

/// Who is in the base and on both sides, and whoever a side added.
fn annotators(base: &[String], ours: &[String], theirs: &[String]) -> Vec<String> {
    if ours == theirs || theirs == base {
        return ours.to_vec();
    }
    if ours == base {
        return theirs.to_vec();
    }
    let both = |name: &&String| ours.contains(name) && theirs.contains(name);
    let mut all: Vec<String> = base.iter().filter(both).cloned().collect();
    let added: BTreeSet<_> = ours.iter().chain(theirs).filter(|name| !base.contains(name)).cloned().collect();
    all.extend(added);
    all
}

/// Merges keys and remembers which ones clash.
struct Keys(Vec<KeyConflict>);

impl Keys {
    fn pick<T: PartialEq + Clone + serde::Serialize>(
        &mut self,
        key: &str,
        base: &T,
        ours: &T,
        theirs: &T,
    ) -> T {
        if ours == theirs || base == theirs {
            return ours.clone();
        }
        if base == ours {
            return theirs.clone();
        }
        self.clash(key, base, ours, theirs);
        ours.clone()
    }

    fn clash(
        &mut self,
        key: &str,
        base: &impl serde::Serialize,
        ours: &impl serde::Serialize,
        theirs: &impl serde::Serialize,
    ) {
        let value = |value: Value| (!value.is_null()).then_some(value);
        self.0.push(KeyConflict {
            key: key.to_owned(),
            base: value(json!(base)),
            ours: value(json!(ours)),
            theirs: value(json!(theirs)),
        });
    }

    fn extra(&mut self, prefix: &str, base: &Extra, ours: &Extra, theirs: &Extra) -> Extra {
        let names: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
        let mut merged = Extra::new();
        for name in names {
            let [b, o, t] = [base, ours, theirs].map(|extra| extra.get(name));
            let value = self.pick(&format!("{prefix}{name}"), &b, &o, &t);
            merged.extend(value.map(|value| (name.clone(), value.clone())));
        }
        merged
    }
}
