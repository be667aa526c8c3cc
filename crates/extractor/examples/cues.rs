//! Prints the sentences of texts with their cues and with what patterns state in them, one JSON object a line: what
//! `scripts/points/fit.py` reads.
//!
//! ```sh
//! cargo run --release -p goldrule-extractor --example cues -- corpus/*.txt
//! ```

use std::io::Write;

use goldrule_extractor::Extractor;
use goldrule_extractor::segment::Segmented;
use goldrule_extractor::stance::cues;
use goldrule_extractor::token::Vocabulary;
use goldrule_schema::Document;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let extractor = Extractor::new();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let segmented = Segmented::new(&text, &Vocabulary::default());
        let all = extractor.stated_by_patterns(&Document::new("text", text.as_str()));
        for sentence in &segmented.sentences {
            let tokens = &segmented.tokens[sentence.range()];
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
            let points = |byte: u32| text[..byte as usize].chars().count();
            let here = all.iter().filter(|(byte, _)| (first.start..last.end).contains(byte));
            let stated: Vec<[&str; 2]> =
                here.map(|(_, (topic, position))| [topic.as_str(), position.as_str()]).collect();
            let line = serde_json::json!({
                "path": path,
                "start": points(first.start),
                "end": points(last.end),
                "cues": cues(&text, tokens),
                "stated": stated,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
