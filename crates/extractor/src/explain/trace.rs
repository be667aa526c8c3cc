//! Puts an explanation together from what the layers say.

use goldrule_schema::{AnnotationSet, ByteSpan, CharSpan, Document};

use super::weighed::{added_up, weighed};
use super::{
    CaptureView, CitationView, Explanation, HolderView, MentionView, OperatorView, Quote, RuleView,
    SentenceView, SilentView, StanceView,
};
use crate::Extractor;
use crate::agency::{Agencies, Joined};
use crate::citation;
use crate::pattern::{Input, LayerSpan};
use crate::rules::Rule;
use crate::segment::Segmented;
use crate::stance::trace::{Dropped, Log};
use crate::stance::{Applied, Found, Operator, Sieve, StanceLayer, Voice, span_of};

/// What the layers found in a document, nothing left out.
pub(crate) struct Trace<'d> {
    pub(crate) document: &'d Document,
    pub(crate) segmented: Segmented<'d>,
    pub(crate) agencies: Agencies,
    pub(crate) layers: Vec<LayerSpan>,
    pub(crate) found: Vec<Found>,
    pub(crate) log: Log,
}

impl<'d> Trace<'d> {
    /// Runs the layers; that of stances only where the text has an anchor of theirs, or `always`.
    pub(crate) fn new(extractor: &Extractor, document: &'d Document, always: bool) -> Self {
        let text = document.text();
        let citations = citation::find(text);
        let evidence = citation::state_evidence(&citations);
        let spans: Vec<ByteSpan> = citations.iter().map(|citation| citation.span).collect();
        let segmented = Segmented::new(text, extractor.vocabulary());
        let topical = always || extractor.anchors().scan(text).topical;
        let mut agencies = extractor.agency_layer().find(&segmented, &spans, &evidence, topical);
        let (mut found, mut log) = (Vec::new(), Log::default());
        if topical {
            agencies.persons = crate::agency::persons(&segmented, &agencies.agencies, &agencies.mentions);
            agencies.places = extractor.places(&segmented);
            found = extractor.stance_layer().find_watched(&segmented, &agencies, &spans, true, &mut log);
        }
        let layers = StanceLayer::layers(&segmented, &agencies, &spans);
        Self { document, segmented, agencies, layers, found, log }
    }

    pub(crate) fn input(&self) -> Input<'_> {
        Input { text: self.segmented.text, tokens: &self.segmented.tokens, layers: &self.layers }
    }

    fn chars(&self, span: ByteSpan) -> CharSpan {
        self.document.chars(span).unwrap_or_default()
    }

    pub(super) fn quote(&self, first: usize, last: usize) -> Quote {
        if first >= last {
            let at = self
                .segmented
                .tokens
                .get(first)
                .map_or(self.segmented.text.len() as u32, |token| token.start);
            return Quote::new(self.document, self.chars(ByteSpan::new(at, at)));
        }
        Quote::new(self.document, self.chars(span_of(&self.segmented, first, last)))
    }

    fn bytes(&self, span: ByteSpan) -> Quote {
        Quote::new(self.document, self.chars(span))
    }

    fn sentence_of(&self, byte: u32) -> usize {
        self.segmented.sentence_of(self.segmented.token_at(byte))
    }
}

pub(super) fn explain(extractor: &Extractor, document: &Document, at: Option<u32>) -> Explanation {
    let set = extractor.extract(document);
    let trace = Trace::new(extractor, document, false);
    let byte = at.map(|at| document.byte_at_char(at.min(document.char_len())).unwrap_or_default());
    let last = trace.segmented.sentences.len().saturating_sub(1);
    let only = byte.map(|byte| trace.sentence_of(byte).min(last));
    let near = extractor.near_rules();
    let mut sentences: Vec<SentenceView> =
        trace.segmented.sentences.iter().map(|&s| view(&trace, s)).collect();
    records(extractor, &trace, &set, &mut sentences);
    for (index, view) in sentences.iter_mut().enumerate() {
        let here = only == Some(index);
        if (here || only.is_none()) && view.stances.is_empty() && view.silent.is_empty() {
            view.nearest = near.in_sentence(extractor.rules(), &trace, index, here);
        }
    }
    let mut index = 0..;
    sentences.retain(|view| {
        let here = index.next() == only;
        let says = !(view.mentions.is_empty()
            && view.citations.is_empty()
            && view.stances.is_empty()
            && view.silent.is_empty()
            && view.nearest.is_empty());
        here || only.is_none() && says
    });
    Explanation { document: document.id().to_owned(), sentences }
}

fn view(trace: &Trace<'_>, sentence: crate::segment::Sentence) -> SentenceView {
    let range = sentence.range();
    let place = trace.quote(range.start, range.end);
    let at = trace.document.line_column(place.start);
    SentenceView {
        line: at.map_or(1, |at| at.line),
        column: at.map_or(1, |at| at.column),
        place,
        mentions: Vec::new(),
        citations: Vec::new(),
        stances: Vec::new(),
        silent: Vec::new(),
        nearest: Vec::new(),
    }
}

fn records(extractor: &Extractor, trace: &Trace<'_>, set: &AnnotationSet, sentences: &mut [SentenceView]) {
    let document = trace.document;
    let mut at = |span: CharSpan, add: &mut dyn FnMut(&mut SentenceView)| {
        let byte = document.byte_at_char(span.start).unwrap_or_default();
        if let Some(view) = sentences.get_mut(trace.sentence_of(byte)) {
            add(view);
        }
    };
    for (agency, mention) in set.mentions() {
        let found = trace.agencies.mentions.iter().find(|known| trace.chars(known.span) == mention.span);
        at(mention.span, &mut |view| {
            view.mentions.push(MentionView {
                place: Quote::new(document, mention.span),
                agency: agency.id.clone(),
                name: agency.name.clone(),
                kind: agency.kind,
                form: mention.form,
                rule: grammar(mention.rule.as_deref()),
                joined: joined(found.map(|found| found.joined).unwrap_or_default()),
                provisional: found.is_some_and(|found| found.provisional),
            });
        });
    }
    for citation in &set.citations {
        at(citation.span, &mut |view| {
            view.citations.push(CitationView {
                place: Quote::new(document, citation.span),
                kind: citation.kind,
                canonical: citation.canonical.clone(),
                rule: grammar(citation.rule.as_deref()),
            });
        });
    }
    for found in &trace.found {
        let span = trace.chars(found.core);
        match found.holder {
            Some(_) => at(span, &mut |view| view.stances.extend(stance(extractor, trace, found))),
            None => at(span, &mut |view| {
                let because = "every sieve for the holder abstains".to_owned();
                view.silent.push(silent(extractor, trace, &found.seen, because));
            }),
        }
    }
    for (core, to) in &trace.log.lost {
        let winner = &extractor.stance_layer().rule(to.rule).id;
        let because = format!("`{winner}` wins the place with “{}”", trace.quote(to.first, to.last).text);
        let span = trace.chars(span_of(&trace.segmented, core.first, core.last));
        at(span, &mut |view| view.silent.push(silent(extractor, trace, core, because.clone())));
    }
    for (core, to) in &trace.log.joined {
        let because = format!(
            "it states the same as “{}” and is one stance with it",
            trace.quote(to.first, to.last).text
        );
        let span = trace.chars(span_of(&trace.segmented, core.first, core.last));
        at(span, &mut |view| view.silent.push(silent(extractor, trace, core, because.clone())));
    }
    for (core, _, why) in &trace.log.dropped {
        let because = dropped(extractor, trace, core, why);
        let span = trace.chars(span_of(&trace.segmented, core.first, core.last));
        at(span, &mut |view| view.silent.push(silent(extractor, trace, core, because.clone())));
    }
    for view in sentences {
        view.mentions.sort_by_key(|mention| mention.place.start);
    }
}

fn stance(extractor: &Extractor, trace: &Trace<'_>, found: &Found) -> Option<StanceView> {
    let (agency, sieve) = found.holder?;
    let agency = &trace.agencies.agencies[agency];
    let layer = extractor.stance_layer();
    let sentence = trace.segmented.sentences[trace.sentence_of(found.core.start)];
    let (name, because) = sieve_of(sieve);
    let captures = layer.captures(trace.input(), sentence, &found.seen);
    let operator = |applied: &Applied| OperatorView {
        rule: rule_view(extractor, &applied.rule, None),
        trigger: trace.quote(applied.first, applied.last),
        effect: effect(applied.operator),
    };
    Some(StanceView {
        evidence: trace.bytes(found.evidence),
        topic: found.topic,
        position: found.position,
        rule: matched_view(extractor, trace, &found.seen),
        core: trace.bytes(found.core),
        captures: captures
            .into_iter()
            .map(|(name, range)| CaptureView { name, place: trace.quote(range.start, range.end) })
            .collect(),
        base: layer.rule(found.seen.rule).position,
        operators: found.context.iter().map(operator).collect(),
        scope: trace.quote(found.clause.scope, found.clause.last.max(found.clause.scope + 1)),
        holder: HolderView { agency: agency.id.clone(), name: agency.name.clone(), sieve: name, because },
        weighed: found.verdict.map(|verdict| weighed(extractor, trace, &found.seen, (found.topic, verdict))),
        attribution: found.attribution,
        attributed: voice(found.voice),
    })
}

fn silent(
    extractor: &Extractor,
    trace: &Trace<'_>,
    core: &crate::stance::Core,
    because: String,
) -> SilentView {
    SilentView {
        rule: matched_view(extractor, trace, core),
        core: trace.quote(core.first, core.last),
        because,
    }
}

fn dropped(extractor: &Extractor, trace: &Trace<'_>, core: &crate::stance::Core, why: &Dropped) -> String {
    match why {
        Dropped::Asked => "it is a question that the next sentence does not answer".to_owned(),
        Dropped::Supposed => {
            "its clause is opened by “if”, “when” or “whether” and states nothing".to_owned()
        }
        Dropped::Heading => "it stands in a heading, which names a subject and states nothing".to_owned(),
        Dropped::SetsApart => {
            "it only sets apart the work named right before it from immigration enforcement".to_owned()
        }
        Dropped::Unanswered => "it is federal agents who were not answered".to_owned(),
        Dropped::Past => "it tells of one act in the past, or of what used to be".to_owned(),
        Dropped::NotNamedBefore => {
            let id = &extractor.stance_layer().rule(core.rule).id;
            let rule = extractor.rules().rules.iter().find(|rule| rule.id == *id);
            let word = rule.and_then(|rule| rule.emit.get("after")).map_or("its word", String::as_str);
            format!("the rule wants “{word}” to have been named before, and it was not")
        }
        Dropped::Context(operator) => {
            let trigger = trace.quote(operator.first, operator.last).text;
            format!("“{trigger}” ({}) {}", operator.rule, effect(operator.operator))
        }
        Dropped::Unlikely(topic, verdict) => weighed(extractor, trace, core, (*topic, *verdict)).to_string(),
        Dropped::NoTopic => "it echoes the topic of a stance before, and there is none".to_owned(),
    }
}

fn grammar(rule: Option<&str>) -> RuleView {
    RuleView { id: rule.unwrap_or_default().to_owned(), file: None, line: None, pattern: None }
}

/// A rule of the rule files, with the pattern that matched where that is known.
fn rule_view(extractor: &Extractor, id: &str, pattern: Option<usize>) -> RuleView {
    let rule = extractor.rules().rules.iter().find(|rule| *rule.id == *id);
    rule.map_or_else(|| grammar(Some(id)), |rule| view_of(rule, pattern))
}

/// The rule of a match, with its pattern or, of a card with one position, its sum.
fn matched_view(extractor: &Extractor, trace: &Trace<'_>, core: &crate::stance::Core) -> RuleView {
    let id = &extractor.stance_layer().rule(core.rule).id;
    let view = rule_view(extractor, id, Some(core.pattern));
    let is_card = |rule: &&Rule| rule.id == *id && !rule.points.is_empty() && !rule.is_weighed();
    let Some(rule) = extractor.rules().rules.iter().find(is_card) else { return view };
    RuleView { pattern: Some(added_up(trace, core, rule)), ..view }
}

pub(super) fn view_of(rule: &Rule, pattern: Option<usize>) -> RuleView {
    let text = pattern.and_then(|index| rule.patterns.get(index));
    RuleView {
        id: rule.id.to_string(),
        file: Some(rule.file.to_string()),
        line: Some(text.map_or(rule.line, |text| text.line)),
        pattern: text.map(|text| text.text.clone()),
    }
}

fn joined(step: Joined) -> &'static str {
    match step {
        Joined::Name => "by its place and sort of body, or as a federal body",
        Joined::Acronym => "as an acronym: defined in brackets, well known, or the initials of one agency",
        Joined::BareTitle => "as the bare title of a head whose agency the text names nowhere else",
        Joined::Defined => "as a noun that the text defines",
        Joined::Possessed => "as a noun that belongs to the agency's head",
        Joined::Focus => "as a noun for the agency that the text last spoke of",
        Joined::Implied => "as a noun whose agency follows from another one of the text",
        Joined::Given => "it was given",
    }
}

fn sieve_of(sieve: Sieve) -> (&'static str, &'static str) {
    match sieve {
        Sieve::Capture => ("capture", "the pattern captures it as the holder"),
        Sieve::Speaker => ("speaker", "it speaks the quotation that the core stands in"),
        Sieve::Subject => ("subject", "it is the subject of the clause"),
        Sieve::Accused => ("accused", "the sentence accuses it"),
        Sieve::Demander => ("demander", "it demands this of others"),
        Sieve::Agent => ("agent", "it stands behind the passive's “by”"),
        Sieve::Person => ("person", "the subject of the clause is a person who speaks for it"),
        Sieve::Reporter => ("reporter", "it is the subject of the reporting frame"),
        Sieve::Author => ("author", "the text is in the first person and names it at its head"),
        Sieve::Noun => ("noun", "a pronoun or a noun such as “deputies” stands for it"),
        Sieve::Focus => ("focus", "the text last spoke of it"),
        Sieve::Near => ("near", "it was mentioned last, and the sentence states something beyond doubt"),
    }
}

pub(crate) fn effect(operator: Operator) -> &'static str {
    match operator {
        Operator::Negate | Operator::Refuse | Operator::NegateAfter => "turns the position round",
        Operator::Pseudo => "looks like a negation and is none",
        Operator::Condition => "makes it conditional",
        Operator::Hedge | Operator::HedgeAfter => "makes it noncommittal",
        Operator::Drop | Operator::DropAfter | Operator::DropOpening => "leaves no position",
    }
}

fn voice(voice: Voice) -> &'static str {
    match voice {
        Voice::Quotation => "by the speaker of the quotation",
        Voice::Frame => "by the reporting frame beside the clause",
        Voice::Within => "by the verb of saying within the clause",
        Voice::Answer => "by the author's answer to the text's own question",
        Voice::Author => "the text speaks for its author",
        Voice::Text => "no speaker: the text states it",
    }
}
