//! Annotation sets in the formats of other tools.
//!
//! A [`Format`] writes sets, reads them, or both. What it can hold is a list of [`Feature`]s; from that list
//! come the loss report of an export, the matrix of `FORMATS.md`, and what the round-trip tests expect back.
//!
//! Every format counts in its own [`Unit`]. An importer converts spans to code points and compares the text
//! there with the quote that the file gives; where they differ the file is refused, and the finding names the
//! unit in which the quote would match. Where a file gives no quotes and the spans cut words, it is refused if
//! those of another unit would not.
//!
//! ```
//! use goldrule_formats::{InFile, Item, by_name};
//! use goldrule_schema::{AnnotationSet, Document};
//!
//! let document = Document::new("note", "Nothing to see.");
//! let set = AnnotationSet::new("note");
//! let doccano = by_name("doccano").unwrap();
//! let files = doccano.export(&[Item { document: &document, set: &set }]);
//! let files = [InFile { name: files[0].name.clone(), source: files[0].contents.clone() }];
//! let import = doccano.import(&files, &|_| None, None);
//! assert_eq!(import.documents[0].0.text(), "Nothing to see.");
//! ```

mod brat;
mod carry;
mod cas;
mod conll;
mod doccano;
mod draft;
mod feature;
mod json;
mod label;
mod label_studio;
mod names;
mod naming;
mod offsets;
mod page;
mod prodigy;
mod tables;
mod tokens;
mod w3c;
mod webanno;

use std::collections::BTreeMap;

use goldrule_schema::{AnnotationSet, Diagnostic, Document};

pub use feature::{Feature, Loss, project};
pub use offsets::Unit;
pub use page::formats_page;
pub use tables::formulas;

/// A document with its records, to be written.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its records.
    pub set: &'a AnnotationSet,
}

/// A file that an export makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    /// Its name within the folder of the export.
    pub name: String,
    /// What it holds.
    pub contents: String,
    /// Whether it serves the tool (labels, layers) and holds no records.
    pub setup: bool,
}

/// A file to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InFile {
    /// Its path, for findings; its stem names the document where the file does not.
    pub name: String,
    /// What it holds.
    pub source: String,
}

/// What an import gave.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Documents with their records; those with errors are not among them.
    pub documents: Vec<(Document, AnnotationSet)>,
    /// Everything that is wrong, and what was left out.
    pub diagnostics: Vec<Diagnostic>,
    /// Documents that the files say are not to be used, or that nobody has annotated: why, and how many.
    pub set_aside: BTreeMap<&'static str, usize>,
}

/// Which ways a format goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// In and out.
    Both,
    /// In only.
    Import,
    /// Out only.
    Export,
}

/// Looks a document's text up, where a format does not carry it or to compare it with what it carries.
pub type Texts<'a> = &'a dyn Fn(&str) -> Option<&'a Document>;

/// A format of another tool.
pub trait Format: Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;
    /// What it is, in a few words.
    fn title(&self) -> &'static str;
    /// Extensions of the files that an import reads.
    fn extensions(&self) -> &'static [&'static str];
    /// Which ways it goes.
    fn direction(&self) -> Direction;
    /// What its offsets count.
    fn unit(&self) -> Unit;
    /// Where that is written.
    fn unit_source(&self) -> &'static str;
    /// What it can hold.
    fn holds(&self) -> &'static [Feature];
    /// How records look in it and what its users should know.
    fn remarks(&self) -> &'static str;
    /// Writes documents. Nothing where the format goes in only.
    fn export(&self, items: &[Item<'_>]) -> Vec<OutFile> {
        let _ = items;
        Vec::new()
    }
    /// Reads files, counting in `unit` where one is given. Nothing where the format goes out only.
    fn import(&self, files: &[InFile], texts: Texts<'_>, unit: Option<Unit>) -> Import {
        let _ = (files, texts, unit);
        Import::default()
    }
}

/// Every format, by name.
pub const FORMATS: &[&dyn Format] = &[
    &brat::Brat,
    &conll::Conll,
    &tables::Tables,
    &doccano::Doccano,
    &label_studio::LabelStudio,
    &prodigy::Prodigy,
    &cas::Cas,
    &w3c::WebAnnotation,
    &webanno::WebAnno,
];

/// Codes of findings that only imports make, with their meaning, sorted.
pub const CODES: &[(&str, &str)] = &[
    ("different-text", "the text that a file carries is not the document's"),
    ("disagreement", "two places of a file say different things of one agency"),
    ("left-out", "a file says what a gold file has no place for"),
    ("no-holder", "a stance is linked to no agency"),
    ("unknown-link", "a link leads to no record, or to one that it cannot lead to"),
    ("unlikely-unit", "spans without quotes cut words where those of another unit would not"),
];

/// The format of this name.
pub fn by_name(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|format| format.name() == name)
}

fn stem(name: &str) -> String {
    let path = std::path::Path::new(name);
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads files of JSON lines, each a document with its text; one without a name is called after its line.
fn import_lines(
    files: &[InFile],
    texts: Texts<'_>,
    (given, own): (Option<Unit>, Unit),
    named: fn(json::Node<'_, '_>) -> Option<String>,
    remedy: fn(json::Node<'_, '_>) -> String,
    unused: fn(json::Node<'_, '_>, &mut draft::Findings<'_>) -> Option<&'static str>,
    read: fn(json::Node<'_, '_>, &mut draft::Draft<'_>, &mut draft::Findings<'_>),
) -> Import {
    let mut import = Import::default();
    let mut names = names::Names::new(texts);
    for file in files {
        for (number, (base, line)) in json::lines(&file.source).enumerate() {
            let mut findings = draft::Findings::new(&file.name, &file.source);
            json::parse(line, base, &mut findings, |node, findings| {
                if let Some(why) = unused(node, findings) {
                    *import.set_aside.entry(why).or_default() += 1;
                    return;
                }
                let id = named(node).unwrap_or_else(|| format!("{}-{}", stem(&file.name), number + 1));
                let Some(text) = node.required("text", findings) else { return };
                let document = names.document(&id, Some(text), &node.head(), &remedy(node), findings);
                let Some(document) = document else { return };
                let mut draft = draft::Draft::new(&document, given, own);
                read(node, &mut draft, findings);
                conclude(&mut import, draft, &document, findings);
            });
            import.diagnostics.append(&mut findings.list);
        }
    }
    import
}

/// Keeps the set of a document whose file has no errors.
fn conclude(
    import: &mut Import,
    draft: draft::Draft<'_>,
    document: &Document,
    findings: &mut draft::Findings<'_>,
) {
    let set = draft.finish(findings);
    if !findings.list.iter().any(Diagnostic::is_error) {
        import.documents.push((document.clone(), set));
    }
    import.diagnostics.append(&mut findings.list);
}
