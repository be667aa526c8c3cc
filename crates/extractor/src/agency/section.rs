//! Headings that name a place: what follows speaks of that place's bodies, and under a state's of that state's.

use super::AgencyLayer;
use super::place::{Division, title_case};
use crate::State;
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
    pub(super) paragraph: u32,
    /// Empty where a state is the heading.
    pub(super) name: String,
    pub(super) division: Option<Division>,
    /// The state that it says.
    pub(super) state: Option<State>,
    /// It is a town's: "GULFPORT, Miss. —", "Aurora, Colo."
    pub(super) town: bool,
    /// It opens the one paragraph that it speaks of.
    pub(super) runs_in: bool,
}

/// The sections of a text; none where fewer than two places head one.
pub(super) fn sections(layer: &AgencyLayer, segmented: &Segmented<'_>) -> Vec<Section> {
    let heading = Heading { layer, segmented };
    let mut before = None;
    let mut found: Vec<Section> = Vec::new();
    for sentence in &segmented.sentences {
        let opens = before != Some(sentence.paragraph);
        before = Some(sentence.paragraph);
        found.extend(heading.read(*sentence, opens));
    }
    let (states, places): (Vec<&Section>, Vec<&Section>) =
        found.iter().partition(|section| section.name.is_empty());
    let (states, places) = (states.len() >= SECTIONS, places.len() >= SECTIONS);
    found.retain(|section| if section.name.is_empty() { states } else { places });
    found
}

/// The state that headings say of a paragraph: the one behind the place that heads it, else that of the heading of a
/// group of places.
pub(super) fn state_at(sections: &[Section], paragraph: u32) -> Option<State> {
    let before = sections.partition_point(|section| section.paragraph <= paragraph);
    let mut headed = false;
    for section in sections[..before].iter().rev().filter(|section| section.reaches(paragraph)) {
        let group = section.name.is_empty();
        if section.state.is_some() && (group || !headed) {
            return section.state;
        }
        headed = true;
    }
    None
}

impl Section {
    /// Whether it speaks of a paragraph behind it.
    pub(super) fn reaches(&self, paragraph: u32) -> bool {
        !self.runs_in || self.paragraph == paragraph
    }
}

/// Reads headings.
struct Heading<'a, 't> {
    layer: &'a AgencyLayer,
    segmented: &'a Segmented<'t>,
}

impl Heading<'_, '_> {
    /// "Loudoun County", "• Beloit, Wis. – stays out", "City of Alexandria:", "MOBILE, Ala. — A judge", "NEVADA".
    fn read(&self, sentence: Sentence, opens: bool) -> Option<Section> {
        let range = sentence.range();
        let tokens = &self.segmented.tokens;
        let mut start = range.start;
        while start < range.end && matches!(tokens[start].shape, Shape::Mark | Shape::Number) {
            start += 1;
        }
        let bullet = start > range.start && tokens[start - 1].shape == Shape::Mark;
        let mut name_end = self.name_end(start, range.end);
        // "Nevada: Washburn County"
        let led = self.state(start, name_end).filter(|_| self.word(name_end) == ":");
        if led.is_some() && name_end + 1 < range.end {
            let behind = self.name_end(name_end + 1, range.end);
            if self.is_end(behind, range.end) {
                (start, name_end) = (name_end + 1, behind);
            }
        }
        if name_end == start {
            return None;
        }
        let mut section = Section {
            first: start,
            paragraph: sentence.paragraph,
            name: String::new(),
            division: None,
            state: None,
            town: false,
            runs_in: false,
        };
        if let Some(state) = self.state(start, name_end) {
            let upper = tokens[start..name_end].iter().all(|token| token.shape == Shape::Upper);
            let alone = self.is_end(name_end, range.end);
            section.state = Some(state);
            return (opens && (alone || upper && self.word(name_end) == ":")).then_some(section);
        }
        let (end, state) = self.state_behind(name_end, range.end)?;
        section.state = state.or(led);
        let upper = (start..name_end).all(|at| tokens[at].shape == Shape::Upper);
        let dash = self.dashes(end, range.end);
        let marked = dash && (bullet || state.is_some() || upper) || self.runs_in(end, range.end, state);
        let alone = self.is_end(end, range.end) && range.len() <= LONGEST;
        let dateline = upper && dash && !alone && !bullet;
        let follows =
            self.segmented.tokens.get(range.end).is_some() && !self.segmented.breaks_line(range.end - 1);
        section.runs_in = !dateline && (!alone || follows);
        section.town = dateline || state.is_some();
        (alone || opens && marked).then_some(())?;
        self.place(start, name_end, section)
    }

    fn word(&self, at: usize) -> &str {
        self.segmented.tokens.get(at).map_or("", |token| token.text(self.segmented.text))
    }

    /// The token behind the capitalised words of a name.
    fn name_end(&self, start: usize, limit: usize) -> usize {
        let tokens = &self.segmented.tokens;
        let part = |at: &usize| {
            tokens[*at].is_capital()
                || *at > start && matches!(self.word(*at), "of" | "'s" | "’s")
                || *at > start && self.word(*at) == "-" && tokens[*at].start == tokens[*at - 1].end
        };
        start + (start..limit.min(start + LONGEST)).take_while(part).count()
    }

    fn state(&self, start: usize, end: usize) -> Option<State> {
        let (stop, (state, _)) = self.layer.states.at(&self.segmented.tokens, start, end)?;
        (stop == end).then_some(state)
    }

    /// The state that a comma parts from a name, and the token behind it; none where something else is.
    fn state_behind(&self, end: usize, limit: usize) -> Option<(usize, Option<State>)> {
        if self.word(end) != "," || end >= limit {
            return Some((end, None));
        }
        let (after, (state, _)) = self.layer.states.at(&self.segmented.tokens, end + 1, limit)?;
        Some((after, Some(state)))
    }

    /// Whether nothing but marks stands before the end of a sentence, and it is no question.
    fn is_end(&self, at: usize, limit: usize) -> bool {
        (at..limit)
            .all(|at| self.segmented.tokens[at].shape == Shape::Mark && !matches!(self.word(at), "?" | "!"))
    }

    /// Whether a dash parts a name from what follows, perhaps behind the name of a news agency.
    fn dashes(&self, at: usize, limit: usize) -> bool {
        let at = if self.word(at) == "(" {
            (at..limit.min(at + 4)).find(|&at| self.word(at) == ")")
        } else {
            Some(at - 1)
        };
        let Some(before) = at else { return false };
        before + 1 < limit
            && matches!(self.word(before + 1), "–" | "—" | "--")
            && self.segmented.tokens[before + 1].start > self.segmented.tokens[before].end
    }

    /// Whether a heading runs in: "Aurora, Colo. The chief draws …", "Racine County, Wis.: …".
    fn runs_in(&self, end: usize, limit: usize, state: Option<State>) -> bool {
        let stop = state.is_some() && self.word(end - 1).ends_with('.');
        let next = self.segmented.tokens.get(end).filter(|_| end < limit);
        state.is_some() && self.word(end) == ":" || stop && next.is_some_and(|next| next.is_capital())
    }

    /// The place that the words of a heading name.
    fn place(&self, first: usize, end: usize, mut section: Section) -> Option<Section> {
        let tokens = &self.segmented.tokens;
        let of = end - first > 2 && self.word(first + 1) == "of";
        let (start, last, division) = match (of, self.word(end - 1)) {
            (true, _) => (first + 2, end, Some(Division::Place)),
            (_, "County" | "Parish" | "COUNTY" | "PARISH") if end - first > 1 => {
                (first, end - 1, Some(Division::County))
            }
            _ => (first, end, None),
        };
        let name = &self.segmented.text[tokens[start].start as usize..tokens[last - 1].end as usize];
        let body = |at: usize| self.layer.heads.at(tokens, at, last).is_some();
        let plain = (start..last).all(|at| self.word(at) != "of" && !body(at));
        let known =
            division.is_some() || section.state.is_some() && plain || self.layer.gazetteer.knows(name);
        let upper = tokens[start..last].iter().all(|token| token.shape == Shape::Upper);
        section.name = if upper { title_case(name) } else { name.to_owned() };
        section.town &= division != Some(Division::County);
        section.division = division;
        known.then_some(section)
    }
}
