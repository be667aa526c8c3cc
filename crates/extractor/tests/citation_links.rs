//! Linked text gives the text back, and clusters hold what stands for one authority.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::Path;

use goldrule_extractor::citation::{Markup, annotate, clusters, find_citations, strip_links};
use proptest::prelude::*;

fn round_trip(text: &str) -> usize {
    let citations: Vec<_> = find_citations(text).collect();
    for markup in [Markup::Html, Markup::Markdown] {
        let linked = annotate(text, &citations, markup);
        assert_eq!(strip_links(&linked, markup), text, "{markup:?}: {linked}");
        let links = match markup {
            Markup::Html => linked.matches("<a>").count() + linked.matches("<a ").count(),
            Markup::Markdown => linked.matches("](").count() - linked.matches("\\](").count(),
        };
        assert_eq!(links, citations.len(), "{markup:?}: {linked}");
    }
    citations.len()
}

#[test]
fn every_corpus_document_comes_back_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let (mut documents, mut links) = (0, 0);
    for folder in [root.clone(), root.join("unseen")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                links += round_trip(&std::fs::read_to_string(&path).unwrap());
                documents += 1;
            }
        }
    }
    println!("{documents} documents, {links} links");
    assert!(documents >= 48 && links > 100);
}

#[test]
fn odd_text_comes_back_whole() {
    for text in [
        "",
        "SB 54",
        "<a href=\"x\">SB 54</a> &amp; &lt; & <3 <b>8 U.S.C. § 1373</b>",
        "AT&T v. FCC, 12 F.3d 34 (D.C. Cir. 1999) & R&D &#38; &copy=1",
        "[SB 54](https://example.org) [sic] [x][y] [z]: w \\[a\\] \\\\",
        "Wow! SB 54!SB 54 ![8 CFR 287.7](u) ]SB 54[",
        "![SB 54] [[SB 54]] ](x) \\](x) \\",
        "Line one SB 54\r\nline two\r\n\r\nRCW 10.93.160\r\n",
        "👮🏽 e\u{301} SB 54 \u{202e} H.R. 29, 119th Cong. (2025) \0",
        "*Arizona v. United States*, 567 U.S. 387 (2012)",
    ] {
        round_trip(text);
    }
}

#[test]
fn nothing_of_the_text_becomes_a_tag_or_a_link() {
    let text = "<script>SB 54</script> [SB 54](javascript:x)";
    let citations: Vec<_> = find_citations(text).collect();
    let html = annotate(text, &citations, Markup::Html);
    assert!(!html.contains("<script") && !html.contains("</script"), "{html}");
    let markdown = annotate(text, &citations, Markup::Markdown);
    assert_eq!(markdown.matches("](").count() - markdown.matches("\\](").count(), citations.len());
}

/// The quotes of each cluster, after its id.
fn gathered(text: &str) -> Vec<(Option<String>, Vec<&str>)> {
    let citations: Vec<_> = find_citations(text).collect();
    let quotes = |cluster: &goldrule_extractor::citation::Cluster| {
        cluster.citations.iter().map(|&index| citations[index].quote).collect()
    };
    clusters(text, &citations).iter().map(|cluster| (cluster.canonical.clone(), quotes(cluster))).collect()
}

#[test]
fn one_authority_one_cluster() {
    let text = "Galarza v. Szalczyk, 745 F.3d 634 (3d Cir. 2014). In Washington, SB 5497, the Keep Washington \
                Working Act, bars it. See RCW 10.93.160(4); 8 U.S.C. § 1357(g). Galarza, 745 F.3d at 640. \
                Id. at 641. A 287(g) agreement needs § 1357(g)(1). RCW 10.93.160(5).";
    let id = |id: &str| Some(id.to_owned());
    assert_eq!(
        gathered(text),
        [
            (
                id("/us/case/f3d/745/634"),
                vec![
                    "Galarza v. Szalczyk, 745 F.3d 634 (3d Cir. 2014)",
                    "Galarza, 745 F.3d at 640",
                    "Id. at 641"
                ]
            ),
            (id("/us-wa/bill/sb/5497"), vec!["SB 5497", "Keep Washington Working Act"]),
            (id("/us-wa/code/s10.93.160"), vec!["RCW 10.93.160(4)", "RCW 10.93.160(5)"]),
            (id("/us/usc/t8/s1357"), vec!["8 U.S.C. § 1357(g)", "287(g)", "§ 1357(g)(1)"]),
        ]
    );
}

#[test]
fn parallel_reports_are_one_and_later_history_is_another() {
    let text = "Lunn v. Commonwealth, 477 Mass. 517, 78 N.E.3d 1143 (2017). United States v. California, 921 \
                F.3d 865 (9th Cir. 2019), cert. denied, 141 S. Ct. 124 (2020).";
    let sizes: Vec<_> = gathered(text).iter().map(|(_, quotes)| quotes.len()).collect();
    assert_eq!(sizes, [2, 1, 1]);
    let law = gathered("Pub. L. No. 104-208, 110 Stat. 3009 (1996), and Pub. L. No. 119-1.");
    assert_eq!(law[0].1.len(), 2);
    assert_eq!(law[1].0.as_deref(), Some("/us/pl/119/1"));
}

#[test]
fn what_is_alike_but_another_authority_stays_apart() {
    assert_eq!(gathered("California's SB 54 and Texas' SB 4.").len(), 2);
    assert_eq!(gathered("SB 54 changed the Public Records Act.").len(), 2);
    assert_eq!(gathered("The Laken Riley Act, House Bill 10 and SB 4 differ.").len(), 3);
    assert_eq!(gathered("8 U.S.C. §§ 1373 and 1644").len(), 2);
}

fn pieces() -> impl Strategy<Value = String> {
    let parts = [
        "SB 54",
        "8 U.S.C. § 1373",
        "*Printz v. United States*, 521 U.S. 898 (1997)",
        "Id. at 5",
        "287(g)",
        "&",
        "<",
        ">",
        "[",
        "]",
        "(",
        ")",
        "!",
        "\\",
        "`",
        ":",
        "amp;",
        "lt;",
        "#",
        "a",
        "</a>",
        "<a ",
        " ",
        "\r\n",
        "\n\n",
        "👮",
        "é",
        ". ",
        "](",
        "![",
        "\\\\",
    ];
    proptest::collection::vec(
        prop_oneof![4 => proptest::sample::select(parts.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,4}"],
        0..30,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_text_comes_back_whole(text in pieces()) {
        let citations: Vec<_> = find_citations(&text).collect();
        for markup in [Markup::Html, Markup::Markdown] {
            let linked = annotate(&text, &citations, markup);
            prop_assert_eq!(strip_links(&linked, markup), text.as_str(), "{}", linked);
        }
    }

    #[test]
    fn every_citation_is_in_one_cluster(text in pieces()) {
        let citations: Vec<_> = find_citations(&text).collect();
        let mut all: Vec<usize> =
            clusters(&text, &citations).into_iter().flat_map(|cluster| cluster.citations).collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..citations.len()).collect::<Vec<_>>());
    }
}
