//! Headings of lists whose place stands for its body: "• Beloit, Wis. – stays out", "Otero County. Has let a company fill
//! a thousand beds."

use super::bare::{DASHES, is_bullet};
use super::heads::{Body, Role};
use super::scan::Scanner;

impl Scanner<'_, '_> {
    /// "• Beloit, Wis. – stays out": the body that a heading of a list stands for.
    pub(super) fn is_heading(&self, at: usize, last: usize, floor: usize, limit: usize) -> Option<Body> {
        let bullet = at > floor && is_bullet(self.tokens[at - 1].text(self.text));
        if !(at == floor || bullet && at - floor <= 2) {
            return None;
        }
        let mut end = last;
        if self.is_word(end, ",")
            && let Some((after, _)) = self.layer.states.at(self.tokens, (end + 1).min(limit - 1), limit)
        {
            end = after;
        }
        // "Gilbert, Ariz. General Order 1006": only a force gives such orders.
        let order = self.is_any(end, &["general", "special"]) && self.is_any(end + 1, &["order", "orders"]);
        if order && self.tokens[end].is_capital() && (end > last || self.is_known(at, last)) {
            return Some(Body::Police);
        }
        let dash = self.is_any(end, DASHES);
        let spaced =
            dash && (bullet || self.is_word(end, ":") || self.tokens[end].start > self.tokens[end - 1].end);
        if self.leads_to_county(end, limit) || !bullet && end == at + 1 && self.is_defined(at, end) {
            return None;
        }
        // "Reminder: …", "Access: …" head a paragraph too.
        let label = end == at + 1 && !bullet && self.is_word(end, ":");
        // "Otero County. Has let a company fill a thousand beds."
        let alone = self.is_word(end, ".")
            && end + 1 == limit
            && at == floor
            && self.is_known_or_county(at, end)
            && end + 1 < self.tokens.len()
            && !self.segmented.breaks_line(end);
        if !(spaced || alone) || label && !self.is_known(at, end) {
            return None;
        }
        let item = (end..self.tokens.len().min(end + 60))
            .take_while(|&index| index < limit || !self.segmented.breaks_line(index - 1));
        // "no support. The police department says": what the item goes on to name.
        let about =
            item.clone().take_while(|&index| index < limit.min(end + 40)).chain(item).find_map(|index| {
                if self.is_word(index, "chief") && self.is_word(index + 1, "deputy") {
                    Some(Body::Sheriff)
                } else if self.is_any(
                    index,
                    &["police", "department", "chief", "officers", "report", "reports", "patrol"],
                ) {
                    Some(Body::Police)
                } else if self.is_any(index, &["sheriff", "sheriffs", "deputies"]) {
                    Some(Body::Sheriff)
                } else if self.is_any(index, &["city", "council", "mayor"]) {
                    Some(Body::City)
                } else {
                    None
                }
            });
        // "• Parent Notification: …" is no town's item, unless it speaks of what towns have.
        let unknown = end == last && self.is_word(end, ":") && !self.is_known_or_county(at, last);
        let body = self.noun_behind(end).or(about);
        if unknown { body } else { body.or(Some(Body::City)) }
    }

    /// Whether only a county's name stands behind a colon: "Nevada: Washburn County".
    fn leads_to_county(&self, colon: usize, limit: usize) -> bool {
        self.is_word(colon, ":")
            && (colon + 2..=colon + 4).contains(&(limit - 1))
            && self.is_any(limit - 1, &["county", "parish"])
            && (colon + 1..limit).all(|at| self.tokens[at].is_capital())
    }

    /// Whether a dash leads to what a word means: "Detainer – A written request that a facility notify ICE".
    fn is_defined(&self, at: usize, dash: usize) -> bool {
        const THINGS: &[&str] = &[
            "request",
            "form",
            "notice",
            "document",
            "order",
            "warrant",
            "process",
            "agreement",
            "person",
            "program",
        ];
        self.is_any(dash + 1, &["a", "an", "any"])
            && !self.is_known_or_county(at, dash)
            && (dash + 2..dash + 5).any(|at| self.is_any(at, THINGS))
    }

    /// Whether words are a place's name in the table, or end in "County".
    pub(super) fn is_known_or_county(&self, first: usize, last: usize) -> bool {
        self.is_known(first, last) || self.is_word(last - 1, "county")
    }

    /// Whether the item behind a heading names its holder: "Wren County – The sheriff's office would rather",
    /// "Fairfax County – A hold gets nothing out of the Fairfax County Sheriff's Office".
    pub(super) fn holder_follows(&self, at: usize, last: usize, limit: usize) -> bool {
        let Some(dash) = self.dash_behind(last, limit) else { return false };
        let line = (dash + 1..self.tokens.len().min(dash + 60))
            .take_while(|&index| index == dash + 1 || !self.segmented.breaks_line(index - 1));
        let again = |start: usize| {
            let length = last - at;
            (0..length).all(|step| {
                self.tokens
                    .get(start + step)
                    .is_some_and(|token| token.is(self.text, self.tokens[at + step].text(self.text)))
            }) && self.layer.heads.at(self.tokens, start + length, self.tokens.len()).is_some()
        };
        self.noun_behind(dash).is_some() || self.is_named_head(dash + 1) || { line }.any(again)
    }

    /// The body that the words behind a heading's dash name first: "the City Council", "its police department".
    fn noun_behind(&self, dash: usize) -> Option<Body> {
        const BODIES: &[Body] = &[Body::Sheriff, Body::Police, Body::Council, Body::CountyBoard, Body::City];
        let head = self.layer.heads.at(self.tokens, dash + 2, self.tokens.len());
        let (_, (body, role)) = head.filter(|_| self.is_any(dash + 1, &["the", "its"]))?;
        (matches!(role, Role::Name | Role::Nominal) && BODIES.contains(&body)).then_some(body)
    }

    /// Whether a person is named with an office at a token: "Sheriff Dawanna Witt".
    fn is_named_head(&self, title: usize) -> bool {
        self.is_any(title, &["Chief", "Sheriff"])
            && (1..=2).all(|step| self.tokens.get(title + step).is_some_and(|token| token.is_capital()))
    }

    /// The dash, colon or full stop behind a heading and its state.
    fn dash_behind(&self, last: usize, limit: usize) -> Option<usize> {
        (last..limit.min(last + 4)).find(|&at| match self.tokens[at].text(self.text) {
            "–" | "—" | ":" => true,
            "." => at + 1 == limit,
            _ => false,
        })
    }

    /// The title of a chief whom a heading's item names first ("Omaha – Chief Ann Bell says"), where nothing
    /// else in the item stands for the department: then no heading stands in for it.
    pub(super) fn chief_of_heading(&self, last: usize, limit: usize) -> Option<usize> {
        let title = self.dash_behind(last, limit)? + 1;
        let mut item = (title..self.tokens.len().min(title + 80))
            .take_while(|&at| at == title || !self.segmented.breaks_line(at - 1));
        let other = item.any(|at| self.is_any(at, &["department", "office", "agency", "force"]));
        (self.is_named_head(title) && !other).then_some(title)
    }
}
