//! Facts that one file gives about its folder. Those of all files together decide how each of them is read.

use chrono::NaiveDate;
use xxhash_rust::xxh3::xxh3_64;

use super::block::{Block, Kind};
use super::days;
use super::language;
use super::page::Page;
use super::title::{self, Candidate};
use super::words;
use crate::digest::Conventions;

/// Facts of a dated file of the general layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Day of the digest.
    pub day: NaiveDate,
    /// Topic in the front matter.
    pub topic: Option<String>,
    /// First category in the front matter.
    pub category: Option<String>,
    /// Language in the front matter.
    pub lang: Option<String>,
    /// Language detected from the text with certainty.
    pub detected: Option<String>,
    /// Language that a text too short for certainty may have.
    pub guessed: Option<String>,
    /// Keys of the parts that belong to the page if they recur in many files: headings, bold items and rows that may be
    /// titles, and paragraphs; sorted.
    pub parts: Vec<u64>,
    /// Keys of the other items that may be titles, which recur in most files if they belong to the page; sorted.
    pub items: Vec<u64>,
}

impl Facts {
    /// Returns the facts of a file as the settings read it; none of a file without a day.
    pub fn of(text: &str, path: &str, conventions: &Conventions) -> Option<Self> {
        let page = Page::new(text, path, conventions.rules_of(path));
        let day = page.day?;
        let candidates = page.candidates();
        let (mut parts, mut items) = (Vec::new(), Vec::new());
        for candidate in &candidates {
            let keys = if is_plain_item(&page.blocks, candidate) { &mut items } else { &mut parts };
            keys.push(key(&page.blocks, candidate));
        }
        let is_candidate = |at: usize| candidates.binary_search_by_key(&at, |candidate| candidate.block).is_ok();
        let texts = page.blocks.iter().enumerate().filter(|(at, block)| is_frame(block) && !is_candidate(*at));
        parts.extend(texts.map(|(_, block)| text_key(&block.inline.text)));
        let (found, certain) = language::detect(&language::sample(&page.blocks)).unzip();
        let (found, certain) = (found.map(str::to_owned), certain.unwrap_or_default());
        let header = &page.header;
        let in_keys = || ["lang", "language", "locale"].iter().find_map(|key| language::of_code(header.value(key)?));
        let category = header.value("category").or_else(|| header.value("categories"));
        Some(Self {
            day,
            topic: page.topic.or_else(|| header.value("topic").map(str::to_owned)),
            category: category.map(str::to_owned),
            lang: page.lang.or_else(in_keys).map(str::to_owned),
            detected: certain.then(|| found.clone()).flatten(),
            guessed: found.filter(|_| !certain),
            parts: sorted(parts),
            items: sorted(items),
        })
    }
}

/// Reports whether a candidate is an item with a link, which recurs only as part of a menu.
fn is_plain_item(blocks: &[Block], candidate: &Candidate) -> bool {
    blocks[candidate.block].kind == Kind::Item && matches!(candidate.form, title::Form::Linked(_))
}

/// Reports whether a block may be part of the page around a digest, such as a greeting or a menu.
pub fn is_frame(block: &Block) -> bool {
    block.depth == 0 && matches!(block.kind, Kind::Paragraph | Kind::Row)
}

fn sorted(mut keys: Vec<u64>) -> Vec<u64> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Returns the key of a candidate.
pub fn key(blocks: &[Block], candidate: &Candidate) -> u64 {
    text_key(&title::text(&blocks[candidate.block], &candidate.form))
}

/// Returns the key of a text: a hash of it in lower case, without days and the times beside them.
pub fn text_key(text: &str) -> u64 {
    let (mut rest, mut at) = (String::new(), 0);
    for (_, range) in days::days(text) {
        rest.push_str(&text[at..range.start]);
        at = range.end + time_length(&text[range.end..]);
    }
    rest.push_str(&text[at..]);
    xxh3_64(words::bare(&rest).as_bytes())
}

/// Returns the length of a time at the start of a text, such as ` 08:30`.
fn time_length(text: &str) -> usize {
    let start = text.len() - text.trim_start_matches([' ', 'T', ',']).len();
    let is_part = |c: char| c.is_ascii_digit() || c == ':';
    let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |end| start + end);
    if text[start..end].contains(':') { end } else { 0 }
}
