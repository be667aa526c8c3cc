//! UIMA CAS JSON 0.4: a file for each document, and the type system that INCEpTION takes as layers.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::carry::{card, extra_json, linked};
use crate::label::Label;
use crate::offsets::in_unit;
use crate::tokens::{Edges, tokens};
use crate::{Direction, Feature, Format, Item, OutFile, Unit};

/// The format.
pub(crate) struct Cas;

const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";

/// Our layers and their features, all strings.
pub(crate) const LAYERS: &[(&str, &[&str])] = &[
    (
        "webanno.custom.Agency",
        &["agency", "form", "kind", "name", "jurisdiction", "record", "recordId", "rule", "extra"],
    ),
    ("webanno.custom.Stance", &["agency", "topic", "position", "attribution", "recordId", "rule", "extra"]),
    ("webanno.custom.Citation", &["kind", "canonical", "recordId", "rule", "extra"]),
];

impl Format for Cas {
    fn name(&self) -> &'static str {
        "uima-cas"
    }

    fn title(&self) -> &'static str {
        "UIMA CAS JSON 0.4 (INCEpTION, dkpro-cassis)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn direction(&self) -> Direction {
        Direction::Export
    }

    fn unit(&self) -> Unit {
        Unit::Utf16
    }

    fn unit_source(&self) -> &'static str {
        "UIMA's begin and end are indices into Java strings; dkpro-cassis converts them on reading and \
         writing: <https://github.com/dkpro/dkpro-cassis>"
    }

    fn holds(&self) -> &'static [Feature] {
        use Feature as F;
        &[
            F::AgencyId,
            F::AgencyName,
            F::Jurisdiction,
            F::Grouping,
            F::Form,
            F::Holder,
            F::Attribution,
            F::Overlap,
            F::Canonical,
            F::RecordId,
            F::Rule,
            F::Unknown,
        ]
    }

    fn remarks(&self) -> &'static str {
        "Span layers `webanno.custom.Agency`, `.Stance` and `.Citation` with string features; `agency` joins \
         mentions, and stances to their holder; `record` holds all that is said of the agency, as JSON. Import `typesystem.xml` under Settings, Layers, first; export \
         from INCEpTION as WebAnno TSV 3.3 comes back with `import --as webanno-tsv`. Every line of text is a \
         sentence. Unknown keys stand as JSON in `extra`."
    }

    fn export(&self, items: &[Item<'_>]) -> Vec<OutFile> {
        let file = |item: &Item<'_>| OutFile {
            name: format!("{}.json", item.document.id()),
            contents: format!("{:#}\n", cas(item)),
            setup: false,
        };
        let mut files: Vec<_> = items.iter().map(file).collect();
        files.push(OutFile { name: "typesystem.xml".into(), contents: type_system(), setup: true });
        files
    }
}

fn cas(item: &Item<'_>) -> Value {
    let document = item.document;
    let records = linked(item.set, document);
    let mut structures = vec![json!({
        "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text",
        "sofaString": document.text(),
    })];
    let end = in_unit(document, Unit::Utf16, document.char_span()).1;
    let mut add = |name: &str, begin: u32, end: u32, features: Map<String, Value>| {
        let mut structure = Map::new();
        structure.insert("%ID".into(), json!(structures.len() + 1));
        structure.insert("%TYPE".into(), json!(name));
        structure.insert("@sofa".into(), json!(1));
        structure.insert("begin".into(), json!(begin));
        structure.insert("end".into(), json!(end));
        structure.extend(features);
        structures.push(structure.into());
    };
    let mut whole = Map::new();
    whole.insert("language".into(), json!("en"));
    add("uima.tcas.DocumentAnnotation", 0, end, whole);
    let mut start = None;
    let mut last = 0;
    let tokens = tokens(document, &Edges::of(records.iter().map(|record| record.span)));
    for token in &tokens {
        if token.blank {
            if token.text.contains(['\n', '\r'])
                && let Some(start) = start.take()
            {
                add(SENTENCE, start, last, Map::new());
            }
            continue;
        }
        let (begin, end) = in_unit(document, Unit::Utf16, token.span);
        add(TOKEN, begin, end, Map::new());
        start.get_or_insert(begin);
        last = end;
    }
    if let Some(start) = start {
        add(SENTENCE, start, last, Map::new());
    }
    for record in &records {
        let (begin, end) = in_unit(document, Unit::Utf16, record.span);
        let (layer, values) = features(record, item);
        let values =
            values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value?)))).collect();
        add(LAYERS[layer].0, begin, end, values);
    }
    let members: Vec<usize> = (2..=structures.len()).collect();
    json!({
        "%TYPES": types(),
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": { "_InitialView": { "%SOFA": 1, "%MEMBERS": members } },
    })
}

fn features(
    record: &crate::carry::Record<'_>,
    item: &Item<'_>,
) -> (usize, Vec<(&'static str, Option<String>)>) {
    let more = record.more.clone();
    let agency = more.agency.as_ref().and_then(|id| item.set.agency(id));
    let (layer, mut values) = match record.label {
        Label::Mention(kind, form) => {
            let values = vec![
                ("agency", more.agency.clone()),
                ("form", Some(form.to_string())),
                ("kind", Some(kind.to_string())),
                ("name", agency.map(|agency| agency.name.clone())),
                ("jurisdiction", agency.and_then(|agency| agency.jurisdiction.clone())),
                // Once for each agency: what else is said of it.
                ("record", agency.filter(|_| record.link.is_none()).map(|agency| card(agency).to_string())),
            ];
            (0, values)
        }
        Label::Stance(topic, position, by) => {
            let values = vec![
                ("agency", more.agency.clone()),
                ("topic", Some(topic.to_string())),
                ("position", Some(position.to_string())),
                ("attribution", Some(by.to_string())),
            ];
            (1, values)
        }
        Label::Citation(kind) => (2, vec![("kind", Some(kind.to_string())), ("canonical", more.canonical)]),
    };
    values.extend([("recordId", more.id), ("rule", more.rule), ("extra", extra_json(&more.extra))]);
    (layer, values)
}

fn types() -> Value {
    let mut types = Map::new();
    for name in [TOKEN, SENTENCE] {
        types.insert(name.into(), json!({ "%NAME": name, "%SUPER_TYPE": "uima.tcas.Annotation" }));
    }
    for (name, features) in LAYERS {
        let mut layer = Map::new();
        layer.insert("%NAME".into(), json!(name));
        layer.insert("%SUPER_TYPE".into(), json!("uima.tcas.Annotation"));
        for feature in *features {
            layer.insert((*feature).into(), json!({ "%NAME": feature, "%RANGE": "uima.cas.String" }));
        }
        types.insert((*name).into(), layer.into());
    }
    types.into()
}

fn type_system() -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n  <types>\n",
    );
    let mut layer = |name: &str, features: &[&str]| {
        let _ = write!(
            out,
            "    <typeDescription>\n      <name>{name}</name>\n      <description/>\n      \
             <supertypeName>uima.tcas.Annotation</supertypeName>\n"
        );
        if !features.is_empty() {
            out.push_str("      <features>\n");
            for feature in features {
                let _ = writeln!(
                    out,
                    "        <featureDescription><name>{feature}</name><description/>\
                     <rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>"
                );
            }
            out.push_str("      </features>\n");
        }
        out.push_str("    </typeDescription>\n");
    };
    layer(TOKEN, &[]);
    layer(SENTENCE, &[]);
    for (name, features) in LAYERS {
        layer(name, features);
    }
    out.push_str("  </types>\n</typeSystemDescription>\n");
    out
}
