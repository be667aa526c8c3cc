//! What the targets share: checks on annotation sets, and sets made from arbitrary bytes.

use arbitrary::Arbitrary;
use goldrule_schema::{
    Agency, AgencyKind, AnnotationSet, Attribution, CharSpan, Citation, CitationKind, Document, Extra, Form,
    Mention, Position, Stance, Topic,
};

/// Panics where a record of `set` does not stand on the characters that it quotes from `document`, or a
/// stance has no holder.
pub fn assert_grounded(document: &Document, set: &AnnotationSet) {
    let check = |span: CharSpan, text: Option<&str>| {
        let quote = document.quote(span);
        assert!(quote.is_some() && !span.is_empty(), "{span} is empty or outside");
        assert_eq!(text, quote, "at {span}");
    };
    set.mentions().for_each(|(_, mention)| check(mention.span, mention.text.as_deref()));
    set.citations.iter().for_each(|citation| check(citation.span, citation.text.as_deref()));
    for stance in &set.stances {
        check(stance.span, stance.text.as_deref());
        assert!(set.agency(&stance.agency).is_some(), "nobody is `{}`", stance.agency);
    }
}

/// An annotation set as a fuzzer draws it: spans may be empty, equal or nested, agencies may share an id
/// or have no mention, and stances may belong to nobody.
#[derive(Arbitrary, Debug)]
pub struct WildSet {
    agencies: Vec<WildAgency>,
    stances: Vec<(u8, WildSpan, u8, u8, u8)>,
    citations: Vec<(WildSpan, u8, Option<u8>)>,
}

#[derive(Arbitrary, Debug)]
struct WildAgency {
    id: u8,
    kind: u8,
    jurisdiction: Option<u8>,
    mentions: Vec<(WildSpan, u8)>,
}

/// Start and length; few values, so that spans meet.
#[derive(Arbitrary, Clone, Copy, Debug)]
struct WildSpan(u8, u8);

impl WildSpan {
    fn span(self) -> CharSpan {
        let start = u32::from(self.0);
        CharSpan::new(start, start + u32::from(self.1 % 16))
    }
}

fn one_of<T: Copy>(all: &[T], byte: u8) -> T {
    all[usize::from(byte) % all.len()]
}

fn agency_id(byte: u8) -> String {
    format!("agency-{}", byte % 8)
}

impl From<&WildSet> for AnnotationSet {
    fn from(wild: &WildSet) -> Self {
        let mut set = Self::new("wild");
        set.agencies = wild.agencies.iter().map(agency).collect();
        for &(holder, span, topic, position, attribution) in &wild.stances {
            set.stances.push(Stance {
                id: None,
                agency: agency_id(holder),
                topic: one_of(Topic::ALL, topic),
                position: one_of(Position::ALL, position),
                attribution: one_of(Attribution::ALL, attribution),
                span: span.span(),
                text: None,
                rule: None,
                extra: Extra::new(),
            });
        }
        for &(span, kind, canonical) in &wild.citations {
            set.citations.push(Citation {
                id: None,
                span: span.span(),
                text: None,
                kind: one_of(CitationKind::ALL, kind),
                canonical: canonical.map(|section| format!("/us/usc/t8/s{}", section % 4)),
                rule: None,
                extra: Extra::new(),
            });
        }
        set
    }
}

fn agency(wild: &WildAgency) -> Agency {
    let mention = |&(span, form): &(WildSpan, u8)| Mention {
        id: None,
        span: span.span(),
        text: None,
        form: one_of(Form::ALL, form),
        rule: None,
        extra: Extra::new(),
    };
    Agency {
        id: agency_id(wild.id),
        name: String::new(),
        kind: one_of(AgencyKind::ALL, wild.kind),
        jurisdiction: wild
            .jurisdiction
            .map(|place| format!("ocd-division/country:us/state:wa/place:p{}", place % 4)),
        mentions: wild.mentions.iter().map(mention).collect(),
        rule: None,
        extra: Extra::new(),
    }
}
