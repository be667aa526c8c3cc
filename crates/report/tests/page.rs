//! The page as a file: whatever is in the texts, it stays data.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

mod common;

use common::{Made, case, sets, small};
use goldrule_harness::{AgreePlan, Annotated, Annotations, Contrast, Settings, Systems, agree};
use goldrule_report::{
    Agreed, Contrasted, Question, Reader, accuracy_plot, agreement_page, confusion_plot, contrast_page,
};
use goldrule_schema::AnnotationSet;
use proptest::prelude::*;

/// What the data element of a page holds.
fn island(page: &str) -> &str {
    let begin = "<script id=\"data\" type=\"application/json\">";
    let start = page.find(begin).expect("the page has data") + begin.len();
    &page[start..start + page[start..].find("</script").unwrap()]
}

/// A page without its data.
fn frame(page: &str) -> String {
    page.replace(island(page), "")
}

/// What follows each `<` of a page's frame, up to the end of the name: its elements in order.
fn elements(frame: &str) -> Vec<&str> {
    frame.split('<').skip(1).filter_map(|tag| tag.split([' ', '>', '\n']).next()).collect()
}

#[test]
fn the_frame_of_a_small_page() {
    let page = frame(&small().page(Reader::default()));
    let cut = |page: &str, tag: &str| {
        let (before, rest) = page.split_once(&format!("<{tag}>")).unwrap();
        format!("{before}<{tag}>…</{tag}>{}", rest.split_once(&format!("</{tag}>")).unwrap().1)
    };
    let page = cut(&cut(&page, "style"), "script");
    let (before, rest) = page.split_once("sha256-").unwrap();
    let page = format!("{before}…{}", &rest[rest.find("base-uri").unwrap()..]);
    let signature = page.find("goldrule:").unwrap();
    let page =
        format!("{}…{}", &page[..signature], &page[signature + page[signature..].find("</code>").unwrap()..]);
    insta::assert_snapshot!(page.replace("><", ">\n<"));
}

#[test]
fn the_data_of_a_small_page() {
    let page = small().page(Reader::default());
    let data: serde_json::Value = serde_json::from_str(island(&page)).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&data).unwrap());
}

#[test]
fn what_may_not_be_seen_is_not_there() {
    let made = small();
    let names = |reader| -> Vec<(String, bool)> {
        let page = made.page(reader);
        let data: serde_json::Value = serde_json::from_str(island(&page)).unwrap();
        let documents = data["documents"].as_array().unwrap();
        documents
            .iter()
            .map(|page| (page["name"].as_str().unwrap().to_owned(), !page["text"].is_null()))
            .collect()
    };
    let seen = |names: &[(&str, bool)]| {
        names.iter().map(|&(name, text)| (name.to_owned(), text)).collect::<Vec<_>>()
    };
    assert_eq!(names(Reader::default()), seen(&[("harbor", true), ("hidden", false)]));
    let all = Reader { reveal: true, include_withheld: true };
    assert_eq!(names(all), seen(&[("harbor", true), ("hidden", true), ("quiet", true)]));
}

#[test]
fn the_policy_names_the_style_and_the_script() {
    use base64::Engine as _;
    use sha2::{Digest, Sha256};

    let page = small().page(Reader::default());
    for tag in ["style", "script"] {
        let text =
            page.split(&format!("<{tag}>")).nth(1).unwrap().split(&format!("</{tag}>")).next().unwrap();
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text));
        assert!(page.contains(&format!("{tag}-src 'sha256-{hash}'")), "{tag}");
    }
    assert!(!frame(&page).contains(" style="), "a policy of hashes forbids styles in elements");
    assert!(!frame(&page).contains(" onclick="));
}

#[test]
fn a_page_without_documents_says_so() {
    let page = Made::new(Vec::new()).page(Reader::default());
    assert!(page.contains("0 documents"));
    assert!(!page.contains("id=\"list\""));
}

/// Texts that are near to being markup.
fn hostile() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "</script>",
        "<script>",
        "<!--",
        "-->",
        "]]>",
        "<b>",
        "&lt;",
        "\"",
        "'",
        "\\u003c",
        "👮🏽",
        "مرحبا",
        "\u{2028}",
        "\0",
        "\u{1b}",
        "\r\n",
        "<",
    ]);
    prop::collection::vec(prop_oneof![bits.prop_map(str::to_owned), "\\PC{0,6}"], 0..12)
        .prop_map(|bits| bits.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_text_becomes_markup(text in hostile(), words in hostile(), name in hostile()) {
        let text = format!("{text}Harbor police do not ask about status, SB 54");
        let made = |text: &str, words: &str, name: &str| {
            let (gold, pred) = sets(name, text, words);
            Made::new(vec![(case(name, text, gold, Some("dev")), pred)])
        };
        let hostile = made(&text, &words, &name).page(Reader::default());
        let plain = made("Harbor police do not ask about status, SB 54", "words", "name").page(Reader::default());
        let (hostile_frame, plain_frame) = (frame(&hostile), frame(&plain));
        prop_assert_eq!(elements(&hostile_frame), elements(&plain_frame));

        let island = island(&hostile);
        prop_assert!(!island.contains(['<', '>', '&']));
        let data: serde_json::Value = serde_json::from_str(island).unwrap();
        let document = &data["documents"][0];
        prop_assert_eq!(document["text"].as_str(), Some(text.as_str()));
        prop_assert_eq!(document["name"].as_str(), Some(name.as_str()));
        let agency = document["records"].as_array().unwrap().iter().find_map(|record| record["sides"][0]["agency"].as_str());
        prop_assert_eq!(agency, Some(words.as_str()));
    }

    #[test]
    fn drawings_are_xml_whatever_they_name(split in hostile(), name in hostile()) {
        let (gold, pred) = sets(&name, common::TEXT, &split);
        let other = case("other", common::TEXT, AnnotationSet::new("other"), Some("dev"));
        let made = Made::new(vec![
            (case(&name, common::TEXT, gold, Some(&split)), pred),
            (other, AnnotationSet::new("other")),
        ]);
        for drawing in [
            accuracy_plot(&made.report),
            confusion_plot(&made.comparisons, None, true),
            confusion_plot(&made.comparisons, Some(Question::Topic), false),
        ] {
            let document = roxmltree::Document::parse(&drawing).unwrap();
            prop_assert_eq!(document.root_element().tag_name().name(), "svg");
            prop_assert!(document.descendants().any(|node| node.tag_name().name() == "title"));
        }
    }

    #[test]
    fn the_same_documents_make_the_same_page(words in hostile()) {
        let page = || {
            let (gold, pred) = sets("harbor", common::TEXT, &words);
            let made = Made::new(vec![(case("harbor", common::TEXT, gold, None), pred)]);
            (made.page(Reader::default()), accuracy_plot(&made.report), confusion_plot(&made.comparisons, None, false))
        };
        prop_assert_eq!(page(), page());
    }
}

/// Every record of every annotator, as layer, place and form.
fn told(records: &serde_json::Value, track: usize) -> Vec<String> {
    let sides = records.as_array().unwrap().iter().map(|record| (&record["layer"], &record["sides"][track]));
    let mut told: Vec<String> = sides
        .filter(|(_, side)| !side.is_null())
        .map(|(layer, side)| format!("{layer} {}", side["start"]))
        .collect();
    told.sort();
    told
}

#[test]
fn each_record_of_each_annotator_is_there_once() {
    let (first, second) = sets("harbor", common::TEXT, "Harbor PD");
    let mut third = first.clone();
    third.stances.clear();
    third.citations.push(goldrule_schema::Citation {
        span: goldrule_schema::CharSpan::new(1, 4),
        ..first.citations[0].clone()
    });
    let sets = [first, second, third];
    let annotated = Annotated {
        document: "harbor".to_owned(),
        sets: sets.iter().cloned().map(Some).collect(),
        entry: None,
        file: "harbor.json".into(),
    };
    let annotations = Annotations {
        annotators: ["<b>one</b>", "two", "three"].map(str::to_owned).to_vec(),
        documents: vec![annotated],
        skipped: Vec::new(),
        findings: Vec::new(),
    };
    let agreement = agree(&annotations, &AgreePlan::default(), || {});
    let agreed = Agreed { title: "goldrule agree", agreement: &agreement, annotations: &annotations };
    let page = agreement_page(&agreed, Reader::default());
    assert!(!frame(&page).contains("<b>"));
    let data: serde_json::Value = serde_json::from_str(island(&page)).unwrap();
    let records = &data["documents"][0]["records"];
    for (track, set) in sets.iter().enumerate() {
        let mut wanted: Vec<String> =
            set.mentions().map(|(_, mention)| format!("\"mention\" {}", mention.span.start)).collect();
        wanted.extend(
            set.agencies.iter().map(|agency| format!("\"agency\" {}", agency.mentions[0].span.start)),
        );
        wanted.extend(set.stances.iter().map(|stance| format!("\"stance\" {}", stance.span.start)));
        wanted.extend(set.citations.iter().map(|citation| format!("\"citation\" {}", citation.span.start)));
        wanted.sort();
        assert_eq!(told(records, track), wanted);
    }
    let class = |layer: &str| {
        let of = records.as_array().unwrap().iter().filter(|record| record["layer"] == layer);
        of.map(|record| record["class"].as_str().unwrap_or("right").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(class("stance"), ["one_side"]);
    assert_eq!(class("agency"), ["label"]);
    assert_eq!(class("citation"), ["one_side", "one_side"]);
}

#[test]
fn two_systems_share_their_gold_records() {
    let (gold, wrong) = sets("harbor", common::TEXT, "Harbor PD");
    let system = |pred: &AnnotationSet| {
        Made::new(vec![(case("harbor", common::TEXT, gold.clone(), Some("dev")), pred.clone())])
    };
    let (old, new) = (system(&wrong), system(&gold));
    let settings = Settings::default();
    let contrast = Contrast::new(&old.comparisons, &new.comparisons, Systems::default(), false, &settings);
    let contrasted = Contrasted {
        title: "goldrule compare",
        contrast: &contrast,
        old: &old.comparisons,
        new: &new.comparisons,
        cases: &new.cases,
    };
    let page = contrast_page(&contrasted, Reader::default());
    let data: serde_json::Value = serde_json::from_str(island(&page)).unwrap();
    let records = data["documents"][0]["records"].as_array().unwrap();
    let told: Vec<String> = records
        .iter()
        .map(|record| {
            let sides =
                record["sides"].as_array().unwrap().iter().map(|side| if side.is_null() { '-' } else { '+' });
            format!("{} {} {}", record["layer"], record["class"], sides.collect::<String>())
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
}
