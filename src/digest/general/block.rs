//! Blocks of a digest: headings, list items, paragraphs and rows of tables.

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

    /// Reports whether the block is part of the list item that `item` begins.
    pub fn is_within(&self, item: &Block) -> bool {
        match self.kind {
            Kind::Heading(_) => false,
            Kind::Item => self.depth > item.depth,
            Kind::Paragraph | Kind::Row => item.depth > 0 && self.depth >= item.depth,
        }
    }
}
