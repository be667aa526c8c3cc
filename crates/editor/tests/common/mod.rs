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

use goldrule_editor::{Editor, Folders, Options};
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
        let folders = Folders {
            corpus: dir.path().join("corpus"),
            text: None,
            gold: dir.path().join("annotations/gold"),
            annotators: None,
        };
        let editor = Editor::new(Options { folders, port: 0, annotator: Some("kim".into()) }).unwrap();
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
