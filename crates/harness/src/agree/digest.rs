//! What two runs have to have in common for their figures to be the same: the records, whatever the files
//! look like.

use goldrule_schema::{AnnotationSet, CharSpan};
use sha2::{Digest, Sha256};

/// SHA-256 over the records of a set that is in the order of the guidelines.
pub(crate) fn digest(set: &AnnotationSet) -> [u8; 32] {
    // Hashed in one go: thousands of short words, each on its own, take longer.
    let mut bytes = Vec::with_capacity(4096);
    let mut feed = |span: Option<CharSpan>, words: &[&str]| {
        let (start, end) = span.map_or((u32::MAX, u32::MAX), |span| (span.start, span.end));
        bytes.extend(start.to_le_bytes());
        bytes.extend(end.to_le_bytes());
        for word in words {
            bytes.extend_from_slice(word.as_bytes());
            bytes.push(0);
        }
        bytes.push(1);
    };
    for agency in &set.agencies {
        feed(
            None,
            &[
                &agency.id,
                &agency.name,
                agency.kind.as_str(),
                agency.jurisdiction.as_deref().unwrap_or_default(),
            ],
        );
        for mention in &agency.mentions {
            feed(Some(mention.span), &[mention.form.as_str()]);
        }
    }
    for stance in &set.stances {
        let words =
            [&*stance.agency, stance.topic.as_str(), stance.position.as_str(), stance.attribution.as_str()];
        feed(Some(stance.span), &words);
    }
    for citation in &set.citations {
        feed(
            Some(citation.span),
            &[citation.kind.as_str(), citation.canonical.as_deref().unwrap_or_default()],
        );
    }
    Sha256::digest(&bytes).into()
}

#[cfg(test)]
mod tests {
    use goldrule_schema::{Citation, CitationKind};

    use super::*;

    #[test]
    fn every_record_counts() {
        let citation = |start, canonical: Option<&str>| Citation {
            id: None,
            span: CharSpan::new(start, start + 5),
            text: None,
            kind: CitationKind::Bill,
            canonical: canonical.map(str::to_owned),
            rule: None,
            extra: goldrule_schema::Extra::default(),
        };
        let set = |citations| AnnotationSet { citations, ..AnnotationSet::new("d") };
        let all = [
            set(vec![]),
            set(vec![citation(0, None)]),
            set(vec![citation(1, None)]),
            set(vec![citation(0, Some("/a"))]),
            set(vec![citation(0, None), citation(0, None)]),
        ];
        let digests: std::collections::BTreeSet<_> = all.iter().map(digest).collect();
        assert_eq!(digests.len(), all.len());
    }
}
