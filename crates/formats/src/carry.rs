//! Heads and particulars of records, as formats that let others' keys be carry them.

use goldrule_schema::{Agency, AnnotationSet, Document, Extra, read_annotations, to_canonical_json};
use serde_json::{Map, Value, json};

use crate::draft::{Findings, More};
use crate::json::Node;
use crate::label::Label;

/// The set's file without its records: the head, and the agencies without their mentions.
pub(crate) fn head(set: &AnnotationSet) -> Value {
    let mut bare = set.clone();
    bare.stances.clear();
    bare.citations.clear();
    bare.agencies.iter_mut().for_each(|agency| agency.mentions.clear());
    serde_json::from_str(&to_canonical_json(&bare)).unwrap_or_default()
}

/// Reads what [`head`] wrote.
pub(crate) fn read_head(
    value: &Value,
    at: &std::ops::Range<usize>,
    findings: &mut Findings<'_>,
) -> AnnotationSet {
    let reading = read_annotations("head", &value.to_string(), None);
    for finding in reading.diagnostics.into_iter().filter(goldrule_schema::Diagnostic::is_error) {
        findings.error(finding.code, at, finding.message, &finding.help);
    }
    reading.set.unwrap_or_default()
}

/// An agency without its mentions.
pub(crate) fn card(agency: &Agency) -> Value {
    let mut set = AnnotationSet::new("card");
    set.agencies.push(Agency { mentions: Vec::new(), ..agency.clone() });
    let mut card = head(&set)["agencies"][0].take();
    if let Some(map) = card.as_object_mut() {
        map.remove("mentions");
    }
    card
}

/// Reads what [`card`] wrote.
pub(crate) fn read_card(
    mut card: Value,
    at: &std::ops::Range<usize>,
    findings: &mut Findings<'_>,
) -> Option<Agency> {
    if let Some(map) = card.as_object_mut() {
        map.insert("mentions".to_owned(), json!([]));
    }
    let file = json!({ "schema_version": 1, "document": "head", "agencies": [card], "stances": [], "citations": [] });
    read_head(&file, at, findings).agencies.pop()
}

/// A record of a set, whatever it is.
#[derive(Clone)]
pub(crate) struct Record<'a> {
    pub(crate) span: goldrule_schema::CharSpan,
    pub(crate) quote: &'a str,
    pub(crate) label: Label,
    pub(crate) more: More,
    /// Index among the records of the mention that a link leads to: the holder's nearest, or the first
    /// mention of the agency.
    pub(crate) link: Option<usize>,
}

/// The records of a set: mentions agency by agency, stances, citations.
pub(crate) fn records<'a>(set: &AnnotationSet, document: &'a Document) -> Vec<Record<'a>> {
    let quote = |span| document.quote(span).unwrap_or_default();
    let mut records = Vec::new();
    for agency in &set.agencies {
        let first = records.len();
        for m in &agency.mentions {
            let more = More {
                id: m.id.clone(),
                rule: m.rule.clone(),
                agency: Some(agency.id.clone()),
                canonical: None,
                extra: m.extra.clone(),
            };
            let label = Label::Mention(agency.kind, m.form);
            let link = (records.len() > first).then_some(first);
            records.push(Record { span: m.span, quote: quote(m.span), label, more, link });
        }
    }
    let mentions = records.len();
    for s in &set.stances {
        let more = More {
            id: s.id.clone(),
            rule: s.rule.clone(),
            agency: Some(s.agency.clone()),
            canonical: None,
            extra: s.extra.clone(),
        };
        let of_holder = (0..mentions).filter(|&at| records[at].more.agency.as_ref() == Some(&s.agency));
        let link = of_holder.min_by_key(|&at| records[at].span.start.abs_diff(s.span.start));
        let label = Label::Stance(s.topic, s.position, s.attribution);
        records.push(Record { span: s.span, quote: quote(s.span), label, more, link });
    }
    for c in &set.citations {
        let more = More {
            id: c.id.clone(),
            rule: c.rule.clone(),
            agency: None,
            canonical: c.canonical.clone(),
            extra: c.extra.clone(),
        };
        records.push(Record {
            span: c.span,
            quote: quote(c.span),
            label: Label::Citation(c.kind),
            more,
            link: None,
        });
    }
    records
}

/// The records, without stances of agencies that stand nowhere, for formats that name holders by mentions.
pub(crate) fn linked<'a>(set: &AnnotationSet, document: &'a Document) -> Vec<Record<'a>> {
    let mut records = records(set, document);
    records.retain(|record| record.link.is_some() || !matches!(record.label, Label::Stance(..)));
    records
}

impl More {
    /// What is said of the record, keyed as in gold files, its unknown keys under `extra`.
    pub(crate) fn to_json(&self) -> Map<String, Value> {
        let mut map = Map::new();
        let texts = [
            ("id", &self.id),
            ("rule", &self.rule),
            ("agency", &self.agency),
            ("canonical", &self.canonical),
        ];
        for (key, value) in texts {
            if let Some(value) = value {
                map.insert(key.to_owned(), json!(value));
            }
        }
        if !self.extra.is_empty() {
            map.insert("extra".to_owned(), json!(self.extra));
        }
        map
    }

    /// Reads what [`More::to_json`] wrote; other keys are reported as left out.
    pub(crate) fn from_json(value: &Value, at: &std::ops::Range<usize>, findings: &mut Findings<'_>) -> Self {
        let mut more = Self::default();
        let Some(map) = value.as_object() else {
            findings.error(
                "wrong-type",
                at,
                "what is said of the record is no object",
                "write an object here",
            );
            return more;
        };
        for (key, value) in map {
            let text = value.as_str().map(str::to_owned);
            match (key.as_str(), text) {
                ("id", Some(text)) => more.id = Some(text),
                ("rule", Some(text)) => more.rule = Some(text),
                ("agency", Some(text)) => more.agency = Some(text),
                ("canonical", Some(text)) => more.canonical = Some(text),
                ("extra", None) if value.is_object() => {
                    more.extra =
                        value.as_object().map(|map| map.clone().into_iter().collect()).unwrap_or_default();
                }
                _ => findings.left_out(at, format!("`{key}` is nothing that a record has")),
            }
        }
        more
    }

    /// Reads the object under `goldrule`, where there is one.
    pub(crate) fn of(node: Node<'_, '_>, findings: &mut Findings<'_>) -> Self {
        match node.get("goldrule") {
            Some(own) => Self::from_json(&own.plain(), &own.head(), findings),
            None => Self::default(),
        }
    }
}

/// An empty set of unknown keys, or what there is.
pub(crate) fn extra_json(extra: &Extra) -> Option<String> {
    (!extra.is_empty()).then(|| json!(extra).to_string())
}
