//! The git repository around the current folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::status::Failure;

/// Where git keeps what the hooks change.
pub(super) struct Repository {
    /// The top folder of the working tree, seen from here.
    pub(super) top: PathBuf,
    /// Where hooks are run from.
    pub(super) hooks: PathBuf,
}

/// The drivers' settings.
pub(super) const SETTINGS: [(&str, &str); 4] = [
    ("merge.goldrule.name", "gold files, by record"),
    ("merge.goldrule.driver", "goldrule merge --driver %P %O %A %B"),
    // Where git merges two common ancestors first, their conflicts are nobody's to settle.
    ("merge.goldrule.recursive", "binary"),
    ("diff.goldrule.command", "goldrule diff --driver"),
];

impl Repository {
    pub(super) fn here() -> Result<Self, Failure> {
        let ask = |args: &[&str]| git(Path::new("."), args).map(|answer| PathBuf::from(answer.trim_end()));
        let top = ask(&["rev-parse", "--show-cdup"]).ok_or_else(|| {
            Failure::message("there is no git repository here", "run `git init`, or go into a repository")
        })?;
        let hooks = ask(&["rev-parse", "--git-path", "hooks"]).unwrap_or_else(|| ".git/hooks".into());
        Ok(Self { top, hooks })
    }
}

/// A key of the clone's configuration.
pub(super) fn setting(key: &str) -> Option<String> {
    git(Path::new("."), &["config", "--local", "--get", key]).map(|value| value.trim_end().to_owned())
}

/// Sets a key of the clone's configuration, or takes it out.
pub(super) fn set(key: &str, value: Option<&str>) -> Result<(), Failure> {
    let done = match value {
        Some(value) => git(Path::new("."), &["config", "--local", key, value]),
        None => git(Path::new("."), &["config", "--local", "--unset", key]),
    };
    if value.is_none() {
        // Git leaves the head of an empty section behind.
        let section = key.rsplit_once('.').map_or(key, |(section, _)| section);
        let pattern = format!("^{}\\.", section.replace('.', "\\."));
        if git(Path::new("."), &["config", "--local", "--get-regexp", &pattern]).is_none() {
            let _ = git(Path::new("."), &["config", "--local", "--remove-section", section]);
        }
    }
    done.map(|_| ()).ok_or_else(|| {
        Failure::message(format!("git cannot change `{key}` of its configuration"), "look at .git/config")
    })
}

/// What git answers; nothing where it refuses.
fn git(dir: &Path, args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).current_dir(dir).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
