//! Repair of UTF-8 that was decoded as Windows-1252 or Latin-1 (`Trumpâ€™s` for `Trump’s`).
//!
//! A sequence is repaired only where real text is very unlikely to contain it: `É”` as two Windows-1252 bytes is valid
//! UTF-8, too, but is the end of a Spanish quotation. So two-byte sequences count for the lead bytes of Latin-1 (`Ã`,
//! `Â`), three-byte ones for general punctuation and full-width forms (`â`, `ï`), and any other only in runs, as in
//! damaged Cyrillic or Chinese text. A sequence that may end a word (`AMANHÃ”`) counts only where the rest of the text
//! is evidently damaged.

use std::borrow::Cow;
use std::ops::Range;

/// Maximum number of repeated repairs. Text decoded wrongly twice occurs (`Ã¢â‚¬â„¢`), more does not.
const MAX_ROUNDS: usize = 3;

/// Repairs wrongly decoded sequences and replaces C1 control characters.
pub fn repair(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..MAX_ROUNDS {
        match repair_once(&text) {
            Some(repaired) => text = Cow::Owned(repaired),
            None => break,
        }
    }
    if has_controls(&text) { Cow::Owned(text.chars().map(windows_1252).collect()) } else { text }
}

/// Returns the lines with wrongly decoded sequences, from 1.
pub fn misread_lines(text: &str) -> Vec<usize> {
    let repaired = repair(text);
    let pairs = text.lines().zip(repaired.lines()).enumerate();
    pairs.filter(|(_, (written, repaired))| written != repaired).map(|(at, _)| at + 1).collect()
}

/// Reports whether a text contains a character from U+0080 to U+009F: in UTF-8, 0xC2 and a byte below 0xA0.
fn has_controls(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xC2, bytes).any(|at| bytes.get(at + 1).is_some_and(|byte| *byte < 0xA0))
}

/// Maps a C1 control character to its Windows-1252 character; U+FFFD where undefined.
pub fn windows_1252(c: char) -> char {
    match c {
        '\u{80}'..='\u{9f}' => Some(HIGH[c as usize - 0x80]).filter(|c| !c.is_control()).unwrap_or('\u{fffd}'),
        c => c,
    }
}

fn repair_once(text: &str) -> Option<String> {
    // Every lead byte decodes as one of À–ÿ, in UTF-8 0xC3 and one byte more.
    let mut runs: Vec<(usize, Vec<Sequence>)> = Vec::new();
    let mut done = 0;
    for at in memchr::memchr_iter(0xC3, text.as_bytes()) {
        if at < done {
            continue;
        }
        let run = sequences(&text[at..]);
        if is_trusted(&run) {
            done = at + length(&run);
            runs.push((at, run));
        }
    }
    let is_sure = |(at, run): &(usize, Vec<Sequence>)| !is_doubtful(run) || is_misplaced(text, *at, *at + length(run));
    // Wrong decoding concerns a whole text, or at least a whole line.
    let is_misread = runs.iter().any(is_sure);
    let mut out = String::new();
    let mut line = (0..0, false);
    done = 0;
    for run in &runs {
        let (at, sequences) = run;
        if !line.0.contains(at) {
            let around = line_around(text, *at);
            line = (around.clone(), is_misread && is_misread_line(&text[around]));
        }
        if is_sure(run) || line.1 {
            out.push_str(&text[done..*at]);
            out.extend(sequences.iter().map(|s| s.char));
            done = at + length(sequences);
        }
    }
    (done > 0).then(|| out + &text[done..])
}

fn length(run: &[Sequence]) -> usize {
    run.iter().map(|sequence| sequence.len).sum()
}

/// A wrongly decoded character.
struct Sequence {
    lead: u8,
    char: char,
    /// Length of the sequence in the text, in bytes.
    len: usize,
    /// True if all characters after the first may end a word.
    is_doubtful: bool,
    /// True if the sequence contains a control character.
    has_control: bool,
}

/// Returns the run of sequences at the start of a text.
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
    let (mut is_doubtful, mut has_control) = (true, false);
    for byte in &mut bytes[1..width] {
        let char = chars.next()?;
        *byte = byte_of(char).filter(|b| (0x80..=0xBF).contains(b))?;
        is_doubtful &= ends_word(char);
        has_control |= char.is_control();
    }
    let char = std::str::from_utf8(&bytes[..width]).ok()?.chars().next()?;
    Some(Sequence { lead, char, len: text.len() - chars.as_str().len(), is_doubtful, has_control })
}

impl Sequence {
    /// Reports whether a sequence is likely. Text contains no C1 control characters, so `Â…` is literal, except in text
    /// decoded wrongly twice, after other sequences.
    fn is_likely(&self, within_run: bool) -> bool {
        !self.char.is_control() || within_run
    }
}

/// Reports whether a run is reliably wrongly decoded text.
fn is_trusted(run: &[Sequence]) -> bool {
    match run {
        [] => false,
        [one] => one.has_control || matches!(one.lead, 0xC2 | 0xC3 | 0xE2 | 0xEF | 0xF0),
        _ => true,
    }
}

/// Reports whether the characters may be literal: `AMANHÃ”` ends a quotation, `ĐÃ…` a sentence.
fn is_doubtful(run: &[Sequence]) -> bool {
    run.iter().all(|sequence| sequence.is_doubtful)
}

/// Reports whether the characters from `start` to `end` cannot end a word: they begin one, change its case, or precede
/// a letter.
fn is_misplaced(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let (lead, last) = (text[start..].chars().next(), text[..end].chars().next_back());
    let follows = |test: fn(char) -> bool| text[end..].starts_with(test);
    let is_capital = lead.is_some_and(char::is_uppercase);
    let begins_word = !before.is_some_and(char::is_alphanumeric);
    match last {
        _ if begins_word && follows(char::is_alphanumeric) => true,
        _ if is_capital && before.is_some_and(|c| c.is_lowercase() || c.is_numeric()) => true,
        Some('\u{a0}') => is_capital && begins_word,
        Some('“' | '”' | '‘' | '»' | '›') => follows(char::is_alphanumeric),
        Some('’') => follows(char::is_uppercase),
        _ => false,
    }
}

/// Reports whether a character may follow the last letter of a word.
fn ends_word(c: char) -> bool {
    matches!(c, '…' | '’' | '”' | '“' | '‘' | '»' | '›' | '–' | '—' | '•' | '™' | '®' | '°' | '·' | '\u{a0}')
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = memchr::memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |length| at + length);
    start..end
}

/// Reports whether all non-ASCII text of a line consists of sequences.
fn is_misread_line(line: &str) -> bool {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        rest = match (c.is_ascii(), sequence(rest)) {
            (true, _) => &rest[1..],
            (false, Some(sequence)) => &rest[sequence.len..],
            (false, None) => return false,
        };
    }
    true
}

/// Windows-1252 from 0x80 (WHATWG encoding table: undefined bytes are C1 controls).
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Returns the byte that decodes as a character in Windows-1252 or Latin-1.
fn byte_of(c: char) -> Option<u8> {
    match c as u32 {
        code @ 0x80..=0xFF => Some(code as u8),
        _ => HIGH.iter().position(|&h| h == c).map(|i| 0x80 + i as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Decodes UTF-8 as Windows-1252.
    fn misread(text: &str) -> String {
        text.bytes().map(|b| HIGH.get((b as usize).wrapping_sub(0x80)).copied().unwrap_or(b as char)).collect()
    }

    /// Decodes UTF-8 as Latin-1.
    fn misread_as_latin_1(text: &str) -> String {
        text.bytes().map(char::from).collect()
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
            assert_eq!(repair(&misread_as_latin_1(text)), text);
            assert_eq!(repair(&misread_as_latin_1(&misread_as_latin_1(text))), text, "twice");
            assert_eq!(repair(&misread(&misread_as_latin_1(text))), text, "by both");
        }
    }

    #[test]
    fn valid_text_is_unchanged() {
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
            "“ATÉ AMANHÃ”, DIZ LULA",
            "AMANHÃ… E ‘FÃ’ GRÃ–BRETANHA",
            "«AMANH\u{c3}\u{bb}, diz",
            "“ĐÃ…” và “CHÂU Â”",
            "a coborâ”…",
            "IRM\u{c3}”",
            "É…É…",
            "Í”",
            "ÆØÅ",
            "新华网",
        ] {
            assert!(matches!(repair(text), Cow::Borrowed(_)), "{text}: {}", repair(text));
        }
    }

    #[test]
    fn ambiguous_sequences_are_repaired_in_damaged_text() {
        for text in ["Perú dice: PERÒ", "KÖLN y México", "CITTÀ è…", "Ångström", "Österreich"] {
            assert_eq!(repair(&misread(text)), text);
        }
        // The first line is damaged, the second is not.
        let text = "MÃ©xico\n“AMANHÃ”\n";
        assert_eq!(repair(text), "México\n“AMANHÃ”\n");
    }

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(repair("Trump\u{92}s \u{93}plan\u{94} \u{85}"), "Trump’s “plan” …");
        assert_eq!(repair("cut \u{e2}\u{80}"), "cut â€");
        assert_eq!(repair("Â\u{81}"), "Â\u{fffd}", "an undefined byte");
        assert_eq!(misread_lines("a\nTrump\u{92}s\n"), [2]);
    }

    #[test]
    fn long_lines_take_linear_time() {
        for part in ["Ã” ", "Ã© ", "Ã", "Â…", "\u{e2}\u{80} "] {
            repair(&part.repeat(1 << 18));
        }
    }

    #[test]
    fn damaged_lines_are_reported() {
        assert_eq!(misread_lines("Trump’s\n\nTrumpâ€™s\nfine\nMÃ©xico\n"), [3, 5]);
        assert!(misread_lines("Trump’s\n").is_empty());
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*|[âÃÂ€™“”éÉ\u{80}-\u{9f}]*") {
            let repaired = repair(&text);
            let is_control = |c: char| matches!(c, '\u{80}'..='\u{9f}');
            prop_assert!(!repaired.contains(is_control));
        }

        #[test]
        fn ascii_is_unchanged(text in "[ -~\n]*") {
            prop_assert_eq!(repair(&text), text.as_str());
        }
    }
}
