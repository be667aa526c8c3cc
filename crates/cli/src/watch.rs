//! Runs something again whenever files change.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use notify::{Event, RecursiveMode, Watcher};

use crate::status::{Failure, Status};
use crate::terminal::Terminal;

/// How long files must be left alone before they are looked at: editors write in several steps.
const QUIET: Duration = Duration::from_millis(150);

/// Runs `pass` now and after each change below `paths`, until the program is interrupted.
pub(crate) fn again_and_again(
    paths: &[PathBuf],
    terminal: &Terminal,
    pass: impl Fn() -> Result<Status, Failure>,
) -> Result<Status, Failure> {
    let cannot = |error: notify::Error| {
        Failure::message(format!("cannot watch for changes: {error}"), "run it without --watch")
    };
    if let Some(missing) = paths.iter().find(|path| !path.exists() && *path != Path::new("-")) {
        let message = format!("there is no file or folder {}", missing.display());
        return Err(Failure::message(message, "check the path"));
    }
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // Reading files is an event too, and checking reads them.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = sender.send(());
        }
    })
    .map_err(cannot)?;
    for path in paths {
        // A file is replaced whole when it is written, so its folder is watched.
        let (folder, mode) = if path.is_dir() {
            (path.as_path(), RecursiveMode::Recursive)
        } else {
            let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            (parent.unwrap_or(Path::new(".")), RecursiveMode::NonRecursive)
        };
        watcher.watch(folder, mode).map_err(cannot)?;
    }
    loop {
        terminal.clear();
        match pass() {
            Err(Failure::Closed) => return Err(Failure::Closed),
            Err(failure) => drop(terminal.fail(&failure)),
            Ok(_) => {}
        }
        terminal.note("Waiting for changes; Ctrl-C ends.");
        if events.recv().is_err() {
            return Ok(Status::Fine);
        }
        while events.recv_timeout(QUIET).is_ok() {}
    }
}
