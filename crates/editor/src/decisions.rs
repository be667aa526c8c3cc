//! Suggestions that were rejected, so that they do not come back: lines of JSON beside the gold file.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::record::Record;

/// What was decided about a record that is not in gold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// Whether it is rejected, or no longer.
    pub rejected: bool,
    /// The record.
    pub record: Record,
}

/// The records that are rejected. A line cut off by a crash, or of another program, is passed over.
///
/// # Errors
/// Where the file is there and cannot be read.
pub(crate) fn rejected(file: &Path) -> io::Result<Vec<Record>> {
    let source = match fs::read_to_string(file) {
        Ok(source) => source,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut records: Vec<Record> = Vec::new();
    for Decision { rejected, record } in source.lines().filter_map(|line| serde_json::from_str(line).ok()) {
        records.retain(|known| !known.is_same(&record));
        if rejected {
            records.push(record);
        }
    }
    Ok(records)
}

/// Adds a decision; it is on disk when this returns.
///
/// # Errors
/// Where the file cannot be written.
pub(crate) fn add(file: &Path, decision: &Decision) -> io::Result<()> {
    let torn = fs::read(file).is_ok_and(|bytes| bytes.last().is_some_and(|&last| last != b'\n'));
    let mut line = if torn { b"\n".to_vec() } else { Vec::new() };
    serde_json::to_writer(&mut line, decision)?;
    line.push(b'\n');
    let mut file = OpenOptions::new().create(true).append(true).open(file)?;
    file.write_all(&line)?;
    file.sync_data()
}
