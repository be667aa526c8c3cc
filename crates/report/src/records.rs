//! From scored documents to the records that the page shows.

use std::collections::{BTreeMap, BTreeSet};

use goldrule_harness::scorer::{ErrorClass, Measure, Outcome, RecordIndex, RecordRow};
use goldrule_harness::{Case, Comparison, is_open, worst_first};
use goldrule_schema::{AnnotationSet, CharSpan, Document};

use crate::Reader;
use crate::model::{Data, Page, Record, Side};

/// The measures that say whether a record is right: those that rules are judged by, and for an agency its
/// kind and jurisdiction.
const STRICT: [Measure; 4] = [
    Measure::MentionStrict,
    Measure::EntityKindJurisdiction,
    Measure::StanceEvidenceTuple,
    Measure::CitationStrictKind,
];

/// The documents that may be looked at, worst first.
pub(crate) fn scored(comparisons: &[Comparison], cases: &[Case], reader: Reader) -> Data {
    let texts = Texts::new(cases, reader);
    let mut open: Vec<&Comparison> =
        comparisons.iter().filter(|one| reader.reveal || is_open(one.split.as_deref())).collect();
    open.sort_by(|a, b| worst_first(&a.score, &b.score));
    let pages = open.into_iter().map(|comparison| {
        let matched = matched(comparison);
        let mut records: Vec<Record> =
            comparison.records.iter().map(|row| record(row, comparison, &matched)).collect();
        sort(&mut records);
        texts.page(comparison, records)
    });
    Data::new(&["gold", "found"], pages.collect())
}

/// The texts of documents, and which of them may be shown.
pub(crate) struct Texts<'a> {
    cases: BTreeMap<&'a str, &'a Case>,
    reader: Reader,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(cases: &'a [Case], reader: Reader) -> Self {
        Self { cases: cases.iter().map(|case| (case.gold.document.as_str(), case)).collect(), reader }
    }

    /// A document with its records.
    pub(crate) fn page(&self, comparison: &Comparison, records: Vec<Record>) -> Page {
        let case = self.cases.get(comparison.document());
        let withheld = comparison.withheld || case.is_some_and(|case| case.attached);
        let text = case.and_then(|case| case.document.as_ref());
        let split = comparison.split.as_deref();
        page((comparison.document(), split), (text, withheld), records, self.reader)
    }
}

/// A document with its records. Where its text may not be shown, nothing is left that quotes it: names and
/// links follow its wording.
pub(crate) fn page(
    (name, split): (&str, Option<&str>),
    (text, withheld): (Option<&Document>, bool),
    mut records: Vec<Record>,
    reader: Reader,
) -> Page {
    let hidden = withheld && !reader.include_withheld;
    if hidden {
        for side in records.iter_mut().flat_map(|record| record.sides.iter_mut().flatten()) {
            (side.agency, side.link) = (None, None);
        }
    }
    Page {
        name: name.to_owned(),
        split: split.map(str::to_owned),
        withheld: hidden,
        text: text.filter(|_| !hidden).map(|document| document.text().to_owned()),
        records,
    }
}

/// In text order; an agency stands before the mention it begins with.
pub(crate) fn sort(records: &mut [Record]) {
    let place = |record: &Record| {
        let span = record.sides.iter().flatten().next().map(|side| (side.start, side.end));
        (span, record.layer)
    };
    records.sort_by_key(place);
}

/// Gold and predicted records that the strict measures pair.
pub(crate) fn matched(comparison: &Comparison) -> BTreeSet<(RecordIndex, RecordIndex)> {
    let rows = comparison.ledger.rows.iter();
    let rows = rows.filter(|row| STRICT.contains(&row.layer) && row.outcome == Outcome::Matched);
    rows.filter_map(|row| Some((row.gold.as_ref()?.index, row.pred.as_ref()?.index))).collect()
}

fn record(
    row: &RecordRow,
    comparison: &Comparison,
    matched: &BTreeSet<(RecordIndex, RecordIndex)>,
) -> Record {
    let pair = row.gold.as_ref().zip(row.pred.as_ref());
    let side = |record: &Option<_>, set| record.as_ref().map(|record| side(set, record));
    Record {
        layer: row.sort.as_str(),
        class: row.error.map(ErrorClass::as_str),
        strict: pair.is_some_and(|(gold, pred)| matched.contains(&(gold.index, pred.index))),
        sides: vec![side(&row.gold, &comparison.gold), side(&row.pred, &comparison.pred)],
    }
}

/// A record as the page shows it.
pub(crate) fn side(set: &AnnotationSet, record: &goldrule_harness::scorer::Record) -> Side {
    let (words, agency, link): (Vec<(&str, &str)>, _, _) = match record.index {
        RecordIndex::Mention { agency, mention } => {
            let agency = &set.agencies[agency];
            (vec![("form", agency.mentions[mention].form.as_str())], Some(agency.name.clone()), None)
        }
        RecordIndex::Entity(at) => {
            let agency = &set.agencies[at];
            let kind = vec![("kind", agency.kind.as_str())];
            (kind, Some(agency.name.clone()), agency.jurisdiction.clone())
        }
        RecordIndex::Stance(at) => {
            let stance = &set.stances[at];
            let words = vec![
                ("topic", stance.topic.as_str()),
                ("position", stance.position.as_str()),
                ("attribution", stance.attribution.as_str()),
            ];
            (words, set.agency(&stance.agency).map(|agency| agency.name.clone()), None)
        }
        RecordIndex::Citation(at) => {
            let citation = &set.citations[at];
            (vec![("kind", citation.kind.as_str())], None, citation.canonical.clone())
        }
    };
    let (start, end) = record.span.map(|CharSpan { start, end }| (start, end)).unzip();
    Side { start, end, words: words.into_iter().collect(), agency, link, rule: record.rule.clone() }
}
