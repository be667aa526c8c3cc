//! The figures by name.

use crate::names::names;

names! {
    /// What is counted: each has a precision, a recall and an F1.
    ///
    /// ```
    /// use goldrule_scorer::Measure;
    ///
    /// assert_eq!(Measure::MentionB3.as_str(), "mention.b3");
    /// assert_eq!("stance.tuple".parse(), Ok(Measure::StanceTuple));
    /// ```
    Measure, "measure" {
        /// Mentions with equal spans; form and agency are judged apart.
        MentionStrict = "mention.strict",
        /// Mentions that share at least one character, one to one, equal spans first.
        MentionOverlap = "mention.overlap",
        /// B-cubed (Bagga and Baldwin 1998) over the strictly matched mentions.
        MentionB3 = "mention.b3",
        /// Agencies aligned one to one that share at least one mention span.
        EntityFound = "entity.found",
        /// Agencies found whose kind and jurisdiction are both right.
        EntityKindJurisdiction = "entity.kind_jurisdiction",
        /// Distinct (holder, topic, position) of a document.
        StanceTuple = "stance.tuple",
        /// Stances whose evidence shares at least one character, one to one.
        StanceEvidence = "stance.evidence",
        /// Stances with overlapping evidence and equal holder, topic and position, one to one.
        StanceEvidenceTuple = "stance.evidence_tuple",
        /// Citations with equal spans.
        CitationStrict = "citation.strict",
        /// Citations with equal spans and equal kinds.
        CitationStrictKind = "citation.strict_kind",
        /// Citations that share at least one character, one to one.
        CitationOverlap = "citation.overlap",
    }
}

names! {
    /// What is judged only on records that were matched.
    Accuracy, "accuracy" {
        /// Form of the mentions matched by `mention.strict`.
        Form = "form",
        /// Kind of the aligned agencies.
        Kind = "kind",
        /// Jurisdiction of the aligned agencies; absent on both sides is right.
        Jurisdiction = "jurisdiction",
        /// Attribution of the stances matched by `stance.evidence_tuple`.
        Attribution = "attribution",
        /// Canonical id of the citations matched by `citation.strict` whose gold has one.
        Canonical = "canonical",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for measure in Measure::ALL {
            assert_eq!(measure.as_str().parse(), Ok(measure));
        }
        let error = "mention".parse::<Measure>().unwrap_err().to_string();
        assert!(error.starts_with("there is no measure `mention`; there are mention.strict, "), "{error}");
    }
}
