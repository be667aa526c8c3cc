//! Heads of agencies named by a bare title, "Sheriff Witt": which agency they stand for.

use goldrule_schema::Form;

use super::Mention;
use super::entity::Entity;
use super::gazetteer::fold;
use super::group::Grouper;
use super::heads::Body;
use super::lexicon::{FOREIGN, OUTSIDE};
use super::owner::surname_at;
use super::place::Division;
use super::scan::{Candidate, Who};
use crate::token::is_possessive;

/// How far ahead, in tokens, an agency may be named whose head is named already.
const FORWARD: usize = 150;

/// How far before a title, in tokens, its town's chief may be spoken of.
const POSSESSED: usize = 50;

/// How many tokens a name has at most.
const NAME: usize = 4;

impl Grouper<'_, '_> {
    /// The head's bare title stands for an agency that the text never names: that of the place it is written
    /// with ("In Harpe, Chief Coley"), else the only one of its sort.
    pub(super) fn bare_title(&mut self, candidate: &Candidate) {
        let Who::Local { body, place: None, .. } = candidate.who else { return };
        if candidate.form != Form::Title || self.placed_title(candidate, body) {
            return;
        }
        // An agency of that sort named before, or soon after, is the one meant.
        let settled = self.settled.get(&body).is_some_and(|first| *first < candidate.first + FORWARD);
        if settled || self.bare.contains(&body) {
            return;
        }
        let mut entity = Entity::new(body, None, self.paragraph(candidate.first));
        let county = matches!(body, Body::Sheriff | Body::Prosecutor | Body::County);
        let place = (!body.is_statewide()).then(|| self.guess_place(candidate.first, county)).flatten();
        if let Some(place) = place {
            entity.name_county(place);
            entity.division = county.then_some(Division::County);
        }
        // A governor or attorney general of a text that names no state is one body all the same; of one that names
        // several, it is not settled whose.
        let heads_state = matches!(body, Body::State | Body::AttorneyGeneral);
        if body.is_statewide()
            && self.give_state(&mut entity).is_none()
            && !(heads_state && self.votes.all().is_empty())
        {
            return;
        }
        // Named so far ahead that the title does not tell of it, and yet the same.
        if county
            && !entity.place.is_empty()
            && let Some(known) = self.known(body, &entity.key, |_| true)
        {
            if let Some(surname) = surname_at(self.segmented, candidate.last) {
                self.holders.entry(surname).or_insert(known);
            }
            return;
        }
        // A mayor of a city, or an executive of a county, that the text does not name heads none.
        if matches!(body, Body::City | Body::County) && entity.place.is_empty() {
            return;
        }
        self.bare.insert(body);
        self.add_title(candidate, entity);
    }

    /// Whether a title is written with its place, and stands for the agency there from now on.
    fn placed_title(&mut self, candidate: &Candidate, body: Body) -> bool {
        let county = matches!(body, Body::Sheriff | Body::Prosecutor);
        if !county && !matches!(body, Body::Police | Body::City) {
            return false;
        }
        let Some(surname) = surname_at(self.segmented, candidate.last) else { return false };
        let met = self.titled.get(surname).is_some_and(|(_, first)| *first < candidate.first);
        if met || self.holders.contains_key(surname) {
            return false;
        }
        let behind = self.place_behind(candidate.last, county);
        let place = behind.or_else(|| self.place_before(candidate.first, body, county));
        let place = place.map(|place| (place, county));
        let Some((place, of_county)) = place.or_else(|| self.place_above(candidate.first, county)) else {
            return false;
        };
        let mut entity = Entity::new(body, None, self.paragraph(candidate.first));
        if of_county {
            entity.name_county(place);
        } else {
            entity.name_town(place);
        }
        if let Some(known) = self.known(body, &entity.key, |_| true) {
            self.holders.insert(surname, known);
            return true;
        }
        let apart = self.settled.contains_key(&body);
        let agency = self.add_title(candidate, entity);
        if apart {
            self.entities[agency].detail = "placed".into();
        }
        true
    }

    /// Adds an agency that nothing but its head's title stands for. The title joins the mentions once all are
    /// read.
    fn add_title(&mut self, candidate: &Candidate, mut entity: Entity) -> usize {
        entity.detail = "bare".into();
        let agency = self.add(entity);
        self.mention(candidate, agency, true);
        self.titles.extend(self.mentions.pop());
        if let Some(surname) = surname_at(self.segmented, candidate.last) {
            self.holders.entry(surname).or_insert(agency);
        }
        agency
    }

    /// The place in "Sheriff Dwight Gaskins of Tolliver County", from the token behind the title.
    fn place_behind(&self, name: usize, county: bool) -> Option<String> {
        let tokens = &self.segmented.tokens;
        let of = (name + 1..tokens.len().min(name + NAME + 1))
            .take_while(|&at| tokens[at - 1].is_capital())
            .find(|&at| tokens[at].is(self.segmented.text, "of"))?;
        if county { self.county_at(of + 1) } else { self.town_at(of + 1).map(|(town, _)| town) }
    }

    /// The place that heads the paragraph or the section of a title, and whether it is a county: "Frederick County.
    /// Sheriff Chuck Jenkins answered at length."
    fn place_above(&self, title: usize, county: bool) -> Option<(String, bool)> {
        let before = self.sections.partition_point(|section| section.first < title);
        let section = self.sections.get(before.checked_sub(1)?)?;
        let beside = section.reaches(self.paragraph(title));
        let town = section.division == Some(Division::Place) || section.town;
        // A county's heading is beside its police only where it opens their paragraph.
        let apart = self.paragraph(section.first) != self.paragraph(title);
        let mixed = !county && apart && section.division == Some(Division::County);
        let fits = !(section.name.is_empty() || town && county || mixed);
        (beside && fits).then(|| (section.name.clone(), county || section.division == Some(Division::County)))
    }

    /// The place that the sentence of a title opens with, "In Harpe, …", or for a county one that the
    /// sentence before is about, where no agency of the sort was named since.
    fn place_before(&self, title: usize, body: Body, county: bool) -> Option<String> {
        if let Some(place) = self.place_beside(title, county) {
            return Some(place);
        }
        let tokens = &self.segmented.tokens;
        let index = self.segmented.sentence_of(title);
        let sentence = self.segmented.sentences[index];
        if let Some(opening) = self.opening_in(title) {
            return if county { self.county_at(opening) } else { self.town_before_comma(opening) };
        }
        if body == Body::Police
            && let Some(town) = self.town_possessing(title)
        {
            return Some(town);
        }
        let before = self.segmented.sentences.get(index.checked_sub(1)?)?;
        if !county || before.paragraph != sentence.paragraph {
            return None;
        }
        let from = before.range().start;
        let inside = (from..title)
            .rev()
            .find(|&at| tokens[at].is(self.segmented.text, "in") && self.county_at(at + 1).is_some())?;
        let of_body = |mention: &Mention| self.entities[mention.agency].body == body;
        let since = |mentions: &[(usize, Mention)]| {
            let first = mentions.partition_point(|(at, _)| *at < inside);
            mentions[first..].iter().take_while(|(at, _)| *at < title).any(|(_, mention)| of_body(mention))
        };
        let named = since(&self.mentions) || since(&self.titles);
        (!named).then(|| self.county_at(inside + 1)).flatten()
    }

    /// The token behind the "In" that opens the sentence of a later token.
    fn opening_in(&self, at: usize) -> Option<usize> {
        let sentence = self.segmented.sentences[self.segmented.sentence_of(at)].range();
        let is_in = |&at: &usize| self.segmented.tokens[at].is(self.segmented.text, "in");
        (sentence.start..at.min(sentence.start + 3)).find(is_in).map(|at| at + 1)
    }

    /// The place right in front of a title: "Torrington Chief Bill Baldasare", "Calder's sheriff, Tom Huizenga". For an
    /// office of a county, one that the text calls a county elsewhere.
    fn place_beside(&self, title: usize, county: bool) -> Option<String> {
        let tokens = &self.segmented.tokens;
        let owner = title.checked_sub(1)?;
        let last = if is_possessive(tokens[owner].text(self.segmented.text)) { owner } else { owner + 1 };
        let sentence = self.segmented.sentences[self.segmented.sentence_of(title)].range();
        let floor = sentence.start.max(last.saturating_sub(NAME));
        let first = (floor..last).rev().take_while(|&at| tokens[at].is_capital()).last()?;
        let (town, end) = self.town_at(first)?;
        let known = || self.layer.gazetteer.is_place(&fold(&town));
        let called = || self.segmented.text.contains(&format!("{town} County"));
        // "Delta Wells Chief Jean Hatch", but "Operations Chief": one unknown word is a rank.
        let plain =
            || tokens[first..last].iter().all(|token| !NO_TOWN.contains(&token.text(self.segmented.text)));
        let named = || known() || last > first + 1 && plain() && first > sentence.start;
        (end == last && if county { called() } else { named() }).then_some(town)
    }

    /// The town whose chief its paragraph speaks of before a title: "Ventura's chief said so. … Chief Merriweather said".
    fn town_possessing(&self, title: usize) -> Option<String> {
        let tokens = &self.segmented.tokens;
        let is = |at: usize, word: &str| tokens[at].is(self.segmented.text, word);
        let paragraph = self.paragraph(title);
        let floor = title.saturating_sub(POSSESSED);
        (floor..title.saturating_sub(2)).rev().find_map(|at| {
            let chief = is(at + 2, "chief") || is(at + 2, "police") && is(at + 3, "chief");
            if !chief
                || !is_possessive(tokens[at + 1].text(self.segmented.text))
                || self.paragraph(at) != paragraph
            {
                return None;
            }
            let first = (floor..=at).rev().take_while(|&at| tokens[at].is_capital()).last()?;
            self.town_at(first).filter(|(_, end)| *end == at + 1).map(|(town, _)| town)
        })
    }

    /// The town of "In Harpe, … the force", with the token its name begins at.
    pub(super) fn town_of_sentence(&self, at: usize) -> Option<(usize, String)> {
        let opening = self.opening_in(at)?;
        Some((opening, self.town_before_comma(opening)?))
    }

    /// The county that is named from a token on: "Tolliver County".
    fn county_at(&self, first: usize) -> Option<String> {
        let tokens = &self.segmented.tokens;
        let county = (first + 1..tokens.len().min(first + NAME)).find(|&at| {
            tokens[at].is(self.segmented.text, "county") || tokens[at].is(self.segmented.text, "parish")
        })?;
        let named = tokens[first..=county].iter().all(|token| token.is_capital());
        named.then(|| self.text(first, county).to_owned())
    }

    /// The town that is named from a token on, with the token behind its name.
    fn town_at(&self, first: usize) -> Option<(String, usize)> {
        let tokens = &self.segmented.tokens;
        let part =
            |&at: &usize| tokens[at].is_capital() && !self.layer.lexicon.is(tokens[at], OUTSIDE | FOREIGN);
        let end = first + (first..tokens.len().min(first + NAME)).take_while(part).count();
        let name = (end > first).then(|| self.text(first, end))?;
        let state = self.layer.states.at(tokens, first, end).is_some_and(|(stop, _)| stop == end);
        let county = ["County", "Parish"].iter().any(|word| name.ends_with(word));
        (!NO_TOWN.contains(&name) && !state && !county).then(|| (name.to_owned(), end))
    }

    fn town_before_comma(&self, first: usize) -> Option<String> {
        let (town, end) = self.town_at(first)?;
        self.segmented.tokens.get(end).filter(|next| next.text(self.segmented.text) == ",").map(|_| town)
    }
}

/// What stands behind "in", or in front of a title, with a capital and is no town.
const NO_TOWN: &[&str] = &[
    "Interim",
    "Acting",
    "Deputy",
    "Assistant",
    "Former",
    "Police",
    "Fire",
    "New",
    "Now",
    "Vice",
    "Division",
    "Operations",
    "Battalion",
    "Bureau",
    "District",
    "Principal",
    "May",
    "Congress",
    "Washington",
    "Spanish",
    "English",
    "America",
    "Europe",
    "Mexico",
    "Canada",
    "Iraq",
    "Afghanistan",
    "Christmas",
    "Easter",
    "Thanksgiving",
    "Ramadan",
    "Spring",
    "Summer",
    "Autumn",
    "Fall",
    "Winter",
    "Facebook",
    "Instagram",
    "Twitter",
    "Council",
    "Committee",
    "Court",
    "Session",
    "Chambers",
    "Trump",
    "Biden",
    "Obama",
];
