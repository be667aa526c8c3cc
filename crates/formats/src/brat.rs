//! brat standoff: a text and a file of lines beside it.
//!
//! Mentions are the types `Name`, `Acronym`, `Nominal` and `Title`, joined by an `Equiv` where they are of one
//! agency; stances and citations have attributes; a `Holder` relation leads from a stance to a mention. A note
//! holds the rest as JSON. A text-bound line cannot hold a line break, so a span across one is written as
//! fragments, as brat itself writes it, and fragments with nothing but line breaks between them are read as one
//! span. Offsets are code points; a carriage return counts.

use std::collections::HashMap;
use std::fmt::Write as _;

use goldrule_schema::{Attribution, CharSpan, CitationKind, Document, Form, Position, Topic};
use serde_json::{Map, Value, json};

use crate::draft::Draft;
use crate::feature::breaks;
use crate::flat::{Flat, Item, Layer};
use crate::format::{File, Input, Piece, Texts};
use crate::place::{Lines, Origin, Unit};

/// Characters at which brat's reader, or anything that splits Python text into lines, begins a new line.
pub(crate) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

pub(crate) fn export(pieces: &[Piece<'_>]) -> Vec<File> {
    let mut files = vec![
        File { name: "annotation.conf".into(), contents: annotation_conf() },
        File { name: "visual.conf".into(), contents: visual_conf() },
    ];
    for piece in pieces {
        let id = piece.document.id();
        files.push(File { name: format!("{id}.txt"), contents: piece.document.text().to_owned() });
        files.push(File { name: format!("{id}.ann"), contents: annotations(piece) });
    }
    files
}

/// The words of a list as brat's configuration wants them.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn annotation_conf() -> String {
    let types: Vec<_> = Form::WORDS.iter().map(|word| capital(word)).collect();
    format!(
        "[entities]\n{}\nStance\nCitation\n\n[relations]\nHolder Arg1:Stance, Arg2:{}\n\n[events]\n\n[attributes]\n\
         Topic Arg:Stance, Value:{}\nPosition Arg:Stance, Value:{}\nAttribution Arg:Stance, Value:{}\nKind Arg:Citation, Value:{}\n",
        types.join("\n"),
        types.join("|"),
        Topic::WORDS.join("|"),
        Position::WORDS.join("|"),
        Attribution::WORDS.join("|"),
        CitationKind::WORDS.join("|"),
    )
}

fn visual_conf() -> String {
    "[labels]\n\n[drawing]\nSPAN_DEFAULT fgColor:black, bgColor:lightgreen, borderColor:darken\n\
     ARC_DEFAULT color:black, arrowHead:triangle-5\nATTRIBUTE_DEFAULT glyph:*\n\
     Stance bgColor:#ffd59e\nCitation bgColor:#cfd8ff\n"
        .to_owned()
}

fn annotations(piece: &Piece<'_>) -> String {
    let mut flat = Flat::of(piece.set);
    flat.items.retain(|item| !breaks(piece.document, item.span));
    let mut out = Writer { out: String::new(), attributes: 0, notes: 0 };
    let mut mentions: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, item) in flat.items.iter().enumerate().filter(|(_, item)| item.layer == Layer::Mention) {
        mentions.entry(item.agency.as_deref().unwrap_or_default()).or_default().push(index + 1);
    }
    let mut relations = 0;
    for (index, item) in flat.items.iter().enumerate() {
        let number = index + 1;
        let holders = mentions.get(item.agency.as_deref().unwrap_or_default());
        if item.layer == Layer::Stance && holders.is_none() {
            continue;
        }
        out.span(number, item, piece.document);
        if let (Layer::Stance, Some(holders)) = (item.layer, holders) {
            relations += 1;
            let _ = writeln!(out.out, "R{relations}\tHolder Arg1:T{number} Arg2:T{}", holders[0]);
        }
        let first = holders.is_some_and(|holders| holders[0] == number);
        let agency = flat.agencies.iter().find(|agency| {
            first
                && item.layer == Layer::Mention
                && agency.get("id").and_then(Value::as_str) == item.agency.as_deref()
        });
        out.note(number, item, agency);
    }
    for agency in &flat.agencies {
        let id = agency.get("id").and_then(Value::as_str).unwrap_or_default();
        if let Some(numbers) = mentions.get(id).filter(|numbers| numbers.len() > 1) {
            let listed: Vec<_> = numbers.iter().map(|number| format!("T{number}")).collect();
            let _ = writeln!(out.out, "*\tEquiv {}", listed.join(" "));
        }
    }
    out.out
}

struct Writer {
    out: String,
    attributes: usize,
    notes: usize,
}

/// Keys of a record that have a place of their own in brat.
const fn attributes(layer: Layer) -> &'static [&'static str] {
    match layer {
        Layer::Mention => &[],
        Layer::Stance => &["topic", "position", "attribution"],
        Layer::Citation => &["kind"],
    }
}

impl Writer {
    fn span(&mut self, number: usize, item: &Item, document: &Document) {
        let word = |key: &str| item.fields.get(key).and_then(Value::as_str).unwrap_or_default();
        let label = match item.layer {
            Layer::Mention => capital(word("form")),
            Layer::Stance => "Stance".to_owned(),
            Layer::Citation => "Citation".to_owned(),
        };
        let (places, texts): (Vec<_>, Vec<_>) = fragments(document, item.span)
            .map(|(span, text)| (format!("{} {}", span.start, span.end), text))
            .unzip();
        let _ = writeln!(self.out, "T{number}\t{label} {}\t{}", places.join(";"), texts.join(" "));
        for key in attributes(item.layer) {
            self.attributes += 1;
            let _ = writeln!(self.out, "A{}\t{} T{number} {}", self.attributes, capital(key), word(key));
        }
    }

    /// What of a record, and of the agency whose first mention it is, has no other place.
    fn note(&mut self, number: usize, item: &Item, agency: Option<&Map<String, Value>>) {
        let mut rest = item.fields.clone();
        if item.layer == Layer::Mention {
            rest.remove("form");
        }
        for key in attributes(item.layer) {
            rest.remove(*key);
        }
        let mut note = Map::new();
        if let Some(agency) = agency {
            note.insert("agency".into(), Value::Object(agency.clone()));
        }
        if !rest.is_empty() {
            note.insert("record".into(), Value::Object(rest));
        }
        if note.is_empty() {
            return;
        }
        self.notes += 1;
        let json = Value::Object(note).to_string();
        let _ = write!(self.out, "#{}\tAnnotatorNotes T{number}\t", self.notes);
        for c in json.chars() {
            if is_break(c) {
                let _ = write!(self.out, "\\u{:04x}", u32::from(c));
            } else {
                self.out.push(c);
            }
        }
        self.out.push('\n');
    }
}

/// The stretches of a span between line breaks.
fn fragments(document: &Document, span: CharSpan) -> impl Iterator<Item = (CharSpan, &str)> {
    let mut at = span.start;
    document.quote(span).unwrap_or_default().split(is_break).filter_map(move |text| {
        let start = at;
        let end = start + text.chars().count() as u32;
        at = end + 1;
        (start < end).then(|| (CharSpan::new(start, end), text))
    })
}

pub(crate) fn import(inputs: &[Input], texts: &Texts<'_>) -> Vec<Draft> {
    let annotations = inputs.iter().filter(|input| extension(&input.name) == "ann");
    annotations.map(|input| one(input, texts)).collect()
}

/// The document that a file is about: its name without folder and ending.
pub(crate) fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// How a file's name ends, behind the last full stop.
fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// A text-bound line while its attributes are gathered.
struct Bound {
    item: Item,
    origin: Origin,
}

fn one(input: &Input, texts: &Texts<'_>) -> Draft {
    let lines = Lines::new(&input.contents);
    let origin = |index: usize| Origin { file: input.name.clone(), place: Some(lines.line(index)) };
    let whole = Origin { file: input.name.clone(), place: None };
    let mut draft = Draft { origin: whole, document: stem(&input.name).to_owned(), ..Draft::default() };
    let Some(document) = draft.text(texts) else { return draft };
    let mut bound: Vec<(String, Bound)> = Vec::new();
    let mut rest: Vec<(usize, &str)> = Vec::new();
    for (index, line) in input.contents.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.starts_with('T') {
            match text_bound(line, &origin(index), document) {
                Ok((id, item)) => bound.push((id, Bound { item, origin: origin(index) })),
                Err(finding) => draft.diagnostics.push(finding),
            }
        } else if !line.trim().is_empty() {
            rest.push((index, line));
        }
    }
    let ids: HashMap<String, usize> =
        bound.iter().enumerate().map(|(index, (id, _))| (id.clone(), index)).collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut holders: Vec<(usize, usize)> = Vec::new();
    let mut agencies: HashMap<usize, (Map<String, Value>, Origin)> = HashMap::new();
    for (index, line) in rest {
        let result = attach(line, &ids, &mut bound, &mut groups, &mut holders)
            .map(|agency| agency.map(|(at, agency)| agencies.insert(at, (agency, origin(index)))));
        if let Err((message, help)) = result {
            draft.diagnostics.push(origin(index).error("syntax", message, help));
        }
    }
    gather(&mut draft, document, bound, &groups, &holders, agencies);
    draft
}

/// Puts mentions into their agencies and stances to their holders.
fn gather(
    draft: &mut Draft,
    document: &Document,
    mut bound: Vec<(String, Bound)>,
    groups: &[Vec<usize>],
    holders: &[(usize, usize)],
    mut agencies: HashMap<usize, (Map<String, Value>, Origin)>,
) {
    let mut grouped: Vec<Vec<usize>> = groups.to_vec();
    for (index, (_, _one)) in bound.iter().enumerate() {
        let alone = bound[index].1.item.layer == Layer::Mention
            && !grouped.iter().any(|group| group.contains(&index));
        if alone {
            grouped.push(vec![index]);
        }
    }
    for group in &grouped {
        let known = group.iter().find_map(|index| agencies.remove(index));
        let id = if let Some((agency, origin)) = known {
            let id = agency.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            draft.agencies.push((agency, origin));
            id
        } else {
            let Some(&first) = group.first() else { continue };
            let quote = document.quote(bound[first].1.item.span).unwrap_or_default().to_owned();
            let origin = bound[first].1.origin.clone();
            draft.invent(&quote, None, &origin)
        };
        for &index in group {
            bound[index].1.item.agency = Some(id.clone());
        }
    }
    for &(stance, mention) in holders {
        let holder = bound[mention].1.item.agency.clone();
        bound[stance].1.item.agency = holder;
    }
    for (_, Bound { item, origin }) in bound {
        if item.layer == Layer::Stance && item.agency.is_none() {
            let help = "add a Holder relation from the stance to a mention";
            draft.diagnostics.push(origin.error("missing-key", "nobody holds this stance", help));
        }
        draft.items.push((item, origin));
    }
}

fn text_bound(
    line: &str,
    origin: &Origin,
    document: &Document,
) -> Result<(String, Item), goldrule_schema::Diagnostic> {
    let wrong = |message: &str| {
        let help = "a text-bound line is `T1`, a tab, the type with its offsets, a tab and the text";
        origin.error("syntax", message, help)
    };
    let mut columns = line.splitn(3, '\t');
    let (Some(id), Some(middle), Some(text)) = (columns.next(), columns.next(), columns.next()) else {
        return Err(wrong("this line has not three columns"));
    };
    let (label, places) = middle.split_once(' ').ok_or_else(|| wrong("there are no offsets here"))?;
    let mut spans = Vec::new();
    for place in places.split(';') {
        let pair = place.split_once(' ').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
        let Some((start, end)) = pair else { return Err(wrong(&format!("`{place}` are no offsets"))) };
        spans.push((start, end));
    }
    let (start, end) = (spans[0].0, spans[spans.len() - 1].1);
    let quote = (spans.len() == 1).then_some(text);
    let span = origin.located(document, Unit::CodePoints, (start, end), quote)?;
    let gaps = spans.windows(2).all(|pair| {
        let gap: Option<&str> =
            (pair[0].1 <= pair[1].0).then(|| document.quote(CharSpan::new(pair[0].1, pair[1].0))).flatten();
        gap.is_some_and(|gap| !gap.is_empty() && gap.chars().all(is_break))
    });
    if !gaps {
        let message = "the fragments of this span have words between them";
        let help = "gold has spans without gaps: mark the whole stretch, or two records";
        return Err(origin.error("bad-span", message, help));
    }
    let joined: Vec<_> = fragments(document, span).map(|(_, text)| text).collect();
    if spans.len() > 1 && joined.join(" ") != text {
        let message = format!("the text at {places} is {:?}, the quote {text:?}", joined.join(" "));
        return Err(origin.error(
            "quote-mismatch",
            message,
            "offsets are counted in code points on the text as it is",
        ));
    }
    let mut fields = Map::new();
    let layer = match label {
        "Stance" => Layer::Stance,
        "Citation" => Layer::Citation,
        form => {
            fields.insert("form".into(), json!(form.to_lowercase()));
            Layer::Mention
        }
    };
    Ok((id.to_owned(), Item { layer, span, agency: None, fields }))
}

type Wrong = (String, &'static str);
type Agency = Option<(usize, Map<String, Value>)>;

/// Adds what a line other than a text-bound one says.
fn attach(
    line: &str,
    ids: &HashMap<String, usize>,
    bound: &mut [(String, Bound)],
    groups: &mut Vec<Vec<usize>>,
    holders: &mut Vec<(usize, usize)>,
) -> Result<Agency, Wrong> {
    let known = |id: &str| {
        let help = "every id on the line must be that of a text-bound line of the file";
        ids.get(id).copied().ok_or_else(|| (format!("there is no `{id}` here"), help))
    };
    let mut columns = line.splitn(3, '\t');
    let (id, middle) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
    let mut words = middle.split_whitespace();
    let kind = words.next().unwrap_or_default();
    match id.chars().next() {
        Some('A' | 'M') => {
            let (target, value) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let at = known(target)?;
            bound[at].1.item.fields.insert(kind.to_lowercase(), json!(value));
        }
        Some('*') => {
            let group = words.map(known).collect::<Result<Vec<_>, _>>()?;
            // Sets that share a mention are one agency.
            let (shared, mut apart): (Vec<_>, Vec<_>) =
                groups.drain(..).partition(|other: &Vec<usize>| other.iter().any(|at| group.contains(at)));
            let mut joined: Vec<usize> = shared.into_iter().flatten().chain(group).collect();
            joined.sort_unstable();
            joined.dedup();
            apart.push(joined);
            *groups = apart;
        }
        Some('R') => {
            let argument = |word: Option<&str>| {
                let word = word.unwrap_or_default();
                known(word.split_once(':').map_or(word, |(_, id)| id))
            };
            let (from, to) = (argument(words.next())?, argument(words.next())?);
            holders.push((from, to));
        }
        Some('#') => {
            let at = known(words.next().unwrap_or_default())?;
            let text = columns.next().unwrap_or_default();
            let Ok(Value::Object(mut note)) = serde_json::from_str(text) else {
                // A note that a person wrote stays with the record.
                bound[at].1.item.fields.insert("note".into(), json!(text));
                return Ok(None);
            };
            if let Some(Value::Object(record)) = note.remove("record") {
                bound[at].1.item.fields.extend(record);
            }
            if let Some(Value::Object(agency)) = note.remove("agency") {
                return Ok(Some((at, agency)));
            }
        }
        _ => {
            let help = "goldrule reads T, A, M, R, * and # lines; take the others out";
            return Err((format!("`{id}` is no line that goldrule knows"), help));
        }
    }
    Ok(None)
}
