//! Reading and writing lose nothing.

use goldrule_schema::*;
use proptest::prelude::*;

fn extra() -> impl Strategy<Value = Extra> {
    prop::collection::btree_map(
        "x_[a-z]{1,6}",
        prop_oneof!["\\PC{0,8}".prop_map(serde_json::Value::from), any::<i32>().prop_map(Into::into)],
        0..2,
    )
}

fn word<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(all)
}

/// Spans that do not overlap, in order.
fn spans(most: usize) -> impl Strategy<Value = Vec<CharSpan>> {
    prop::collection::vec((0u32..20, 1u32..20), 0..most).prop_map(|gaps| {
        let mut at = 0;
        gaps.iter()
            .map(|(gap, length)| {
                let start = at + gap;
                at = start + length;
                CharSpan::new(start, at)
            })
            .collect()
    })
}

fn sets() -> impl Strategy<Value = AnnotationSet> {
    let quote = prop::option::of("\\PC{1,12}");
    let mention = (quote.clone(), word(Form::ALL), prop::option::of("[a-z.]{1,9}"), extra());
    let agency = (
        "\\PC{1,20}",
        word(AgencyKind::ALL),
        prop::option::of("[a-z]{1,8}"),
        extra(),
        prop::collection::vec(mention, 1..4),
    );
    let stance = (
        word(Topic::ALL),
        word(Position::ALL),
        word(Attribution::ALL),
        0u32..90,
        1u32..40,
        quote.clone(),
        extra(),
    );
    let citation = (word(CitationKind::ALL), prop::option::of("[a-z0-9/.]{1,9}[a-z0-9]"), quote, extra());
    (
        spans(14),
        prop::collection::vec(agency, 1..4),
        prop::collection::vec(stance, 0..6),
        spans(5),
        prop::collection::vec(citation, 5),
        extra(),
    )
        .prop_map(|(places, agencies, stances, citation_places, citations, extra)| {
            let mut set = AnnotationSet::new("d");
            let mut places = places.into_iter();
            for (index, (name, kind, place, extra, mentions)) in agencies.into_iter().enumerate() {
                let mentions =
                    mentions.into_iter().zip(places.by_ref()).map(|((text, form, rule, extra), span)| {
                        Mention { id: None, span, text, form, rule, extra }
                    });
                let jurisdiction =
                    place.map(|place| format!("ocd-division/country:us/state:ca/place:{place}"));
                set.agencies.push(Agency {
                    id: format!("a{index}"),
                    name,
                    kind,
                    jurisdiction,
                    mentions: mentions.collect(),
                    rule: None,
                    extra,
                });
            }
            for (topic, position, attribution, start, length, text, extra) in stances {
                let span = CharSpan::new(start, start + length);
                if set.stances.iter().all(|s: &Stance| (s.topic, s.span) != (topic, span)) {
                    set.stances.push(Stance {
                        id: None,
                        agency: "a0".into(),
                        topic,
                        position,
                        attribution,
                        span,
                        text,
                        rule: None,
                        extra,
                    });
                }
            }
            for ((kind, canonical, text, extra), span) in citations.into_iter().zip(citation_places) {
                set.citations.push(Citation {
                    id: None,
                    span,
                    text,
                    kind,
                    canonical: canonical.map(|id| format!("/us/{id}")),
                    rule: None,
                    extra,
                });
            }
            set.extra = extra;
            set.sort();
            set
        })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(set in sets()) {
        let json = to_canonical_json(&set);
        let reading = read_annotations("d.json", &json, None);
        let errors: Vec<_> = reading.diagnostics.iter().filter(|finding| finding.is_error()).collect();
        prop_assert!(errors.is_empty(), "{:?}", errors);
        let again = reading.set.unwrap();
        prop_assert_eq!(&again, &set);
        prop_assert_eq!(to_canonical_json(&again), json.clone());
        let line = to_json_line(&set);
        prop_assert!(!line.contains('\n'));
        prop_assert_eq!(read_annotations("d.json", &line, None).set, Some(set));
    }

    #[test]
    fn formatting_twice_changes_nothing_more(set in sets()) {
        let once = format_annotations("d.json", &to_json_line(&set), None).unwrap();
        let twice = format_annotations("d.json", &once.json, None).unwrap();
        prop_assert_eq!(once.json, twice.json);
    }

    #[test]
    fn no_input_makes_the_reader_panic(source in "\\PC{0,200}") {
        let document = Document::new("d", "é text");
        for finding in read_annotations("d.json", &source, Some(&document)).diagnostics {
            finding.render(&source, false);
        }
    }

    #[test]
    fn no_damage_to_a_file_makes_the_reader_panic(set in sets(), at in any::<prop::sample::Index>(), with in "\\PC{0,3}|[\\[\\]{}\",:0-9-]") {
        let mut json = to_canonical_json(&set);
        let at = json.floor_char_boundary(at.index(json.len()));
        let end = json.ceil_char_boundary((at + 1).min(json.len()));
        json.replace_range(at..end, &with);
        let document = Document::new("d", "a text of some length, with é and 👮🏽 in it, long enough for most of the spans to be inside");
        for finding in read_annotations("d.json", &json, Some(&document)).diagnostics {
            finding.render(&json, false);
        }
    }
}
