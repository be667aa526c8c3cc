//! `goldrule edit` as a process: what it prints, and what a kill leaves behind.

#![allow(clippy::unwrap_used, reason = "clippy takes no helper for a test")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use goldrule_schema::{Document, read_annotations};

struct Running {
    child: Child,
    host: String,
    token: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(dir: &Path) -> Running {
    let mut child = Command::new(env!("CARGO_BIN_EXE_goldrule"))
        .args(["--quiet", "edit", "--corpus", "corpus", "--gold", "gold"])
        .current_dir(dir)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let (host, token) = line.trim().strip_prefix("http://").unwrap().split_once("/#token=").unwrap();
    Running { child, host: host.to_owned(), token: token.to_owned() }
}

/// Sends a request without waiting for the answer.
fn send(server: &Running, method: &str, path: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(&server.host).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {}\r\nx-goldrule-token: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        server.host,
        server.token,
        body.len()
    );
    stream.write_all((head + body).as_bytes()).unwrap();
    stream
}

fn answer(mut stream: TcpStream) -> (u16, String) {
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    (status, text.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
}

/// Kills during 200 saves, at moments spread over the whole of a save: the file is sound each time, and every
/// entry that was answered is there after the next start.
#[test]
fn a_kill_during_a_save_loses_nothing_that_was_answered() {
    const SAVES: u32 = 200;
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("corpus")).unwrap();
    std::fs::create_dir(dir.path().join("gold")).unwrap();
    let text = "Bill SB 1234 is read. ".repeat(SAVES as usize);
    std::fs::write(dir.path().join("corpus/note.txt"), &text).unwrap();
    let document = Document::new("note", text);
    let file = dir.path().join("gold/note.json");
    let (mut answered, mut torn) = (0, 0);
    let mut server = start(dir.path());
    for round in 0..SAVES {
        let at = round * 22 + 5;
        let entry = format!(
            r#"{{"client":"test","number":{round},"kind":"edit","label":"add","changes":[{{"new":{{"layer":"citation","start":{at},"end":{},"kind":"bill"}}}}]}}"#,
            at + 7
        );
        let (status, body) = answer(send(&server, "POST", "/api/documents/note/entries", &entry));
        assert_eq!(status, 200, "{body}");
        answered += 1;
        let save = send(&server, "POST", "/api/documents/note/save", "{}");
        // From at once to behind the end of a save.
        std::thread::sleep(Duration::from_micros(u64::from(round * 7919 % 200) * 60));
        server.child.kill().unwrap();
        server.child.wait().unwrap();
        drop(save);
        let held = match std::fs::read_to_string(&file) {
            Ok(source) => {
                let set = read_annotations("note.json", &source, Some(&document)).accepted();
                set.unwrap_or_else(|findings| panic!("round {round}: {findings:?}")).citations.len()
            }
            Err(_) => 0,
        };
        torn += u32::from(held < answered);
        server = start(dir.path());
        let (status, body) = answer(send(&server, "GET", "/api/documents/note", ""));
        assert_eq!(status, 200, "{body}");
        let opened: serde_json::Value = serde_json::from_str(&body).unwrap();
        let citations = opened["records"].as_array().unwrap().iter().filter(|one| one["layer"] == "citation");
        assert_eq!(citations.count(), answered, "round {round}: the journal brings back the rest");
    }
    println!(
        "{SAVES} kills; in {torn} the file did not hold the last entry yet, and the journal brought it back"
    );
    assert!(torn > 0, "some kills came before the file was replaced");
    let left: Vec<_> =
        std::fs::read_dir(dir.path().join("gold")).unwrap().map(|one| one.unwrap().file_name()).collect();
    println!("left in the folder: {left:?}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly_and_writes_what_waits() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("corpus")).unwrap();
    std::fs::create_dir(dir.path().join("gold")).unwrap();
    std::fs::write(dir.path().join("corpus/note.txt"), "Bill SB 1234 is read.").unwrap();
    let mut server = start(dir.path());
    let entry = r#"{"client":"test","number":1,"kind":"edit","label":"add","changes":[{"new":{"layer":"citation","start":5,"end":12,"kind":"bill"}}]}"#;
    assert_eq!(answer(send(&server, "POST", "/api/documents/note/entries", entry)).0, 200);
    let listening = send(&server, "GET", "/api/documents/note/events?since=1&bell=99999", "");
    let kill = Command::new("kill").args(["-INT", &server.child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let status = server.child.wait().unwrap();
    drop(listening);
    assert_eq!(status.code(), Some(0));
    assert!(std::fs::read_to_string(dir.path().join("gold/note.json")).unwrap().contains("SB 1234"));
}

#[test]
fn folders_that_are_missing_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_goldrule"))
            .arg("edit")
            .args(args)
            .current_dir(dir.path())
            .output()
            .unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    let (status, told) = run(&[]);
    assert_eq!(status, Some(2));
    assert!(told.contains("no project around this folder"), "{told}");
    std::fs::create_dir(dir.path().join("texts")).unwrap();
    std::fs::write(dir.path().join("texts/a.txt"), "a").unwrap();
    let (status, told) = run(&["--corpus", "texts", "--gold", "nowhere"]);
    assert_eq!(status, Some(2));
    assert!(told.contains("nowhere") && told.contains("there is no such folder"), "{told}");
}
