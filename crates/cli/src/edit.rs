//! `goldrule edit`: the annotator's page.

use std::path::PathBuf;

use goldrule_editor::{Editor, Folders, Options};
use goldrule_harness::{Finding, Project, annotators_beside};

use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule edit                                    the project around the current folder
  goldrule edit --annotator kim                    new files name you as their annotator
  goldrule edit --gold annotations/annotator-a     another folder of annotations
  goldrule edit --corpus texts --gold out          any folder of .txt files, no project needed
  goldrule edit --open                             opens the page in the browser

The page is served to this computer alone, at the address printed on standard output. Everything is saved
at once; Ctrl+C ends the server.";

/// Annotate documents on a page in the browser: text, records, suggestions, adjudication
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Port on loopback [default: any that is free]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Folder of .txt files [default: the project's corpus]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder with texts that the corpus names and does not hold
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of annotation files to edit [default: the project's annotations/gold]
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
    /// Folders of two annotators to adjudicate [default: annotator-a and annotator-b beside the gold]
    #[arg(long, value_name = "DIR", num_args = 2)]
    annotators: Option<Vec<PathBuf>>,
    /// Who annotates; new files name them
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
    /// Suggest and score in documents of every split, not of dev alone
    #[arg(long)]
    reveal: bool,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let project = Project::here();
    let known = |given: &Option<PathBuf>, of: fn(&Project) -> PathBuf, flag: &str| {
        given.clone().or_else(|| project.as_ref().map(of)).ok_or_else(|| {
            let message = format!("there is no project around this folder, and no {flag}");
            Failure::message(message, "name folders with --corpus DIR and --gold DIR")
        })
    };
    let corpus = known(&args.corpus, Project::corpus, "--corpus")?;
    let gold = known(&args.gold, Project::gold, "--gold")?;
    let given = args.annotators.clone().and_then(|dirs| <[PathBuf; 2]>::try_from(dirs).ok());
    let annotators = given.or_else(|| annotators_beside(&gold));
    let folders = Folders { corpus, text: args.text.clone(), gold, annotators };
    let annotator = args.annotator.clone();
    let editor = Editor::new(Options { folders, port: args.port, annotator, reveal: args.reveal })?;
    let findings: Vec<Finding> = editor.findings.iter().cloned().map(Finding::from).collect();
    let status = terminal.show(&findings);
    let failed = |error: std::io::Error| Failure::message(error.to_string(), "start it again");
    let address = editor.address().map_err(failed)?;
    terminal.print(&format!("{address}\n"))?;
    terminal.note("Open this address in a browser of this computer; Ctrl+C ends the server.");
    if args.open {
        show(&address, terminal);
    }
    editor.run().map_err(failed)?;
    Ok(status)
}

/// Opens the address as the system does it.
fn show(address: &str, terminal: &Terminal) {
    let opener = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    if let Err(error) = std::process::Command::new(opener).arg(address).spawn() {
        terminal.error(&format!("cannot open the browser with {opener}: {error}"));
    }
}
