//! The routes: requests in, JSON out. Offsets are code points.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, middleware};
use goldrule_schema::{AgencyKind, Attribution, CitationKind, Form, Position, Status, Topic};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::assets;
use crate::guard::{Guard, LARGEST_BODY, stand};
use crate::journal::Entry;
use crate::merge::disputes;
use crate::open::{Open, Refused};
use crate::record::records;
use crate::store::{Room, Store};
use crate::suggest;

/// How long after the last entry the file is written, and how long at most it waits.
const CALM: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(2);
/// How long a window waits for news before it asks again.
const PATIENCE: Duration = Duration::from_secs(20);

type Shared = State<Arc<Store>>;
type Answer = Result<Json<Value>, Fault>;

/// An answer that tells what was wrong.
pub(crate) struct Fault(pub(crate) StatusCode, pub(crate) Value);

impl Fault {
    fn new(status: StatusCode, why: impl Into<String>) -> Self {
        Self(status, json!({ "error": why.into() }))
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.0, Json(self.1)).into_response()
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string())
    }
}

impl From<JsonRejection> for Fault {
    fn from(error: JsonRejection) -> Self {
        Self::new(error.status(), error.body_text())
    }
}

/// The server's routes behind the guard.
pub(crate) fn routes(store: Arc<Store>, guard: Guard) -> Router {
    Router::new()
        .route("/", get(async || asset("index.html")))
        .route("/assets/{name}", get(async |Path(name): Path<String>| asset(&name)))
        .route("/api/project", get(project))
        .route("/api/documents/{id}", get(document))
        .route("/api/documents/{id}/entries", post(entries))
        .route("/api/documents/{id}/events", get(events))
        .route("/api/documents/{id}/save", post(save))
        .route("/api/documents/{id}/settle", post(settle))
        .route("/api/documents/{id}/suggestions", get(suggest::suggestions))
        .route("/api/documents/{id}/explain", get(suggest::explain))
        .route("/api/documents/{id}/decisions", post(suggest::decide))
        .route("/api/documents/{id}/citation", get(suggest::citation))
        .route("/api/documents/{id}/pairs", get(suggest::pairs))
        .route("/api/documents/{id}/scores", get(suggest::scores))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn_with_state(guard, stand))
        .with_state(store)
}

fn asset(name: &str) -> Response {
    match assets::find(name) {
        Some((kind, contents)) => ([(header::CONTENT_TYPE, kind)], contents).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Runs what reads files or takes its time beside the loop that serves the others.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let crashed = |_| Fault::new(StatusCode::INTERNAL_SERVER_ERROR, "the server failed; nothing was changed");
    tokio::task::spawn_blocking(work).await.map_err(crashed)?
}

async fn project(State(store): Shared) -> Answer {
    aside(move || {
        let documents = store.texts.order.iter().filter_map(|id| {
            let entry = store.text(id)?;
            let row = entry.row.as_ref();
            Some(json!({
                "id": id,
                "title": row.map(|row| row.title.as_str()).filter(|title| !title.is_empty()),
                "genre": row.map(|row| &row.genre),
                "split": entry.split(),
                "length": entry.document().map(goldrule_schema::Document::char_len),
                "standing": store.standing(id),
            }))
        });
        Ok(Json(json!({
            "documents": documents.collect::<Vec<_>>(),
            "guidelines": store.guidelines,
            "annotators": store.folders.annotators.is_some(),
            "annotator": store.annotator,
            "words": {
                "kind": AgencyKind::WORDS,
                "form": Form::WORDS,
                "topic": Topic::WORDS,
                "position": Position::WORDS,
                "attribution": Attribution::WORDS,
                "citation": CitationKind::WORDS,
                "status": Status::WORDS,
            },
        })))
    })
    .await
}

/// The room of a document, or why there is none.
pub(crate) fn room(store: &Store, id: &str) -> Result<Arc<Room>, Fault> {
    if store.text(id).is_none() {
        return Err(Fault::new(StatusCode::NOT_FOUND, "there is no such document"));
    }
    Ok(store.room(id)?)
}

async fn document(State(store): Shared, Path(id): Path<String>) -> Answer {
    aside(move || {
        let room = room(&store, &id)?;
        // What an earlier run left in the journal alone is the annotator's work: it goes into the file.
        if room.open().recovered > 0 {
            room.save();
        }
        let entry = store.text(&id);
        let mut open = room.open();
        let news = news(&open, room.rung(), 0);
        let recovered = std::mem::take(&mut open.recovered);
        Ok(Json(json!({
            "id": id,
            "title": entry.and_then(|entry| entry.row.as_ref()).map(|row| &row.title),
            "split": entry.and_then(goldrule_schema::Entry::split),
            "text": open.document.text(),
            "records": records(&open.set),
            "recovered": recovered,
            "set_aside": open.set_aside,
            "read_only": open.read_only,
            "withheld": open.set.meta.quotes_withheld,
            "news": news,
        })))
    })
    .await
}

/// What happened since entry `since`.
fn news(open: &Open, bell: u64, since: u64) -> Value {
    let new: Vec<&Entry> = open.entries.iter().filter(|entry| entry.seq > since).collect();
    json!({
        "bell": bell,
        "seq": open.seq(),
        "entries": new,
        "saved": open.saved,
        "problems": open.problems,
        "conflicts": disputes(open.conflicts()),
    })
}

async fn entries(
    State(store): Shared,
    Path(id): Path<String>,
    body: Result<Json<Entry>, JsonRejection>,
) -> Answer {
    let Json(entry) = body?;
    let kept = store.clone();
    let name = id.clone();
    let seq = aside(move || {
        let room = room(&store, &id)?;
        let taken = room.open().take(entry);
        let seq = taken.map_err(|refused| {
            let status = match refused {
                Refused::Conflict { .. } => StatusCode::CONFLICT,
                Refused::Closed { .. } => StatusCode::LOCKED,
            };
            Fault(status, json!(refused))
        })?;
        room.wait();
        room.ring();
        Ok(seq)
    })
    .await?;
    tokio::spawn(save_later(kept, name, seq));
    Ok(Json(json!({ "seq": seq })))
}

/// Writes the file when no entry has come for a while, or when the first has waited long enough.
async fn save_later(store: Arc<Store>, id: String, seq: u64) {
    tokio::time::sleep(CALM).await;
    let saved = aside(move || {
        let room = room(&store, &id)?;
        let calm = room.open().seq() == seq;
        if room.waited().is_some_and(|waited| calm || waited >= LONGEST) {
            room.save();
        }
        Ok(())
    });
    // A fault stands in the document's state, which windows are told.
    let _ = saved.await;
}

#[derive(Deserialize)]
struct Since {
    since: u64,
    bell: u64,
}

async fn events(State(store): Shared, Path(id): Path<String>, Query(seen): Query<Since>) -> Answer {
    let found = store.clone();
    let room = aside(move || room(&found, &id)).await?;
    let mut bell = room.listen();
    let _ = tokio::time::timeout(PATIENCE, bell.wait_for(|&count| count != seen.bell)).await;
    aside(move || Ok(Json(news(&room.open(), room.rung(), seen.since)))).await
}

async fn save(State(store): Shared, Path(id): Path<String>) -> Answer {
    aside(move || {
        let room = room(&store, &id)?;
        room.save();
        let open = room.open();
        Ok(Json(news(&open, room.rung(), open.seq())))
    })
    .await
}

#[derive(Deserialize)]
struct Settled {
    conflict: String,
}

async fn settle(
    State(store): Shared,
    Path(id): Path<String>,
    body: Result<Json<Settled>, JsonRejection>,
) -> Answer {
    let Json(settled) = body?;
    aside(move || {
        let room = room(&store, &id)?;
        room.open().settle(&settled.conflict)?;
        room.ring();
        let open = room.open();
        Ok(Json(news(&open, room.rung(), open.seq())))
    })
    .await
}
