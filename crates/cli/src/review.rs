//! `goldrule review`: decisions about gold, one key each.

mod ask;
mod blind;
mod edit;
mod finish;
mod inputs;
mod keys;
mod list;
mod screen;

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::ValueEnum;

use crate::shared::extractor;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule review annotations/gold/note.json       what the rules suggest and gold lacks
  goldrule review annotations/gold                 the same for every file of a folder
  goldrule review new.json --new --text texts      start a gold file from suggestions
  goldrule review gold --from predictions          suggestions of another program
  goldrule review annotator-a --vs annotator-b -o gold
                                                   settle two annotators' differences in a third folder
  goldrule review a.json --vs b.json               the same, into a.json itself
  goldrule review note.json --conflicts            what a merge left in note.conflicts.json
  goldrule review annotator-a --blind              mark files as annotated without suggestions
  goldrule review note.json --list --format json   the queue for machines; nothing is changed

Keys: a accept, r reject, e edit, s skip, u undo, g guidelines, w why, ? all keys, q quit.

Each decision is on the disk before the next is asked. Decisions are kept in <document>.decisions.jsonl beside
the gold file, and never read as gold: what was rejected does not come back, also under another rule or in
a corrected text; `undo` works after a restart. The gold file is replaced whole, and only while nobody else
changed it; where somebody did, it is read again and the decision is made in what it holds now.

With --vs and -o, OUT starts as a copy of GOLD and is gone on with where it exists. It is `draft` until
every difference is decided, and then `adjudicated`. GOLD and OTHER are only read.

Exit status: 0 fine, also when questions are left; 1 a file has errors; 2 could not run.";

/// Decide, record by record, what suggestions or another annotator would change in gold
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Args {
    /// A gold file, or a folder of them
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// Take suggestions from this file or folder [default: what the rules find]
    #[arg(long, value_name = "PRED", conflicts_with_all = ["vs", "conflicts"])]
    from: Option<PathBuf>,
    /// Ask where this annotator's file or folder differs from GOLD
    #[arg(long, value_name = "OTHER", conflicts_with = "conflicts")]
    vs: Option<PathBuf>,
    /// Write decisions to this file or folder, which starts as a copy of GOLD, and leave GOLD alone
    #[arg(short, long, value_name = "OUT", requires = "vs")]
    out: Option<PathBuf>,
    /// Ask only what merges could not settle
    #[arg(long)]
    conflicts: bool,
    /// Mark GOLD, or OUT, as annotated without suggestions; asks nothing without --vs
    #[arg(long, conflicts_with_all = ["from", "conflicts"])]
    blind: bool,
    /// Make GOLD where there is no such file
    #[arg(long, conflicts_with_all = ["vs", "conflicts", "list"])]
    new: bool,
    /// Suggest in documents of every split, not of dev alone
    #[arg(long)]
    reveal: bool,
    /// Print the queue and change nothing
    #[arg(long)]
    list: bool,
    /// How to write the queue
    #[arg(long, value_enum, default_value = "text", requires = "list")]
    format: Format,
    /// Your name, for the record of decisions
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Folder of texts
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// Folder of texts with a manifest [default: that of the project around GOLD]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder of rule files to add; rules of the same id replace the shipped ones
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    if args.blind && args.vs.is_none() {
        return blind::mark(args, terminal);
    }
    let watched = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if !args.list && !watched {
        return Err(Failure::message(
            "questions are asked in a terminal, and this is none",
            "run it in a terminal, or print the queue with --list",
        ));
    }
    let extractor = extractor(args.rules.as_deref())?;
    let (inputs, mut status) = inputs::Inputs::open(args, terminal)?;
    let reviews = inputs.files(args, &extractor, terminal)?;
    status = status.max(reviews.status);
    if args.list {
        list::print(&reviews.sessions, args.format, terminal)?;
        return Ok(status);
    }
    let asker = ask::Asker::new(&extractor, inputs.guidelines(), terminal);
    Ok(status.max(asker.run(reviews.sessions)?))
}
