//! What went wrong with the records that a layer leaves without partner.

use crate::compare::Place;
use crate::names::names;
use crate::sweep::{Item, overlapping};

names! {
    /// Why a record is not, or not fully, matched.
    ErrorClass, "error class" {
        /// A gold record that nothing predicted comes near.
        Missed = "missed",
        /// A predicted record that nothing in gold comes near.
        Spurious = "spurious",
        /// Overlaps an unmatched record of the other side, with other ends.
        Boundary = "boundary",
        /// In the right place with the wrong kind (for agencies: kind or jurisdiction).
        Label = "label",
        /// Other ends and the wrong kind.
        BoundaryLabel = "boundary_label",
        /// A mention of another agency.
        WrongEntity = "wrong_entity",
        /// Matched, but its agency is split or merged (B-cubed only).
        Cluster = "cluster",
        /// A stance of another agency.
        WrongHolder = "wrong_holder",
        /// A stance of the right holder on another topic.
        WrongTopic = "wrong_topic",
        /// A stance of the right holder on the right topic with another position.
        WrongPosition = "wrong_position",
        /// Says again what another record of its side says.
        Duplicate = "duplicate",
    }
}

/// A class for each record left over, with the record of the other side that explains it.
#[derive(Default)]
pub(crate) struct Reasons {
    pub(crate) missed: Vec<(ErrorClass, Option<Place>)>,
    pub(crate) spurious: Vec<(ErrorClass, Option<Place>)>,
}

/// For either side, whether the record at a place is a further copy of another.
pub(crate) type Copies<'a> = (&'a dyn Fn(Place) -> bool, &'a dyn Fn(Place) -> bool);

/// The best pairing among the records left over, whatever copy they are.
pub(crate) fn near(
    gold: &[Item],
    pred: &[Item],
    missed: &[Place],
    spurious: &[Place],
) -> Vec<(Place, Place)> {
    let pick = |items: &[Item], places: &[Place]| {
        let mut picked: Vec<Item> = items
            .iter()
            .filter(|item| places.binary_search(&item.index).is_ok())
            .map(|item| Item { group: (0, 0), ..*item })
            .collect();
        crate::sweep::sort(&mut picked);
        picked
    };
    overlapping(&pick(gold, missed), &pick(pred, spurious))
}

/// Classes for all records left over; `missed` and `spurious` are sorted.
pub(crate) fn reasons(
    missed: &[Place],
    spurious: &[Place],
    near: &[(Place, Place)],
    copies: Copies<'_>,
    class: impl Fn(Place, Place) -> ErrorClass,
) -> Reasons {
    let alone = |copy: bool, class| (if copy { ErrorClass::Duplicate } else { class }, None);
    let mut reasons = Reasons {
        missed: missed.iter().map(|&g| alone(copies.0(g), ErrorClass::Missed)).collect(),
        spurious: spurious.iter().map(|&p| alone(copies.1(p), ErrorClass::Spurious)).collect(),
    };
    for &(g, p) in near {
        if let (Ok(row), Ok(col)) = (missed.binary_search(&g), spurious.binary_search(&p)) {
            let class = class(g, p);
            reasons.missed[row] = (class, Some(p));
            reasons.spurious[col] = (class, Some(g));
        }
    }
    reasons
}
