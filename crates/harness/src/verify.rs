//! Whether a report still holds.

use std::path::Path;

use goldrule_schema::{Diagnostic, read_text};
use serde_json::{Map, Value};

use crate::signature::{Signature, Sources};

/// A report as it was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// Where its sets came from.
    pub sources: Sources,
    signature: Signature,
    figures: Map<String, Value>,
}

/// The keys of a report that hold its figures.
const FIGURES: [&str; 4] = ["size", "measures", "accuracy", "intervals"];

impl Written {
    /// Reads a report that was written with `--format json`.
    ///
    /// # Errors
    /// Where the file cannot be read or is no such report.
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        let source = read_text(path)?;
        Self::parse(&source).map_err(|error| {
            let help = "give it what `goldrule eval --format json` or `goldrule score --format json` printed";
            Diagnostic::whole("syntax", path.display().to_string(), format!("no report: {error}"), help)
        })
    }

    fn parse(source: &str) -> serde_json::Result<Self> {
        let mut report: Map<String, Value> = serde_json::from_str(source)?;
        let signature = serde_json::from_value(report.remove("signature").unwrap_or_default())?;
        let sources = serde_json::from_value(report.remove("sources").unwrap_or_default())?;
        report.retain(|key, _| FIGURES.contains(&key.as_str()));
        Ok(Self { sources, signature, figures: report })
    }

    /// What is different in the same report made anew, as JSON; nothing where it holds.
    pub fn differences(&self, anew: &str) -> Vec<String> {
        match Self::parse(anew) {
            Ok(anew) => self.against(&anew),
            Err(error) => vec![format!("the report could not be made anew: {error}")],
        }
    }

    fn against(&self, now: &Self) -> Vec<String> {
        let (old, new) = (&self.signature, &now.signature);
        let mut differences = Vec::new();
        for (what, old, new) in [
            ("version", &old.version, &new.version),
            ("scheme", &old.scheme, &new.scheme),
            ("averaging", &old.averaging, &new.averaging),
            ("policies", &old.policies, &new.policies),
            ("offsets", &old.offsets, &new.offsets),
            ("intervals", &old.intervals, &new.intervals),
        ] {
            if old != new {
                differences.push(format!("{what}: the report says {old}, it is {new}"));
            }
        }
        for (document, hashes) in &old.documents {
            match new.documents.get(document) {
                None => differences.push(format!("{document} is in the report and is not scored now")),
                Some(now) => {
                    for (what, old, new) in
                        [("gold", &hashes.gold, &now.gold), ("prediction", &hashes.pred, &now.pred)]
                    {
                        if old != new {
                            let (old, new) = (short(old), short(new));
                            differences.push(format!("the {what} of {document} changed: {old} is now {new}"));
                        }
                    }
                }
            }
        }
        for document in new.documents.keys().filter(|document| !old.documents.contains_key(*document)) {
            differences.push(format!("{document} is scored now and is not in the report"));
        }
        let same_sets = old.documents == new.documents;
        if same_sets && (&old.gold, &old.pred) != (&new.gold, &new.pred) {
            differences
                .push("the hashes of all documents together are not those of the single ones".to_owned());
        }
        for key in FIGURES {
            let missing = Value::Null;
            let [old, new] =
                [&self.figures, &now.figures].map(|figures| figures.get(key).unwrap_or(&missing));
            walk(key, old, new, &mut differences);
        }
        differences
    }
}

fn short(hash: &str) -> String {
    hash.chars().take(12).collect()
}

/// Names every figure that differs.
fn walk(path: &str, old: &Value, new: &Value, differences: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(a), Value::Object(b)) => {
            let missing = Value::Null;
            let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                let at = format!("{path}.{key}");
                walk(&at, a.get(key).unwrap_or(&missing), b.get(key).unwrap_or(&missing), differences);
            }
        }
        (old, new) if old != new => {
            differences.push(format!("{path}: the report says {old}, it is {new}"));
        }
        _ => {}
    }
}
