//! The JSON Schema of annotation files, for editors that complete and validate.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

use crate::vocabulary::{AgencyKind, Attribution, CitationKind, Form, Position, Status, Topic};

/// What one document contains: agencies, stances and legal citations.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only the schema of these types is used")]
struct File {
    /// The place of this schema.
    #[serde(rename = "$schema")]
    schema: Option<String>,
    /// Always 1.
    #[schemars(range(min = 1, max = 1))]
    schema_version: u32,
    /// The document's file name without `.txt`.
    document: String,
    meta: Option<Meta>,
    /// Agencies, by first mention.
    agencies: Vec<Agency>,
    /// Stances, by place.
    stances: Vec<Stance>,
    /// Citations, by place.
    citations: Vec<Citation>,
}

/// Where the records come from and what state they are in.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only the schema of these types is used")]
struct Meta {
    /// SHA-256 of the text, in lower-case hexadecimal.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    text_sha256: Option<String>,
    /// Version of the guidelines followed.
    guidelines: Option<String>,
    status: Option<Status>,
    /// Who annotated.
    annotators: Option<Vec<String>>,
    /// Whether suggestions were shown while annotating.
    assisted: Option<bool>,
    /// `withheld` where the text may not be shipped; records then carry offsets without `text`.
    quotes: Option<Quotes>,
    /// The program that wrote the file.
    generator: Option<String>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "only the schema of these types is used")]
enum Quotes {
    Withheld,
}

/// One public body with all its mentions.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only the schema of these types is used")]
struct Agency {
    /// A slug unique in the file, such as `stockton-pd`.
    id: String,
    /// The full official name.
    name: String,
    kind: AgencyKind,
    /// Open Civic Data division id.
    #[schemars(regex(pattern = "^ocd-division/country:us"))]
    jurisdiction: Option<String>,
    mentions: Vec<Mention>,
    /// The rule that made the record.
    rule: Option<String>,
}

/// Where a record stands: offsets, or a quote from which they are worked out.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only the schema of these types is used")]
struct Place {
    /// Exactly the characters from `start` to `end`.
    text: Option<String>,
    /// First code point inside, from 0.
    start: Option<u32>,
    /// First code point outside.
    end: Option<u32>,
    /// Which of several occurrences of `text` is meant, from 1.
    #[schemars(range(min = 1))]
    occurrence: Option<u32>,
    /// The characters right before the quote.
    before: Option<String>,
    /// The characters right after the quote.
    after: Option<String>,
}

/// One place where the text names an agency.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only the schema of these types is used")]
struct Mention {
    id: Option<String>,
    #[serde(flatten)]
    place: Place,
    form: Form,
    rule: Option<String>,
}

/// One agency's position on one topic, with the text that states it.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only the schema of these types is used")]
struct Stance {
    id: Option<String>,
    /// `id` of the agency that holds it.
    agency: String,
    topic: Topic,
    position: Position,
    attribution: Attribution,
    #[serde(flatten)]
    place: Place,
    rule: Option<String>,
}

/// One reference to a legal authority.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only the schema of these types is used")]
struct Citation {
    id: Option<String>,
    #[serde(flatten)]
    place: Place,
    kind: CitationKind,
    /// Canonical id of the authority, such as `/us/usc/t8/s1373`.
    #[schemars(regex(pattern = "^/us[-/]"))]
    canonical: Option<String>,
    rule: Option<String>,
}

/// The JSON Schema (draft 2020-12) of annotation files, as `annotations/schema.json` holds it.
///
/// ```
/// assert!(goldrule_schema::json_schema().contains("\"agencies\""));
/// ```
pub fn json_schema() -> String {
    let schema: Schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<File>();
    let json = serde_json::to_string_pretty(&schema).unwrap_or_default();
    json + "\n"
}
