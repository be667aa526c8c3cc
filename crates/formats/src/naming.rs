//! Names and ids for agencies that come without.

use std::collections::{BTreeMap, BTreeSet};

use goldrule_schema::{AnnotationSet, Document, Form, Mention};

/// A name made of the mentions: the longest of form `name`, else the longest; the first of equals.
pub(crate) fn name_of(mentions: &[Mention], document: &Document) -> String {
    let best =
        mentions.iter().max_by_key(|m| (m.form == Form::Name, m.span.len(), std::cmp::Reverse(m.span)));
    let quote = best.and_then(|m| document.quote(m.span)).unwrap_or_default();
    quote.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A slug of a name that none of `taken` has; it is added to them.
pub(crate) fn slug(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let base = match slug.trim_end_matches('-') {
        "" => "agency",
        base => base,
    };
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    let free = std::iter::once(base.to_owned()).chain(numbered).find(|id| !taken.contains(id));
    let id = free.unwrap_or_default();
    taken.insert(id.clone());
    id
}

/// Gives the agencies of a sorted set new names and ids, and the stances the new ids.
pub(crate) fn rename(set: &mut AnnotationSet, document: &Document, ids: bool, names: bool) {
    let (mut taken, mut new) = (BTreeSet::new(), BTreeMap::new());
    for agency in &mut set.agencies {
        if names {
            agency.name = name_of(&agency.mentions, document);
        }
        if ids {
            let id = slug(&agency.name, &mut taken);
            new.insert(std::mem::replace(&mut agency.id, id.clone()), id);
        }
    }
    for stance in &mut set.stances {
        if let Some(id) = new.get(&stance.agency) {
            stance.agency.clone_from(id);
        }
    }
}
