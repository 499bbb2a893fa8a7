//! A file of the general layout before anything about its folder is known.

use chrono::NaiveDate;

use super::block::Block;
use super::blocks;
use super::date;
use super::header::Header;
use super::title;
use crate::digest::mojibake;
use crate::digest::text::without_byte_order_marks;

/// Front matter and blocks of a file.
pub struct Page {
    pub header: Header,
    pub blocks: Vec<Block>,
    /// Index of the document's own heading.
    pub own_heading: Option<usize>,
    /// Day of the digest; none if the file is not a digest.
    pub day: Option<NaiveDate>,
}

impl Page {
    /// Parses the text of a file.
    pub fn new(text: &str, path: &str) -> Self {
        let text = without_byte_order_marks(text);
        let text = mojibake::repair(&text);
        let header = Header::read(&text);
        let blocks = blocks::blocks(&text[header.body..], header.line);
        let own_heading = title::own_heading(&blocks);
        let day = date::of(&header, path, &blocks).filter(|_| header.unclosed.is_none());
        Self { header, blocks, own_heading, day }
    }
}
