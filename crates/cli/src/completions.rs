//! `goldrule completions`: for shells.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule completions bash > ~/.local/share/bash-completion/completions/goldrule
  goldrule completions fish > ~/.config/fish/completions/goldrule.fish";

/// Print a script that completes goldrule's commands and options in a shell
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The shell
    shell: Shell,
}

pub(crate) fn run<C: CommandFactory>(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut C::command(), "goldrule", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(Status::Fine)
}
