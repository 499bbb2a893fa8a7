//! Headings above the current block: its section, its role, its perspective.

use super::inline::folded;
use super::topic::slug;
use super::words;
use crate::digest::front_matter::MAX_PERSPECTIVES;
use crate::digest::rules::{FileRules, Part};
use crate::digest::{Digest, Perspective};

/// Maximum number of characters of a heading in a section.
const MAX_CHARS: usize = 100;

/// Role of the text below a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Highlights,
    Bullets,
}

/// Path of headings.
#[derive(Debug, Default)]
pub struct Headings(Vec<Heading>);

#[derive(Debug)]
struct Heading {
    level: u8,
    /// Its part of the path.
    part: Option<String>,
    is_summary: bool,
    perspective: Option<String>,
}

impl Headings {
    /// Closes the headings that one of a level ends.
    pub fn close(&mut self, level: u8) {
        self.0.retain(|heading| heading.level < level);
    }

    /// Opens a heading.
    pub fn open(&mut self, level: u8, text: &str, rules: &FileRules<'_>) {
        let text = folded(text);
        let by_rule = rules.first(Part::Section, |place| place.range_in_heading(level, &text));
        let usual = || rules.usual(Part::Section).then_some(0..text.len());
        let part = by_rule.or_else(usual).map(|range| text[range].trim().chars().take(MAX_CHARS).collect());
        let text: String = text.chars().take(MAX_CHARS).collect();
        let perspective = perspective(&text).filter(|_| rules.usual(Part::Perspective)).map(str::to_owned);
        let is_summary = words::is_summary(&text) && rules.usual(Part::Highlight);
        self.0.push(Heading { level, is_summary, perspective, part });
    }

    /// Returns the path as text; none above the first heading.
    pub fn section(&self) -> Option<String> {
        let path: Vec<&str> = self.0.iter().filter_map(|heading| heading.part.as_deref()).collect();
        (!path.is_empty()).then(|| path.join(" / "))
    }

    pub fn role(&self) -> Role {
        if self.0.iter().any(|heading| heading.is_summary) { Role::Highlights } else { Role::Bullets }
    }

    /// Returns the name of the perspective.
    pub fn perspective(&self) -> Option<&str> {
        self.0.iter().rev().find_map(|heading| heading.perspective.as_deref())
    }
}

/// Returns the index of a perspective among those of a digest, to which it is added if it is new.
pub fn place_of(name: &str, digest: &mut Digest) -> Option<usize> {
    let id = slug(name);
    if id.is_empty() {
        return None;
    }
    let known = digest.perspectives.iter().position(|perspective| perspective.id == id);
    known.or_else(|| {
        (digest.perspectives.len() < MAX_PERSPECTIVES).then(|| {
            digest.perspectives.push(Perspective { id, name: name.to_owned(), count: None });
            digest.perspectives.len() - 1
        })
    })
}

/// Returns the name in a heading `<Name> Perspective` or `Inside <Name>`, which consists of up to four words with
/// capitals.
fn perspective(heading: &str) -> Option<&str> {
    let heading = heading.split(" (").next().unwrap_or(heading).trim_matches(|c: char| !c.is_alphanumeric());
    let name = heading.strip_suffix(" Perspective").or_else(|| heading.strip_prefix("Inside "))?;
    let is_name =
        |word: &str| word.starts_with(|c: char| !c.is_lowercase()) || matches!(word, "of" | "the" | "and" | "&");
    let is_short = (1..=4).contains(&name.split_whitespace().count());
    (is_short && name.split_whitespace().all(is_name) && !slug(name).is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perspectives_are_named_in_headings() {
        for (heading, name) in [
            ("China Perspective", Some("China")),
            ("🇺🇸 United States Perspective (US)", Some("United States")),
            ("Inside Peru", Some("Peru")),
            ("Inside the new compiler of our team", None),
            ("Perspective", None),
            ("News", None),
        ] {
            assert_eq!(perspective(heading), name, "{heading}");
        }
    }

    #[test]
    fn sections_are_paths_of_headings() {
        let conventions = crate::digest::Conventions::default();
        let mut headings = Headings::default();
        assert_eq!(headings.section(), None);
        for (level, text) in [(2, "News"), (4, "Ports"), (3, "Summary")] {
            headings.close(level);
            headings.open(level, text, &conventions.rules_of("a.md"));
        }
        assert_eq!((headings.section().as_deref(), headings.role()), (Some("News / Summary"), Role::Highlights));
    }
}
