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
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use crate::pattern::Definitions;

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
}

/// All rules and fragments.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// The rules, in the order of their files.
    pub rules: Vec<Rule>,
    /// The shared fragments.
    pub definitions: Definitions,
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
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return write!(f, "error: {}\n --> {}\n  = help: {}", self.message, self.file, self.help);
        }
        let number = self.line.to_string();
        let pad = " ".repeat(number.len());
        let caret = " ".repeat((self.column as usize).saturating_sub(1));
        writeln!(f, "error: {}", self.message)?;
        writeln!(f, "{pad}--> {}:{}:{}", self.file, self.line, self.column)?;
        writeln!(f, "{pad} |\n{number} | {}\n{pad} | {caret}^", self.source_line)?;
        write!(f, "{pad} = help: {}", self.help)
    }
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
        self.definitions.extend(file.define.into_iter().map(|(key, value)| (key, value.into_inner())));
        let mut errors = Vec::new();
        for entry in file.rule {
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
        let whole = |message: String| {
            let help = "name a folder that holds rule files ending in .toml".into();
            vec![RuleError {
                file: dir.display().to_string(),
                line: 0,
                column: 0,
                source_line: String::new(),
                message,
                help,
            }]
        };
        let entries =
            std::fs::read_dir(dir).map_err(|error| whole(format!("cannot read the folder: {error}")))?;
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
        paths.sort();
        if paths.is_empty() {
            return Err(whole("no rule files here".into()));
        }
        let mut errors = Vec::new();
        for path in paths {
            let name = path.display().to_string();
            let outcome = match std::fs::read_to_string(&path) {
                Ok(source) => self.add(&name, &source),
                Err(error) => Err(vec![error_at(
                    &name,
                    "",
                    0,
                    &format!("cannot read it: {error}"),
                    "make it readable UTF-8",
                )]),
            };
            errors.extend(outcome.err().into_iter().flatten());
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// The rules of a layer.
    pub fn layer<'a>(&'a self, layer: &'a str) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |rule| rule.layer == layer)
    }

    /// An error that points at a rule's id.
    pub fn error(&self, rule: &Rule, message: &str, help: &str) -> RuleError {
        self.error_in(rule, rule.line, 1, message, help)
    }

    /// An error that points at a line and column of a rule's file.
    pub fn error_in(&self, rule: &Rule, line: u32, column: u32, message: &str, help: &str) -> RuleError {
        let source_line =
            self.sources.get(&rule.file).and_then(|source| source.lines().nth(line as usize - 1));
        RuleError {
            file: rule.file.to_string(),
            line,
            column,
            source_line: source_line.unwrap_or_default().to_owned(),
            message: message.to_owned(),
            help: help.to_owned(),
        }
    }
}

fn rule_of(entry: Entry, layer: &str, file: &Arc<str>, source: &str) -> Result<Rule, RuleError> {
    let at = entry.id.span().start;
    if entry.yes.is_empty() || entry.no.is_empty() {
        let missing = if entry.yes.is_empty() { "yes" } else { "no" };
        let message = format!("rule `{}` has no `{missing}` example", entry.id.get_ref());
        let help = "give at least one text that it must match and one that it must not";
        return Err(error_at(file, source, at, &message, help));
    }
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
    let (line, column) = place(source, text.span().start);
    Text { text: text.into_inner(), line, column }
}

fn place(source: &str, at: usize) -> (u32, u32) {
    let before = &source[..source.floor_char_boundary(at)];
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
    }
}
