//! The ledger as a file: a row for every gold and predicted record.

use goldrule_scorer::{Record, RecordRow};
use serde::Serialize;

use crate::comparison::Comparison;
use crate::report::is_open;

/// How a ledger is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerFormat {
    /// With a head.
    Csv,
    /// An object a line.
    JsonLines,
}

impl LedgerFormat {
    /// What the name of a file asks for: `.csv` or `.jsonl`.
    pub fn of(path: &std::path::Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "csv" => Some(Self::Csv),
            "jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

#[derive(Serialize)]
struct Row<'a> {
    document: &'a str,
    record: &'static str,
    error: Option<&'static str>,
    gold_start: Option<u32>,
    gold_end: Option<u32>,
    gold_label: Option<&'a str>,
    pred_start: Option<u32>,
    pred_end: Option<u32>,
    pred_label: Option<&'a str>,
    rule: Option<&'a str>,
}

/// The rows of all documents that may be named, and how many documents are left out because they may not.
/// Rows hold places and labels, never text.
pub fn ledger(comparisons: &[Comparison], format: LedgerFormat, reveal: bool) -> (String, usize) {
    let open = |comparison: &&Comparison| reveal || is_open(comparison.split.as_deref());
    let rows = comparisons.iter().filter(open).flat_map(|comparison| &comparison.records).map(row);
    let left_out = comparisons.len() - comparisons.iter().filter(open).count();
    let text = match format {
        LedgerFormat::Csv => {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for row in rows {
                let _ = writer.serialize(row); // writing to memory does not fail
            }
            String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
        }
        LedgerFormat::JsonLines => {
            rows.map(|row| serde_json::to_string(&row).unwrap_or_default() + "\n").collect()
        }
    };
    (text, left_out)
}

fn row(row: &RecordRow) -> Row<'_> {
    let span = |record: &Option<Record>| record.as_ref().and_then(|record| record.span);
    let (gold, pred) = (span(&row.gold), span(&row.pred));
    Row {
        document: &row.document,
        record: row.sort.as_str(),
        error: row.error.map(goldrule_scorer::ErrorClass::as_str),
        gold_start: gold.map(|span| span.start),
        gold_end: gold.map(|span| span.end),
        gold_label: row.gold.as_ref().map(|record| &*record.label),
        pred_start: pred.map(|span| span.start),
        pred_end: pred.map(|span| span.end),
        pred_label: row.pred.as_ref().map(|record| &*record.label),
        rule: row.pred.as_ref().and_then(|record| record.rule.as_deref()),
    }
}
