//! Decides which mentions mean the same agency.

use goldrule_schema::{ByteSpan, Form};
use rustc_hash::FxHashMap;

use super::entity::{Entity, key_of};
use super::federal::FEDERAL;
use super::gazetteer::fold;
use super::heads::Body;
use super::jurisdiction::division_id;
use super::place::{Division, Place};
use super::scan::{Candidate, Who};
use super::votes::Votes;
use super::{Agencies, AgencyLayer, FoundAgency, Mention};
use crate::State;
use crate::segment::Segmented;

/// How far behind, in tokens, an agency counts as when its name does not hold the noun that refers to it.
const UNLIKE: usize = 250;

/// How far ahead, in tokens, an agency may be named whose head is named already.
const FORWARD: usize = 150;

/// Forces whose acronym needs no definition.
const KNOWN: &[(&str, Body, &str, &str)] = &[
    ("LVMPD", Body::Police, "Las Vegas", "nv"),
    ("NYPD", Body::Police, "New York", "ny"),
    ("LAPD", Body::Police, "Los Angeles", "ca"),
    ("LASD", Body::Sheriff, "Los Angeles", "ca"),
    ("SFPD", Body::Police, "San Francisco", "ca"),
    ("NOPD", Body::Police, "New Orleans", "la"),
    ("SDPD", Body::Police, "San Diego", "ca"),
    ("SAPD", Body::Police, "San Antonio", "tx"),
    ("BSO", Body::Sheriff, "Broward", "fl"),
    ("HCSO", Body::Sheriff, "Harris", "tx"),
];

/// Offices that head a force of another name: the sheriff of Clark County runs the Las Vegas police.
const SHARED: &[(Body, &str, Body, &str)] = &[(Body::Sheriff, "clark", Body::Police, "las vegas")];

struct Grouper<'a, 't> {
    layer: &'a AgencyLayer,
    segmented: &'a Segmented<'t>,
    votes: Votes,
    entities: Vec<Entity>,
    /// Mentions with the token they begin at.
    mentions: Vec<(usize, Mention)>,
    acronyms: FxHashMap<&'t str, usize>,
    /// Last names of office holders with their agency.
    holders: FxHashMap<&'t str, usize>,
}

/// Gives every candidate its agency, or leaves it out.
pub(super) fn group(
    layer: &AgencyLayer,
    segmented: &Segmented<'_>,
    candidates: Vec<Candidate>,
    votes: Votes,
) -> Agencies {
    let mut grouper = Grouper {
        layer,
        segmented,
        votes,
        entities: Vec::new(),
        mentions: Vec::new(),
        acronyms: FxHashMap::default(),
        holders: FxHashMap::default(),
    };
    // Names first, wherever they stand: acronyms and nominals of a headline refer forward.
    for (index, candidate) in candidates.iter().enumerate() {
        grouper.named(&candidates, index, candidate);
    }
    grouper.merge_jails();
    for candidate in &candidates {
        grouper.acronym(candidate);
    }
    grouper.mentions.sort_by_key(|(at, _)| *at);
    for candidate in &candidates {
        grouper.bare_title(candidate);
    }
    grouper.find_holders();
    for candidate in &candidates {
        grouper.noun(candidate);
    }
    grouper.finish()
}

impl<'t> Grouper<'_, 't> {
    fn text(&self, first: usize, last: usize) -> &'t str {
        let (start, end) = (self.segmented.tokens[first].start, self.segmented.tokens[last - 1].end);
        &self.segmented.text[start as usize..end as usize]
    }

    fn paragraph(&self, at: usize) -> u32 {
        self.segmented.sentences[self.segmented.sentence_of(at)].paragraph
    }

    fn mention(&mut self, candidate: &Candidate, agency: usize, provisional: bool) {
        let tokens = &self.segmented.tokens;
        let span = ByteSpan::new(tokens[candidate.first].start, tokens[candidate.last - 1].end);
        let mention = Mention { span, agency, form: candidate.form, rule: candidate.rule, provisional };
        self.mentions.push((candidate.first, mention));
        self.entities[agency].provisional &= provisional;
    }

    /// Names and titles with a place, and federal bodies.
    fn named(&mut self, candidates: &[Candidate], index: usize, candidate: &Candidate) {
        let entity = match &candidate.who {
            Who::Federal(federal) => self.federal(*federal, candidate.first),
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
        if let Some(known) = self.entities.iter().position(|entity| entity.federal == Some(federal)) {
            return known;
        }
        let mut entity = Entity::new(Body::Federal, None, self.paragraph(at));
        entity.federal = Some(federal);
        FEDERAL[federal].name.clone_into(&mut entity.longest);
        entity.words = FEDERAL[federal].name.to_lowercase();
        self.entities.push(entity);
        self.entities.len() - 1
    }

    fn local(&mut self, body: Body, place: &Place, words: &str, candidate: &Candidate) -> usize {
        if matches!(body, Body::Sheriffs | Body::Chiefs | Body::Union | Body::League) {
            return self.association(body, Some(place), words, candidate);
        }
        let body = match body {
            Body::PublicSafety if place.state.is_some() => Body::StatePolice,
            Body::Police if place.state.is_some() && words.contains("state police") => Body::StatePolice,
            body => body,
        };
        let shared =
            SHARED.iter().find(|(office, county, ..)| *office == body && *county == fold(&place.name));
        if let Some((.., head, city)) = shared
            && let Some(known) =
                self.entities.iter().position(|entity| entity.body == *head && entity.key == *city)
        {
            return known;
        }
        let key = key_of(place);
        let detail = match body {
            Body::Other | Body::School | Body::Commission | Body::Corrections => words.to_owned(),
            _ => String::new(),
        };
        let same = |entity: &Entity| {
            entity.body == body
                && entity.key == key
                && entity.detail == detail
                && (entity.division == place.division
                    || entity.division.is_none()
                    || place.division.is_none()
                    || body.is_countywide()
                    || body == Body::Council)
        };
        let found = self.entities.iter().position(same).unwrap_or_else(|| {
            let mut entity = Entity::new(body, Some(place), self.paragraph(candidate.first));
            entity.detail = detail;
            self.entities.push(entity);
            self.entities.len() - 1
        });
        let hint = self.hint(candidate.last);
        let name = self.text(candidate.first, candidate.last);
        let entity = &mut self.entities[found];
        entity.division = entity.division.or(place.division);
        entity.hint = entity.hint.or(hint);
        if candidate.form == Form::Name && name.len() > entity.longest.len() {
            name.clone_into(&mut entity.longest);
        }
        entity.words.push(' ');
        entity.words.push_str(words);
        found
    }

    fn association(
        &mut self,
        body: Body,
        place: Option<&Place>,
        words: &str,
        candidate: &Candidate,
    ) -> usize {
        let key = place.map_or(String::new(), key_of);
        let same = |entity: &Entity| {
            entity.body == body && (entity.key == key || entity.key.is_empty() || key.is_empty())
        };
        let found = self.entities.iter().position(same).unwrap_or_else(|| {
            self.entities.push(Entity::new(body, place, self.paragraph(candidate.first)));
            self.entities.len() - 1
        });
        let name = self.text(candidate.first, candidate.last);
        let entity = &mut self.entities[found];
        if name.len() > entity.longest.len() {
            name.clone_into(&mut entity.longest);
        }
        entity.words.push(' ');
        entity.words.push_str(words);
        found
    }

    /// "Metropolitan Police Department" alone is the one that the text names in full, else the capital's.
    fn metropolitan(&mut self, words: &str, candidate: &Candidate) -> Option<usize> {
        let named = |entity: &Entity| entity.body == Body::Police && entity.has_word("metropolitan");
        if let Some(known) = self.entities.iter().position(named) {
            return Some(known);
        }
        if !self.segmented.text.contains("D.C.") && !self.segmented.text.contains("District of Columbia") {
            return None;
        }
        let capital = State::from_code("dc")?;
        let name = capital.name().to_owned();
        let tokens = (candidate.first, candidate.last);
        let place = Place { first: tokens.0, last: tokens.1, name, division: None, state: Some(capital) };
        Some(self.local(Body::Police, &place, words, candidate))
    }

    /// "Capitol Police" alone is the one that the text names in full, else the state's.
    fn capitol(&mut self, words: &str, candidate: &Candidate) -> usize {
        if let Some(known) = self.entities.iter().position(|entity| entity.body == Body::Capitol) {
            return known;
        }
        let mut entity = Entity::new(Body::Capitol, None, self.paragraph(candidate.first));
        words.clone_into(&mut entity.words);
        self.entities.push(entity);
        self.entities.len() - 1
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

    /// "(SPD)" right behind the name it stands for.
    fn definition(&mut self, candidates: &[Candidate], index: usize, candidate: &Candidate) {
        let Some(before) = index.checked_sub(1).map(|before| &candidates[before]) else { return };
        let opens = before.last + 1 == candidate.first
            && self.segmented.tokens[before.last].text(self.segmented.text) == "(";
        let is_name = matches!(before.who, Who::Local { .. } | Who::Federal(_));
        if !(opens && is_name) {
            return;
        }
        let known = self.mentions.iter().rev().find(|(at, _)| *at == before.first);
        if let Some((_, mention)) = known {
            let agency = mention.agency;
            self.acronyms.insert(self.text(candidate.first, candidate.last), agency);
        }
    }

    /// A jail that the text gives to nobody is its sheriff's where the text names the sheriff.
    fn merge_jails(&mut self) {
        for index in 0..self.entities.len() {
            if self.entities[index].body != Body::Jail {
                continue;
            }
            let key = &self.entities[index].key;
            // A prison has a warden or a board of its own.
            if self.entities[index].has_word("prison") {
                continue;
            }
            let keeper = self.entities.iter().position(|entity| {
                (entity.body == Body::Sheriff && entity.key == *key)
                    || (entity.body == Body::Corrections && entity.key == *key)
            });
            if let Some(keeper) = keeper {
                for (_, mention) in &mut self.mentions {
                    if mention.agency == index {
                        mention.agency = keeper;
                    }
                }
            }
        }
    }

    fn acronym(&mut self, candidate: &Candidate) {
        if !matches!(candidate.who, Who::Acronym) {
            return;
        }
        let letters = self.text(candidate.first, candidate.last);
        let agency = match self.acronyms.get(letters) {
            Some(&agency) => Some(agency),
            None => self.by_initials(letters).or_else(|| self.well_known(letters, candidate)),
        };
        if let Some(agency) = agency {
            self.acronyms.insert(letters, agency);
            self.mention(candidate, agency, false);
        }
    }

    /// The one agency whose initials these are.
    fn by_initials(&self, letters: &str) -> Option<usize> {
        let mut fits = (0..self.entities.len()).filter(|&index| {
            let entity = &self.entities[index];
            entity.federal.is_none() && entity.is_initials(letters)
        });
        let first = fits.next()?;
        fits.next().is_none().then_some(first)
    }

    fn well_known(&mut self, letters: &str, candidate: &Candidate) -> Option<usize> {
        let known = KNOWN.iter().find(|(acronym, ..)| *acronym == letters);
        let (body, name, hint) = match known {
            Some(&(_, body, name, state)) => (body, name.to_owned(), State::from_code(state)),
            None => {
                let initials = letters.strip_suffix("PD")?;
                let name = self.spelled(initials).or_else(|| self.single(initials, candidate.first))?;
                (Body::Police, name, None)
            }
        };
        let place =
            Place { first: candidate.first, last: candidate.first, name, division: None, state: None };
        let same = |entity: &Entity| entity.body == body && entity.key == key_of(&place);
        if let Some(found) = self.entities.iter().position(same) {
            return Some(found);
        }
        let mut entity = Entity::new(body, Some(&place), self.paragraph(candidate.first));
        entity.hint = hint;
        self.entities.push(entity);
        Some(self.entities.len() - 1)
    }

    /// The place of one word that was named last before `at` and has this initial: "HPD" after "In Houston".
    fn single(&self, initial: &str, at: usize) -> Option<String> {
        if initial.len() != 1 {
            return None;
        }
        let tokens = &self.segmented.tokens;
        (at.saturating_sub(80)..at).rev().find_map(|index| {
            let name = tokens[index].text(self.segmented.text);
            let place = tokens[index].is_capital() && name.len() > 2 && name.starts_with(initial);
            (place && self.layer.gazetteer.is_place(&fold(name))).then(|| name.to_owned())
        })
    }

    /// Neighbouring capitalised words of the text with these initials, which are then a place's name.
    fn spelled(&self, initials: &str) -> Option<String> {
        let tokens = &self.segmented.tokens;
        let count = initials.len();
        if count < 2 {
            return None;
        }
        let fits = |window: &&[crate::token::Token]| {
            window.iter().zip(initials.chars()).all(|(token, letter)| {
                token.shape == crate::token::Shape::Capitalised
                    && token.text(self.segmented.text).starts_with(letter)
                    && token.end - token.start > 1
            })
        };
        let window = tokens.windows(count).find(fits)?;
        let (first, last) = (window.first()?, window.last()?);
        Some(self.segmented.text[first.start as usize..last.end as usize].to_owned())
    }

    /// A noun means the agency that the text last spoke of, among those it can mean.
    fn noun(&mut self, candidate: &Candidate) {
        let Who::Noun(bodies) = candidate.who else { return };
        let text = self.text(candidate.first, candidate.last);
        let word = text.to_lowercase();
        if let Some(agency) = self.defined_before(candidate.first) {
            self.acronyms.insert(text, agency);
        }
        let known = self.acronyms.get(text).copied();
        let held = self.holder_of(candidate.first).filter(|&held| {
            bodies.contains(&self.entities[held].body)
                && !matches!(self.entities[held].body, Body::City | Body::State)
                || word == "office"
        });
        let agency = match known.or(held).or_else(|| self.focus(candidate.first, bodies, &word)) {
            Some(agency) => Some(agency),
            None => self.implied(bodies, candidate.first),
        };
        let Some(agency) = agency else { return };
        let position = self.mentions.partition_point(|(at, _)| *at < candidate.first);
        self.mention(candidate, agency, false);
        if let Some(mention) = self.mentions.pop() {
            self.mentions.insert(position, mention);
        }
    }

    /// Who heads what: the capitalised words behind a title, or behind "police chief".
    fn find_holders(&mut self) {
        let tokens = &self.segmented.tokens;
        let text = self.segmented.text;
        for (at, mention) in &self.mentions {
            let chief = mention.rule == "agency.name.chief";
            if mention.form != Form::Title && !chief {
                continue;
            }
            let mut end = self.segmented.token_at(mention.span.end.saturating_sub(1)).max(*at) + 1;
            end += usize::from(chief);
            let name = tokens[end.min(tokens.len())..]
                .iter()
                .take(3)
                .take_while(|token| token.is_capital() && token.shape != crate::token::Shape::Mark);
            if let Some(surname) = name.last() {
                self.holders.entry(surname.text(text)).or_insert(mention.agency);
            }
        }
    }

    /// The agency of the person whose possession a noun is: "Ellison's office", "his department".
    fn holder_of(&mut self, first: usize) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let text = self.segmented.text;
        let word = |at: usize| tokens[at].text(text);
        let before = first.checked_sub(1)?;
        if matches!(word(before), "'s" | "’s") {
            let surname = before.checked_sub(1)?;
            return self.holders.get(word(surname)).copied().or_else(|| self.titled(surname));
        }
        if !["his", "her", "His", "Her", "my", "My"].contains(&word(before)) {
            return None;
        }
        let floor = before.saturating_sub(60);
        (floor..before).rev().find_map(|at| {
            let surname = tokens[at].is_capital().then(|| word(at))?;
            self.holders.get(surname).copied()
        })
    }

    /// The agency of a person who is named with a bare title: "Mayor Molly Rawn's office".
    fn titled(&mut self, surname: usize) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let start =
            (surname.saturating_sub(3)..surname).rev().take_while(|&at| tokens[at].is_capital()).last()?;
        let body = (start..surname).find_map(|at| match self.layer.heads.at(tokens, at, surname) {
            Some((_, (body, super::heads::Role::Title))) => Some(body),
            _ => None,
        })?;
        self.focus(surname, std::slice::from_ref(&body), "")
            .or_else(|| self.implied(std::slice::from_ref(&body), surname))
    }

    /// The agency named right before a definition in brackets: `Mount Arden Police Department (the "Department")`.
    fn defined_before(&self, first: usize) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let text = self.segmented.text;
        let mut at = first;
        for opener in [&["“", "\""][..], &["the"], &["hereinafter"], &["("]] {
            if at > 0 && opener.contains(&tokens[at - 1].text(text)) {
                at -= 1;
            } else if opener == ["("] {
                return None;
            }
        }
        let position = self.mentions.partition_point(|(mentioned, _)| *mentioned < at);
        let (_, mention) = self.mentions[..position].last()?;
        (mention.span.end <= tokens[at].start && tokens[at].start - mention.span.end <= 2)
            .then_some(mention.agency)
    }

    fn focus(&self, at: usize, bodies: &[Body], word: &str) -> Option<usize> {
        let last_word = word.rsplit(' ').next().unwrap_or(word);
        let paragraph = self.paragraph(at);
        let cost = |&(mentioned, ref mention): &(usize, Mention)| {
            let entity = &self.entities[mention.agency];
            let rank = bodies.iter().position(|body| *body == entity.body)?;
            let beside = mention.rule == "agency.place.heading" && self.paragraph(mentioned) == paragraph;
            if mention.provisional && entity.provisional && !beside && entity.detail != "bare" {
                return None;
            }
            if last_word == "court" && !entity.has_word("court")
                || last_word == "metro" && !entity.has_word("metro")
                || last_word == "office" && entity.body == Body::City && !entity.has_word("mayor")
                || last_word == "office" && entity.body == Body::State && !entity.has_word("governor")
            {
                return None;
            }
            let federal = entity.body == Body::Federal;
            if federal && last_word == "department" && !entity.has_word("department")
                || word.contains("federal") != federal && word.contains("federal")
            {
                return None;
            }
            let unlike =
                last_word == "department" && !entity.has_word("department") && entity.body != Body::Police
                    || last_word == "office" && entity.body != Body::Sheriff && !entity.has_word("office")
                    || last_word == "agency" && federal
                    || matches!(entity.body, Body::City | Body::State) && last_word == "office";
            let penalty = usize::from(unlike) * UNLIKE + rank.min(3) * 8;
            // Forward reference only where nothing before fits.
            let distance = if mentioned <= at { at - mentioned } else { (mentioned - at) * 2 + 4 * UNLIKE };
            Some((distance + penalty, mention.agency))
        };
        // Far mentions of the same agencies cost more than the nearest ones of each: a window is enough.
        let position = self.mentions.partition_point(|(mentioned, _)| *mentioned <= at);
        let before = self.mentions[..position].iter().rev().take(200);
        let after = self.mentions[position..].iter().take(50);
        before.chain(after).filter_map(cost).min().map(|(_, agency)| agency)
    }

    /// The body that a noun implies where the text names none: "the city" of a police department.
    fn implied(&mut self, bodies: &[Body], at: usize) -> Option<usize> {
        let body = *bodies.first()?;
        let paragraph = self.paragraph(at);
        let implies = bodies.len() <= 3 || body == Body::CountyBoard;
        if !implies {
            return None;
        }
        let mut entity = match body {
            Body::State | Body::Legislature | Body::House | Body::Senate => {
                let mut entity = Entity::new(body, None, paragraph);
                let state = self.votes.top()?;
                if matches!(body, Body::House | Body::Senate) && self.is_about_congress() {
                    return None;
                }
                entity.state = Some(state);
                state.code().clone_into(&mut entity.key);
                entity
            }
            Body::City | Body::Council | Body::Commission => {
                let near = self.nearest(at, |entity| {
                    matches!(entity.body, Body::Police | Body::City | Body::Council)
                        && !entity.key.is_empty()
                        && entity.division != Some(Division::County)
                        && entity.state.is_none()
                });
                let mut entity = Entity::new(body, None, paragraph);
                match near {
                    Some(near) => self.same_place(&mut entity, near),
                    None if body == Body::City => return None,
                    None => {}
                }
                entity
            }
            Body::County | Body::CountyBoard | Body::PrisonBoard => {
                let near = self.nearest(at, |entity| {
                    !entity.key.is_empty()
                        && (entity.body.is_countywide() || entity.division == Some(Division::County))
                })?;
                let mut entity = Entity::new(body, None, paragraph);
                self.same_place(&mut entity, near);
                entity
            }
            Body::Corrections
                if !self.is_before(at, "county")
                    && let Some(state) = self.votes.top() =>
            {
                let mut entity = Entity::new(body, None, paragraph);
                entity.state = Some(state);
                state.code().clone_into(&mut entity.key);
                entity
            }
            Body::Sheriff | Body::Corrections | Body::Prosecutor => {
                let mut entity = Entity::new(body, None, paragraph);
                let near = self.nearest(at, |entity| {
                    !entity.key.is_empty() && entity.division == Some(Division::County)
                        || entity.body == Body::Jail
                });
                match near {
                    Some(near) => self.same_place(&mut entity, near),
                    None => {
                        let place = self.guess_place(at, true)?;
                        entity.key = fold(&place);
                        entity.place = place;
                        entity.division = Some(Division::County);
                    }
                }
                entity
            }
            Body::Police => {
                let near = self.nearest(at, |entity| {
                    matches!(entity.body, Body::City | Body::Council)
                        && !entity.key.is_empty()
                        && !entity.provisional
                })?;
                let mut entity = Entity::new(body, None, paragraph);
                self.same_place(&mut entity, near);
                entity
            }
            Body::School | Body::SchoolPolice => Entity::new(body, None, paragraph),
            Body::Union => {
                let near = self.nearest(at, |entity| entity.body == Body::Police)?;
                let mut entity = Entity::new(body, None, paragraph);
                self.same_place(&mut entity, near);
                entity
            }
            _ => return None,
        };
        let same = |known: &Entity| known.body == body && known.key == entity.key;
        if let Some(known) = self.entities.iter().position(same) {
            return Some(known);
        }
        entity.provisional = false;
        self.entities.push(entity);
        Some(self.entities.len() - 1)
    }

    /// Whether a word stands at a token or in one of the two before it, in any case.
    fn is_before(&self, at: usize, word: &str) -> bool {
        let possessive = ["'s", "’s"];
        let tokens = &self.segmented.tokens[at.saturating_sub(2)..=at];
        tokens.iter().any(|token| token.is(self.segmented.text, word))
            || tokens.iter().any(|token| possessive.contains(&token.text(self.segmented.text)))
    }

    fn same_place(&self, entity: &mut Entity, near: usize) {
        let near = &self.entities[near];
        entity.key.clone_from(&near.key);
        entity.place.clone_from(&near.place);
        entity.division = near.division;
        entity.hint = near.hint;
        entity.paragraph = near.paragraph;
    }

    fn nearest(&self, at: usize, fits: impl Fn(&Entity) -> bool) -> Option<usize> {
        let fits = |mention: &&(usize, Mention)| fits(&self.entities[mention.1.agency]);
        let position = self.mentions.partition_point(|(mentioned, _)| *mentioned <= at);
        let before = self.mentions[..position].iter().rev().take(200).find(fits);
        before
            .or_else(|| self.mentions[position..].iter().take(50).find(fits))
            .map(|(_, mention)| mention.agency)
    }

    fn is_about_congress(&self) -> bool {
        let holds = |names: &[&str]| names.iter().any(|name| self.segmented.text.contains(name));
        let state = holds(&[
            "General Assembly",
            "egislature",
            "House Bill",
            "Senate Bill",
            "state House",
            "state Senate",
        ]);
        holds(&["U.S. House", "U.S. Senate"]) || holds(&["Congress"]) && !state
    }

    /// The head's bare title stands for an agency that the text never names.
    fn bare_title(&mut self, candidate: &Candidate) {
        let Who::Local { body, place: None, .. } = candidate.who else { return };
        if candidate.form != Form::Title {
            return;
        }
        // An agency of that sort named before, or soon after, is the one meant.
        let settled = self.mentions.iter().any(|(at, mention)| {
            let entity = &self.entities[mention.agency];
            entity.body == body && !entity.provisional && *at < candidate.first + FORWARD
        });
        if settled {
            return;
        }
        let surname = self.segmented.tokens.get(candidate.last);
        let known = self.entities.iter().any(|entity| entity.body == body && entity.detail == "bare");
        if known || surname.is_none() {
            return;
        }
        let mut entity = Entity::new(body, None, self.paragraph(candidate.first));
        let county = matches!(body, Body::Sheriff | Body::Prosecutor);
        if let Some(place) = self.guess_place(candidate.first, county) {
            entity.key = fold(&place);
            entity.place = place;
            entity.division = county.then_some(Division::County);
        }
        if body == Body::State {
            let Some(state) = self.votes.top() else { return };
            entity.state = Some(state);
        }
        entity.detail = "bare".into();
        self.entities.push(entity);
        let agency = self.entities.len() - 1;
        let position = self.mentions.partition_point(|(at, _)| *at < candidate.first);
        self.mention(candidate, agency, true);
        if let Some(mention) = self.mentions.pop() {
            self.mentions.insert(position, mention);
        }
    }

    /// The place that a bare title is most likely of: the county or town named nearest before it.
    fn guess_place(&self, at: usize, county: bool) -> Option<String> {
        let near = self.nearest(at, |entity| {
            !entity.place.is_empty()
                && entity.state.is_none()
                && if county {
                    entity.division == Some(Division::County) || entity.body.is_countywide()
                } else {
                    matches!(entity.body, Body::City | Body::Council | Body::Police) && !entity.provisional
                }
        });
        if let Some(near) = near {
            return Some(self.entities[near].place.clone());
        }
        if !county {
            return self.dateline();
        }
        let tokens = &self.segmented.tokens;
        let window = at.saturating_sub(400)..(at + 400).min(tokens.len());
        let is_county = |index: &usize| {
            *index > 0
                && tokens[*index].text(self.segmented.text) == "County"
                && tokens[*index - 1].is_capital()
                && !self.layer.lexicon.is(tokens[*index - 1], super::lexicon::OUTSIDE)
        };
        let found = window.clone().rev().filter(|index| *index < at).find(is_county);
        let index = found.or_else(|| window.clone().find(is_county))?;
        Some(tokens[index - 1].text(self.segmented.text).to_owned())
    }

    /// The place of the text's dateline, "VASQUERA, Texas —".
    fn dateline(&self) -> Option<String> {
        let tokens = &self.segmented.tokens;
        let text = self.segmented.text;
        self.segmented.sentences.iter().take(12).find_map(|sentence| {
            let range = sentence.range();
            let run = range.clone().take_while(|&at| tokens[at].shape == crate::token::Shape::Upper).count();
            let end = range.start + run;
            let dashed =
                (end..range.end.min(end + 8)).any(|at| matches!(tokens[at].text(text), "—" | "–" | "-"));
            let marked = end < range.end && matches!(tokens[end].text(text), "," | "—" | "–" | "-" | "(");
            (run > 0 && run < 4 && dashed && marked).then(|| {
                let name = &text[tokens[range.start].start as usize..tokens[end - 1].end as usize];
                title_case(name)
            })
        })
    }

    fn finish(mut self) -> Agencies {
        let mut order: Vec<Option<usize>> = vec![None; self.entities.len()];
        let mut agencies: Vec<FoundAgency> = Vec::new();
        let mentions = std::mem::take(&mut self.mentions);
        let mentions = mentions.into_iter().map(|(_, mut mention)| {
            let index = *order[mention.agency].get_or_insert_with(|| {
                let found = self.found(mention.agency, &agencies);
                agencies.push(found);
                agencies.len() - 1
            });
            mention.agency = index;
            mention
        });
        let mentions = mentions.collect();
        Agencies { agencies, mentions, persons: Vec::new(), states: self.votes.all().to_vec() }
    }

    fn found(&self, index: usize, known: &[FoundAgency]) -> FoundAgency {
        let entity = &self.entities[index];
        let state = self.state_of(entity);
        let (id, name, jurisdiction) = match entity.federal {
            Some(federal) => {
                let body = &FEDERAL[federal];
                (body.id.to_owned(), body.name.to_owned(), Some("ocd-division/country:us".to_owned()))
            }
            None => {
                let name = official_name(entity, state);
                (slug(&name), name, self.jurisdiction(entity, state))
            }
        };
        let taken = |id: &str| known.iter().any(|agency| agency.id == id);
        let id = if taken(&id) {
            (2..).map(|n| format!("{id}-{n}")).find(|id| !taken(id)).unwrap_or_default()
        } else {
            id
        };
        FoundAgency {
            id,
            name,
            kind: entity.body.kind(),
            state,
            jurisdiction,
            provisional: entity.provisional,
        }
    }

    fn state_of(&self, entity: &Entity) -> Option<State> {
        if entity.federal.is_some() {
            return None;
        }
        entity.state.or(entity.hint).or_else(|| {
            if entity.place.is_empty() {
                return self.votes.top();
            }
            let countywide = entity.body.is_countywide();
            self.votes.settle(
                &self.layer.gazetteer,
                &entity.place,
                entity.division,
                countywide,
                entity.paragraph,
            )
        })
    }

    fn jurisdiction(&self, entity: &Entity, state: Option<State>) -> Option<String> {
        let national =
            ["national", "international", "major c", "fraternal order of police", "police executive"];
        if entity.place.is_empty() {
            if national.iter().any(|word| entity.words.contains(word)) {
                return Some("ocd-division/country:us".to_owned());
            }
            let state = state?;
            return (entity.state.is_some()
                || entity.body.is_statewide()
                || entity.body.kind() == goldrule_schema::AgencyKind::Association)
                .then(|| state.division());
        }
        Some(division_id(&self.layer.gazetteer, entity.body, &entity.place, entity.division, state?))
    }
}

fn title_case(name: &str) -> String {
    let mut start = true;
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if start {
            out.push(c)
        } else {
            out.extend(c.to_lowercase())
        }
        start = !c.is_alphanumeric();
    }
    out
}

/// The name that the agency bears: as the text has it in full, else put together.
fn official_name(entity: &Entity, state: Option<State>) -> String {
    let full = match entity.body {
        Body::Police => entity.longest.contains("Department") || entity.longest.contains("Bureau"),
        Body::Sheriff => entity.longest.contains("Office") || entity.longest.contains("Department"),
        Body::City => entity.longest.contains(" of "),
        _ => entity.longest.contains(' '),
    };
    if full {
        return entity.longest.clone();
    }
    let official = entity.body.official();
    let place = match (entity.place.is_empty(), state) {
        (true, Some(state)) if entity.body.is_statewide() => state.name(),
        _ => entity.place.as_str(),
    };
    let county =
        matches!(entity.division, Some(Division::County)) || entity.body.is_countywide() && !place.is_empty();
    match entity.body {
        Body::City | Body::State => format!("{official} {place}"),
        Body::County => format!("{place} {official}"),
        _ if county => format!("{place} County {official}"),
        _ => format!("{place} {official}").trim().to_owned(),
    }
}

/// Lower case with hyphens.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().filter(|c| !matches!(c, '\'' | '’' | '.')) {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "agency".to_owned() } else { slug.to_owned() }
}
