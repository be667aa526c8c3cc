//! Bare names of places where they may stand for a body: mentions only where that body holds a stance.

use goldrule_schema::Form;

use super::heads::Body;
use super::lexicon::{OUTSIDE, PREPOSITION};
use super::place::{Division, Place};
use super::scan::{Candidate, Read, Scanner, Who};
use crate::token::Shape;

/// How far a list of names is followed, in tokens.
const LIST: usize = 16;

/// Those who decide for a place: "Salem selectmen voted".
const MEMBERS: &[&str] = &[
    "commissioners",
    "supervisors",
    "councilors",
    "councillors",
    "councilmembers",
    "selectmen",
    "aldermen",
    "alders",
    "trustees",
];

/// What several towns are called: "the boroughs of Swissvale and Bellevue".
pub(super) const TOWNS: &[&str] = &["cities", "towns", "villages", "boroughs", "townships"];

/// Marks behind a heading, and before a list.
pub(super) const DASHES: &[&str] = &["—", "–", ":"];

/// The rules of headings: those that stand in for the holder, and those whose item names it.
pub(crate) const HEADING: &str = "agency.place.heading";
pub(crate) const HEADED: &str = "agency.place.headed";

/// Whether a mark opens an item of a list.
pub(crate) fn is_bullet(mark: &str) -> bool {
    matches!(
        mark,
        "•" | "*"
            | "-"
            | "–"
            | "·"
            | "◦"
            | "▸"
            | "►"
            | "▪"
            | "■"
            | "●"
            | "○"
            | "‣"
            | "✔"
            | "✓"
            | "➤"
    )
}

/// Who works for a place as a whole.
const EMPLOYEES: &[&str] = &["employees", "employee", "workers", "personnel"];

impl Scanner<'_, '_> {
    /// "Los Angeles passed", "Beloit – stays out", "Lyon, Douglas and Mineral counties".
    pub(super) fn bare_place(&self, at: usize, floor: usize, limit: usize) -> Option<Read> {
        let token = self.tokens[at];
        if token.shape != Shape::Capitalised || self.lexicon.is(token, OUTSIDE) || self.inside_run(at, floor)
        {
            return None;
        }
        if let Some(university) = self.university(at, floor, limit) {
            return Some(university.into());
        }
        let place = self.place_after(at, limit)?;
        if place.last >= limit || place.last == at + 1 && self.surnames.contains(token.text(self.text)) {
            return None;
        }
        let listed = self.list_of(at, place.last, floor, limit);
        // "sheriffs in Texas and Florida" are whichever there are.
        let listed = listed.filter(|body| {
            place.state.is_none()
                || *body == Body::County
                || place.last < limit && self.is_list_of_counties(place.last, limit)
        });
        let heading = self.is_heading(at, place.last, floor, limit);
        let county_word = place.division == Some(Division::County);
        let behind_state = self.behind_state(place.last, limit);
        let known = self.is_known_name(&place)
            || place.state.is_some()
            || behind_state > place.last
            || county_word
            || self.sounds_like_town(&place);
        if listed.is_none()
            && heading.is_none()
            && let Some(force) = self.force_of_place(&place, known, floor)
        {
            return Some(force);
        }
        let after_preposition = at > floor && self.lexicon.is(self.tokens[at - 1], PREPOSITION);
        let body = match (listed, heading) {
            (Some(body), _) | (None, Some(body)) => body,
            // "No employee of Cook County may"
            _ if place.division.is_some() && self.has_people(at, floor) => Body::City,
            // "bars Ulster County employees from"
            _ if county_word && self.is_any(place.last, EMPLOYEES) => Body::County,
            _ if county_word && self.is_dealt_with(at, floor) => Body::County,
            _ if known && self.has_members(at, floor) && self.acts(place.last) => Body::City,
            _ if !known || after_preposition => return None,
            _ if !self.is_subject(at, behind_state, floor) => return None,
            _ if county_word => Body::County,
            _ if place.state.is_some() => Body::State,
            _ => Body::City,
        };
        // "unless Washington pays": where nothing else speaks of the state, the government of the country.
        if body == Body::State && place.name == "Washington" && !self.speaks_of_washington() {
            return None;
        }
        let mut place = place;
        if listed.is_some() && matches!(body, Body::County | Body::Sheriff) {
            place.division = Some(Division::County);
            place.state = None;
        }
        let body = if county_word && body == Body::City { Body::County } else { body };
        let last = place.last;
        let rule = match heading {
            Some(_) if self.holder_follows(at, last, limit) => HEADED,
            Some(_) => HEADING,
            None => "agency.place",
        };
        let chief = heading.and_then(|_| self.chief_of_heading(last, limit));
        let who = Who::Local { body, place: Some(place), words: String::new() };
        if let Some(title) = chief {
            return Some(
                Candidate::new((title, title + 1), Form::Title, "agency.title.heading", who)
                    .provisional(true)
                    .into(),
            );
        }
        Some(Candidate::new((at, last), Form::Name, rule, who).provisional(true).into())
    }

    /// Whether the text speaks of the state of Washington in other words than its bare name.
    fn speaks_of_washington(&self) -> bool {
        [
            "OLYMPIA",
            "SEATTLE",
            "SPOKANE",
            "Yakima",
            "King County",
            "Keep Washington",
            "Washington Attorney General",
            "Washington Legislature",
            "of Washington",
            "Washington passed",
            "Washington bars",
            "Wash.",
            "RCW",
            "Seattle",
            "Olympia",
            "Spokane",
            "Tacoma",
            "Washington State",
            "Washington state",
            "Washington's",
            "Washington’s",
        ]
        .iter()
        .any(|name| self.text.contains(name))
    }

    /// Whether a name in no table is made as those of towns are: "Bell Harbor", "Fort Sable", "Cresthaven".
    fn sounds_like_town(&self, place: &Place) -> bool {
        const FIRST: &[&str] =
            &["new", "fort", "port", "mount", "lake", "cape", "saint", "st.", "san", "santa", "glen"];
        const ENDINGS: &[&str] = &[
            "ville", "burg", "haven", "ford", "field", "dale", "mont", "port", "bury", "boro", "borough",
            "view", "brook", "worth", "ridge", "ton", "wood", "land", "ham", "cliff", "mouth", "creek",
        ];
        let last = place.last - 1;
        let said = self.is_any(place.last, &["said", "says", "told", "added", "asked", "wrote"]);
        if said || self.tokens[last].shape != Shape::Capitalised {
            return false;
        }
        match place.last - place.first {
            1 => {
                let word = self.tokens[last].text(self.text);
                word.len() > 6 && ENDINGS.iter().any(|ending| word.ends_with(ending))
            }
            2 | 3 => {
                self.is_any(place.first, FIRST)
                    || self.is_landmark_word(last) && !self.sentence_opener(place.first)
            }
            _ => false,
        }
    }

    /// Whether a token's capital may be the sentence's alone.
    fn sentence_opener(&self, at: usize) -> bool {
        self.sentence_first(at) && self.lexicon.is(self.tokens[at], OUTSIDE | PREPOSITION)
    }

    /// The token behind the state that commas part from a place: "Boise, Idaho, will".
    fn behind_state(&self, last: usize, limit: usize) -> usize {
        let comma = |end: &usize| *end < limit && self.is_word(*end, ",");
        self.state_behind(last, limit).filter(comma).map_or(last, |end| end + 1)
    }

    /// The token behind ", Nevada".
    pub(super) fn state_behind(&self, last: usize, limit: usize) -> Option<usize> {
        let from = (self.is_word(last, ",") && last + 1 < limit).then_some(last + 1)?;
        self.layer.states.at(self.tokens, from, limit).map(|(end, _)| end)
    }

    /// Whether a place's own law stands behind it: "Chicago's new ordinance".
    fn legislates(&self, last: usize) -> bool {
        const LAWS: &[&str] = &["ordinance", "ordinances", "policy", "resolution", "code", "charter"];
        let owned = self.is_possessive_at(last) && (last + 1..last + 4).any(|index| self.is_any(index, LAWS));
        owned || self.is_any(last, &["ordinance", "resolution"])
    }

    /// Whether a place stands behind its people or means: "employees of", "the funds of".
    fn has_people(&self, at: usize, floor: usize) -> bool {
        const PEOPLE: &[&str] = &[
            "employee",
            "employees",
            "personnel",
            "funds",
            "officers",
            "commissioners",
            "staff",
            "clerk",
            "officials",
            "administrator",
            "workers",
            "member",
            "members",
            "officer",
            "official",
            "supervisors",
            "resources",
        ];
        at >= floor + 2 && self.is_word(at - 1, "of") && self.is_any(at - 2, PEOPLE)
    }

    /// Whether a place is faulted for what it does, or something is given up there: "singled out Cook County",
    /// "holds have been suspended in Lane County".
    fn is_dealt_with(&self, at: usize, floor: usize) -> bool {
        const FAULTED: &[&str] = &[
            "out",
            "blasted",
            "criticized",
            "faulted",
            "scolded",
            "rebuked",
            "slammed",
            "listed",
            "named",
            "attacked",
            "blasts",
            "criticizes",
            "faults",
            "accuses",
            "accused",
            "sued",
            "sues",
        ];
        const GIVEN_UP: &[&str] =
            &["suspended", "ended", "halted", "dropped", "abandoned", "stopped", "discontinued", "scrapped"];
        at > floor && self.is_any(at - 1, FAULTED)
            || at > floor + 1 && self.is_any(at - 1, &["in", "by"]) && self.is_any(at - 2, GIVEN_UP)
    }

    /// Whether those who decide for a place stand before it: "commissioners in", "council members in".
    fn has_members(&self, at: usize, floor: usize) -> bool {
        at >= floor + 2
            && self.is_word(at - 1, "in")
            && (self.members_at(at - 2) || at >= floor + 3 && self.members_at(at - 3))
    }

    /// "commissioners", "city councilors", "council members"
    fn members_at(&self, at: usize) -> bool {
        let city = usize::from(self.is_any(at, &["city", "town", "village"]));
        self.is_any(at + city, MEMBERS)
            || self.is_word(at + city, "council") && self.is_word(at + city + 1, "members")
    }

    pub(super) fn is_subject(&self, at: usize, last: usize, floor: usize) -> bool {
        let speaker = self
            .is_any(last, &["spokesperson", "spokesman", "spokeswoman", "officials", "leaders"])
            || self.members_at(last) && !self.is_word(last - 1, "county");
        let joined = self.is_any(last, &["and", "or"])
            || self.is_word(last, ",")
                && self.is_any(last + 1, &["which", "too", "like", "along", "together"]);
        let opens = at == floor
            || self.is_any(
                at - 1,
                &[",", "and", "that", "but", "while", "“", "\"", "•", "when", "where", ":"],
            )
            // "TOPEKA — Sedgwick County and others have signed"
            || self.is_any(at - 1, &["—", "–"]) && self.is_any(last - 1, &["county", "parish"]);
        // "Loudoun, Fairfax and Arlington do not": the last of a list stands before the verb.
        let list = opens && self.is_any(last, &[",", "and"]) && {
            let end = (last..last + LIST).find(|&index| !self.in_list(index));
            end.is_some_and(|end| self.acts(end) && (last..end).any(|index| self.is_word(index, "and")))
        };
        self.acts(last)
            // "Mesa “will not help”", a quotation that goes on with the sentence
            || opens && self.is_any(last, &["“", "\""]) && self.acts(last + 1)
            || speaker
            || self.legislates(last)
            || joined && opens
            || list
            || opens && self.is_third_person(last)
            // "is Iowa City, which in January passed a resolution"
            || self.is_word(last, ",") && self.is_word(last + 1, "which")
            // "Center Line, a city of 8,500 people, withdrew"
            || opens && self.is_word(last, ",") && self.is_any(last + 1, &["a", "the"])
                && (last + 2..last + 5).any(|index| self.is_any(index, &["city", "town", "village", "county", "suburb"])
                    && self.is_any(index + 1, &["of", "in", "near", "with", "that", "where", "on", "at", "outside", "north", "south", "east", "west"]))
    }

    /// The body that a list of places stands for, where the place is one of a list.
    fn list_of(&self, at: usize, last: usize, floor: usize, limit: usize) -> Option<Body> {
        let plural = |index: usize| {
            // "Storey and Lyon counties' sheriffs"
            let sheriffs = self.is_any(index + 1, &["'", "’"]) && self.is_word(index + 2, "sheriffs");
            let departments =
                self.is_word(index, "departments") && index > 1 && self.is_word(index - 2, "sheriff");
            if sheriffs || departments || self.is_any(index, &["sheriffs", "sheriff"]) {
                Some(Body::Sheriff)
            } else if self.is_any(index, &["counties", "parishes"]) {
                Some(Body::County)
            } else if self.is_any(index, TOWNS)
                && self.is_word(index + 1, "of")
                && !self.is_where(index, floor)
            {
                Some(Body::City)
            } else if self.is_any(index, &["departments", "chiefs"]) || self.is_word(index, "police") {
                Some(Body::Police)
            } else {
                None
            }
        };
        let behind = (last..limit.min(last + LIST)).find(|&index| !self.in_list(index));
        let behind = behind.filter(|&index| index > last || self.in_list(at.saturating_sub(1)));
        let mut before = at;
        while before > floor && at - before < LIST && self.in_list(before - 1) {
            before -= 1;
        }
        let long = at > before || behind.is_some_and(|index| index > last);
        let ahead = before.checked_sub(1).filter(|index| *index >= floor);
        let introduced = ahead.filter(|&index| {
            self.is_any(index, &["in", "including", "of", "(", "with"])
                || self.is_any(index, DASHES)
                // "two counties, Cape May and Monmouth, signed"
                || self.is_any(index, &["counties", "parishes"]) && self.is_word(before, ",")
        });
        let dashed = introduced.is_some_and(|index| self.is_any(index, DASHES));
        if !long && introduced.is_none() || dashed && !self.is_known_or_county(at, last) {
            return None;
        }
        let noun = introduced.and_then(|index| {
            (index.saturating_sub(4).max(floor)..=index).rev().find_map(|index| {
                if self.is_any(index, &["offices", "sheriffs"]) { Some(Body::Sheriff) } else { plural(index) }
            })
        });
        let joined = behind.is_some_and(|end| (before..end).any(|index| self.is_any(index, &["and", "&"])));
        let where_ = ahead.is_some_and(|index| self.lexicon.is(self.tokens[index], PREPOSITION))
            && introduced.is_none();
        let headed = behind.filter(|&index| !where_ && (joined || !self.is_word(index, "police")));
        // "Jason Mikesell, sheriff of Teller County" is a person and his office, no list.
        // "Tarrant County Sheriff Joe Sampson and Franklin County Sheriff Linn Larson" are two of them.
        let office = |index: usize| {
            self.is_word(index, "sheriff")
                && (index > at && self.is_word(index - 1, ",")
                    || self.tokens.get(index + 1).is_some_and(|next| next.is_capital())
                        && !(joined && self.is_known_or_county(at, last)))
        };
        let tail = headed.filter(|&index| !office(index)).and_then(plural);
        match (noun, tail) {
            (Some(body @ (Body::County | Body::City)), _) if long => Some(body),
            (Some(body), Some(Body::County)) => Some(body),
            (None, Some(body)) if long => Some(body),
            // "Police in Reno and Sparks", "two sheriffs, in Gwinnett and Cobb"
            (Some(body), None) if long && introduced.is_some_and(|index| self.heads_list(index, floor)) => {
                Some(body)
            }
            _ => None,
        }
    }

    /// Whether the list that goes on behind a name ends in "counties".
    fn is_list_of_counties(&self, last: usize, limit: usize) -> bool {
        let end = (last..limit.min(last + LIST)).find(|&index| !self.in_list(index));
        end.is_some_and(|end| self.is_any(end, &["counties", "parishes"]))
    }

    /// Whether forces stand right before the "in" of a list of places, or before the dash that opens it: "Five
    /// sheriff's offices in Wyoming — Campbell, Carbon and Natrona — already have".
    fn heads_list(&self, at: usize, floor: usize) -> bool {
        if self.is_any(at, DASHES) {
            return (at.saturating_sub(4).max(floor)..at).any(|index| {
                let theirs = index > 0 && self.is_word(index - 1, "police")
                    || index > 1 && self.is_word(index - 2, "sheriff");
                self.is_word(index, "sheriffs") || self.is_any(index, &["departments", "offices"]) && theirs
            });
        }
        let comma = usize::from(at > floor && self.is_word(at - 1, ","));
        at > floor + comma
            && self.is_any(at, &["in", "of"])
            && self.is_any(at - 1 - comma, &["police", "sheriffs", "chiefs", "departments"])
    }

    fn in_list(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| {
            token.shape == Shape::Capitalised && !self.lexicon.is(*token, OUTSIDE)
                || matches!(token.text(self.text), "," | "and" | "&")
                || self.is_particle(at)
        })
    }

    fn inside_run(&self, at: usize, floor: usize) -> bool {
        if at == floor {
            return false;
        }
        let before = self.tokens[at - 1];
        before.is_capital() && self.close(at - 1) && !self.lexicon.is(before, OUTSIDE)
            || matches!(before.text(self.text), "-" | "’" | "'")
    }
}
