//! The paragraphs of the guidelines that belong to each word an annotator can choose.

use serde::Serialize;

/// A row of a table of the guidelines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Number of the section.
    pub section: u32,
    /// What the table is of: `kind`, `form`, `topic` or `position`.
    pub of: String,
    /// The word.
    pub word: String,
    /// What the other columns say, under their heads.
    pub says: Vec<(String, String)>,
}

/// What the editor shows of the guidelines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Guidelines {
    /// Their version.
    pub version: Option<String>,
    /// The rows of all tables.
    pub rows: Vec<Row>,
    /// Every other paragraph with its section.
    pub rules: Vec<(u32, String)>,
}

impl Guidelines {
    /// Reads the guidelines' Markdown.
    pub fn new(markdown: &str) -> Self {
        let mut all = Self::default();
        let (mut section, mut head): (u32, Vec<String>) = (0, Vec::new());
        for line in markdown.lines().map(str::trim) {
            if let Some(title) = line.strip_prefix("# ") {
                all.version = title.split("version ").nth(1).map(|version| version.trim().to_owned());
            } else if let Some(title) = line.strip_prefix("## ") {
                section = title.split('.').next().and_then(|number| number.parse().ok()).unwrap_or(0);
                head.clear();
            } else if let Some(cells) = line.strip_prefix('|') {
                let cells: Vec<String> =
                    cells.trim_end_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
                let Some(first) = cells.first() else { continue };
                if let Some(word) = first.strip_prefix('`').and_then(|word| word.strip_suffix('`')) {
                    let says =
                        head.iter().zip(&cells).skip(1).map(|(head, cell)| (head.clone(), cell.clone()));
                    let of = head.first().cloned().unwrap_or_default();
                    all.rows.push(Row { section, of, word: word.to_owned(), says: says.collect() });
                } else if !first.starts_with('-') {
                    head = cells;
                }
            } else if !line.is_empty() && (1..=3).contains(&section) {
                let text = line.strip_prefix("- ").unwrap_or(line);
                match all.rules.last_mut() {
                    // A paragraph that goes on.
                    Some((_, last)) if !line.starts_with("- ") && !last.ends_with(['.', ':', ')']) => {
                        last.push(' ');
                        last.push_str(text);
                    }
                    _ => all.rules.push((section, text.to_owned())),
                }
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use goldrule_schema::{AgencyKind, CitationKind, Form, Position, Topic};

    #[test]
    fn every_word_has_its_paragraph() {
        let guidelines = Guidelines::new(crate::GUIDELINES);
        let has = |section, of: &str, word: &str| {
            guidelines.rows.iter().any(|row| {
                (row.section, row.of.as_str(), row.word.as_str()) == (section, of, word)
                    && !row.says.is_empty()
            })
        };
        assert!(AgencyKind::WORDS.iter().all(|word| has(1, "kind", word)));
        assert!(Form::WORDS.iter().all(|word| has(1, "form", word)));
        assert!(Topic::WORDS.iter().all(|word| has(2, "topic", word)));
        assert!(Position::WORDS.iter().all(|word| has(2, "position", word)));
        assert!(CitationKind::WORDS.iter().all(|word| has(3, "kind", word)));
        assert_eq!(guidelines.version.as_deref(), Some("1.2"));
        assert!(
            guidelines.rules.iter().any(|(section, rule)| *section == 2 && rule.contains("`attribution`"))
        );
    }
}
