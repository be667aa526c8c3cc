//! Why a text's records are what they are, and why a sentence has none.
//!
//! [`Extractor::explain`] extracts a document and tells, sentence by sentence, the derivation of every
//! record: the rule and where it stands, what its pattern captured, the context operators with their
//! triggers, the sieve that found the holder, the step of grouping that joined a mention to its agency.
//! For matches that state nothing it says what became of them, and for sentences in which no rule matches
//! which rule came nearest and the element of its pattern that failed first.
//!
//! ```
//! use goldrule_extractor::Extractor;
//! use goldrule_schema::Document;
//!
//! let text = "The Ames Police Department does not ask about immigration status.";
//! let explanation = Extractor::new().explain(&Document::new("ames", text), None);
//! let stance = &explanation.sentences[0].stances[0];
//! assert_eq!(stance.operators[0].effect, "turns the position round");
//! assert_eq!(stance.holder.sieve, "subject");
//! ```

mod near;
pub(crate) use near::NearRules;
mod text;
pub(crate) mod trace;
mod weighed;

use goldrule_schema::{AgencyKind, Attribution, CharSpan, CitationKind, Document, Form, Position, Topic};
use serde::{Serialize, Serializer};

use crate::Extractor;

/// What a document contains and why. Offsets are code points.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// Name of the document.
    pub document: String,
    /// Its sentences that have something to explain, in text order.
    pub sentences: Vec<SentenceView>,
}

/// A sentence with its records.
#[derive(Clone, Debug, Serialize)]
pub struct SentenceView {
    /// Where it stands.
    pub place: Quote,
    /// Line in the text, from 1.
    pub line: u32,
    /// Column in code points, from 1.
    pub column: u32,
    /// Mentions of agencies.
    pub mentions: Vec<MentionView>,
    /// Legal citations.
    pub citations: Vec<CitationView>,
    /// Stances.
    pub stances: Vec<StanceView>,
    /// Matches of stance rules that state nothing.
    pub silent: Vec<SilentView>,
    /// Rules that came near, the nearest first; only where no stance rule matches.
    pub nearest: Vec<NearView>,
}

/// Characters of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// First code point, from 0.
    pub start: u32,
    /// First code point behind it.
    pub end: u32,
    /// The characters.
    pub text: String,
}

/// A rule and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleView {
    /// Its id.
    pub id: String,
    /// Its file; absent for grammar rules, which are code.
    pub file: Option<String>,
    /// Line of the pattern that matched, from 1.
    pub line: Option<u32>,
    /// The pattern that matched; of a card the points that its words gave.
    pub pattern: Option<String>,
}

/// A mention of an agency.
#[derive(Clone, Debug, Serialize)]
pub struct MentionView {
    /// Where it stands.
    pub place: Quote,
    /// Its agency's id.
    pub agency: String,
    /// Its agency's name.
    pub name: String,
    /// What sort of body that is.
    #[serde(serialize_with = "word")]
    pub kind: AgencyKind,
    /// How it refers to it.
    #[serde(serialize_with = "word")]
    pub form: Form,
    /// The grammar rule that read it.
    pub rule: RuleView,
    /// The step of grouping that joined it to its agency.
    pub joined: &'static str,
    /// Whether it is a mention only because its agency holds a stance.
    pub provisional: bool,
}

/// A legal citation.
#[derive(Clone, Debug, Serialize)]
pub struct CitationView {
    /// Where it stands.
    pub place: Quote,
    /// What sort of authority it names.
    #[serde(serialize_with = "word")]
    pub kind: CitationKind,
    /// The authority's canonical id.
    pub canonical: Option<String>,
    /// The grammar rule that read it.
    pub rule: RuleView,
}

/// How cards weighed a position.
#[derive(Clone, Debug, Serialize)]
pub struct WeighedView {
    /// How likely its topic and it are, in percent.
    pub percent: u8,
    /// How likely they must be.
    pub least: u8,
    /// The position that a pattern states.
    #[serde(serialize_with = "word_or_none")]
    pub stated: Option<Position>,
    /// What the words of the sentence add up to for the topic, and which they are.
    pub topic: String,
    /// The same for each position, the leading one first.
    pub positions: Vec<String>,
}

/// A stance and how it came about.
#[derive(Clone, Debug, Serialize)]
pub struct StanceView {
    /// Its evidence.
    pub evidence: Quote,
    /// The conduct.
    #[serde(serialize_with = "word")]
    pub topic: Topic,
    /// The position after context.
    #[serde(serialize_with = "word")]
    pub position: Position,
    /// The rule.
    pub rule: RuleView,
    /// What the pattern matched.
    pub core: Quote,
    /// What it captured.
    pub captures: Vec<CaptureView>,
    /// The position that the rule gives.
    #[serde(serialize_with = "word")]
    pub base: Position,
    /// The context operators that applied, in text order.
    pub operators: Vec<OperatorView>,
    /// Where operators were looked for.
    pub scope: Quote,
    /// Whose stance it is.
    pub holder: HolderView,
    /// How cards weighed it, where they did.
    pub weighed: Option<WeighedView>,
    /// Who says so.
    #[serde(serialize_with = "word")]
    pub attribution: Attribution,
    /// Why that is who says so.
    pub attributed: &'static str,
}

/// What a pattern captured.
#[derive(Clone, Debug, Serialize)]
pub struct CaptureView {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: Quote,
}

/// A context operator.
#[derive(Clone, Debug, Serialize)]
pub struct OperatorView {
    /// Its rule.
    pub rule: RuleView,
    /// The words that made it.
    pub trigger: Quote,
    /// What it does.
    pub effect: &'static str,
}

/// The holder of a stance.
#[derive(Clone, Debug, Serialize)]
pub struct HolderView {
    /// The agency's id.
    pub agency: String,
    /// Its name.
    pub name: String,
    /// The sieve that found it.
    pub sieve: &'static str,
    /// What that sieve goes by.
    pub because: &'static str,
}

/// A match that states nothing.
#[derive(Clone, Debug, Serialize)]
pub struct SilentView {
    /// The rule.
    pub rule: RuleView,
    /// What its pattern matched.
    pub core: Quote,
    /// Why it states nothing.
    pub because: String,
}

/// A rule that came near.
#[derive(Clone, Debug, Serialize)]
pub struct NearView {
    /// The rule with the pattern that came near.
    pub rule: RuleView,
    /// What the rule is for.
    pub say: String,
    /// How much of the pattern stands in the sentence, 0 to 1.
    pub share: f64,
    /// What its elements matched before one failed; absent where the first one did.
    pub matched: Option<Quote>,
    /// The element that failed first, as the pattern has it.
    pub element: String,
    /// Line of the element in the rule's file, from 1.
    pub line: u32,
    /// Column of the element, from 1.
    pub column: u32,
    /// What stands in the text where the element was wanted.
    pub found: String,
    /// Why that does not do.
    pub because: String,
}

#[expect(clippy::ref_option, reason = "what serde passes")]
fn word_or_none<T: std::fmt::Display, S: Serializer>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

fn word<T: std::fmt::Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

impl Extractor {
    /// Explains the records of a document; with `at`, a code point, those of the sentence there alone, which
    /// is then explained even where it comes near to nothing.
    ///
    /// The cost is that of extracting the document twice and of comparing every sentence without a stance
    /// with every rule.
    pub fn explain(&self, document: &Document, at: Option<u32>) -> Explanation {
        trace::explain(self, document, at)
    }
}

impl Quote {
    fn new(document: &Document, span: CharSpan) -> Self {
        let text = document.quote(span).unwrap_or_default().to_owned();
        Self { start: span.start, end: span.end, text }
    }
}
