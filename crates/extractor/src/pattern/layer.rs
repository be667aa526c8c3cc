//! What a pattern can ask of tokens besides words: their looks, and what earlier stages found.

/// A token test by looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Starts with a capital.
    Capital,
    /// All capitals, two or more.
    Upper,
    /// Starts with a digit.
    Number,
    /// A word in any case.
    Word,
    /// A word in lower case that ends in "ing".
    Gerund,
    /// Punctuation or a symbol.
    Mark,
    /// A section or paragraph sign.
    Section,
    /// Any token.
    Any,
    /// What a gap may pass over: any token that does not part clauses.
    Gap,
}

/// Spans that earlier stages found and patterns can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Any mention of an agency.
    Agency,
    /// A mention of a federal agency.
    Federal,
    /// A mention of an agency that is not federal.
    Local,
    /// A legal citation.
    Citation,
    /// A person's name.
    Person,
    /// A town or county of the table of places.
    Place,
    /// A state, by name or abbreviation.
    State,
}

impl Layer {
    /// Every layer.
    pub(super) const ALL: [Self; 7] =
        [Self::Agency, Self::Federal, Self::Local, Self::Citation, Self::Person, Self::Place, Self::State];

    /// What stands in a vocabulary for the beginning of a span of the layer; no token of a text is this.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Agency => "\0agency",
            Self::Federal => "\0federal",
            Self::Local => "\0local",
            Self::Citation => "\0citation",
            Self::Person => "\0person",
            Self::Place => "\0place",
            Self::State => "\0state",
        }
    }

    const NAMES: &'static [(&'static str, Self)] = &[
        ("AGENCY", Self::Agency),
        ("FEDERAL", Self::Federal),
        ("LOCAL", Self::Local),
        ("CITATION", Self::Citation),
        ("PERSON", Self::Person),
        ("PLACE", Self::Place),
        ("STATE", Self::State),
    ];

    /// The names that patterns use.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(name, _)| *name)
    }

    /// The layer of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, layer)| *layer)
    }

    /// The name that patterns use.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, layer)| *layer == self).map_or("", |(name, _)| name)
    }
}
