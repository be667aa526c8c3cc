//! Tables of words and figures, as aligned text or as Markdown.

use std::fmt::Write as _;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Columns aligned by spaces.
    Plain,
    /// The same with headings in bold.
    Bold,
    /// Markdown.
    Markdown,
}

/// Rows of cells under a head.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    head: Vec<String>,
    /// An empty row sets its neighbours apart.
    rows: Vec<Vec<String>>,
    /// How many columns, from the left, hold words; the others hold figures.
    words: usize,
}

impl Grid {
    pub(crate) fn new(head: Vec<String>, words: usize) -> Self {
        Self { head, rows: Vec::new(), words }
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Sets the rows before apart from those behind.
    pub(crate) fn gap(&mut self) {
        self.rows.push(Vec::new());
    }

    pub(crate) fn render(&self, style: Style) -> String {
        let mut out = String::new();
        if style == Style::Markdown {
            let ends: Vec<_> =
                (0..self.head.len()).map(|at| if at < self.words { "---" } else { "---:" }).collect();
            let _ = writeln!(out, "| {} |\n| {} |", self.head.join(" | "), ends.join(" | "));
            for row in self.rows.iter().filter(|row| !row.is_empty()) {
                let cells: Vec<_> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
                let _ = writeln!(out, "| {} |", cells.join(" | "));
            }
            return out;
        }
        let lines = std::iter::once(&self.head).chain(&self.rows);
        let width = |at: usize| {
            lines.clone().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<_> = (0..self.head.len()).map(width).collect();
        let head = self.line(&self.head, &widths);
        match style {
            Style::Bold => {
                let bold = anstyle::Style::new().bold();
                let _ = writeln!(out, "{bold}{head}{bold:#}");
            }
            _ => out.push_str(&(head + "\n")),
        }
        for row in &self.rows {
            out.push_str(&self.line(row, &widths));
            out.push('\n');
        }
        out
    }

    fn line(&self, row: &[String], widths: &[usize]) -> String {
        let cells = row.iter().zip(widths).enumerate().map(|(at, (cell, &width))| {
            if at < self.words { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    }
}
