//! Names that somebody may have meant.

/// How alike two names must be, from 0 to 1, for one to be taken for a slip of the other.
const ALIKE: f64 = 0.85;

/// The known name most like a name, in whatever case, where one is like it.
pub(super) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let likeness = |known: &'n str| (strsim::jaro_winkler(&lower, &known.to_lowercase()), known);
    let likely = known.map(likeness).filter(|(likeness, _)| *likeness >= ALIKE);
    likely.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_another_word_finds_none() {
        let known = ["AGENCY", "PLACE", "feds", "status"];
        let near = |name| nearest(name, known.into_iter());
        assert_eq!(near("AGENCIES"), Some("AGENCY"));
        assert_eq!(near("places"), Some("PLACE"));
        assert_eq!(near("fedz"), Some("feds"));
        assert_eq!(near("sttaus"), Some("status"));
        assert_eq!(near("museum"), None);
    }
}
