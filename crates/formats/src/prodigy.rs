//! Prodigy and spaCy: a line of JSON for each document, with `tokens`, `spans` and `relations`.

use serde_json::{Value, json};

use crate::carry::{head, read_head, records};
use crate::draft::{Draft, Findings, More, Raw};
use crate::json::Node;
use crate::label::Label;
use crate::tokens::{Edges, cover, tokens};
use crate::{Direction, Feature, Format, Import, InFile, Item, OutFile, Texts, Unit, import_lines};

/// The format.
pub(crate) struct Prodigy;

impl Format for Prodigy {
    fn name(&self) -> &'static str {
        "prodigy"
    }

    fn title(&self) -> &'static str {
        "Prodigy and spaCy JSONL"
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
        "indices into Python strings, which are sequences of code points: <https://spacy.io/api/doc#char_span>, \
         <https://docs.python.org/3/library/stdtypes.html#text-sequence-type-str>"
    }

    fn holds(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn remarks(&self) -> &'static str {
        "A span's `label` says all that closed lists say (`agency/police/name`, \
         `stance/enforcement/against/own`, `citation/statute`); the rest stands under `goldrule` in the span and \
         the line, keys that Prodigy keeps. Tokens end where records do, and their texts and spaces give the \
         text back. Relations: `holder` from a stance to a mention, `same_agency` between mentions. A span \
         without `goldrule.agency` is an agency of its own unless a relation says otherwise. Lines answered \
         `reject` or `ignore` are set aside and counted. Prodigy's own spans have no `text`: its tokens are the \
         quotes that are checked then."
    }

    fn export(&self, items: &[Item<'_>]) -> Vec<OutFile> {
        let contents = items.iter().map(|item| line(item).to_string() + "\n").collect();
        vec![OutFile { name: "goldrule.jsonl".into(), contents, setup: false }]
    }

    fn import(&self, files: &[InFile], texts: Texts<'_>, unit: Option<Unit>) -> Import {
        import_lines(
            files,
            texts,
            (unit, self.unit()),
            |node| node.get("meta")?.string("document").map(str::to_owned),
            remedy,
            unused,
            read,
        )
    }
}

fn line(item: &Item<'_>) -> Value {
    let records = records(item.set, item.document);
    let tokens = tokens(item.document, &Edges::of(records.iter().map(|record| record.span)));
    let bare = |at: usize| {
        let (first, last) = cover(&tokens, records[at].span);
        json!({
            "start": records[at].span.start, "end": records[at].span.end,
            "token_start": first, "token_end": last, "label": records[at].label.to_string(),
        })
    };
    let span = |at: usize| {
        let mut span = bare(at);
        span["text"] = json!(records[at].quote);
        let more = records[at].more.to_json();
        if !more.is_empty() {
            span["goldrule"] = more.into();
        }
        span
    };
    let relation = |at: usize| {
        let to = records[at].link?;
        let label = if matches!(records[at].label, Label::Stance(..)) { "holder" } else { "same_agency" };
        let (head, child) = (bare(at), bare(to));
        Some(json!({
            "head": head["token_end"], "child": child["token_end"],
            "head_span": head, "child_span": child, "label": label,
        }))
    };
    let token = |(id, token): (usize, &crate::tokens::Token)| {
        let end = token.span.end;
        json!({ "text": token.text, "start": token.span.start, "end": end, "id": id, "ws": token.space })
    };
    json!({
        "text": item.document.text(),
        "meta": { "document": item.document.id() },
        "tokens": tokens.iter().enumerate().map(token).collect::<Vec<_>>(),
        "spans": (0..records.len()).map(span).collect::<Vec<_>>(),
        "relations": (0..records.len()).filter_map(relation).collect::<Vec<_>>(),
        "goldrule": head(item.set),
    })
}

/// The answer of a line that is not to be used.
fn unused(node: Node<'_, '_>, findings: &mut Findings<'_>) -> Option<&'static str> {
    let answer = node.get("answer")?;
    match answer.str() {
        Some("accept") => None,
        Some("reject") => Some("answered `reject`"),
        Some("ignore") => Some("answered `ignore`"),
        _ => {
            let message = "this is no answer of Prodigy's";
            findings.error("unknown-word", &answer.at(), message, "write accept, reject or ignore");
            None
        }
    }
}

/// What to do where two lines are of one document: Prodigy writes one for each annotator.
fn remedy(node: Node<'_, '_>) -> String {
    for key in ["_annotator_id", "_session_id"] {
        if let Some(name) = node.string(key) {
            return format!(
                "Prodigy writes a line for each annotator, and this one is of `{name}`: import the lines of \
                 each `{key}` from a file of their own, each with an `--out` of its own, or keep one of them"
            );
        }
    }
    crate::names::ONE_EACH.to_owned()
}

/// Names a span for relations, which repeat its offsets and label.
fn key(span: Node<'_, '_>) -> String {
    let count = |key| span.count(key).map_or_else(String::new, |count| count.to_string());
    format!("{}..{} {}", count("start"), count("end"), span.string("label").unwrap_or_default())
}

fn read(node: Node<'_, '_>, draft: &mut Draft<'_>, findings: &mut Findings<'_>) {
    if let Some(own) = node.get("goldrule") {
        draft.head = read_head(&own.plain(), &own.head(), findings);
    }
    let read = ["text", "meta", "tokens", "spans", "relations", "answer", "goldrule"];
    for key in node.keys().filter(|key| !read.contains(key) && !key.starts_with('_')) {
        findings.left_out(&node.get(key).map_or(0..1, |value| value.head()), format!("the key `{key}`"));
    }
    let spans = node.records("spans", findings);
    let quoted = spans.iter().all(|span| span.string("text").is_some());
    for token in node.records("tokens", findings).into_iter().filter(|_| !quoted) {
        let offsets = token.count("start").zip(token.count("end"));
        let wrong = offsets.zip(token.string("text")).is_some_and(|(offsets, text)| {
            !text.is_empty() && !draft.agrees(offsets, text, &token.head(), findings)
        });
        // The others are wrong likewise.
        if wrong {
            break;
        }
    }
    let mut seen = std::collections::BTreeMap::new();
    let mut settled = std::collections::BTreeMap::<_, std::collections::BTreeSet<String>>::new();
    for span in spans {
        let mut key = key(span);
        let copies = seen.entry(key.clone()).or_insert(0);
        *copies += 1;
        let (offsets, label) = (span.offsets("start", "end", findings), span.required("label", findings));
        let (Some(offsets), Some(label)) = (offsets, label) else { continue };
        let more = More::of(span, findings);
        if let Some(agency) = &more.agency {
            settled.entry(key.clone()).or_default().insert(agency.clone());
        }
        if *copies > 1 {
            key = format!("{key} ({copies})");
        }
        let label = match Label::parse(label) {
            Ok(label) => label,
            Err(Some(help)) => {
                findings.error("unknown-word", &span.head(), format!("`{label}` is no label"), &help);
                draft.refuse(key);
                continue;
            }
            Err(None) => {
                findings.left_out(&span.head(), format!("a span labelled `{label}`"));
                draft.refuse(key);
                continue;
            }
        };
        let quote = span.string("text");
        draft.add(Raw { at: span.head(), key, offsets, quote, what: label.into(), more }, findings);
    }
    for relation in node.records("relations", findings) {
        let ends = relation.get("head_span").zip(relation.get("child_span"));
        let Some((head, child)) = ends.map(|(head, child)| (key(head), key(child))) else {
            findings.left_out(&relation.head(), "a relation without `head_span` and `child_span`");
            continue;
        };
        // A span that names its agency needs no relation, and copies of a span share their name.
        match settled.get(&head).zip(settled.get(&child)) {
            Some((one, other)) if one.is_disjoint(other) => {
                let help = "mend the relation, or take `goldrule` out of the span that says otherwise";
                let message = "this relation joins spans that name different agencies";
                findings.error("disagreement", &relation.head(), message, help);
            }
            Some(_) => {}
            None => draft.relate(relation.string("label"), (&head, &child), &relation.head(), findings),
        }
    }
}
