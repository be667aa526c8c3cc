//! Findings together with the source they point into.

use std::sync::Arc;

use goldrule_schema::{Diagnostic, GoldFile};

/// A diagnostic and the file it is about, so that the line can be shown.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What is wrong.
    pub diagnostic: Diagnostic,
    /// The file's contents; empty where the finding is about the file as a whole.
    pub source: Arc<str>,
}

impl Finding {
    /// The findings of an annotation file.
    pub fn of_file(file: &GoldFile) -> impl Iterator<Item = Self> {
        let source: Arc<str> = file.source.as_str().into();
        file.diagnostics
            .iter()
            .map(move |diagnostic| Self { diagnostic: diagnostic.clone(), source: source.clone() })
    }

    /// Whether the finding says that something could not be read at all, rather than what is wrong in it.
    pub fn is_unreadable(&self) -> bool {
        matches!(self.diagnostic.code, "unreadable" | "not-utf8" | "no-documents" | "unwritable")
    }

    /// The finding as people read it.
    pub fn render(&self, color: bool) -> String {
        self.diagnostic.render(&self.source, color)
    }
}

impl From<Diagnostic> for Finding {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostic, source: "".into() }
    }
}
