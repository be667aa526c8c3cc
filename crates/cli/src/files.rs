//! The annotation files that paths on the command line name.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use goldrule_harness::Finding;
use goldrule_schema::{Diagnostic, is_sidecar, read_text};

/// Files of a folder of annotations that hold none.
const NOT_ANNOTATIONS: [&str; 2] = ["schema.json", "baseline.json"];

/// An annotation file, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target(PathBuf);

impl Target {
    pub(crate) fn is_stdin(&self) -> bool {
        self.0 == Path::new("-")
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Its name in messages.
    pub(crate) fn name(&self) -> String {
        if self.is_stdin() { "standard input".to_owned() } else { self.0.display().to_string() }
    }

    pub(crate) fn read(&self) -> Result<String, Finding> {
        if !self.is_stdin() {
            return Ok(read_text(&self.0)?);
        }
        let mut source = String::new();
        std::io::stdin().lock().read_to_string(&mut source).map_err(|error| {
            Diagnostic::whole(
                "unreadable",
                self.name(),
                format!("cannot read it: {error}"),
                "give it UTF-8 text",
            )
        })?;
        Ok(source)
    }
}

/// The files named, and those of the folders named and of the folders below; and which paths are amiss.
pub(crate) fn targets(paths: &[PathBuf]) -> (Vec<Target>, Vec<Finding>) {
    let (mut targets, mut findings) = (Vec::new(), Vec::new());
    for path in paths {
        if !path.is_dir() {
            targets.push(Target(path.clone()));
            continue;
        }
        let mut inside = Vec::new();
        let walked = walk(path, &mut inside);
        inside.retain(|path| holds_annotations(path));
        match walked {
            Ok(()) if inside.is_empty() => {
                let help = "name a folder that holds annotation files ending in .json";
                findings.push(whole("no-documents", path, "no annotation files here", help));
            }
            Ok(()) => {}
            Err(error) => {
                let message = format!("cannot read the folder: {error}");
                findings.push(whole("unreadable", path, &message, "check the path and its permissions"));
            }
        }
        targets.extend(inside.into_iter().map(Target));
    }
    (targets, findings)
}

/// The files of a folder and of those below it, by name; none that is hidden.
pub(crate) fn walk(dir: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut paths: Vec<_> =
        std::fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    for path in paths {
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            continue;
        }
        // A link to a folder may lead in a circle.
        if path.is_dir() && !path.is_symlink() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn holds_annotations(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "json")
        && path.is_file()
        && !is_sidecar(path)
        && !NOT_ANNOTATIONS.iter().any(|name| path.ends_with(name))
}

fn whole(code: &'static str, path: &Path, message: &str, help: &str) -> Finding {
    Diagnostic::whole(code, path.display().to_string(), message, help).into()
}
