//! Differences of shares, in words.

use crate::insight::{Difference, ShareDifference};
use crate::render::numbers::p_value;

/// Formats a difference of two shares: `share of A minus share of B: +3.1 points (95% interval +0.4 to +5.8), p = 0.012`.
pub fn sentence<'a>(share: &ShareDifference, name: impl Fn(usize) -> &'a str) -> String {
    let Difference { difference, interval, p } = share.difference;
    let points = |share: f64| {
        let points = format!("{:+.1}", share * 100.0);
        if matches!(&points[..], "+0.0" | "-0.0") { "0.0".to_owned() } else { points }
    };
    let [first, second] = share.of.map(name);
    let ends =
        interval.map_or_else(String::new, |(low, high)| format!(" (95% interval {} to {})", points(low), points(high)));
    let p = p.map_or_else(String::new, |p| format!(", {}", p_value(p)));
    format!("share of {first} minus share of {second}: {} points{ends}{p}", points(difference))
}
