//! Persons: who is named with an office, and the agency that the person speaks for.
//!
//! A name is read where a title stands before it ("Sheriff Witt", "spokesman Bob Cole"), where an office
//! stands behind it ("Ana Ruiz, a spokeswoman for the department"), or where somebody is said to have
//! spoken. Later on the surname alone is the same person. The agency is, in order of precision, the
//! mention that the title is written with, the one that "of", "for" or "with" names behind it, the one
//! that an earlier naming settled, the nearest of the kind that the title belongs to.

use std::cell::OnceCell;
use std::sync::LazyLock;

use goldrule_schema::{AgencyKind, ByteSpan};
use rustc_hash::{FxHashMap, FxHashSet};

use super::office::{NOBODY, Office, folded, office, superintended};
use super::{FoundAgency, Mention, Person, Role};
use crate::segment::Segmented;
use crate::token::{Shape, Token, is_possessive};

/// Longest stretch in tokens between a name and the agency of its office.
const REACH: usize = 12;

/// A set of words in lower case.
type Words = LazyLock<FxHashSet<&'static str>>;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $list:literal;)*) => {
        $($(#[$doc])* static $name: Words = LazyLock::new(|| $list.split_ascii_whitespace().collect());)*
    };
}

words! {
    /// Words that make of a title another: "police chief", "acting sheriff".
    BEFORE_TITLE = "police county city deputy assistant acting interim vice new state public town village \
                    borough district council executive chief";
    FORMER = "former ex retired late then onetime predecessor";
    POSSESSIVES = "its their his her our my";
    LINKS = "of for with at in from to";
    /// Capitalised words that are no part of a name.
    NO_NAME = "police department sheriff county city state office the a an and of on in at but if when as for \
               monday tuesday wednesday thursday friday saturday sunday january february march april may june \
               july august september october november december ice dhs doj u.s. federal bureau court act council \
               association board commission general attorney president he she they we it i his her their our no \
               not this that these those who what why how q republican democrat democratic order orders directive session";
    SAYING = "said says told added wrote stated testified argued noted explained";
    /// Name endings that are no surname.
    SUFFIXES = "jr jr. sr sr. ii iii iv";
}

fn listed(list: &Words, word: &str) -> bool {
    folded(word, |word| list.contains(word), false)
}

/// Every naming of a person in text order: names with offices, and later surnames of the same persons.
pub(crate) fn persons(
    segmented: &Segmented<'_>,
    agencies: &[FoundAgency],
    mentions: &[Mention],
) -> Vec<Person> {
    let mut reader = Reader {
        segmented,
        agencies,
        mentions,
        known: FxHashMap::default(),
        persons: Vec::new(),
        superintends: OnceCell::new(),
    };
    let mut at = 0;
    while at < segmented.tokens.len() {
        at = reader.read(at).max(at + 1);
    }
    reader.headline();
    reader.persons.sort_by_key(|person| person.span);
    reader.persons.dedup_by_key(|person| person.span);
    reader.persons
}

struct Reader<'a> {
    segmented: &'a Segmented<'a>,
    agencies: &'a [FoundAgency],
    mentions: &'a [Mention],
    /// The last person of each surname.
    known: FxHashMap<&'a str, (Option<usize>, Role)>,
    persons: Vec<Person>,
    /// What the text's superintendent heads.
    superintends: OnceCell<&'static [AgencyKind]>,
}

impl<'a> Reader<'a> {
    fn token(&self, at: usize) -> Option<Token> {
        self.segmented.tokens.get(at).copied()
    }

    fn word(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.text(self.segmented.text))
    }

    /// The mention that covers a token.
    fn mention_at(&self, at: usize) -> Option<&'a Mention> {
        let start = self.token(at)?.start;
        let after = self.mentions.partition_point(|mention| mention.span.start <= start);
        let mention = &self.mentions[after.checked_sub(1)?];
        (start < mention.span.end).then_some(mention)
    }

    /// The mention that ends at the start of a token, "'s" between them passed over.
    fn mention_before(&self, at: usize) -> Option<&'a Mention> {
        let last = at.checked_sub(1)?;
        let last = if is_possessive(self.word(last)) { last.checked_sub(1)? } else { last };
        self.mention_at(last)
    }

    fn office_at(&self, at: usize) -> Option<Office> {
        let before = |distance| at.checked_sub(distance).map_or("", |before| self.word(before));
        let mut office = office(self.word(at), before, self.word(at + 1))?;
        let both = office.kinds.contains(&AgencyKind::Other) && office.kinds.contains(&AgencyKind::Police);
        if both {
            office.kinds =
                self.superintends.get_or_init(|| superintended(self.segmented.text, self.agencies));
        }
        Some(office)
    }

    /// The person whose surname a token is; labels of a transcript are written in capitals.
    fn met(&self, at: usize) -> Option<(Option<usize>, Role)> {
        let word = self.word(at);
        let label = self.token(at)?.shape == Shape::Upper && self.word(at + 1) == ":" && word.is_ascii();
        if label {
            let name = format!("{}{}", &word[..1], word[1..].to_ascii_lowercase());
            return self.known.get(name.as_str()).copied();
        }
        self.known.get(word).copied()
    }

    /// Surnames in the headline, before anybody has been introduced.
    fn headline(&mut self) {
        for at in 0..HEADLINE.min(self.segmented.tokens.len()) {
            let bare = self.token(at).is_some_and(Token::is_capital) && self.mention_at(at).is_none();
            if let Some(&(agency, role)) = self.known.get(self.word(at)).filter(|_| bare) {
                let span = self.segmented.tokens[at].span();
                if self.persons.iter().take(HEADLINE).all(|person| !person.span.overlaps(span)) {
                    self.push(at, at + 1, agency, role);
                }
            }
        }
    }

    /// Reads what begins at a token; the token to go on at.
    fn read(&mut self, at: usize) -> usize {
        let Some(token) = self.token(at) else { return at + 1 };
        if !token.is_word() {
            return at + 1;
        }
        if let Some(office) = self.office_at(at) {
            let name = at + 1 + usize::from(self.word(at + 1).eq_ignore_ascii_case("general"));
            // "spokeswoman, Jacqueline Kirby,"
            let apart = self.word(name) == "," && !self.token(at).is_some_and(Token::is_capital);
            let name = name + usize::from(apart);
            // "According to the chief, Harper Mills officers ask nobody": no name of his.
            let parted = |end: &usize| {
                let next = self.word(*end);
                !apart || listed(&SAYING, next) || self.token(*end).is_none_or(|t| t.shape == Shape::Mark)
            };
            // "A warrant signed by a judge, Orcutt said": whom the text has named before is no judge.
            let another = |end: &usize| apart && *end == name + 1 && self.met(name).is_some();
            if let Some(end) = self.name(name, 1).filter(parted).filter(|end| !another(end)) {
                self.titled(at, office, name, end);
                return end;
            }
            return at + 1;
        }
        if !token.is_capital() || self.mention_at(at).is_some() {
            return at + 1;
        }
        if self.word(at + 1) == "-"
            && let (Some(first), Some(last)) = (self.token(at), self.token(at + 2))
            && let Some(&(agency, role)) =
                self.known.get(&self.segmented.text[first.start as usize..last.end as usize])
        {
            self.push(at, at + 3, agency, role);
            return at + 3;
        }
        if let Some((agency, role)) = self.met(at) {
            let county = ["County", "Police", "Parish", "City"].contains(&self.word(at + 1));
            if !county {
                self.push(at, at + 1, agency, role);
            }
            return at + 1;
        }
        let Some(end) = self.name(at, 2) else { return at + 1 };
        if let Some(agency) = self.bracketed(at, end) {
            self.remember(at, end, Some(agency), Role::Spokesperson);
            return end;
        }
        if let Some((agency, role)) = self.apposition(end) {
            self.remember(at, end, agency, role);
            return end;
        }
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        if listed(&SAYING, self.word(end)) || listed(&SAYING, before) {
            self.remember(at, end, None, Role::Outsider);
            return end;
        }
        at + 1
    }

    /// The agency that a name is put in brackets behind, or that is put in brackets behind the name: "Department of
    /// Correction (Eunice Falk, Director)".
    fn bracketed(&self, at: usize, end: usize) -> Option<usize> {
        let behind = || {
            let bracket = at.checked_sub(1).filter(|&before| self.word(before) == "(")?;
            self.mention_before(bracket)
        };
        let before = || self.mention_at(end + 1).filter(|_| self.word(end) == "(");
        behind().or_else(before).filter(|mention| !mention.provisional).map(|mention| mention.agency)
    }

    /// The end of a name of at least `least` capitalised words at a token.
    fn name(&self, at: usize, least: usize) -> Option<usize> {
        let mut end = at;
        while end < at + 5 {
            let Some(token) = self.token(end) else { break };
            let word = self.word(end);
            let hyphen = end > at && word == "-" && self.token(end + 1).is_some_and(Token::is_capital);
            let particle = end > at && matches!(word, "de" | "van" | "von" | "la" | "del");
            let part = token.is_capital()
                && token.shape != Shape::Mark
                && !listed(&NO_NAME, word)
                && self.mention_at(end).is_none_or(|mention| mention.provisional)
                && (self.office_at(end).is_none()
                    || end == at && !self.token(at + 1).is_some_and(Token::is_capital));
            if !part && !hyphen && !particle {
                break;
            }
            end += if hyphen { 2 } else { 1 };
        }
        let words = (at..end).filter(|&at| self.word(at).len() > 1).count();
        let place = ["County", "Police", "Department", "'s Office"].contains(&self.word(end));
        (words >= least && !place).then_some(end)
    }

    fn surname(&self, at: usize, end: usize) -> &'a str {
        let last = (at..end).rev().find(|&at| !listed(&SUFFIXES, self.word(at))).unwrap_or(at);
        let first = if last >= at + 2 && self.word(last - 1) == "-" { last - 2 } else { last };
        let text: &'a str = self.segmented.text;
        match (self.token(first), self.token(last)) {
            (Some(first), Some(last)) => &text[first.start as usize..last.end as usize],
            _ => "",
        }
    }

    /// A name with its title before it.
    fn titled(&mut self, title: usize, office: Office, name: usize, end: usize) {
        let mut first = title;
        while first > 0 && listed(&BEFORE_TITLE, self.word(first - 1)) && self.mention_at(first - 1).is_none()
        {
            first -= 1;
        }
        let former = first > 0 && listed(&FORMER, self.word(first - 1))
            || title > 0 && listed(&FORMER, self.word(title - 1));
        if former || office == NOBODY {
            self.remember(name, end, None, Role::Outsider);
            return;
        }
        let own = self.mention_at(title).or_else(|| self.mention_before(first));
        // "Former Weber County Sheriff Al Roy"
        let begins = own.map(|mention| self.segmented.token_at(mention.span.start));
        if begins.is_some_and(|at| at > 0 && at <= title && listed(&FORMER, self.word(at - 1))) {
            self.remember(name, end, None, Role::Outsider);
            return;
        }
        let surname = self.surname(name, end);
        // "Washington County Sheriff Pat Garrett, the association's president": he speaks for it.
        let presides = self.apposition(end).and_then(|(agency, _)| agency);
        let presides = presides.filter(|&agency| self.agencies[agency].kind == AgencyKind::Association);
        let agency = presides
            .or_else(|| {
                own.map(|mention| mention.agency)
                    .filter(|&agency| self.fits(agency, office) || self.mention_at(title).is_some())
            })
            .or_else(|| self.linked(end).filter(|&agency| self.fits(agency, office)))
            .or_else(|| self.linked_before(first, office))
            .or_else(|| self.apposition(end).and_then(|(agency, _)| agency))
            .or_else(|| self.known.get(surname).and_then(|known| known.0))
            .or_else(|| {
                // "Its chief, Ann Bell": whose chief she is was just said.
                let its = first.checked_sub(1).is_some_and(|at| listed(&POSSESSIVES, self.word(at)));
                let any = Office { kinds: &[], ..office };
                its.then(|| self.nearest(first, any)).flatten()
            })
            .or_else(|| self.of_town(title, office))
            .or_else(|| {
                let binds = office.binds && own.is_none() && !self.is_of_stranger(first);
                binds.then(|| self.nearest(name, office)).flatten()
            });
        let role = if agency.is_some() { office.role } else { Role::Outsider };
        self.remember(name, end, agency, role);
    }

    /// Whether a title is of a place that is no agency: "Stamford's assistant chief, Rich Conklin".
    fn is_of_stranger(&self, first: usize) -> bool {
        let Some(owner) = first.checked_sub(2) else { return false };
        is_possessive(self.word(first - 1))
            && self.token(owner).is_some_and(|token| token.is_capital() && token.shape != Shape::Mark)
            && !listed(&NO_NAME, self.word(owner))
            && self.mention_at(owner).is_none()
            && self.met(owner).is_none()
    }

    /// "the city's mayor", "department spokesman": a mention that the title follows with a word between.
    fn linked_before(&self, first: usize, office: Office) -> Option<usize> {
        let near = first.checked_sub(1)?;
        let mention = self.mention_before(near).filter(|_| self.token(near).is_some_and(Token::is_word))?;
        self.fits(mention.agency, office).then_some(mention.agency)
    }

    fn fits(&self, agency: usize, office: Office) -> bool {
        office.kinds.is_empty() || office.kinds.contains(&self.agencies[agency].kind)
    }

    /// The agency that "of the Troy Police Department" or "with the county" names right behind a place.
    fn linked(&self, end: usize) -> Option<usize> {
        let link = end + usize::from(self.word(end) == ",");
        if !listed(&LINKS, self.word(link)) {
            return None;
        }
        (link + 1..link + 4).find_map(|at| self.mention_at(at)).map(|mention| mention.agency)
    }

    /// The office in an apposition behind a name: ", a spokeswoman for the department,".
    fn apposition(&self, end: usize) -> Option<(Option<usize>, Role)> {
        if self.word(end) == "of" || self.word(end) == "with" {
            return self.linked(end).map(|agency| (Some(agency), Role::Spokesperson));
        }
        if self.word(end) != "," {
            return None;
        }
        let stop = (end + 1..end + 1 + REACH)
            .find(|&at| matches!(self.word(at), "" | "," | "." | ";"))
            .unwrap_or(end + 1 + REACH);
        let title = (end + 1..stop).find_map(|at| Some((at, self.office_at(at)?)));
        let (at, office) = title?;
        if (end + 1..at).any(|at| listed(&FORMER, self.word(at))) {
            return Some((None, Role::Outsider));
        }
        let mut inside = (end + 1..stop).filter_map(|at| self.mention_at(at));
        let named = inside.find(|mention| office.binds || self.fits(mention.agency, office));
        let agency = named.map(|mention| mention.agency).or_else(|| {
            let linked = listed(&LINKS, self.word(at + 1));
            // "legal adviser to the sheriff": whose adviser she is says the head's own office.
            let to =
                if linked { self.office_at(at + 2).or_else(|| self.office_at(at + 3)) } else { Some(office) };
            to.filter(|to| office.binds && to.binds).and_then(|to| self.nearest(at, to))
        });
        Some((agency, if agency.is_some() { office.role } else { Role::Outsider }))
    }

    /// The agency of the office's kind that was last mentioned, else the first one that follows.
    /// The agency of the town that a sentence opens with: "Back in Wells, Chief Jo-Ann Putnam said".
    fn of_town(&self, title: usize, office: Office) -> Option<usize> {
        const OPENING: usize = 6;
        // Agencies looked at: more are in no text that people write.
        const MOST: usize = 500;
        let sentence = self.segmented.sentences[self.segmented.sentence_of(title)].range();
        let comma = title.checked_sub(1).filter(|&at| self.word(at) == ",")?;
        let preposition = (sentence.start..comma.min(sentence.start + 3))
            .find(|&at| ["in", "at"].iter().any(|word| self.word(at).eq_ignore_ascii_case(word)))?;
        if comma > sentence.start + OPENING || preposition + 1 >= comma {
            return None;
        }
        let (first, last) = (self.token(preposition + 1)?, self.token(comma - 1)?);
        let town = self.segmented.text.get(first.start as usize..last.end as usize)?;
        let of_it = |agency: &FoundAgency| {
            let name = agency.name.strip_prefix(town);
            office.kinds.contains(&agency.kind) && name.is_some_and(|rest| rest.starts_with(' '))
        };
        self.agencies.iter().take(MOST).position(of_it)
    }

    fn nearest(&self, at: usize, office: Office) -> Option<usize> {
        let start = self.token(at)?.start;
        let split = self.mentions.partition_point(|mention| mention.span.start <= start);
        let fits = |mention: &&Mention| {
            let kind = self.agencies[mention.agency].kind;
            let local = !matches!(kind, AgencyKind::Federal | AgencyKind::Association);
            if office.kinds.is_empty() { local } else { office.kinds.contains(&kind) }
        };
        let (before, after) = self.mentions.split_at(split);
        let near = before.iter().rev().take(NEAR).find(fits).or_else(|| after.iter().take(NEAR).find(fits));
        near.map(|mention| mention.agency)
    }

    fn remember(&mut self, at: usize, end: usize, agency: Option<usize>, role: Role) {
        self.known.insert(self.surname(at, end), (agency, role));
        self.push(at, end, agency, role);
    }

    fn push(&mut self, at: usize, end: usize, agency: Option<usize>, role: Role) {
        let (Some(first), Some(last)) = (self.token(at), self.token(end - 1)) else { return };
        let span = ByteSpan::new(first.start, last.end);
        self.persons.push(Person { surname: self.surname(at, end).to_owned(), span, agency, role });
    }
}

/// How many tokens a headline may have.
const HEADLINE: usize = 16;

/// How many mentions either way an office looks for an agency of its kind.
const NEAR: usize = 200;

#[cfg(test)]
mod tests {
    use goldrule_schema::AgencyKind::{Association, Other, Police, Sheriff};
    use goldrule_schema::Form;

    use super::*;
    use crate::token::Vocabulary;

    /// The agencies of a text: each of `names` wherever it stands.
    fn found(text: &str, names: &[(&str, AgencyKind)]) -> Vec<(String, Option<usize>)> {
        let segmented = Segmented::new(text, &Vocabulary::default());
        let agencies: Vec<_> = names
            .iter()
            .map(|(name, kind)| FoundAgency {
                id: (*name).to_owned(),
                name: (*name).to_owned(),
                kind: *kind,
                state: None,
                jurisdiction: None,
                provisional: false,
            })
            .collect();
        let mut mentions = Vec::new();
        for (agency, (name, _)) in names.iter().enumerate() {
            mentions.extend(text.match_indices(name).map(|(start, name)| Mention {
                span: ByteSpan::new(start as u32, (start + name.len()) as u32),
                agency,
                form: Form::Name,
                rule: "test",
                provisional: false,
                joined: crate::agency::Joined::Name,
            }));
        }
        mentions.sort_by_key(|mention| mention.span);
        persons(&segmented, &agencies, &mentions).into_iter().map(|p| (p.surname, p.agency)).collect()
    }

    fn one(text: &str, names: &[(&str, AgencyKind)], surname: &str, agency: Option<usize>) {
        let persons = found(text, names);
        let person = persons.iter().find(|(name, _)| name == surname);
        assert_eq!(person.map(|(_, agency)| *agency), Some(agency), "{surname} in {text}: {persons:?}");
    }

    #[test]
    fn a_title_is_written_with_its_agency() {
        one("Omaha Police Chief Todd Marlin spoke.", &[("Omaha Police", Police)], "Marlin", Some(0));
        one("Polk County Sheriff Ann Bell spoke.", &[("Polk County Sheriff", Sheriff)], "Bell", Some(0));
        one(
            "Chief Lou Paz of the Troy Police Department",
            &[("Troy Police Department", Police)],
            "Paz",
            Some(0),
        );
    }

    #[test]
    fn an_office_behind_the_name_counts() {
        let names = [("Ada Police", Police), ("department", Police)];
        one("Lt. Ana Ruiz, a spokeswoman for the department, spoke.", &names, "Ruiz", Some(1));
        one(
            "Jo Lund, executive director of the Ada Sheriffs' Association, spoke.",
            &[("Ada Sheriffs' Association", Association)],
            "Lund",
            Some(0),
        );
        one("Hedy Weil, executive director of the civil liberties group, said so.", &names, "Weil", None);
    }

    #[test]
    fn the_kind_of_the_title_decides() {
        let names = [("Ada Police", Police), ("Ada County Sheriff's Office", Sheriff)];
        let text = "Ada Police and the Ada County Sheriff's Office met. Sheriff Witt left. Chief Oda stayed. Witt said no.";
        one(text, &names, "Witt", Some(1));
        one(text, &names, "Oda", Some(0));
        assert_eq!(found(text, &names).iter().filter(|(name, _)| name == "Witt").count(), 2);
    }

    #[test]
    fn superintendents_head_schools_too() {
        let school = [("Ada Public Schools", Other)];
        one("Ada Public Schools wrote. Superintendent Jo Reyes spoke.", &school, "Reyes", Some(0));
        let both = [("Ada Police", Police), ("Ada Public Schools", Other)];
        let text = "Ada Public Schools called Ada Police. School Superintendent Jo Reyes met Police Superintendent Al Cho.";
        one(text, &both, "Reyes", Some(1));
        one(text, &both, "Cho", Some(0));
    }

    #[test]
    fn former_heads_and_strangers_speak_for_nobody() {
        let names = [("Ada County Sheriff's Office", Sheriff)];
        one("The Ada County Sheriff's Office closed. Former Sheriff Bo Tate spoke.", &names, "Tate", None);
        one("The Ada County Sheriff's Office closed. “Shame,” said Jane Doe.", &names, "Doe", None);
        one("Sen. Lee Park objected to the Ada County Sheriff's Office.", &names, "Park", None);
    }
}
