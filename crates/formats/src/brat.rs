//! brat standoff: `.txt` and `.ann` for each document, with the configuration that lets brat show them.

use std::fmt::Write as _;

use goldrule_schema::{
    AgencyKind, Attribution, CharSpan, CitationKind, Document, Extra, Form, Position, Topic,
};
use serde_json::{Map, Value};

use crate::carry::{Record, card, linked, read_card};
use crate::draft::{Draft, Findings, More, Raw, What};
use crate::label::Label;
use crate::names::{Names, ONE_EACH};
use crate::{Direction, Feature, Format, Import, InFile, Item, OutFile, Texts, Unit, conclude, stem};

/// The format.
pub(crate) struct Brat;

impl Format for Brat {
    fn name(&self) -> &'static str {
        "brat"
    }

    fn title(&self) -> &'static str {
        "brat standoff"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ann", "txt"]
    }

    fn direction(&self) -> Direction {
        Direction::Both
    }

    fn unit(&self) -> Unit {
        Unit::CodePoints
    }

    fn unit_source(&self) -> &'static str {
        "\"character offsets\", from 0, end exclusive: <https://brat.nlplab.org/standoff.html>; the server holds \
         them against a decoded Python string (`server/src/annotation.py`). CR is a character of its own"
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
        "`T` lines of type `Agency`, `Stance` and `Citation`; `A` lines for closed lists; an equivalence \
         `* Same` for the mentions of an agency; `R` lines `Holder` from a stance to the mention nearest to it; a \
         note with JSON for what brat cannot draw. A line of `.ann` is a record, so that a span across line \
         breaks is written as fragments without them, joined again on import. A span with other gaps is \
         imported as what it covers, its pieces under the unknown key `fragments`, and written in pieces again. \
         Events are not records of goldrule: they are left out and named."
    }

    fn export(&self, items: &[Item<'_>]) -> Vec<OutFile> {
        let setup = |name: &str, contents| OutFile { name: name.into(), contents, setup: true };
        let mut files = Vec::new();
        for item in items {
            let id = item.document.id();
            let text = item.document.text().to_owned();
            files.push(OutFile { name: format!("{id}.txt"), contents: text, setup: false });
            files.push(OutFile { name: format!("{id}.ann"), contents: annotations(item), setup: false });
        }
        files.push(setup("annotation.conf", configuration()));
        files.push(setup("visual.conf", VISUAL.to_owned()));
        files
    }

    fn import(&self, files: &[InFile], texts: Texts<'_>, unit: Option<Unit>) -> Import {
        let mut import = Import::default();
        let mut names = Names::new(texts);
        for file in files.iter().filter(|file| !is_text(&file.name)) {
            let mut findings = Findings::new(&file.name, &file.source);
            let beside = file.name.strip_suffix(".ann").map(|name| format!("{name}.txt"));
            let text = files.iter().find(|other| Some(&other.name) == beside.as_ref());
            let text = text.map(|file| file.source.as_str());
            let id = stem(&file.name);
            if let Some(document) = names.document(&id, text, &(0..1), ONE_EACH, &mut findings) {
                let mut draft = Draft::new(&document, unit, self.unit()).comparing(|a, b| flat(a) == flat(b));
                read(&file.source, &document, &mut draft, &mut findings);
                conclude(&mut import, draft, &document, &mut findings);
            }
            import.diagnostics.append(&mut findings.list);
        }
        import
    }
}

const VISUAL: &str = "\
[labels]
Agency | Agency | Ag
Stance | Stance | St
Citation | Citation | Ci
Holder | holder | h

[drawing]
SPAN_DEFAULT fgColor:black, bgColor:lightgreen, borderColor:darken
ARC_DEFAULT color:black, arrowHead:triangle-5
Agency bgColor:#9ecae1
Stance bgColor:#fdd0a2
Citation bgColor:#c7e9c0
Holder dashArray:3-3
";

fn configuration() -> String {
    let mut out = String::from(
        "[entities]\nAgency\nStance\nCitation\n\n[relations]\nHolder Arg1:Stance, Arg2:Agency\n\
         Same Arg1:Agency, Arg2:Agency, <REL-TYPE>:symmetric-transitive\n\
         <OVERLAP> Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n\n[events]\n\n[attributes]\n",
    );
    for (name, of, words) in [
        ("Kind", "Agency", AgencyKind::WORDS),
        ("Form", "Agency", Form::WORDS),
        ("Topic", "Stance", Topic::WORDS),
        ("Position", "Stance", Position::WORDS),
        ("Attribution", "Stance", Attribution::WORDS),
        ("Authority", "Citation", CitationKind::WORDS),
    ] {
        let _ = writeln!(out, "{name} Arg:{of}, Value:{}", words.join("|"));
    }
    out
}

/// Whether a file is the text of a document.
fn is_text(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|extension| extension == "txt")
}

/// Characters at which readers of `.ann` break lines: those of Python's `str.splitlines`.
const fn breaks(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A text as a line of `.ann` can have it.
fn flat(text: &str) -> String {
    text.chars().map(|c| if breaks(c) || c == '\t' { ' ' } else { c }).collect()
}

/// The pieces of a span: those it was imported with, else what lies between line breaks.
fn fragments(document: &Document, record: &Record<'_>) -> Vec<CharSpan> {
    if let Some(pieces) = record.more.extra.get("fragments").and_then(|value| pieces(value, record.span)) {
        return pieces;
    }
    let quote = record.quote;
    if quote.starts_with(breaks) || quote.ends_with(breaks) {
        return vec![record.span];
    }
    let mut found: Vec<CharSpan> = Vec::new();
    let mut open = false;
    for (at, c) in (record.span.start..).zip(quote.chars()) {
        match found.last_mut() {
            _ if breaks(c) => open = false,
            Some(last) if open => last.end = at + 1,
            _ => {
                found.push(CharSpan::new(at, at + 1));
                open = true;
            }
        }
    }
    debug_assert!(found.iter().all(|&piece| document.quote(piece).is_some()));
    found
}

/// Pieces of an unknown key, where they fit the span and part it.
fn pieces(value: &Value, span: CharSpan) -> Option<Vec<CharSpan>> {
    let mut found: Vec<CharSpan> = Vec::new();
    for piece in value.as_array()? {
        let ends = piece.as_array().filter(|ends| ends.len() == 2)?;
        let end = |at: usize| ends[at].as_u64().and_then(|end| u32::try_from(end).ok());
        let (start, end) = (end(0)?, end(1)?);
        if start >= end || found.last().is_some_and(|last| last.end >= start) {
            return None;
        }
        found.push(CharSpan::new(start, end));
    }
    let whole = found.len() > 1 && found.first()?.start == span.start && found.last()?.end == span.end;
    whole.then_some(found)
}

fn annotations(item: &Item<'_>) -> String {
    let document = item.document;
    let records = linked(item.set, document);
    let (mut out, mut links, mut attributes, mut notes) = (String::new(), 0, 0, 0);
    let mut attribute = |out: &mut String, name: &str, at: usize, value: &str| {
        attributes += 1;
        let _ = writeln!(out, "A{attributes}\t{name} T{at} {value}");
    };
    for (index, record) in records.iter().enumerate() {
        let at = index + 1;
        let pieces = fragments(document, record);
        let offsets: Vec<_> = pieces.iter().map(|piece| format!("{} {}", piece.start, piece.end)).collect();
        let quotes: Vec<_> =
            pieces.iter().map(|&piece| flat(document.quote(piece).unwrap_or_default())).collect();
        let mut note = record.more.to_json();
        let first = record.link.is_none();
        note.remove("agency");
        let sort = match record.label {
            Label::Mention(..) => "Agency",
            Label::Stance(..) => "Stance",
            Label::Citation(_) => "Citation",
        };
        let _ = writeln!(out, "T{at}\t{sort} {}\t{}", offsets.join(";"), quotes.join(" "));
        match record.label {
            Label::Mention(kind, form) => {
                attribute(&mut out, "Kind", at, kind.as_str());
                attribute(&mut out, "Form", at, form.as_str());
                let agency = record.more.agency.as_ref().and_then(|id| item.set.agency(id));
                if let Some(agency) = agency.filter(|_| first) {
                    note.insert("agency".to_owned(), card(agency));
                    if agency.mentions.len() > 1 {
                        let all: Vec<_> =
                            (at..at + agency.mentions.len()).map(|at| format!("T{at}")).collect();
                        let _ = writeln!(out, "*\tSame {}", all.join(" "));
                    }
                }
            }
            Label::Stance(topic, position, by) => {
                attribute(&mut out, "Topic", at, topic.as_str());
                attribute(&mut out, "Position", at, position.as_str());
                attribute(&mut out, "Attribution", at, by.as_str());
                if let Some(to) = record.link {
                    links += 1;
                    let _ = writeln!(out, "R{links}\tHolder Arg1:T{at} Arg2:T{}", to + 1);
                }
            }
            Label::Citation(kind) => attribute(&mut out, "Authority", at, kind.as_str()),
        }
        if !note.is_empty() {
            notes += 1;
            let _ = writeln!(out, "#{notes}\tAnnotatorNotes T{at}\t{}", one_line(&Value::Object(note)));
        }
    }
    out
}

/// JSON without a character at which a line might be broken.
fn one_line(value: &Value) -> String {
    let escape = |c: char| if breaks(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    value.to_string().chars().map(escape).collect()
}

/// What lines say of one `T`.
struct Span<'s> {
    at: std::ops::Range<usize>,
    key: &'s str,
    sort: &'s str,
    pieces: Vec<(u32, u32)>,
    quote: Option<&'s str>,
    attributes: Vec<(&'s str, &'s str)>,
    note: Option<(Value, std::ops::Range<usize>)>,
}

fn read(source: &str, document: &Document, draft: &mut Draft<'_>, findings: &mut Findings<'_>) {
    let (mut spans, mut rest): (Vec<Span<'_>>, Vec<_>) = (Vec::new(), Vec::new());
    for (start, line) in crate::json::lines(source) {
        let at = start..start + line.len();
        let mut fields = line.splitn(3, '\t');
        let (key, data, tail) =
            (fields.next().unwrap_or_default(), fields.next().unwrap_or_default(), fields.next());
        if !key.starts_with('T') {
            rest.push((at, key, data, tail));
            continue;
        }
        if let Some((sort, pieces)) = text_bound(data) {
            let (attributes, note) = (Vec::new(), None);
            spans.push(Span { at, key, sort, pieces, quote: tail, attributes, note });
        } else {
            let help = "write it as `T1<tab>TYPE START END<tab>TEXT`, fragments parted by `;`";
            findings.error("syntax", &at, "this line is no text-bound annotation", help);
            draft.refuse(key.to_owned());
        }
    }
    let mut links = Vec::new();
    for (at, key, data, tail) in rest {
        let words: Vec<&str> = data.split(' ').filter(|word| !word.is_empty()).collect();
        let at_key = |key: &str| spans.iter().position(|span| span.key == key);
        match (key.chars().next(), words.as_slice()) {
            (Some('A' | 'M'), [name, target, value]) => match at_key(target) {
                Some(index)
                    if spans[index]
                        .attributes
                        .iter()
                        .any(|(known, other)| known == name && other != value) =>
                {
                    let message = format!("`{target}` has two values of `{name}`");
                    findings.error("disagreement", &at, message, "take one of them away");
                }
                Some(index) => spans[index].attributes.push((*name, *value)),
                None => findings.left_out(&at, format!("an attribute of `{target}`")),
            },
            (Some('R'), ["Holder" | "Same", one, other]) => {
                let argument = |word: &str| word.split_once(':').map_or(word, |(_, id)| id).to_owned();
                links.push((argument(one), argument(other), at));
            }
            (Some('*'), ["Same", first, others @ ..]) => {
                links.extend(
                    others.iter().map(|other| ((*first).to_owned(), (*other).to_owned(), at.clone())),
                );
            }
            (Some('#'), ["AnnotatorNotes", target]) => {
                let note = tail.and_then(|tail| serde_json::from_str::<Value>(tail).ok());
                let note = note.filter(Value::is_object);
                match (at_key(target), note) {
                    (Some(index), Some(note)) if spans[index].note.is_none() => {
                        spans[index].note = Some((note, at));
                    }
                    _ => findings.left_out(&at, format!("a note on `{target}` in free words")),
                }
            }
            (Some('E'), _) => findings.left_out(&at, "an event"),
            _ => findings.left_out(&at, format!("the annotation `{key}`")),
        }
    }
    for span in spans {
        add(span, document, draft, findings);
    }
    for (one, other, at) in links {
        draft.link(&one, &other, &at, findings);
    }
}

fn text_bound(data: &str) -> Option<(&str, Vec<(u32, u32)>)> {
    let (sort, offsets) = data.split_once(' ')?;
    let piece = |piece: &str| {
        let (start, end) = piece.split_once(' ')?;
        Some((start.parse().ok()?, end.parse().ok()?))
    };
    let pieces: Vec<(u32, u32)> = offsets.split(';').map(piece).collect::<Option<_>>()?;
    let apart =
        pieces.iter().all(|(start, end)| start < end) && pieces.windows(2).all(|two| two[0].1 <= two[1].0);
    (!sort.is_empty() && apart).then_some((sort, pieces))
}

fn add(span: Span<'_>, document: &Document, draft: &mut Draft<'_>, findings: &mut Findings<'_>) {
    let Some(what) = what(&span, findings) else {
        draft.refuse(span.key.to_owned());
        return;
    };
    let mut more = More::default();
    if let Some((mut note, at)) = span.note {
        let agency = note.as_object_mut().and_then(|map: &mut Map<String, Value>| map.remove("agency"));
        more = More::from_json(&note, &at, findings);
        if let Some(agency) = agency.and_then(|value| read_card(value, &at, findings)) {
            more.agency = Some(agency.id.clone());
            draft.head.agencies.push(agency);
        }
    }
    let whole = (span.pieces[0].0, span.pieces[span.pieces.len() - 1].1);
    let mut quote = span.quote.map(str::to_owned);
    if span.pieces.len() > 1 {
        quote = covered(&span.pieces, draft, quote.as_deref(), document, &mut more.extra, &span.at, findings);
        if quote.is_none() {
            draft.refuse(span.key.to_owned());
            return;
        }
    }
    let (at, key) = (span.at, span.key.to_owned());
    draft.add(Raw { at, key, offsets: whole, quote: quote.as_deref(), what, more }, findings);
}

/// The quote of all that a span in pieces covers, where the pieces hold what the line says.
fn covered(
    pieces: &[(u32, u32)],
    draft: &Draft<'_>,
    quote: Option<&str>,
    document: &Document,
    extra: &mut Extra,
    at: &std::ops::Range<usize>,
    findings: &mut Findings<'_>,
) -> Option<String> {
    let whole = (pieces[0].0, pieces[pieces.len() - 1].1);
    // Pieces count in the unit of the file, which need not be code points.
    let span = |(start, end): (u32, u32)| draft.span(start, end);
    let text = |piece| document.quote(span(piece)?).map(str::to_owned);
    let texts: Option<Vec<String>> = pieces.iter().map(|&piece| text(piece)).collect();
    let there = texts.map(|texts| texts.join(" "));
    let (Some(there), Some(cover)) = (there, text(whole)) else {
        findings.error(
            "past-end",
            at,
            "a piece of this span ends behind the text",
            "count code points from 0",
        );
        return None;
    };
    if let Some(quote) = quote
        && flat(quote) != flat(&there)
    {
        // The first piece tells the unit, if its text stands at the beginning of the quote.
        let length = (pieces[0].1 - pieces[0].0) as usize;
        let first: String = quote.chars().take(length).collect();
        let help = goldrule_schema::mismatch_help(document, CharSpan::new(pieces[0].0, pieces[0].1), &first);
        findings.error("quote-mismatch", at, format!("the text of these pieces is {there:?}"), &help);
        return None;
    }
    let gap = |two: &[(u32, u32)]| text((two[0].1, two[1].0)).unwrap_or_default();
    if pieces.windows(2).any(|two| gap(two).is_empty() || !gap(two).chars().all(breaks)) {
        let spans = pieces.iter().filter_map(|&piece| span(piece));
        let listed: Vec<_> = spans.map(|span| serde_json::json!([span.start, span.end])).collect();
        extra.insert("fragments".to_owned(), listed.into());
    }
    Some(cover)
}

fn what(span: &Span<'_>, findings: &mut Findings<'_>) -> Option<What> {
    fn word<T: std::str::FromStr<Err = goldrule_schema::UnknownWord>>(
        span: &Span<'_>,
        name: &str,
        findings: &mut Findings<'_>,
    ) -> Option<T> {
        let Some((_, value)) = span.attributes.iter().find(|(known, _)| *known == name) else {
            let message = format!("`{}` has no attribute `{name}`", span.key);
            findings.error("missing-key", &span.at, message, "give it one in brat");
            return None;
        };
        let parsed = value.parse::<T>();
        parsed
            .map_err(|error| {
                findings.error("unknown-word", &span.at, error.to_string(), "choose one of these");
            })
            .ok()
    }
    let known: &[&str] = match span.sort {
        "Agency" => &["Kind", "Form"],
        "Stance" => &["Topic", "Position", "Attribution"],
        "Citation" => &["Authority"],
        other => {
            findings.left_out(&span.at, format!("a span of type `{other}`"));
            return None;
        }
    };
    for (name, _) in span.attributes.iter().filter(|(name, _)| !known.contains(name)) {
        findings.left_out(&span.at, format!("the attribute `{name}` of `{}`", span.key));
    }
    match span.sort {
        "Agency" => {
            let kind = word(span, "Kind", findings);
            Some(What::Mention { form: word(span, "Form", findings)?, kind })
        }
        "Stance" => {
            let (topic, position) = (word(span, "Topic", findings), word(span, "Position", findings));
            let attribution = word(span, "Attribution", findings)?;
            Some(What::Stance { topic: topic?, position: position?, attribution })
        }
        _ => Some(What::Citation { kind: word(span, "Authority", findings)? }),
    }
}
