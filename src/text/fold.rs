//! Folding: removal of differences that users do not type.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::base::base;
use super::{is_apostrophe, is_invisible};

/// Folds case, accents and width, and removes invisible characters and optional marks.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    latin(text).unwrap_or_else(|| fold_any(text))
}

/// Returns the key shared by all spellings of a name: folded, with uniform apostrophes and dashes, and with single
/// spaces.
pub fn name_key(name: &str) -> String {
    // Fast path for most names.
    if is_tidy(name) {
        return name.to_ascii_lowercase();
    }
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            c if c.is_whitespace() && (key.is_empty() || key.ends_with(' ')) => {}
            c if c.is_whitespace() => key.push(' '),
            c if is_apostrophe(c) => key.push('\''),
            '‐'..='―' | '−' => key.push('-'),
            c => key.push(c),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// Reports whether a name differs from its key only in case.
fn is_tidy(name: &str) -> bool {
    let mut last = b' ';
    for byte in name.bytes() {
        let is_plain = byte.is_ascii_graphic() && byte != b'`' || byte == b' ' && last != b' ';
        if !is_plain {
            return false;
        }
        last = byte;
    }
    last != b' ' || name.is_empty()
}

/// Folds a text of ASCII and common Western European letters; none for any other. Fast path of [`fold`].
fn latin(text: &str) -> Option<String> {
    let letter = |c: char| match c {
        '\0'..='\x7f' => Some(c.to_ascii_lowercase()),
        'À'..='Å' | 'à'..='å' => Some('a'),
        'Ç' | 'ç' => Some('c'),
        'È'..='Ë' | 'è'..='ë' => Some('e'),
        'Ì'..='Ï' | 'ì'..='ï' => Some('i'),
        'Ñ' | 'ñ' => Some('n'),
        'Ò'..='Ö' | 'ò'..='ö' => Some('o'),
        'Ù'..='Ü' | 'ù'..='ü' => Some('u'),
        _ => None,
    };
    text.chars().map(letter).collect()
}

fn fold_any(text: &str) -> String {
    let mut letter = ' ';
    let unaccented = text.nfkd().filter(|&c| {
        if !is_combining_mark(c) {
            letter = c;
        }
        let goes = is_invisible(c) || is_point(c) || is_accent(c) && is_optional(c, letter);
        !goes
    });
    let mut out = String::with_capacity(text.len());
    for c in unaccented.nfc().flat_map(char::to_lowercase) {
        match base(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
    out
}

/// Reports whether a character is an accent of Latin, Greek or Cyrillic letters.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Reports whether an accent is optional on a letter. In Cyrillic (й) and Japanese (ガ) accents form other letters,
/// except stress and Serbian tones on Cyrillic vowels. On other characters accents are optional.
fn is_optional(accent: char, letter: char) -> bool {
    match letter {
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{2af}' | '\u{370}'..='\u{3ff}' => true,
        '\u{1d00}'..='\u{1dbf}' | '\u{1e00}'..='\u{1fff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' => true,
        '\u{400}'..='\u{52f}' => {
            matches!(accent, '\u{300}' | '\u{301}' | '\u{30f}' | '\u{311}') && is_cyrillic_vowel(letter)
        }
        _ => !letter.is_alphanumeric(),
    }
}

fn is_cyrillic_vowel(letter: char) -> bool {
    let vowels = "аеиоуыэюяіїєѣѵөүұә";
    letter.to_lowercase().next().is_some_and(|letter| vowels.contains(letter))
}

/// Reports whether a character is a vowel or another point of Arabic, Hebrew or Syriac, which are rarely written.
fn is_point(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6ed}' | '\u{730}'..='\u{74a}' | '\u{898}'..='\u{89f}' | '\u{8ca}'..='\u{8ff}')
        && is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(folded: &str, texts: &[&str]) {
        texts.iter().for_each(|text| assert_eq!(fold(text), folded, "{text}"));
    }

    #[test]
    fn the_fast_path_folds_equally() {
        for c in '\0'..='\u{ff}' {
            let text = format!("x{c}");
            assert!(latin(&text).is_none_or(|folded| folded == fold_any(&text)), "{c}");
        }
        assert_eq!(latin("Ñandú"), Some("nandu".to_owned()));
    }

    #[test]
    fn optional_marks_are_removed() {
        check("замок", &["за\u{301}мок", "замо\u{300}к", "ЗА\u{301}МОК", "замок"]);
        check("њега", &["ње\u{311}га", "ње\u{30f}га"]);
        check("и", &["ѝ", "и\u{301}"]);
        assert_eq!(["й", "ё", "ї", "ӣ", "ќ", "ѓ"].map(fold), ["й", "ё", "ї", "ӣ", "ќ", "ѓ"], "distinct letters");
        check("محمد", &["مُحَمَّد", "محمـــد", "م\u{200f}حمد"]);
        check("שלום", &["שָׁלוֹם"]);
        check("ewɔ".replace('ɔ', "o").as_str(), &["ewɔ\u{301}", "Ewɔ"]);
    }

    #[test]
    fn letters_without_decomposition_are_folded() {
        check("hamrun", &["Ħamrun"]);
        check("aliyev", &["Əliyev", "ƏLIYEV"]);
        check("zabe banku dan", &["zaɓe báŋku Ɗan"]);
        check("strasse aero lodz istanbul", &["straße Ærø Łódź İstanbul", "STRAẞE ÆRØ ŁÓDŹ ISTANBUL"]);
    }

    proptest! {
        #[test]
        fn the_fast_path_gives_the_same_key(name in "[ -~]{0,12}") {
            // The soft hyphen is folded away and prevents the fast path.
            let other = format!("{name}\u{ad}");
            prop_assert_eq!(name_key(&name), name_key(&other));
        }
    }

    #[test]
    fn all_spellings_of_a_name_share_a_key() {
        for (name, other) in [
            ("Harbour Daily", "HARBOUR  daily "),
            ("Café Post", "Cafe\u{301} Post"),
            ("El País", "ＥＬ ＰＡＩＳ"),
            ("Edo", "Edo\u{200e}"),
            ("Edo", "\u{a0}Edo\u{a0}"),
            ("People's Daily", "People’s Daily"),
            ("News‑Wire", "News-Wire"),
        ] {
            assert_eq!(name_key(name), name_key(other));
        }
        assert_ne!(name_key("Post"), name_key("The Post"));
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert_eq!(name_key(&name_key(&text)), name_key(&text));
        }
    }
}
