//! Differences of shares, as JSON.

use serde::Serialize;

use crate::insight::ShareDifference;
use crate::render::numbers::{rounded, significant};

/// The share of the first group less that of the second.
#[derive(Serialize)]
pub struct DifferenceFields<'a> {
    first: &'a str,
    second: &'a str,
    difference: f64,
    /// The ends of the 95% interval.
    low: Option<f64>,
    high: Option<f64>,
    p: Option<f64>,
}

impl<'a> DifferenceFields<'a> {
    pub fn new(share: &ShareDifference, id: impl Fn(usize) -> &'a str) -> Self {
        let [first, second] = share.of.map(id);
        let difference = share.difference;
        Self {
            first,
            second,
            difference: rounded(difference.difference, 6),
            low: difference.interval.map(|(low, _)| rounded(low, 6)),
            high: difference.interval.map(|(_, high)| rounded(high, 6)),
            p: difference.p.map(significant),
        }
    }
}
