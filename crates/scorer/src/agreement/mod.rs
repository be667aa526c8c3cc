//! Agreement beyond chance, of two annotators or more.
//!
//! Every coefficient is 1 less the quotient of an observed disagreement and the one that chance would give.
//! They differ in what the units are and in what chance is.
//!
//! - [`Codings`]: units that everybody sees and gives a label: `S`, Scott's pi and Fleiss' kappa, Cohen's kappa
//!   and its extension to more annotators, Krippendorff's alpha with missing labels. Artstein and Poesio
//!   (2008), "Inter-Coder Agreement for Computational Linguistics", Computational Linguistics 34(4):555–596,
//!   describe all of them.
//! - [`Continuum`]: units that annotators have to find. Its characters are units for the above, and stretches
//!   as wholes give Krippendorff's unitizing alpha.
//! - [`gamma`](crate::gamma): the same with units aligned, so that a boundary moved by a little costs a little.
//!
//! # What to make of them
//!
//! Where annotators have to find spans, nobody knows how many they did *not* mark, and kappa needs that
//! number; as it grows, kappa nears the F-measure of one annotator against the other (Hripcsak and
//! Rothschild 2005). So F1 is the first figure for spans, kappa over characters a check on it, and kappa over
//! aligned records, where both have marked the same thing, says how far their labels agree.
//!
//! # Undefined figures
//!
//! A [`Coefficient`] is a value or a [reason](WhyUndefined) why there is none. Full agreement on one label is
//! such a case: chance would agree as fully, and neither 0 nor 1 would be true.

mod codings;
mod coefficient;
mod continuum;
mod gamma;

pub use codings::Codings;
pub use coefficient::{Coefficient, WhyUndefined};
pub use continuum::{Continuum, LabelSet, MAX_CONTINUUM_LABELS};
pub use gamma::{BestAlignment, Dissimilarity, Gamma, GammaPlan, Text, best_alignment, gamma};
