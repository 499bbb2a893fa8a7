//! Markdown → flat list of blocks: headings, list items and paragraphs, as plain text.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::source_line::is_address;

/// A non-empty block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: Kind,
    /// Plain text, with spaces for line breaks.
    pub text: String,
    /// Byte range in the parsed text.
    pub range: Range<usize>,
}

/// Kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Heading of a level from 1 to 6.
    Heading(u8),
    /// Item of a list, without nested items.
    Item,
    /// Any other text: paragraph, quotation, table, code, HTML except comments.
    Paragraph,
}

/// Returns the non-empty blocks of a text, in order.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut indented = Vec::new();
    let mut out = blocks_without_indented(text, |range| indented.push(range));
    for range in indented {
        out.extend(unindented(text, range));
    }
    out.sort_by_key(|block| block.range.start);
    out
}

/// Returns the blocks in an indented code block. The writer writes no code, so the indentation is an accident.
fn unindented(text: &str, range: Range<usize>) -> Vec<Block> {
    let start = text[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let lines: Vec<&str> = text[start..range.end].split_inclusive('\n').collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let common = lines.iter().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or_default();
    // Start of each line, in `inner` and in `text`.
    let (mut inner, mut places, mut at) = (String::new(), Vec::new(), start);
    for line in lines {
        let skipped = common.min(indent(&line));
        places.push((inner.len(), at + skipped));
        inner.push_str(&line[skipped..]);
        at += line.len();
    }
    let place = |at: usize| {
        let (inner, outer) = places[places.partition_point(|(inner, _)| *inner <= at) - 1];
        outer + (at - inner)
    };
    // Lines indented further than the rest become one paragraph.
    let mut code = Vec::new();
    let mut blocks = blocks_without_indented(&inner, |range| code.push(range));
    let code =
        code.into_iter().map(|range| Block { kind: Kind::Paragraph, text: folded(&inner[range.clone()]), range });
    blocks.extend(code);
    blocks.into_iter().map(|b| Block { range: place(b.range.start)..place(b.range.end), ..b }).collect()
}

/// Returns the non-empty blocks, in order, except indented code blocks, whose ranges it passes to `with_indented`.
fn blocks_without_indented(text: &str, mut with_indented: impl FnMut(Range<usize>)) -> Vec<Block> {
    let mut out = Blocks::default();
    let parser = Parser::new_ext(text, Options::empty());
    // Markdown parses `[Update]: talks` as a link definition and shows nothing; the writer meant a sentence.
    let definitions = parser.reference_definitions().iter().filter(|(_, d)| !is_address(&d.dest));
    let definitions: Vec<Range<usize>> = definitions.map(|(_, d)| d.span.clone()).collect();
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(tag) if out.is_literal(text, &tag, &range) => {}
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) if out.open.is_empty() => with_indented(range),
            Event::Start(Tag::Heading { level, .. }) => out.open(heading(&text[range.clone()], level), range),
            Event::Start(Tag::Item) => out.open(Kind::Item, range),
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock) => out.paragraph(range),
            Event::End(TagEnd::Item) if out.literal_depth() > 1 => out.leave(),
            Event::End(TagEnd::Item) => out.close(text),
            Event::End(TagEnd::Heading(_)) if out.literal_depth() == 0 => out.close(text),
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock) => out.end_paragraph(text),
            Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => out.push(&t),
            Event::SoftBreak | Event::HardBreak => out.push(" "),
            _ => {}
        }
    }
    for range in definitions {
        out.blocks.push(Block { kind: Kind::Paragraph, text: folded(&text[range.clone()]), range });
    }
    out.blocks
}

/// Returns the kind of a Markdown heading. The writer's headings begin with `#`; a setext heading is a sentence above a
/// rule.
fn heading(raw: &str, level: HeadingLevel) -> Kind {
    if raw.trim_start().starts_with('#') { Kind::Heading(level as u8) } else { Kind::Paragraph }
}

/// A block that is not closed yet.
struct Open {
    kind: Kind,
    text: String,
    range: Range<usize>,
    /// Nesting depth of items inside a literal item; zero outside.
    literal: usize,
}

#[derive(Default)]
struct Blocks {
    blocks: Vec<Block>,
    open: Vec<Open>,
}

impl Blocks {
    fn open(&mut self, kind: Kind, range: Range<usize>) {
        self.open.push(Open { kind, text: String::new(), range, literal: 0 });
    }

    /// Reports whether a block is literal text of an item, because it begins where the text of the item does. The
    /// writer puts a sentence after the mark, so `- 2026. A hard year` has no nested list, `- # 1 priority` no heading
    /// and `- > 50% of firms` no quotation.
    fn is_literal(&mut self, text: &str, tag: &Tag<'_>, range: &Range<usize>) -> bool {
        let Some(item) = self.open.last_mut().filter(|open| open.kind == Kind::Item) else { return false };
        let is_block = matches!(tag, Tag::List(_) | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::CodeBlock(_));
        if item.literal == 0 && is_block && item.text.is_empty() && !text[item.range.start..range.start].contains('\n')
        {
            item.literal = 1;
        } else if item.literal > 0 && matches!(tag, Tag::Item) {
            item.literal += 1;
        }
        item.literal > 0
    }

    fn literal_depth(&self) -> usize {
        self.open.last().map_or(0, |open| open.literal)
    }

    /// Leaves an item nested in a literal item.
    fn leave(&mut self) {
        if let Some(open) = self.open.last_mut() {
            open.literal -= 1;
        }
    }

    /// Opens a paragraph, or continues the text of an open item.
    fn paragraph(&mut self, range: Range<usize>) {
        match self.open.last_mut() {
            Some(item) => item.text.push(' '),
            None => self.open(Kind::Paragraph, range),
        }
    }

    fn end_paragraph(&mut self, text: &str) {
        if self.open.last().is_some_and(|open| open.kind == Kind::Paragraph) {
            self.close(text);
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    fn close(&mut self, source: &str) {
        let Some(open) = self.open.pop() else { return };
        let text = match open.literal {
            0 => folded(&without_comments(&open.text)),
            _ => folded(source[open.range.clone()].split_once(char::is_whitespace).map_or("", |(_mark, text)| text)),
        };
        if !text.is_empty() {
            self.blocks.push(Block { kind: open.kind, text, range: open.range });
        }
    }
}

/// Collapses white space.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Removes HTML comments.
pub fn without_comments(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, comment)) = rest.split_once("<!--") {
        let Some((_, after)) = comment.split_once("-->") else { break };
        out.extend([before.trim_end(), " "]);
        rest = after.trim_start();
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[(Kind, &str)]) {
        let blocks = blocks(text);
        let got: Vec<_> = blocks.iter().map(|b| (b.kind, b.text.as_str())).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn headings_items_and_paragraphs_are_distinguished() {
        check(
            "## Overall *Highlights*\n\n- one **bold**\n  more\n- two `code`\n\n<!--more-->\n\nA paragraph\nof two lines.\n",
            &[
                (Kind::Heading(2), "Overall Highlights"),
                (Kind::Item, "one bold more"),
                (Kind::Item, "two code"),
                (Kind::Paragraph, "A paragraph of two lines."),
            ],
        );
    }

    #[test]
    fn indented_blocks_are_not_code() {
        let items = [(Kind::Heading(2), "China"), (Kind::Item, "one more"), (Kind::Item, "two")];
        for indent in ["    ", "     ", "\t", "      "] {
            check(&format!("## China\n\n{indent}- one\n{indent}  more\n{indent}- two\n"), &items);
        }
        check("    a\n\n        b\n\n- c\n", &[(Kind::Paragraph, "a"), (Kind::Paragraph, "b"), (Kind::Item, "c")]);
        let text = "x\n\n     - é one\n\n     - two <!-- z -->\n\ny";
        let found: Vec<_> = blocks(text).into_iter().map(|b| (text[b.range].trim().to_owned(), b.text)).collect();
        let expect = [("x", "x"), ("- é one", "é one"), ("- two <!-- z -->", "two"), ("y", "y")];
        assert_eq!(found, expect.map(|(raw, text)| (raw.to_owned(), text.to_owned())));
    }

    #[test]
    fn no_text_is_lost() {
        check(
            "- a\n  - b\n    - c\n- d\n",
            &[(Kind::Item, "a"), (Kind::Item, "b"), (Kind::Item, "c"), (Kind::Item, "d")],
        );
        check("- a\n\n  b\n\n- c\n", &[(Kind::Item, "a b"), (Kind::Item, "c")]);
        check(
            "> quoted\n\n    code\n\n| a | b |\n",
            &[(Kind::Paragraph, "quoted"), (Kind::Paragraph, "code"), (Kind::Paragraph, "| a | b |")],
        );
        check("- 5 < 6 & x <b>y</b> [z](https://example.com) &amp;\n", &[(Kind::Item, "5 < 6 & x <b>y</b> z &")]);
        check("- [Update]: talks\n", &[(Kind::Paragraph, "[Update]: talks")]);
        for sentence in [
            "2026. A hard year ahead",
            "+ 3% growth",
            "> 50% of firms",
            "# 1 priority",
            "## Sources",
            "``` code",
            "- 5 degrees",
        ] {
            check(
                &format!("- one\n- {sentence}\n- two\n"),
                &[(Kind::Item, "one"), (Kind::Item, sentence), (Kind::Item, "two")],
            );
        }
        for (literal, text) in [("- - 5", "- 5"), ("- - - 5", "- - 5"), ("- # 1", "# 1")] {
            check(
                &format!("{literal}\n\n  more\n- two\n"),
                &[(Kind::Item, &format!("{text} more")), (Kind::Item, "two")],
            );
        }
        check("[m]: https://example.com/2\n\n[n]: <https://example.com/3> \"Title\"\n", &[]);
        check("[Note]: words\n\ntext\n", &[(Kind::Paragraph, "[Note]: words"), (Kind::Paragraph, "text")]);
        check("A sentence\n------\ntext\n", &[(Kind::Paragraph, "A sentence"), (Kind::Paragraph, "text")]);
        check("<!-- a\n\nnote -->\n\n<!-- a --> text <!-- b -->\n", &[(Kind::Paragraph, "text")]);
        check("<div>\nhtml\n</div>\n", &[(Kind::Paragraph, "<div> html </div>")]);
    }
}
