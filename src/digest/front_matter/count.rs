//! Parsers of counts and booleans.

/// Parses a whole number: `10`, `"10"`, `10.0`, `1e1`.
pub(super) fn count(text: &str) -> Option<usize> {
    const MAX: f64 = 1e9;
    let number = |number: f64| (number.fract() == 0.0 && (0.0..=MAX).contains(&number)).then_some(number as usize);
    text.parse().ok().or_else(|| text.parse().ok().and_then(number))
}

/// Parses a boolean in the notations of YAML 1.1 and Go.
pub fn boolean(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" | "y" | "t" | "1" => Some(true),
        "false" | "no" | "off" | "n" | "f" | "0" | "~" | "null" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_parsed_in_any_form() {
        for (text, expected) in [
            ("10", Some(10)),
            ("1.0", Some(1)),
            ("1e1", Some(10)),
            ("+3", Some(3)),
            ("0", Some(0)),
            ("1.5", None),
            ("-1", None),
            ("ten", None),
            ("NaN", None),
            ("inf", None),
            ("1e300", None),
            ("", None),
        ] {
            assert_eq!(count(text), expected, "{text}");
        }
    }
}
