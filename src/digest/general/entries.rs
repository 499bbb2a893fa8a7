//! Entries of a digest: blocks in file order → titles, bullets and highlights.

use super::block::{Block, Kind};
use super::facts;
use super::headings::{self, Headings, Role};
use super::inline::{Inline, folded};
use super::page::Page;
use super::ruled::Area;
use super::taken::Taken;
use super::title::{self, Candidate};
use super::titles;
use super::words;
use crate::digest::rules::Part;
use crate::digest::{Bullet, Digest, Highlight, LineUse, Use};
use crate::model::Attribution;

/// Reads the entries of a page without those whose keys recur, and notes what became of its lines.
pub fn read(page: &Page, recurring: &[u64], out: &mut Digest, lines: &mut Vec<LineUse>) {
    let blocks = &page.blocks;
    let candidates = page.candidates();
    let is_new = |candidate: &Candidate| recurring.binary_search(&facts::key(blocks, candidate)).is_err();
    let (titled, repeated): (Vec<Candidate>, Vec<Candidate>) = candidates.into_iter().partition(is_new);
    let mut taken = Taken::default();
    let mut read = titles::read(page, &titled, &mut taken).into_iter().peekable();
    let mut headings = Headings::default();
    let is_one =
        |candidates: &[Candidate], at: usize| candidates.binary_search_by_key(&at, |other| other.block).is_ok();
    for (at, block) in blocks.iter().enumerate() {
        if let Kind::Heading(level) = block.kind {
            headings.close(level);
        }
        let title = read.next_if(|(block, _)| *block == at);
        let place = titled.get(out.titles.len()).filter(|_| title.is_some());
        let place = place.map_or_else(|| place_of(block.kind), |candidate| title::place(block.kind, &candidate.form));
        if let Some((_, mut title)) = title {
            title.section = headings.section();
            title.perspective = perspective(page, at, &headings, out);
            out.titles.push(title);
        }
        let is_skipped = page.ruled(at).is_some_and(|ruled| ruled.area == Some(Area::Skipped));
        let becomes = if let Kind::Heading(level) = block.kind {
            if Some(at) != page.own_heading {
                headings.open(level, &block.inline.text, &page.rules);
            }
            if is_skipped { SKIPPED } else { Use::Heading }
        } else {
            let is_frame =
                facts::is_frame(block) && recurring.binary_search(&facts::text_key(&block.inline.text)).is_ok();
            out.repeated += usize::from(is_frame && !is_skipped);
            match () {
                () if is_frame => Use::Nothing("recurs in many files"),
                () if is_menu(block) => Use::Nothing("menu"),
                () => push_text(page, at, &taken, &headings, out),
            }
        };
        for (number, range) in block.inline.lines().into_iter().enumerate() {
            let becomes = taken.of(at, number).unwrap_or(becomes);
            lines.extend(block.lines_of(&range).map(|line| LineUse { line, becomes, place }));
        }
        if !is_one(&titled, at) && !is_one(&repeated, at) && !is_skipped {
            add_loose_links(block, at, &taken, &mut out.loose_links);
        }
    }
}

/// Reports whether a line or a row outside of lists consists of several links and pieces of code only, at least one of
/// them a link: `[Archive](…) | [Subscribe](…)`.
fn is_menu(block: &Block) -> bool {
    let Inline { text, links, code, .. } = &block.inline;
    let is_line = block.depth == 0 && !text.contains('\n');
    if !is_line || links.is_empty() || links.iter().any(|link| link.is_address) || links.len() + code.len() < 2 {
        return false;
    }
    let mut parts: Vec<_> = links.iter().map(|link| &link.range).chain(code).collect();
    parts.sort_by_key(|range| range.start);
    let ends = parts.iter().map(|range| range.end);
    let starts = parts.iter().map(|range| range.start).skip(1).chain([text.len()]);
    let is_blank = |(end, start): (usize, usize)| !text[end.min(start)..start].contains(char::is_alphanumeric);
    !text[..parts[0].start].contains(char::is_alphanumeric) && ends.zip(starts).all(is_blank)
}

/// Returns the perspective of a block, with the evidence: a rule or a heading.
fn perspective(page: &Page<'_>, at: usize, headings: &Headings, out: &mut Digest) -> Option<(usize, Attribution)> {
    let ruled = page.ruled(at).and_then(|ruled| ruled.perspective.as_deref());
    match (ruled, headings.perspective()) {
        (Some(name), _) => Some((headings::place_of(name, out)?, Attribution::Configured)),
        (None, Some(name)) => Some((headings::place_of(name, out)?, Attribution::Heading)),
        (None, None) => None,
    }
}

/// Use of the lines of a skipped section.
const SKIPPED: Use = Use::Nothing("skipped by a rule");

/// Returns the kind of place of an entry that is no title.
fn place_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Heading(_) => "heading",
        Kind::Item => "list item",
        Kind::Paragraph => "paragraph",
        Kind::Row => "table row",
    }
}

/// Adds the lines of a block that belong to no title as a bullet or highlight.
fn push_text(page: &Page<'_>, at: usize, taken: &Taken, headings: &Headings, out: &mut Digest) -> Use {
    let block = &page.blocks[at];
    let lines = block.inline.lines().into_iter().enumerate().filter(|(line, _)| !taken.has(at, *line));
    let text = folded(&lines.map(|(_, range)| &block.inline.text[range]).collect::<Vec<_>>().join(" "));
    if !text.contains(char::is_alphanumeric) {
        return Use::Nothing("no text");
    }
    if let [link] = &block.inline.links[..]
        && link.is_address
        && block.inline.text.trim() == &block.inline.text[link.range.clone()]
    {
        return Use::Nothing("an address without a title");
    }
    let section = headings.section();
    let area = match page.ruled(at).and_then(|ruled| ruled.area) {
        None if headings.role() == Role::Highlights => Area::Highlights,
        None if page.rules.usual(Part::Bullet) => Area::Bullets,
        None => return Use::Nothing("no bullet by the rules"),
        Some(area) => area,
    };
    match area {
        Area::Skipped => SKIPPED,
        Area::Highlights => {
            out.highlights.push(Highlight { text, section });
            Use::Highlight(out.highlights.len() - 1)
        }
        Area::Bullets => {
            let perspective = perspective(page, at, headings, out).map(|(perspective, _)| perspective);
            out.bullets.push(Bullet { perspective, text, section });
            Use::Bullet(out.bullets.len() - 1)
        }
    }
}

/// Adds the links of a block that are part of no title.
fn add_loose_links(block: &Block, at: usize, taken: &Taken, loose: &mut Vec<(usize, String)>) {
    let inline = &block.inline;
    for (_, range) in inline.lines().into_iter().enumerate().filter(|(line, _)| !taken.has(at, *line)) {
        for link in inline.links_in(range) {
            let text = inline.link_text(link);
            let is_alone = link.is_address && inline.text.trim() == text;
            if is_alone || !link.is_address && !words::is_link_name(&text) {
                loose.push((block.lines_of(&link.range).next().unwrap_or(block.line), text));
            }
        }
    }
}
