//! The records that were missed or made up, as a list to work through.

use std::collections::BTreeSet;

use goldrule_schema::{AnnotationSet, Document};
use goldrule_scorer::{ErrorClass, Ledger, Measure, Outcome, Record, RecordIndex};
use serde::Serialize;

use crate::case::Case;

/// The strictest measure of each layer: what is right there is right everywhere.
const LAYERS: [Measure; 4] = [
    Measure::MentionStrict,
    Measure::EntityKindJurisdiction,
    Measure::StanceEvidenceTuple,
    Measure::CitationStrictKind,
];

/// A gold record that was missed, a predicted one that is not in gold, or one taken for the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// Name of the document.
    pub document: String,
    /// The text's file; the gold file where the text is not at hand.
    pub file: String,
    /// Line of the text, from 1.
    pub line: Option<u32>,
    /// Column in code points, from 1.
    pub column: Option<u32>,
    /// The measure that counts it.
    pub layer: Measure,
    /// What went wrong.
    pub error: ErrorClass,
    /// The gold record.
    pub gold: Option<Shown>,
    /// The predicted record.
    pub pred: Option<Shown>,
}

/// A record as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// First code point, from 0.
    pub start: Option<u32>,
    /// First code point behind it.
    pub end: Option<u32>,
    /// The record's words: form, kind, or holder, topic and position.
    pub label: String,
    /// Its characters; absent where the text may not be shipped. For an agency its name.
    pub text: Option<String>,
    /// The rule that made it.
    pub rule: Option<String>,
}

/// The mistakes of a document, layer by layer in text order. A missed and a spurious record that the
/// ledger holds for one confusion are listed once.
pub(crate) fn mistakes(case: &Case, pred: &AnnotationSet, ledger: &Ledger) -> Vec<Mistake> {
    let mut listed = Vec::new();
    let mut paired = BTreeSet::new();
    for row in ledger.rows.iter().filter(|row| LAYERS.contains(&row.layer)) {
        let Some(error) = row.error.filter(|_| row.outcome != Outcome::Matched) else { continue };
        let indices = (row.gold.as_ref().map(|r| r.index), row.pred.as_ref().map(|r| r.index));
        if let (Some(_), Some(_)) = indices
            && !paired.insert((row.layer, indices))
        {
            continue;
        }
        let quotes = Quotes { document: case.document.as_ref(), withheld: case.is_withheld() };
        let shown = |record: &Option<Record>, set| record.as_ref().map(|record| quotes.shown(set, record));
        let (gold, pred) = (shown(&row.gold, &case.gold), shown(&row.pred, pred));
        let start = gold.as_ref().and_then(|g| g.start).or(pred.as_ref().and_then(|p| p.start));
        let place =
            case.document.as_ref().zip(start).and_then(|(document, start)| document.line_column(start));
        listed.push(Mistake {
            document: ledger.document.to_string(),
            file: case.file.display().to_string(),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            layer: row.layer,
            error,
            gold,
            pred,
        });
    }
    let start = |m: &Mistake| m.gold.as_ref().or(m.pred.as_ref()).and_then(|record| record.start);
    listed.sort_by_key(|mistake| (LAYERS.iter().position(|&l| l == mistake.layer), start(mistake)));
    listed
}

/// Where the characters of records are taken from.
#[derive(Clone, Copy)]
pub(crate) struct Quotes<'a> {
    pub(crate) document: Option<&'a Document>,
    /// Whether they may not be shown.
    pub(crate) withheld: bool,
}

impl Quotes<'_> {
    pub(crate) fn shown(&self, set: &AnnotationSet, record: &Record) -> Shown {
        let quote = |text: Option<&String>| {
            let from_text =
                |document: &Document| record.span.and_then(|span| document.quote(span)).map(str::to_owned);
            text.cloned().or_else(|| self.document.and_then(from_text)).filter(|_| !self.withheld)
        };
        let (text, label) = match record.index {
            RecordIndex::Mention { agency, mention } => {
                (quote(set.agencies[agency].mentions[mention].text.as_ref()), record.label.to_string())
            }
            RecordIndex::Entity(index) => {
                let agency = &set.agencies[index];
                let place = agency.jurisdiction.as_deref().unwrap_or("no jurisdiction");
                (Some(agency.name.clone()), format!("{} {place}", agency.kind))
            }
            RecordIndex::Stance(index) => (quote(set.stances[index].text.as_ref()), record.label.to_string()),
            RecordIndex::Citation(index) => {
                (quote(set.citations[index].text.as_ref()), record.label.to_string())
            }
        };
        Shown {
            start: record.span.map(|span| span.start),
            end: record.span.map(|span| span.end),
            label,
            text,
            rule: record.rule.clone(),
        }
    }
}
