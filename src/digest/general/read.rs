//! Reader of the general layout: blocks in file order → titles, bullets and highlights.

use chrono::NaiveDate;

use super::block::{Block, Kind};
use super::facts;
use super::headings::{self, Headings, Role};
use super::inline::{Inline, folded};
use super::page::Page;
use super::reading::Reading;
use super::ruled::Area;
use super::taken::Taken;
use super::title::{self, Candidate};
use super::titles;
use super::words;
use crate::digest::custom_values::CustomValues;
use crate::digest::front_matter::boolean;
use crate::digest::rules::Part;
use crate::digest::{
    Bullet, Conventions, Digest, Highlight, Layout, LineUse, Outcome, Parsed, Places, Subject, Use, Warning,
};
use crate::model::Attribution;

/// Number of titles with which an undated file looks like a digest.
const MANY_TITLES: usize = 5;

/// Names of files that list links but are no digests.
const OTHER_FILES: [&str; 9] =
    ["readme", "index", "about", "contributing", "license", "changelog", "links", "sources", "resources"];

/// Reads the text of a file as its folder decides.
pub fn read(text: &str, path: &str, reading: Option<&Reading>, conventions: &Conventions) -> Parsed {
    let page = Page::new(text, path, conventions.rules_of(path));
    let mut warnings: Vec<_> = draft_warning(&page).into_iter().collect();
    let mut lines = page.lines.clone();
    let mut outcome = match (page.day, reading) {
        (Some(day), Some(reading)) => digest(&page, day, reading, &mut lines),
        // Without a decision, the folder does not know this file as a digest.
        (Some(_), None) | (None, _) => undated(&page, path),
    };
    if let Outcome::Digest(digest) = &mut outcome {
        let mut values = CustomValues::new(conventions);
        for (key, line, texts) in page.header.keys() {
            values.add(key, line, &mut warnings, |_| texts.to_vec());
        }
        digest.fields = values.finish();
        digest.rules = page.rules.used();
    }
    Parsed { outcome, warnings, lines }
}

/// Returns the outcome for a file without a day.
fn undated(page: &Page, path: &str) -> Outcome {
    if super::path::is_index(path) {
        return Outcome::NotADigest;
    }
    if let Some(line) = page.header.unclosed {
        let message = "missing `---` line after the front matter; the file may be truncated";
        return Outcome::Unusable(Warning::at(line, message));
    }
    if let Some((values, line)) = page.header.values("date") {
        let written = values.first().map_or("", String::as_str);
        let message = match written.chars().take(60).collect::<String>() {
            text if text.is_empty() => "the key `date` has no value".to_owned(),
            text => format!("invalid `date: {text}`; write it as 2026-01-07"),
        };
        return Outcome::Unusable(Warning::at(line, message));
    }
    let stem = super::path::stem(path).to_lowercase();
    let titles = page.candidates().len();
    match page.header.values("topic") {
        Some((_, line)) => Outcome::Unusable(Warning::at(
            line,
            "has a topic, but no date in its front matter, name, path or first headings",
        )),
        None if titles >= MANY_TITLES && !OTHER_FILES.contains(&stem.as_str()) => {
            Outcome::Unusable(Warning::file(format!(
                "looks like a digest with {titles} titles, but has no date in its front matter, name, path or first headings"
            )))
        }
        None => Outcome::NotADigest,
    }
}

fn digest(page: &Page, date: NaiveDate, reading: &Reading, lines: &mut Vec<LineUse>) -> Outcome {
    let mut out = Digest {
        topic: reading.topic.clone(),
        topic_name: reading.topic_name.clone(),
        variant: reading.variant.clone(),
        lang: reading.lang.clone(),
        layout: Layout::General,
        date,
        places: places(page, reading),
        draft: page.header.value("draft").is_some_and(is_true),
        ..Digest::default()
    };
    let head = out.clone();
    read_entries(page, &reading.recurring, &mut out, lines);
    let count = |digest: &Digest| digest.highlights.len() + digest.bullets.len() + digest.titles.len();
    if count(&out) == 0 {
        // A digest of nothing but recurring text, such as *no news today*.
        out = head;
        lines.truncate(page.lines.len());
        read_entries(page, &[], &mut out, lines);
    }
    let entries = count(&out);
    if entries == 0 {
        return Outcome::Unusable(Warning::file(format!("dated {date}, but has no titles, bullets or highlights")));
    }
    Warning::too_many(entries).map_or_else(|| Outcome::Digest(Box::new(out)), Outcome::Unusable)
}

/// Returns the places of the parts of the whole digest.
fn places(page: &Page, reading: &Reading) -> Places {
    let own = |is_ruled: bool, key| if is_ruled { "rule" } else { key };
    Places {
        date: page.day_place.unwrap_or_default(),
        topic: reading.topic_place.unwrap_or(own(page.topic.is_some(), "key `topic`")),
        lang: match &reading.lang {
            Some(_) => reading.lang_place.unwrap_or(own(page.lang.is_some(), "key `lang`")),
            None => "",
        },
    }
}

fn is_true(value: &str) -> bool {
    boolean(value) == Some(true)
}

fn draft_warning(page: &Page) -> Option<(Subject, Warning)> {
    let (values, line) = page.header.values("draft")?;
    let value = values.first().filter(|value| boolean(value).is_none())?;
    let message = format!("expected true or false, found `draft: {value}`; read as false");
    Some((Subject::FrontMatter, Warning::at(line, message)))
}

fn read_entries(page: &Page, recurring: &[u64], out: &mut Digest, lines: &mut Vec<LineUse>) {
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
            out.repeated += usize::from(is_frame);
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
