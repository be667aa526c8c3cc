//! Which states a text is about.

use goldrule_schema::ByteSpan;
use rustc_hash::FxHashMap;

use super::gazetteer::{Entry, Gazetteer, Sort, fold};
use super::inference;
use super::lexicon::Lexicon;
use super::phrases::Phrases;
use super::place::Division;
use crate::State;
use crate::segment::Segmented;
use crate::token::{Shape, Vocabulary};

/// Population from which a place is meant wherever its name stands.
pub(super) const LARGE: u32 = 100_000;

/// Population from which a place is meant by its name where a text speaks of no state.
const TOWN: u32 = 10_000;

/// Population from which a place is meant in a dateline, which papers leave without a state where readers know it.
const DATELINE: u32 = 15_000;

/// Counties that are meant wherever their name stands, as those with most people (U.S. Census Bureau,
/// 2020) whose name no other county of their size has.
const LARGE_COUNTIES: &[(&str, &str)] = &[
    ("los angeles", "ca"),
    ("cook", "il"),
    ("harris", "tx"),
    ("maricopa", "az"),
    ("san diego", "ca"),
    ("miami-dade", "fl"),
    ("dallas", "tx"),
    ("king", "wa"),
    ("riverside", "ca"),
    ("san bernardino", "ca"),
    ("tarrant", "tx"),
    ("bexar", "tx"),
    ("broward", "fl"),
    ("santa clara", "ca"),
    ("alameda", "ca"),
    ("sacramento", "ca"),
    ("hillsborough", "fl"),
    ("palm beach", "fl"),
    ("hennepin", "mn"),
    ("cuyahoga", "oh"),
    ("allegheny", "pa"),
    ("travis", "tx"),
    ("fairfax", "va"),
    ("salt lake", "ut"),
    ("contra costa", "ca"),
    ("mecklenburg", "nc"),
    ("wake", "nc"),
    ("pima", "az"),
    ("collin", "tx"),
    ("fulton", "ga"),
    ("westchester", "ny"),
    ("milwaukee", "wi"),
    ("gwinnett", "ga"),
    ("bergen", "nj"),
    ("pinellas", "fl"),
    ("prince georges", "md"),
    ("kern", "ca"),
    ("ventura", "ca"),
    ("macomb", "mi"),
    ("snohomish", "wa"),
    ("multnomah", "or"),
    ("bernalillo", "nm"),
    ("san mateo", "ca"),
    ("dekalb", "ga"),
    ("cobb", "ga"),
];

/// More of the same, each with three times as many people as any other county of its name; they are names that a text which speaks of a state may give to counties of its own.
const KNOWN_COUNTIES: &[(&str, &str)] = &[
    ("kent", "mi"),
    ("humboldt", "ca"),
    ("clark", "nv"),
    ("wayne", "mi"),
    ("nassau", "ny"),
    ("erie", "ny"),
    ("franklin", "oh"),
    ("adams", "co"),
    ("pierce", "wa"),
    ("thurston", "wa"),
    ("lane", "or"),
    ("jackson", "mo"),
    ("johnson", "ks"),
    ("sedgwick", "ks"),
    ("brown", "wi"),
    ("ramsey", "mn"),
    ("dakota", "mn"),
    ("will", "il"),
    ("kane", "il"),
    ("mchenry", "il"),
    ("davidson", "tn"),
    ("shelby", "tn"),
    ("knox", "tn"),
    ("rutherford", "tn"),
    ("howard", "md"),
    ("chester", "pa"),
    ("westmoreland", "pa"),
    ("santa cruz", "ca"),
    ("butte", "ca"),
    ("nevada", "ca"),
    ("yuma", "az"),
    ("clayton", "ga"),
    ("chatham", "ga"),
    ("hall", "ga"),
    ("cherokee", "ga"),
    ("duval", "fl"),
    ("lee", "fl"),
    ("seminole", "fl"),
    ("escambia", "fl"),
    ("leon", "fl"),
    ("osceola", "fl"),
    ("hidalgo", "tx"),
    ("cameron", "tx"),
    ("bell", "tx"),
    ("smith", "tx"),
    ("davis", "ut"),
    ("san juan", "nm"),
    ("baldwin", "al"),
    ("orleans", "la"),
    ("caddo", "la"),
    ("pulaski", "ar"),
    ("st louis", "mo"),
    ("st charles", "mo"),
    ("genesee", "mi"),
    ("ottawa", "mi"),
    ("summit", "oh"),
    ("lucas", "oh"),
    ("stark", "oh"),
    ("allen", "in"),
    ("st joseph", "in"),
    ("chesterfield", "va"),
    ("stafford", "va"),
    ("monroe", "ny"),
    ("albany", "ny"),
    ("oneida", "ny"),
    ("fairfield", "ct"),
    ("worcester", "ma"),
    ("plymouth", "ma"),
    ("bristol", "ma"),
    ("rockingham", "nh"),
];

/// Votes from which a text is about a state beyond doubt.
const STRONG: u32 = 4;

/// Votes of a state that a text names more than once, or in short behind a town.
const NAMED: u32 = 3;

/// Votes of a citation of a state's code or bill, as many as of its name.
const CITED: u32 = 2;

/// Abbreviations of states that are also titles of persons ("Del. Ann Moss"): they count behind a comma.
const TITLES_TOO: &[&str] = &["Del.", "Miss."];

/// Evidence for states, in the whole text and by paragraph.
#[derive(Clone, Debug, Default)]
pub(super) struct Votes {
    all: Vec<(State, u32)>,
    /// How often a state is named in a paragraph.
    near: FxHashMap<(u32, State), u32>,
}

/// What states call themselves, and bodies of theirs with them: "Badger State Sheriffs' Association".
const NICKNAMES: &[(&str, &str)] = &[
    ("aloha state", "hi"),
    ("badger state", "wi"),
    ("bay state", "ma"),
    ("beaver state", "or"),
    ("beehive state", "ut"),
    ("bluegrass state", "ky"),
    ("buckeye state", "oh"),
    ("centennial state", "co"),
    ("cornhusker state", "ne"),
    ("empire state", "ny"),
    ("evergreen state", "wa"),
    ("garden state", "nj"),
    ("gem state", "id"),
    ("golden state", "ca"),
    ("gopher state", "mn"),
    ("grand canyon state", "az"),
    ("granite state", "nh"),
    ("green mountain state", "vt"),
    ("hawkeye state", "ia"),
    ("hoosier state", "in"),
    ("keystone state", "pa"),
    ("lone star state", "tx"),
    ("magnolia state", "ms"),
    ("mountain state", "wv"),
    ("nutmeg state", "ct"),
    ("ocean state", "ri"),
    ("old line state", "md"),
    ("palmetto state", "sc"),
    ("peach state", "ga"),
    ("pelican state", "la"),
    ("pine tree state", "me"),
    ("prairie state", "il"),
    ("show-me state", "mo"),
    ("silver state", "nv"),
    ("sooner state", "ok"),
    ("sunflower state", "ks"),
    ("sunshine state", "fl"),
    ("tar heel state", "nc"),
    ("treasure state", "mt"),
    ("volunteer state", "tn"),
    ("wolverine state", "mi"),
    ("yellowhammer state", "al"),
];

/// The state that goes by a nickname, in any case.
pub(super) fn state_of_nickname(name: &str) -> Option<State> {
    let known = NICKNAMES.iter().find(|(nickname, _)| name.eq_ignore_ascii_case(nickname));
    known.and_then(|(_, code)| State::from_code(code))
}

/// Names and abbreviations of states as they stand in texts.
pub(super) fn state_phrases(vocabulary: &mut Vocabulary) -> Phrases<(State, u32)> {
    let names = State::all().map(|state| {
        // "Washington" and "New York" are cities too.
        let weight = if ["Washington", "New York"].contains(&state.name()) { 1 } else { 2 };
        (state.name().to_lowercase(), (state, weight))
    });
    let short = State::all()
        .flat_map(|state| state.abbreviations().iter().map(move |short| (short.to_lowercase(), (state, 3))));
    let nicknames =
        NICKNAMES.iter().filter_map(|(name, code)| Some(((*name).to_owned(), (State::from_code(code)?, 1))));
    let all: Vec<_> = names.chain(short).chain(nicknames).collect();
    Phrases::new(all.into_iter(), vocabulary)
}

impl Votes {
    pub(super) fn count(
        (phrases, gazetteer, lexicon): (&Phrases<(State, u32)>, &Gazetteer, &Lexicon),
        segmented: &Segmented<'_>,
        evidence: &[(State, u32)],
    ) -> Self {
        let mut votes = Self::default();
        for &(state, weight) in evidence {
            votes.add(state, weight * CITED, None);
        }
        let tokens = &segmented.tokens;
        for sentence in &segmented.sentences {
            let range = sentence.range();
            votes.dateline((phrases, gazetteer), segmented, range.clone(), sentence.paragraph);
            let mut at = range.start;
            while at < range.end {
                let token = tokens[at];
                if token.is_capital() {
                    if let Some((end, (state, weight))) = phrases.at(tokens, at, range.end) {
                        if Self::speaks_of(gazetteer, segmented, at, end) {
                            let weight =
                                if Self::is_of_a_body(segmented, range.start, at) { 2 } else { weight };
                            votes.add(state, weight, Some(sentence.paragraph));
                        }
                        at = end;
                        continue;
                    }
                    let code = token.shape == Shape::Upper
                        && token.end - token.start == 2
                        && at > range.start
                        && tokens[at - 1].text(segmented.text) == ","
                        && !tokens[range.start..at].is_empty();
                    if code && let Some(state) = State::from_code(token.text(segmented.text)) {
                        votes.add(state, 2, Some(sentence.paragraph));
                    }
                }
                at += 1;
            }
        }
        if !votes.is_settled() && votes.all.len() < inference::NATIONAL {
            inference::infer(&mut votes, (phrases, gazetteer, lexicon), segmented);
        }
        votes
    }

    /// Whether "in" joins what stands at a token to a name in front: a sheriff's office "in New York" is in the
    /// state, if anything.
    fn is_of_a_body(segmented: &Segmented<'_>, first: usize, at: usize) -> bool {
        const BODIES: &[&str] = &["Office", "Jail", "Department", "Center", "Facility", "Sheriff", "Prison"];
        let word = |back: usize| {
            let before = at.checked_sub(back).filter(|before| *before >= first)?;
            Some(segmented.tokens[before].text(segmented.text))
        };
        word(1) == Some("in") && word(2).is_some_and(|word| BODIES.contains(&word))
    }

    /// Whether the name of a state means the state, and no county, river or city of its name.
    fn speaks_of(gazetteer: &Gazetteer, segmented: &Segmented<'_>, at: usize, end: usize) -> bool {
        let tokens = &segmented.tokens;
        let word = |at: usize| tokens.get(at).map_or("", |token| token.text(segmented.text));
        let other = match word(end) {
            "County" | "COUNTY" | "county" => {
                let span = tokens[at].start as usize..tokens[end - 1].end as usize;
                gazetteer.is_county(&segmented.text[span])
            }
            "River" | "Avenue" | "Street" | "Times" | "Post" => true,
            "City" => !matches!(word(at), "Iowa" | "Oklahoma" | "New"),
            _ => false,
        };
        let title = TITLES_TOO.contains(&word(at)) && (at == 0 || word(at - 1) != ",");
        !other && !title
    }

    /// Whether one state stands out.
    fn is_settled(&self) -> bool {
        let most = self.all.iter().map(|(_, sum)| *sum).max().unwrap_or(0);
        most >= STRONG && self.all.iter().filter(|(_, sum)| sum * 2 > most).count() == 1
    }

    /// "STOCKTON —", "LAS VEGAS (AP) --": a large place in capitals that opens a paragraph, or "PORTLAND, Maine —", which
    /// counts as much as a state in short.
    fn dateline(
        &mut self,
        (phrases, gazetteer): (&Phrases<(State, u32)>, &Gazetteer),
        segmented: &Segmented<'_>,
        sentence: std::ops::Range<usize>,
        paragraph: u32,
    ) {
        let tokens = &segmented.tokens;
        let first = sentence.start;
        let last =
            first + sentence.clone().take(4).take_while(|&at| tokens[at].shape == Shape::Upper).count();
        let Some(next) = tokens.get(last).filter(|_| last > first) else { return };
        if !matches!(next.text(segmented.text), "—" | "–" | "-" | "(" | ",") {
            return;
        }
        let behind = next.text(segmented.text) == ",";
        if let Some((_, (state, weight))) = phrases.at(tokens, last + 1, sentence.end).filter(|_| behind) {
            self.add(state, NAMED.saturating_sub(weight), None);
            return;
        }
        let span = ByteSpan::new(tokens[first].start, tokens[last - 1].end);
        let entries = gazetteer.entries(&fold(&segmented.text[span.range()]));
        if let Some(state) = outstanding(entries, DATELINE) {
            self.add(state, 2, Some(paragraph));
        }
    }

    pub(super) fn add(&mut self, state: State, weight: u32, paragraph: Option<u32>) {
        match self.all.iter_mut().find(|(known, _)| *known == state) {
            Some((_, sum)) => *sum += weight,
            None => self.all.push((state, weight)),
        }
        if let Some(paragraph) = paragraph {
            *self.near.entry((paragraph, state)).or_default() += 1;
        }
    }

    /// The votes that a state has in the whole text.
    pub(super) fn sum(&self, state: State) -> u32 {
        self.all.iter().find(|(known, _)| *known == state).map_or(0, |(_, sum)| *sum)
    }

    /// The states with their votes.
    pub(super) fn all(&self) -> &[(State, u32)] {
        &self.all
    }

    fn of(&self, state: State, paragraph: u32) -> u32 {
        let all = self.sum(state);
        let near = self.near.get(&(paragraph, state)).copied().unwrap_or(0);
        all + 5 * near.min(3)
    }

    /// The state with the most votes, if one has more than the next.
    pub(super) fn top(&self) -> Option<State> {
        let best = self.all.iter().max_by_key(|(_, sum)| *sum)?;
        let ties = self.all.iter().filter(|(_, sum)| *sum == best.1).count();
        (ties == 1).then_some(best.0)
    }

    /// Whether any of the entries is of a state that the text speaks of.
    fn of_any(&self, entries: &[Entry], paragraph: u32) -> bool {
        entries.iter().any(|entry| self.of(entry.state, paragraph) > 0)
    }

    /// The state of a place; `None` where neither table nor text settles it.
    pub(super) fn settle(
        &self,
        gazetteer: &Gazetteer,
        name: &str,
        division: Option<Division>,
        countywide: bool,
        paragraph: u32,
    ) -> Option<State> {
        let folded = fold(name);
        let entries = gazetteer.entries(&folded);
        let county = |entry: &&Entry| matches!(entry.sort, Sort::County(_));
        // A city that is no part of a county has a sheriff and a jail of its own.
        let countylike = |entry: &&Entry| matches!(entry.sort, Sort::County(_) | Sort::Independent);
        let town = |entry: &&Entry| matches!(entry.sort, Sort::Place(_));
        let of = |wanted: &dyn Fn(&&Entry) -> bool| -> Vec<Entry> {
            entries.iter().filter(wanted).copied().collect()
        };
        let wanted = match division {
            Some(Division::County) => of(&county),
            Some(Division::Place) => of(&|entry| !county(entry)),
            _ if countywide && entries.iter().any(|entry| countylike(&entry)) => of(&countylike),
            _ if self.of_any(&of(&town), paragraph) || !entries.iter().any(|entry| county(&entry)) => {
                of(&town)
            }
            _ if entries.iter().any(|entry| town(&entry)) && !self.of_any(entries, paragraph) => of(&town),
            _ => entries.to_vec(),
        };
        let best = wanted
            .iter()
            .map(|entry| (self.of(entry.state, paragraph), entry.state))
            .max_by_key(|(votes, state)| (*votes, std::cmp::Reverse(*state)));
        let top = self.all.iter().max_by_key(|(_, sum)| *sum);
        // A county that only another state has, of which the text says nothing, is an invented one.
        let more = if top.is_none() { KNOWN_COUNTIES } else { &[] };
        let known_county = LARGE_COUNTIES.iter().chain(more).find(|(county, _)| *county == folded);
        let known_county = known_county.filter(|_| division == Some(Division::County) || countywide);
        let known_county = known_county.and_then(|(_, code)| State::from_code(code));
        let county_only = wanted.iter().all(|entry| matches!(entry.sort, Sort::County(_)))
            && !entries.iter().any(|entry| population(entry) >= LARGE);
        // "Allentown" beside New Jersey is Pennsylvania's where the text speaks of both.
        let voted =
            |state: &State| self.top().is_some_and(|top| self.of(*state, paragraph) * 4 >= self.sum(top));
        if let Some(state) = dominant(&wanted).filter(|state| self.sum(*state) > 0 && voted(state)) {
            return Some(state);
        }
        match (best, top) {
            (Some((votes, state)), Some((_, most))) if votes > 0 && votes * 4 >= *most => Some(state),
            (Some(_), _) if known_county.is_some() => known_county,
            (Some(_), Some((_, most))) if county_only && *most >= NAMED && self.top().is_some() => self.top(),
            (Some(_), Some(_)) if dominant(&wanted).is_some() => dominant(&wanted),
            // Nothing in the text speaks of any state: only a place that everybody knows is settled, and a county
            // that but one state has.
            (Some((_, state)), None) if county_only && wanted.len() == 1 => Some(state),
            (Some((_, state)), None) if !county_only && wanted.len() == 1 => Some(state),
            (Some(_), None) => outstanding(&wanted, TOWN).filter(|_| !county_only),
            (Some((votes, state)), Some(_)) if votes > 0 && wanted.len() == 1 => Some(state),
            // A name that the table has elsewhere only: this text's own place of that name.
            (_, Some((_, most))) if *most >= 2 => self.top(),
            _ => None,
        }
    }
}

/// People of a place; counties count as none, since the table does not have theirs.
fn population(entry: &Entry) -> u32 {
    match entry.sort {
        Sort::Place(population) => population,
        Sort::County(_) | Sort::Independent => 0,
    }
}

/// The state that a name means wherever it stands: its only one, or that of a large place.
pub(super) fn dominant(entries: &[Entry]) -> Option<State> {
    outstanding(entries, LARGE)
}

/// As [`dominant`], of a place with at least so many people.
fn outstanding(entries: &[Entry], least: u32) -> Option<State> {
    let mut places: Vec<(u32, State)> = entries
        .iter()
        .map(|entry| match entry.sort {
            Sort::Place(population) => (population, entry.state),
            Sort::County(_) | Sort::Independent => (LARGE, entry.state),
        })
        .collect();
    places.sort_unstable_by_key(|(population, state)| (std::cmp::Reverse(*population), *state));
    let (first, state) = *places.first()?;
    let next = places.iter().find(|(_, other)| *other != state).map_or(0, |(population, _)| *population);
    (first >= least && first / 3 > next).then_some(state)
}
