//! Line iterator.

use std::ops::Range;

/// Iterator over lines as byte ranges without line breaks. Only `\n` ends a line, since titles contain U+2029.
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

/// Reports whether a character is insignificant white space. U+2029 and the like are part of a title.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}
