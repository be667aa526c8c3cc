//! What a journal says of a document: the set that its entries make, and what of it the gold file holds.

use goldrule_schema::{AnnotationSet, sha256};

use crate::change::make;
use crate::journal::{Contents, Entry, Line};
use crate::open::Open;

/// What a journal holds.
pub(crate) struct Replayed {
    pub(crate) set: AnnotationSet,
    pub(crate) entries: Vec<Entry>,
    /// The last state that the file is known to have had.
    pub(crate) confirmed: Held,
    /// States that it was about to get since.
    pub(crate) tentative: Vec<Held>,
}

/// A state of the gold file.
pub(crate) struct Held {
    pub(crate) sha256: Option<String>,
    pub(crate) set: AnnotationSet,
    /// How many entries it holds.
    pub(crate) entries: usize,
}

impl Replayed {
    /// Replays a journal on the text of a document.
    ///
    /// # Errors
    /// Why it does not fit.
    pub(crate) fn new(open: &Open, contents: &Contents) -> Result<Self, String> {
        if let Some(line) = contents.damaged {
            return Err(format!("line {line} of its journal is damaged"));
        }
        let set = open.base().clone();
        let confirmed = Held { sha256: None, set: set.clone(), entries: 0 };
        let mut all = Self { set, entries: Vec::new(), confirmed, tentative: Vec::new() };
        for line in &contents.lines {
            all.take(open, line)?;
        }
        Ok(all)
    }

    fn take(&mut self, open: &Open, line: &Line) -> Result<(), String> {
        match line {
            Line::Start { set, base, sha256, text } => {
                self.set = start(open, set, text.as_deref())?;
                let base = base.as_ref().map(|base| start(open, base, None)).transpose()?;
                let set = base.unwrap_or_else(|| self.set.clone());
                // Entries that a merge left unsaved are still that.
                let entries = if set == self.set { self.entries.len() } else { self.confirmed.entries };
                self.confirmed = Held { sha256: sha256.clone(), set, entries };
                self.tentative.clear();
            }
            Line::Entry(entry) => {
                make(&mut self.set, &open.document, &entry.changes)
                    .map_err(|(why, _)| format!("entry {} of its journal does not fit: {why}", entry.seq))?;
                self.entries.push(entry.clone());
            }
            Line::Saving { sha256 } => {
                let (set, entries) = (self.set.clone(), self.entries.len());
                self.tentative.push(Held { sha256: Some(sha256.clone()), set, entries });
            }
            Line::Saved => {
                if let Some(held) = self.tentative.pop() {
                    self.confirmed = held;
                }
                self.tentative.clear();
            }
        }
        Ok(())
    }
}

/// The set that a journal starts from, where that is one of this text.
fn start(open: &Open, set: &str, text: Option<&str>) -> Result<AnnotationSet, String> {
    let other = || "its journal belongs to another text".to_owned();
    if text.is_some_and(|text| text != sha256(open.document.text().as_bytes())) {
        return Err(other());
    }
    open.parse(set.as_bytes()).map_err(|_| other())
}

/// Whether the gold file had everything that a journal holds when it was last written.
pub(crate) fn is_all_saved(contents: &Contents) -> bool {
    let saved = contents.lines.iter().fold(true, |saved, line| match line {
        Line::Start { base, .. } => base.is_none(),
        Line::Entry(_) => false,
        Line::Saving { .. } => saved,
        Line::Saved => true,
    });
    saved && contents.damaged.is_none()
}
