//! WebAnno TSV 3, as INCEpTION and WebAnno export it: a token a line, a column a feature.
//!
//! Spans of a layer whose name ends in `Agency`, `Stance` or `Citation` are read, their features by name, and
//! spans of any layer with a feature that holds a label such as `citation:bill`. Offsets are UTF-16 code units.
//! Stacked annotations are parted by `|`; those of several tokens carry a number in brackets.

use std::collections::HashMap;

use goldrule_schema::Document;
use serde_json::{Map, Value, json};

use crate::brat::stem;
use crate::draft::Draft;
use crate::flat::{Item, Layer};
use crate::format::{Input, Texts};
use crate::label;
use crate::place::{Lines, Origin, Unit};

/// A layer of the header.
struct Columns {
    name: String,
    features: Vec<String>,
    first: usize,
    span: bool,
}

/// A span being gathered from its tokens.
struct Gathered {
    start: u32,
    end: u32,
    layer: usize,
    values: Vec<Option<String>>,
    origin: Origin,
}

pub(crate) fn import(inputs: &[Input], texts: &Texts<'_>) -> Vec<Draft> {
    inputs.iter().map(|input| one(input, texts)).collect()
}

fn one(input: &Input, texts: &Texts<'_>) -> Draft {
    let lines = Lines::new(&input.contents);
    let origin = |index: usize| Origin { file: input.name.clone(), place: Some(lines.line(index)) };
    let whole = Origin { file: input.name.clone(), place: None };
    let mut draft = Draft { origin: whole, document: stem(&input.name).to_owned(), ..Draft::default() };
    if !input.contents.starts_with("#FORMAT=WebAnno TSV 3") {
        let help = "export as WebAnno TSV 3";
        draft.diagnostics.push(origin(0).error("syntax", "this is no WebAnno TSV 3", help));
        return draft;
    }
    let Some(document) = draft.text(texts) else { return draft };
    let (mut layers, mut spans): (Vec<Columns>, Vec<Gathered>) = (Vec::new(), Vec::new());
    let mut open: HashMap<(usize, String), usize> = HashMap::new();
    let mut next = 3;
    for (index, line) in input.contents.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if let Some(layer) = header(line, next) {
            next += layer.features.len().max(1);
            layers.push(layer);
            continue;
        }
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let cells: Vec<_> = line.split('\t').collect();
        match token(&cells, document, &origin(index)) {
            Ok(place) => gather(&cells, place, &layers, &mut spans, &mut open, &origin(index)),
            Err(finding) => {
                // The tokens behind it have the same fault.
                draft.diagnostics.push(finding);
                return draft;
            }
        }
    }
    for span in spans {
        item(&mut draft, document, &layers[span.layer], span);
    }
    draft
}

/// `#T_SP=webanno.custom.Agency|form|kind`: a layer of spans; `T_RL` and `T_CH` take columns too.
fn header(line: &str, first: usize) -> Option<Columns> {
    let (kind, rest) = line.strip_prefix("#T_")?.split_once('=')?;
    let mut names = rest.split('|').map(str::to_owned);
    let name = names.next()?;
    Some(Columns {
        name,
        features: names.filter(|name| !name.is_empty()).collect(),
        first,
        span: kind == "SP",
    })
}

/// The place of a token, its text held against the document's.
fn token(
    cells: &[&str],
    document: &Document,
    origin: &Origin,
) -> Result<(u32, u32), goldrule_schema::Diagnostic> {
    let place = cells.get(1).and_then(|cell| cell.split_once('-'));
    let place = place.and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    let (Some(place), Some(text)) = (place, cells.get(2)) else {
        let help = "a line is the token's number, its offsets `0-4`, its text and a column for each feature";
        return Err(origin.error("syntax", "this line is no token", help));
    };
    origin.located(document, Unit::Utf16, place, Some(&unescaped(text)))?;
    Ok(place)
}

fn gather(
    cells: &[&str],
    (start, end): (u32, u32),
    layers: &[Columns],
    spans: &mut Vec<Gathered>,
    open: &mut HashMap<(usize, String), usize>,
    origin: &Origin,
) {
    for (index, layer) in layers.iter().enumerate().filter(|(_, layer)| layer.span) {
        let width = layer.features.len().max(1);
        let columns: Vec<Vec<String>> =
            (0..width).map(|at| stacked(cells.get(layer.first + at).copied().unwrap_or("_"))).collect();
        for nth in 0..columns.first().map_or(0, Vec::len) {
            let values: Vec<_> = columns
                .iter()
                .map(|stack| stack.get(nth).map_or(("_", None), |cell| numbered(cell)))
                .collect();
            if values.iter().all(|(value, _)| *value == "_") {
                continue;
            }
            if let Some(number) = values[0].1 {
                let key = (index, number.to_owned());
                if let Some(&known) = open.get(&key) {
                    spans[known].end = end;
                    continue;
                }
                open.insert(key, spans.len());
            }
            let value = |text: &str| (text != "*" && text != "_").then(|| unescaped(text));
            let values = values.into_iter().map(|(text, _)| value(text)).collect();
            spans.push(Gathered { start, end, layer: index, values, origin: origin.clone() });
        }
    }
}

/// The annotations stacked in a cell.
fn stacked(cell: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut escaped = false;
    for c in cell.chars() {
        if c == '|' && !escaped {
            parts.push(String::new());
            continue;
        }
        escaped = c == '\\' && !escaped;
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    parts
}

/// A value without the number in brackets that joins the tokens of a span, and that number.
fn numbered(cell: &str) -> (&str, Option<&str>) {
    let split = cell.strip_suffix(']').and_then(|cell| cell.rsplit_once('['));
    match split {
        Some((value, number))
            if !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) && !value.ends_with('\\') =>
        {
            (value, Some(number))
        }
        _ => (cell, None),
    }
}

fn unescaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('t') => out.push('\t'),
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            _ => out.push(c),
        }
    }
    out
}

fn item(draft: &mut Draft, document: &Document, layer: &Columns, gathered: Gathered) {
    let Gathered { start, end, values, origin, .. } = gathered;
    let mut features: Map<String, Value> = layer
        .features
        .iter()
        .zip(&values)
        .filter_map(|(name, value)| Some((name.clone(), json!(value.as_deref()?))))
        .collect();
    let labelled = values.iter().flatten().find_map(|value| label::read(value));
    let named = || match layer.name.rsplit('.').next()?.to_lowercase().as_str() {
        "agency" => Some(Layer::Mention),
        "stance" => Some(Layer::Stance),
        "citation" => Some(Layer::Citation),
        _ => None,
    };
    let Some(kind) = labelled.as_ref().map(|read| read.layer).or_else(named) else { return };
    let mut agency_kind = None;
    if let Some(read) = labelled {
        let label = |value: &Value| value.as_str().is_some_and(|text| label::read(text).is_some());
        features.retain(|_, value| !label(value));
        features.extend(read.fields);
        agency_kind = read.kind;
    }
    let span = match origin.located(document, Unit::Utf16, (start, end), None) {
        Ok(span) => span,
        Err(finding) => return draft.diagnostics.push(finding),
    };
    let mut taken = |key: &str| features.remove(key).and_then(|value| value.as_str().map(str::to_owned));
    let agency = taken("agency");
    let agency = match kind {
        Layer::Mention => {
            let kind = taken("kind").or(agency_kind);
            let (name, jurisdiction) = (taken("name"), taken("jurisdiction"));
            let quote = document.quote(span).unwrap_or_default();
            Some(mentioned(
                draft,
                agency,
                name.as_deref().unwrap_or(quote),
                kind.as_deref(),
                jurisdiction,
                &origin,
            ))
        }
        Layer::Stance if agency.is_none() => {
            let help = "give the id of its holder in the feature `agency`";
            draft.diagnostics.push(origin.error("missing-key", "nobody holds this stance", help));
            None
        }
        Layer::Stance => agency,
        Layer::Citation => None,
    };
    draft.items.push((Item { layer: kind, span, agency, fields: features }, origin));
}

/// The agency that a mention's features describe, known or new.
fn mentioned(
    draft: &mut Draft,
    id: Option<String>,
    name: &str,
    kind: Option<&str>,
    jurisdiction: Option<String>,
    origin: &Origin,
) -> String {
    let Some(id) = id else { return draft.invent(name, kind, origin) };
    let known =
        |(agency, _): &&(Map<String, Value>, Origin)| agency.get("id").and_then(Value::as_str) == Some(&id);
    if draft.agencies.iter().find(known).is_none() {
        let mut agency = Map::new();
        agency.insert("id".into(), json!(id));
        agency.insert("name".into(), json!(name));
        agency.insert("kind".into(), json!(kind.unwrap_or("other")));
        if let Some(jurisdiction) = jurisdiction {
            agency.insert("jurisdiction".into(), json!(jurisdiction));
        }
        draft.agencies.push((agency, origin.clone()));
    }
    id
}
