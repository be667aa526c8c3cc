//! One server for a folder of annotations at a time, held by a lock of the operating system: it ends with
//! the process, however that ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use goldrule_schema::Diagnostic;

use crate::folders::is_inside;

/// How often, and how long apart, a server that is just ending is waited for.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(100);

/// The lock on a folder.
#[derive(Debug)]
pub(crate) struct Hold(Option<File>);

impl Hold {
    /// Takes a folder of annotations. A folder that cannot be written needs no lock: no journal is written
    /// there either.
    ///
    /// # Errors
    /// Where another server has it.
    pub(crate) fn take(gold: &Path) -> Result<Self, Diagnostic> {
        let path = gold.join(".goldrule").join("server");
        let refused = |message: String, help: &str| Diagnostic::whole("in-use", display(gold), message, help);
        if !is_inside(&path, gold) {
            return Ok(Self(None));
        }
        let open = hidden(gold)
            .and_then(|_| OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path));
        let Ok(file) = open else { return Ok(Self(None)) };
        for at in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self(Some(file))),
                Err(TryLockError::WouldBlock) if at + 1 < TRIES => sleep(PAUSE),
                Err(TryLockError::WouldBlock) => break,
                // A file system without locks cannot tell of another server.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Self(None));
                }
                Err(TryLockError::Error(error)) => {
                    let message = format!("{} cannot be locked: {error}", path.display());
                    return Err(refused(message, "keep the annotations on a disk of this computer"));
                }
            }
        }
        let who = fs::read_to_string(&path).unwrap_or_default();
        let who = if who.trim().is_empty() { String::new() } else { format!(": {}", who.trim()) };
        let message = format!("another `goldrule edit` has this folder open{who}");
        Err(refused(message, "use its page, also from a second window, or end it first"))
    }

    /// Tells others who has the folder.
    pub(crate) fn name(&mut self, port: u16) {
        if let Some(file) = &mut self.0 {
            let name = format!("http://127.0.0.1:{port}/ (process {})\n", std::process::id());
            // The lock holds without the name.
            let _ = file.set_len(0).and_then(|()| file.write_all(name.as_bytes()));
        }
    }
}

/// The folder beside the gold for what belongs to this computer; it keeps itself out of git.
///
/// # Errors
/// Where it cannot be made.
pub(crate) fn hidden(gold: &Path) -> io::Result<PathBuf> {
    let folder = gold.join(".goldrule");
    fs::create_dir_all(&folder)?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        fs::write(ignore, "*\n")?;
    }
    Ok(folder)
}

fn display(path: &Path) -> String {
    path.display().to_string()
}
