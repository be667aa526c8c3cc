//! What somebody is silent or undecided about, where the words of a rule do not name it.

use super::cores::Core;
use crate::segment::Segmented;

/// What opens the matter: "declined to say *how* the prisoner died".
const OPENS: &[&str] =
    &["about", "on", "over", "how", "whether", "what", "why", "when", "if", "who", "which", "where"];

/// How the words begin that may bring the matter back to immigration enforcement: by name, by a part of it, or by a
/// pronoun.
const AT_HAND: &[&str] = &[
    "immigra",
    "migra",
    "deport",
    "detain",
    "ice",
    "dhs",
    "287",
    "federal",
    "feds",
    "agent",
    "agree",
    "program",
    "raid",
    "status",
    "paper",
    "citizen",
    "custody",
    "hold",
    "held",
    "release",
    "cooperat",
    "help",
    "assist",
    "share",
    "data",
    "camera",
    "plate",
    "polic",
    "order",
    "memo",
    "letter",
    "law",
    "bill",
    "ordinance",
    "rule",
    "it",
    "that",
    "this",
    "them",
    "they",
    "those",
    "these",
    "either",
    "deput",
    "officer",
    "trooper",
    "jail",
    "sign",
    "join",
    "participat",
    "enforc",
    "sanctuary",
    "border",
    "warrant",
    "task",
    "partner",
    "contract",
    "request",
    "plan",
    "next",
    "he",
    "she",
    "we",
    "i",
    "his",
    "her",
    "their",
    "its",
    "our",
    "access",
    "list",
    "name",
    "bed",
    "inmate",
    "train",
    "apply",
    "appli",
];

/// Whether the words behind a match name a matter of their own: "undecided on new uniforms".
pub(super) fn is_another(segmented: &Segmented<'_>, core: &Core, end: usize) -> bool {
    let word = |at: usize| segmented.tokens[at].text(segmented.text).to_lowercase();
    let reach = core.last.saturating_sub(1)..end.min(core.last + 2);
    let Some(opener) = reach.into_iter().find(|&at| OPENS.contains(&word(at).as_str())) else { return false };
    let mut matter = (opener + 1..end).filter(|&at| segmented.tokens[at].is_word()).map(word).peekable();
    matter.peek().is_some() && !matter.any(|word| AT_HAND.iter().any(|begin| word.starts_with(begin)))
}
