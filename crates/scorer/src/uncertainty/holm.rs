//! Correction for asking several questions at once.

/// p-values adjusted so that the chance of any false alarm among them keeps to the level (Holm 1979), in
/// the order given.
///
/// ```
/// use goldrule_scorer::holm;
///
/// assert_eq!(holm(&[0.01, 0.04, 0.03]), [0.03, 0.06, 0.06]);
/// ```
pub fn holm(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]).then(a.cmp(&b)));
    let mut adjusted = vec![0.0; p.len()];
    let mut greatest = 0.0_f64;
    for (rank, &at) in order.iter().enumerate() {
        let left = f64::from((p.len() - rank) as u32);
        greatest = greatest.max((p[at] * left).min(1.0));
        adjusted[at] = greatest;
    }
    adjusted
}
