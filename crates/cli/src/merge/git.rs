//! What git itself makes of three versions: lines, with marks where they clash.

use std::path::Path;
use std::process::Command;

/// Git's merge of three files, by line. Where git cannot do it, both versions stand whole between marks.
pub(super) fn lines(base: &Path, ours: &Path, theirs: &Path) -> std::io::Result<Vec<u8>> {
    let merged = Command::new("git")
        .args(["merge-file", "-p", "-q", "-L", "ours", "-L", "base", "-L", "theirs"])
        .args([ours, base, theirs])
        .output();
    // The status is the number of clashes; from 128 on it is an error, such as a file that is no text.
    match merged {
        Ok(output) if output.status.code().is_some_and(|code| (0..128).contains(&code)) => Ok(output.stdout),
        _ => Ok(whole(&std::fs::read(ours)?, &std::fs::read(theirs)?)),
    }
}

fn whole(ours: &[u8], theirs: &[u8]) -> Vec<u8> {
    let line = |text: &[u8]| if text.ends_with(b"\n") || text.is_empty() { "" } else { "\n" };
    let mut out = b"<<<<<<< ours\n".to_vec();
    out.extend(ours);
    out.extend(line(ours).bytes().chain(*b"=======\n"));
    out.extend(theirs);
    out.extend(line(theirs).bytes().chain(*b">>>>>>> theirs\n"));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_versions_stand_whole_between_marks() {
        assert_eq!(whole(b"a", b"b\n"), b"<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n");
    }
}
