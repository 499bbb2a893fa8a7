//! A text as it is taken apart into words: without what nobody sees, and with the words that signs stand for.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::{is_invisible, is_sign, stands_apart};

/// A text that differs from the one that was written.
pub struct Plain {
    pub text: String,
    /// For each of its bytes, the bytes of the character that it comes from.
    origins: Vec<Range<usize>>,
}

impl Plain {
    /// Returns what a text is taken apart as; none where that is the text as it is.
    pub fn of(text: &str) -> Option<Self> {
        let is_left = |c: char| c < '\u{ad}' || !is_invisible(c) && !is_sign(c);
        if text.is_ascii() || text.chars().all(is_left) {
            return None;
        }
        let mut plain = Self { text: String::with_capacity(text.len()), origins: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices().filter(|(_, c)| !is_invisible(*c)) {
            let from = at..at + c.len_utf8();
            if !is_sign(c) {
                plain.put(c, from);
            } else {
                let around = || stands_apart(c).then_some(' ');
                around()
                    .into_iter()
                    .chain([c].into_iter().nfkc())
                    .chain(around())
                    .for_each(|c| plain.put(c, from.clone()));
            }
        }
        Some(plain)
    }

    fn put(&mut self, c: char, from: Range<usize>) {
        self.text.push(c);
        self.origins.resize(self.text.len(), from);
    }

    /// Returns the bytes of the written text that bytes come from; up to the next character, where `to_next`.
    pub fn written(&self, bytes: Range<usize>, to_next: bool) -> Range<usize> {
        let end = self.origins[bytes.end - 1].end;
        let next = self.origins.get(bytes.end).filter(|_| to_next).map_or(end, |next| next.start.max(end));
        self.origins[bytes.start].start..next
    }
}
