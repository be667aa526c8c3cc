//! JSON lines as Prodigy and spaCy read them: a document a line, with `spans` and `relations`.

use serde_json::{Value, json};

use crate::draft::{Draft, Labelled, Link, Ours, links, ours_of_document};
use crate::flat::Flat;
use crate::format::{File, Input, Piece, Texts};
use crate::json::{Node, json_lines, parse};
use crate::label;
use crate::place::{Lines, Origin, Unit};

pub(crate) fn export(pieces: &[Piece<'_>]) -> Vec<File> {
    let lines: Vec<_> = pieces.iter().map(|piece| line(piece).to_string()).collect();
    let contents = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    vec![File { name: "annotations.jsonl".into(), contents }]
}

fn line(piece: &Piece<'_>) -> Value {
    let flat = Flat::of(piece.set);
    let spans: Vec<_> = flat
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            json!({
                "id": format!("T{}", index + 1),
                "start": item.span.start,
                "end": item.span.end,
                "text": piece.document.quote(item.span),
                "label": label::of(&flat, item),
                "goldrule": Ours::write(item),
            })
        })
        .collect();
    let relations: Vec<_> = links(&flat)
        .into_iter()
        .map(|(from, to, kind)| json!({ "head": format!("T{}", from + 1), "child": format!("T{}", to + 1), "label": kind }))
        .collect();
    json!({
        "text": piece.document.text(),
        "meta": { "document": flat.document },
        "spans": spans,
        "relations": relations,
        "goldrule": ours_of_document(&flat),
    })
}

pub(crate) fn import(inputs: &[Input], texts: &Texts<'_>) -> Vec<Draft> {
    inputs.iter().flat_map(|input| documents(input, texts)).collect()
}

fn documents(input: &Input, texts: &Texts<'_>) -> Vec<Draft> {
    let lines = Lines::new(&input.contents);
    json_lines(&input.contents)
        .enumerate()
        .map(|(nth, (offset, source))| match parse(&input.name, &lines, source, offset) {
            Ok(node) => document(input, nth, &node, &lines, texts),
            Err(finding) => Draft { diagnostics: vec![finding], ..Draft::default() },
        })
        .collect()
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
    let spans = node
        .list("spans")
        .iter()
        .map(|span| labelled(span, "start", "end", Unit::CodePoints, own.as_ref(), of(span)))
        .collect();
    let links: Vec<_> = node.list("relations").iter().filter_map(link).collect();
    draft.label(text, Unit::CodePoints, spans, &links);
    draft
}

/// A span with its label; where it has no quote, the one that it marks in the tool's own text.
pub(crate) fn labelled<'n>(
    span: &'n Node,
    start: &str,
    end: &str,
    unit: Unit,
    own: Option<&goldrule_schema::Document>,
    origin: Origin,
) -> Labelled<'n> {
    let (start, end) = (span.count(start), span.count(end));
    let marked = || {
        let own = own?;
        own.quote(unit.span(own, start?, end?)?).map(str::to_owned)
    };
    let id = span.get("id").map(|id| id.as_str().map_or_else(|| id.value().to_string(), str::to_owned));
    Labelled {
        id: id.unwrap_or_default(),
        label: span.text("label").unwrap_or_default(),
        start,
        end,
        quote: span.text("text").map(str::to_owned).or_else(marked),
        ours: span.get("goldrule").map(Ours::read),
        origin,
    }
}

fn link(node: &Node) -> Option<Link> {
    let end = |key: &str| Some(node.text(key)?.to_owned());
    Some(Link { from: end("head")?, to: end("child")?, kind: end("label")? })
}
