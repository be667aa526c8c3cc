//! UIMA CAS JSON 0.4 with the types that INCEpTION gives custom layers. Offsets are UTF-16 code units.

use serde_json::{Map, Value, json};

use crate::flat::{Flat, Item, Layer};
use crate::format::{File, Piece};
use crate::place::Unit;

/// The features of a layer, all strings.
const fn features(layer: Layer) -> &'static [&'static str] {
    match layer {
        Layer::Mention => &["agency", "name", "kind", "jurisdiction", "form", "id", "rule", "agency_rule"],
        Layer::Stance => &["agency", "topic", "position", "attribution", "id", "rule"],
        Layer::Citation => &["kind", "canonical", "id", "rule"],
    }
}

const fn type_of(layer: Layer) -> &'static str {
    match layer {
        Layer::Mention => "webanno.custom.Agency",
        Layer::Stance => "webanno.custom.Stance",
        Layer::Citation => "webanno.custom.Citation",
    }
}

pub(crate) fn export(pieces: &[Piece<'_>]) -> Vec<File> {
    pieces
        .iter()
        .map(|piece| {
            let cas = serde_json::to_string_pretty(&cas(piece)).unwrap_or_default();
            File { name: format!("{}.json", piece.document.id()), contents: format!("{cas}\n") }
        })
        .collect()
}

fn cas(piece: &Piece<'_>) -> Value {
    let flat = Flat::of(piece.set);
    let types: Map<String, Value> = [Layer::Mention, Layer::Stance, Layer::Citation]
        .into_iter()
        .map(|layer| (type_of(layer).to_owned(), type_system(layer)))
        .collect();
    let sofa = json!({
        "%ID": 1,
        "%TYPE": "uima.cas.Sofa",
        "sofaNum": 1,
        "sofaID": "_InitialView",
        "mimeType": "text/plain",
        "sofaString": piece.document.text(),
    });
    let structures = flat.items.iter().enumerate().map(|(index, item)| {
        let mut structure = Map::new();
        let (begin, end) = Unit::Utf16.offsets(piece.document, item.span);
        structure.insert("%ID".into(), json!(index + 2));
        structure.insert("%TYPE".into(), json!(type_of(item.layer)));
        structure.insert("@sofa".into(), json!(1));
        structure.insert("begin".into(), json!(begin));
        structure.insert("end".into(), json!(end));
        for &feature in features(item.layer) {
            if let Some(value) = value(&flat, item, feature) {
                structure.insert(feature.to_owned(), value);
            }
        }
        Value::Object(structure)
    });
    let members: Vec<_> = (2..flat.items.len() + 2).collect();
    json!({
        "%TYPES": types,
        "%FEATURE_STRUCTURES": std::iter::once(sofa).chain(structures).collect::<Vec<_>>(),
        "%VIEWS": { "_InitialView": { "%SOFA": 1, "%MEMBERS": members } },
    })
}

fn type_system(layer: Layer) -> Value {
    let mut known = Map::new();
    known.insert("%NAME".into(), json!(type_of(layer)));
    known.insert("%SUPER_TYPE".into(), json!("uima.tcas.Annotation"));
    for &feature in features(layer) {
        known.insert(feature.into(), json!({ "%NAME": feature, "%RANGE": "uima.cas.String" }));
    }
    Value::Object(known)
}

/// A feature of an item: its own key, or for a mention one of its agency's.
fn value(flat: &Flat, item: &Item, feature: &str) -> Option<Value> {
    let of_agency = |key: &str| {
        let id = item.agency.as_deref()?;
        let agency =
            flat.agencies.iter().find(|agency| agency.get("id").and_then(Value::as_str) == Some(id))?;
        agency.get(key).cloned()
    };
    match (item.layer, feature) {
        (_, "agency") => item.agency.clone().map(Value::from),
        (Layer::Mention, "name" | "kind" | "jurisdiction") => of_agency(feature),
        (Layer::Mention, "agency_rule") => of_agency("rule"),
        _ => item.fields.get(feature).cloned(),
    }
}
