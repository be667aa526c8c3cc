//! `goldrule explain`: why a text has the records it has, and no others.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use goldrule_schema::{Diagnostic, Document, read_text};

use crate::shared::extractor;
use crate::status::{Failure, Status};
use crate::terminal::Terminal;

const EXAMPLES: &str = "\
Examples:
  goldrule explain note.txt                every record of a text with its derivation
  goldrule explain note.txt --at 512       the sentence at that character, whatever it holds
  echo 'Elko police never ask for papers.' | goldrule explain -
  goldrule explain note.txt --format json  the same for machines
  goldrule explain note.txt --rules mine   with rules of your own added";

/// Say why a text's records are what they are, and why a sentence has none
///
/// For a stance: its rule and line, what the pattern matched and captured, the context operators with
/// their triggers, the sieve that found the holder. For a sentence without one: what became of its
/// matches, or the rule that came nearest and the element of its pattern that failed first.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A text, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only the sentence at this character, counted from 0 in code points
    #[arg(long, value_name = "OFFSET")]
    at: Option<u32>,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Folder of rule files to add; rules of the same id replace the shipped ones
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object with stable keys
    Json,
}

pub(crate) fn run(args: &Args, terminal: &Terminal) -> Result<Status, Failure> {
    let extractor = extractor(args.rules.as_deref())?;
    let document = read(&args.file)?;
    if let Some(at) = args.at.filter(|&at| at > document.char_len()) {
        let message = format!("there is no character {at}: the text has {}", document.char_len());
        return Err(Failure::message(message, "count code points from 0, as gold files do"));
    }
    let explanation = extractor.explain(&document, args.at);
    terminal.print(&match args.format {
        Format::Text => explanation.to_string(),
        Format::Json => serde_json::to_string_pretty(&explanation).unwrap_or_default() + "\n",
    })?;
    Ok(Status::Fine)
}

fn read(file: &Path) -> Result<Document, Failure> {
    if file != Path::new("-") {
        return Ok(Document::new(file.display().to_string(), read_text(file)?));
    }
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text).map_err(|error| {
        Diagnostic::whole(
            "unreadable",
            "standard input",
            format!("cannot read it: {error}"),
            "give it UTF-8 text",
        )
    })?;
    Ok(Document::new("standard input", text))
}
