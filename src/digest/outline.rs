//! Outline of a body: source lines, headings in the writer's own words, and text hidden by comments and fences.
//!
//! The writer escapes nothing and writes neither fences nor comments over several lines. So a heading ends any open
//! Markdown block: a fence, a block of HTML, a list item, or an unclosed comment. A closed comment hides its content,
//! including headings; the section below it is then unknown.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memmem;

use super::names::Names;
use super::own_words::{self, Around, OwnHeading};
use super::placeholder;
use super::source_line::{self, SourceLine};

/// Outline of a body. Ranges are byte ranges of the body.
#[derive(Debug, Default)]
pub struct Outline<'a> {
    /// Body with spaces in place of comments and stray fences, of unchanged length.
    pub text: Cow<'a, str>,
    pub sources: Vec<(Range<usize>, SourceLine)>,
    pub headings: Vec<(Range<usize>, OwnHeading)>,
    /// Ends of comments that hide a heading, and whether the last hidden heading is the source list's.
    pub hidden: Vec<(usize, bool)>,
    /// Warnings with their offsets.
    pub warnings: Vec<(usize, String)>,
}

/// Parses the outline of a body. `declared` are the perspectives of the front matter.
pub fn read<'a>(body: &'a str, declared: &Names) -> Outline<'a> {
    let outline = Outline { text: Cow::Borrowed(body), sources: source_line::scan(body), ..Outline::default() };
    let mut walk = Walk { body, declared, outline, blanks: Vec::new(), fences: Vec::new(), close: Close::Unknown };
    walk.run();
    walk.finish()
}

struct Walk<'a, 'p> {
    body: &'a str,
    declared: &'p Names,
    outline: Outline<'a>,
    /// Hidden ranges.
    blanks: Vec<Range<usize>>,
    /// Code blocks including their fences, which are read as text.
    fences: Vec<Range<usize>>,
    close: Close,
}

/// Cached position of the next end of a comment.
#[derive(Clone, Copy)]
enum Close {
    Unknown,
    At(usize),
    None,
}

/// An open fence.
struct Fence {
    range: Range<usize>,
    mark: u8,
    len: usize,
}

impl<'a> Walk<'a, '_> {
    fn run(&mut self) {
        let (mut at, mut source, mut is_source_list) = (0, 0, false);
        let mut fence: Option<Fence> = None;
        while at < self.body.len() {
            let line = self.line(at);
            while self.outline.sources.get(source).is_some_and(|(range, _)| range.start < at) {
                source += 1;
            }
            if let Some((range, _)) = self.outline.sources.get(source).filter(|(range, _)| range.start == at) {
                at = self.line(range.end).end + 1;
                continue;
            }
            let text = &self.body[line.clone()];
            if let Some((range, heading)) = self.heading(&line) {
                if let Some(open) = fence.take() {
                    self.stray(open, format!("unclosed code fence; ended at the heading `{}`", heading.text));
                }
                is_source_list = heading.is_source_list;
                at = self.line(range.end).end + 1;
                self.outline.headings.push((range, heading));
                continue;
            }
            if placeholder::opens_source_list(text.trim()) {
                is_source_list = true;
                if let Some(open) = fence.take() {
                    self.stray(open, "unclosed code fence; ended at the source list".to_owned());
                }
            }
            at = line.end + 1;
            let mark = fence_mark(text);
            match (&fence, mark) {
                // The source list is read even inside a fence.
                (None, Some(_)) if is_source_list => self.blanks.push(line),
                (None, Some((mark, len, _))) => fence = Some(Fence { range: line, mark, len }),
                (None, None) => at = self.comment(&line).unwrap_or(at),
                (Some(open), Some((mark, len, true))) if mark == open.mark && len >= open.len => {
                    self.fences.push(open.range.start..line.end);
                    fence = None;
                }
                (Some(_), _) => {}
            }
        }
        if let Some(open) = fence {
            self.stray(open, "unclosed code fence".to_owned());
        }
    }

    /// Returns the rest of the line from an offset, without the line break.
    fn line(&self, at: usize) -> Range<usize> {
        let end = memchr::memchr(b'\n', &self.body.as_bytes()[at..]).map_or(self.body.len(), |i| at + i);
        at..end
    }

    /// Returns the heading that a line is or ends with, and its range.
    fn heading(&self, line: &Range<usize>) -> Option<(Range<usize>, OwnHeading)> {
        let text = &self.body[line.clone()];
        // The line break before the heading may be lost.
        let inner = memchr::memrchr(b'#', text.as_bytes()).map(|end| text[..end].trim_end_matches('#').len());
        let inner = inner.filter(|at| !own_words::unmarked(&text[..*at]).is_empty() && !text[..*at].contains("<!--"));
        let parse = |start: usize| own_words::parse(&text[start..], self.declared, || self.around(line));
        let inner = inner.and_then(|at| parse(at).map(|heading| (at, heading)));
        let (start, heading) = inner.or_else(|| parse(0).map(|heading| (0, heading)))?;
        let end = if heading.is_underlined { self.line(line.end + 1).end } else { line.end };
        Some((line.start + start..end, heading))
    }

    fn around(&self, line: &Range<usize>) -> Around<'a> {
        let body: &'a str = self.body;
        let before = body[..line.start].trim_end_matches('\n').len();
        let above = &body[..line.start.saturating_sub(1)];
        let above = above.rsplit('\n').next().unwrap_or_default();
        let mut below = body.get(line.end + 1..).unwrap_or_default().split('\n');
        let first = below.next().unwrap_or_default();
        let next = if first.trim().is_empty() { below.find(|line| !line.trim().is_empty()) } else { Some(first) };
        Around { follows_blank: before == 0 || above.trim().is_empty(), below: first, next: next.unwrap_or_default() }
    }

    /// Hides the mark of an unclosed fence.
    fn stray(&mut self, fence: Fence, message: String) {
        self.outline.warnings.push((fence.range.start, message));
        self.blanks.push(fence.range);
    }

    /// Hides the comments that begin in a line. Returns the offset to continue at, unless it is the next line.
    fn comment(&mut self, line: &Range<usize>) -> Option<usize> {
        let text = &self.body[line.clone()];
        memchr::memchr(b'<', text.as_bytes())?;
        let first = memmem::find(text.as_bytes(), b"<!--")?;
        let is_alone = own_words::unmarked(&text[..first]).is_empty();
        let is_source = own_words::unmarked(text).starts_with('[');
        let mut open = line.start + first;
        loop {
            let close = self.close_after(open + 2);
            match close {
                Some(close) if close <= line.end => {
                    // Markdown ignores the comment, but the parser of source lines expects the date at the end.
                    if is_source {
                        self.blanks.push(open..close);
                    }
                    open = close + memmem::find(&self.body.as_bytes()[close..line.end], b"<!--")?;
                }
                Some(close) if !self.body[open + 4..close].contains("<!--") => {
                    self.hide(open, close);
                    return Some(close);
                }
                // Unclosed, or closed by the end of another comment. Within a line it is text.
                close => return is_alone.then(|| self.unclosed(open, close.unwrap_or(self.body.len()))),
            }
        }
    }

    /// Returns the first end of a comment after an offset. Offsets ascend, so each byte is searched once.
    fn close_after(&mut self, at: usize) -> Option<usize> {
        match self.close {
            Close::None => None,
            Close::At(close) if close >= at + 3 => Some(close),
            _ => {
                let found = memmem::find(&self.body.as_bytes()[at..], b"-->").map(|i| at + i + 3);
                self.close = found.map_or(Close::None, Close::At);
                found
            }
        }
    }

    /// Hides a comment over several lines.
    fn hide(&mut self, open: usize, close: usize) {
        let mut last = None;
        let mut at = self.line(open).end + 1;
        while at < close {
            let line = self.line(at);
            last = self.heading(&line).map(|(_, heading)| heading).or(last);
            at = line.end + 1;
        }
        if let Some(heading) = last {
            let message = format!(
                "this comment hides the heading `{}`; the perspective is unknown up to the next heading",
                heading.text
            );
            self.outline.warnings.push((open, message));
            self.outline.hidden.push((close, heading.is_source_list));
        }
        self.blanks.push(open..close);
    }

    /// Hides an unclosed comment up to the first heading, or else to the limit. Returns its end.
    fn unclosed(&mut self, open: usize, limit: usize) -> usize {
        let mut at = self.line(open).end + 1;
        while at < limit {
            let line = self.line(at);
            if let Some((range, heading)) = self.heading(&line) {
                let message = format!("unclosed comment; not indexed up to the heading `{}`", heading.text);
                self.outline.warnings.push((open, message));
                self.blanks.push(open..range.start);
                return range.start;
            }
            at = line.end + 1;
        }
        if limit == self.body.len() && !matches!(self.close, Close::At(_)) {
            self.outline.warnings.push((open, "unclosed comment; not indexed from here on".to_owned()));
        }
        self.blanks.push(open..limit);
        limit
    }

    /// Blanks hidden ranges and scans the remaining text for source lines.
    fn finish(mut self) -> Outline<'a> {
        if !self.blanks.is_empty() {
            let mut text = self.body.as_bytes().to_owned();
            for byte in self.blanks.into_iter().flatten() {
                if text[byte] != b'\n' {
                    text[byte] = b' ';
                }
            }
            // Ranges end at character boundaries, so the text is still UTF-8.
            let text = String::from_utf8(text).unwrap_or_default();
            self.outline.sources = source_line::scan(&text);
            self.outline.text = Cow::Owned(text);
        }
        let fences = &self.fences;
        let is_within = |at: usize| {
            let fence = fences.partition_point(|fence| fence.end <= at);
            fences.get(fence).is_some_and(|fence| fence.start <= at)
        };
        self.outline.sources.retain(|(range, _)| !is_within(range.start));
        let sources = &self.outline.sources;
        self.outline.headings.retain(|(heading, _)| {
            let source = sources.partition_point(|(range, _)| range.end <= heading.start);
            sources.get(source).is_none_or(|(range, _)| range.start > heading.start)
        });
        self.outline
    }
}

/// Returns the mark of a fence, its length, and whether it can close a fence.
fn fence_mark(line: &str) -> Option<(u8, usize, bool)> {
    let line = line.trim();
    let mark = *line.as_bytes().first().filter(|byte| matches!(byte, b'`' | b'~'))?;
    let len = line.bytes().take_while(|byte| *byte == mark).count();
    let rest = &line[len..];
    (len >= 3 && !(mark == b'`' && rest.contains('`'))).then_some((mark, len, rest.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::names;

    const C: &str = "## China Perspective (China Sources)\n";
    const J: &str = "## Japan Perspective (Japan Sources)\n";

    /// Checks the remaining words of a body, its headings and source lines, and its warnings with their offsets.
    fn check(body: &str, text: &str, headings: &[&str], sources: &[&str], warnings: &[(usize, &str)]) {
        let outline = read(body, &Names::default());
        assert_eq!(outline.text.len(), body.len());
        assert_eq!(outline.text.split_whitespace().collect::<Vec<_>>().join(" "), text, "{body}");
        let found: Vec<_> = outline.headings.iter().map(|(_, heading)| heading.text.as_str()).collect();
        assert_eq!(found, headings, "{body}");
        let found: Vec<_> = outline.sources.iter().map(|(_, source)| source.title.as_str()).collect();
        assert_eq!(found, sources, "{body}");
        let found: Vec<_> = outline.warnings.iter().map(|(at, message)| (*at, message.as_str())).collect();
        assert_eq!(found.len(), warnings.len(), "{body}: {found:?}");
        for ((at, message), (expected, part)) in found.iter().zip(warnings) {
            assert!(at == expected && message.contains(part), "{body}: {found:?}");
        }
    }

    fn source(n: usize, title: &str) -> String {
        format!("{n}. [{title}](https://example.com/{n}) - Wire (1/6/2026)")
    }

    #[test]
    fn comments() {
        let (a, b) = (source(1, "a"), source(2, "b"));
        let (china, japan) = (C.trim(), J.trim());
        check("x\n<!--more-->\ny\n", "x <!--more--> y", &[], &[], &[]);
        check("<!-- one\n\n## Old\n\n- two\n-->\nx\n", "x", &[], &[], &[]);
        check(&format!("{a}\n<!--\n{b}\n-->\n"), &a, &[], &["a"], &[]);
        check(&format!("{a} <!-- b -->\n<!-- {b} -->\n"), &format!("{a} <!-- {b} -->"), &[], &["a"], &[]);
        check(&format!("- x <!-- y\n{a}\n-->\n"), "- x", &[], &[], &[]);
        check("- x <!-- y\n- z\n", "- x <!-- y - z", &[], &[], &[]);
        // Hidden headings do not count.
        check(
            &format!("<!--\n{J}- y\n-->\n{C}"),
            china,
            &["China Perspective (China Sources)"],
            &[],
            &[(0, "hides the heading `Japan Perspective (Japan Sources)`")],
        );
        // An unclosed comment ends at the next heading, or at the end.
        let end = &["Japan Perspective (Japan Sources)"][..];
        for comment in ["<!-- x\n- y\n", "- <!-- x\n- y\n", "<!-- x\n- y\n<!-- z\n"] {
            let at = comment.find('<').unwrap_or_default();
            let left = format!("{}{japan} - j", &comment[..at]);
            check(
                &format!("{comment}{J}- j\n"),
                &left,
                end,
                &[],
                &[(at, "unclosed comment; not indexed up to the heading")],
            );
        }
        check(
            &format!("<!-- x\n{J}<!-- z -->\n- j\n"),
            &format!("{japan} <!-- z --> - j"),
            end,
            &[],
            &[(0, "unclosed")],
        );
        check("x\n<!-- y\nz\n", "x", &[], &[], &[(2, "unclosed comment; not indexed from here on")]);
        // A title may contain any text.
        let title = source(1, "how <!-- works");
        check(&format!("{title}\n{b}\n"), &format!("{title} {b}"), &[], &["how <!-- works", "b"], &[]);
    }

    #[test]
    fn fences() {
        let a = source(1, "a");
        let japan = J.trim();
        let end = &["Japan Perspective (Japan Sources)"][..];
        check(&format!("```\n{a}\n```\n"), &format!("``` {a} ```"), &[], &[], &[]);
        check(&format!("~~~ x\n```\n{a}\n~~~\n{a}\n"), &format!("~~~ x ``` {a} ~~~ {a}"), &[], &["a"], &[]);
        check("```\n<!--\n```\nx\n", "``` <!-- ``` x", &[], &[], &[]);
        check(&format!("```\n- x\n{J}"), &format!("- x {japan}"), end, &[], &[(0, "the heading `Japan")]);
        check(
            &format!("```\n{J}```\n- j\n"),
            &format!("{japan} - j"),
            end,
            &[],
            &[(0, "ended at the"), (41, "unclosed")],
        );
        check(&format!("## Sources\n```\n{a}\n```\n"), &format!("## Sources {a}"), &["Sources"], &["a"], &[]);
        let sentence = "This summary is based on 1 articles from the following sources:";
        check(
            &format!("```\n{sentence}\n{a}\n"),
            &format!("{sentence} {a}"),
            &[],
            &["a"],
            &[(0, "ended at the source list")],
        );
        check("- ``` x\n``` a ```\n", "- ``` x ``` a ```", &[], &[], &[]);
    }

    #[test]
    fn headings() {
        let japan = J.trim();
        let end = &["Japan Perspective (Japan Sources)"][..];
        for before in ["<div>\n", "<script>\n", "- x\n  - y\n", "> x\n", "- x "] {
            check(&format!("{before}{J}- j\n"), &format!("{} {japan} - j", names::clean(before)), end, &[], &[]);
        }
        let outline = read("Sources\n-----\n\nx", &Names::default());
        assert_eq!(outline.headings[0].0, 0..13, "with the line below");
        let title = format!("3. [one\n{}](https://example.com) - Wire (1/6/2026)", "**Sources**\ntwo");
        assert_eq!(read(&title, &Names::default()).headings, [], "a title may contain any text");
    }

    #[test]
    fn many_marks_take_linear_time() {
        for line in ["<!--\n", "```x\n", "<!-- x\n## Sources\n", "~~~\n## Sources\n", "- x <!-- y\n", "Sources\n\n"] {
            let body = line.repeat((1 << 18) / line.len()) + "-->";
            let outline = read(&body, &Names::default());
            assert_eq!(outline.text.len(), body.len());
        }
    }
}
