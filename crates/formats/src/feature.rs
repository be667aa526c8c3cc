//! What annotation sets hold, what formats hold of it, and what is lost between.

use std::collections::BTreeMap;

use goldrule_schema::{AnnotationSet, CharSpan, Document};

use crate::brat;
use crate::format::{Format, Piece};

/// Something that a set may hold and a format may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// `$schema`, `meta` and unknown keys of the file.
    Head,
    /// Name, kind and jurisdiction of an agency.
    AgencyDetails,
    /// Agencies without a mention, and their stances.
    Unmentioned,
    /// The form of a mention.
    Forms,
    /// Who holds a stance.
    Holders,
    /// Topic, position and attribution of a stance.
    Positions,
    /// Stances that share characters.
    Overlaps,
    /// The kind of a citation.
    Kinds,
    /// Canonical ids of citations.
    Canonicals,
    /// Ids of records.
    RecordIds,
    /// The rules that made records.
    Rules,
    /// Keys of records that goldrule does not know.
    UnknownKeys,
    /// Records whose span begins or ends with a line break.
    LineBreaks,
}

impl Feature {
    /// Every feature.
    pub const ALL: &'static [Self] = &[
        Self::Head,
        Self::AgencyDetails,
        Self::Unmentioned,
        Self::Forms,
        Self::Holders,
        Self::Positions,
        Self::Overlaps,
        Self::Kinds,
        Self::Canonicals,
        Self::RecordIds,
        Self::Rules,
        Self::UnknownKeys,
        Self::LineBreaks,
    ];

    /// What it is, for reports.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Head => "keys of the file (`$schema`, `meta`, unknown ones)",
            Self::AgencyDetails => "name, kind and jurisdiction of agencies",
            Self::Unmentioned => "agencies without a mention, with their stances",
            Self::Forms => "forms of mentions",
            Self::Holders => "holders of stances",
            Self::Positions => "topic, position and attribution",
            Self::Overlaps => "stances that share characters",
            Self::Kinds => "kinds of citations",
            Self::Canonicals => "canonical ids of citations",
            Self::RecordIds => "ids of records",
            Self::Rules => "rules of records",
            Self::UnknownKeys => "unknown keys of records",
            Self::LineBreaks => "records that begin or end with a line break",
        }
    }

    /// How often a set has it.
    fn count(self, piece: &Piece<'_>) -> usize {
        let set = piece.set;
        let mentions = || set.agencies.iter().flat_map(|agency| &agency.mentions);
        match self {
            Self::Head => head(set),
            Self::AgencyDetails => set.agencies.len(),
            Self::Unmentioned => set.agencies.iter().filter(|agency| agency.mentions.is_empty()).count(),
            Self::Forms => mentions().count(),
            Self::Holders | Self::Positions => set.stances.len(),
            Self::Overlaps => overlaps(set),
            Self::Kinds => set.citations.len(),
            Self::Canonicals => set.citations.iter().filter(|citation| citation.canonical.is_some()).count(),
            Self::RecordIds => {
                mentions().filter(|mention| mention.id.is_some()).count()
                    + set.stances.iter().filter(|stance| stance.id.is_some()).count()
                    + set.citations.iter().filter(|citation| citation.id.is_some()).count()
            }
            Self::Rules => {
                set.agencies.iter().filter(|agency| agency.rule.is_some()).count()
                    + mentions().filter(|mention| mention.rule.is_some()).count()
                    + set.stances.iter().filter(|stance| stance.rule.is_some()).count()
                    + set.citations.iter().filter(|citation| citation.rule.is_some()).count()
            }
            Self::UnknownKeys => {
                set.agencies.iter().map(|agency| agency.extra.len()).sum::<usize>()
                    + mentions().map(|mention| mention.extra.len()).sum::<usize>()
                    + set.stances.iter().map(|stance| stance.extra.len()).sum::<usize>()
                    + set.citations.iter().map(|citation| citation.extra.len()).sum::<usize>()
            }
            Self::LineBreaks => {
                let spans = mentions().map(|mention| mention.span);
                let spans = spans.chain(set.stances.iter().map(|stance| stance.span));
                let spans = spans.chain(set.citations.iter().map(|citation| citation.span));
                spans.filter(|&span| breaks(piece.document, span)).count()
            }
        }
    }
}

fn head(set: &AnnotationSet) -> usize {
    let meta = &set.meta;
    usize::from(set.schema.is_some())
        + usize::from(meta.text_sha256.is_some())
        + usize::from(meta.guidelines.is_some())
        + usize::from(meta.status.is_some())
        + usize::from(!meta.annotators.is_empty())
        + usize::from(meta.assisted.is_some())
        + usize::from(meta.quotes_withheld)
        + usize::from(meta.generator.is_some())
        + meta.extra.len()
        + set.extra.len()
}

fn overlaps(set: &AnnotationSet) -> usize {
    let mut spans: Vec<_> = set.stances.iter().map(|stance| stance.span).collect();
    spans.sort_unstable();
    let mut end = 0;
    let shares = |span: &&CharSpan| {
        let shared = span.start < end;
        end = end.max(span.end);
        shared
    };
    spans.iter().filter(shares).count()
}

/// Whether a span begins or ends with a line break.
pub(crate) fn breaks(document: &Document, span: CharSpan) -> bool {
    document
        .quote(span)
        .is_some_and(|quote| quote.starts_with(brat::is_break) || quote.ends_with(brat::is_break))
}

/// What an export loses, with counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(BTreeMap<Feature, usize>);

impl Losses {
    /// Whether nothing is lost.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each feature lost with its count.
    pub fn iter(&self) -> impl Iterator<Item = (Feature, usize)> {
        self.0.iter().map(|(&feature, &count)| (feature, count))
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (feature, count) in other.iter() {
            *self.0.entry(feature).or_default() += count;
        }
    }
}

/// What a format loses of a document's records.
pub fn losses(format: Format, piece: &Piece<'_>) -> Losses {
    let lacking = Feature::ALL.iter().copied().filter(|&feature| !format.holds(feature));
    Losses(lacking.map(|feature| (feature, feature.count(piece))).filter(|(_, count)| *count > 0).collect())
}

/// The set without what a two-way format loses: what an import gives back of an export.
pub fn without(format: Format, piece: &Piece<'_>) -> AnnotationSet {
    let mut set = piece.set.clone();
    if !format.holds(Feature::LineBreaks) {
        let kept = |span| !breaks(piece.document, span);
        for agency in &mut set.agencies {
            agency.mentions.retain(|mention| kept(mention.span));
        }
        set.stances.retain(|stance| kept(stance.span));
        set.citations.retain(|citation| kept(citation.span));
    }
    if !format.holds(Feature::Unmentioned) {
        set.agencies.retain(|agency| !agency.mentions.is_empty());
        let known: Vec<_> = set.agencies.iter().map(|agency| agency.id.clone()).collect();
        set.stances.retain(|stance| known.contains(&stance.agency));
    }
    if !format.holds(Feature::Head) {
        set = AnnotationSet {
            schema: None,
            meta: goldrule_schema::Meta::default(),
            extra: goldrule_schema::Extra::default(),
            ..set
        };
    }
    set.sort();
    set
}
