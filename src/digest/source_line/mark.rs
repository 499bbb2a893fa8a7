//! Marks of list items that Markdown does not recognize: `•`, `(1)`, `1.[`, `-` and a no-break space.

use crate::digest::text;

/// Kind of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// An unambiguous sign, such as `•`.
    Sign,
    /// `-`, `*` or `+` and a space unknown to Markdown.
    Wide(char),
    /// `-`, `*` or `+` without a space.
    Fused(char),
    /// A dash and a space.
    Dash(char),
    /// A number in brackets, or without a space.
    Number(u32),
}

/// A mark at the start of a line, and its length in bytes, including blanks around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub mark: Mark,
    pub len: usize,
}

/// Returns the mark at the start of a line, unless it is one of Markdown.
pub fn loose(line: &str) -> Option<Found> {
    let text = line.trim_start_matches(text::is_blank);
    let first = text.chars().next()?;
    let rest = &text[first.len_utf8()..];
    let (mark, rest) = match first {
        '•' | '·' | '‣' | '◦' | '▪' | '▫' | '●' | '○' | '■' | '□' | '∙' | '⁃' | '➢' | '➤' | '►' | '▸' | '・' => {
            (Mark::Sign, rest)
        }
        '-' | '*' | '+' => (dash_mark(first, rest)?, rest),
        '–' | '—' | '−' if rest.starts_with(text::is_blank) => (Mark::Dash(first), rest),
        // Before a link it can only be a mark.
        '–' | '—' | '−' if rest.starts_with('[') => (Mark::Sign, rest),
        '0'..='9' | '(' | '[' | '（' => number(text)?,
        _ => return None,
    };
    let rest = rest.trim_start_matches(text::is_blank);
    (!rest.is_empty()).then(|| Found { mark, len: line.len() - rest.len() })
}

fn dash_mark(sign: char, rest: &str) -> Option<Mark> {
    let next = rest.chars().next()?;
    // Markdown's own marks, rules and emphasis.
    let is_emphasis = sign == '*' && rest.lines().next().is_some_and(|line| line.contains('*'));
    match next {
        ' ' | '\t' | '\n' => None,
        next if text::is_blank(next) => Some(Mark::Wide(sign)),
        next if next == sign || is_emphasis => None,
        next if next.is_alphanumeric() || "[\"'“‘«¿¡(".contains(next) => Some(Mark::Fused(sign)),
        _ => None,
    }
}

/// Parses `(1) x`, `1.x`, `1)x`, `1、x`, and before a bracket also `[1] [` and `1 [`.
fn number(text: &str) -> Option<(Mark, &str)> {
    let inner = text.trim_start_matches(['(', '[', '（']);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let number = inner.get(..digits).filter(|digits| (1..=3).contains(&digits.len()))?.parse().ok()?;
    let rest = &inner[digits..];
    let (next, after) = (rest.chars().next()?, &rest[rest.chars().next()?.len_utf8()..]);
    let is_link = after.trim_start_matches(text::is_blank).starts_with('[');
    let is_text = !after.starts_with(|c: char| matches!(c, ' ' | '\t' | '\n') || c.is_ascii_digit());
    let is_mark = match (text.chars().next()?, next) {
        ('(', ')') | ('（', '）') => true,
        ('[', ']') => is_link,
        ('0'..='9', '.' | ')') => is_text,
        ('0'..='9', '、' | '．' | '）') => true,
        ('0'..='9', ' ' | '\u{a0}' | '-' | ':') => is_link,
        _ => false,
    };
    is_mark.then_some((Mark::Number(number), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_unknown_to_markdown_are_found() {
        for (line, mark, rest) in [
            ("• One", Mark::Sign, "One"),
            ("•One", Mark::Sign, "One"),
            ("  · One", Mark::Sign, "One"),
            ("-\u{a0}One", Mark::Wide('-'), "One"),
            ("*\u{2009}One", Mark::Wide('*'), "One"),
            ("-\u{200b}One", Mark::Wide('-'), "One"),
            ("-One", Mark::Fused('-'), "One"),
            ("*[a](b)", Mark::Fused('*'), "[a](b)"),
            ("– One", Mark::Dash('–'), "One"),
            ("–[a](b)", Mark::Sign, "[a](b)"),
            ("(1) One", Mark::Number(1), "One"),
            ("12.[a](b)", Mark::Number(12), "[a](b)"),
            ("1)One", Mark::Number(1), "One"),
            ("2、One", Mark::Number(2), "One"),
            ("[3] [a](b)", Mark::Number(3), "[a](b)"),
            ("3 [a](b)", Mark::Number(3), "[a](b)"),
            ("3.\u{a0}One", Mark::Number(3), "One"),
        ] {
            let found = loose(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.mark, &line[found.len..]), (mark, rest), "{line}");
        }
    }

    #[test]
    fn other_text_has_no_mark() {
        for line in [
            "- One",
            "1. One",
            "1.5 million",
            "2026.One",
            "*One* two",
            "**One**",
            "--",
            "---",
            "One",
            "",
            "•",
            "–One",
            "(one) two",
            "[a](b)",
            "[1] One",
            "10 One",
            "+ One",
            "-",
            "1",
        ] {
            assert_eq!(loose(line), None, "{line}");
        }
    }
}
