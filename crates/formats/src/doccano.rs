//! doccano: a line of JSON for each document, with `entities` and `relations`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::carry::linked;
use crate::draft::{Draft, Findings, More, Raw};
use crate::json::Node;
use crate::label::Label;
use crate::{Direction, Feature, Format, Import, InFile, Item, OutFile, Texts, Unit, import_lines};

/// The format.
pub(crate) struct Doccano;

impl Format for Doccano {
    fn name(&self) -> &'static str {
        "doccano"
    }

    fn title(&self) -> &'static str {
        "doccano JSONL (sequence labelling with relations)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl"]
    }

    fn direction(&self) -> Direction {
        Direction::Both
    }

    fn unit(&self) -> Unit {
        Unit::CodePoints
    }

    fn unit_source(&self) -> &'static str {
        "Python string indices on the server; the page counted UTF-16 once and was mended: \
         <https://github.com/doccano/doccano/pull/99>"
    }

    fn holds(&self) -> &'static [Feature] {
        &[Feature::Grouping, Feature::Form, Feature::Holder, Feature::Attribution, Feature::Overlap]
    }

    fn remarks(&self) -> &'static str {
        "Labels as in Prodigy's format; relations `holder` and `same_agency`. doccano gives entities ids of its \
         own and keeps nothing else of them. `document` is kept as metadata. Allow overlapping entities and \
         relations in the project. Entities carry no quotes: on import the text itself is checked, and \
         whether the spans cut words where those of another unit would not."
    }

    fn export(&self, items: &[Item<'_>]) -> Vec<OutFile> {
        let mut contents = String::new();
        let mut next = 1;
        for item in items {
            let _ = writeln!(contents, "{}", line(item, &mut next));
        }
        let labels: Vec<Value> =
            Label::all().iter().map(|label| json!({ "text": label.to_string() })).collect();
        let relations = json!([{ "text": "holder" }, { "text": "same_agency" }]);
        let setup = |name: &str, value: Value| OutFile {
            name: name.into(),
            contents: format!("{value:#}\n"),
            setup: true,
        };
        vec![
            OutFile { name: "doccano.jsonl".into(), contents, setup: false },
            setup("doccano-span-types.json", labels.into()),
            setup("doccano-relation-types.json", relations),
        ]
    }

    fn import(&self, files: &[InFile], texts: Texts<'_>, unit: Option<Unit>) -> Import {
        import_lines(
            files,
            texts,
            (unit, self.unit()),
            |node| node.string("document").map(str::to_owned),
            |_| crate::names::ONE_EACH.to_owned(),
            |_, _| None,
            read,
        )
    }
}

fn line(item: &Item<'_>, next: &mut usize) -> Value {
    let records = linked(item.set, item.document);
    let first = *next;
    *next += records.len();
    let entity = |(at, record): (usize, &crate::carry::Record<'_>)| {
        json!({
            "id": first + at, "label": record.label.to_string(),
            "start_offset": record.span.start, "end_offset": record.span.end,
        })
    };
    let links = records.iter().enumerate().filter_map(|(at, record)| Some((at, record, record.link?)));
    let relation = |(number, (at, record, to)): (usize, (usize, &crate::carry::Record<'_>, usize))| {
        let kind = if matches!(record.label, Label::Stance(..)) { "holder" } else { "same_agency" };
        json!({ "id": first + number, "from_id": first + at, "to_id": first + to, "type": kind })
    };
    json!({
        "document": item.document.id(),
        "text": item.document.text(),
        "entities": records.iter().enumerate().map(entity).collect::<Vec<_>>(),
        "relations": links.enumerate().map(relation).collect::<Vec<_>>(),
    })
}

fn read(node: Node<'_, '_>, draft: &mut Draft<'_>, findings: &mut Findings<'_>) {
    for key in node.keys().filter(|key| !["id", "document", "text", "entities", "relations"].contains(key)) {
        // Comments that doccano always writes, mostly none.
        let empty = node.list(key).is_empty() && node.get(key).is_some_and(|value| value.plain().is_array());
        if !empty {
            findings.left_out(&node.get(key).map_or(0..1, |value| value.head()), format!("the key `{key}`"));
        }
    }
    for entity in node.records("entities", findings) {
        let offsets = entity.offsets("start_offset", "end_offset", findings);
        let (Some(offsets), Some(label)) = (offsets, entity.required("label", findings)) else { continue };
        let key =
            entity.get("id").and_then(|id| id.name()).unwrap_or_else(|| format!("at {}", entity.at().start));
        match Label::parse(label) {
            Ok(label) => {
                let what = label.into();
                let more = More::default();
                draft.add(
                    Raw { at: entity.head(), key, offsets, quote: entity.string("text"), what, more },
                    findings,
                );
            }
            Err(help) => {
                let name = format!("an entity labelled `{label}`");
                match help {
                    Some(help) => findings.error("unknown-word", &entity.head(), name, &help),
                    None => findings.left_out(&entity.head(), name),
                }
                draft.refuse(key);
            }
        }
    }
    for relation in node.records("relations", findings) {
        let end = |key| relation.get(key).and_then(|id| id.name());
        match end("from_id").zip(end("to_id")) {
            Some((from, to)) => {
                draft.relate(relation.string("type"), (&from, &to), &relation.head(), findings);
            }
            None => findings.error(
                "missing-key",
                &relation.head(),
                "this relation has no ends",
                "add `from_id` and `to_id`",
            ),
        }
    }
}
