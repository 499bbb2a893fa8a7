//! The hypergeometric distribution.

/// The probability that of so many drawn from `all`, without putting any back, none is of the `some` among them: the
/// hypergeometric distribution (Fisher 1935, "The logic of inductive inference", Journal of the Royal Statistical
/// Society 98(1)), C(all − some, drawn) / C(all, drawn), as a product of what is left at each draw.
pub fn hypergeometric_none(all: usize, some: usize, drawn: usize) -> f64 {
    let others = all.saturating_sub(some);
    // Of the fewer factors: those drawn of the others, or those of the some that are passed over.
    let (steps, left) = if drawn <= some { (drawn, others) } else { (some, all.saturating_sub(drawn)) };
    (0..steps).map(|step| left.saturating_sub(step) as f64 / all.saturating_sub(step).max(1) as f64).product()
}
