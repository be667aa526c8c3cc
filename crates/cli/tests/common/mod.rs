//! A folder to run the program in, and what a run gave.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]
#![allow(dead_code, reason = "no test file uses all of it")]

use std::fmt;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A folder of its own for a test.
pub(crate) struct Sandbox(tempfile::TempDir);

/// How a run ended.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit status {}\n--- stdout\n{}--- stderr\n{}", self.status, self.stdout, self.stderr)
    }
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file and the folders above it.
    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, contents).unwrap();
        self
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Names of the files of a folder, sorted.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path(name)).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    pub(crate) fn command(&self, args: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_goldrule"));
        command.args(args.split_whitespace()).current_dir(self.0.path());
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program here; arguments are parted by blanks.
    pub(crate) fn run(&self, args: &str) -> Run {
        self.feed(args, b"")
    }

    /// Runs it with this on standard input.
    pub(crate) fn feed(&self, args: &str, input: &[u8]) -> Run {
        let mut child = self.command(args).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let feeder = std::thread::spawn(move || {
            // The program may end without reading all of it.
            let _ = stdin.write_all(&input);
        });
        let output = child.wait_with_output().unwrap();
        feeder.join().unwrap();
        let run = Run {
            status: output.status.code().expect("no signal"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!run.stderr.contains("panicked"), "{run}");
        run
    }
}

/// An annotation set whose records are written with the offsets of their quotes.
pub(crate) struct Gold<'t> {
    document: &'t str,
    text: &'t str,
    agencies: Vec<String>,
    stances: Vec<String>,
    citations: Vec<String>,
    pub(crate) meta: String,
}

impl<'t> Gold<'t> {
    pub(crate) fn new(document: &'t str, text: &'t str) -> Self {
        let (agencies, stances, citations) = Default::default();
        Self { document, text, agencies, stances, citations, meta: String::new() }
    }

    fn place(&self, quote: &str) -> String {
        let byte = self.text.find(quote).unwrap_or_else(|| panic!("{quote:?} is not in the text"));
        let start = self.text[..byte].chars().count();
        let end = start + quote.chars().count();
        if self.meta.contains("withheld") {
            return format!(r#""start": {start}, "end": {end}"#);
        }
        format!(r#""text": {quote:?}, "start": {start}, "end": {end}"#)
    }

    pub(crate) fn agency(mut self, id: &str, kind: &str, mentions: &[(&str, &str)]) -> Self {
        let mentions: Vec<_> = mentions
            .iter()
            .map(|(quote, form)| format!(r#"{{ {}, "form": "{form}" }}"#, self.place(quote)))
            .collect();
        self.agencies.push(format!(
            r#"{{ "id": "{id}", "name": "{id}", "kind": "{kind}", "mentions": [ {} ] }}"#,
            mentions.join(", ")
        ));
        self
    }

    pub(crate) fn stance(mut self, agency: &str, topic: &str, position: &str, quote: &str) -> Self {
        self.stances.push(format!(
            r#"{{ "agency": "{agency}", "topic": "{topic}", "position": "{position}", "attribution": "own", {} }}"#,
            self.place(quote)
        ));
        self
    }

    pub(crate) fn citation(mut self, kind: &str, canonical: &str, quote: &str) -> Self {
        self.citations
            .push(format!(r#"{{ {}, "kind": "{kind}", "canonical": "{canonical}" }}"#, self.place(quote)));
        self
    }

    pub(crate) fn json(&self) -> String {
        let list =
            |records: &[String]| records.iter().map(|r| format!("\n    {r}")).collect::<Vec<_>>().join(",");
        format!(
            "{{\n  \"schema_version\": 1,\n  \"document\": \"{}\",\n{}  \"agencies\": [{}],\n  \"stances\": [{}],\n  \"citations\": [{}]\n}}\n",
            self.document,
            self.meta,
            list(&self.agencies),
            list(&self.stances),
            list(&self.citations)
        )
    }
}
