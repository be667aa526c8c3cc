//! Legal citations, read by grammar.
//!
//! One automaton looks for literals that citations cannot do without ([`find`]); from each hit a
//! hand-written parser reads outward. What a citation leaves open, such as the state of "SB 54", is filled
//! in afterwards from the document ([`resolve`]).
//!
//! ```
//! use goldrule_extractor::citation::find_citations;
//!
//! let found: Vec<_> = find_citations("Under 8 U.S.C. §§ 1373 and 1644, yes.").collect();
//! assert_eq!(found[0].canonical().as_deref(), Some("/us/usc/t8/s1373"));
//! assert_eq!(found[1].canonical().as_deref(), Some("/us/usc/t8/s1644"));
//! assert_eq!(found[1].quote, "1644");
//! ```

/// The first column of a table of literals, in its order: what the anchors of its parser are.
macro_rules! literals {
    ($table:ident) => {
        &{
            let mut literals = [""; $table.len()];
            let mut i = 0;
            while i < literals.len() {
                literals[i] = $table[i].0;
                i += 1;
            }
            literals
        }
    };
}

mod act;
mod again;
mod anchor;
mod annotate;
mod ballot;
mod bare;
mod bill;
mod bill_words;
mod canonical;
mod case;
mod chaptered;
mod cluster;
mod code;
mod codes;
mod compiled;
mod constitution;
mod council;
mod counties;
mod court;
mod cursor;
mod federal;
mod fields;
mod immigration;
mod known;
mod letters;
mod levels;
mod lists;
mod local;
mod municipal;
mod names;
mod officials;
mod order;
mod page;
mod party;
mod policy;
mod resolve;
mod secondary;
mod section;
mod session;
mod setting;
mod short;
mod spoken;
mod subject;
mod supra;
mod table;
mod title;
mod towns;
mod treaty;
mod tribal;
mod volume;
mod wrapped;

use std::borrow::Cow;

use goldrule_schema::{ByteSpan, CitationKind};

use crate::State;
pub use annotate::{Markup, annotate, strip_links};
pub use canonical::{CanonicalError, CanonicalId, Family};
pub use cluster::{Cluster, clusters};
pub use fields::{Field, FieldName};
pub use page::page_of;
pub use resolve::{Context, find_citations, resolve, state_evidence};

/// Items read of one list, so that a parser looks a bounded way ahead.
const MOST_ITEMS: usize = 12;

/// A citation in a text that outlives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation<'t> {
    /// Where it stands, in bytes.
    pub span: ByteSpan,
    /// Its words.
    pub quote: &'t str,
    /// What sort of authority it names.
    pub kind: CitationKind,
    /// Id of the grammar rule that read it.
    pub rule: &'static str,
    authority: Authority,
    setting: setting::Setting,
}

/// What a citation names, as far as its own words tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Authority {
    scope: Scope,
    /// Path between jurisdiction and section: `/usc/t8`, `/bill/sb/54`.
    base: String,
    /// Last part of the path without subdivisions: `s1373`, `ch27A`; empty when the base is all.
    section: String,
    /// Subdivisions: `/a/1`.
    subdivisions: String,
}

/// Whose law it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Federal,
    State(Option<State>),
    /// A place of a state; the name of the place as the citation has it, as a slug.
    Place(Option<State>, Option<String>),
    /// Refers to what was cited before.
    Earlier(Reference),
    /// Cannot have a canonical id.
    None,
}

/// How a short form refers to an earlier citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reference {
    /// "Id.": the one before, with another section or subdivision where one is given.
    Last,
    /// "Id. at 5": the decision before, statutes having no pages.
    Page,
    /// "§ 1373": one with such a section.
    Section,
    /// "Galarza, supra": the case of this name, which stands in the place of the path.
    Name,
    /// "(c)(3)": the one before with other subdivisions.
    Subdivision,
}

impl Authority {
    fn new(scope: Scope, base: impl Into<String>) -> Self {
        Self { scope, base: base.into(), section: String::new(), subdivisions: String::new() }
    }

    fn federal(base: impl Into<String>) -> Self {
        Self::new(Scope::Federal, base)
    }

    fn none() -> Self {
        Self::new(Scope::None, "")
    }

    fn section(mut self, section: impl Into<String>, subdivisions: impl Into<String>) -> Self {
        self.section = section.into();
        // "§ Trans 1.01" of Wisconsin
        self.section.retain(|c| !c.is_whitespace());
        self.subdivisions = subdivisions.into();
        self
    }

    fn canonical(&self) -> Option<String> {
        let jurisdiction = match &self.scope {
            Scope::Federal => "/us".to_owned(),
            Scope::State(Some(state)) => format!("/us-{}", state.code()),
            Scope::Place(Some(state), Some(place)) => format!("/us-{}/{place}", state.code()),
            _ => return None,
        };
        let slash = if self.section.is_empty() { "" } else { "/" };
        let path = format!("{jurisdiction}{}{slash}{}{}", self.base, self.section, self.subdivisions);
        Some(path.replace(cursor::FIRM_HYPHEN, "-"))
    }
}

impl<'t> Citation<'t> {
    /// Lets it begin at another byte of its text.
    fn begin(&mut self, text: &'t str, start: usize) {
        self.span = ByteSpan::new(start as u32, self.span.end);
        self.quote = text.get(self.span.range()).unwrap_or(self.quote);
    }
}

impl Citation<'_> {
    /// Id of the authority, once [`resolve`] has settled it; [`CanonicalId`] describes its grammar.
    pub fn canonical(&self) -> Option<String> {
        self.authority.canonical()
    }

    /// A public page on which the authority can be read, where one follows by rule: that of
    /// [`CanonicalId::url`] or, for a bill of Congress that names its Congress, the bill's.
    ///
    /// ```
    /// let found = goldrule_extractor::citation::find_citations("H.R. 29, 119th Cong. (2025)").next().unwrap();
    /// assert_eq!(found.url().as_deref(), Some("https://www.congress.gov/bill/119th-congress/house-bill/29"));
    /// ```
    pub fn url(&self) -> Option<String> {
        page_of(&self.canonical()?, self.quote)
    }

    /// For a section of the Immigration and Nationality Act, its section of the United States Code.
    ///
    /// ```
    /// let found = goldrule_extractor::citation::find_citations("a 287(g) agreement").next().unwrap();
    /// assert_eq!(found.codified().as_deref(), Some("/us/usc/t8/s1357/g"));
    /// ```
    pub fn codified(&self) -> Option<String> {
        canonical::codified(&self.canonical()?)
    }
}

/// What a parser found, in bytes of the text.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    start: usize,
    end: usize,
    kind: CitationKind,
    rule: &'static str,
    authority: Authority,
}

/// Every citation in text order, none overlapping another; where two begin together the longer is kept.
///
/// Runs in time linear in the text: parsers look a bounded way around each hit.
pub fn find(text: &str) -> Vec<Citation<'_>> {
    let joined = wrapped::joined(text);
    if let Cow::Borrowed(text) = joined {
        return read(text);
    }
    let citations = read(&joined).into_iter();
    citations
        .map(|c| Citation {
            quote: text.get(c.span.range()).unwrap_or(""),
            span: c.span,
            kind: c.kind,
            rule: c.rule,
            authority: c.authority,
            setting: c.setting,
        })
        .collect()
}

fn read(text: &str) -> Vec<Citation<'_>> {
    let mut found = Vec::new();
    anchor::scan(text, &mut found);
    levels::join(text, &mut found);
    let mut citations = keep_longest(text, found);
    short::join_names(text, &mut citations);
    short::join_aliases(text, &mut citations);
    short::join_reports(text, &mut citations);
    let more = short::find(text, &citations);
    if !more.is_empty() {
        let all = citations.drain(..).map(found_again).chain(more).collect();
        citations = keep_longest(text, all);
    }
    compiled::same_section(&mut citations);
    bare::same_title(text, &mut citations);
    bare::same_chapter(&mut citations);
    resolve::prune(&mut citations);
    setting::observe(text, &mut citations);
    citations
}

fn found_again(citation: Citation<'_>) -> Found {
    let range = citation.span.range();
    Found {
        start: range.start,
        end: range.end,
        kind: citation.kind,
        rule: citation.rule,
        authority: citation.authority,
    }
}

fn keep_longest(text: &str, mut found: Vec<Found>) -> Vec<Citation<'_>> {
    found.sort_by_key(|f| (f.start, std::cmp::Reverse(f.end)));
    let mut citations: Vec<Citation<'_>> = Vec::new();
    let mut end = 0;
    for f in found {
        let Some(quote) = text.get(f.start..f.end) else { continue };
        let start = f.start + quote.len() - quote.trim_start().len();
        let quote = quote.trim();
        if start < end || quote.is_empty() {
            continue;
        }
        end = start + quote.len();
        let span = ByteSpan::new(start as u32, end as u32);
        citations.push(Citation {
            span,
            quote,
            kind: f.kind,
            rule: f.rule,
            authority: f.authority,
            setting: setting::Setting::default(),
        });
    }
    citations
}

/// Lower case, with one hyphen for each run of anything that is not a letter or digit; apostrophes vanish
/// and "&" is "and".
fn slug(name: &str) -> String {
    let mut slug = String::new();
    let mut gap = false;
    for c in name.chars() {
        match c {
            '\'' | '’' | '.' => {}
            '&' => {
                slug.push_str(if slug.is_empty() { "and" } else { "-and" });
                gap = true;
            }
            c if c.is_alphanumeric() => {
                if gap && !slug.is_empty() {
                    slug.push('-');
                }
                gap = false;
                slug.extend(c.to_lowercase());
            }
            _ => gap = true,
        }
    }
    slug
}
