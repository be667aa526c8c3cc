//! Finds what is wrong with rules that load, or that would: twelve [kinds](Kind) of fault.
//!
//! ```
//! use goldrule_extractor::lint::{Kind, RuleFile, lint};
//!
//! let file = RuleFile {
//!     name: "mine.toml".into(),
//!     source: r#"
//! layer = "stance"
//!
//! [[rule]]
//! id    = "stance.mine"
//! say   = "quizzing people about their papers"
//! match = "~quiz ..3 about ..3 papers ..4"
//! emit  = { topic = "status_inquiry", position = "favor" }
//! yes   = ["{Ames police} never [quiz people about their papers]. => against"]
//! no    = ["Ames police quiz recruits about the law."]
//! "#
//!     .into(),
//! };
//! let findings = lint(&[file], &[]).unwrap();
//! assert_eq!(findings[0].kind, Kind::LooseEnd);
//! assert_eq!((findings[0].line, findings[0].column), (7, 37));
//! ```

mod examples;
mod fires;
mod loading;
mod patterns;
mod reach;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use goldrule_schema::Document;

use crate::Extractor;
use crate::pipeline::shipped;
use crate::rules::{RuleError, RuleSet, Text, frame};

/// A file of rules.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// Its name in findings.
    pub name: String,
    /// What it holds.
    pub source: String,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal,)+) => {
        /// Sorts of fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $kind,)+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// The name that reports use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }
        }
    };
}

kinds! {
    /// A pattern uses a fragment that is not defined.
    UnknownDefinition = "unknown-definition",
    /// A rule has no `yes` or no `no`.
    MissingExample = "missing-example",
    /// A gap does not say how many tokens it may pass over.
    UnboundedGap = "unbounded-gap",
    /// A pattern begins or ends with a gap or an optional part: the match grows by words that mean nothing.
    LooseEnd = "loose-end",
    /// A capture that nothing asks for.
    UnusedCapture = "unused-capture",
    /// A fragment that no rule reaches.
    UnusedDefinition = "unused-definition",
    /// One word stands twice among alternatives.
    RepeatedAlternative = "repeated-alternative",
    /// An example stands twice in the rule files.
    RepeatedExample = "repeated-example",
    /// A rule has a text both as `yes` and as `no`.
    Contradiction = "contradiction",
    /// A rule matches none of its own `yes` examples.
    SilentOnExamples = "silent-on-examples",
    /// A rule matches nothing in the texts.
    SilentOnTexts = "silent-on-texts",
    /// Every match of a rule gives way to another rule.
    Shadowed = "shadowed",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A fault and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What sort of fault.
    pub kind: Kind,
    /// The rule; absent for a fragment.
    pub rule: Option<Arc<str>>,
    /// The file.
    pub file: String,
    /// Line, from 1.
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

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "warning[{}]: {}", self.kind, self.message)?;
        frame(f, &self.file, (self.line, self.column), &self.source_line, &self.help)
    }
}

/// Lints rule files that are added to the shipped rules; only their own faults are found. Whether a rule
/// fires is tried on its examples and on `texts`; where there are none, only on its examples.
///
/// # Errors
/// What keeps the rules from loading and is none of the kinds.
pub fn lint(files: &[RuleFile], texts: &[Document]) -> Result<Vec<Finding>, Vec<RuleError>> {
    let mut rules = shipped();
    let mut errors = Vec::new();
    for file in files {
        errors.extend(rules.add(&file.name, &file.source).err().into_iter().flatten());
    }
    let own: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    run(rules, errors, texts, &|file| own.contains(&file))
}

/// Lints the shipped rules; see [`lint`].
///
/// # Errors
/// Never in a build whose tests passed.
pub fn lint_shipped(texts: &[Document]) -> Result<Vec<Finding>, Vec<RuleError>> {
    run(shipped(), Vec::new(), texts, &|_| true)
}

/// The rule files of a folder.
///
/// # Errors
/// Where the folder or a file of it cannot be read.
pub fn rule_files(dir: &Path) -> Result<Vec<RuleFile>, Vec<RuleError>> {
    RuleSet::files(dir)?
        .into_iter()
        .map(|path| {
            let name = path.display().to_string();
            match std::fs::read_to_string(&path) {
                Ok(source) => Ok(RuleFile { name, source }),
                Err(error) => Err(vec![crate::rules::unreadable(&name, &error)]),
            }
        })
        .collect()
}

fn run(
    mut rules: RuleSet,
    errors: Vec<RuleError>,
    texts: &[Document],
    own: &dyn Fn(&str) -> bool,
) -> Result<Vec<Finding>, Vec<RuleError>> {
    let mut findings = Vec::new();
    // Before rules at fault are taken out: what they use is used, and what their examples say is said.
    let whole = rules.clone();
    loading::faults(&mut rules, errors, &mut findings)?;
    patterns::faults(&rules, &mut findings);
    reach::faults(&whole, &mut findings);
    examples::faults(&rules, &mut findings);
    let extractor = Extractor::compile(rules)?;
    fires::faults(&extractor, texts, own, &mut findings);
    findings.retain(|finding| own(&finding.file));
    findings.sort_by(|a, b| (&a.file, a.line, a.column, a.kind).cmp(&(&b.file, b.line, b.column, b.kind)));
    Ok(findings)
}

/// A finding at a byte of a pattern or example.
fn at(
    rules: &RuleSet,
    kind: Kind,
    (rule, file): (Option<&Arc<str>>, &str),
    (text, byte): (&Text, usize),
    message: String,
    help: &str,
) -> Finding {
    let (line, column) = rules.place_in(file, text, byte);
    Finding {
        kind,
        rule: rule.cloned(),
        file: file.to_owned(),
        line,
        column,
        source_line: rules.line(file, line).to_owned(),
        message,
        help: help.to_owned(),
    }
}
