//! Label Studio: a list of tasks, with predictions out and annotations in.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::carry::{head, read_head, records};
use crate::draft::{Draft, Findings, More, Raw};
use crate::json::{Node, parse};
use crate::label::Label;
use crate::names::{Names, ONE_EACH};
use crate::{Direction, Feature, Format, Import, InFile, Item, OutFile, Texts, Unit, conclude, stem};

/// The format.
pub(crate) struct LabelStudio;

impl Format for LabelStudio {
    fn name(&self) -> &'static str {
        "label-studio"
    }

    fn title(&self) -> &'static str {
        "Label Studio JSON (predictions out, annotations in)"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn direction(&self) -> Direction {
        Direction::Both
    }

    fn unit(&self) -> Unit {
        Unit::CodePoints
    }

    fn unit_source(&self) -> &'static str {
        "code points for `Text` in the versions since the end of 2021, as its own tests hold (\"Should calculate \
         offsets by code points in text\", `web/libs/editor/tests/integration/e2e/ner/`, and \
         <https://github.com/HumanSignal/label-studio/pull/1559>); older ones counted UTF-16 \
         (<https://github.com/HumanSignal/label-studio/issues/1347>): `--unit utf-16` for their files"
    }

    fn holds(&self) -> &'static [Feature] {
        use Feature as F;
        &[
            F::Head,
            F::AgencyId,
            F::AgencyName,
            F::Jurisdiction,
            F::Unmentioned,
            F::Grouping,
            F::Form,
            F::Holder,
            F::Attribution,
            F::Overlap,
            F::Canonical,
            F::RecordId,
            F::Rule,
            F::Unknown,
        ]
    }

    fn remarks(&self) -> &'static str {
        "`tasks.json`, and `labels.xml` as the labelling configuration. Labels as in Prodigy's format; relations \
         between regions lead from a stance to its holder and between mentions of one agency. The rest stands \
         in `data.goldrule`, by region id: Label Studio keeps `data` and the ids of regions. CRLF counts two, \
         \"two different symbols\" as its documentation says. Import takes the first annotation that was not \
         cancelled; predictions only where no annotation is there, cancelled or not. Tasks with neither are set \
         aside and counted."
    }

    fn export(&self, items: &[Item<'_>]) -> Vec<OutFile> {
        let tasks: Vec<Value> = items.iter().map(task).collect();
        let contents = format!("{:#}\n", Value::from(tasks));
        vec![
            OutFile { name: "tasks.json".into(), contents, setup: false },
            OutFile { name: "labels.xml".into(), contents: configuration(), setup: true },
        ]
    }

    fn import(&self, files: &[InFile], texts: Texts<'_>, unit: Option<Unit>) -> Import {
        let mut import = Import::default();
        let mut names = Names::new(texts);
        for file in files {
            let mut findings = Findings::new(&file.name, &file.source);
            let mark = file.source.len() - file.source.trim_start_matches('\u{feff}').len();
            parse(&file.source[mark..], mark, &mut findings, |node, findings| {
                if !node.plain().is_array() {
                    findings.error(
                        "wrong-type",
                        &node.head(),
                        "this is no list of tasks",
                        "export tasks as JSON",
                    );
                }
                for (number, task) in node.items().into_iter().enumerate() {
                    let Some(data) = task.get("data") else {
                        findings.error(
                            "missing-key",
                            &task.head(),
                            "this task has no `data`",
                            "export tasks as JSON",
                        );
                        continue;
                    };
                    let version = version(task, findings);
                    let Ok(version) =
                        version.inspect_err(|why| *import.set_aside.entry(*why).or_default() += 1)
                    else {
                        continue;
                    };
                    let named = data.string("document");
                    let id =
                        named.map_or_else(|| format!("{}-{}", stem(&file.name), number + 1), str::to_owned);
                    let Some(text) = data.required("text", findings) else { continue };
                    let document = names.document(&id, Some(text), &task.head(), ONE_EACH, findings);
                    let Some(document) = document else { continue };
                    let mut own = Findings::new(&file.name, &file.source);
                    let mut draft = Draft::new(&document, unit, self.unit());
                    read(version, data, &mut draft, &mut own);
                    conclude(&mut import, draft, &document, &mut own);
                }
            });
            import.diagnostics.append(&mut findings.list);
        }
        import
    }
}

fn configuration() -> String {
    let mut labels = String::new();
    for label in Label::all() {
        let color = match label {
            Label::Mention(..) => "#9ecae1",
            Label::Stance(..) => "#fdd0a2",
            Label::Citation(_) => "#c7e9c0",
        };
        let _ = writeln!(labels, "    <Label value=\"{label}\" background=\"{color}\"/>");
    }
    format!(
        "<View>\n  <Relations>\n    <Relation value=\"holder\"/>\n    <Relation value=\"same_agency\"/>\n  \
         </Relations>\n  <Labels name=\"label\" toName=\"text\">\n{labels}  </Labels>\n  \
         <Text name=\"text\" value=\"$text\"/>\n</View>\n"
    )
}

fn task(item: &Item<'_>) -> Value {
    let records = records(item.set, item.document);
    let id = |at: usize| format!("r{}", at + 1);
    let mut result = Vec::new();
    let mut more = serde_json::Map::new();
    for (at, record) in records.iter().enumerate() {
        result.push(json!({
            "id": id(at), "from_name": "label", "to_name": "text", "type": "labels",
            "value": {
                "start": record.span.start, "end": record.span.end, "text": record.quote,
                "labels": [record.label.to_string()],
            },
        }));
        more.insert(id(at), record.more.to_json().into());
    }
    for (at, record) in records.iter().enumerate() {
        if let Some(to) = record.link {
            let label = if matches!(record.label, Label::Stance(..)) { "holder" } else { "same_agency" };
            result.push(json!({
                "type": "relation", "from_id": id(at), "to_id": id(to), "direction": "right", "labels": [label],
            }));
        }
    }
    json!({
        "data": {
            "document": item.document.id(), "text": item.document.text(),
            "goldrule": { "head": head(item.set), "regions": more },
        },
        "predictions": [{ "model_version": "goldrule", "result": result }],
    })
}

/// The version of a task that counts, or why none does.
fn version<'a, 'n>(task: Node<'a, 'n>, findings: &mut Findings<'_>) -> Result<Node<'a, 'n>, &'static str> {
    let cancelled =
        |node: &Node<'_, '_>| node.get("was_cancelled").is_some_and(|value| value.plain() == json!(true));
    let mut versions = task.records("annotations", findings);
    if versions.is_empty() {
        versions = task.records("predictions", findings);
    }
    let there = !versions.is_empty();
    versions.retain(|version| !cancelled(version));
    for other in versions.iter().skip(1) {
        findings.left_out(&other.head(), "a second annotation of the same task");
    }
    let why = if there { "annotated by nobody who did not cancel" } else { "not annotated" };
    versions.first().copied().ok_or(why)
}

fn read(version: Node<'_, '_>, data: Node<'_, '_>, draft: &mut Draft<'_>, findings: &mut Findings<'_>) {
    let own = data.get("goldrule");
    if let Some(head) = own.and_then(|own| own.get("head")) {
        draft.head = read_head(&head.plain(), &head.head(), findings);
    }
    let known = own.and_then(|own| own.get("regions"));
    let mut links = Vec::new();
    for region in version.records("result", findings) {
        let at = region.head();
        match region.string("type") {
            Some("labels") => {}
            Some("relation") => {
                match region.string("from_id").zip(region.string("to_id")) {
                    Some((from, to)) => {
                        let names = region.list("labels");
                        let name = names.iter().find_map(Node::str).map(str::to_owned);
                        links.push((name, from.to_owned(), to.to_owned(), at));
                    }
                    None => findings.error("missing-key", &at, "this relation has no ends", "draw it anew"),
                }
                continue;
            }
            other => {
                findings.left_out(&at, format!("a result of type `{}`", other.unwrap_or("none")));
                continue;
            }
        }
        let key = region.string("id").map_or_else(|| format!("at {}", at.start), str::to_owned);
        let Some(value) = region.get("value") else {
            findings.error("missing-key", &at, "this region has no `value`", "export tasks as JSON");
            continue;
        };
        let Some(offsets) = value.offsets("start", "end", findings) else { continue };
        let labels: Vec<_> = value.list("labels").iter().filter_map(Node::str).collect();
        let label = match labels.as_slice() {
            [label] => Label::parse(label),
            _ => Err(Some("give each region one label".to_owned())),
        };
        let label = match label {
            Ok(label) => label,
            Err(help) => {
                let message = format!("a region labelled `{}`", labels.join(", "));
                match help {
                    Some(help) => findings.error("unknown-word", &at, message, &help),
                    None => findings.left_out(&at, message),
                }
                draft.refuse(key);
                continue;
            }
        };
        let more = known.and_then(|known| known.get(&key));
        let more =
            more.map(|more| More::from_json(&more.plain(), &more.head(), findings)).unwrap_or_default();
        draft.add(Raw { at, key, offsets, quote: value.string("text"), what: label.into(), more }, findings);
    }
    for (name, from, to, at) in links {
        draft.relate(name.as_deref(), (&from, &to), &at, findings);
    }
}
