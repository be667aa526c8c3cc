//! What a format can hold: the loss report of an export and the matrix of `FORMATS.md` come from here.

use std::collections::BTreeSet;

use goldrule_schema::{AnnotationSet, Document, Extra};

use crate::naming;

macro_rules! features {
    ($($variant:ident = $what:literal, $($doc:literal)+;)+) => {
        /// A part of annotation sets that a format keeps or loses.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Feature {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Feature {
            /// Every feature, in the order of reports.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name in reports.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $what,)+ }
            }
        }
    };
}

features! {
    Head = "keys of the file (`$schema`, `meta`, unknown ones)", "What is said of the file as a whole.";
    AgencyId = "ids of agencies", "The slugs of agencies; where lost, new ones come from the names.";
    AgencyName = "names of agencies", "Official names; where lost, the longest mention stands in.";
    Jurisdiction = "jurisdictions", "Division ids.";
    Unmentioned = "agencies without a mention, with their stances", "Agencies that stand nowhere in the text.";
    Grouping = "mentions grouped into agencies", "Which mentions name one agency.";
    Form = "forms of mentions", "`name`, `acronym`, `nominal`, `title`.";
    Holder = "holders of stances", "Whose position a stance is.";
    Attribution = "attributions of stances", "Who says so.";
    Overlap = "stances that overlap others", "Evidence that shares characters.";
    Canonical = "canonical ids of citations", "Which authority is cited.";
    RecordId = "ids of records", "The `id` of a mention, stance or citation.";
    Rule = "rules of records and agencies", "Which rule made a record.";
    Unknown = "unknown keys of records and agencies", "Keys that goldrule does not know and keeps.";
}

/// How much of one feature an export loses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What is lost.
    pub feature: Feature,
    /// How many of them.
    pub count: usize,
}

/// The set as a format with these features gives it back, and what it is short of.
///
/// Quotes are filled in from the document. Names and ids of agencies that a format does not hold are made
/// up from the mentions, the same way as an import does it.
pub fn project(set: &AnnotationSet, holds: &[Feature], document: &Document) -> (AnnotationSet, Vec<Loss>) {
    let mut kept = set.clone();
    let mut losses = Vec::new();
    quote(&mut kept, document);
    for &feature in Feature::ALL.iter().filter(|feature| !holds.contains(feature)) {
        let count = drop_feature(&mut kept, feature);
        if count > 0 {
            losses.push(Loss { feature, count });
        }
    }
    kept.sort();
    let lacks = |feature| !holds.contains(&feature);
    naming::rename(&mut kept, document, lacks(Feature::AgencyId), lacks(Feature::AgencyName));
    kept.sort();
    (kept, losses)
}

/// Fills quotes in, or takes them out where they are withheld.
pub(crate) fn quote(set: &mut AnnotationSet, document: &Document) {
    let withheld = set.meta.quotes_withheld;
    let of = |span| if withheld { None } else { document.quote(span).map(str::to_owned) };
    for mention in set.agencies.iter_mut().flat_map(|agency| &mut agency.mentions) {
        mention.text = of(mention.span);
    }
    set.stances.iter_mut().for_each(|stance| stance.text = of(stance.span));
    set.citations.iter_mut().for_each(|citation| citation.text = of(citation.span));
}

/// Takes a feature out of a set; how many of it there were.
fn drop_feature(set: &mut AnnotationSet, feature: Feature) -> usize {
    match feature {
        Feature::Head => {
            let keys = head_keys(set);
            set.schema = None;
            set.meta = goldrule_schema::Meta::default();
            set.extra.clear();
            keys
        }
        Feature::AgencyId | Feature::AgencyName => set.agencies.len(),
        Feature::Jurisdiction => {
            set.agencies.iter_mut().filter_map(|agency| agency.jurisdiction.take()).count()
        }
        Feature::Unmentioned => {
            let gone: BTreeSet<String> = set
                .agencies
                .extract_if(.., |agency| agency.mentions.is_empty())
                .map(|agency| agency.id)
                .collect();
            gone.len() + set.stances.extract_if(.., |stance| gone.contains(&stance.agency)).count()
        }
        // These are of export-only formats: the set is not rebuilt from them.
        Feature::Grouping => set.agencies.iter().filter(|agency| agency.mentions.len() > 1).count(),
        Feature::Form => set.mentions().count(),
        Feature::Holder | Feature::Attribution => set.stances.len(),
        Feature::Overlap => overlapping(set),
        Feature::Canonical => {
            set.citations.iter_mut().filter_map(|citation| citation.canonical.take()).count()
        }
        Feature::RecordId => records(set, |record| usize::from(record.id.take().is_some())),
        Feature::Rule => {
            let agencies = set.agencies.iter_mut().filter_map(|agency| agency.rule.take()).count();
            agencies + records(set, |record| usize::from(record.rule.take().is_some()))
        }
        Feature::Unknown => {
            let agencies: usize =
                set.agencies.iter_mut().map(|agency| std::mem::take(&mut agency.extra).len()).sum();
            agencies + records(set, |record| std::mem::take(record.extra).len())
        }
    }
}

fn head_keys(set: &AnnotationSet) -> usize {
    let meta = &set.meta;
    [
        set.schema.is_some(),
        meta.text_sha256.is_some(),
        meta.guidelines.is_some(),
        meta.status.is_some(),
        !meta.annotators.is_empty(),
        meta.assisted.is_some(),
        meta.quotes_withheld,
        meta.generator.is_some(),
    ]
    .into_iter()
    .filter(|&there| there)
    .count()
        + meta.extra.len()
        + set.extra.len()
}

/// Stances that a row of single labels has no place for: from the left, each that begins before the last
/// one kept has ended.
fn overlapping(set: &AnnotationSet) -> usize {
    set.stances.len() - crate::tokens::without_overlap(set.stances.iter().map(|stance| stance.span)).len()
}

struct Slots<'a> {
    id: &'a mut Option<String>,
    rule: &'a mut Option<String>,
    extra: &'a mut Extra,
}

fn records(set: &mut AnnotationSet, mut of: impl FnMut(Slots<'_>) -> usize) -> usize {
    let mut sum = 0;
    for m in set.agencies.iter_mut().flat_map(|agency| &mut agency.mentions) {
        sum += of(Slots { id: &mut m.id, rule: &mut m.rule, extra: &mut m.extra });
    }
    for s in &mut set.stances {
        sum += of(Slots { id: &mut s.id, rule: &mut s.rule, extra: &mut s.extra });
    }
    for c in &mut set.citations {
        sum += of(Slots { id: &mut c.id, rule: &mut c.rule, extra: &mut c.extra });
    }
    sum
}
