//! The annotator's page.
//!
//! [`Editor`] serves one page on loopback: the texts of a project, their records, and everything that is
//! done to them, by keyboard or mouse. Its result is the gold file and nothing else; there is no database.
//!
//! What an annotator does is an [`Entry`]: a list of [`Change`]s, each a record put in, taken out or put in
//! another's place. An entry is written to the document's journal before it is answered, and the gold file
//! is replaced whole a moment later, with the writer of the schema crate and after its checker has spoken.
//! Undoing is an entry too, so that undo and redo need no memory but the journal, and reach back to its
//! beginning, whichever window or run that was in.
//!
//! The gold file belongs to git and to whoever edits it. It is replaced only where it still holds what was
//! last read or written; otherwise both sides are merged by record, and what cannot be merged is shown.
//! Opening a document writes nothing. One server at a time has a folder of annotations (`hold`).
//!
//! The server answers only the page it gave out (`guard`), knows only the documents of the folders it was
//! started with, and follows no link that leads out of them.
//!
//! ```
//! use goldrule_editor::{Change, Record, apply, records};
//! use goldrule_schema::{AnnotationSet, Document};
//!
//! let document = Document::new("memo", "See 8 U.S.C. § 1373.");
//! let mut set = AnnotationSet::new("memo");
//! let json = r#"{ "layer": "citation", "start": 4, "end": 19, "kind": "statute" }"#;
//! let new: Record = serde_json::from_str(json).unwrap();
//! apply(&mut set, &document, &[Change { old: None, new: Some(new.clone()) }]).unwrap();
//! assert_eq!(set.citations[0].text.as_deref(), Some("8 U.S.C. § 1373"));
//! assert!(records(&set).contains(&new));
//! ```

mod adjudicate;
mod api;
mod assets;
mod change;
mod decisions;
mod folders;
mod guard;
mod guidelines;
mod hold;
mod journal;
mod merge;
mod open;
mod problem;
mod record;
mod replay;
mod sidecar;
mod store;
mod suggest;
mod sweep;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use goldrule_schema::Diagnostic;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

pub use adjudicate::{Pair, pairs};
pub use change::{Change, apply, changes_between};
pub use decisions::{Origin, Rejection};
pub use folders::Folders;
pub use guard::{LARGEST_BODY, TOKEN};
pub use guidelines::{Guidelines, Row};
pub use journal::{Entry, Kind, Line};
pub use merge::{Dispute, Merged, disputes, merge};
pub use open::{Open, Refused, Saved};
pub use problem::Problem;
pub use record::{AgencyRecord, CitationRecord, MentionRecord, MetaRecord, Record, StanceRecord, records};

/// The guidelines that the editor shows where the project has none of its own.
const GUIDELINES: &str = include_str!("../../../annotations/GUIDELINES.md");

/// What an editor is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where texts and annotations are.
    pub folders: Folders,
    /// Port on loopback; 0 for any.
    pub port: u16,
    /// Who annotates: goes into new files.
    pub annotator: Option<String>,
    /// Whether suggestions and accuracy are shown in documents of every split, not of `dev` alone.
    pub reveal: bool,
}

/// A server that is ready to run.
#[derive(Debug)]
pub struct Editor {
    runtime: Runtime,
    listener: TcpListener,
    guard: guard::Guard,
    store: Arc<store::Store>,
    hold: hold::Hold,
    /// What is wrong with the texts, which did not keep the editor from opening them.
    pub findings: Vec<Diagnostic>,
}

impl Editor {
    /// Takes the folder and the port, and reads the texts.
    ///
    /// # Errors
    /// What keeps it from that.
    pub fn new(options: Options) -> Result<Self, Vec<Diagnostic>> {
        let port = options.port;
        if !options.folders.gold.is_dir() {
            let message = "there is no such folder";
            let help = "make it, or name another with --gold";
            let file = options.folders.gold.display().to_string();
            return Err(vec![Diagnostic::whole("unreadable", file, message, help)]);
        }
        let mut hold = hold::Hold::take(&options.folders.gold).map_err(|taken| vec![taken])?;
        sweep::sweep(&options.folders.gold);
        let (store, findings) = store::Store::new(options)?;
        let taken = |error: io::Error| {
            let message = format!("cannot listen there: {error}");
            vec![Diagnostic::whole("unreadable", format!("127.0.0.1:{port}"), message, "try another --port")]
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(taken)?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, port))).map_err(taken)?;
        let port = listener.local_addr().map_err(taken)?.port();
        let guard = guard::Guard::new(port).map_err(taken)?;
        hold.name(port);
        Ok(Self { runtime, listener, guard, store: Arc::new(store), hold, findings })
    }

    /// Where the page is; the token stands behind `#`, which browsers keep to themselves.
    ///
    /// # Errors
    /// Where the system does not know the port.
    pub fn address(&self) -> io::Result<String> {
        let port = self.listener.local_addr()?.port();
        Ok(format!("http://127.0.0.1:{port}/#token={}", self.guard.token()))
    }

    /// Serves until Ctrl+C or a request to end, then writes what waits.
    ///
    /// # Errors
    /// Where serving fails.
    pub fn run(self) -> io::Result<()> {
        let Self { runtime, listener, guard, store, hold, .. } = self;
        let routes = api::routes(store.clone(), guard);
        let watched = store.clone();
        let result = runtime.block_on(async move {
            tokio::select! {
                result = async { axum::serve(listener, routes).await } => result,
                result = ended() => result,
                () = watch(watched) => Ok(()),
            }
        });
        for room in store.rooms() {
            room.save();
        }
        runtime.shutdown_timeout(Duration::from_secs(1));
        drop(hold);
        result
    }
}

/// Looks after the gold files of open documents.
async fn watch(store: Arc<store::Store>) {
    let mut tick = tokio::time::interval(Duration::from_millis(700));
    loop {
        tick.tick().await;
        let store = store.clone();
        let look = move || store.rooms().iter().for_each(|room| room.look());
        let _ = tokio::task::spawn_blocking(look).await;
    }
}

#[cfg(unix)]
async fn ended() -> io::Result<()> {
    let mut end = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = end.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn ended() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
