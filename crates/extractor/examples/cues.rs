//! Prints the sentences of texts with their cues and with what patterns state in them, one JSON object a line: what
//! `scripts/points/fit.py` reads. With `--stems`, the stem of each line of the standard input.
//!
//! ```sh
//! cargo run --release -p goldrule-extractor --example cues -- corpus/*.txt
//! ```

use std::io::Write;

use goldrule_extractor::Extractor;
use goldrule_schema::Document;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if std::env::args().nth(1).as_deref() == Some("--stems") {
        for word in std::io::stdin().lines() {
            writeln!(out, "{}", goldrule_extractor::stem_of(&word?).unwrap_or_default())?;
        }
        return Ok(());
    }
    let extractor = Extractor::new();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let points = |byte: u32| text[..byte as usize].chars().count();
        for sentence in extractor.cued(&Document::new("text", text.as_str())) {
            let stated = sentence.stated.iter().map(|(topic, position)| [topic.as_str(), position.as_str()]);
            let line = serde_json::json!({
                "path": path,
                "start": points(sentence.span.start),
                "end": points(sentence.span.end),
                "cues": sentence.cues,
                "stated": stated.collect::<Vec<_>>(),
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
