//! Checks of single values and across the records of a set.

use jsonc_parser::common::Range;

use super::Reader;
use crate::digest::sha256;
use crate::model::AnnotationSet;
use crate::span::CharSpan;

impl Reader<'_> {
    pub(super) fn check_document(&mut self, name: &str, range: Range) {
        let stem = std::path::Path::new(self.file).file_stem().and_then(|stem| stem.to_str());
        let is_file =
            std::path::Path::new(self.file).extension().is_some_and(|extension| extension == "json");
        if let Some(stem) = stem.filter(|stem| is_file && *stem != name) {
            let message = format!("the file says it annotates `{name}` and is called `{stem}`");
            self.error("wrong-document", range, message, "name the file after its document");
        }
    }

    pub(super) fn check_hash(&mut self, stated: Option<&str>, range: Range) {
        let (Some(stated), Some(document)) = (stated, self.document) else { return };
        let actual = sha256(document.text().as_bytes());
        if stated != actual {
            let message = format!("the text's SHA-256 is {actual}");
            let help = "the text is not the one that was annotated: restore it, or carry the records over";
            self.error("wrong-hash", range, message, help);
        }
    }

    pub(super) fn check_jurisdiction(&mut self, id: &str, range: Range) {
        if !is_division(id) {
            let help =
                "write an Open Civic Data id, as in `ocd-division/country:us/state:ca/county:san_joaquin`";
            self.error("bad-jurisdiction", range, format!("`{id}` is no division id"), help);
        }
    }

    pub(super) fn check_canonical(&mut self, id: &str, range: Range) {
        let body = id.strip_prefix("/us").unwrap_or_default();
        let fine = (body.starts_with('/') || body.starts_with('-'))
            && !id.contains(char::is_whitespace)
            && !id.ends_with('/');
        if !fine {
            let help = "write it as in the guidelines, section 3: `/us/usc/t8/s1373`, `/us-ca/bill/sb/54`";
            self.error("bad-canonical", range, format!("`{id}` is no canonical id"), help);
        }
    }

    pub(super) fn check_set(&mut self, set: &AnnotationSet) {
        self.check_agencies(set);
        let mut mentions: Vec<(CharSpan, Range)> = Vec::new();
        for (agency, ranges) in set.agencies.iter().zip(&self.places.mentions) {
            mentions.extend(agency.mentions.iter().map(|mention| mention.span).zip(ranges.iter().copied()));
        }
        self.check_overlaps(mentions, "mention");
        let citations =
            set.citations.iter().map(|c| c.span).zip(self.places.citations.iter().copied()).collect();
        self.check_overlaps(citations, "citation");
        self.check_stances(set);
    }

    fn check_agencies(&mut self, set: &AnnotationSet) {
        let mut ids: Vec<(&str, Range)> = set
            .agencies
            .iter()
            .map(|agency| agency.id.as_str())
            .zip(self.places.agencies.iter().copied())
            .collect();
        ids.sort_by_key(|(id, range)| (*id, range.start));
        for pair in ids.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let help = "join both agencies, or give each an id of its own";
            self.error(
                "duplicate-id",
                pair[1].1,
                format!("the agency id `{}` is given twice", pair[1].0),
                help,
            );
        }
    }

    fn check_overlaps(&mut self, mut spans: Vec<(CharSpan, Range)>, what: &str) {
        spans.sort_by_key(|(span, range)| (*span, range.start));
        let mut furthest: Option<CharSpan> = None;
        for (span, range) in spans {
            if let Some(before) = furthest.filter(|before| before.overlaps(span)) {
                let message = format!("this {what} at {span} overlaps the one at {before}");
                self.error("overlap", range, message, "keep the longest; nothing is marked inside another");
            }
            furthest = Some(furthest.filter(|before| before.end >= span.end).unwrap_or(span));
        }
    }

    fn check_stances(&mut self, set: &AnnotationSet) {
        let ranges = self.places.stances.clone();
        let mut seen = std::collections::BTreeSet::new();
        for (stance, &range) in set.stances.iter().zip(&ranges) {
            if !self.places.agency_ids.contains(&stance.agency) {
                let help = match self.places.agency_ids.as_slice() {
                    [] => "add the agency to `agencies`".to_owned(),
                    known => format!("add it to `agencies`, or use an id of the file: {}", known.join(", ")),
                };
                self.error("unknown-agency", range, format!("there is no agency `{}`", stance.agency), &help);
            }
            if !seen.insert((&stance.agency, stance.topic, stance.span)) {
                let message = format!(
                    "another stance of `{}` on {} stands at {}",
                    stance.agency, stance.topic, stance.span
                );
                self.error("duplicate-record", range, message, "keep one of them");
            }
        }
    }
}

/// Whether a word is an Open Civic Data division id within the United States.
fn is_division(id: &str) -> bool {
    let Some(rest) = id.strip_prefix("ocd-division/country:us") else { return false };
    rest.is_empty()
        || rest.strip_prefix('/').is_some_and(|rest| {
            rest.split('/').all(|part| {
                part.split_once(':').is_some_and(|(sort, name)| {
                    let sort_fine =
                        !sort.is_empty() && sort.chars().all(|c| c.is_ascii_lowercase() || c == '_');
                    let letter = |c: char| c.is_alphanumeric() && !c.is_uppercase() || "_-~.".contains(c);
                    sort_fine && !name.is_empty() && name.chars().all(letter)
                })
            })
        })
}
