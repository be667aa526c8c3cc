//! `goldrule rules`: what the rules say of themselves.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use goldrule_harness::lint::{self, lint, lint_shipped, rule_files};
use goldrule_harness::{Finding, Project, counted, is_open, rule_stats};
use goldrule_schema::{Document, Entry};

use crate::eval;
use crate::shared::{extractor, jobs, on_threads};
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule rules test                      the shipped rules
  goldrule rules test --rules my-rules     with rules of your own added
  goldrule rules lint --rules my-rules     what is wrong with your rules
  goldrule rules stats                     which rule to mend next";

/// Test, lint and count rules
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
    /// Find rules that never fire or are shadowed, loose patterns, unused fragments, doubled examples
    #[command(after_help = LINT_EXAMPLES)]
    Lint(LintArgs),
    /// Count what each rule does on a corpus, the one to mend next on top
    #[command(after_help = STATS_EXAMPLES)]
    Stats(StatsArgs),
}

const LINT_EXAMPLES: &str = "\
Examples:
  goldrule rules lint                          the shipped rules, on the project's open texts
  goldrule rules lint --rules my-rules         your own rules; those shipped stay in place beside them
  goldrule rules lint --corpus texts           whether rules fire is tried on these texts

Exit status: 0 nothing found, 1 faults found, 2 could not run.";

const STATS_EXAMPLES: &str = "\
Examples:
  goldrule rules stats                         on the project's corpus, dev alone
  goldrule rules stats --rules my-rules        with rules of your own added
  goldrule rules stats --format csv            for a spreadsheet";

#[derive(clap::Args)]
struct LintArgs {
    /// Folder of rule files to lint; without it the shipped rules are linted
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Folder of texts in which rules should fire [default: the project's corpus]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder with texts that the corpus names and does not hold
    #[arg(long, value_name = "DIR")]
    text: Option<PathBuf>,
    /// List shipped rules that match nothing in the texts too: they are for what other writers say, and
    /// counted alone otherwise
    #[arg(long)]
    silent: bool,
    /// How to write findings
    #[arg(long, value_enum, default_value = "text")]
    format: LintFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum LintFormat {
    /// The line with a caret, and what to do
    Text,
    /// A list of objects
    Json,
}

#[derive(clap::Args)]
struct StatsArgs {
    #[command(flatten)]
    corpus: eval::CorpusArgs,
    /// How to write the figures
    #[arg(long, value_enum, default_value = "table")]
    format: StatsFormat,
    /// Count the documents of every split, not of dev alone
    #[arg(long)]
    reveal: bool,
    /// Threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = jobs)]
    jobs: Option<usize>,
}

#[derive(Clone, Copy, ValueEnum)]
enum StatsFormat {
    /// Aligned columns
    Table,
    /// One object with stable keys
    Json,
    /// A row for each rule
    Csv,
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
        Command::Lint(args) => run_lint(args, terminal),
        Command::Stats(args) => stats(args, terminal),
    }
}

fn run_lint(args: &LintArgs, terminal: &Terminal) -> Result<Status, Failure> {
    let own = Project::here().map(|project| project.corpus());
    let corpus = args.corpus.clone().or(own);
    let (texts, findings) = goldrule_harness::open_texts(corpus.as_deref(), args.text.as_deref(), |_| true)?;
    let findings: Vec<_> = findings.into_iter().map(Finding::from).collect();
    let status = terminal.show(&findings);
    let open = texts.entries.iter().filter(|entry| is_open(entry.split()));
    let documents: Vec<Document> = open.filter_map(Entry::document).cloned().collect();
    let mut found = match &args.rules {
        Some(dir) => lint(&rule_files(dir)?, &documents)?,
        None => lint_shipped(&documents)?,
    };
    let all = found.len();
    if args.rules.is_none() && !args.silent {
        found.retain(|finding| finding.kind != lint::Kind::SilentOnTexts);
    }
    let silent = all - found.len();
    let mut out = String::new();
    match args.format {
        LintFormat::Text => {
            for finding in &found {
                let _ = writeln!(out, "{finding}\n");
            }
            let faults =
                if found.is_empty() { "No faults".to_owned() } else { counted(found.len(), "fault") };
            let _ = writeln!(out, "{faults}; rules were tried on {}.", counted(documents.len(), "text"));
            if documents.is_empty() {
                let _ = writeln!(
                    out,
                    "Whether they match what people write was not tried; --corpus DIR gives texts."
                );
            }
            if silent > 0 {
                let rules = counted(silent, "rule");
                let _ =
                    writeln!(out, "{rules} found nothing in them, which is no fault; --silent lists them.");
            }
        }
        LintFormat::Json => {
            let list: Vec<_> = found.iter().map(json).collect();
            out = serde_json::to_string_pretty(&list).unwrap_or_default() + "\n";
        }
    }
    terminal.print(&out)?;
    Ok(status.max(if found.is_empty() { Status::Fine } else { Status::Problems }))
}

fn json(finding: &lint::Finding) -> serde_json::Value {
    serde_json::json!({
        "kind": finding.kind.name(),
        "rule": finding.rule.as_deref(),
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
        "help": finding.help,
    })
}

fn stats(args: &StatsArgs, terminal: &Terminal) -> Result<Status, Failure> {
    let extractor = extractor(args.corpus.rules.as_deref())?;
    let (cases, _, status) = eval::cases(&args.corpus.sources(), terminal)?;
    let bar = terminal.bar(cases.cases.len(), "documents");
    let stats = on_threads(args.jobs, || rule_stats(&extractor, &cases.cases, args.reveal, || bar.inc(1)))?;
    bar.finish_and_clear();
    terminal.print(&match args.format {
        StatsFormat::Table => stats.to_table(terminal.style()),
        StatsFormat::Json => stats.to_json(),
        StatsFormat::Csv => stats.to_csv(),
    })?;
    Ok(status.max(if stats.documents == 0 { Status::Problems } else { Status::Fine }))
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
        "{rules} rules, {examples} examples ({} yes, {} no; {} and {} by writers who had not seen the rules): {} hold, \
         {failed} fail. {} to do, {} of them hold by now.",
        report.yes,
        report.no,
        report.blind_yes,
        report.blind_no,
        examples - failed,
        report.todo,
        report.todo_passing
    );
    terminal.print(&out)?;
    Ok(if failed == 0 { Status::Fine } else { Status::Problems })
}
