//! What a draft's text holds where a file says that something stands.

use std::ops::Range;

use goldrule_schema::CharSpan;

use super::{Draft, Findings};
use crate::offsets::{Unit, cuts, likelier, resolve};

impl Draft<'_> {
    /// Whether a quote stands at these offsets.
    pub(crate) fn holds(&self, offsets: (u32, u32), quote: &str) -> bool {
        resolve(self.document, self.unit, offsets, Some(quote), self.same).is_ok()
    }

    /// Whether these texts stand before and behind a span.
    pub(crate) fn surrounded(&self, (start, end): (u32, u32), before: &str, after: &str) -> bool {
        let Some(span) = self.span(start, end) else { return false };
        let byte = |at| self.document.byte_at_char(at).unwrap_or(0) as usize;
        let text = self.document.text();
        text[..byte(span.start)].ends_with(before) && text[byte(span.end)..].starts_with(after)
    }

    /// The code points of offsets that lie within the text.
    pub(crate) fn span(&self, start: u32, end: u32) -> Option<CharSpan> {
        self.unit.span(self.document, start, end)
    }

    /// Refuses spans without quotes that cut words where those of another unit would not.
    pub(super) fn doubt(&self, findings: &mut Findings<'_>) {
        let spans: Vec<_> = self.bare.iter().map(|(_, offsets)| *offsets).collect();
        let likelier = likelier(self.document, self.unit, &spans).filter(|_| !self.told);
        let Some((here, other, there)) = likelier else { return };
        let cut = self.bare.iter().find_map(|(at, (start, end))| {
            let span = self.unit.span(self.document, *start, *end)?;
            (cuts(self.document, span) > 0).then_some((at, span))
        });
        let Some((at, span)) = cut else { return };
        let message = format!(
            "records without quotes cut words, counted in {}: {:?} here, {here} ends in all; counted in {}, {there}",
            self.unit.as_str(),
            self.document.quote(span).unwrap_or_default(),
            other.as_str()
        );
        let help = format!(
            "the file likely counts in {}: say so with `{}`; if the words are meant to be cut, with `{}`",
            other.as_str(),
            other.option(),
            self.unit.option()
        );
        findings.error("unlikely-unit", at, message, &help);
    }

    /// Whether the text at these offsets is what the file says stands there; what is wrong is reported.
    pub(crate) fn agrees(
        &self,
        offsets: (u32, u32),
        word: &str,
        at: &Range<usize>,
        findings: &mut Findings<'_>,
    ) -> bool {
        match resolve(self.document, self.unit, offsets, Some(word), self.same) {
            Ok(_) => true,
            Err((code, message, help)) => {
                findings.error(code, at, message, &help);
                false
            }
        }
    }

    /// Whether a word stands at an offset.
    pub(crate) fn begins(&self, start: u32, word: &str) -> bool {
        self.holds((start, start.saturating_add(self.unit.width(word))), word)
    }

    /// What to do where it does not.
    pub(crate) fn unit_of(&self, start: u32, word: &str) -> String {
        // The word is as wide in another unit as that unit counts it.
        let at = |unit: Unit| {
            let end = start.saturating_add(unit.width(word));
            resolve(self.document, unit, (start, end), Some(word), self.same)
        };
        let others = Unit::ALL.iter().filter(|&&unit| unit != self.unit);
        match others.copied().find(|&unit| at(unit).is_ok()) {
            Some(unit) => format!("the quote matches when counted as {}", unit.as_str()),
            None => at(self.unit).err().map_or_else(String::new, |(_, _, help)| help),
        }
    }
}
