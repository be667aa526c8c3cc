//! The shape that every format is written from and read into.

use goldrule_schema::{AnnotationSet, CharSpan, to_canonical_json};
use serde_json::{Map, Value};

/// What sort of record an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// A mention of an agency.
    Mention,
    /// A stance.
    Stance,
    /// A legal citation.
    Citation,
}

/// A record with a place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is.
    pub layer: Layer,
    /// Where it stands, in code points.
    pub span: CharSpan,
    /// The agency that a mention belongs to or that holds a stance.
    pub agency: Option<String>,
    /// Its other keys as gold files name them, unknown ones included.
    pub fields: Map<String, Value>,
}

/// An annotation set as a head, a table of agencies and items in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flat {
    /// The document's id.
    pub document: String,
    /// `$schema`, `meta` and the unknown keys of the file.
    pub head: Map<String, Value>,
    /// The agencies without their mentions.
    pub agencies: Vec<Map<String, Value>>,
    /// Mentions, stances and citations by place.
    pub items: Vec<Item>,
}

impl Flat {
    /// The flat form of a set.
    pub fn of(set: &AnnotationSet) -> Self {
        // The canonical form holds every key under its name in files; unknown keys come along.
        let whole = serde_json::from_str(&to_canonical_json(set)).unwrap_or_default();
        let Value::Object(mut head) = whole else { return Self::default() };
        let mut flat = Self { document: set.document.clone(), ..Self::default() };
        for mut agency in objects(head.remove("agencies")) {
            let id = agency.get("id").and_then(Value::as_str).map(str::to_owned);
            for mention in objects(agency.remove("mentions")) {
                flat.items.extend(item(Layer::Mention, mention, id.clone()));
            }
            flat.agencies.push(agency);
        }
        for mut stance in objects(head.remove("stances")) {
            let holder = stance.remove("agency").and_then(|id| id.as_str().map(str::to_owned));
            flat.items.extend(item(Layer::Stance, stance, holder));
        }
        for citation in objects(head.remove("citations")) {
            flat.items.extend(item(Layer::Citation, citation, None));
        }
        head.remove("schema_version");
        head.remove("document");
        flat.head = head;
        flat.items.sort_by_key(|item| (item.span.start, item.span.end, item.layer));
        flat
    }
}

fn objects(list: Option<Value>) -> Vec<Map<String, Value>> {
    let Some(Value::Array(list)) = list else { return Vec::new() };
    list.into_iter()
        .filter_map(|value| match value {
            Value::Object(map) => Some(map),
            _ => None,
        })
        .collect()
}

fn item(layer: Layer, mut fields: Map<String, Value>, agency: Option<String>) -> Option<Item> {
    let offset = |value: Value| u32::try_from(value.as_u64()?).ok();
    let start = fields.remove("start").and_then(offset)?;
    let end = fields.remove("end").and_then(offset)?;
    fields.remove("text");
    Some(Item { layer, span: CharSpan::new(start, end.max(start)), agency, fields })
}
