//! Folders of files that are written all or none, and never over what somebody else wrote.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use goldrule_harness::Finding;
use goldrule_schema::{Diagnostic, sha256, write_atomically};

/// Names and SHA-256 of the files that an export wrote.
const LEDGER: &str = ".goldrule-export";

/// A file to be written.
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) contents: Vec<u8>,
}

/// Files that may be written: none is in another's way, nor in that of what stands in the folder.
pub(crate) struct Plan<'f> {
    dir: &'f Path,
    files: &'f [Output],
    due: Vec<(PathBuf, &'f Output, Option<Vec<u8>>)>,
    ledger: Option<BTreeMap<String, String>>,
}

/// Plans to write files into a folder. One that holds something else stays, and nothing is written, unless
/// `force` is given or, with `ledger`, an export wrote it and nobody changed it since.
pub(crate) fn plan<'f>(
    dir: &'f Path,
    files: &'f [Output],
    force: bool,
    ledger: bool,
) -> Result<Plan<'f>, Vec<Finding>> {
    let twice = alike(files.iter().map(|file| (file.name.as_str(), file.name.as_str())));
    if !twice.is_empty() {
        return Err(twice);
    }
    let known = if ledger { read_ledger(dir) } else { BTreeMap::new() };
    let (mut refused, mut due) = (Vec::new(), Vec::new());
    for file in files {
        let path = dir.join(&file.name);
        match std::fs::read(&path) {
            Ok(there) if there == file.contents => {}
            Ok(there) => {
                let ours = known.get(&file.name).is_some_and(|hash| *hash == sha256(&there));
                if force || ours {
                    due.push((path, file, Some(there)));
                } else {
                    let message = "another file stands here, or this one was changed since it was written";
                    let help = "write to another folder, or overwrite it with `--force`";
                    let name = path.display().to_string();
                    refused.push(Diagnostic::whole("would-overwrite", name, message, help).into());
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => due.push((path, file, None)),
            Err(error) => refused.extend(unwritable(&path, &error)),
        }
    }
    if refused.is_empty() {
        Ok(Plan { dir, files, due, ledger: ledger.then_some(known) })
    } else {
        Err(refused)
    }
}

impl Plan<'_> {
    /// Writes them; how many were not there already.
    pub(crate) fn write(self) -> Result<usize, Vec<Finding>> {
        let dir = self.dir;
        std::fs::create_dir_all(dir).map_err(|error| unwritable(dir, &error))?;
        for (path, file, previous) in &self.due {
            write_atomically(path, &file.contents, previous.as_deref())
                .map_err(|error| unwritable(path, &error))?;
        }
        if let Some(mut all) = self.ledger {
            all.extend(self.files.iter().map(|file| (file.name.clone(), sha256(&file.contents))));
            let lines =
                all.iter().fold(String::new(), |lines, (name, hash)| lines + hash + "  " + name + "\n");
            let path = dir.join(LEDGER);
            write_atomically(&path, lines.as_bytes(), None).map_err(|error| unwritable(&path, &error))?;
        }
        Ok(self.due.len())
    }
}

/// Findings for names that would be one file, where case does not count; each comes with its source.
pub(crate) fn alike<'n>(names: impl Iterator<Item = (&'n str, &'n str)>) -> Vec<Finding> {
    let mut met: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    let mut findings = Vec::new();
    for (name, source) in names {
        if let Some((known, first)) = met.get(&name.to_lowercase()) {
            let message = if *known == name {
                format!("{first} and {source} would be one file: both are called `{name}`")
            } else {
                format!(
                    "{first} and {source} would be one file where case does not count: `{known}` and `{name}`"
                )
            };
            let help = "give each a name of its own, or run it for each with an `--out` of its own";
            findings.push(Diagnostic::whole("duplicate-id", source, message, help).into());
        } else {
            met.insert(name.to_lowercase(), (name, source));
        }
    }
    findings
}

fn unwritable(path: &Path, error: &std::io::Error) -> Vec<Finding> {
    let (name, message) = (path.display().to_string(), format!("cannot write it: {error}"));
    vec![Diagnostic::whole("unwritable", name, message, "mend that and run it again").into()]
}

fn read_ledger(dir: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(dir.join(LEDGER)).unwrap_or_default();
    let entry = |line: &str| line.split_once("  ").map(|(hash, name)| (name.to_owned(), hash.to_owned()));
    text.lines().filter_map(entry).collect()
}
