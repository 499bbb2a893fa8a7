//! Character classes, and runs of letters and digits.

use unicode_normalization::char::is_combining_mark;

/// Reports whether a character combines with the previous one, including the sound marks of half-width kana. No token
/// begins with a mark.
pub fn is_mark(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}')
}

/// Reports whether a character is invisible or only changes the appearance of others: format characters (category Cf),
/// default ignorable code points, the Arabic tatweel, and the keycap frame.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{640}' | '\u{6dd}' | '\u{70f}'
        | '\u{7fa}' | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{20e3}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Reports whether a character is used as an apostrophe, including letters (the okina, the prime of transliterations,
/// the saltillo).
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | 'ʹ' | 'ʺ' | 'ʻ'..='ʿ' | '‘' | '’' | '‛' | '′' | '＇' | 'Ꞌ' | 'ꞌ')
}

/// Reports whether a character is a sign for words or numbers: `№`, `㎏`, `½`, `㈱`. Trademark signs are not.
pub fn is_sign(c: char) -> bool {
    match c {
        '¼'..='¾' | '⅐'..='⅟' | '↉' | '₨' | '﷼' => true,
        '™' | '℠' | '🄫' | '🄬' | '🅪'..='🅬' => false,
        '℀'..='⅏' | '⒜'..='⒵' | '⺀'..='⿕' | '㆖'..='㆟' | '㈀'..='㏿' | '🄐'..='🅬' | '🆐' | '🈀'..='🉑' => {
            !c.is_alphanumeric()
        }
        _ => false,
    }
}

/// Reports whether a sign is always a separate token: in `№5` and `2½`, not in `5㎏`.
pub fn is_separate_sign(sign: char) -> bool {
    !('⺀'..='㏿').contains(&sign)
}

/// Reports whether a character belongs to a script without spaces: Han, Hiragana and Katakana, including numerals that
/// fold to them (〸, ㈠), and the letters of Thai, Lao, Khmer and Burmese, excluding their marks and digits.
pub fn is_unspaced(c: char) -> bool {
    c >= '\u{e01}' && is_south_east_asian(c) || c >= '\u{3005}' && is_ideograph(c)
}

fn is_south_east_asian(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e30}' | '\u{e32}'..='\u{e33}' | '\u{e40}'..='\u{e46}' | '\u{e81}'..='\u{eb0}'
        | '\u{eb2}'..='\u{eb3}' | '\u{ebd}'..='\u{ec6}' | '\u{edc}'..='\u{edf}' | '\u{1000}'..='\u{102a}' | '\u{103f}'
        | '\u{1050}'..='\u{1055}' | '\u{105a}'..='\u{105d}' | '\u{1061}' | '\u{1065}'..='\u{1066}'
        | '\u{106e}'..='\u{1070}' | '\u{1075}'..='\u{1081}' | '\u{108e}' | '\u{1780}'..='\u{17b3}' | '\u{17d7}'
        | '\u{17dc}' | '\u{a9e0}'..='\u{a9e4}' | '\u{a9e6}'..='\u{a9ef}' | '\u{a9fa}'..='\u{a9fe}'
        | '\u{aa60}'..='\u{aa76}' | '\u{aa7a}' | '\u{aa7e}'..='\u{aa7f}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3038}'..='\u{303a}' | '\u{3041}'..='\u{30ff}' | '\u{3192}'..='\u{3195}'
        | '\u{3220}'..='\u{3229}' | '\u{3280}'..='\u{3289}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Reports whether a mark stacks the next letter below the previous one: the coeng of Khmer, the virama of Burmese.
pub fn joins_next(c: char) -> bool {
    matches!(c, '\u{17d2}' | '\u{1039}')
}

/// Reports whether a character is part of a word: a letter, a digit, or a mark.
pub fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    !is_apostrophe(c) && (c.is_alphanumeric() || is_mark(c))
}

/// Reports whether a character is a digit from 0 to 9, of either width.
pub fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// Returns the end of a run of letters and digits.
pub fn run_end(text: &str, start: usize) -> usize {
    let is_in_run = |c: char| is_word(c) && !is_unspaced(c);
    text.len() - text[start..].trim_start_matches(is_in_run).len()
}
