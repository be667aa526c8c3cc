//! Well-formed files to a tree with places, quickly.
//!
//! Folders of many thousand files are read again and again, and nearly all of those files are sound. So this parser
//! knows nothing of errors: whatever it does not take, sound or not, is left to the parsers that say what is wrong
//! and where.

use std::borrow::Cow;

use jsonc_parser::ast::{
    Array, BooleanLit, NullKeyword, NumberLit, Object, ObjectProp, ObjectPropName, StringLit, Value,
};
use jsonc_parser::common::{Range, Ranged};

/// Levels of nesting that are taken here. Files have five; the other parsers have limits of their own.
const DEEPEST: usize = 32;

/// Keys of most records, so that their list is made once.
const KEYS: usize = 8;

/// The tree that [`jsonc_parser::parse_to_ast`] gives, where the source is JSON to it and to `serde_json` and has
/// no numbers but whole ones; `None` does not say that it is none.
pub(super) fn parse(source: &str) -> Option<Value<'_>> {
    let mut parser = Parser { source, at: 0 };
    parser.space();
    let value = parser.value(0)?;
    parser.space();
    (parser.at == source.len()).then_some(value)
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Steps over a byte and the white space behind it.
    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
            self.space();
        }
        found
    }

    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        if depth > DEEPEST {
            return None;
        }
        Some(match self.peek()? {
            b'{' => Value::Object(self.object(depth)?),
            b'[' => Value::Array(self.array(depth)?),
            b'"' => Value::StringLit(self.string()?),
            b't' => Value::BooleanLit(BooleanLit { range: self.word("true")?, value: true }),
            b'f' => Value::BooleanLit(BooleanLit { range: self.word("false")?, value: false }),
            b'n' => Value::NullKeyword(NullKeyword { range: self.word("null")? }),
            _ => Value::NumberLit(self.number()?),
        })
    }

    fn object(&mut self, depth: usize) -> Option<Object<'a>> {
        let start = self.at;
        self.take(b'{');
        let mut properties = Vec::new();
        if self.peek()? != b'}' {
            properties.reserve_exact(KEYS);
            loop {
                properties.push(self.property(depth)?);
                self.space();
                if !self.take(b',') {
                    break;
                }
            }
        }
        Some(Object { range: self.close(b'}', start)?, properties })
    }

    fn property(&mut self, depth: usize) -> Option<ObjectProp<'a>> {
        let name = self.string()?;
        self.space();
        if !self.take(b':') {
            return None;
        }
        let value = self.value(depth + 1)?;
        let range = Range::new(name.range.start, value.range().end);
        Some(ObjectProp { range, name: ObjectPropName::String(name), value })
    }

    fn array(&mut self, depth: usize) -> Option<Array<'a>> {
        let start = self.at;
        self.take(b'[');
        let mut elements = Vec::new();
        if self.peek()? != b']' {
            loop {
                elements.push(self.value(depth + 1)?);
                self.space();
                if !self.take(b',') {
                    break;
                }
            }
        }
        Some(Array { range: self.close(b']', start)?, elements })
    }

    /// The place of what begins at `start` and ends with this byte.
    fn close(&mut self, byte: u8, start: usize) -> Option<Range> {
        if self.peek()? != byte {
            return None;
        }
        self.at += 1;
        Some(Range::new(start, self.at))
    }

    fn string(&mut self) -> Option<StringLit<'a>> {
        let start = self.at;
        if self.peek()? != b'"' {
            return None;
        }
        let inside = &self.source.as_bytes()[start + 1..];
        let mut end = 0;
        let mut escapes = false;
        loop {
            match *inside.get(end)? {
                b'"' => break,
                b'\\' => {
                    escapes = true;
                    end += 2;
                }
                0..0x20 => return None,
                _ => end += 1,
            }
        }
        self.at = start + 1 + end + 1;
        let value = if escapes {
            Cow::Owned(serde_json::from_str(&self.source[start..self.at]).ok()?)
        } else {
            Cow::Borrowed(&self.source[start + 1..start + 1 + end])
        };
        Some(StringLit { range: Range::new(start, self.at), value })
    }

    /// A whole number; what could be the rest of another sort of number is no end of it.
    fn number(&mut self) -> Option<NumberLit<'a>> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        let value = &self.source[start..self.at];
        let whole = value == "0" || !(value.is_empty() || value.starts_with('0'));
        let ends = matches!(self.peek(), None | Some(b' ' | b'\n' | b'\r' | b'\t' | b',' | b']' | b'}'));
        (whole && ends).then(|| NumberLit { range: Range::new(start, self.at), value })
    }

    fn word(&mut self, word: &str) -> Option<Range> {
        let start = self.at;
        self.source[start..].starts_with(word).then(|| {
            self.at += word.len();
            Range::new(start, self.at)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read::strict;

    /// What the parsers that say what is wrong make of a source.
    fn slowly(source: &str) -> Option<Value<'_>> {
        let value = jsonc_parser::parse_to_ast(source, &jsonc_parser::CollectOptions::default(), &strict())
            .ok()?
            .value?;
        serde_json::from_str::<serde::de::IgnoredAny>(source).is_ok().then_some(value)
    }

    fn json() -> impl Strategy<Value = String> {
        let space = || prop::sample::select(vec!["", " ", "\n\t", "\r\n"]);
        let number = prop::sample::select(vec!["0", "7", "120", "00", "-1", "1.5", "1e3", "01", "+1", "0x1"]);
        let leaf = prop_oneof![
            "(\\PC|[\n\"\\\\]){0,6}".prop_map(|text| serde_json::Value::from(text).to_string()),
            r#""(\\["\\/bfnrtux]|\\u[0-9d]{3}[0-9a-f]|[a-zé👮\t]){0,5}""#,
            number.prop_map(str::to_owned),
            prop::sample::select(vec!["true", "false", "null", "nul", "truer", "'a'", "a", "/*c*/1"])
                .prop_map(str::to_owned),
        ];
        leaf.prop_recursive(4, 32, 4, move |inner| {
            let values = prop::collection::vec((inner.clone(), space()), 0..4);
            let fields = prop::collection::vec(("\"[a-c]{0,2}\"", space(), inner, space()), 0..4);
            let end = || prop::sample::select(vec!["", "", "", ",", " ,", "]"]);
            prop_oneof![
                (values, end()).prop_map(|(values, end)| {
                    let values: Vec<_> = values.into_iter().map(|(v, s)| format!("{s}{v}{s}")).collect();
                    format!("[{}{end}]", values.join(","))
                }),
                (fields, end()).prop_map(|(fields, end)| {
                    let field = |(key, a, value, b)| format!("{a}{key}{b}:{a}{value}{b}");
                    format!("{{{}{end}}}", fields.into_iter().map(field).collect::<Vec<_>>().join(","))
                }),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_is_taken_is_what_the_other_parsers_take(source in json()) {
            if let Some(value) = parse(&source) {
                prop_assert_eq!(Some(value), slowly(&source));
            }
        }

        #[test]
        fn nothing_is_taken_that_is_cut_or_changed(source in json(), at in any::<prop::sample::Index>(), with in "[ -~]?") {
            let at = source.floor_char_boundary(at.index(source.len() + 1));
            let changed = format!("{}{with}{}", &source[..at], source[at..].chars().skip(1).collect::<String>());
            if let Some(value) = parse(&changed) {
                prop_assert_eq!(Some(value), slowly(&changed));
            }
        }
    }

    #[test]
    fn gold_is_taken() {
        let gold = concat!(env!("CARGO_MANIFEST_DIR"), "/../../annotations/gold");
        for entry in std::fs::read_dir(gold).unwrap() {
            let source = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let value = parse(&source);
            assert!(value.is_some());
            assert_eq!(value, slowly(&source));
        }
    }

    #[test]
    fn what_is_too_deep_is_left_to_the_others() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&nested(DEEPEST)).is_some());
        assert!(parse(&nested(100_000)).is_none());
    }
}
