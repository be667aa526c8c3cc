//! Scored documents, whatever made the predictions, and what is done with them.

use std::path::Path;

use goldrule_harness::{
    Baseline, Case, Comparison, Compat, Detail, LedgerFormat, Limit, Report, Settings, Skipped, Sources,
    counted, ledger,
};
use goldrule_schema::write_atomically;

use crate::status::{Failure, Status};
use crate::terminal::Terminal;
use crate::{eval, score};

/// Documents that were scored, and those that were not.
pub(crate) struct Scored {
    pub(crate) comparisons: Vec<Comparison>,
    /// The documents with their texts, those that were not scored for want of one included.
    pub(crate) cases: Vec<Case>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) status: Status,
}

impl Scored {
    /// Scores what the sources name: files where they name a folder of predictions, else what the rules
    /// find.
    pub(crate) fn new(
        sources: &Sources,
        settings: &Settings,
        jobs: Option<usize>,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        match (&sources.pred, &sources.gold) {
            (Some(pred), Some(gold)) => score::scored(sources, gold, pred, settings, terminal),
            (Some(_), None) => {
                Err(Failure::message("predictions need gold to be scored against", "name it with --gold DIR"))
            }
            (None, _) => eval::scored(sources, settings, jobs, terminal),
        }
    }
}

/// What a report adds to its figures.
#[derive(clap::Args)]
pub(crate) struct More {
    /// Add every averaging, label, slot and span scheme, positions by topic, and coreference
    #[arg(long)]
    schemes: bool,
    /// Add the counts of another tool, in the order of the files
    #[arg(long, value_name = "TOOL")]
    compat: Option<Compat>,
}

impl More {
    pub(crate) fn detail(&self, comparisons: &[Comparison], settings: &Settings) -> Option<Detail> {
        let wanted = self.schemes || self.compat.is_some();
        wanted.then(|| Detail::new(comparisons, self.compat, settings))
    }
}

/// What a run is held to, and what it leaves behind.
#[derive(clap::Args)]
pub(crate) struct Outcome {
    /// Show which figures moved against this file's
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<std::path::PathBuf>,
    /// Exit with 1 where a figure is below the baseline's, and name it
    #[arg(long, requires = "baseline")]
    pub(crate) fail_on_drop: bool,
    /// Exit with 1 where a figure is below a value: stance.tuple=0.8, mention.strict.recall=0.9
    #[arg(long, value_name = "KEY=VALUE")]
    pub(crate) fail_under: Vec<Limit>,
    /// Write a row for every gold and predicted record to this .csv or .jsonl file
    #[arg(long, value_name = "FILE", value_parser = ledger_path)]
    pub(crate) ledger: Option<std::path::PathBuf>,
}

fn ledger_path(text: &str) -> Result<std::path::PathBuf, String> {
    let path = std::path::PathBuf::from(text);
    if LedgerFormat::of(&path).is_some() { Ok(path) } else { Err("name a .csv or a .jsonl file".to_owned()) }
}

impl Outcome {
    /// Reads the baseline: before the work, so that a wrong name costs nothing.
    pub(crate) fn before(&self) -> Result<Option<Baseline>, Failure> {
        Ok(self.baseline.as_deref().map(Baseline::read).transpose()?)
    }

    /// Writes the ledger and holds the figures to the baseline and the limits.
    pub(crate) fn settle(
        &self,
        report: &Report,
        comparisons: &[Comparison],
        reveal: bool,
        terminal: &Terminal,
    ) -> Result<Status, Failure> {
        if let Some(path) = &self.ledger {
            write_ledger(path, comparisons, reveal, terminal)?;
        }
        let mut status = Status::Fine;
        for below in self.fail_under.iter().filter_map(|limit| limit.missed_by(&report.total().group.total)) {
            terminal.error(&below.to_string());
            status = Status::Problems;
        }
        Ok(status.max(self.hold(report, terminal)))
    }

    /// Says what fell; that is a problem where it was asked to be.
    fn hold(&self, report: &Report, terminal: &Terminal) -> Status {
        let Some(moves) = &report.since else { return Status::Fine };
        if moves.falls.is_empty() {
            terminal.note("No figure is below the baseline.");
            return Status::Fine;
        }
        if !self.fail_on_drop {
            let falls = counted(moves.falls.len(), "figure");
            terminal.note(&format!("{falls} below the baseline; --fail-on-drop makes that a failure."));
            return Status::Fine;
        }
        for fall in &moves.falls {
            terminal.error(&fall.to_string());
        }
        terminal.note("Where that is meant, renew the baseline with --write-baseline FILE and say why.");
        Status::Problems
    }
}

fn write_ledger(
    path: &Path,
    comparisons: &[Comparison],
    reveal: bool,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let format = LedgerFormat::of(path).unwrap_or(LedgerFormat::Csv);
    let (rows, left_out) = ledger(comparisons, format, reveal);
    write(path, &rows)?;
    let rest = if left_out == 0 {
        String::new()
    } else {
        format!(" without {} that may not be looked at (--reveal adds them)", counted(left_out, "document"))
    };
    terminal.note(&format!("Wrote {}{rest}.", path.display()));
    Ok(())
}

/// Writes a file whole or not at all.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    write_atomically(path, text.as_bytes(), None).map_err(|error| {
        let message = format!("cannot write {}: {error}", path.display());
        Failure::message(message, "name a file in a folder you can write")
    })
}
