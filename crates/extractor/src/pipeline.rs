//! The way of a document through the stages.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use goldrule_schema::{Agency, AnnotationSet, ByteSpan, Citation, Document, Extra, Form, Mention, Stance};

use rustc_hash::FxHashSet;

use crate::agency::{self, Agencies, AgencyLayer};
use crate::anchors::Anchors;
use crate::citation;
use crate::explain::NearRules;
use crate::pattern::{Fault, Input, Layer, Matcher};
use crate::rules::{RuleError, RuleFault, RuleSet};
use crate::segment::Segmented;
use crate::shipped::SHIPPED;
use crate::stance::{Found, StanceLayer};
use crate::token::Vocabulary;

/// A stage of the pipeline that can start from a given annotation set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Nothing is given.
    Citations,
    /// The citations are given; agencies and stances are found.
    Agencies,
    /// Citations and agencies are given; stances are found.
    Stances,
}

/// The compiled rules. Cheap to share by reference between threads.
///
/// ```
/// use goldrule_extractor::Extractor;
/// use goldrule_schema::Document;
///
/// let extractor = Extractor::new();
/// let text = "The Stockton Police Department said it will not enforce federal immigration law.";
/// let set = extractor.extract(&Document::new("example", text));
/// assert_eq!(set.agencies[0].name, "Stockton Police Department");
/// assert_eq!(set.stances[0].position, goldrule_schema::Position::Against);
/// ```
#[derive(Debug)]
pub struct Extractor {
    rules: RuleSet,
    vocabulary: Vocabulary,
    agencies: AgencyLayer,
    stances: StanceLayer,
    anchors: Anchors,
    /// What explanations compare sentences with, made once one asks for it.
    near: OnceLock<NearRules>,
}

impl Default for Extractor {
    fn default() -> Self {
        Self::new()
    }
}

impl Extractor {
    /// The shipped rules.
    ///
    /// # Panics
    /// Never in a build whose tests passed: they load every shipped file.
    pub fn new() -> Self {
        Self::compile(shipped())
            .unwrap_or_else(|errors| panic!("a shipped rule is at fault: {}", listed(&errors)))
    }

    /// The shipped rules and those of a folder, which replace shipped ones of the same id.
    ///
    /// # Errors
    /// Every fault of the folder's files with its place.
    pub fn with_rules_dir(dir: &Path) -> Result<Self, Vec<RuleError>> {
        let mut rules = shipped();
        let mut errors = rules.add_dir(dir).err().unwrap_or_default();
        match Self::compile(rules) {
            Ok(extractor) if errors.is_empty() => return Ok(extractor),
            Ok(_) => {}
            Err(more) => errors.extend(more),
        }
        errors.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        Err(errors)
    }

    pub(crate) fn compile(rules: RuleSet) -> Result<Self, Vec<RuleError>> {
        let mut vocabulary = Vocabulary::default();
        let mut errors = rules.faulty_definitions();
        let stances = match StanceLayer::compile(&rules, &mut vocabulary) {
            Ok(stances) if errors.is_empty() => stances,
            Ok(_) => return Err(errors),
            Err(mut more) => {
                // Said once, where the fragment is defined.
                if !errors.is_empty() {
                    more.retain(|error| error.code != RuleFault::Pattern(Fault::InFragment));
                }
                errors.extend(more);
                return Err(errors);
            }
        };
        let agencies = AgencyLayer::compile(&mut vocabulary);
        Ok(Self { rules, vocabulary, agencies, stances, anchors: Anchors::new(), near: OnceLock::new() })
    }

    /// The rules as their files state them.
    pub fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// The words that rules mention.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    pub(crate) fn near_rules(&self) -> &NearRules {
        self.near.get_or_init(|| NearRules::new(&self.rules))
    }

    pub(crate) fn anchors(&self) -> &Anchors {
        &self.anchors
    }

    pub(crate) fn agency_layer(&self) -> &AgencyLayer {
        &self.agencies
    }

    /// Finds what a document contains. Every record carries its text and the id of its rule.
    pub fn extract(&self, document: &Document) -> AnnotationSet {
        self.run(document, Stage::Citations, None)
    }

    /// The citations of a text, what they leave open filled in from its agencies: those of
    /// [`Extractor::extract`] with their fields, in bytes.
    pub fn citations<'t>(&self, document: &'t Document) -> Vec<citation::Citation<'t>> {
        let text = document.text();
        let mut citations = citation::find(text);
        if citations.is_empty() {
            return citations;
        }
        let evidence = citation::state_evidence(&citations);
        let spans: Vec<ByteSpan> = citations.iter().map(|citation| citation.span).collect();
        let segmented = Segmented::new(text, &self.vocabulary);
        let topical = self.anchors.scan(text).topical;
        let agencies = self.agencies.find(&segmented, &spans, &evidence, topical);
        resolve(&mut citations, &agencies);
        citations
    }

    /// As [`Extractor::extract`], but the layers before `stage` are taken from `given`, so that what is
    /// lost later on can be told from what was lost before.
    pub fn run_from(&self, stage: Stage, document: &Document, given: &AnnotationSet) -> AnnotationSet {
        self.run(document, stage, Some(given))
    }

    fn run(&self, document: &Document, stage: Stage, given: Option<&AnnotationSet>) -> AnnotationSet {
        let mut set = AnnotationSet::new(document.id());
        set.meta.generator = Some(concat!("goldrule ", env!("CARGO_PKG_VERSION")).to_owned());
        let given = given.filter(|_| stage > Stage::Citations);
        let hits = self.anchors.scan(document.text());
        let mut citations = citation::find(document.text());
        if !hits.any && citations.is_empty() && given.is_none() {
            return set;
        }
        let evidence = citation::state_evidence(&citations);
        let spans: Vec<ByteSpan> = citations.iter().map(|citation| citation.span).collect();
        let segmented = Segmented::new(document.text(), &self.vocabulary);
        let mut agencies = self.agencies.find(&segmented, &spans, &evidence, hits.topical);
        if let (Some(given), Stage::Stances) = (given, stage) {
            agencies = agencies_of(document, given, agencies);
        }
        if hits.topical {
            agencies.persons = agency::persons(&segmented, &agencies.agencies, &agencies.mentions);
            agencies.places = self.places(&segmented);
        }
        match given {
            Some(given) => set.citations.clone_from(&given.citations),
            None => set.citations = resolved(document, &mut citations, &agencies),
        }
        let stances =
            if hits.topical { self.stances.find(&segmented, &agencies, &spans) } else { Vec::new() };
        finalise(document, &segmented, &agencies, &stances, &mut set);
        set
    }

    /// The agencies and stances of a text as the layers find them; whether cards are to `judge` what patterns state.
    pub(crate) fn stances(&self, document: &Document, judge: bool) -> (Agencies, Vec<Found>) {
        let citations = citation::find(document.text());
        let evidence = citation::state_evidence(&citations);
        let spans: Vec<ByteSpan> = citations.iter().map(|citation| citation.span).collect();
        let segmented = Segmented::new(document.text(), &self.vocabulary);
        let mut agencies = self.agencies.find(&segmented, &spans, &evidence, true);
        agencies.persons = agency::persons(&segmented, &agencies.agencies, &agencies.mentions);
        agencies.places = self.places(&segmented);
        let stances = self.stances.find_watched(&segmented, &agencies, &spans, judge, &mut ());
        (agencies, stances)
    }

    /// The names of places and states, in the sentences in which a rule may ask for them.
    pub(crate) fn places(&self, segmented: &Segmented<'_>) -> Vec<(ByteSpan, Layer)> {
        let tokens = &segmented.tokens;
        self.agencies.places(segmented, |sentence| self.stances.wants_places(&tokens[sentence.range()]))
    }

    pub(crate) fn stance_layer(&self) -> &StanceLayer {
        &self.stances
    }

    /// The context operators of a text with their rules.
    pub(crate) fn operators(&self, text: &str) -> Vec<(Arc<str>, ByteSpan)> {
        let segmented = Segmented::new(text, &self.vocabulary);
        let input = Input { text, tokens: &segmented.tokens, layers: &[] };
        let mut matcher = Matcher::default();
        let sentences = segmented.sentences.iter();
        let found = sentences.flat_map(|&sentence| self.stances.operators(input, sentence, &mut matcher));
        found.map(|found| (found.rule, crate::stance::span_of(&segmented, found.first, found.last))).collect()
    }
}

pub(crate) fn shipped() -> RuleSet {
    let mut rules = RuleSet::default();
    for (name, source) in SHIPPED {
        if let Err(errors) = rules.add(name, source) {
            panic!("a shipped rule file is at fault: {}", listed(&errors));
        }
    }
    for rule in &mut rules.rules {
        rule.shipped = true;
    }
    rules
}

fn listed(errors: &[RuleError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Fills in what citations leave open from the agencies of the text.
fn resolve(citations: &mut [citation::Citation<'_>], agencies: &Agencies) {
    let place_at = |byte: u32| agencies.place_at(byte);
    citation::resolve(citations, &citation::Context { state: agencies.main_state(), place_at: &place_at });
}

/// The citations as records, what they leave open filled in from the agencies of the text.
fn resolved(
    document: &Document,
    citations: &mut [citation::Citation<'_>],
    agencies: &Agencies,
) -> Vec<Citation> {
    resolve(citations, agencies);
    let record = |citation: &citation::Citation<'_>| {
        Some(Citation {
            id: None,
            span: document.chars(citation.span)?,
            text: Some(citation.quote.to_owned()),
            kind: citation.kind,
            canonical: citation.canonical(),
            rule: Some(citation.rule.to_owned()),
            extra: Extra::new(),
        })
    };
    citations.iter().filter_map(record).collect()
}

/// Given agencies in the place of found ones.
fn agencies_of(document: &Document, given: &AnnotationSet, found: Agencies) -> Agencies {
    let mut agencies = Agencies { states: found.states, ..Agencies::default() };
    for (index, agency) in given.agencies.iter().enumerate() {
        agencies.agencies.push(agency::FoundAgency {
            id: agency.id.clone(),
            name: agency.name.clone(),
            kind: agency.kind,
            state: None,
            jurisdiction: agency.jurisdiction.clone(),
            provisional: false,
        });
        let spans =
            agency.mentions.iter().filter_map(|mention| Some((document.bytes(mention.span)?, mention.form)));
        agencies.mentions.extend(spans.map(|(span, form)| agency::Mention {
            span,
            agency: index,
            form,
            rule: "given",
            provisional: false,
            joined: agency::Joined::Given,
        }));
    }
    agencies.mentions.sort_by_key(|mention| mention.span);
    agencies
}

/// Turns what the layers found into records; provisional mentions stay where they hold a stance.
fn finalise(
    document: &Document,
    segmented: &Segmented<'_>,
    agencies: &Agencies,
    stances: &[Found],
    set: &mut AnnotationSet,
) {
    let text = document.text();
    let mut found: Vec<Agency> = agencies.agencies.iter().map(record_of).collect();
    let keeps = Keeps::new(segmented, agencies, stances);
    for mention in agencies.mentions.iter().filter(|mention| keeps.mention(segmented, mention)) {
        let Some(span) = document.chars(mention.span) else { continue };
        found[mention.agency].mentions.push(Mention {
            id: None,
            span,
            text: Some(text[mention.span.range()].to_owned()),
            form: mention.form,
            rule: Some(mention.rule.to_owned()),
            extra: Extra::new(),
        });
    }
    let mut known = FxHashSet::default();
    for stance in stances {
        let Some((holder, _)) = stance.holder else { continue };
        let Some(span) = document.chars(stance.evidence) else { continue };
        if found[holder].mentions.is_empty() || !known.insert((holder, stance.topic, span)) {
            continue;
        }
        set.stances.push(Stance {
            id: None,
            agency: agencies.agencies[holder].id.clone(),
            topic: stance.topic,
            position: stance.position,
            attribution: stance.attribution,
            span,
            text: Some(text[stance.evidence.range()].to_owned()),
            rule: Some(stance.rule.to_string()),
            extra: Extra::new(),
        });
    }
    set.agencies.extend(found.into_iter().filter(|agency| !agency.mentions.is_empty()));
    set.sort();
}

fn record_of(agency: &agency::FoundAgency) -> Agency {
    Agency {
        id: agency.id.clone(),
        name: agency.name.clone(),
        kind: agency.kind,
        jurisdiction: agency.jurisdiction.clone(),
        mentions: Vec::new(),
        rule: None,
        extra: Extra::new(),
    }
}

/// Which provisional mentions become mentions.
struct Keeps {
    /// Agency and sentence of each stance.
    holds: FxHashSet<(usize, usize)>,
    /// By agency: whether it holds any stance, and whether a settled mention names it.
    holder: Vec<bool>,
    settled: Vec<bool>,
    /// By agency: whether a settled mention names it that is no byline, and where the first one stands.
    named: Vec<bool>,
    first: Vec<u32>,
}

impl Keeps {
    fn new(segmented: &Segmented<'_>, agencies: &Agencies, stances: &[Found]) -> Self {
        let mut holder = vec![false; agencies.agencies.len()];
        let mut settled = holder.clone();
        let mut holds = FxHashSet::default();
        for stance in stances {
            if let Some((agency, _)) = stance.holder {
                holder[agency] = true;
                holds.insert((agency, sentence_at(segmented, stance.evidence.start)));
            }
        }
        let (mut named, mut first) = (settled.clone(), vec![u32::MAX; settled.len()]);
        for mention in agencies.mentions.iter().filter(|mention| !mention.provisional) {
            settled[mention.agency] = true;
            first[mention.agency] = first[mention.agency].min(mention.span.start);
            named[mention.agency] |= !agency::is_byline(segmented.text, mention.span);
        }
        Self { holds, holder, settled, named, first }
    }

    /// A settled mention stays, except in the byline of a page whose text names the agency; a bare title where
    /// nothing else names a holder; a bare place in the sentence in which its body holds a stance.
    fn mention(&self, segmented: &Segmented<'_>, mention: &agency::Mention) -> bool {
        let agency = mention.agency;
        match (mention.provisional, mention.form) {
            (false, _) => {
                let needed = !self.named[agency] && mention.span.start == self.first[agency];
                needed || !agency::is_byline(segmented.text, mention.span)
            }
            (true, Form::Title) => !self.settled[agency] && self.holder[agency],
            (true, _) if [agency::HEADED, agency::FORCE].contains(&mention.rule) && self.settled[agency] => {
                false
            }
            (true, _) => {
                let sentence = sentence_at(segmented, mention.span.start);
                let heads = mention.rule == agency::HEADING && !self.settled[agency];
                // "Police in Port Robles came in for praise. They do not ask"
                let follows = mention.rule == agency::FORCE || adopts(segmented, mention.span.end);
                let last = match (heads, follows) {
                    (true, _) => sentence + SECTION,
                    (_, true) => sentence + ADOPTED,
                    _ => sentence,
                };
                (sentence..=last).any(|sentence| self.holds.contains(&(agency, sentence)))
            }
        }
    }
}

/// How many sentences a heading that stands in as their subject may name the holder of.
const SECTION: usize = 6;

/// How many sentences may tell what an ordinance says whose place the sentence before them names.
const ADOPTED: usize = 2;

/// Whether a place is said to have adopted something, in the words behind it: "Los Angeles passed an ordinance. It
/// orders departments not to share".
fn adopts(segmented: &Segmented<'_>, end: u32) -> bool {
    const VERBS: &[&str] =
        &["passed", "adopted", "approved", "enacted", "passes", "adopts", "approves", "enacts"];
    const BEHIND: usize = 6;
    let from = segmented.token_at(end);
    let mut behind = segmented.tokens.iter().skip(from).take(BEHIND);
    behind.any(|token| VERBS.iter().any(|verb| token.is(segmented.text, verb)))
}

fn sentence_at(segmented: &Segmented<'_>, byte: u32) -> usize {
    segmented.sentence_of(segmented.token_at(byte))
}
