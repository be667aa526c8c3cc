//! How far annotators agree: F1 of one against the other, coefficients beyond chance, and what they disagree
//! on.

mod build;
mod digest;
mod document;
mod groups;
mod names;
mod output;
mod read;
mod result;
mod table;

/// The label of whether a character is marked at all.
pub const ANY: &str = "(any)";

pub use build::{AgreePlan, agree};
pub use names::{DisagreementClass, Subject};
pub use read::{Annotated, Annotations};
pub use result::{
    Agreement, AgreementGroup, AgreementSignature, ClassCount, Coefficients, Disagreement, DocumentAgreement,
    PairAgreement,
};
