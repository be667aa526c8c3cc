//! Sections said without their code, soon after another of the same title: "18 U.S.C. § 1001 … and § 1519".

use super::cursor::Cursor;
use super::resolve::{WELL_KNOWN, section_before};
use super::{Citation, Reference, Scope};
use goldrule_schema::CitationKind;

/// Bytes between a section and the one whose code it takes.
const NEAR: usize = 300;

/// Citations looked at after a bare section, for one that spells it out.
const MOST_AFTER: usize = 40;

/// Citations looked at before a bare section.
const MOST_BEFORE: usize = 6;

/// Gives bare sections the code of a section before them whose number is as plain.
pub(super) fn same_title(text: &str, citations: &mut [Citation<'_>]) {
    for i in 0..citations.len() {
        let (before, rest) = citations.split_at_mut(i);
        let Some((bare, after)) = rest.split_first_mut() else { return };
        let open = bare.rule == "statute.bare"
            && bare.authority.scope == Scope::Earlier(Reference::Section)
            && plain(&bare.authority.section)
            && stands_alone(text, bare);
        if !open || WELL_KNOWN.contains(&bare.authority.section.as_str()) {
            continue;
        }
        if let Some(like) = section_before(&bare.authority, before) {
            (bare.authority.scope, bare.authority.base) =
                (like.authority.scope.clone(), like.authority.base.clone());
            bare.kind = like.kind;
            continue;
        }
        let start = bare.span.start as usize;
        let later = after.iter().take(MOST_AFTER).find(|c| {
            c.authority.section == bare.authority.section
                && c.kind == CitationKind::Statute
                && matches!(c.authority.scope, Scope::Federal | Scope::State(_))
                && (c.authority.base.starts_with("/usc/") || c.authority.base.starts_with("/code/"))
        });
        if let Some(later) = later.filter(|_| bare.authority.section.len() > 4) {
            (bare.authority.scope, bare.authority.base) =
                (later.authority.scope.clone(), later.authority.base.clone());
            continue;
        }
        let coded = before.iter().rev().take(MOST_BEFORE).find(|c| {
            c.kind == CitationKind::Statute
                && matches!(c.authority.scope, Scope::Federal | Scope::State(_))
                && (c.authority.base.starts_with("/usc/") || c.authority.base.starts_with("/code/"))
                && alike(&c.authority.section, &bare.authority.section)
        });
        let near = coded.filter(|c| {
            let gap = text.get(c.span.end as usize..start);
            gap.is_some_and(|gap| gap.len() <= NEAR && !gap.contains("\n\n"))
        });
        if let Some(coded) = near {
            (bare.authority.scope, bare.authority.base) =
                (coded.authority.scope.clone(), coded.authority.base.clone());
        }
    }
}

/// Gives "Chapter 12I" the code of "Chapter 12H" before it, where that is a city's.
pub(super) fn same_chapter(citations: &mut [Citation<'_>]) {
    let digits = |c: &Citation<'_>| {
        let number = c.authority.section.strip_prefix("ch").unwrap_or("");
        let lettered = number.ends_with(|c: char| c.is_ascii_uppercase());
        number.get(..number.len().saturating_sub(1)).filter(|_| lettered).map(str::to_owned)
    };
    for i in 1..citations.len() {
        let (before, rest) = citations.split_at_mut(i);
        let Some(bare) = rest.first_mut().filter(|c| c.rule == "statute.chapter") else { continue };
        let open = bare.authority.base == "/code" && bare.authority.scope == Scope::State(None);
        let number = digits(bare).filter(|_| open);
        let like = before
            .iter()
            .rev()
            .take(MOST_BEFORE)
            .find(|c| c.kind == CitationKind::Ordinance && number.is_some() && digits(c) == number);
        if let Some(like) = like {
            bare.authority.scope = like.authority.scope.clone();
            bare.kind = like.kind;
        }
    }
}

/// Three to five digits, with a letter or a decimal or none.
fn plain(section: &str) -> bool {
    let Some(number) = section.strip_prefix('s') else { return false };
    let (whole, decimal) = number.split_once('.').unwrap_or((number, "1"));
    let digits = whole.bytes().take_while(u8::is_ascii_digit).count();
    let tail = whole.len() - digits;
    (3..=5).contains(&digits)
        && tail <= 1
        && whole.bytes().all(|b| b.is_ascii_alphanumeric())
        && (1..=3).contains(&decimal.len())
        && decimal.bytes().all(|b| b.is_ascii_digit())
}

/// Whether two plain sections may be of one code: one with a decimal has as many digits before it.
fn alike(one: &str, other: &str) -> bool {
    let whole = |s: &str| s.split('.').next().map_or(0, str::len);
    let decimal = one.contains('.') || other.contains('.');
    plain(one) && plain(other) && (!decimal || whole(one) == whole(other))
}

/// Whether nothing says whose section it is: "§ 405 of the lease".
fn stands_alone(text: &str, bare: &Citation<'_>) -> bool {
    let mut after = Cursor::new(text, bare.span.end as usize);
    after.eat(",");
    after.spaces();
    !["of", "in", "to"].iter().any(|word| after.eat_word(word))
}
