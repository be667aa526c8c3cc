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

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use crate::marks;
use crate::pattern::{Definitions, Fault, Layer, PatternError, parse};

mod error;
mod names;
mod weigh;

use error::{Lines, error_at, literal_offset, place};
pub use error::{RuleError, RuleFault};
pub(crate) use error::{frame, unreadable};
use names::nearest;
use weigh::weigh_of;
pub use weigh::{PositionPoints, Weigh};

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
    /// Instead of patterns: the points that words give, such as "detainer 12".
    pub points: Vec<Text>,
    /// Of a weighed card: what a sentence must hold, each of them, for the card to state by itself.
    pub needs: Vec<Text>,
    /// How many points a sentence needs.
    pub base: Option<i32>,
    /// Points of a weighed card where a pattern states a position on its topic, and where one does on another only.
    pub stated: (i32, i32),
    /// It ships, or replaces a shipped one and has the same patterns.
    pub shipped: bool,
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

impl Rule {
    /// Whether it uses one of some fragments.
    pub(crate) fn uses(&self, fragments: &BTreeSet<String>) -> bool {
        !fragments.is_empty() && self.patterns.iter().any(|pattern| uses(&pattern.text, fragments))
    }

    /// Whether another rule has the same patterns.
    fn reads_as(&self, other: &Self) -> bool {
        let texts =
            |rule: &Self| rule.patterns.iter().map(|pattern| pattern.text.clone()).collect::<Vec<_>>();
        texts(self) == texts(other)
    }
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
    /// How weighed cards judge.
    pub weigh: Option<Weigh>,
    /// The shared fragments.
    pub definitions: Definitions,
    /// Fragments that were replaced by others of the same name.
    reworded: BTreeSet<String>,
    /// The same with their places.
    pub defined: BTreeMap<String, Definition>,
    /// The source of each file, for error messages.
    sources: BTreeMap<Arc<str>, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    layer: Spanned<String>,
    #[serde(default)]
    define: BTreeMap<String, Spanned<String>>,
    weigh: Option<weigh::Entry>,
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
    points: Vec<Spanned<String>>,
    #[serde(default)]
    needs: Vec<Spanned<String>>,
    base: Option<Spanned<i32>>,
    #[serde(default)]
    stated: i32,
    #[serde(default)]
    elsewhere: i32,
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
        let file: File = toml::from_str(source).map_err(|error| vec![malformed(name, source, &error)])?;
        let mut errors = Vec::from_iter(unknown_layer(&file.layer, name, source));
        let name: Arc<str> = name.into();
        self.sources.insert(name.clone(), source.to_owned());
        let lines = Lines::new(source);
        for (key, value) in file.define {
            let text = text_of(value, &lines);
            self.definitions.insert(&key, &text.text);
            if self.defined.get(&key).is_some_and(|known| known.text.text != text.text) {
                self.reworded.insert(key.clone());
            }
            self.defined.insert(key, Definition { text, file: name.clone() });
        }
        match file.weigh.map(|entry| weigh_of(&entry, &name, (source, &lines))).transpose() {
            Ok(weigh) => self.weigh = weigh.or(self.weigh.take()),
            Err(more) => errors.extend(more),
        }
        for entry in file.rule {
            errors.extend(missing_example(&entry, &name, source));
            errors.extend(misplaced_marks(&entry, file.layer.get_ref(), &name, source));
            match rule_of(entry, file.layer.get_ref(), &name, (source, &lines)) {
                Ok(rule) => match self.rules.iter_mut().find(|known| known.id == rule.id) {
                    Some(known) if known.file == name => {
                        let message = format!("the id `{}` is given twice in this file", rule.id);
                        errors.push(self.error(&rule, &message, "give each rule an id of its own"));
                    }
                    Some(known) => *known = Rule { shipped: known.shipped && known.reads_as(&rule), ..rule },
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

    /// The fragments that were replaced, and those that use one of them.
    pub(crate) fn reworded(&self) -> BTreeSet<String> {
        let mut all = self.reworded.clone();
        while !all.is_empty() {
            let known = all.len();
            let more = self.defined.iter().filter(|(_, of)| uses(&of.text.text, &all));
            let more: Vec<String> = more.map(|(name, _)| name.clone()).collect();
            all.extend(more);
            if all.len() == known {
                break;
            }
        }
        all
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
            Fault::UnboundedGap => "write `..3` for any 0 to 3 tokens of the sentence".to_owned(),
            Fault::LongGap => "say a smaller number; most gaps of good rules are under 10".to_owned(),
            _ => "see RULES.md for the pattern language".to_owned(),
        };
        let code = RuleFault::Pattern(error.fault);
        RuleError { code, rule: rule.cloned(), ..error_at(file, source, at, &error.message, &help) }
    }

    /// Advice for a name that is not defined: one that is and looks like it, or how to define it.
    fn like(&self, message: &str) -> String {
        let name = message.trim_start_matches("`@").split('`').next().unwrap_or_default();
        let fragments = self.definitions.names();
        let known = fragments.chain(Layer::names().map(|name: &str| name));
        match nearest(name, known) {
            Some(near) => format!("did you mean `@{near}`? Else define `{name}` under [define]"),
            None if name.chars().all(char::is_uppercase) => {
                let layers: Vec<_> = Layer::names().map(|name| format!("@{name}")).collect();
                format!("what earlier stages found is {}", layers.join(", "))
            }
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

/// Whether a pattern names one of some fragments, "@NAME".
fn uses(pattern: &str, fragments: &BTreeSet<String>) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    let mut names = pattern.split('@').skip(1).filter_map(|rest| rest.split(|c| !is_name(c)).next());
    names.any(|name| fragments.contains(name))
}

/// The layers that a rule file can belong to.
const LAYERS: &[&str] = &["stance", "context"];

/// The fault of a file that is not TOML or not written as rule files are.
fn malformed(file: &str, source: &str, error: &toml::de::Error) -> RuleError {
    let single = |line: &&str| line.split('#').next().unwrap_or_default().trim() == "[rule]";
    if let Some(line) = source.lines().find(single) {
        let at = line.as_ptr().addr() - source.as_ptr().addr();
        let help = "begin each rule with `[[rule]]`";
        return error_at(file, source, at, "`[rule]` in single brackets", help);
    }
    let at = error.span().map_or(0, |span| span.start);
    error_at(file, source, at, error.message(), "see RULES.md for the form of a rule file")
}

fn unknown_layer(layer: &Spanned<String>, file: &str, source: &str) -> Option<RuleError> {
    let name = layer.get_ref().as_str();
    if LAYERS.contains(&name) {
        return None;
    }
    let message = format!("there is no layer `{name}`");
    let help = match nearest(name, LAYERS.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use one of {}", LAYERS.join(", ")),
    };
    Some(error_at(file, source, layer.span().start, &message, &help))
}

/// The faults of the marks in a rule's examples.
fn misplaced_marks(entry: &Entry, layer: &str, file: &str, source: &str) -> Vec<RuleError> {
    let wanted = entry.yes.iter().chain(&entry.todo).map(|example| (example, true));
    let unwanted = entry.no.iter().map(|example| (example, false));
    let fault = |(example, marked): (&Spanned<String>, bool)| {
        let text = example.get_ref();
        let fault = marks::check(text, marked).or_else(|| marks::check_position(text, layer, marked))?;
        let start = example.span().start;
        let at = start + literal_offset(&source[start..], fault.at);
        let rule = Some(entry.id.get_ref().as_str().into());
        Some(RuleError { rule, ..error_at(file, source, at, &fault.message, fault.help) })
    };
    wanted.chain(unwanted).filter_map(fault).collect()
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

fn rule_of(
    entry: Entry,
    layer: &str,
    file: &Arc<str>,
    (source, lines): (&str, &Lines<'_>),
) -> Result<Rule, RuleError> {
    let at = entry.id.span().start;
    let texts = |list: Vec<Spanned<String>>| list.into_iter().map(|text| text_of(text, lines)).collect();
    if let (Some(_), Some(any)) = (&entry.pattern, entry.any.first()) {
        let message = format!("rule `{}` has both `match` and `any`", entry.id.get_ref());
        return Err(error_at(file, source, any.span().start, &message, "write all its patterns under `any`"));
    }
    let patterns: Vec<_> = entry.pattern.into_iter().chain(entry.any).collect();
    if patterns.is_empty() && entry.points.is_empty() {
        let message = format!("rule `{}` has no pattern", entry.id.get_ref());
        return Err(error_at(file, source, at, &message, "give one as `match` or several as `any = [...]`"));
    }
    if let (Some(points), Some(_)) = (entry.points.first(), patterns.first()) {
        let message = format!("rule `{}` has both patterns and `points`", entry.id.get_ref());
        return Err(error_at(file, source, points.span().start, &message, "make two rules of it"));
    }
    if entry.base.is_some() == entry.points.is_empty() {
        let message =
            format!("rule `{}` has one of `points` and `base` without the other", entry.id.get_ref());
        return Err(error_at(
            file,
            source,
            at,
            &message,
            "give the points of words and how many a sentence needs",
        ));
    }
    Ok(Rule {
        line: lines.place(at).0,
        id: entry.id.into_inner().into(),
        layer: layer.to_owned(),
        say: entry.say,
        patterns: texts(patterns),
        points: texts(entry.points),
        needs: texts(entry.needs),
        base: entry.base.map(Spanned::into_inner),
        stated: (entry.stated, entry.elsewhere),
        shipped: false,
        emit: entry.emit,
        priority: entry.priority,
        yes: texts(entry.yes),
        no: texts(entry.no),
        todo: texts(entry.todo),
        file: file.clone(),
    })
}

fn text_of(text: Spanned<String>, lines: &Lines<'_>) -> Text {
    let at = text.span().start;
    let (line, column) = lines.place(at);
    Text { text: text.into_inner(), line, column, at }
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
