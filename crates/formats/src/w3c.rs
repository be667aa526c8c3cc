//! W3C Web Annotation: a page of annotations for each document, as JSON-LD.

use goldrule_schema::CharSpan;
use serde_json::{Value, json};

use crate::carry::{head, read_head, records};
use crate::draft::{Draft, Findings, More, Raw};
use crate::json::{Node, parse};
use crate::label::Label;
use crate::names::{Names, ONE_EACH};
use crate::{Direction, Feature, Format, Import, InFile, Item, OutFile, Texts, Unit, conclude, stem};

/// Code points before and after a quote that go with it.
const CONTEXT: u32 = 32;

/// The format.
pub(crate) struct WebAnnotation;

impl Format for WebAnnotation {
    fn name(&self) -> &'static str {
        "w3c"
    }

    fn title(&self) -> &'static str {
        "W3C Web Annotation (JSON-LD)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonld"]
    }

    fn direction(&self) -> Direction {
        Direction::Both
    }

    fn unit(&self) -> Unit {
        Unit::CodePoints
    }

    fn unit_source(&self) -> &'static str {
        "Recommendation of 23 February 2017, section 4.2.4: \"The selection of the text MUST be in terms of \
         unicode code points (the 'character number'), not in terms of code units\", to which 4.2.5 refers: \
         <https://www.w3.org/TR/annotation-model/#text-quote-selector>"
    }

    fn holds(&self) -> &'static [Feature] {
        Feature::ALL
    }

    fn remarks(&self) -> &'static str {
        "An `AnnotationPage` for each document; a `TextQuoteSelector` with 32 code points on either side and a \
         `TextPositionSelector` for each record. The body's value is a label as in Prodigy's format; the rest \
         stands under `goldrule`, which the context declares as JSON. A link has purpose `linking` and leads to \
         the mention. The text does not travel along. Offsets count the text as it is, CRLF as two."
    }

    fn export(&self, items: &[Item<'_>]) -> Vec<OutFile> {
        let file = |item: &Item<'_>| OutFile {
            name: format!("{}.jsonld", item.document.id()),
            contents: format!("{:#}\n", page(item)),
            setup: false,
        };
        items.iter().map(file).collect()
    }

    fn import(&self, files: &[InFile], texts: Texts<'_>, unit: Option<Unit>) -> Import {
        let mut import = Import::default();
        let mut names = Names::new(texts);
        for file in files {
            let mut findings = Findings::new(&file.name, &file.source);
            let mark = file.source.len() - file.source.trim_start_matches('\u{feff}').len();
            parse(&file.source[mark..], mark, &mut findings, |node, findings| {
                let own = node.get("goldrule");
                let named = own.and_then(|own| own.string("document"));
                let id = named.map_or_else(|| stem(&file.name), str::to_owned);
                let document = names.document(&id, None, &node.head(), ONE_EACH, findings);
                let Some(document) = document else { return };
                let mut draft = Draft::new(&document, unit, self.unit());
                if let Some(own) = own {
                    draft.head = read_head(&own.plain(), &own.head(), findings);
                }
                read(node, &mut draft, findings);
                conclude(&mut import, draft, &document, findings);
            });
            import.diagnostics.append(&mut findings.list);
        }
        import
    }
}

fn page(item: &Item<'_>) -> Value {
    let document = item.document;
    let records = records(item.set, document);
    let id = |at: usize| format!("#r{}", at + 1);
    let annotation = |at: usize| {
        let record = &records[at];
        let CharSpan { start, end } = record.span;
        let around = |start, end| document.quote(CharSpan::new(start, end)).unwrap_or_default();
        let mut bodies = vec![
            json!({ "type": "TextualBody", "purpose": "classifying", "format": "text/plain", "value": record.label.to_string() }),
        ];
        if let Some(to) = record.link {
            bodies.push(json!({ "type": "SpecificResource", "purpose": "linking", "source": id(to) }));
        }
        json!({
            "id": id(at), "type": "Annotation", "body": bodies,
            "target": {
                "source": format!("{}.txt", document.id()),
                "selector": [
                    {
                        "type": "TextQuoteSelector", "exact": record.quote,
                        "prefix": around(start.saturating_sub(CONTEXT), start),
                        "suffix": around(end, document.char_len().min(end + CONTEXT)),
                    },
                    { "type": "TextPositionSelector", "start": start, "end": end },
                ],
            },
            "goldrule": record.more.to_json(),
        })
    };
    json!({
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            { "goldrule": { "@id": "urn:goldrule:record", "@type": "@json" } },
        ],
        "type": "AnnotationPage",
        "items": (0..records.len()).map(annotation).collect::<Vec<_>>(),
        "goldrule": head(item.set),
    })
}

/// A value, or the values of a list: JSON-LD does not tell them apart.
fn each<'a, 'n>(node: Option<Node<'a, 'n>>) -> Vec<Node<'a, 'n>> {
    let Some(node) = node else { return Vec::new() };
    if node.plain().is_array() { node.items() } else { vec![node] }
}

/// Whether all selectors of an annotation select the same, and the text around it is what they say.
fn agree(
    selectors: &[Node<'_, '_>],
    quotes: &[Node<'_, '_>],
    (start, end): (u32, u32),
    draft: &Draft<'_>,
    findings: &mut Findings<'_>,
) -> bool {
    for selector in selectors {
        let at = selector.head();
        let elsewhere = selector.string("type") == Some("TextPositionSelector")
            && (selector.count("start"), selector.count("end")) != (Some(start), Some(end));
        if elsewhere || selector.get("refinedBy").is_some() {
            let help = "give each annotation one TextPositionSelector that says all";
            findings.error(
                "disagreement",
                &at,
                "the selectors of this annotation select different spans",
                help,
            );
            return false;
        }
    }
    let first = quotes.first().and_then(|selector| selector.string("exact"));
    for selector in quotes {
        let at = selector.head();
        let (before, after) = (selector.string("prefix"), selector.string("suffix"));
        let fits = draft.surrounded((start, end), before.unwrap_or_default(), after.unwrap_or_default());
        // A quote that stands elsewhere is reported with its place.
        if selector.string("exact") != first
            || !fits && first.is_some_and(|quote| draft.holds((start, end), quote))
        {
            let message = "the position and the quote with what stands around it are not of one place";
            findings.error("disagreement", &at, message, "mend the selector that is wrong");
            return false;
        }
    }
    true
}

fn read(node: Node<'_, '_>, draft: &mut Draft<'_>, findings: &mut Findings<'_>) {
    let mut source = None;
    if let Some(next) = node.get("next") {
        findings.left_out(&next.head(), "a further page of annotations");
    }
    let annotations = match node.get("items") {
        Some(items) => each(Some(items)),
        None => each(Some(node)),
    };
    let mut links = Vec::new();
    for annotation in annotations {
        let at = annotation.head();
        let key = annotation.string("id").map_or_else(|| format!("at {}", at.start), str::to_owned);
        let (mut label, mut other) = (None, Vec::new());
        for body in each(annotation.get("body")) {
            match (body.string("purpose"), body.string("value"), body.string("source")) {
                (Some("linking"), _, Some(to)) => links.push((key.clone(), to.to_owned(), at.clone())),
                (_, Some(value), _) if label.is_none() && Label::parse(value) != Err(None) => {
                    label = Some((Label::parse(value), value));
                }
                _ => other.push(body.head()),
            }
        }
        for at in &other {
            findings.left_out(at, "a body that is no label of goldrule");
        }
        let label = match label {
            Some((Ok(label), _)) => label,
            Some((Err(help), value)) => {
                let help = help.unwrap_or_default();
                findings.error("unknown-word", &at, format!("`{value}` is no label"), &help);
                draft.refuse(key);
                continue;
            }
            None => {
                findings.left_out(&at, "an annotation without a label of goldrule");
                draft.refuse(key);
                continue;
            }
        };
        let about = annotation.get("target").and_then(|target| target.string("source"));
        if about.is_some_and(|about| *source.get_or_insert(about) != about) {
            let help = "make a page for each document";
            findings.error(
                "disagreement",
                &at,
                "this annotation is about another document than those before",
                help,
            );
            draft.refuse(key);
            continue;
        }
        let selectors = each(annotation.get("target").and_then(|target| target.get("selector")));
        let of = |kind: &str| selectors.iter().find(|selector| selector.string("type") == Some(kind));
        let Some(position) = of("TextPositionSelector") else {
            findings.error("missing-key", &at, "no TextPositionSelector here", "add one beside the quote");
            draft.refuse(key);
            continue;
        };
        let Some(offsets) = position.offsets("start", "end", findings) else { continue };
        let texts = selectors.iter().filter(|selector| selector.string("type") == Some("TextQuoteSelector"));
        let quotes: Vec<_> = texts.copied().collect();
        if !agree(&selectors, &quotes, offsets, draft, findings) {
            draft.refuse(key);
            continue;
        }
        let quote = quotes.first().and_then(|selector| selector.string("exact"));
        let more = More::of(annotation, findings);
        draft.add(Raw { at, key, offsets, quote, what: label.into(), more }, findings);
    }
    for (from, to, at) in links {
        draft.link(&from, &to, &at, findings);
    }
}
