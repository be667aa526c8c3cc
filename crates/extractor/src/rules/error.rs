//! What is wrong with a rule file, and where.

use std::fmt;
use std::sync::Arc;

use crate::pattern::Fault;

/// A fault in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// The file.
    pub file: String,
    /// Line, from 1; 0 where the fault is the file as a whole.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// The line itself.
    pub source_line: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
    /// What sort of fault it is.
    pub code: RuleFault,
    /// The rule at fault, where it is one.
    pub rule: Option<Arc<str>>,
}

/// Sorts of fault that a rule file can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RuleFault {
    /// It is not written as rule files are, or a field does not hold what it may.
    #[default]
    Form,
    /// A rule has no `yes` or no `no` example.
    MissingExample,
    /// A pattern, or a fragment, is at fault.
    Pattern(Fault),
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return write!(f, "error: {}\n --> {}\n  = help: {}", self.message, self.file, self.help);
        }
        writeln!(f, "error: {}", self.message)?;
        frame(f, &self.file, (self.line, self.column), &self.source_line, &self.help)
    }
}

/// The place of a fault: the line with a caret, and what to do.
pub(crate) fn frame(
    f: &mut fmt::Formatter<'_>,
    file: &str,
    (line, column): (u32, u32),
    source_line: &str,
    help: &str,
) -> fmt::Result {
    let number = line.to_string();
    let pad = " ".repeat(number.len());
    let caret = " ".repeat((column as usize).saturating_sub(1));
    writeln!(f, "{pad}--> {file}:{line}:{column}")?;
    writeln!(f, "{pad} |\n{number} | {source_line}\n{pad} | {caret}^")?;
    write!(f, "{pad} = help: {help}")
}

impl std::error::Error for RuleError {}

/// Bytes from the start of a TOML string, its quotation marks included, to what is byte `at` of its value.
pub(super) fn literal_offset(literal: &str, at: usize) -> usize {
    let long = ["\"\"\"", "'''"].iter().any(|mark| literal.starts_with(mark));
    let mut offset = if long { 3 } else { 1 };
    // A line break right behind the opening marks is no part of the value.
    if long {
        offset += literal
            .get(3..)
            .map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len())
            .min(2);
    }
    let escapes = literal.starts_with('"');
    let mut left = at;
    while left > 0 {
        let Some(c) = literal.get(offset..).and_then(|rest| rest.chars().next()) else { break };
        if c == '\\' && escapes {
            let width = match literal.as_bytes().get(offset + 1) {
                Some(b'u') => 6,
                Some(b'U') => 10,
                Some(b'x') => 4,
                _ => 2,
            };
            let code =
                literal.get(offset + 2..offset + width).and_then(|hex| u32::from_str_radix(hex, 16).ok());
            left = left.saturating_sub(code.and_then(char::from_u32).map_or(1, char::len_utf8));
            offset += width;
        } else {
            offset += c.len_utf8();
            left = left.saturating_sub(c.len_utf8());
        }
    }
    offset.min(literal.len())
}

/// A rule file that cannot be read.
pub(crate) fn unreadable(name: &str, error: &std::io::Error) -> RuleError {
    error_at(name, "", 0, &format!("cannot read it: {error}"), "make it readable UTF-8")
}

/// Line and column, both from 1, of a byte of a file.
pub(super) fn place(source: &str, at: usize) -> (u32, u32) {
    Lines::new(source).place(at)
}

/// Where the lines of a file begin: asked for every pattern, example and entry of a list when rules are loaded.
pub(super) struct Lines<'s> {
    source: &'s str,
    starts: Vec<usize>,
}

impl<'s> Lines<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        let behind = memchr::memchr_iter(b'\n', source.as_bytes()).map(|newline| newline + 1);
        Self { source, starts: std::iter::once(0).chain(behind).collect() }
    }

    /// Line and column, both from 1, of a byte.
    pub(super) fn place(&self, at: usize) -> (u32, u32) {
        let at = self.source.floor_char_boundary(at.min(self.source.len()));
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[line - 1];
        (line as u32, self.source[start..at].chars().count() as u32 + 1)
    }
}

/// An error that points at a byte of a file.
pub(super) fn error_at(file: &str, source: &str, at: usize, message: &str, help: &str) -> RuleError {
    let (line, column) = place(source, at);
    RuleError {
        file: file.to_owned(),
        line,
        column,
        source_line: source.lines().nth(line as usize - 1).unwrap_or_default().to_owned(),
        message: message.to_owned(),
        help: help.to_owned(),
        code: RuleFault::Form,
        rule: None,
    }
}
