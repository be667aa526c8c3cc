//! The fifty states, the District of Columbia and the territories, and how texts abbreviate them.

use std::fmt;

/// A state, district or territory of the United States.
///
/// ```
/// use goldrule_extractor::State;
///
/// let wa = State::from_code("wa").unwrap();
/// assert_eq!(wa.name(), "Washington");
/// assert_eq!(wa.division(), "ocd-division/country:us/state:wa");
/// assert_eq!(State::from_name("Washington"), Some(wa));
/// assert_eq!(State::from_abbreviation("Wash."), Some(wa));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State(u8);

struct Row {
    code: &'static str,
    name: &'static str,
    /// Abbreviations of the press (AP style) and of the law (Bluebook T10), full stops included.
    abbreviations: &'static [&'static str],
}

macro_rules! states {
    ($($code:literal $name:literal [$($abbreviation:literal)*])*) => {
        const ROWS: &[Row] = &[$(Row { code: $code, name: $name, abbreviations: &[$($abbreviation),*] }),*];
    };
}

states! {
    "al" "Alabama" ["Ala."]
    "ak" "Alaska" []
    "az" "Arizona" ["Ariz."]
    "ar" "Arkansas" ["Ark."]
    "ca" "California" ["Calif." "Cal."]
    "co" "Colorado" ["Colo."]
    "ct" "Connecticut" ["Conn."]
    "de" "Delaware" ["Del."]
    "fl" "Florida" ["Fla."]
    "ga" "Georgia" ["Ga."]
    "hi" "Hawaii" ["Haw."]
    "id" "Idaho" []
    "il" "Illinois" ["Ill."]
    "in" "Indiana" ["Ind."]
    "ia" "Iowa" []
    "ks" "Kansas" ["Kan." "Kans."]
    "ky" "Kentucky" ["Ky."]
    "la" "Louisiana" ["La."]
    "me" "Maine" ["Me."]
    "md" "Maryland" ["Md."]
    "ma" "Massachusetts" ["Mass."]
    "mi" "Michigan" ["Mich."]
    "mn" "Minnesota" ["Minn."]
    "ms" "Mississippi" ["Miss."]
    "mo" "Missouri" ["Mo."]
    "mt" "Montana" ["Mont."]
    "ne" "Nebraska" ["Neb." "Nebr."]
    "nv" "Nevada" ["Nev."]
    "nh" "New Hampshire" ["N.H."]
    "nj" "New Jersey" ["N.J."]
    "nm" "New Mexico" ["N.M."]
    "ny" "New York" ["N.Y."]
    "nc" "North Carolina" ["N.C."]
    "nd" "North Dakota" ["N.D."]
    "oh" "Ohio" []
    "ok" "Oklahoma" ["Okla."]
    "or" "Oregon" ["Ore." "Or."]
    "pa" "Pennsylvania" ["Pa." "Penn."]
    "ri" "Rhode Island" ["R.I."]
    "sc" "South Carolina" ["S.C."]
    "sd" "South Dakota" ["S.D."]
    "tn" "Tennessee" ["Tenn."]
    "tx" "Texas" ["Tex."]
    "ut" "Utah" []
    "vt" "Vermont" ["Vt."]
    "va" "Virginia" ["Va."]
    "wa" "Washington" ["Wash."]
    "wv" "West Virginia" ["W.Va." "W. Va."]
    "wi" "Wisconsin" ["Wis."]
    "wy" "Wyoming" ["Wyo."]
    "dc" "District of Columbia" ["D.C."]
    "pr" "Puerto Rico" ["P.R."]
    "gu" "Guam" []
    "vi" "U.S. Virgin Islands" ["V.I."]
    "as" "American Samoa" []
    "mp" "Northern Mariana Islands" []
}

impl State {
    /// Every state, then the district, then the territories.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..ROWS.len() as u8).map(Self)
    }

    /// The state with this two-letter postal code, in either case.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::find(|row| row.code.eq_ignore_ascii_case(code))
    }

    /// The state with this full name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::find(|row| row.name == name)
    }

    /// The state that this abbreviation of the press or the law stands for, full stop included.
    pub fn from_abbreviation(abbreviation: &str) -> Option<Self> {
        // Most of what is asked for is a name.
        let stopped = abbreviation.ends_with('.');
        stopped.then(|| Self::find(|row| row.abbreviations.contains(&abbreviation)))?
    }

    fn find(test: impl Fn(&Row) -> bool) -> Option<Self> {
        ROWS.iter().position(test).map(|index| Self(index as u8))
    }

    /// Postal code in lower case, as in Open Civic Data ids.
    pub fn code(self) -> &'static str {
        ROWS[usize::from(self.0)].code
    }

    /// Full name.
    pub fn name(self) -> &'static str {
        ROWS[usize::from(self.0)].name
    }

    /// Abbreviations with their full stops.
    pub fn abbreviations(self) -> &'static [&'static str] {
        ROWS[usize::from(self.0)].abbreviations
    }

    /// Open Civic Data division id of the whole state, district or territory.
    pub fn division(self) -> String {
        let sort = match self.code() {
            "dc" => "district",
            "pr" | "gu" | "vi" | "as" | "mp" => "territory",
            _ => "state",
        };
        format!("ocd-division/country:us/{sort}:{}", self.code())
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "State({})", self.code())
    }
}
