//! Builder of blocks from the events of a Markdown parser and the tags of HTML.

use std::ops::Range;

use super::block::{Block, CELL, Kind};
use super::inline::{Inline, folded, is_web};

/// A block that is not complete yet.
struct Open {
    kind: Kind,
    inline: Inline,
    depth: usize,
    line: usize,
    lines: Vec<(usize, usize)>,
    /// True for the head of a table.
    is_head: bool,
}

/// Builder of blocks.
pub struct Builder {
    /// Offset of each line break of the text, and the number of its first line.
    breaks: Vec<usize>,
    first: usize,
    blocks: Vec<Block>,
    open: Option<Open>,
    depth: usize,
    bold: Vec<usize>,
    code: Vec<usize>,
    links: Vec<(usize, String)>,
    /// Number of images around the current text, which is theirs.
    images: usize,
    /// False if a block was added out of order.
    is_sorted: bool,
}

impl Builder {
    pub fn new(text: &str, first: usize) -> Self {
        Self {
            breaks: memchr::memchr_iter(b'\n', text.as_bytes()).collect(),
            first,
            blocks: Vec::new(),
            open: None,
            depth: 0,
            bold: Vec::new(),
            code: Vec::new(),
            links: Vec::new(),
            images: 0,
            is_sorted: true,
        }
    }

    fn line_at(&self, offset: usize) -> usize {
        self.first + self.breaks.partition_point(|at| *at < offset)
    }

    fn open(&mut self, kind: Kind, offset: usize) -> &mut Open {
        self.end_block();
        self.begin(kind, offset)
    }

    /// Opens a block where none is open. A link or emphasis that has begun before its first text is part of it.
    fn begin(&mut self, kind: Kind, offset: usize) -> &mut Open {
        let (depth, line) = (self.depth, self.line_at(offset));
        self.open.insert(Open { kind, inline: Inline::default(), depth, line, lines: Vec::new(), is_head: false })
    }

    /// Opens a heading. In a list item, `# 1 priority` is its text.
    pub fn heading(&mut self, level: u8, offset: usize) {
        match self.depth {
            0 => drop(self.open(Kind::Heading(level), offset)),
            _ => self.paragraph(offset),
        }
    }

    pub fn begin_item(&mut self, offset: usize) {
        self.end_block();
        self.depth += 1;
        self.open(Kind::Item, offset);
    }

    pub fn end_item(&mut self) {
        self.end_block();
        self.depth = self.depth.saturating_sub(1);
    }

    /// Completes all items but the given number.
    pub fn end_items(&mut self, depth: usize) {
        self.end_block();
        self.depth = depth;
    }

    /// Returns the number of open items.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Opens a paragraph, or continues an item that has no text yet.
    pub fn paragraph(&mut self, offset: usize) {
        if !self.open.as_ref().is_some_and(|open| open.kind == Kind::Item && open.inline.text.trim().is_empty()) {
            self.open(Kind::Paragraph, offset);
        }
    }

    pub fn row(&mut self, is_head: bool, offset: usize) {
        self.open(Kind::Row, offset).is_head = is_head;
    }

    /// Begins a cell of a row.
    pub fn cell(&mut self) {
        if let Some(open) = &mut self.open {
            let text = &mut open.inline.text;
            if !text.trim().is_empty() {
                text.push_str(CELL);
            }
        }
    }

    pub fn text(&mut self, text: &str, offset: usize) {
        if self.images > 0 {
            return;
        }
        if self.open.is_none() {
            if text.trim().is_empty() {
                return;
            }
            self.begin(Kind::Paragraph, offset);
        }
        let line = self.line_at(offset);
        if let Some(open) = &mut self.open {
            let start = open.inline.text.len();
            if !text.trim().is_empty() && open.lines.last().is_none_or(|(_, last)| *last < line) {
                open.lines.push((start, line));
            }
            // Code has its lines in one text.
            let breaks = text.trim_end().match_indices('\n').map(|(at, _)| at + 1);
            open.lines.extend((line + 1..).zip(breaks).map(|(line, at)| (start + at, line)));
            open.inline.text.push_str(text);
        }
    }

    pub fn line_break(&mut self) {
        if let Some(open) = self.open.as_mut().filter(|open| !open.inline.text.trim().is_empty()) {
            open.inline.text.push('\n');
        }
    }

    pub fn code(&mut self, text: &str, offset: usize) {
        self.begin_code();
        self.text(text, offset);
        self.end_code();
    }

    pub fn begin_code(&mut self) {
        self.code.push(self.length());
    }

    pub fn end_code(&mut self) {
        if let (Some(start), Some(open)) = (self.code.pop(), &mut self.open) {
            push_range(&mut open.inline.code, start..open.inline.text.len());
        }
    }

    /// Ends code that a tag of HTML began.
    pub fn end_tagged_code(&mut self) {
        if let (Some(start), Some(open)) = (self.code.last(), &mut self.open) {
            push_range(&mut open.inline.tagged, *start..open.inline.text.len());
        }
        self.end_code();
    }

    pub fn begin_bold(&mut self) {
        self.bold.push(self.length());
    }

    pub fn end_bold(&mut self) {
        if let (Some(start), Some(open)) = (self.bold.pop(), &mut self.open) {
            push_range(&mut open.inline.bold, start..open.inline.text.len());
        }
    }

    pub fn begin_image(&mut self) {
        self.images += 1;
    }

    pub fn end_image(&mut self) {
        self.images = self.images.saturating_sub(1);
    }

    pub fn begin_link(&mut self, url: &str) {
        self.links.push((self.length(), url.trim().to_owned()));
    }

    pub fn end_link(&mut self) {
        if let (Some((start, url)), Some(open)) = (self.links.pop(), &mut self.open) {
            let end = open.inline.text.len();
            // Links do not nest; of two, the inner one counts.
            let is_free = open.inline.links.last().is_none_or(|last| last.range.end <= start);
            if start < end && is_free && is_web(&url) {
                open.inline.add_link(start..end, &url);
            }
        }
    }

    /// Adds a paragraph that the Markdown parser takes for markup.
    pub fn sentence(&mut self, text: &str, offset: usize) {
        self.end_block();
        let line = self.line_at(offset);
        let inline = Inline { text: folded(text), ..Inline::default() };
        self.blocks.push(Block { kind: Kind::Paragraph, inline, depth: 0, line, lines: Vec::new() });
        self.is_sorted = false;
    }

    /// Completes the current block. One without letters or digits has no text.
    pub fn end_block(&mut self) {
        (self.bold, self.code, self.links) = Default::default();
        let Some(Open { kind, mut inline, depth, line, lines, is_head }) = self.open.take() else { return };
        // The head of a table names its columns, unless it has links, as a first row may have.
        if is_head && inline.links.is_empty() || !inline.text.contains(char::is_alphanumeric) {
            return;
        }
        inline.add_addresses();
        self.blocks.push(Block { kind, inline, depth, line, lines });
    }

    fn length(&self) -> usize {
        self.open.as_ref().map_or(0, |open| open.inline.text.len())
    }

    pub fn finish(mut self) -> Vec<Block> {
        self.end_block();
        if !self.is_sorted {
            self.blocks.sort_by_key(|block| block.line);
        }
        self.blocks
    }
}

/// Adds a range after others, whose order and separation is kept: of nested ones, the outer one remains.
fn push_range(ranges: &mut Vec<Range<usize>>, range: Range<usize>) {
    while ranges.last().is_some_and(|last| last.start >= range.start) {
        ranges.pop();
    }
    if range.start < range.end {
        ranges.push(range);
    }
}
