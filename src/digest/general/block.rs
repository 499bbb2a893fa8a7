//! Blocks of a digest: headings, list items, paragraphs and rows of tables.

use std::ops::Range;

use super::inline::Inline;
use super::words;

/// Text between the cells of a row.
pub const CELL: &str = " | ";

/// A block with visible text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub kind: Kind,
    pub inline: Inline,
    /// Number of list items around it, itself included.
    pub depth: usize,
    /// Line in the file, from 1.
    pub line: usize,
    /// Offsets in the text where a new line of the file begins, each with that line.
    pub lines: Vec<(usize, usize)>,
}

/// Kind of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Heading of a level from 1 to 6.
    Heading(u8),
    /// First paragraph of a list item.
    Item,
    /// Any other text: paragraph, quotation, code.
    Paragraph,
    /// Row of a table.
    Row,
}

impl Block {
    /// Returns the first line of its text.
    pub fn first_line(&self) -> &str {
        &self.inline.text[self.inline.lines().into_iter().next().unwrap_or(0..0)]
    }

    /// Returns its label, without signs around it, and the offset of the text after it: the first cell of a row, or what
    /// precedes the colon in the first line.
    pub fn label(&self) -> Option<(&str, usize)> {
        let line = self.first_line();
        match (self.kind, line.find(CELL)) {
            (Kind::Heading(_), _) => None,
            (Kind::Row, Some(end)) => words::as_label(&line[..end]).map(|label| (label, end + CELL.len())),
            _ => words::any_label(line),
        }
    }

    /// Removes its text up to an offset within the first line.
    pub fn remove_start(&mut self, end: usize) {
        self.inline.remove_start(end);
        self.lines.iter_mut().for_each(|(at, _)| *at = at.saturating_sub(end));
    }

    /// Iterates over the lines of the file that a range of the text comes from.
    pub fn lines_of(&self, range: &Range<usize>) -> impl Iterator<Item = usize> {
        let first = self.lines.partition_point(|(at, _)| *at <= range.start).saturating_sub(1);
        let end = range.end;
        let found = self.lines.get(first..).unwrap_or_default().iter().enumerate();
        let found = found.take_while(move |(number, (at, _))| *number == 0 || *at < end).map(|(_, (_, line))| *line);
        found.chain(self.lines.is_empty().then_some(self.line))
    }

    /// Reports whether the block is part of the list item that `item` begins.
    pub fn is_within(&self, item: &Block) -> bool {
        match self.kind {
            Kind::Heading(_) => false,
            Kind::Item => self.depth > item.depth,
            Kind::Paragraph | Kind::Row => item.depth > 0 && self.depth >= item.depth,
        }
    }
}
