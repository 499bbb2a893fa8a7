//! The lines of a text, and the blanks in them.

use std::ops::Range;

/// The lines of a text as byte ranges without their ends. Only `\n` ends a line: titles hold U+2029.
#[derive(Clone)]
pub struct Lines<'a> {
    pub text: &'a str,
    pub at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let end = memchr::memchr(b'\n', &self.text.as_bytes()[start..]).map_or(self.text.len(), |i| start + i);
        self.at = end + 1;
        Some(start..end)
    }
}

/// White space that nobody means: not U+2029 and its like, which the publisher wrote.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}
