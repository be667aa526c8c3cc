//! Decides which mentions mean the same agency.

use std::borrow::Cow;
use std::cell::OnceCell;

use goldrule_schema::{ByteSpan, Form};
use rustc_hash::{FxHashMap, FxHashSet};

use super::entity::{Entity, key_of};
use super::federal::FEDERAL;
use super::gazetteer::fold;
use super::heads::Body;
use super::listed::LISTED;
use super::place::{Division, Place};
use super::scan::{Candidate, Who};
use super::section::{Section, sections};
use super::votes::Votes;
use super::{Agencies, AgencyLayer, Joined, Mention};
use crate::State;
use crate::segment::Segmented;

/// Associations of one sort that are compared by name.
const MOST_ASSOCIATIONS: usize = 64;

/// Offices that head a force of another name: the sheriff of Clark County runs the Las Vegas police.
const SHARED: &[(Body, &str, Body, &str)] = &[(Body::Sheriff, "clark", Body::Police, "las vegas")];

/// Whom or what a force of a city polices that is not its police department.
const SPECIAL: &[&str] =
    &["transit", "harbor", "port", "airport", "housing", "library", "hospital", "medical", "district"];

/// What sets a force apart from its city's police department: the "library" of "Denver library police".
pub(super) fn special_force(words: &str) -> Option<&'static str> {
    SPECIAL.iter().copied().find(|special| words.split(' ').any(|word| word == *special))
}

/// Mentions and agencies while they are gathered.
pub(super) struct Grouper<'a, 't> {
    pub(super) layer: &'a AgencyLayer,
    pub(super) segmented: &'a Segmented<'t>,
    pub(super) votes: Votes,
    pub(super) entities: Vec<Entity>,
    /// The entities by body and folded place.
    index: FxHashMap<(Body, String), Vec<usize>>,
    by_body: FxHashMap<Body, Vec<usize>>,
    /// Mentions other than nouns, with the token they begin at; sorted once names and acronyms are read.
    pub(super) mentions: Vec<(usize, Mention)>,
    /// Bare titles that stand for an agency, in text order; mentions once all are read.
    pub(super) titles: Vec<(usize, Mention)>,
    /// Nouns read so far, in text order.
    pub(super) nouns: Vec<(usize, Mention)>,
    /// What acronyms and defined nouns stand for; `None` where nothing was found.
    pub(super) acronyms: FxHashMap<&'t str, Option<usize>>,
    /// Last names of office holders with their agency.
    pub(super) holders: FxHashMap<&'t str, usize>,
    /// Last names behind bare titles: the sort of body they head, and the token of the title.
    pub(super) titled: FxHashMap<&'t str, (Body, usize)>,
    /// Token of the first settled mention of each sort of body.
    pub(super) settled: FxHashMap<Body, usize>,
    /// Sorts of body that a bare title stands for.
    pub(super) bare: FxHashSet<Body>,
    pub(super) congress: OnceCell<bool>,
    pub(super) sections: Vec<Section>,
    /// What is being grouped.
    pub(super) step: Joined,
}

/// Gives every candidate its agency, or leaves it out.
pub(super) fn group(
    layer: &AgencyLayer,
    segmented: &Segmented<'_>,
    candidates: &[Candidate],
    votes: Votes,
) -> Agencies {
    let mut grouper = Grouper {
        layer,
        segmented,
        votes,
        entities: Vec::new(),
        index: FxHashMap::default(),
        by_body: FxHashMap::default(),
        mentions: Vec::new(),
        titles: Vec::new(),
        nouns: Vec::new(),
        acronyms: FxHashMap::default(),
        holders: FxHashMap::default(),
        titled: FxHashMap::default(),
        settled: FxHashMap::default(),
        bare: FxHashSet::default(),
        congress: OnceCell::new(),
        sections: sections(layer, segmented),
        step: Joined::Name,
    };
    // Names first, wherever they stand: acronyms and nominals of a headline refer forward.
    for (index, candidate) in candidates.iter().enumerate() {
        grouper.named(candidates, index, candidate);
    }
    grouper.merge_jails();
    grouper.merge_letters();
    grouper.merge_bare_places();
    grouper.step = Joined::Acronym;
    for candidate in candidates {
        grouper.acronym(candidate);
    }
    grouper.mentions.sort_by_key(|(at, _)| *at);
    grouper.find_settled();
    grouper.find_holders(candidates);
    grouper.step = Joined::BareTitle;
    for candidate in candidates {
        grouper.bare_title(candidate);
    }
    grouper.mentions.append(&mut grouper.titles);
    grouper.mentions.sort_by_key(|(at, _)| *at);
    // Once more, for a sheriff whom only his title names.
    grouper.merge_jails();
    for candidate in candidates {
        grouper.noun(candidate);
    }
    grouper.merge_capital();
    grouper.defined_by_nouns(candidates);
    grouper.finish()
}

impl<'t> Grouper<'_, 't> {
    /// Adds an agency.
    pub(super) fn add(&mut self, entity: Entity) -> usize {
        let number = self.entities.len();
        self.index.entry((entity.body, entity.key.clone())).or_default().push(number);
        self.by_body.entry(entity.body).or_default().push(number);
        self.entities.push(entity);
        number
    }

    /// The agency of a body and place that fits.
    pub(super) fn known(&self, body: Body, key: &str, fits: impl Fn(&Entity) -> bool) -> Option<usize> {
        let numbers = self.index.get(&(body, key.to_owned()))?;
        numbers.iter().copied().find(|&number| fits(&self.entities[number]))
    }

    pub(super) fn of_body(&self, body: Body) -> &[usize] {
        self.by_body.get(&body).map_or(&[], Vec::as_slice)
    }

    fn find_settled(&mut self) {
        for (at, mention) in &self.mentions {
            let entity = &self.entities[mention.agency];
            if !entity.provisional {
                self.settled.entry(entity.body).or_insert(*at);
            }
        }
    }

    pub(super) fn text(&self, first: usize, last: usize) -> &'t str {
        let (start, end) = (self.segmented.tokens[first].start, self.segmented.tokens[last - 1].end);
        &self.segmented.text[start as usize..end as usize]
    }

    pub(super) fn paragraph(&self, at: usize) -> u32 {
        self.segmented.sentences[self.segmented.sentence_of(at)].paragraph
    }

    pub(super) fn mention(&mut self, candidate: &Candidate, agency: usize, provisional: bool) {
        let tokens = &self.segmented.tokens;
        let span = ByteSpan::new(tokens[candidate.first].start, tokens[candidate.last - 1].end);
        let mention = Mention {
            span,
            agency,
            form: candidate.form,
            rule: candidate.rule,
            provisional,
            joined: self.step,
        };
        self.mentions.push((candidate.first, mention));
        self.entities[agency].provisional &= provisional;
    }

    /// Names and titles with a place, and federal bodies.
    fn named(&mut self, candidates: &[Candidate], index: usize, candidate: &Candidate) {
        let entity = match &candidate.who {
            Who::Federal(federal) => match self.redefined(candidates, index, candidate) {
                Some(own) => own,
                None => self.federal(*federal, candidate.first),
            },
            Who::Local { body, place: Some(place), words } => self.local(*body, place, words, candidate),
            Who::Local {
                body: body @ (Body::Sheriffs | Body::Chiefs | Body::Union | Body::League),
                place: None,
                words,
            } => self.association(*body, None, words, candidate),
            Who::Acronym => {
                self.definition(candidates, index, candidate);
                return;
            }
            Who::Local { body: Body::Commission, place: None, words } => {
                let Some(entity) = self.committee(words, candidate) else { return };
                entity
            }
            Who::Local { body: Body::Other, place: None, words } => self.placeless(words, candidate),
            Who::Local { body: Body::Capitol, place: None, words } => self.capitol(words, candidate),
            Who::Local { body: Body::Police, place: None, words } if candidate.form == Form::Name => {
                let Some(entity) = self.metropolitan(words, candidate) else { return };
                entity
            }
            Who::Local { .. } | Who::Noun(_) => return,
        };
        self.mention(candidate, entity, candidate.provisional);
    }

    fn federal(&mut self, federal: usize, at: usize) -> usize {
        let same = |number: &&usize| self.entities[**number].federal == Some(federal);
        if let Some(known) = self.of_body(Body::Federal).iter().find(same) {
            return *known;
        }
        let mut entity = Entity::new(Body::Federal, None, self.paragraph(at));
        entity.federal = Some(federal);
        FEDERAL[federal].name.clone_into(&mut entity.longest);
        entity.words = FEDERAL[federal].name.to_lowercase();
        self.add(entity)
    }

    fn local(&mut self, body: Body, place: &Place, words: &str, candidate: &Candidate) -> usize {
        if matches!(body, Body::Sheriffs | Body::Chiefs | Body::Union | Body::League) {
            return self.association(body, Some(place), words, candidate);
        }
        let body = match body {
            // "Grand Rapids commission" is its council.
            Body::Commission if words == "commission" && place.division == Some(Division::County) => {
                Body::CountyBoard
            }
            Body::Commission if words == "commission" && place.state.is_none() => Body::Council,
            Body::PublicSafety if place.state.is_some() => Body::StatePolice,
            Body::Police if place.state.is_some() && words.contains("state police") => Body::StatePolice,
            body => body,
        };
        let shared =
            SHARED.iter().find(|(office, county, ..)| *office == body && *county == fold(&place.name));
        if let Some((.., head, city)) = shared
            && let Some(known) = self.known(*head, city, |_| true)
        {
            return known;
        }
        let key = key_of(place);
        let detail = match body {
            Body::Other | Body::School | Body::Commission | Body::Corrections => words.to_owned(),
            // A state's patrol may be a division of its department, and is spoken of apart.
            Body::StatePolice if words.contains("public safety") || words == "dps" => "public safety".into(),
            Body::Police => special_force(words).unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        let same = |entity: &Entity| {
            entity.detail == detail
                && (entity.division == place.division
                    || entity.division.is_none()
                    || place.division.is_none()
                    || body.is_countywide()
                    || body == Body::Council)
        };
        let found = self.known(body, &key, same).unwrap_or_else(|| {
            let mut entity = Entity::new(body, Some(place), self.paragraph(candidate.first));
            entity.detail.clone_from(&detail);
            self.add(entity)
        });
        // "Utah, Washington and Weber counties" are three.
        let hint =
            self.hint(candidate.last).or_else(|| self.hint(place.last)).filter(|_| candidate.rule != LISTED);
        let name = self.without_state(place, candidate);
        let entity = &mut self.entities[found];
        entity.division = entity.division.or(place.division);
        entity.hint = entity.hint.or(hint);
        let part = words.ends_with(" jail") && body == Body::Sheriff || words.ends_with(" division");
        if candidate.form == Form::Name && name.len() > entity.longest.len() && !part {
            entity.longest = name.into_owned();
        }
        entity.add_words(words);
        found
    }

    /// A name without the state that stands inside it: "Aurora Police Department" of "Aurora, Colo., Police Department".
    fn without_state(&self, place: &Place, candidate: &Candidate) -> Cow<'t, str> {
        let mark = |at: usize, marks: &[&str]| {
            marks.iter().any(|mark| self.segmented.tokens[at].is(self.segmented.text, mark))
        };
        let name = self.text(candidate.first, candidate.last);
        if place.last + 2 >= candidate.last || !mark(place.last, &[",", "("]) {
            return Cow::Borrowed(name);
        }
        let closes = (place.last + 1..candidate.last - 1).find(|&at| mark(at, &[",", ")"]));
        let Some(closes) = closes else { return Cow::Borrowed(name) };
        let (before, behind) =
            (self.text(candidate.first, place.last), self.text(closes + 1, candidate.last));
        Cow::Owned(format!("{before} {behind}"))
    }

    fn association(
        &mut self,
        body: Body,
        place: Option<&Place>,
        words: &str,
        candidate: &Candidate,
    ) -> usize {
        let nation = ["national ", "u.s. ", "united states ", "international ", "american "];
        let key = match place {
            Some(place) => key_of(place),
            None if nation.iter().any(|scope| words.starts_with(scope)) => "us".to_owned(),
            None => String::new(),
        };
        // "Massachusetts Major City Police Chiefs Association" is another than the chiefs of the state.
        let major = |words: &str| words.contains("major c");
        let same = |number: &&usize| {
            let entity = &self.entities[**number];
            (entity.key == key || entity.key.is_empty() || key.is_empty())
                && (key.is_empty() || entity.key.is_empty() || major(words) == major(&entity.words))
        };
        let found = self.of_body(body).iter().take(MOST_ASSOCIATIONS).find(same).copied();
        let found = found.unwrap_or_else(|| {
            let mut entity = Entity::new(body, place, self.paragraph(candidate.first));
            entity.key = key;
            self.add(entity)
        });
        let name = self.text(candidate.first, candidate.last);
        let entity = &mut self.entities[found];
        if name.len() > entity.longest.len() {
            name.clone_into(&mut entity.longest);
        }
        entity.add_words(words);
        found
    }

    /// "Metropolitan Police Department" alone is the one that the text names in full, else that of a city known for it
    /// where the text speaks of it.
    fn metropolitan(&mut self, words: &str, candidate: &Candidate) -> Option<usize> {
        let named = |number: &&usize| self.entities[**number].has_word("metropolitan");
        if let Some(known) = self.of_body(Body::Police).iter().take(MOST_ASSOCIATIONS).find(named) {
            return Some(*known);
        }
        let says = |names: &[&str]| names.iter().any(|name| self.segmented.text.contains(name));
        let city = if says(&["Las Vegas", "Nevada"]) {
            ("Las Vegas".to_owned(), None)
        } else if says(&["Nashville"]) {
            ("Nashville".to_owned(), None)
        } else if says(&["D.C.", "District of Columbia"]) {
            let capital = State::from_code("dc")?;
            (capital.name().to_owned(), Some(capital))
        } else {
            return None;
        };
        let tokens = (candidate.first, candidate.last);
        let place = Place { first: tokens.0, last: tokens.1, name: city.0, division: None, state: city.1 };
        Some(self.local(Body::Police, &place, words, candidate))
    }

    /// "Office of Independent Review (OIR)": a body whose name says no place.
    fn placeless(&mut self, words: &str, candidate: &Candidate) -> usize {
        let same = |number: &&usize| self.entities[**number].detail == words;
        if let Some(known) = self.of_body(Body::Other).iter().take(MOST_ASSOCIATIONS).find(same) {
            return *known;
        }
        let mut entity = Entity::new(Body::Other, None, self.paragraph(candidate.first));
        words.clone_into(&mut entity.detail);
        self.text(candidate.first, candidate.last).clone_into(&mut entity.longest);
        words.clone_into(&mut entity.words);
        if words.starts_with("agency of") || words.starts_with("department of") {
            // A state's, unless its matter is a county's.
            const LOCAL: &[&str] = &["detention", "facilities", "public works", "parks", "jail"];
            if !LOCAL.iter().any(|matter| words.contains(matter)) {
                let _ = self.give_state(&mut entity);
            }
        }
        self.add(entity)
    }

    /// "Capitol Police" alone is the one that the text names in full, else the state's.
    fn capitol(&mut self, words: &str, candidate: &Candidate) -> usize {
        if let Some(known) = self.of_body(Body::Capitol).first() {
            return *known;
        }
        let mut entity = Entity::new(Body::Capitol, None, self.paragraph(candidate.first));
        words.clone_into(&mut entity.words);
        self.add(entity)
    }

    /// The state that stands right behind a name: ", Texas", ", Minn.", "(Colo.)".
    fn hint(&self, last: usize) -> Option<State> {
        let tokens = &self.segmented.tokens;
        let next = tokens.get(last)?;
        if !matches!(next.text(self.segmented.text), "," | "(") || last + 1 >= tokens.len() {
            return None;
        }
        if let Some((_, (state, _))) = self.layer.states.at(tokens, last + 1, tokens.len()) {
            return tokens[last + 1].is_capital().then_some(state);
        }
        let code = tokens[last + 1].text(self.segmented.text);
        (code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()))
            .then(|| State::from_code(code))
            .flatten()
    }
}
