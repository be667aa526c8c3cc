//! Annotation sets made by hand and by chance.

#![allow(dead_code)]

use std::collections::BTreeSet;

use goldrule_schema::{
    Agency, AgencyKind, AnnotationSet, Attribution, CharSpan, Citation, CitationKind, Extra, Form, Mention,
    Position, Stance, Topic,
};
use proptest::prelude::*;

pub(crate) fn mention(span: CharSpan, form: Form) -> Mention {
    Mention { id: None, span, text: None, form, rule: None, extra: Extra::default() }
}

/// An agency with mentions of one character at these places.
pub(crate) fn agency(id: &str, places: &[u32]) -> Agency {
    let mentions = places.iter().map(|&at| mention(CharSpan::new(at, at + 1), Form::Name)).collect();
    Agency {
        id: id.to_owned(),
        name: id.to_owned(),
        kind: AgencyKind::Police,
        jurisdiction: None,
        mentions,
        rule: None,
        extra: Extra::default(),
    }
}

pub(crate) fn stance(agency: &str, topic: Topic, position: Position, span: CharSpan) -> Stance {
    Stance {
        id: None,
        agency: agency.to_owned(),
        topic,
        position,
        attribution: Attribution::Own,
        span,
        text: None,
        rule: None,
        extra: Extra::default(),
    }
}

pub(crate) fn citation(span: CharSpan, kind: CitationKind, canonical: Option<&str>) -> Citation {
    let canonical = canonical.map(str::to_owned);
    Citation { id: None, span, text: None, kind, canonical, rule: None, extra: Extra::default() }
}

pub(crate) fn with_agencies(agencies: &[Agency]) -> AnnotationSet {
    AnnotationSet { agencies: agencies.to_vec(), ..AnnotationSet::new("d") }
}

fn pick<T: Copy + std::fmt::Debug + 'static>(values: &'static [T], n: usize) -> impl Strategy<Value = T> {
    prop::sample::select(&values[..n])
}

fn any_span(shortest: u32) -> impl Strategy<Value = CharSpan> {
    (0u32..9, shortest..4).prop_map(|(start, length)| CharSpan::new(start, start + length))
}

fn any_jurisdiction() -> impl Strategy<Value = Option<String>> {
    prop_oneof![Just(None), Just(Some("us/ca".to_owned())), Just(Some("us/wa".to_owned()))]
}

/// Small crowded sets; `fewest` mentions an agency has, and whether stances may name no agency.
fn any_set(fewest: usize, dangling: bool) -> impl Strategy<Value = AnnotationSet> {
    let mentions = prop::collection::vec((any_span(0), pick(Form::ALL, 3)), fewest..5);
    let agency =
        (mentions, pick(AgencyKind::ALL, 2), any_jurisdiction(), prop::sample::select(vec!["n", "m"]));
    let stance =
        (0usize..5, any_span(1), pick(Topic::ALL, 2), pick(Position::ALL, 2), pick(Attribution::ALL, 2));
    let canonical = prop::option::of(prop::sample::select(vec!["/a", "/b"]));
    let citation = (any_span(0), pick(CitationKind::ALL, 2), canonical);
    let agencies = prop::collection::vec(agency, 0..5);
    (agencies, prop::collection::vec(stance, 0..6), prop::collection::vec(citation, 0..6)).prop_map(
        move |(agencies, stances, citations)| {
            let mut set = AnnotationSet::new("d");
            for (at, (mentions, kind, jurisdiction, name)) in agencies.into_iter().enumerate() {
                let mentions = mentions.into_iter().map(|(span, form)| mention(span, form)).collect();
                set.agencies.push(Agency {
                    name: name.to_owned(),
                    kind,
                    jurisdiction,
                    mentions,
                    ..self::agency(&format!("agency-{at}"), &[])
                });
            }
            let held = set.agencies.len();
            for (at, span, topic, position, attribution) in stances {
                let at = if dangling { at } else { at % held.max(1) };
                if at < held || dangling {
                    let made = self::stance(&format!("agency-{at}"), topic, position, span);
                    set.stances.push(Stance { attribution, ..made });
                }
            }
            set.citations = citations.into_iter().map(|(s, kind, c)| self::citation(s, kind, c)).collect();
            set
        },
    )
}

/// Sets that a check would let pass: every agency has a mention, every stance a holder.
pub(crate) fn sound_set() -> impl Strategy<Value = AnnotationSet> {
    any_set(1, false)
}

/// Sets that may lack anything.
pub(crate) fn wild_set() -> impl Strategy<Value = AnnotationSet> {
    any_set(0, true)
}

/// Without any span that two mentions share, and without repeats.
pub(crate) fn without_shared_spans(set: AnnotationSet) -> AnnotationSet {
    let mut set = without_repeats(set);
    let mut seen = BTreeSet::new();
    for agency in &mut set.agencies {
        agency.mentions.retain(|m| seen.insert(m.span));
    }
    set
}

/// Without any record that stands twice.
pub(crate) fn without_repeats(mut set: AnnotationSet) -> AnnotationSet {
    for agency in &mut set.agencies {
        let mut seen = BTreeSet::new();
        agency.mentions.retain(|m| seen.insert(m.span));
    }
    let mut seen = BTreeSet::new();
    set.stances.retain(|s| seen.insert((s.span, s.agency.clone(), s.topic, s.position)));
    let mut seen = BTreeSet::new();
    set.citations.retain(|c| seen.insert((c.span, c.kind, c.canonical.clone())));
    set
}

/// The same content in an order that `seed` decides, under other ids.
pub(crate) fn disguised(mut set: AnnotationSet, seed: u64) -> AnnotationSet {
    let renamed = |id: &str| {
        let number: u64 = id.trim_start_matches("agency-").parse().expect("ids end in a number");
        format!("x{:04}", (number.wrapping_mul(7).wrapping_add(seed)) % 101)
    };
    for agency in &mut set.agencies {
        agency.id = renamed(&agency.id);
        shuffle(&mut agency.mentions, seed);
    }
    for stance in &mut set.stances {
        stance.agency = renamed(&stance.agency);
    }
    shuffle(&mut set.agencies, seed);
    shuffle(&mut set.stances, seed);
    shuffle(&mut set.citations, seed);
    set
}

fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for last in (1..items.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, (seed >> 33) as usize % (last + 1));
    }
}
