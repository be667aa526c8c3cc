//! The standard normal distribution, computed in software so that it is the same on every machine.

/// Probability of a value up to `z`.
pub(super) fn cumulative(z: f64) -> f64 {
    libm::erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

/// The value up to which the probability is `p`; `None` where that is not finite.
pub(super) fn quantile(p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    let (mut low, mut high) = (-40.0, 40.0);
    while let middle = f64::midpoint(low, high)
        && low < middle
        && middle < high
    {
        if cumulative(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_tables() {
        for (p, z) in [(0.5, 0.0), (0.975, 1.959_963_985), (0.025, -1.959_963_985), (0.6, 0.253_347_103)] {
            assert!((quantile(p).unwrap() - z).abs() < 1e-8, "{p}");
            assert!((cumulative(z) - p).abs() < 1e-9, "{z}");
        }
        assert_eq!((quantile(0.0), quantile(1.0), quantile(f64::NAN)), (None, None, None));
    }
}
