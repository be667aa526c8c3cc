//! Drawings: the frame around them and the colours that work in light and dark.

use maud::{Markup, PreEscaped, html};

/// What the parts of drawings look like, alone and in a page.
pub(crate) const STYLE: &str = include_str!("../assets/plot.css");
/// The colours of a drawing that stands alone; a page has its own.
const COLOURS: &str = include_str!("../assets/plot-colours.css");

/// A drawing.
pub(crate) struct Sheet<'a> {
    pub(crate) title: &'a str,
    /// What it says, for those who do not see it.
    pub(crate) text: &'a str,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Sheet<'_> {
    /// As a file of its own.
    pub(crate) fn standalone(&self, body: &Markup) -> String {
        let Self { title, text, width, height } = self;
        let drawing = html! {
            (PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"))
            svg.plot xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title text" width=(width) height=(height) viewBox={ "-14 -10 " (width + 28) " " (height + 20) } {
                title id="title" { (title) }
                desc id="text" { (text) }
                style { (PreEscaped(COLOURS)) (PreEscaped(STYLE)) }
                rect.paper x="-14" y="-10" width=(width + 28) height=(height + 20) {}
                (body)
            }
        };
        drawing.into_string() + "\n"
    }

    /// As part of a page. Its links and texts are reached as those of the page are.
    pub(crate) fn within(&self, body: &Markup) -> Markup {
        let Self { title, width, height, .. } = self;
        html! {
            svg.plot role="group" aria-label=(title) viewBox={ "0 0 " (width) " " (height) } { (body) }
        }
    }
}

/// How opaque a cell of some heat, 0 to 10, is.
pub(crate) fn opacity(heat: u64) -> &'static str {
    const STEPS: [&str; 11] =
        ["0", "0.1", "0.16", "0.22", "0.28", "0.34", "0.4", "0.46", "0.52", "0.58", "0.64"];
    STEPS[usize::try_from(heat).unwrap_or(10).min(10)]
}

/// A length with at most one decimal.
pub(crate) fn length(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}
