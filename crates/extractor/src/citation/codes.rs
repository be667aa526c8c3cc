//! Names of state codes of laws and of regulations, looked up by their letters and digits.

use std::sync::LazyLock;

use goldrule_schema::CitationKind;
use rustc_hash::FxHashMap;

use super::cursor::Cursor;
use super::table::Key;
use crate::State;

const LAWS: &str = include_str!("../../data/citations/codes.tsv");
const REGULATIONS: &str = include_str!("../../data/citations/regulations.tsv");

/// How the sections of a code are numbered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// `RCW 10.93.160`, `Iowa Code ch. 27A`.
    Plain,
    /// `M.G.L. c. 211, § 3`.
    Chapter,
    /// `5 ILCS 805/15`: the number before is a part of the section.
    Ilcs,
    /// `24 V.S.A. § 2366`: the number before is a title.
    Title,
}

/// A code of a state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Code {
    /// None where several states call theirs so.
    pub(super) state: Option<State>,
    pub(super) shape: Shape,
    pub(super) kind: CitationKind,
}

impl Code {
    /// Path between state and section.
    pub(super) fn base(self) -> &'static str {
        if self.kind == CitationKind::Regulation { "/regs" } else { "/code" }
    }
}

static CODES: LazyLock<FxHashMap<String, Code>> = LazyLock::new(|| {
    let mut codes: FxHashMap<String, Code> = FxHashMap::default();
    for (state, shape, kind, name) in rows() {
        let shape = match shape {
            "chapter" => Shape::Chapter,
            "ilcs" => Shape::Ilcs,
            "title" => Shape::Title,
            _ => Shape::Plain,
        };
        let code = Code { state: State::from_code(state), shape, kind };
        let mut key = Key::new();
        key.push_folded(name);
        codes
            .entry(key.as_str().to_owned())
            .and_modify(|old| {
                if old.state != code.state {
                    old.state = None;
                }
            })
            .or_insert(code);
    }
    codes
});

fn rows() -> impl Iterator<Item = (&'static str, &'static str, CitationKind, &'static str)> {
    let files = [(LAWS, CitationKind::Statute), (REGULATIONS, CitationKind::Regulation)];
    files.into_iter().flat_map(|(file, kind)| {
        file.lines().flat_map(move |line| {
            let mut columns = line.split('\t');
            let (state, shape) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
            columns.next().unwrap_or("").split('|').map(move |name| (state, shape, kind, name))
        })
    })
}

/// Every literal that names a code, with and without the spaces after its full stops.
pub(super) fn literals() -> impl Iterator<Item = String> {
    rows().flat_map(|(.., name)| {
        let closed = name.replace(". ", ".");
        let curly = name.replace('\'', "’");
        let fixed = name.replace(' ', "\u{a0}");
        // "N.J.S.A 10:4-12" lacks its last full stop.
        let initials = name.len() >= 6 && name.split('.').all(|part| part.len() <= 1);
        let open = if initials { name.trim_end_matches('.') } else { name };
        [name.to_owned(), closed, curly, fixed, open.to_owned()]
    })
}

/// The code that these words name.
pub(super) fn by_name(name: &str) -> Option<Code> {
    let mut key = Key::new();
    if !key.push_folded(name) {
        return None;
    }
    CODES.get(key.as_str()).copied()
}

/// The code named right at the cursor, and where its name ends.
pub(super) fn at(cursor: Cursor<'_>) -> Option<(usize, Code)> {
    let mut key = Key::new();
    let mut ahead = cursor;
    let mut best = None;
    for _ in 0..6 {
        let word = ahead.take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '‘' | 'ʻ'));
        let lower = word.starts_with(char::is_lowercase) && !["of", "and"].contains(&word);
        if word.is_empty() || lower || !key.push_folded(word) {
            break;
        }
        if let Some(code) = CODES.get(key.as_str()) {
            let bare = word.trim_end_matches('.');
            let spelled = word.len() > 6
                || ["Code", "Laws", "Law"].contains(&bare)
                || bare == "RSMo"
                || bare.bytes().all(|b| b.is_ascii_digit())
                || bare.bytes().all(|b| b.is_ascii_uppercase());
            let stop = bare.len() < word.len() && !bare.contains('.') && spelled;
            best = Some((ahead.at - usize::from(stop), *code));
        }
        if !ahead.spaces() {
            break;
        }
    }
    let (mut end, code) = best?;
    let mut ahead = Cursor::new(cursor.text, end);
    ahead.spaces();
    if ahead.eat_any(&["Annotated", "Ann."]) {
        end = ahead.at;
    }
    Some((end, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_spaced() {
        let wa = State::from_code("wa");
        for name in ["RCW", "R.C.W.", "Wash. Rev. Code", "Wash.Rev.Code", "wash. rev. code"] {
            assert_eq!(by_name(name).and_then(|code| code.state), wa, "{name}");
        }
        let text = "Tennessee Code Annotated, section 4";
        assert_eq!(at(Cursor::new(text, 0)).map(|(end, _)| &text[..end]), Some("Tennessee Code Annotated"));
        assert!(by_name("I.C.").is_some_and(|code| code.state.is_none()));
    }
}
