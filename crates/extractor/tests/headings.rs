//! Headings of policies state nothing; list items, headlines and sentences of the same words do.

#![allow(clippy::unwrap_used)]

use goldrule_extractor::Extractor;
use goldrule_schema::Document;

/// What is stated in a policy of these lines.
fn evidence(lines: &str) -> Vec<String> {
    let text = format!("GREEN BAY POLICE DEPARTMENT, Wisconsin\nPOLICY 428\n\n{lines}\n");
    let found = Extractor::new().extract(&Document::new("policy", text));
    found.stances.iter().map(|stance| stance.text.clone().unwrap_or_default()).collect()
}

#[test]
fn headings_state_nothing() {
    for heading in [
        "428.1 HONORING OF DETAINERS",
        "428.2 NOTIFICATION TO ICE OF RELEASES",
        "IV. HOLDING INMATES FOR ICE",
        "Holding inmates for ICE",
        "Cooperation with Federal Immigration Authorities",
        "Sharing of Information With Immigration Authorities",
        "4. Questions about status. Supervisors review this part each year.",
    ] {
        assert_eq!(evidence(heading), [""; 0], "{heading}");
    }
}

#[test]
fn sentences_and_items_of_lists_do() {
    for (lines, position) in [
        ("Officers shall not honor detainers.", "Officers shall not honor detainers"),
        ("4. Officers do not ask about status.", "Officers do not ask about status"),
        ("NO HOLDS FOR ICE", "NO HOLDS FOR ICE"),
        ("Officers are not allowed to take part in:\n\n- holding inmates for ICE", "holding inmates for ICE"),
    ] {
        assert!(
            evidence(lines).iter().any(|found| found.contains(position)),
            "{lines}: {:?}",
            evidence(lines)
        );
    }
}
