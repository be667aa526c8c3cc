//! Changes to files and settings: shown first, then made.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use goldrule_schema::{read_text, write_atomically};

use super::repository::{self, Repository};
use crate::status::Failure;

const BEGIN: &str = "# begin: goldrule hooks";
const END: &str = "# end: goldrule hooks";
const SHEBANG: &str = "#!/bin/sh\n";

/// Stands in place of a line end that was missing before what `install` put in.
const OPEN: &str = " (the line before had no end)";

/// Files that tools keep beside gold are merged and compared as text; of decisions the lines of both stay.
const SIDECARS: &str =
    "*.conflicts.json !merge !diff\n*.proposals.json !merge !diff\n*.decisions.jsonl merge=union\n";

/// Checks what is staged, not what lies in the working tree: the files are laid out in a folder of their own.
fn check(files: &str) -> String {
    format!(
        r#"goldrule_staged() {{ git diff --cached --name-only --diff-filter=ACMR "$@" -- \
    ':(glob){files}' ':(exclude)*.conflicts.json' ':(exclude)*.proposals.json'; }}
if [ -n "$(goldrule_staged)" ]; then
    goldrule_dir=$(mktemp -d) && git checkout-index --prefix="$goldrule_dir/" -a || exit 1
    goldrule_staged -z | (cd "$goldrule_dir" && xargs -0 goldrule check --quiet)
    goldrule_status=$?
    rm -rf "$goldrule_dir"
    goldrule_staged -z | xargs -0 sh -c '
        for goldrule_open do
            goldrule_open=${{goldrule_open%.json}}.conflicts.json
            if [ -e "$goldrule_open" ]; then
                echo "$goldrule_open: conflicts of a merge to settle" >&2
                goldrule_found=1
            fi
        done
        exit "${{goldrule_found:-0}}"' sh || goldrule_status=1
    if [ "$goldrule_status" -ne 0 ]; then exit 1; fi
fi"#
    )
}

/// One thing to change.
pub(super) enum Change {
    File { path: PathBuf, old: Option<String>, new: Option<String>, executable: bool },
    Setting { key: &'static str, old: Option<String>, new: Option<&'static str> },
}

impl Change {
    pub(super) fn hook(repository: &Repository, files: &str, install: bool) -> Result<Option<Self>, Failure> {
        let path = repository.hooks.join("pre-commit");
        let old = contents(&path)?;
        // A hook may end in `exec` or `exit`, so the check goes before what is there.
        let new = if install {
            let rest = without_block(old.as_deref().unwrap_or_default());
            let (shebang, rest) = match rest.strip_prefix("#!") {
                Some(_) => rest.split_at(rest.find('\n').map_or(rest.len(), |at| at + 1)),
                None if rest.is_empty() => (SHEBANG, ""),
                None => ("", rest.as_str()),
            };
            if !(shebang.is_empty() || is_shell(shebang)) {
                return Err(Failure::message(
                    format!("{} is no shell script", path.display()),
                    "call `goldrule check annotations` from it yourself",
                ));
            }
            let open = opening(shebang);
            Some(format!("{shebang}{open}\n{}\n{END}\n{rest}", check(files)))
        } else {
            let rest = old.as_deref().map(without_block);
            rest.filter(|rest| rest != SHEBANG)
        };
        Ok((old != new).then_some(Self::File { path, old, new, executable: true }))
    }

    pub(super) fn attributes(
        repository: &Repository,
        files: &str,
        install: bool,
    ) -> Result<Option<Self>, Failure> {
        let path = repository.top.join(".gitattributes");
        let old = contents(&path)?;
        let rest = without_block(old.as_deref().unwrap_or_default());
        let new = if install {
            let open = opening(&rest);
            Some(format!("{rest}{open}\n{files} merge=goldrule diff=goldrule\n{SIDECARS}{END}\n"))
        } else {
            old.as_ref().map(|_| rest).filter(|rest| !rest.is_empty())
        };
        Ok((old != new).then_some(Self::File { path, old, new, executable: false }))
    }

    /// A setting of somebody else's under the same key stays.
    pub(super) fn setting(key: &'static str, value: &'static str, install: bool) -> Option<Self> {
        let old = repository::setting(key);
        if old.as_deref().is_some_and(|old| is_foreign(old, value)) {
            return None;
        }
        match (install, old.as_deref() == Some(value)) {
            (true, true) | (false, false) => None,
            (true, false) => Some(Self::Setting { key, old, new: Some(value) }),
            (false, true) => Some(Self::Setting { key, old, new: None }),
        }
    }

    /// Whether somebody set the key to a value of their own.
    pub(super) fn is_anothers(key: &str, value: &str) -> bool {
        repository::setting(key).is_some_and(|known| is_foreign(&known, value))
    }

    pub(super) fn is_about(&self, name: &str) -> bool {
        match self {
            Self::File { path, .. } => path.ends_with(name),
            Self::Setting { key, .. } => key.starts_with(name),
        }
    }

    /// The change as lines taken out and put in.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Setting { key, old, new } => {
                let old = old.as_ref().map(|old| format!("  - {key} = {old}\n")).unwrap_or_default();
                let new = new.map(|new| format!("  + {key} = {new}\n")).unwrap_or_default();
                format!("git config\n{old}{new}")
            }
            Self::File { path, old, new, .. } => {
                let removed = if new.is_none() { " (removed)" } else { "" };
                let mut out = format!("{}{removed}\n", path.display());
                let (old, new) = (old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default());
                let has = |text: &str, line: &str| text.lines().any(|known| known == line);
                for line in old.lines().filter(|line| !has(new, line)) {
                    let _ = writeln!(out, "  - {line}");
                }
                for line in new.lines().filter(|line| !has(old, line)) {
                    let _ = writeln!(out, "  + {line}");
                }
                out
            }
        }
    }

    pub(super) fn apply(&self) -> Result<(), Failure> {
        let (path, old, new, executable) = match self {
            Self::Setting { key, new, .. } => return repository::set(key, *new),
            Self::File { path, old, new, executable } => (path, old, new, *executable),
        };
        let cannot = |error: std::io::Error| {
            Failure::message(
                format!("cannot change {}: {error}", path.display()),
                "mend that and run it again",
            )
        };
        let Some(new) = new else { return std::fs::remove_file(path).map_err(cannot) };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(cannot)?;
        }
        write_atomically(path, new.as_bytes(), old.as_deref().map(str::as_bytes)).map_err(cannot)?;
        #[cfg(unix)]
        if executable && old.is_none() {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).map_err(cannot)?;
        }
        Ok(())
    }
}

/// Whether the value of a key is neither what `install` sets nor what an earlier one set.
fn is_foreign(known: &str, value: &str) -> bool {
    known != value && !known.starts_with("goldrule ")
}

/// Whether a file's first line names a shell that understands what `install` puts in.
fn is_shell(shebang: &str) -> bool {
    let mut words = shebang.trim_start_matches("#!").split_whitespace();
    let mut name = || words.next().and_then(|word| word.rsplit('/').next());
    let program = match name() {
        Some("env") => name(),
        other => other,
    };
    program.is_some_and(|program| ["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"].contains(&program))
}

/// Whether git runs a hook: elsewhere than on Unix it asks nothing of the file.
pub(super) fn is_executable(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o111 != 0)
    }
    #[cfg(not(unix))]
    path.exists()
}

fn contents(path: &Path) -> Result<Option<String>, Failure> {
    if path.exists() { Ok(Some(read_text(path)?)) } else { Ok(None) }
}

/// The first line of what `install` puts in behind `before`.
fn opening(before: &str) -> String {
    if before.is_empty() || before.ends_with('\n') { BEGIN.to_owned() } else { format!("\n{BEGIN}{OPEN}") }
}

/// A file without the lines that `install` put in.
fn without_block(text: &str) -> String {
    let Some(start) = text.find(BEGIN) else { return text.to_owned() };
    let Some(end) = text[start..].find(END) else { return text.to_owned() };
    let after = text[start + end + END.len()..].strip_prefix('\n').unwrap_or_default();
    let mut before = &text[..start];
    if text[start + BEGIN.len()..].starts_with(OPEN) {
        before = before.strip_suffix('\n').unwrap_or(before);
    }
    format!("{before}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shells_are_told_from_other_programs() {
        for shell in ["#!/bin/sh\n", "#!/usr/bin/env bash\n", "#! /bin/dash -e\n"] {
            assert!(is_shell(shell), "{shell}");
        }
        for other in
            ["#!/usr/bin/fish\n", "#!/usr/bin/env fish\n", "#!/bin/csh\n", "#!/usr/bin/shiny\n", "#!\n"]
        {
            assert!(!is_shell(other), "{other}");
        }
    }

    #[test]
    fn the_block_is_taken_out_and_nothing_else() {
        let text = format!("a\n{BEGIN}\nx\n{END}\nb\n");
        assert_eq!(without_block(&text), "a\nb\n");
        assert_eq!(without_block("a\nb"), "a\nb");
        for before in ["", "a", "a\n"] {
            let text = format!("{before}{}\nx\n{END}\n", opening(before));
            assert_eq!(without_block(&text), before);
        }
    }
}
