//! How a command ends.

use std::io;
use std::process::ExitCode;

use goldrule_harness::{Finding, RuleError};
use goldrule_schema::Diagnostic;

/// Exit status. The greater one of two is the one to report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All is well.
    #[default]
    Fine = 0,
    /// It ran and found problems.
    Problems = 1,
    /// It, or part of it, could not run.
    CouldNotRun = 2,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

impl Status {
    /// What one finding comes to.
    pub(crate) fn of(finding: &Finding) -> Self {
        if finding.is_unreadable() {
            Self::CouldNotRun
        } else if finding.diagnostic.is_error() {
            Self::Problems
        } else {
            Self::Fine
        }
    }
}

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Files or folders that stand in the way.
    Findings(Vec<Finding>),
    /// Faults in rule files.
    Rules(Vec<RuleError>),
    /// Anything else: what is wrong, and what to do.
    Message(String, String),
    /// The reader of standard output wants no more.
    Closed,
}

impl Failure {
    pub(crate) fn message(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Message(message.into(), help.into())
    }
}

impl From<Vec<Finding>> for Failure {
    fn from(findings: Vec<Finding>) -> Self {
        Self::Findings(findings)
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(findings: Vec<Diagnostic>) -> Self {
        Self::Findings(findings.into_iter().map(Finding::from).collect())
    }
}

impl From<Diagnostic> for Failure {
    fn from(finding: Diagnostic) -> Self {
        Self::Findings(vec![finding.into()])
    }
}

impl From<Vec<RuleError>> for Failure {
    fn from(errors: Vec<RuleError>) -> Self {
        Self::Rules(errors)
    }
}

/// An error of standard output: every other error is made where the file's name is known.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::message(format!("cannot write to standard output: {error}"), "write to another place")
        }
    }
}
