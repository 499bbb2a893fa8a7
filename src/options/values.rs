//! Parsers of option values, each with a name for people and a pattern for programs.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::insight::MAX_WORDS;

/// A number of results to show; `None` for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(pub Option<usize>);

/// Parses a number of hits, or `all`.
pub fn limit(text: &str) -> Result<Limit, String> {
    match text {
        "all" => Ok(Limit(None)),
        n => n.parse().map(|n| Limit(Some(n))).map_err(|_| "a number or `all`".to_owned()),
    }
}

/// Parses the numbers of words in a term: `1`, `1-2`.
pub fn ngrams(text: &str) -> Result<(usize, usize), String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.parse(), to.parse()) {
        (Ok(from), Ok(to)) if 1 <= from && from <= to && to <= MAX_WORDS => Ok((from, to)),
        _ => Err(format!("a number of words from 1 to {MAX_WORDS}, or two such as 1-2")),
    }
}

/// Parses a number from 0 to 1.
pub fn fraction(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|n| (0.0..=1.0).contains(n)).ok_or_else(|| "a number from 0 to 1".to_owned())
}

/// Parses a positive number.
pub fn weight(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|n: &f64| n.is_finite() && *n > 0.0).ok_or_else(|| "a number above 0".to_owned())
}

/// Parses a non-negative integer.
pub fn whole(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "a whole number".to_owned())
}

/// A set of numbers that an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// Whole numbers from 0.
    Whole,
    /// Whole numbers from 0, or `all`.
    WholeOrAll,
    /// Numbers from 0 to 1.
    Fraction,
    /// Numbers above 0.
    Positive,
}

impl Number {
    /// Returns a regular expression for the numbers as text.
    pub fn pattern(self) -> &'static str {
        match self {
            Self::Whole => "^[0-9]+$",
            Self::WholeOrAll => "^([0-9]+|all)$",
            Self::Fraction => "^(0|1|[01]?\\.[0-9]+)$",
            Self::Positive => "^[0-9]*\\.?[0-9]+$",
        }
    }
}

/// Value names of numbers.
pub(super) const NUMBERS: [(&str, Number); 4] =
    [("N", Number::Whole), ("N|all", Number::WholeOrAll), ("Q", Number::Fraction), ("WEIGHT", Number::Positive)];

/// Value names of other texts, each with a regular expression for its values.
pub(super) const PATTERNS: [(&str, &str); 1] = [("N[-M]", "^[1-9](-[1-9])?$")];

/// Returns a parser for the names of some values, case-insensitive.
pub fn one_of<T, const N: usize>(values: [T; N], name: fn(T) -> &'static str) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    named(values.map(|value| (PossibleValue::new(name(value)), value)))
}

/// Returns a parser for the names of some values, each with a help text.
pub fn one_of_described<T, const N: usize>(
    values: [(T, &'static str); N],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    named(values.map(|(value, help)| (PossibleValue::new(name(value)).help(help), value)))
}

fn named<T, const N: usize>(values: [(PossibleValue, T); N]) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    PossibleValuesParser::new(values.clone().map(|(name, _)| name)).try_map(move |typed| {
        let found = values.iter().find(|(name, _)| name.matches(&typed, true));
        found.map(|(_, value)| *value).ok_or("unknown value")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_all_parsed_values() {
        let parses = |name: &str, text: &str| match name {
            "N" => whole(text).is_ok(),
            "N|all" => limit(text).is_ok(),
            "N[-M]" => ngrams(text).is_ok(),
            "Q" => fraction(text).is_ok(),
            _ => weight(text).is_ok(),
        };
        let typical = ["0", "10", "all", "1-3", "3-1", "0.05", "1", ".5", "2.5", "-1", "x", ""];
        let numbers = NUMBERS.map(|(name, number)| (name, number.pattern()));
        for (name, pattern) in numbers.into_iter().chain(PATTERNS) {
            let validator = jsonschema::validator_for(&serde_json::json!({ "pattern": pattern })).expect("a pattern");
            for text in typical.iter().filter(|text| parses(name, text)) {
                assert!(validator.is_valid(&serde_json::json!(text)), "{name}: {text}");
            }
        }
    }
}
