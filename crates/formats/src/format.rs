//! The formats by name, and what goes in and comes out.

use std::fmt;
use std::str::FromStr;

use goldrule_schema::{AnnotationSet, Diagnostic, Document};

use crate::feature::{Feature, Losses, losses};
use crate::place::Unit;
use crate::{brat, cas, conll, doccano, label_studio, prodigy, tables, w3c, webanno};

/// A format of another tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// brat standoff: `<document>.txt` and `<document>.ann`.
    Brat,
    /// JSON lines of Prodigy, which spaCy reads too: one document a line.
    Prodigy,
    /// W3C Web Annotation, JSON-LD.
    W3c,
    /// Label Studio tasks: predictions out, annotations in.
    LabelStudio,
    /// UIMA CAS JSON 0.4, which INCEpTION opens.
    Cas,
    /// WebAnno TSV 3, as INCEpTION exports it.
    WebAnno,
    /// doccano JSON lines with entities and relations.
    Doccano,
    /// `CoNLL` columns with IOB2 tags.
    Conll,
    /// Tables for spreadsheets: a CSV file for each sort of record.
    Csv,
}

/// A name that is no format's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat(pub String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
        write!(f, "`{}` is no format; use one of {}", self.0, names.join(", "))
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let found = Self::ALL.iter().find(|format| format.name() == name);
        found.copied().ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

impl Format {
    /// Every format.
    pub const ALL: &'static [Self] = &[
        Self::Brat,
        Self::Prodigy,
        Self::W3c,
        Self::LabelStudio,
        Self::Cas,
        Self::WebAnno,
        Self::Doccano,
        Self::Conll,
        Self::Csv,
    ];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brat => "brat",
            Self::Prodigy => "prodigy",
            Self::W3c => "w3c",
            Self::LabelStudio => "label-studio",
            Self::Cas => "cas",
            Self::WebAnno => "webanno",
            Self::Doccano => "doccano",
            Self::Conll => "conll",
            Self::Csv => "csv",
        }
    }

    /// Its full name.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Brat => "brat standoff",
            Self::Prodigy => "Prodigy / spaCy JSONL",
            Self::W3c => "W3C Web Annotation",
            Self::LabelStudio => "Label Studio JSON",
            Self::Cas => "UIMA CAS JSON",
            Self::WebAnno => "WebAnno TSV 3",
            Self::Doccano => "doccano JSONL",
            Self::Conll => "CoNLL, IOB2",
            Self::Csv => "CSV tables",
        }
    }

    /// Whether it can be exported to.
    pub const fn is_out(self) -> bool {
        !matches!(self, Self::WebAnno)
    }

    /// Whether it can be imported from.
    pub const fn is_in(self) -> bool {
        !matches!(self, Self::Cas | Self::Conll)
    }

    /// How the names of its files end, for finding them in a folder.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Brat => "ann",
            Self::Prodigy | Self::Doccano => "jsonl",
            Self::W3c | Self::LabelStudio | Self::Cas => "json",
            Self::WebAnno => "tsv",
            Self::Conll => "conll",
            Self::Csv => "csv",
        }
    }

    /// Whether any number of documents go into one file, which may be a stream.
    pub const fn is_stream(self) -> bool {
        !matches!(self, Self::Brat | Self::Cas | Self::WebAnno | Self::Csv)
    }

    /// What it counts offsets in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::LabelStudio | Self::Cas | Self::WebAnno => Unit::Utf16,
            _ => Unit::CodePoints,
        }
    }

    /// Where that unit is laid down.
    pub const fn unit_source(self) -> &'static str {
        match self {
            Self::Brat => {
                "brat standoff format: offsets are those of the characters of the .txt; its server reads it as Python text"
            }
            Self::Prodigy => "spaCy, `Doc.char_span`: offsets into a Python string",
            Self::W3c => {
                "Web Annotation Data Model (W3C Recommendation, 2017), 4.2.5: selections are in Unicode code points, not code units"
            }
            Self::LabelStudio => {
                "offsets of a JavaScript string; its Python export of the same task gives the same numbers"
            }
            Self::Cas => "UIMA: `begin` and `end` are offsets of a Java string; dkpro-cassis converts them",
            Self::WebAnno => {
                "WebAnno TSV 3.2, the format's description: offsets are UTF-16 code units, as in Java"
            }
            Self::Doccano => "doccano: offsets into a Python string",
            Self::Conll | Self::Csv => "columns of this writer",
        }
    }

    /// What of an annotation set it holds.
    pub fn holds(self, feature: Feature) -> bool {
        use Feature::{
            AgencyDetails, Canonicals, Forms, Head, Holders, Kinds, LineBreaks, Overlaps, Positions,
            RecordIds, Rules, UnknownKeys, Unmentioned,
        };
        match self {
            Self::Prodigy | Self::W3c | Self::LabelStudio | Self::Doccano | Self::Csv => true,
            Self::Brat => !matches!(feature, Head | Unmentioned | LineBreaks),
            Self::Cas => !matches!(feature, Head | Unmentioned | UnknownKeys),
            Self::WebAnno => {
                matches!(feature, AgencyDetails | Forms | Holders | Positions | Overlaps | Kinds | Canonicals)
            }
            Self::Conll => !matches!(
                feature,
                Head | AgencyDetails
                    | Unmentioned
                    | Holders
                    | Overlaps
                    | Canonicals
                    | RecordIds
                    | Rules
                    | UnknownKeys
            ),
        }
    }
}

/// A document and what is annotated in it.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// The text.
    pub document: &'a Document,
    /// Its records.
    pub set: &'a AnnotationSet,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// What it holds.
    pub contents: String,
}

/// What an export comes to.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// The files, by name.
    pub files: Vec<File>,
    /// What the format cannot hold, with counts.
    pub losses: Losses,
}

/// A file to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name, as findings give it.
    pub name: String,
    /// What it holds.
    pub contents: String,
}

/// What an import comes to.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// The sets of the documents without an error, in the order of the input.
    pub sets: Vec<AnnotationSet>,
    /// Everything that is wrong, with its place in the foreign files.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds the text of a document by its id.
pub type Texts<'a> = dyn Fn(&str) -> Option<&'a Document> + 'a;

/// Writes documents in a format. Sets are written in the order of the guidelines; formats that hold one
/// document a file name it after the document.
pub fn export(format: Format, pieces: &[Piece<'_>]) -> Export {
    let files = match format {
        Format::Brat => brat::export(pieces),
        Format::Prodigy => prodigy::export(pieces),
        Format::W3c => w3c::export(pieces),
        Format::LabelStudio => label_studio::export(pieces),
        Format::Cas => cas::export(pieces),
        Format::WebAnno => Vec::new(),
        Format::Doccano => doccano::export(pieces),
        Format::Conll => conll::export(pieces),
        Format::Csv => tables::export(pieces),
    };
    let mut all = Losses::default();
    for piece in pieces {
        all.add(&losses(format, piece));
    }
    Export { files, losses: all }
}

/// Reads documents from files of a format and checks them against their texts.
pub fn import(format: Format, inputs: &[Input], texts: &Texts<'_>) -> Imported {
    let drafts = match format {
        Format::Brat => brat::import(inputs, texts),
        Format::Prodigy => prodigy::import(inputs, texts),
        Format::W3c => w3c::import(inputs, texts),
        Format::LabelStudio => label_studio::import(inputs, texts),
        Format::Cas | Format::Conll => return Imported::default(),
        Format::WebAnno => webanno::import(inputs, texts),
        Format::Doccano => doccano::import(inputs, texts),
        Format::Csv => tables::import(inputs, texts),
    };
    let mut imported = Imported::default();
    for draft in drafts {
        let (set, diagnostics) = draft.finish(texts);
        imported.diagnostics.extend(diagnostics);
        imported.sets.extend(set);
    }
    imported
}
