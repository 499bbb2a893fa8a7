//! Markdown to a flat list of blocks: headings, list items and paragraphs, as text without marks.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A block with text. Ranges are bytes of the text parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: Kind,
    /// The text as a reader sees it; line breaks are spaces.
    pub text: String,
    /// The bytes that the block takes up.
    pub range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 1 to 6.
    Heading(u8),
    /// An item of any list, without the items nested in it.
    Item,
    /// Any other text: a paragraph, a quotation, a table, code, HTML that is no comment.
    Paragraph,
}

/// The blocks of a text that have text, in order.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut out = Blocks { blocks: Vec::new(), open: Vec::new() };
    let parser = Parser::new_ext(text, Options::empty());
    // Markdown takes `[Update]: talks` for a link's definition and shows nothing; the writer meant a sentence.
    let definitions: Vec<Range<usize>> = parser.reference_definitions().iter().map(|(_, d)| d.span.clone()).collect();
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => out.open(heading(&text[range.clone()], level), range),
            Event::Start(Tag::Item) => out.open(Kind::Item, range),
            Event::Start(Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock) => out.paragraph(range),
            Event::End(TagEnd::Heading(_) | TagEnd::Item) => out.close(),
            Event::End(TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock) => out.end_paragraph(),
            Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => out.push(&t),
            Event::SoftBreak | Event::HardBreak => out.push(" "),
            _ => {}
        }
    }
    for range in definitions {
        out.blocks.push(Block { kind: Kind::Paragraph, text: folded(&text[range.clone()]), range });
    }
    out.blocks.sort_by_key(|b| b.range.start);
    out.blocks
}

/// The writer's headings begin with `#`. One made by a line below it is a sentence above a rule.
fn heading(raw: &str, level: HeadingLevel) -> Kind {
    if raw.trim_start().starts_with('#') { Kind::Heading(number(level)) } else { Kind::Paragraph }
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}

/// A block that is being read.
struct Open {
    kind: Kind,
    text: String,
    range: Range<usize>,
}

struct Blocks {
    blocks: Vec<Block>,
    open: Vec<Open>,
}

impl Blocks {
    fn open(&mut self, kind: Kind, range: Range<usize>) {
        self.open.push(Open { kind, text: String::new(), range });
    }

    /// A paragraph in a list item is that item's text.
    fn paragraph(&mut self, range: Range<usize>) {
        match self.open.last_mut() {
            Some(item) => item.text.push(' '),
            None => self.open(Kind::Paragraph, range),
        }
    }

    fn end_paragraph(&mut self) {
        if self.open.last().is_some_and(|open| open.kind == Kind::Paragraph) {
            self.close();
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let text = folded(&without_comments(&open.text));
        if !text.is_empty() {
            self.blocks.push(Block { kind: open.kind, text, range: open.range });
        }
    }
}

/// On one line.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without HTML comments, which no reader sees.
fn without_comments(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, comment)) = rest.split_once("<!--") {
        let Some((_, after)) = comment.split_once("-->") else { break };
        out.extend([before, " "]);
        rest = after;
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
    fn tells_headings_items_and_paragraphs() {
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
        check("[Note]: words\n\ntext\n", &[(Kind::Paragraph, "[Note]: words"), (Kind::Paragraph, "text")]);
        check("A sentence\n------\ntext\n", &[(Kind::Paragraph, "A sentence"), (Kind::Paragraph, "text")]);
        check("<!-- a\n\nnote -->\n\n<!-- a --> text <!-- b -->\n", &[(Kind::Paragraph, "text")]);
        check("<div>\nhtml\n</div>\n", &[(Kind::Paragraph, "<div> html </div>")]);
    }
}
