//! Abbreviations: `U.S.` and `EE.UU.` are one token with and without their dots.

use super::class::{is_word, run_end};
use super::number::is_narrow_space;
use super::{fold, is_mark, is_unspaced};

/// Spanish plural abbreviations that are also written with a space and no dots.
const SPACED: [&str; 14] =
    ["eeuu", "ffaa", "ddhh", "jjoo", "rrhh", "ccaa", "ccoo", "rree", "rrpp", "ffcc", "ffss", "aapp", "bbaa", "aavv"];

/// Returns the end of the abbreviation that begins with the run of letters `text[start..end]`; `end` if there is none.
pub fn end(text: &str, start: usize, end: usize) -> usize {
    let run = &text[start..end];
    let dot = if run.starts_with(|c: char| matches!(c, '！'..='～')) { '．' } else { '.' };
    if is_letter(run) {
        return letters_end(text, end, dot);
    }
    match doubled(run) {
        Some(first) => doubled_end(text, end, first, dot),
        None => end,
    }
}

fn is_letter(run: &str) -> bool {
    let mut chars = run.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Returns the end of an abbreviation of single letters, each followed by a dot: `U.S`.
fn letters_end(text: &str, mut end: usize, dot: char) -> usize {
    while let Some(rest) = text[end..].strip_prefix(dot) {
        let is_letter = |c: &char| c.is_alphabetic() && is_word(*c) && !is_unspaced(*c) && !is_mark(*c);
        let start = end + dot.len_utf8();
        match rest.chars().next().filter(is_letter) {
            Some(c) if run_end(text, start) == start + c.len_utf8() => end = start + c.len_utf8(),
            _ => break,
        }
    }
    end
}

/// Returns the end of an abbreviation of doubled letters: `EE.UU`, `EE. UU` or `EE UU`.
fn doubled_end(text: &str, end: usize, first: char, dot: char) -> usize {
    let group = |from: usize| {
        let to = run_end(text, from);
        doubled(&text[from..to]).map(|letter| (letter, to))
    };
    let Some(rest) = text[end..].strip_prefix(dot) else {
        let second =
            text[end..].chars().next().filter(|c| is_space(*c)).and_then(|space| group(end + space.len_utf8()));
        let is_known = |letter: char| SPACED.contains(&&*String::from_iter([first, first, letter, letter]));
        return second.filter(|(letter, _)| is_known(*letter)).map_or(end, |(_, to)| to);
    };
    let after_dot = end + dot.len_utf8();
    if let Some(space) = rest.chars().next().filter(|c| is_space(*c)) {
        // `Isabel II. EE.UU.` has two tokens.
        let continues = |to: usize| text[to..].strip_prefix(dot).is_some_and(|_| group(to + dot.len_utf8()).is_some());
        let second = group(after_dot + space.len_utf8()).filter(|(_, to)| !continues(*to));
        let is_numeral = matches!(first, 'i' | 'x');
        return second.filter(|_| !is_numeral).map_or(end, |(_, to)| to);
    }
    let mut end = end;
    while let Some((_, to)) = text[end..].strip_prefix(dot).and_then(|_| group(end + dot.len_utf8())) {
        end = to;
    }
    end
}

fn is_space(c: char) -> bool {
    c == ' ' || is_narrow_space(c)
}

/// Returns the letter of a run that consists of one letter twice.
fn doubled(run: &str) -> Option<char> {
    if run.len() > 6 {
        return None;
    }
    let folded = fold(run);
    match folded.as_bytes() {
        [first, second] if first == second && first.is_ascii_lowercase() => Some(char::from(*first)),
        _ => None,
    }
}
