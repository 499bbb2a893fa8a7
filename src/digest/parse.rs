//! Puts a digest together: front matter, then the body, then the attribution of titles to perspectives.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::body::Body;
use super::front_matter::{self, FrontMatter};
use super::{Conventions, Outcome, Parsed, Subject, Warning, likeness, mojibake};

/// Real digests have 35 entries. What has more than this is no digest.
const MAX_ENTRIES: usize = 10_000;

/// So many warnings are kept for a file; the others are counted.
const MAX_WARNINGS: usize = 100;

/// A topic id is typed on command lines; a longer one is a mistake in the file.
const MAX_TOPIC_BYTES: usize = 200;

/// Reads the text of one file, whose lines end with `\n`.
pub fn parse(text: &str, conventions: &Conventions) -> Parsed {
    let text = without_marks(text);
    if text.trim().is_empty() {
        return unusable(Warning::file("the file is empty"));
    }
    let text = mojibake::repair(&text);
    let block = match front_matter::block(&text) {
        Ok(block) => block,
        Err(found) => return likeness::without_front_matter(&text, found).map_or_else(no_digest, unusable),
    };
    let mut warnings = Vec::new();
    let front = front_matter::read(&block, &mut warnings);
    match identity(&front) {
        Ok(Some((topic, date))) => {
            let body = Body::read(&text, block.body, &front, &mut warnings);
            let entries = body.highlights.len() + body.bullets.len() + body.titles.len();
            if entries == 0 {
                warnings.push(Subject::Empty.file("there is nothing in it: no highlight, no bullet and no title"));
            }
            if entries > MAX_ENTRIES {
                return unusable(Warning::file(format!(
                    "it has {entries} highlights, bullets and titles; at most {MAX_ENTRIES} are read"
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
        Ok(None) => likeness::without_identity(&text, block.body).map_or_else(no_digest, unusable),
        Err(warning) => Parsed { outcome: Outcome::Unusable(warning), warnings },
    }
}

/// The text without byte order marks where lines begin: files that are put together have several.
fn without_marks(text: &str) -> Cow<'_, str> {
    const MARK: char = '\u{feff}';
    let text = text.trim_start_matches(MARK);
    if memchr::memmem::find(text.as_bytes(), "\n\u{feff}".as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n').map(|line| line.trim_start_matches(MARK));
    Cow::Owned(lines.collect())
}

fn no_digest() -> Parsed {
    Parsed { outcome: Outcome::NotADigest, warnings: Vec::new() }
}

fn unusable(warning: Warning) -> Parsed {
    Parsed { outcome: Outcome::Unusable(warning), warnings: Vec::new() }
}

/// Topic and day, which make a file a digest; none where it has neither.
fn identity(front: &FrontMatter) -> Result<Option<(String, NaiveDate)>, Warning> {
    let is_line = |line: Option<usize>, message: String| Warning { line, message };
    let has_perspectives = !front.source_counts.is_empty() || !front.perspectives.is_empty();
    if let Some(broken) = &front.broken {
        return Err(broken.clone());
    }
    let Some(topic) = &front.topic else {
        // A page with a date alone is a page of the site, not a digest gone wrong, unless it lists sources.
        let message =
            "the front matter has no usable `topic`; write it at the start of a line, as `topic: china-japan`";
        let is_page = !has_perspectives && front.topic_line.is_none();
        return if is_page { Ok(None) } else { Err(is_line(front.topic_line, message.to_owned())) };
    };
    match &front.date {
        // Pages have a `Topic` of their own.
        None if !front.is_plain_topic && !has_perspectives && front.date_line.is_none() => Ok(None),
        None => Err(is_line(front.date_line, format!("the front matter has the topic `{topic}` but no `date`"))),
        Some(Err(text)) => Err(is_line(front.date_line, format!("`date: {text}` is no date; write it as 2026-01-07"))),
        Some(Ok(_)) if topic.len() > MAX_TOPIC_BYTES || topic.chars().any(char::is_control) => {
            let message = format!("the topic is longer than {MAX_TOPIC_BYTES} bytes or holds control characters");
            Err(is_line(front.topic_line, message))
        }
        Some(Ok(date)) => Ok(Some((topic.clone(), *date))),
    }
}
