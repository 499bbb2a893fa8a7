//! Colours, links and line breaks.

use std::io::{self, Write};
use std::ops::Range;

use anstyle::{AnsiColor, Effects};

use crate::render::safe::{in_osc8, is_web};
use crate::render::{Style, shown};

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A heading.
    Heading,
    /// A word that was searched for.
    Mark,
    /// What stands beside the text: where it is from.
    Aside,
    /// An id that can be typed.
    Id,
}

impl Part {
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

/// Text in the look of what it is. The text must be safe to show.
pub fn paint(text: &str, part: Part, style: Style) -> String {
    let look = part.style();
    if style.color && !text.is_empty() { format!("{look}{text}{look:#}") } else { text.to_owned() }
}

/// A text from the corpus, safe to show, with its marks painted.
pub fn marked(text: &str, marks: &[Range<usize>], style: Style) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for mark in marks {
        out += &shown(&text[done..mark.start]);
        out += &paint(&shown(&text[mark.clone()]), Part::Mark, style);
        done = mark.end;
    }
    out + &shown(&text[done..])
}

/// Writes a text in lines that fit, each behind an indent, each a link where there is one to be had.
pub fn lines(
    text: &str,
    first: &str,
    indent: &str,
    url: Option<&str>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = style.width.saturating_sub(textwrap::core::display_width(indent)).max(10);
    // Words with hyphens stay whole: ids are copied from here.
    let options =
        textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation).word_separator(SEPARATOR);
    for (i, line) in textwrap::wrap(text, options).iter().enumerate() {
        let lead = if i == 0 { first } else { indent };
        let line = line.replace(NO_BREAK, " ");
        match url.filter(|url| style.links && is_web(url)) {
            Some(url) => writeln!(out, "{lead}\u{1b}]8;;{}\u{1b}\\{line}\u{1b}]8;;\u{1b}\\", in_osc8(url))?,
            None => writeln!(out, "{lead}{line}")?,
        }
    }
    Ok(())
}

/// Writes what must be known to read an answer, each in lines that hang.
pub fn notes(notes: impl IntoIterator<Item = String>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    notes.into_iter().try_for_each(|note| lines(&paint(&shown(&note), Part::Aside, style), "", "  ", None, style, out))
}

/// A space that is none to break a line at.
pub const NO_BREAK: char = '\u{a0}';

/// What stands between parts.
const DOT: &str = " · ";

/// Lines break at spaces and, as Chinese and Japanese are written without, between ideographs.
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

/// Parts with dots between them. A line breaks between parts only.
pub fn dotted(parts: impl IntoIterator<Item = String>) -> String {
    let mut out = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        // It may have dots itself.
        for piece in part.split(DOT) {
            out += if out.is_empty() { "" } else { DOT };
            for (i, word) in piece.split(' ').enumerate() {
                out.extend((i > 0).then_some(NO_BREAK));
                out += word;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(color: bool, width: usize) -> Style {
        Style { color, links: color, urls: false, bars: false, quiet: false, width }
    }

    fn written(text: &str, url: Option<&str>, style: Style) -> String {
        let mut out = Vec::new();
        lines(text, "> ", "  ", url, style, &mut out).expect("written to memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn lines_fit_whatever_is_in_them() {
        assert_eq!(written("one two three four", None, style(false, 12)), "> one two\n  three four\n");
        let mark = 4..13;
        let painted = marked("one two three", std::slice::from_ref(&mark), style(true, 12));
        assert_eq!(written(&painted, None, style(false, 12)), "> one \u{1b}[1m\u{1b}[33mtwo\n  three\u{1b}[0m\n");
        for line in written("新华网报道说东京和北京的会谈仍在继续", None, style(false, 20)).lines() {
            assert!(textwrap::core::display_width(line) <= 20, "{line}");
        }
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
