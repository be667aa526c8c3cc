//! Stances: who does, or will not do, what.
//!
//! A stance is base × context. A *core* is a match of a stance rule: it gives the topic and the base
//! position ("ask about immigration status": `status_inquiry`, `favor`). Context operators in the core's
//! clause change the position: negation and verbs of refusal turn it round, conditions make it
//! conditional, hedges noncommittal; questions, hypotheticals and positions given up drop it. The holder
//! is found by sieves in order of precision; where all abstain the stance is dropped rather than guessed.

mod clause;
mod context;
mod cores;
mod holder;
mod speech;

use std::sync::Arc;

use goldrule_schema::{Attribution, ByteSpan, Position, Topic};

use crate::agency::Agencies;
use crate::pattern::{Input, Layer, LayerSpan, Matcher, Pattern, compile};
use crate::rules::{Rule, RuleError, RuleSet};
use crate::segment::{Segmented, Sentence};
use crate::token::Vocabulary;

pub use context::{Applied, Operator};
pub use holder::Sieve;

use context::Context;
use cores::CoreIndex;
use speech::Speech;

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
}

/// A compiled stance rule.
#[derive(Debug)]
pub(crate) struct StanceRule {
    pub(crate) id: Arc<str>,
    pub(crate) topic: Topic,
    pub(crate) position: Position,
    /// The pattern holds the whole meaning: context leaves the position alone.
    pub(crate) fixed: bool,
    /// The holder may be a federal agency.
    pub(crate) federal: bool,
    pub(crate) priority: i64,
    pub(crate) patterns: Vec<Pattern>,
}

/// The compiled stance and context rules.
#[derive(Debug)]
pub struct StanceLayer {
    cores: CoreIndex,
    context: Context,
    speech: speech::Words,
    holder: holder::Words,
    clause: clause::Words,
}

impl StanceLayer {
    /// Compiles the rules of the layers `stance` and `context`.
    ///
    /// # Errors
    /// Every pattern or field that does not compile, with its place.
    pub fn compile(set: &RuleSet, vocabulary: &mut Vocabulary) -> Result<Self, Vec<RuleError>> {
        let mut errors = Vec::new();
        let mut rules = Vec::new();
        for rule in set.layer("stance") {
            match stance_rule(set, rule, vocabulary) {
                Ok(compiled) => rules.push(compiled),
                Err(more) => errors.extend(more),
            }
        }
        let context = Context::compile(set, vocabulary).map_err(|more| errors.extend(more));
        match context {
            Ok(context) if errors.is_empty() => Ok(Self {
                cores: CoreIndex::new(rules, vocabulary),
                context,
                speech: speech::Words::new(vocabulary),
                holder: holder::Words::new(vocabulary),
                clause: clause::Words::new(vocabulary),
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
        let layers = layer_spans(segmented, agencies, citations);
        let input = Input { text: segmented.text, tokens: &segmented.tokens, layers: &layers };
        let mut matcher = Matcher::default();
        let mut found = Vec::new();
        let mut speech = None;
        for (index, &sentence) in segmented.sentences.iter().enumerate() {
            let cores = self.cores.find(input, sentence, &mut matcher);
            if cores.is_empty() {
                continue;
            }
            let speech = speech.get_or_insert_with(|| Speech::new(&self.speech, segmented, agencies));
            let operators = self.context.find(input, sentence, &mut matcher);
            for (nth, core) in cores.iter().enumerate() {
                let clause = self.clause.around(segmented, speech, index, &cores, nth);
                if segmented.tokens.get(clause.last).is_some_and(|token| token.text(segmented.text) == "?") {
                    continue;
                }
                let rule = self.cores.rule(core.rule);
                let Some((position, context)) = context::resolve(rule, core, clause, &operators) else {
                    continue;
                };
                let holder = self.holder.find(segmented, agencies, speech, index, core, clause, rule.federal);
                let attribution = speech.attribution(index, core, clause, holder.map(|(agency, _)| agency));
                let stance = Found {
                    rule: rule.id.clone(),
                    core: span_of(segmented, core.first, core.last),
                    topic: rule.topic,
                    position,
                    attribution,
                    evidence: span_of(segmented, clause.first, clause.last),
                    holder,
                    context,
                };
                if let Some((first, Sieve::Subject)) = holder {
                    for agency in self.holder.listed(segmented, agencies, clause, core, first) {
                        found.push(Found { holder: Some((agency, Sieve::Subject)), ..stance.clone() });
                    }
                }
                found.push(stance);
            }
        }
        found
    }
}

/// A range of tokens within a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clause {
    /// Its first token.
    pub(crate) first: usize,
    /// The token after its last.
    pub(crate) last: usize,
    /// First token of the stretch in which operators before the core are in scope.
    pub(crate) scope: usize,
}

pub(crate) fn span_of(segmented: &Segmented<'_>, first: usize, last: usize) -> ByteSpan {
    ByteSpan::new(segmented.tokens[first].start, segmented.tokens[last - 1].end)
}

fn stance_rule(
    set: &RuleSet,
    rule: &Rule,
    vocabulary: &mut Vocabulary,
) -> Result<StanceRule, Vec<RuleError>> {
    let mut errors = Vec::new();
    let patterns = compile_patterns(set, rule, vocabulary, &mut errors);
    let mut field = |key: &str, allowed: &[&str]| {
        let value = rule.emit.get(key).map(String::as_str);
        match value {
            Some(value) if allowed.contains(&value) => value.to_owned(),
            _ => {
                let message = format!("`{key}` of rule `{}` is {}", rule.id, value.unwrap_or("missing"));
                errors.push(set.error(rule, &message, &format!("use one of {}", allowed.join(", "))));
                allowed[0].to_owned()
            }
        }
    };
    let topic = field("topic", Topic::WORDS);
    let position = field("position", Position::WORDS);
    if errors.is_empty() {
        Ok(StanceRule {
            id: rule.id.clone(),
            topic: topic.parse().unwrap_or(Topic::Enforcement),
            position: position.parse().unwrap_or(Position::Favor),
            fixed: rule.emit.get("context").is_some_and(|context| context == "fixed"),
            federal: rule.emit.get("holder").is_some_and(|holder| holder == "federal"),
            priority: rule.priority,
            patterns,
        })
    } else {
        Err(errors)
    }
}

pub(crate) fn compile_patterns(
    set: &RuleSet,
    rule: &Rule,
    vocabulary: &mut Vocabulary,
    errors: &mut Vec<RuleError>,
) -> Vec<Pattern> {
    let mut patterns = Vec::new();
    for text in &rule.patterns {
        match compile(&text.text, &set.definitions, vocabulary) {
            Ok(pattern) if pattern.anchor.is_some() => patterns.push(pattern),
            Ok(_) => {
                let help =
                    "write at least one word that every match contains outside optional parts and gaps";
                errors.push(set.error_in(
                    rule,
                    text.line,
                    text.column,
                    "the pattern has no anchor word",
                    help,
                ));
            }
            Err(error) => {
                // The string's opening quotation mark is one column wide.
                let column = text.column + 1 + text.text[..error.at].chars().count() as u32;
                errors.push(set.error_in(
                    rule,
                    text.line,
                    column,
                    &error.message,
                    "see RULES.md for the pattern language",
                ));
            }
        }
    }
    patterns
}

/// The spans of earlier layers in tokens.
fn layer_spans(segmented: &Segmented<'_>, agencies: &Agencies, citations: &[ByteSpan]) -> Vec<LayerSpan> {
    let in_tokens = |span: ByteSpan, layer| {
        let (first, last) = (
            segmented.token_at(span.start) as u32,
            segmented.token_at(span.end.saturating_sub(1)) as u32 + 1,
        );
        LayerSpan { first, last, layer }
    };
    let federal = goldrule_schema::AgencyKind::Federal;
    let mentions = agencies.mentions.iter().map(|mention| {
        let is_federal = agencies.agencies[mention.agency].kind == federal;
        in_tokens(mention.span, if is_federal { Layer::Federal } else { Layer::Local })
    });
    let citations = citations.iter().map(|&span| in_tokens(span, Layer::Citation));
    let persons = agencies.persons.iter().map(|person| in_tokens(person.span, Layer::Person));
    let mut layers: Vec<_> = mentions.chain(citations).chain(persons).collect();
    layers.sort_unstable_by_key(|span| (span.first, span.last, span.layer));
    layers
}
