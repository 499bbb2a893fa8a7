//! Notes about the folders of a corpus: links that are part of no title, and paragraphs that recur.

use std::collections::BTreeMap;

use super::LooseLinks;
use crate::text::grouped;

/// Counts of a folder.
#[derive(Default)]
struct Counts {
    links: usize,
    /// Name and line of each example.
    examples: Vec<String>,
    repeated: usize,
}

/// Counts by folder, as a path relative to the corpus.
#[derive(Default)]
pub struct FolderNotes(BTreeMap<String, Counts>);

impl FolderNotes {
    /// Adds a digest.
    pub fn add(&mut self, path: &str, links: &LooseLinks, repeated: usize) {
        if links.count == 0 && repeated == 0 {
            return;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        let counts = self.0.entry(folder.to_owned()).or_default();
        counts.links += links.count;
        counts.repeated += repeated;
        let room = LooseLinks::EXAMPLES.saturating_sub(counts.examples.len());
        counts
            .examples
            .extend(links.examples.iter().take(room).map(|(line, text)| format!("`{text}` ({name}:{line})")));
    }

    /// Returns a message about the links of each folder that are part of no title.
    pub fn links(&self) -> Vec<(&str, String)> {
        let message = |Counts { links, examples, .. }: &Counts| match links {
            0 => None,
            1 => Some(format!("1 link was not read as a title: {}", examples.join(", "))),
            links => {
                Some(format!("{} links were not read as titles, such as {}", grouped(*links), examples.join(", ")))
            }
        };
        self.0.iter().filter_map(|(folder, counts)| Some((folder.as_str(), message(counts)?))).collect()
    }

    /// Returns a message about the paragraphs of all folders that recur.
    pub fn repeated(&self) -> Option<String> {
        match self.0.values().map(|counts| counts.repeated).sum() {
            0 => None,
            1 => Some("skipped 1 paragraph that recurs in many files".to_owned()),
            repeated => Some(format!("skipped {} paragraphs that recur in many files", grouped(repeated))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_those_of_the_first_files() {
        let mut notes = FolderNotes::default();
        let links = |count: usize| LooseLinks::of(&(1..=count).map(|n| (n, format!("Link {n}"))).collect::<Vec<_>>());
        notes.add("a/1.md", &links(2), 0);
        notes.add("a/2.md", &links(4), 1);
        notes.add("3.md", &links(1), 0);
        notes.add("b/4.md", &links(0), 0);
        let shown =
            |notes: Vec<(&str, String)>| notes.iter().map(|(folder, note)| format!("{folder}: {note}")).collect();
        let links: Vec<String> = shown(notes.links());
        assert_eq!(
            links,
            [
                ".: 1 link was not read as a title: `Link 1` (3.md:1)",
                "a: 6 links were not read as titles, such as `Link 1` (1.md:1), `Link 2` (1.md:2), `Link 1` (2.md:1)",
            ]
        );
        assert_eq!(notes.repeated().as_deref(), Some("skipped 1 paragraph that recurs in many files"));
    }
}
