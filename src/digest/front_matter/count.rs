//! Counts and switches as people and programs write them.

/// Returns a whole number, however it is written: `10`, `"10"`, `10.0`, `1e1`.
pub(super) fn count(text: &str) -> Option<usize> {
    const MOST: f64 = 1e9;
    let number = |number: f64| (number.fract() == 0.0 && (0.0..=MOST).contains(&number)).then_some(number as usize);
    text.parse().ok().or_else(|| text.parse().ok().and_then(number))
}

/// Returns what a value of `draft` says, by the words of YAML 1.1 and Go.
pub(super) fn switch(text: &str) -> Option<bool> {
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
    fn whole_numbers_in_any_form() {
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
