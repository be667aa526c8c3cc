//! Rule-based extraction of agencies, stances and legal citations.

pub mod pattern;
pub mod rules;
pub mod segment;
mod state;
pub mod token;

pub use state::State;
