//! Offices: what a title in front of a name says of its bearer, and of which kinds of agency it is an office.

use std::sync::LazyLock;

use goldrule_schema::AgencyKind::{
    self, Corrections, Government, Other, Police, Prosecutor, Sheriff, StatePolice,
};
use rustc_hash::FxHashMap;

use super::{FoundAgency, Role};

/// What a title says of its bearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Office {
    pub(super) role: Role,
    /// Kinds of agency that have the office; none where any may.
    pub(super) kinds: &'static [AgencyKind],
    /// The office alone settles the kind, so that the nearest agency of that kind is meant.
    pub(super) binds: bool,
}

const fn head(kinds: &'static [AgencyKind]) -> Office {
    Office { role: Role::Head, kinds, binds: true }
}

const fn speaks(kinds: &'static [AgencyKind], binds: bool) -> Office {
    Office { role: Role::Spokesperson, kinds, binds }
}

/// Who speaks for no agency of these texts: lawmakers, judges, clergy.
pub(super) const NOBODY: Office = Office { role: Role::Outsider, kinds: &[], binds: false };

/// Titles in lower case, parted by spaces, and what they mean.
const TITLES: &[(&str, Office)] = &[
    ("sheriff sheriff-coroner undersheriff sheriff-elect", head(&[Sheriff])),
    ("chief", head(&[Police, StatePolice, Corrections])),
    ("superintendent supt.", head(&[Police, StatePolice, Corrections, Other])),
    ("chancellor provost", head(&[Other])),
    ("principal", speaks(&[Other], true)),
    (
        "mayor councilmember councilman councilwoman alderman supervisor freeholder manager",
        head(&[Government]),
    ),
    ("gov. governor", head(&[Government])),
    ("warden jailer", head(&[Corrections, Sheriff])),
    ("commissioner commissioners", head(&[Police, Government])),
    ("executive administrator", head(&[Government])),
    ("prosecutor solicitor", head(&[Prosecutor])),
    (
        "lt. lieutenant sgt. sergeant capt. captain maj. major cmdr. commander cpl. corporal officer deputy \
         det. detective inspector trooper",
        speaks(&[Police, Sheriff, StatePolice, Corrections], true),
    ),
    ("col. colonel", head(&[StatePolice, Police])),
    ("spokesman spokeswoman spokesperson adviser advisor counsel", speaks(&[], true)),
    (
        "director president chairman chairwoman chair secretary head",
        Office { role: Role::Head, kinds: &[], binds: false },
    ),
    ("attorney", Office { role: Role::Head, kinds: &[Prosecutor], binds: false }),
    (
        "rep. sen. representative senator president-elect judge justice professor dr. czar congressman congresswoman rev. pastor bishop",
        NOBODY,
    ),
];

static OFFICES: LazyLock<FxHashMap<&'static str, Office>> = LazyLock::new(|| {
    TITLES
        .iter()
        .flat_map(|&(list, office)| list.split_ascii_whitespace().map(move |title| (title, office)))
        .collect()
});

/// By first letter, the lengths that titles have, as bits: most words are no title by these alone.
static OFFICE_LENGTHS: LazyLock<[u32; 26]> = LazyLock::new(|| {
    let mut lengths = [0; 26];
    for title in OFFICES.keys() {
        lengths[usize::from(title.as_bytes()[0] - b'a')] |=
            1_u32.checked_shl(title.len() as u32).unwrap_or(0);
    }
    lengths
});

/// Looks up a word without its case; longer ones are in no list.
pub(super) fn folded<T>(word: &str, look: impl FnOnce(&str) -> T, otherwise: T) -> T {
    let mut buffer = [0; 20];
    let Some(buffer) = buffer.get_mut(..word.len()) else { return otherwise };
    buffer.copy_from_slice(word.as_bytes());
    buffer.make_ascii_lowercase();
    std::str::from_utf8(buffer).map_or(otherwise, look)
}

/// The office that a word names behind `before` (the words in front of it, nearest first) and before `after`.
pub(super) fn office<'a>(word: &str, before: impl Fn(usize) -> &'a str, after: &str) -> Option<Office> {
    let letter = usize::from(word.bytes().next()?.to_ascii_lowercase().wrapping_sub(b'a'));
    let lengths = *OFFICE_LENGTHS.get(letter)?;
    if word.len() < 2 || 1_u32.checked_shl(word.len() as u32).unwrap_or(0) & lengths == 0 {
        return None;
    }
    let mut office = folded(word, |word| OFFICES.get(word).copied(), None)?;
    let follows = |text: &str| before(1).eq_ignore_ascii_case(text);
    if word.eq_ignore_ascii_case("chief") && follows("fire")
        || word.eq_ignore_ascii_case("attorney")
            && !["district", "county", "city"].into_iter().any(follows)
            && !after.eq_ignore_ascii_case("general")
    {
        return None;
    }
    if follows("police") && office.kinds.contains(&Police) {
        let state = before(2).eq_ignore_ascii_case("state");
        office.kinds = if state { &[StatePolice] } else { &[Police] };
    }
    if follows("school") || follows("schools") {
        office.kinds = &[Other];
    }
    if follows("jail") {
        office.kinds = &[Corrections, Sheriff];
    }
    Some(office)
}

/// What a text's superintendent heads: its police where it calls their head so, as Chicago and Boston do, else its schools
/// where it names any.
pub(crate) fn superintended(text: &str, agencies: &[FoundAgency]) -> &'static [AgencyKind] {
    const TITLES: [&str; 4] = [
        "olice Superintendent",
        "olice superintendent",
        "uperintendent of police",
        "uperintendent of Police",
    ];
    if TITLES.iter().any(|title| memchr::memmem::find(text.as_bytes(), title.as_bytes()).is_some()) {
        &[Police]
    } else if agencies.iter().any(|agency| agency.kind == Other) {
        &[Other]
    } else {
        &[Police, StatePolice, Corrections]
    }
}
