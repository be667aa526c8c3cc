//! JSON with the places of its values.

use std::ops::Range;

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions};

use crate::draft::Findings;

/// A value and where its text begins in the file.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a, 'n> {
    value: &'n Value<'a>,
    base: usize,
}

/// Parses a text that begins at byte `base` of a file and hands its root to `then`.
pub(crate) fn parse(
    text: &str,
    base: usize,
    findings: &mut Findings<'_>,
    then: impl FnOnce(Node<'_, '_>, &mut Findings<'_>),
) {
    // This parser limits depth and is strict; the other keeps places.
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        let line: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = base + text.len().min(line + error.column().saturating_sub(1));
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        findings.error("syntax", &(at..at + 1), format!("not JSON: {message}"), "mend the JSON here");
        return;
    }
    match jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default()) {
        Ok(parsed) => {
            if let Some(value) = &parsed.value {
                twice(value, base, findings);
                then(Node { value, base }, findings);
            }
        }
        Err(error) => {
            let at = base + error.range().start;
            findings.error(
                "syntax",
                &(at..at + 1),
                format!("not JSON: {}", error.kind()),
                "mend the JSON here",
            );
        }
    }
}

/// Reports keys that an object has twice: one of the two values would be lost.
fn twice(value: &Value<'_>, base: usize, findings: &mut Findings<'_>) {
    match value {
        Value::Object(object) => {
            let mut met = std::collections::BTreeSet::new();
            for property in &object.properties {
                if !met.insert(property.name.as_str()) {
                    let at = base + property.range().start;
                    let message = format!("the key `{}` stands twice in one object", property.name.as_str());
                    findings.error("duplicate-key", &(at..at + 1), message, "leave one of them");
                }
                twice(&property.value, base, findings);
            }
        }
        Value::Array(array) => array.elements.iter().for_each(|value| twice(value, base, findings)),
        _ => {}
    }
}

/// Lines that hold something, with the byte they begin at.
pub(crate) fn lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let mark = source.len() - source.trim_start_matches('\u{feff}').len();
    source[mark..]
        .split_inclusive('\n')
        .scan(mark, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line.trim_end_matches(['\n', '\r'])))
        })
        .filter(|(_, line)| !line.trim().is_empty())
}

impl<'a, 'n> Node<'a, 'n> {
    pub(crate) fn at(&self) -> Range<usize> {
        let range = self.value.range();
        self.base + range.start..self.base + range.end
    }

    /// The first character, to point at something long.
    pub(crate) fn head(&self) -> Range<usize> {
        let start = self.at().start;
        start..start + 1
    }

    fn object(&self) -> Option<&'n Object<'a>> {
        if let Value::Object(object) = self.value { Some(object) } else { None }
    }

    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let property = self.object()?.properties.iter().find(|property| property.name.as_str() == key)?;
        Some(Self { value: &property.value, base: self.base })
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &'n str> + use<'a, 'n> {
        self.object().into_iter().flat_map(|object| object.properties.iter().map(|p| p.name.as_str()))
    }

    pub(crate) fn items(&self) -> Vec<Self> {
        let Value::Array(array) = self.value else { return Vec::new() };
        array.elements.iter().map(|value| Self { value, base: self.base }).collect()
    }

    pub(crate) fn list(&self, key: &str) -> Vec<Self> {
        self.get(key).map(|node| node.items()).unwrap_or_default()
    }

    /// The values of a list; what stands there and is none is reported.
    pub(crate) fn records(&self, key: &str, findings: &mut Findings<'_>) -> Vec<Self> {
        if let Some(node) =
            self.get(key).filter(|node| !matches!(node.value, Value::Array(_) | Value::NullKeyword(_)))
        {
            findings.error("wrong-type", &node.head(), format!("`{key}` is no list"), "write a list here");
        }
        self.list(key)
    }

    pub(crate) fn str(&self) -> Option<&'n str> {
        if let Value::StringLit(string) = self.value { Some(string.value.as_ref()) } else { None }
    }

    pub(crate) fn string(&self, key: &str) -> Option<&'n str> {
        self.get(key).and_then(|node| node.str())
    }

    /// A string or a number, as a name.
    pub(crate) fn name(&self) -> Option<String> {
        match self.value {
            Value::StringLit(string) => Some(string.value.to_string()),
            Value::NumberLit(number) => Some(number.value.to_string()),
            _ => None,
        }
    }

    pub(crate) fn count(&self, key: &str) -> Option<u32> {
        match self.get(key)?.value {
            Value::NumberLit(number) => number.value.parse().ok(),
            _ => None,
        }
    }

    /// The value without its places.
    pub(crate) fn plain(&self) -> serde_json::Value {
        self.value.clone().into()
    }

    /// Offsets under these keys; their absence is reported.
    pub(crate) fn offsets(&self, start: &str, end: &str, findings: &mut Findings<'_>) -> Option<(u32, u32)> {
        let both = self.count(start).zip(self.count(end));
        if both.is_none() {
            let help = format!("give `{start}` and `{end}` as whole numbers from 0");
            findings.error("missing-key", &self.head(), "this span says nowhere where it stands", &help);
        }
        both
    }

    pub(crate) fn required(&self, key: &str, findings: &mut Findings<'_>) -> Option<&'n str> {
        let found = self.string(key);
        if found.is_none() {
            findings.error(
                "missing-key",
                &self.head(),
                format!("there is no text under `{key}`"),
                &format!("add `{key}`"),
            );
        }
        found
    }
}
