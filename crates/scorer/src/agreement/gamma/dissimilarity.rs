//! How unlike two units are.

use serde::{Deserialize, Serialize};

use crate::spans::LabelledSpan;

/// Positional and categorical dissimilarity combined (Mathet, Widlöcher and Métivier 2015, sections 4.2 to
/// 4.4): `alpha · d_pos + beta · d_cat`. The defaults are those of the authors' software.
///
/// `d_pos` is `((|start - start'| + |end - end'|) / (length + length'))² · delta_empty`, `d_cat` is 0 for equal
/// labels and `delta_empty` for others. Units without length are alike where they stand at the same place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dissimilarity {
    /// Weight of places.
    pub alpha: f64,
    /// Weight of labels.
    pub beta: f64,
    /// Cost of a unit without partner; above zero.
    pub delta_empty: f64,
}

impl Default for Dissimilarity {
    fn default() -> Self {
        Self { alpha: 1.0, beta: 1.0, delta_empty: 1.0 }
    }
}

impl Dissimilarity {
    /// Of two units.
    pub fn between(&self, a: &LabelledSpan, b: &LabelledSpan) -> f64 {
        let label = if a.label == b.label { 0.0 } else { self.delta_empty };
        self.alpha * self.positional(a, b) + self.beta * label
    }

    fn positional(&self, a: &LabelledSpan, b: &LabelledSpan) -> f64 {
        let apart =
            u64::from(a.span.start.abs_diff(b.span.start)) + u64::from(a.span.end.abs_diff(b.span.end));
        let lengths = u64::from(a.span.len()) + u64::from(b.span.len());
        if apart == 0 {
            return 0.0;
        }
        let share = float(apart) / float(lengths);
        share * share * self.delta_empty
    }

    /// How far the sum of both distances of ends may be, as a multiple of both lengths together, for a
    /// dissimilarity of up to `most` times `delta_empty`; `None` where places do not count.
    pub(super) fn reach(&self, most: f64) -> Option<f64> {
        (self.alpha > 0.0).then(|| libm::sqrt(most / self.alpha))
    }
}

#[expect(clippy::cast_precision_loss)] // exact below 2^53
fn float(n: u64) -> f64 {
    n as f64
}
