//! Prints the citations of each line of standard input, for looking at what the grammar makes of it.
//!
//! ```text
//! cargo run -p goldrule-extractor --example cite_probe < sentences.txt
//! ```
#![allow(clippy::print_stdout)]

use goldrule_extractor::citation::find_citations;

fn main() {
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let shown: Vec<String> = find_citations(&line)
            .map(|c| format!("[{}] {} {}", c.quote, c.kind, c.canonical().unwrap_or_else(|| "-".to_owned())))
            .collect();
        println!("{line}\n    {}", shown.join("\n    "));
    }
}
