//! The page that says what each format keeps.

use std::fmt::Write as _;

use crate::feature::Feature;
use crate::format::Format;

/// `FORMATS.md`: directions, units of offset with their sources, and what is kept and lost.
pub fn matrix() -> String {
    let mut page = String::from(HEAD);
    page.push_str("| format | `--as` | export | import | offsets counted in | as laid down in |\n| --- | --- | --- | --- | --- | --- |\n");
    let yes = |truth: bool| if truth { "yes" } else { "–" };
    for format in Format::ALL {
        let _ = writeln!(
            page,
            "| {} | `{}` | {} | {} | {} | {} |",
            format.title(),
            format.name(),
            yes(format.is_out()),
            yes(format.is_in()),
            format.unit(),
            format.unit_source()
        );
    }
    page.push_str("\n## Kept and lost\n\n");
    page.push_str(
        "An export counts what it loses and says so; with `--strict` it refuses to lose anything.\n\n",
    );
    let names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
    let _ = writeln!(page, "| | {} |\n| --- |{}", names.join(" | "), " --- |".repeat(names.len()));
    for &feature in Feature::ALL {
        let cells: Vec<_> = Format::ALL
            .iter()
            .map(|format| if format.holds(feature) { "kept" } else { "**lost**" })
            .collect();
        let _ = writeln!(page, "| {} | {} |", feature.title(), cells.join(" | "));
    }
    page.push_str(TAIL);
    page
}

const HEAD: &str = "# Formats\n\n\
<!-- Written from the formats themselves: `UPDATE_FORMATS=1 cargo test -p goldrule-formats --test matrix`. -->\n\n\
`goldrule export --as FORMAT` writes gold for another tool, `goldrule import --as FORMAT` reads that tool's files \
back into gold files. The text stays where it is; an import is held against it, quote by quote.\n\n";

const TAIL: &str = "\n## Labels\n\n\
Tools whose annotations are a span and a label get one word for each record: `agency:police:name`, \
`stance:detainers:against:own`, `citation:bill`. A person may mark with these words alone. A mention without an \
agency takes the one of a mention that it is linked to by `same-agency`, else a new agency named after its quote; a \
stance needs a relation `holder` to a mention. What goldrule knows beyond the label travels beside it under the key \
`goldrule`; a label that was changed in the tool wins.\n\n\
## Notes\n\n\
- **brat**: a span across a line break becomes fragments, as brat writes it. Fragments with words between them are \
refused on the way in: gold has spans without gaps.\n\
- **Label Studio**: a task must have one annotation when it is imported.\n\
- **WebAnno TSV**: layers whose names end in `Agency`, `Stance` or `Citation` are read with the features `agency`, \
`name`, `kind`, `jurisdiction`, `form`, `topic`, `position`, `attribution`, `canonical`, and any layer with a feature \
that holds a label.\n\
- **CSV**: a cell is the value as it is; one that begins with `=`, `+`, `-` or `@` is not altered, so open tables of \
texts that you do not trust as text.\n\
- Texts that may not be shipped are never exported.\n";
