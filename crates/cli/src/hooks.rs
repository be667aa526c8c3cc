//! `goldrule hooks`: git checks, merges and compares gold files with goldrule.

mod files;
mod repository;

use clap::Subcommand;

use crate::status::{Failure, Status};
use crate::terminal::Terminal;
use files::{Change, is_executable};
use repository::{Repository, SETTINGS};

const EXAMPLES: &str = "\
Examples:
  goldrule hooks install --dry-run     what would be changed
  goldrule hooks install               set up the check before commits and the merge and diff drivers
  goldrule hooks status                what is set up
  goldrule hooks remove                take out exactly that";

/// Let git check gold files before a commit, merge them by record and compare them by meaning
///
/// Changes the pre-commit hook and the configuration of this clone, and `.gitattributes`, which is yours to
/// commit. Lines that were there stay; `remove` takes out what `install` put in.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Set everything up
    Install(Options),
    /// Take out what `install` put in
    Remove(Options),
    /// Tell what is set up
    Status(Options),
}

#[derive(clap::Args)]
struct Options {
    /// Which files are gold, as .gitattributes writes it
    #[arg(long, default_value = "annotations/*/**/*.json", value_name = "PATTERN")]
    files: String,
    /// Only show what would be changed
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let repository = Repository::here()?;
    let (options, install) = match &args.action {
        Action::Install(options) => (options, true),
        Action::Remove(options) => (options, false),
        Action::Status(options) => return status(&repository, options, terminal),
    };
    let changes = plan(&repository, options, install)?;
    for (key, _) in SETTINGS.into_iter().filter(|(key, value)| install && Change::is_anothers(key, value)) {
        terminal.note(&format!("`{key}` of git's configuration has a value of yours, which stays."));
    }
    if changes.is_empty() {
        terminal.note("Nothing to change.");
        return Ok(Status::Fine);
    }
    for change in &changes {
        terminal.print(&change.shown())?;
    }
    if options.dry_run {
        terminal.note("Nothing was changed; without --dry-run it is.");
        return Ok(Status::Fine);
    }
    for change in &changes {
        change.apply()?;
    }
    let done = if install { "Set up; `goldrule hooks remove` takes it out." } else { "Taken out." };
    terminal.note(done);
    let hook = repository.hooks.join("pre-commit");
    if install && !is_executable(&hook) {
        let path = hook.display();
        terminal.note(&format!(
            "{path} was there and is not executable, so git does not run it: chmod +x {path}"
        ));
    }
    Ok(Status::Fine)
}

fn plan(repository: &Repository, options: &Options, install: bool) -> Result<Vec<Change>, Failure> {
    let mut changes = Vec::new();
    changes.extend(Change::hook(repository, &options.files, install)?);
    changes.extend(Change::attributes(repository, &options.files, install)?);
    changes.extend(SETTINGS.into_iter().filter_map(|(key, value)| Change::setting(key, value, install)));
    Ok(changes)
}

fn status(repository: &Repository, options: &Options, terminal: &Terminal) -> Result<Status, Failure> {
    let missing = plan(repository, options, true)?;
    let line =
        |is_in: bool, what: &str| format!("{} {what}\n", if is_in { "set up:    " } else { "not set up:" });
    let lacks = |name: &str| {
        let anothers = |(key, value): &(&str, &str)| key.starts_with(name) && Change::is_anothers(key, value);
        missing.iter().any(|change| change.is_about(name)) || SETTINGS.iter().any(anothers)
    };
    for (name, what) in [
        ("pre-commit", "pre-commit hook, which checks staged gold files"),
        (".gitattributes", ".gitattributes, which names the gold files"),
        ("merge.goldrule", "merge driver in git's configuration"),
        ("diff.goldrule", "diff driver in git's configuration"),
    ] {
        let idle = name == "pre-commit" && !is_executable(&repository.hooks.join(name));
        let what = if idle && !lacks(name) {
            format!("{what}: it is not executable, so git does not run it")
        } else {
            what.to_owned()
        };
        terminal.print(&line(!lacks(name) && !idle, &what))?;
    }
    Ok(Status::Fine)
}
