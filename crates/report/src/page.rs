//! The page around figures and texts.

use goldrule_harness::{Case, Chain, Comparison, Contrast, Report, Skipped, Style, counted};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::model::Data;
use crate::{Reader, assets, confusion, contrast, figures, losses, matrices, records, safe, tally};

/// A report and what it was made from.
#[derive(Clone, Copy, Debug)]
pub struct Scored<'a> {
    /// What made it: `goldrule eval`.
    pub title: &'a str,
    /// The figures.
    pub report: &'a Report,
    /// The scored documents.
    pub comparisons: &'a [Comparison],
    /// Their texts.
    pub cases: &'a [Case],
    /// What the stages lose, where that was asked for.
    pub chains: &'a [Chain],
}

/// Two systems and what they were compared on.
#[derive(Clone, Copy, Debug)]
pub struct Contrasted<'a> {
    /// What made it: `goldrule compare`.
    pub title: &'a str,
    /// The differences.
    pub contrast: &'a Contrast,
    /// The documents as the old system has them.
    pub old: &'a [Comparison],
    /// The documents as the new system has them.
    pub new: &'a [Comparison],
    /// Their texts.
    pub cases: &'a [Case],
}

/// A section: its anchor, its title, what it holds.
pub(crate) type Section = (&'static str, &'static str, Markup);

/// The page of a report.
pub fn report_page(scored: &Scored<'_>, reader: Reader) -> String {
    let Scored { report, comparisons, cases, chains, .. } = *scored;
    let data = records::scored(comparisons, cases, reader);
    let mut sections: Vec<Section> = Vec::new();
    if !comparisons.is_empty() {
        sections.push(("figures", "Figures", figures_of(report, &data)));
    }
    sections.extend(of_records(&data));
    if !chains.is_empty() {
        sections.push(("losses", "Losses", losses::section(chains)));
    }
    let total = report.total().group.documents.len();
    let splits: Vec<_> =
        report.columns.iter().map(figures::group).filter(|name| !name.starts_with("all ")).collect();
    let summary = match splits.as_slice() {
        [] | [_] => counted(total, "document"),
        splits => format!("{}: {}", counted(total, "document"), splits.join(", ")),
    };
    let unnamed: usize = report.unnamed.values().sum();
    let about = about(&report.skipped, unnamed, &data, &report.signature.to_string());
    whole(scored.title, &summary, &sections, &data, &about)
}

/// The page of a comparison of two systems.
pub fn contrast_page(contrasted: &Contrasted<'_>, reader: Reader) -> String {
    let Contrasted { contrast, old, new, cases, .. } = *contrasted;
    let data = contrast::contrasted(old, new, cases, reader);
    let chart = html! {
        div.beside {
            (figures::differences(contrast).within())
            (what_differs(&data))
        }
        p.note { "An interval that leaves out 0 is a difference that other documents would show too. p is that of a paired randomisation test, corrected for the number of figures (Holm)." }
    };
    let mut sections: Vec<Section> = vec![("figures", "Figures", chart)];
    sections.extend(of_records(&data));
    let about = about(&[], contrast.unnamed, &data, &contrast.signature.to_string());
    whole(contrasted.title, &counted(contrast.documents, "document"), &sections, &data, &about)
}

fn figures_of(report: &Report, data: &Data) -> Markup {
    html! {
        div.beside {
            (figures::accuracy(report).within())
            (what_differs(data))
        }
        details { summary { "All figures as a table" } (figures::table(report)) }
        @if let Some(detail) = &report.detail {
            details { summary { "Every scheme, label and slot" } div.scroll tabindex="0" role="region" aria-label="Detail" { pre { (detail.to_table(Style::Plain)) } } }
        }
    }
}

/// What stands beside the figures.
pub(crate) fn what_differs(data: &Data) -> Markup {
    if data.documents.is_empty() {
        return html! {};
    }
    html! { div {
        h3 { "What differs in " (counted(data.documents.len(), "document")) }
        (tally::by_layer(data))
        p.note { "Every number leads to its records and their texts. Press " kbd { "?" } " for the keys." }
    } }
}

/// The sections that are counts of records.
pub(crate) fn of_records(data: &Data) -> Vec<Section> {
    if data.documents.is_empty() {
        return Vec::new();
    }
    let mut sections = Vec::new();
    let matrices = matrices(data, None);
    if !matrices.is_empty() {
        let tables =
            html! { div.matrices { @for matrix in &matrices { (confusion::Matrix::table(matrix)) } } };
        sections.push(("confusions", "Confusions", tables));
    }
    sections.push(("documents", "Documents", tally::by_document(data)));
    sections.extend(tally::by_rule(data).map(|rules| ("rules", "Rules", rules)));
    sections
}

pub(crate) fn about(skipped: &[Skipped], unnamed: usize, data: &Data, signature: &str) -> Markup {
    let withheld = data.documents.iter().filter(|page| page.withheld).count();
    html! {
        @if unnamed > 0 {
            p { (counted(unnamed, "document")) " for measuring only: counted in the figures, and in nothing below them." }
        }
        @if withheld > 0 {
            p { (counted(withheld, "text")) " may not be shipped and not in this file: of their records it has places and labels." }
        }
        @if !skipped.is_empty() {
            details { summary { (counted(skipped.len(), "document")) " skipped" }
                ul { @for one in skipped { li { bdi { (one.document) } ": " (one.reason) } } } }
        }
        p { "What the figures depend on: " code { (signature) } }
    }
}

pub(crate) fn whole(title: &str, summary: &str, sections: &[Section], data: &Data, about: &Markup) -> String {
    let (style, script) = (assets::style(), assets::script());
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(assets::policy(&style, &script));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) ", " (summary) }
                style { (PreEscaped(&style)) }
            }
            body {
                a.skip href="#records" { "Skip to the records" }
                (header(title, summary, sections, !data.documents.is_empty()))
                main {
                    @for (anchor, title, content) in sections {
                        section id=(anchor) aria-labelledby={ (anchor) "-title" } {
                            h2 id={ (anchor) "-title" } { (title) }
                            (content)
                        }
                    }
                    @if !data.documents.is_empty() { (explorer()) }
                }
                footer { (about) }
                (keys())
                script #data type="application/json" { (PreEscaped(safe::island(data))) }
                script { (PreEscaped(&script)) }
            }
        }
    };
    page.into_string()
}

fn header(title: &str, summary: &str, sections: &[Section], records: bool) -> Markup {
    html! {
        header.top {
            h1 { (title) } p.summary { (summary) }
            nav aria-label="Sections" {
                @for (anchor, title, _) in sections { a href={ "#" (anchor) } { (title) } }
                @if records { a href="#records" { "Records" } }
            }
            div.tools {
                button #theme type="button" aria-pressed="false" { "Dark" }
                button #help type="button" aria-haspopup="dialog" { "Keys " kbd { "?" } }
            }
        }
    }
}

/// Filters, list and text: the script fills them.
fn explorer() -> Markup {
    let choice = |id: &str, label: &str| html! { label { span { (label) } select id=(id) {} } };
    html! {
        section #records aria-labelledby="records-title" {
            h2 #records-title tabindex="-1" { "Records and texts" }
            noscript { p { "Lists and texts need scripts to be allowed; nothing is fetched." } }
            form.filters role="search" aria-label="Filter the records" {
                label.wide { span { "Search " kbd { "/" } } input #query type="search" placeholder="words, rule, agency, document" autocomplete="off" spellcheck="false"; }
                (choice("show", "Show"))
                (choice("layer", "Layer"))
                (choice("class", "Class"))
                (choice("rule", "Rule"))
                (choice("label", "Label"))
                (choice("doc", "Document"))
                button #clear type="button" { "Clear" }
            }
            p.state { span #count role="status" {} span #cell {} }
            div.explorer {
                div.column {
                    div #list role="listbox" aria-label="Records" tabindex="-1" {}
                    button #more type="button" hidden { "Show more" }
                    div #passages hidden {}
                }
                div.column #reader {}
            }
        }
    }
}

fn keys() -> Markup {
    let keys = [
        ("j", "next record of the list"),
        ("k", "record before"),
        ("/", "search"),
        ("]", "next document"),
        ("[", "document before"),
        ("s", "sides above each other or side by side"),
        ("a", "all records of this document"),
        ("c", "clear the filters"),
        ("d", "light or dark"),
        ("?", "this list"),
        ("Esc", "leave a field, close this list"),
    ];
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { "Keys" }
            dl { @for (key, what) in keys { div { dt { kbd { (key) } } dd { (what) } } } }
            p { "In the list, arrow keys, Home and End move; Enter goes to the text." }
            form method="dialog" { button { "Close" } }
        }
    }
}
