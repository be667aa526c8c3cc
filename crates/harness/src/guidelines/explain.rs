//! What each code of a finding means, at length.

use goldrule_schema::CODES;

/// Code, what it means, the guidelines' words, what to do.
const GUIDELINES: &[(&str, &str, &str, &str)] = &[
    (
        "assisted",
        "a file cannot be marked as annotated without suggestions: some were shown or accepted",
        "`meta.assisted` tells whether suggestions were shown while a document was annotated.",
        "Annotate the document anew where nobody has seen suggestions for it.",
    ),
    (
        "evidence-crosses-sentence",
        "the evidence of a stance goes on behind the end of a sentence",
        "“Evidence: the span that states the position, never crossing a sentence end. … Two sentences that each \
         state the same position are two stances.” (section 2)",
        "Cut the evidence to the sentence that states the position. Where sentences end is worked out from the \
         text and can be wrong at an abbreviation; such a warning may stand.",
    ),
    (
        "holder-without-mention",
        "an agency holds a stance and has no mention",
        "“Where an agency that holds a stance has no markable mention at all, mark its head's bare title once, at \
         the first place where it stands with the head's name.” (section 1)",
        "Mark the mention. Which words they are, a person has to say.",
    ),
    (
        "leading-determiner",
        "a mention begins with an article, a demonstrative or a possessive",
        "“Leave off leading articles, demonstratives and possessives (“the”, “this”, “our”) and a trailing \
         possessive “'s”.” (section 1)",
        "`goldrule check --fix` moves the start behind it.",
    ),
    (
        "open-conflicts",
        "a merge left conflicts that nobody has settled yet",
        "A record of which both sides of a merge changed the same is kept in `DOCUMENT.conflicts.json` beside the \
         gold file, in all its versions; the gold file holds ours.",
        "Go through it (`goldrule review --conflicts`), or mend the gold file by hand and remove the sidecar. Git \
         knows nothing of the sidecar: where the merge was aborted, remove it.",
    ),
    (
        "trailing-possessive",
        "a mention ends in “'s”",
        "“Leave off leading articles, demonstratives and possessives (“the”, “this”, “our”) and a trailing \
         possessive “'s”.” (section 1)",
        "`goldrule check --fix` moves the end before it.",
    ),
    (
        "trailing-punctuation",
        "a citation ends in a comma, semicolon, colon, or a full stop that is none of its own",
        "“The span runs from the first to the last character of the citation …; leave off a leading “the” and a \
         trailing comma or full stop.” (section 3)",
        "`goldrule check --fix` moves the end before it. A full stop counts only behind a number or a bracket.",
    ),
    (
        "unmarked-repeat",
        "a name or acronym is marked in one place and stands unmarked in another (only with --hints)",
        "“Names and acronyms used before another noun are marked (“ICE agents”, “Sacramento police officers”); \
         party names inside a case citation are not.” (section 1)",
        "Look at the places named. A hint: the same letters may mean something else there.",
    ),
    (
        "unparsed-canonical",
        "a canonical id is not of a form that the grammar of ids knows",
        "The table of canonical ids in section 3: `/us/usc/t8/s1373`, `/us-ca/bill/sb/54`, `/us/case/us/567/387`.",
        "Write it after the table, or leave it out where it is not settled.",
    ),
];

/// What a code means and what to do, for people; `None` where there is no such code.
///
/// ```
/// let text = goldrule_harness::explain_code("trailing-possessive").unwrap();
/// assert!(text.contains("--fix"));
/// assert!(goldrule_harness::explain_code("quote-mismatch").is_some());
/// assert!(goldrule_harness::explain_code("nonsense").is_none());
/// ```
pub fn explain_code(code: &str) -> Option<String> {
    if let Some((code, meaning, words, remedy)) = GUIDELINES.iter().find(|(known, ..)| *known == code) {
        return Some(format!("{code}: {meaning}.\n\n{words}\n\n{remedy}\n"));
    }
    let (code, meaning) = CODES.iter().find(|(known, _)| *known == code)?;
    Some(format!("{code}: {meaning}.\n\nThe finding itself names the place and what to do.\n"))
}

/// Every code with its meaning, sorted.
pub fn codes() -> Vec<(&'static str, &'static str)> {
    let own = GUIDELINES.iter().map(|(code, meaning, ..)| (*code, *meaning));
    let mut all: Vec<_> = CODES.iter().copied().chain(own).collect();
    all.sort_unstable();
    all
}
