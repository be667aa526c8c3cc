//! Lists of places that a plural introduces or ends: "six sheriff's offices (Beaver, Kane and Weber)", "half a
//! dozen towns: Pittsburg, Candia and Troy", "the Caddo and Bossier parish sheriff's offices".

use std::ops::Range;

use goldrule_schema::Form;

use super::bare::{DASHES, TOWNS};
use super::federal::FEDERAL;
use super::heads::Body;
use super::lexicon::OUTSIDE;
use super::place::{Division, Place};
use super::scan::{Candidate, Scanner, Who};
use crate::State;
use crate::token::Shape;

/// The rule of places in lists.
pub(super) const LISTED: &str = "agency.place.listed";

/// The rule of places in lists that say the state of each: "Clark County, Nevada; Nassau County, New York".
const LISTED_IN: &str = "agency.place.listed.state";

/// Words of one item: "South Salt Lake".
const WORDS: usize = 3;

/// How far behind its noun a list begins where no colon opens it, in tokens: "five sheriff's offices in Wyoming —".
const BESIDE: usize = 4;

/// How far before "those in" the forces may stand that it means, in tokens.
const BEFORE_OTHERS: usize = 24;

/// The same before a colon or "are", which may open a list a whole sentence later; bounded, so that many colons cost no more.
const BEFORE_COLON: usize = 60;

/// How far before "his counterparts in" the office may stand that they hold, too, in tokens.
const BEFORE_COUNTERPARTS: usize = 8;

/// What a list stands for, and whether what it names must be in the tables.
#[derive(Clone, Copy)]
struct Sort {
    body: Body,
    /// "sheriffs, including Smith", "towns, among them Troy": the items may be people or whatever has a capital.
    strict: bool,
}

/// Places joined by commas and "and", as token ranges, and the token behind them.
struct Items {
    places: Vec<Range<usize>>,
    end: usize,
}

impl Scanner<'_, '_> {
    /// The places of every list in a sentence that stand for bodies, in text order.
    pub(super) fn listed_places(&self, range: Range<usize>) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let within = at > range.start && (self.is_item_word(at - 1) || self.is_particle(at - 1));
            let begins = self.is_item_word(at) && !within;
            let items = begins.then(|| self.items(at, range.end)).flatten();
            let Some(items) = items else {
                at += 1;
                continue;
            };
            // "Florida and Georgia county sheriff's offices"
            let state =
                |item: &Range<usize>| State::from_name(&self.title_cased(item.start, item.end)).is_some();
            let states = items.places.iter().all(state);
            if let Some((sort, county)) = self.sort_of(&items, range.clone()).filter(|_| !states) {
                let places = items.places.iter().filter_map(|item| self.listed(item, sort, county));
                found.extend(places);
            }
            at = items.end.max(at + 1);
        }
        found
    }

    fn is_item_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.shape == Shape::Capitalised
                && !self.lexicon.is(*token, OUTSIDE)
                && token.is_word()
                && !["Counties", "Parishes"].contains(&token.text(self.text))
        })
    }

    /// The "du" of "Fond du Lac".
    pub(super) fn is_particle(&self, at: usize) -> bool {
        let capital = |at: usize| self.tokens.get(at).is_some_and(|token| token.shape == Shape::Capitalised);
        let between = at > 0
            && self.tokens.get(at).is_some_and(|token| token.shape == Shape::Lower)
            && capital(at - 1)
            && capital(at + 1);
        between && self.is_any(at, &["du", "des", "de", "del", "la", "qui"])
    }

    /// "the Departments of Justice, State, and Labor": each by the word that tells it.
    pub(super) fn listed_departments(&self, at: usize, range: &Range<usize>) -> Vec<Candidate> {
        let mut found = Vec::new();
        // "the Oregon Departments of Justice and Agriculture"
        let own = at > range.start
            && (self.is_word(at - 1, "state")
                || State::from_name(self.tokens[at - 1].text(self.text)).is_some());
        if own || !self.tokens[at].is_capital() || !self.is_word(at + 1, "of") {
            return found;
        }
        let mut first = at;
        let mut next = at + 2;
        while let Some((end, federal)) = self.department_of(next, range.end) {
            let who = Who::Federal(federal);
            found.push(Candidate::new((first, end), Form::Name, "agency.federal.listed", who));
            let comma = usize::from(self.is_word(end, ","));
            let and = usize::from(self.is_any(end + comma, &["and", "&", "or"]));
            (first, next) = (end + comma + and, end + comma + and);
            if comma + and == 0 {
                break;
            }
        }
        found
    }

    /// The federal department that a word or two at a token tell, and the token behind them.
    fn department_of(&self, at: usize, limit: usize) -> Option<(usize, usize)> {
        const DEPARTMENTS: &[(&str, &str)] = &[
            ("homeland security", "dhs"),
            ("health and human services", "hhs"),
            ("justice", "doj"),
            ("state", "state-department"),
            ("labor", "dol"),
            ("defense", "defense"),
            ("interior", "interior"),
            ("treasury", "treasury"),
            ("agriculture", "usda"),
        ];
        DEPARTMENTS.iter().find_map(|(name, id)| {
            let words = name.split(' ').count();
            let stands = at + words <= limit
                && self.tokens[at].is_capital()
                && name.split(' ').enumerate().all(|(nth, word)| self.is_word(at + nth, word));
            // "Departments of State Health Services"
            let goes_on = self.tokens.get(at + words).is_some_and(|next| next.is_capital());
            let federal = FEDERAL.iter().position(|body| body.id == *id)?;
            (stands && !goes_on).then_some((at + words, federal))
        })
    }

    /// Two places or more from a token on.
    fn items(&self, from: usize, limit: usize) -> Option<Items> {
        let mut places: Vec<Range<usize>> = Vec::new();
        let (mut at, mut end) = (from, from);
        loop {
            let mut last = at;
            while last < limit
                && last < at + WORDS
                && (self.is_item_word(last) || last > at && self.is_particle(last))
            {
                last += 1;
            }
            let division = last > at && self.is_any(last, &["county", "parish"]);
            if division && last < limit && self.tokens[last].is_capital() {
                last += 1;
            }
            // "St. Mary's County"
            if last + 2 <= limit
                && self.is_possessive_at(last)
                && self.is_any(last + 1, &["county", "parish"])
            {
                last += 2;
            }
            if last == at || last < limit && self.is_item_word(last) {
                break;
            }
            places.push(at..last);
            // "Clark County, Nevada; Nassau County, New York"
            last = self.behind_listed_state(last, limit).unwrap_or(last);
            end = last;
            let comma = usize::from(self.is_any(last, &[",", ";"]));
            let and = usize::from(self.is_any(last + comma, &["and", "or", "&"]));
            at = last + comma + and;
            if comma + and == 0 || at >= limit || !self.is_item_word(at) {
                break;
            }
        }
        (places.len() > 1).then_some(Items { places, end })
    }

    /// The token behind the state of an item that a semicolon or the end of the list ends.
    fn behind_listed_state(&self, at: usize, limit: usize) -> Option<usize> {
        self.state_behind(at, limit).filter(|&end| end >= limit || self.is_any(end, &[";", "."]))
    }

    /// What the places of a list stand for, and whether they are counties.
    fn sort_of(&self, items: &Items, range: Range<usize>) -> Option<(Sort, bool)> {
        let counties = self.is_any(items.end, &["county", "counties", "parish", "parishes"]);
        let behind = items.end + usize::from(counties);
        // "Hall, Polk and Whitfield County sheriff's offices"
        let capital = self.is_any(items.end - 1, &["county", "parish"]);
        if behind < range.end && (counties || capital) && self.is_force(behind) {
            return Some((Sort { body: Body::Sheriff, strict: false }, true));
        }
        let first = items.places.first()?.start;
        let (opener, noun) = self.opener(first, range.start)?;
        let closed = match self.tokens[opener].text(self.text) {
            "(" => self.is_word(behind, ")"),
            ":" | "are" => behind >= range.end || self.is_any(behind, &[".", ";", ")"]),
            _ => true,
        };
        let sort = self.sort(noun).filter(|_| closed)?;
        // "police chiefs, including Smith and Jones"
        if self.is_any(noun, &["cops", "chiefs"]) && !self.is_any(opener, &["in", "of", "are"]) {
            return None;
        }
        // "voters in counties such as Orange and Kern", but "departments in bigger cities such as Dallas and Austin"
        let whose =
            |back: &usize| noun > range.start + back && self.is_any(noun - back, &["in", "from", "across"]);
        let whose = (1..=2).find(whose).filter(|_| matches!(sort.body, Body::City | Body::County));
        if let Some(back) = whose {
            let body = self.force_at(noun - back - 1)?;
            return Some((Sort { body, strict: true }, body == Body::Sheriff));
        }
        let inner = self.is_any(opener, &["in", "of"]);
        let named = items.places.iter().all(|item| self.is_any(item.end - 1, &["county", "parish"]));
        // "the top cops in New Haven and Hamden", but no "counties of Orange and Kern"
        if inner && !matches!(sort.body, Body::Sheriff | Body::Police) {
            return None;
        }
        // "several sheriffs, including Smith and Jones"
        let bracket = self.is_word(opener, "(");
        // "the sheriffs of Yuma, Santa Cruz and Maricopa"
        let known =
            |item: &Range<usize>| self.gazetteer.is_county(&self.text[self.bytes(item.start, item.end)]);
        let of_counties = inner && items.places.iter().all(known);
        if sort.strict && sort.body == Body::Sheriff && !(counties || named || bracket || of_counties) {
            return None;
        }
        let body = if counties && sort.body == Body::City { Body::County } else { sort.body };
        Some((Sort { body, ..sort }, matches!(body, Body::Sheriff | Body::County)))
    }

    /// "sheriff's offices", "sheriffs' departments", "jails" right at a token.
    fn is_force(&self, at: usize) -> bool {
        // "the Cobb and Gwinnett county jails", "the Middlesex and Worcester county sheriffs"
        if self.is_any(at, &["jails", "sheriffs"]) {
            return true;
        }
        let owned = self.is_any(at, &["sheriff", "sheriffs"])
            && (self.is_possessive_at(at + 1) || self.is_any(at + 1, &["'", "’"]));
        owned && self.is_any(at + 2, &["offices", "departments"])
    }

    /// The sort of forces that a plural before "in" speaks of.
    fn force_at(&self, at: usize) -> Option<Body> {
        let sheriffs = self.is_word(at, "sheriffs")
            || self.is_any(at, &["offices", "departments"]) && self.is_force(at.saturating_sub(2));
        let police = self.is_any(at, &["departments", "forces", "police", "chiefs"]);
        match (sheriffs, police) {
            (true, _) => Some(Body::Sheriff),
            (false, true) => Some(Body::Police),
            (false, false) => None,
        }
    }

    /// The mark or word that opens the list beginning at `first`, and the plural that it lists.
    fn opener(&self, first: usize, floor: usize) -> Option<(usize, usize)> {
        const TWO: &[(&str, &str)] = &[("such", "as"), ("among", "them"), ("those", "in"), ("those", "of")];
        let mut at = first.checked_sub(1).filter(|at| *at >= floor)?;
        let mut said = false;
        // "sheriffs in Middlesex and Worcester counties, together with those in Plymouth and Essex counties"
        if at > floor && self.is_any(at, &["in", "of"]) && self.is_any(at - 1, &["those", "ones"]) {
            let from = at.saturating_sub(BEFORE_OTHERS).max(floor);
            let is_force = |&noun: &usize| {
                self.sort(noun).is_some_and(|sort| matches!(sort.body, Body::Sheriff | Body::Police))
            };
            if let Some(noun) = (from..at).rev().find(is_force) {
                return Some((at, noun));
            }
        }
        if at > floor && TWO.iter().any(|(one, two)| self.is_word(at - 1, one) && self.is_word(at, two)) {
            (at, said) = (at.checked_sub(2)?, true);
        } else if self.is_any(at, &["including", "namely"]) {
            (at, said) = (at.checked_sub(1)?, true);
        }
        // "sheriff's offices in both Jefferson and Douglas counties"
        if at > floor && self.is_word(at, "both") && self.is_word(at - 1, "in") {
            at -= 1;
        }
        // "sheriff's offices in Maryland — in Carroll and Garrett counties —"
        if at > floor && self.is_word(at, "in") && (self.is_any(at - 1, DASHES) || self.is_word(at - 1, ","))
        {
            at -= 1;
        }
        let double = at > floor && self.is_word(at, "-") && self.is_word(at - 1, "-");
        // "The counties that hold nobody for ICE are Polk, Story and Linn."
        let ends = self.is_any(at, &[":", "are"]);
        let mark = ends || self.is_any(at, &["(", ",", "in", "of"]) || self.is_any(at, DASHES) || double;
        // "towns, Pittsburg and Troy," may be two things side by side.
        if !said && (self.is_word(at, ",") || !mark) || at < floor {
            return None;
        }
        let to = if double {
            at - 1
        } else if mark {
            at
        } else {
            at + 1
        };
        let near = to.saturating_sub(BESIDE).max(floor);
        let from = if ends {
            to.saturating_sub(BEFORE_COLON).max(floor)
        } else if self.is_any(at, &["in", "of"]) {
            to.saturating_sub(1)
        } else {
            near
        };
        let noun = (from..to).rev().find(|&noun| self.sort(noun).is_some())?;
        Some((at, noun))
    }

    /// What a plural noun lists.
    fn sort(&self, at: usize) -> Option<Sort> {
        const TOWNLIKE: &[&str] =
            &["municipalities", "jurisdictions", "localities", "communities", "suburbs"];
        let owner = |words: &[&str]| {
            at.checked_sub(2).is_some_and(|owner| self.is_any(owner, words))
                || at > 0 && self.is_any(at - 1, words)
        };
        if self.is_any(at, &["offices", "departments", "officials"]) && owner(&["sheriff", "sheriffs"]) {
            return Some(Sort { body: Body::Sheriff, strict: false });
        }
        if self.is_any(at, &["departments", "forces"]) && at > 0 && self.is_word(at - 1, "police") {
            return Some(Sort { body: Body::Police, strict: true });
        }
        if self.is_word(at, "cops") || self.is_word(at, "chiefs") && at > 0 && self.is_word(at - 1, "police")
        {
            return Some(Sort { body: Body::Police, strict: true });
        }
        if self.is_word(at, "sheriffs") {
            return Some(Sort { body: Body::Sheriff, strict: true });
        }
        // "Madison County Sheriff Tom Hodge and his counterparts in Cayuga and Onondaga counties"
        if self.is_word(at, "counterparts") {
            let from = at.saturating_sub(BEFORE_COUNTERPARTS);
            let sheriff = (from..at).any(|before| self.is_word(before, "sheriff"));
            return sheriff.then_some(Sort { body: Body::Sheriff, strict: false });
        }
        let body = if self.is_any(at, &["counties", "parishes"]) {
            Body::County
        } else if self.is_any(at, TOWNLIKE) || self.is_any(at, TOWNS) {
            Body::City
        } else {
            return None;
        };
        Some(Sort { body, strict: body == Body::City })
    }

    /// One place of a list, where its name can be one.
    fn listed(&self, item: &Range<usize>, sort: Sort, county: bool) -> Option<Candidate> {
        let (first, last) = (item.start, item.end);
        let division = county.then_some(Division::County);
        let bare = last - usize::from(self.is_any(last - 1, &["county", "parish"]) && last - first > 1);
        let name = self.title_cased(first, bare);
        let known = if county {
            self.gazetteer.is_county(&self.text[self.bytes(first, bare)])
        } else {
            self.gazetteer.knows(&name)
        };
        let person = self.surnames.contains(self.tokens[bare - 1].text(self.text)) && bare - first > 1;
        let state = State::from_name(&name).is_some() && name != "New York";
        if sort.strict && !known || person || !county && state {
            return None;
        }
        let (body, division) = match sort.body {
            Body::City if bare < last => (Body::County, Some(Division::County)),
            body => (body, division),
        };
        let place = Place { first, last, name, division, state: None };
        let who = Who::Local { body, place: Some(place), words: String::new() };
        let rule =
            if self.behind_listed_state(last, self.tokens.len()).is_some() { LISTED_IN } else { LISTED };
        Some(Candidate::new((first, last), Form::Name, rule, who).provisional(true))
    }
}
