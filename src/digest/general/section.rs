//! A title's own section: the blocks below a heading, or within an item, with their labelled lines.

use std::ops::Range;

use super::block::{Block, Kind};
use super::inline::width;
use super::words::{self, Label};

/// The link of a title in its own section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenLink {
    pub url: String,
    /// Block and line with the link.
    pub block: usize,
    pub line: usize,
    /// True if the line has a label, or consists of the link.
    pub is_whole_line: bool,
}

/// A line of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub block: usize,
    /// Number of the line in its block, from 0.
    pub number: usize,
    pub range: Range<usize>,
}

impl Line {
    pub fn text<'a>(&self, blocks: &'a [Block]) -> &'a str {
        &blocks[self.block].inline.text[self.range.clone()]
    }
}

/// Returns the blocks below a heading down to the next one, or those within an item.
pub fn blocks_of(blocks: &[Block], at: usize) -> Range<usize> {
    let is_part = |block: &Block| match blocks[at].kind {
        Kind::Heading(_) => !matches!(block.kind, Kind::Heading(_)),
        Kind::Item => block.is_within(&blocks[at]),
        Kind::Paragraph | Kind::Row => false,
    };
    let count = blocks[at + 1..].iter().take_while(|block| is_part(block)).count();
    at + 1..at + 1 + count
}

/// Returns the lines of a title's section. The first line of an item is not part of its section.
pub fn lines(blocks: &[Block], at: usize) -> Vec<Line> {
    let own = if blocks[at].kind == Kind::Item { at } else { at + 1 };
    let section = blocks_of(blocks, at);
    let mut lines = Vec::new();
    for (block, part) in blocks.iter().enumerate().take(section.end).skip(own) {
        let ranges = part.inline.lines().into_iter().enumerate();
        let ranges = ranges.skip(usize::from(block == at)).filter(|(_, range)| !range.is_empty());
        lines.extend(ranges.map(|(number, range)| Line { block, number, range }));
    }
    lines
}

/// Reports whether a line may be about the title itself. Below a heading, the further lines of an item are about the item.
fn is_about(blocks: &[Block], at: usize, line: &Line) -> bool {
    let block = &blocks[line.block];
    blocks[at].kind == Kind::Item || block.depth == 0 || block.kind == Kind::Item && line.number == 0
}

/// Returns the link that a section gives to its title: a labelled one, a first line that is one, or one that says only
/// *read more*.
pub fn given_link(blocks: &[Block], at: usize) -> Option<GivenLink> {
    let lines: Vec<Line> = lines(blocks, at).into_iter().filter(|line| is_about(blocks, at, line)).collect();
    let given = |line: &Line, url: &str, is_whole_line: bool| GivenLink {
        url: url.to_owned(),
        block: line.block,
        line: line.number,
        is_whole_line,
    };
    let read_more = |line: &Line| {
        let inline = &blocks[line.block].inline;
        inline.links_in(line.range.clone()).find(|link| words::is_read_more(&inline.text[link.range.clone()])).cloned()
    };
    for (number, line) in lines.iter().enumerate() {
        let inline = &blocks[line.block].inline;
        let text = line.text(blocks);
        if let Some((label, value)) = words::label(text) {
            let mut links = inline.links_in(line.range.start + value..line.range.end);
            if let (Label::Link | Label::Source, Some(link)) = (label, links.next()) {
                return Some(given(line, &link.url, true));
            }
        }
        let mut links = inline.links_in(line.range.clone());
        if let (Some(link), None) = (links.next(), links.next()) {
            let is_all = !text[..link.range.start - line.range.start].contains(char::is_alphanumeric)
                && !text[link.range.end - line.range.start..].contains(char::is_alphanumeric);
            if number == 0 && is_all && blocks[line.block].kind == Kind::Paragraph {
                return Some(given(line, &link.url, true));
            }
        }
        if let Some(link) = read_more(line) {
            let is_all = width(text) <= width(&inline.text[link.range.clone()]) + 2;
            // Below a heading, an item with more text is about something else.
            if is_all || blocks[at].kind == Kind::Item || blocks[line.block].kind == Kind::Paragraph {
                return Some(given(line, &link.url, is_all));
            }
        }
    }
    None
}
