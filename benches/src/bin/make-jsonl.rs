//! Writes a large batch to standard output: `make-jsonl corpus|off-topic BYTES > batch.jsonl`.
//!
//! One document a line, `{"id": …, "text": …}`; BYTES counts the texts, not the JSON around them.

use std::error::Error;
use std::io::{self, BufWriter, Write};

use goldrule_benches::{Input, repeated};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, size] = arguments.as_slice() else {
        return Err("usage: make-jsonl corpus|off-topic BYTES".into());
    };
    let input = Input::from_name(name).ok_or("the input is `corpus` or `off-topic`")?;
    let size = size.replace('_', "").parse().map_err(|_| "BYTES is a number such as 50_000_000")?;
    let mut out = BufWriter::new(io::stdout().lock());
    for document in repeated(&input.documents()?, size) {
        let line = serde_json::json!({ "id": document.id(), "text": document.text() });
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(())
}
