//! The keys of one JSON object, taken out one by one; what is left over is unknown.

use jsonc_parser::ast::{Object, Value};
use jsonc_parser::common::{Range, Ranged};

use super::Reader;
use crate::model::Extra;

/// An object whose keys are being read.
pub(super) struct Fields<'a, 'o> {
    range: Range,
    left: Vec<(&'o str, Range, &'o Value<'a>)>,
    what: &'static str,
}

impl<'a> Reader<'a> {
    /// The keys of an object; a value of another type is reported.
    pub(super) fn fields<'o>(&mut self, value: &'o Value<'a>, what: &'static str) -> Option<Fields<'a, 'o>> {
        let Value::Object(object) = value else {
            self.wrong_type(value, what, "an object");
            return None;
        };
        Some(self.fields_of(object, what))
    }

    pub(super) fn fields_of<'o>(&mut self, object: &'o Object<'a>, what: &'static str) -> Fields<'a, 'o> {
        let mut left: Vec<(&'o str, Range, &'o Value<'a>)> = Vec::with_capacity(object.properties.len());
        for property in &object.properties {
            let (key, range) = (property.name.as_str(), property.name.range());
            if left.iter().any(|(known, ..)| *known == key) {
                self.error(
                    "duplicate-key",
                    range,
                    format!("`{key}` is given twice in this {what}"),
                    "keep one of them",
                );
            } else {
                left.push((key, range, &property.value));
            }
        }
        Fields { range: object.range, left, what }
    }

    pub(super) fn wrong_type(&mut self, value: &Value<'_>, what: &str, wanted: &str) {
        let found = match value {
            Value::StringLit(_) => "a string",
            Value::NumberLit(_) => "a number",
            Value::BooleanLit(_) => "true or false",
            Value::Object(_) => "an object",
            Value::Array(_) => "a list",
            Value::NullKeyword(_) => "null",
        };
        let message = format!("{what} is {found}, not {wanted}");
        self.error("wrong-type", value.range(), message, &format!("write {wanted} here"));
    }

    /// Reports what is left of the keys and keeps it.
    pub(super) fn rest(&mut self, fields: Fields<'a, '_>) -> Extra {
        let mut extra = Extra::new();
        for (key, range, value) in fields.left {
            let message = format!("`{key}` is not a key of a {}", fields.what);
            self.warning("unknown-key", range, message, "check its spelling; it is kept as it is");
            extra.insert(key.to_owned(), value.clone().into());
        }
        extra
    }

    /// A required value; where the key is missing that is reported.
    pub(super) fn required<'o>(&mut self, fields: &mut Fields<'a, 'o>, key: &str) -> Option<&'o Value<'a>> {
        let value = fields.take(key);
        if value.is_none() {
            // Point at the object's first character only: it may be long.
            let range = Range { start: fields.range.start, end: fields.range.start + 1 };
            self.error(
                "missing-key",
                range,
                format!("this {} has no `{key}`", fields.what),
                &format!("add `{key}`"),
            );
        }
        value
    }

    /// A string where the key is there; a value of another type is reported.
    pub(super) fn string(&mut self, fields: &mut Fields<'a, '_>, key: &str) -> Option<String> {
        let value = fields.take(key)?;
        self.as_string(value, key)
    }

    pub(super) fn as_string(&mut self, value: &Value<'_>, what: &str) -> Option<String> {
        self.as_str(value, what).map(str::to_owned)
    }

    fn as_str<'v>(&mut self, value: &'v Value<'_>, what: &str) -> Option<&'v str> {
        if let Value::StringLit(string) = value {
            return Some(&string.value);
        }
        self.wrong_type(value, &format!("`{what}`"), "a string");
        None
    }

    pub(super) fn required_string(
        &mut self,
        fields: &mut Fields<'a, '_>,
        key: &str,
    ) -> Option<(String, Range)> {
        let value = self.required(fields, key)?;
        Some((self.as_string(value, key)?, value.range()))
    }

    /// A required word of a closed list.
    pub(super) fn word<T: std::str::FromStr<Err = crate::UnknownWord>>(
        &mut self,
        fields: &mut Fields<'a, '_>,
        key: &str,
    ) -> Option<T> {
        let value = self.required(fields, key)?;
        let word = self.as_str(value, key)?;
        self.parse_word(word, value.range())
    }

    pub(super) fn parse_word<T: std::str::FromStr<Err = crate::UnknownWord>>(
        &mut self,
        word: &str,
        range: Range,
    ) -> Option<T> {
        match word.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                let unlike = |allowed: &str| allowed.len() + word.len() - 2 * likeness(allowed, word);
                let close = error.allowed.iter().min_by_key(|allowed| unlike(allowed));
                let close = close.filter(|allowed| unlike(allowed) < allowed.len());
                let hint = close.map(|close| format!("did you mean `{close}`? ")).unwrap_or_default();
                let help = format!("{hint}use one of {}", error.allowed.join(", "));
                self.error("unknown-word", range, format!("`{word}` is not a {}", error.list), &help);
                None
            }
        }
    }

    /// A count where the key is there.
    pub(super) fn count(&mut self, fields: &mut Fields<'a, '_>, key: &str) -> Option<u32> {
        let value = fields.take(key)?;
        if let Value::NumberLit(number) = value
            && let Ok(count) = number.value.parse()
        {
            return Some(count);
        }
        self.wrong_type(value, &format!("`{key}`"), "a whole number from 0");
        None
    }

    /// The values of a list; another type is reported.
    pub(super) fn list<'o>(&mut self, value: Option<&'o Value<'a>>, what: &str) -> &'o [Value<'a>] {
        match value {
            Some(Value::Array(array)) => &array.elements,
            Some(other) => {
                self.wrong_type(other, &format!("`{what}`"), "a list");
                &[]
            }
            None => &[],
        }
    }
}

impl<'a, 'o> Fields<'a, 'o> {
    /// Takes a value out.
    pub(super) fn take(&mut self, key: &str) -> Option<&'o Value<'a>> {
        let index = self.left.iter().position(|(known, ..)| *known == key)?;
        Some(self.left.remove(index).2)
    }

    /// Whether a key is still there.
    pub(super) fn holds(&self, key: &str) -> bool {
        self.left.iter().any(|(known, ..)| *known == key)
    }

    /// Where the object stands.
    pub(super) fn range(&self) -> Range {
        self.range
    }
}

/// Length of the longest common subsequence of two words, for "did you mean".
fn likeness(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row = vec![0; b.len() + 1];
    for c in a.chars() {
        let mut diagonal = 0;
        for (j, &d) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if c == d { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}
