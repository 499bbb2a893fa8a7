//! Titles: the list items and headings that name an article.

use std::ops::Range;

use super::block::{Block, Kind};
use super::days;
use super::inline::{Inline, Link, folded, width};
use super::prefix;
use super::section::{self, GivenLink};
use super::words;
use crate::digest::rules::{FileRules, Part};

/// An item or heading that is a title, unless it recurs in many files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Index of the block.
    pub block: usize,
    pub form: Form,
}

/// Evidence for a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// The text of a link: its index among the links of the block.
    Linked(usize),
    /// The text of the block, whose link is in its own section, if it has one.
    Named(Option<GivenLink>),
    /// The same, of a part of the text.
    Part(Range<usize>, Option<GivenLink>),
}

/// Returns the form of a block that may be a title. `is_labelled` if a label named it as one.
pub fn form(blocks: &[Block], at: usize, is_labelled: bool, rules: &FileRules<'_>) -> Option<Form> {
    let ruled = by_rule(blocks, at, is_labelled, rules);
    if ruled.is_some() || !rules.usual(Part::Title) {
        return ruled;
    }
    let inline = &blocks[at].inline;
    match blocks[at].kind {
        Kind::Paragraph => None,
        // A row of several links is a menu, unless the others have generic names such as *comments*.
        Kind::Row if inline.links.iter().filter(|link| is_title(inline, link)).count() > 1 => None,
        Kind::Row => first_cell(inline).or_else(|| main_link(inline)).map(Form::Linked),
        Kind::Heading(_) if days::is_only_day(&inline.text) => None,
        Kind::Heading(_) => first_link(inline).or_else(|| main_link(inline)).map(Form::Linked).or_else(|| {
            let given = section::given_link(blocks, at);
            (is_numbered(&inline.text) || given.is_some()).then_some(Form::Named(given))
        }),
        // An item above others with links names their group.
        Kind::Item if first_link(inline).is_none() && has_titles_within(blocks, at) => None,
        Kind::Item => first_link(inline).or_else(|| main_link(inline)).map(Form::Linked).or_else(|| {
            if ends_with_address(inline) {
                return inline.links.iter().position(|link| link.is_address).map(Form::Linked);
            }
            let given = is_bold(inline).then(|| section::given_link(blocks, at))?;
            given.map(|given| Form::Named(Some(given)))
        }),
    }
}

/// Returns the form of a block that is a title by a rule: a heading, or the line of a label.
fn by_rule(blocks: &[Block], at: usize, is_labelled: bool, rules: &FileRules<'_>) -> Option<Form> {
    let block = &blocks[at];
    let inline = &block.inline;
    let in_heading = || {
        let Kind::Heading(level) = block.kind else { return None };
        let has_text = |range: &Range<usize>| inline.text[range.clone()].contains(char::is_alphanumeric);
        rules.first(Part::Title, |place| place.range_in_heading(level, &inline.text).filter(has_text))
    };
    let range = match is_labelled {
        true => inline.lines().into_iter().next()?,
        false => in_heading()?,
    };
    let within = |link: &Link| range.start < link.range.end && link.range.start < range.end;
    let links: Vec<usize> = (0..).zip(&inline.links).filter(|(_, link)| within(link)).map(|(at, _)| at).collect();
    let all = width(&inline.text[range.clone()]);
    let is_main = |link: &&usize| {
        let link = &inline.links[**link];
        is_title(inline, link) && width(&inline.text[link.range.clone()]) * 2 >= all
    };
    let is_first = |link: &&usize| {
        let Range { start, end } = inline.links[**link].range.clone();
        let before = inline.text.get(range.start..start).unwrap_or_default();
        is_title(inline, &inline.links[**link]) && prefix::is_prefix(before) && ends_phrase(&inline.text[end..])
    };
    if let Some(link) = links.first().filter(is_first).or_else(|| links.iter().find(is_main)) {
        return Some(Form::Linked(*link));
    }
    // A link behind the value leads to the article, but is not its name.
    let own = |(_, link): (usize, &Link)| GivenLink { url: link.url.clone(), block: at, line: 0, is_whole_line: false };
    let behind = (0..).zip(&inline.links).find(|(_, link)| link.range.end > range.start);
    let given = section::given_link(blocks, at).or_else(|| behind.map(own));
    Some(Form::Part(range, given))
}

/// Returns the index of the link that a block begins with, if the link is not the start of a sentence.
fn first_link(inline: &Inline) -> Option<usize> {
    let link = inline.links.first().filter(|link| is_title(inline, link))?;
    let is_alone = ends_phrase(&inline.text[link.range.end..]);
    (is_alone && prefix::is_prefix(&inline.text[..link.range.start])).then_some(0)
}

/// Maximum number of blocks of which it is looked whether they begin with a link.
const MAX_WITHIN: usize = 50;

/// Reports whether items within an item begin with a link.
fn has_titles_within(blocks: &[Block], at: usize) -> bool {
    // Some of them are enough to know.
    let within = blocks[at + 1..].iter().take(MAX_WITHIN).take_while(|block| block.is_within(&blocks[at]));
    within.into_iter().any(|block| block.kind == Kind::Item && first_link(&block.inline).is_some())
}

/// Returns the index of the link that is the first cell of a row with a word.
fn first_cell(inline: &Inline) -> Option<usize> {
    let link = inline.links.first().filter(|link| is_title(inline, link))?;
    let has_word = inline.text[..link.range.start].contains(char::is_alphabetic);
    (!has_word && ends_phrase(&inline.text[link.range.end..])).then_some(0)
}

/// Returns the index of the link whose text is at least half of a block.
fn main_link(inline: &Inline) -> Option<usize> {
    let all = width(&inline.text);
    let is_main = |link: &Link| is_title(inline, link) && width(&inline.text[link.range.clone()]) * 2 >= all;
    inline.links.iter().position(is_main)
}

fn is_title(inline: &Inline, link: &Link) -> bool {
    let text = &inline.text[link.range.clone()];
    !link.is_address
        && !words::is_link_name(text)
        && !days::is_only_day(text)
        && (width(text) > 2 || text.contains(char::is_alphabetic))
}

/// Reports whether the text after a link does not continue its phrase: `[Rust](…)'s` and `[Rust](…) is` do.
fn ends_phrase(rest: &str) -> bool {
    let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
    let joins = |c: char| matches!(c, '\'' | '’' | '-' | '‑');
    let mut chars = trimmed.chars();
    match chars.next() {
        None => true,
        Some(c) if joins(c) && trimmed.len() == rest.len() => !chars.next().is_some_and(char::is_alphanumeric),
        Some(c) => !c.is_alphanumeric(),
    }
}

/// Reports whether an item is a phrase followed by its address, in the same line or the next. A name before a colon is
/// that of the address, and so are one or two words in its line.
fn ends_with_address(inline: &Inline) -> bool {
    let [link] = &inline.links[..] else { return false };
    let line = &inline.text[..link.range.start];
    let before = before_address(line);
    let words = before.split_whitespace().count();
    let is_phrase = words > 2 || words == 1 && width(before) > 7 && !before.is_ascii();
    link.is_address
        && !inline.text[link.range.end..].contains(char::is_alphanumeric)
        && !before.ends_with([':', '：'])
        && before.contains(char::is_alphabetic)
        && (is_phrase || line[before.len()..].contains('\n'))
}

/// Returns a text before an address, without the punctuation between them.
fn before_address(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || "([<（-–—".contains(c))
}

/// Reports whether a heading begins with a number, such as `3.` or `3️⃣`.
pub fn is_numbered(text: &str) -> bool {
    prefix::number(text).is_some_and(|rest| rest.contains(char::is_alphabetic))
}

/// Reports whether the whole first line is bold.
fn is_bold(inline: &Inline) -> bool {
    let line = inline.lines().into_iter().next().unwrap_or(0..0);
    let start = line.start + prefix::length(&inline.text[line.clone()]);
    let mut letters = inline.text[start..line.end].char_indices().filter(|(_, c)| c.is_alphanumeric()).peekable();
    letters.peek().is_some() && letters.all(|(at, _)| inline.is_bold(start + at))
}

/// Returns the kind of place of a title.
pub fn place(kind: Kind, form: &Form) -> &'static str {
    match (kind, form) {
        (Kind::Heading(_), Form::Linked(_)) => "heading with a link",
        (Kind::Row, _) => "table row with a link",
        (Kind::Paragraph, _) => "rule",
        (_, Form::Linked(_)) => "list item with a link",
        (Kind::Heading(_), Form::Named(None)) => "numbered heading",
        (Kind::Heading(_), Form::Named(Some(_))) => "heading above its link",
        (_, Form::Named(_)) => "bold list item above its link",
        (_, Form::Part(..)) => "rule",
    }
}

/// Returns the text of a title as published: without number, sign and host.
pub fn text(block: &Block, form: &Form) -> String {
    let inline = &block.inline;
    match form {
        Form::Linked(link) => {
            let link = &inline.links[*link];
            if link.is_address {
                return folded(before_address(own(&inline.text[..link.range.start])));
            }
            let end = super::source::in_link(inline, link).map_or(link.range.end, |host| host.start);
            folded(&inline.text[link.range.start..end])
        }
        Form::Part(range, _) => folded(own(&inline.text[range.clone()])),
        Form::Named(_) => {
            let line = inline.lines().into_iter().next().unwrap_or(0..0);
            folded(own(&inline.text[line]))
        }
    }
}

/// Returns a text without the marks before it. A tag or sign is a mark only if more text follows.
fn own(text: &str) -> &str {
    let rest = &text[prefix::length(text)..];
    if rest.contains(char::is_alphanumeric) { rest } else { prefix::number(text).unwrap_or(text) }
}

/// Returns the index of the document's own heading: the first block, if it is a heading above all others or has a day.
pub fn own_heading(blocks: &[Block]) -> Option<usize> {
    let level = |block: &Block| if let Kind::Heading(level) = block.kind { Some(level) } else { None };
    let at = blocks.iter().position(|block| level(block).is_some())?;
    let own = level(&blocks[at])?;
    let is_above = blocks[at + 1..].iter().filter_map(level).all(|other| other > own);
    let has_items = blocks[..at].iter().any(|block| block.kind == Kind::Item);
    let is_numbered = is_numbered(&blocks[at].inline.text);
    let has_day = !days::days(&blocks[at].inline.text).is_empty();
    (!has_items && (has_day || is_above && !is_numbered && blocks[at].inline.links.is_empty())).then_some(at)
}
