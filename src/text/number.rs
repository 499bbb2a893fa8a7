//! Numbers: digit groups and decimals form one token.

use super::class::{is_digit, is_word, run_end};
use super::fold;

/// Separators of digit groups, with their decimal marks.
struct Convention {
    is_separator: fn(char) -> bool,
    /// Minimum number of groups. Fewer are ambiguous: `13.000` may be thirteen.
    groups: usize,
    decimals: &'static [char],
}

/// `1,200` · `1 200` with a no-break or narrow space · `1.200.000` · `1 200 000` · `1'200'000`
const CONVENTIONS: [Convention; 5] = [
    Convention { is_separator: |c| c == ',', groups: 1, decimals: &['.'] },
    Convention { is_separator: is_narrow_space, groups: 1, decimals: &['.', ','] },
    Convention { is_separator: |c| c == '.', groups: 2, decimals: &[','] },
    Convention { is_separator: |c| c == ' ', groups: 2, decimals: &['.', ','] },
    Convention { is_separator: |c| matches!(c, '\'' | '’'), groups: 2, decimals: &['.', ','] },
];

/// Separators of full-width digits, which must be full-width, too.
const WIDE: [Convention; 2] = [
    Convention { is_separator: |c| c == '，', groups: 1, decimals: &['．'] },
    Convention { is_separator: |c| c == '．', groups: 2, decimals: &['，'] },
];

/// Reports whether a character is a no-break or narrow space.
pub fn is_narrow_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}'..='\u{2009}' | '\u{202f}')
}

/// Appends the number that begins with the digits `text[start..end]`, and returns its end.
pub fn number(text: &str, start: usize, end: usize, term: &mut String) -> usize {
    let is_wide = text[start..].starts_with(|c: char| matches!(c, '０'..='９'));
    let conventions = if is_wide { &WIDE[..] } else { &CONVENTIONS };
    let (whole, decimals) = grouped(text, start, end, conventions);
    term.extend(fold(&text[start..whole]).chars().filter(|c| is_word(*c)));
    let has_decimals = |mark: &char| text[whole..].strip_prefix(*mark).is_some_and(|rest| rest.starts_with(is_digit));
    let Some(mark) = decimals.iter().find(|mark| has_decimals(mark)) else { return whole };
    let from = whole + mark.len_utf8();
    let end = run_end(text, from);
    term.push('.');
    term.extend(fold(&text[from..end]).chars().filter(|c| is_word(*c)));
    end
}

/// Returns the end of a number's integer part, and its decimal marks.
fn grouped(text: &str, start: usize, end: usize, conventions: &'static [Convention]) -> (usize, &'static [char]) {
    let digits = text[start..end].chars().count();
    for convention in conventions {
        let comma = convention.groups == 1 && !text[end..].starts_with(is_narrow_space);
        let (groups, whole) = groups(text, end, convention.is_separator);
        // A comma is unambiguous; otherwise the first group has at most three digits and no leading zero.
        if groups >= convention.groups && (comma || digits <= 3 && !text[start..].starts_with('0')) {
            return (whole, convention.decimals);
        }
    }
    (end, conventions[0].decimals)
}

/// Returns the number of three-digit groups after a separator, and the end of the last.
fn groups(text: &str, mut end: usize, is_separator: fn(char) -> bool) -> (usize, usize) {
    let first = text[end..].chars().next();
    let mut groups = 0;
    while let Some(separator) = text[end..].chars().next().filter(|c| is_separator(*c) && Some(*c) == first) {
        let rest = &text[end + separator.len_utf8()..];
        let digits = &rest[..rest.len() - rest.trim_start_matches(is_digit).len()];
        if digits.chars().count() != 3 {
            break;
        }
        end += separator.len_utf8() + digits.len();
        groups += 1;
    }
    (groups, end)
}
