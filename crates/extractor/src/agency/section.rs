//! Headings that are a place's name alone: what follows speaks of that place's bodies.

use super::AgencyLayer;
use super::place::Division;
use crate::segment::{Segmented, Sentence};
use crate::token::Shape;

/// Longest heading in tokens.
const LONGEST: usize = 8;

/// Headings from which a text counts as one in sections.
const SECTIONS: usize = 2;

/// A place that heads a section.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// Its first token.
    pub(super) first: usize,
    pub(super) name: String,
    pub(super) division: Option<Division>,
}

/// The sections of a text; none where fewer than two places head one.
pub(super) fn sections(layer: &AgencyLayer, segmented: &Segmented<'_>) -> Vec<Section> {
    let found: Vec<_> =
        segmented.sentences.iter().filter_map(|sentence| section(layer, segmented, *sentence)).collect();
    if found.len() < SECTIONS { Vec::new() } else { found }
}

/// "Loudoun County", "• Beloit, Wis.", "City of Alexandria:" with nothing else in the sentence.
fn section(layer: &AgencyLayer, segmented: &Segmented<'_>, sentence: Sentence) -> Option<Section> {
    let range = sentence.range();
    if range.len() > LONGEST {
        return None;
    }
    let tokens = &segmented.tokens;
    let word = |at: usize| tokens[at].text(segmented.text);
    let mut first = range.start;
    while first < range.end && matches!(tokens[first].shape, Shape::Mark | Shape::Number) {
        first += 1;
    }
    let mut end = range.end;
    while end > first && tokens[end - 1].shape == Shape::Mark {
        end -= 1;
    }
    if let Some(comma) = (first..end).find(|&at| word(at) == ",") {
        let (after, _) = layer.states.at(tokens, comma + 1, end)?;
        if after < end {
            return None;
        }
        end = comma;
    }
    if first >= end
        || !tokens[first..end].iter().all(|token| token.is_capital() || token.text(segmented.text) == "of")
    {
        return None;
    }
    let of = end - first > 2 && word(first + 1) == "of";
    let (start, last, division) = match (of, word(end - 1)) {
        (true, _) => (first + 2, end, Some(Division::Place)),
        (_, "County" | "Parish" | "COUNTY") if end - first > 1 => (first, end - 1, Some(Division::County)),
        _ => (first, end, None),
    };
    let name = &segmented.text[tokens[start].start as usize..tokens[last - 1].end as usize];
    let known = division.is_some() || layer.gazetteer.knows(name);
    let state = layer.states.at(tokens, start, last).is_some_and(|(stop, _)| stop == last);
    (known && !state).then(|| Section { first, name: name.to_owned(), division })
}
