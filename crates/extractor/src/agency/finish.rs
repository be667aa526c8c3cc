//! Agencies as the layer hands them on: official names, ids, states and divisions.

use goldrule_schema::AgencyKind;
use rustc_hash::{FxHashMap, FxHashSet};

use super::entity::Entity;
use super::federal::FEDERAL;
use super::gazetteer::{Sort, fold};
use super::group::{Grouper, special_force};
use super::heads::Body;
use super::jurisdiction::division_id;
use super::place::Division;
use super::section::state_at;
use super::{Agencies, FoundAgency};
use crate::State;

/// Agencies looked at before and after one whose name does not say where it is.
const NEAR: usize = 100;

impl Grouper<'_, '_> {
    /// The agencies by first mention, with their mentions in text order.
    pub(super) fn finish(mut self) -> Agencies {
        let mut order: Vec<Option<usize>> = vec![None; self.entities.len()];
        let mut agencies: Vec<FoundAgency> = Vec::new();

        let mut ids = FxHashSet::default();
        // What two ways led to is one: a bare "Gov." and the "Florida" of a headline.
        let mut same: FxHashMap<(String, AgencyKind, Option<String>), usize> = FxHashMap::default();
        let mut mentions = std::mem::take(&mut self.mentions);
        mentions.append(&mut self.nouns);
        mentions.sort_by_key(|(at, _)| *at);
        let mentions = mentions.into_iter().map(|(_, mut mention)| {
            let index = *order[mention.agency].get_or_insert_with(|| {
                let found = self.found(mention.agency, &mut ids);
                let known = (found.name.clone(), found.kind, found.jurisdiction.clone());
                if let Some(&first) = same.get(&known).filter(|_| found.jurisdiction.is_some()) {
                    agencies[first].provisional &= found.provisional;
                    return first;
                }
                same.insert(known, agencies.len());
                agencies.push(found);
                agencies.len() - 1
            });
            mention.agency = index;
            mention
        });
        let mentions = mentions.collect();
        Agencies {
            agencies,
            mentions,
            persons: Vec::new(),
            states: self.votes.all().to_vec(),
            places: Vec::new(),
        }
    }

    fn found(&self, index: usize, ids: &mut FxHashSet<String>) -> FoundAgency {
        let entity = &self.entities[index];
        let state = self.state_of(entity);
        let (id, name, jurisdiction) = if let Some(federal) = entity.federal {
            let body = &FEDERAL[federal];
            (body.id.to_owned(), body.name.to_owned(), Some("ocd-division/country:us".to_owned()))
        } else {
            let name = official_name(entity, state);
            let seat = self.seat_of(index);
            let seat = seat.and_then(|seat| self.jurisdiction(seat, self.state_of(seat)));
            (slug(&name), name, seat.or_else(|| self.jurisdiction(entity, state)))
        };
        let fresh = (1_u32..).map(|n| if n == 1 { id.clone() } else { format!("{id}-{n}") });
        let id = fresh.into_iter().find(|id| !ids.contains(id)).unwrap_or(id);
        ids.insert(id.clone());
        FoundAgency {
            id,
            name,
            kind: if entity.kept { AgencyKind::Sheriff } else { entity.body.kind() },
            state,
            jurisdiction,
            provisional: entity.provisional,
        }
    }

    /// The nearest agency that says where a body is whose name does not: of a jail a county's, of an office
    /// any local one.
    fn seat_of(&self, index: usize) -> Option<&Entity> {
        let entity = &self.entities[index];
        let jail = entity.body == Body::Jail
            && entity.division.is_none()
            && self.layer.gazetteer.entries(&entity.key).is_empty();
        let office = matches!(entity.body, Body::Other | Body::Commission)
            && entity.place.is_empty()
            && entity.state.is_none();
        // A lodge is of the town whose police it speaks for.
        let lodge = entity.body == Body::Union && entity.place.is_empty() && entity.words.contains("lodge");
        if !(jail || office || lodge) {
            return None;
        }
        let fits = |other: &&Entity| {
            let county = other.division == Some(Division::County) || other.body == Body::Sheriff;
            let own = other.federal.is_none() && !other.place.is_empty() && other.state.is_none();
            let town = matches!(other.body, Body::Police | Body::City | Body::Council) && !county;
            own && !matches!(other.body, Body::Jail | Body::Other) && (county || office) && !lodge
                || own && lodge && town && !other.provisional
        };
        let near = index.saturating_sub(NEAR)..(index + NEAR).min(self.entities.len());
        self.entities[near].iter().filter(fits).min_by_key(|other| other.paragraph.abs_diff(entity.paragraph))
    }

    pub(super) fn state_of(&self, entity: &Entity) -> Option<State> {
        // A tribal nation is of no state; a state that is none of the country's is invented, whatever else the text is about.
        let heads_state = matches!(entity.body, Body::State | Body::AttorneyGeneral);
        let invented = heads_state && !entity.place.is_empty() && entity.state.is_none();
        if invented || entity.federal.is_some() || is_tribal(entity) {
            return None;
        }
        let capital = |state: &State| state.code() == "dc";
        let county = entity.division == Some(Division::County);
        let found = entity.state.or(entity.hint).or_else(|| {
            let headed = self.state_of_section(entity.paragraph);
            if entity.place.is_empty() {
                return headed.or_else(|| self.votes.top());
            }
            let entries = self.layer.gazetteer.entries(&entity.key);
            if headed
                .is_some_and(|state| entries.is_empty() || entries.iter().any(|entry| entry.state == state))
            {
                return headed;
            }
            let countywide = entity.body.is_countywide();
            self.votes.settle(
                &self.layer.gazetteer,
                &entity.place,
                entity.division,
                countywide,
                entity.paragraph,
            )
        });
        // The capital's district has no counties.
        found.filter(|state| !(county && capital(state)))
    }

    /// The state that the heading above a paragraph says.
    pub(super) fn state_of_section(&self, paragraph: u32) -> Option<State> {
        state_at(&self.sections, paragraph)
    }

    /// The county that a body of several names first: "Albemarle-Charlottesville Regional Jail".
    fn first_county(&self, entity: &Entity, state: State) -> Option<String> {
        let names = entity.place.match_indices(['-', '–']).map(|(at, _)| &entity.place[..at]);
        let of_state = |name: &&str| {
            let entries = self.layer.gazetteer.entries(&fold(name));
            entries.iter().any(|entry| entry.state == state && matches!(entry.sort, Sort::County(_)))
        };
        let county = names.take(1).find(of_state)?;
        let (gazetteer, division) = (&self.layer.gazetteer, Some(Division::County));
        Some(division_id(gazetteer, entity.body, county, division, state))
    }

    fn jurisdiction(&self, entity: &Entity, state: Option<State>) -> Option<String> {
        // "BART", "University of Iowa": no division has the name.
        let letters = is_letters(entity);
        let institution = ["University", "College", "Authority", "Transit", "District", "Hospital"]
            .iter()
            .any(|word| entity.place.split(' ').any(|part| part == *word))
            || entity.place.starts_with("Port of ");
        // A park or water district and a port are no division of the country.
        let district = matches!(entity.body, Body::Police | Body::Other)
            && ["district", "port of"].iter().any(|word| entity.detail.contains(word));
        let unknown = self.layer.gazetteer.entries(&entity.key).is_empty();
        // "Lyell-Tamsin Regional Jail": several counties' or cities'.
        let regional = matches!(entity.body, Body::Jail | Body::PrisonBoard | Body::Police)
            && (entity.has_word("regional") || entity.place.ends_with(" Regional"));
        if let Some(state) = entity.state.filter(|_| institution && entity.body == Body::School) {
            return Some(state.division());
        }
        let statewide = entity.place.ends_with(" Authority").then(|| state_in_front(&entity.place)).flatten();
        if let Some(state) = statewide {
            return Some(state.division());
        }
        if district {
            return None;
        }
        let first = state.filter(|_| unknown).and_then(|state| self.first_county(entity, state));
        if first.is_some() || unknown && regional {
            return first;
        }
        // No town has the name; "University of New Mexico" is of the state in it.
        if unknown && (letters && !entity.place.is_empty() || institution) {
            return state_within(&entity.place).map(State::division);
        }
        let national = [
            "national",
            "international",
            "major c",
            "u.s. conference",
            "fraternal order of police",
            "police executive",
        ];
        if entity.place.is_empty() {
            let local = entity.words.contains("lodge") || entity.words.contains("local ");
            if !local && national.iter().any(|word| entity.words.contains(word)) {
                return Some("ocd-division/country:us".to_owned());
            }
            let state = state?;
            return (entity.state.is_some()
                || entity.body.is_statewide()
                || entity.body.kind() == AgencyKind::Association)
                .then(|| state.division());
        }
        Some(division_id(&self.layer.gazetteer, entity.body, &entity.place, entity.division, state?))
    }
}

/// Whether a body is called by letters, "NMSU Police Department", and not all in capitals as a letterhead is.
pub(super) fn is_letters(entity: &Entity) -> bool {
    let upper = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let (first, rest) = entity.longest.split_once(' ').unwrap_or((&entity.longest, ""));
    entity.place.len() <= 6
        && (upper(&entity.place)
            || upper(first)
                && first.eq_ignore_ascii_case(&entity.place)
                && rest.bytes().any(|byte| byte.is_ascii_lowercase()))
}

/// Whether a body is a tribal nation's.
fn is_tribal(entity: &Entity) -> bool {
    let nations = [" Nation", " Tribe", " Tribes", " Pueblo", " Band", " Reservation", " Rancheria"];
    nations.iter().any(|word| entity.place.ends_with(word))
        || entity.longest.contains(" Tribal ")
        || entity.longest.contains(" Nation ")
}

/// The state whose name stands in that of an institution: "University of New Mexico".
pub(super) fn state_within(name: &str) -> Option<State> {
    State::all().filter(|state| name.contains(state.name())).max_by_key(|state| state.name().len())
}

/// The state whose name a body's begins with: "Maryland Transportation Authority".
fn state_in_front(name: &str) -> Option<State> {
    let ends = name.match_indices(' ').map(|(end, _)| end);
    let state = ends.take(2).find_map(|end| State::from_name(&name[..end]))?;
    // The capital's region has authorities of this name.
    (state.code() != "wa").then_some(state)
}

/// The name that the agency bears: as the text has it in full, else put together.
fn official_name(entity: &Entity, state: Option<State>) -> String {
    let full = match entity.body {
        Body::Police => {
            ["Department", "Bureau", "Constable", "Marshal"].iter().any(|word| entity.longest.contains(word))
                || special_force(&entity.detail).is_some()
        }
        Body::Sheriff => entity.longest.contains("Office") || entity.longest.contains("Department"),
        Body::City => entity.longest.contains(" of ") || entity.longest.ends_with(" Tribe"),
        _ => entity.longest.contains(' ') && State::from_name(&entity.longest).is_none(),
    };
    if entity.body == Body::State && entity.place.is_empty() && state.is_none() {
        return "Office of the Governor".to_owned();
    }
    if full {
        return unpossessed(&entity.longest);
    }
    let official = entity.body.official();
    let place = match (entity.place.is_empty(), state) {
        (true, Some(state)) if entity.body.is_statewide() => state.name(),
        _ => entity.place.as_str(),
    };
    let county =
        matches!(entity.division, Some(Division::County)) || entity.body.is_countywide() && !place.is_empty();
    let word = if state.is_some_and(|state| state.code() == "la") { "Parish" } else { "County" };
    match entity.body {
        Body::State if place == "District of Columbia" => place.to_owned(),
        Body::City | Body::State => format!("{official} {place}"),
        Body::County => format!("{place} {word}"),
        _ if county => format!("{place} {word} {official}"),
        _ => format!("{place} {official}").trim().to_owned(),
    }
}

/// "Palmyra Police Department" of "Village of Palmyra's Police Department".
fn unpossessed(name: &str) -> String {
    let of = ["City of ", "Town of ", "Village of ", "Borough of ", "Township of "];
    let place = of.iter().find_map(|of| name.strip_prefix(of));
    match place.and_then(|place| place.split_once("'s ").or_else(|| place.split_once("’s "))) {
        Some((place, head)) => format!("{place} {head}"),
        None => name.to_owned(),
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
