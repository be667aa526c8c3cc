//! Rule-based extraction of agencies, stances and legal citations.

mod state;

pub use state::State;
