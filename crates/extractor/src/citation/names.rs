//! States, places and acts by the names that citations give them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::cursor::{back_spaces, before};
use super::{Scope, slug};
use crate::State;

/// Titles of federal acts that texts on this subject cite, as slugs.
const FEDERAL_ACTS: &[&str] = &[
    "administrative-procedure-act",
    "all-writs-act",
    "anti-drug-abuse-act",
    "anti-deficiency-act",
    "antideficiency-act",
    "brady-act",
    "bail-reform-act",
    "cares-act",
    "clean-air-act",
    "controlled-substances-act",
    "declaratory-judgment-act",
    "e-government-act",
    "electronic-communications-privacy-act",
    "equal-access-to-justice-act",
    "fair-housing-act",
    "fair-labor-standards-act",
    "federal-records-act",
    "federal-vacancies-reform-act",
    "first-step-act",
    "gun-control-act",
    "health-insurance-portability-and-accountability-act",
    "higher-education-act",
    "indian-child-welfare-act",
    "indian-civil-rights-act",
    "inspector-general-act",
    "national-firearms-act",
    "national-security-act",
    "omnibus-crime-control-and-safe-streets-act",
    "prison-litigation-reform-act",
    "prison-rape-elimination-act",
    "rehabilitation-act",
    "religious-freedom-restoration-act",
    "social-security-act",
    "speedy-trial-act",
    "trafficking-victims-protection-act",
    "trafficking-victims-protection-reauthorization-act",
    "violent-crime-control-and-law-enforcement-act",
    "william-wilberforce-trafficking-victims-protection-reauthorization-act",
    "justice-for-all-act",
    "stop-dangerous-sanctuary-cities-act",
    "mobilizing-against-sanctuary-cities-act",
    "dignity-act",
    "farm-workforce-modernization-act",
    "antiterrorism-and-effective-death-penalty-act",
    "immigration-and-naturalization-act",
    "national-defense-authorization-act",
    "davis-oliver-act",
    "save-act",
    "affordable-care-act",
    "american-rescue-plan-act",
    "americans-with-disabilities-act",
    "antiterrorism-and-effective-death-penalty-act",
    "civil-rights-act",
    "dream-act",
    "drivers-privacy-protection-act",
    "family-educational-rights-and-privacy-act",
    "federal-tort-claims-act",
    "freedom-of-information-act",
    "hatch-act",
    "homeland-security-act",
    "illegal-immigration-reform-and-immigrant-responsibility-act",
    "immigration-act",
    "immigration-and-nationality-act",
    "immigration-reform-and-control-act",
    "insurrection-act",
    "intergovernmental-cooperation-act",
    "alien-enemies-act",
    "laken-riley-act",
    "national-labor-relations-act",
    "no-sanctuary-for-criminals-act",
    "one-big-beautiful-bill-act",
    "paperwork-reduction-act",
    "patriot-act",
    "personal-responsibility-and-work-opportunity-reconciliation-act",
    "posse-comitatus-act",
    "privacy-act",
    "real-id-act",
    "refugee-act",
    "secure-fence-act",
    "stored-communications-act",
    "supporting-our-law-enforcement-and-safe-neighborhoods-act",
    "tucker-act",
    "usa-patriot-act",
    "victims-of-trafficking-and-violence-protection-act",
    "violence-against-women-act",
    "voting-rights-act",
];

/// Titles of state acts whose state everyone knows.
const STATE_ACTS: &[(&str, &str)] = &[
    ("keep-washington-working-act", "wa"),
    ("values-act", "ca"),
    ("california-values-act", "ca"),
    ("new-york-for-all-act", "ny"),
    ("truth-act", "ca"),
    ("taylor-law", "ny"),
    ("bane-act", "ca"),
    ("tom-bane-civil-rights-act", "ca"),
    ("unruh-civil-rights-act", "ca"),
    ("brown-act", "ca"),
    ("ralph-m-brown-act", "ca"),
    ("immigrant-safety-act", "nm"),
    ("courts-open-to-all-act", "wa"),
    ("sanctuary-promise-act", "or"),
    ("sanctuary-promise", "or"),
    ("way-forward-act", "il"),
    ("voices-act", "il"),
    ("immigrant-trust-directive", "nj"),
    ("immigrant-trust-act", "nj"),
    ("protect-our-courts-act", "ny"),
    ("new-york-for-all-act", "ny"),
    ("safe-communities-act", "ma"),
    ("green-light-law", "ny"),
];

/// Whether the title is one of the table, whatever its letters' case.
pub(super) fn known_act(title: &str) -> bool {
    let id = slug(title);
    FEDERAL_ACTS.contains(&id.as_str()) || STATE_ACTS.iter().any(|(act, _)| *act == id)
}

/// Jurisdiction of an act by its title; the document's state where the title does not tell.
pub(super) fn act_scope(title: &str) -> Scope {
    let id = slug(title);
    if FEDERAL_ACTS.contains(&id.as_str()) {
        return Scope::Federal;
    }
    if let Some((_, code)) = STATE_ACTS.iter().find(|(act, _)| *act == id) {
        return Scope::State(State::from_code(code));
    }
    Scope::State(State::all().find(|state| id.contains(&slug(state.name()))))
}

/// The state whose name or abbreviation ends, spaces and "'s" apart, before `at`.
pub(super) fn state_before(text: &str, at: usize) -> Option<State> {
    let end = back_spaces(text, at);
    let head = text.get(..end)?;
    let head = head.strip_suffix("'s").or_else(|| head.strip_suffix("’s")).unwrap_or(head);
    let head =
        head.strip_suffix("s'").or_else(|| head.strip_suffix("s’")).map_or(head, |stem| &head[..=stem.len()]);
    state_ending(head).map(|(state, _)| state)
}

/// Names and abbreviations of states by two of their bytes, so that few are compared.
type ByBytes = FxHashMap<[u8; 2], Vec<(&'static str, State)>>;

fn by_bytes(bytes: fn(&[u8]) -> Option<[u8; 2]>) -> ByBytes {
    let mut names = ByBytes::default();
    for state in State::all() {
        for name in std::iter::once(state.name()).chain(state.abbreviations().iter().copied()) {
            if let Some(key) = bytes(name.as_bytes()) {
                names.entry(key).or_default().push((name, state));
            }
        }
    }
    names
}

fn first_bytes(name: &[u8]) -> Option<[u8; 2]> {
    name.first_chunk().copied()
}

fn last_bytes(name: &[u8]) -> Option<[u8; 2]> {
    name.last_chunk().copied()
}

static BY_START: LazyLock<ByBytes> = LazyLock::new(|| by_bytes(first_bytes));
static BY_END: LazyLock<ByBytes> = LazyLock::new(|| by_bytes(last_bytes));

/// The state whose name or abbreviation ends a text, and where it starts; the longest name counts.
pub(super) fn state_ending(head: &str) -> Option<(State, usize)> {
    let names = BY_END.get(&last_bytes(head.as_bytes())?)?;
    let ending = names.iter().filter(|(name, _)| {
        head.ends_with(name)
            && !before(head, head.len() - name.len()).is_some_and(|c| c.is_alphanumeric() || c == '.')
    });
    ending.max_by_key(|(name, _)| name.len()).map(|(name, state)| (*state, head.len() - name.len()))
}

/// The state whose name or abbreviation begins a text, and how long it is there.
pub(super) fn state_starting(rest: &str) -> Option<(State, usize)> {
    let names = BY_START.get(&first_bytes(rest.as_bytes())?)?;
    let starting = names
        .iter()
        .filter(|(name, _)| rest.starts_with(name) && !rest[name.len()..].starts_with(char::is_alphanumeric));
    starting.max_by_key(|(name, _)| name.len()).map(|(name, state)| (*state, name.len()))
}

/// Cities that legal writing shortens, with their state.
const SHORT_CITIES: &[(&str, &str, &str)] = &[
    ("Chi.", "chicago", "il"),
    ("S.F.", "san-francisco", "ca"),
    ("SF", "san-francisco", "ca"),
    ("L.A.", "los-angeles", "ca"),
    ("N.Y.C.", "new-york", "ny"),
    ("Phila.", "philadelphia", "pa"),
    ("Balt.", "baltimore", "md"),
    ("Bos.", "boston", "ma"),
];

/// A place by its abbreviation.
pub(super) fn short_city(word: &str) -> Option<(State, &'static str)> {
    let (_, place, code) = SHORT_CITIES.iter().find(|(short, ..)| *short == word)?;
    Some((State::from_code(code)?, place))
}
