//! Names and titles: a head with a place beside it.

use goldrule_schema::Form;

use super::heads::{Body, Role};
use super::lexicon::{FOREIGN, GENERIC, ORDINALS, PARTS};
use super::nominal::{RANKS, meanings};
use super::place::{Division, Place};
use super::scan::{Candidate, Read, Scanner, Who};
use crate::State;
use crate::token::Shape;

/// Words for bodies of which a name of their own may say more: "Office of Police Review".
pub(super) const BODIES: &[&str] =
    &["department", "office", "division", "bureau", "commission", "authority", "agency"];

impl Scanner<'_, '_> {
    /// A name or title where a place stands by the head, else a nominal where one may be meant.
    pub(super) fn headed(
        &self,
        at: usize,
        end: usize,
        (body, role): (Body, Role),
        floor: usize,
        limit: usize,
    ) -> Option<Read> {
        match role {
            Role::Nothing => return self.before_plural(at, end, body, floor),
            Role::Acting => return self.acting(at, end, body, floor, limit),
            Role::Nominal => return self.nominal(at, end, body, "agency.nominal.phrase", floor),
            Role::Title if self.is_headless(end) => return None,
            _ => {}
        }
        if self.is_word(end - 1, "of") {
            return self.of_name(at, end, body, floor, limit);
        }
        if role == Role::Title && body == Body::Police {
            return self.chief(at, end, floor);
        }
        // "No law enforcement agency of the State of Oregon" is whichever there is.
        if body == Body::StateBureau && self.is_word(end - 1, "agency") && self.is_word(end, "of") {
            let whose = end + 1 + usize::from(self.is_word(end + 1, "the"));
            return Some(Read::Skip(self.place_after(whose, limit).map_or(end, |place| place.last)));
        }
        if let Some(read) = self.placed(at, end, (body, role), floor, limit) {
            return Some(read);
        }
        match role {
            Role::Title => self.bare_title(at, end, body, floor),
            // "DPS troopers", where the text has named the department before.
            Role::OnlyName if end - at == 1 && self.tokens[at].shape == Shape::Upper => {
                Some(Candidate::new((at, end), Form::Acronym, "agency.acronym", Who::Acronym).into())
            }
            Role::OnlyName if body == Body::Jail => self.jail(at, end, floor),
            Role::OnlyName if body == Body::Other => self.office(at, end, floor),
            Role::OnlyName if self.begins_committee(end) => None,
            Role::OnlyName => self.chamber(at, end, body, floor),
            // The capital's force goes by "Metropolitan Police Department" alone.
            _ if self.tokens[at].is_capital()
                && (body == Body::Capitol || self.is_word(at, "metropolitan") && body == Body::Police) =>
            {
                let who = Who::Local { body, place: None, words: self.lower(at, end) };
                Some(Candidate::new((at, end), Form::Name, "agency.name", who).into())
            }
            _ if matches!(body, Body::Senate | Body::House) && self.begins_committee(end) => None,
            // "Tuesday night's town hall had been asked for": a meeting
            _ if self.is_word(at, "town") && self.is_building(end) && !self.tokens[at].is_capital() => None,
            // "Back at city hall", a heading "City hall"
            _ if self.is_building(end) && (self.is_where(at, floor) || at == floor && end == limit) => None,
            // In small letters a part of some council.
            _ if self.is_word(end - 1, "committee")
                && body == Body::Commission
                && !self.tokens[at].is_capital() =>
            {
                None
            }
            _ => self.nominal(at, end, body, "agency.nominal.phrase", floor),
        }
    }

    pub(super) fn lower(&self, first: usize, last: usize) -> String {
        self.text[self.bytes(first, last)].to_lowercase()
    }

    /// The head with the place before or behind it.
    fn placed(
        &self,
        at: usize,
        end: usize,
        (body, role): (Body, Role),
        floor: usize,
        limit: usize,
    ) -> Option<Read> {
        let title = role == Role::Title;
        let before = self.place_in_front(at, floor, body, title);
        // "Wake County sheriff in North Carolina" has its place in front.
        let behind = if before.is_some() && self.is_word(end, "in") {
            None
        } else {
            self.place_behind(end, limit, body, title)
        };
        let first = before.as_ref().map_or(at, |place| place.first);
        let last = behind.as_ref().map_or(end, |place| place.last);
        let place = before.or(behind)?;
        if body == Body::Commission && place.last <= at && self.is_for_a_matter(&place) {
            return Some(self.commission(first, end, floor).into());
        }
        if let Some(force) = campus_force(&place, last, body) {
            return Some(force.into());
        }
        if title && (self.is_headline_verb(&place) || self.is_rank(&place)) {
            return None;
        }
        let named = self.tokens.get(last).is_some_and(|next| next.is_capital());
        if title && (self.is_former(first, floor) || !named && self.is_sought(first, floor)) {
            return Some(Read::Skip(last));
        }
        // "Board of Weston County Commissioners"
        let board = body == Body::CountyBoard
            && first >= floor + 2
            && self.is_word(first - 1, "of")
            && self.is_word(first - 2, "board");
        let first = first - if board { 2 } else { 0 };
        if !self.is_fit(&place, body, role, at, end) {
            return None;
        }
        // "a suburban Denver sheriff's office" is another's.
        if place.first > floor
            && place.division.is_none()
            && self.tokens[at].shape == Shape::Lower
            && self.is_any(place.first - 1, &["suburban", "rural"])
        {
            return None;
        }
        // "a Georgia jail", "any Texas sheriff's office": whichever there are.
        // "a southwestern Idaho county jail", "the 9th Utah sheriff's office"
        let before = place.first.checked_sub(1).filter(|before| *before >= floor);
        let inside = self.is_any(place.first, PARTS)
            && State::from_name(&self.title_cased(place.first + 1, place.last)).is_some();
        let part = inside || before.is_some_and(|before| self.is_any(before, PARTS));
        let nth = matches!(body, Body::Sheriff | Body::Jail)
            && before.is_some_and(|before| self.is_any(before, ORDINALS) || self.is_nth(before));
        let generic =
            nth || part || before.is_some_and(|before| self.lexicon.is(self.tokens[before], GENERIC));
        if generic && (part || place.state.is_some()) && self.tokens[end - 1].shape == Shape::Lower {
            return None;
        }
        // "Office of the Maryland Attorney General"
        let office = if title { self.office_of(first, floor) } else { None };
        let (first, title) = (office.unwrap_or(first), title && office.is_none());
        let (form, rule) = if title { (Form::Title, "agency.title") } else { (Form::Name, "agency.name") };
        let building = self.is_where(first, floor)
            || first > floor + 1
                && (self.is_any(first - 1, &["to", "from"])
                    || self.is_word(first - 1, "the") && self.is_any(first - 2, &["to", "from", "of"]));
        let defined =
            self.is_word(end, "(") && self.tokens.get(end + 1).is_some_and(|t| t.shape == Shape::Upper);
        // "the J. Reuben Long Detention Center" is named for a person.
        let nowhere = place.division.is_none()
            && place.state.is_none()
            && place.last <= at
            && !self.is_any(at, &["regional", "central"])
            && !self.is_known_name(&place);
        let provisional =
            body == Body::Jail && (building || nowhere) && !defined && !self.is_employer(first, floor)
                || self.is_building(end);
        // "Kent County Sheriff's new policy": a possession of the sheriff, where "Sheriff's Lt. Ann Roy" holds a name.
        if body == Body::Sheriff && role == Role::OnlyName && self.is_possessive_at(end - 1) {
            let person = self.is_any(end, RANKS);
            let form = if person { Form::Name } else { Form::Title };
            let who = Who::Local { body, place: Some(place), words: "sheriff".into() };
            return Some(Candidate::new((first, at + 1), form, "agency.title", who).into());
        }
        let who = Who::Local { body, place: Some(place), words: self.lower(at, end) };
        Some(Candidate::new((first, last), form, rule, who).provisional(provisional).into())
    }

    /// Whether a hall is where something is, and does nothing: "at Lower Town Hall".
    fn is_building(&self, end: usize) -> bool {
        let acts = self.acts(end) || self.is_third_person(end) || self.is_possessive_at(end);
        let house = self.is_word(end - 1, "house") && end > 1 && self.is_word(end - 2, "state");
        (self.is_any(end - 1, &["hall", "statehouse"]) || house) && !acts
    }

    /// Whether somebody is said to have worked for what follows: "retired from the".
    fn is_employer(&self, first: usize, floor: usize) -> bool {
        const WORK: &[&str] = &[
            "retired",
            "resigned",
            "fired",
            "suspended",
            "worked",
            "works",
            "work",
            "working",
            "career",
            "job",
            "jobs",
        ];
        (first.saturating_sub(3).max(floor)..first).any(|index| self.is_any(index, WORK))
    }

    /// The "Office" of "Office of" or "Office of the" that ends before a token.
    fn office_of(&self, first: usize, floor: usize) -> Option<usize> {
        let the = usize::from(first > floor && self.is_word(first - 1, "the"));
        let office = first.checked_sub(2 + the).filter(|office| *office >= floor)?;
        (self.is_word(office + 1, "of") && self.is_word(office, "office") && self.tokens[office].is_capital())
            .then_some(office)
    }

    /// "Stockton police officers" holds a name, "police departments" none.
    fn before_plural(&self, at: usize, end: usize, body: Body, floor: usize) -> Option<Read> {
        const GENERIC: &[&str] = &["departments", "agencies", "forces", "unions", "state", "work", "chiefs"];
        // "Salinas police work with the FBI"
        let works = self.is_word(end - 1, "work")
            && self
                .is_any(end, &["with", "alongside", "beside", "closely", "together", "under", "for", "side"]);
        if body == Body::Sheriff {
            return self.sheriff_of(at, end, floor);
        }
        if body != Body::Police || self.is_any(end - 1, GENERIC) && !works {
            return None;
        }
        let place = self.place_in_front(at, floor, body, false)?;
        self.police_of(place, at, "agency.name.attribute")
    }

    /// The name of a department that ends in "police" where more words follow in its phrase.
    pub(super) fn police_of(&self, place: Place, at: usize, rule: &'static str) -> Option<Read> {
        if !self.is_word(at, "police") || !self.is_fit(&place, Body::Police, Role::OnlyName, at, at + 1) {
            return None;
        }
        let first = place.first;
        let who = Who::Local { body: Body::Police, place: Some(place), words: "police".into() };
        Some(Candidate::new((first, at + 1), Form::Name, rule, who).into())
    }

    /// "City of Rio Rancho", "State of Idaho", "City of Chicago Police Department".
    fn of_name(&self, at: usize, end: usize, body: Body, floor: usize, limit: usize) -> Option<Read> {
        let mut place = (end < limit).then(|| self.place_after(end, limit)).flatten()?;
        // "City of Lawrence City Attorney's Office"
        let city = place.last - 1;
        if city > end
            && self.is_word(city, "city")
            && self.is_any(place.last, &["attorney", "council", "manager"])
        {
            place = self.place_after(end, city)?;
        }
        if body == Body::State && place.state.is_none() {
            return None;
        }
        // "in the city of Mesa" is where, not who, and so is "the port of Mesa" anywhere.
        let lower = self.tokens[at].shape == Shape::Lower;
        let within = at > floor + 1
            && self.is_word(at - 1, "the")
            && self.is_any(at - 2, &["inside", "within", "throughout", "across", "outside"]);
        if lower && (body == Body::Other || self.is_where(at, floor)) {
            return Some(Read::Skip(place.last));
        }
        let words = self.lower(at, end);
        // "the Village of Palmyra's Police Department"
        let owned = place.last + 1 < limit && self.is_possessive_at(place.last);
        let behind = place.last + usize::from(owned && self.tokens[place.last + 1].is_capital());
        let goes_on = (behind < limit).then(|| self.layer.heads.at(self.tokens, behind, limit));
        let mut tokens = (at, place.last);
        let mut body = body;
        let goes_on = match goes_on.flatten() {
            // "Town of Blue Otter Police Chief"
            Some((_, (Body::Police, Role::Title))) if self.is_word(behind, "police") => {
                Some((behind + 1, (Body::Police, Role::OnlyName)))
            }
            other => other,
        };
        if let Some((head_end, (head, Role::Name | Role::OnlyName))) = goes_on
            && !matches!(head, Body::City | Body::County | Body::State)
        {
            match words.as_str() {
                "town of" if !owned => place.name = format!("Town of {}", place.name),
                "port of" => place.name = format!("Port of {}", place.name),
                _ => {}
            }
            (tokens, body) = ((at, head_end), head);
        } else if body == Body::City {
            place.division = Some(Division::Place);
        }
        // "COUNTY OF HUNTERDON, STATE OF NEW JERSEY" says where the body of a letterhead is.
        let line = self.tokens[at].shape == Shape::Upper && matches!(body, Body::County | Body::State);
        let address = line && (place.last == limit || self.is_word(place.last, ","));
        // "inside the City of Mesa" is where, unless more of a name follows.
        let where_ = within && matches!(body, Body::City | Body::County | Body::State);
        let who = Who::Local { body, place: Some(place), words };
        Some(Candidate::new(tokens, Form::Name, "agency.name.of", who).provisional(address || where_).into())
    }

    /// "… of Kessling County", "… of the Borough of Mount Arden", "sheriff in Kankakee County".
    fn place_behind(&self, end: usize, limit: usize, body: Body, title: bool) -> Option<Place> {
        if end + 1 >= limit {
            return None;
        }
        // "a sheriff in Gastonia" is whichever there is.
        let one = end > 1 && self.is_any(end - 2, &["a", "one", "another", "any", "every"]);
        // "the first African American to be sheriff in Gwinnett County"
        let one = one || end > 1 && self.is_any(end - 2, &["be", "become", "becomes", "became", "being"]);
        let inside = self.is_word(end, "in") && title && body == Body::Sheriff && !one;
        let council = body == Body::Council && self.is_word(end + 1, "the");
        let office = self.is_word(end, "for") && (council || matches!(body, Body::Prosecutor | Body::Other));
        // A signature: "Tom Bell / Sheriff, Yolo County".
        let signed = title
            && body == Body::Sheriff
            && self.is_word(end, ",")
            && self.tokens[end - 1].is_capital()
            && self.segmented.breaks_line(end.saturating_sub(2));
        // "the Board of Supervisors in Bell County"
        let there = body == Body::CountyBoard && self.is_word(end, "in");
        if !(self.is_word(end, "of") || inside || office || signed || there) {
            return None;
        }
        let the = usize::from(self.is_word(end + 1, "the"));
        let start = end + 1 + the;
        let place = (start < limit).then(|| self.place_after(start, limit)).flatten()?;
        let known = self.is_known_name(&place) || place.division.is_some() || place.state.is_some();
        let county = place.division == Some(Division::County);
        ((the == 0 || place.division.is_some()) && (known || !inside) && (county || !(signed || there)))
            .then_some(place)
    }

    pub(super) fn place_in_front(&self, at: usize, floor: usize, body: Body, title: bool) -> Option<Place> {
        if at == floor {
            return None;
        }
        // "New Jersey Acting Attorney General"
        if title
            && at >= floor + 2
            && self.is_any(at - 1, &["acting", "interim"])
            && self.tokens[at - 1].is_capital()
        {
            return self.place_before(at - 1, floor, None);
        }
        // "Washtenaw County's newly elected sheriff"
        let at = if title && body != Body::Police { self.behind_rank(at, floor) } else { at };
        // "California's attorney general", but "St. Mary's sheriff"
        if (self.is_possessive_at(at - 1) || self.is_apostrophe_at(at - 1))
            && at >= floor + 2
            && self.possessive_before(at, floor).is_none()
        {
            let place = self.place_before(at - 1, floor, None)?;
            let statewide = title || body.is_statewide();
            // "Alexandria's sheriff", "Tyler County's police", but not "Jordan's sheriff".
            let of_county = place.division == Some(Division::County);
            let local = (matches!(body, Body::Police | Body::Council | Body::CountyBoard)
                || of_county && matches!(body, Body::Sheriff | Body::Jail)
                || title && matches!(body, Body::Sheriff | Body::Prosecutor | Body::City))
                && (self.is_known_name(&place)
                    || of_county
                    || self.is_any(place.last - 1, &["university", "college"]));
            return (statewide && place.state.is_some() || local).then_some(place);
        }
        if let Some(end) = self.before_state(at, floor) {
            return self.place_before(end, floor, None).filter(|place| self.has_force(place, at, floor));
        }
        if !self.close(at - 1) {
            return None;
        }
        // "Hawaii County Council": the division is the first word of the head.
        self.place_before(at, floor, self.division(at))
    }

    /// "9th"
    fn is_nth(&self, at: usize) -> bool {
        let digits = |end: &&str| self.tokens[at].text(self.text).strip_suffix(*end);
        ["st", "nd", "rd", "th"]
            .iter()
            .find_map(digits)
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    }

    /// Whether a place can have such a body.
    pub(super) fn is_fit(&self, place: &Place, body: Body, role: Role, at: usize, end: usize) -> bool {
        let lower = self.tokens[at].shape == Shape::Lower;
        let single = end - at == 1;
        let foreign = (place.first..at.max(place.first + 1)).any(|index| {
            let new = index > place.first && self.is_word(index - 1, "new");
            self.lexicon.is(self.tokens[index], FOREIGN) && !new
        });
        let known = self.is_known_name(place) || place.state.is_some();
        // "the Suffolk jail" is a building.
        if body == Body::Jail && single && lower && place.division.is_none() {
            return false;
        }
        // "what Police and Sheriff's Departments may do"
        if self.is_of_no_place(place, body, end) || place.name == "Police" {
            return false;
        }
        let stately = place.state.is_some();
        // "Attorney General of Wyomont": what is behind the title of a state's head is a state.
        let invented = role == Role::Title && place.first >= end && !known && !foreign;
        // "Dane County police chiefs" are several towns'.
        let plural = ["chiefs", "departments", "agencies", "forces", "unions"];
        if foreign && !known
            || body == Body::Police && self.is_word(end - 1, "police") && self.is_any(end, &plural)
        {
            return false;
        }
        // "the LULAC council": letters that no place goes by.
        let letters = lower
            && place.last == place.first + 1
            && self.tokens[place.first].shape == Shape::Upper
            && self.tokens[place.first].text(self.text).len() > 3
            && !self.is_known_name(place);
        if letters && matches!(body, Body::Council | Body::Commission | Body::CountyBoard | Body::City) {
            return false;
        }
        match body {
            // "Texas AG", but no "Texas ag"
            Body::AttorneyGeneral if single && self.is_word(at, "ag") => {
                stately && self.tokens[at].shape == Shape::Upper
            }
            Body::House | Body::Senate if single => stately && self.tokens[at].is_capital(),
            Body::AttorneyGeneral
            | Body::State
            | Body::StateBureau
            | Body::Legislature
            | Body::House
            | Body::Senate => stately || invented,
            Body::City if role == Role::Title => {
                !stately || ["New York", "District of Columbia"].contains(&place.name.as_str())
            }
            Body::PublicSafety | Body::Sheriff if single && self.is_any(at, &["dps", "so"]) => {
                self.tokens[at].shape == Shape::Upper
            }
            // "no Oregon sheriff's office", "the district attorney for New Mexico's Fifth District"
            Body::Sheriff | Body::Prosecutor => {
                let whichever = place.first > 0 && self.lexicon.is(self.tokens[place.first - 1], GENERIC);
                let title = role == Role::Title && body == Body::Sheriff;
                !stately
                    || place.division.is_some()
                    || !(title || whichever || self.is_possessive_at(place.last))
            }
            Body::Corrections if single && lower => false,
            // "Cayo Verde commission", but no state's, and no "Watson commission president"
            Body::Commission if single && lower => {
                !stately
                    && (known
                        || !self.is_any(end, &["president", "chair", "chairman", "chairwoman", "member"]))
            }
            Body::Police
                if (lower || self.is_word(at, "police") && self.tokens[at].shape == Shape::Upper)
                    && single =>
            {
                !stately || ["New York", "District of Columbia"].contains(&place.name.as_str())
            }
            _ => true,
        }
    }

    /// Whether the words only look like a body's name: "the Safe Transit Policy", "Seattle transit riders", "the
    /// Diversity Council", "in Bell County schools", "the Prairie Justice Center sued".
    fn is_of_no_place(&self, place: &Place, body: Body, end: usize) -> bool {
        const TITLED: &[&str] = &["policy", "act", "plan", "center", "union", "project", "system", "hub"];
        const LAWYERS: &[&str] =
            &["sued", "sues", "law", "lawyer", "lawyers", "attorney", "attorneys", "represents"];
        let Some(last) = end.checked_sub(1) else { return false };
        let small = self.tokens[last].shape == Shape::Lower;
        let transit = self.is_word(last, "transit") && (small || self.is_any(end, TITLED));
        let civic =
            body == Body::Council && place.last == place.first + 1 && self.is_any(place.first, OF_NO_PLACE);
        let rooms = small
            && self.is_word(last, "schools")
            && place.division == Some(Division::County)
            && self.is_where(place.first, 0);
        let lawyers = body == Body::Jail
            && last.checked_sub(1).is_some_and(|before| self.is_word(before, "justice"))
            && (end..end + 5).any(|at| self.is_any(at, LAWYERS));
        let party = self.is_word(last, "committee")
            && self.is_any(place.last - 1, &["party", "democratic", "republican"]);
        transit || civic || rooms || lawyers || party
    }

    pub(super) fn is_known_name(&self, place: &Place) -> bool {
        self.gazetteer.knows(&place.name)
    }
}

/// What councils are of that sit for no place.
pub(super) const OF_NO_PLACE: &[&str] = &[
    "diversity",
    "ag",
    "farm",
    "advisory",
    "youth",
    "student",
    "interfaith",
    "literacy",
    "arts",
    "safety",
    "business",
    "cultural",
    "development",
    "immigrant",
    "refugee",
    "workers",
    "housing",
];

/// "Campus Department of Public Safety": a school's force, at no place of that name.
fn campus_force(place: &Place, last: usize, body: Body) -> Option<Candidate> {
    const SCHOOLS: &[&str] = &["Campus", "University", "College", "School"];
    let force = matches!(body, Body::Police | Body::PublicSafety);
    if !force || place.division.is_some() || !SCHOOLS.contains(&place.name.as_str()) {
        return None;
    }
    let who = Who::Noun(meanings(Body::SchoolPolice));
    Some(Candidate::new((place.first, last), Form::Nominal, "agency.nominal.phrase", who))
}
