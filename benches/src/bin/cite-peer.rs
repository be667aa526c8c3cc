//! Finds the citations of texts as the other tools of `benches/peers/citations.py` are made to: a JSON list
//! of texts comes in, their hits in code points and the seconds of processor time that finding took go out.
#![allow(clippy::print_stdout)]

use std::io::Read as _;
use std::process::ExitCode;
use std::time::Instant;

use goldrule_extractor::citation::find_citations;
use goldrule_schema::Document;
use serde_json::json;

/// Seconds that this thread has run, where the system tells; other work on the machine does not count.
fn processor_time() -> Option<f64> {
    let schedule = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = schedule.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

fn main() -> ExitCode {
    let mut input = String::new();
    let texts: Vec<String> = match std::io::stdin().read_to_string(&mut input) {
        Ok(_) => serde_json::from_str(&input).unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    if texts.is_empty() {
        println!("give a JSON list of texts on standard input");
        return ExitCode::from(2);
    }
    find_citations("8 U.S.C. 1373").for_each(drop);
    let (start, used) = (Instant::now(), processor_time());
    let found: Vec<Vec<_>> = texts.iter().map(|text| find_citations(text).collect()).collect();
    let seconds = match (used, processor_time()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64(),
    };
    let hits: Vec<Vec<_>> = texts
        .iter()
        .zip(&found)
        .map(|(text, citations)| {
            let document = Document::new("text", text.as_str());
            let span = |span| document.chars(span).map(|span| (span.start, span.end));
            citations.iter().filter_map(|citation| span(citation.span)).collect()
        })
        .collect();
    println!("{}", json!({ "hits": hits, "seconds": seconds }));
    ExitCode::SUCCESS
}
