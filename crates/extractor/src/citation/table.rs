//! Sorted tables of tab-separated text, bisected where they lie: nothing is built at the start and nothing
//! is copied.

/// Spellings between volume and page, as letters and digits.
pub(super) const VOLUMES: Table = Table(include_str!("../../data/citations/volumes.tsv"));
/// Courts as brackets abbreviate them.
pub(super) const COURTS: Table = Table(include_str!("../../data/citations/courts.tsv"));
/// Subjects of codes, folded, with their part of the path.
pub(super) const SUBJECTS: Table = Table(include_str!("../../data/citations/subjects.tsv"));

/// Lines sorted by their first column, which no two share.
pub(super) struct Table(&'static str);

impl Table {
    /// The columns after the first of the line whose first column is `key`.
    pub(super) fn get(&self, key: &str) -> Option<impl Iterator<Item = &'static str> + use<>> {
        let (mut low, mut high) = (0, self.0.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let start = self.0[..middle].rfind('\n').map_or(0, |i| i + 1);
            let line = self.0[start..].split('\n').next().unwrap_or("");
            let mut columns = line.split('\t');
            match columns.next().unwrap_or("").cmp(key) {
                std::cmp::Ordering::Equal => return Some(columns),
                std::cmp::Ordering::Less => low = start + line.len() + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        None
    }
}

/// Letters and digits of an abbreviation, gathered without touching the heap.
#[derive(Clone, Copy)]
pub(super) struct Key {
    bytes: [u8; 48],
    length: usize,
}

impl Key {
    pub(super) const fn new() -> Self {
        Self { bytes: [0; 48], length: 0 }
    }

    /// Adds the letters and digits of `part`; false when the key is full or the part is not ASCII.
    pub(super) fn push(&mut self, part: &str) -> bool {
        for byte in part.bytes().filter(u8::is_ascii_alphanumeric) {
            let Some(place) = self.bytes.get_mut(self.length) else { return false };
            *place = byte;
            self.length += 1;
        }
        true
    }

    /// As [`Key::push`], in lower case.
    pub(super) fn push_folded(&mut self, part: &str) -> bool {
        let from = self.length;
        let fits = self.push(part);
        self.bytes[from..self.length].make_ascii_lowercase();
        fits
    }

    pub(super) fn as_str(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_by_its_key() {
        for table in [VOLUMES, COURTS, SUBJECTS] {
            for line in table.0.lines() {
                let mut columns = line.split('\t');
                let key = columns.next().unwrap();
                assert!(table.get(key).is_some_and(|found| found.eq(columns)), "{key}");
            }
            assert!(table.get("").is_none() && table.get("~").is_none() && table.get("F3dx").is_none());
        }
    }
}
