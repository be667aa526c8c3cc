//! What is exported in a two-way format comes back, less what the format says it loses.

mod common;

use common::{Case, cases, exported, inputs};
use goldrule_formats::{Feature, Format, Piece, import, losses, without};
use goldrule_schema::to_canonical_json;
use proptest::prelude::*;

fn holds(format: Format, case: &Case) -> Result<(), TestCaseError> {
    let piece = Piece { document: &case.document, set: &case.set };
    let expected = without(format, &piece);
    let back =
        import(format, &exported(format, case), &|id| (id == case.document.id()).then_some(&case.document));
    let errors: Vec<_> = back.diagnostics.iter().filter(|finding| finding.is_error()).collect();
    prop_assert!(errors.is_empty(), "{errors:#?}");
    if back.sets.is_empty() {
        let empty =
            expected.agencies.is_empty() && expected.stances.is_empty() && expected.citations.is_empty();
        prop_assert!(empty, "nothing came back");
        return Ok(());
    }
    prop_assert_eq!(to_canonical_json(&back.sets[0]), to_canonical_json(&expected));
    let lost = |feature| losses(format, &piece).iter().any(|(known, _)| known == feature);
    if !Feature::ALL.iter().any(|&feature| lost(feature)) {
        let mut whole = case.set.clone();
        whole.sort();
        prop_assert_eq!(to_canonical_json(&back.sets[0]), to_canonical_json(&whole));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn brat(case in cases()) { holds(Format::Brat, &case)?; }

    #[test]
    fn prodigy(case in cases()) { holds(Format::Prodigy, &case)?; }

    #[test]
    fn w3c(case in cases()) { holds(Format::W3c, &case)?; }

    #[test]
    fn label_studio(case in cases()) { holds(Format::LabelStudio, &case)?; }

    #[test]
    fn doccano(case in cases()) { holds(Format::Doccano, &case)?; }

    #[test]
    fn csv(case in cases()) { holds(Format::Csv, &case)?; }

    /// Whatever a file holds, an import ends with findings or sets.
    #[test]
    fn nothing_panics(case in cases(), cut in 0..1000usize, noise in ".{0,12}", format in prop::sample::select(Format::ALL)) {
        for mut input in exported(format, &case) {
            let at = input.contents.floor_char_boundary(cut * input.contents.len() / 1000);
            input.contents.replace_range(at.., &noise);
            let _ = import(format, &[input], &|_| Some(&case.document));
        }
        let _ = import(format, &inputs(&[("x.ann", &noise), ("mentions.csv", &noise)]), &|_| Some(&case.document));
    }
}
