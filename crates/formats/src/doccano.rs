//! doccano's JSON lines for sequence labelling with relations.
//!
//! doccano numbers entities anew when it imports and keeps keys that it does not know with the document. So
//! what an export puts beside the labels stands with the document, and a span finds its own by place and label.

use serde_json::{Value, json};

use crate::draft::{Draft, Link, Ours, links, ours_of_document};
use crate::flat::Flat;
use crate::format::{File, Input, Piece, Texts};
use crate::json::{Node, json_lines, parse};
use crate::label;
use crate::place::{Lines, Unit};
use crate::prodigy::labelled;

pub(crate) fn export(pieces: &[Piece<'_>]) -> Vec<File> {
    let (mut next, mut contents) = (1, String::new());
    for (nth, piece) in pieces.iter().enumerate() {
        contents.push_str(&line(piece, nth + 1, next).to_string());
        contents.push('\n');
        next += piece.set.agencies.iter().map(|agency| agency.mentions.len()).sum::<usize>()
            + piece.set.stances.len()
            + piece.set.citations.len();
    }
    vec![File { name: "annotations.jsonl".into(), contents }]
}

fn line(piece: &Piece<'_>, nth: usize, first: usize) -> Value {
    let flat = Flat::of(piece.set);
    let labels: Vec<_> = flat.items.iter().map(|item| label::of(&flat, item)).collect();
    let entities: Vec<_> = flat
        .items
        .iter()
        .zip(&labels)
        .enumerate()
        .map(|(index, (item, label))| {
            json!({ "id": first + index, "label": label, "start_offset": item.span.start, "end_offset": item.span.end })
        })
        .collect();
    let relations: Vec<_> = links(&flat)
        .into_iter()
        .enumerate()
        .map(|(index, (from, to, kind))| {
            json!({ "id": index + 1, "from_id": first + from, "to_id": first + to, "type": kind })
        })
        .collect();
    let mut ours = ours_of_document(&flat);
    ours["items"] = flat
        .items
        .iter()
        .zip(&labels)
        .map(|(item, label)| json!({ "start": item.span.start, "end": item.span.end, "label": label, "ours": Ours::write(item) }))
        .collect();
    json!({
        "id": nth,
        "text": piece.document.text(),
        "entities": entities,
        "relations": relations,
        "Comments": [],
        "goldrule": ours,
    })
}

pub(crate) fn import(inputs: &[Input], texts: &Texts<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for input in inputs {
        let lines = Lines::new(&input.contents);
        for (nth, (offset, source)) in json_lines(&input.contents).enumerate() {
            drafts.push(match parse(&input.name, &lines, source, offset) {
                Ok(node) => document(input, nth, &node, &lines, texts),
                Err(finding) => Draft { diagnostics: vec![finding], ..Draft::default() },
            });
        }
    }
    drafts
}

fn document(input: &Input, nth: usize, node: &Node, lines: &Lines<'_>, texts: &Texts<'_>) -> Draft {
    let of = |node: &Node| node.origin(&input.name, lines);
    let ours = node.get("goldrule");
    let named = ours.and_then(|ours| ours.text("document"));
    let named = named.or_else(|| node.get("meta").and_then(|meta| meta.text("document")));
    let id = named.map_or_else(|| format!("{}-{}", crate::brat::stem(&input.name), nth + 1), str::to_owned);
    let mut draft = Draft::with_ours(of(node), &id, ours, &of);
    let Some(text) = draft.text(texts) else { return draft };
    let own = node.text("text").map(|own| goldrule_schema::Document::new("", own));
    let known = ours.map_or(&[] as &[Node], |ours| ours.list("items"));
    let mut taken = vec![false; known.len()];
    let mut spans = Vec::new();
    for entity in node.list("entities") {
        let mut span =
            labelled(entity, "start_offset", "end_offset", Unit::CodePoints, own.as_ref(), of(entity));
        let same = |item: &Node| {
            item.count("start") == span.start
                && item.count("end") == span.end
                && item.text("label") == Some(span.label)
        };
        if let Some(index) = (0..known.len()).find(|&index| !taken[index] && same(&known[index])) {
            taken[index] = true;
            span.ours = known[index].get("ours").map(Ours::read);
        }
        spans.push(span);
    }
    // Older exports have triples instead.
    for triple in node.list("label") {
        if let [start, end, label] = triple.items() {
            let offset = |node: &Node| node.value().as_u64().and_then(|number| u32::try_from(number).ok());
            let (start, end) = (offset(start), offset(end));
            let marked = || {
                let own = own.as_ref()?;
                own.quote(Unit::CodePoints.span(own, start?, end?)?).map(str::to_owned)
            };
            spans.push(crate::draft::Labelled {
                id: String::new(),
                label: label.as_str().unwrap_or_default(),
                start,
                end,
                quote: marked(),
                ours: None,
                origin: of(triple),
            });
        }
    }
    let number = |node: &Node, key: &str| node.get(key).map(|id| id.value().to_string());
    let links: Vec<_> = node
        .list("relations")
        .iter()
        .filter_map(|relation| {
            Some(Link {
                from: number(relation, "from_id")?,
                to: number(relation, "to_id")?,
                kind: relation.text("type")?.to_owned(),
            })
        })
        .collect();
    draft.label(text, Unit::CodePoints, spans, &links);
    draft
}
