//! Mentions and persons by place: both are in text order, so that a stretch is found by bisection.

use goldrule_schema::{AgencyKind, ByteSpan};

use super::clause::{has, ids};
use crate::agency::{Agencies, Mention, Person};
use crate::pattern::{Layer, LayerSpan};
use crate::segment::Segmented;
use crate::token::{Vocabulary, WordId};

/// Words that tell an object from a subject.
#[derive(Debug)]
pub(super) struct Grammar {
    prepositions: Vec<WordId>,
    determiners: Vec<WordId>,
    /// Those who speak for the agency behind "for", "of", "from" or "at".
    speakers: Vec<WordId>,
    belonging: Vec<WordId>,
    /// What an agency issues: "rules from the attorney general" speak for her.
    issued: Vec<WordId>,
    from: WordId,
}

impl Grammar {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Self {
        Self {
            prepositions: ids(
                "in at on with to for from against under between by into about like near without than as inside",
                vocabulary,
            ),
            determiners: ids("the its their his her our a an this that federal local state", vocabulary),
            speakers: ids(
                "spokesman spokeswoman spokesperson spokespeople spokesmen chief captain director sheriff \
                 president head commander lieutenant sergeant superintendent official officials officer \
                 officers deputies deputy commissioner supervisor member members representative \
                 representatives letter letters statement email message manager administrator warden mayor",
                vocabulary,
            ),
            belonging: ids("for from at with", vocabulary),
            issued: ids(
                "rules guidance guidelines memo memos memorandum order orders directive directives policy policies \
                 instructions bulletin notice advisory",
                vocabulary,
            ),
            from: vocabulary.intern("from"),
        }
    }

    /// Whether what stands at a byte hangs on a preposition before it, behind the token `floor`.
    pub(super) fn hangs(&self, segmented: &Segmented<'_>, byte: u32, floor: usize) -> bool {
        let tokens = &segmented.tokens;
        let mut at = segmented.token_at(byte);
        while at > floor && has(&self.determiners, tokens[at - 1].word) {
            at -= 1;
        }
        // "A spokesman for the department": he is the department.
        let speaks = |at: usize| {
            at >= floor + 2
                && (has(&self.belonging, tokens[at - 1].word) && has(&self.speakers, tokens[at - 2].word)
                    || tokens[at - 1].word == self.from && has(&self.issued, tokens[at - 2].word))
        };
        at > floor && has(&self.prepositions, tokens[at - 1].word) && !speaks(at)
    }
}

/// Mentions that lie within a stretch of bytes.
pub(super) fn mentions_in(agencies: &Agencies, start: u32, end: u32) -> &[Mention] {
    let mentions = &agencies.mentions;
    let first = mentions.partition_point(|mention| mention.span.start < start);
    let inside = &mentions[first..];
    &inside[..inside.partition_point(|mention| mention.span.end <= end)]
}

/// Mentions that end at or before a byte.
pub(super) fn mentions_until(agencies: &Agencies, end: u32) -> &[Mention] {
    &agencies.mentions[..agencies.mentions.partition_point(|mention| mention.span.end <= end)]
}

/// Persons named within a stretch of bytes.
pub(super) fn persons_in(agencies: &Agencies, start: u32, end: u32) -> &[Person] {
    let persons = &agencies.persons;
    let first = persons.partition_point(|person| person.span.start < start);
    let inside = &persons[first..];
    &inside[..inside.partition_point(|person| person.span.end <= end)]
}

/// Persons named before a byte.
pub(super) fn persons_until(agencies: &Agencies, end: u32) -> &[Person] {
    &agencies.persons[..agencies.persons.partition_point(|person| person.span.end <= end)]
}

/// How many mentions back the agency that a noun stands for may lie.
const MEMORY: usize = 256;

/// The agency last mentioned at or before a byte: of one of some kinds, or any that is not federal.
pub(super) fn focus(agencies: &Agencies, byte: u32, kinds: &[AgencyKind]) -> Option<usize> {
    let before = agencies.mentions.partition_point(|mention| mention.span.start <= byte);
    let fits = |mention: &&Mention| {
        let kind = agencies.agencies[mention.agency].kind;
        if kinds.is_empty() { kind != AgencyKind::Federal } else { kinds.contains(&kind) }
    };
    agencies.mentions[..before].iter().rev().take(MEMORY).find(fits).map(|mention| mention.agency)
}

/// As [`focus`], or else the first such agency that follows: headlines speak of what they introduce.
pub(super) fn focus_around(agencies: &Agencies, byte: u32, kinds: &[AgencyKind]) -> Option<usize> {
    focus(agencies, byte, kinds).or_else(|| {
        let before = agencies.mentions.partition_point(|mention| mention.span.start <= byte);
        let fits = |mention: &&Mention| {
            let kind = agencies.agencies[mention.agency].kind;
            if kinds.is_empty() { kind != AgencyKind::Federal } else { kinds.contains(&kind) }
        };
        agencies.mentions[before..].iter().take(AHEAD).find(fits).map(|mention| mention.agency)
    })
}

/// How many mentions ahead a headline looks.
const AHEAD: usize = 6;

/// The spans of earlier layers in tokens.
pub(super) fn layer_spans(
    segmented: &Segmented<'_>,
    agencies: &Agencies,
    citations: &[ByteSpan],
) -> Vec<LayerSpan> {
    let in_tokens = |span: ByteSpan, layer| {
        let (first, last) = (
            segmented.token_at(span.start) as u32,
            segmented.token_at(span.end.saturating_sub(1)) as u32 + 1,
        );
        LayerSpan { first, last, layer }
    };
    let federal = AgencyKind::Federal;
    let mentions = agencies.mentions.iter().map(|mention| {
        let is_federal = agencies.agencies[mention.agency].kind == federal;
        in_tokens(mention.span, if is_federal { Layer::Federal } else { Layer::Local })
    });
    let citations = citations.iter().map(|&span| in_tokens(span, Layer::Citation));
    let persons = agencies.persons.iter().map(|person| in_tokens(person.span, Layer::Person));
    let places = agencies.places.iter().map(|&(span, layer)| in_tokens(span, layer));
    let mut layers: Vec<_> = mentions.chain(citations).chain(persons).chain(places).collect();
    layers.sort_unstable_by_key(|span| (span.first, span.last, span.layer));
    layers
}
