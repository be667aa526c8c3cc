//! Where results, faults and progress go.

use std::io::{self, IsTerminal as _, Write as _};
use std::time::Duration;

use goldrule_harness::{Finding, Style};
use indicatif::{ProgressBar, ProgressStyle};

use crate::status::{Failure, Status};

/// Standard output for results and standard error for the rest.
pub(crate) struct Terminal {
    quiet: bool,
    plain: bool,
}

#[allow(
    clippy::unused_self,
    reason = "the streams are global; who prints is handed the terminal all the same"
)]
impl Terminal {
    pub(crate) fn new(quiet: bool) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { quiet, plain }
    }

    /// Prints a result.
    pub(crate) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut out = anstream::stdout().lock();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    /// Clears the screen, where standard error is one.
    pub(crate) fn clear(&self) {
        if io::stderr().is_terminal() {
            let _ = write!(io::stderr().lock(), "\x1b[2J\x1b[3J\x1b[H");
        }
    }

    /// Prints a result with its colours, wherever it goes.
    pub(crate) fn print_as_is(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    /// Whether git shows the output in its pager, which takes colours though it is no terminal.
    pub(crate) fn is_paged_by_git(&self) -> bool {
        !self.plain && std::env::var_os("GIT_PAGER_IN_USE").is_some_and(|value| value == "true")
    }

    /// How tables are drawn: colour is for terminals.
    pub(crate) fn style(&self) -> Style {
        if !self.plain && io::stdout().is_terminal() { Style::Bold } else { Style::Plain }
    }

    /// A remark beside the results, unless they are wanted alone.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            say(text);
        }
    }

    /// Shows findings; what they come to.
    pub(crate) fn show<'f>(&self, findings: impl IntoIterator<Item = &'f Finding>) -> Status {
        let mut status = Status::Fine;
        for finding in findings {
            say(&finding.render(true));
            say("");
            status = status.max(Status::of(finding));
        }
        status
    }

    /// Names a problem that has no place in a file.
    pub(crate) fn error(&self, message: &str) {
        let red = anstyle::AnsiColor::BrightRed.on_default().bold();
        let bold = anstyle::Style::new().bold();
        say(&format!("{red}error{red:#}{bold}: {message}{bold:#}"));
    }

    /// Says why a command stopped.
    pub(crate) fn fail(&self, failure: &Failure) -> Status {
        match failure {
            Failure::Findings(findings) => {
                self.show(findings);
            }
            Failure::Rules(errors) => errors.iter().for_each(|error| say(&format!("{error}\n"))),
            Failure::Message(message, help) => {
                self.error(message);
                say(&format!("  help: {help}"));
            }
            Failure::Closed => return Status::Fine,
        }
        Status::CouldNotRun
    }

    /// A bar of so many steps; hidden where nobody watches.
    pub(crate) fn bar(&self, steps: usize, unit: &str) -> ProgressBar {
        let template = format!("{{bar:30}} {{pos}}/{{len}} {unit} {{elapsed}}");
        self.progress(ProgressBar::new(steps as u64), &template)
    }

    /// A count of bytes read, of `total` where that is known.
    pub(crate) fn bytes(&self, total: Option<u64>) -> ProgressBar {
        match total {
            Some(total) => self.progress(
                ProgressBar::new(total),
                "{bar:30} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} {eta}",
            ),
            None => {
                self.progress(ProgressBar::no_length(), "{spinner} {decimal_bytes} {decimal_bytes_per_sec}")
            }
        }
    }

    fn progress(&self, bar: ProgressBar, template: &str) -> ProgressBar {
        if self.quiet || self.plain || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }
}

/// Prints a line to standard error; nobody can be told where that fails.
fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}
