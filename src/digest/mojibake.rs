//! Repairs UTF-8 that was read as Windows-1252 on its way (`Trumpâ€™s` for `Trump’s`).
//!
//! A sequence is repaired only where real text is very unlikely to hold it: `É”` is valid UTF-8 too when taken as
//! two Windows-1252 bytes, but it is how a Spanish quotation ends. So two-byte sequences count for the lead bytes
//! of Latin-1 (`Ã`, `Â`), three-byte ones for general punctuation and full-width forms (`â`, `ï`), and any other
//! only where several follow each other, as they do in Cyrillic or Chinese text gone wrong.

use std::borrow::Cow;

/// How often text may have been misread: twice is seen (`Ã¢â‚¬â„¢`), more is not.
const MAX_ROUNDS: usize = 3;

/// The text with such sequences repaired, and whether there were any.
pub fn repair(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..MAX_ROUNDS {
        match repair_once(&text) {
            Some(repaired) => text = Cow::Owned(repaired),
            None => break,
        }
    }
    text
}

/// The lines in which there are any, from 1.
pub fn misread_lines(text: &str) -> Vec<usize> {
    let repaired = repair(text);
    let pairs = text.lines().zip(repaired.lines()).enumerate();
    pairs.filter(|(_, (written, repaired))| written != repaired).map(|(at, _)| at + 1).collect()
}

fn repair_once(text: &str) -> Option<String> {
    // Every lead byte reads as one of À–ÿ, which UTF-8 writes as 0xC3 and one byte more.
    let mut out = String::new();
    let mut done = 0;
    for at in memchr::memchr_iter(0xC3, text.as_bytes()) {
        if at < done {
            continue;
        }
        let run = sequences(&text[at..]);
        if is_trusted(&run) {
            out.push_str(&text[done..at]);
            out.extend(run.iter().map(|s| s.char));
            done = at + run.iter().map(|s| s.len).sum::<usize>();
        }
    }
    (done > 0).then(|| out + &text[done..])
}

/// What several misread characters stand for.
struct Sequence {
    lead: u8,
    char: char,
    /// The length of the misread characters in the text, in bytes.
    len: usize,
}

/// The sequences that follow each other at the start of the text.
fn sequences(text: &str) -> Vec<Sequence> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(sequence) = sequence(rest).filter(|s| s.is_likely(!found.is_empty())) {
        rest = &rest[sequence.len..];
        found.push(sequence);
    }
    found
}

fn sequence(text: &str) -> Option<Sequence> {
    let mut chars = text.chars();
    let lead = byte_of(chars.next()?)?;
    let width = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut bytes = [lead, 0, 0, 0];
    for byte in &mut bytes[1..width] {
        *byte = byte_of(chars.next()?).filter(|b| (0x80..=0xBF).contains(b))?;
    }
    let char = std::str::from_utf8(&bytes[..width]).ok()?.chars().next()?;
    Some(Sequence { lead, char, len: text.len() - chars.as_str().len() })
}

impl Sequence {
    /// Nobody wrote a C1 control character, so `Â…` is what stands there. Only in text that was misread twice do
    /// those stand that Windows-1252 reads undefined bytes as.
    fn is_likely(&self, within_run: bool) -> bool {
        !self.char.is_control()
            || within_run && matches!(self.char, '\u{81}' | '\u{8d}' | '\u{8f}' | '\u{90}' | '\u{9d}')
    }
}

/// Whether the sequences can be trusted to be misread text.
fn is_trusted(run: &[Sequence]) -> bool {
    match run {
        [] => false,
        [one] => matches!(one.lead, 0xC2 | 0xC3 | 0xE2 | 0xEF | 0xF0),
        _ => true,
    }
}

/// The Windows-1252 byte that reads as this character (WHATWG's table: undefined bytes are C1 controls).
fn byte_of(c: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match c as u32 {
        code @ 0xA0..=0xFF => Some(code as u8),
        _ => HIGH.iter().position(|&h| h == c).map(|i| 0x80 + i as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What becomes of text when its UTF-8 is read as Windows-1252.
    fn misread(text: &str) -> String {
        let as_char = |b: u8| match b {
            0x80..=0x9F => (0..=0x2122).filter_map(char::from_u32).find(|&c| byte_of(c) == Some(b)).unwrap_or('?'),
            _ => b as char,
        };
        text.bytes().map(as_char).collect()
    }

    #[test]
    fn misread_text_is_repaired() {
        for text in [
            "Trump’s",
            "“dual‑use” – sí",
            "México, año, señal, Ñandú",
            "£5 «hola» 20°",
            "新华网 reports",
            "🇯🇵 ok",
            "Путин",
            "Ánimo",
            "？！",
        ] {
            assert_eq!(repair(&misread(text)), text);
            assert_eq!(repair(&misread(&misread(text))), text, "twice");
        }
    }

    #[test]
    fn good_text_is_left_alone() {
        for text in [
            "Trump’s",
            "“JOSÉ”",
            "PERÚ…",
            "“café”…",
            "“Sí”—dice",
            "SÃO PAULO",
            "à la carte",
            "Anadolu Ajansı",
            "naïve",
            "Â…",
            "Â\u{81}",
            "ÆØÅ",
            "新华网",
        ] {
            assert!(matches!(repair(text), Cow::Borrowed(_)), "{text}: {}", repair(text));
        }
    }

    #[test]
    fn lines_that_hold_any_are_told() {
        assert_eq!(misread_lines("Trump’s\n\nTrumpâ€™s\nfine\nMÃ©xico\n"), [3, 5]);
        assert!(misread_lines("Trump’s\n").is_empty());
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*|[âÃÂ€™“”éÉ]*") {
            repair(&text);
        }

        #[test]
        fn ascii_is_left_alone(text in "[ -~\n]*") {
            prop_assert_eq!(repair(&text), text.as_str());
        }
    }
}
