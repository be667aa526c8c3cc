//! What annotators have made of the same documents, record by record.

use std::collections::{BTreeMap, BTreeSet};

use goldrule_harness::scorer::{Ledger, RecordIndex, RecordRow};
use goldrule_harness::{Annotated, Annotations, DisagreementClass, is_open};
use goldrule_schema::AnnotationSet;

use crate::Reader;
use crate::model::{Data, Record};
use crate::records::{page, side, sort};

/// The gravest disagreement first.
const GRAVITY: [DisagreementClass; 8] = [
    DisagreementClass::OneSide,
    DisagreementClass::Agency,
    DisagreementClass::Holder,
    DisagreementClass::Topic,
    DisagreementClass::Position,
    DisagreementClass::Label,
    DisagreementClass::Boundary,
    DisagreementClass::Duplicate,
];

/// The documents that may be looked at, those with the most disagreements first.
pub(crate) fn annotated(annotations: &Annotations<'_>, reader: Reader) -> Data {
    let open = annotations.documents.iter().filter(|one| reader.reveal || is_open(one.split()));
    let mut pages: Vec<_> = open
        .map(|one| {
            let attached = one.entry.is_some_and(|entry| entry.attached);
            let text = (one.text(), one.is_withheld() || attached);
            page((&one.document, one.split()), text, records(one), reader)
        })
        .collect();
    let differ = |records: &[Record]| records.iter().filter(|record| record.class.is_some()).count();
    pages.sort_by_cached_key(|page| (std::cmp::Reverse(differ(&page.records)), page.name.clone()));
    let tracks: Vec<&str> = annotations.annotators.iter().map(String::as_str).collect();
    Data::new(&tracks, pages)
}

/// Each record of each annotator once, beside those of the later annotators that are aligned with it.
fn records(document: &Annotated<'_>) -> Vec<Record> {
    let sets = &document.sets;
    let mut placed: Vec<BTreeSet<RecordIndex>> = vec![BTreeSet::new(); sets.len()];
    let mut records = Vec::new();
    for (at, one) in sets.iter().enumerate() {
        let Some(one) = one else { continue };
        let others: Vec<(usize, &AnnotationSet)> = sets
            .iter()
            .enumerate()
            .filter_map(|(other, set)| Some((other, set.as_ref().filter(|_| other != at)?)))
            .collect();
        let rows: Vec<(usize, BTreeMap<RecordIndex, RecordRow>)> =
            others.iter().map(|&(other, set)| (other, rows_of(document, one, set))).collect();
        let Some((_, all)) = rows.first() else { continue };
        let mine: Vec<RecordIndex> =
            all.keys().copied().filter(|index| !placed[at].contains(index)).collect();
        for index in mine {
            records.extend(record(at, index, one, sets, &rows, &mut placed));
        }
    }
    sort(&mut records);
    records
}

/// What the alignment with another annotator says of each record.
fn rows_of(
    document: &Annotated<'_>,
    one: &AnnotationSet,
    other: &AnnotationSet,
) -> BTreeMap<RecordIndex, RecordRow> {
    let rows = Ledger::new(&document.document, one, other).records();
    rows.into_iter().filter_map(|row| Some((row.gold.as_ref()?.index, row))).collect()
}

fn record(
    at: usize,
    index: RecordIndex,
    one: &AnnotationSet,
    sets: &[Option<AnnotationSet>],
    rows: &[(usize, BTreeMap<RecordIndex, RecordRow>)],
    placed: &mut [BTreeSet<RecordIndex>],
) -> Option<Record> {
    let own = rows.first()?.1.get(&index)?;
    let mut record =
        Record { layer: own.sort.as_str(), class: None, strict: true, sides: vec![None; sets.len()] };
    record.sides[at] = own.gold.as_ref().map(|record| side(one, record));
    let mut worst = GRAVITY.len();
    for (other, rows) in rows {
        let Some(row) = rows.get(&index) else { continue };
        let partner = row.pred.as_ref().filter(|pred| *other > at && placed[*other].insert(pred.index));
        record.sides[*other] = partner.zip(sets[*other].as_ref()).map(|(pred, set)| side(set, pred));
        let class = match partner {
            Some(_) => row.error.map(DisagreementClass::from),
            None => Some(DisagreementClass::OneSide),
        };
        let gravity = class.and_then(|class| GRAVITY.iter().position(|&one| one == class));
        worst = worst.min(gravity.unwrap_or(GRAVITY.len()));
    }
    record.class = GRAVITY.get(worst).map(|class| class.as_str());
    record.strict = record.class.is_none();
    Some(record)
}
