//! WebAnno TSV 3, in: what INCEpTION and WebAnno export.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;

use crate::draft::{Draft, Findings, More, Raw, What};
use crate::json::lines;
use crate::names::{Names, ONE_EACH};
use crate::{Direction, Feature, Format, Import, InFile, Texts, Unit, conclude, stem};

/// The format.
pub(crate) struct WebAnno;

impl Format for WebAnno {
    fn name(&self) -> &'static str {
        "webanno-tsv"
    }

    fn title(&self) -> &'static str {
        "WebAnno TSV 3"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tsv"]
    }

    fn direction(&self) -> Direction {
        Direction::Import
    }

    fn unit(&self) -> Unit {
        Unit::Utf16
    }

    fn unit_source(&self) -> &'static str {
        "\"the offsets used in the TSV file are based on UTF-16\": user guide of INCEpTION, section WebAnno TSV, \
         \"Encoding and Offsets\" (`inception-io-webanno-tsv/…/webannotsv.adoc`)"
    }

    fn holds(&self) -> &'static [Feature] {
        use Feature as F;
        &[
            F::AgencyId,
            F::AgencyName,
            F::Jurisdiction,
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
        "The layers of the UIMA CAS export. Spans over several tokens and stacked ones (`|`, `[n]`), sub-tokens \
         and escapes are read; tokens are the quotes that are checked. Chains, relations, slots and other \
         layers are left out and named. The text comes from the corpus (`--text`): the format does not keep \
         what stands between sentences."
    }

    fn import(&self, files: &[InFile], texts: Texts<'_>, unit: Option<Unit>) -> Import {
        let mut import = Import::default();
        let mut names = Names::new(texts);
        for file in files {
            let mut findings = Findings::new(&file.name, &file.source);
            let id = stem(&file.name);
            if let Some(document) = names.document(&id, None, &(0..1), ONE_EACH, &mut findings) {
                let mut draft = Draft::new(&document, unit, self.unit());
                read(&file.source, &mut draft, &mut findings);
                conclude(&mut import, draft, &document, &mut findings);
            }
            import.diagnostics.append(&mut findings.list);
        }
        import
    }
}

/// A layer with the columns of its features.
struct Layer {
    name: String,
    features: Vec<String>,
    column: usize,
}

/// A span in the making: its tokens so far and its features.
struct Span {
    at: Range<usize>,
    layer: usize,
    offsets: (u32, u32),
    first: String,
    features: BTreeMap<String, String>,
    tokens: usize,
}

fn read(source: &str, draft: &mut Draft<'_>, findings: &mut Findings<'_>) {
    let mut layers: Vec<Layer> = Vec::new();
    let (mut column, mut spans): (usize, BTreeMap<(usize, String), Span>) = (3, BTreeMap::new());
    let first = lines(source).next().map(|(_, line)| line).unwrap_or_default();
    if !first.starts_with("#FORMAT=WebAnno TSV 3") {
        let help = "export it from INCEpTION as WebAnno TSV v3";
        findings.error("syntax", &(0..1), "the first line is not `#FORMAT=WebAnno TSV 3.…`", help);
        return;
    }
    // One token that stands elsewhere is told: the others do likewise.
    let mut wrong = false;
    for (start, line) in lines(source).skip(1) {
        let at = start..start + line.len();
        if let Some(layer) = line.strip_prefix("#T_SP=") {
            let mut parts = layer.split('|').map(str::to_owned);
            let (name, features) = (parts.next().unwrap_or_default(), parts.collect::<Vec<_>>());
            let width = features.len().max(1);
            if !crate::cas::LAYERS.iter().any(|(known, _)| *known == name) {
                findings.left_out(&at, format!("the layer `{name}`"));
            }
            layers.push(Layer { name, features, column });
            column += width;
        } else if line.starts_with("#T_") {
            findings.left_out(&at, format!("chains or relations: `{}`", &line[1..]));
        } else if !line.starts_with('#') {
            token(line, &at, &layers, &mut spans, findings);
            wrong = wrong || !spoken(line, &at, draft, findings);
        }
    }
    if wrong {
        return;
    }
    let mut found: Vec<_> = spans.into_iter().collect();
    found.sort_by_key(|((_, key), span)| (span.offsets, span.layer, key.clone()));
    for ((_, key), span) in found {
        add(span, &key, &layers, draft, findings);
    }
}

fn token(
    line: &str,
    at: &Range<usize>,
    layers: &[Layer],
    spans: &mut BTreeMap<(usize, String), Span>,
    findings: &mut Findings<'_>,
) {
    let fields: Vec<&str> = line.split('\t').collect();
    let offsets = fields.get(1).and_then(|range| {
        let (start, end) = range.split_once('-')?;
        Some((start.parse::<u32>().ok()?, end.parse::<u32>().ok()?))
    });
    let (Some(offsets), Some(word)) = (offsets, fields.get(2)) else {
        let help = "write it as `1-1<tab>START-END<tab>TOKEN<tab>…`";
        findings.error("syntax", at, "this line is no token", help);
        return;
    };
    for (index, layer) in layers.iter().enumerate() {
        let cell = |feature: usize| fields.get(layer.column + feature).copied().unwrap_or("_");
        for feature in 0..layer.features.len().max(1) {
            if cell(feature) == "_" {
                continue;
            }
            for (stack, value) in split(cell(feature)).into_iter().enumerate() {
                let (value, number) = numbered(&value);
                let key =
                    number.map_or_else(|| format!("{}:{stack}", fields[0]), |number| format!("[{number}]"));
                let span = spans.entry((index, key)).or_insert_with(|| Span {
                    at: at.clone(),
                    layer: index,
                    offsets,
                    first: unescape(word),
                    features: BTreeMap::new(),
                    tokens: 1,
                });
                if span.offsets.1 < offsets.1 || span.offsets.0 > offsets.0 {
                    span.offsets = (span.offsets.0.min(offsets.0), span.offsets.1.max(offsets.1));
                    span.tokens += 1;
                }
                if let Some(name) = layer.features.get(feature)
                    && value != "*"
                {
                    span.features.insert(name.clone(), unescape(value));
                }
            }
        }
    }
}

/// Whether the token of a line stands where it says.
fn spoken(line: &str, at: &Range<usize>, draft: &Draft<'_>, findings: &mut Findings<'_>) -> bool {
    let mut fields = line.split('\t').skip(1);
    let offsets = fields.next().and_then(|range| range.split_once('-'));
    let offsets = offsets.and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    let word = fields.next().map(unescape).filter(|word| !word.is_empty());
    offsets.zip(word).is_none_or(|(offsets, word)| draft.agrees(offsets, &word, at, findings))
}

/// The annotations stacked in one cell.
fn split(cell: &str) -> Vec<String> {
    let (mut parts, mut escaped) = (vec![String::new()], false);
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

/// A value and its disambiguation id.
fn numbered(value: &str) -> (&str, Option<&str>) {
    let Some(open) = value.strip_suffix(']').and_then(|rest| rest.rfind('[')) else { return (value, None) };
    let number = &value[open + 1..value.len() - 1];
    let escapes = value[..open].len() - value[..open].trim_end_matches('\\').len();
    let plain =
        escapes.is_multiple_of(2) && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if plain { (&value[..open], Some(number)) } else { (value, None) }
}

fn unescape(value: &str) -> String {
    let (mut out, mut chars) = (String::with_capacity(value.len()), value.chars());
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (c, false) => out.push(c),
            _ => match chars.next() {
                Some('t') => out.push('\t'),
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some(c) => out.push(c),
                None => out.push('\\'),
            },
        }
    }
    out
}

fn add(span: Span, key: &str, layers: &[Layer], draft: &mut Draft<'_>, findings: &mut Findings<'_>) {
    let layer = &layers[span.layer].name;
    let mut features = span.features;
    let mut take = |name: &str| features.remove(name).filter(|value| !value.is_empty());
    let what = match layer.as_str() {
        "webanno.custom.Agency" => word(take("form"), "form", &span.at, findings)
            .map(|form| What::Mention { form, kind: word(take("kind"), "kind", &span.at, findings) }),
        "webanno.custom.Stance" => {
            let topic = word(take("topic"), "topic", &span.at, findings);
            let position = word(take("position"), "position", &span.at, findings);
            let attribution = word(take("attribution"), "attribution", &span.at, findings);
            topic.zip(position).zip(attribution).map(|((topic, position), attribution)| What::Stance {
                topic,
                position,
                attribution,
            })
        }
        "webanno.custom.Citation" => {
            word(take("kind"), "kind", &span.at, findings).map(|kind| What::Citation { kind })
        }
        // The layer was reported where it is declared.
        _ => return,
    };
    let Some(what) = what else { return };
    let extra = object(take("extra"), "extra", &span.at, findings);
    let extra = extra.and_then(|value| value.as_object().cloned()).unwrap_or_default().into_iter().collect();
    let more = More {
        id: take("recordId"),
        rule: take("rule"),
        agency: take("agency"),
        canonical: take("canonical"),
        extra,
    };
    let record = object(take("record"), "record", &span.at, findings);
    if let Some(agency) = record.and_then(|record| crate::carry::read_card(record, &span.at, findings)) {
        draft.head.agencies.retain(|known| known.id != agency.id);
        draft.head.agencies.push(agency);
    }
    card(&more, take("name"), take("jurisdiction"), &what, &span.at, draft, findings);
    for name in features.iter().filter(|(_, value)| !value.is_empty()).map(|(name, _)| name) {
        findings.left_out(&span.at, format!("the feature `{name}`"));
    }
    // A span of one token has a quote; of several, its first token is checked.
    let quote = (span.tokens == 1).then_some(span.first.as_str());
    if span.tokens > 1 && !draft.begins(span.offsets.0, &span.first) {
        let message = format!("the text at {} is not {:?}", span.offsets.0, span.first);
        findings.error("quote-mismatch", &span.at, message, &draft.unit_of(span.offsets.0, &span.first));
        return;
    }
    let key = format!("{layer} {key} at {}", span.offsets.0);
    draft.add(Raw { at: span.at, key, offsets: span.offsets, quote, what, more }, findings);
}

/// The JSON object of a feature.
fn object(json: Option<String>, name: &str, at: &Range<usize>, findings: &mut Findings<'_>) -> Option<Value> {
    let value = serde_json::from_str::<Value>(&json?).ok().filter(Value::is_object);
    if value.is_none() {
        findings.error("syntax", at, format!("`{name}` is no JSON object"), "mend it, or empty the feature");
    }
    value
}

/// The agency of a mention that says its name.
fn card(
    more: &More,
    name: Option<String>,
    jurisdiction: Option<String>,
    what: &What,
    at: &Range<usize>,
    draft: &mut Draft<'_>,
    findings: &mut Findings<'_>,
) {
    let What::Mention { kind: Some(kind), .. } = what else { return };
    let (Some(id), Some(name)) = (&more.agency, name) else { return };
    if let Some(known) = draft.head.agencies.iter().find(|agency| agency.id == *id) {
        if known.name != name || known.jurisdiction != jurisdiction {
            let message = format!("mentions of `{id}` differ in its name or jurisdiction");
            findings.error("disagreement", at, message, "give all its mentions the same");
        }
        return;
    }
    draft.head.agencies.push(goldrule_schema::Agency {
        id: id.clone(),
        name,
        kind: *kind,
        jurisdiction,
        mentions: Vec::new(),
        rule: None,
        extra: goldrule_schema::Extra::new(),
    });
}

fn word<T: std::str::FromStr<Err = goldrule_schema::UnknownWord>>(
    value: Option<String>,
    name: &str,
    at: &Range<usize>,
    findings: &mut Findings<'_>,
) -> Option<T> {
    let Some(value) = value else {
        findings.error("missing-key", at, format!("this span has no `{name}`"), "give it one in INCEpTION");
        return None;
    };
    value
        .parse::<T>()
        .map_err(|error| findings.error("unknown-word", at, error.to_string(), "choose one of these"))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_taken_apart() {
        assert_eq!(split("PER[1]|a\\|b[2]"), ["PER[1]", "a\\|b[2]"]);
        assert_eq!(numbered("PER[12]"), ("PER", Some("12")));
        assert_eq!(numbered("PER\\[12]"), ("PER\\[12]", None));
        assert_eq!(unescape("status\\_inquiry\\->\\t"), "status_inquiry->\t");
    }
}
