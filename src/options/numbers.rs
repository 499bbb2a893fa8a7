//! Options that are numbers, or much like one.

use super::Form;
use crate::insight::MAX_WORDS;

/// How many hits to show; all where there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(pub Option<usize>);

/// Understands a number of hits, or `all`.
pub fn limit(text: &str) -> Result<Limit, String> {
    match text {
        "all" => Ok(Limit(None)),
        n => n.parse().map(|n| Limit(Some(n))).map_err(|_| "a number or `all`".to_owned()),
    }
}

/// Understands how many words terms have: `1`, `1-2`.
pub fn ngrams(text: &str) -> Result<(usize, usize), String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) if 1 <= from && from <= to && to <= MAX_WORDS => Ok((from, to)),
        _ => Err(format!("a number of words from 1 to {MAX_WORDS}, or two such as 1-2")),
    }
}

/// Understands a part of a whole.
pub fn part(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|part| (0.0..=1.0).contains(part)).ok_or_else(|| "a number from 0 to 1".to_owned())
}

/// Understands a weight.
pub fn weight(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|n: &f64| n.is_finite() && *n > 0.0).ok_or_else(|| "a number above 0".to_owned())
}

/// A number of hits, or `all`.
pub const COUNT_OF_HITS: Form<Limit> = Form { parse: limit, pattern: "^([0-9]+|all)$" };

/// How many words terms have.
pub const NGRAMS: Form<(usize, usize)> = Form { parse: ngrams, pattern: "^[1-9](-[1-9])?$" };

/// A part of a whole.
pub const PART: Form<f64> = Form { parse: part, pattern: "^(0|1|[01]?\\.[0-9]+)$" };

/// A weight.
pub const WEIGHT: Form<f64> = Form { parse: weight, pattern: "^[0-9]*\\.?[0-9]+$" };

/// A whole number.
pub const WHOLE: Form<usize> =
    Form { parse: |text| text.parse().map_err(|_| "a whole number".to_owned()), pattern: "^[0-9]+$" };
