//! Languages of digests: codes in front matter and paths, and detection from the text.

use super::block::Block;
use super::inline::Inline;

/// Codes of languages, as whatlang names them and as digests write them.
const CODES: &[(&str, &str)] = &[
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

/// Other names of languages in paths and front matter: countries, and English names.
const NAMES: &[(&str, &str)] = &[
    ("cn", "zh"),
    ("tw", "zh"),
    ("jp", "ja"),
    ("kr", "ko"),
    ("no", "nb"),
    ("english", "en"),
    ("spanish", "es"),
    ("chinese", "zh"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("french", "fr"),
    ("german", "de"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("italian", "it"),
];

/// Length in bytes of the text from which a language is detected, about; and how much of it each block may have.
const MAX_TEXT: usize = 3_000;
const MAX_BLOCK: usize = 120;

/// Maximum length of a character in bytes.
const MAX_CHAR: usize = 4;

/// Returns the language of a code such as `en`, `zh-CN`, `pt_br` or `jp`.
pub fn of_code(code: &str) -> Option<&'static str> {
    let lower = code.to_ascii_lowercase();
    let mut parts = lower.split(['-', '_']);
    let language = parts.next()?;
    let is_region = |part: &str| matches!(part.len(), 2..=4) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let known = CODES.iter().find(|(long, short)| *long == language || *short == language).map(|(_, short)| *short);
    let named = || NAMES.iter().find(|(name, _)| *name == language).map(|(_, short)| *short);
    known.or_else(named).filter(|_| parts.all(is_region))
}

/// Minimum length in bytes of a text whose language is guessed.
const MIN_GUESS: usize = 20;

/// Detects the main language of a text, and reports whether it is certain; none where there is too little text.
pub fn detect(text: &str) -> Option<(&'static str, bool)> {
    let found = whatlang::detect(text)?;
    let lang = found.lang().code();
    let (_, short) = CODES.iter().find(|(long, _)| *long == lang)?;
    (found.is_reliable() || text.len() >= MIN_GUESS).then(|| (*short, found.is_reliable()))
}

/// Returns visible text of a digest from which its language is detected: the beginnings of blocks from all of it, without
/// addresses and code.
pub fn sample(blocks: &[Block]) -> String {
    let step = (blocks.len() * MAX_BLOCK).div_ceil(MAX_TEXT).max(1);
    let mut out = String::new();
    for block in blocks.iter().step_by(step) {
        add_visible(&block.inline, &mut out);
        out.push('\n');
    }
    out
}

/// Adds the beginning of a text without addresses and code.
fn add_visible(inline: &Inline, out: &mut String) {
    let mut hidden: Vec<_> = inline.code.clone();
    hidden.extend(inline.links.iter().filter(|link| link.is_address).map(|link| link.range.clone()));
    hidden.sort_by_key(|range| range.start);
    let (mut at, full) = (0, out.len() + MAX_BLOCK);
    let ends = hidden.iter().map(|range| (range.start, range.end)).chain([(inline.text.len(), inline.text.len())]);
    for (start, end) in ends {
        let shown = inline.text.get(at..start).unwrap_or_default();
        let room = (full - out.len()).min(shown.len());
        let cut = (0..=room).rev().find(|at| shown.is_char_boundary(*at)).unwrap_or_default();
        out.push_str(&shown[..cut]);
        at = at.max(end);
        if out.len() + MAX_CHAR > full {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_recognized_in_any_form() {
        for (code, language) in [
            ("en", Some("en")),
            ("zh-CN", Some("zh")),
            ("zh-Hans", Some("zh")),
            ("pt_br", Some("pt")),
            ("cn", Some("zh")),
            ("jp", Some("ja")),
            ("Spanish", Some("es")),
            ("us", None),
            ("tech", None),
            ("en-reallylong", None),
            ("", None),
        ] {
            assert_eq!(of_code(code), language, "{code}");
        }
    }

    #[test]
    fn main_languages_are_detected() {
        for (text, language) in [
            ("The harbour authority opened two new berths on Monday, after a year of talks with the unions.", "en"),
            ("La autoridad portuaria abrió el lunes dos nuevos muelles, tras un año de conversaciones.", "es"),
            ("港务局周一启用了两个新泊位，此前与工会谈判了一年。API 和 SDK 也已更新。", "zh"),
            ("港湾局は月曜日に二つの新しいバースを開設した。組合との交渉は一年に及んだ。", "ja"),
            ("항만청은 월요일에 두 개의 새 선석을 열었다.", "ko"),
        ] {
            assert_eq!(detect(text), Some((language, true)), "{text}");
        }
        assert_eq!(detect("12 + 34"), None);
    }

    #[test]
    fn addresses_and_code_are_no_sample() {
        let blocks = crate::digest::general::blocks::blocks("- a `code` b https://example.com/x c\n", 1);
        assert_eq!(sample(&blocks).split_whitespace().collect::<Vec<_>>(), ["a", "b", "c"]);
    }
}
