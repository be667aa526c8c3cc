//! Annotation sets for the scorer: gold, and a system that is right about most of it.

use goldrule_schema::{
    Agency, AgencyKind, AnnotationSet, Attribution, CharSpan, Citation, CitationKind, Extra, Form, Mention,
    Position, Stance, Topic,
};

use crate::Rng;

/// Chance in per cent that the system misses a record, and that it makes one up.
const ERROR: u32 = 15;
/// Chance in per cent that a found record has another boundary, and that it has another label.
const SLIP: u32 = 10;

/// `count` pairs of gold and system output with about as many records as documents of the corpus have.
///
/// ```
/// let pairs = goldrule_benches::synthetic_pairs(20, 1);
/// assert_eq!(pairs, goldrule_benches::synthetic_pairs(20, 1));
/// assert!(pairs.iter().any(|(gold, system)| gold.citations != system.citations));
/// ```
pub fn synthetic_pairs(count: usize, seed: u64) -> Vec<(AnnotationSet, AnnotationSet)> {
    let mut rng = Rng::new(seed);
    (0..count)
        .map(|number| {
            let gold = gold(&mut rng, &format!("synthetic-{number:05}"));
            let system = system(&mut rng, &gold);
            (gold, system)
        })
        .collect()
}

fn gold(rng: &mut Rng, document: &str) -> AnnotationSet {
    let mut set = AnnotationSet::new(document);
    let mut at = rng.below(40);
    for number in 0..=rng.below(5) {
        set.agencies.push(agency(rng, number));
    }
    for _ in 0..6 + rng.below(18) {
        let owner = rng.below(set.agencies.len() as u32) as usize;
        let span = next_span(rng, &mut at, 4, 40);
        let mention = mention(rng, span);
        set.agencies[owner].mentions.push(mention);
        if rng.chance(25) {
            let holder = set.agencies[owner].id.clone();
            let span = next_span(rng, &mut at, 30, 150);
            set.stances.push(stance(rng, holder, span));
        }
        if rng.chance(35) {
            let span = next_span(rng, &mut at, 4, 35);
            set.citations.push(citation(rng, span));
        }
    }
    set.agencies.retain(|agency| !agency.mentions.is_empty());
    set.sort();
    set
}

/// The gold with records lost, moved, relabelled and made up.
fn system(rng: &mut Rng, gold: &AnnotationSet) -> AnnotationSet {
    let mut set = gold.clone();
    let mut end = gold.stances.iter().map(|s| s.span.end).max().unwrap_or(0) + 400;
    for agency in &mut set.agencies {
        agency.mentions.retain(|_| !rng.chance(ERROR));
        for mention in &mut agency.mentions {
            mention.span = slipped(rng, mention.span);
        }
        if rng.chance(ERROR) {
            let span = next_span(rng, &mut end, 4, 40);
            agency.mentions.push(mention(rng, span));
        }
    }
    set.agencies.retain(|agency| !agency.mentions.is_empty());
    set.stances.retain(|_| !rng.chance(2 * ERROR));
    set.stances.retain(|stance| set.agencies.iter().any(|agency| agency.id == stance.agency));
    for stance in &mut set.stances {
        stance.span = slipped(rng, stance.span);
        if rng.chance(SLIP) {
            stance.position = *rng.pick(Position::ALL);
        }
    }
    set.citations.retain(|_| !rng.chance(ERROR));
    for citation in &mut set.citations {
        citation.span = slipped(rng, citation.span);
        if rng.chance(SLIP) {
            citation.canonical = None;
        }
    }
    if rng.chance(2 * ERROR) {
        let span = next_span(rng, &mut end, 4, 35);
        set.citations.push(citation(rng, span));
    }
    set.sort();
    set
}

/// A span after `at`, which moves past it.
fn next_span(rng: &mut Rng, at: &mut u32, shortest: u32, longest: u32) -> CharSpan {
    let start = *at + 5 + rng.below(80);
    *at = start + shortest + rng.below(longest - shortest);
    CharSpan::new(start, *at)
}

fn slipped(rng: &mut Rng, span: CharSpan) -> CharSpan {
    if rng.chance(SLIP) { CharSpan::new(span.start, span.end + 1 + rng.below(4)) } else { span }
}

fn agency(rng: &mut Rng, number: u32) -> Agency {
    Agency {
        id: format!("agency-{number}"),
        name: format!("Agency {number}"),
        kind: *rng.pick(AgencyKind::ALL),
        jurisdiction: rng
            .chance(70)
            .then(|| format!("ocd-division/country:us/state:wa/place:town_{}", rng.below(60))),
        mentions: Vec::new(),
        rule: None,
        extra: Extra::new(),
    }
}

fn mention(rng: &mut Rng, span: CharSpan) -> Mention {
    let form = *rng.pick(Form::ALL);
    Mention { id: None, span, text: None, form, rule: None, extra: Extra::new() }
}

fn stance(rng: &mut Rng, agency: String, span: CharSpan) -> Stance {
    Stance {
        id: None,
        agency,
        topic: *rng.pick(Topic::ALL),
        position: *rng.pick(Position::ALL),
        attribution: *rng.pick(Attribution::ALL),
        span,
        text: None,
        rule: None,
        extra: Extra::new(),
    }
}

fn citation(rng: &mut Rng, span: CharSpan) -> Citation {
    Citation {
        id: None,
        span,
        text: None,
        kind: *rng.pick(CitationKind::ALL),
        canonical: rng.chance(85).then(|| format!("/us/usc/t8/s{}", 1000 + rng.below(500))),
        rule: None,
        extra: Extra::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_well_formed_and_differ() {
        let pairs = synthetic_pairs(200, 3);
        for (gold, system) in &pairs {
            for set in [gold, system] {
                assert!(set.agencies.iter().all(|agency| !agency.mentions.is_empty()));
                assert!(set.stances.iter().all(|stance| set.agency(&stance.agency).is_some()));
                let mut sorted = set.clone();
                sorted.sort();
                assert_eq!(*set, sorted);
            }
        }
        let same = pairs.iter().filter(|(gold, system)| gold == system).count();
        assert!(same < 20, "{same} of 200 systems are perfect");
    }
}
