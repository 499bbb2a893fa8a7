//! Collector of the places in which parts are found.

use std::collections::BTreeMap;

use crate::digest::{Digest, Layout, LineUse, Use};

/// Number of examples of a part in a place.
const EXAMPLES: usize = 3;

/// Maximum number of characters of an example.
const MAX_CHARS: usize = 60;

/// Parts in the order in which they are shown.
const ORDER: [&str; 9] =
    ["date", "topic", "language", "perspective", "section", "title", "source", "description", "highlight"];

/// A part in a kind of place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPart {
    /// Name of the part.
    pub part: String,
    /// Kind of the place.
    pub place: &'static str,
    /// Number of digests or entries.
    pub count: usize,
    /// The first different values.
    pub examples: Vec<String>,
}

/// Parts by name and kind of place.
#[derive(Default)]
pub struct Found(BTreeMap<(usize, String, &'static str), (usize, Vec<String>)>);

impl Found {
    fn add(&mut self, part: &str, place: &'static str, value: &str) {
        let rank = ORDER.iter().position(|other| *other == part).unwrap_or(ORDER.len());
        let (count, examples) = self.0.entry((rank, part.to_owned(), place)).or_default();
        *count += 1;
        if examples.len() < EXAMPLES {
            let value: String = value.chars().take(MAX_CHARS).collect();
            if !examples.contains(&value) {
                examples.push(value);
            }
        }
    }

    /// Adds a digest with the uses of its lines.
    pub fn add_digest(&mut self, digest: &Digest, lines: &[LineUse]) {
        self.add("date", digest.places.date, &digest.date.to_string());
        self.add("topic", digest.places.topic, &digest.topic_name);
        if let Some(lang) = &digest.lang {
            self.add("language", digest.places.lang, lang);
        }
        let mut last = None;
        for LineUse { becomes, place, .. } in lines.iter().filter(|line| line.becomes.is_entry()) {
            if last.replace(*becomes) == Some(*becomes) {
                continue;
            }
            match *becomes {
                Use::Title(at) => self.add("title", place, &digest.titles[at].text),
                Use::Bullet(at) => self.add("bullet", place, &digest.bullets[at].text),
                Use::Highlight(at) => self.add("highlight", place, &digest.highlights[at].text),
                _ => {}
            }
        }
        for title in &digest.titles {
            if let Some(source) = &title.source {
                self.add("source", title.source_place, source);
            }
            if let Some(description) = &title.description {
                self.add("description", "around or below the title", description);
            }
        }
        let sections = digest.titles.iter().map(|title| &title.section);
        let sections = sections.chain(digest.bullets.iter().map(|bullet| &bullet.section));
        sections.flatten().for_each(|section| self.add("section", "headings above", section));
        let place = if digest.layout == Layout::Own { "headings and source list" } else { "headings or rules" };
        let of_titles = digest.titles.iter().filter_map(|title| title.perspective.map(|(at, _)| at));
        for at in of_titles.chain(digest.bullets.iter().filter_map(|bullet| bullet.perspective)) {
            self.add("perspective", place, &digest.perspectives[at].name);
        }
    }

    /// Returns the parts, each with its places by number.
    pub fn parts(self) -> Vec<FoundPart> {
        let part = |((rank, part, place), (count, examples))| (rank, FoundPart { part, place, count, examples });
        let mut parts: Vec<(usize, FoundPart)> = self.0.into_iter().map(part).collect();
        parts.sort_by_key(|(rank, found)| (*rank, std::cmp::Reverse(found.count)));
        parts.into_iter().map(|(_, found)| found).collect()
    }
}
