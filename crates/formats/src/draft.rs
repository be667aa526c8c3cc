//! A document being imported: what a foreign file says of it, and where it says so.

use std::collections::HashMap;

use goldrule_schema::{AnnotationSet, Diagnostic, Document, read_annotations};
use serde_json::{Map, Value, json};

use crate::flat::{Flat, Item, Layer};
use crate::format::Texts;
use crate::json::Node;
use crate::label;
use crate::place::{Origin, Unit};

/// What an importer has read of one document.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) origin: Origin,
    pub(crate) document: String,
    pub(crate) head: Map<String, Value>,
    pub(crate) agencies: Vec<(Map<String, Value>, Origin)>,
    pub(crate) items: Vec<(Item, Origin)>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A span as tools that label spans give it.
pub(crate) struct Labelled<'n> {
    /// What relations call it.
    pub(crate) id: String,
    pub(crate) label: &'n str,
    pub(crate) start: Option<u32>,
    pub(crate) end: Option<u32>,
    pub(crate) quote: Option<String>,
    /// What an export put beside it.
    pub(crate) ours: Option<Ours>,
    pub(crate) origin: Origin,
}

/// The agency and the keys of an item as an export keeps them beside a label.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ours {
    pub(crate) agency: Option<String>,
    pub(crate) fields: Map<String, Value>,
}

impl Ours {
    pub(crate) fn read(node: &Node) -> Self {
        Self {
            agency: node.text("agency").map(str::to_owned),
            fields: node.get("fields").map(Node::map).unwrap_or_default(),
        }
    }

    /// What [`Ours::read`] reads back.
    pub(crate) fn write(item: &Item) -> Value {
        json!({ "agency": item.agency, "fields": item.fields })
    }
}

/// What goes with a whole document: its id, head and agencies.
pub(crate) fn ours_of_document(flat: &Flat) -> Value {
    json!({ "document": flat.document, "head": flat.head, "agencies": flat.agencies })
}

/// A link between two spans: who holds a stance, or that two mentions are of one agency.
pub(crate) struct Link {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) kind: String,
}

/// From a stance to a mention of the agency that holds it.
pub(crate) const HOLDER: &str = "holder";
/// From a mention to the one before it of the same agency.
pub(crate) const SAME: &str = "same-agency";

/// The links of a flat set, between indices of its items.
pub(crate) fn links(flat: &Flat) -> Vec<(usize, usize, &'static str)> {
    let mut last: HashMap<&str, usize> = HashMap::new();
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut links = Vec::new();
    let mentions = flat.items.iter().enumerate().filter(|(_, item)| item.layer == Layer::Mention);
    for (index, id) in mentions.filter_map(|(index, item)| Some((index, item.agency.as_deref()?))) {
        if let Some(before) = last.insert(id, index) {
            links.push((index, before, SAME));
        }
        first.entry(id).or_insert(index);
    }
    let stances = flat.items.iter().enumerate().filter(|(_, item)| item.layer == Layer::Stance);
    for (index, item) in stances {
        if let Some(&mention) = item.agency.as_deref().and_then(|id| first.get(id)) {
            links.push((index, mention, HOLDER));
        }
    }
    links
}

impl Draft {
    /// A draft that takes head and agencies from what an export put beside them.
    pub(crate) fn with_ours(
        origin: Origin,
        document: &str,
        ours: Option<&Node>,
        of: &impl Fn(&Node) -> Origin,
    ) -> Self {
        let mut draft = Self { origin, document: document.to_owned(), ..Self::default() };
        if let Some(ours) = ours {
            draft.head = ours.get("head").map(Node::map).unwrap_or_default();
            draft.agencies = ours.list("agencies").iter().map(|node| (node.map(), of(node))).collect();
        }
        draft
    }

    /// The text of the draft's document; a finding where it is not at hand.
    pub(crate) fn text<'t>(&mut self, texts: &Texts<'t>) -> Option<&'t Document> {
        let found = texts(&self.document);
        if found.is_none() {
            let help = "put its text into the corpus under that name, or name the folder with --corpus";
            let message = format!("there is no text for the document `{}`", self.document);
            self.diagnostics.push(self.origin.error("missing-document", message, help));
        }
        found
    }

    /// Adds labelled spans with the links between them.
    pub(crate) fn label(
        &mut self,
        document: &Document,
        unit: Unit,
        spans: Vec<Labelled<'_>>,
        links: &[Link],
    ) {
        let mut agency_of: HashMap<String, String> = HashMap::new();
        let mut pending = Vec::new();
        for span in spans {
            let Some(read) = label::read(span.label) else {
                let message = format!("`{}` is no label of agencies, stances or citations", span.label);
                let help =
                    "use labels such as agency:police:name, stance:detainers:against:own, citation:bill";
                self.diagnostics.push(span.origin.error("unknown-word", message, help));
                continue;
            };
            let (Some(start), Some(end)) = (span.start, span.end) else {
                let help = "a span needs both its offsets";
                self.diagnostics.push(span.origin.error("missing-key", "this span has no place", help));
                continue;
            };
            match span.origin.located(document, unit, (start, end), span.quote.as_deref()) {
                Err(finding) => self.diagnostics.push(finding),
                Ok(place) => {
                    let ours = span.ours.unwrap_or_default();
                    let mut fields = ours.fields;
                    fields.extend(read.fields);
                    if let (Layer::Mention, Some(agency)) = (read.layer, &ours.agency) {
                        agency_of.insert(span.id.clone(), agency.clone());
                        // A label changed in the tool changes the agency's kind.
                        if let Some(kind) = &read.kind
                            && let Some((known, _)) = self
                                .agencies
                                .iter_mut()
                                .find(|(known, _)| known.get("id").and_then(Value::as_str) == Some(agency))
                        {
                            known.insert("kind".into(), json!(kind));
                        }
                    }
                    let item = Item { layer: read.layer, span: place, agency: ours.agency, fields };
                    pending.push((span.id, item, read.kind, span.origin));
                }
            }
        }
        self.group(document, &mut pending, &mut agency_of, links);
        self.hold(&mut pending, &agency_of, links);
        self.items.extend(pending.into_iter().map(|(_, item, _, origin)| (item, origin)));
    }

    /// Gives mentions without an agency that of a linked one, else a new one named after the quote.
    fn group(
        &mut self,
        document: &Document,
        pending: &mut [(String, Item, Option<String>, Origin)],
        agency_of: &mut HashMap<String, String>,
        links: &[Link],
    ) {
        for (id, item, kind, origin) in pending {
            if item.layer != Layer::Mention || item.agency.is_some() {
                continue;
            }
            let other = links.iter().filter(|link| link.kind == SAME).find_map(|link| {
                let other = if link.from == *id {
                    &link.to
                } else if link.to == *id {
                    &link.from
                } else {
                    return None;
                };
                agency_of.get(other).cloned()
            });
            let agency = other.unwrap_or_else(|| {
                let quote = document.quote(item.span).unwrap_or_default();
                self.invent(quote, kind.as_deref(), origin)
            });
            agency_of.insert(id.clone(), agency.clone());
            item.agency = Some(agency);
        }
    }

    /// Gives stances without a holder that of the mention they are linked to.
    fn hold(
        &mut self,
        pending: &mut [(String, Item, Option<String>, Origin)],
        agency_of: &HashMap<String, String>,
        links: &[Link],
    ) {
        for (id, item, _, origin) in pending {
            if item.layer != Layer::Stance || item.agency.is_some() {
                continue;
            }
            let linked = |link: &&Link| link.kind == HOLDER && link.from == *id;
            item.agency = links.iter().find(linked).and_then(|link| agency_of.get(&link.to).cloned());
            if item.agency.is_none() {
                let help = "link it to a mention of its holder, with a relation `holder` from the stance";
                self.diagnostics.push(origin.error("missing-key", "nobody holds this stance", help));
            }
        }
    }

    /// The agency named by a quote: one that the draft has, else a new one.
    pub(crate) fn invent(&mut self, quote: &str, kind: Option<&str>, origin: &Origin) -> String {
        let is = |agency: &Map<String, Value>, key: &str, word: &str| {
            agency.get(key).and_then(Value::as_str) == Some(word)
        };
        if let Some((known, _)) = self.agencies.iter().find(|(known, _)| is(known, "name", quote))
            && let Some(id) = known.get("id").and_then(Value::as_str)
        {
            return id.to_owned();
        }
        let slug = slug(quote);
        let taken = |id: &str| self.agencies.iter().any(|(known, _)| is(known, "id", id));
        let numbered = (2..).map(|nth| format!("{slug}-{nth}"));
        let id = std::iter::once(slug.clone()).chain(numbered).find(|id| !taken(id)).unwrap_or(slug);
        let mut agency = Map::new();
        agency.insert("id".into(), json!(id));
        agency.insert("name".into(), json!(quote));
        agency.insert("kind".into(), json!(kind.unwrap_or("other")));
        self.agencies.push((agency, origin.clone()));
        id
    }

    /// The annotation set, read and checked as a gold file; `None` where anything is wrong.
    pub(crate) fn finish(mut self, texts: &Texts<'_>) -> (Option<AnnotationSet>, Vec<Diagnostic>) {
        let document = texts(&self.document);
        let (source, origins) = self.source(document);
        let reading = read_annotations(&format!("{}.json", self.document), &source, document);
        let refused = !self.diagnostics.is_empty();
        for mut finding in reading.diagnostics {
            let line = finding.place.map_or(0, |place| place.line as usize);
            let origin = origins.get(line.saturating_sub(1)).unwrap_or(&self.origin);
            finding.file.clone_from(&origin.file);
            finding.place = origin.place;
            self.diagnostics.push(finding);
        }
        let wrong = refused || self.diagnostics.iter().any(Diagnostic::is_error);
        let set = reading.set.filter(|_| !wrong && document.is_some()).map(|mut set| {
            set.sort();
            set
        });
        (set, self.diagnostics)
    }

    /// A gold file of the draft with one record a line, and the origin of each line.
    fn source(&mut self, document: Option<&Document>) -> (String, Vec<Origin>) {
        let mut lines = vec![format!("{{\"schema_version\":1,\"document\":{}", json!(self.document))];
        let mut origins = vec![self.origin.clone()];
        for (key, value) in &self.head {
            lines.push(format!(",{}:{value}", json!(key)));
            origins.push(self.origin.clone());
        }
        let record = |item: &Item| {
            let mut fields = item.fields.clone();
            fields.insert("start".into(), json!(item.span.start));
            fields.insert("end".into(), json!(item.span.end));
            if let Some(quote) = document.and_then(|document| document.quote(item.span)) {
                fields.insert("text".into(), json!(quote));
            }
            if let (Layer::Stance, Some(agency)) = (item.layer, &item.agency) {
                fields.insert("agency".into(), json!(agency));
            }
            Value::Object(fields).to_string()
        };
        let mut push = |line: String, origin: &Origin| {
            lines.push(line);
            origins.push(origin.clone());
        };
        push(",\"agencies\":[".into(), &self.origin);
        for (index, (agency, origin)) in self.agencies.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let head = Value::Object(agency.clone()).to_string();
            let head = head.strip_suffix('}').unwrap_or(&head);
            let key = if agency.is_empty() { "" } else { "," };
            push(format!("{comma}{head}{key}\"mentions\":["), origin);
            let id = agency.get("id").and_then(Value::as_str);
            let own = self.items.iter().filter(|(item, _)| {
                item.layer == Layer::Mention && item.agency.is_some() && item.agency.as_deref() == id
            });
            for (nth, (item, origin)) in own.enumerate() {
                push(format!("{}{}", if nth == 0 { "" } else { "," }, record(item)), origin);
            }
            push("]}".into(), origin);
        }
        for (key, layer) in [("stances", Layer::Stance), ("citations", Layer::Citation)] {
            push(format!("],\"{key}\":["), &self.origin);
            // A stance that nobody holds has been reported.
            let held = |item: &Item| layer != Layer::Stance || item.agency.is_some();
            let own = self.items.iter().filter(|(item, _)| item.layer == layer && held(item));
            for (nth, (item, origin)) in own.enumerate() {
                push(format!("{}{}", if nth == 0 { "" } else { "," }, record(item)), origin);
            }
        }
        push("]}".into(), &self.origin);
        self.orphans();
        (lines.join("\n"), origins)
    }

    /// Reports mentions of agencies that the draft does not list.
    fn orphans(&mut self) {
        let known: Vec<_> =
            self.agencies.iter().filter_map(|(agency, _)| agency.get("id")?.as_str()).collect();
        let orphan = |item: &&(Item, Origin)| {
            item.0.layer == Layer::Mention && !item.0.agency.as_deref().is_some_and(|id| known.contains(&id))
        };
        let findings: Vec<_> = self
            .items
            .iter()
            .filter(orphan)
            .map(|(item, origin)| {
                let id = item.agency.as_deref().unwrap_or_default();
                let message = format!("this mention is of the agency `{id}`, which the file does not list");
                origin.error("unknown-agency", message, "list the agency, or mend its id")
            })
            .collect();
        self.diagnostics.extend(findings);
    }
}

/// A slug of a name: lower case, words joined by hyphens.
fn slug(name: &str) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() { "agency".to_owned() } else { words.join("-") }
}
