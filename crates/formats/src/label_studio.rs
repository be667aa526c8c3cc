//! Label Studio: tasks with predictions out, tasks with annotations in.

use serde_json::{Value, json};

use crate::draft::{Draft, Labelled, Link, Ours, links, ours_of_document};
use crate::flat::Flat;
use crate::format::{File, Input, Piece, Texts};
use crate::json::{Node, parse};
use crate::label;
use crate::place::{Lines, Unit};

pub(crate) fn export(pieces: &[Piece<'_>]) -> Vec<File> {
    let tasks: Vec<_> = pieces.iter().map(task).collect();
    let tasks = serde_json::to_string_pretty(&tasks).unwrap_or_default();
    vec![
        File { name: "tasks.json".into(), contents: format!("{tasks}\n") },
        File { name: "labels.xml".into(), contents: config() },
    ]
}

/// The labelling interface that the tasks are for.
fn config() -> String {
    use std::fmt::Write as _;
    let mut xml = String::from(
        "<View>\n  <Relations>\n    <Relation value=\"holder\"/>\n    <Relation value=\"same-agency\"/>\n  </Relations>\n  <Labels name=\"label\" toName=\"text\">\n",
    );
    for label in label::all() {
        let _ = writeln!(xml, "    <Label value=\"{label}\"/>");
    }
    xml.push_str("  </Labels>\n  <Text name=\"text\" value=\"$text\" granularity=\"symbol\"/>\n</View>\n");
    xml
}

fn task(piece: &Piece<'_>) -> Value {
    let flat = Flat::of(piece.set);
    let mut result: Vec<Value> = flat
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let (start, end) = Unit::Utf16.offsets(piece.document, item.span);
            json!({
                "id": format!("T{}", index + 1),
                "type": "labels",
                "from_name": "label",
                "to_name": "text",
                "value": {
                    "start": start,
                    "end": end,
                    "text": piece.document.quote(item.span),
                    "labels": [label::of(&flat, item)],
                },
                "meta": { "goldrule": Ours::write(item) },
            })
        })
        .collect();
    result.extend(links(&flat).into_iter().map(|(from, to, kind)| {
        json!({
            "type": "relation",
            "from_id": format!("T{}", from + 1),
            "to_id": format!("T{}", to + 1),
            "direction": "right",
            "labels": [kind],
        })
    }));
    json!({
        "data": { "text": piece.document.text(), "document": flat.document, "goldrule": ours_of_document(&flat) },
        "predictions": [{ "model_version": "goldrule", "result": result }],
    })
}

pub(crate) fn import(inputs: &[Input], texts: &Texts<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for input in inputs {
        let lines = Lines::new(&input.contents);
        match parse(&input.name, &lines, &input.contents, 0) {
            Ok(node) if node.is_list() => {
                drafts.extend(
                    node.items().iter().enumerate().map(|(nth, node)| one(input, nth, node, &lines, texts)),
                );
            }
            Ok(node) => drafts.push(one(input, 0, &node, &lines, texts)),
            Err(finding) => drafts.push(Draft { diagnostics: vec![finding], ..Draft::default() }),
        }
    }
    drafts
}

fn one(input: &Input, nth: usize, node: &Node, lines: &Lines<'_>, texts: &Texts<'_>) -> Draft {
    let of = |node: &Node| node.origin(&input.name, lines);
    let data = node.get("data");
    let ours = data.and_then(|data| data.get("goldrule"));
    let named = ours.and_then(|ours| ours.text("document"));
    let named = named.or_else(|| data.and_then(|data| data.text("document")));
    let id = named.map_or_else(|| format!("{}-{}", crate::brat::stem(&input.name), nth + 1), str::to_owned);
    let mut draft = Draft::with_ours(of(node), &id, ours, &of);
    let Some(text) = draft.text(texts) else { return draft };
    let kept =
        |annotation: &&Node| annotation.get("was_cancelled").map(Node::value) != Some(Value::Bool(true));
    let annotations: Vec<_> = node.list("annotations").iter().filter(kept).collect();
    let [annotation] = annotations.as_slice() else {
        let message = format!("this task has {} annotations", annotations.len());
        let help =
            "export one annotation a task: each annotator's to a file of its own, or the adjudicated one";
        draft.diagnostics.push(of(node).error("missing-key", message, help));
        return draft;
    };
    let own = data.and_then(|data| data.text("text")).map(|own| goldrule_schema::Document::new("", own));
    let (mut spans, mut links) = (Vec::new(), Vec::new());
    for region in annotation.list("result") {
        match region.text("type") {
            Some("labels") => spans.push(labelled(region, own.as_ref(), of(region))),
            Some("relation") => links.extend(link(region)),
            other => {
                let message =
                    format!("`{}` is no sort of result that goldrule reads", other.unwrap_or_default());
                let help = "label the text with the interface of labels.xml";
                draft.diagnostics.push(of(region).error("unknown-word", message, help));
            }
        }
    }
    draft.label(text, Unit::Utf16, spans, &links);
    draft
}

fn labelled<'n>(
    region: &'n Node,
    own: Option<&goldrule_schema::Document>,
    origin: crate::place::Origin,
) -> Labelled<'n> {
    let value = region.get("value");
    let offset = |key: &str| value.and_then(|value| value.count(key));
    let (start, end) = (offset("start"), offset("end"));
    let marked = || {
        let own = own?;
        own.quote(Unit::Utf16.span(own, start?, end?)?).map(str::to_owned)
    };
    let quote = value.and_then(|value| value.text("text")).map(str::to_owned);
    Labelled {
        id: region.text("id").unwrap_or_default().to_owned(),
        label: value.and_then(|value| value.list("labels").first()?.as_str()).unwrap_or_default(),
        start,
        end,
        quote: quote.or_else(marked),
        ours: region.get("meta").and_then(|meta| meta.get("goldrule")).map(Ours::read),
        origin,
    }
}

fn link(region: &Node) -> Option<Link> {
    let end = |key: &str| Some(region.text(key)?.to_owned());
    let kind = region.list("labels").first()?.as_str()?.to_owned();
    Some(Link { from: end("from_id")?, to: end("to_id")?, kind })
}
