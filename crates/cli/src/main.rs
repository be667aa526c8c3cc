//! `goldrule`: annotation sets of documents, extracted, checked and measured.

mod agree;
mod check;
mod cite;
mod compare;
mod completions;
mod conventions;
mod diff;
mod drawn;
mod edit;
mod eval;
mod explain;
mod export;
mod extract;
mod files;
mod fmt;
mod hooks;
mod import;
mod merge;
mod outputs;
mod retext;
mod review;
mod rules;
mod schema;
mod score;
mod scoring;
mod shared;
mod status;
mod terminal;
mod verify;
mod versions;
mod watch;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use terminal::Terminal;

/// Gold annotations, rules that reproduce them, and the ruler that measures how well.
#[derive(Parser)]
#[command(name = "goldrule", version, after_help = EXAMPLES, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Print results and faults only: no progress, no summaries
    #[arg(long, short, global = true)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  goldrule eval                          how well the rules do on the project's corpus
  goldrule extract note.txt              what one text contains
  goldrule cite memo.txt                 its legal citations, by authority with --resolve
  goldrule check annotations/gold        everything that is wrong with gold files
  goldrule explain note.txt              why a text has the records it has, and no others
  goldrule help score                    all about one command

Exit status: 0 fine, 1 problems found, 2 could not run.";

#[derive(Subcommand)]
enum Command {
    Eval(eval::Args),
    Extract(extract::Args),
    Cite(cite::Args),
    Score(score::Args),
    Compare(compare::Args),
    Agree(agree::Args),
    Verify(verify::Args),
    Check(check::Args),
    Fmt(fmt::Args),
    Diff(diff::Args),
    Edit(edit::Args),
    Merge(merge::Args),
    Retext(retext::Args),
    Hooks(hooks::Args),
    Import(import::Args),
    Export(export::Args),
    Schema(schema::Args),
    Review(review::Args),
    Rules(rules::Args),
    Explain(explain::Args),
    Completions(completions::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let terminal = Terminal::new(cli.quiet);
    let outcome = match cli.command {
        Command::Eval(args) => eval::run(&args, &terminal),
        Command::Extract(args) => extract::run(&args, &terminal),
        Command::Cite(args) => cite::run(&args, &terminal),
        Command::Score(args) => score::run(&args, &terminal),
        Command::Compare(args) => compare::run(&args, &terminal),
        Command::Agree(args) => agree::run(&args, &terminal),
        Command::Verify(args) => verify::run(&args, &terminal),
        Command::Check(args) => check::run(&args, &terminal),
        Command::Fmt(args) => fmt::run(&args, &terminal),
        Command::Diff(args) => diff::run(&args, &terminal),
        Command::Edit(args) => edit::run(&args, &terminal),
        Command::Merge(args) => merge::run(&args, &terminal),
        Command::Hooks(args) => hooks::run(&args, &terminal),
        Command::Retext(args) => retext::run(&args, &terminal),
        Command::Import(args) => import::run(&args, &terminal),
        Command::Export(args) => export::run(&args, &terminal),
        Command::Schema(args) => schema::run(&args, &terminal),
        Command::Review(args) => review::run(&args, &terminal),
        Command::Rules(args) => rules::run(&args, &terminal),
        Command::Explain(args) => explain::run(&args, &terminal),
        Command::Completions(args) => completions::run::<Cli>(&args, &terminal),
    };
    outcome.unwrap_or_else(|failure| terminal.fail(&failure)).into()
}
