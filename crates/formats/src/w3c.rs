//! W3C Web Annotation Data Model: an annotation page a document, each record an annotation whose target has a
//! `TextQuoteSelector` and a `TextPositionSelector`. Positions are code points, as the Recommendation asks.

use goldrule_schema::{CharSpan, Document};
use serde_json::{Value, json};

use crate::draft::{Draft, Labelled, Link, Ours, links, ours_of_document};
use crate::flat::Flat;
use crate::format::{File, Input, Piece, Texts};
use crate::json::{Node, parse};
use crate::label;
use crate::place::{Lines, Unit};

/// How much text stands before and behind a quote, in code points.
const AROUND: u32 = 32;

pub(crate) fn export(pieces: &[Piece<'_>]) -> Vec<File> {
    let pages: Vec<_> = pieces.iter().map(page).collect();
    let whole = match pages.as_slice() {
        [page] => page.clone(),
        _ => Value::Array(pages),
    };
    let contents = format!("{}\n", serde_json::to_string_pretty(&whole).unwrap_or_default());
    vec![File { name: "annotations.json".into(), contents }]
}

fn page(piece: &Piece<'_>) -> Value {
    let flat = Flat::of(piece.set);
    let id = |index: usize| format!("urn:goldrule:{}:T{}", flat.document, index + 1);
    let mut holds: Vec<Vec<Value>> = vec![Vec::new(); flat.items.len()];
    for (from, to, kind) in links(&flat) {
        holds[from].push(json!({ "type": "SpecificResource", "purpose": "linking", "source": id(to), "goldrule:relation": kind }));
    }
    let items: Vec<_> = flat
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let tag = json!({ "type": "TextualBody", "purpose": "tagging", "value": label::of(&flat, item) });
            let bodies: Vec<_> = std::iter::once(tag).chain(holds[index].iter().cloned()).collect();
            json!({
                "id": id(index),
                "type": "Annotation",
                "motivation": "tagging",
                "body": bodies,
                "target": {
                    "source": format!("{}.txt", flat.document),
                    "selector": [quote(piece.document, item.span), {
                        "type": "TextPositionSelector",
                        "start": item.span.start,
                        "end": item.span.end,
                    }],
                },
                "goldrule:record": Ours::write(item),
            })
        })
        .collect();
    json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", { "goldrule": "urn:goldrule:" }],
        "id": format!("urn:goldrule:{}", flat.document),
        "type": "AnnotationPage",
        "items": items,
        "goldrule:document": ours_of_document(&flat),
    })
}

fn quote(document: &Document, span: CharSpan) -> Value {
    let before = CharSpan::new(span.start.saturating_sub(AROUND), span.start);
    let after = CharSpan::new(span.end, (span.end + AROUND).min(document.char_len()).max(span.end));
    json!({
        "type": "TextQuoteSelector",
        "exact": document.quote(span),
        "prefix": document.quote(before),
        "suffix": document.quote(after),
    })
}

pub(crate) fn import(inputs: &[Input], texts: &Texts<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for input in inputs {
        let lines = Lines::new(&input.contents);
        match parse(&input.name, &lines, &input.contents, 0) {
            Ok(node) if node.is_list() && node.items().iter().any(|item| item.get("items").is_some()) => {
                drafts.extend(node.items().iter().map(|node| one(input, node, &lines, texts)));
            }
            Ok(node) => drafts.push(one(input, &node, &lines, texts)),
            Err(finding) => drafts.push(Draft { diagnostics: vec![finding], ..Draft::default() }),
        }
    }
    drafts
}

fn one(input: &Input, node: &Node, lines: &Lines<'_>, texts: &Texts<'_>) -> Draft {
    let of = |node: &Node| node.origin(&input.name, lines);
    let ours = node.get("goldrule:document");
    let items = if node.is_list() { node.items() } else { node.list("items") };
    let source = || {
        let source = items.first()?.get("target")?;
        let source = source.text("source").or_else(|| source.get("source")?.text("id"))?;
        Some(crate::brat::stem(source).to_owned())
    };
    let named = ours.and_then(|ours| ours.text("document")).map(str::to_owned).or_else(source);
    let id = named.unwrap_or_else(|| crate::brat::stem(&input.name).to_owned());
    let mut draft = Draft::with_ours(of(node), &id, ours, &of);
    let Some(text) = draft.text(texts) else { return draft };
    let spans = items.iter().map(|item| labelled(item, text, of(item))).collect();
    let links: Vec<_> = items.iter().flat_map(relations).collect();
    draft.label(text, Unit::CodePoints, spans, &links);
    draft
}

/// A body or a list of them.
fn bodies(item: &Node) -> Vec<&Node> {
    match item.get("body") {
        Some(body) if body.is_list() => body.items().iter().collect(),
        Some(body) => vec![body],
        None => Vec::new(),
    }
}

fn labelled<'n>(item: &'n Node, document: &Document, origin: crate::place::Origin) -> Labelled<'n> {
    let tag = bodies(item).into_iter().find_map(|body| body.text("value").or_else(|| body.as_str()));
    let selector = item.get("target").and_then(|target| target.get("selector"));
    let selectors: Vec<&Node> = match selector {
        Some(list) if list.is_list() => list.items().iter().collect(),
        Some(selector) => vec![selector],
        None => Vec::new(),
    };
    let of_type = |name: &str| selectors.iter().find(|selector| selector.text("type") == Some(name));
    let quote = of_type("TextQuoteSelector");
    let exact = quote.and_then(|quote| quote.text("exact"));
    let position = of_type("TextPositionSelector");
    let (mut start, mut end) =
        (position.and_then(|p| p.count("start")), position.and_then(|p| p.count("end")));
    // A quote alone gives the place where exactly one stretch of the text has it with its neighbours.
    if position.is_none()
        && let (Some(quote), Some(exact)) = (quote, exact)
        && let Some(span) = only(document, exact, quote.text("prefix"), quote.text("suffix"))
    {
        (start, end) = (Some(span.start), Some(span.end));
    }
    Labelled {
        id: item.text("id").unwrap_or_default().to_owned(),
        label: tag.unwrap_or_default(),
        start,
        end,
        quote: exact.map(str::to_owned),
        ours: item.get("goldrule:record").map(Ours::read),
        origin,
    }
}

fn only(document: &Document, exact: &str, prefix: Option<&str>, suffix: Option<&str>) -> Option<CharSpan> {
    let text = document.text();
    let fits = |&(at, _): &(usize, &str)| {
        prefix.is_none_or(|prefix| text[..at].ends_with(prefix))
            && suffix.is_none_or(|suffix| text[at + exact.len()..].starts_with(suffix))
    };
    let mut found = text.match_indices(exact).filter(|(_, found)| !found.is_empty()).filter(fits);
    let (at, _) = found.next()?;
    if found.next().is_some() {
        return None;
    }
    document.chars(goldrule_schema::ByteSpan::new(at as u32, (at + exact.len()) as u32))
}

fn relations(item: &Node) -> Vec<Link> {
    let Some(from) = item.text("id") else { return Vec::new() };
    let link = |body: &Node| {
        let kind = body.text("goldrule:relation")?.to_owned();
        Some(Link { from: from.to_owned(), to: body.text("source")?.to_owned(), kind })
    };
    bodies(item).into_iter().filter_map(link).collect()
}
