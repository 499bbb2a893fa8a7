//! An independent, line-based reader of digests, which shares no code with the program. It counts entries
//! for comparison.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub digests: usize,
    pub titles: usize,
    /// Items and paragraphs before the source list, without placeholders.
    pub points: usize,
    /// Titles by source, as named in the line.
    pub sources: BTreeMap<String, usize>,
}

/// Counts the digests of a folder. Front matter is in two forms: with a `topic:` line or without.
pub fn count(root: &Path) -> Counts {
    let mut counts = Counts::default();
    for entry in walkdir::WalkDir::new(root) {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|e| e == "md") {
            let text = fs::read_to_string(&path).unwrap().replace('\r', "");
            let text = text.trim_start_matches('\u{feff}');
            let front = text.split("\n---\n").next().unwrap();
            if front.contains("\ntopic: ") && !front.contains("\ndraft: true") {
                counts.digests += 1;
                count_body(&text[front.len() + 5..], &mut counts);
            }
        }
    }
    counts
}

fn count_body(body: &str, counts: &mut Counts) {
    let (points, sources) = body.split_once("\n## Sources\n").unwrap();
    // A paragraph or item may have several lines: it begins after an empty line or with a mark.
    let mut after_gap = true;
    for line in points.split('\n') {
        let is_start = line.starts_with("- ") || after_gap && !line.is_empty();
        after_gap = line.is_empty();
        let is_text = !line.starts_with('#') && !line.starts_with("<!--");
        let text = line.trim_start_matches("- ");
        let is_placeholder =
            text.starts_with("No ") && text.contains(" available for ") || text.starts_with("Unable to generate ");
        if is_start && is_text && !is_placeholder {
            counts.points += 1;
        }
    }
    // A source line begins with the next number. Lines may be broken: the last part of one ends with the source and day.
    for line in sources.split('\n') {
        let expected = format!("{}. [", counts.next_number(sources, line));
        if line.starts_with(&expected) {
            counts.titles += 1;
        }
        if let Some((_, tail)) = line.rsplit_once(") - ")
            && let Some((source, _)) = tail.rsplit_once(" (")
        {
            *counts.sources.entry(source.to_owned()).or_default() += 1;
        }
    }
}

impl Counts {
    /// The number that the next source line would have.
    fn next_number(&self, sources: &str, line: &str) -> usize {
        let offset = line.as_ptr() as usize - sources.as_ptr() as usize;
        let before = &sources[..offset];
        1 + before.split('\n').filter(|l| l.split_once(". [").is_some_and(|(n, _)| n.parse::<usize>().is_ok())).count()
    }
}
