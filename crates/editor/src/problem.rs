//! What the checker finds, with the place of the text that it is about.

use std::collections::HashMap;

use goldrule_schema::Diagnostic;
use serde::Serialize;
use serde_json::{Deserializer, Value};

/// A finding about the records of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The finding; its place is one of the gold file.
    #[serde(flatten)]
    pub diagnostic: Diagnostic,
    /// First code point of the text, and first behind it, of the record that it is about; of an agency, of its
    /// first mention. `None` where it is about no single record, or that has no offsets.
    pub at: Option<(u64, u64)>,
}

/// Findings about the source of a gold file, each with its place in the text.
pub(crate) fn problems(findings: Vec<Diagnostic>, source: &str) -> Vec<Problem> {
    let mut known = HashMap::new();
    let mut find = |diagnostic: &Diagnostic| {
        let at = diagnostic.place?.start;
        *known.entry(at).or_insert_with(|| span_at(source, at))
    };
    let placed = |diagnostic| Problem { at: find(&diagnostic), diagnostic };
    findings.into_iter().map(placed).collect()
}

/// The span of the innermost object around a byte that has one.
fn span_at(source: &str, at: usize) -> Option<(u64, u64)> {
    let before = source.get(..source.ceil_char_boundary(at.saturating_add(1)))?;
    before.rmatch_indices('{').find_map(|(start, _)| {
        let mut values = Deserializer::from_str(&source[start..]).into_iter::<Value>();
        let object = values.next()?.ok()?;
        if start + values.byte_offset() <= at {
            return None;
        }
        // Further out are objects that hold this one: they say nothing of where it stands.
        span(&object).or_else(|| span(object.get("mentions")?.get(0)?))
    })
}

fn span(record: &Value) -> Option<(u64, u64)> {
    Some((record.get("start")?.as_u64()?, record.get("end")?.as_u64()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"{ "document": "note {", "meta": { "status": "draft" }, "agencies": [
  { "id": "troy", "kind": "police", "mentions": [ { "start": 4, "end": 8 }, { "start": 20, "end": 24 } ] },
  { "id": "elko", "kind": "police", "mentions": [] } ],
  "citations": [ { "start": 30, "end": 35, "extra": { "note": 1 } } ] }"#;

    #[test]
    fn a_place_of_the_file_leads_to_that_of_its_record() {
        let at = |part: &str| span_at(SOURCE, SOURCE.find(part).unwrap());
        assert_eq!(at("\"start\": 20"), Some((20, 24)));
        assert_eq!(at("{ \"start\": 20"), Some((20, 24)));
        assert_eq!(at("\"troy\""), Some((4, 8)), "an agency's first mention");
        assert_eq!(at("\"elko\""), None, "and never another's");
        assert_eq!(at("\"note\": 1"), Some((30, 35)));
        assert_eq!((at("\"draft\""), at("\"citations\"")), (None, None));
        assert_eq!((span_at(SOURCE, SOURCE.len()), span_at("{ half", 3), span_at("", 0)), (None, None, None));
    }
}
