//! A file of the general layout before anything about its folder is known.

use chrono::NaiveDate;

use super::accounts;
use super::block::Block;
use super::blocks;
use super::date;
use super::header::Header;
use super::language;
use super::ruled::{self, Ruled};
use super::title::{self, Candidate};
use super::topic;
use super::values;
use crate::digest::line_use::{LineUse, add_front_matter};
use crate::digest::mojibake;
use crate::digest::rules::{FileRules, Part};
use crate::digest::text::without_byte_order_marks;

/// Front matter and blocks of a file.
pub struct Page<'a> {
    pub header: Header,
    pub blocks: Vec<Block>,
    /// Index of the document's own heading.
    pub own_heading: Option<usize>,
    /// Day of the digest; none if the file is not a digest.
    pub day: Option<NaiveDate>,
    /// The lines of the front matter.
    pub lines: Vec<LineUse>,
    /// Kind of the place of the day.
    pub day_place: Option<&'static str>,
    /// Topic that a rule gives.
    pub topic: Option<String>,
    /// Language that a rule gives.
    pub lang: Option<&'static str>,
    pub rules: FileRules<'a>,
    /// Results of the rules for each block; empty without rules.
    pub ruled: Vec<Ruled>,
}

impl<'a> Page<'a> {
    /// Parses the text of a file.
    pub fn new(text: &str, path: &str, rules: FileRules<'a>) -> Self {
        let text = without_byte_order_marks(text);
        let text = mojibake::repair(&text);
        let header = Header::read(&text);
        let mut lines = Vec::new();
        add_front_matter(&text, header.body, &mut lines);
        let mut blocks = blocks::blocks(&text[header.body..], header.line);
        let own_heading = title::own_heading(&blocks);
        let found = date::of(&header, path, &blocks, &rules).filter(|_| header.unclosed.is_none());
        let (day, day_place) = found.unzip();
        let place = (&header, path, blocks.as_slice());
        let named = |name: &str| (!topic::slug(name).is_empty()).then(|| name.to_owned());
        let topic = values::first(&rules, Part::Topic, place, named);
        let lang = values::first(&rules, Part::Language, place, language::of_code);
        let ruled = ruled::ruled(&mut blocks, &header, path, &rules);
        Self { header, blocks, own_heading, lines, day, day_place, topic, lang, rules, ruled }
    }

    /// Returns the results of the rules for a block.
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
        let all = (0..self.blocks.len()).filter(is_open).filter_map(candidate).collect();
        accounts::without_accounts(&self.blocks, all)
    }
}
