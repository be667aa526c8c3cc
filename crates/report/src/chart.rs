//! Figures on a scale: a dot, its interval, and a mark to hold it to.

use maud::{Markup, html};

use crate::safe::plain;
use crate::svg::{Sheet, length};

/// Figures in rows.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    pub(crate) title: String,
    /// The least and the greatest value shown, and the step between lines.
    pub(crate) axis: (f64, f64, f64),
    /// What the dot is, and what the mark is.
    pub(crate) value: &'static str,
    /// Whether there is a line of its interval.
    pub(crate) interval: bool,
    pub(crate) mark: Option<&'static str>,
    /// Heads of the columns of numbers.
    pub(crate) head: Vec<&'static str>,
    pub(crate) rows: Vec<Row>,
}

/// A figure, for one or several groups.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) name: String,
    /// Where its name leads, within a page.
    pub(crate) link: Option<String>,
    /// Whether it stands apart from the row before.
    pub(crate) apart: bool,
    pub(crate) dots: Vec<Dot>,
}

/// A figure of a group.
#[derive(Clone, Debug)]
pub(crate) struct Dot {
    pub(crate) group: String,
    pub(crate) value: Option<f64>,
    pub(crate) interval: Option<(f64, f64)>,
    pub(crate) mark: Option<f64>,
    /// The same as numbers, one for each head.
    pub(crate) numbers: Vec<String>,
}

const NAME: f64 = 156.0;
const GROUP: f64 = 86.0;
const SCALE: f64 = 310.0;
const NUMBER: f64 = 84.0;
/// From the top to the first row, and the height of a row.
const TOP: f64 = 58.0;
const ROW: f64 = 17.0;

/// Where everything is.
struct Layout {
    left: f64,
    axis: (f64, f64, f64),
    bottom: f64,
    width: f64,
    grouped: bool,
}

impl Layout {
    fn x(&self, value: f64) -> f64 {
        let (low, high, _) = self.axis;
        self.left + (value.clamp(low, high) - low) / (high - low) * SCALE
    }

    /// The values of the lines.
    fn ticks(&self) -> impl Iterator<Item = f64> {
        let (low, high, step) = self.axis;
        #[expect(clippy::cast_sign_loss, reason = "an axis goes up")]
        let steps = ((high - low) / step).round() as u32;
        (0..=steps).map(move |at| low + f64::from(at) * step)
    }
}

impl Chart {
    /// The chart as a file of its own.
    pub(crate) fn standalone(&self) -> String {
        let layout = self.layout();
        self.sheet(&layout, &self.text()).standalone(&self.body(&layout, false))
    }

    /// The chart in a page, its names leading to the records behind them.
    pub(crate) fn within(&self) -> Markup {
        let layout = self.layout();
        self.sheet(&layout, "").within(&self.body(&layout, true))
    }

    fn sheet<'a>(&'a self, layout: &Layout, text: &'a str) -> Sheet<'a> {
        #[expect(clippy::cast_sign_loss, reason = "sizes are positive")]
        let [width, height] = [layout.width, layout.bottom + 22.0].map(|size| size.ceil() as u32);
        Sheet { title: &self.title, text, width, height }
    }

    fn layout(&self) -> Layout {
        let grouped = self.rows.iter().any(|row| row.dots.len() > 1);
        let left = NAME + if grouped { GROUP } else { 0.0 };
        let bottom = self.tops().1;
        #[expect(clippy::cast_precision_loss, reason = "a chart has few columns")]
        let width = left + SCALE + self.head.len() as f64 * NUMBER;
        Layout { left, axis: self.axis, bottom, width, grouped }
    }

    /// Where each row begins, and where the last one ends.
    fn tops(&self) -> (Vec<f64>, f64) {
        let mut at = TOP;
        let tops = self.rows.iter().enumerate().map(|(number, row)| {
            at += match (number, row.apart) {
                (0, _) => 0.0,
                (_, true) => 18.0,
                (_, false) => 6.0,
            };
            let top = at;
            at += row.dots.iter().map(|_| ROW).sum::<f64>();
            top
        });
        let tops = tops.collect();
        (tops, at)
    }

    /// The chart in words.
    fn text(&self) -> String {
        let row = |row: &Row| {
            let dots = row.dots.iter().map(|dot| {
                let numbers =
                    self.head.iter().zip(&dot.numbers).map(|(head, number)| format!("{head} {number}"));
                format!("{} {}", dot.group, numbers.collect::<Vec<_>>().join(", "))
            });
            format!("{}: {}.", row.name, dots.collect::<Vec<_>>().join("; "))
        };
        plain(&self.rows.iter().map(row).collect::<Vec<_>>().join(" ")).into_owned()
    }

    fn body(&self, layout: &Layout, links: bool) -> Markup {
        let zero = layout.axis.0 < 0.0;
        html! {
            text.strong x="0" y="14" { (plain(&self.title)) }
            (self.legend())
            @for tick in layout.ticks() {
                @let x = length(layout.x(tick));
                line class=(if zero && tick.abs() < 1e-9 { "axis" } else { "grid" }) x1=(x) x2=(x) y1=(length(TOP - 6.0)) y2=(length(layout.bottom + 4.0)) {}
                text.middle.muted x=(x) y=(length(layout.bottom + 18.0)) { (tick_text(tick, layout.axis.2)) }
            }
            @for (at, head) in self.head.iter().enumerate() {
                text.end.muted x=(length(column(layout, at))) y=(length(TOP - 12.0)) { (head) }
            }
            @for (row, top) in self.rows.iter().zip(self.tops().0) { (draw(row, top, layout, links)) }
        }
    }

    fn legend(&self) -> Markup {
        let y = 34.0;
        html! {
            g {
                @if self.interval { line.range x1="1" x2="25" y1=(y) y2=(y) {} }
                circle.value cx="13" cy=(y) r="4" {}
                text.muted x="32" y=(y + 4.0) { (self.value) @if self.interval { ", 95% interval" } }
                @if let Some(mark) = self.mark {
                    (diamond(190.0, y))
                    text.muted x="200" y=(y + 4.0) { (mark) }
                }
            }
        }
    }
}

/// The right end of a column of numbers.
fn column(layout: &Layout, at: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a chart has few columns")]
    let columns = (at + 1) as f64;
    layout.left + SCALE + columns * NUMBER
}

fn tick_text(tick: f64, step: f64) -> String {
    let tick = if tick.abs() < 1e-9 { 0.0 } else { tick };
    if step < 0.1 { format!("{tick:.2}") } else { format!("{tick:.1}") }
}

fn draw(row: &Row, top: f64, layout: &Layout, links: bool) -> Markup {
    let name = html! { text x="0" y=(length(top + 13.0)) { (plain(&row.name)) } };
    html! {
        @match row.link.as_ref().filter(|_| links) {
            Some(link) => a href=(link) { (name) },
            None => (name),
        }
        @for (at, dot) in row.dots.iter().enumerate() {
            @let y = top + ROW * f64::from(u32::try_from(at).unwrap_or(u32::MAX)) + 9.0;
            @if layout.grouped { text.muted x=(length(NAME)) y=(length(y + 4.0)) { (plain(&dot.group)) } }
            @if let Some((low, high)) = dot.interval {
                line.range x1=(length(layout.x(low))) x2=(length(layout.x(high))) y1=(length(y)) y2=(length(y)) {}
            }
            @if let Some(mark) = dot.mark { (diamond(layout.x(mark), y)) }
            @if let Some(value) = dot.value {
                circle class=(if at == 0 { "value" } else { "hollow" }) cx=(length(layout.x(value))) cy=(length(y)) r="4" {}
            }
            @for (at, number) in dot.numbers.iter().enumerate() {
                text.end.muted[at > 0] x=(length(column(layout, at))) y=(length(y + 4.0)) { (number) }
            }
        }
    }
}

fn diamond(x: f64, y: f64) -> Markup {
    let [left, right, top, bottom] = [x - 5.0, x + 5.0, y - 5.0, y + 5.0].map(length);
    let (x, y) = (length(x), length(y));
    html! { path.mark d={ "M" (left) " " (y) "L" (x) " " (top) "L" (right) " " (y) "L" (x) " " (bottom) "Z" } {} }
}
