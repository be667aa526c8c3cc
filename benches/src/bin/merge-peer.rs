//! Merges pairs of edits of the shipped gold with goldrule and with `git merge-file`, holds both against the
//! merge known to be right, and writes `benches/peers/MERGE.md`.
//!
//! `cargo run -p goldrule-benches --bin merge-peer`, from the root of the repository; the same page every time.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use goldrule_benches::{EditedPair, Rng, edited_pair};
use goldrule_curation::merge;
use goldrule_schema::{
    AnnotationSet, Corpus, Document, load_annotations, read_annotations, to_canonical_json,
};

const PAIRS: usize = 200;
const INTENSITIES: [(&str, u32); 3] = [("2 edits a side", 2), ("8 edits a side", 8), ("20 edits a side", 20)];

/// How often a merger was right, wrong or asked.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// It merged what can be merged, rightly.
    right: usize,
    /// It asked, though nothing contradicts.
    asked: usize,
    /// It asked where the edits contradict each other.
    rightly_asked: usize,
    /// It wrote something else and said that all is well.
    wrong: usize,
}

impl Tally {
    /// `given` is what the merger wrote where it asked nothing.
    fn count(&mut self, given: Option<&AnnotationSet>, asked: bool, right: Option<&AnnotationSet>) {
        match (asked, right) {
            (true, Some(_)) => self.asked += 1,
            (true, None) => self.rightly_asked += 1,
            (false, right) if right.is_some() && given == right => self.right += 1,
            (false, _) => self.wrong += 1,
        }
    }

    fn row(&self) -> String {
        let settled = self.right + self.asked + self.wrong;
        let per_mille = 1000 * self.asked / settled.max(1);
        format!(
            "{} | {} ({}.{} %) | {} | **{}**",
            self.right,
            self.asked,
            per_mille / 10,
            per_mille % 10,
            self.rightly_asked,
            self.wrong
        )
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (corpus, _) = Corpus::open(Path::new("corpus"), None).map_err(|found| format!("{found:?}"))?;
    let gold = load_annotations(Path::new("annotations/gold"), Some(&corpus)).map_err(|e| e.message)?;
    let sets: Vec<(AnnotationSet, &Document)> = gold
        .into_iter()
        .filter_map(|file| {
            let set = file.set?;
            let document = corpus.entry(&set.document)?.document()?;
            Some((set, document))
        })
        .collect();
    let dir = tempfile::tempdir()?;
    let mut page = String::from(HEAD);
    for (apart, title, remark) in PARTS {
        let _ = write!(page, "\n## {title}\n\n{remark}\n");
        for (name, edits) in INTENSITIES {
            let [mut own, mut lines, mut pretty] = [Tally::default(); 3];
            for pair in pairs(&sets, edits, apart) {
                let merged = merge(&pair.base, &pair.ours, &pair.theirs);
                own.count(Some(&merged.set), !merged.is_clean(), pair.merged.as_ref());
                for (tally, layout) in [(&mut lines, to_canonical_json as Layout), (&mut pretty, indented)] {
                    let (given, asked) = git(&pair, dir.path(), layout)?;
                    tally.count(given.as_ref(), asked, pair.merged.as_ref());
                }
            }
            let _ = write!(page, "\n### {name}\n\n{TABLE}");
            for (tool, tally) in [
                ("goldrule merge", own),
                ("git merge-file, one record a line", lines),
                ("git merge-file, one key a line", pretty),
            ] {
                let _ = writeln!(page, "| {tool} | {} |", tally.row());
            }
        }
    }
    std::fs::write("benches/peers/MERGE.md", page)?;
    Ok(())
}

const HEAD: &str = "\
# Merging edited gold files: goldrule and git

Written by `cargo run -p goldrule-benches --bin merge-peer`, which takes 200 seeded pairs at each of three
intensities: a shipped gold file whose text is at hand, and two people's random edits of it: records removed,
added, relabelled, their boundaries moved; agencies renamed, with all that refers to them; a status set. The
program applies both people's edits to the base in turn, which gives the right merge without asking any merger.
`git merge-file` gets the same three files in two layouts.

*Right*: the right merge, without a question. *Asked needlessly*: a conflict although the edits go together, in
brackets its share of the pairs that do. *Asked rightly*: a conflict where the edits contradict each other.
*Wrong*: reported as merged, and not the right merge, or not even JSON.
";
const TABLE: &str = "\
| | right | asked needlessly | asked rightly | wrong |
| --- | ---: | ---: | ---: | ---: |
";
const PARTS: [(bool, &str, &str); 2] = [
    (true, "Edits of different records", "No record is edited by both."),
    (
        false,
        "Edits of the same few records",
        "Both choose from few records, so that many are edited by both. A boundary moved by one and a label \
         changed by the other go together; two labels of one sort, or a removal and a change, contradict.",
    ),
];

type Layout = fn(&AnnotationSet) -> String;

fn pairs<'a>(
    sets: &'a [(AnnotationSet, &'a Document)],
    edits: u32,
    apart: bool,
) -> impl Iterator<Item = EditedPair> + 'a {
    let mut rng = Rng::new(u64::from(edits) + u64::from(apart) * 1000);
    let valid = |set: &AnnotationSet| reads(&to_canonical_json(set)).is_some();
    let drawn = std::iter::repeat_with(move || {
        let (set, document) = rng.pick(sets);
        edited_pair(set, document, edits, apart, &mut rng)
    });
    drawn
        .filter(move |pair| [&pair.base, &pair.ours, &pair.theirs].into_iter().all(valid))
        .map(move |mut pair| {
            // Edits that are fine alone may not go together: two records at one place.
            pair.merged = pair.merged.filter(valid);
            pair
        })
        .take(PAIRS)
}

fn reads(json: &str) -> Option<AnnotationSet> {
    read_annotations("standard input", json, None).accepted().ok()
}

fn indented(set: &AnnotationSet) -> String {
    let value: serde_json::Value = serde_json::from_str(&to_canonical_json(set)).unwrap_or_default();
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}

/// What git makes of a pair: the set it wrote, and whether it asked.
fn git(
    pair: &EditedPair,
    dir: &Path,
    layout: Layout,
) -> Result<(Option<AnnotationSet>, bool), Box<dyn Error>> {
    for (name, set) in [("base", &pair.base), ("ours", &pair.ours), ("theirs", &pair.theirs)] {
        std::fs::write(dir.join(name), layout(set))?;
    }
    let run = Command::new("git")
        .args(["merge-file", "--stdout", "--quiet", "ours", "base", "theirs"])
        .current_dir(dir)
        .output()?;
    let given = String::from_utf8(run.stdout)?;
    let set = reads(&given).map(|mut set| {
        set.sort();
        set
    });
    match run.status.code() {
        Some(code @ 0..=127) => Ok((set, code > 0)),
        _ => Err("git merge-file failed".into()),
    }
}
