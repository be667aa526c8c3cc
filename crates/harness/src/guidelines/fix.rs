//! Mends what has exactly one safe remedy.

use goldrule_schema::{AnnotationSet, CharSpan, Document, read_annotations, to_canonical_json};

use super::spans;

/// A file with the edges of its spans trimmed: determiners and possessives of mentions, punctuation of
/// citations. `None` where there is nothing to mend or the file has errors. The result reads without errors
/// and in canonical form; with it comes how many spans were trimmed.
///
/// ```
/// use goldrule_harness::fix_annotations;
/// use goldrule_schema::Document;
///
/// let document = Document::new("n", "The Troy police's SB 54.");
/// let source = r#"{ "schema_version": 1, "document": "n", "stances": [], "citations": [], "agencies": [
///   { "id": "t", "name": "T", "kind": "police", "mentions": [ { "text": "The Troy police's", "form": "name" } ] } ] }"#;
/// let (json, trimmed) = fix_annotations("n.json", source, Some(&document)).unwrap();
/// assert!(json.contains(r#"{ "text": "Troy police", "start": 4, "end": 15, "form": "name" }"#));
/// assert_eq!(trimmed, 1);
/// assert_eq!(fix_annotations("n.json", &json, Some(&document)), None);
/// ```
pub fn fix_annotations(file: &str, source: &str, document: Option<&Document>) -> Option<(String, usize)> {
    let mut set = read_annotations(file, source, document).accepted().ok()?;
    let trimmed = trim(&mut set, document);
    if trimmed == 0 {
        return None;
    }
    let json = to_canonical_json(&set);
    // A trimmed span lies within the old one, so nothing can collide; yet what is written was read before.
    read_annotations(file, &json, document).accepted().ok()?;
    Some((json, trimmed))
}

fn trim(set: &mut AnnotationSet, document: Option<&Document>) -> usize {
    let mut trimmed = 0;
    let mut mend =
        |span: &mut CharSpan, text: &mut Option<String>, cut: fn(&str) -> Option<(usize, usize)>| {
            let Some(mut quote) = spans::quote(text.as_deref(), *span, document).map(str::to_owned) else {
                return;
            };
            let before = *span;
            while let Some((start, end)) = cut(&quote) {
                let chars = |part: &str| part.chars().count() as u32;
                *span = CharSpan::new(span.start + chars(&quote[..start]), span.end - chars(&quote[end..]));
                quote.truncate(end);
                quote.drain(..start);
            }
            if *span != before {
                trimmed += 1;
                if text.is_some() {
                    *text = Some(quote);
                }
            }
        };
    for agency in &mut set.agencies {
        for mention in &mut agency.mentions {
            mend(&mut mention.span, &mut mention.text, mention_cut);
        }
    }
    for citation in &mut set.citations {
        mend(&mut citation.span, &mut citation.text, citation_cut);
    }
    trimmed
}

/// The bytes of a mention to keep, where some are to go.
fn mention_cut(text: &str) -> Option<(usize, usize)> {
    if let Some(word) = spans::leading_determiner(text) {
        let rest = &text[word.len()..];
        return Some((text.len() - rest.trim_start().len(), text.len()));
    }
    spans::possessive(text).map(|rest| (0, rest.len()))
}

fn citation_cut(text: &str) -> Option<(usize, usize)> {
    spans::punctuation(text).map(|rest| (0, rest.len()))
}
