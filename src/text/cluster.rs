//! Clusters in scripts without spaces: a character with its marks, stacked letters, and vowels with several spellings.

use super::class::is_word;
use super::{fold, is_mark, is_unspaced, joins_next};

/// Vowel am of Thai and Lao, with its decomposition into a mark and a letter.
const AM: [(char, char, char); 2] = [('ำ', '\u{e4d}', 'า'), ('ຳ', '\u{ecd}', 'າ')];

/// Letters that are typed twice in place of another one: the vowel e for ae.
const TWICE: [(&str, char, &str); 2] = [("เเ", 'เ', "แ"), ("ເເ", 'ເ', "ແ")];

/// First character of the scripts whose clusters contain only marks.
const FIRST_SIMPLE: char = '\u{2e80}';

/// Returns the end of the cluster that begins at `start`.
pub fn end(text: &str, start: usize) -> usize {
    let mut chars = text[start..].chars();
    let Some(first) = chars.next() else { return start };
    let mut end = start + first.len_utf8();
    let (mut last, mut is_second) = (first, true);
    for c in chars {
        let is_am =
            |(am, mark, letter): &(char, char, char)| c == *am || c == *letter && text[start..end].contains(*mark);
        let is_one_letter = is_second
            && (c == first && TWICE.iter().any(|(_, letter, _)| *letter == c)
                || first == 'ຫ' && matches!(c, 'ນ' | 'ມ'));
        if !(is_mark(c) || is_one_letter || joins_next(last) && is_unspaced(c) || AM.iter().any(is_am)) {
            break;
        }
        end += c.len_utf8();
        (last, is_second) = (c, false);
    }
    end
}

/// Appends the folded cluster.
pub fn fold_to(cluster: &str, term: &mut String) {
    let folded = fold(cluster);
    // Some characters, such as ຳ, decompose to a leading mark.
    let letters = |text: &str, term: &mut String| {
        term.extend(text.chars().filter(|c| is_word(*c)).skip_while(|c| is_mark(*c)));
    };
    if folded.starts_with(|c| c >= FIRST_SIMPLE) {
        return letters(&folded, term);
    }
    if let Some((one, rest)) = TWICE.iter().find_map(|(two, _, one)| Some((one, folded.strip_prefix(two)?))) {
        term.push_str(one);
        return term.push_str(rest);
    }
    letters(&folded, term);
    // A tone may precede or follow the mark.
    if let Some((_, mark, letter)) = AM.iter().find(|(_, mark, am)| term.contains(*mark) && term.ends_with(*am)) {
        term.retain(|c| c != *mark && c != *letter);
        term.extend([*mark, *letter]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let (mut at, mut found) = (0, Vec::new());
        while at < text.len() {
            let to = end(text, at);
            let mut term = String::new();
            fold_to(&text[at..to], &mut term);
            found.push(term);
            at = to;
        }
        assert_eq!(found.join(" "), expect, "{text}");
    }

    #[test]
    fn marks_and_stacked_letters_belong_to_a_cluster() {
        check("นโยบาย", "น โ ย บ า ย");
        check("รัฐบาล", "รั ฐ บ า ล");
        check("ກຳລັງ", "ກ\u{ecd}າ ລັ ງ");
        check("កម្ពុជា", "ក ម្ពុ ជា");
        check("မြန်မာ", "မြ န် မာ");
        check("သတ္တု", "သ တ္တု");
        check("ガ新", "ガ 新");
    }

    #[test]
    fn all_spellings_of_vowels_are_equal() {
        check("น้ำ", "น้ํา");
        check("น\u{e4d}\u{e49}า", "น้ํา");
        check("น\u{e49}\u{e4d}า", "น้ํา");
        check("เเม่", "แ ม่");
        check("ເເມ່", "ແ ມ່");
        check("ໜ ຫນ", "ຫນ  ຫນ");
    }
}
