//! A file of the general layout before anything about its folder is known.

use chrono::NaiveDate;

use super::block::Block;
use super::blocks;
use super::date;
use super::header::Header;
use super::ruled::{self, Ruled};
use super::title::{self, Candidate};
use crate::digest::mojibake;
use crate::digest::rules::FileRules;
use crate::digest::text::without_byte_order_marks;

/// Front matter and blocks of a file.
pub struct Page<'a> {
    pub header: Header,
    pub blocks: Vec<Block>,
    /// Index of the document's own heading.
    pub own_heading: Option<usize>,
    /// Day of the digest; none if the file is not a digest.
    pub day: Option<NaiveDate>,
    pub rules: FileRules<'a>,
    /// What the rules say about each block; empty without rules.
    pub ruled: Vec<Ruled>,
}

impl<'a> Page<'a> {
    /// Parses the text of a file.
    pub fn new(text: &str, path: &str, rules: FileRules<'a>) -> Self {
        let text = without_byte_order_marks(text);
        let text = mojibake::repair(&text);
        let header = Header::read(&text);
        let mut blocks = blocks::blocks(&text[header.body..], header.line);
        let own_heading = title::own_heading(&blocks);
        let day = date::of(&header, path, &blocks, &rules).filter(|_| header.unclosed.is_none());
        let ruled = ruled::ruled(&mut blocks, &header, path, &rules);
        Self { header, blocks, own_heading, day, rules, ruled }
    }

    /// Returns what the rules say about a block.
    pub fn ruled(&self, block: usize) -> Option<&Ruled> {
        self.ruled.get(block)
    }

    /// Returns the blocks that may be titles, in order.
    pub fn candidates(&self) -> Vec<Candidate> {
        let is_open =
            |at: &usize| Some(*at) != self.own_heading && self.ruled(*at).is_none_or(|ruled| ruled.area.is_none());
        let is_labelled = |at: usize| self.ruled(at).is_some_and(|ruled| ruled.is_title);
        let candidate = |at: usize| {
            title::form(&self.blocks, at, is_labelled(at), &self.rules).map(|form| Candidate { block: at, form })
        };
        (0..self.blocks.len()).filter(is_open).filter_map(candidate).collect()
    }
}
