//! Which of many findings are no accidents.

/// The q-value of each p-value: among all findings with a q-value up to 0.05, no more than one in twenty is expected to
/// be an accident (Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57(1)). Of m p-values in
/// order, q_i is the least of p_k · m/k over all k ≥ i.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (rank, &at) in order.iter().enumerate().rev() {
        least = least.min(p[at] * p.len() as f64 / (rank + 1) as f64);
        q[at] = least;
    }
    q
}
