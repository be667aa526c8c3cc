//! Stances: who does, or will not do, what.
//!
//! A stance is base × context. A *core* is a match of a stance rule: it gives the topic and the base
//! position ("ask about immigration status": `status_inquiry`, `favor`). Context operators in the core's
//! clause change the position: negation and verbs of refusal turn it round, conditions make it
//! conditional, hedges noncommittal; questions, hypotheticals and positions given up drop it. The holder
//! is found by sieves in order of precision; where all abstain the stance is dropped rather than guessed.

mod act;
mod answer;
mod attribution;
mod author;
mod broad;
mod cards;
mod clause;
mod compile;
mod context;
mod contrast;
mod cores;
mod cues;
mod edges;
mod frames;
mod headed;
mod heading;
mod heirs;
mod holder;
mod letters;
mod lists;
mod makers;
mod matter;
mod named;
mod nouns;
mod order;
mod owned;
mod points;
mod proposal;
mod refer;
mod resolution;
mod settle;
mod sieves;
mod signature;
mod spans;
mod speech;
mod stems;
mod topics;
pub(crate) mod trace;
mod turns;
mod verbs;
mod weigh;

use std::sync::Arc;

use goldrule_schema::{Attribution, ByteSpan, Position, Topic};

use crate::agency::Agencies;
use crate::pattern::{Input, Matcher, Pattern};
use crate::rules::{RuleError, RuleSet};
use crate::segment::{Segmented, Sentence};
use crate::token::{Vocabulary, WordId};

pub use context::{Applied, Operator};
pub use holder::Sieve;
pub use speech::Voice;

use answer::{Answer, answer, introduction};
use broad::Step;
use cards::Cards;
pub(crate) use compile::compile_patterns;
use compile::stance_rule;
use context::Context;
pub(crate) use cores::Core;
use cores::CoreIndex;
pub(crate) use cues::{Mentioned, cues, key};
use holder::Scene;
use named::Named;
pub(crate) use points::entry;
use settle::{drop_bare_answers, merge};
use spans::layer_spans;
use speech::Speech;
pub use stems::stem_of;
use trace::{Dropped, Watch};
pub(crate) use weigh::Verdict;

/// A stance as the layer finds it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The rule whose core was matched.
    pub rule: Arc<str>,
    /// The core, in bytes.
    pub core: ByteSpan,
    /// The conduct it is about.
    pub topic: Topic,
    /// The position after context.
    pub position: Position,
    /// Who says so.
    pub attribution: Attribution,
    /// The text that states it, in bytes.
    pub evidence: ByteSpan,
    /// The holder, an index into the agencies, with the sieve that found it.
    pub holder: Option<(usize, Sieve)>,
    /// The context operators that applied.
    pub context: Vec<Applied>,
    /// Where it was read who says so.
    pub voice: Voice,
    /// What cards said of it, where they did.
    pub(crate) verdict: Option<Verdict>,
    /// The match behind it.
    pub(crate) seen: Core,
    /// The clause it stands in.
    pub(crate) clause: Clause,
}

/// A compiled stance rule.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "what the rule's file says of it, each by itself")]
pub(crate) struct StanceRule {
    pub(crate) id: Arc<str>,
    /// The conduct; that of the holder's stance before where it is none ("we won't do that").
    pub(crate) topic: Option<Topic>,
    /// The conduct where no stance came before and the sentences around are about none.
    pub(crate) otherwise: Option<Topic>,
    /// A word that must stand somewhere before, itself or its plural: "the program" means 287(g) where that
    /// was named.
    pub(crate) after: Option<[WordId; 2]>,
    pub(crate) position: Position,
    /// The pattern holds the whole meaning: context leaves the position alone.
    pub(crate) fixed: bool,
    /// The holder may be a federal agency.
    pub(crate) federal: bool,
    /// Its words say less than those of other rules: it comes after all others, and only where its sentence
    /// has no match of another rule about the same conduct.
    pub(crate) broad: bool,
    /// Other topics give way to it where they overlap: a contract for beds is no delegation.
    pub(crate) firm: bool,
    pub(crate) priority: i64,
    /// Cards judge what it states: they know the rules that ship.
    pub(crate) judged: bool,
    pub(crate) patterns: Vec<Pattern>,
}

impl StanceRule {
    /// The rule without its patterns.
    pub(crate) fn bare(&self) -> Self {
        Self { id: self.id.clone(), patterns: Vec::new(), ..*self }
    }
}

/// The compiled stance and context rules.
#[derive(Debug)]
pub struct StanceLayer {
    cores: CoreIndex,
    context: Context,
    speech: speech::Words,
    holder: nouns::Words,
    clause: clause::Words,
    headings: heading::Headings,
    cards: Cards,
    /// Words one of which stands in every match of a pattern that asks for places or states, sorted.
    placed: Vec<WordId>,
}

impl StanceLayer {
    /// Compiles the rules of the layers `stance` and `context`.
    ///
    /// # Errors
    /// Every pattern or field that does not compile, with its place.
    pub fn compile(set: &RuleSet, vocabulary: &mut Vocabulary) -> Result<Self, Vec<RuleError>> {
        let mut errors = Vec::new();
        let mut rules = Vec::new();
        let reworded = set.reworded();
        for rule in set.layer("stance") {
            match stance_rule(set, rule, &reworded, vocabulary) {
                Ok(compiled) => rules.push(compiled),
                Err(more) => errors.extend(more),
            }
        }
        let context = Context::compile(set, vocabulary).map_err(|more| errors.extend(more));
        let cards = Cards::compile(set, &mut rules, vocabulary).map_err(|more| errors.extend(more));
        match (context, cards) {
            (Ok(context), Ok(cards)) if errors.is_empty() => Ok(Self {
                cards,
                placed: trace::words_of_placed(
                    rules.iter().flat_map(|rule| &rule.patterns).chain(context.patterns()),
                ),
                cores: CoreIndex::new(rules, vocabulary),
                context,
                speech: speech::Words::new(vocabulary),
                holder: nouns::Words::new(vocabulary),
                clause: clause::Words::new(vocabulary),
                headings: heading::Headings::new(vocabulary),
            }),
            _ => Err(errors),
        }
    }

    /// The context operators of a sentence.
    pub(crate) fn operators(
        &self,
        input: Input<'_>,
        sentence: Sentence,
        matcher: &mut Matcher,
    ) -> Vec<Applied> {
        self.context.find(input, sentence, matcher)
    }

    /// Finds the stances of a text.
    pub fn find(&self, segmented: &Segmented<'_>, agencies: &Agencies, citations: &[ByteSpan]) -> Vec<Found> {
        self.find_watched(segmented, agencies, citations, true, &mut ())
    }

    /// As [`StanceLayer::find`], telling a watcher what becomes of matches that state nothing. Unless cards are to
    /// `judge`, what patterns state stays as it is.
    pub(crate) fn find_watched(
        &self,
        segmented: &Segmented<'_>,
        agencies: &Agencies,
        citations: &[ByteSpan],
        judge: bool,
        watch: &mut impl Watch,
    ) -> Vec<Found> {
        let layers = layer_spans(segmented, agencies, citations);
        let input = Input { text: segmented.text, tokens: &segmented.tokens, layers: &layers };
        let mut matcher = Matcher::default();
        let mut named = Named::new(&self.cores, input);
        let mentions = Mentioned::all(segmented, agencies);
        let mut cores = Vec::new();
        for (index, &sentence) in segmented.sentences.iter().enumerate() {
            let range = sentence.range();
            let unnamed = |rule: &StanceRule| named.lacks(rule, &range);
            let mut found = self.cores.find(input, sentence, &mut matcher, &unnamed, watch);
            found.scores = self.cards.scores(input, sentence, &mentions);
            if let Some(scores) = &found.scores {
                found.cards = self.cards.find(scores, self.cores.rules());
                found.weighs = judge && (!found.is_empty() || self.cards.may_state(scores));
            }
            named.note(&found.precise);
            if !found.is_empty() {
                cores.push((index, found));
            }
        }
        if cores.is_empty() {
            return Vec::new();
        }
        let speech = Speech::new(&self.speech, segmented, agencies);
        let scene = Scene::new(&self.holder, segmented, agencies, &speech, citations);
        let main_topic = self.main_topic(&cores);
        let about = self.about(&cores);
        let mut found = Vec::new();
        let cores_of = &cores;
        for (place, (index, cores)) in cores_of.iter().enumerate() {
            let neighbour = self.neighbour(cores_of, place).or(main_topic);
            let sentence = segmented.sentences[*index];
            let operators = self.context.find(input, sentence, &mut matcher);
            let from = found.len();
            let place = Place {
                input,
                segmented,
                scene: &scene,
                speech: &speech,
                sentence: *index,
                neighbour,
                about,
                named: &named,
            };
            let dropped = self.precise_stances(&place, cores, &operators, (&mut found, from), watch);
            let step = Step { place: &place, cores, dropped: &dropped, operators: &operators, from };
            self.broad_stances(&step, &mut found, watch);
            self.card_stances(&step, &mut found, watch);
            if cores.weighs {
                self.weigh(&step, &mut found, watch);
            }
            merge(segmented.text, &mut found, from, watch);
        }
        drop_bare_answers(segmented, &mut found, watch);
        found
    }

    /// The stances that one core states: one for each holder.
    fn stances_of(
        &self,
        place: &Place<'_>,
        core: &Core,
        mut clause: Clause,
        operators: &[Applied],
        found: &mut Vec<Found>,
    ) -> Result<(), Dropped> {
        let Place { input, segmented, scene, speech, sentence, neighbour, named, .. } = *place;
        let rule = self.cores.rule(core.rule);
        let range = segmented.sentences[sentence].range();
        let asked = answer::asks(input, range.end, core);
        let answer = asked.then(|| answer(segmented, sentence)).flatten();
        // "Has not said whether it will honor detainers" is a position: it is undecided.
        let hedge = operators
            .iter()
            .rev()
            .find(|o| o.operator == Operator::Hedge && o.last <= core.first && o.last + 3 > clause.scope);
        if let Some(hedge) = hedge.filter(|_| clause.supposed) {
            let undecided = Core { first: hedge.first, ..*core };
            let around = self.clause.around(segmented, speech, sentence, &[undecided], 0);
            clause = Clause { scope: hedge.first, first: around.first, supposed: false, ..clause };
        }
        if asked && answer.is_none()
            || !rule.fixed && asks_whether(input, core, range.end)
            || rule.position == Position::Noncommittal && answer::is_inquired(input, range.start, core)
        {
            return Err(Dropped::Asked);
        }
        if clause.supposed && !rule.fixed
            || speech.is_rumour(range.start, clause.first)
            || speech.is_unvouched(range.clone(), core)
        {
            return Err(Dropped::Supposed);
        }
        if self.headings.holds(segmented, sentence, core) {
            return Err(Dropped::Heading);
        }
        let ends = (range.start, range.end);
        let is_past = match rule.topic {
            Some(Topic::Delegation) => act::is_over(segmented, ends, core),
            _ => act::is_past(segmented, ends, core),
        };
        if is_past {
            return Err(Dropped::Past);
        }
        if proposal::is_proposed(segmented, sentence, core) {
            return Err(Dropped::Supposed);
        }
        if named.lacks(rule, &range) {
            return Err(Dropped::NotNamedBefore);
        }
        if rule.topic == Some(Topic::Enforcement)
            && self.clause.sets_apart(input.tokens, input.text, range.start, core)
        {
            return Err(Dropped::SetsApart);
        }
        let is_its_own = |operator: &&Applied| {
            !self.clause.nests(input.tokens, core, clause, operator)
                && !self.clause.is_renewed((input.tokens, input.text), core, operator, operators)
                && !contrast::says_again(input.tokens, input.text, core, operator, operators)
        };
        let operators: Vec<_> = operators.iter().filter(is_its_own).cloned().collect();
        let (mut position, context) =
            context::resolve(rule, core, clause, &operators).map_err(Dropped::Context)?;
        if !rule.fixed && self.introduced(place, clause) {
            position = context::turned(position);
        }
        let holder = answer
            .and_then(|(_, span)| scene.answerer(span.start))
            .or_else(|| scene.holder(sentence, core, clause, rule.federal));
        if rule.position == Position::Noncommittal && scene.is_silence_to_agents(sentence, core, clause) {
            return Err(Dropped::Unanswered);
        }
        let previous = || {
            let (holder, _) = holder?;
            let same = |known: &&Found| known.holder.is_some_and(|(other, _)| other == holder);
            let near = |known: &&Found| {
                segmented.sentence_of(segmented.token_at(known.core.start)) + ECHO >= sentence
            };
            found.iter().rev().take(6).filter(near).find(same).map(|known| known.topic)
        };
        // "So do Boise police": what was said just before, of whomever.
        let previous = || match core.holder {
            Some(_) => {
                let said = |known: &&Found| segmented.sentence_of(segmented.token_at(known.core.start));
                let just = found.iter().rev().take_while(|known| said(known) + 2 >= sentence);
                let mut just = just.filter(|known| said(known) < sentence);
                just.next().map(|known| known.topic).or_else(previous)
            }
            None => previous(),
        };
        if rule.topic.is_none()
            && rule.position == Position::Noncommittal
            && matter::is_another(segmented, core, range.end)
        {
            return Err(Dropped::NoTopic);
        }
        let around = rule.otherwise.map(|topic| neighbour.unwrap_or(topic));
        // "Won't say what the law will mean at the jail": of what the text is about.
        let silent = rule.position == Position::Noncommittal
            && rule.topic == Some(Topic::Enforcement)
            && scene.is_about_custody(range.clone());
        let about = place.about.filter(|_| silent);
        let topic = about.or(rule.topic).or_else(previous).or(around).ok_or(Dropped::NoTopic)?;
        let (mut attribution, mut voice) =
            speech.attribution(sentence, core, clause, holder.map(|(agency, _)| agency));
        if voice == Voice::Text
            && (matches!(holder, Some((_, Sieve::Author)))
                || scene.speaks_for(holder.map(|(agency, _)| agency)))
        {
            attribution = Attribution::Own;
            voice = Voice::Author;
        }
        let begin = edges::with_condition(segmented, sentence, clause.first);
        let begin = heading::with_subject(segmented, scene.agencies, sentence, begin);
        let mut evidence = span_of(segmented, begin, clause.last);
        if let Some((answer, span)) = answer {
            position = match answer {
                Answer::Yes => position,
                Answer::No => context::turned(position),
                Answer::Conditional => Position::Conditional,
            };
            evidence = span;
            if matches!(holder, Some((_, Sieve::Author | Sieve::Speaker)))
                || scene.is_author(holder.map(|(agency, _)| agency))
            {
                attribution = Attribution::Own;
                voice = Voice::Answer;
            }
        }
        let stance = Found {
            rule: rule.id.clone(),
            core: span_of(segmented, core.first, core.last),
            topic,
            position,
            attribution,
            evidence,
            holder,
            context,
            voice,
            verdict: None,
            seen: *core,
            clause,
        };
        if let Some(first) = holder {
            for agency in scene.listed(sentence, clause, core, first) {
                found.push(Found { holder: Some((agency, Sieve::Subject)), ..stance.clone() });
            }
        }
        if let Some((accused, Sieve::Accused)) = holder
            && let Some(accuser) = scene.accuser(sentence, accused)
        {
            let position = context::turned(position);
            let holder = Some((accuser, Sieve::Subject));
            found.push(Found { holder, position, attribution: Attribution::Own, ..stance.clone() });
        }
        found.push(stance);
        Ok(())
    }

    /// Whether a clause is an item of a list whose introduction negates it: "Officers shall not:".
    fn introduced(&self, place: &Place<'_>, clause: Clause) -> bool {
        let Place { input, segmented, sentence, .. } = *place;
        let Some(intro) = introduction(segmented, sentence, clause) else { return false };
        let intro = segmented.sentences[intro];
        let operators = self.context.find(input, intro, &mut Matcher::default());
        let turns = |o: &&Applied| matches!(o.operator, Operator::Negate | Operator::Refuse);
        operators.iter().filter(turns).count() % 2 == 1
    }
}

/// Whether a match only takes in that somebody asks: "asked whether callers are asked for papers".
fn asks_whether(input: Input<'_>, core: &Core, end: usize) -> bool {
    const REACH: usize = 14;
    let is = |at: usize, words: &[&str]| words.iter().any(|word| input.tokens[at].is(input.text, word));
    let asks = ["ask", "asks", "asked", "asking", "wondered", "wonders"];
    let end = (core.first + REACH).min(end);
    core.first + 2 < end
        && is(core.first, &asks)
        && is(core.first + 1, &["whether", "if"])
        && (core.first + 2..end).any(|at| is(at, &["ask", "asks", "asked", "asking", "check", "checks"]))
}

/// Where a core stands, and what its sieves look at.
#[derive(Clone, Copy)]
struct Place<'a> {
    input: Input<'a>,
    segmented: &'a Segmented<'a>,
    scene: &'a Scene<'a>,
    speech: &'a Speech<'a>,
    sentence: usize,
    /// The topic that the sentences around are about.
    neighbour: Option<Topic>,
    /// The topic that the text is about, where that is more specific than enforcement.
    about: Option<Topic>,
    named: &'a Named<'a>,
}

/// How many sentences back "we won't do that" finds what it is about.
const ECHO: usize = 3;

/// A range of tokens within a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Its first token.
    pub(crate) first: usize,
    /// The token after its last.
    pub(crate) last: usize,
    /// First token of the stretch in which operators before the core are in scope.
    pub(crate) scope: usize,
    /// It is opened by "if", "when" or "whether" and states nothing.
    pub(crate) supposed: bool,
    /// Its relative pronoun, where it is a relative clause.
    pub(crate) relative: Option<usize>,
    /// A relative clause of its subject, from its pronoun to the verb of the clause.
    pub(crate) aside: Option<(usize, usize)>,
}

pub(crate) fn span_of(segmented: &Segmented<'_>, first: usize, last: usize) -> ByteSpan {
    ByteSpan::new(segmented.tokens[first].start, segmented.tokens[last - 1].end)
}
