//! Colours, links and line breaks.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Effects};

use crate::render::Style;
use crate::render::safe::{in_osc8, is_web};

/// A look of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// A heading.
    Heading,
    /// A word that was searched for.
    Mark,
    /// Secondary text, such as the origin.
    Aside,
    /// An id.
    Id,
}

impl Look {
    fn style(self) -> anstyle::Style {
        let plain = anstyle::Style::new();
        match self {
            Self::Heading => plain.effects(Effects::BOLD),
            Self::Mark => plain.effects(Effects::BOLD).fg_color(Some(AnsiColor::Yellow.into())),
            Self::Aside => plain.effects(Effects::DIMMED),
            Self::Id => plain.fg_color(Some(AnsiColor::Cyan.into())),
        }
    }
}

/// Paints a text, which must be safe to show.
pub fn paint(text: &str, look: Look, style: Style) -> String {
    let look = look.style();
    if style.color && !text.is_empty() { format!("{look}{text}{look:#}") } else { text.to_owned() }
}

/// Writes a text in wrapped lines with an indent, each a link if there is an address.
pub fn lines(
    text: &str,
    first: &str,
    indent: &str,
    url: Option<&str>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = style.width.saturating_sub(textwrap::core::display_width(indent)).max(10);
    // Words with hyphens are not broken: ids are copied from here.
    let options =
        textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation).word_separator(SEPARATOR);
    for (i, line) in textwrap::wrap(&breakable(text, width), options).iter().enumerate() {
        let lead = if i == 0 { first } else { indent };
        let line = line.replace(NO_BREAK, " ");
        match url.filter(|url| style.links && is_web(url)) {
            Some(url) => writeln!(out, "{lead}\u{1b}]8;;{}\u{1b}\\{line}\u{1b}]8;;\u{1b}\\", in_osc8(url))?,
            None => writeln!(out, "{lead}{line}")?,
        }
    }
    Ok(())
}

/// Makes spaces breakable in what is longer than a line.
fn breakable(text: &str, width: usize) -> Cow<'_, str> {
    // No text is wider than it is long in bytes.
    let mut from = 0;
    let ends = memchr::memchr_iter(b' ', text.as_bytes()).chain([text.len()]);
    let is_short = ends.into_iter().all(|end| end - std::mem::replace(&mut from, end) <= width);
    if is_short {
        return Cow::Borrowed(text);
    }
    let fits = |piece: &str| textwrap::core::display_width(piece.trim_end()) <= width;
    let piece = |piece: &str| if fits(piece) { piece.to_owned() } else { piece.replace(NO_BREAK, " ") };
    Cow::Owned(text.split_inclusive(' ').map(piece).collect())
}

/// An unbreakable space, written as a plain space.
pub const NO_BREAK: char = '\u{a0}';

/// The line breaks: at spaces, and between ideographs, since Chinese and Japanese have no spaces.
const SEPARATOR: textwrap::WordSeparator = textwrap::WordSeparator::Custom(|line| {
    let words = textwrap::WordSeparator::UnicodeBreakProperties.find_words(line);
    let mut joined: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for word in words {
        let end = at + word.word.len() + word.whitespace.len();
        let breaks =
            |text: &str| text.ends_with([' ', '\u{3000}']) || text.chars().next_back().is_some_and(|c| c >= '\u{2e80}');
        match joined.last_mut() {
            Some((_, last)) if !breaks(&line[..at]) && !line[at..].starts_with(|c: char| c >= '\u{2e80}') => {
                *last = end
            }
            _ => joined.push((at, end)),
        }
        at = end;
    }
    Box::new(joined.into_iter().map(|(start, end)| textwrap::core::Word::from(&line[start..end])))
});

#[cfg(test)]
mod tests {
    use super::*;

    fn style(color: bool, width: usize) -> Style {
        Style { color, links: color, ..Style::plain(width, crate::diagnostic::plain) }
    }

    fn written(text: &str, url: Option<&str>, style: Style) -> String {
        let mut out = Vec::new();
        lines(text, "> ", "  ", url, style, &mut out).expect("written to memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn lines_fit_whatever_is_in_them() {
        assert_eq!(written("one two three four", None, style(false, 12)), "> one two\n  three four\n");
        for line in written("新华网报道说东京和北京的会谈仍在继续", None, style(false, 20)).lines() {
            assert!(textwrap::core::display_width(line) <= 20, "{line}");
        }
    }

    #[test]
    fn names_longer_than_a_line_are_broken_at_spaces() {
        let text = "by One\u{a0}Two, Three\u{a0}Four\u{a0}Five";
        assert_eq!(written(text, None, style(false, 16)), "> by One Two,\n  Three Four\n  Five\n");
    }

    #[test]
    fn links_are_for_the_web_only() {
        let link = "> \u{1b}]8;;https://example.com/\u{1b}\\text\u{1b}]8;;\u{1b}\\\n";
        assert_eq!(written("text", Some("https://example.com/"), style(true, 40)), link);
        assert_eq!(written("text", Some("javascript:alert(1)"), style(true, 40)), "> text\n");
        assert_eq!(written("text", Some("https://example.com/"), style(false, 40)), "> text\n");
        assert!(!written("text", Some("https://a\u{1b}\\b"), style(true, 40)).contains("a\u{1b}"));
    }
}
