//! How text becomes terms: the one place, for documents, queries, marks in hits and names typed as filters.
//!
//! - A word is a run of letters and digits; everything else parts words. So a hyphen, a dot or a slash inside a word
//!   leaves its parts side by side (`dual-use` is `dual` and then `use`).
//! - `'s` at the end is dropped; letters with dots between them are one word (`U.S.` is `us`); numbers keep their
//!   decimals and lose the commas between thousands (`2,000` is `2000`).
//! - Case, accents and width fold away; soft hyphens, zero-width characters and the signs that choose how a character
//!   looks (⚠️, 葛󠄀) are not there.
//! - Each Chinese or Japanese character is a word, so that a name is found as a phrase of its characters.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The word, folded.
    pub term: String,
    /// Its bytes in the text.
    pub span: Range<usize>,
}

/// The words of a text in order. A token's place in the list is its position.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    each_token(text, |term, span| out.push(Token { term: term.to_owned(), span }));
    out
}

/// Calls with each word of a text, folded, and with its bytes in the text.
pub fn each_token(text: &str, mut with: impl FnMut(&str, Range<usize>)) {
    let mut term = String::new();
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        // Most words are plain, and cost a fraction of what others do.
        if let Some(end) = plain_word_end(text, at) {
            term.clear();
            term.push_str(&text[at..end]);
            term.make_ascii_lowercase();
            with(&term, at..end);
            at = if text.as_bytes().get(end) == Some(&b'\'') { skip_possessive(text, end) } else { end };
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
        let end = if is_ideograph(c) { marks_end(text, at + c.len_utf8()) } else { word_end(text, at) };
        let is_number = is_digit(c);
        let folded = fold(&text[at..end]);
        let words = folded.chars().filter(|&c| is_word(c) || c == '.' && is_number);
        term.clear();
        // Some letters come apart with a mark in front, as the Lao ຳ does.
        term.extend(words.skip_while(|&c| is_mark(c)));
        if !term.is_empty() {
            with(&term, at..end);
        }
        at = skip_possessive(text, end);
    }
}

/// The end of the word that begins here, if there is one and it is certain at a glance: ASCII letters and digits, with
/// ASCII behind them that doesn't make a number or an acronym go on.
fn plain_word_end(text: &str, start: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[start..];
    let len = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let is_plain = len > 0
        && match bytes.get(len) {
            Some(b'.' | b',') => len > 1 && !bytes[..len].iter().all(u8::is_ascii_digit),
            next => next.is_none_or(u8::is_ascii),
        };
    is_plain.then_some(start + len)
}

/// A text without differences of case, accents and width, and without what nobody sees.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    latin(text).unwrap_or_else(|| fold_any(text))
}

/// The same for a text of Latin letters as Western Europe writes them, if it is one; at a fraction of the cost.
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
    let mut base = ' ';
    let unaccented = text.nfkd().filter(|&c| {
        if !is_combining_mark(c) {
            base = c;
        }
        let goes = is_invisible(c) || is_point(c) || is_accent(c) && has_accents(base);
        !goes
    });
    let mut out = String::with_capacity(text.len());
    for c in unaccented.nfc().flat_map(char::to_lowercase) {
        match letter_for(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(c),
        }
    }
    out
}

/// Marks that Latin and Greek letters are told apart by only where one is careful.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether an accent on the letter makes no other letter of it, as it does in Cyrillic (й) or Japanese (ガ). On what is
/// no letter it is nothing.
fn has_accents(base: char) -> bool {
    !base.is_alphanumeric()
        || matches!(base, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}')
}

/// Vowels and other points of Arabic and Hebrew, which are mostly not written.
fn is_point(c: char) -> bool {
    matches!(c, '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}') && is_combining_mark(c)
}

/// Letters that Unicode does not take apart, and the sigma that ends a word.
fn letter_for(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let parts = is_apostrophe(c) || is_fraction(c) || is_invisible(c);
    !parts && (c.is_alphanumeric() || is_mark(c))
}

/// What belongs to the character before it; no word begins so. Half-width kana have their sound marks behind them.
fn is_mark(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}')
}

/// Characters that a word may hold and nobody sees, or only by the look of the character before them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{20e3}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇')
}

/// `½` and the like, which would make `212` of `2½`.
fn is_fraction(c: char) -> bool {
    matches!(c, '¼'..='¾' | '⅐'..='⅟' | '↉')
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// Han, Hiragana and Katakana, which are written without spaces; numerals that fold to such, too (〸, ㈠).
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3038}'..='\u{303a}' | '\u{3041}'..='\u{30ff}' | '\u{3192}'..='\u{3195}'
        | '\u{3220}'..='\u{3229}' | '\u{3280}'..='\u{3289}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Behind the marks and what nobody sees.
fn marks_end(text: &str, start: usize) -> usize {
    text.len() - text[start..].trim_start_matches(|c| is_mark(c) || is_invisible(c)).len()
}

/// Where the word that begins here ends.
fn word_end(text: &str, start: usize) -> usize {
    let end = run_end(text, start);
    let run = &text[start..end];
    // Full-width digits and letters go on behind full-width signs: behind others, another word begins.
    let [dot, comma] = if run.starts_with(|c: char| matches!(c, '！'..='～')) { ['．', '，'] } else { ['.', ','] };
    if run.chars().all(is_digit) {
        return number_end(text, end, dot, comma);
    }
    let is_letter = run.chars().all(char::is_alphabetic) && run.chars().count() == 1;
    if is_letter { acronym_end(text, end, dot) } else { end }
}

/// The end of a run of letters and digits, and of what nobody sees between them.
fn run_end(text: &str, start: usize) -> usize {
    let mut end = start;
    for (at, c) in text[start..].char_indices() {
        if is_word(c) && !is_ideograph(c) {
            end = start + at + c.len_utf8();
        } else if !is_invisible(c) {
            break;
        }
    }
    end
}

/// `2,000` and `1.5` go on behind the comma and the dot.
fn number_end(text: &str, mut end: usize, dot: char, comma: char) -> usize {
    while let Some(rest) = text[end..].strip_prefix(comma) {
        let digits = &rest[..rest.len() - rest.trim_start_matches(is_digit).len()];
        if digits.chars().count() != 3 {
            break;
        }
        end += comma.len_utf8() + digits.len();
    }
    match text[end..].strip_prefix(dot) {
        Some(rest) if rest.starts_with(is_digit) => run_end(text, end + dot.len_utf8()),
        _ => end,
    }
}

/// A single letter may go on as `U.S`: each time a dot and a single letter.
fn acronym_end(text: &str, mut end: usize, dot: char) -> usize {
    while let Some(rest) = text[end..].strip_prefix(dot) {
        let is_letter = |c: &char| c.is_alphabetic() && is_word(*c) && !is_ideograph(*c) && !is_mark(*c);
        let start = end + dot.len_utf8();
        let letter = rest.chars().next().filter(is_letter);
        match letter {
            Some(c) if run_end(text, start) == start + c.len_utf8() => end = start + c.len_utf8(),
            _ => break,
        }
    }
    end
}

/// Behind `'s`, where the word ends with it.
fn skip_possessive(text: &str, end: usize) -> usize {
    let mut rest = text[end..].trim_start_matches(is_invisible).chars();
    let is_possessive = rest.next().is_some_and(is_apostrophe)
        && rest.next().is_some_and(|c| matches!(c, 's' | 'S' | 'ｓ' | 'Ｓ'))
        && !rest.clone().next().is_some_and(is_word);
    if is_possessive { text.len() - rest.as_str().len() } else { end }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: &str) {
        let terms: Vec<String> = tokens(text).into_iter().map(|t| t.term).collect();
        assert_eq!(terms.join(" "), expect, "{text}");
    }

    #[test]
    fn what_a_character_is_it_is_as_written_and_folded() {
        let others: Vec<char> = (char::MIN..=char::MAX)
            .filter(|&c| is_word(c) && !is_mark(c))
            .filter(|&c| {
                let folded: Vec<char> = fold(&c.to_string()).chars().filter(|&c| is_word(c) && !is_mark(c)).collect();
                let ideographs = folded.iter().filter(|&&c| is_ideograph(c)).count();
                ideographs != usize::from(is_ideograph(c)) || is_ideograph(c) && folded.len() > 1
            })
            .collect();
        assert_eq!(others, ['ゟ', 'ヿ'], "each stands for two kana, and is one word");
    }

    #[test]
    fn words() {
        check("Trump's plan, Trump’s plan; TRUMP", "trump plan trump plan trump");
        check("ຳ ͺຳ aຳ", "\u{eb2} \u{eb2} a\u{ecd}\u{eb2}");
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
    fn what_chooses_how_a_character_looks() {
        check("rare ⚠️ earths ☎\u{fe0f}", "rare earths");
        check("10️⃣ 1️⃣", "10 1");
        check("葛\u{e0100}城 葛城 \u{180b}x", "葛 城 葛 城 x");
        check("\u{301}x \u{eb3} \u{140}\u{352}", "x \u{eb2} l");
    }

    #[test]
    fn scripts_without_differences_that_nobody_types() {
        check("ハ\u{309a} ﾊﾟ パ ｶﾞ ガ カ", "パ パ パ ガ ガ カ");
        check("ΟΔΟΣ οδος οδός", "οδοσ οδοσ οδοσ");
        check("مُحَمَّد محمد שָׁלוֹם שלום", "محمد محمد שלום שלום");
        check("हिन्दी й ё", "हिन्दी й ё");
    }

    #[test]
    fn signs_of_any_width() {
        check("Ｕ．Ｓ． ２，０００ １．５ 2，000", "us 2000 1.5 2 000");
        check("Trumpʼs Trump\u{200b}’s Ｔｒｕｍｐ＇ｓ", "trump trump trump");
        check("2½ 212 ½", "2 212");
    }

    #[test]
    fn the_short_ways_lead_to_the_same() {
        for c in '\0'..='\u{ff}' {
            let text = format!("x{c}");
            assert!(latin(&text).is_none_or(|folded| folded == fold_any(&text)), "{c}");
        }
        assert_eq!(latin("Ñandú"), Some("nandu".to_owned()));
    }

    proptest! {
        #[test]
        fn plain_words_are_words(text in "[a-zA-Z0-9.,' é\u{ad}’s]*") {
            for start in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
                if let Some(end) = plain_word_end(&text, start) {
                    prop_assert_eq!(end, word_end(&text, start));
                    let is_possessive = text[end..].starts_with('\'');
                    prop_assert!(is_possessive || skip_possessive(&text, end) == end);
                }
            }
        }

        #[test]
        fn spans_lie_in_order_and_give_the_same_terms(text in "(\\PC|[a-zA-Z0-9.,'’ \u{200b}新é])*") {
            let mut last = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start >= last && token.span.start < token.span.end);
                last = token.span.end;
                let again = tokens(&text[token.span.clone()]);
                prop_assert_eq!((again.len(), &again[0].term), (1, &token.term));
            }
        }

        #[test]
        fn folding_twice_changes_nothing(text in "[\\p{L}\\p{Nd}.,'’ -]*") {
            let once: Vec<String> = tokens(&text).into_iter().map(|t| t.term).collect();
            let twice: Vec<String> = tokens(&once.join(" ")).into_iter().map(|t| t.term).collect();
            prop_assert_eq!(once.concat(), twice.concat());
        }
    }
}
