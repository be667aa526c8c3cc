//! Scores agencies against the gold of the dev documents of a corpus, and shows the errors in context.
//!
//! ```text
//! cargo run -p goldrule-extractor --example agency_dev -- corpus annotations/gold [texts of withheld documents]
//! ```
//!
//! Of documents in the split `validation` only the totals are printed.
#![allow(clippy::print_stdout)]

use std::path::{Path, PathBuf};

use goldrule_extractor::Extractor;
use goldrule_schema::{Agency, AnnotationSet, ByteSpan, Corpus, Document, Mention, load_annotations};
use goldrule_scorer::{Accuracy, DocumentScore, Measure, Score, score_document};

fn main() {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [corpus, gold, rest @ ..] = &arguments[..] else {
        println!("usage: agency_dev CORPUS GOLD [TEXTS]");
        return;
    };
    let texts = rest.first().map(PathBuf::as_path);
    let Ok((corpus, _)) = Corpus::open(Path::new(corpus), texts) else { return };
    let Ok(files) = load_annotations(Path::new(gold), Some(&corpus)) else { return };
    let extractor = Extractor::new();
    let (mut dev, mut validation): (Vec<DocumentScore>, Vec<DocumentScore>) = (Vec::new(), Vec::new());
    for set in files.iter().filter_map(|file| file.set.as_ref()) {
        let Some(entry) = corpus.entry(&set.document) else { continue };
        let Some(document) = entry.document() else { continue };
        let found = extractor.extract(document);
        let score = score_document(set.document.as_str(), set, &found);
        if entry.split() == Some("validation") {
            validation.push(score);
        } else {
            errors(document, set, &found);
            dev.push(score);
        }
    }
    print("dev", &Score::sum(&dev));
    print("validation", &Score::sum(&validation));
}

fn print(split: &str, score: &Score) {
    println!("== {split}");
    for measure in Measure::ALL {
        let counts = score.measure(measure);
        let figure = |value: Option<f64>| value.map_or("  –  ".into(), |value| format!("{value:.3}"));
        let (p, r, f) = (figure(counts.precision()), figure(counts.recall()), figure(counts.f1()));
        println!("{:28} P {p} R {r} F1 {f}  gold {} pred {}", measure.as_str(), counts.gold, counts.pred);
    }
    for accuracy in Accuracy::ALL {
        let judged = score.accuracy(accuracy);
        println!("{:28} {:?} of {}", accuracy.as_str(), judged.value(), judged.n);
    }
}

fn errors(document: &Document, gold: &AnnotationSet, found: &AnnotationSet) {
    let shown = |agency: &Agency, mention: &Mention, sign: &str| {
        let Some(span) = document.bytes(mention.span) else { return };
        println!(
            "{} {sign} {} `{}` {} {} {} | {}",
            document.id(),
            mention.form.as_str(),
            &document.text()[span.range()],
            agency.kind.as_str(),
            division(agency),
            mention.rule.as_deref().unwrap_or(""),
            context(document, span)
        );
    };
    for (agency, mention) in gold.mentions() {
        if !found.mentions().any(|(_, other)| other.span == mention.span) {
            shown(agency, mention, "-");
        }
    }
    for (agency, mention) in found.mentions() {
        let Some((owner, known)) = gold.mentions().find(|(_, other)| other.span == mention.span) else {
            shown(agency, mention, "+");
            continue;
        };
        let same =
            owner.kind == agency.kind && division(owner) == division(agency) && known.form == mention.form;
        if !same {
            println!(
                "{} ~ `{}` {} {} {} {}, gold {} {} {} {}",
                document.id(),
                mention.text.as_deref().unwrap_or(""),
                mention.form.as_str(),
                agency.kind.as_str(),
                division(agency),
                agency.id,
                known.form.as_str(),
                owner.kind.as_str(),
                division(owner),
                owner.id
            );
        }
    }
}

/// The agency's division without what all have in common.
fn division(agency: &Agency) -> String {
    agency.jurisdiction.as_deref().map_or("-".to_owned(), |id| id.replace("ocd-division/country:us", ""))
}

fn context(document: &Document, span: ByteSpan) -> String {
    let text = document.text();
    let start = text.floor_char_boundary((span.start as usize).saturating_sub(40));
    let end = text.ceil_char_boundary((span.end as usize + 40).min(text.len()));
    text[start..end].replace('\n', "/")
}
