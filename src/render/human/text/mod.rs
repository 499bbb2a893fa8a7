//! Answers for people at a terminal.

mod blocks;
mod columns;
mod line;
mod list;
mod paint;
mod table;

use std::io::{self, Write};

use super::blocks::Block;
use crate::render::Style;

/// Writes blocks as text.
pub fn write(blocks: &[Block<'_>], style: Style, out: &mut dyn Write) -> io::Result<()> {
    blocks::Text::new(style, out).blocks(blocks)
}
