//! Agencies: which public bodies a text names, and every mention of each.
//!
//! There is no list of agencies, apart from federal bodies. A *head* ("Police Department",
//! "Sheriff") with a place beside it is a name or a title, without one a nominal or nothing
//! (`scan`, `place`). Mentions of one place and one sort of body are one agency; acronyms join the
//! agency whose initials they are, nominals the one that the text last spoke of (`group`). The
//! state is what the text's own evidence and the table of places agree on (`votes`).

mod acronym;
mod acting;
mod apposed;
mod association;
mod bare;
mod byline;
mod campus;
mod committee;
mod entity;
mod federal;
mod federal_names;
mod finish;
mod force;
mod gazetteer;
mod group;
mod heads;
mod inference;
mod jurisdiction;
mod lexicon;
mod listed;
mod merge;
mod names;
mod nominal;
mod office;
mod office_holder;
mod other;
mod owner;
mod person;
mod phrases;
mod place;
mod place_heading;
mod places;
mod refer;
mod scan;
mod section;
mod title;
mod votes;

use goldrule_schema::{AgencyKind, ByteSpan, Form};
use rustc_hash::FxHashMap;

use crate::State;
use crate::pattern::Layer;
use crate::segment::Segmented;
use crate::token::{Vocabulary, WordId};
use federal::FEDERAL;
use gazetteer::Gazetteer;
use heads::Body;
use lexicon::Lexicon;
use phrases::Phrases;

pub(crate) use bare::{HEADED, HEADING, is_bullet};
pub(crate) use byline::is_byline;
pub(crate) use force::FORCE;
pub(crate) use office::superintended;
pub(crate) use person::persons;

/// A mention of an agency.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Where it stands, in bytes.
    pub span: ByteSpan,
    /// Its agency, an index into [`Agencies::agencies`].
    pub agency: usize,
    /// How it names the agency.
    pub form: Form,
    /// Id of the grammar rule that read it.
    pub rule: &'static str,
    /// It counts only where its agency holds a stance.
    pub provisional: bool,
    /// How it came to be a mention of its agency.
    pub joined: Joined,
}

/// The step of grouping that made a mention one of its agency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Joined {
    /// It names its place and the sort of body, or a federal body.
    #[default]
    Name,
    /// An acronym defined in brackets, a well-known one, or the initials of one agency of the text.
    Acronym,
    /// A noun that the text defines: `(the "Department")`.
    Defined,
    /// A noun that belongs to the agency's head: "Ellison's office".
    Possessed,
    /// A noun that means the agency which the text last spoke of.
    Focus,
    /// A noun whose agency follows from another one: "the city" of a police department.
    Implied,
    /// The bare title of its head, which the text names nowhere else.
    BareTitle,
    /// Nothing was grouped: the agencies were given.
    Given,
}

/// An agency of a text.
#[derive(Clone, Debug)]
pub struct FoundAgency {
    /// Slug, unique in the text.
    pub id: String,
    /// Official name.
    pub name: String,
    /// What sort of body it is.
    pub kind: AgencyKind,
    /// Its state, where the text settles it.
    pub state: Option<State>,
    /// Open Civic Data division id.
    pub jurisdiction: Option<String>,
    /// All its mentions are provisional.
    pub provisional: bool,
}

/// A person whom a text names with an office.
#[derive(Clone, Debug)]
pub struct Person {
    /// Last name.
    pub surname: String,
    /// Where the name stands, in bytes.
    pub span: ByteSpan,
    /// The agency the person speaks for.
    pub agency: Option<usize>,
    /// What the person is to it.
    pub role: Role,
}

/// What a person is to an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Heads it.
    Head,
    /// Speaks for it.
    Spokesperson,
    /// Belongs to no agency of the text.
    Outsider,
}

/// The agencies of a text.
#[derive(Clone, Debug, Default)]
pub struct Agencies {
    /// Each agency once, by first mention.
    pub agencies: Vec<FoundAgency>,
    /// Mentions in text order.
    pub mentions: Vec<Mention>,
    /// Persons in text order.
    pub persons: Vec<Person>,
    /// Evidence for the text's states.
    pub states: Vec<(State, u32)>,
    /// Names of places and states in text order, where a rule asks for them.
    pub places: Vec<(ByteSpan, Layer)>,
}

/// The compiled agency grammar: word classes, phrases, the table of places.
#[derive(Debug)]
pub struct AgencyLayer {
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    heads: Phrases<(Body, heads::Role)>,
    nouns: Phrases<usize>,
    federal: Phrases<usize>,
    federal_titles: Phrases<usize>,
    /// "U.S. Attorney's Office"; true where the phrase is a title.
    us_attorney: Phrases<bool>,
    us_attorney_index: usize,
    acronyms: FxHashMap<&'static str, usize>,
    states: Phrases<(State, u32)>,
    /// By word id, whether the name or noun of a body may begin with the word: most words of a text begin none.
    opens: Vec<bool>,
}

impl AgencyLayer {
    /// Compiles the grammar; its words join the vocabulary.
    pub fn compile(vocabulary: &mut Vocabulary) -> Self {
        let numbered = || FEDERAL.iter().enumerate();
        let split = |list: &'static str, index| {
            list.split('|').filter(|name| !name.is_empty()).map(move |name| (name, index))
        };
        let nouns = heads::NOUNS.iter().enumerate().map(|(index, (word, _))| (*word, index));
        let attorney = [
            ("u.s. attorney 's office", false),
            ("united states attorney 's office", false),
            ("u.s. attorney", true),
        ];
        let mut layer = Self {
            lexicon: Lexicon::new(vocabulary),
            gazetteer: Gazetteer::new(),
            heads: Phrases::new(heads::heads(), vocabulary),
            nouns: Phrases::new(nouns, vocabulary),
            federal: Phrases::new(numbered().flat_map(|(index, body)| split(body.names, index)), vocabulary),
            federal_titles: Phrases::new(
                numbered().flat_map(|(index, body)| split(body.titles, index)),
                vocabulary,
            ),
            us_attorney: Phrases::new(attorney.into_iter(), vocabulary),
            us_attorney_index: FEDERAL.len() - 1,
            acronyms: numbered().flat_map(|(index, body)| split(body.acronyms, index)).collect(),
            states: votes::state_phrases(vocabulary),
            opens: Vec::new(),
        };
        let bodies: Vec<WordId> = names::BODIES.iter().map(|word| vocabulary.intern(word)).collect();
        layer.opens = (0..=vocabulary.len() as u32)
            .map(WordId)
            .map(|word| bodies.contains(&word) || layer.begins_phrase(word))
            .collect();
        layer
    }

    fn begins_phrase(&self, word: WordId) -> bool {
        self.heads.begins(word)
            || self.nouns.begins(word)
            || self.federal.begins(word)
            || self.federal_titles.begins(word)
            || self.us_attorney.begins(word)
    }

    /// Whether the name or noun of a body may begin with a word.
    fn opens(&self, word: WordId) -> bool {
        self.opens.get(word.0 as usize).is_some_and(|opens| *opens)
    }

    /// Finds the agencies of a text. `evidence` is what citations say about its state, and no name inside
    /// one of the `citations` (sorted spans in bytes) is a mention: "City of Chicago v. Sessions". Bare
    /// places are looked at where the text is `topical`, since only a holder of a stance is named by one.
    pub fn find(
        &self,
        segmented: &Segmented<'_>,
        citations: &[ByteSpan],
        evidence: &[(State, u32)],
        topical: bool,
    ) -> Agencies {
        let mut candidates = scan::Scanner::new(self, segmented, topical).candidates();
        candidates.retain(|candidate| {
            let start = segmented.tokens[candidate.first].start;
            let before = citations.partition_point(|citation| citation.start <= start);
            before.checked_sub(1).is_none_or(|index| citations[index].end <= start)
        });
        if candidates.is_empty() {
            return Agencies::default();
        }
        let votes = votes::Votes::count((&self.states, &self.gazetteer, &self.lexicon), segmented, evidence);
        group::group(self, segmented, &candidates, votes)
    }
}

impl Agencies {
    /// The agency for which the bearer of a surname was last said to speak before a byte.
    pub fn person_agency(&self, surname: &str, before: u32) -> Option<usize> {
        self.persons.iter().rev().find(|p| p.surname == surname && p.span.start <= before)?.agency
    }

    /// The agency last mentioned before a byte: of one kind, or any that is not federal.
    pub fn focus_at(&self, byte: u32, kind: Option<AgencyKind>) -> Option<usize> {
        let before = self.mentions.partition_point(|mention| mention.span.start <= byte);
        let fits = |mention: &&Mention| match kind {
            Some(kind) => self.agencies[mention.agency].kind == kind,
            None => self.agencies[mention.agency].kind != AgencyKind::Federal,
        };
        self.mentions[..before].iter().rev().find(fits).map(|mention| mention.agency)
    }

    /// The state with the most evidence, where it stands alone.
    pub fn main_state(&self) -> Option<State> {
        let (state, most) = self.states.iter().max_by_key(|(_, votes)| *votes)?;
        (self.states.iter().filter(|(_, votes)| votes == most).count() == 1).then_some(*state)
    }

    /// State and place (`los-angeles`, `skalloway-county`) of the local agency last mentioned before a byte,
    /// or of the first one after it.
    pub fn place_at(&self, byte: u32) -> Option<(State, String)> {
        let before = self.mentions.partition_point(|mention| mention.span.start <= byte);
        let place = |mention: &Mention| {
            let agency = &self.agencies[mention.agency];
            let (state, division) = (agency.state?, agency.jurisdiction.as_deref()?.rsplit('/').next()?);
            let (sort, slug) = division.split_once(':')?;
            let slug = slug.replace('_', "-");
            match sort {
                "place" => Some((state, slug)),
                "county" | "parish" | "borough" => Some((state, format!("{slug}-{sort}"))),
                _ => None,
            }
        };
        let nearest = self.mentions[..before].iter().rev().take(100).find_map(place);
        nearest.or_else(|| self.mentions[before..].iter().take(100).find_map(place))
    }
}
