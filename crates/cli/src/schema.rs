//! `goldrule schema`: the JSON Schema of annotation files.

use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule schema > annotations/schema.json     then name it in the files: \"$schema\": \"../schema.json\"";

/// Print the JSON Schema of annotation files, for editors that complete and validate
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {}

pub(crate) fn run(_: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    terminal.print(&goldrule_schema::json_schema())?;
    Ok(Status::Fine)
}
