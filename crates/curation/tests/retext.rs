//! Gold carried over corrections of its text: nothing goes to a wrong place by itself.

#![allow(clippy::unwrap_used, reason = "a test may fail where it likes")]

use std::ops::Range;
use std::path::Path;

use goldrule_curation::{Fate, retext};
use goldrule_schema::{AnnotationSet, Corpus, Document, load_annotations, read_annotations};

/// `SplitMix64`, so that every machine makes the same edits.
struct Rng(u64);

impl Rng {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }
}

/// A text whose characters remember where they came from.
struct Traced(Vec<(char, Option<usize>)>, /** Which old characters were moved. */ Vec<bool>);

impl Traced {
    fn new(text: &str) -> Self {
        let traced: Vec<_> = text.chars().enumerate().map(|(at, c)| (c, Some(at))).collect();
        let still = vec![false; traced.len()];
        Self(traced, still)
    }

    fn text(&self) -> String {
        self.0.iter().map(|(c, _)| c).collect()
    }

    fn word(&self, rng: &mut Rng) -> Range<usize> {
        let mut start = rng.below(self.0.len());
        while start > 0 && self.0[start - 1].0.is_alphanumeric() {
            start -= 1;
        }
        let length = self.0[start..].iter().take_while(|(c, _)| c.is_alphanumeric()).count().max(1);
        start..start + length
    }

    fn sentence(&self, rng: &mut Rng) -> Range<usize> {
        let at = rng.below(self.0.len());
        let ends = |c: char| c == '.' || c == '\n';
        let start = (0..at).rev().find(|&at| ends(self.0[at].0)).map_or(0, |at| at + 1);
        let end = (at..self.0.len()).find(|&at| ends(self.0[at].0)).map_or(self.0.len(), |at| at + 1);
        start..end
    }

    /// New characters, typed by hand.
    fn typed(&self, range: Range<usize>) -> Vec<(char, Option<usize>)> {
        self.0[range].iter().map(|(c, _)| (*c, None)).collect()
    }

    fn edit(&mut self, rng: &mut Rng) {
        match rng.below(10) {
            // A word misspelt, or a slip mended.
            0..=2 => {
                let at = self.word(rng).start;
                self.0[at] = ('x', None);
            }
            // A word replaced by one from elsewhere.
            3 => {
                let (word, other) = (self.word(rng), self.word(rng));
                let typed = self.typed(other);
                self.0.splice(word, typed);
            }
            // A word taken out.
            4 => {
                let word = self.word(rng);
                self.0.drain(word);
            }
            // A word put in, or written twice.
            5 => {
                let (word, other) = (self.word(rng), self.word(rng));
                let source = if rng.below(2) == 0 { word.clone() } else { other };
                let mut typed = self.typed(source);
                typed.push((' ', None));
                self.0.splice(word.start..word.start, typed);
            }
            // A sentence taken out.
            6 => {
                let sentence = self.sentence(rng);
                self.0.drain(sentence);
            }
            // A sentence written again behind itself or elsewhere.
            7 => {
                let (sentence, other) = (self.sentence(rng), self.sentence(rng));
                let to = if rng.below(2) == 0 { sentence.end } else { other.end };
                let typed = self.typed(sentence);
                self.0.splice(to..to, typed);
            }
            // A sentence moved.
            8 => {
                let sentence = self.sentence(rng);
                let moved: Vec<_> = self.0.drain(sentence).collect();
                moved.iter().filter_map(|(_, from)| *from).for_each(|at| self.1[at] = true);
                let to = if self.0.is_empty() { 0 } else { self.sentence(rng).end };
                self.0.splice(to..to, moved);
            }
            // Straight quotation marks.
            _ => {
                for at in 0..self.0.len() {
                    if self.0[at].0 == '’' {
                        self.0[at] = ('\'', None);
                    }
                }
            }
        }
        if self.0.is_empty() {
            self.0.push(('x', None));
        }
    }

    /// Where the characters of an old span stand, if they all still stand together.
    fn truth(&self, old: Range<usize>) -> Option<Range<usize>> {
        let start = self.0.iter().position(|(_, from)| *from == Some(old.start))?;
        let end = start + old.len();
        let stretch = self.0.get(start..end)?;
        let whole = stretch.iter().zip(old).all(|((_, from), at)| *from == Some(at));
        whole.then_some(start..end)
    }
}

/// A stretch with what stands before it, and with what stands behind it.
fn around(document: &Document, span: &Range<usize>) -> [String; 2] {
    let from = |start: usize| document.text().chars().skip(start).take(span.len() + 20).collect();
    [from(span.start.saturating_sub(20)), from(span.start)]
}

/// Gold whose texts may be looked at.
fn gold() -> Vec<(AnnotationSet, Document)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (corpus, _) = Corpus::open(&root.join("corpus"), None).unwrap();
    let files = load_annotations(&root.join("annotations/gold"), Some(&corpus)).unwrap();
    let pair = |set: AnnotationSet| {
        let entry = corpus.entry(&set.document)?;
        let document = entry.document()?.clone();
        (entry.split() == Some("dev")).then_some((set, document))
    };
    files.into_iter().filter_map(|file| pair(file.set?)).collect()
}

#[test]
fn two_hundred_corrections_carry_nothing_to_a_wrong_place() {
    let gold = gold();
    let mut rng = Rng(7);
    let (mut untouched, mut carried, mut retyped, mut all) = (0, 0, 0, 0);
    for case in 0..200 {
        let (set, old) = &gold[rng.below(gold.len())];
        let mut traced = Traced::new(old.text());
        for _ in 0..=rng.below(12) {
            traced.edit(&mut rng);
        }
        let new = Document::new(old.id(), traced.text());
        let result = retext(set, old, &new);
        for (record, fate) in &result.fates {
            let span = record.as_ref().span().unwrap();
            let truth = traced.truth(span.range());
            let given = match fate {
                Fate::Kept => Some(span.range()),
                Fate::Moved(span) => Some(span.range()),
                Fate::Proposed(..) | Fate::Orphaned => None,
            };
            let is_untouched = truth.is_some() && !traced.1[span.start as usize];
            all += 1;
            untouched += usize::from(is_untouched);
            carried += usize::from(is_untouched && given.is_some());
            if let Some(given) = given.filter(|given| truth.as_ref() != Some(given)) {
                // Typed anew in the old words and surroundings: no reader of both texts can tell.
                let (was, is) = (around(old, &span.range()), around(&new, &given));
                assert!(
                    truth.is_none() && (was[0] == is[0] || was[1] == is[1]),
                    "case {case}, {}: {record}",
                    old.id()
                );
                retyped += 1;
            }
        }
        let json = goldrule_schema::to_canonical_json(&result.set);
        let reading = read_annotations(&format!("{}.json", old.id()), &json, Some(&new));
        assert!(reading.accepted().is_ok(), "case {case}");
    }
    let per_mille = 1000 * carried / untouched;
    println!(
        "{all} records, {untouched} untouched, {carried} of them carried ({per_mille} in a thousand), {retyped} typed anew"
    );
    assert!(per_mille >= 950, "{per_mille}");
    assert!(untouched < all, "the edits must touch some records");
}

fn told(old: &str, new: &str, records: &str) -> String {
    let (old, new) = (Document::new("note", old), Document::new("note", new));
    let source = format!(
        r#"{{ "schema_version": 1, "document": "note", "agencies": [], "stances": [], "citations": [ {records} ] }}"#
    );
    let set = read_annotations("note.json", &source, Some(&old)).accepted().unwrap();
    retext(&set, &old, &new).report(&new, true)
}

const OLD: &str =
    "A reader wrote in. SB 54 binds all. SB 54 binds all. The Values Act is old, and H.R. 29 is not law.";

#[test]
fn of_two_equal_sentences_one_of_which_is_gone_none_is_chosen() {
    let new = OLD.replacen("SB 54 binds all. ", "", 1);
    let records = r#"{ "text": "SB 54", "occurrence": 1, "kind": "bill" }, { "text": "SB 54", "occurrence": 2, "kind": "bill" },
        { "text": "Values Act", "kind": "named_act" }"#;
    insta::assert_snapshot!(told(OLD, &new, records));
}

#[test]
fn changed_and_removed_text_is_proposed_or_orphaned() {
    let new = "A reader wrote in. SB 54 binds all. SB 54 binds all. The California Values Act is old.";
    let records = r#"{ "text": "SB 54", "occurrence": 1, "kind": "bill" },
        { "text": "The Values Act", "kind": "named_act" }, { "text": "H.R. 29", "kind": "bill" }"#;
    insta::assert_snapshot!(told(OLD, new, records));
}

#[test]
fn a_text_that_did_not_change_keeps_everything() {
    let records = r#"{ "text": "SB 54", "occurrence": 2, "kind": "bill" }"#;
    assert_eq!(told(OLD, OLD, records), "1 kept, 0 moved, 0 proposed, 0 orphaned.\n");
}
