//! Reads annotation files and reports everything that is wrong with them at once.
//!
//! The file is parsed to a tree with places ([`jsonc_parser`], in its strict mode: it keeps the range of
//! every value and every duplicate key, where `serde_json` keeps neither), and each record is taken from
//! the tree with its own findings, so that one fault does not hide the next. Sound files, which most are, come
//! by the same tree more quickly ([`tree`]).

mod anchor;
mod checks;
mod fields;
mod tree;

use jsonc_parser::ast::Value;
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions};

use crate::diagnostic::{Diagnostic, Lines, Place, Severity, without_mark};
use crate::document::Document;
use crate::model::{Agency, AnnotationSet, Citation, Mention, Meta, Stance};
use fields::Fields;

pub use anchor::mismatch_help;

/// What reading a file gave.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The records that could be read; `None` where the file is not JSON at all.
    pub set: Option<AnnotationSet>,
    /// Everything that is wrong, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the records of the set stand in the file.
    pub places: RecordPlaces,
}

/// Where the records of a set stand in its file, each list in the order of the set's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordPlaces {
    /// The ids of agencies.
    pub agencies: Vec<Place>,
    /// The mentions of each agency.
    pub mentions: Vec<Vec<Place>>,
    /// The names that stances give their agencies.
    pub stances: Vec<Place>,
    /// The citations.
    pub citations: Vec<Place>,
}

impl Reading {
    /// The set where nothing is wrong with the file but what deserves a warning.
    ///
    /// # Errors
    /// All findings, where one of them is an error.
    pub fn accepted(self) -> Result<AnnotationSet, Vec<Diagnostic>> {
        let refused = self.diagnostics.iter().any(Diagnostic::is_error);
        match self.set {
            Some(set) if !refused => Ok(set),
            _ => Err(self.diagnostics),
        }
    }
}

/// Reads an annotation file. `file` is its name in findings; with the `document` at hand offsets and
/// quotes are checked against its text, and quotes without offsets are placed.
///
/// ```
/// use goldrule_schema::{read_annotations, Document};
///
/// let document = Document::new("note", "Troy police do not ask.");
/// let source = r#"{ "schema_version": 1, "document": "note", "agencies": [
///   { "id": "troy-pd", "name": "Troy Police Department", "kind": "police",
///     "mentions": [ { "text": "Troy police", "form": "name" } ] } ], "stances": [], "citations": [] }"#;
/// let set = read_annotations("note.json", source, Some(&document)).accepted().unwrap();
/// assert_eq!(set.agencies[0].mentions[0].span.end, 11);
/// ```
pub fn read_annotations(file: &str, source: &str, document: Option<&Document>) -> Reading {
    read(file, source, document, false).0
}

/// Reads a file; with `mends`, spans of edited quotes are moved where that is safe, and notes say so.
pub(crate) fn read(
    file: &str,
    source: &str,
    document: Option<&Document>,
    mends: bool,
) -> (Reading, Vec<String>) {
    let mut reader = Reader {
        file,
        lines: Lines::new(source),
        document,
        withheld: false,
        mends,
        notes: Vec::new(),
        diagnostics: Vec::new(),
        places: Places::default(),
    };
    let set = reader.file(without_mark(source));
    let mut diagnostics = reader.diagnostics;
    diagnostics.sort_by_key(|finding| finding.place.map(|place| (place.start, place.end)));
    let place = |ranges: &[Range]| -> Vec<Place> {
        ranges.iter().map(|range| reader.lines.place(range.start, range.end)).collect()
    };
    let places = RecordPlaces {
        agencies: place(&reader.places.agencies),
        mentions: reader.places.mentions.iter().map(|ranges| place(ranges)).collect(),
        stances: place(&reader.places.stances),
        citations: place(&reader.places.citations),
    };
    (Reading { set, diagnostics, places }, reader.notes)
}

/// JSON and nothing beyond.
fn strict() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// Where the records of a set stand in the file, for checks across records.
#[derive(Default)]
struct Places {
    agencies: Vec<Range>,
    mentions: Vec<Vec<Range>>,
    stances: Vec<Range>,
    citations: Vec<Range>,
    /// Agency ids, those of agencies with faults included, so that one fault is not reported twice.
    agency_ids: Vec<String>,
    /// Record ids and where they stand.
    ids: Vec<(String, Range)>,
}

struct Reader<'a> {
    file: &'a str,
    lines: Lines<'a>,
    document: Option<&'a Document>,
    withheld: bool,
    /// Whether a span whose quote was edited is moved to the one overlapping match.
    mends: bool,
    notes: Vec<String>,
    diagnostics: Vec<Diagnostic>,
    places: Places,
}

impl<'a> Reader<'a> {
    fn report(&mut self, severity: Severity, code: &'static str, range: Range, message: String, help: &str) {
        self.diagnostics.push(Diagnostic {
            code,
            severity,
            message,
            help: help.to_owned(),
            file: self.file.to_owned(),
            place: Some(self.lines.place(range.start, range.end)),
        });
    }

    fn error(&mut self, code: &'static str, range: Range, message: impl Into<String>, help: &str) {
        self.report(Severity::Error, code, range, message.into(), help);
    }

    fn warning(&mut self, code: &'static str, range: Range, message: impl Into<String>, help: &str) {
        self.report(Severity::Warning, code, range, message.into(), help);
    }

    fn file(&mut self, source: &'a str) -> Option<AnnotationSet> {
        let value = tree::parse(source).or_else(|| self.tree(source))?;
        let mut fields = self.fields(&value, "annotation file")?;
        let mut set =
            AnnotationSet { schema: self.string(&mut fields, "$schema"), ..AnnotationSet::default() };
        self.version(&mut fields);
        if let Some((name, range)) = self.required_string(&mut fields, "document") {
            self.check_document(&name, range);
            set.document = name;
        }
        if let Some(meta) = fields.take("meta") {
            set.meta = self.meta(meta).unwrap_or_default();
        }
        let value = self.required(&mut fields, "agencies");
        for agency in self.list(value, "agencies") {
            set.agencies.extend(self.agency(agency));
        }
        let value = self.required(&mut fields, "stances");
        for stance in self.list(value, "stances") {
            set.stances.extend(self.stance(stance));
        }
        let value = self.required(&mut fields, "citations");
        for citation in self.list(value, "citations") {
            set.citations.extend(self.citation(citation));
        }
        set.extra = self.rest(fields);
        self.check_set(&set);
        Some(set)
    }

    /// The tree of a file that may be no JSON; what is wrong with it is reported.
    fn tree(&mut self, source: &'a str) -> Option<Value<'a>> {
        let value = match jsonc_parser::parse_to_ast(source, &CollectOptions::default(), &strict()) {
            Ok(parsed) => parsed.value,
            Err(error) => {
                let range = error.range();
                let length = source.trim_end().len();
                let open = error.kind().to_string().starts_with("Unterminated");
                let cut = range.start >= length || open && range.end >= length;
                let hint = if cut {
                    "the file seems to be cut off; restore it from git"
                } else {
                    "mend the JSON here"
                };
                self.error("syntax", range, format!("not JSON: {}", error.kind()), hint);
                return None;
            }
        };
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(source)
            && value.is_some()
        {
            self.strictness(source, &error);
            return None;
        }
        if value.is_none() {
            let whole = Range { start: 0, end: source.len().min(1) };
            let help = "write an annotation set, as in the guidelines, section 4";
            self.error("syntax", whole, "the file is empty", help);
        }
        value
    }

    /// Reports what the parser with places lets pass and other programs would not: control characters
    /// within strings and the like.
    fn strictness(&mut self, source: &str, error: &serde_json::Error) {
        let line =
            source.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
        let start = source.floor_char_boundary(line + error.column().saturating_sub(1));
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        let range = Range { start, end: source.len().min(start + 1) };
        self.error("syntax", range, format!("not JSON: {message}"), "mend the JSON here");
    }

    fn version(&mut self, fields: &mut Fields<'a, '_>) {
        let Some(value) = self.required(fields, "schema_version") else { return };
        if !matches!(value, Value::NumberLit(number) if number.value == "1") {
            let help = "write 1, or read the file with the goldrule that wrote it";
            self.error("schema-version", value.range(), "the schema version is not 1", help);
        }
    }

    fn meta(&mut self, value: &Value<'a>) -> Option<Meta> {
        let mut fields = self.fields(value, "meta")?;
        let mut meta = Meta {
            text_sha256: None,
            guidelines: self.string(&mut fields, "guidelines"),
            status: None,
            annotators: Vec::new(),
            assisted: None,
            quotes_withheld: false,
            generator: self.string(&mut fields, "generator"),
            ..Meta::default()
        };
        if let Some(hash) = fields.take("text_sha256") {
            meta.text_sha256 = self.as_string(hash, "text_sha256");
            self.check_hash(meta.text_sha256.as_deref(), hash.range());
        }
        if let Some(status) = fields.take("status")
            && let Some(word) = self.as_string(status, "status")
        {
            meta.status = self.parse_word(&word, status.range());
        }
        let annotators = fields.take("annotators");
        for annotator in self.list(annotators, "annotators") {
            meta.annotators.extend(self.as_string(annotator, "annotators"));
        }
        match fields.take("assisted") {
            Some(Value::BooleanLit(assisted)) => meta.assisted = Some(assisted.value),
            Some(other) => self.wrong_type(other, "`assisted`", "true or false"),
            None => {}
        }
        if let Some(quotes) = fields.take("quotes") {
            match self.as_string(quotes, "quotes").as_deref() {
                Some("withheld") => meta.quotes_withheld = true,
                Some(word) => {
                    let message = format!("`{word}` is not a way to treat quotes");
                    self.error(
                        "unknown-word",
                        quotes.range(),
                        message,
                        "write `withheld`, or leave the key out",
                    );
                }
                None => {}
            }
        }
        self.withheld = meta.quotes_withheld;
        if meta.quotes_withheld && meta.text_sha256.is_none() {
            let help = "add `text_sha256`, so that the text can be told when it is at hand";
            let message = "quotes are withheld and the text's hash is missing";
            self.error(
                "quotes-withheld",
                Range { start: fields.range().start, end: fields.range().start + 1 },
                message,
                help,
            );
        }
        meta.extra = self.rest(fields);
        Some(meta)
    }

    fn agency(&mut self, value: &Value<'a>) -> Option<Agency> {
        let mut fields = self.fields(value, "agency")?;
        let id = self.required_string(&mut fields, "id");
        self.places.agency_ids.extend(id.iter().map(|(id, _)| id.clone()));
        let name = self.required_string(&mut fields, "name");
        let kind = self.word(&mut fields, "kind");
        let jurisdiction = fields.take("jurisdiction").and_then(|value| {
            let id = self.as_string(value, "jurisdiction")?;
            self.check_jurisdiction(&id, value.range());
            Some(id)
        });
        let rule = self.string(&mut fields, "rule");
        let list = self.required(&mut fields, "mentions");
        let mut mentions = Vec::new();
        let mut ranges = Vec::new();
        for value in self.list(list, "mentions") {
            if let Some(mention) = self.mention(value) {
                mentions.push(mention);
                ranges.push(value.range());
            }
        }
        let extra = self.rest(fields);
        let ((id, range), (name, _)) = (id?, name?);
        self.places.agencies.push(range);
        self.places.mentions.push(ranges);
        Some(Agency { id, name, kind: kind?, jurisdiction, mentions, rule, extra }).or_else(|| {
            self.places.agencies.pop();
            self.places.mentions.pop();
            None
        })
    }

    fn mention(&mut self, value: &Value<'a>) -> Option<Mention> {
        let mut fields = self.fields(value, "mention")?;
        let id = self.record_id(&mut fields);
        let form = self.word(&mut fields, "form");
        let anchored = self.anchored(&mut fields);
        let rule = self.string(&mut fields, "rule");
        let extra = self.rest(fields);
        let anchored = anchored?;
        Some(Mention { id, span: anchored.span, text: anchored.text, form: form?, rule, extra })
    }

    fn stance(&mut self, value: &Value<'a>) -> Option<Stance> {
        let mut fields = self.fields(value, "stance")?;
        let id = self.record_id(&mut fields);
        let agency = self.required_string(&mut fields, "agency");
        let topic = self.word(&mut fields, "topic");
        let position = self.word(&mut fields, "position");
        let attribution = self.word(&mut fields, "attribution");
        let anchored = self.anchored(&mut fields);
        let rule = self.string(&mut fields, "rule");
        let extra = self.rest(fields);
        let ((agency, range), anchored) = (agency?, anchored?);
        let stance = Stance {
            id,
            agency,
            topic: topic?,
            position: position?,
            attribution: attribution?,
            span: anchored.span,
            text: anchored.text,
            rule,
            extra,
        };
        self.places.stances.push(range);
        Some(stance)
    }

    fn citation(&mut self, value: &Value<'a>) -> Option<Citation> {
        let mut fields = self.fields(value, "citation")?;
        let id = self.record_id(&mut fields);
        let kind = self.word(&mut fields, "kind");
        let canonical = fields.take("canonical").and_then(|value| {
            let id = self.as_string(value, "canonical")?;
            self.check_canonical(&id, value.range());
            Some(id)
        });
        let anchored = self.anchored(&mut fields);
        let rule = self.string(&mut fields, "rule");
        let extra = self.rest(fields);
        let (anchored, kind) = (anchored?, kind?);
        self.places.citations.push(value.range());
        Some(Citation { id, span: anchored.span, text: anchored.text, kind, canonical, rule, extra })
    }

    fn record_id(&mut self, fields: &mut Fields<'a, '_>) -> Option<String> {
        let value = fields.take("id")?;
        let id = self.as_string(value, "id")?;
        if self.places.ids.iter().any(|(known, _)| *known == id) {
            self.error(
                "duplicate-id",
                value.range(),
                format!("the id `{id}` is given twice"),
                "give each record an id of its own",
            );
        }
        self.places.ids.push((id.clone(), value.range()));
        Some(id)
    }
}
