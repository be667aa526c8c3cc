//! One word for what a record says, for tools whose annotations are a span and a label.
//!
//! `agency:police:name` is a mention by name of a police department, `stance:detainers:against:own` a stance,
//! `citation:bill` a citation.

use goldrule_schema::{AgencyKind, Attribution, CitationKind, Form, Position, Topic};
use serde_json::{Map, Value};

use crate::flat::{Flat, Item, Layer};

/// The keys that a label states, behind its first word.
const fn keys(layer: Layer) -> &'static [&'static str] {
    match layer {
        // The kind is its agency's.
        Layer::Mention => &["agency kind", "form"],
        Layer::Stance => &["topic", "position", "attribution"],
        Layer::Citation => &["kind"],
    }
}

const fn head(layer: Layer) -> &'static str {
    match layer {
        Layer::Mention => "agency",
        Layer::Stance => "stance",
        Layer::Citation => "citation",
    }
}

/// The label of an item.
pub(crate) fn of(flat: &Flat, item: &Item) -> String {
    let mut label = head(item.layer).to_owned();
    for &key in keys(item.layer) {
        label.push(':');
        label.push_str(if key == "agency kind" { kind_of(flat, item) } else { word(&item.fields, key) });
    }
    label
}

fn word<'m>(fields: &'m Map<String, Value>, key: &str) -> &'m str {
    fields.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn kind_of<'f>(flat: &'f Flat, item: &Item) -> &'f str {
    let id = item.agency.as_deref().unwrap_or_default();
    let agency = flat.agencies.iter().find(|agency| word(agency, "id") == id);
    agency.map_or("", |agency| word(agency, "kind"))
}

/// What a label says: the layer, the keys of the record, and for a mention the kind of its agency.
pub(crate) struct Read {
    pub(crate) layer: Layer,
    pub(crate) fields: Map<String, Value>,
    pub(crate) kind: Option<String>,
}

/// Reads a label; `None` where it is of none of the layers.
pub(crate) fn read(label: &str) -> Option<Read> {
    let mut parts = label.split(':');
    let first = parts.next()?.to_lowercase();
    let layer =
        [Layer::Mention, Layer::Stance, Layer::Citation].into_iter().find(|layer| head(*layer) == first)?;
    let mut read = Read { layer, fields: Map::new(), kind: None };
    for (&key, part) in keys(layer).iter().zip(parts) {
        if part.is_empty() {
            continue;
        }
        if key == "agency kind" {
            read.kind = Some(part.to_owned());
        } else {
            read.fields.insert(key.to_owned(), Value::from(part));
        }
    }
    Some(read)
}

/// Every label, for the settings of tools that want a list.
pub(crate) fn all() -> Vec<String> {
    let mut labels = Vec::new();
    for kind in AgencyKind::WORDS {
        labels.extend(Form::WORDS.iter().map(|form| format!("agency:{kind}:{form}")));
    }
    for topic in Topic::WORDS {
        for position in Position::WORDS {
            let of = |attribution| format!("stance:{topic}:{position}:{attribution}");
            labels.extend(Attribution::WORDS.iter().map(of));
        }
    }
    labels.extend(CitationKind::WORDS.iter().map(|kind| format!("citation:{kind}")));
    labels
}
