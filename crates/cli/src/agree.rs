//! `goldrule agree`: how far annotators agree.

use std::path::PathBuf;

use goldrule_harness::scorer::{Bootstrap, GammaPlan};
use goldrule_harness::{AgreePlan, Annotations, RESAMPLES, SEED, Show, Style, agree};

use goldrule_report::Agreed;

use crate::drawn::{Output, Plots};
use crate::shared::{ReportFormat, Texts, jobs, on_threads};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule agree annotations/annotator-a annotations/annotator-b
  goldrule agree annotations/annotator-a annotations/annotator-b --disagreements
  goldrule agree a b c --gamma --samples 100           three annotators, with gamma
  goldrule agree a b --text texts --disagreements --format csv > to-discuss.csv
  goldrule agree a b --format html -o agreement.html   both on one page, with the texts
  goldrule agree a b --format json | jq '.groups[-1].coefficients[] | {subject, label, alpha}'

Files of the same name are the same document. Files with errors are left out, named, and make the exit status 1.";

/// Say how far two or more annotators agree, beyond chance too, and what they disagree on
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folders of annotation files, one for each annotator
    #[arg(required = true, num_args = 2.., value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Folder of texts: offsets are checked against them, places become lines and columns
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of texts with a manifest, which says the splits [default: that of the project around the folders]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// How to write the report
    #[arg(long, value_enum, default_value = "table")]
    format: ReportFormat,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    plots: Plots,
    /// List every disagreement with its place and what either side has
    #[arg(long)]
    disagreements: bool,
    /// Name documents and list disagreements of every split, not of dev alone
    #[arg(long)]
    reveal: bool,
    /// Add gamma (Mathet et al. 2015) of every layer, label and document
    #[arg(long)]
    gamma: bool,
    /// Samples of chance for gamma
    #[arg(long, value_name = "N", default_value_t = 30, requires = "gamma",
        value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    samples: u32,
    /// Resamples of the bootstrap intervals of F1 [default: 1000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    resamples: Option<u32>,
    /// Seed of the samples of chance and of the bootstrap [default: 20250120]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = jobs)]
    jobs: Option<usize>,
}

impl Args {
    fn plan(&self) -> AgreePlan {
        let seed = self.seed.unwrap_or(SEED);
        let resamples = self.resamples.map_or(RESAMPLES, |resamples| resamples as usize);
        let gamma = GammaPlan { samples: self.samples as usize, seed, ..GammaPlan::default() };
        AgreePlan {
            show: Show { reveal: self.reveal, mistakes: self.disagreements },
            intervals: Bootstrap { resamples, seed, ..Bootstrap::default() },
            gamma: self.gamma.then_some(gamma),
        }
    }
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let near = &args.folders[0];
    let (texts, mut status) = Texts::open(args.corpus.as_deref(), args.text.as_deref(), near, terminal)?;
    let strict = args.folders.iter().all(|folder| texts.must_have(folder));
    let annotations = on_threads(args.jobs, || Annotations::read(texts.corpus(), strict, &args.folders))??;
    status = status.max(terminal.show(&annotations.findings));
    let bar = terminal.bar(annotations.documents.len(), "documents");
    let agreement = on_threads(args.jobs, || agree(&annotations, &args.plan(), || bar.inc(1)))?;
    bar.finish_and_clear();
    if agreement.total().documents == 0 {
        terminal.error("no document was annotated by two");
        status = status.max(Status::Problems);
    }
    let text = match args.format {
        ReportFormat::Table => agreement.to_table(args.output.style(terminal)),
        ReportFormat::Markdown => agreement.to_table(Style::Markdown),
        ReportFormat::Json => agreement.to_json(),
        ReportFormat::Csv => agreement.to_csv(),
        ReportFormat::Html => {
            let (agreement, annotations) = (&agreement, &annotations);
            let agreed = Agreed { title: "goldrule agree", agreement, annotations };
            args.output.agreement(&agreed, args.reveal)
        }
    };
    args.output.write(&text, terminal)?;
    args.plots.draw_agreement(&agreement, &annotations, args.reveal, terminal)?;
    // The process ends here and gives all back at once; piece by piece takes a while where documents are many.
    std::mem::forget((agreement, annotations));
    Ok(status)
}
