//! What the annotation guidelines say about a label, to be read beside the question.

use crate::record::RecordRef;

/// The guidelines that this version was built with.
const SHIPPED: &str = include_str!("../../../annotations/GUIDELINES.md");

/// The annotation guidelines, by section.
#[derive(Clone, Debug)]
pub struct Guidelines {
    version: Option<String>,
    sections: Vec<Section>,
}

#[derive(Clone, Debug)]
struct Section {
    /// Its title without the number: `Agencies`.
    title: String,
    lines: Vec<String>,
}

/// A piece of the guidelines about one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The label, or the section's title where it is about all of it.
    pub about: String,
    /// The text, without marks of Markdown's tables and lists.
    pub text: String,
}

impl Guidelines {
    /// Those that this version was built with.
    pub fn shipped() -> Self {
        Self::parse(SHIPPED)
    }

    /// Reads guidelines laid out as the shipped ones: sections of level two, tables whose first column is
    /// the label, lists.
    pub fn parse(markdown: &str) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for line in markdown.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim();
                sections.push(Section { title: title.to_owned(), lines: Vec::new() });
            } else if let Some(section) = sections.last_mut() {
                section.lines.push(line.to_owned());
            }
        }
        let first = markdown.lines().find_map(|line| line.strip_prefix("# "));
        let version =
            first.and_then(|title| title.rsplit_once("version ")).map(|(_, version)| version.trim());
        Self { version: version.map(str::to_owned), sections }
    }

    /// Their version, as `meta.guidelines` names it.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// What they say about a record: of each of its labels the row of a table, then every item of a list
    /// that names one of them.
    ///
    /// ```
    /// use goldrule_curation::{Guidelines, RecordRef};
    /// use goldrule_schema::{CharSpan, Citation, CitationKind};
    ///
    /// let citation = Citation {
    ///     id: None, span: CharSpan::new(0, 5), text: Some("SB 54".into()), kind: CitationKind::Bill,
    ///     canonical: None, rule: None, extra: goldrule_schema::Extra::new(),
    /// };
    /// let said = Guidelines::shipped().about(RecordRef::Citation(&citation));
    /// assert_eq!(said[0].about, "bill");
    /// assert!(said[0].text.starts_with("example: SB 54"));
    /// ```
    pub fn about(&self, record: RecordRef<'_>) -> Vec<Paragraph> {
        let title = match record {
            RecordRef::Agency(_) | RecordRef::Mention { .. } => "Agencies",
            RecordRef::Stance(_) => "Stances",
            RecordRef::Citation(_) => "Legal citations",
        };
        let Some(section) = self.sections.iter().find(|section| section.title == title) else {
            return Vec::new();
        };
        let of_list = ["form", "topic", "position", "attribution", "kind"];
        let labels = record.labels().into_iter().filter(|(key, _)| of_list.contains(key));
        let words: Vec<&str> = labels.filter_map(|(_, value)| value).collect();
        let rows = words.iter().filter_map(|word| section.row(word));
        rows.chain(section.items(&words)).collect()
    }
}

impl Section {
    /// The row of a table whose first cell is the word.
    fn row(&self, word: &str) -> Option<Paragraph> {
        let at = self.lines.iter().position(|line| line.starts_with(&format!("| `{word}` |")))?;
        let rule = self.lines[..at].iter().rposition(|line| line.starts_with("| ---"))?;
        let head = cells(self.lines.get(rule.checked_sub(1)?)?);
        let parts = head.iter().zip(cells(&self.lines[at])).skip(1).map(|(head, cell)| {
            if head == "what" { plain(&cell) } else { format!("{head}: {}", plain(&cell)) }
        });
        let parts: Vec<_> = parts.collect();
        Some(Paragraph { about: word.to_owned(), text: parts.join("\n") })
    }

    /// The items of its lists that name one of the words.
    fn items<'s>(&'s self, words: &'s [&'s str]) -> impl Iterator<Item = Paragraph> + 's {
        let items = self.lines.iter().filter_map(|line| line.strip_prefix("- "));
        items.filter_map(|item| {
            let word = words.iter().find(|word| item.contains(&format!("`{word}`")))?;
            Some(Paragraph { about: (*word).to_owned(), text: plain(item) })
        })
    }
}

fn cells(row: &str) -> Vec<String> {
    row.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn plain(markdown: &str) -> String {
    markdown.replace(['`', '*'], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use goldrule_schema::{
        Agency, AgencyKind, Attribution, CharSpan, CitationKind, Form, Mention, Position, Stance, Topic,
    };

    fn abouts(record: RecordRef<'_>) -> Vec<String> {
        Guidelines::shipped().about(record).into_iter().map(|paragraph| paragraph.about).collect()
    }

    #[test]
    fn every_label_has_its_row() {
        let guidelines = Guidelines::shipped();
        let has = |title: &str, words: &[&str]| {
            let section = guidelines.sections.iter().find(|section| section.title == title).unwrap();
            for word in words {
                assert!(section.row(word).is_some_and(|row| row.text.len() > 20), "{title}: {word}");
            }
        };
        has("Agencies", AgencyKind::WORDS);
        has("Agencies", Form::WORDS);
        has("Stances", Topic::WORDS);
        has("Stances", Position::WORDS);
        has("Legal citations", &CitationKind::WORDS[..CitationKind::WORDS.len() - 1]);
    }

    #[test]
    fn a_stance_has_its_topic_its_position_and_the_items_that_name_them() {
        let stance = Stance {
            id: None,
            agency: "a".into(),
            topic: Topic::EqualService,
            position: Position::Favor,
            attribution: Attribution::Own,
            span: CharSpan::new(0, 1),
            text: None,
            rule: None,
            extra: goldrule_schema::Extra::new(),
        };
        let said = abouts(RecordRef::Stance(&stance));
        assert_eq!(said[..2], ["equal_service", "favor"]);
        assert!(said[2..].contains(&"equal_service".to_owned()) && said[2..].contains(&"own".to_owned()));
    }

    #[test]
    fn a_mention_has_its_form_and_an_agency_its_kind() {
        let mention = Mention {
            id: None,
            span: CharSpan::new(0, 1),
            text: None,
            form: Form::Title,
            rule: None,
            extra: goldrule_schema::Extra::new(),
        };
        let agency = Agency {
            id: "a".into(),
            name: "A".into(),
            kind: AgencyKind::Federal,
            jurisdiction: None,
            mentions: vec![mention.clone()],
            rule: None,
            extra: goldrule_schema::Extra::new(),
        };
        assert_eq!(abouts(RecordRef::Mention { agency: "a", mention: &mention })[0], "title");
        assert_eq!(abouts(RecordRef::Agency(&agency))[0], "federal");
    }
}
