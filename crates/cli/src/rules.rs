//! `goldrule rules`: what the rules say of themselves.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Subcommand;

use crate::shared::extractor;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule rules test                      the shipped rules
  goldrule rules test --rules my-rules     with rules of your own added";

/// Test rules
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the examples that stand beside the rules
    #[command(after_help = EXAMPLES)]
    Test(TestArgs),
}

#[derive(clap::Args)]
struct TestArgs {
    /// Folder of rule files to add; rules of the same id replace the shipped ones
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    match &args.command {
        Command::Test(args) => test(args, terminal),
    }
}

fn test(args: &TestArgs, terminal: &Terminal) -> Result<Status, Failure> {
    let extractor = extractor(args.rules.as_deref())?;
    let report = extractor.test_rules();
    let mut out = String::new();
    for failure in &report.failures {
        let _ = writeln!(
            out,
            "{}:{}: {} fails\n  example   {}\n  expected  {}\n  found     {}\n",
            failure.file, failure.line, failure.rule, failure.example, failure.expected, failure.found
        );
    }
    let (examples, failed) = (report.yes + report.no, report.failures.len());
    let rules = extractor.rules().rules.len();
    let _ = writeln!(
        out,
        "{rules} rules, {examples} examples ({} yes, {} no): {} hold, {failed} fail. {} to do, {} of them hold by now.",
        report.yes,
        report.no,
        examples - failed,
        report.todo,
        report.todo_passing
    );
    terminal.print(&out)?;
    Ok(if failed == 0 { Status::Fine } else { Status::Problems })
}
