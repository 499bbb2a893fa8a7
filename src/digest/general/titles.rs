//! Titles with their link, source and description.

use std::ops::Range;

use super::block::{Block, Kind};
use super::inline::{Inline, Link, folded};
use super::page::Page;
use super::prefix;
use super::section::{self, Line};
use super::source;
use super::taken::Taken;
use super::title::{self, Candidate, Form};
use super::words::{self, Label};
use crate::digest::rules::{FileRules, Part, PlaceKind};
use crate::digest::{Title, Use};

/// Reads the titles of a digest, each with its block. The lines that belong to them are taken.
pub fn read(page: &Page<'_>, titled: &[Candidate], taken: &mut Taken) -> Vec<(usize, Title)> {
    let numbered = titled.iter().enumerate();
    numbered.map(|(number, candidate)| (candidate.block, one(page, number, titled, taken))).collect()
}

/// Parts of a title that are found below its link.
#[derive(Default)]
struct Found {
    url: Option<String>,
    source: Option<String>,
    /// Kind of the place where the source was found.
    source_place: &'static str,
    /// Source by a rule, and the place of the rule among those of sources.
    ruled_source: Option<(usize, String)>,
    description: Vec<String>,
}

impl Found {
    /// Adds a source by a rule. The first rule of the settings counts.
    fn add_ruled(&mut self, source: Option<(usize, String)>) {
        self.ruled_source = [self.ruled_source.take(), source].into_iter().flatten().min_by_key(|(place, _)| *place);
    }
}

fn one(page: &Page<'_>, number: usize, titled: &[Candidate], taken: &mut Taken) -> Title {
    let (blocks, candidate) = (&page.blocks, &titled[number]);
    let (at, block) = (candidate.block, &blocks[candidate.block]);
    let mut found = Found::default();
    let mut host_in_link = None;
    let lines = block.inline.lines();
    // The lines of an item up to the end of its link, and all of another block.
    let last = match &candidate.form {
        Form::Linked(link) if block.kind == Kind::Item => {
            let end = block.inline.links[*link].range.end;
            lines.iter().position(|line| line.end >= end).unwrap_or_default()
        }
        Form::Named(_) | Form::Part(..) if !matches!(block.kind, Kind::Heading(_)) => 0,
        _ => lines.len().saturating_sub(1),
    };
    (0..=last).for_each(|line| taken.add(at, line, Use::Title(number)));
    match &candidate.form {
        Form::Linked(link) => {
            let link = &block.inline.links[*link];
            found.url = Some(link.url.clone());
            host_in_link = source::in_link(&block.inline, link)
                .map(|range| folded(&block.inline.text[range]).trim_start_matches("www.").to_owned());
            if !link.is_address {
                let end = lines.get(last).map_or(block.inline.text.len(), |line| line.end);
                around(block, link, end, &page.rules, &mut found);
            }
        }
        Form::Named(given) | Form::Part(_, given) => {
            if let Some(given) = given {
                found.url = Some(given.url.clone());
                if given.is_whole_line {
                    taken.add(given.block, given.line, Use::Link(number));
                }
            }
        }
    }
    below(page, number, titled, taken, &mut found);
    found.add_ruled(page.ruled(at).and_then(|ruled| ruled.source.clone()));
    let (source, source_place) = source_of(&mut found, host_in_link, page.rules.usual(Part::Source)).unzip();
    Title {
        text: title::text(block, &candidate.form),
        source,
        source_place: source_place.unwrap_or_default(),
        description: (!found.description.is_empty()).then(|| found.description.join(" ")),
        url: found.url,
        line: block.line,
        ..Title::default()
    }
}

/// Returns the source of a title and its kind of place. Without `usual`, only that of a rule.
fn source_of(found: &mut Found, in_link: Option<String>, usual: bool) -> Option<(String, &'static str)> {
    let ruled = found.ruled_source.take().map(|(_, name)| (name, "rule"));
    ruled.or_else(|| {
        let named = found.source.take().filter(|_| usual);
        let in_link = || in_link.filter(|_| usual).map(|host| (host, "host within the link"));
        let host =
            || found.url.as_deref().filter(|_| usual).and_then(source::host).map(|host| (host, "host of the link"));
        named.map(|name| (name, found.source_place)).or_else(in_link).or_else(host)
    })
}

/// Reads the text before a link and after it, up to an offset: a description and a source at its end.
fn around(block: &Block, link: &Link, end: usize, rules: &FileRules<'_>, found: &mut Found) {
    let inline = &block.inline;
    let before = &inline.text[..link.range.start];
    prefix::tags(before).for_each(|tag| push(&mut found.description, tag));
    let before = &before[prefix::length(before)..];
    // The number of a row needs no dot.
    if before.contains(char::is_alphabetic) {
        push(&mut found.description, before);
    }
    let mut rest = without_link_names(inline, link.range.end, end);
    let mut at = 0..;
    let after = rules.first(Part::Source, |place| {
        let (at, PlaceKind::After(pattern)) = (at.next()?, &place.kind) else { return None };
        let range = pattern.find(&rest).filter(|range| !rest[range.clone()].trim().is_empty())?;
        Some((at, place.counting(&rest[range.clone()]), range))
    });
    if let Some((place, name, range)) = after {
        found.add_ruled(Some((place, name)));
        rest.replace_range(range, "");
    }
    let description = match source::at_end(&rest, block.kind == Kind::Row) {
        Some((name, whole)) => {
            (found.source, found.source_place) = (Some(folded(&rest[name])), "end of the line");
            &rest[..whole.start]
        }
        None => &rest,
    };
    push(&mut found.description, description);
}

/// Returns the text of a range without links that name only themselves, such as *comments*.
fn without_link_names(inline: &Inline, start: usize, end: usize) -> String {
    let (mut rest, mut at) = (String::new(), start);
    for link in inline.links_in(start..end) {
        if link.is_address || words::is_link_name(&inline.text[link.range.clone()]) {
            rest.push_str(&inline.text[at..link.range.start]);
            // A link may go on in the next line.
            at = link.range.end.min(end);
        }
    }
    rest.push_str(&inline.text[at..end]);
    rest
}

/// Adds a piece of a description, without the punctuation around it.
fn push(description: &mut Vec<String>, text: &str) {
    let is_edge = |c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '·' | '•' | ':' | '：' | ',' | '，' | '>' | '*')
    };
    let text = text.trim_start_matches(|c| is_edge(c) || matches!(c, '.' | '。' | '!' | '?' | ')' | ']' | '」'));
    let text = folded(text.trim_end_matches(|c| is_edge(c) || matches!(c, '(' | '（' | '[')));
    if text.contains(char::is_alphanumeric) {
        description.push(text);
    }
}

/// Returns the source in a line whose label is that of a rule, with the place of the rule.
fn labelled_source(inline: &Inline, range: Range<usize>, rules: &FileRules<'_>) -> Option<(usize, String)> {
    let text = &inline.text[range.clone()];
    let mut at = 0..;
    rules.first(Part::Source, |place| {
        let (at, (label, value)) = (at.next()?, words::any_label(text)?);
        place.in_label(label)?;
        let link = inline.links_in(range.start + value..range.end).find(|link| !link.is_address);
        let name = link.map_or_else(|| folded(text[value..].trim_matches('*')), |link| inline.link_text(link));
        (!name.is_empty()).then(|| (at, place.counting(&name)))
    })
}

/// Reads the section of a title: labelled lines of any block, and all text of an item.
fn below(page: &Page<'_>, of: usize, titled: &[Candidate], taken: &mut Taken, found: &mut Found) {
    let blocks = page.blocks.as_slice();
    let at = titled[of].block;
    // Another title within the section, whose lines are its own.
    let mut inner: Option<usize> = None;
    let mut summary_of = None;
    for Line { block, number, range } in section::lines(blocks, at) {
        if block != at && titled.binary_search_by_key(&block, |other| other.block).is_ok() {
            inner = Some(block);
        }
        inner = inner.filter(|inner| *inner == block || blocks[block].is_within(&blocks[*inner]));
        if inner.is_some() || taken.has(block, number) {
            continue;
        }
        let inline = &blocks[block].inline;
        let text = &inline.text[range.clone()];
        let ruled = labelled_source(inline, range.clone(), &page.rules);
        if ruled.is_some() {
            found.add_ruled(ruled);
            found.url = found.url.take().or_else(|| inline.links_in(range).next().map(|link| link.url.clone()));
            taken.add(block, number, Use::Source(of));
            continue;
        }
        let label = words::label(text);
        if label.is_some() {
            summary_of = None;
        }
        let becomes = match label {
            Some((Label::Summary, value)) => {
                push(&mut found.description, &text[value..]);
                summary_of = Some(block);
                Some(Use::Description(of))
            }
            Some((label, value)) => {
                let link = inline.links_in(range.start + value..range.end).next();
                let linked = link.filter(|_| found.url.is_none()).map(|link| link.url.clone());
                let is_open = label == Label::Source && found.source.is_none();
                let in_link = link.filter(|_| is_open).map(|link| inline.link_text(link));
                let written = in_link.as_deref().unwrap_or(&text[value..]);
                let named = source::labelled(written).filter(|_| is_open);
                let (name, others) = named.unzip();
                // Further sources are text about the title.
                if let Some(others) = others.filter(|_| link.is_none()) {
                    push(&mut found.description, others);
                }
                let is_used = linked.is_some()
                    || name.is_some()
                    || link.is_some_and(|link| found.url.as_ref() == Some(&link.url));
                found.url = found.url.take().or(linked);
                if name.is_some() {
                    (found.source, found.source_place) = (name, "line with a label");
                }
                is_used.then_some(if label == Label::Source { Use::Source(of) } else { Use::Link(of) })
            }
            None if summary_of == Some(block) => {
                push(&mut found.description, text);
                Some(Use::Description(of))
            }
            // The text of an item is about its title; below a heading it is an entry of its own.
            None if blocks[at].kind == Kind::Item && (block == at || blocks[block].kind != Kind::Item) => {
                push(&mut found.description, &without_link_names(inline, range.start, range.end));
                Some(Use::Description(of))
            }
            None => None,
        };
        if let Some(becomes) = becomes {
            taken.add(block, number, becomes);
        }
    }
}
