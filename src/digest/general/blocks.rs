//! Markdown → flat list of blocks with their inline content. Comments, images, bare tags and the tags of Hugo and Jekyll
//! are no text.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::block::Block;
use super::builder::Builder;
use super::html;
use super::template;

/// Returns the blocks of a text; `first` is its first line in the file.
pub fn blocks(text: &str, first: usize) -> Vec<Block> {
    let text = template::blanked(text);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS;
    let parser = Parser::new_ext(&text, options);
    // Markdown parses `[Update]: talks` as a link definition and shows nothing; the author meant a sentence.
    let is_sentence = |dest: &str| !dest.contains(['/', '.', '#', ':', '@']);
    let definitions = parser.reference_definitions().iter().filter(|(_, definition)| is_sentence(&definition.dest));
    let sentences: Vec<_> = definitions.map(|(_, definition)| definition.span.clone()).collect();
    let mut out = Builder::new(&text, first);
    let mut html_block: Option<String> = None;
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => html_block = Some(String::new()),
            Event::Html(part) => html_block.get_or_insert_default().push_str(&part),
            Event::End(TagEnd::HtmlBlock) => {
                out.end_block();
                html::read_block(&html_block.take().unwrap_or_default(), range.start, &mut out);
            }
            Event::Start(Tag::Heading { level, .. }) => out.heading(level as u8, range.start),
            Event::Start(Tag::Item) => out.begin_item(range.start),
            Event::End(TagEnd::Item) => out.end_item(),
            Event::Start(Tag::Paragraph) => out.paragraph(range.start),
            Event::Start(Tag::CodeBlock(_)) => {
                out.end_block();
                out.paragraph(range.start);
            }
            Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::Table(_)) | Event::Rule => out.end_block(),
            Event::Start(Tag::TableHead) => out.row(true, range.start),
            Event::Start(Tag::TableRow) => out.row(false, range.start),
            Event::Start(Tag::TableCell) => out.cell(),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::BlockQuote(_)
                | TagEnd::TableHead
                | TagEnd::TableRow,
            ) => out.end_block(),
            Event::Start(Tag::Strong) => out.begin_bold(),
            Event::End(TagEnd::Strong) => out.end_bold(),
            Event::Start(Tag::Image { .. }) => out.begin_image(),
            Event::End(TagEnd::Image) => out.end_image(),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => match link_type {
                LinkType::Email => {}
                _ => out.begin_link(&dest_url),
            },
            Event::End(TagEnd::Link) => out.end_link(),
            Event::Text(part) => out.text(&part, range.start),
            Event::Code(part) => out.code(&part, range.start),
            Event::InlineHtml(tag) => html::read_inline(&tag, range.start, &mut out),
            Event::SoftBreak | Event::HardBreak => out.line_break(),
            _ => {}
        }
    }
    for span in sentences {
        out.sentence(&text[span.clone()], span.start);
    }
    out.finish()
}
