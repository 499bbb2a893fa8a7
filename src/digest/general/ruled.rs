//! Results of a file's rules for each of its blocks.

use super::block::{Block, Kind};
use super::inline::folded;
use super::prefix;
use super::topic;
use super::values;
use crate::digest::general::header::Header;
use crate::digest::rules::{FileRules, Part, Place};

/// Results of the rules for a block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ruled {
    /// Use of its text.
    pub area: Option<Area>,
    /// Name of its perspective.
    pub perspective: Option<String>,
    /// True if it is a title, named by its label.
    pub is_title: bool,
    /// Name of the source of its title, and the place of that rule among those of sources.
    pub source: Option<(usize, String)>,
}

/// Use of a block's text by a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    Highlights,
    Bullets,
    /// Not indexed.
    Skipped,
}

/// A heading above a block.
struct Above {
    level: u8,
    area: Option<Area>,
    /// Numbers of the rules that match, with their values.
    values: Vec<(usize, String)>,
}

/// Returns the results of a file's rules for its blocks; none without rules. Labels that name a
/// perspective or a title are removed from their lines.
pub fn ruled(blocks: &mut [Block], header: &Header, path: &str, rules: &FileRules<'_>) -> Vec<Ruled> {
    if rules.is_empty() {
        return Vec::new();
    }
    let of_file = |place: &Place| values::of_file(place, header, path);
    let fixed = |part| rules.places(part).iter().map(of_file).collect::<Vec<_>>();
    let (perspectives, sources) = (fixed(Part::Perspective), fixed(Part::Source));
    let mut above: Vec<Above> = Vec::new();
    // Labels that name the perspective of the items around a block: depth, number of the rule, name.
    let mut labels: Vec<(usize, usize, String)> = Vec::new();
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        if let Kind::Heading(level) = block.kind {
            above.retain(|heading| heading.level < level);
            above.push(heading(level, &block.inline.text, rules));
        }
        let ends = |depth: usize| block.depth < depth || block.depth == depth && block.kind == Kind::Item || depth == 0;
        labels.retain(|(depth, ..)| !ends(*depth));
        let own = perspective_label(block, rules);
        let in_heading = |rule: usize| {
            let mut found = above.iter().rev().flat_map(|heading| &heading.values);
            found.find(|(other, _)| *other == rule).map(|(_, value)| value.clone())
        };
        // Only the innermost label counts.
        let around = || labels.last().map(|(_, rule, name)| (*rule, name.as_str()));
        let innermost = own.as_ref().map(|(rule, name, _)| (*rule, name.as_str())).or_else(around);
        let in_label = |rule: usize| innermost.filter(|(other, _)| *other == rule).map(|(_, name)| name.to_owned());
        let mut at = 0..;
        let perspective = rules.first(Part::Perspective, |place| {
            let fixed = at.next().and_then(|at| perspectives[at].clone());
            let found = fixed.or_else(|| in_label(place.rule)).or_else(|| in_heading(place.rule))?;
            Some((place.rule, found))
        });
        let mut at = 0..;
        let source = rules.first(Part::Source, |place| {
            let at = at.next()?;
            Some((at, sources[at].clone().or_else(|| in_heading(place.rule))?))
        });
        // A label is removed only where its name is known.
        if let Some((rule, name, end)) = own.filter(|(rule, ..)| perspective.as_ref().is_some_and(|(by, _)| by == rule))
        {
            block.remove_start(end);
            labels.retain(|(depth, ..)| *depth < block.depth);
            labels.push((block.depth, rule, name));
        }
        let area = match above.iter().any(|heading| heading.area == Some(Area::Skipped)) {
            true => Some(Area::Skipped),
            false => labelled_area(block, rules).or_else(|| above.iter().rev().find_map(|heading| heading.area)),
        };
        let is_title = area.is_none() && takes_title_label(block, rules);
        out.push(Ruled { area, perspective: perspective.map(|(_, name)| name), is_title, source });
    }
    out
}

/// Reads a heading by the rules.
fn heading(level: u8, text: &str, rules: &FileRules<'_>) -> Above {
    let text = folded(text);
    let value = |place: &Place| Some((place.rule, place.in_heading(level, &text)?));
    let all = |part| rules.places(part).iter().filter_map(value).filter(|(_, value)| !value.is_empty());
    let is = |part| rules.first(part, value).is_some();
    let name = text[prefix::length(&text)..].trim();
    let area = match () {
        () if rules.skips_section(if name.is_empty() { &text } else { name }) => Some(Area::Skipped),
        () if is(Part::Bullet) => Some(Area::Bullets),
        () if is(Part::Highlight) => Some(Area::Highlights),
        () => None,
    };
    Above { level, area, values: all(Part::Perspective).chain(all(Part::Source)).collect() }
}

/// Returns what the label of a block makes of it.
fn labelled_area(block: &Block, rules: &FileRules<'_>) -> Option<Area> {
    let (label, _) = block.label()?;
    let is = |part| rules.first(part, |place| place.in_label(label)).is_some();
    if is(Part::Bullet) {
        return Some(Area::Bullets);
    }
    is(Part::Highlight).then_some(Area::Highlights)
}

/// Returns the perspective that the label of a block names: the number of the rule, the name, and the offset of the text behind
/// the label.
fn perspective_label(block: &Block, rules: &FileRules<'_>) -> Option<(usize, String, usize)> {
    let (label, end) = block.label()?;
    rules.places(Part::Perspective).iter().find_map(|place| {
        let name = place.in_label(label).filter(|name| !topic::slug(name).is_empty())?;
        Some((place.rule, name, end))
    })
}

/// Takes the label of a block that names a title.
fn takes_title_label(block: &mut Block, rules: &FileRules<'_>) -> bool {
    let Some((label, end)) = block.label() else { return false };
    let has_text = block.first_line()[end..].contains(char::is_alphanumeric);
    let is_title = has_text && rules.first(Part::Title, |place| place.in_label(label)).is_some();
    if is_title {
        block.remove_start(end);
    }
    is_title
}
