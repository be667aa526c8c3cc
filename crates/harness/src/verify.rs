//! Whether a report still holds.

use std::path::Path;

use goldrule_schema::{Diagnostic, read_text};
use serde_json::{Map, Value};

use crate::contrast::Systems;
use crate::settings::Settings;
use crate::signature::{ContrastSignature, Signature, Sources};

/// A report as it was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// What it is a report of.
    pub origin: Origin,
    /// The conventions that it was made under.
    pub settings: Settings,
    /// The signatures, each with the name of its system where there are two.
    signatures: Vec<(&'static str, Signature)>,
    test: String,
    figures: Map<String, Value>,
}

/// What a report is of, and where its sets came from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// One system, scored by `eval` or `score`.
    Report(Box<Sources>),
    /// Two systems, set side by side by `compare`.
    Contrast(Box<Systems>),
}

/// The keys of a report that hold its figures; `documents` and `figures` are those of a comparison.
const FIGURES: [&str; 4] = ["size", "measures", "accuracy", "intervals"];
const DIFFERENCES: [&str; 2] = ["documents", "figures"];

impl Written {
    /// Reads a report that was written with `--format json`.
    ///
    /// # Errors
    /// Where the file cannot be read or is no such report.
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        let source = read_text(path)?;
        Self::parse(&source).map_err(|error| {
            let help = "give it what `goldrule eval`, `score` or `compare` printed with `--format json`";
            Diagnostic::whole("syntax", path.display().to_string(), format!("no report: {error}"), help)
        })
    }

    fn parse(source: &str) -> serde_json::Result<Self> {
        let mut report: Map<String, Value> = serde_json::from_str(source)?;
        let mut take = |key: &str| report.remove(key).unwrap_or_default();
        let (signature, sources, settings) = (take("signature"), take("sources"), take("settings"));
        let settings =
            if settings.is_null() { Settings::default() } else { serde_json::from_value(settings)? };
        let two = signature.get("old").is_some();
        let kept: &[&str] = if two { &DIFFERENCES } else { &FIGURES };
        report.retain(|key, _| kept.contains(&key.as_str()));
        let (origin, signatures, test);
        if two {
            let both: ContrastSignature = serde_json::from_value(signature)?;
            origin = Origin::Contrast(serde_json::from_value(sources)?);
            test = both.test;
            signatures = vec![("old: ", both.old), ("new: ", both.new)];
        } else {
            origin = Origin::Report(serde_json::from_value(sources)?);
            test = String::new();
            signatures = vec![("", serde_json::from_value(signature)?)];
        }
        let figures = report.into_iter().map(|(key, value)| (key, by_measure(value))).collect();
        Ok(Self { origin, settings, signatures, test, figures })
    }

    /// What is different in the same report made anew, as JSON; nothing where it holds.
    pub fn differences(&self, anew: &str) -> Vec<String> {
        match Self::parse(anew) {
            Ok(anew) => self.against(&anew),
            Err(error) => vec![format!("the report could not be made anew: {error}")],
        }
    }

    fn against(&self, now: &Self) -> Vec<String> {
        let mut differences = Vec::new();
        for ((system, old), (_, new)) in self.signatures.iter().zip(&now.signatures) {
            compare(system, old, new, &mut differences);
        }
        if self.test != now.test {
            differences.push(format!("test: the report says {}, it is {}", self.test, now.test));
        }
        for key in FIGURES.into_iter().chain(DIFFERENCES) {
            let missing = Value::Null;
            let [old, new] =
                [&self.figures, &now.figures].map(|figures| figures.get(key).unwrap_or(&missing));
            walk(key, old, new, &mut differences);
        }
        differences
    }
}

/// A list of figures as an object with their names for keys, so that a difference can name its figure.
fn by_measure(value: Value) -> Value {
    match value {
        Value::Array(items) if items.iter().all(|item| item.get("measure").is_some()) => {
            let named = |item: Value| Some((item.get("measure")?.as_str()?.to_owned(), item));
            Value::Object(items.into_iter().filter_map(named).collect())
        }
        other => other,
    }
}

/// Names what differs between two signatures of one system.
fn compare(system: &str, old: &Signature, new: &Signature, differences: &mut Vec<String>) {
    for (what, old, new) in [
        ("version", &old.version, &new.version),
        ("scheme", &old.scheme, &new.scheme),
        ("averaging", &old.averaging, &new.averaging),
        ("policies", &old.policies, &new.policies),
        ("offsets", &old.offsets, &new.offsets),
        ("intervals", &old.intervals, &new.intervals),
    ] {
        if old != new {
            differences.push(format!("{system}{what}: the report says {old}, it is {new}"));
        }
    }
    for (document, hashes) in &old.documents {
        let Some(now) = new.documents.get(document) else {
            differences.push(format!("{system}{document} is in the report and is not scored now"));
            continue;
        };
        for (what, old, new) in [("gold", &hashes.gold, &now.gold), ("prediction", &hashes.pred, &now.pred)] {
            if old != new {
                let (old, new) = (short(old), short(new));
                differences.push(format!("{system}the {what} of {document} changed: {old} is now {new}"));
            }
        }
    }
    for document in new.documents.keys().filter(|document| !old.documents.contains_key(*document)) {
        differences.push(format!("{system}{document} is scored now and is not in the report"));
    }
    if old.documents == new.documents && (&old.gold, &old.pred) != (&new.gold, &new.pred) {
        differences
            .push(format!("{system}the hashes of all documents together are not those of the single ones"));
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
