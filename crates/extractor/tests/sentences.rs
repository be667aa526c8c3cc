//! Where sentences end, on hard cases of our own: abbreviations, citations, quotations, lists, initials.

use goldrule_extractor::segment::Segmented;
use goldrule_extractor::token::Vocabulary;

/// The sentences of a text, each without the white space around it.
fn split(text: &str) -> Vec<String> {
    let segmented = Segmented::new(text, &Vocabulary::default());
    let sentences = segmented.sentences.iter();
    sentences.map(|&sentence| text[segmented.span(sentence).range()].to_owned()).collect()
}

/// A case as its text and the sentences it should have.
fn read(line: &str) -> (String, Vec<String>) {
    let line = line.replace("\\n", "\n");
    let text: Vec<_> = line.split('‖').map(str::trim).filter(|part| !part.is_empty()).collect();
    let sentences = text.iter().flat_map(|part| part.split('\n')).map(|part| part.trim().to_owned());
    (text.join(" "), sentences.collect())
}

#[test]
fn hard_cases_split_where_they_should() {
    let cases: Vec<_> = include_str!("sentences.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(read)
        .collect();
    let wrong: Vec<_> = cases
        .iter()
        .filter_map(|(text, want)| {
            let have = split(text);
            (have != *want).then(|| format!("want {want:?}\nhave {have:?}"))
        })
        .collect();
    assert!(cases.len() >= 120, "only {} cases", cases.len());
    let right = cases.len() - wrong.len();
    assert!(
        right * 100 >= cases.len() * 98,
        "{right} of {} cases are right:\n{}",
        cases.len(),
        wrong.join("\n")
    );
}
