//! Regular expressions of rules.

use std::fmt;
use std::ops::Range;

use regex::{Captures, Regex};

/// A regular expression. Two are equal if their texts are.
#[derive(Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles a regular expression.
    ///
    /// # Errors
    /// The text is no regular expression, or would need too much memory; in one line.
    pub fn new(text: &str) -> Result<Self, String> {
        Regex::new(text).map(Self).map_err(|error| {
            let message = error.to_string();
            // The last line says what is wrong; those above draw the place.
            message.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
        })
    }

    /// Returns the range of the value in a text: the first group, else the whole match.
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        let found = self.0.captures(text)?;
        found.get(1).or_else(|| found.get(0)).map(|found| found.range())
    }

    /// Returns the value in a text. Of groups named `year`, `month` and `day`, it is the day as `year-month-day`.
    pub fn value(&self, text: &str) -> Option<String> {
        let found = self.0.captures(text)?;
        day(&found).or_else(|| found.get(1).or_else(|| found.get(0)).map(|found| found.as_str().to_owned()))
    }
}

/// Returns a regular expression that matches a text as it is.
pub fn literal(text: &str) -> String {
    regex::escape(text)
}

fn day(found: &Captures<'_>) -> Option<String> {
    let [year, month, day] = ["year", "month", "day"].map(|name| found.name(name).map(|found| found.as_str()));
    Some(format!("{}-{}-{}", year?, month?, day?))
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_str().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_the_first_group_or_the_match() {
        for (pattern, text, value) in [
            (r"\d+", "day 25", Some("25")),
            (r"via (\w+)", "x via Post", Some("Post")),
            (r"(?<day>\d\d)\.(?<month>\d\d)\.(?<year>\d{4})", "25.03.2026", Some("2026-03-25")),
            ("x", "y", None),
        ] {
            assert_eq!(Pattern::new(pattern).expect(pattern).value(text).as_deref(), value, "{pattern}");
        }
        assert_eq!(Pattern::new("(").expect_err("open"), "unclosed group");
        assert!(!Pattern::new(r"\w{99999}").expect_err("large").contains('\n'));
    }
}
