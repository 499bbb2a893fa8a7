//! Front matter, read key by key: the writer does not escape YAML strings, so one outlet with a quotation mark in
//! its name makes the block as a whole invalid, though nothing in that key is needed.

mod block;
mod day;
mod entry;
mod perspectives;

pub use block::{Block, NoBlock, block};
pub use day::is_plausible;

use chrono::NaiveDate;

use super::{Perspective, Subject, Warning};
use day::day;
use entry::{entries, entries_of_mapping, misspelt};

/// More sides than this no topic has.
pub const MAX_PERSPECTIVES: usize = 64;

/// The keys that are needed, beside `<id>Sources`.
const KEYS: [&str; 6] = ["topic", "topicName", "date", "draft", "articleCount", "perspectives"];

/// What the front matter says, as far as it is needed.
#[derive(Debug, Default, PartialEq)]
pub struct FrontMatter {
    pub topic: Option<String>,
    /// Where there is a `topic`, even one that says nothing, or what was meant for one.
    pub topic_line: Option<usize>,
    pub topic_name: Option<String>,
    /// The day, or what stands there instead of one.
    pub date: Option<Result<NaiveDate, String>>,
    pub date_line: usize,
    pub draft: bool,
    pub article_count: Option<usize>,
    pub perspectives: Vec<Perspective>,
    /// `<id>Sources: N`, in file order.
    pub source_counts: Vec<(String, usize)>,
}

/// Reads the keys that are needed; a key that is no YAML is read as plain text, with a warning.
pub fn read(block: &Block<'_>, warnings: &mut Vec<(Subject, Warning)>) -> FrontMatter {
    let mut out = FrontMatter::default();
    let mut seen: Vec<&str> = Vec::new();
    let mut all = entries(block.yaml);
    if !all.iter().any(|entry| matches!(entry.key, "topic" | "date")) {
        all = entries_of_mapping(block.yaml);
    }
    for entry in all {
        let known = KEYS.contains(&entry.key);
        if !known && !entry.key.ends_with("Sources") {
            continue;
        }
        if seen.len() == MAX_PERSPECTIVES * 2 {
            warnings.push(Subject::Side.at(entry.line, "too many `…Sources` counts; those from here on are left out"));
            break;
        }
        if seen.contains(&entry.key) {
            warnings.push(
                Subject::FrontMatter.at(entry.line, format!("`{}` is given twice; the first one counts", entry.key)),
            );
            continue;
        }
        seen.push(entry.key);
        match entry.key {
            "topic" => {
                out.topic_line = Some(entry.line);
                out.topic = entry.scalar(warnings);
            }
            "topicName" => out.topic_name = entry.scalar(warnings),
            "draft" => out.draft = entry.scalar(warnings).is_some_and(|v| v.eq_ignore_ascii_case("true")),
            "articleCount" => out.article_count = entry.scalar(warnings).and_then(|v| v.parse().ok()),
            "perspectives" => out.perspectives = entry.perspectives(warnings),
            "date" => {
                out.date_line = entry.line;
                out.date = entry.scalar(warnings).map(|v| day(&v).filter(is_plausible).ok_or(v));
            }
            key => {
                let id = key.trim_end_matches("Sources");
                let count = entry.scalar(warnings).and_then(|v| v.parse().ok());
                // `totalSources` counts no side.
                out.source_counts
                    .extend(count.filter(|_| !matches!(id, "" | "total" | "all")).map(|n| (id.to_owned(), n)));
            }
        }
    }
    if out.topic_line.is_none() && (out.date.is_some() || misspelt("date", block.yaml).is_some()) {
        out.topic_line = misspelt("topic", block.yaml);
    }
    out
}

#[cfg(test)]
mod tests;
