//! One authority, one cluster: which citations of a text stand for the same thing.

use rustc_hash::FxHashMap;

use goldrule_schema::CitationKind;

use super::{CanonicalId, Citation, Family, canonical};

/// The citations of one authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Id of the authority, without the subdivisions that single citations point to. A section of the
    /// Immigration and Nationality Act goes by its section of the United States Code, and an act by the
    /// bill or law that the text equates it with.
    pub canonical: Option<String>,
    /// Indices of its citations, in text order; the first is the one that short forms stand for.
    pub citations: Vec<usize>,
}

impl Cluster {
    /// The page of the authority, where one follows from its id.
    pub fn url(&self) -> Option<String> {
        self.canonical.as_ref()?.parse::<CanonicalId>().ok()?.url()
    }
}

/// Gathers resolved citations of one text by authority, in the order in which the text first names each.
///
/// ```
/// use goldrule_extractor::citation::{clusters, find_citations};
///
/// let text = "Under 8 U.S.C. § 1357(g), deputies may be deputised. A 287(g) agreement and § 1357(g)(1) differ.";
/// let citations: Vec<_> = find_citations(text).collect();
/// let found = clusters(text, &citations);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].canonical.as_deref(), Some("/us/usc/t8/s1357"));
/// assert_eq!(found[0].citations, [0, 1, 2]);
/// ```
pub fn clusters(text: &str, citations: &[Citation<'_>]) -> Vec<Cluster> {
    let mut groups = Groups((0..citations.len()).collect());
    let mut first: FxHashMap<String, usize> = FxHashMap::default();
    for (index, citation) in citations.iter().enumerate() {
        let key = authority(citation).unwrap_or_else(|| words(citation));
        let known = *first.entry(key).or_insert(index);
        groups.join(known, index);
    }
    for (index, pair) in citations.windows(2).enumerate() {
        let [one, two] = pair else { continue };
        let gap = text.get(one.span.end as usize..two.span.start as usize).unwrap_or("");
        if parallel(one, two, gap) || equated(one, two, gap) {
            groups.join(index, index + 1);
        }
    }
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut place: FxHashMap<usize, usize> = FxHashMap::default();
    for (index, citation) in citations.iter().enumerate() {
        let at = *place.entry(groups.root(index)).or_insert_with(|| {
            clusters.push(Cluster { canonical: None, citations: Vec::new() });
            clusters.len() - 1
        });
        clusters[at].citations.push(index);
        let own = authority(citation);
        let better = |old: &Option<String>| match (old, &own) {
            (None, Some(_)) => true,
            // A title or the names of parties say less than a number.
            (Some(old), Some(own)) => weak(old) && !weak(own),
            _ => false,
        };
        if better(&clusters[at].canonical) {
            clusters[at].canonical = own;
        }
    }
    clusters
}

/// Whether an id is a title or the names of parties.
fn weak(id: &str) -> bool {
    id.parse::<CanonicalId>()
        .is_ok_and(|id| id.family() == Family::Act || id.family() == Family::Case && id.parts().count() == 1)
}

/// Id of the authority without subdivisions.
fn authority(citation: &Citation<'_>) -> Option<String> {
    let mut whole = citation.authority.clone();
    whole.subdivisions.clear();
    let id = whole.canonical()?;
    Some(canonical::codified(&id).unwrap_or(id))
}

/// What stands for the id of a citation that has none: its words.
fn words(citation: &Citation<'_>) -> String {
    let mut words = citation.kind.to_string();
    for word in citation.quote.split_whitespace() {
        words.push(' ');
        words.extend(word.chars().flat_map(char::to_lowercase));
    }
    words
}

/// "477 Mass. 517, 78 N.E.3d 1143" and "Pub. L. No. 104-208, 110 Stat. 3009".
fn parallel(one: &Citation<'_>, two: &Citation<'_>, gap: &str) -> bool {
    let reports = one.kind == CitationKind::Case
        && two.kind == CitationKind::Case
        && two.quote.starts_with(|c: char| c.is_ascii_digit())
        && two.rule != "case.docket";
    let law = one.kind == CitationKind::PublicLaw && two.kind == CitationKind::SessionLaw;
    (reports || law) && matches!(gap.trim_end(), "," | ", (" | ";" | "=") && gap.len() <= 3
        || law && matches!(gap, " (" | " [")
}

/// Words between a bill and the act that it is.
const EQUATING: &[&str] = &[
    "the",
    "or",
    "also",
    "known",
    "as",
    "called",
    "titled",
    "entitled",
    "dubbed",
    "aka",
    "a.k.a.",
    "named",
    "commonly",
    "better",
    "which",
    "is",
    "was",
    "became",
    "i.e.",
    "officially",
    "formally",
    "state's",
];

/// "SB 54, the California Values Act", "the California Values Act (SB 54)".
fn equated(one: &Citation<'_>, two: &Citation<'_>, gap: &str) -> bool {
    let numbered = |kind| {
        matches!(
            kind,
            CitationKind::Bill
                | CitationKind::PublicLaw
                | CitationKind::SessionLaw
                | CitationKind::Ordinance
                | CitationKind::Statute
        )
    };
    let kinds = match (one.kind, two.kind) {
        (CitationKind::NamedAct, kind) | (kind, CitationKind::NamedAct) => numbered(kind),
        _ => false,
    };
    if !kinds || gap.len() > 60 || gap.contains(['.', ';']) && !gap.contains("a.k.a.") {
        return false;
    }
    // A comma alone may part the items of a list.
    let opened = gap.trim_start().starts_with(['(', '—', '–', '[']) || gap.starts_with(", ") && gap.len() > 2;
    let mut said = false;
    let mut words = gap.split_whitespace().map(|word| word.trim_matches([',', '(', '"', '“', '—', '–', '[']));
    let plain = words.all(|word| {
        let named = !matches!(word, "the" | "or");
        said |= named && !word.is_empty();
        word.is_empty() || EQUATING.contains(&word)
    });
    plain && (opened || said)
}

/// Which citation each is joined with: a forest of indices.
struct Groups(Vec<usize>);

impl Groups {
    fn root(&mut self, mut index: usize) -> usize {
        while self.0[index] != index {
            self.0[index] = self.0[self.0[index]];
            index = self.0[index];
        }
        index
    }

    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.root(one), self.root(two));
        let (low, high) = (one.min(two), one.max(two));
        self.0[high] = low;
    }
}
