//! Preprocessing of text for the tokenizer: removes invisible characters and expands signs.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::{is_invisible, is_separate_sign, is_sign};

/// A preprocessed text.
pub struct Plain {
    pub text: String,
    /// For each byte, the byte range of its character in the original text.
    origins: Vec<Range<usize>>,
}

impl Plain {
    /// Preprocesses a text; `None` if nothing changes.
    pub fn of(text: &str) -> Option<Self> {
        let is_unchanged = |c: char| c < '\u{ad}' || !is_invisible(c) && !is_sign(c);
        if text.is_ascii() || text.chars().all(is_unchanged) {
            return None;
        }
        let mut plain = Self { text: String::with_capacity(text.len()), origins: Vec::with_capacity(text.len()) };
        for (at, c) in text.char_indices().filter(|(_, c)| !is_invisible(*c)) {
            let from = at..at + c.len_utf8();
            if !is_sign(c) {
                plain.put(c, from);
            } else {
                let separator = || is_separate_sign(c).then_some(' ');
                separator()
                    .into_iter()
                    .chain([c].into_iter().nfkc())
                    .chain(separator())
                    .for_each(|c| plain.put(c, from.clone()));
            }
        }
        Some(plain)
    }

    fn put(&mut self, c: char, from: Range<usize>) {
        self.text.push(c);
        self.origins.resize(self.text.len(), from);
    }

    /// Maps a byte range to the original text; with `to_next`, up to the next visible character.
    pub fn original(&self, bytes: Range<usize>, to_next: bool) -> Range<usize> {
        let end = self.origins[bytes.end - 1].end;
        let next = self.origins.get(bytes.end).filter(|_| to_next).map_or(end, |next| next.start.max(end));
        self.origins[bytes.start].start..next
    }
}
