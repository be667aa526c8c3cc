//! Ids of legal authorities: a grammar with a parser and a printer that agree.
//!
//! ```text
//! id       = jurisdiction "/" family { "/" part }
//! jurisdiction = "/us" | "/us-" state [ "/" place ]
//! state    = two-letter postal code in lower case
//! place    = slug: lower-case letters, digits and hyphens, and not the word of a family
//! family   = "usc" | "cfr" | "fr" | "pl" | "stat" | "act" | "bill" | "laws" | "eo" | "proclamation" | "case"
//!          | "const" | "treaty" | "code" | "regs" | "register" | "ordinance" | "resolution" | "policy"
//! part     = one or more characters, none of them "/" or white space
//! ```
//!
//! Federal ids follow USLM (`/us/usc/t8/s1373/a`). The parts of each family are described at [`Family`].

use std::fmt;
use std::str::FromStr;

use crate::State;

/// The sort of authority, which says what the parts of an id are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// United States Code: `t8`, `s1373`, subdivisions.
    Usc,
    /// Code of Federal Regulations: `t8`, `s287.7` or `pt287`, subdivisions.
    Cfr,
    /// Federal Register: volume, page.
    FederalRegister,
    /// Public law: Congress, number, section.
    PublicLaw,
    /// Statutes at Large: volume, page.
    StatutesAtLarge,
    /// An act by its title, with a section; or a state's act by year and number.
    Act,
    /// Bill or resolution: chamber and sort, number.
    Bill,
    /// Session laws: year, `ch440`, section.
    Laws,
    /// Executive order: number.
    ExecutiveOrder,
    /// Presidential proclamation: number.
    Proclamation,
    /// Decision: reporter, volume and page; or its name.
    Case,
    /// Constitution: `amendment`, `article` or `clause`, and which.
    Constitution,
    /// Treaty: name, `article` and number.
    Treaty,
    /// Code of a state or place: subject or title or chapter, `s10.93.160`, subdivisions.
    Code,
    /// Regulations of a state: title, section.
    Regulations,
    /// Register of a state: volume, page.
    Register,
    /// Ordinance: number or name.
    Ordinance,
    /// Adopted resolution: number.
    Resolution,
    /// Order or policy of an agency: number.
    Policy,
}

const WORDS: &[(Family, &str)] = &[
    (Family::Usc, "usc"),
    (Family::Cfr, "cfr"),
    (Family::FederalRegister, "fr"),
    (Family::PublicLaw, "pl"),
    (Family::StatutesAtLarge, "stat"),
    (Family::Act, "act"),
    (Family::Bill, "bill"),
    (Family::Laws, "laws"),
    (Family::ExecutiveOrder, "eo"),
    (Family::Proclamation, "proclamation"),
    (Family::Case, "case"),
    (Family::Constitution, "const"),
    (Family::Treaty, "treaty"),
    (Family::Code, "code"),
    (Family::Regulations, "regs"),
    (Family::Register, "register"),
    (Family::Ordinance, "ordinance"),
    (Family::Resolution, "resolution"),
    (Family::Policy, "policy"),
];

impl Family {
    /// Every family, in the order of the grammar.
    pub fn all() -> impl Iterator<Item = Self> {
        WORDS.iter().map(|(family, _)| *family)
    }

    /// The word that ids have for it.
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(family, _)| *family == self).map_or("", |(_, word)| word)
    }

    fn from_word(word: &str) -> Option<Self> {
        WORDS.iter().find(|(_, w)| *w == word).map(|(family, _)| *family)
    }
}

/// Id of a legal authority.
///
/// ```
/// use goldrule_extractor::citation::{CanonicalId, Family};
///
/// let id: CanonicalId = "/us-wa/seattle/code/s4.18.015".parse().unwrap();
/// assert_eq!(id.place(), Some("seattle"));
/// assert_eq!(id.family(), Family::Code);
/// assert_eq!(id.parts().collect::<Vec<_>>(), ["s4.18.015"]);
/// assert_eq!(id.to_string(), "/us-wa/seattle/code/s4.18.015");
/// assert!("/us-zz/code/s1".parse::<CanonicalId>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CanonicalId {
    state: Option<State>,
    place: Option<String>,
    family: Family,
    parts: Vec<String>,
}

/// Why a text is no id, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanonicalError {
    id: String,
    what: &'static str,
}

impl fmt::Display for CanonicalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no canonical id: {}", self.id, self.what)
    }
}

impl std::error::Error for CanonicalError {}

impl CanonicalId {
    /// An id of these parts.
    ///
    /// # Errors
    /// When a place has no state or is no slug, or a part is empty or holds a slash or white space.
    pub fn new(
        state: Option<State>,
        place: Option<&str>,
        family: Family,
        parts: &[&str],
    ) -> Result<Self, CanonicalError> {
        let place = place.map(str::to_owned);
        let id = Self { state, place, family, parts: parts.iter().map(|part| (*part).to_owned()).collect() };
        match id.fault() {
            Some(what) => Err(CanonicalError { id: id.to_string(), what }),
            None => Ok(id),
        }
    }

    fn fault(&self) -> Option<&'static str> {
        let slug = |c: char| c.is_alphanumeric() && !c.is_uppercase() || c == '-';
        if self.place.is_some() && self.state.is_none() {
            return Some("a place needs a state");
        }
        if self
            .place
            .as_ref()
            .is_some_and(|place| !place.chars().all(slug) || Family::from_word(place).is_some())
        {
            return Some("a place is lower-case letters, digits and hyphens, and not the word of a family");
        }
        let sound =
            |part: &String| !part.is_empty() && !part.contains(|c: char| c == '/' || c.is_whitespace());
        if self.parts.is_empty() || !self.parts.iter().all(sound) {
            return Some("after the family come parts that are not empty and hold no white space");
        }
        None
    }

    /// The state whose law it is; none for federal law.
    pub fn state(&self) -> Option<State> {
        self.state
    }

    /// Slug of the place whose law it is.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// What sort of authority it is.
    pub fn family(&self) -> Family {
        self.family
    }

    /// What follows the family.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(String::as_str)
    }
}

impl fmt::Display for CanonicalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("/us")?;
        if let Some(state) = self.state {
            write!(f, "-{}", state.code())?;
        }
        if let Some(place) = &self.place {
            write!(f, "/{place}")?;
        }
        write!(f, "/{}", self.family.word())?;
        self.parts.iter().try_for_each(|part| write!(f, "/{part}"))
    }
}

impl FromStr for CanonicalId {
    type Err = CanonicalError;

    fn from_str(id: &str) -> Result<Self, CanonicalError> {
        let error = |what| CanonicalError { id: id.to_owned(), what };
        let mut parts = id.strip_prefix('/').ok_or_else(|| error("it begins with a slash"))?.split('/');
        let state = match parts.next().unwrap_or("") {
            "us" => None,
            jurisdiction => {
                let code = jurisdiction.strip_prefix("us-").filter(|code| !code.contains(char::is_uppercase));
                let state = code.and_then(State::from_code);
                Some(state.ok_or_else(|| error("it begins with /us or /us- and a state's postal code"))?)
            }
        };
        let word = parts.next().unwrap_or("");
        let (place, family) = match Family::from_word(word) {
            Some(family) => (None, Some(family)),
            None => (Some(word), Family::from_word(parts.next().unwrap_or(""))),
        };
        let family = family.ok_or_else(|| error("it names no family such as usc, code or bill"))?;
        Self::new(state, place, family, &parts.collect::<Vec<_>>())
    }
}

/// Sections of the United States Code, title 8, in which sections of the Immigration and Nationality Act stand.
const IMMIGRATION: &[(&str, &str)] = &[
    ("101", "1101"),
    ("103", "1103"),
    ("106", "1105a"),
    ("207", "1157"),
    ("208", "1158"),
    ("209", "1159"),
    ("211", "1181"),
    ("212", "1182"),
    ("214", "1184"),
    ("221", "1201"),
    ("231", "1221"),
    ("235", "1225"),
    ("235A", "1225a"),
    ("236", "1226"),
    ("236A", "1226a"),
    ("237", "1227"),
    ("238", "1228"),
    ("239", "1229"),
    ("240", "1229a"),
    ("240A", "1229b"),
    ("240B", "1229c"),
    ("241", "1231"),
    ("242", "1252"),
    ("243", "1253"),
    ("244", "1254a"),
    ("245", "1255"),
    ("262", "1302"),
    ("264", "1304"),
    ("265", "1305"),
    ("266", "1306"),
    ("273", "1323"),
    ("274", "1324"),
    ("274A", "1324a"),
    ("274B", "1324b"),
    ("274C", "1324c"),
    ("274D", "1324d"),
    ("275", "1325"),
    ("276", "1326"),
    ("277", "1327"),
    ("279", "1329"),
    ("280", "1330"),
    ("286", "1356"),
    ("287", "1357"),
    ("292", "1362"),
    ("316", "1427"),
    ("318", "1429"),
    ("328", "1439"),
    ("329", "1440"),
];

/// The section of the United States Code in which a section of the Immigration and Nationality Act stands.
pub(super) fn codified(id: &str) -> Option<String> {
    let rest = id.strip_prefix("/us/act/immigration-and-nationality-act/s")?;
    let (section, subdivisions) = rest.split_once('/').map_or((rest, None), |(s, path)| (s, Some(path)));
    let (_, code) = IMMIGRATION.iter().find(|(own, _)| *own == section)?;
    let path = subdivisions.map(|path| format!("/{path}")).unwrap_or_default();
    Some(format!("/us/usc/t8/s{code}{path}"))
}
