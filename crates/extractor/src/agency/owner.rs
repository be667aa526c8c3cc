//! Whose a noun is: of a person named with an office, of a place, of the county that its sentence is about.

use goldrule_schema::Form;

use super::Mention;
use super::bare::{HEADED, HEADING};
use super::entity::Entity;
use super::gazetteer::fold;
use super::group::Grouper;
use super::heads::{Body, Role};
use super::names::OF_NO_PLACE;
use super::place::{Division, title_case};
use super::refer::WINDOW;
use super::scan::{Candidate, Who};
use crate::State;
use crate::segment::Segmented;
use crate::token::{Shape, Token};

/// Longest turn of a transcript that is looked back over, in tokens.
const TURN: usize = 300;

/// Longest quotation, and longest clause behind it that says who speaks, in tokens.
const QUOTATION: usize = 120;
const FRAME: usize = 16;

/// Nouns that mean the force of the town which their sentence opens with.
const TOWNS_OWN: &[&str] = &["police", "police department", "police force", "department", "force"];

impl Grouper<'_, '_> {
    /// Who heads what: the capitalised words behind a title, or behind "police chief".
    pub(super) fn find_holders(&mut self, candidates: &[Candidate]) {
        for candidate in candidates.iter().filter(|candidate| candidate.rule == "agency.title.bare") {
            let Who::Local { body, .. } = candidate.who else { continue };
            if let Some(surname) = surname_at(self.segmented, candidate.last) {
                self.titled.entry(surname).or_insert((body, candidate.first));
            }
        }
        for (at, mention) in &self.mentions {
            let chief = mention.rule == "agency.name.chief";
            if mention.form != Form::Title && !chief {
                continue;
            }
            let mut end = self.segmented.token_at(mention.span.end.saturating_sub(1)).max(*at) + 1;
            end += usize::from(chief);
            if let Some(surname) = surname_at(self.segmented, end) {
                self.holders.entry(surname).or_insert(mention.agency);
            }
        }
    }

    /// The agency of the person whose possession a noun is: "Ellison's office", "his department".
    pub(super) fn holder_of(&mut self, first: usize) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let text = self.segmented.text;
        let word = |at: usize| tokens[at].text(text);
        let before = first.checked_sub(1)?;
        let apostrophe = matches!(word(before), "'" | "’") && before > 0 && word(before - 1).ends_with('s');
        if matches!(word(before), "'s" | "’s") || apostrophe {
            let surname = before.checked_sub(1)?;
            return self.holders.get(word(surname)).copied().or_else(|| self.titled(surname));
        }
        if ["my", "My", "our", "Our"].contains(&word(before))
            && let Some(speaker) = self.speaker(before).or_else(|| self.quoted_speaker(before))
        {
            return Some(speaker);
        }
        if !["his", "her", "His", "Her", "my", "My"].contains(&word(before)) {
            return None;
        }
        let floor = before.saturating_sub(60);
        (floor..before).rev().find_map(|at| {
            let surname = tokens[at].is_capital().then(|| word(at))?;
            self.holders.get(surname).copied().or_else(|| {
                let (body, title) = *self.titled.get(surname)?;
                self.headed_by(body, title, first)
            })
        })
    }

    /// The agency of whoever is said to speak behind the quotation around a token: "my office," the sheriff said.
    fn quoted_speaker(&self, at: usize) -> Option<usize> {
        const SAID: &[&str] = &["said", "says", "told", "added", "wrote", "continued", "explained"];
        let tokens = &self.segmented.tokens;
        let word = |at: usize| tokens[at].text(self.segmented.text);
        let sentence = self.segmented.sentences[self.segmented.sentence_of(at)];
        let paragraph = |at: &usize| *at < tokens.len() && self.paragraph(*at) == sentence.paragraph;
        let before = (at.saturating_sub(QUOTATION)..at).rev().take_while(paragraph).map(word);
        let marks: Vec<&str> = before.filter(|word| matches!(*word, "“" | "”" | "\"")).collect();
        let inside = match marks.first()? {
            &"\"" => marks.len() % 2 == 1,
            mark => *mark == "“",
        };
        let close = (at..at + QUOTATION).take_while(paragraph).find(|&at| matches!(word(at), "”" | "\""));
        let close = close.filter(|_| inside)?;
        let frame = || (close + 1..close + FRAME).take_while(paragraph).take_while(|&at| word(at) != ".");
        let end = frame().last()?;
        // Who is told, or named beside, does not speak: "the sheriff said", "said the sheriff".
        let the = |at: usize| usize::from(["the", "The"].contains(&word(at)));
        let opens = close + 1 + the(close + 1);
        let verb = frame().find(|&at| SAID.contains(&word(at)))?;
        let behind = (word(verb) != "told").then(|| verb + 1 + the((verb + 1).min(end)));
        // "said Bo Lee, a spokesman for the sheriff's office"
        let speaks_for = |at: usize| {
            let the = usize::from(at > close + 2 && word(at - 1) == "the");
            at > close + 2 + the && word(at - 1 - the) == "for" && word(at - 2 - the).starts_with("spokes")
        };
        let first = self.mentions.partition_point(|(at, _)| *at <= close);
        let (_, speaker) =
            self.mentions[first..].iter().take_while(|(at, _)| *at <= end).find(|(at, mention)| {
                self.entities[mention.agency].body != Body::Federal
                    && (*at == opens || Some(*at) == behind || speaks_for(*at))
            })?;
        Some(speaker.agency)
    }

    /// The agency of the person whose label opens a turn of a transcript: "SHERIFF OSTERGREN:".
    fn speaker(&self, at: usize) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let text = self.segmented.text;
        let label = (at.saturating_sub(TURN)..at)
            .rev()
            .find(|&label| tokens[label].shape == Shape::Upper && tokens[label + 1].text(text) == ":")?;
        let surname = title_case(tokens[label].text(text));
        if let Some(&agency) = self.holders.get(surname.as_str()) {
            return Some(agency);
        }
        let (body, title) = *self.titled.get(surname.as_str())?;
        self.headed_by(body, title, at)
    }

    /// The agency whose head a bare title names: that of "In Davis, Police Chief Rena Salib", else the one of
    /// that sort which the text spoke of last.
    fn headed_by(&self, body: Body, title: usize, at: usize) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let text = self.segmented.text;
        let town = title
            .checked_sub(2)
            .filter(|town| tokens[town + 1].text(text) == "," && tokens[*town].is_capital());
        let named = town.and_then(|town| {
            (town.saturating_sub(2)..=town)
                .filter(|&start| tokens[start..=town].iter().all(|token| token.is_capital()))
                .find_map(|start| self.known(body, &fold(self.text(start, town + 1)), |_| true))
        });
        named.or_else(|| self.focus(at, std::slice::from_ref(&body), ""))
    }

    /// The body of the place whose possession a noun is: "Rochester's police force", "Pima County's board of
    /// supervisors".
    pub(super) fn owned_by_place(&mut self, first: usize, bodies: &[Body]) -> Option<usize> {
        let body = *bodies.first()?;
        let whose = matches!(body, Body::Police | Body::Council | Body::CountyBoard) || bodies.len() == 1;
        if !whose || body.is_statewide() {
            return None;
        }
        let tokens = &self.segmented.tokens;
        let last = first.checked_sub(2)?;
        let possessive = ["'s", "’s"].contains(&tokens[first - 1].text(self.segmented.text));
        if !possessive || !tokens[last].is_capital() {
            return None;
        }
        let county = tokens[last].is(self.segmented.text, "county");
        let end = if county { last } else { last + 1 };
        let start = (end.saturating_sub(3)..end).find(|&at| {
            let name = fold(self.text(at, end));
            tokens[at..end].iter().all(|token| token.is_capital())
                && (self.layer.gazetteer.is_place(&name)
                    || county && self.layer.gazetteer.is_county(&name)
                    || State::from_name(self.text(at, end)).is_some())
        })?;
        let name = self.text(start, end).to_owned();
        let mut entity = Entity::new(body, None, self.paragraph(first));
        entity.key = fold(&name);
        if let Some(state) = State::from_name(&name).filter(|_| !county && body == Body::Corrections) {
            state.code().clone_into(&mut entity.key);
            entity.state = Some(state);
        }
        if let Some(known) = self.known(body, &entity.key, |_| true) {
            return Some(known);
        }
        entity.place = name;
        entity.division = county.then_some(Division::County);
        Some(self.add(entity))
    }

    /// The body of the place that the sentence or section is about: "In Cass County, … the board".
    pub(super) fn framed(&mut self, candidate: &Candidate, bodies: &[Body], word: &str) -> Option<usize> {
        let body = *bodies.first()?;
        let (from, name, division) = self.frame(candidate, body, word)?;
        let between = |(at, mention): &&(usize, Mention)| {
            let entity = &self.entities[mention.agency];
            let heading = [HEADING, HEADED].contains(&mention.rule);
            let means = !heading && (entity.body != Body::Federal || entity.has_word(word));
            means && (from..candidate.first).contains(at) && bodies.contains(&entity.body)
        };
        let position = self.mentions.partition_point(|(at, _)| *at < candidate.first);
        let named = self.mentions[..position].iter().rev().take(WINDOW).any(|mention| between(&mention))
            || self.nouns.iter().rev().take(WINDOW).any(|mention| between(&mention));
        if named {
            return None;
        }
        if let Some(known) = self.known(body, &fold(&name), |_| true) {
            return Some(known);
        }
        let mut entity = Entity::new(body, None, self.paragraph(candidate.first));
        entity.name_town(name);
        entity.division = division;
        entity.provisional = false;
        entity.add_words(word);
        Some(self.add(entity))
    }

    /// The place that a sentence or section is about and may have such a body, with the token it ends at.
    fn frame(
        &self,
        candidate: &Candidate,
        body: Body,
        word: &str,
    ) -> Option<(usize, String, Option<Division>)> {
        let county = matches!(body, Body::Sheriff | Body::CountyBoard | Body::County);
        if county && word != "office" {
            let framed =
                self.county_of_sentence(candidate).or_else(|| self.county_of_paragraph(candidate, body));
            if let Some((at, name)) = framed {
                return Some((at, name, Some(Division::County)));
            }
        }
        let towns = body == Body::Police && TOWNS_OWN.contains(&word)
            || body == Body::Council && !self.is_of_others(candidate)
            || matches!(body, Body::City | Body::CountyBoard) && word.starts_with("city ");
        if towns && !self.names_another(candidate.first) {
            let framed = self.town_of_sentence(candidate.first);
            if let Some((at, name)) = framed {
                return Some((at, name, None));
            }
        }
        let before = self.sections.partition_point(|section| section.first < candidate.first);
        let section = self.sections.get(before.checked_sub(1)?)?;
        let before = candidate.first.checked_sub(1).map_or("", |before| self.text(before, candidate.first));
        let possessed = word == "office" && ["her", "his", "Her", "His"].contains(&before);
        if section.name.is_empty() || !section.reaches(self.paragraph(candidate.first)) || possessed {
            return None;
        }
        let town = matches!(body, Body::Police | Body::Council | Body::City);
        let fits = match section.division {
            Some(Division::County) => county || word == "police department" || word == "department",
            Some(_) => town || body == Body::Sheriff,
            None => town || county && !section.town,
        };
        let generic = matches!(word, "agency" | "bureau" | "force" | "committee" | "division");
        (fits && !generic).then(|| {
            let division = section.division.or((county && body != Body::Sheriff).then_some(Division::County));
            (section.first, section.name.clone(), division)
        })
    }

    /// "the council of churches", "the student council"
    fn is_of_others(&self, candidate: &Candidate) -> bool {
        let is = |at: Option<usize>, words: &[&str]| {
            let token = at.and_then(|at| self.segmented.tokens.get(at));
            token.is_some_and(|token| words.iter().any(|word| token.is(self.segmented.text, word)))
        };
        is(Some(candidate.last), &["of"]) || is(candidate.first.checked_sub(1), OF_NO_PLACE)
    }

    /// Whether the sentence of a token speaks of another department before it.
    fn names_another(&self, at: usize) -> bool {
        const OTHERS: &[&str] = &["fire", "parks", "health", "water", "state", "works", "transportation"];
        let sentence = self.segmented.sentences[self.segmented.sentence_of(at)].range();
        let tokens = &self.segmented.tokens[sentence.start..at];
        tokens.iter().any(|token| OTHERS.iter().any(|word| token.is(self.segmented.text, word)))
    }

    /// The county in "In Cass County, …" and "the sheriff's office in Cass County".
    fn county_of_sentence(&self, candidate: &Candidate) -> Option<(usize, String)> {
        let tokens = &self.segmented.tokens;
        let sentence = self.segmented.sentences[self.segmented.sentence_of(candidate.first)].range();
        let word = |at: usize| tokens.get(at).map_or("", |token| token.text(self.segmented.text));
        let start = if word(candidate.last) == "in" {
            candidate.last + 1
        } else if matches!(word(sentence.start), "In" | "For") {
            sentence.start + 1
        } else {
            return None;
        };
        let county = (start..(start + 4).min(tokens.len())).find(|&at| word(at) == "County")?;
        let part =
            |token: &Token| token.is_capital() || matches!(token.text(self.segmented.text), "'s" | "’s");
        let plain = county > start && tokens[start..county].iter().all(part);
        plain.then(|| (county, self.text(start, county).to_owned()))
    }

    /// The county that the paragraph before a noun speaks of, where it names no body of the sort: "Ada County is a
    /// different address. … the sheriff's office", "Deputies in Mesa County".
    fn county_of_paragraph(&self, candidate: &Candidate, body: Body) -> Option<(usize, String)> {
        if body != Body::Sheriff {
            return None;
        }
        let tokens = &self.segmented.tokens;
        let text = self.segmented.text;
        let index = self.segmented.sentence_of(candidate.first);
        let paragraph = self.segmented.sentences[index].paragraph;
        let of_paragraph = self.segmented.sentences[..=index].iter().rev();
        let sentences = of_paragraph.take_while(|sentence| sentence.paragraph == paragraph);
        sentences.map(|sentence| sentence.range()).find_map(|range| {
            let county =
                range.clone().filter(|&at| at < candidate.first && tokens[at].text(text) == "County");
            county.rev().find_map(|at| {
                let name = self.named_county(at)?;
                let before = (range.start..at).rev().find(|&at| !tokens[at].is_capital());
                let placed =
                    before.is_none_or(|at| tokens[at].is(text, "in") || tokens[at].shape == Shape::Mark);
                let plain = tokens.get(at + 1).is_none_or(|next| !next.is_capital());
                (placed && plain).then_some((range.start, name))
            })
        })
    }

    /// The agency of a person who is named with a bare title: "Mayor Molly Rawn's office".
    fn titled(&mut self, surname: usize) -> Option<usize> {
        let tokens = &self.segmented.tokens;
        let start =
            (surname.saturating_sub(3)..surname).rev().take_while(|&at| tokens[at].is_capital()).last()?;
        let body = (start..surname).find_map(|at| match self.layer.heads.at(tokens, at, surname) {
            Some((_, (body, Role::Title))) => Some(body),
            _ => None,
        })?;
        self.focus(surname, std::slice::from_ref(&body), "")
            .or_else(|| self.implied(std::slice::from_ref(&body), surname, ""))
    }

    /// The agency named right before a definition in brackets: `Mount Arden Police Department (the "Department")`.
    pub(super) fn defined_before(&self, first: usize) -> Option<usize> {
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
        let last = [self.mentions[..position].last(), self.nouns.last()];
        let (_, mention) = last.into_iter().flatten().max_by_key(|(mentioned, _)| *mentioned)?;
        (mention.span.end <= tokens[at].start && tokens[at].start - mention.span.end <= 2)
            .then_some(mention.agency)
    }
}

/// The last of the capitalised words at a token, three at most.
pub(super) fn surname_at<'t>(segmented: &Segmented<'t>, end: usize) -> Option<&'t str> {
    let tokens = &segmented.tokens;
    let name = tokens[end.min(tokens.len())..]
        .iter()
        .take(3)
        .take_while(|token| token.is_capital() && token.shape != Shape::Mark);
    name.last().map(|surname| surname.text(segmented.text))
}
