//! What nouns, offices and bare titles refer to.

use super::bare::{HEADED, HEADING};
use super::campus::INSTITUTIONS;
use super::entity::Entity;
use super::force::FORCE;
use super::group::Grouper;
use super::heads::Body;
use super::lexicon::OUTSIDE;
use super::place::{Division, title_case};
use super::scan::{Candidate, Who};
use super::{Joined, Mention};
use crate::token::Shape;

/// How far behind, in tokens, an agency counts as when its name does not hold the noun that refers to it.
const UNLIKE: usize = 250;

/// How far behind, in tokens, "that city" finds a place that nothing else makes an agency.
const THAT: usize = 12;

/// Nouns that mean a body only where its name holds them.
const OWN_WORD: &[&str] = &["court", "metro", "committee", "division", "authority", "center"];

/// Last words of nouns that tell a state's forces apart.
const FORCES: &[&str] = &["police", "patrol", "safety"];

/// How much farther, in tokens, a federal body counts as when an agency is meant.
const AWAY: usize = 30;

/// Mentions looked at before and after a noun: farther ones of the same agencies never win.
pub(super) const WINDOW: usize = 200;

impl Grouper<'_, '_> {
    /// A noun means the agency that the text last spoke of, among those it can mean.
    pub(super) fn noun(&mut self, candidate: &Candidate) {
        let Who::Noun(bodies) = candidate.who else { return };
        let text = self.text(candidate.first, candidate.last);
        let word = text.to_lowercase();
        if let Some(agency) = self.defined_before(candidate.first) {
            self.acronyms.insert(text, Some(agency));
        }
        let known = self.acronyms.get(text).copied().flatten();
        let held = self.holder_of(candidate.first).filter(|&held| {
            bodies.contains(&self.entities[held].body)
                && !matches!(self.entities[held].body, Body::City | Body::State)
                || word == "office"
        });
        let held = held.or_else(|| self.owned_by_place(candidate.first, bodies));
        let held = held.or_else(|| self.framed(candidate, bodies, &word));
        let found = known.map(|agency| (agency, Joined::Defined));
        let found = found.or_else(|| held.map(|agency| (agency, Joined::Possessed)));
        let focus = || self.focus(candidate.first, bodies, &word).map(|agency| (agency, Joined::Focus));
        if INSTITUTIONS.contains(&word.as_str()) && found.is_none() {
            if let Some(agency) = self.institution(candidate.first, &word) {
                self.step = Joined::Implied;
                self.mention(candidate, agency, false);
                self.nouns.extend(self.mentions.pop());
            }
            return;
        }
        let found = match found.or_else(focus) {
            Some(found) => Some(found),
            None if OWN_WORD.contains(&word.as_str())
                && !(word == "division" && self.has_police_division()) =>
            {
                None
            }
            None => self.implied(bodies, candidate.first, &word).map(|agency| (agency, Joined::Implied)),
        };
        let Some((agency, step)) = found else { return };
        self.step = step;
        self.mention(candidate, agency, false);
        self.nouns.extend(self.mentions.pop());
    }

    /// The agency of these bodies that costs least: near before the noun, and named with its word.
    pub(super) fn focus(&self, at: usize, bodies: &[Body], word: &str) -> Option<usize> {
        let last_word = word.rsplit(' ').next().unwrap_or(word);
        let body = bodies.first()?;
        let paragraph = self.paragraph(at);
        // "A Henderson spokesperson said that city": the one named right before.
        let that = at.checked_sub(1).is_some_and(|before| {
            self.segmented.tokens[before].is(self.segmented.text, "that")
                && matches!(body, Body::City | Body::County)
        });
        // "The office works with the agency": not with itself.
        let object = self.is_object(at);
        let lone = if last_word == "agency" { self.lone_federal(at) } else { None };
        let cost = |&(mentioned, ref mention): &(usize, Mention)| {
            let entity = &self.entities[mention.agency];
            // "University Police" may be short for the police of one that the text names.
            let campus = entity.body == Body::Police
                && ["University", "College"].iter().any(|word| entity.place.contains(word));
            let means = |body: &Body| *body == entity.body || campus && *body == Body::SchoolPolice;
            let rank = bodies.iter().position(means)?;
            let beside = [HEADING, HEADED].contains(&mention.rule) && self.paragraph(mentioned) == paragraph
                || that && mentioned < at && at - mentioned < THAT;
            let near = entity.detail == "bare"
                || (entity.detail == "placed" || mention.rule == FORCE)
                    && self.paragraph(mentioned) == paragraph;
            if mention.provisional && entity.provisional && !beside && !near {
                return None;
            }
            let force = entity.body == Body::StatePolice && !entity.words.is_empty();
            if force && FORCES.contains(&last_word) && !entity.has_word(last_word) {
                return None;
            }
            // "the council" may be a county's or the chiefs', if its name says so.
            let other = matches!(body, Body::Council | Body::Legislature) && *body != entity.body;
            let own = OWN_WORD.contains(&last_word)
                && !(last_word == "division" && entity.body == Body::Police && self.has_police_division());
            let unnamed = other
                || own
                || last_word == "board" && entity.body == Body::Council && !entity.words.is_empty();
            if unnamed && !entity.has_word(last_word)
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
                    || matches!(entity.body, Body::City | Body::State) && last_word == "office";
            let away = match (last_word == "agency", federal) {
                (true, true) if object || lone == Some(mention.agency) => 0,
                (true, true) => AWAY,
                (true, false) if object => AWAY,
                _ => rank.min(3) * 8,
            };
            let penalty = usize::from(unlike) * UNLIKE + away;
            // Forward reference only where nothing before fits.
            let distance = if mentioned <= at { at - mentioned } else { (mentioned - at) * 2 + 4 * UNLIKE };
            Some((distance + penalty, mention.agency))
        };
        let position = self.mentions.partition_point(|(mentioned, _)| *mentioned <= at);
        let before = self.mentions[..position].iter().rev().take(WINDOW);
        let nouns = self.nouns.iter().rev().take(WINDOW / 4);
        let after = self.mentions[position..].iter().take(WINDOW / 4);
        before.chain(nouns).chain(after).filter_map(cost).min().map(|(_, agency)| agency)
    }

    /// Whether the text's police is a division: "Division of Police".
    fn has_police_division(&self) -> bool {
        ["Division of Police", "Police Division"].iter().any(|name| self.segmented.text.contains(name))
    }

    /// Whether a noun is the object of a preposition or the subject of a relative clause: "with the agency", "anyone
    /// the agency wants".
    fn is_object(&self, at: usize) -> bool {
        const BEFORE: &[&str] = &[
            "with",
            "to",
            "from",
            "by",
            "anyone",
            "anybody",
            "someone",
            "people",
            "inmates",
            "those",
            "prisoners",
            "tell",
            "tells",
            "told",
            "lets",
            "let",
            "notify",
            "notifies",
            "notified",
            "call",
            "calls",
            "called",
            "alert",
            "alerts",
        ];
        let is = |at: usize, words: &[&str]| {
            words.iter().any(|word| self.segmented.tokens[at].is(self.segmented.text, word))
        };
        at >= 2 && is(at - 1, &["the", "that"]) && is(at - 2, BEFORE)
    }

    /// The federal body that alone is named in the sentence of a token and the one before it: "ICE did not answer. The
    /// agency has said …".
    fn lone_federal(&self, at: usize) -> Option<usize> {
        let index = self.segmented.sentence_of(at);
        let own = self.segmented.sentences[index];
        let before = index.checked_sub(1).map(|before| self.segmented.sentences[before]);
        let before = before.filter(|before| before.paragraph == own.paragraph);
        let from = before.map_or(own.first, |before| before.first) as usize;
        let since = |mentions: &[(usize, Mention)]| -> Vec<usize> {
            let near = mentions.iter().rev().skip_while(|(mentioned, _)| *mentioned >= at);
            near.take_while(|(mentioned, _)| *mentioned >= from).map(|(_, mention)| mention.agency).collect()
        };
        let position = self.mentions.partition_point(|(mentioned, _)| *mentioned < at);
        let mut named = since(&self.mentions[..position]);
        named.extend(since(&self.nouns));
        let first = *named.first()?;
        let federal = self.entities[first].body == Body::Federal;
        (federal && named.iter().all(|agency| *agency == first)).then_some(first)
    }

    /// The body that a noun implies where the text names none: "the city" of a police department.
    pub(super) fn implied(&mut self, bodies: &[Body], at: usize, word: &str) -> Option<usize> {
        let body = *bodies.first()?;
        let paragraph = self.paragraph(at);
        let implies = bodies.len() <= 3 || matches!(body, Body::CountyBoard | Body::Council);
        if !implies || word == "district" {
            return None;
        }
        let mut entity = Entity::new(body, None, paragraph);
        match body {
            Body::House | Body::Senate if self.is_about_congress() => return None,
            Body::State
            | Body::StatePolice
            | Body::Legislature
            | Body::House
            | Body::Senate
            | Body::AttorneyGeneral => {
                // One that the text gives no state is still one body.
                let _ = self.give_state(&mut entity);
            }
            Body::Corrections if !self.is_countys(at) => self.give_state(&mut entity)?,
            Body::City => match self.town(at) {
                Some(town) => entity.take_place(town),
                None => entity.name_town(self.dateline()?),
            },
            Body::Council | Body::Commission => {
                let police = body == Body::Council || word.contains("police");
                if let Some(town) = if police { self.town(at) } else { self.local_body(at) } {
                    entity.take_place(town);
                }
            }
            Body::County | Body::CountyBoard | Body::PrisonBoard => {
                if let Some(county) = self.county(at) {
                    entity.take_place(county);
                } else if let Some(county) = self.guess_place(at, true) {
                    entity.name_county(county);
                } else if !word.contains(' ') {
                    // "The Board of Supervisors" of no county that the text gives is still one body, "the board" none.
                    return None;
                }
            }
            Body::Sheriff | Body::Corrections | Body::Prosecutor => match self.county(at) {
                Some(county) => entity.take_place(county),
                None => {
                    if let Some(county) = self.guess_place(at, true) {
                        entity.name_county(county);
                    }
                }
            },
            Body::Police => {
                if let Some(town) = self.governed(at) {
                    entity.take_place(town);
                }
            }
            Body::PublicSafety => entity.take_place(self.governed(at)?),
            Body::Union if word.starts_with("deput") => entity.take_place(self.county(at)?),
            Body::Union if word == "guild" => return None,
            Body::Union => entity.take_place(self.nearest(at, |entity| entity.body == Body::Police)?),
            Body::Sheriffs | Body::Chiefs if word.ends_with("association") => self.give_state(&mut entity)?,
            Body::School => {
                if let Some(town) = self.town(at) {
                    entity.take_place(town);
                }
            }
            Body::SchoolPolice => {}
            _ => return None,
        }
        if let Some(known) = self.known(body, &entity.key, |_| true) {
            return Some(known);
        }
        entity.provisional = false;
        entity.add_words(word);
        Some(self.add(entity))
    }

    /// Gives a body the state that the text is about.
    pub(super) fn give_state(&self, entity: &mut Entity) -> Option<()> {
        let state = self.state_of_section(entity.paragraph).or_else(|| self.votes.top())?;
        entity.state = Some(state);
        state.code().clone_into(&mut entity.key);
        Some(())
    }

    /// Whether "county" or a possessive stands at a token or in one of the two before it.
    fn is_countys(&self, at: usize) -> bool {
        let tokens = &self.segmented.tokens[at.saturating_sub(2)..=at];
        tokens
            .iter()
            .any(|token| ["county", "'s", "’s"].iter().any(|word| token.is(self.segmented.text, word)))
            || self.votes.top().is_none()
    }

    /// The nearest body of a town.
    fn town(&self, at: usize) -> Option<&Entity> {
        self.nearest(at, |entity| {
            matches!(entity.body, Body::Police | Body::City | Body::Council)
                && !entity.key.is_empty()
                && !entity.provisional
                && entity.division != Some(Division::County)
                && entity.state.is_none()
        })
    }

    /// The nearest government of a town.
    fn governed(&self, at: usize) -> Option<&Entity> {
        self.nearest(at, |entity| {
            matches!(entity.body, Body::City | Body::Council) && !entity.key.is_empty() && !entity.provisional
        })
    }

    /// The nearest body of a town or county.
    fn local_body(&self, at: usize) -> Option<&Entity> {
        self.nearest(at, |entity| !entity.key.is_empty() && !entity.provisional && entity.state.is_none())
    }

    /// The nearest body of a county.
    fn county(&self, at: usize) -> Option<&Entity> {
        self.nearest(at, |entity| {
            !entity.key.is_empty()
                && (entity.body.is_countywide() && entity.division != Some(Division::Place)
                    || entity.division == Some(Division::County))
        })
    }

    /// The agency last mentioned before a token, or next after it, that fits.
    fn nearest(&self, at: usize, fits: impl Fn(&Entity) -> bool) -> Option<&Entity> {
        let fits = |mention: &&(usize, Mention)| fits(&self.entities[mention.1.agency]);
        let position = self.mentions.partition_point(|(mentioned, _)| *mentioned <= at);
        let named = self.mentions[..position].iter().rev().take(WINDOW).find(fits);
        let noun = self.nouns.iter().rev().take(WINDOW / 4).find(fits);
        let before = [named, noun].into_iter().flatten().max_by_key(|(mentioned, _)| *mentioned);
        before
            .or_else(|| self.mentions[position..].iter().take(WINDOW / 4).find(fits))
            .map(|(_, mention)| &self.entities[mention.agency])
    }

    /// Whether "the House" may be that of Congress.
    pub(super) fn is_about_congress(&self) -> bool {
        *self.congress.get_or_init(|| {
            let holds = |names: &[&str]| names.iter().any(|name| self.segmented.text.contains(name));
            let state = [
                "General Assembly",
                "egislature",
                "House Bill",
                "Senate Bill",
                "state House",
                "state Senate",
            ];
            holds(&["U.S. House", "U.S. Senate"]) || holds(&["Congress"]) && !holds(&state)
        })
    }

    /// The place that a bare title is most likely of: the county or town named nearest before it.
    pub(super) fn guess_place(&self, at: usize, county: bool) -> Option<String> {
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
            return Some(near.place.clone());
        }
        if !county {
            return self.dateline();
        }
        let tokens = &self.segmented.tokens;
        let window = at.saturating_sub(400)..(at + 400).min(tokens.len());
        let is_county = |index: &usize| {
            *index > 0
                && tokens[*index].text(self.segmented.text) == "County"
                && self.named_county(*index).is_some()
        };
        let found = window.clone().rev().filter(|index| *index < at).find(is_county);
        self.named_county(found.or_else(|| window.clone().find(is_county))?)
    }

    /// The name before "County": the longest that the table has, else every capitalised word.
    pub(super) fn named_county(&self, county: usize) -> Option<String> {
        let tokens = &self.segmented.tokens;
        let part = |at: usize| {
            tokens[at].is_capital() && !self.layer.lexicon.is(tokens[at], OUTSIDE)
                || matches!(tokens[at].text(self.segmented.text), "'s" | "’s") && at + 1 == county
        };
        let least = county.saturating_sub(3);
        let mut starts: Vec<usize> = (least..county).rev().take_while(|&at| part(at)).collect();
        starts.reverse();
        let known = starts.iter().find(|&&start| self.layer.gazetteer.is_county(self.text(start, county)));
        let start = *known.or(starts.first())?;
        tokens[start].is_capital().then(|| self.text(start, county).to_owned())
    }

    /// The place of the text's dateline, "VASQUERA, Texas —".
    fn dateline(&self) -> Option<String> {
        let tokens = &self.segmented.tokens;
        let text = self.segmented.text;
        self.segmented.sentences.iter().take(12).find_map(|sentence| {
            let range = sentence.range();
            let run = range.clone().take_while(|&at| tokens[at].shape == Shape::Upper).count();
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
}
