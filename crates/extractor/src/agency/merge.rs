//! Bodies that turn out to be one, once all names of the text are read: jails and their sheriffs, letters and what they
//! stand for.

use rustc_hash::FxHashMap;

use super::entity::Entity;
use super::finish::is_letters;
use super::group::Grouper;
use super::heads::Body;
use super::place::Division;

/// Paragraphs at the head of a text in which a line that a jail opens is its letterhead.
const LETTERHEAD: u32 = 3;

/// People of a town that is meant by its bare name, whoever is sheriff of a county called the same.
const LARGE: u32 = 60_000;

/// Heads of jails that no sheriff keeps.
const KEEPERS: &[&str] = &["Superintendent", "superintendent", "Warden", "warden", "Jailer", "jailer"];

impl Grouper<'_, '_> {
    /// A jail that the text gives to nobody is its sheriff's where the text names the sheriff.
    pub(super) fn merge_jails(&mut self) {
        if self.of_body(Body::Jail).is_empty() {
            return;
        }
        // Pennsylvania's counties have wardens, New Jersey's departments, and Kentucky's elect jailers.
        let wardens = self.votes.top().is_some_and(|state| ["pa", "ky", "nj"].contains(&state.code()));
        let headed = KEEPERS.iter().any(|keeper| self.segmented.text.contains(keeper));
        let mut keepers = FxHashMap::default();
        let mut kept = Vec::new();
        for &jail in self.of_body(Body::Jail) {
            let entity = &self.entities[jail];
            // A prison has a warden or a board of its own, and so has a jail that writes under its own name.
            let own = self.mentions.first().is_some_and(|(_, first)| {
                first.agency == jail
                    && entity.paragraph < LETTERHEAD
                    && self.opens_line(first.span.start)
                    && self.is_proper(first.span.end)
            });
            // "the Boulder County Jail": sheriffs keep what is called so.
            let county = entity.division == Some(Division::County) && entity.has_word("jail");
            if county
                && !(wardens || headed)
                && !["detention", "regional", "correction"].iter().any(|word| entity.has_word(word))
            {
                kept.push(jail);
            }
            if entity.has_word("prison") || own || wardens && entity.has_word("jail") {
                continue;
            }
            let keeper = [Body::Sheriff, Body::Corrections]
                .iter()
                .find_map(|&body| self.known(body, &entity.key, |_| true));
            keepers.extend(keeper.map(|keeper| (jail, keeper)));
        }
        for jail in kept {
            self.entities[jail].kept = true;
        }
        self.redirect(&keepers);
    }

    /// "NMSU police" are the police of New Mexico State University where the text names those in full.
    pub(super) fn merge_letters(&mut self) {
        // Of initials that two forces share neither is meant.
        let mut full: FxHashMap<String, Option<usize>> = FxHashMap::default();
        for &force in self.of_body(Body::Police) {
            let initials = initials(&self.entities[force].place);
            if !initials.is_empty() {
                full.entry(initials).and_modify(|known| *known = None).or_insert(Some(force));
            }
        }
        let short = self.of_body(Body::Police).iter().filter(|&&force| is_letters(&self.entities[force]));
        let pairs = short.filter_map(|&short| {
            let letters = self.entities[short].place.to_uppercase();
            full.get(&letters).copied().flatten().map(|full| (short, full))
        });
        let pairs: FxHashMap<_, _> = pairs.collect();
        self.redirect(&pairs);
    }

    /// A bare place is short for its sheriff where the text tells of the county's sheriff, calls the place a county in
    /// each sentence that names it, and tells of nothing that the town has: "Hillsborough is the fourth county to join".
    pub(super) fn merge_bare_places(&mut self) {
        const OF_TOWNS: &[Body] = &[Body::Police, Body::Council, Body::Commission];
        let sheriff_of = |&city: &usize| {
            let entity = &self.entities[city];
            let sheriff = self.known(Body::Sheriff, &entity.key, |sheriff| !sheriff.provisional)?;
            let town = OF_TOWNS.iter().any(|&body| self.known(body, &entity.key, |_| true).is_some());
            let large =
                || self.layer.gazetteer.population(&entity.place).is_some_and(|people| people > LARGE);
            (entity.provisional && !town && !large() && self.is_called_county(city))
                .then_some((city, sheriff))
        };
        let pairs: FxHashMap<_, _> = self.of_body(Body::City).iter().filter_map(sheriff_of).collect();
        self.redirect(&pairs);
    }

    /// Whether every sentence that names an agency speaks of a county, or of counties.
    fn is_called_county(&self, agency: usize) -> bool {
        let mut own = self.mentions.iter().filter(|(_, mention)| mention.agency == agency);
        own.all(|(at, _)| {
            let sentence = self.segmented.sentences[self.segmented.sentence_of(*at)].range();
            self.segmented.tokens[sentence]
                .iter()
                .any(|token| ["county", "counties"].iter().any(|word| token.is(self.segmented.text, word)))
        })
    }

    /// The city of Washington and the District of Columbia are one government.
    pub(super) fn merge_capital(&mut self) {
        let dc = |entity: &Entity| self.state_of(entity).is_some_and(|state| state.code() == "dc");
        let capital = |&&one: &&usize| dc(&self.entities[one]);
        let Some(&district) = self.of_body(Body::State).iter().find(capital) else { return };
        let cities = self.of_body(Body::City).iter().filter(capital);
        let pairs: FxHashMap<_, _> = cities.map(|&city| (city, district)).collect();
        self.redirect(&pairs);
    }

    /// Gives the mentions of some agencies to others.
    fn redirect(&mut self, keepers: &FxHashMap<usize, usize>) {
        for (_, mention) in self.mentions.iter_mut().chain(&mut self.nouns) {
            if let Some(keeper) = keepers.get(&mention.agency) {
                mention.agency = *keeper;
            }
        }
    }

    /// Whether a line begins at a byte.
    fn opens_line(&self, byte: u32) -> bool {
        let before = self.segmented.text[..byte as usize].trim_end_matches(' ');
        let before = before.strip_suffix("The").unwrap_or(before).trim_end_matches(' ');
        before.is_empty() || before.ends_with('\n')
    }

    /// Whether the word that ends at a byte has a capital: "Essex County Jail" is a name, "the Essex County jail" tells of one.
    fn is_proper(&self, end: u32) -> bool {
        let last = self.segmented.token_at(end.saturating_sub(1));
        self.segmented.tokens.get(last).is_some_and(|token| token.is_capital())
    }
}

/// The first letters of the capitalised words of a name of several.
fn initials(name: &str) -> String {
    let words = || name.split(' ').filter(|word| word.starts_with(char::is_uppercase));
    if words().count() < 3 {
        return String::new();
    }
    words().filter_map(|word| word.chars().next()).collect()
}
