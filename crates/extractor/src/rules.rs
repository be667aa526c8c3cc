//! Rule files: TOML with patterns and, beside each, the examples that test it.
//!
//! A file holds shared fragments and rules:
//!
//! ```toml
//! layer = "stance"
//!
//! [define]
//! status = "(immigration|legal) status"
//!
//! [[rule]]
//! id    = "stance.status.ask"
//! say   = "officers ask about immigration status"
//! match = "~ask ..3 about ..3 @status"
//! emit  = { topic = "status_inquiry", position = "favor" }
//! yes   = ["{Stockton police} do not [ask about immigration status]. => against"]
//! no    = ["Reporters asked about the budget."]
//! ```
//!
//! A rule with several patterns lists them as `any = [...]` instead of `match`.
//!
//! Fragments of all files are shared. A rule without a `yes` and a `no` does not load. Files given later
//! replace rules and fragments of the same name.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use crate::pattern::{Definitions, Fault, PatternError, parse};

/// A rule as its file states it.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name, such as `stance.status.ask`.
    pub id: Arc<str>,
    /// Which layer it belongs to: the `layer` of its file.
    pub layer: String,
    /// What it finds, in plain English.
    pub say: String,
    /// Its patterns; any one of them may match.
    pub patterns: Vec<Text>,
    /// What a match means; keys depend on the layer.
    pub emit: BTreeMap<String, String>,
    /// Wins over rules of lower priority where matches are equally long.
    pub priority: i64,
    /// Examples that it must find, marked.
    pub yes: Vec<Text>,
    /// Examples in which it must find nothing.
    pub no: Vec<Text>,
    /// Examples known not to work yet, marked.
    pub todo: Vec<Text>,
    /// The file it comes from.
    pub file: Arc<str>,
    /// The line its id stands on.
    pub line: u32,
}

/// A string of a rule file and the line and column it starts at.
#[derive(Clone, Debug)]
pub struct Text {
    /// The string.
    pub text: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// First byte of its literal, quotation marks included, in the file.
    pub at: usize,
}

/// A fragment as its file states it.
#[derive(Clone, Debug)]
pub struct Definition {
    /// Its pattern.
    pub text: Text,
    /// The file it comes from.
    pub file: Arc<str>,
}

/// All rules and fragments.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// The rules, in the order of their files.
    pub rules: Vec<Rule>,
    /// The shared fragments.
    pub definitions: Definitions,
    /// The same with their places.
    pub defined: BTreeMap<String, Definition>,
    /// The source of each file, for error messages.
    sources: BTreeMap<Arc<str>, String>,
}

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    layer: String,
    #[serde(default)]
    define: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    rule: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Spanned<String>,
    say: String,
    #[serde(rename = "match")]
    pattern: Option<Spanned<String>>,
    #[serde(default)]
    any: Vec<Spanned<String>>,
    #[serde(default)]
    emit: BTreeMap<String, String>,
    #[serde(default)]
    priority: i64,
    #[serde(default)]
    yes: Vec<Spanned<String>>,
    #[serde(default)]
    no: Vec<Spanned<String>>,
    #[serde(default)]
    todo: Vec<Spanned<String>>,
}

impl RuleSet {
    /// Adds a file's rules and fragments; those of the same name are replaced.
    ///
    /// # Errors
    /// Every fault found, or the first of the file's TOML where that cannot be read.
    pub fn add(&mut self, name: &str, source: &str) -> Result<(), Vec<RuleError>> {
        let file: File = toml::from_str(source).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            vec![error_at(name, source, at, error.message(), "see RULES.md for the form of a rule file")]
        })?;
        let name: Arc<str> = name.into();
        self.sources.insert(name.clone(), source.to_owned());
        for (key, value) in file.define {
            let text = text_of(value, source);
            self.definitions.insert(key.clone(), text.text.clone());
            self.defined.insert(key, Definition { text, file: name.clone() });
        }
        let mut errors = Vec::new();
        for entry in file.rule {
            errors.extend(missing_example(&entry, &name, source));
            match rule_of(entry, &file.layer, &name, source) {
                Ok(rule) => match self.rules.iter_mut().find(|known| known.id == rule.id) {
                    Some(known) if known.file == name => {
                        let message = format!("the id `{}` is given twice in this file", rule.id);
                        errors.push(self.error(&rule, &message, "give each rule an id of its own"));
                    }
                    Some(known) => *known = rule,
                    None => self.rules.push(rule),
                },
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Adds every `*.toml` of a folder, by name.
    ///
    /// # Errors
    /// Every fault found in any of the files, or that the folder cannot be read or holds none.
    pub fn add_dir(&mut self, dir: &Path) -> Result<(), Vec<RuleError>> {
        let mut errors = Vec::new();
        for path in Self::files(dir)? {
            let name = path.display().to_string();
            let outcome = match std::fs::read_to_string(&path) {
                Ok(source) => self.add(&name, &source),
                Err(error) => Err(vec![unreadable(&name, &error)]),
            };
            errors.extend(outcome.err().into_iter().flatten());
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// The rule files of a folder and of the folders in it, by name. Links to folders are not followed.
    ///
    /// # Errors
    /// Where the folder cannot be read or holds none.
    pub fn files(dir: &Path) -> Result<Vec<PathBuf>, Vec<RuleError>> {
        let whole = |message: String| {
            let help = "name a folder that holds rule files ending in .toml";
            vec![RuleError {
                line: 0,
                column: 0,
                ..error_at(&dir.display().to_string(), "", 0, &message, help)
            }]
        };
        let mut paths = Vec::new();
        gather(dir, &mut paths).map_err(|error| whole(format!("cannot read the folder: {error}")))?;
        paths.sort();
        if paths.is_empty() { Err(whole("no rule files here".into())) } else { Ok(paths) }
    }

    /// The rules of a layer.
    pub fn layer<'a>(&'a self, layer: &'a str) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| rule.layer == layer)
    }

    /// What is wrong with the fragments: one that uses a fragment at fault is fine itself.
    pub fn faulty_definitions(&self) -> Vec<RuleError> {
        let fault = |definition: &Definition| {
            let error = parse(&definition.text.text, &self.definitions).err()?;
            let by_itself = error.fault != Fault::InFragment || error.message.contains("by itself");
            by_itself.then(|| self.error_within(&definition.file, None, &definition.text, &error))
        };
        self.defined.values().filter_map(fault).collect()
    }

    /// An error that points into one of a rule's patterns.
    pub fn pattern_error(&self, rule: &Rule, pattern: &Text, error: &PatternError) -> RuleError {
        self.error_within(&rule.file, Some(&rule.id), pattern, error)
    }

    fn error_within(
        &self,
        file: &Arc<str>,
        rule: Option<&Arc<str>>,
        text: &Text,
        error: &PatternError,
    ) -> RuleError {
        let source = self.sources.get(file).map_or("", String::as_str);
        let at = text.at + literal_offset(&source[text.at.min(source.len())..], error.at);
        let help = match error.fault {
            Fault::UnknownName => self.like(&error.message),
            Fault::UnboundedGap => "say how many tokens it may pass over at most".to_owned(),
            _ => "see RULES.md for the pattern language".to_owned(),
        };
        let code = RuleFault::Pattern(error.fault);
        RuleError { code, rule: rule.cloned(), ..error_at(file, source, at, &error.message, &help) }
    }

    /// Advice for a name that is not defined: one that is and looks like it, or how to define it.
    fn like(&self, message: &str) -> String {
        let name = message.trim_start_matches("`@").split('`').next().unwrap_or_default();
        let near = self.definitions.keys().find(|known| {
            let same = known.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count();
            same >= 3 && same + 2 >= known.len().max(name.len())
        });
        match near {
            Some(near) => format!("did you mean `@{near}`? Else define `{name}` under [define]"),
            None => format!("define `{name}` under [define] of this or another rule file"),
        }
    }

    /// Errors for keys of a rule's `emit` that mean nothing in its layer.
    pub fn unknown_keys(&self, rule: &Rule, known: &[&str]) -> Vec<RuleError> {
        let unknown = rule.emit.keys().filter(|key| !known.contains(&key.as_str()));
        let error = |key: &String| {
            let message = format!("`{key}` in the `emit` of rule `{}` means nothing", rule.id);
            self.error(rule, &message, &format!("use one of {}", known.join(", ")))
        };
        unknown.map(error).collect()
    }

    /// The line of a file, from 1.
    pub fn line<'s>(&'s self, file: &str, line: u32) -> &'s str {
        let source = self.sources.get(file).map_or("", String::as_str);
        source.lines().nth((line as usize).saturating_sub(1)).unwrap_or_default()
    }

    /// Line and column, both from 1, of a byte of a pattern or example.
    pub fn place_in(&self, file: &str, text: &Text, at: usize) -> (u32, u32) {
        let source = self.sources.get(file).map_or("", String::as_str);
        place(source, text.at + literal_offset(&source[text.at.min(source.len())..], at))
    }

    /// An error that points at a rule's id.
    pub fn error(&self, rule: &Rule, message: &str, help: &str) -> RuleError {
        self.error_in(rule, rule.line, 1, message, help)
    }

    /// An error that points at a line and column of a rule's file.
    pub fn error_in(&self, rule: &Rule, line: u32, column: u32, message: &str, help: &str) -> RuleError {
        RuleError {
            file: rule.file.to_string(),
            line,
            column,
            source_line: self.line(&rule.file, line).to_owned(),
            message: message.to_owned(),
            help: help.to_owned(),
            code: RuleFault::Form,
            rule: Some(rule.id.clone()),
        }
    }
}

/// The fault of a rule without a `yes` or without a `no`; its patterns are looked at all the same.
fn missing_example(entry: &Entry, file: &str, source: &str) -> Option<RuleError> {
    let missing = match (entry.yes.is_empty(), entry.no.is_empty()) {
        (false, false) => return None,
        (true, true) => "neither a `yes` nor a `no`",
        (true, false) => "no `yes`",
        (false, true) => "no `no`",
    };
    let message = format!("rule `{}` has {missing} example", entry.id.get_ref());
    let help = "give at least one text that it must match and one that it must not";
    let rule = Some(entry.id.get_ref().as_str().into());
    let code = RuleFault::MissingExample;
    Some(RuleError { code, rule, ..error_at(file, source, entry.id.span().start, &message, help) })
}

fn rule_of(entry: Entry, layer: &str, file: &Arc<str>, source: &str) -> Result<Rule, RuleError> {
    let at = entry.id.span().start;
    let texts = |list: Vec<Spanned<String>>| list.into_iter().map(|text| text_of(text, source)).collect();
    let patterns: Vec<_> = entry.pattern.into_iter().chain(entry.any).collect();
    if patterns.is_empty() {
        let message = format!("rule `{}` has no pattern", entry.id.get_ref());
        return Err(error_at(file, source, at, &message, "give one as `match` or several as `any = [...]`"));
    }
    Ok(Rule {
        line: place(source, at).0,
        id: entry.id.into_inner().into(),
        layer: layer.to_owned(),
        say: entry.say,
        patterns: texts(patterns),
        emit: entry.emit,
        priority: entry.priority,
        yes: texts(entry.yes),
        no: texts(entry.no),
        todo: texts(entry.todo),
        file: file.clone(),
    })
}

fn text_of(text: Spanned<String>, source: &str) -> Text {
    let at = text.span().start;
    let (line, column) = place(source, at);
    Text { text: text.into_inner(), line, column, at }
}

/// Bytes from the start of a TOML string, its quotation marks included, to what is byte `at` of its value.
fn literal_offset(literal: &str, at: usize) -> usize {
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

fn place(source: &str, at: usize) -> (u32, u32) {
    let before = &source[..source.floor_char_boundary(at.min(source.len()))];
    let line = before.bytes().filter(|&byte| byte == b'\n').count() as u32 + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before[start..].chars().count() as u32 + 1)
}

fn error_at(file: &str, source: &str, at: usize, message: &str, help: &str) -> RuleError {
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

/// Adds the `.toml` files of a folder and of the folders in it.
fn gather(dir: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            gather(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    Ok(())
}
