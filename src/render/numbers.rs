//! Numbers for people.

pub use crate::text::grouped;

/// Formats a count with its noun: `1 digest`, `2 digests`.
pub fn counted(number: usize, one: &str) -> String {
    let several = match one.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ => format!("{one}s"),
    };
    counted_as(number, one, &several)
}

/// Formats a count with its noun and a given plural: `1 copy`, `2 copies`.
pub fn counted_as(number: usize, one: &str, several: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { several })
}

/// Rounds a number to a number of decimals.
pub fn rounded(number: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    (number * scale).round() / scale
}

/// Rounds a number to four significant digits.
pub fn significant(number: f64) -> f64 {
    format!("{number:.3e}").parse().unwrap_or(number)
}

/// Formats a probability: `0.012`, or `< 0.001`.
pub fn small(p: f64) -> String {
    if p < 0.001 { "< 0.001".to_owned() } else { format!("{p:.3}") }
}

/// Returns a probability that is named: `p = 0.012`, `p < 0.001`.
pub fn p_value(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {p:.3}") }
}

/// Formats an interval in percent: `9.2–27.8%`.
pub fn interval(low: f64, high: f64) -> String {
    format!("{:.1}–{}", low * 100.0, percent(high))
}

/// Formats a share in percent: `47.6%`.
pub fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_not_rounded_to_zero() {
        let numbers = [0.0, 1.0, 0.123_456, 1.234_56e-9];
        assert_eq!(numbers.map(significant), [0.0, 1.0, 0.1235, 1.235e-9]);
    }

    #[test]
    fn thousands_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
        assert_eq!((counted(1, "entry"), counted(0, "entry")), ("1 entry".to_owned(), "0 entries".to_owned()));
    }
}
