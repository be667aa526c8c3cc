//! What the editor knows about a text besides its records: what the rules suggest and why, what two
//! annotators say, and how all that agrees.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use goldrule_extractor::citation::CanonicalId;
use goldrule_harness::is_open;
use goldrule_harness::scorer::{Measure, Score, score_document};
use goldrule_schema::{AnnotationSet, CharSpan, Document};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::adjudicate;
use crate::api::{Fault, aside, room};
use crate::decisions::{self, Origin, Rejection};
use crate::record::{Record, records};
use crate::store::Store;

type Shared = State<Arc<Store>>;
type Answer = Result<Json<Value>, Fault>;

fn missing() -> Fault {
    Fault(StatusCode::NOT_FOUND, json!({ "error": "there is no such document" }))
}

/// Refuses to say what the rules find in a document that is kept for measuring them, as `goldrule review` does.
fn ask_rules(store: &Store, id: &str) -> Result<(), Fault> {
    let split = store.text(id).and_then(goldrule_schema::Entry::split);
    if store.reveal || is_open(split) {
        return Ok(());
    }
    let why = format!(
        "Withheld: documents of the split {} measure the rules, so what the rules find there is not shown to who \
         writes rules (goldrule edit --reveal shows it all the same)",
        split.unwrap_or_default()
    );
    Err(Fault(StatusCode::FORBIDDEN, json!({ "error": why })))
}

/// Everything the rules find in a text, with what each rule is for, and what was rejected of it.
pub(crate) async fn suggestions(State(store): Shared, Path(id): Path<String>) -> Answer {
    aside(move || {
        let document = store.document(&id).ok_or_else(missing)?;
        ask_rules(&store, &id)?;
        let set = store.extractor().extract(document);
        let found: Vec<Record> =
            records(&set).into_iter().filter(|record| !matches!(record, Record::Meta(_))).collect();
        let says: BTreeMap<&str, &str> =
            store.extractor().rules().rules.iter().map(|rule| (&*rule.id, rule.say.as_str())).collect();
        let named = found.iter().map(|record| (record.clone(), holder(record, &[&set]))).collect();
        let gold = room(&store, &id)?.open().set.clone();
        let rejected = store.rejected(&id, Origin::Suggestion, named, &gold)?;
        Ok(Json(json!({ "records": found, "rejected": rejected, "says": says })))
    })
    .await
}

/// Name of the agency that a record speaks of.
fn holder(record: &Record, sets: &[&AnnotationSet]) -> Option<String> {
    let id = match record {
        Record::Mention(mention) => &mention.agency,
        Record::Stance(stance) => &stance.agency,
        Record::Agency(agency) => return Some(agency.name.clone()),
        Record::Citation(_) | Record::Meta(_) => return None,
    };
    sets.iter().find_map(|set| set.agency(id)).map(|agency| agency.name.clone())
}

#[derive(Deserialize)]
pub(crate) struct At {
    at: u32,
}

/// Why the rules find what they find in the sentence at a code point.
pub(crate) async fn explain(State(store): Shared, Path(id): Path<String>, Query(at): Query<At>) -> Answer {
    aside(move || {
        let document = store.document(&id).ok_or_else(missing)?;
        ask_rules(&store, &id)?;
        Ok(Json(json!(store.extractor().explain(document, Some(at.at.min(document.char_len()))))))
    })
    .await
}

/// Rejects a suggestion, or takes that back.
pub(crate) async fn decide(
    State(store): Shared,
    Path(id): Path<String>,
    body: Result<Json<Rejection>, JsonRejection>,
) -> Answer {
    let Json(rejection) = body?;
    aside(move || {
        let document = store.document(&id).ok_or_else(missing)?;
        let room = room(&store, &id)?;
        let gold = room.open().set.clone();
        decisions::add(&store.decisions(&id)?, &rejection, store.annotator.as_deref(), &gold, document)?;
        room.ring();
        Ok(Json(json!({})))
    })
    .await
}

#[derive(Deserialize)]
pub(crate) struct Place {
    start: u32,
    end: u32,
    #[serde(default)]
    canonical: Option<String>,
}

/// Kind and canonical id that the grammar reads at a place, and what is wrong with an id that was typed.
pub(crate) async fn citation(
    State(store): Shared,
    Path(id): Path<String>,
    Query(place): Query<Place>,
) -> Answer {
    aside(move || {
        let document = store.document(&id).ok_or_else(missing)?;
        let fault = place.canonical.as_deref().filter(|typed| !typed.is_empty());
        let fault = fault.and_then(|typed| Some(typed.parse::<CanonicalId>().err()?.to_string()));
        let span = (place.start < place.end).then(|| CharSpan::new(place.start, place.end));
        let read = span.and_then(|span| read(&store, document, span));
        let (kind, canonical) = read.unwrap_or_default();
        Ok(Json(json!({ "kind": kind, "canonical": canonical, "fault": fault })))
    })
    .await
}

type ReadCitation = (Option<&'static str>, Option<String>);

fn read(store: &Store, document: &Document, span: CharSpan) -> Option<ReadCitation> {
    let bytes = document.bytes(span)?;
    let told = |citation: &goldrule_extractor::citation::Citation<'_>| {
        (Some(citation.kind.as_str()), citation.canonical())
    };
    let whole = store.extractor().citations(document);
    if let Some(citation) = whole.iter().find(|citation| citation.span == bytes) {
        return Some(told(citation));
    }
    let alone = Document::new("", document.quote(span)?);
    let citations = store.extractor().citations(&alone);
    citations.iter().find(|citation| citation.span.len() == bytes.len()).map(told)
}

/// The two annotators' records, those of one thing together.
pub(crate) async fn pairs(State(store): Shared, Path(id): Path<String>) -> Answer {
    aside(move || {
        store.document(&id).ok_or_else(missing)?;
        let sets = store.annotators(&id).map_err(|findings| {
            let first = findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
            let why = format!("an annotator's file has errors: {first}");
            Fault(StatusCode::UNPROCESSABLE_ENTITY, json!({ "error": why }))
        })?;
        let [a, b] = sets.ok_or_else(|| {
            let why = "there are no files of two annotators for this document";
            Fault(StatusCode::NOT_FOUND, json!({ "error": why }))
        })?;
        let names = store.folders.annotators.as_ref().map(|folders| {
            folders
                .clone()
                .map(|folder| folder.file_name().unwrap_or_default().to_string_lossy().into_owned())
        });
        let pairs = adjudicate::pairs(&a, &b);
        // The second's records may go by the first's ids: the first's names are looked at first.
        let sides = pairs.iter().flat_map(|pair| [&pair.a, &pair.b]).flatten();
        let named = sides.map(|record| (record.clone(), holder(record, &[&a, &b]))).collect();
        let gold = room(&store, &id)?.open().set.clone();
        let rejected = store.rejected(&id, Origin::Comparison, named, &gold)?;
        Ok(Json(json!({ "pairs": pairs, "names": names, "rejected": rejected })))
    })
    .await
}

const SHOWN: [(&str, Measure); 6] = [
    ("mentions", Measure::MentionStrict),
    ("grouping of mentions", Measure::MentionB3),
    ("agencies found", Measure::EntityFound),
    ("stances: holder, topic, position", Measure::StanceTuple),
    ("stances with evidence", Measure::StanceEvidenceTuple),
    ("citations with kind", Measure::CitationStrictKind),
];

/// How well the rules reproduce the records, and how well the annotators agree.
pub(crate) async fn scores(State(store): Shared, Path(id): Path<String>) -> Answer {
    aside(move || {
        let document = store.document(&id).ok_or_else(missing)?;
        ask_rules(&store, &id)?;
        let gold = room(&store, &id)?.open().set.clone();
        let rules = score_document(id.as_str(), &gold, &store.extractor().extract(document)).score;
        let annotators = store.annotators(&id).ok().flatten();
        let agreement = annotators.map(|[a, b]| score_document(id.as_str(), &a, &b).score);
        let figure = |score: &Score, measure| score.measure(measure).f1();
        let rows = SHOWN.iter().map(|&(name, measure)| {
            let agreement = agreement.as_ref().and_then(|score| figure(score, measure));
            json!({ "name": name, "rules": figure(&rules, measure), "agreement": agreement })
        });
        Ok(Json(json!({ "rows": rows.collect::<Vec<_>>(), "annotators": agreement.is_some() })))
    })
    .await
}
