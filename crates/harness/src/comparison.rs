//! One document's gold against what was predicted for it.

use goldrule_extractor::Extractor;
use goldrule_schema::{AnnotationSet, CharSpan};
use goldrule_scorer::{DocumentScore, Duplicates, Ledger, RecordRow, score_document_with};
use rayon::prelude::*;

use crate::case::{Case, Files};
use crate::mistake::Mistake;
use crate::signature::Hashes;
use crate::tokens::tokens;

/// A scored document.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Its figures.
    pub score: DocumentScore,
    /// Every verdict that the figures are sums of.
    pub ledger: Ledger,
    /// The same record by record.
    pub records: Vec<RecordRow>,
    /// What is right.
    pub gold: AnnotationSet,
    /// What was predicted.
    pub pred: AnnotationSet,
    /// The records that were missed or made up, with their places in the text.
    pub mistakes: Vec<Mistake>,
    /// The tokens of its text, where that is at hand.
    pub tokens: Option<Vec<CharSpan>>,
    /// Its split in the manifest.
    pub split: Option<String>,
    /// Whether its text may not be shipped.
    pub withheld: bool,
    /// What both sets were, for the signature.
    pub hashes: Hashes,
}

impl Comparison {
    /// Scores a prediction.
    ///
    /// # Panics
    /// Where the figures are not the sums of the ledger's rows, which would be a fault of the scorer.
    pub fn new(case: &Case, pred: AnnotationSet, duplicates: Duplicates) -> Self {
        let ledger = Ledger::with(&case.gold.document, &case.gold, &pred, duplicates);
        // Counted again without a ledger; the rows of records are summed where they are made.
        let score = score_document_with(&case.gold.document, &case.gold, &pred, duplicates);
        assert_eq!(score, ledger.score(), "the rows of {} add up", case.gold.document);
        Self {
            score,
            mistakes: crate::mistake::mistakes(case, &pred, &ledger),
            records: ledger.records(),
            ledger,
            tokens: case.document.as_ref().map(|document| tokens(document.text())),
            split: case.split.clone(),
            withheld: case.is_withheld(),
            hashes: Hashes::new(&case.gold, &pred),
            gold: case.gold.clone(),
            pred,
        }
    }

    /// Name of the document.
    pub fn document(&self) -> &str {
        &self.score.document
    }
}

/// Extracts every document and scores it against its gold, on all threads of the current pool; the
/// result does not depend on how many there are. `done` is called after each document.
pub fn evaluate(
    extractor: &Extractor,
    cases: &[Case],
    duplicates: Duplicates,
    done: impl Fn() + Sync,
) -> Vec<Comparison> {
    let texts = cases.par_iter().filter_map(|case| Some((case, case.document.as_ref()?)));
    texts
        .map(|(case, document)| {
            let comparison = Comparison::new(case, extractor.extract(document), duplicates);
            done();
            comparison
        })
        .collect()
}

/// Scores given predictions, one for each case.
pub fn compare(
    cases: &[Case],
    preds: Vec<AnnotationSet>,
    duplicates: Duplicates,
    done: impl Fn() + Sync,
) -> Vec<Comparison> {
    cases
        .par_iter()
        .zip(preds)
        .map(|(case, pred)| {
            let comparison = Comparison::new(case, pred, duplicates);
            done();
            comparison
        })
        .collect()
}

/// How well two annotators agree on the given documents: one scored against the other, for the documents that
/// both have a sound file of; and what is wrong with the other files.
///
/// # Errors
/// Where one of the folders cannot be read or is empty.
pub fn agreement(
    folders: &[std::path::PathBuf; 2],
    cases: &[Case],
    duplicates: Duplicates,
) -> Result<(Vec<Comparison>, Vec<crate::Finding>), Vec<crate::Finding>> {
    let mut a = Files::read(&folders[0], None)?;
    let mut b = Files::read(&folders[1], None)?;
    let mut findings = std::mem::take(&mut a.findings);
    findings.append(&mut b.findings);
    let pairs: Vec<(Case, AnnotationSet)> = cases
        .iter()
        .filter_map(|case| match (a.take(&case.gold.document), b.take(&case.gold.document)) {
            (Some(Ok((_, a))), Some(Ok((_, b)))) => Some((Case { gold: a, ..case.clone() }, b)),
            _ => None,
        })
        .collect();
    let (cases, sets): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    Ok((compare(&cases, sets, duplicates, || {}), findings))
}
