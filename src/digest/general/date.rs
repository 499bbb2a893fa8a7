//! The day of a digest: from its front matter, else its file name, else its path, else its first headings. The day as
//! written counts; an impossible one counts as missing.

use chrono::NaiveDate;

use super::block::{Block, Kind};
use super::days;
use super::header::Header;
use super::path;
use super::values;
use crate::digest::day;
use crate::digest::rules::{FileRules, Part};

/// Number of headings in which a day is searched.
const HEADINGS: usize = 2;

/// Returns the day of a file; none of a file that is not a digest.
pub fn of(header: &Header, path: &str, blocks: &[Block], rules: &FileRules<'_>) -> Option<Found> {
    if path::is_index(path) {
        return None;
    }
    let ruled = values::first(rules, Part::Date, (header, path, blocks), in_text);
    if ruled.is_some() || !rules.usual(Part::Date) {
        return ruled.map(|day| (day, "rule"));
    }
    let at = |place: &'static str| move |day| (day, place);
    in_front_matter(header)
        .map(at("key `date`"))
        .or_else(|| in_file_name(path).map(at("file name")))
        .or_else(|| in_path(path).map(at("path")))
        .or_else(|| in_headings(blocks).map(at("heading")))
}

/// A day, and the kind of its place.
type Found = (NaiveDate, &'static str);

/// Returns the day in the key `date`.
pub fn in_front_matter(header: &Header) -> Option<NaiveDate> {
    in_text(header.value("date")?)
}

fn in_text(text: &str) -> Option<NaiveDate> {
    day::unambiguous(text).or_else(|| days::days(text).first().map(|(day, _)| *day))
}

/// Returns the later of the days in a file's name.
pub fn in_file_name(path: &str) -> Option<NaiveDate> {
    days::latest(path::stem(path))
}

/// Returns the day in consecutive parts of a path that are only a date: `2026/03/25`, `2026-03/25`.
pub fn in_path(path: &str) -> Option<NaiveDate> {
    let mut runs = vec![String::new()];
    let folders = path::folders(path);
    for part in folders.iter().copied().chain([path::stem(path)]) {
        match (days::is_date_piece(part) || day::month(part).is_some(), runs.last_mut()) {
            (true, Some(run)) => run.extend([part, "/"]),
            _ => runs.push(String::new()),
        }
    }
    runs.iter().filter_map(|run| days::latest(run)).max()
}

/// Returns the day in one of the first headings.
pub fn in_headings(blocks: &[Block]) -> Option<NaiveDate> {
    let headings = blocks.iter().filter(|block| matches!(block.kind, Kind::Heading(_)));
    headings.take(HEADINGS).find_map(|heading| days::latest(&heading.inline.text))
}

#[cfg(test)]
mod tests {
    use crate::digest::Conventions;
    use crate::digest::general::page::Page;

    #[test]
    fn places_are_tried_in_order() {
        for (path, text, day) in [
            ("2026-03-01.md", "---\ndate: 2026-03-25\n---\n", Some("2026-03-25")),
            ("2026-03-25.md", "---\ndate: 2026-02-29\n---\n", Some("2026-03-25")),
            ("2026-03-25.md", "+++\ndate = 2026-02-28T23:00:00-08:00\n+++\n", Some("2026-02-28")),
            ("2026-03-19-to-2026-03-25.md", "", Some("2026-03-25")),
            ("2025/2026/03/25.md", "# Day 2026-01-01\n", Some("2026-03-25")),
            ("2026/march/25/index.md", "", Some("2026-03-25")),
            ("2026-03/25.md", "", Some("2026-03-25")),
            ("2026/03/10-best.md", "# News\n\n## March 25, 2026\n", Some("2026-03-25")),
            ("readme.md", "News\n====\n\nWednesday, March 25, 2026\n---\n", Some("2026-03-25")),
            ("readme.md", "# A\n## B\n## 2026-03-25\n", None),
            ("2026.md", "# A\n", None),
            ("2026-03-25/_index.md", "---\ndate: 2026-03-25\n---\n", None),
        ] {
            let found = Page::new(text, path, Conventions::default().rules_of(path)).day;
            assert_eq!(found.map(|day| day.to_string()).as_deref(), day, "{path} {text}");
        }
    }
}
