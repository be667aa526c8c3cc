//! Two systems on the same gold, record by record.

use std::collections::{BTreeMap, BTreeSet};

use goldrule_harness::scorer::{RecordIndex, RecordRow};
use goldrule_harness::{Case, Comparison, is_open};

use crate::Reader;
use crate::model::{Data, Record, Side};
use crate::records::{Texts, matched, side, sort};

/// What the two systems make of a record.
#[derive(Default)]
struct Both<'a> {
    gold: Option<&'a RecordRow>,
    /// The rows of the old and of the new system.
    rows: [Option<&'a RecordRow>; 2],
}

/// A gold record, or else what a system found: its place and what it says.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Gold(RecordIndex),
    Found { layer: &'static str, span: Option<(u32, u32)>, label: &'a str, copy: usize },
}

/// The documents of both that may be looked at, those where most has changed first.
pub(crate) fn contrasted(old: &[Comparison], new: &[Comparison], cases: &[Case], reader: Reader) -> Data {
    let texts = Texts::new(cases, reader);
    let before: BTreeMap<&str, &Comparison> = old.iter().map(|one| (one.document(), one)).collect();
    let open = new.iter().filter(|one| reader.reveal || is_open(one.split.as_deref()));
    let mut pages: Vec<_> =
        open.filter_map(|new| Some(texts.page(new, records(before.get(new.document())?, new)))).collect();
    let changed = |records: &[Record]| records.iter().filter(|r| r.class.is_some_and(|c| c != STILL)).count();
    pages.sort_by_cached_key(|page| (std::cmp::Reverse(changed(&page.records)), page.name.clone()));
    Data::new(&["gold", "old", "new"], pages)
}

/// The class of what neither system has right.
const STILL: &str = "wrong_in_both";

fn records(old: &Comparison, new: &Comparison) -> Vec<Record> {
    let systems = [old, new];
    let mut both: BTreeMap<Key<'_>, Both<'_>> = BTreeMap::new();
    for (at, system) in systems.into_iter().enumerate() {
        let mut copies: BTreeMap<Key<'_>, usize> = BTreeMap::new();
        for row in &system.records {
            let key = match (&row.gold, &row.pred) {
                (Some(gold), _) => Key::Gold(gold.index),
                (None, Some(pred)) => {
                    let span = pred.span.map(|span| (span.start, span.end));
                    let (layer, label) = (row.sort.as_str(), &*pred.label);
                    let copy = copies.entry(Key::Found { layer, span, label, copy: 0 }).or_default();
                    *copy += 1;
                    Key::Found { layer, span, label, copy: *copy }
                }
                (None, None) => continue,
            };
            let entry = both.entry(key).or_default();
            entry.rows[at] = Some(row);
            if row.gold.is_some() {
                entry.gold = Some(row);
            }
        }
    }
    let matched = systems.map(matched);
    let mut records: Vec<Record> = both.values().filter_map(|both| record(both, systems, &matched)).collect();
    sort(&mut records);
    records
}

fn record(
    both: &Both<'_>,
    systems: [&Comparison; 2],
    matched: &[BTreeSet<(RecordIndex, RecordIndex)>; 2],
) -> Option<Record> {
    let right = [0, 1].map(|at| {
        both.rows[at].is_some_and(|row| {
            row.gold
                .as_ref()
                .zip(row.pred.as_ref())
                .is_some_and(|(g, p)| matched[at].contains(&(g.index, p.index)))
        })
    });
    let class = match (both.gold, both.rows) {
        (Some(_), _) => match right {
            [true, true] => None,
            [false, true] => Some("gained"),
            [true, false] => Some("lost"),
            [false, false] => Some(STILL),
        },
        (None, [None, Some(_)]) => Some("made_up"),
        (None, [Some(_), None]) => Some("withdrawn"),
        (None, _) => Some(STILL),
    };
    let found = |at: usize| -> Option<Side> {
        both.rows[at].and_then(|row| row.pred.as_ref()).map(|record| side(&systems[at].pred, record))
    };
    let gold = both.gold.and_then(|row| row.gold.as_ref()).map(|record| side(&systems[1].gold, record));
    let layer = both.rows.into_iter().flatten().next()?.sort.as_str();
    Some(Record { layer, class, strict: right[1], sides: vec![gold, found(0), found(1)] })
}
