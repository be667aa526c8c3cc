//! Where a report goes, and the page and plots that are drawn of it.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use goldrule_harness::{Agreement, Annotations, Chain, Comparison, Report, Style};
use goldrule_report::{
    Agreed, Contrasted, Question, Reader, accuracy_plot, agreement_confusion_plot, agreement_page,
    agreement_plot, confusion_plot, contrast_page, report_page,
};

use crate::scoring::{Scored, write};
use crate::shared::{ReportFormat, rendered};
use crate::status::Failure;
use crate::terminal::Terminal;

/// Where a report goes.
#[derive(clap::Args)]
pub(crate) struct Output {
    /// Write the report to this file, whole or not at all [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// With --format html, put texts that may not be shipped into the page
    #[arg(long)]
    include_withheld: bool,
}

/// What is drawn beside a report.
#[derive(clap::Args)]
pub(crate) struct Plots {
    /// Draw F1 with intervals and the annotators' agreement to this .svg file
    #[arg(long, value_name = "FILE.svg", value_parser = svg)]
    plot: Option<PathBuf>,
    /// Draw what is taken for what: all of it, or that of form, kind, topic, position, attribution or
    /// citation-kind
    #[arg(long, value_name = "[OF=]FILE.svg")]
    plot_confusion: Vec<ConfusionPlot>,
}

/// A confusion matrix to draw, or all of them, and the file to draw to.
#[derive(Clone, Debug)]
struct ConfusionPlot {
    question: Option<Question>,
    path: PathBuf,
}

impl FromStr for ConfusionPlot {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((name, path)) => Ok(Self { question: Some(name.parse()?), path: svg(path)? }),
            None => Ok(Self { question: None, path: svg(text)? }),
        }
    }
}

fn svg(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.extension().is_some_and(|extension| extension == "svg") {
        Ok(path)
    } else {
        Err("name a .svg file".to_owned())
    }
}

impl Output {
    fn reader(&self, reveal: bool) -> Reader {
        Reader { reveal, include_withheld: self.include_withheld }
    }

    /// Writes a report where it goes.
    pub(crate) fn report(
        &self,
        (title, format): (&str, ReportFormat),
        (report, scored, chains): (&Report, &Scored, &[Chain]),
        reveal: bool,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        let Scored { comparisons, cases, .. } = scored;
        let text = if format == ReportFormat::Html {
            let scored = goldrule_report::Scored { title, report, comparisons, cases, chains };
            report_page(&scored, self.reader(reveal))
        } else {
            rendered(report, format, self.style(terminal))
        };
        self.write(&text, terminal)
    }

    /// The page of a comparison.
    pub(crate) fn contrast(&self, contrasted: &Contrasted<'_>, reveal: bool) -> String {
        contrast_page(contrasted, self.reader(reveal))
    }

    fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// How tables are drawn there.
    pub(crate) fn style(&self, terminal: &Terminal) -> Style {
        if self.file().is_some() { Style::Plain } else { terminal.style() }
    }

    /// The page of annotators' agreement.
    pub(crate) fn agreement(&self, agreed: &Agreed<'_>, reveal: bool) -> String {
        agreement_page(agreed, self.reader(reveal))
    }

    /// Writes a text where it goes.
    pub(crate) fn write(&self, text: &str, terminal: &Terminal) -> Result<(), Failure> {
        match self.file() {
            Some(path) => wrote(path, text, terminal),
            None => terminal.print(text),
        }
    }
}

impl Plots {
    /// Draws what was asked for.
    pub(crate) fn draw(
        &self,
        report: &Report,
        comparisons: &[Comparison],
        reveal: bool,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        if let Some(path) = &self.plot {
            wrote(path, &accuracy_plot(report), terminal)?;
        }
        for ConfusionPlot { question, path } in &self.plot_confusion {
            wrote(path, &confusion_plot(comparisons, *question, reveal), terminal)?;
        }
        Ok(())
    }
}

impl Plots {
    /// The same of annotators.
    pub(crate) fn draw_agreement(
        &self,
        agreement: &Agreement,
        annotations: &Annotations<'_>,
        reveal: bool,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        if let Some(path) = &self.plot {
            wrote(path, &agreement_plot(agreement), terminal)?;
        }
        for ConfusionPlot { question, path } in &self.plot_confusion {
            wrote(path, &agreement_confusion_plot(annotations, *question, reveal), terminal)?;
        }
        Ok(())
    }
}

fn wrote(path: &Path, text: &str, terminal: &Terminal) -> Result<(), Failure> {
    write(path, text)?;
    terminal.note(&format!("Wrote {}.", path.display()));
    Ok(())
}
