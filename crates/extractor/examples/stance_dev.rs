//! Scores stances against the gold of a corpus and lists the errors of its dev documents.
//!
//! ```text
//! cargo run -p goldrule-extractor --example stance_dev -- CORPUS GOLD [TEXTS] [--rules DIR] [--full] [--dev] [--only NAME]
//! ```
//!
//! Agencies are given from gold; with `--full` they are found. Of documents in the split `validation`
//! only the totals are printed.
#![allow(clippy::print_stdout)]

use std::path::{Path, PathBuf};

use goldrule_extractor::{Extractor, Stage};
use goldrule_schema::{AnnotationSet, Corpus, Document, load_annotations};
use goldrule_scorer::{
    Accuracy, DocumentScore, Ledger, Measure, Outcome, RecordIndex, Score, score_document,
};

struct Options {
    paths: Vec<PathBuf>,
    rules: Option<PathBuf>,
    full: bool,
    dev: bool,
    only: Option<String>,
}

fn options() -> Options {
    let mut options = Options { paths: Vec::new(), rules: None, full: false, dev: false, only: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--rules" => options.rules = arguments.next().map(PathBuf::from),
            "--dev" => options.dev = true,
            "--full" => options.full = true,
            "--only" => options.only = arguments.next(),
            _ => options.paths.push(PathBuf::from(argument)),
        }
    }
    options
}

fn main() {
    let options = options();
    let [corpus, gold, rest @ ..] = &options.paths[..] else {
        println!("usage: stance_dev CORPUS GOLD [TEXTS] [--rules DIR] [--full] [--dev] [--only NAME]");
        return;
    };
    let texts = rest.first().map(PathBuf::as_path);
    let Ok((corpus, _)) = Corpus::open(Path::new(corpus), texts) else { return };
    let Ok(files) = load_annotations(Path::new(gold), Some(&corpus)) else { return };
    let extractor = match options.rules.as_deref().map(Extractor::with_rules_dir) {
        None => Extractor::new(),
        Some(Ok(extractor)) => extractor,
        Some(Err(errors)) => {
            for error in &errors {
                println!("{error}");
            }
            return;
        }
    };
    let (mut dev, mut validation): (Vec<DocumentScore>, Vec<DocumentScore>) = (Vec::new(), Vec::new());
    for set in files.iter().filter_map(|file| file.set.as_ref()) {
        let Some(entry) = corpus.entry(&set.document) else { continue };
        let Some(document) = entry.document() else { continue };
        if options.dev && entry.split() == Some("validation") {
            continue;
        }
        let found = if options.full {
            extractor.extract(document)
        } else {
            extractor.run_from(Stage::Stances, document, set)
        };
        if entry.split() == Some("validation") {
            validation.push(score_document(set.document.as_str(), set, &found));
        } else {
            let ledger = Ledger::new(set.document.as_str(), set, &found);
            if options.only.as_ref().is_none_or(|only| set.document.contains(only.as_str())) {
                errors(document, set, &found, &ledger);
            }
            dev.push(ledger.score());
        }
    }
    print("dev", &Score::sum(&dev));
    print("validation", &Score::sum(&validation));
    if options.dev {
        return;
    }
    let report = extractor.test_rules();
    println!("examples: {} yes, {} no, {} failing", report.yes, report.no, report.failures.len());
    for failure in &report.failures {
        println!(
            "! {}:{} {}\n    want {}\n    have {}",
            failure.file, failure.line, failure.example, failure.expected, failure.found
        );
    }
}

fn print(split: &str, score: &Score) {
    println!("== {split}");
    for measure in [Measure::StanceTuple, Measure::StanceEvidence, Measure::StanceEvidenceTuple] {
        let counts = score.measure(measure);
        let figure = |value: Option<f64>| value.map_or("  –  ".into(), |value| format!("{value:.3}"));
        let (p, r, f) = (figure(counts.precision()), figure(counts.recall()), figure(counts.f1()));
        println!("{:24} P {p} R {r} F1 {f}  gold {} pred {}", measure.as_str(), counts.gold, counts.pred);
    }
    let judged = score.accuracy(Accuracy::Attribution);
    println!("{:24} {:.3} of {}", "attribution", judged.value().unwrap_or_default(), judged.n);
}

/// The rows of the layer of evidence with its tuple that are not matched, and attributions that are wrong.
fn errors(document: &Document, gold: &AnnotationSet, found: &AnnotationSet, ledger: &Ledger) {
    println!("-- {}", ledger.document);
    let quote = |set: &AnnotationSet, index: RecordIndex| match index {
        RecordIndex::Stance(index) => document.quote(set.stances[index].span).unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    for row in ledger.rows.iter().filter(|row| row.layer == Measure::StanceEvidenceTuple) {
        let (sign, record, set) = match row.outcome {
            Outcome::Matched => ("=", &row.pred, found),
            Outcome::Missed => ("-", &row.gold, gold),
            Outcome::Spurious => ("+", &row.pred, found),
        };
        let Some(record) = record else { continue };
        let error = row.error.map_or("", |error| error.as_str());
        let rule = record.rule.as_deref().unwrap_or_default();
        println!("{sign} {error:14} {} | {} | {rule}", record.label, quote(set, record.index));
    }
    for judgement in ledger.judgements.iter().filter(|j| j.accuracy == Accuracy::Attribution && !j.right) {
        let attribution = |set: &AnnotationSet, index| match index {
            RecordIndex::Stance(index) => set.stances[index].attribution.to_string(),
            _ => String::new(),
        };
        println!(
            "~ {} for {} | {}",
            attribution(found, judgement.pred.index),
            attribution(gold, judgement.gold.index),
            quote(found, judgement.pred.index)
        );
    }
}
