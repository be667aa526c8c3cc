//! Temporary files that a crash in the middle of a write left behind.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Younger ones may be somebody's who is just writing.
const STALE: Duration = Duration::from_hours(1);

/// How `write_atomically` names its temporary files: `.goldrule-` and some letters and digits.
fn is_temporary(name: &str) -> bool {
    let rest = name.strip_prefix(".goldrule-");
    rest.is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Removes stale temporary files from a folder; what cannot be removed stays.
pub(crate) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if !entry.file_name().to_str().is_some_and(is_temporary) {
            continue;
        }
        // Of a link this is what is known of the link itself, which is no file.
        let Ok(meta) = entry.metadata() else { continue };
        let age = meta.modified().ok().and_then(|then| SystemTime::now().duration_since(then).ok());
        if meta.is_file() && age.is_some_and(|age| age > STALE) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;

    use super::*;

    #[test]
    fn stale_temporary_files_go_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let old = SystemTime::now() - 2 * STALE;
        for (name, stale) in [
            (".goldrule-aB3xYz", true),
            (".goldrule-Young1", false),
            (".goldrule-notes.txt", true),
            (".goldrule-ab", true),
            ("note.json", true),
        ] {
            let file = File::create(dir.path().join(name)).unwrap();
            file.set_modified(if stale { old } else { SystemTime::now() }).unwrap();
        }
        fs::create_dir(dir.path().join(".goldrule-Folder")).unwrap();
        sweep(dir.path());
        let mut left: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        let kept =
            [".goldrule-Folder", ".goldrule-Young1", ".goldrule-ab", ".goldrule-notes.txt", "note.json"];
        assert_eq!(left, kept);
    }
}
