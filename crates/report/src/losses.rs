//! Which stage loses what, drawn as bars that reach to 1.

use goldrule_harness::scorer::Measure;
use goldrule_harness::{Chain, GIVEN, counted};
use maud::{Markup, html};

use crate::figures::ratio;
use crate::svg::{Sheet, length};

const NAME: f64 = 142.0;
const SCALE: f64 = 150.0;
const ROW: f64 = 22.0;
const TOP: f64 = 44.0;
/// All columns of numbers together.
const NUMBERS: f64 = 296.0;

/// The measures that tell the stages' losses.
const STAGES: [Measure; 6] = [
    Measure::CitationStrictKind,
    Measure::MentionStrict,
    Measure::MentionB3,
    Measure::EntityKindJurisdiction,
    Measure::StanceTuple,
    Measure::StanceEvidenceTuple,
];

/// A bar in parts, each with its length and class, and the numbers beside it.
struct Bar {
    name: String,
    /// Where the first part begins.
    from: f64,
    parts: Vec<(f64, &'static str)>,
    numbers: Vec<String>,
}

/// Both drawings of each group of documents.
pub(crate) fn section(chains: &[Chain]) -> Markup {
    html! {
        @for chain in chains {
            h3 { (chain.group) ", " (counted(chain.documents, "document")) }
            div.drawings {
                (stages(chain))
                @for measure in [Measure::StanceTuple, Measure::StanceEvidenceTuple] { (stances(chain, measure)) }
            }
        }
    }
}

fn signed(lost: f64) -> String {
    let text = format!("{:+.3}", -lost);
    if text.ends_with("0.000") { "0".to_owned() } else { text }
}

fn stages(chain: &Chain) -> Markup {
    let bars: Vec<Bar> = STAGES
        .into_iter()
        .filter_map(|measure| {
            let loss = chain.loss(measure)?;
            let lost = [loss.citations, loss.agencies, loss.stances];
            let mut parts = vec![(loss.f1, "bar")];
            parts.extend(lost.into_iter().zip(["lost-1", "lost-2", "lost-3"]));
            let numbers = [ratio(Some(loss.f1))].into_iter().chain(lost.map(signed)).collect();
            Some(Bar { name: measure.to_string(), from: 0.0, parts, numbers })
        })
        .collect();
    let head = [("F1", "bar"), ("citations", "lost-1"), ("agencies", "lost-2"), ("stances", "lost-3")];
    draw("F1, and what each stage loses", &head, &bars)
}

/// What is given step by step, and how far F1 then reaches.
fn stances(chain: &Chain, measure: Measure) -> Markup {
    let f1 = |step| chain.stances.f1(step, measure);
    let Some(losses) = chain.stances.losses(measure) else { return html! {} };
    let mut bars = vec![Bar {
        name: GIVEN[0].to_owned() + " given",
        from: 0.0,
        parts: vec![(f1(0).unwrap_or_default(), "bar")],
        numbers: vec![ratio(f1(0)), String::new()],
    }];
    for (step, (name, lost)) in losses.into_iter().enumerate() {
        let before = f1(step).unwrap_or_default();
        let after = f1(step + 1).unwrap_or(1.0);
        bars.push(Bar {
            name: format!("+ {name}"),
            from: before.min(after),
            parts: vec![(lost.abs(), if lost < 0.0 { "lost-3" } else { "lost-1" })],
            numbers: vec![ratio(Some(after)), signed(lost)],
        });
    }
    let title = format!("{measure}, with gold given for");
    draw(&title, &[("F1", ""), ("lost there", "")], &bars)
}

fn draw(title: &str, head: &[(&str, &str)], bars: &[Bar]) -> Markup {
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let column = |at: usize| NAME + SCALE + NUMBERS / count(head.len()) * count(at + 1);
    let width = NAME + SCALE + NUMBERS;
    let body = html! {
        text.strong x="0" y="14" { (title) }
        @for (at, (name, class)) in head.iter().enumerate() {
            text.end.muted x=(length(column(at))) y="36" {
                @if !class.is_empty() { tspan class=(class) { "■ " } }
                (name)
            }
        }
        @for (at, bar) in bars.iter().enumerate() {
            @let top = TOP + ROW * count(at);
            text x="0" y=(length(top + 15.0)) { (bar.name) }
            rect.cell x=(length(NAME)) y=(length(top + 4.0)) width=(length(SCALE)) height="15" rx="2" {}
            @for (class, x, width) in extents(bar) {
                rect class=(class) x=(length(NAME + x * SCALE)) y=(length(top + 4.0)) width=(length(width * SCALE)) height="15" {}
            }
            @for (at, number) in bar.numbers.iter().enumerate() {
                text.end x=(length(column(at))) y=(length(top + 15.0)) { (number) }
            }
        }
    };
    #[expect(clippy::cast_sign_loss, reason = "sizes are positive")]
    let [width, height] = [width, TOP + ROW * count(bars.len()) + 6.0].map(|size| size.ceil() as u32);
    Sheet { title, text: "", width, height }.within(&body)
}

/// The parts one behind the other; a gain has no length, its number says it.
fn extents(bar: &Bar) -> Vec<(&'static str, f64, f64)> {
    let mut at = bar.from;
    let mut extents = Vec::new();
    for &(length, class) in &bar.parts {
        let length = length.max(0.0).min(1.0 - at);
        if length > 0.0 {
            extents.push((class, at, length));
        }
        at += length;
    }
    extents
}
