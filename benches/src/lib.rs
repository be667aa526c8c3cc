//! What the benchmarks share: inputs, the things measured, and the way of measuring.
//!
//! Some programs and two Criterion benches use it, all from the root of the repository:
//!
//! - `cargo bench -p goldrule-benches`: times with Criterion's statistics, stage by stage;
//! - `cargo run --release -p goldrule-benches --bin speed`: a table of MB/s, each also as a fraction of
//!   the [ceiling](Stage::Ceiling) measured in the same run;
//! - `cargo run --release -p goldrule-benches --bin instructions`: instruction counts under Valgrind, which
//!   do not depend on how busy the machine is, held against `benches/instructions.json`;
//! - `cargo run --release -p goldrule-benches --bin score-scale`: how scoring and resampling grow;
//! - `cargo run --release -p goldrule-benches --bin score-spans`: spans scored line by line, for the
//!   comparison with other tools in `benches/peers`;
//! - `cargo run -p goldrule-benches --bin merge-peer`: merges of edited gold files beside those of git;
//! - `cargo run --release -p goldrule-benches --bin make-jsonl -- corpus 50000000`: the inputs as a
//!   large batch for the command line.
//!
//! Two inputs stand for the two ends of what a batch holds: the [corpus](Input::Corpus), where every
//! sentence may matter, and [off-topic prose](Input::OffTopic), where speed is a matter of seeing soon
//! that there is nothing to do.
//!
//! ```
//! use goldrule_benches::{Stage, Subject};
//! use goldrule_schema::Document;
//!
//! let documents = [Document::new("d", "The oven was cold. Nobody had baked.")];
//! assert!(Subject::new().run(Stage::Ceiling, &documents) > 0);
//! ```

mod edits;
mod inputs;
mod memory;
mod rng;
mod spans;
mod subject;
mod synthetic;
mod timing;

pub use edits::{EditedPair, edited_pair};
pub use inputs::{Input, bytes, repeated};
pub use memory::peak_memory;
pub use rng::Rng;
pub use spans::{corpus_of_spans, one_document};
pub use subject::{Stage, Subject, score};
pub use synthetic::synthetic_pairs;
pub use timing::{alternate, median};
