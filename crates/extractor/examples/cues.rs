//! Prints the sentences of texts with their cues, one JSON object a line: what `scripts/points/fit.py` reads.
//!
//! ```sh
//! cargo run --release -p goldrule-extractor --example cues -- corpus/*.txt
//! ```

use std::io::Write;

use goldrule_extractor::segment::Segmented;
use goldrule_extractor::stance::cues;
use goldrule_extractor::token::Vocabulary;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path)?;
        let segmented = Segmented::new(&text, &Vocabulary::default());
        for sentence in &segmented.sentences {
            let tokens = &segmented.tokens[sentence.range()];
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
            let points = |byte: u32| text[..byte as usize].chars().count();
            let line = serde_json::json!({
                "path": path,
                "start": points(first.start),
                "end": points(last.end),
                "cues": cues(&text, tokens),
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
