//! Places whose state stands between them and their force: "the Aurora, Colo., Police Department", "the Harrison
//! County (WV) Commission".

use super::lexicon::PREPOSITION;
use super::place::Place;
use super::scan::Scanner;
use crate::State;
use crate::token::Shape;

impl Scanner<'_, '_> {
    /// Where a place ends that commas and its state part from what follows: "the Aurora, Colo., Police Department".
    pub(super) fn before_state(&self, at: usize, floor: usize) -> Option<usize> {
        // "Harrison County (WV) Commission"
        let bracket = at >= floor + 4 && self.is_word(at - 1, ")") && self.is_word(at - 3, "(");
        if bracket && State::from_code(self.tokens[at - 2].text(self.text)).is_some() {
            return Some(at - 3);
        }
        if !self.is_word(at.checked_sub(1)?, ",") {
            return None;
        }
        let comma = (at.saturating_sub(5).max(floor)..at.saturating_sub(2))
            .rev()
            .find(|&comma| self.is_word(comma, ","))?;
        let code = comma + 3 == at
            && self.tokens[comma + 1].shape == Shape::Upper
            && State::from_code(self.tokens[comma + 1].text(self.text)).is_some();
        let named =
            self.layer.states.at(self.tokens, comma + 1, at - 1).is_some_and(|(end, _)| end == at - 1);
        (code || named).then_some(comma)
    }

    /// Whether a place behind which its state stands names what follows: "the Aurora, Colo., police", where "in
    /// Aurora, Colo., police" says where they are.
    pub(super) fn has_force(&self, place: &Place, at: usize, floor: usize) -> bool {
        let capital = self.tokens[at].is_capital();
        let before = place.first.checked_sub(1).filter(|before| *before >= floor);
        let inside = before.is_some_and(|before| self.lexicon.is(self.tokens[before], PREPOSITION));
        place.state.is_none() && (capital || !inside)
    }
}
