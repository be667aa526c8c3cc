//! `goldrule check --watch`: what is wrong is told again whenever a file is written.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use std::io::{BufRead as _, BufReader};
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use common::{Gold, Sandbox};

const TEXT: &str = "The Troy police will not ask.";

/// The program, stopped at the end of the test, and what it says.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(sandbox: &Sandbox, args: &str) -> Self {
        let mut child = sandbox.command(args).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            stderr.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { child, lines }
    }

    /// What it says until it waits for the next change.
    fn pass(&self) -> String {
        let mut said = String::new();
        loop {
            let line = self.lines.recv_timeout(Duration::from_mins(1)).expect("the program says more");
            if line.starts_with("Waiting for changes") {
                return said;
            }
            said += &line;
            said += "\n";
        }
    }

    /// Passes until one says this: a write may be seen in two steps.
    fn until(&self, wanted: &str) {
        while !self.pass().contains(wanted) {}
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn each_write_is_checked() {
    let sandbox = Sandbox::new();
    let gold = || Gold::new("note", TEXT).agency("troy-pd", "police", &[("Troy police", "name")]);
    sandbox.write("texts/note.txt", TEXT).write("gold/note.json", gold().json());
    let watching = Watching::start(&sandbox, "check gold --text texts --watch");
    let first = watching.pass();
    assert!(first.contains("0 errors"), "{first}");

    sandbox.write("gold/note.json", "{ \"document\": ");
    watching.until("note.json:1");
    sandbox.write("gold/note.json", gold().json());
    watching.until("0 errors");
    sandbox.write("texts/note.txt", "Another text altogether.");
    watching.until("note.json:");
    sandbox.write("gold/second.json", "[]");
    watching.until("second.json");
}

#[test]
fn a_file_named_by_itself_is_watched_too() {
    let sandbox = Sandbox::new();
    let gold = Gold::new("note", TEXT).agency("troy-pd", "police", &[("Troy police", "name")]);
    sandbox.write("texts/note.txt", TEXT).write("note.json", gold.json());
    let watching = Watching::start(&sandbox, "check note.json --text texts --watch");
    watching.pass();
    // As editors write: a new file put in the old one's place.
    sandbox.write("note.json.new", "{}");
    std::fs::rename(sandbox.path("note.json.new"), sandbox.path("note.json")).unwrap();
    watching.until("note.json:1");
}

#[test]
fn what_is_not_there_is_not_waited_for() {
    let sandbox = Sandbox::new();
    let run = sandbox.run("check nowhere --watch");
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains("there is no file or folder nowhere"), "{run}");
}
