//! Stages by themselves, for benchmarks only.

use crate::Extractor;
use crate::segment::Segmented;
use crate::token::tokenize;

/// What no rule-based extractor of this shape can avoid: the bytes are checked to be UTF-8, split into
/// tokens and searched for anchors. Gives a number that depends on all of it, 0 where the bytes are not UTF-8.
pub fn ceiling(extractor: &Extractor, bytes: &[u8]) -> usize {
    let Ok(text) = std::str::from_utf8(bytes) else { return 0 };
    let mut tokens = Vec::with_capacity(text.len() / 5);
    tokenize(text, 0, text.len(), extractor.vocabulary(), &mut tokens);
    tokens.len() + extractor.anchors().count(text)
}

/// Tokens, sentences and quotations; the number of sentences.
pub fn segment(extractor: &Extractor, text: &str) -> usize {
    Segmented::new(text, extractor.vocabulary()).sentences.len()
}

/// Citations as far as their own words tell; their number.
pub fn citations(text: &str) -> usize {
    crate::citation::find(text).len()
}

/// Tokens, sentences and agencies, whether the text has an anchor or not; the number of mentions.
pub fn agencies(extractor: &Extractor, text: &str) -> usize {
    let segmented = Segmented::new(text, extractor.vocabulary());
    extractor.agency_layer().find(&segmented, &[], &[], true).mentions.len()
}
