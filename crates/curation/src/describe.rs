//! Records, conflicts and quotes as one reads them in a terminal.

use std::fmt::{self, Write as _};

use serde_json::Value;

use crate::conflicts::{Conflict, KeyConflict};
use crate::record::{Record, RecordRef};

/// Longest quote shown whole, in code points.
const QUOTE: usize = 70;

/// A quote on one line, its middle left out where it is long.
pub(crate) fn short(text: &str) -> String {
    let line: Vec<char> = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if line.len() <= QUOTE {
        return line.into_iter().collect();
    }
    let head: String = line[..QUOTE - 20].iter().collect();
    let tail: String = line[line.len() - 17..].iter().collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

impl fmt::Display for RecordRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = match self {
            Self::Agency(agency) => format!("agency {} “{}”", agency.id, agency.name),
            _ => format!("{}", self.layer()),
        };
        if let Some(span) = self.span() {
            let _ = write!(out, " {span}");
        }
        if let Some(text) = self.text() {
            let _ = write!(out, " “{}”", short(text));
        }
        for (label, value) in self.labels() {
            if let Some(value) = value.filter(|_| label != "name") {
                let _ = write!(out, " {value}");
            }
        }
        let own_id = if matches!(self, Self::Agency(_)) { None } else { self.id() };
        if let Some(id) = own_id {
            let _ = write!(out, " (id {id})");
        }
        for (key, value) in self.extra() {
            let _ = write!(out, " {key}={value}");
        }
        f.write_str(&out)
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().fmt(f)
    }
}

fn versions(f: &mut fmt::Formatter<'_>, versions: [(&str, Option<String>); 3]) -> fmt::Result {
    for (side, version) in versions {
        write!(f, "\n  {side:<7}{}", version.unwrap_or_else(|| "–".to_owned()))?;
    }
    Ok(())
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.layer, self.reason)?;
        if !self.fields.is_empty() {
            write!(f, " ({})", self.fields.join(", "))?;
        }
        let show = |record: &Option<Record>| record.as_ref().map(ToString::to_string);
        versions(f, [("base", show(&self.base)), ("ours", show(&self.ours)), ("theirs", show(&self.theirs))])
    }
}

impl fmt::Display for KeyConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: both sides changed it, to different things", self.key)?;
        let show = |value: &Option<Value>| value.as_ref().map(ToString::to_string);
        versions(f, [("base", show(&self.base)), ("ours", show(&self.ours)), ("theirs", show(&self.theirs))])
    }
}
