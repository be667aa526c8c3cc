//! One side of a comparison, laid out by content.
//!
//! Neither the order of the records nor the ids of the agencies may change a figure. So everything is
//! sorted by what it contains, and an agency is known by a hash of its content, not by its id.
//!
//! *Copies.* A record that stands twice in one set (a mention with equal agency and span, a stance with
//! equal evidence, holder, topic and position, a citation with equal span, kind and canonical) is
//! numbered 0, 1, …; copy `k` is only ever matched with copy `k` of the other side, so that saying a
//! thing twice cannot raise a score. Agencies with equal sets of mention spans are numbered likewise.

use std::collections::BTreeMap;

use goldrule_schema::{Agency, AnnotationSet, CharSpan};

use crate::policy::Duplicates;

/// Scrambles a number (the finaliser of `SplitMix64`, Steele, Lea and Flood 2014).
pub(crate) fn mix(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ (n >> 31)
}

fn hash_text(text: &str) -> u64 {
    text.bytes().fold(text.len() as u64, |hash, byte| mix(hash ^ u64::from(byte)))
}

fn hash_all(numbers: impl IntoIterator<Item = u64>) -> u64 {
    numbers.into_iter().fold(0, |hash, number| mix(hash ^ number))
}

fn hash_span(span: CharSpan) -> u64 {
    u64::from(span.start) << 32 | u64::from(span.end)
}

/// An agency, at its canonical place.
pub(crate) struct AgencyView<'a> {
    pub(crate) record: &'a Agency,
    /// Its place in the set.
    pub(crate) index: u32,
    /// Of what it is: kind, name, jurisdiction and mentions.
    pub(crate) identity: u64,
    /// Of what it is and the stances it holds.
    pub(crate) content: u64,
    /// Of the mentions with their repeats; orders agencies that differ in nothing else.
    repeats: u64,
    /// Distinct mention spans, sorted.
    pub(crate) spans: Vec<CharSpan>,
    /// Which of the agencies with exactly these spans it is.
    pub(crate) copy: u32,
}

/// A mention; sorted by (span, copy, agency).
pub(crate) struct MentionView {
    pub(crate) span: CharSpan,
    /// Which of its agency's records with this span it is.
    pub(crate) copy: u32,
    /// Which of the agencies that have this span at this copy its own is.
    pub(crate) rank: u32,
    /// Canonical place of its agency.
    pub(crate) agency: u32,
    /// Its place among its agency's mentions.
    pub(crate) index: u32,
    pub(crate) form: u64,
    pub(crate) content: u64,
}

/// A stance; sorted by evidence and content.
pub(crate) struct StanceView {
    pub(crate) span: CharSpan,
    /// Canonical place of the holder, or one past the agencies and up for ids that name none.
    pub(crate) holder: u32,
    pub(crate) topic: u64,
    pub(crate) position: u64,
    pub(crate) attribution: u64,
    pub(crate) copy: u32,
    pub(crate) index: u32,
    pub(crate) content: u64,
}

/// A citation; sorted by span and content.
pub(crate) struct CitationView {
    pub(crate) span: CharSpan,
    pub(crate) kind: u64,
    pub(crate) copy: u32,
    /// Which of the citations with this span at this copy it is.
    pub(crate) rank: u32,
    pub(crate) index: u32,
    pub(crate) content: u64,
}

/// One annotation set by content.
pub(crate) struct Side<'a> {
    pub(crate) set: &'a AnnotationSet,
    pub(crate) duplicates: Duplicates,
    pub(crate) agencies: Vec<AgencyView<'a>>,
    pub(crate) mentions: Vec<MentionView>,
    pub(crate) stances: Vec<StanceView>,
    pub(crate) citations: Vec<CitationView>,
}

impl<'a> Side<'a> {
    pub(crate) fn new(set: &'a AnnotationSet, duplicates: Duplicates) -> Self {
        let agencies = agencies(set);
        let (mentions, stances, citations) = (mentions(&agencies), stances(set, &agencies), citations(set));
        let mut side = Self { set, duplicates, agencies, mentions, stances, citations };
        match duplicates {
            Duplicates::CopyByCopy => {}
            Duplicates::Drop => side.drop_copies(),
            Duplicates::Keep => side.forget_copies(),
        }
        side
    }

    fn drop_copies(&mut self) {
        self.mentions.retain(|mention| mention.copy == 0);
        self.stances.retain(|stance| stance.copy == 0);
        self.citations.retain(|citation| citation.copy == 0);
    }

    /// Makes every copy a record like any other.
    fn forget_copies(&mut self) {
        self.agencies.iter_mut().for_each(|agency| agency.copy = 0);
        for mention in &mut self.mentions {
            (mention.copy, mention.rank) = (0, 0);
        }
        self.mentions.sort_by_key(|mention| (mention.span, mention.agency));
        for stance in &mut self.stances {
            stance.copy = 0;
        }
        for citation in &mut self.citations {
            (citation.copy, citation.rank) = (0, 0);
        }
        self.citations.sort_by_key(|citation| (citation.span, citation.kind, citation.content));
    }
}

/// Numbers the items of each run of equal keys; the items are sorted by `key` first of all.
fn number<T, K: PartialEq>(items: &mut [T], key: impl Fn(&T) -> K, mut set: impl FnMut(&mut T, u32)) {
    let mut n = 0;
    for at in 0..items.len() {
        n = if at > 0 && key(&items[at - 1]) == key(&items[at]) { n + 1 } else { 0 };
        set(&mut items[at], n);
    }
}

fn agencies(set: &AnnotationSet) -> Vec<AgencyView<'_>> {
    let mut held: Vec<(&str, u64)> = set
        .stances
        .iter()
        .map(|s| {
            let words = [s.topic as u64, s.position as u64, s.attribution as u64];
            (s.agency.as_str(), hash_all(words.into_iter().chain([hash_span(s.span)])))
        })
        .collect();
    held.sort_unstable();
    held.dedup(); // so that repeating a record changes no one's content
    let mut views: Vec<AgencyView<'_>> = set
        .agencies
        .iter()
        .enumerate()
        .map(|(index, record)| {
            let mut marks: Vec<(CharSpan, u64)> =
                record.mentions.iter().map(|m| (m.span, m.form as u64)).collect();
            marks.sort_unstable();
            let repeats = hash_all(marks.iter().flat_map(|&(span, form)| [hash_span(span), form]));
            marks.dedup();
            let from = held.partition_point(|h| h.0 < record.id.as_str());
            let stances = held[from..].iter().take_while(|h| h.0 == record.id).map(|h| h.1);
            let jurisdiction = record.jurisdiction.as_deref().map_or(0, hash_text);
            let identity = hash_all(
                [record.kind as u64, hash_text(&record.name), jurisdiction]
                    .into_iter()
                    .chain(marks.iter().flat_map(|&(span, form)| [hash_span(span), form])),
            );
            let content = hash_all([identity].into_iter().chain(stances));
            let mut spans: Vec<CharSpan> = marks.into_iter().map(|m| m.0).collect();
            spans.dedup();
            AgencyView { record, index: index as u32, identity, content, repeats, spans, copy: 0 }
        })
        .collect();
    views.sort_by(|a, b| (&a.spans, a.content, a.repeats).cmp(&(&b.spans, b.content, b.repeats)));
    for at in 1..views.len() {
        if views[at - 1].spans == views[at].spans {
            views[at].copy = views[at - 1].copy + 1;
        }
    }
    views
}

fn mentions(agencies: &[AgencyView<'_>]) -> Vec<MentionView> {
    let mut views = Vec::with_capacity(agencies.iter().map(|a| a.record.mentions.len()).sum());
    for (place, agency) in agencies.iter().enumerate() {
        for (index, mention) in agency.record.mentions.iter().enumerate() {
            let form = mention.form as u64;
            views.push(MentionView {
                span: mention.span,
                copy: 0,
                rank: 0,
                agency: place as u32,
                index: index as u32,
                form,
                content: hash_all([agency.content, hash_span(mention.span), form]),
            });
        }
    }
    views.sort_by_key(|m| (m.span, m.agency, m.form));
    number(&mut views, |m| (m.span, m.agency), |m, n| m.copy = n);
    views.sort_by_key(|m| (m.span, m.copy, m.agency));
    number(&mut views, |m| (m.span, m.copy), |m, n| m.rank = n);
    views
}

fn stances(set: &AnnotationSet, agencies: &[AgencyView<'_>]) -> Vec<StanceView> {
    let mut ids: Vec<(&str, u32)> =
        agencies.iter().enumerate().map(|(place, a)| (a.record.id.as_str(), place as u32)).collect();
    ids.sort_unstable();
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut views: Vec<StanceView> = Vec::with_capacity(set.stances.len());
    for (index, stance) in set.stances.iter().enumerate() {
        let id = stance.agency.as_str();
        let at = ids.partition_point(|&(known, _)| known < id);
        let holder = match ids.get(at) {
            Some(&(known, place)) if known == id => place,
            _ => {
                let next = unknown.len();
                let place = *unknown.entry(id).or_insert(next);
                (agencies.len() + place) as u32
            }
        };
        let (topic, position) = (stance.topic as u64, stance.position as u64);
        let attribution = stance.attribution as u64;
        let who = agencies.get(holder as usize).map_or(0, |a| a.content);
        let content = hash_all([hash_span(stance.span), topic, position, attribution, who]);
        let (span, index) = (stance.span, index as u32);
        views.push(StanceView { span, holder, topic, position, attribution, copy: 0, index, content });
    }
    let key = |s: &StanceView| (s.span, s.topic, s.position, s.holder);
    views.sort_by_key(|s| (key(s), s.attribution));
    number(&mut views, key, |s, n| s.copy = n);
    views
}

fn citations(set: &AnnotationSet) -> Vec<CitationView> {
    let mut views: Vec<CitationView> = set
        .citations
        .iter()
        .enumerate()
        .map(|(index, citation)| {
            let kind = citation.kind as u64;
            let canonical = citation.canonical.as_deref().map_or(0, hash_text);
            let content = hash_all([hash_span(citation.span), kind, canonical]);
            CitationView { span: citation.span, kind, copy: 0, rank: 0, index: index as u32, content }
        })
        .collect();
    views.sort_by_key(|c| (c.span, c.kind, c.content));
    number(&mut views, |c| (c.span, c.content), |c, n| c.copy = n);
    views.sort_by_key(|c| (c.span, c.copy, c.kind, c.content));
    number(&mut views, |c| (c.span, c.copy), |c, n| c.rank = n);
    views
}
