//! How far annotators agree: F1 of one against the other, coefficients beyond chance, and what they disagree
//! on.

mod names;
mod result;

/// The label of whether a character is marked at all.
pub const ANY: &str = "(any)";

pub use names::{DisagreementClass, Subject};
pub use result::{
    Agreement, AgreementGroup, AgreementSignature, ClassCount, Coefficients, Disagreement, DocumentAgreement,
    PairAgreement,
};
