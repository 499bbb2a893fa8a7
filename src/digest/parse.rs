//! Puts a digest together: front matter, then the body, then the attribution of titles to perspectives.

use chrono::NaiveDate;

use super::body::Body;
use super::front_matter::{self, FrontMatter, NoBlock};
use super::{Conventions, Outcome, Parsed, Subject, Warning, mojibake};

/// Real digests have 35 units. What has more than this is no digest.
const MAX_UNITS: usize = 10_000;

/// So many warnings are kept for a file; the others are counted.
const MAX_WARNINGS: usize = 100;

/// A topic id is typed on command lines; a longer one is a mistake in the file.
const MAX_TOPIC_BYTES: usize = 200;

/// Reads the text of one file, whose lines end with `\n`.
pub fn parse(text: &str, conventions: &Conventions) -> Parsed {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return unusable(Warning::file("the file is empty"));
    }
    let text = mojibake::repair(text);
    let block = match front_matter::block(&text) {
        Ok(block) => block,
        Err(NoBlock::None) if lacks_opening(&text) => {
            return unusable(Warning::at(1, "the front matter has no opening `---` line"));
        }
        Err(NoBlock::None) => return Parsed { outcome: Outcome::NotADigest, warnings: Vec::new() },
        Err(NoBlock::Toml) => {
            return unusable(Warning::at(1, "the front matter is TOML (`+++`); a digest has YAML between `---` lines"));
        }
        Err(NoBlock::Unclosed) => {
            return unusable(Warning::at(1, "the front matter has no closing `---` line; is the file cut short?"));
        }
    };
    let mut warnings = Vec::new();
    let front = front_matter::read(&block, &mut warnings);
    match identity(&front) {
        Ok(Some((topic, date))) => {
            let body = Body::read(&text, block.body, &front, &mut warnings);
            let units = body.highlights.len() + body.bullets.len() + body.titles.len();
            if units == 0 {
                warnings.push(Subject::Empty.file("there is nothing in it: no highlight, no bullet and no title"));
            }
            if units > MAX_UNITS {
                return unusable(Warning::file(format!(
                    "it has {units} highlights, bullets and titles; at most {MAX_UNITS} are read"
                )));
            }
            let head = &text[..block.body];
            let digest = body.into_digest(topic, date, &front, head, conventions, &mut warnings);
            warnings.sort_by_key(|(_, warning)| warning.line.unwrap_or(usize::MAX));
            if warnings.len() > MAX_WARNINGS {
                let more = warnings.len() - MAX_WARNINGS;
                warnings.truncate(MAX_WARNINGS);
                warnings.push(Subject::More.file(format!("and {more} more warnings")));
            }
            Parsed { outcome: Outcome::Digest(Box::new(digest)), warnings }
        }
        Ok(None) => Parsed { outcome: Outcome::NotADigest, warnings: Vec::new() },
        Err(warning) => Parsed { outcome: Outcome::Unusable(warning), warnings },
    }
}

/// Whether a text begins as front matter does, but for the line that opens it.
fn lacks_opening(text: &str) -> bool {
    let head = || text.lines().take_while(|line| line.trim_end() != "---").take(50);
    ["topic:", "date:"].iter().all(|key| head().any(|line| line.starts_with(key)))
}

fn unusable(warning: Warning) -> Parsed {
    Parsed { outcome: Outcome::Unusable(warning), warnings: Vec::new() }
}

/// Topic and day, which make a file a digest; none where it has neither.
fn identity(front: &FrontMatter) -> Result<Option<(String, NaiveDate)>, Warning> {
    let Some(topic) = &front.topic else {
        // A page with a date alone is a page of the site, not a digest gone wrong, unless it lists sources.
        let is_page = front.source_counts.is_empty() && front.perspectives.is_empty() && front.topic_line.is_none();
        let message =
            "the front matter has no usable `topic`; write it at the start of a line, as `topic: china-japan`";
        let lacks = || front.topic_line.map_or_else(|| Warning::file(message), |line| Warning::at(line, message));
        return if is_page { Ok(None) } else { Err(lacks()) };
    };
    match &front.date {
        None => Err(Warning::file(format!("the front matter has the topic `{topic}` but no `date`"))),
        Some(Err(text)) => {
            Err(Warning::at(front.date_line, format!("`date: {text}` is no date; write it as 2026-01-07")))
        }
        Some(Ok(_)) if topic.len() > MAX_TOPIC_BYTES || topic.chars().any(char::is_control) => {
            Err(Warning::file(format!("the topic is longer than {MAX_TOPIC_BYTES} bytes or holds control characters")))
        }
        Some(Ok(date)) => Ok(Some((topic.clone(), *date))),
    }
}
