//! Keys of the file and of `meta` that a merge could not settle.

use goldrule_schema::{AnnotationSet, Diagnostic, Document, read_annotations, to_canonical_json};
use serde_json::{Map, Value};

use crate::conflicts::KeyConflict;
use crate::merge::withhold_quotes;

/// The set with their value of a key.
pub(super) fn with_theirs(
    set: &AnnotationSet,
    key: &KeyConflict,
    document: &Document,
) -> Result<AnnotationSet, Vec<Diagnostic>> {
    if key.key == "meta.quotes" {
        let mut set = set.clone();
        set.meta.quotes_withheld = key.theirs == Some(Value::Bool(true));
        if set.meta.quotes_withheld {
            withhold_quotes(&mut set);
        }
        return Ok(set);
    }
    let mut file: Map<String, Value> = serde_json::from_str(&to_canonical_json(set)).unwrap_or_default();
    let (place, name) = match key.key.strip_prefix("meta.") {
        Some(name) => {
            let meta = file.entry("meta").or_insert_with(|| Value::Object(Map::new()));
            (meta.as_object_mut(), name)
        }
        None => (Some(&mut file), key.key.as_str()),
    };
    if let Some(place) = place {
        match &key.theirs {
            Some(value) => drop(place.insert(name.to_owned(), value.clone())),
            None => drop(place.remove(name)),
        }
    }
    let file = Value::Object(file).to_string();
    read_annotations("gold", &file, Some(document)).accepted()
}
