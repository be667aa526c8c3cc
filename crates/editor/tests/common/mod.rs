//! A server over a folder of its own, and requests made by hand.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::format_collect,
    reason = "each test file compiles this and uses a part of it; clippy takes no helper for a test"
)]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use goldrule_curation::retext;
use goldrule_editor::{Editor, Folders, Open, Options, Refused};
use goldrule_schema::{AnnotationSet, Corpus, Document, read_annotations, to_canonical_json};
use tempfile::TempDir;

pub const TEXT: &str = "Harbor police 👮🏽 do not ask about status.\r\nThe department follows SB 54.\u{a0}Harbor police said so.\n";

pub struct Server {
    pub dir: TempDir,
    pub host: String,
    pub token: String,
}

pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Server {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("corpus")).unwrap();
        std::fs::create_dir_all(dir.path().join("annotations/gold")).unwrap();
        std::fs::write(dir.path().join("corpus/harbor.txt"), TEXT).unwrap();
        Self::over(dir)
    }

    pub fn over(dir: TempDir) -> Self {
        Self::start(dir, false)
    }

    pub fn start(dir: TempDir, reveal: bool) -> Self {
        let folders = Folders {
            corpus: dir.path().join("corpus"),
            text: None,
            gold: dir.path().join("annotations/gold"),
            annotators: None,
        };
        let editor =
            Editor::new(Options { folders, port: 0, annotator: Some("kim".into()), reveal }).unwrap();
        let address = editor.address().unwrap();
        std::thread::spawn(move || editor.run());
        let (host, token) = address.strip_prefix("http://").unwrap().split_once("/#token=").unwrap();
        Self { host: host.to_owned(), token: token.to_owned(), dir }
    }

    pub fn gold(&self, name: &str) -> PathBuf {
        self.dir.path().join("annotations/gold").join(name)
    }

    /// Sends bytes and reads the answer to its end.
    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        // A server that refuses may close before everything is sent.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    /// A request as the page makes it, with some headers changed or, where empty, left out.
    pub fn ask(&self, method: &str, path: &str, body: &str, changed: &[(&str, &str)]) -> Answer {
        let length = body.len().to_string();
        let origin = format!("http://{}", self.host);
        let mut headers = vec![
            ("host", self.host.as_str()),
            ("origin", origin.as_str()),
            ("x-goldrule-token", self.token.as_str()),
            ("content-type", "application/json"),
            ("content-length", length.as_str()),
            ("connection", "close"),
        ];
        for &(name, value) in changed {
            headers.retain(|(known, _)| *known != name);
            if !value.is_empty() {
                headers.push((name, value));
            }
        }
        let head: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.raw(format!("{method} {path} HTTP/1.1\r\n{head}\r\n{body}").as_bytes())
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "", &[("content-length", "")])
    }

    pub fn post(&self, path: &str, body: &str) -> Answer {
        self.ask("POST", path, body, &[])
    }
}

impl Answer {
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.body))
    }
}

/// An entry that adds records.
pub fn entry(number: u64, records: &[serde_json::Value]) -> String {
    let changes: Vec<_> = records.iter().map(|record| serde_json::json!({ "new": record })).collect();
    serde_json::json!({ "client": "test", "number": number, "kind": "edit", "label": "add", "changes": changes }).to_string()
}

pub fn citation(start: u32, end: u32) -> serde_json::Value {
    serde_json::json!({ "layer": "citation", "start": start, "end": end, "kind": "bill" })
}

pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

pub const NOTE: &str = "Bill SB 1 is read, then SB 2.\n";

/// A project of one document without a server.
pub struct Folder(pub TempDir);

impl Folder {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("corpus")).unwrap();
        std::fs::create_dir_all(dir.path().join("gold")).unwrap();
        let folder = Self(dir);
        folder.write_text(NOTE);
        folder
    }

    pub fn write_text(&self, text: &str) {
        std::fs::write(self.0.path().join("corpus/note.txt"), text).unwrap();
    }

    pub fn gold(&self) -> PathBuf {
        self.0.path().join("gold")
    }

    pub fn journal(&self) -> PathBuf {
        self.gold().join(".goldrule/journal/note.jsonl")
    }

    pub fn open(&self) -> Open {
        let (corpus, _) = Corpus::open(&self.0.path().join("corpus"), None).unwrap();
        Open::new(&corpus.entries[0], &self.gold(), AnnotationSet::new("note")).unwrap()
    }

    /// What `goldrule retext --write` does to the text's gold file, the text being changed.
    pub fn retext(&self, text: &str) {
        let file = self.gold().join("note.json");
        let old =
            Document::new("note", std::fs::read_to_string(self.0.path().join("corpus/note.txt")).unwrap());
        let new = Document::new("note", text);
        let set = read_annotations("note.json", &read(&file), Some(&old)).accepted().unwrap();
        std::fs::write(&file, to_canonical_json(&retext(&set, &old, &new).set)).unwrap();
        self.write_text(text);
    }
}

pub fn add(open: &mut Open, number: u64, start: u32) -> Result<u64, Refused> {
    send(open, &entry(number, &[citation(start, start + 4)]))
}

pub fn send(open: &mut Open, entry: &str) -> Result<u64, Refused> {
    open.take(serde_json::from_str(entry).unwrap())
}
