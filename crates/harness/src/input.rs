//! Texts to extract from: files, folders, JSON lines, standard input; read one by one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use goldrule_schema::{Diagnostic, read_text};
use serde::Deserialize;
use serde_json::Value;

use crate::Finding;

/// Bytes of the buffer for JSON lines.
const BUFFER: usize = 1 << 20;
/// Longest text: a document's offsets have 32 bits.
const LONGEST: usize = u32::MAX as usize;

/// A text with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Name of the document: the file's without `.txt`, or the record's `id`.
    pub id: String,
    /// The text as it is.
    pub text: String,
    /// Where it was read from: the file, or the file and line.
    pub origin: String,
    /// Bytes read for it, to measure progress.
    pub bytes: u64,
}

/// What standard input holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stdin {
    /// One text.
    #[default]
    Text,
    /// A JSON record with `id` and `text` a line.
    JsonLines,
}

/// Inputs read one by one, in order; what cannot be read is a finding in its place.
pub type Inputs = Box<dyn Iterator<Item = Result<Input, Finding>> + Send>;

/// The texts that a path names: a folder's `*.txt` by name, the records of a `.jsonl`, standard input for
/// `-`, else the one file.
pub fn inputs(path: &Path, stdin: Stdin) -> Inputs {
    if path == Path::new("-") {
        let reader = BufReader::with_capacity(BUFFER, io::stdin());
        return match stdin {
            Stdin::JsonLines => Box::new(Lines::new("standard input".to_owned(), reader)),
            Stdin::Text => Box::new(std::iter::once_with(|| from_stdin(reader))),
        };
    }
    if path.is_dir() {
        return folder(path);
    }
    let path = path.to_path_buf();
    if path.extension().is_some_and(|extension| extension == "jsonl" || extension == "ndjson") {
        return match File::open(&path) {
            Ok(file) => {
                Box::new(Lines::new(path.display().to_string(), BufReader::with_capacity(BUFFER, file)))
            }
            Err(error) => Box::new(std::iter::once(Err(unreadable(&path, &error)))),
        };
    }
    Box::new(std::iter::once_with(move || from_file(&path)))
}

/// Whether a path names one text, rather than any number of them.
pub fn is_single(path: &Path, stdin: Stdin) -> bool {
    if path == Path::new("-") {
        return stdin == Stdin::Text;
    }
    !path.is_dir() && path.extension().is_none_or(|extension| extension != "jsonl" && extension != "ndjson")
}

/// Bytes that a path will give, where that can be known beforehand.
pub fn size(path: &Path) -> Option<u64> {
    let meta = std::fs::metadata(path).ok()?;
    if meta.is_dir() {
        return Some(texts_of(path).ok()?.iter().filter_map(|path| size(path)).sum());
    }
    meta.is_file().then_some(meta.len())
}

fn folder(dir: &Path) -> Inputs {
    let wrong = |code, message: String, help: &str| -> Inputs {
        let finding = Diagnostic::whole(code, dir.display().to_string(), message, help);
        Box::new(std::iter::once(Err(finding.into())))
    };
    match texts_of(dir) {
        Ok(paths) if paths.is_empty() => {
            wrong("no-documents", "no documents here".into(), "name a folder that holds .txt files")
        }
        Ok(paths) => Box::new(paths.into_iter().map(|path| from_file(&path))),
        Err(error) => {
            let help = "check the path and its permissions";
            wrong("unreadable", format!("cannot read the folder: {error}"), help)
        }
    }
}

fn texts_of(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let paths: io::Result<Vec<PathBuf>> = std::fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths?;
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt") && !hidden(path));
    paths.sort();
    Ok(paths)
}

fn from_file(path: &Path) -> Result<Input, Finding> {
    let text = read_text(path)?;
    let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let (origin, bytes) = (path.display().to_string(), text.len() as u64);
    Ok(Input { id, text, origin, bytes })
}

fn from_stdin(mut reader: impl Read) -> Result<Input, Finding> {
    let origin = "standard input".to_owned();
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| unreadable(Path::new(&origin), &error))?;
    let text =
        String::from_utf8(bytes).map_err(|error| not_utf8(&origin, error.utf8_error().valid_up_to()))?;
    if text.len() > LONGEST {
        return Err(too_long(&origin));
    }
    let bytes = text.len() as u64;
    Ok(Input { id: "stdin".to_owned(), text, origin, bytes })
}

fn unreadable(path: &Path, error: &io::Error) -> Finding {
    let help = "check the path and its permissions";
    Diagnostic::whole("unreadable", path.display().to_string(), format!("cannot read it: {error}"), help)
        .into()
}

fn not_utf8(origin: &str, at: usize) -> Finding {
    Diagnostic::whole(
        "not-utf8",
        origin,
        format!("not UTF-8: byte {at} is at fault"),
        "save the text as UTF-8",
    )
    .into()
}

fn too_long(origin: &str) -> Finding {
    Diagnostic::whole("unreadable", origin, "the text is longer than 4 GiB", "split it").into()
}

/// The records of a stream of JSON lines.
struct Lines<R> {
    file: String,
    reader: R,
    number: u64,
    line: Vec<u8>,
    /// Reading failed: there is nothing behind.
    failed: bool,
}

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    text: Value,
}

impl<R: BufRead> Lines<R> {
    fn new(file: String, reader: R) -> Self {
        Self { file, reader, number: 0, line: Vec::new(), failed: false }
    }

    fn record(&self) -> Result<Input, Finding> {
        let origin = format!("{}:{}", self.file, self.number);
        let start = if self.number == 1 && self.line.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let source = std::str::from_utf8(&self.line[start..])
            .map_err(|error| not_utf8(&origin, start + error.valid_up_to()))?;
        let wrong = |code, message: String, help: &str| {
            Finding::from(Diagnostic::whole(code, &origin, message, help))
        };
        let record: Record =
            serde_json::from_str(source.trim_end_matches(['\r', '\n'])).map_err(|error| {
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                let place = format!("{origin}:{}", error.column());
                let help = r#"write one record a line: {"id": "…", "text": "…"}"#;
                Finding::from(Diagnostic::whole("syntax", place, format!("not a record: {message}"), help))
            })?;
        let missing =
            |key: &str| wrong("missing-key", format!("this record has no `{key}`"), &format!("add `{key}`"));
        let id = match record.id {
            Value::String(id) => id,
            Value::Number(id) => id.to_string(),
            Value::Null => return Err(missing("id")),
            _ => return Err(wrong("wrong-type", "`id` is no string".into(), "write a string here")),
        };
        let text = match record.text {
            Value::String(text) => text,
            Value::Null => return Err(missing("text")),
            _ => return Err(wrong("wrong-type", "`text` is no string".into(), "write a string here")),
        };
        if text.len() > LONGEST {
            return Err(too_long(&origin));
        }
        Ok(Input { id, text, origin, bytes: self.line.len() as u64 })
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Input, Finding>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.failed {
            self.line.clear();
            self.number += 1;
            match self.reader.read_until(b'\n', &mut self.line) {
                Ok(0) => return None,
                Ok(_) if self.line.trim_ascii().is_empty() => {}
                Ok(_) => return Some(self.record()),
                Err(error) => {
                    self.failed = true;
                    return Some(Err(unreadable(Path::new(&self.file), &error)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Vec<Result<Input, Finding>> {
        Lines::new("f".to_owned(), bytes).collect()
    }

    proptest! {
        #[test]
        fn every_record_is_read_back(records in prop::collection::vec(("\\PC{0,20}", "(\\PC|[\r\n\0]){0,60}"), 0..9)) {
            let line = |(id, text): &(String, String)| serde_json::json!({ "id": id, "text": text }).to_string();
            let source = records.iter().map(line).collect::<Vec<_>>().join("\n");
            let found: Vec<_> = read(source.as_bytes()).into_iter().map(Result::unwrap).collect();
            prop_assert_eq!(found.len(), records.len());
            for (at, (input, (id, text))) in found.iter().zip(&records).enumerate() {
                prop_assert_eq!((&input.id, &input.text), (id, text));
                prop_assert_eq!(&input.origin, &format!("f:{}", at + 1));
            }
        }

        #[test]
        fn every_line_gives_an_input_or_a_finding(lines in prop::collection::vec("[^\n]{0,30}", 0..9), junk in any::<u8>()) {
            let mut source = lines.join("\n").into_bytes();
            source.push(junk);
            let wanted = source.split(|&byte| byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
            prop_assert_eq!(read(&source).len(), wanted);
        }
    }

    #[test]
    fn reading_ends_at_the_first_error_of_the_device() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("unplugged"))
            }
        }
        let found: Vec<_> = Lines::new("f".to_owned(), BufReader::new(Broken)).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].as_ref().unwrap_err().diagnostic.message, "cannot read it: unplugged");
    }
}
