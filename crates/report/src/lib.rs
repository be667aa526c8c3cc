//! Scored documents as one page to look at, and as plots for papers and READMEs.
//!
//! A figure helps only beside what two annotators would agree on, and a list of errors only where the text
//! can be seen. [`report_page`] writes one HTML file with both: figures with intervals on a scale that also
//! shows the annotators' agreement; what is taken for what; errors by class, document and rule; which stage
//! loses what; and the text of every document with gold and found records on it. Whatever is counted leads to
//! its records. [`contrast_page`] does the same for two systems, [`agreement_page`] for annotators.
//!
//! The file asks nothing of any network: style, script and data are in it, and a policy forbids the rest.
//! Texts are data. They are written as JSON in which no character can end a script element, and the script
//! puts them on the page as text only. A text that may not be shipped is left out, with everything that
//! quotes it, unless [`Reader::include_withheld`] says otherwise; documents of a split that is for measuring
//! count in the figures alone, unless [`Reader::reveal`] does.
//!
//! [`accuracy_plot`] and [`confusion_plot`] give the drawings by themselves, as SVG that follows the
//! reader's light or dark.
//!
//! ```
//! use goldrule_harness::{Case, Extractor, Report, Settings, Show, evaluate};
//! use goldrule_harness::scorer::Duplicates;
//! use goldrule_report::{Reader, Scored, report_page};
//! use goldrule_schema::{AnnotationSet, Document};
//!
//! let case = Case {
//!     gold: AnnotationSet::new("note"),
//!     split: None,
//!     document: Some(Document::new("note", "Nothing </script> to see.")),
//!     attached: false,
//!     file: "note.txt".into(),
//! };
//! let cases = [case];
//! let comparisons = evaluate(&Extractor::new(), &cases, Duplicates::CopyByCopy, || {});
//! let report = Report::new(&comparisons, &[], Vec::new(), Show::default(), &Settings::default());
//! let scored = Scored { title: "goldrule eval", report: &report, comparisons: &comparisons, cases: &cases, chains: &[] };
//! let page = report_page(&scored, Reader::default());
//! assert!(page.contains(r"Nothing \u003c/script\u003e to see."));
//! ```

mod agree;
mod agree_page;
mod assets;
mod chart;
mod confusion;
mod contrast;
mod figures;
mod losses;
mod model;
mod page;
mod records;
mod safe;
mod svg;
mod tally;

pub use agree_page::{Agreed, agreement_page};
pub use confusion::Question;
pub use page::{Contrasted, Scored, contrast_page, report_page};

use goldrule_harness::{Agreement, Annotations, Comparison, Report, is_open};

/// What the reader of a page may see.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reader {
    /// The documents of every split, not of `dev` alone.
    pub reveal: bool,
    /// The texts that may not be shipped.
    pub include_withheld: bool,
}

/// F1 with intervals and the annotators' agreement, as an SVG file.
pub fn accuracy_plot(report: &Report) -> String {
    figures::accuracy(report).standalone()
}

/// What is taken for what in the documents that may be looked at, as an SVG file; of one question, or of all
/// that have an answer.
pub fn confusion_plot(comparisons: &[Comparison], question: Option<Question>, reveal: bool) -> String {
    let data = records::scored(comparisons, &[], Reader { reveal, include_withheld: false });
    let documents = comparisons.iter().filter(|one| reveal || is_open(one.split.as_deref())).count();
    confusion::plot(&matrices(&data, question), documents)
}

/// F1 of annotators against each other, as an SVG file.
pub fn agreement_plot(agreement: &Agreement) -> String {
    agree_page::pairwise(agreement).standalone()
}

/// What the first annotator has for what of the last one, as an SVG file: see [`confusion_plot`].
pub fn agreement_confusion_plot(
    annotations: &Annotations<'_>,
    question: Option<Question>,
    reveal: bool,
) -> String {
    let data = agree::annotated(annotations, Reader { reveal, include_withheld: false });
    confusion::plot(&matrices(&data, question), data.documents.len())
}

fn matrices(data: &model::Data, question: Option<Question>) -> Vec<confusion::Matrix> {
    let asked = Question::ALL.into_iter().filter(|one| question.is_none_or(|asked| asked == *one));
    let matrices = asked.map(|question| confusion::Matrix::new(question, data));
    matrices.filter(|matrix| !matrix.is_empty()).collect()
}

/// The address of the records that a filter lets through: what the script reads behind `#?`.
fn link(parts: &[(&str, &str)]) -> String {
    let mut link = "#?".to_owned();
    for (at, (key, value)) in parts.iter().enumerate() {
        if at > 0 {
            link.push('&');
        }
        link.push_str(key);
        link.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.:~".contains(&byte) {
                link.push(char::from(byte));
            } else {
                use std::fmt::Write as _;
                let _ = write!(link, "%{byte:02X}");
            }
        }
    }
    link
}
