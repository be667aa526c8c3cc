//! Counts by label, for averages over labels.

use std::collections::BTreeMap;

use crate::counts::Counts;
use crate::measure::Measure;
use crate::records::RecordRow;

/// The counts of every measure by the [class](crate::Record::class) of the records: a gold record counts
/// under its own, a predicted one under its own. For each measure they add up to its counts.
pub fn counts_by_label<'a>(
    rows: impl IntoIterator<Item = &'a RecordRow>,
) -> BTreeMap<Measure, BTreeMap<String, Counts>> {
    let mut labels: BTreeMap<Measure, BTreeMap<String, Counts>> = BTreeMap::new();
    for row in rows {
        for (measure, counts) in &row.counts {
            // What a row adds to a measure is of one record, on one side.
            let record = if counts.gold > 0 { &row.gold } else { &row.pred };
            let Some(record) = record else { continue };
            *labels.entry(*measure).or_default().entry(record.class().to_owned()).or_default() += *counts;
        }
    }
    labels
}
