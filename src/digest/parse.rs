//! Entry point of the parser: front matter, body, attribution of titles to perspectives.

use chrono::NaiveDate;

use super::body::Body;
use super::front_matter::{self, FrontMatter};
use super::line_use::add_front_matter;
use super::text::without_byte_order_marks;
use super::{Conventions, Outcome, Parsed, Subject, Warning, likeness, mojibake};

/// Maximum number of warnings per file. Further ones are counted.
const MAX_WARNINGS: usize = 100;

/// Maximum length of a topic id in bytes. A longer one is a mistake in the file.
const MAX_TOPIC_BYTES: usize = 200;

/// Parses the text of a file, whose lines end with `\n`.
pub fn parse(text: &str, conventions: &Conventions) -> Parsed {
    let text = without_byte_order_marks(text);
    if text.trim().is_empty() {
        return unusable(Warning::file("the file is empty"));
    }
    let text = mojibake::repair(&text);
    let block = match front_matter::block(&text) {
        Ok(block) => block,
        Err(found) => return likeness::without_front_matter(&text, found).map_or_else(not_a_digest, unusable),
    };
    let mut warnings = Vec::new();
    let front = front_matter::read(&block, &mut warnings);
    match identity(&front) {
        Ok(Some((topic, date))) => {
            let mut body = Body::read(&text, block.body, &front, &mut warnings);
            let entries = body.highlights.len() + body.bullets.len() + body.titles.len();
            if entries == 0 {
                warnings.push(Subject::Empty.file("no highlights, bullets or titles"));
            }
            if let Some(warning) = Warning::too_many(entries) {
                return unusable(warning);
            }
            let mut lines = Vec::new();
            add_front_matter(&text, block.body, &mut lines);
            lines.append(&mut body.lines);
            let head = &text[..block.body];
            let mut digest = body.into_digest(topic, date, &front, head, conventions, &mut warnings);
            digest.fields = front_matter::fields(&block, conventions, &mut warnings);
            warnings.sort_by_key(|(_, warning)| warning.line.unwrap_or(usize::MAX));
            if warnings.len() > MAX_WARNINGS {
                let more = warnings.len() - MAX_WARNINGS;
                warnings.truncate(MAX_WARNINGS);
                warnings.push(Subject::More.file(format!("and {more} more warnings")));
            }
            Parsed { outcome: Outcome::Digest(Box::new(digest)), warnings, lines }
        }
        Ok(None) => likeness::without_identity(&text, block.body).map_or_else(not_a_digest, unusable),
        Err(warning) => Parsed { outcome: Outcome::Unusable(warning), warnings, lines: Vec::new() },
    }
}

fn not_a_digest() -> Parsed {
    Parsed { outcome: Outcome::NotADigest, warnings: Vec::new(), lines: Vec::new() }
}

fn unusable(warning: Warning) -> Parsed {
    Parsed { outcome: Outcome::Unusable(warning), warnings: Vec::new(), lines: Vec::new() }
}

/// Returns topic and date; `None` if the file is another page.
///
/// # Errors
/// The file is meant as a digest, but its topic or date is missing or invalid.
fn identity(front: &FrontMatter) -> Result<Option<(String, NaiveDate)>, Warning> {
    let warning = |line: Option<usize>, message: String| Warning { line, message };
    let has_perspectives = !front.source_counts.is_empty() || !front.perspectives.is_empty();
    if let Some(broken) = &front.broken {
        return Err(broken.clone());
    }
    let Some(topic) = &front.topic else {
        // A page with only a date belongs to the site, unless it lists sources.
        let message = "missing `topic` in the front matter; write it at the start of a line, as `topic: china-japan`";
        let is_page = !has_perspectives && front.topic_line.is_none();
        return if is_page { Ok(None) } else { Err(warning(front.topic_line, message.to_owned())) };
    };
    match &front.date {
        // Other pages may have a `Topic`, too.
        None if !front.is_plain_topic && !has_perspectives && front.date_line.is_none() => Ok(None),
        None => Err(warning(front.date_line, format!("missing `date` in the front matter of topic `{topic}`"))),
        Some(Err(text)) => Err(warning(front.date_line, format!("invalid `date: {text}`; write it as 2026-01-07"))),
        Some(Ok(_)) if topic.len() > MAX_TOPIC_BYTES || topic.chars().any(char::is_control) => {
            let message = format!("`topic` is longer than {MAX_TOPIC_BYTES} bytes or contains control characters");
            Err(warning(front.topic_line, message))
        }
        Some(Ok(date)) => Ok(Some((topic.clone(), *date))),
    }
}
