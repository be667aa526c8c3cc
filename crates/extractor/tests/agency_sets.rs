//! The agency layer on committed texts of our own, with straight and with curly quotes.
//!
//! The first run, before the layer was extended for them: mention F1 0.946, B-cubed 0.908, kind and jurisdiction
//! of entities 0.845.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use goldrule_extractor::Extractor;
use goldrule_schema::{AnnotationSet, Document, read_annotations};
use goldrule_scorer::{Measure, Score, score_document};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/agencies")
}

/// Every text with its gold, by name. Quotes are of one character in either style, so that gold stays in place.
fn documents(curly: bool) -> Vec<(Document, AnnotationSet)> {
    let mut names: Vec<_> = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    names.sort();
    names.iter().map(|path| document(path, curly)).collect()
}

fn document(path: &Path, curly: bool) -> (Document, AnnotationSet) {
    let name = path.file_stem().unwrap().to_str().unwrap();
    let style = |text: String| if curly { text.replace('\'', "’") } else { text };
    let document = Document::new(name, style(std::fs::read_to_string(path).unwrap()));
    let gold = style(std::fs::read_to_string(path.with_extension("json")).unwrap());
    let gold = read_annotations(name, &gold, Some(&document)).accepted();
    (document, gold.unwrap_or_else(|errors| panic!("{name}: {errors:?}")))
}

fn assert_floor(curly: bool) {
    let extractor = Extractor::new();
    let documents = documents(curly);
    assert!(documents.len() >= 40, "only {} texts", documents.len());
    let score = |(document, gold): &(Document, AnnotationSet)| {
        score_document(document.id(), gold, &extractor.extract(document))
    };
    let scores: Vec<_> = documents.iter().map(score).collect();
    let score = Score::sum(&scores);
    let floors =
        [(Measure::MentionStrict, 0.98), (Measure::MentionB3, 0.95), (Measure::EntityKindJurisdiction, 0.95)];
    for (measure, floor) in floors {
        let f1 = score.measure(measure).f1().unwrap();
        println!("{} {f1:.3}", measure.as_str());
        assert!(f1 >= floor, "{} is {f1:.3}, below {floor}", measure.as_str());
    }
}

#[test]
fn the_texts_are_read_as_well_as_before() {
    assert_floor(false);
}

#[test]
fn curly_quotes_make_no_difference() {
    assert_floor(true);
}
