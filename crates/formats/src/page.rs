//! `FORMATS.md`: what every format keeps and loses.

use std::fmt::Write as _;

use crate::{Direction, FORMATS, Feature};

/// The page, made of what the formats say of themselves.
pub fn formats_page() -> String {
    let mut out = String::from(
        "# Formats\n\nMade from the formats themselves; do not edit. After a change to one of them:\n\n\
         ```sh\nGOLDRULE_UPDATE=1 cargo test -p goldrule-formats --test page\n```\n\n\
         An export says on standard error what its format cannot hold, with counts; with `--strict` it writes \
         nothing then. An import checks every quote that a file gives against the text and refuses a file whose \
         quotes do not match, naming the unit in which they would. A record without a quote can only be held \
         against the words of the text: where such spans cut words and those of another unit would not, the file \
         is refused and that unit named; `--unit` says which it is.\n\n## Kept and lost\n\n| |",
    );
    for format in FORMATS {
        let _ = write!(out, " `{}` |", format.name());
    }
    out.push_str("\n| --- |");
    out.push_str(&" --- |".repeat(FORMATS.len()));
    out.push_str("\n| direction |");
    for format in FORMATS {
        let way = match format.direction() {
            Direction::Both => "both",
            Direction::Import => "in",
            Direction::Export => "out",
        };
        let _ = write!(out, " {way} |");
    }
    out.push_str("\n| offsets count |");
    for format in FORMATS {
        let _ = write!(out, " {} |", format.unit().as_str());
    }
    out.push('\n');
    for feature in Feature::ALL {
        let _ = write!(out, "| {} |", feature.as_str());
        for format in FORMATS {
            out.push_str(if format.holds().contains(feature) { " kept |" } else { " lost |" });
        }
        out.push('\n');
    }
    out.push_str(
        "\nSpans, kinds of agencies and citations, topics and positions are kept by all. Where ids or names of \
         agencies are lost, an import makes new ones from the mentions.\n",
    );
    for format in FORMATS {
        let extensions: Vec<_> =
            format.extensions().iter().map(|extension| format!("`.{extension}`")).collect();
        let _ = write!(
            out,
            "\n## {}\n\n`--as {}`, {}. {}\n\nOffsets count {}: {}.\n",
            format.title(),
            format.name(),
            extensions.join(" and "),
            format.remarks(),
            format.unit().as_str(),
            format.unit_source()
        );
    }
    out
}
