//! Sorted tables of tab-separated text, bisected where they lie: nothing is built at the start and nothing
//! is copied.

/// Spellings between volume and page, as letters and digits.
pub(super) const VOLUMES: Table = Table(include_str!("../../data/citations/volumes.tsv"));
/// Courts as brackets abbreviate them.
pub(super) const COURTS: Table = Table(include_str!("../../data/citations/courts.tsv"));
/// Subjects of codes, folded, with their part of the path.
pub(super) const SUBJECTS: Table = Table(include_str!("../../data/citations/subjects.tsv"));

/// Lines sorted by their first column.
pub(super) struct Table(&'static str);

impl Table {
    /// The columns after the first of the first line whose first column is `key`.
    pub(super) fn get(&self, key: &str) -> Option<impl Iterator<Item = &'static str> + use<>> {
        self.all(key).next()
    }

    /// The columns after the first of every line whose first column is `key`.
    pub(super) fn all(&self, key: &str) -> impl Iterator<Item = std::str::Split<'static, char>> {
        let lines = self.0.get(self.first(key)..).unwrap_or("").split('\n');
        lines
            .map(|line| line.split('\t'))
            .map_while(move |mut columns| (columns.next() == Some(key)).then_some(columns))
    }

    /// Where the first line begins whose first column is not less than `key`.
    fn first(&self, key: &str) -> usize {
        let bytes = self.0.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            let start = memchr::memrchr(b'\n', &bytes[..middle]).map_or(0, |i| i + 1);
            let line = &bytes[start..];
            let end = memchr::memchr(b'\n', line).unwrap_or(line.len());
            let column = line[..end].split(|b| *b == b'\t').next().unwrap_or(&[]);
            if column < key.as_bytes() {
                low = start + end + 1;
            } else {
                high = start;
            }
        }
        low
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
