//! "The university", "the tribe": the institution whose police a text names.

use goldrule_schema::Form;

use super::entity::Entity;
use super::finish::state_within;
use super::gazetteer::fold;
use super::group::Grouper;
use super::heads::Body;
use super::lexicon::OUTSIDE;
use super::place::Place;
use super::scan::{Candidate, Scanner, Who};
use crate::State;

/// Nouns for institutions that have a police of their own.
pub(super) const INSTITUTIONS: &[&str] = &["university", "tribe"];

impl Grouper<'_, '_> {
    /// The institution that a noun means: one that the text names, or that one of its forces is called after.
    pub(super) fn institution(&mut self, at: usize, word: &str) -> Option<usize> {
        let body = if word == "tribe" { Body::City } else { Body::School };
        let name = self.entities.iter().rev().find_map(|entity| name_in(entity, word))?;
        let key = fold(&name);
        if let Some(known) = self.known(body, &key, |_| true) {
            self.entities[known].provisional = false;
            return Some(known);
        }
        let mut entity = Entity::new(body, None, self.paragraph(at));
        // "University of Utah" is its state's.
        entity.state = name.rsplit(" of ").next().and_then(State::from_name);
        entity.longest.clone_from(&name);
        entity.name_town(name);
        entity.provisional = false;
        entity.add_words(word);
        Some(self.add(entity))
    }
}

/// The name of an institution in that of an agency: "Calder State University" of its police.
fn name_in(entity: &Entity, word: &str) -> Option<String> {
    let place = &entity.place;
    if word == "tribe" {
        let tribal = entity.has_word("tribal") || ["Tribe", "Nation"].iter().any(|end| place.ends_with(end));
        let name = place.trim_end_matches(" Tribal").trim_end_matches(" Tribe");
        return (tribal && !place.is_empty()).then(|| format!("{name} Tribe"));
    }
    place.split(' ').any(|part| part == "University").then(|| place.clone())
}

impl Scanner<'_, '_> {
    /// "Bridger State University will", "the University of Utah does not": public bodies where they act.
    pub(super) fn university(&self, at: usize, floor: usize, limit: usize) -> Option<Candidate> {
        const SCHOOLS: &[&str] = &["university", "college"];
        let capital = |index: &usize| {
            let token = self.tokens[*index];
            token.is_capital() && (!self.lexicon.is(token, OUTSIDE) || self.is_any(*index, SCHOOLS))
                || *index > at && self.is_word(*index, "of")
        };
        if !(at..limit.min(at + 6)).take_while(capital).any(|index| self.is_any(index, SCHOOLS)) {
            return None;
        }
        let named_so = |index: &usize| capital(index) && !self.begins_head(*index, limit);
        let mut last = (at..limit.min(at + 6)).take_while(named_so).last()? + 1;
        let named = last > at + 1
            && (self.is_any(last - 1, SCHOOLS) || self.is_any(at, SCHOOLS) && self.is_word(at + 1, "of"))
            && !self.is_word(last - 1, "of");
        let public = named && is_public(&self.text[self.bytes(at, last)]);
        if !named || !public && !self.is_subject(at, last, floor) {
            return None;
        }
        // "University of Illinois at Chicago"
        if public && self.is_word(last, "at") && last + 1 < limit && self.is_known(last + 1, last + 2) {
            last += 2;
        }
        let name = self.text[self.bytes(at, last)].to_owned();
        let words = name.to_lowercase();
        let place = Place { first: at, last, name, division: None, state: None };
        let who = Who::Local { body: Body::School, place: Some(place), words };
        Some(Candidate::new((at, last), Form::Name, "agency.place.university", who).provisional(!public))
    }
}

/// Universities that are no public bodies though a state's name stands in theirs.
const PRIVATE: &[&str] = &[
    "University of Pennsylvania",
    "University of Southern California",
    "Washington University",
    "University of New Haven",
    "University of New England",
    "New York University",
    "Indiana Wesleyan University",
    "Ohio Wesleyan University",
    "Illinois Wesleyan University",
    "Nebraska Wesleyan University",
    "Texas Christian University",
    "California Baptist University",
    "Oklahoma Christian University",
    "Oklahoma City University",
    "Colorado College",
    "Connecticut College",
];

/// Whether a university's or college's name holds that of a state, as those of public ones do.
fn is_public(name: &str) -> bool {
    state_within(name).is_some() && !PRIVATE.contains(&name)
}
