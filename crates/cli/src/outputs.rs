//! Folders of files that are written all or none, and never over what somebody else wrote.

use std::collections::BTreeMap;
use std::path::Path;

use goldrule_harness::Finding;
use goldrule_schema::{Diagnostic, sha256, write_atomically};

/// Names and SHA-256 of the files that an export wrote.
const LEDGER: &str = ".goldrule-export";

/// A file to be written.
pub(crate) struct Output {
    pub(crate) name: String,
    pub(crate) contents: Vec<u8>,
}

/// Writes files into a folder. One that holds something else stays, and nothing is written, unless `force`
/// is given or, with `ledger`, an export wrote it and nobody changed it since.
pub(crate) fn write(dir: &Path, files: &[Output], force: bool, ledger: bool) -> Result<usize, Vec<Finding>> {
    let unwritable = |path: &Path, error: &std::io::Error| -> Vec<Finding> {
        let message = format!("cannot write it: {error}");
        vec![
            Diagnostic::whole(
                "unwritable",
                path.display().to_string(),
                message,
                "mend that and run it again",
            )
            .into(),
        ]
    };
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
    if !refused.is_empty() {
        return Err(refused);
    }
    std::fs::create_dir_all(dir).map_err(|error| unwritable(dir, &error))?;
    for (path, file, previous) in &due {
        write_atomically(path, &file.contents, previous.as_deref())
            .map_err(|error| unwritable(path, &error))?;
    }
    if ledger {
        let mut all = known;
        all.extend(files.iter().map(|file| (file.name.clone(), sha256(&file.contents))));
        let lines = all.iter().fold(String::new(), |lines, (name, hash)| lines + hash + "  " + name + "\n");
        let path = dir.join(LEDGER);
        write_atomically(&path, lines.as_bytes(), None).map_err(|error| unwritable(&path, &error))?;
    }
    Ok(due.len())
}

fn read_ledger(dir: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(dir.join(LEDGER)).unwrap_or_default();
    let entry = |line: &str| line.split_once("  ").map(|(hash, name)| (name.to_owned(), hash.to_owned()));
    text.lines().filter_map(entry).collect()
}
