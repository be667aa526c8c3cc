//! JSON with the place of every value, for findings that point at it.

use goldrule_schema::Diagnostic;
use jsonc_parser::ast;
use jsonc_parser::common::Ranged as _;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::{Map, Value};

use crate::place::{Lines, Origin};

/// A value and where it stands, in bytes of the file.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    start: usize,
    end: usize,
    held: Held,
}

#[derive(Clone, Debug)]
enum Held {
    Object(Vec<(String, Node)>),
    List(Vec<Node>),
    Plain(Value),
}

impl Node {
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.held {
            Held::Object(fields) => fields.iter().find(|(name, _)| name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The items of a list; nothing where it is none.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.held {
            Held::List(items) => items,
            _ => &[],
        }
    }

    /// The items of the list under a key.
    pub(crate) fn list(&self, key: &str) -> &[Self] {
        self.get(key).map_or(&[], Self::items)
    }

    pub(crate) fn is_list(&self) -> bool {
        matches!(self.held, Held::List(_))
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.held {
            Held::Plain(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    pub(crate) fn count(&self, key: &str) -> Option<u32> {
        match &self.get(key)?.held {
            Held::Plain(Value::Number(number)) => u32::try_from(number.as_u64()?).ok(),
            _ => None,
        }
    }

    pub(crate) fn value(&self) -> Value {
        match &self.held {
            Held::Object(_) => Value::Object(self.map()),
            Held::List(items) => Value::Array(items.iter().map(Self::value).collect()),
            Held::Plain(value) => value.clone(),
        }
    }

    /// The fields of an object; nothing where it is none.
    pub(crate) fn map(&self) -> Map<String, Value> {
        match &self.held {
            Held::Object(fields) => fields.iter().map(|(key, node)| (key.clone(), node.value())).collect(),
            _ => Map::new(),
        }
    }

    pub(crate) fn origin(&self, file: &str, lines: &Lines<'_>) -> Origin {
        Origin { file: file.to_owned(), place: Some(lines.place(self.start, self.end)) }
    }
}

/// Parses a stretch of a file that begins at byte `offset`.
pub(crate) fn parse(file: &str, lines: &Lines<'_>, source: &str, offset: usize) -> Result<Node, Diagnostic> {
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let at = |start: usize, end: usize| Origin {
        file: file.to_owned(),
        place: Some(lines.place(offset + start, offset + end)),
    };
    let help = "give it JSON as the tool exports it";
    let parsed = parse_to_ast(source, &CollectOptions::default(), &strict).map_err(|error| {
        let range = error.range();
        at(range.start, range.end).error("syntax", format!("not JSON: {}", error.kind()), help)
    })?;
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(source) {
        return Err(at(0, 1).error("syntax", format!("not JSON: {error}"), help));
    }
    let Some(value) = parsed.value else {
        return Err(at(0, source.len()).error("syntax", "there is no JSON here", help));
    };
    Ok(node(&value, offset))
}

fn node(value: &ast::Value<'_>, offset: usize) -> Node {
    let range = value.range();
    let held = match value {
        ast::Value::Object(object) => Held::Object(
            object
                .properties
                .iter()
                .map(|property| (property.name.as_str().to_owned(), node(&property.value, offset)))
                .collect(),
        ),
        ast::Value::Array(array) => {
            Held::List(array.elements.iter().map(|element| node(element, offset)).collect())
        }
        ast::Value::StringLit(text) => Held::Plain(Value::String(text.value.to_string())),
        ast::Value::NumberLit(number) => {
            Held::Plain(serde_json::from_str(number.value).unwrap_or(Value::Null))
        }
        ast::Value::BooleanLit(truth) => Held::Plain(Value::Bool(truth.value)),
        ast::Value::NullKeyword(_) => Held::Plain(Value::Null),
    };
    Node { start: offset + range.start, end: offset + range.end, held }
}

/// The lines of a file of JSON lines that hold something, each with the byte it begins at.
pub(crate) fn json_lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut offset = 0;
    source.split_inclusive('\n').filter_map(move |line| {
        let at = offset;
        offset += line.len();
        (!line.trim().is_empty()).then(|| (at, line.trim_end_matches(['\n', '\r'])))
    })
}
