//! Tokenizer, shared by documents, queries, highlighting and filter values.
//!
//! - A token is a run of letters and digits; any other character separates tokens. So a hyphen, a dot, a slash or an
//!   apostrophe splits a word into adjacent tokens (`dual-use` is `dual` and `use`).
//! - `'s` at the end is dropped; abbreviations are one token with and without dots (`U.S.` is `us`, `EE. UU.` is
//!   `eeuu`); numbers keep their decimals and lose their thousands separators (`2,000` is `2000`).
//! - Case, accents, width and strokes are folded; signs are expanded (`㎏` is `kg`); format characters are removed.
//! - In scripts without spaces each character is a token, so that a name is found as a phrase of its characters.
//! - A token of more than 255 bytes is truncated, with a hash of the whole.

use std::borrow::Cow;
use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::class::{is_digit, is_word, run_end};
use super::plain::Plain;
use super::{abbreviation, cluster, number};
use super::{fold, is_apostrophe, is_mark, is_unspaced, name_key};

/// Maximum length in bytes of tokens and field values. Longer ones are truncated, with a hash of the whole.
const MAX_BYTES: usize = 255;

/// Number of decimal digits of a 64-bit hash.
const HASH_DIGITS: usize = 20;

/// A token of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Folded word.
    pub term: String,
    /// Byte range in the text.
    pub span: Range<usize>,
}

impl Token {
    /// Reports whether the token is a character of a script without spaces.
    pub fn is_unspaced(&self) -> bool {
        self.term.starts_with(is_unspaced)
    }

    /// Reports whether the next token of a text is adjacent.
    pub fn touches(&self, next: &Self) -> bool {
        are_adjacent(&self.span, &next.span)
    }
}

/// Reports whether two tokens are adjacent. Tokens of the same sign share a range.
pub fn are_adjacent(first: &Range<usize>, second: &Range<usize>) -> bool {
    second.start <= first.end
}

/// Returns the tokens of a text. The index of a token is its position.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    each_token(text, |term, span| out.push(Token { term: term.to_owned(), span }));
    out
}

/// Calls `with` for each token of a text with its term and byte range.
pub fn each_token(text: &str, mut with: impl FnMut(&str, Range<usize>)) {
    match Plain::of(text) {
        None => each_plain_token(text, with),
        // Invisible characters do not separate tokens.
        Some(plain) => each_plain_token(&plain.text, |term, span| {
            with(term, plain.original(span, term.starts_with(is_unspaced)));
        }),
    }
}

/// Truncates a long term or value to its beginning and a hash of the whole.
pub fn bounded(text: &str) -> Cow<'_, str> {
    if text.len() <= MAX_BYTES { Cow::Borrowed(text) } else { Cow::Owned(truncate(text, text)) }
}

/// Truncates a long name for display, with a hash that all its spellings share.
pub fn bounded_name(name: &str) -> Cow<'_, str> {
    if name.len() <= MAX_BYTES { Cow::Borrowed(name) } else { Cow::Owned(truncate(name, &name_key(name))) }
}

/// Truncates a text to [`MAX_BYTES`], including a hash of `hashed`. Truncating again changes nothing. The hash is
/// decimal, so that no stemmer changes it.
fn truncate(text: &str, hashed: &str) -> String {
    let mut end = MAX_BYTES - HASH_DIGITS;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{:0HASH_DIGITS$}", &text[..end], xxh3_64(hashed.as_bytes()))
}

/// Returns the end of the token that spans the white space at `space`, such as `1 200 000` and `EE. UU.`.
pub fn across_space(text: &str, space: usize) -> Option<usize> {
    let after = text[space..].trim_start().chars().next()?;
    let mut before = text[..space].chars().rev();
    let may_continue = match before.next()? {
        c if is_digit(c) => is_digit(after),
        '.' | '．' => after.is_alphabetic(),
        c => c.is_alphabetic() && before.next().is_some_and(|other| other.to_lowercase().eq(c.to_lowercase())),
    };
    let crossing = |token: &Token| token.span.start < space && space < token.span.end;
    may_continue.then(|| tokens(text).into_iter().find(crossing)).flatten().map(|token| token.span.end)
}

/// Calls `with` for each token of a text without invisible characters and signs.
fn each_plain_token(text: &str, mut with: impl FnMut(&str, Range<usize>)) {
    let mut term = String::new();
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        // Fast path for most tokens.
        if let Some(end) = plain_word_end(text, at) {
            term.clear();
            term.push_str(&text[at..end]);
            term.make_ascii_lowercase();
            with(&bounded(&term), at..end);
            at = if matches!(text.as_bytes().get(end), Some(b'\'' | b'`')) { skip_possessive(text, end) } else { end };
            continue;
        }
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if !is_word(c) || is_mark(c) {
            at += c.len_utf8();
            continue;
        }
        term.clear();
        let end = word(text, at, c, &mut term);
        if !term.is_empty() {
            with(&bounded(&term), at..end);
        }
        at = skip_possessive(text, end);
    }
}

/// Appends the folded token that begins with a character, and returns its end.
fn word(text: &str, start: usize, first: char, term: &mut String) -> usize {
    if is_unspaced(first) {
        let end = cluster::end(text, start);
        cluster::fold_to(&text[start..end], term);
        return end;
    }
    let end = run_end(text, start);
    if text[start..end].chars().all(is_digit) {
        return number::number(text, start, end, term);
    }
    let end = abbreviation::end(text, start, end);
    // Some characters, such as ͺ, decompose to a leading mark.
    term.extend(fold(&text[start..end]).chars().filter(|c| is_word(*c)).skip_while(|c| is_mark(*c)));
    end
}

/// Returns the end of a token of ASCII letters and digits, followed by ASCII that continues neither a number nor an
/// abbreviation; none for all others.
fn plain_word_end(text: &str, start: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[start..];
    let len = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if len == 0 {
        return None;
    }
    let is_number = || bytes[..len].iter().all(u8::is_ascii_digit);
    let is_doubled = len == 2 && bytes[0].is_ascii_alphabetic() && bytes[0].eq_ignore_ascii_case(&bytes[1]);
    let is_plain = match bytes.get(len) {
        Some(b'.') => len > 1 && !is_doubled && !is_number(),
        Some(b',') => !is_number(),
        Some(b' ' | b'\'') => !is_doubled && (!bytes.get(len + 1).is_some_and(u8::is_ascii_digit) || !is_number()),
        next => next.is_none_or(u8::is_ascii),
    };
    is_plain.then_some(start + len)
}

/// Returns the offset after a possessive `'s`, if there is one.
fn skip_possessive(text: &str, end: usize) -> usize {
    let mut rest = text[end..].chars();
    let is_possessive = rest.next().is_some_and(is_apostrophe)
        && rest.next().is_some_and(|c| matches!(c, 's' | 'S' | 'ｓ' | 'Ｓ'))
        && !rest.clone().next().is_some_and(is_word);
    if is_possessive { text.len() - rest.as_str().len() } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_sign;
    use proptest::prelude::*;

    fn check(text: &str, expect: &str) {
        let terms: Vec<String> = tokens(text).into_iter().map(|t| t.term).collect();
        assert_eq!(terms.join(" "), expect, "{text}");
    }

    #[test]
    fn folding_preserves_the_class_of_characters() {
        let others: Vec<char> = (char::MIN..=char::MAX)
            .filter(|&c| is_word(c) && !is_mark(c))
            .filter(|&c| {
                let folded: Vec<char> = fold(&c.to_string()).chars().filter(|&c| is_word(c) && !is_mark(c)).collect();
                let unspaced = folded.iter().filter(|&&c| is_unspaced(c)).count();
                unspaced != usize::from(is_unspaced(c)) || is_unspaced(c) && folded.len() > 1
            })
            .collect();
        assert_eq!(others, ['ໜ', 'ໝ', 'ゟ', 'ヿ'], "each folds to two letters in one token");
    }

    #[test]
    fn text_is_split_into_words() {
        check("Trump's plan, Trump’s plan; TRUMP", "trump plan trump plan trump");
        check("ຳ ͺຳ aຳ", "\u{eb2} \u{eb2} a \u{eb2}");
        check("dual-use Dual‑Use dual/use", "dual use dual use dual use");
        check("the workers' rights, it's O'Brien’s", "the workers rights it o brien");
        check("U.S. and US and u.s.-led, A.I., e.g. x", "us and us and us led ai eg x");
        check("2,000 people, 10%, $1.5bn, 1/7, 1,2 3.", "2000 people 10 1.5bn 1 7 1 2 3");
        check("news.example.com", "news example com");
        check("D.\u{36a} x", "d x");
        check("Japón México ñandú İstanbul Ærø Łódź straße", "japon mexico nandu istanbul aero lodz strasse");
        check("ＵＳ１２ ﬁne ②", "us12 fine 2");
        check("zero\u{200b}width so\u{ad}ft \u{2060}x\u{2060}", "zerowidth soft x");
        check("新华网报道 Kyodo通信", "新 华 网 报 道 kyodo 通 信");
        check("한국 и мир", "한국 и мир");
        check("cafe\u{301}s Αθή\u{301}να", "cafes αθηνα");
        check("パリ バリ й и हिन्दी", "パ リ バ リ й и हिन्दी");
        check("", "");
        check("?! — …", "");
    }

    #[test]
    fn variation_selectors_are_removed() {
        check("rare ⚠️ earths ☎\u{fe0f}", "rare earths");
        check("10️⃣ 1️⃣", "10 1");
        check("葛\u{e0100}城 葛城 \u{180b}x", "葛 城 葛 城 x");
        check("\u{301}x \u{eb3} \u{140}\u{352}", "x \u{eb2} l");
    }

    #[test]
    fn invisible_characters_do_not_change_tokens() {
        let invisible =
            "\u{ad}\u{61c}\u{640}\u{200c}\u{200e}\u{200f}\u{202a}\u{202e}\u{2060}\u{2064}\u{2066}\u{206f}\u{feff}";
        for text in ["tariff", "2,000.5", "U.S.-led", "EE. UU.", "Trump’s plan", "1 200 000", "新华网", "рыба", "ﬁne"]
        {
            let between: String = text.chars().flat_map(|c| [c].into_iter().chain(invisible.chars())).collect();
            let terms = |text: &str| tokens(text).into_iter().map(|token| token.term).collect::<Vec<_>>();
            assert_eq!(terms(&between), terms(text), "{text}");
            let last = tokens(&between).pop().map(|token| between[token.span].chars().next());
            assert_eq!(last, tokens(text).pop().map(|token| text[token.span].chars().next()), "the same span: {text}");
        }
    }

    #[test]
    fn optional_differences_of_scripts_are_folded() {
        check("ハ\u{309a} ﾊﾟ パ ｶﾞ ガ カ", "パ パ パ ガ ガ カ");
        check("ΟΔΟΣ οδος οδός", "οδοσ οδοσ οδοσ");
        check("مُحَمَّد محمد שָׁלוֹם שלום", "محمد محمد שלום שלום");
        check("الريـــاض الرياض", "الرياض الرياض");
        check("हिन्दी й ё за\u{301}мок", "हिन्दी й ё замок");
        check("Ħamrun báŋku Əliyev zaɓe ðæt", "hamrun banku aliyev zabe daet");
    }

    #[test]
    fn scripts_without_spaces_are_split_into_characters() {
        check("ไทย2026 ปี๒๕๖๙มี", "ไ ท ย 2026 ปี ๒๕๖๙ มี");
        check("ລາວ news ລາວ", "ລ າ ວ news ລ າ ວ");
        check("កម្ពុជា។ ភ្នំ\u{200b}ពេញ", "ក ម្ពុ ជា ភ្នំ ពេ ញ");
        check("မြန်မာအစိုးရ", "မြ န် မာ အ စိုး ရ");
    }

    #[test]
    fn abbreviations_are_one_token() {
        check("EEUU EE.UU. EE. UU. ee.uu EE UU EE.\u{a0}UU. ＥＥ．ＵＵ．", "eeuu eeuu eeuu eeuu eeuu eeuu eeuu");
        check("las FF.AA., DD.HH. y JJ. OO. de SS.MM.RR.", "las ffaa ddhh y jjoo de ssmmrr");
        check("Isabel II. EE.UU. y CC.AA.", "isabel ii eeuu y ccaa");
        check("Isabel II. AA.", "isabel ii aa");
        check("see aa bb, oo xx EE.U EEE.UUU. EE.UUU", "see aa bb oo xx ee u eee uuu ee uuu");
        check("EE-UU ll. aaa", "ee uu ll aaa");
    }

    #[test]
    fn numbers_are_one_token() {
        check("1,200,000 1.200.000 1 200 000 1'200'000 1’200’000", "1200000 1200000 1200000 1200000 1200000");
        check("1\u{a0}200 1\u{202f}200\u{202f}000 12\u{2009}345", "1200 1200000 12345");
        check("1.200.000,5 1,200,000.50 1 200 000,25 1\u{202f}200,5kg", "1200000.5 1200000.50 1200000.25 1200.5kg");
        check("13.000 1.5 1.5.2 0.123.456 1234.567.890", "13.000 1.5 1.5 2 0.123 456 1234.567 890");
        check("in 2024 100 000 10 000 5 2024 10 000 000", "in 2024 100 000 10 000 5 2024 10000000");
        check("555 123 4567 1,2 1.200.00 5'200", "555 123 4567 1 2 1.200 00 5 200");
    }

    #[test]
    fn full_width_punctuation_is_recognized() {
        check("Ｕ．Ｓ． ２，０００ １．５ 2，000", "us 2000 1.5 2 000");
        check("１．２００．０００", "1200000");
    }

    #[test]
    fn all_apostrophes_are_recognized() {
        for mark in ['\'', '`', '´', 'ʹ', 'ʻ', 'ʼ', '‘', '’', '‛', '′', '＇'] {
            check(&format!("Hawai{mark}i Trump{mark}s O{mark}Brien{mark}s"), "hawai i trump o brien");
        }
        check("Trump\u{200b}’s Ｔｒｕｍｐ＇ｓ", "trump trump");
    }

    #[test]
    fn signs_are_expanded() {
        check("ﬁne ① 5㎏ №5 30℃ Acme™ 2½ 212 ½", "fine 1 5kg no 5 30 c acme 2 1 2 212 1 2");
        check("㈱ ㍿ ㍻ ⼤学 Ⅳ m² ㏂", "株 株 式 会 社 平 成 大 学 iv m2 am");
        let spans: Vec<_> = tokens("2½ ㍿").into_iter().map(|token| token.span).collect();
        assert_eq!(spans, [0..1, 1..3, 1..3, 4..7, 4..7, 4..7, 4..7]);
    }

    #[test]
    fn long_words_are_truncated_with_a_hash() {
        let long = |letter: char, times: usize| tokens(&letter.to_string().repeat(times)).pop().map(|token| token.term);
        assert_eq!(long('y', 255).map(|term| term.len()), Some(255));
        let [one, two] = [256, 70_000].map(|bytes| long('y', bytes).unwrap_or_default());
        assert!(one != two && one.len() == 255 && one.starts_with(&"y".repeat(235)), "{one}");
        assert_eq!(bounded(&one), one, "truncation is idempotent");
        let wide = long('я', 200).unwrap_or_default();
        assert!(wide.starts_with(&"я".repeat(117)) && wide.len() == 254, "{wide}");
        assert_eq!(long('Y', 256), Some(one), "the folded word is hashed");
        let [upper, lower] = ["Y", "y"].map(|letter| bounded_name(&letter.repeat(300)).into_owned());
        assert!(upper.starts_with("YY") && name_key(&upper) == lower, "{upper} {lower}");
    }

    #[test]
    fn tokens_may_span_spaces() {
        for (text, space, end) in [
            ("1 200 000 barrels", 1, Some(9)),
            ("EE. UU. hoy", 3, Some(6)),
            ("ee uu", 2, Some(5)),
            ("10 000", 2, None),
            ("steel 200", 5, None),
            ("1\u{202f}200", 1, Some(7)),
        ] {
            assert_eq!(across_space(text, space), end, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_fast_path_gives_the_same_tokens(text in "([a-zA-Z0-9.,' é’s`]|EE|uu|000)*") {
            for start in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
                if let Some(end) = plain_word_end(&text, start) {
                    let (first, mut term) = (text[start..].chars().next().unwrap_or_default(), String::new());
                    prop_assert_eq!(end, word(&text, start, first, &mut term));
                    prop_assert_eq!(term, text[start..end].to_lowercase());
                    let is_possessive = text[end..].starts_with(['\'', '`']);
                    prop_assert!(is_possessive || skip_possessive(&text, end) == end);
                }
            }
        }

        #[test]
        fn spans_ascend_and_give_the_same_terms(text in "(\\PC|[a-zA-Z0-9.,'’ \u{200b}\u{202f}新éยำนเກຳ½]|EE|000)*") {
            let mut last = 0..0;
            for token in tokens(&text) {
                // A sign may expand to several tokens.
                let has_sign = text[token.span.clone()].contains(is_sign);
                prop_assert!(token.span.start >= last.end || has_sign);
                prop_assert!(token.span.start < token.span.end);
                last = token.span.clone();
                let again = tokens(&text[token.span.clone()]);
                prop_assert!(again.iter().any(|again| again.term == token.term));
                prop_assert!(again.len() == 1 || has_sign);
            }
        }

        #[test]
        fn tokenization_is_idempotent(text in "[\\p{L}\\p{Nd}.,'’ -]*") {
            let once: Vec<String> = tokens(&text).into_iter().map(|t| t.term).collect();
            let twice: Vec<String> = tokens(&once.join(" ")).into_iter().map(|t| t.term).collect();
            prop_assert_eq!(once.concat(), twice.concat());
        }
    }
}
